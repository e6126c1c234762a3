//! Layer 4. Older proofs that carry a detached JWS, whose payload is not encoded.
//!
//! Spec: [RFC 7797](https://www.rfc-editor.org/rfc/rfc7797#section-3), in the form that the suites of
//! Linked Data Signatures ask for. What is signed is the header and the hash data, by SHA-256 whatever the key.

use crate::canon::rdfc::Hash;
use crate::check::token;
use crate::check::trial::{Trial, Tried};
use crate::codec::base64url;
use crate::codec::json::{self, Text, Value};
use crate::crypto::{self, Engines, PublicKey, Refused};
use crate::limits::Budget;
use crate::securing::data_integrity::{Profile, Unread, Unsecured};

/// Verifies `jws` under `profile`. It is called only where the part `more` is loaded.
///
/// Fails with `proof-value-malformed`, `jws-header-not-detached`, and for algorithms as tokens do.
#[inline(never)]
pub(super) fn verify(
    trial: &Trial,
    jws: &str,
    key: &PublicKey,
    profile: &Profile,
    unsecured: &mut Unsecured,
    engines: &Engines,
    budget: &mut Budget,
) -> Tried {
    let malformed = Tried::Fails("proof-value-malformed", None);
    let Some((header, signature)) = jws.split_once("..") else { return malformed };
    let (Some(header_bytes), Some(signature)) = (base64url::decode(header), base64url::decode(signature))
    else {
        return malformed;
    };
    let Ok(fields) = json::parse(&header_bytes, budget) else { return malformed };
    let Some(name) = algorithm_name(&fields) else { return Tried::Fails("jws-header-not-detached", None) };
    let algorithm = match token::algorithm(&name, Some(key)) {
        Ok(algorithm) if trial.suite.algorithms.contains(&algorithm) => algorithm,
        Ok(_) => return Tried::Fails("key-type-not-of-suite", None),
        Err((crate::report::Outcome::Unknown, reason)) => return Tried::Unknown(reason, None),
        Err((_, reason)) => return Tried::Fails(reason, None),
    };
    let hash_data = match unsecured.rdfc_hash_data(&trial.signed, Hash::Sha256, profile, budget) {
        Ok(hash_data) => hash_data,
        Err(none) => return Tried::from(&none),
    };
    if let Err(limit) = budget.signature() {
        return Tried::from(&Unread::Limit(limit));
    }
    let message = [header.as_bytes(), b".", &hash_data].concat();
    match crypto::verify(algorithm, key, &message, &signature, engines) {
        Ok(witness) => Tried::Holds { witness, covers: trial.covers(profile), shown: None, hash: None },
        Err(Refused::OtherKeyType) => Tried::Fails("algorithm-not-of-key", None),
        Err(refused) => Tried::from(refused),
    }
}

/// The `alg` of a header that says nothing else but that the payload is not encoded, and that this must be
/// understood.
fn algorithm_name(header: &Value) -> Option<Text> {
    let object = header.as_object()?;
    let is_not_encoded = object.get("b64") == Some(&Value::Bool(false));
    let names = object.get("crit").and_then(Value::as_array)?;
    let is_critical = matches!(names, [Value::String(name)] if &**name == "b64");
    match object.get("alg") {
        Some(Value::String(name)) if is_not_encoded && is_critical && object.iter().count() == 3 => {
            Some(name.clone())
        }
        _ => None,
    }
}
