//! Layer 4. What a Data Integrity proof says of itself, and whether it may count here and now.
//!
//! Options are read from what was signed: from the quads of the options under an RDF suite, from
//! the members under JCS. Spec: [VC-DI §2.1](https://www.w3.org/TR/vc-data-integrity/#proofs).

use crate::canon::json_ld::Dataset;
use crate::check::issuer::Signer;
use crate::check::{PROOF_CHALLENGE, PROOF_CREATED, PROOF_DOMAIN, PROOF_EXPIRES, PROOF_PURPOSE};
use crate::claims::{self, Graph, Node};
use crate::codec::date_time;
use crate::codec::json::{Object, Value};
use crate::policy::{Policy, SKEW_SECONDS};
use crate::report::{Check, Headline, Level, Row};
use crate::suite::Suite;

/// The options of a proof, as signed.
pub(super) struct Options {
    /// The verification method.
    pub method: Option<String>,
    /// Whether it says to be of the suite it is taken for.
    pub is_of_suite: bool,
    /// The ids of the proofs it builds on, sorted; none where one of them has no id.
    pub previous: Option<Vec<String>>,
    purpose: Option<String>,
    created: Vec<String>,
    expires: Vec<String>,
    domains: Vec<String>,
    challenges: Vec<String>,
}

impl Options {
    /// The options of `proof`: from `dataset`, or from the text where that itself is signed.
    pub fn read(proof: &Object, suite: &Suite, dataset: Option<&Dataset>) -> Options {
        match dataset {
            Some(dataset) => Options::of(Node::Quads(&Graph::new(&dataset.quads), &dataset.root), suite),
            None => Options::of(Node::Json(&Value::Object(proof.clone())), suite),
        }
    }

    fn of(node: Node, suite: &Suite) -> Options {
        let ids = node.nodes(claims::PREVIOUS_PROOF).into_iter().map(|node| node.id().map(String::from));
        let mut previous: Option<Vec<String>> = ids.collect();
        previous.iter_mut().for_each(|ids| ids.sort_unstable());
        previous.iter_mut().for_each(Vec::dedup);
        Options {
            method: node.text(claims::VERIFICATION_METHOD),
            is_of_suite: node.types() == [suite.proof_type]
                && node.text(claims::CRYPTOSUITE).as_deref() == suite.cryptosuite,
            previous,
            purpose: node.text(claims::PROOF_PURPOSE),
            created: node.texts(claims::CREATED),
            expires: node.texts(claims::EXPIRES),
            domains: node.texts(claims::DOMAIN),
            challenges: node.texts(claims::CHALLENGE),
        }
    }

    /// Purpose, times, domain and challenge, each held against `policy`; the purpose is that of `signer`.
    pub fn checks(&self, signer: Signer, policy: &Policy) -> Vec<Check> {
        let mut checks = vec![
            purpose(self.purpose.as_deref(), signer),
            created(&self.created, policy.now),
            expires(&self.expires, policy.now),
        ];
        checks.extend(asked(&self.domains, &self.challenges, policy));
        checks
    }
}

/// Whether what was signed is for the domain and the challenge that the caller asks for. Nothing is
/// said where neither side names one.
pub(super) fn asked(domains: &[String], challenges: &[String], policy: &Policy) -> Vec<Check> {
    let domain = domain(domains, policy.domain.as_deref());
    let challenge = challenge(challenges, policy.challenge.as_deref());
    domain.into_iter().chain(challenge).collect()
}

fn purpose(purpose: Option<&str>, signer: Signer) -> Check {
    match (purpose, signer) {
        (Some("assertionMethod" | ASSERTION_METHOD), Signer::Issuer) => {
            Check::pass(PROOF_PURPOSE, "purpose-is-assertion")
        }
        (Some("authentication" | AUTHENTICATION), Signer::Holder) => {
            Check::pass(PROOF_PURPOSE, "purpose-is-authentication")
        }
        (other, _) => {
            Check::fail(PROOF_PURPOSE, "purpose-is-other").with("purpose", other.unwrap_or_default())
        }
    }
}

fn created(created: &[String], now: i64) -> Check {
    let judge = |text: &str, time: i64| {
        let check = if time > now.saturating_add(SKEW_SECONDS) {
            Check::fail(PROOF_CREATED, "proof-from-the-future")
        } else {
            Check::pass(PROOF_CREATED, "proof-made-before-now")
        };
        check.with("created", text).with("now", now.to_string())
    };
    at_most_one(PROOF_CREATED, "no-creation-time", created, judge)
}

fn expires(expires: &[String], now: i64) -> Check {
    let judge = |text: &str, time: i64| {
        let check = if now > time.saturating_add(SKEW_SECONDS) {
            Check::fail(PROOF_EXPIRES, "proof-expired")
        } else {
            Check::pass(PROOF_EXPIRES, "proof-not-expired")
        };
        check.with("expires", text).with("now", now.to_string())
    };
    at_most_one(PROOF_EXPIRES, "no-proof-expiry", expires, judge)
}

/// What `judge` says of the one time in `texts`; skipped where there is none.
fn at_most_one(row: Row, none: &'static str, texts: &[String], judge: impl Fn(&str, i64) -> Check) -> Check {
    match texts {
        [] => Check::skipped(row, none),
        [text] => match date_time::parse(text) {
            None => Check::fail(row, "time-malformed").with("value", text),
            Some(time) => judge(text, time.unix_seconds),
        },
        _ => Check::fail(row, "several-values"),
    }
}

/// A proof may be for several domains; one of them must be the caller's.
fn domain(domains: &[String], asked: Option<&str>) -> Option<Check> {
    let check = match (asked, domains) {
        (None, []) => return None,
        (None, _) => Check::skipped(PROOF_DOMAIN, "domain-not-asked-for"),
        (Some(asked), domains) if domains.iter().any(|domain| domain == asked) => {
            Check::pass(DOMAIN_ASKED, "domain-agrees")
        }
        (Some(asked), _) => Check::fail(DOMAIN_ASKED, "domain-differs").with("asked", asked),
    };
    Some(check.with("domain", domains.join(" · ")))
}

/// A challenge is one text, made for one answer.
fn challenge(challenges: &[String], asked: Option<&str>) -> Option<Check> {
    match (asked, challenges) {
        (None, []) => None,
        (None, _) => Some(Check::skipped(PROOF_CHALLENGE, "challenge-not-asked-for")),
        (Some(asked), [said]) if said == asked => Some(Check::pass(CHALLENGE_ASKED, "challenge-agrees")),
        (Some(_), _) => Some(Check::fail(CHALLENGE_ASKED, "challenge-differs")),
    }
}

const DOMAIN_ASKED: Row = required(PROOF_DOMAIN);
const CHALLENGE_ASKED: Row = required(PROOF_CHALLENGE);

const fn required(row: Row) -> Row {
    Row { level: Level::Required, skip: false, gravity: Headline::DoNotRely, ..row }
}

const ASSERTION_METHOD: &str = "https://w3id.org/security#assertionMethod";
const AUTHENTICATION: &str = "https://w3id.org/security#authenticationMethod";
