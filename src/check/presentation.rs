//! Layer 4. Presentations: whether their credentials hold, and whether whoever presents them is their
//! holder.
//!
//! A presentation says nothing by itself. One that is signed shows that somebody has a key; whose, and
//! whether the credentials were given to that somebody, are the two checks about the holder. One that
//! nobody signed wraps its credentials as a file does: it shows no holder, and takes nothing from them.
//! So no presentation is better than the worst of its credentials.
//! Spec: [VCDM 2.0 §4.13](https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations).

use crate::check::members::{self, Held};
use crate::check::{
    CATALOGUE, ISSUER_CONTROLS_KEY, PRESENTATION_CREDENTIALS, PRESENTATION_HOLDER_BINDING,
    PRESENTATION_HOLDER_KEY,
};
use crate::codec::json::Value;
use crate::report::{Check, Headline, Identity, Level, Report, Role, Row, Verdict};

/// Who presents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presenter {
    /// Nobody says so, and nobody asks.
    Unsigned,
    /// Somebody signed; the id of the holder where one is known, as signed.
    Signed(Option<String>),
}

/// The credentials in `document`, a presentation.
pub fn of(document: &Value) -> Vec<Held> {
    let mut held = Vec::new();
    members::put(&mut held, Role::Presented, document, "verifiableCredential", "");
    held
}

/// The checks of a presentation that nobody signed: its own claims are not read, and it is held against
/// nothing.
pub fn unsigned() -> Vec<Check> {
    let of_wrapper = |row: &&Row| row.id.starts_with("document.") || row.id.starts_with("proof.");
    let required = CATALOGUE.iter().filter(|row| row.level == Level::Required).filter(of_wrapper);
    let unread = required.filter(|row| !MADE_OF_ALL.contains(&row.id));
    let mut checks: Vec<Check> = unread.map(|row| skipped(*row, "presentation-not-signed")).collect();
    checks.push(skipped(HOLDER_KEY, "presentation-not-signed"));
    checks
}

/// `issuer.controls-key` of a proof that a holder made is about the holder.
pub fn of_holder(check: Check) -> Check {
    if check.id == ISSUER_CONTROLS_KEY.id { check.of_row(HOLDER_KEY) } else { check }
}

/// The checks that need the reports on the credentials; `passed_over` were not looked at.
pub fn conclude(
    presenter: &Presenter,
    is_established: bool,
    parts: &[Report],
    passed_over: usize,
) -> Vec<Check> {
    let of_credentials = CATALOGUE.iter().filter(|row| row.level == Level::Required);
    let of_credentials = of_credentials.filter(|row| {
        let of = |prefix: &str| row.id.starts_with(prefix);
        of("issuer.") || of("validity.") || of("status.")
    });
    let mut checks: Vec<Check> = of_credentials.map(|row| skipped(*row, "asked-of-credentials")).collect();
    checks.push(credentials(parts, passed_over));
    checks.push(match presenter {
        Presenter::Unsigned => Check::skipped(PRESENTATION_HOLDER_BINDING, "presentation-not-signed"),
        Presenter::Signed(_) if !is_established => Check::unknown(HOLDER_BINDING, "waits-for-signature"),
        Presenter::Signed(holder) => binding(holder.as_deref(), parts),
    });
    checks
}

/// The weakest identity among the issuers of the credentials.
pub fn identity(parts: &[Report]) -> Identity {
    let strength = |identity: Identity| match identity {
        Identity::Listed => 2,
        Identity::Domain => 1,
        Identity::None => 0,
    };
    let identities = presented(parts).map(|part| part.issuer.identity);
    identities.min_by_key(|identity| strength(*identity)).unwrap_or(Identity::None)
}

fn presented(parts: &[Report]) -> impl Iterator<Item = &Report> {
    parts.iter().filter(|part| part.role == Some(Role::Presented))
}

/// `presentation.credentials`, as grave as the gravest of them.
fn credentials(parts: &[Report], passed_over: usize) -> Check {
    let refuted = presented(parts).filter(|part| part.verdict == Verdict::Invalid);
    let gravity = refuted.map(|part| part.headline.max(Headline::DoNotRely)).min();
    let row = Row {
        level: Level::Required,
        skip: false,
        gravity: gravity.unwrap_or(Headline::DoNotRely),
        ..PRESENTATION_CREDENTIALS
    };
    let none = || Check::fail(row, "presentation-empty");
    members::each(row, Role::Presented, parts, passed_over, REASONS).unwrap_or_else(none)
}

/// `presentation.holder-binding`: whether everything presented was given to `holder`.
fn binding(holder: Option<&str>, parts: &[Report]) -> Check {
    let mut is_open = holder.is_none();
    for part in presented(parts) {
        let facts = part.facts();
        let ids: Vec<&str> =
            facts.into_iter().flat_map(|facts| &facts.subjects).filter_map(|it| it.id.as_deref()).collect();
        if ids.iter().any(|id| Some(*id) == holder) {
            continue;
        }
        // By another name than a DID it may still be the same person.
        if let Some(other) = ids.iter().find(|id| id.starts_with("did:")) {
            let check = Check::fail(HOLDER_BINDING, "presenter-is-another").at(part.at.clone());
            return check.with("holder", holder.unwrap_or_default()).with("subject", *other);
        }
        is_open = true;
    }
    let check = match is_open {
        true => Check::unknown(HOLDER_BINDING, "presenter-not-comparable"),
        false => Check::pass(HOLDER_BINDING, "presenter-is-holder"),
    };
    check.with("holder", holder.unwrap_or_default())
}

fn skipped(row: Row, reason: &'static str) -> Check {
    Check::skipped(Row { skip: true, ..row }, reason)
}

/// Checks that are made of every presentation, signed or not.
const MADE_OF_ALL: &[&str] = &["document.json", "document.structure"];
const REASONS: [&str; 3] = ["presented-all-good", "presented-some-bad", "presented-some-open"];

const HOLDER_KEY: Row = required(PRESENTATION_HOLDER_KEY);
const HOLDER_BINDING: Row = required(PRESENTATION_HOLDER_BINDING);

/// Of a signed presentation it is required.
const fn required(row: Row) -> Row {
    Row { level: Level::Required, skip: false, gravity: Headline::DoNotRely, ..row }
}
