//! Layer 1. A credential as plain JSON text. Not parsed here: the codec does that once, for the
//! whole flow, and tells where the text breaks.

use super::{BYTE_ORDER_MARK, Container, Content, Inside, Note, Refusal, Unpacked, trimmed};
use crate::codec::spec;

/// JSON text, known by its first character.
pub const CONTAINER: Container = Container {
    name: "json-text",
    spec: spec("https://www.rfc-editor.org/rfc/rfc8259"),
    is_bare: true,
    in_more: false,
    sniff,
    unpack: |bytes, _| unpack(bytes),
};

/// An object or an array: no other JSON text is a credential. A second byte of zero is UTF-16.
fn sniff(bytes: &[u8]) -> bool {
    let text = trimmed(bytes);
    matches!(text.first(), Some(b'{' | b'[')) && text.get(1) != Some(&0)
}

/// DEVIATION: a byte order mark is dropped with a note, though
/// [RFC 8259 §8.1](https://www.rfc-editor.org/rfc/rfc8259#section-8.1) only allows that; editors add it.
fn unpack(bytes: &[u8]) -> Result<Unpacked, Refusal> {
    let (text, notes) = match bytes.strip_prefix(BYTE_ORDER_MARK) {
        Some(text) => (text, vec![Note { id: "container.byte-order-mark" }]),
        None => (bytes, Vec::new()),
    };
    Ok(Unpacked { inside: Inside::Content(Content::Json(text.to_vec())), notes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_json_by_its_first_character() {
        for text in ["{", "[", " \r\n\t{}", "\u{feff}{}", "\u{feff} []"] {
            assert!(sniff(text.as_bytes()), "{text:?}");
        }
        for text in ["", " ", "null", "\"eyJ\"", "1", "x{", "{\0", "\u{a0}{}"] {
            assert!(!sniff(text.as_bytes()), "{text:?}");
        }
    }

    #[test]
    fn keeps_the_bytes_but_for_the_mark() {
        let content = |text: &str| unpack(text.as_bytes()).map(|unpacked| unpacked.inside);
        let json = |text: &str| Ok(Inside::Content(Content::Json(text.into())));
        assert_eq!(content(" {}\n"), json(" {}\n"));
        assert_eq!(content("\u{feff} {}"), json(" {}"));
        let notes = unpack("\u{feff}{}".as_bytes()).map(|unpacked| unpacked.notes);
        assert_eq!(notes, Ok(vec![Note { id: "container.byte-order-mark" }]));
    }
}
