//! Layer 1. How the wasm modules talk about signatures: numbers and bytes, since nothing else passes
//! between them cheaply.
//!
//! Only one number is good news, and it is neither zero nor what is left of a lost value.

use crate::crypto::{Curve, Refused};

/// The answer of a module that cannot tell.
pub const NOT_LOADED: u32 = 0;

/// The code of a curve: its bits.
pub fn of_curve(curve: Curve) -> u32 {
    match curve {
        Curve::P256 => 256,
        Curve::P384 => 384,
    }
}

/// The curve with this code.
pub fn curve(code: u32) -> Option<Curve> {
    [Curve::P256, Curve::P384].into_iter().find(|curve| of_curve(*curve) == code)
}

/// The code of an answer.
pub fn of_answer(answer: Result<(), Refused>) -> u32 {
    match answer {
        Ok(()) => HOLDS,
        Err(Refused::BadSignature) => BAD_SIGNATURE,
        Err(Refused::BadKey) => BAD_KEY,
        Err(Refused::OtherKeyType | Refused::NotLoaded) => NOT_LOADED,
    }
}

/// The answer with this code; one that is not understood says nothing.
pub fn answer(code: u32) -> Result<(), Refused> {
    match code {
        HOLDS => Ok(()),
        BAD_SIGNATURE => Err(Refused::BadSignature),
        BAD_KEY => Err(Refused::BadKey),
        _ => Err(Refused::NotLoaded),
    }
}

/// `messages` with their places, one after the other: place and length in four bytes each, the most
/// significant first, then the message. None where a length does not fit.
pub fn disclosed_bytes<'a>(messages: impl Iterator<Item = (u32, &'a [u8])>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for (place, message) in messages {
        bytes.extend(place.to_be_bytes());
        bytes.extend(u32::try_from(message.len()).ok()?.to_be_bytes());
        bytes.extend(message);
    }
    Some(bytes)
}

/// The messages with their places that [`disclosed_bytes`] wrote; none where the bytes are cut.
pub fn read_disclosed(mut bytes: &[u8]) -> Option<Vec<(usize, &[u8])>> {
    let mut messages = Vec::new();
    while !bytes.is_empty() {
        let (place, rest) = bytes.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let (message, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        messages.push((usize::try_from(u32::from_be_bytes(*place)).ok()?, message));
        bytes = rest;
    }
    Some(messages)
}

const HOLDS: u32 = 0x600d;
const BAD_SIGNATURE: u32 = 1;
const BAD_KEY: u32 = 2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back_and_others_say_nothing() {
        for answered in [Ok(()), Err(Refused::BadSignature), Err(Refused::BadKey), Err(Refused::NotLoaded)] {
            assert_eq!(answer(of_answer(answered)), answered);
        }
        for code in [0, 3, 0xd, u32::MAX] {
            assert_eq!(answer(code), Err(Refused::NotLoaded), "{code}");
        }
        for of in [Curve::P256, Curve::P384] {
            assert_eq!(curve(of_curve(of)), Some(of));
        }
        assert_eq!(curve(521), None);
    }

    #[test]
    fn messages_are_written_as_they_are_read() {
        let written = disclosed_bytes([(3, &b"abc"[..]), (4, b"")].into_iter()).expect("small");
        assert_eq!(read_disclosed(&written), Some(vec![(3, &b"abc"[..]), (4, b"")]));
        assert_eq!(read_disclosed(&[]), Some(vec![]));
        for cut in (1..written.len()).filter(|cut| *cut != 11) {
            assert_eq!(read_disclosed(&written[..cut]), None, "{cut}");
        }
    }
}
