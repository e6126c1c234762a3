//! Layer 4. Endorsements: credentials in which somebody speaks well of a thing in the document.
//!
//! Each is verified by itself, as a part, and must be about the very thing it stands on; one that was
//! moved here from another badge is genuine and says nothing about this one.
//! Spec: [OB 3.0 §B.1](https://www.imsglobal.org/spec/ob/v3p0/#org.1edtech.ob.v3p0.endorsementcredential.class).

use crate::check::members::{self, Held};
use crate::check::{ENDORSEMENT_ABOUT, ENDORSEMENTS_VERIFIED};
use crate::codec::json::Value;
use crate::credential::Credential;
use crate::report::{Check, Headline, Level, Report, Role, Row};

/// The endorsements that `document` carries: on the credential itself, on its achievements, and on the
/// organisations behind them.
pub fn of(document: &Value) -> Vec<Held> {
    let mut held = Vec::new();
    for path in PLACES {
        let mut holders = vec![(document, String::new())];
        for name in *path {
            let mut inner = Vec::new();
            for (holder, place) in &holders {
                let Some(value) = holder.get(name) else { continue };
                for (index, one) in value.as_set().iter().enumerate() {
                    let index = value.as_array().map(|_| format!("/{index}")).unwrap_or_default();
                    inner.push((one, format!("{place}/{name}{index}")));
                }
            }
            holders = inner;
        }
        for (holder, place) in holders {
            for name in NAMES {
                members::put(&mut held, Role::Endorsement, holder, name, &place);
            }
        }
    }
    held
}

/// `endorsement.verified`, from the reports on the endorsements; `passed_over` were not looked at.
pub fn verified(parts: &[Report], passed_over: usize) -> Option<Check> {
    members::each(ENDORSEMENTS_VERIFIED, Role::Endorsement, parts, passed_over, REASONS)
}

/// `endorsement.about` for an endorsement that says `facts` and stands on the thing with the id `on`.
pub fn about(facts: Option<&Credential>, on: Option<&str>) -> Check {
    let ids: Vec<Option<&str>> =
        facts.into_iter().flat_map(|facts| &facts.subjects).map(|subject| subject.id.as_deref()).collect();
    let check = match on {
        _ if ids.is_empty() => Check::unknown(ABOUT, "endorsement-not-read"),
        None => Check::unknown(ABOUT, "endorsed-without-id"),
        Some(_) if ids.iter().all(|id| *id == on) => Check::pass(ABOUT, "endorsement-about-this"),
        Some(_) => Check::fail(ABOUT, "endorsement-about-something-else"),
    };
    let subjects: Vec<&str> = ids.into_iter().flatten().collect();
    check.with("about", subjects.join(" · ")).with("on", on.unwrap_or_default())
}

/// Where endorsements may stand, as the names that lead there.
const PLACES: &[&[&str]] = &[
    &[],
    &["issuer"],
    &["issuer", "parentOrg"],
    &["credentialSubject", "achievement"],
    &["credentialSubject", "achievement", "creator"],
    &["credentialSubject", "source"],
];
/// Embedded ones, and tokens.
const NAMES: [&str; 2] = ["endorsement", "endorsementJwt"];
const REASONS: [&str; 3] = ["endorsements-all-good", "endorsements-some-bad", "endorsements-some-open"];

/// Of an endorsement it is required.
const ABOUT: Row =
    Row { level: Level::Required, skip: false, gravity: Headline::DoNotRely, ..ENDORSEMENT_ABOUT };
