//! Layer 1. RSA: which keys are accepted. Signatures are verified in `rsa_signatures`.
//!
//! Spec: [RFC 8017](https://www.rfc-editor.org/rfc/rfc8017).

use crate::crypto::Algorithm;
use crate::crypto::key::KeyProblem;

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

    /// The key as engines take it: the exponent in four bytes, then the modulus.
    pub(super) fn to_engine(&self) -> Vec<u8> {
        [&self.exponent.to_be_bytes()[..], &self.modulus].concat()
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

impl RsaKey {
    /// The key in a DER `SubjectPublicKeyInfo`
    /// ([RFC 3279 §2.3.1](https://www.rfc-editor.org/rfc/rfc3279#section-2.3.1)).
    ///
    /// Errors: those of [`RsaKey::from_der`]; [`KeyProblem::Unsupported`] for other kinds of keys.
    pub fn from_public_key_info(der: &[u8]) -> Result<RsaKey, KeyProblem> {
        let parse = || {
            let (body, rest) = element(SEQUENCE, der)?;
            let (algorithm, tail) = element(SEQUENCE, body)?;
            let (key, end) = element(BIT_STRING, tail)?;
            (rest.is_empty() && end.is_empty()).then_some((algorithm, key.strip_prefix(&[0])?))
        };
        let (algorithm, key) = parse().ok_or(KeyProblem::Malformed)?;
        if algorithm != RSA_ENCRYPTION {
            return Err(KeyProblem::Unsupported);
        }
        RsaKey::from_der(key)
    }
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
const BIT_STRING: u8 = 0x03;

/// `rsaEncryption` and the absence of parameters, in DER.
const RSA_ENCRYPTION: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];

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
