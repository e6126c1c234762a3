//! Layer 0. Base64 of [RFC 4648 §5](https://www.rfc-editor.org/rfc/rfc4648#section-5), strictly.
//!
//! One value has one spelling here: no padding, no line breaks, no stray bits in the last
//! character. A signature or token that can be respelled is one that can be taken for another. It
//! does not guess the alphabet, except in [`decode_any_alphabet`], whose callers read links.

use base64ct::{Base64UrlUnpadded, Encoding};

/// The bytes that base64url `text` stands for; `None` for anything but the unpadded, canonical
/// spelling. Empty text is no bytes.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(text).ok()
}

/// The bytes that `text` stands for in the standard or the URL alphabet, never a mixture; padding
/// may be left out, but where it stands it must be complete.
///
/// Only for `data:` URIs and old status lists, where both alphabets are met in the wild.
pub fn decode_any_alphabet(text: &str) -> Option<Vec<u8>> {
    let bare = text.trim_end_matches('=');
    let padding = text.len() - bare.len();
    if padding > 2 || (padding > 0 && !text.len().is_multiple_of(4)) {
        return None;
    }
    match (bare.contains(['-', '_']), bare.contains(['+', '/'])) {
        (true, true) => None,
        (_, false) => decode(bare),
        // The alphabets differ in two letters; a second decoder would be 1 KB of the package.
        (false, true) => decode(&bare.replace('+', "-").replace('/', "_")),
    }
}

/// `bytes` in base64url without padding.
pub fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_writes() {
        let all: Vec<u8> = (0..=255).collect();
        for length in [0, 1, 2, 3, 4, 255, 256] {
            let bytes = all.get(..length).unwrap_or_default();
            let text = encode(bytes);
            assert_eq!(decode(&text).as_deref(), Some(bytes), "{text}");
            assert_eq!(decode_any_alphabet(&text).as_deref(), Some(bytes), "{text}");
        }
        assert_eq!(encode(&[0xfb, 0xff]), "-_8");
    }

    #[test]
    fn has_one_spelling_for_one_value() {
        assert_eq!(decode("-_8"), Some(vec![0xfb, 0xff]));
        for text in ["-_8=", "+/8", "-_9", "-", "-_8 ", " -_8", "-_\n8", "-_8\0", "é", "QQ==", "QR", "QUJDR"]
        {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }

    #[test]
    fn takes_either_alphabet_where_asked() {
        for text in ["-_8", "-_8=", "+/8", "+/8="] {
            assert_eq!(decode_any_alphabet(text), Some(vec![0xfb, 0xff]), "{text}");
        }
        for text in ["+_8", "-/8=", "+/8==", "+/9", "QQ=", "QQ===", "=", "====", "Q=Q=", "QUJD="] {
            assert_eq!(decode_any_alphabet(text), None, "{text}");
        }
        assert_eq!(decode_any_alphabet(""), Some(Vec::new()));
    }
}
