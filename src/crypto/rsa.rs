//! Layer 1. RSA: which keys are accepted, RSASSA-PKCS1-v1_5 and RSASSA-PSS.
//!
//! Spec: [RFC 8017](https://www.rfc-editor.org/rfc/rfc8017). Nothing here is secret, so nothing has
//! to take constant time.

use rsa::traits::SignatureScheme;
use rsa::{BoxedUint, Pkcs1v15Sign, Pss, RsaPublicKey};
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::crypto::key::KeyProblem;
use crate::crypto::{Algorithm, Refused, sha256};

/// An RSA key of 2048 to 4096 bits with a usual exponent.
#[derive(Clone, Debug)]
pub struct RsaKey {
    /// Most significant byte first, which is not zero.
    modulus: Vec<u8>,
    exponent: u32,
    /// The one algorithm its publisher allows; none where it does not say.
    only: Option<Algorithm>,
}

/// A key is its numbers: what its publisher allows makes no other key of it.
impl PartialEq for RsaKey {
    fn eq(&self, other: &Self) -> bool {
        self.modulus == other.modulus && self.exponent == other.exponent
    }
}

impl Eq for RsaKey {}

impl RsaKey {
    /// The key with this modulus and exponent, each with its most significant byte first.
    ///
    /// One leading zero byte is passed over: it says that the number is not negative, and some
    /// issuers write it where none is asked for. The key stays the same.
    ///
    /// Errors: [`KeyProblem::Weak`] below [`BITS_MIN`] or [`EXPONENT_MIN`];
    /// [`KeyProblem::Unsupported`] above [`BITS_MAX`] and for exponents of more than 32 bits;
    /// [`KeyProblem::Malformed`] for even numbers, further zeros, and an exponent of one.
    pub fn new(modulus: &[u8], exponent: &[u8]) -> Result<RsaKey, KeyProblem> {
        let modulus = modulus.strip_prefix(&[0]).unwrap_or(modulus);
        let exponent = exponent.strip_prefix(&[0]).unwrap_or(exponent);
        let is_odd = |number: &[u8]| number.last().is_some_and(|byte| byte % 2 == 1);
        let leads = |number: &[u8]| number.first().is_some_and(|byte| *byte != 0);
        if !(is_odd(modulus) && leads(modulus) && is_odd(exponent) && leads(exponent)) {
            return Err(KeyProblem::Malformed);
        }
        let bits = modulus.len() * 8 - modulus.first().map_or(0, |byte| zeros(*byte));
        if bits > BITS_MAX || exponent.len() > 4 {
            return Err(KeyProblem::Unsupported);
        }
        let exponent = exponent.iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
        match exponent {
            1 => Err(KeyProblem::Malformed),
            _ if bits < BITS_MIN || exponent < EXPONENT_MIN => Err(KeyProblem::Weak),
            _ => Ok(RsaKey { modulus: modulus.to_vec(), exponent, only: None }),
        }
    }

    /// The key, good for this algorithm alone.
    pub fn only_for(self, algorithm: Algorithm) -> RsaKey {
        RsaKey { only: Some(algorithm), ..self }
    }

    /// The one algorithm that its publisher allows, where it says so.
    pub fn algorithm(&self) -> Option<Algorithm> {
        self.only
    }

    /// The key in a DER `RSAPublicKey`
    /// ([RFC 8017 §A.1.1](https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.1)).
    ///
    /// Errors: those of [`RsaKey::new`]; [`KeyProblem::Malformed`] for anything but the one DER
    /// spelling.
    pub fn from_der(der: &[u8]) -> Result<RsaKey, KeyProblem> {
        let parse = || {
            let (body, rest) = element(SEQUENCE, der)?;
            let (modulus, tail) = element(INTEGER, body)?;
            let (exponent, end) = element(INTEGER, tail)?;
            let complete = rest.is_empty() && end.is_empty();
            (complete && is_positive(modulus) && is_positive(exponent)).then_some((modulus, exponent))
        };
        let (modulus, exponent) = parse().ok_or(KeyProblem::Malformed)?;
        RsaKey::new(modulus, exponent)
    }
}

