//! Layer 1. How the wasm modules of the package talk to one another: byte strings, each behind its length.
//!
//! They share no memory, so whatever passes is copied. The asking side does not trust the answer to be
//! well formed, and the answering side not the question: what is not understood is no answer.

/// The byte strings in one.
pub fn pack(strings: &[&[u8]]) -> Vec<u8> {
    let mut packed = Vec::new();
    for string in strings {
        // No input is longer than a few megabytes; one that were would be read as malformed.
        let length = u32::try_from(string.len()).unwrap_or(u32::MAX);
        packed.extend_from_slice(&length.to_le_bytes());
        packed.extend_from_slice(string);
    }
    packed
}

/// The byte strings that were packed; none where a length leads past the end.
pub fn unpack(mut packed: &[u8]) -> Option<Vec<&[u8]>> {
    let mut strings = Vec::new();
    while !packed.is_empty() {
        let (length, rest) = packed.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let (string, rest) = rest.split_at_checked(length)?;
        strings.push(string);
        packed = rest;
    }
    Some(strings)
}

/// What `answer` says to a packed question, packed again.
pub fn answered(question: &[u8], answer: fn(&[&[u8]]) -> Option<Vec<String>>) -> Option<Vec<u8>> {
    let words = answer(&unpack(question)?)?;
    let bytes: Vec<&[u8]> = words.iter().map(|word| word.as_bytes()).collect();
    Some(pack(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_out_again() {
        for strings in [&[][..], &[&b""[..]], &[&b"a"[..], b"", b"bc"]] {
            assert_eq!(unpack(&pack(strings)).as_deref(), Some(strings));
        }
        let packed = pack(&[b"abc"]);
        for length in [1, 4, 6] {
            assert_eq!(unpack(&packed[..length]), None, "{length}");
        }
        assert_eq!(unpack(&[0xff, 0xff, 0xff, 0xff, 1]), None);
    }
}
