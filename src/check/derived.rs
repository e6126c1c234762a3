//! Layer 4. Proofs that a holder derived from the issuer's, to show some of the signed statements.
//!
//! Every statement of the document that is shown must be covered: the mandatory ones by the base
//! signature, each other one by a signature of its own. So what is read from the document was signed;
//! what was left out is not known, nor how much.

use crate::check::trial::{Carried, Trial, Tried};
use crate::codec::{base64url, multibase};
use crate::crypto::key::key_from_multikey;
use crate::crypto::{self, Engines, PublicKey, SignatureVerified};
use crate::limits::{BBS_MESSAGE_SIGNATURES, Budget};
use crate::securing::data_integrity::{Profile, Unread, Unsecured};
use crate::securing::selective::{self, NoStatements, Statements};
use crate::suite::{Derived, Form};

/// What follows the header of a derived proof. Errors: Fail with `proof-is-base` for what only the holder
/// should have, Fail with `proof-value-malformed`, Unknown with
/// `proof-feature-unsupported`.
pub(super) fn opened(value: &[u8], kind: Derived) -> Result<Carried, Tried> {
    let [0xd9, 0x5d, code, body @ ..] = value else { return Err(malformed()) };
    match (kind, code) {
        (Derived::Ecdsa, 0) => Err(Tried::Fails("proof-is-base", None)),
        (Derived::Bbs, 2 | 4 | 6 | 8) => Err(Tried::Fails("proof-is-base", None)),
        (Derived::Ecdsa, 1) | (Derived::Bbs, 3) => Ok(Carried::Derived(body.to_vec())),
        (Derived::Bbs, 5) => Err(unsupported("anonymous holder binding")),
        (Derived::Bbs, 7) => Err(unsupported("pseudonym")),
        (Derived::Bbs, 9) => Err(unsupported("holder binding pseudonym")),
        _ => Err(malformed()),
    }
}

fn unsupported(feature: &'static str) -> Tried {
    Tried::Unknown("proof-feature-unsupported", Some(("feature", feature)))
}

/// Verifies the derived proof in `bytes` under `profile`. It is called only where the part `more` is loaded.
#[inline(never)]
pub(super) fn verify(
    trial: &Trial,
    bytes: &[u8],
    key: &PublicKey,
    profile: &Profile,
    unsecured: &mut Unsecured,
    engines: &Engines,
    budget: &mut Budget,
) -> Tried {
    // The suites say nothing about chains: what a proof in the document would add was not derived.
    if !trial.signed.previous.is_empty() {
        return Tried::Unknown("previous-proof-not-checked", None);
    }
    let verified = match trial.suite.form {
        Form::Derived(Derived::Bbs) => bbs(trial, bytes, key, profile, unsecured, engines, budget),
        _ => ecdsa(trial, bytes, key, profile, unsecured, engines, budget),
    };
    match verified {
        Ok((witness, shown)) => {
            Tried::Holds { witness, covers: trial.covers(profile), shown: Some(shown), hash: None }
        }
        Err(tried) => tried,
    }
}

type Verified = Result<(SignatureVerified, usize), Tried>;

/// [VC-DI-ECDSA §3.6.7](https://www.w3.org/TR/vc-di-ecdsa/#verify-derived-proof-ecdsa-sd-2023)
fn ecdsa(
    trial: &Trial,
    bytes: &[u8],
    key: &PublicKey,
    profile: &Profile,
    unsecured: &mut Unsecured,
    engines: &Engines,
    budget: &mut Budget,
) -> Verified {
    let proof = selective::read_ecdsa(bytes).ok_or_else(malformed)?;
    let multikey = multibase::decode_multikey(&format!("u{}", base64url::encode(&proof.key)));
    let own_key = key_from_multikey(&multikey.ok_or_else(malformed)?).map_err(|_| malformed())?;
    let statements = selective::statements(unsecured, &trial.signed, &proof.selection, profile, budget);
    let Statements { proof_hash, mandatory_hash, mandatory, others } = statements.map_err(no_statements)?;
    if others.len() != proof.signatures.len() {
        return Err(Tried::Fails("selection-does-not-fit", None));
    }
    let base = [&proof_hash, &*proof.key, &mandatory_hash].concat();
    let witness = trial.verify(key, &base, &proof.base_signature, engines, budget)?;
    for (line, signature) in others.iter().zip(&proof.signatures) {
        trial.verify(&own_key, line.as_bytes(), signature, engines, budget)?;
    }
    Ok((witness, mandatory + others.len()))
}

/// [VC-DI-BBS §3.4.7](https://www.w3.org/TR/vc-di-bbs/#verify-derived-proof-bbs-2023)
fn bbs(
    trial: &Trial,
    bytes: &[u8],
    key: &PublicKey,
    profile: &Profile,
    unsecured: &mut Unsecured,
    engines: &Engines,
    budget: &mut Budget,
) -> Verified {
    let proof = selective::read_bbs(bytes).ok_or_else(malformed)?;
    let hidden = proof.hidden().ok_or_else(malformed)?;
    let statements = selective::statements(unsecured, &trial.signed, &proof.selection, profile, budget);
    let Statements { proof_hash, mandatory_hash, mandatory, others } = statements.map_err(no_statements)?;
    if others.len() != proof.places.len() {
        return Err(Tried::Fails("selection-does-not-fit", None));
    }
    let messages = hidden.saturating_add(others.len()).max(1);
    for _ in 0..messages.saturating_mul(BBS_MESSAGE_SIGNATURES) {
        budget.signature().map_err(|limit| Tried::from(&Unread::Limit(limit)))?;
    }
    let header = [&*proof_hash, &mandatory_hash].concat();
    let messages =
        proof.places.iter().zip(&others).map(|(place, line)| (place.to_be_bytes(), line.as_bytes()));
    let disclosed: Vec<([u8; 4], &[u8])> = messages.collect();
    let parts: [&[u8]; 3] = [&header, &proof.presentation_header, &proof.proof];
    let witness = crypto::verify_bbs(key, parts, &disclosed, engines).map_err(Tried::from)?;
    Ok((witness, mandatory + others.len()))
}

fn no_statements(none: NoStatements) -> Tried {
    match none {
        NoStatements::Unread(unread) => Tried::from(&unread),
        NoStatements::DoesNotFit => Tried::Fails("selection-does-not-fit", None),
    }
}

fn malformed() -> Tried {
    Tried::Fails("proof-value-malformed", None)
}
