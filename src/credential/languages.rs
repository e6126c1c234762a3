//! Layer 1. Texts in several languages, as VCDM 2.0 has them: values that name their language ([VCDM 2.0 §11.1]).
//!
//! Which of them a reader sees is decided where it is known who reads. Facts hold one of them, the same for all.
//!
//! [VCDM 2.0 §11.1]: https://www.w3.org/TR/vc-data-model-2.0/#language-and-base-direction

use crate::claims::{self, Node, Property, usual_of};
use crate::codec::fields::record;
use crate::codec::order::order;
use crate::credential::Credential;

/// A text in one of its languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InLanguage {
    /// The text as it stands among the facts, which is one of them.
    pub usual: String,
    /// The language: a BCP 47 tag, as written.
    pub language: String,
    /// The text in this language.
    pub text: String,
}

record!(InLanguage: usual, language, text);

/// The texts of the credential at `root` that say which language they are in.
pub(super) fn of_credential(root: Node) -> Vec<InLanguage> {
    let mut found = Vec::new();
    if !root.names_languages() {
        return found;
    }
    // As deep as facts are: subject, achievement, result description, level, alignment. Graphs may be circular.
    let mut level = vec![root];
    for _ in 0..LEVELS {
        let mut below = Vec::new();
        for node in level {
            for property in TEXTS {
                add(&node.nodes(*property), &mut found);
            }
            for property in LEADING {
                below.extend(node.nodes(*property));
            }
        }
        level = below;
    }
    // They stand as the document has them, which nobody signed.
    let key = |at: usize| found.get(at).map(|row| (&row.usual, &row.language, &row.text));
    let sorted = order(found.len(), &|one, other| key(one).cmp(&key(other)));
    let mut rows: Vec<InLanguage> = Vec::new();
    for row in sorted.into_iter().filter_map(|at| found.get(at)) {
        if rows.last() != Some(row) && rows.len() < TEXTS_MAX {
            rows.push(row.clone());
        }
    }
    rows
}

fn add(nodes: &[Node], found: &mut Vec<InLanguage>) {
    let Some(usual) = usual_of(nodes).and_then(Node::as_text) else { return };
    for node in nodes {
        if let (Some(language), Some(text)) = (node.language().filter(is_tag), node.as_text()) {
            let [usual, language, text] = [usual, language, text].map(String::from);
            found.push(InLanguage { usual, language, text });
        }
    }
}

/// Whether `tag` is written as language tags are.
fn is_tag(tag: &&str) -> bool {
    tag.len() <= TAG_BYTES_MAX && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

impl Credential {
    /// `text`, one of the facts, in all the languages it is there in, itself among them.
    pub fn in_all_languages<'a>(&'a self, text: &'a str) -> Vec<&'a str> {
        let mut all = vec![text];
        // Several may say the same in one language and not in another.
        for named in self.languages.iter().filter(|row| row.text == text) {
            let others = self.languages.iter().filter(|row| row.usual == named.usual);
            all.extend(others.map(|row| &*row.text).filter(|other| *other != text));
        }
        all
    }

    /// Puts another text, where `other` has one, for each that can be there in several languages.
    pub fn retell(&mut self, other: &dyn Fn(&str) -> Option<String>) {
        let mut texts = vec![&mut self.name, &mut self.description];
        texts.extend([&mut self.issuer.name, &mut self.issuer.description]);
        for evidence in &mut self.evidence {
            texts.extend([&mut evidence.name, &mut evidence.description, &mut evidence.narrative]);
        }
        let mut achievements = Vec::new();
        for subject in &mut self.subjects {
            texts.push(&mut subject.name);
            achievements.extend(&mut subject.achievements);
        }
        let mut alignments = Vec::new();
        for achievement in achievements {
            texts.extend([&mut achievement.name, &mut achievement.description]);
            texts.push(&mut achievement.criteria_narrative);
            texts.extend(achievement.creator.as_mut().map(|creator| &mut creator.name));
            alignments.extend(&mut achievement.alignments);
            for described in &mut achievement.result_descriptions {
                texts.push(&mut described.name);
                alignments.extend(&mut described.alignments);
                for level in &mut described.levels {
                    texts.extend([&mut level.name, &mut level.description]);
                }
            }
        }
        for alignment in alignments {
            texts.extend([&mut alignment.name, &mut alignment.description]);
        }
        for text in texts.into_iter().flatten() {
            if let Some(other) = other(text) {
                *text = other;
            }
        }
    }
}

/// Properties whose values are text for people.
const TEXTS: &[Property] =
    &[claims::NAME, claims::DESCRIPTION, claims::NARRATIVE, claims::TARGET_NAME, claims::TARGET_DESCRIPTION];
/// Properties that lead to nodes with such.
const LEADING: &[Property] = &[
    claims::ISSUER,
    claims::CREDENTIAL_SUBJECT,
    claims::EVIDENCE,
    claims::ACHIEVEMENT,
    claims::CREATOR,
    claims::CRITERIA,
    claims::ALIGNMENT,
    claims::RESULT_DESCRIPTION,
    claims::RUBRIC_CRITERION_LEVEL,
];
const LEVELS: usize = 5;
/// Bytes of a tag: a longer one is no language that anybody has registered.
const TAG_BYTES_MAX: usize = 35;
/// Texts that are kept: of twenty facts in all the languages of the European Union.
const TEXTS_MAX: usize = 480;
