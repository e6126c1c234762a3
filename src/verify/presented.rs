//! Presentations in `verify`: what is asked of them in place of what is asked of credentials.

use crate::check::issuer::Signer;
use crate::check::presentation::{self, Presenter};
use crate::check::{self, proof, structure, token};
use crate::codec::json::{Object, Value};
use crate::crypto::part;
use crate::limits::Budget;
use crate::need::Found;
use crate::policy::Policy;
use crate::report::{Check, Identity, Outcome, Report, Verdict, Witness};
use crate::securing::jose::Token;
use crate::verify::{Claims, Examined, prove};

/// Examines the presentation `value`, which is `object` and which `token` carries if there is one.
pub(super) fn examine(
    value: &Value,
    object: &Object,
    token: Option<&Token>,
    mut examined: Examined,
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) -> Examined {
    examined.checks.push(Check::pass(check::CONTAINER_READABLE, "holds-a-presentation"));
    if !found.engines.has_more() {
        examined
            .checks
            .push(Check::unknown(check::PROOF_ANY_GOOD, "part-not-loaded").with("part", part::MORE));
        return examined;
    }
    present(value, object, token, &mut examined, found, policy, budget);
    examined
}

/// Gate: what the part that few pages load says about a presentation.
#[inline(never)]
fn present(
    value: &Value,
    object: &Object,
    token: Option<&Token>,
    examined: &mut Examined,
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) {
    examined.checks.push(structure::of_presentation(object, token.is_some()));
    examined.held = presentation::of(value);
    let is_asked = policy.domain.is_some() || policy.challenge.is_some();
    let is_unsigned = token.is_none() && object.get("proof").is_none_or(|proof| proof.as_set().is_empty());
    if is_unsigned && !is_asked && !examined.held.is_empty() {
        examined.checks.extend(presentation::unsigned());
        examined.presenter = Some(Presenter::Unsigned);
        return;
    }
    examined.checks.extend(token.map(|it| token::claims_of_presentation(it, object)).unwrap_or_default());
    let setting = proof::Setting { found, policy, proofs: &[], signer: Signer::Holder };
    prove(object, token, examined, setting, budget);
    // Nothing is shown of it but who presents.
    examined.claims = Claims::None;
    examined.checks = std::mem::take(&mut examined.checks).into_iter().map(presentation::of_holder).collect();
    examined.checks.push(check::document::within_limits(true));
    let id = check::PRESENTATION_HOLDER_KEY.id;
    let holds = |check: &&Check| check.id == id && check.outcome == Outcome::Pass;
    let holder =
        examined.checks.iter().find(holds).and_then(|check| check.param("issuer")).map(str::to_owned);
    examined.established = examined.witness.is_some() && holder.is_some();
    examined.presenter = Some(Presenter::Signed(holder));
}

/// Adds what follows from the reports on its credentials. `proven` is the proof of one that is valid.
#[inline(never)]
pub(super) fn conclude(
    examined: &mut Examined,
    presenter: &Presenter,
    parts: &[Report],
    passed_over: usize,
    proven: Option<Witness>,
) {
    let checks = presentation::conclude(presenter, examined.established, parts, passed_over);
    examined.checks.extend(checks);
    examined.issuer.identity = presentation::identity(parts);
    if *presenter == Presenter::Unsigned && parts.iter().all(|part| part.verdict == Verdict::Valid) {
        // A wrapper has no proof of its own: it stands on those inside, and on nothing else.
        examined.witness = proven;
        examined.established = proven.is_some();
    }
    if !examined.established {
        examined.issuer.identity = Identity::None;
    }
}
