//! Layer 4. One Data Integrity proof: its options, its key, its signature.
//!
//! Proofs are looked at one by one; which of them carries the document is decided by [`best`].
//! Options are read from what was signed: from the quads of the options under an RDF suite, from
//! the members under JCS. Spec: [VC-DI §4.4](https://www.w3.org/TR/vc-data-integrity/#verify-proof).

use crate::canon::json_ld::{Finding, FindingKind};
use crate::check::issuer::{self, Binding, Named};
use crate::check::{
    ISSUER_CONTROLS_KEY, PROOF_ANY_GOOD, PROOF_CREATED, PROOF_EXPIRES, PROOF_PURPOSE, PROOF_SIGNATURE,
};
use crate::claims::{self, Graph, Node};
use crate::codec::json::{Object, Value};
use crate::codec::{date_time, multibase};
use crate::crypto::{self, Refused, SignatureVerified};
use crate::limits::Budget;
use crate::need::{Found, Need};
use crate::policy::{Policy, SKEW_SECONDS};
use crate::report::{Check, Outcome};
use crate::securing::data_integrity::{HashData, Profile, Transform, Unread, Unsecured};
use crate::suite::{self, Suite};

/// What is needed to look at a proof.
pub struct Setting<'a> {
    /// What was found.
    pub found: &'a Found,
    /// The caller's decisions.
    pub policy: &'a Policy,
}

/// One proof, looked at.
pub struct Evaluated {
    /// `proof.signature`, the outcome of this proof alone.
    pub signature: Check,
    /// The checks about purpose, time and key; they count if this proof is chosen.
    pub others: Vec<Check>,
    /// Options that would not have been signed, and options said in a foreign way.
    pub undefined: Vec<Finding>,
    /// See `undefined`.
    pub foreign: Vec<Finding>,
    /// The signature's witness.
    pub witness: Option<SignatureVerified>,
    /// What the signature covered.
    pub covers: Option<Covers>,
    /// The domain of the issuer, proven by this proof.
    pub domain: Option<String>,
    /// What is missing.
    pub needs: Vec<Need>,
}

/// What a signature covered, and so where facts may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Covers {
    /// The quads of the document under this profile.
    Quads(Profile),
    /// The text of the document.
    Text,
}

/// The options of a proof, as signed.
struct Options {
    method: Option<String>,
    purpose: Option<String>,
    created: Vec<String>,
    expires: Vec<String>,
    is_of_suite: bool,
}

/// Looks at one proof. `at` is its JSON pointer.
pub fn evaluate(
    proof: &Value,
    at: &str,
    unsecured: &mut Unsecured,
    setting: &Setting,
    budget: &mut Budget,
) -> Evaluated {
    let Some(object) = proof.as_object() else { return undecided(Outcome::Fail, "proof-malformed", at) };
    let member = |name: &str| object.get(name).and_then(Value::as_str);
    let Some(suite) = suite::find(member("type").unwrap_or_default(), member("cryptosuite")) else {
        let mut evaluated = undecided(Outcome::Unknown, "suite-unsupported", at);
        let name = member("cryptosuite").or(member("type")).unwrap_or_default();
        evaluated.signature = evaluated.signature.with("suite", name);
        return evaluated;
    };
    if object.get("previousProof").is_some() {
        return undecided(Outcome::Unknown, "proof-chain-unsupported", at);
    }
    let Some(signature) = proof_value(object, suite) else {
        return undecided(Outcome::Fail, "proof-value-malformed", at);
    };
    match hash_data(object, suite, &Profile::PREFERRED, unsecured, budget) {
        Ok(Some(data)) => decide(object, at, suite, &signature, data, unsecured, setting, budget),
        Ok(None) => undecided(Outcome::Fail, "proof-context-differs", at),
        Err(Unread::Limit(limit)) => {
            let mut evaluated = undecided(Outcome::Unknown, "limit-reached", at);
            evaluated.signature = evaluated.signature.with("limit", limit.0);
            evaluated
        }
        Err(Unread::UnknownContexts(_)) => undecided(Outcome::Unknown, "context-unknown", at),
        Err(Unread::JsonLd(code, _)) => {
            let mut evaluated = undecided(Outcome::Fail, "not-json-ld", at);
            evaluated.signature = evaluated.signature.with("code", code);
            evaluated
        }
    }
}

/// The index of the proof that carries the document: the first that holds in all respects, else
/// the first that is not known to be bad, else the first.
pub fn best(proofs: &[Evaluated]) -> Option<usize> {
    let rank = |proof: &Evaluated| {
        let outcomes = || proof.others.iter().chain([&proof.signature]).filter(|check| counts(check));
        let failed = outcomes().any(|check| check.outcome == Outcome::Fail);
        let unknown = outcomes().any(|check| check.outcome == Outcome::Unknown);
        let unsigned = proof.undefined.iter().any(|finding| finding.kind != FindingKind::EmptyIri);
        (failed || unsigned || !proof.foreign.is_empty(), unknown)
    };
    (0..proofs.len()).min_by_key(|index| proofs.get(*index).map(rank))
}

