//! Layer 6. Who vouches for what the card is about, and how well that is known.
//!
//! The words of an endorsement are quoted and never understood. That one is a commitment, such as the promise
//! of an interview, its author says by giving the signed credential the type `https://schema.org/Offer`, and it
//! counts only where everything about it holds and the author is a proven domain or on the embedder's list.

use crate::check;
use crate::report::{Headline, Outcome, Report, Role};
use crate::view::parts::{HEADLINES, line, shown_facts};
use crate::view::{Message, PartLine, Wishes, quoted};

/// A line for each endorsement of `told`: commitments first, then the better known ones.
pub(super) fn lines(told: &Report, wishes: Wishes) -> Vec<PartLine> {
    let endorsements = told.parts.iter().filter(|part| part.role == Some(Role::Endorsement));
    let own = told.issuer.id.as_ref();
    let all: Vec<PartLine> = endorsements.map(|part| endorsement(part, own, wishes)).collect();
    let mut sorted = Vec::new();
    for is_commitment in [true, false] {
        for headline in HEADLINES.iter().rev() {
            let alike = all.iter().filter(|it| it.is_commitment == is_commitment && it.headline == *headline);
            sorted.extend(alike.cloned());
        }
    }
    sorted
}

fn endorsement(part: &Report, own: Option<&String>, wishes: Wishes) -> PartLine {
    let line = line(part, 0, wishes);
    let facts = shown_facts(part, wishes);
    let about = PLACES.iter().find(|(place, _)| part.at.contains(place)).map(|(_, about)| *about);
    // A forged one vouches for nothing.
    let about = about
        .filter(|_| facts.is_some() && outcome(part, check::ENDORSEMENT_ABOUT.id) == Some(Outcome::Pass));
    let is_own = own.is_some() && part.issuer.id.as_ref() == own;
    // Of several subjects none is the first; what is said of one of them need not hold for the others.
    let comment = facts.and_then(|facts| match facts.subjects.as_slice() {
        [only] => only.endorsement_comment.as_deref(),
        _ => None,
    });
    let is_offer = facts.is_some_and(|facts| facts.types.iter().any(|name| OFFER.contains(&name.as_str())));
    let title = match part.headline {
        Headline::Verified => Message::new("vouched.verified"),
        Headline::GenuineIssuerUnconfirmed => Message::new("vouched.unconfirmed"),
        Headline::NotFullyChecked if part.credential.is_none() => Message::new("vouched.unchecked"),
        _ => line.title,
    };
    PartLine {
        name: line.issuer,
        issuer: None,
        about: if is_own { about.and(Some("vouched.own")) } else { about },
        comment: comment.map(|text| quoted(text, COMMENT_CHARS_MAX)),
        is_commitment: is_offer && part.headline == Headline::Verified,
        title,
        ..line
    }
}

fn outcome(part: &Report, id: &str) -> Option<Outcome> {
    part.check(id).map(|check| check.outcome)
}

/// Where endorsements stand, and what one there is about; the longer places first.
const PLACES: [(&str, &str); 6] = [
    ("/creator/", "vouched.creator"),
    ("/achievement/", "vouched.achievement"),
    ("/source/", "vouched.source"),
    ("/parentOrg/", "vouched.source"),
    ("/issuer/", "vouched.issuer"),
    ("/endorsement", "vouched.credential"),
];
/// The type of a commitment, as the vocabulary names it now and did before. Written out in the document it is
/// signed under every proof; an abbreviation of it is none.
const OFFER: [&str; 2] = ["https://schema.org/Offer", "http://schema.org/Offer"];
/// Characters of what an endorsement says.
const COMMENT_CHARS_MAX: usize = 800;