/// Verifies `signature` over `message` by PKCS #1 with SHA-256. Errors: those of [`holds`].
pub(super) fn verify(key: &RsaKey, message: &[u8], signature: &[u8]) -> Result<(), Refused> {
    let scheme = Pkcs1v15Sign { hash_len: Some(32), prefix: Box::new(SHA_256_PREFIX) };
    holds(key, scheme, &sha256(message), signature)
}

/// Verifies `signature` over `message` by one of the algorithms that are seldom met. Behind
/// [`crate::crypto::Engines::has_more`] only. Errors: those of [`holds`]; [`Refused::OtherKeyType`] for every
/// other algorithm.
#[inline(never)]
pub(super) fn verify_otherwise(
    algorithm: Algorithm,
    key: &RsaKey,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Refused> {
    // The salt is as long as the digest, and MGF1 uses the same hash: RFC 7518 §3.5 leaves no choice.
    match algorithm {
        Algorithm::RsaPkcs1Sha384 => {
            let scheme = Pkcs1v15Sign { hash_len: Some(48), prefix: Box::new(SHA_384_PREFIX) };
            holds(key, scheme, &Sha384::digest(message), signature)
        }
        Algorithm::RsaPkcs1Sha512 => {
            let scheme = Pkcs1v15Sign { hash_len: Some(64), prefix: Box::new(SHA_512_PREFIX) };
            holds(key, scheme, &Sha512::digest(message), signature)
        }
        Algorithm::RsaPssSha256 => holds(key, Pss::<Sha256>::new(), &Sha256::digest(message), signature),
        Algorithm::RsaPssSha384 => holds(key, Pss::<Sha384>::new(), &Sha384::digest(message), signature),
        Algorithm::RsaPssSha512 => holds(key, Pss::<Sha512>::new(), &Sha512::digest(message), signature),
        _ => Err(Refused::OtherKeyType),
    }
}

/// Whether `signature` holds by `scheme` over what has this digest. Errors: [`Refused::BadKey`],
/// [`Refused::BadSignature`].
fn holds(key: &RsaKey, scheme: impl SignatureScheme, digest: &[u8], signature: &[u8]) -> Result<(), Refused> {
    let modulus = BoxedUint::from_be_slice_vartime(&key.modulus);
    let exponent = BoxedUint::from(key.exponent);
    let key = RsaPublicKey::new_with_size_limits(modulus, exponent, BITS_MIN..=BITS_MAX)
        .map_err(|_| Refused::BadKey)?;
    scheme.verify(&key, digest, signature).map_err(|_| Refused::BadSignature)
}

/// The value of the DER element with this tag at the start of `der`, and what follows it. Lengths
/// in their shortest spelling, two bytes at most.
pub(super) fn element(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = match der.strip_prefix(&[tag])? {
        [length @ 0..=0x7f, rest @ ..] => (usize::from(*length), rest),
        [0x81, length @ 0x80..=0xff, rest @ ..] => (usize::from(*length), rest),
        [0x82, high @ 1..=0xff, low, rest @ ..] => (usize::from(*high) << 8 | usize::from(*low), rest),
        _ => return None,
    };
    rest.split_at_checked(length)
}

/// Whether the value of a DER integer is positive and in its shortest spelling.
fn is_positive(integer: &[u8]) -> bool {
    matches!(integer, [0, 0x80..=0xff, ..] | [1..=0x7f, ..])
}

fn zeros(byte: u8) -> usize {
    usize::try_from(byte.leading_zeros()).unwrap_or(0)
}

/// Fewest bits of a modulus ([RFC 7518 §3.3](https://www.rfc-editor.org/rfc/rfc7518#section-3.3)).
pub const BITS_MIN: usize = 2048;

/// Most bits of a modulus: verifying takes quadratic time, 1 ms at this size.
pub const BITS_MAX: usize = 4096;

/// Smallest exponent ([FIPS 186-5](https://csrc.nist.gov/pubs/fips/186-5/final) §5.4 asks for more
/// than 2^16).
pub const EXPONENT_MIN: u32 = 65_537;

pub(super) const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;

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

#[cfg(test)]
mod tests {
    use super::*;

    fn modulus(bytes: usize, first: u8) -> Vec<u8> {
        let mut modulus = vec![0xc3; bytes];
        modulus[0] = first;
        modulus
    }

    #[test]
    fn keys_have_a_sound_size() {
        let problem = |modulus: &[u8], exponent: &[u8]| RsaKey::new(modulus, exponent).err();
        let usual = [1, 0, 1];
        assert_eq!(problem(&modulus(256, 0x80), &usual), None);
        assert_eq!(problem(&modulus(512, 0xff), &usual), None);
        assert_eq!(problem(&modulus(256, 0x7f), &usual), Some(KeyProblem::Weak), "2047 bits");
        assert_eq!(problem(&modulus(513, 1), &usual), Some(KeyProblem::Unsupported), "4097 bits");
        assert_eq!(problem(&[], &usual), Some(KeyProblem::Malformed));
        let sound = modulus(256, 0x80);
        let mut even = sound.clone();
        even[255] = 2;
        assert_eq!(problem(&even, &usual), Some(KeyProblem::Malformed));
        for (exponent, expected) in [
            (&[][..], KeyProblem::Malformed),
            (&[0], KeyProblem::Malformed),
            (&[1], KeyProblem::Malformed),
            (&[1, 0, 0], KeyProblem::Malformed),
            (&[0, 0, 1, 0, 1], KeyProblem::Malformed),
            (&[3], KeyProblem::Weak),
            (&[0xff, 0xff], KeyProblem::Weak),
            (&[1, 0, 0, 0, 1], KeyProblem::Unsupported),
        ] {
            assert_eq!(problem(&sound, exponent), Some(expected), "{exponent:?}");
        }
    }

    #[test]
    fn a_sign_byte_makes_no_other_key() {
        let plain = RsaKey::new(&modulus(256, 0x80), &[1, 0, 1]);
        let signed = RsaKey::new(&[&[0][..], &modulus(256, 0x80)].concat(), &[0, 1, 0, 1]);
        assert_eq!(plain, signed);
        assert!(plain.is_ok());
    }

    #[test]
    fn der_has_one_spelling() {
        let sound =
            [&[0x30, 0x82, 1, 10, 2, 0x82, 1, 1, 0][..], &modulus(256, 0x80), &[2, 3, 1, 0, 1]].concat();
        assert_eq!(RsaKey::from_der(&sound), RsaKey::new(&modulus(256, 0x80), &[1, 0, 1]));
        assert!(RsaKey::from_der(&[&sound[..], &[0]].concat()).is_err(), "something behind it");
        assert!(RsaKey::from_der(&sound[..sound.len() - 1]).is_err(), "cut");
        let bare = [&[0x30, 0x82, 1, 9, 2, 0x82, 1, 0][..], &modulus(256, 0x80), &[2, 3, 1, 0, 1]].concat();
        assert!(RsaKey::from_der(&bare).is_err(), "a negative modulus");
        let padded =
            [&[0x30, 0x82, 1, 11, 2, 0x82, 1, 1, 0][..], &modulus(256, 0x80), &[2, 4, 0, 1, 0, 1]].concat();
        assert!(RsaKey::from_der(&padded).is_err(), "a padded exponent");
        for cut in 0..sound.len() {
            assert!(RsaKey::from_der(&sound[..cut]).is_err(), "{cut}");
        }
    }
}
