//! Layer 6. What a credential tells at length: what it is about, what it took, and its evidence.
//!
//! These are the issuer's words, as Markdown. They are read only when somebody opens them.

use crate::credential::{Achievement, Credential, Evidence};
use crate::report::Report;
use crate::view::markdown::{Block, blocks};
use crate::view::{Blind, NAME_CHARS_MAX, Quoted, Wishes, quoted, web_address};

/// A piece of the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Id of its title.
    pub title: &'static str,
    /// What the issuer calls it.
    pub name: Option<Quoted>,
    /// What sort of thing it is, in the issuer's words.
    pub genre: Option<Quoted>,
    /// Where it stands at length.
    pub url: Option<String>,
    /// The language they are in, as a tag, where that is known.
    pub language: Option<String>,
    /// The words.
    pub blocks: Vec<Block>,
}

/// Whether there is anything to tell.
pub fn has_any(facts: &Credential, wishes: Wishes) -> bool {
    let is_told = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let achieved = facts.achievements();
    is_told(&facts.description)
        || achieved.into_iter().any(|it| is_told(&it.description) || is_told(&it.criteria_narrative))
        || (wishes.blind == Blind::Nothing && facts.evidence.iter().any(|it| is_told(&it.narrative)))
}

/// The chapters of what `report` shows. Gate: only what draws them calls this.
#[inline(never)]
pub fn chapters(report: &Report, wishes: Wishes) -> Vec<Chapter> {
    let Some(facts) = report.facts() else { return Vec::new() };
    let mut chapters = Vec::new();
    for achievement in facts.achievements().into_iter().take(CHAPTERS_MAX) {
        let Achievement { description, criteria_narrative, criteria_url, .. } = achievement;
        chapters.extend(chapter("card.about", description, &None, facts));
        chapters.extend(chapter("card.criteria", criteria_narrative, criteria_url, facts));
    }
    if chapters.is_empty() {
        chapters.extend(chapter("card.about", &facts.description, &None, facts));
    }
    // Evidence is the holder's own work, which tells who they are.
    if wishes.blind == Blind::Nothing {
        chapters.extend(facts.evidence.iter().filter_map(|it| evidence(it, facts)).take(CHAPTERS_MAX));
    }
    chapters.truncate(CHAPTERS_MAX);
    chapters
}

fn chapter(
    title: &'static str,
    text: &Option<String>,
    url: &Option<String>,
    facts: &Credential,
) -> Option<Chapter> {
    let language = language(text, facts);
    let blocks = blocks(text.as_deref().unwrap_or_default(), STORY_CHARS_MAX);
    let url = web_address(url);
    let is_empty = blocks.is_empty() && url.is_none();
    (!is_empty).then_some(Chapter { title, name: None, genre: None, url, language, blocks })
}

/// The language of one of the texts of `facts`.
fn language(text: &Option<String>, facts: &Credential) -> Option<String> {
    let text = text.as_ref()?;
    facts.languages.iter().find(|row| row.text == *text).map(|row| row.language.clone())
}

fn evidence(evidence: &Evidence, facts: &Credential) -> Option<Chapter> {
    let mut all = Vec::new();
    for text in [&evidence.description, &evidence.narrative].into_iter().flatten() {
        all.extend(blocks(text, STORY_CHARS_MAX));
    }
    let name = |text: &Option<String>| text.as_deref().map(|text| quoted(text, NAME_CHARS_MAX));
    let chapter = Chapter {
        title: "story.evidence",
        name: name(&evidence.name),
        genre: name(&evidence.genre),
        url: web_address(&evidence.url),
        language: language(&evidence.narrative, facts).or_else(|| language(&evidence.description, facts)),
        blocks: all,
    };
    let is_empty = chapter.blocks.is_empty() && chapter.name.is_none() && chapter.url.is_none();
    (!is_empty).then_some(chapter)
}

/// Characters of one text; the rest is in the file.
const STORY_CHARS_MAX: usize = 10_000;
const CHAPTERS_MAX: usize = 60;
