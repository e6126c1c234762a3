//! Layer 1. Files that people bring in place of a credential, so that they can be told what to
//! ask for. Recognised by their first bytes; nothing of them is read.

use super::{compact_jws, is_web_address, trimmed};

/// The name of the kind of file `bytes` are, if it is one that is often met.
pub fn name(bytes: &[u8]) -> Option<&'static str> {
    FOREIGN.iter().find(|kind| (kind.sniff)(bytes)).map(|kind| kind.name)
}

/// The names of all kinds, for the catalogue of reasons.
pub fn names() -> impl Iterator<Item = &'static str> {
    FOREIGN.iter().map(|kind| kind.name)
}

/// Whether `bytes` begin like a web page, which need not be well-formed XML.
pub fn is_html(bytes: &[u8]) -> bool {
    let start = trimmed(bytes);
    ["<!doctype html", "<html", "<head", "<body", "<script"]
        .iter()
        .any(|tag| start.get(..tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag.as_bytes())))
}

struct Foreign {
    name: &'static str,
    sniff: fn(&[u8]) -> bool,
}

const FOREIGN: &[Foreign] = &[
    Foreign { name: "pdf", sniff: |bytes| trimmed(bytes).starts_with(b"%PDF-") },
    // Also word-processor documents, wallet passes and .ob packages.
    Foreign { name: "zip", sniff: |bytes| bytes.starts_with(b"PK\x03\x04") },
    Foreign { name: "gzip", sniff: |bytes| bytes.starts_with(b"\x1f\x8b") },
    Foreign { name: "jpeg", sniff: |bytes| bytes.starts_with(b"\xff\xd8\xff") },
    Foreign { name: "gif", sniff: |bytes| bytes.starts_with(b"GIF8") },
    Foreign { name: "webp", sniff: is_webp },
    Foreign { name: "heif", sniff: |bytes| bytes.get(4..8) == Some(b"ftyp") },
    // A tagged COSE_Sign1: RFC 9052 §4.2.
    Foreign { name: "cose", sniff: |bytes| bytes.starts_with(b"\xd2\x84") },
    Foreign { name: "utf-16-text", sniff: is_utf_16 },
    Foreign { name: "html-page", sniff: is_html },
    Foreign { name: "encrypted-jwt", sniff: is_jwe },
    Foreign { name: "link", sniff: |bytes| str::from_utf8(trimmed(bytes)).is_ok_and(is_web_address) },
];

fn is_webp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}

/// A byte order mark of UTF-16, or the first characters of JSON or XML in it.
fn is_utf_16(bytes: &[u8]) -> bool {
    [&b"\xff\xfe"[..], b"\xfe\xff", b"{\0", b"\0{", b"<\0", b"\0<"]
        .iter()
        .any(|start| bytes.starts_with(start))
}

/// Five parts, the first a header: [RFC 7516 §7.1](https://www.rfc-editor.org/rfc/rfc7516#section-7.1).
fn is_jwe(bytes: &[u8]) -> bool {
    compact_jws::parts_after_header(trimmed(bytes)) == Some(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_people_bring() {
        let table: [(&[u8], Option<&str>); 22] = [
            (b"", None),
            (b"x", None),
            (b"%PDF-1.7\n", Some("pdf")),
            (b"%PDF", None),
            (b"PK\x03\x04", Some("zip")),
            (b"\x1f\x8b\x08", Some("gzip")),
            (b"\xff\xd8\xff\xe0", Some("jpeg")),
            (b"GIF89a", Some("gif")),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some("webp")),
            (b"RIFF\0\0\0\0WAVE", None),
            (b"\0\0\0\x20ftypavif", Some("heif")),
            (b"\xd2\x84\x43\xa1\x01\x26\xa0", Some("cose")),
            (b"\xd2\x85", None),
            (b"\xff\xfe{\0", Some("utf-16-text")),
            (b"{\0\"\0", Some("utf-16-text")),
            (b"\xef\xbb\xbf \n<!DOCTYPE HTML>", Some("html-page")),
            (b"<HTML>", Some("html-page")),
            (b"<htm", None),
            (b"eyJhbGciOiJkaXIifQ..AA.AA.AA", Some("encrypted-jwt")),
            (b" https://example.org/badge/1\n", Some("link")),
            (b"https://example.org/badge 1", None),
            (b"~", None),
        ];
        for (bytes, expected) in table {
            assert_eq!(name(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
        assert!(
            names()
                .all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'))
        );
    }
}
