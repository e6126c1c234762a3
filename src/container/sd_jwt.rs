//! Layer 1. A token with selective disclosure in its compact form: a JWS, then disclosures, each behind
//! a tilde, and at the end, where the holder signed too, a second JWS. Only recognised here. The JSON
//! serialization of the same thing is JSON text, and told by its members once it was parsed.

use super::{Container, Content, Inside, Refusal, Unpacked, compact_jws, trimmed};
use crate::codec::spec;

/// A JWS and at least one tilde.
pub const CONTAINER: Container = Container {
    name: "sd-jwt",
    spec: spec("https://www.rfc-editor.org/rfc/rfc9901#section-4"),
    is_bare: true,
    in_more: false,
    sniff,
    unpack: |bytes, _| unpack(bytes),
};

fn sniff(bytes: &[u8]) -> bool {
    let bytes = trimmed(bytes);
    let end = bytes.iter().position(|byte| *byte == b'~');
    end.and_then(|end| bytes.get(..end)).is_some_and(compact_jws::sniff)
}

/// The text as it is: every part of it is looked at where it is known what the parts are for.
fn unpack(bytes: &[u8]) -> Result<Unpacked, Refusal> {
    let text = str::from_utf8(trimmed(bytes)).map_err(|_| Refusal::JwsMalformed)?;
    Ok(Unpacked { inside: Inside::Content(Content::SdJwt(text.to_owned())), notes: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_a_token_with_a_tilde() {
        for text in ["eyJhbGciOiJFUzI1NiJ9.e30.AA~", " eyJhbGciOiJFUzI1NiJ9.e30.AA~WyJhIl0~\n"] {
            assert!(sniff(text.as_bytes()), "{text}");
            let content = Content::SdJwt(text.trim().to_owned());
            assert_eq!(unpack(text.as_bytes()).map(|unpacked| unpacked.inside), Ok(Inside::Content(content)));
        }
        for text in ["", "~", "a.b.c~", "eyJhbGciOiJFUzI1NiJ9.e30.AA", "eyJhbGciOiJFUzI1NiJ9.e30~"] {
            assert!(!sniff(text.as_bytes()), "{text}");
        }
        assert!(unpack(b"eyJhbGciOiJFUzI1NiJ9.e30.AA~\xff").is_err());
    }
}
