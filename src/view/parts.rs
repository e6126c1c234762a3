//! Layer 6. The credentials inside a credential, each with its own headline.
//!
//! A part is told from its own report and nothing else: neither does the card lend it the headline above,
//! nor does that headline hide what a part's says.

use crate::report::{Headline, Report, Role};
use crate::view::{Message, NAME_CHARS_MAX, Quoted, Wishes, headline, hides_claims, quoted};

/// One part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartLine {
    /// What it is, by id in the message table.
    pub kind: &'static str,
    /// How many parts it stands inside, from 0.
    pub depth: usize,
    /// Its name, where somebody vouches for it or it was revealed.
    pub name: Option<Quoted>,
    /// What its issuer calls itself, likewise.
    pub issuer: Option<Quoted>,
    /// What an endorsement says, likewise.
    pub comment: Option<Quoted>,
    /// Its headline.
    pub headline: Headline,
    /// Its headline in words.
    pub title: Message,
}

/// The one credential of a presentation that has only one: what a reader wants to know is about that.
pub fn only_presented(report: &Report) -> Option<&Report> {
    let mut presented = report.parts.iter().filter(|part| part.role == Some(Role::Presented));
    presented.next().filter(|_| presented.next().is_none())
}

/// A line for each part of `report`, and for the parts of these below them. Gate: a report has such parts
/// only where the part of the package was loaded that makes them.
#[inline(never)]
pub fn lines(report: &Report, wishes: Wishes) -> Vec<PartLine> {
    let mut lines = Vec::new();
    let mut next: Vec<(&Report, usize)> = report.parts.iter().rev().map(|part| (part, 0)).collect();
    while let Some((part, depth)) = next.pop() {
        let Some(kind) = part.role.and_then(kind) else { continue };
        if lines.len() == LINES_MAX {
            break;
        }
        lines.push(line(part, kind, depth, wishes));
        next.extend(part.parts.iter().rev().map(|part| (part, depth + 1)));
    }
    lines
}

fn kind(role: Role) -> Option<&'static str> {
    match role {
        Role::Member => Some("part.member"),
        Role::Endorsement => Some("part.endorsement"),
        Role::Presented => Some("part.presented"),
        // What a list says is said of the credential.
        Role::StatusList => None,
    }
}

fn line(part: &Report, kind: &'static str, depth: usize, wishes: Wishes) -> PartLine {
    let facts = part.credential.as_ref().or(part.unverified.as_ref());
    let facts = facts.filter(|_| wishes.revealed || !hides_claims(part));
    let subject = facts.and_then(|facts| facts.subjects.first());
    let achieved = subject.and_then(|subject| subject.achievements.first()).and_then(|it| it.name.as_ref());
    let named = |text: Option<&String>| text.map(|text| quoted(text, NAME_CHARS_MAX));
    PartLine {
        kind,
        depth,
        name: named(facts.and_then(|facts| facts.name.as_ref()).or(achieved)),
        issuer: named(facts.and_then(|facts| facts.issuer.name.as_ref())),
        comment: subject
            .and_then(|subject| subject.endorsement_comment.as_deref())
            .map(|text| quoted(text, COMMENT_CHARS_MAX)),
        headline: part.headline,
        title: headline::title_of(part),
    }
}

/// Parts that are drawn; the rest are in the report.
const LINES_MAX: usize = 600;
/// Characters of what an endorsement says.
const COMMENT_CHARS_MAX: usize = 400;
