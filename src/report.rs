//! Layer 2. The report: checks with outcomes, folded into a verdict and a headline.
//!
//! The shape is public and versioned: programs read it. `fold` is the only place that turns checks
//! into a verdict, and its default is [`Verdict::Indeterminate`]: Valid needs the signature witness
//! and every required check passed, or skipped where its row permits.

use crate::codec::fields::{record, words};
use crate::credential::Credential;
use crate::crypto::SignatureVerified;
use crate::need::{Need, Served};

/// The version of the report's shape, raised when a member changes its meaning or goes.
pub const REPORT_VERSION: u32 = 1;

/// The result of verifying one input.
#[derive(Clone, Debug)]
pub struct Report {
    /// [`REPORT_VERSION`].
    pub version: u32,
    /// Where the input came from, as the caller named it; of a status list its address, of other parts
    /// the place they stand at.
    pub source: String,
    /// What this is to the report around it; none for the whole.
    pub role: Option<Role>,
    /// Where it stands in the document of the report around it, as JSON pointer; empty for the whole
    /// and for what stands elsewhere.
    pub at: String,
    /// The containers the credential was unpacked from, outermost first.
    pub containers: Vec<&'static str>,
    /// The format that was recognised, for example `open-badge-3`; none when it was not.
    pub format: Option<&'static str>,
    /// The folded checks.
    pub verdict: Verdict,
    /// What a reader is told first.
    pub headline: Headline,
    /// Who signed, and how well that is known.
    pub issuer: Issuer,
    /// The time that counted as now, in Unix seconds, and whether the caller chose it.
    pub as_of: AsOf,
    /// Every check, in the order of the catalogue.
    pub checks: Vec<Check>,
    /// What was asked for and not provided.
    pub needs: Vec<Need>,
    /// The facts, only when a signature over them passed.
    pub credential: Option<Credential>,
    /// The same facts where no signature passed: nobody vouches for them.
    pub unverified: Option<Credential>,
    /// Status lists, endorsements and members, each verified on its own.
    pub parts: Vec<Report>,
}

record! {
    Report:
        version, source, role, at, containers, format, verdict, headline, issuer, as_of, checks, needs, credential,
        unverified, parts
}

/// What a part is to the report it is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A credential contained in a record.
    Member,
    /// A credential that says something about a thing in the document.
    Endorsement,
    /// A credential inside a presentation.
    Presented,
    /// The list in which the standing of a credential is published.
    StatusList,
    /// A newer version of the credential.
    Newer,
}

words! {
    Role: Member "member", Endorsement "endorsement", Presented "presented", StatusList "status-list",
    Newer "newer"
}

/// The time a report speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// Unix seconds.
    pub now: i64,
    /// The caller gave the time or the documents: the card then says "as of".
    pub chosen: bool,
    /// When the oldest of the documents that the caller gave was read, in Unix seconds, where the
    /// caller says so.
    pub documents_read_at: Option<i64>,
}

record!(AsOf: now, chosen, documents_read_at);

/// One question about the credential and its answer.
#[derive(Clone, Debug)]
pub struct Check {
    /// Permanent dotted id.
    pub id: &'static str,
    /// The answer.
    pub outcome: Outcome,
    /// Id in the reason table.
    pub reason: &'static str,
    /// JSON pointer into the credential, empty for the whole.
    pub at: String,
    /// The compared values.
    pub params: Vec<(&'static str, String)>,
    /// The section that asks for this check.
    pub spec: &'static str,
    /// Whether the verdict depends on it.
    pub level: Level,
    row: Row,
}

record!(Check: id, outcome, reason, at, params, spec, level; without row);

/// A line of the catalogue: what is fixed about a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Permanent dotted id.
    pub id: &'static str,
    /// Whether the verdict depends on it.
    pub level: Level,
    /// Whether it may be skipped in a valid credential.
    pub skip: bool,
    /// The headline when it fails.
    pub gravity: Headline,
    /// The section that asks for it.
    pub spec: &'static str,
}

/// The answer of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Established.
    Pass,
    /// Refuted.
    Fail,
    /// It applies and could not be determined.
    Unknown,
    /// It does not apply.
    Skipped,
}

words!(Outcome: Pass "pass", Fail "fail", Unknown "unknown", Skipped "skipped");

