//! Layer 1. A credential that was copied out of other JSON with its quotation marks and escapes:
//! a token from an answer of an interface, or JSON written into JSON.

use super::{Container, Inside, Note, Refusal, Unpacked, trimmed};
use crate::codec::json;
use crate::codec::spec;
use crate::limits::Budget;

/// A JSON string, known by its quotation marks.
pub const CONTAINER: Container = Container {
    name: "json-string",
    spec: spec("https://www.rfc-editor.org/rfc/rfc8259#section-7"),
    is_bare: false,
    in_more: false,
    sniff,
    unpack: |bytes, _| unpack(bytes),
};

fn sniff(bytes: &[u8]) -> bool {
    let text = trimmed(bytes);
    text.len() >= 2 && text.starts_with(b"\"") && text.ends_with(b"\"")
}

/// What the string says, if it is one by the strict reader.
fn unpack(bytes: &[u8]) -> Result<Unpacked, Refusal> {
    let value = json::parse(trimmed(bytes), &mut Budget::full()).ok();
    let text = value.as_ref().and_then(json::Value::as_str).ok_or(Refusal::UnknownFormat)?;
    Ok(Unpacked {
        inside: Inside::File(text.as_bytes().to_vec()),
        notes: vec![Note { id: "container.json-string" }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_marks_and_escapes_away() {
        let inside = |text: &str| unpack(text.as_bytes()).map(|unpacked| unpacked.inside);
        assert_eq!(inside(r#" "{\"a\":1}" "#), Ok(Inside::File(b"{\"a\":1}".to_vec())));
        assert_eq!(inside(r#""""#), Ok(Inside::File(Vec::new())));
        for text in [r#""a" "b""#, r#""\""#, r#""\x""#, "\"\n\"", r#""\ud800""#] {
            assert!(sniff(text.as_bytes()), "{text}");
            assert_eq!(inside(text), Err(Refusal::UnknownFormat), "{text}");
        }
        for text in ["", "\"", "\"a", "a\"", "'a'"] {
            assert!(!sniff(text.as_bytes()), "{text}");
        }
    }
}