/// `proof.any-good`: the outcome of the proof that carries the document.
pub fn any_good(best: Option<&Evaluated>) -> Check {
    match best {
        None => Check::fail(PROOF_ANY_GOOD, "not-signed"),
        Some(proof) => {
            let mut check = Check::new(PROOF_ANY_GOOD, proof.signature.outcome, proof.signature.reason);
            check.at.clone_from(&proof.signature.at);
            check.params.clone_from(&proof.signature.params);
            check
        }
    }
}

fn counts(check: &Check) -> bool {
    check.level == crate::report::Level::Required || check.id == PROOF_SIGNATURE.id
}

fn undecided(outcome: Outcome, reason: &'static str, at: &str) -> Evaluated {
    let unknown = |row| Check::unknown(row, "proof-not-evaluated").at(at);
    Evaluated {
        signature: Check::new(PROOF_SIGNATURE, outcome, reason).at(at),
        others: vec![unknown(PROOF_PURPOSE), unknown(ISSUER_CONTROLS_KEY)],
        undefined: Vec::new(),
        foreign: Vec::new(),
        witness: None,
        covers: None,
        domain: None,
        needs: Vec::new(),
    }
}

fn proof_value(proof: &Object, suite: &Suite) -> Option<Vec<u8>> {
    let text = proof.get("proofValue").and_then(Value::as_str)?;
    if !text.starts_with(suite.proof_value_base) {
        return None;
    }
    multibase::decode(text)
}

fn hash_data(
    proof: &Object,
    suite: &Suite,
    profile: &Profile,
    unsecured: &mut Unsecured,
    budget: &mut Budget,
) -> Result<Option<HashData>, Unread> {
    match suite.transform {
        Transform::Rdfc => unsecured.rdfc_hash_data(proof, profile, budget).map(Some),
        Transform::Jcs => Ok(unsecured.jcs_hash_data(proof)),
    }
}

#[allow(clippy::too_many_arguments)] // One proof and everything it is held against.
fn decide(
    proof: &Object,
    at: &str,
    suite: &'static Suite,
    signature: &[u8],
    data: HashData,
    unsecured: &mut Unsecured,
    setting: &Setting,
    budget: &mut Budget,
) -> Evaluated {
    let options = read_options(proof, suite, &data);
    let issuer_id = issuer_id(suite, unsecured);
    let binding = match (&options.method, &issuer_id) {
        (Some(method), Some(issuer)) => {
            let named = Named { method: Some(method), ..Named::default() };
            issuer::controls_key(named, issuer, setting.found, setting.policy)
        }
        _ => Binding {
            checks: vec![Check::fail(ISSUER_CONTROLS_KEY, "method-or-issuer-missing")],
            key: None,
            domain: None,
            needs: Vec::new(),
        },
    };
    let purpose = match options.purpose.as_deref() {
        Some("assertionMethod" | ASSERTION_METHOD) => Check::pass(PROOF_PURPOSE, "purpose-is-assertion"),
        other => Check::fail(PROOF_PURPOSE, "purpose-is-other").with("purpose", other.unwrap_or_default()),
    };
    let mut others = vec![purpose.at(at)];
    others.push(created(&options.created, setting.policy.now).at(at));
    others.push(expires(&options.expires, setting.policy.now).at(at));
    others.extend(binding.checks.iter().cloned().map(|check| check.at(at)));

    let (undefined, foreign) = data
        .options
        .as_ref()
        .map(|dataset| (dataset.undefined.clone(), dataset.foreign.clone()))
        .unwrap_or_default();
    let prefix = |mut findings: Vec<Finding>| {
        for finding in &mut findings {
            finding.pointer = format!("{at}{}", finding.pointer);
        }
        findings
    };
    let tried = try_signature(proof, suite, signature, data, &binding, unsecured, setting.found, budget);
    let check = match (&tried, options.is_of_suite) {
        (_, false) => Check::fail(PROOF_SIGNATURE, "suite-not-signed"),
        (Tried::Holds(..), true) => Check::pass(PROOF_SIGNATURE, "signature-holds"),
        (Tried::Fails(reason), true) => Check::fail(PROOF_SIGNATURE, reason),
        (Tried::Unknown(reason), true) => Check::unknown(PROOF_SIGNATURE, reason),
    };
    let (witness, covers) = match tried {
        Tried::Holds(witness, covers) if options.is_of_suite => (Some(witness), Some(covers)),
        _ => (None, None),
    };
    Evaluated {
        signature: check.at(at).with("suite", suite.name),
        others,
        undefined: prefix(undefined),
        foreign: prefix(foreign),
        witness,
        covers,
        domain: binding.domain,
        needs: binding.needs,
    }
}

