//! Layer 1. A token in JWS compact serialization, which is how VC-JWT and VC-JOSE-COSE write a
//! credential. Only recognised here; what is signed, and by whom, `securing` finds out.

use super::{Container, Content, Inside, Refusal, Unpacked, trimmed};
use crate::codec::{base64url, json, spec};
use crate::limits::Budget;

/// Three parts between dots, of which the first is a header.
pub const CONTAINER: Container = Container {
    name: "compact-jws",
    spec: spec("https://www.rfc-editor.org/rfc/rfc7515#section-7.1"),
    is_bare: true,
    in_more: true,
    sniff,
    unpack: |bytes, _| unpack(bytes),
};

/// Whether `bytes` are three parts in the base64url alphabet, the first standing for something
/// that begins like an object. So a host name is no token.
pub fn sniff(bytes: &[u8]) -> bool {
    parts_after_header(trimmed(bytes)) == Some(2)
}

/// The number of parts, in the base64url alphabet, after a first one that begins like a header.
pub fn parts_after_header(bytes: &[u8]) -> Option<usize> {
    let is_allowed = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let dot = bytes.iter().position(|byte| *byte == b'.')?;
    if !bytes.iter().all(is_allowed) {
        return None;
    }
    // Twelve characters are nine whole bytes, more than any white space before the brace.
    let start = bytes.get(..dot.min(12)).and_then(|start| str::from_utf8(start).ok())?;
    let begins_like_an_object = base64url::decode(start)?.trim_ascii_start().starts_with(b"{");
    begins_like_an_object.then(|| bytes.iter().filter(|byte| **byte == b'.').count())
}

/// The token, if its header is a JSON object with an `alg` and its payload is there. An empty
/// signature is let through, since it is for `securing` to say that nothing is signed.
fn unpack(bytes: &[u8]) -> Result<Unpacked, Refusal> {
    let token = str::from_utf8(trimmed(bytes)).map_err(|_| Refusal::JwsMalformed)?;
    match has_algorithm_and_payload(token) {
        Some(true) => Ok(Unpacked {
            inside: Inside::Content(Content::CompactJws(token.to_string())),
            notes: Vec::new(),
        }),
        _ => Err(Refusal::JwsMalformed),
    }
}

fn has_algorithm_and_payload(token: &str) -> Option<bool> {
    let mut parts = token.split('.');
    let header = base64url::decode(parts.next()?)?;
    let header = json::parse(&header, &mut Budget::full()).ok()?;
    let algorithm = header.get("alg")?.as_str()?;
    Some(!algorithm.is_empty() && !parts.next()?.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(header: &str, rest: &str) -> Vec<u8> {
        format!("{}.{rest}", base64url::encode(header.as_bytes())).into_bytes()
    }

    #[test]
    fn knows_a_token_by_its_header() {
        for header in [r#"{"alg":"EdDSA"}"#, "{", " { }", "\n\t {\"alg\":\"x\"}"] {
            assert!(sniff(&token(header, "e30.AA")), "{header:?}");
        }
        for text in
            ["", ".", "..", "a.b.c", "www.example.com", "e30.e30", "e30.e30.AA.AA", "e30.e 0.AA", "e30.é.AA"]
        {
            assert!(!sniff(text.as_bytes()), "{text:?}");
        }
        assert!(!sniff(&token("[1,2,3]", "e30.AA")));
    }

    #[test]
    fn a_header_is_an_object_with_an_algorithm() {
        let content = |bytes: &[u8]| unpack(bytes).map(|unpacked| unpacked.inside);
        let sound = token(r#"{"alg":"EdDSA"}"#, "e30.");
        let text = String::from_utf8(sound.clone()).unwrap_or_default();
        assert_eq!(content(&sound), Ok(Inside::Content(Content::CompactJws(text.clone()))));
        assert_eq!(content(format!("\u{feff} {text}\r\n").as_bytes()), content(&sound));
        let bad =
            ["{", "{}", r#"{"alg":1}"#, r#"{"alg":""}"#, r#"{"alg":"a","alg":"b"}"#, r#"{"alg":"a"} x"#];
        for header in bad {
            assert_eq!(content(&token(header, "e30.AA")), Err(Refusal::JwsMalformed), "{header}");
        }
        assert_eq!(content(&token(r#"{"alg":"EdDSA"}"#, ".AA")), Err(Refusal::JwsMalformed));
        assert_eq!(content(b"e30.e30.AA"), Err(Refusal::JwsMalformed));
    }
}
