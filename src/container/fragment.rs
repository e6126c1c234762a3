//! Layer 1. A link that carries a credential behind its `#`, which browsers send to no server.
//!
//! The form is this project's own: `#vc=` and the credential in base64url, or `#vc=d.` and the
//! base64url of its raw DEFLATE. A whole address may stand in front of the `#`; it is a claim like
//! any other and is never followed.

use super::{Container, Inside, Refusal, Unpacked, is_web_address, trimmed};
use crate::codec::base64url;
use crate::codec::inflate::{Error, inflate_raw};
use crate::codec::spec;

/// A `#vc=` link, known by that mark.
pub const CONTAINER: Container = Container {
    name: "fragment",
    spec: spec("https://www.rfc-editor.org/rfc/rfc3986#section-3.5"),
    is_bare: false,
    in_more: true,
    sniff: |bytes| after_mark(bytes).is_some(),
    unpack: |bytes, _| unpack(bytes),
};

/// Largest credential in a link, in bytes, both as written and inflated: browsers cut off longer
/// addresses, and larger credentials have files.
pub const FRAGMENT_BYTES_MAX: usize = 1_000_000;

fn unpack(bytes: &[u8]) -> Result<Unpacked, Refusal> {
    let text = after_mark(bytes).ok_or(Refusal::FragmentMalformed)?;
    if text.len() > FRAGMENT_BYTES_MAX {
        return Err(Refusal::FragmentTooLarge);
    }
    let decode = |text| base64url::decode(text).ok_or(Refusal::FragmentMalformed);
    let file = match text.strip_prefix("d.") {
        None => decode(text)?,
        Some(text) => inflate_raw(&decode(text)?, FRAGMENT_BYTES_MAX).map_err(|error| match error {
            Error::TooLarge => Refusal::FragmentTooLarge,
            Error::Malformed => Refusal::FragmentMalformed,
        })?,
    };
    Ok(Unpacked { inside: Inside::File(file), notes: Vec::new() })
}

/// What follows `vc=` in the fragment of a link, if there is one.
fn after_mark(bytes: &[u8]) -> Option<&str> {
    let (address, fragment) = str::from_utf8(trimmed(bytes)).ok()?.split_once('#')?;
    let is_link = address.is_empty() || is_web_address(address);
    fragment.strip_prefix("vc=").filter(|_| is_link)
}

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::compress_to_vec;

    use super::*;

    fn id(link: &str) -> Result<Inside, &'static str> {
        unpack(link.as_bytes()).map(|unpacked| unpacked.inside).map_err(|refusal| refusal.id())
    }

    fn deflated(content: &[u8]) -> String {
        format!("#vc=d.{}", base64url::encode(&compress_to_vec(content, 6)))
    }

    #[test]
    fn reads_plain_and_deflated_links() {
        let file = |bytes: &[u8]| Ok(Inside::File(bytes.to_vec()));
        assert_eq!(id("#vc="), file(b""));
        assert_eq!(id("#vc=e30"), file(b"{}"));
        assert_eq!(id(" https://verify.example/?a#vc=e30\n"), file(b"{}"));
        assert_eq!(id(&deflated(b"{}")), file(b"{}"));
        assert_eq!(id(&deflated(b"")), file(b""));
    }

    #[test]
    fn refuses_what_is_cut_or_bent() {
        for link in
            ["#vc=e30=", "#vc=e3 0", "#vc=e30&x=1", "#vc=e30#", "#vc=d.", "#vc=d.e30", "#vc=x.e30", "#vc=%65"]
        {
            assert_eq!(id(link), Err("fragment-malformed"), "{link}");
        }
        for text in ["", "#", "#x=e30", "vc=e30", "x#vc=e30", "ftp://a.example/#vc=e30", "{\"a\":\"#vc=\"}"] {
            assert!(!(CONTAINER.sniff)(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn stops_at_its_limit() {
        let link = |length: usize| format!("#vc={}", "A".repeat(length));
        assert!(id(&link(FRAGMENT_BYTES_MAX)).is_ok());
        assert_eq!(id(&link(FRAGMENT_BYTES_MAX + 1)), Err("fragment-too-large"));
        assert!(id(&deflated(&vec![b' '; FRAGMENT_BYTES_MAX])).is_ok());
        assert_eq!(id(&deflated(&vec![b' '; FRAGMENT_BYTES_MAX + 1])), Err("fragment-too-large"));
    }
}