fn read_options(proof: &Object, suite: &Suite, data: &HashData) -> Options {
    let read = |node: Node, types: &[&str]| Options {
        method: node.text(claims::VERIFICATION_METHOD),
        purpose: node.text(claims::PROOF_PURPOSE),
        created: node.texts(claims::CREATED),
        expires: node.texts(claims::EXPIRES),
        is_of_suite: types == [suite.proof_type]
            && node.text(claims::CRYPTOSUITE).as_deref() == suite.cryptosuite
            && node.nodes(claims::PREVIOUS_PROOF).is_empty(),
    };
    match &data.options {
        Some(dataset) => {
            let graph = Graph::new(&dataset.quads);
            let node = Node::Quads(&graph, &dataset.root);
            read(node, &node.types())
        }
        None => {
            let value = Value::Object(proof.clone());
            let node = Node::Json(&value);
            read(node, &node.types())
        }
    }
}

/// The one issuer, as signed.
fn issuer_id(suite: &Suite, unsecured: &Unsecured) -> Option<String> {
    let only = |nodes: Vec<Node>| match nodes.as_slice() {
        [issuer] => issuer.id().map(String::from),
        _ => None,
    };
    match suite.transform {
        Transform::Rdfc => {
            let dataset = &unsecured.readings().first()?.dataset;
            let graph = Graph::new(&dataset.quads);
            only(Node::Quads(&graph, &dataset.root).nodes(claims::ISSUER))
        }
        Transform::Jcs => only(Node::Json(unsecured.as_json()).nodes(claims::ISSUER)),
    }
}

enum Tried {
    Holds(SignatureVerified, Covers),
    Fails(&'static str),
    Unknown(&'static str),
}

/// Verifies under the preferred profile, then, where the document leaves something open, under
/// the others.
#[allow(clippy::too_many_arguments)] // One signature and everything it is held against.
fn try_signature(
    proof: &Object,
    suite: &'static Suite,
    signature: &[u8],
    data: HashData,
    binding: &Binding,
    unsecured: &mut Unsecured,
    found: &Found,
    budget: &mut Budget,
) -> Tried {
    let Some(key) = &binding.key else { return Tried::Unknown("key-not-at-hand") };
    if !suite.algorithms.contains(&key.algorithm()) {
        return Tried::Unknown("key-type-not-of-suite");
    }
    let verify = |bytes: &[u8], budget: &mut Budget| match budget.signature() {
        Ok(()) => match crypto::verify(key.algorithm(), key, bytes, signature, &found.engines) {
            Err(Refused::NotLoaded) => Err(Tried::Unknown("suite-not-loaded")),
            Err(Refused::OtherKeyType) => Err(Tried::Unknown("key-type-not-of-suite")),
            Err(Refused::BadKey) => Ok(Err("key-malformed")),
            Err(Refused::BadSignature) => Ok(Err("signature-does-not-match")),
            Ok(witness) => Ok(Ok(witness)),
        },
        Err(_) => Err(Tried::Unknown("limit-reached")),
    };
    let covers = |profile: &Profile| match suite.transform {
        Transform::Rdfc => Covers::Quads(profile.clone()),
        Transform::Jcs => Covers::Text,
    };
    let reason = match verify(&data.bytes, budget) {
        Ok(Ok(witness)) => return Tried::Holds(witness, covers(&Profile::PREFERRED)),
        Ok(Err(reason)) => reason,
        Err(tried) => return tried,
    };
    let others = if suite.transform == Transform::Rdfc { unsecured.other_profiles() } else { Vec::new() };
    for profile in others {
        let Ok(Some(data)) = hash_data(proof, suite, &profile, unsecured, budget) else { continue };
        match verify(&data.bytes, budget) {
            Ok(Ok(witness)) => return Tried::Holds(witness, covers(&profile)),
            Ok(Err(_)) => {}
            Err(tried) => return tried,
        }
    }
    Tried::Fails(reason)
}

fn created(created: &[String], now: i64) -> Check {
    match created {
        [] => Check::skipped(PROOF_CREATED, "no-creation-time"),
        [text] => match date_time::parse(text) {
            None => Check::fail(PROOF_CREATED, "time-malformed").with("value", text),
            Some(time) => {
                let check = if time.unix_seconds > now.saturating_add(SKEW_SECONDS) {
                    Check::fail(PROOF_CREATED, "proof-from-the-future")
                } else {
                    Check::pass(PROOF_CREATED, "proof-made-before-now")
                };
                check.with("created", text).with("now", now.to_string())
            }
        },
        _ => Check::fail(PROOF_CREATED, "several-values"),
    }
}

fn expires(expires: &[String], now: i64) -> Check {
    match expires {
        [] => Check::skipped(PROOF_EXPIRES, "no-proof-expiry"),
        [text] => match date_time::parse(text) {
            None => Check::fail(PROOF_EXPIRES, "time-malformed").with("value", text),
            Some(time) => {
                let check = if now > time.unix_seconds.saturating_add(SKEW_SECONDS) {
                    Check::fail(PROOF_EXPIRES, "proof-expired")
                } else {
                    Check::pass(PROOF_EXPIRES, "proof-not-expired")
                };
                check.with("expires", text).with("now", now.to_string())
            }
        },
        _ => Check::fail(PROOF_EXPIRES, "several-values"),
    }
}

const ASSERTION_METHOD: &str = "https://w3id.org/security#assertionMethod";
