//! Layer 6. What stands behind a credential and where it stands: facts, frameworks, evidence.
//!
//! It is read after the first answers, by the part of the package that draws what comes second.

use crate::credential::Credential;
use crate::report::{Report, Role};
use crate::view::facts::{self, Fact, Stated};
use crate::view::frameworks::{self, About, Group, Link};
use crate::view::{Blind, Card, Message, NAME_CHARS_MAX, achievement, kinds, quoted, shown, web_address};

/// What comes second.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Behind {
    /// What it certifies; empty where nothing says so.
    pub certifies: Option<Fact>,
    /// The eleven facts.
    pub facts: Vec<Fact>,
    /// How many of them are stated.
    pub stated: usize,
    /// Further facts, where stated.
    pub further: Vec<Fact>,
    /// What the holder can do according to frameworks, by framework.
    pub skills: Vec<Group>,
    /// Where else it stands in frameworks, by framework.
    pub frameworks: Vec<Group>,
    /// Evidence.
    pub evidence: Vec<Link>,
}

/// What stands behind the claims of `card`; nothing where it shows none.
pub fn behind(card: &Card) -> Behind {
    let mut behind = match card.claims {
        Some(_) => told(&card.report),
        None => Behind::default(),
    };
    // What is stated and hidden from a review without bias is no blank.
    let given = match card.wishes.blind {
        Blind::Nothing => Behind::default(),
        _ => told(card.given),
    };
    for (fact, open) in behind.facts.iter_mut().zip(given.facts) {
        if fact.values.is_empty() && !open.values.is_empty() {
            fact.values.push(Stated::Message(Message::new("stated.hidden")));
        }
    }
    behind.stated = behind.facts.iter().filter(|fact| !fact.values.is_empty()).count();
    behind
}

fn told(report: &Report) -> Behind {
    let report = shown(report);
    let Some(facts) = report.facts() else {
        return Behind::default();
    };
    let (mut eleven, mut further) = (facts::eleven(facts), facts::further(facts));
    let mut certifies = kinds::certifies(facts, achievement(facts));
    if report.parts.iter().any(|part| part.role == Some(Role::Endorsement)) {
        // Each is told with its own verdict.
        further.retain(|fact| fact.id != "fact.endorsements");
    }
    // Other formats say the same elsewhere.
    if !PLACED.contains(&report.format.unwrap_or_default()) {
        eleven.iter_mut().chain(&mut further).chain([&mut certifies]).for_each(|fact| fact.from.clear());
    }
    Behind {
        certifies: Some(certifies),
        facts: eleven,
        stated: 0,
        further,
        skills: frameworks::groups(facts, &|about| about == About::Skill),
        frameworks: frameworks::groups(facts, &|about| about != About::Skill),
        evidence: evidence(facts),
    }
}

fn evidence(facts: &Credential) -> Vec<Link> {
    let mut links = Vec::new();
    for evidence in facts.evidence.iter().take(LINKS_MAX) {
        if let Some(text) = evidence.name.as_deref().or(evidence.url.as_deref()) {
            links.push(Link { text: quoted(text, NAME_CHARS_MAX), url: web_address(&evidence.url) });
        }
    }
    links
}

/// Formats whose members have the names of Open Badges 3.0.
const PLACED: &[&str] = &["open-badge-3", "clr-2", "plain-credential", "endorsement"];
/// Pieces of evidence that are drawn.
const LINKS_MAX: usize = 40;
