//! Layer 1. RSA signatures: RSASSA-PKCS1-v1_5 and RSASSA-PSS.
//!
//! Spec: [RFC 8017](https://www.rfc-editor.org/rfc/rfc8017). Nothing here is secret, so nothing has
//! to take constant time.

use rsa::traits::SignatureScheme;
use rsa::{BoxedUint, Pkcs1v15Sign, Pss, RsaPublicKey};
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::crypto::rsa::{BITS_MAX, BITS_MIN};
use crate::crypto::{Algorithm, Refused, engine_code, part, sha256};

/// Answers for the part [`part::RSA`], see [`engine_code::judge`].
pub fn answer(question: &[u8]) -> Option<Vec<u8>> {
    engine_code::judge(question, verify)
}

/// Verifies `signature` over `message` with `key`, the exponent in four bytes and the modulus.
///
/// Errors: [`Refused::BadKey`] for what is no key of a size that is accepted, [`Refused::BadSignature`] for
/// another length and for what does not hold; [`Refused::NotLoaded`] for every other algorithm.
pub fn verify(algorithm: Algorithm, key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), Refused> {
    // The salt is as long as the digest, and MGF1 uses the same hash: RFC 7518 §3.5 leaves no choice.
    match algorithm {
        Algorithm::RsaPkcs1Sha256 => holds(key, pkcs1(32, SHA_256_PREFIX), &sha256(message), signature),
        Algorithm::RsaPkcs1Sha384 => {
            holds(key, pkcs1(48, SHA_384_PREFIX), &Sha384::digest(message), signature)
        }
        Algorithm::RsaPkcs1Sha512 => {
            holds(key, pkcs1(64, SHA_512_PREFIX), &Sha512::digest(message), signature)
        }
        Algorithm::RsaPssSha256 => holds(key, Pss::<Sha256>::new(), &Sha256::digest(message), signature),
        Algorithm::RsaPssSha384 => holds(key, Pss::<Sha384>::new(), &Sha384::digest(message), signature),
        Algorithm::RsaPssSha512 => holds(key, Pss::<Sha512>::new(), &Sha512::digest(message), signature),
        _ => Err(Refused::NotLoaded(part::RSA)),
    }
}

fn pkcs1(digest_bytes: usize, prefix: [u8; 19]) -> Pkcs1v15Sign {
    Pkcs1v15Sign { hash_len: Some(digest_bytes), prefix: Box::new(prefix) }
}

/// Whether `signature` holds by `scheme` over what has this digest. Errors: [`Refused::BadKey`],
/// [`Refused::BadSignature`].
fn holds(key: &[u8], scheme: impl SignatureScheme, digest: &[u8], signature: &[u8]) -> Result<(), Refused> {
    let (exponent, modulus) = key.split_first_chunk::<4>().ok_or(Refused::BadKey)?;
    let modulus = BoxedUint::from_be_slice_vartime(modulus);
    let exponent = BoxedUint::from(u32::from_be_bytes(*exponent));
    let key = RsaPublicKey::new_with_size_limits(modulus, exponent, BITS_MIN..=BITS_MAX)
        .map_err(|_| Refused::BadKey)?;
    scheme.verify(&key, digest, signature).map_err(|_| Refused::BadSignature)
}

/// `DigestInfo` of SHA-256, up to the digest ([RFC 8017 §9.2](https://www.rfc-editor.org/rfc/rfc8017#section-9.2)).
const SHA_256_PREFIX: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0, 0x04,
    0x20,
];

/// The same of SHA-384.
const SHA_384_PREFIX: [u8; 19] = [
    0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0, 0x04,
    0x30,
];

/// The same of SHA-512.
const SHA_512_PREFIX: [u8; 19] = [
    0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0, 0x04,
    0x40,
];
