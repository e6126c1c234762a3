//! Layer 1. How the modules of keys and the core talk about signatures, inside what [`lent`] packs.
//!
//! Only one byte is good news, and it is neither zero nor what is left of a lost value.

use crate::crypto::{Algorithm, Refused, lent};

/// Verifies by an algorithm, with a key, over a message, a signature.
type Verify = fn(Algorithm, &[u8], &[u8], &[u8]) -> Result<(), Refused>;

/// Answers the question whether a signature holds: an algorithm's code, a key as
/// [`PublicKey`](crate::crypto::PublicKey) writes it for engines, a message and a signature. None where it is
/// not that question, or `verify` is not for that algorithm.
pub fn judge(question: &[u8], verify: Verify) -> Option<Vec<u8>> {
    let strings = lent::unpack(question)?;
    let &[&[code], key, message, signature] = strings.as_slice() else { return None };
    let answer = verify(algorithm(code)?, key, message, signature);
    Some(vec![of_answer(answer)?])
}

/// Every algorithm there is.
pub const ALGORITHMS: [Algorithm; 11] = [
    Algorithm::Ed25519,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EcdsaP521Sha512,
    Algorithm::EcdsaSecp256k1Sha256,
    Algorithm::RsaPkcs1Sha256,
    Algorithm::RsaPkcs1Sha384,
    Algorithm::RsaPkcs1Sha512,
    Algorithm::RsaPssSha256,
    Algorithm::RsaPssSha384,
    Algorithm::RsaPssSha512,
];

/// The code of an algorithm: its place in the list, from one on.
pub fn of_algorithm(algorithm: Algorithm) -> u8 {
    let place = ALGORITHMS.iter().position(|known| *known == algorithm);
    place.and_then(|place| u8::try_from(place + 1).ok()).unwrap_or(0)
}

/// The algorithm with this code.
fn algorithm(code: u8) -> Option<Algorithm> {
    let place = usize::from(code).checked_sub(1)?;
    ALGORITHMS.get(place).copied()
}

/// An answer as it travels; none where there is none.
pub(super) fn of_answer(answer: Result<(), Refused>) -> Option<u8> {
    match answer {
        Ok(()) => Some(HOLDS),
        Err(Refused::BadSignature) => Some(BAD_SIGNATURE),
        Err(Refused::BadKey) => Some(BAD_KEY),
        Err(Refused::OtherKeyType | Refused::NotLoaded(_)) => None,
    }
}

/// The answer that arrived from the module `part`; one that is not understood, or none, says nothing about
/// the signature.
pub fn answer(arrived: Option<Vec<u8>>, part: &'static str) -> Result<(), Refused> {
    match arrived.as_deref() {
        Some([HOLDS]) => Ok(()),
        Some([BAD_SIGNATURE]) => Err(Refused::BadSignature),
        Some([BAD_KEY]) => Err(Refused::BadKey),
        _ => Err(Refused::NotLoaded(part)),
    }
}

const HOLDS: u8 = 0x6d;
const BAD_SIGNATURE: u8 = 1;
const BAD_KEY: u8 = 2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back_and_others_say_nothing() {
        let missing = Err(Refused::NotLoaded("p"));
        for answered in [Ok(()), Err(Refused::BadSignature), Err(Refused::BadKey), missing] {
            assert_eq!(answer(of_answer(answered).map(|code| vec![code]), "p"), answered);
        }
        for strange in [None, Some(vec![]), Some(vec![0]), Some(vec![3]), Some(vec![HOLDS, HOLDS])] {
            assert_eq!(answer(strange, "p"), missing);
        }
        for one in ALGORITHMS {
            assert_eq!(algorithm(of_algorithm(one)), Some(one));
        }
        assert_eq!((algorithm(0), algorithm(200)), (None, None));
    }

    #[test]
    fn a_question_that_is_not_understood_has_no_answer() {
        let verify = |_, _: &[u8], _: &[u8], _: &[u8]| Ok(());
        assert_eq!(judge(&lent::pack(&[&[1], b"k", b"m", b"s"]), verify), Some(vec![HOLDS]));
        for question in [&[&[1][..], b"k", b"m"][..], &[&[0], b"k", b"m", b"s"], &[&[1, 1], b"k", b"m", b"s"]]
        {
            assert_eq!(judge(&lent::pack(question), verify), None, "{question:?}");
        }
        assert_eq!(judge(b"\xff", verify), None);
    }
}
