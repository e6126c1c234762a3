//! Layer 1. ECDSA over P-256 with SHA-256 and over P-384 with SHA-384.
//!
//! Spec: [FIPS 186-5](https://csrc.nist.gov/pubs/fips/186-5/final) §6.4.2. A signature is r and s,
//! as [RFC 7518 §3.4](https://www.rfc-editor.org/rfc/rfc7518#section-3.4) writes them; DER is
//! refused. Both s and n - s hold, as the specifications of JOSE and Data Integrity have it: a
//! signature is no name for a credential.

use p256::ecdsa::signature::hazmat::PrehashVerifier;

use crate::crypto::{Curve, Refused, engine_code, lent, sha256, sha384};

/// Answers the question whether a signature holds: the curve's code, a point, a message and a signature,
/// as [`lent`] packs them.
pub fn answer(question: &[u8]) -> Option<Vec<u8>> {
    let strings = lent::unpack(question)?;
    let &[&[curve], point, message, signature] = strings.as_slice() else { return None };
    let verdict = verify(engine_code::curve(curve)?, point, message, signature);
    Some(engine_code::of_answer(verdict))
}

/// Verifies `signature` over `message` with the key at `point`, in SEC 1, compressed or not.
///
/// Errors: [`Refused::BadKey`] for what is no point of the curve, [`Refused::BadSignature`] for
/// another length, for r or s that is zero or not below the order, and for what does not hold.
pub fn verify(curve: Curve, point: &[u8], message: &[u8], signature: &[u8]) -> Result<(), Refused> {
    match curve {
        Curve::P256 => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| Refused::BadKey)?;
            let signature =
                p256::ecdsa::Signature::from_slice(signature).map_err(|_| Refused::BadSignature)?;
            key.verify_prehash(&sha256(message), &signature).map_err(|_| Refused::BadSignature)
        }
        Curve::P384 => {
            let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| Refused::BadKey)?;
            let signature =
                p384::ecdsa::Signature::from_slice(signature).map_err(|_| Refused::BadSignature)?;
            key.verify_prehash(&sha384(message), &signature).map_err(|_| Refused::BadSignature)
        }
    }
}
