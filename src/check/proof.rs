//! Layer 4. One Data Integrity proof: its options, its key, its signature.
//!
//! Proofs are looked at one by one; what they owe to one another is settled by [`chain`], and which
//! of them carries the document is decided by [`best`].
//! Spec: [VC-DI §4.4](https://www.w3.org/TR/vc-data-integrity/#verify-proof).

use crate::canon::json_ld::{Dataset, Finding, FindingKind};
use crate::check::chain::{self, Broken};
use crate::check::issuer::{self, Binding, Named, Signer};
use crate::check::options::Options;
use crate::check::trial::{self, Trial, Tried};
use crate::check::{
    ISSUER_CONTROLS_KEY, PROOF_ANY_GOOD, PROOF_LEGACY_SUITE, PROOF_PURPOSE, PROOF_SELECTIVE, PROOF_SIGNATURE,
};
use crate::claims::{self, Graph, Node};
use crate::codec::json::Value;
use crate::crypto::{SignatureVerified, part};
use crate::limits::{Budget, LimitReached};
use crate::need::{Found, Need};
use crate::policy::Policy;
use crate::report::{Check, Outcome};
use crate::securing::data_integrity::{Profile, Signed, Transform, Unread, Unsecured};
use crate::suite::{self, Suite};

/// What is needed to look at a proof.
pub struct Setting<'a> {
    /// What was found.
    pub found: &'a Found,
    /// The caller's decisions.
    pub policy: &'a Policy,
    /// All proofs of the document.
    pub proofs: &'a [Value],
    /// Who must have signed.
    pub signer: Signer,
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
    /// The places, among the document's proofs, of those it builds on.
    pub previous: Vec<usize>,
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

/// Looks at one proof, as if those it builds on held: that is for [`chain::settle`] to see. `at` is
/// its JSON pointer.
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
        let name = member("cryptosuite").or(member("type")).unwrap_or_default();
        let mut evaluated = undecided(Outcome::Unknown, suite::why_not(name), at);
        evaluated.signature = evaluated.signature.with("suite", name);
        return evaluated;
    };
    let carried = match trial::carried(object, suite) {
        Ok(carried) => carried,
        Err(tried) => return not_tried(&tried, at),
    };
    let (options, context) = trial::options(object, suite);
    let object = &*options;
    let mut signed = Signed { context, ..Signed::new(object) };
    let dataset = match suite.transform {
        Transform::Rdfc => unsecured.options(&signed, &Profile::PREFERRED, budget).map(Some),
        Transform::Jcs => Ok(None),
    };
    let dataset = match dataset {
        Ok(dataset) => dataset,
        Err(unread) => return not_tried(&Tried::from(&unread), at),
    };
    let options = Options::read(object, suite, dataset.as_ref());
    let places = match (object.get("previousProof"), options.previous.as_deref()) {
        (None, Some([])) => Ok(Vec::new()),
        _ if !setting.found.engines.has_more() => {
            return not_tried(&Tried::Unknown("part-not-loaded", Some(("part", part::MORE))), at);
        }
        _ => chain::previous(object, &options, setting.proofs),
    };
    let places = match places {
        Ok(places) => places,
        Err(Broken::Fails(reason)) => return undecided(Outcome::Fail, reason, at),
        Err(Broken::Limit) => return not_tried(&Tried::from(&Unread::Limit(LimitReached("proofs"))), at),
    };
    signed.previous = places.iter().filter_map(|place| setting.proofs.get(*place)).collect();
    let trial = Trial { suite, carried, signed };
    let mut evaluated = decide(&trial, &options, at, unsecured, setting, budget);
    let findings = |pick: fn(&Dataset) -> &Vec<Finding>| {
        let findings = dataset.as_ref().map(pick).into_iter().flatten();
        findings.map(|finding| Finding { pointer: format!("{at}{}", finding.pointer), ..finding.clone() })
    };
    evaluated.undefined = findings(|dataset| &dataset.undefined).collect();
    evaluated.foreign = findings(|dataset| &dataset.foreign).collect();
    evaluated.previous = places;
    evaluated
}

