//! Layer 1. How the wasm modules talk about signatures: numbers, since nothing else passes between them
//! cheaply.
//!
//! Only one number is good news, and it is neither zero nor what is left of a lost value.

use crate::crypto::{Algorithm, Refused};

/// The answer of a module that cannot tell.
pub const NOT_LOADED: u32 = 0;

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

/// The code of an algorithm.
pub fn of_algorithm(algorithm: Algorithm) -> u32 {
    match algorithm {
        Algorithm::Ed25519 => 25_519,
        Algorithm::EcdsaP256Sha256 => 256,
        Algorithm::EcdsaP384Sha384 => 384,
        Algorithm::EcdsaP521Sha512 => 521,
        Algorithm::EcdsaSecp256k1Sha256 => 2_561,
        Algorithm::RsaPkcs1Sha256 => 15_256,
        Algorithm::RsaPkcs1Sha384 => 15_384,
        Algorithm::RsaPkcs1Sha512 => 15_512,
        Algorithm::RsaPssSha256 => 20_256,
        Algorithm::RsaPssSha384 => 20_384,
        Algorithm::RsaPssSha512 => 20_512,
    }
}

/// The algorithm with this code.
pub fn algorithm(code: u32) -> Option<Algorithm> {
    ALGORITHMS.into_iter().find(|algorithm| of_algorithm(*algorithm) == code)
}

/// The code of an answer.
pub fn of_answer(answer: Result<(), Refused>) -> u32 {
    match answer {
        Ok(()) => HOLDS,
        Err(Refused::BadSignature) => BAD_SIGNATURE,
        Err(Refused::BadKey) => BAD_KEY,
        Err(Refused::OtherKeyType | Refused::NotLoaded(_)) => NOT_LOADED,
    }
}

/// The answer with this code, by the module `part`; one that is not understood says nothing.
pub fn answer(code: u32, part: &'static str) -> Result<(), Refused> {
    match code {
        HOLDS => Ok(()),
        BAD_SIGNATURE => Err(Refused::BadSignature),
        BAD_KEY => Err(Refused::BadKey),
        _ => Err(Refused::NotLoaded(part)),
    }
}

const HOLDS: u32 = 0x600d;
const BAD_SIGNATURE: u32 = 1;
const BAD_KEY: u32 = 2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back_and_others_say_nothing() {
        let missing = Err(Refused::NotLoaded("p"));
        for answered in [Ok(()), Err(Refused::BadSignature), Err(Refused::BadKey), missing] {
            assert_eq!(answer(of_answer(answered), "p"), answered);
        }
        for code in [0, 3, 0xd, u32::MAX] {
            assert_eq!(answer(code, "p"), missing, "{code}");
        }
        for one in ALGORITHMS {
            assert_eq!(algorithm(of_algorithm(one)), Some(one));
        }
        assert_eq!(algorithm(0), None);
    }
}
