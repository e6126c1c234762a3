//! Layer 1. Signatures that credentials seldom carry: ECDSA over secp256k1 and P-521, RSA with the larger
//! hashes, and RSASSA-PSS.
//!
//! Spec: [RFC 8812](https://www.rfc-editor.org/rfc/rfc8812#section-3.2),
//! [RFC 7518](https://www.rfc-editor.org/rfc/rfc7518#section-3). Both s and n - s hold on every curve: the
//! specifications of JOSE and Data Integrity do not choose, unlike those of ledgers, where a signature is a
//! name for what it signs.

use k256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::{Pkcs1v15Sign, Pss};
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::crypto::rsa::{RsaKey, holds};
use crate::crypto::{Algorithm, Refused, engine_code, part, sha256};

/// Answers for the part [`part::RARE_KEYS`], see [`engine_code::judge`].
pub fn answer(question: &[u8]) -> Option<Vec<u8>> {
    engine_code::judge(question, verify)
}

/// Verifies `signature` over `message` with `key`: a point in SEC 1, or the exponent in four bytes and the
/// modulus.
///
/// Errors: [`Refused::BadKey`] for what is no key of the algorithm, [`Refused::BadSignature`] for another
/// length, for numbers out of range, and for what does not hold; [`Refused::NotLoaded`] for every other
/// algorithm.
pub fn verify(algorithm: Algorithm, key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), Refused> {
    let rsa = || RsaKey::from_engine(key).ok_or(Refused::BadKey);
    match algorithm {
        Algorithm::EcdsaSecp256k1Sha256 => secp256k1(key, message, signature),
        Algorithm::EcdsaP521Sha512 => p521(key, message, signature),
        Algorithm::RsaPkcs1Sha384 => {
            let scheme = Pkcs1v15Sign { hash_len: Some(48), prefix: Box::new(SHA_384_PREFIX) };
            holds(&rsa()?, scheme, &Sha384::digest(message), signature)
        }
        Algorithm::RsaPkcs1Sha512 => {
            let scheme = Pkcs1v15Sign { hash_len: Some(64), prefix: Box::new(SHA_512_PREFIX) };
            holds(&rsa()?, scheme, &Sha512::digest(message), signature)
        }
        // The salt is as long as the digest, and MGF1 uses the same hash: RFC 7518 leaves no choice.
        Algorithm::RsaPssSha256 => holds(&rsa()?, Pss::<Sha256>::new(), &Sha256::digest(message), signature),
        Algorithm::RsaPssSha384 => holds(&rsa()?, Pss::<Sha384>::new(), &Sha384::digest(message), signature),
        Algorithm::RsaPssSha512 => holds(&rsa()?, Pss::<Sha512>::new(), &Sha512::digest(message), signature),
        _ => Err(Refused::NotLoaded(part::RARE_KEYS)),
    }
}

fn secp256k1(point: &[u8], message: &[u8], signature: &[u8]) -> Result<(), Refused> {
    let key = k256::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| Refused::BadKey)?;
    let signature = k256::ecdsa::Signature::from_slice(signature).map_err(|_| Refused::BadSignature)?;
    // The crate holds with the ledgers and refuses the larger s: see the module's header.
    key.verify_prehash(&sha256(message), &signature.normalize_s()).map_err(|_| Refused::BadSignature)
}

fn p521(point: &[u8], message: &[u8], signature: &[u8]) -> Result<(), Refused> {
    let key = p521::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| Refused::BadKey)?;
    let signature = p521::ecdsa::Signature::from_slice(signature).map_err(|_| Refused::BadSignature)?;
    key.verify_prehash(&Sha512::digest(message), &signature).map_err(|_| Refused::BadSignature)
}

/// `DigestInfo` of SHA-384, up to the digest ([RFC 8017 §9.2](https://www.rfc-editor.org/rfc/rfc8017#section-9.2)).
const SHA_384_PREFIX: [u8; 19] = [
    0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0, 0x04,
    0x30,
];

/// `DigestInfo` of SHA-512, up to the digest.
const SHA_512_PREFIX: [u8; 19] = [
    0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0, 0x04,
    0x40,
];
