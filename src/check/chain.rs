//! Layer 4. Proofs that build on other proofs of the same document.
//!
//! Such a proof signs those it names, and counts only if they hold too
//! ([VC-DI §4.5](https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains)). A previous
//! proof may be somebody else's, a witness's: what it says is signed again by the later one, so its
//! key need not be the issuer's.

use crate::canon::json_ld::FindingKind;
use crate::check::ISSUER_CONTROLS_KEY;
use crate::check::options::Options;
use crate::check::proof::Evaluated;
use crate::codec::json::{Object, Value};
use crate::limits::PROOFS_MAX;
use crate::report::{Check, Level, Outcome};

/// Why the previous proofs of a proof cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// The reason of a failure.
    Fails(&'static str),
    /// More names than are looked up.
    Limit,
}

/// The places in `proofs` of those that `proof` builds on, in their order there.
///
/// Errors: `proof-malformed`, `previous-proof-not-signed`, `previous-proof-missing`,
/// `previous-proof-ambiguous`. Costs at most [`PROOFS_MAX`] passes over `proofs`. Behind `Engines::has_more` only.
#[inline(never)]
pub(super) fn previous(proof: &Object, options: &Options, proofs: &[Value]) -> Result<Vec<usize>, Broken> {
    let written = proof.get("previousProof").map(Value::as_set).unwrap_or_default();
    if written.len() > PROOFS_MAX {
        return Err(Broken::Limit);
    }
    let written: Option<Vec<&str>> = written.iter().map(Value::as_str).collect();
    let mut written = written.ok_or(Broken::Fails("proof-malformed"))?;
    written.sort_unstable();
    written.dedup();
    // The specification finds proofs by the text of their ids; that must be what was signed.
    let signed = options.previous.as_deref().ok_or(Broken::Fails("previous-proof-not-signed"))?;
    if written != signed {
        return Err(Broken::Fails("previous-proof-not-signed"));
    }
    let mut places = Vec::new();
    for name in written {
        let is_named = |proof: &&Value| proof.get("id").and_then(Value::as_str) == Some(name);
        let mut named = proofs.iter().enumerate().filter(|(_, proof)| is_named(proof));
        let (place, _) = named.next().ok_or(Broken::Fails("previous-proof-missing"))?;
        if named.next().is_some() {
            return Err(Broken::Fails("previous-proof-ambiguous"));
        }
        places.push(place);
    }
    places.sort_unstable();
    Ok(places)
}

/// Lets each proof count only if those it builds on hold. `proofs` are the first of the document,
/// in its order. Where none builds on another there is nothing to settle. Behind `Engines::has_more` only.
#[inline(never)]
pub fn settle(proofs: &mut [Evaluated]) {
    let mut standings: Vec<Option<Outcome>> =
        proofs.iter().map(|proof| proof.previous.is_empty().then(|| standing(proof))).collect();
    // Each round settles at least one proof, or those that are left wait for one another.
    for _ in 0..proofs.len() {
        for (index, proof) in proofs.iter_mut().enumerate() {
            if standings.get(index).is_some_and(Option::is_some) {
                continue;
            }
            // A proof that was passed over was not checked.
            let of_previous =
                |place: &usize| standings.get(*place).copied().unwrap_or(Some(Outcome::Unknown));
            let Some(previous) = proof.previous.iter().map(of_previous).collect::<Option<Vec<Outcome>>>()
            else {
                continue;
            };
            if previous.contains(&Outcome::Fail) {
                refute(proof, Outcome::Fail, "previous-proof-failed");
            } else if previous.iter().any(|outcome| *outcome != Outcome::Pass) {
                refute(proof, Outcome::Unknown, "previous-proof-not-checked");
            }
            if let Some(place) = standings.get_mut(index) {
                *place = Some(standing(proof));
            }
        }
    }
    for (proof, standing) in proofs.iter_mut().zip(standings) {
        if standing.is_none() {
            refute(proof, Outcome::Fail, "previous-proof-circular");
        }
    }
}

/// Takes back what the signature established. One that failed by itself keeps its own reason; so does
/// a circle as a rule, since nobody can sign one.
fn refute(proof: &mut Evaluated, outcome: Outcome, reason: &'static str) {
    if proof.signature.outcome == Outcome::Pass {
        proof.signature.outcome = outcome;
        proof.signature.reason = reason;
    }
    proof.witness = None;
    proof.covers = None;
    proof.domain = None;
}

/// Whether a proof holds as one that another builds on.
fn standing(proof: &Evaluated) -> Outcome {
    let is_unsigned = proof.undefined.iter().any(|finding| finding.kind != FindingKind::EmptyIri);
    let is_of_another = |check: &&Check| {
        check.id == ISSUER_CONTROLS_KEY.id
            && matches!(check.reason, "key-not-published" | "key-not-vouched-for")
    };
    let others = proof.others.iter().filter(|check| check.level == Level::Required && !is_of_another(check));
    let outcomes: Vec<Outcome> = others.chain([&proof.signature]).map(|check| check.outcome).collect();
    if is_unsigned || !proof.foreign.is_empty() || outcomes.contains(&Outcome::Fail) {
        Outcome::Fail
    } else if outcomes.contains(&Outcome::Unknown) || proof.witness.is_none() {
        Outcome::Unknown
    } else {
        Outcome::Pass
    }
}