/// Whether the verdict depends on a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It does.
    Required,
    /// It does not; readers may want to know.
    Advisory,
}

words!(Level: Required "required", Advisory "advisory");

/// All checks in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Signed, and every required check holds.
    Valid,
    /// A required check failed.
    Invalid,
    /// Nothing failed, something is not known.
    Indeterminate,
}

words!(Verdict: Valid "valid", Invalid "invalid", Indeterminate "indeterminate");

/// What a reader is told first; graver ones come first in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Headline {
    /// No credential was found in the input.
    Unreadable,
    /// A signature, binding, structure or term check failed.
    DoNotRely,
    /// Withdrawn for good.
    Revoked,
    /// Withdrawn for a time.
    Suspended,
    /// Its time is over.
    Expired,
    /// Its time has not come.
    NotYetValid,
    /// A required check is unknown.
    NotFullyChecked,
    /// All checks hold, nobody is tied to the key.
    GenuineIssuerUnconfirmed,
    /// All checks hold and the issuer's identity is confirmed.
    Verified,
}

words! {
    Headline:
        Unreadable "unreadable", DoNotRely "do-not-rely", Revoked "revoked", Suspended "suspended", Expired
        "expired", NotYetValid "not-yet-valid", NotFullyChecked "not-fully-checked",
        GenuineIssuerUnconfirmed "genuine-issuer-unconfirmed", Verified "verified"
}

/// Who signed, as the proof that verified shows it, beside what the issuer calls itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issuer {
    /// The issuer's DID or URL as the credential states it.
    pub id: Option<String>,
    /// The name the issuer gives itself: a claim.
    pub name: Option<String>,
    /// How the identity is established.
    pub identity: Identity,
    /// Host, and path where there is one, whose control was proven.
    pub domain: Option<String>,
    /// What the embedder's list calls the issuer; none unless the identity is [`Identity::Listed`].
    pub listed_as: Option<String>,
}

record!(Issuer: id, name, identity, domain, listed_as);

/// How an issuer's identity is established, strongest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Identity {
    /// On the embedder's trust list.
    Listed,
    /// The key is published by a domain.
    Domain,
    /// Nothing beyond the key.
    #[default]
    None,
}

words!(Identity: Listed "listed", Domain "domain", None "none");

impl Check {
    /// A check with its answer. `reason` is an id of the reason table.
    #[inline(never)]
    pub fn new(row: Row, outcome: Outcome, reason: &'static str) -> Self {
        let Row { id, level, spec, .. } = row;
        Check { id, outcome, reason, at: String::new(), params: Vec::new(), spec, level, row }
    }

    /// The check passed.
    pub fn pass(row: Row, reason: &'static str) -> Self {
        Check::new(row, Outcome::Pass, reason)
    }

    /// The check failed.
    pub fn fail(row: Row, reason: &'static str) -> Self {
        Check::new(row, Outcome::Fail, reason)
    }

    /// The check applies and was not determined.
    pub fn unknown(row: Row, reason: &'static str) -> Self {
        Check::new(row, Outcome::Unknown, reason)
    }

    /// The check does not apply.
    pub fn skipped(row: Row, reason: &'static str) -> Self {
        Check::new(row, Outcome::Skipped, reason)
    }

    /// With the place it speaks of.
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.at = pointer.into();
        self
    }

    /// With a compared value.
    pub fn with(self, name: &'static str, value: impl AsRef<str>) -> Self {
        self.put(name, value.as_ref())
    }

    #[inline(never)] // Once, and not at every call.
    fn put(mut self, name: &'static str, value: &str) -> Self {
        self.params.push((name, value.to_owned()));
        self
    }

    /// The same answer to the question of another row.
    pub fn of_row(self, row: Row) -> Self {
        let Row { id, level, spec, .. } = row;
        Check { id, level, spec, row, ..self }
    }

    /// The headline where this check fails.
    pub fn gravity(&self) -> Headline {
        self.row.gravity
    }

    /// The compared value `name`.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

impl Report {
    /// The first check with this id.
    pub fn check(&self, id: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == id)
    }

    /// What it says, whether or not anybody vouches for it.
    pub fn facts(&self) -> Option<&Credential> {
        self.credential.as_ref().or(self.unverified.as_ref())
    }
}

