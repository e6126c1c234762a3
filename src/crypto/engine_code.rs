//! Layer 1. What the module of curves says of a signature, in one byte.
//!
//! Only one byte is good news, and it is neither zero nor what is left of a lost value.

use crate::crypto::{Curve, Refused};

/// The code of a curve.
pub fn of_curve(curve: Curve) -> u8 {
    match curve {
        Curve::P256 => 1,
        Curve::P384 => 2,
    }
}

/// The curve with this code.
pub fn curve(code: u8) -> Option<Curve> {
    [Curve::P256, Curve::P384].into_iter().find(|curve| of_curve(*curve) == code)
}

/// An answer as it travels.
pub fn of_answer(answer: Result<(), Refused>) -> Vec<u8> {
    vec![match answer {
        Ok(()) => HOLDS,
        Err(Refused::BadSignature) => BAD_SIGNATURE,
        Err(Refused::BadKey) => BAD_KEY,
        Err(Refused::OtherKeyType | Refused::NotLoaded) => 0,
    }]
}

/// The answer that arrived; one that is not understood, or none, says nothing about the signature.
pub fn answer(arrived: Option<Vec<u8>>) -> Result<(), Refused> {
    match arrived.as_deref() {
        Some([HOLDS]) => Ok(()),
        Some([BAD_SIGNATURE]) => Err(Refused::BadSignature),
        Some([BAD_KEY]) => Err(Refused::BadKey),
        _ => Err(Refused::NotLoaded),
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
        for answered in [Ok(()), Err(Refused::BadSignature), Err(Refused::BadKey), Err(Refused::NotLoaded)] {
            assert_eq!(answer(Some(of_answer(answered))), answered);
        }
        for strange in [None, Some(vec![]), Some(vec![3]), Some(vec![HOLDS, HOLDS])] {
            assert_eq!(answer(strange), Err(Refused::NotLoaded));
        }
        for of in [Curve::P256, Curve::P384] {
            assert_eq!(curve(of_curve(of)), Some(of));
        }
        assert_eq!(curve(0), None);
    }
}
