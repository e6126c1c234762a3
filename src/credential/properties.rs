//! Layer 1. What a credential that is no badge says beside the facts that badges have words for: every
//! claim about its subjects, and about itself, with its name and its value as text.
//!
//! Names are those that were signed ([`Node::shown_name`]), never what an inline context calls them. The
//! list is for people and is bounded; what is left out is said to be.

use crate::claims::statements::{Statement, last_part};
use crate::claims::{self, Node, Property};
use crate::codec::json::{Object, Value};
use crate::credential::PropertyFact;

/// The claims, and whether they are all there are.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Claim by claim.
    pub facts: Vec<PropertyFact>,
    /// Nothing was left out, and nothing cut.
    pub is_whole: bool,
}

/// What the credential at `root` says that [`super::read`] does not.
#[inline(never)] // The way into a part that is loaded where it is needed.
pub fn of_credential(root: Node) -> Listing {
    let mut listing = Listing { facts: Vec::new(), is_whole: true };
    let subjects = root.nodes(claims::CREDENTIAL_SUBJECT);
    for subject in &subjects {
        // Of several it must be clear which one is spoken of.
        let name = if subjects.len() > 1 { subject.id().unwrap_or("credentialSubject") } else { "" };
        listing.add(name, left_over(*subject, READ_OF_SUBJECT, &["id", "@id"]));
    }
    listing.add("", left_over(root, READ_OF_CREDENTIAL, ABOUT_THE_DOCUMENT));
    listing
}

/// The claims of `payload` but those that are `told` otherwise.
pub fn of_payload(payload: &Object, told: fn(&str, &Value) -> bool) -> Listing {
    let mut listing = Listing { facts: Vec::new(), is_whole: true };
    for (name, value) in payload.iter().filter(|(name, value)| !told(name, value)) {
        listing.add("", value.as_set().iter().map(|item| (&**name, Node::Json(item))).collect());
    }
    listing
}

/// What is said of `node` by none of the properties `read` and none of the names `other`.
fn left_over<'a>(node: Node<'a>, read: &[Property], other: &[&str]) -> Vec<Statement<'a>> {
    let mut statements = node.statements();
    statements.retain(|(name, _)| {
        !read.iter().any(|property| property.is_named(name)) && !other.contains(&node.shown_name(name))
    });
    statements
}

impl Listing {
    /// Adds `statements`, and what is said of what they speak of, behind the name `around` if there is
    /// one. Keeps its own stack: graphs may be circular, and end with the reads that are left.
    fn add<'a>(&mut self, around: &'a str, mut statements: Vec<Statement<'a>>) {
        let mut path: Vec<&str> = Vec::new();
        path.extend(Some(around).filter(|name| !name.is_empty()));
        let base = path.len();
        statements.reverse();
        let mut levels = vec![statements];
        while let Some(level) = levels.last_mut() {
            let Some((name, node)) = level.pop() else {
                levels.pop();
                path.truncate(base + levels.len().saturating_sub(1));
                continue;
            };
            if self.facts.len() == FACTS_MAX {
                self.is_whole = false;
                return;
            }
            let name = node.shown_name(name);
            let text = node.as_shown();
            if let Some(text) = &text {
                // A type is a word; the vocabulary it is from tells nobody anything.
                self.put(&path, name, if name == "type" { last_part(text) } else { text });
            }
            let is_value = text.is_some() && matches!(node, Node::Json(_));
            let mut inner = if is_value { Vec::new() } else { node.statements() };
            if inner.is_empty() {
                continue;
            }
            if levels.len() == DEPTH_MAX {
                self.is_whole = false;
                continue;
            }
            inner.reverse();
            path.push(name);
            levels.push(inner);
        }
    }

    fn put(&mut self, path: &[&str], name: &str, value: &str) {
        let names = path.iter().copied().chain([name]).filter(|name| !name.is_empty());
        let mut path = Vec::new();
        for name in names {
            path.push(self.cut(name, NAME_CHARS_MAX));
        }
        let value = self.cut(value, VALUE_CHARS_MAX);
        self.facts.push(PropertyFact { path, label: None, value });
    }

    fn cut(&mut self, text: &str, chars_max: usize) -> String {
        match text.char_indices().nth(chars_max) {
            None => text.to_owned(),
            Some((end, _)) => {
                self.is_whole = false;
                format!("{}…", text.get(..end).unwrap_or_default())
            }
        }
    }
}

/// What [`super::read`] reads of a credential.
const READ_OF_CREDENTIAL: &[Property] = &[
    claims::NAME,
    claims::DESCRIPTION,
    claims::ISSUER,
    claims::CREDENTIAL_SUBJECT,
    claims::VALID_FROM,
    claims::VALID_UNTIL,
    claims::ISSUANCE_DATE,
    claims::EXPIRATION_DATE,
    claims::AWARDED_DATE,
    claims::IMAGE,
    claims::EVIDENCE,
    claims::CREDENTIAL_STATUS,
    claims::CREDENTIAL_SCHEMA,
    claims::ENDORSEMENT,
    claims::ENDORSEMENT_JWT,
];

/// What it reads of a subject.
const READ_OF_SUBJECT: &[Property] = &[
    claims::NAME,
    claims::GIVEN_NAME,
    claims::FAMILY_NAME,
    claims::IDENTIFIER,
    claims::ACHIEVEMENT,
    claims::RESULT,
    claims::CREDITS_EARNED,
    claims::ROLE,
    claims::LICENSE_NUMBER,
    claims::SOURCE,
];

/// Members that are about the document, and not what it says.
const ABOUT_THE_DOCUMENT: &[&str] = &[
    "id",
    "@id",
    "type",
    "@type",
    "@context",
    "proof",
    "cnf",
    "refreshService",
    "relatedResource",
    "renderMethod",
];

/// Claims that are listed. A long degree supplement has about a hundred.
const FACTS_MAX: usize = 256;
/// How deep they are looked for.
const DEPTH_MAX: usize = 16;
/// Characters of a name.
const NAME_CHARS_MAX: usize = 120;
/// Characters of a value.
const VALUE_CHARS_MAX: usize = 4_000;