/// Whether every one of `proofs` is of a suite that signs text, so that the document need not be read as
/// quads. With none it must be: nothing says how it would have been signed.
pub fn all_sign_text(proofs: &[Value]) -> bool {
    let signs_text = |proof: &Value| {
        let member = |name: &str| proof.get(name).and_then(Value::as_str);
        let suite = suite::find(member("type").unwrap_or_default(), member("cryptosuite"));
        suite.is_some_and(|suite| suite.transform == Transform::Jcs)
    };
    !proofs.is_empty() && proofs.iter().all(signs_text)
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

/// Of a selection, or where something was kept back at the top, what is not there was not shown: whether the
/// issuer said it is not known, and not said to be.
pub fn tell_absent_from_withheld(checks: &mut [Check], withheld: &[String]) {
    if checks.iter().all(|check| check.id != PROOF_SELECTIVE.id) && withheld.iter().all(|at| !at.is_empty()) {
        return;
    }
    for check in checks.iter_mut().filter(|check| check.outcome == Outcome::Skipped) {
        check.reason = match check.reason {
            "no-start" => "start-not-shown",
            "no-end" => "end-not-shown",
            "no-status-named" => "status-not-shown",
            other => other,
        };
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
        previous: Vec::new(),
        witness: None,
        covers: None,
        domain: None,
        needs: Vec::new(),
    }
}

fn not_tried(tried: &Tried, at: &str) -> Evaluated {
    let mut evaluated = undecided(Outcome::Unknown, "proof-not-evaluated", at);
    evaluated.signature = tried.check().at(at);
    evaluated
}

fn decide(
    trial: &Trial,
    options: &Options,
    at: &str,
    unsecured: &mut Unsecured,
    setting: &Setting,
    budget: &mut Budget,
) -> Evaluated {
    let binding = match (&options.method, &signer_id(setting.signer, options, trial.suite, unsecured)) {
        (Some(method), Some(issuer)) => {
            let named = Named { method: Some(method), signer: setting.signer, ..Named::default() };
            issuer::controls_key(named, issuer, setting.found, setting.policy)
        }
        _ => Binding {
            checks: vec![Check::fail(ISSUER_CONTROLS_KEY, "method-or-issuer-missing")],
            key: None,
            domain: None,
            needs: Vec::new(),
        },
    };
    let mut others = options.checks(setting.signer, setting.policy);
    others.extend(binding.checks.iter().cloned());
    let tried = match options.is_of_suite {
        true => trial.run(binding.key.as_ref(), unsecured, &setting.found.engines, budget),
        false => Tried::Fails("suite-not-signed", None),
    };
    let signature = tried.check().at(at).with("suite", trial.suite.name);
    if let Tried::Holds { shown: Some(count), .. } = tried {
        others.push(Check::pass(PROOF_SELECTIVE, "selection-shown").with("count", count.to_string()));
    }
    if trial.suite.is_legacy {
        others.push(Check::fail(PROOF_LEGACY_SUITE, "suite-is-legacy").with("suite", trial.suite.name));
    }
    let (witness, covers) = match tried {
        Tried::Holds { witness, covers, .. } => (Some(witness), Some(covers)),
        _ => (None, None),
    };
    Evaluated {
        signature,
        others: others.into_iter().map(|check| check.at(at)).collect(),
        undefined: Vec::new(),
        foreign: Vec::new(),
        previous: Vec::new(),
        witness,
        covers,
        domain: binding.domain,
        needs: binding.needs,
    }
}

/// The one issuer, or the one holder, as signed. A presentation need not name its holder: then it is
/// whoever the key says.
fn signer_id(signer: Signer, options: &Options, suite: &Suite, unsecured: &Unsecured) -> Option<String> {
    let property = match signer {
        Signer::Issuer => claims::ISSUER,
        Signer::Holder => claims::HOLDER,
    };
    let only = |nodes: Vec<Node>| match (nodes.as_slice(), signer) {
        ([only], _) => only.id().map(String::from),
        ([], Signer::Holder) => options.method.as_deref().and_then(issuer::did_of_method).map(String::from),
        _ => None,
    };
    match suite.transform {
        Transform::Rdfc => {
            let dataset = &unsecured.readings().first()?.dataset;
            let graph = Graph::new(&dataset.quads);
            only(Node::Quads(&graph, &dataset.root).nodes(property))
        }
        Transform::Jcs => only(Node::Json(unsecured.as_json()).nodes(property)),
    }
}
