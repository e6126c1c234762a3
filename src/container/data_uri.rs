//! Layer 1. A `data:` link, [RFC 2397](https://www.rfc-editor.org/rfc/rfc2397), which carries its
//! file in itself. Its media type is a hint of a stranger and is passed over.

use super::{Container, Inside, Refusal, Unpacked, trimmed};
use crate::codec::base64url;
use crate::codec::spec;

/// A `data:` link, known by its scheme.
pub const CONTAINER: Container = Container {
    name: "data-uri",
    spec: spec("https://www.rfc-editor.org/rfc/rfc2397"),
    is_bare: false,
    in_more: true,
    sniff: |bytes| after_scheme(bytes).is_some(),
    unpack: |bytes, _| unpack(bytes),
};

/// The file in the link. Percent escapes must be whole and base64 exact.
///
/// DEVIATION: base64 may use either alphabet and leave out its padding, and characters that a URI
/// would have to escape may stand as they are: both are met in pasted links.
fn unpack(bytes: &[u8]) -> Result<Unpacked, Refusal> {
    let file = after_scheme(bytes).and_then(decode).ok_or(Refusal::DataUriMalformed)?;
    Ok(Unpacked { inside: Inside::File(file), notes: Vec::new() })
}

fn decode(link: &[u8]) -> Option<Vec<u8>> {
    let comma = link.iter().position(|byte| *byte == b',')?;
    let (media_type, data) = (link.get(..comma)?, link.get(comma + 1..)?);
    // A fragment is no part of the file, and a file that has it unescaped is cut off there.
    if link.contains(&b'#') {
        return None;
    }
    let mut data = percent_decoded(data)?;
    let last_parameter = media_type.rsplit(|byte| *byte == b';').next()?.trim_ascii();
    let is_base64 = media_type.contains(&b';') && last_parameter.eq_ignore_ascii_case(b"base64");
    if !is_base64 {
        return Some(data);
    }
    data.retain(|byte| !byte.is_ascii_whitespace());
    base64url::decode_any_alphabet(str::from_utf8(&data).ok()?)
}

fn after_scheme(bytes: &[u8]) -> Option<&[u8]> {
    let (scheme, rest) = trimmed(bytes).split_at_checked(5)?;
    scheme.eq_ignore_ascii_case(b"data:").then_some(rest)
}

fn percent_decoded(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => out.push(hex_digit(*rest.next()?)? * 16 + hex_digit(*rest.next()?)?),
            other => out.push(*other),
        }
    }
    Some(out)
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(link: &str) -> Option<Vec<u8>> {
        match unpack(link.as_bytes()).ok()?.inside {
            Inside::File(file) => Some(file),
            _ => None,
        }
    }

    #[test]
    fn reads_base64_and_escapes() {
        let table: [(&str, &[u8]); 12] = [
            ("data:,", b""),
            ("data:;base64,", b""),
            ("data:,{}", b"{}"),
            ("DATA:application/json,%7b%7D", b"{}"),
            ("data:application/json;charset=utf-8;BASE64,e30=", b"{}"),
            ("data:;base64,e30", b"{}"),
            ("data:;base64,%65%330%3D", b"{}"),
            ("data:;base64,e3\n0=\n", b"{}"),
            ("data:base64,e30=", b"e30="),
            ("data:;base64;x,e30=", b"e30="),
            ("data:;base64,-_8", b"\xfb\xff"),
            (" data:,%00%ff\n", b"\0\xff"),
        ];
        for (link, expected) in table {
            assert_eq!(file(link).as_deref(), Some(expected), "{link}");
        }
    }

    #[test]
    fn refuses_what_is_cut_or_bent() {
        for link in
            ["data:", "data:x", "data:;base64,e3", "data:;base64,e", "data:;base64,{}", "data:,%", "data:,%7"]
        {
            assert_eq!(unpack(link.as_bytes()), Err(Refusal::DataUriMalformed), "{link}");
        }
        for link in ["data:,%zz", "data:,%+1", "data:,{}#x", "data:;base64,e30=e30=", "data:,%é"] {
            assert_eq!(unpack(link.as_bytes()), Err(Refusal::DataUriMalformed), "{link}");
        }
        for text in ["", "data", "dat a:,", "xdata:,", "{\"data:,\":1}"] {
            assert!(!(CONTAINER.sniff)(text.as_bytes()), "{text}");
        }
    }
}
