//! Layer 1. ECDSA over P-256 with SHA-256 and over P-384 with SHA-384.
//!
//! Spec: [FIPS 186-5](https://csrc.nist.gov/pubs/fips/186-5/final) §6.4.2. A signature is r and s,
//! as [RFC 7518 §3.4](https://www.rfc-editor.org/rfc/rfc7518#section-3.4) writes them; DER is
//! refused. Both s and n - s hold, as the specifications of JOSE and Data Integrity have it: a
//! signature is no name for a credential.

use p256::ecdsa::signature::hazmat::PrehashVerifier;

use crate::crypto::{Algorithm, Refused, engine_code, part, sha256, sha384};

/// Answers for the part [`part::CURVES`], see [`engine_code::judge`].
pub fn answer(question: &[u8]) -> Option<Vec<u8>> {
    engine_code::judge(question, verify)
}

/// Verifies `signature` over `message` with the key at `point`, in SEC 1, compressed or not.
///
/// Errors: [`Refused::BadKey`] for what is no point of the curve, [`Refused::BadSignature`] for
/// another length, for r or s that is zero or not below the order, and for what does not hold;
/// [`Refused::NotLoaded`] for every other algorithm.
pub fn verify(algorithm: Algorithm, point: &[u8], message: &[u8], signature: &[u8]) -> Result<(), Refused> {
    match algorithm {
        Algorithm::EcdsaP256Sha256 => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| Refused::BadKey)?;
            let signature =
                p256::ecdsa::Signature::from_slice(signature).map_err(|_| Refused::BadSignature)?;
            key.verify_prehash(&sha256(message), &signature).map_err(|_| Refused::BadSignature)
        }
        Algorithm::EcdsaP384Sha384 => {
            let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| Refused::BadKey)?;
            let signature =
                p384::ecdsa::Signature::from_slice(signature).map_err(|_| Refused::BadSignature)?;
            key.verify_prehash(&sha384(message), &signature).map_err(|_| Refused::BadSignature)
        }
        _ => Err(Refused::NotLoaded(part::CURVES)),
    }
}
