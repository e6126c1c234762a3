//! Layer 1. ECDSA over curves that credentials seldom use: secp256k1 with SHA-256, P-521 with SHA-512.
//!
//! Spec: [RFC 8812](https://www.rfc-editor.org/rfc/rfc8812#section-3.2),
//! [RFC 7518](https://www.rfc-editor.org/rfc/rfc7518#section-3.4). Both s and n - s hold: the specifications
//! of JOSE and Data Integrity do not choose, unlike those of ledgers, where a signature is a name for what it
//! signs.

use k256::ecdsa::signature::hazmat::PrehashVerifier;
use sha2::{Digest, Sha512};

use crate::crypto::{Algorithm, Refused, engine_code, part, sha256};

/// Answers for the part [`part::RARE_KEYS`], see [`engine_code::judge`].
pub fn answer(question: &[u8]) -> Option<Vec<u8>> {
    engine_code::judge(question, verify)
}

/// Verifies `signature` over `message` with the key at `point`, in SEC 1, compressed or not.
///
/// Errors: [`Refused::BadKey`] for what is no point of the curve, [`Refused::BadSignature`] for another
/// length, for r or s that is zero or not below the order, and for what does not hold;
/// [`Refused::NotLoaded`] for every other algorithm.
pub fn verify(algorithm: Algorithm, point: &[u8], message: &[u8], signature: &[u8]) -> Result<(), Refused> {
    match algorithm {
        Algorithm::EcdsaSecp256k1Sha256 => {
            let key = k256::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| Refused::BadKey)?;
            let signature =
                k256::ecdsa::Signature::from_slice(signature).map_err(|_| Refused::BadSignature)?;
            // The crate holds with the ledgers and refuses the larger s.
            key.verify_prehash(&sha256(message), &signature.normalize_s()).map_err(|_| Refused::BadSignature)
        }
        Algorithm::EcdsaP521Sha512 => {
            let key = p521::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| Refused::BadKey)?;
            let signature =
                p521::ecdsa::Signature::from_slice(signature).map_err(|_| Refused::BadSignature)?;
            key.verify_prehash(&Sha512::digest(message), &signature).map_err(|_| Refused::BadSignature)
        }
        _ => Err(Refused::NotLoaded(part::RARE_KEYS)),
    }
}