/// The positive proof that Valid needs. Neither can be made where the proof was not.
#[derive(Clone, Copy, Debug)]
pub enum Witness {
    /// A signature over the facts was verified.
    Signature(SignatureVerified),
    /// The facts were had from the address that vouches for them by the rules of their format.
    Hosting(Served),
}

/// The verdict over `checks`. `witness` proves that somebody vouches for the facts.
pub fn fold(checks: &[Check], witness: Option<&Witness>) -> Verdict {
    let required = || checks.iter().filter(|check| check.level == Level::Required);
    if required().any(|check| check.outcome == Outcome::Fail) {
        return Verdict::Invalid;
    }
    let holds = |check: &Check| match check.outcome {
        Outcome::Pass => true,
        Outcome::Skipped => check.row.skip,
        Outcome::Fail | Outcome::Unknown => false,
    };
    match witness {
        Some(_) if required().all(holds) => Verdict::Valid,
        _ => Verdict::Indeterminate,
    }
}

/// The headline for `checks` under `verdict`: the gravest required failure, or what is missing.
pub fn headline(checks: &[Check], verdict: Verdict, identity: Identity) -> Headline {
    let gravest = checks
        .iter()
        .filter(|check| check.level == Level::Required && check.outcome == Outcome::Fail)
        .map(|check| check.row.gravity)
        .min();
    match (gravest, verdict, identity) {
        (Some(headline), _, _) => headline,
        (None, Verdict::Valid, Identity::Listed | Identity::Domain) => Headline::Verified,
        (None, Verdict::Valid, Identity::None) => Headline::GenuineIssuerUnconfirmed,
        (None, Verdict::Invalid | Verdict::Indeterminate, _) => Headline::NotFullyChecked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUIRED: Row =
        Row { id: "a.b", level: Level::Required, skip: false, gravity: Headline::DoNotRely, spec: "" };
    const SKIPPABLE: Row = Row { skip: true, gravity: Headline::Expired, ..REQUIRED };
    const ADVISORY: Row = Row { level: Level::Advisory, ..REQUIRED };

    #[test]
    fn nothing_checked_is_indeterminate() {
        assert_eq!(fold(&[], None), Verdict::Indeterminate);
        assert_eq!(fold(&[Check::pass(REQUIRED, "")], None), Verdict::Indeterminate);
    }

    #[test]
    fn valid_needs_the_witness_and_every_required_check() {
        let witness = Some(&Witness::Signature(SignatureVerified::FOR_TESTS));
        let table: &[(&[Check], Verdict)] = &[
            (&[Check::pass(REQUIRED, "")], Verdict::Valid),
            (&[Check::pass(REQUIRED, ""), Check::skipped(SKIPPABLE, "")], Verdict::Valid),
            (&[Check::pass(REQUIRED, ""), Check::fail(ADVISORY, "")], Verdict::Valid),
            (&[Check::pass(REQUIRED, ""), Check::unknown(ADVISORY, "")], Verdict::Valid),
            (&[Check::skipped(REQUIRED, "")], Verdict::Indeterminate),
            (&[Check::pass(REQUIRED, ""), Check::unknown(SKIPPABLE, "")], Verdict::Indeterminate),
            (&[Check::unknown(REQUIRED, ""), Check::fail(SKIPPABLE, "")], Verdict::Invalid),
        ];
        for (checks, verdict) in table {
            assert_eq!(fold(checks, witness), *verdict, "{checks:?}");
        }
    }

    #[test]
    fn the_gravest_failure_is_the_headline() {
        let checks = [Check::fail(SKIPPABLE, ""), Check::fail(REQUIRED, "")];
        assert_eq!(headline(&checks, Verdict::Invalid, Identity::Domain), Headline::DoNotRely);
        assert_eq!(headline(&checks[..1], Verdict::Invalid, Identity::Domain), Headline::Expired);
        assert_eq!(headline(&[], Verdict::Valid, Identity::Domain), Headline::Verified);
        assert_eq!(headline(&[], Verdict::Valid, Identity::None), Headline::GenuineIssuerUnconfirmed);
        assert_eq!(headline(&[], Verdict::Indeterminate, Identity::Listed), Headline::NotFullyChecked);
    }
}
