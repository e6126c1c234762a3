//! Layer 2. `did:web`: the DID is an address, and control of the address is the identity.
//!
//! Spec: [did:web](https://w3c-ccg.github.io/did-method-web/). The host must be a plain DNS name:
//! anything that could point a visitor's browser at its own network, or make one host look like
//! another, is refused before it is asked for.

use crate::codec::spec;
use crate::did::document::provided;
use crate::did::{Method, Resolution};
use crate::need::Found;

pub(super) const METHOD: Method = Method {
    name: "web",
    spec: spec("https://w3c-ccg.github.io/did-method-web/#read-resolve"),
    resolve,
    address,
    domain,
};

fn resolve(did: &str, found: &Found) -> Resolution {
    match address(did) {
        Some(address) => provided(did, &address, found),
        None => Resolution::Refused("did-malformed"),
    }
}

/// The address of the document, or none where the DID is not one that is asked for.
fn address(did: &str) -> Option<String> {
    let (host, path) = parts(did)?;
    Some(match path.is_empty() {
        true => format!("https://{host}/.well-known/did.json"),
        false => format!("https://{host}/{}/did.json", path.join("/")),
    })
}

/// Host and path whose control is proven: `github.io/someone` is not `github.io`.
fn domain(did: &str) -> Option<String> {
    let (host, path) = parts(did)?;
    Some(match path.is_empty() {
        true => host,
        false => format!("{host}/{}", path.join("/")),
    })
}

fn parts(did: &str) -> Option<(String, Vec<&str>)> {
    let mut segments = did.strip_prefix("did:web:")?.split(':');
    let host = host(segments.next()?)?;
    let path: Vec<&str> = segments.collect();
    path.iter().all(|segment| is_path_segment(segment)).then_some((host, path))
}

/// The host with its port, from `example.com` or `example.com%3A8443`.
fn host(encoded: &str) -> Option<String> {
    let lowered = encoded.to_ascii_lowercase();
    let (name, port) = match lowered.split_once("%3a") {
        Some((name, port)) => (name, Some(port)),
        None => (lowered.as_str(), None),
    };
    if !is_dns_name(name) {
        return None;
    }
    match port {
        None => Some(name.to_owned()),
        Some(port) => {
            let number: u16 = port.parse().ok()?;
            let is_plain = number > 0 && number.to_string() == port;
            is_plain.then(|| if number == 443 { name.to_owned() } else { format!("{name}:{port}") })
        }
    }
}

/// Whether `name` is a public DNS name in ASCII: two labels or more, no address, nothing local.
pub fn is_dns_name(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let labels: Vec<&str> = name.split('.').collect();
    // A last label that a URL parser reads as a number makes the whole an IPv4 address.
    let last = labels.last().copied().unwrap_or_default();
    let is_local = LOCAL.contains(&last) || name.ends_with(".home.arpa");
    name.len() <= 253
        && labels.len() >= 2
        && labels.iter().all(|label| is_label(label))
        && last.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && !is_local
}

/// Whether `url` is an address that is asked: `https:`, plain ASCII, a public DNS name with or without
/// a port, nobody's name or password in front of it, and nothing a browser would read otherwise.
pub fn is_web_address(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = authority.split_once(':').unwrap_or((authority, "443"));
    url.len() <= 2_000
        && url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && is_dns_name(&name.to_ascii_lowercase())
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && port.parse::<u16>().is_ok_and(|number| number > 0)
}

/// Whether `url` is an address that a browser asks as it is written: no dot segments, plain or encoded,
/// which lead somewhere else than they read, and no capitals in its host. An issuer must be one.
pub fn is_exact_address(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let is_dots = |segment: &str| DOTS.iter().any(|dots| segment.eq_ignore_ascii_case(dots));
    let authority = path.split('/').nth(2).unwrap_or_default();
    is_web_address(url)
        && !authority.bytes().any(|byte| byte.is_ascii_uppercase())
        && !path.split('/').any(is_dots)
}

/// Segments that lead to the same directory or to the one above, in every spelling.
const DOTS: &[&str] = &[".", "%2e", "..", ".%2e", "%2e.", "%2e%2e"];

/// Letters, digits and the marks of a DID's path; no percent-encoding, so no hidden slash.
fn is_path_segment(segment: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    !segment.is_empty() && segment != "." && segment != ".." && segment.bytes().all(is_plain)
}

/// Names that never leave the visitor's own network (RFC 6761, RFC 6762, RFC 8375).
const LOCAL: &[&str] =
    &["localhost", "local", "internal", "localdomain", "lan", "home", "corp", "intranet", "onion"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_did_is_an_address() {
        let table = [
            ("did:web:example.com", "https://example.com/.well-known/did.json", "example.com"),
            (
                "did:web:example.com%3A8443:a:b",
                "https://example.com:8443/a/b/did.json",
                "example.com:8443/a/b",
            ),
            ("did:web:EXAMPLE.com%3a443", "https://example.com/.well-known/did.json", "example.com"),
            (
                "did:web:xn--bcher-kva.example",
                "https://xn--bcher-kva.example/.well-known/did.json",
                "xn--bcher-kva.example",
            ),
        ];
        for (did, url, name) in table {
            assert_eq!(address(did).as_deref(), Some(url), "{did}");
            assert_eq!(domain(did).as_deref(), Some(name), "{did}");
        }
    }

    #[test]
    fn addresses_that_could_be_read_otherwise_are_refused() {
        for url in ["https://a.example/x", "https://a.example:8443", "https://A.example?q#f"] {
            assert!(is_web_address(url), "{url}");
        }
        for url in [
            "http://a.example/",
            "https://harvard.edu confirmed this/",
            "https://harvard.edu\u{a0}x/",
            "https://evil.example\\.harvard.edu/x",
            "https://harvard.edu@evil.example/",
            "https://127.0.0.1/",
            "https://localhost/",
            "https://a.example:0/",
            "https://",
            "https:///x",
            "https://[::1]/",
            "https://a.example:99999/",
        ] {
            assert!(!is_web_address(url), "{url}");
        }
    }

    #[test]
    fn an_issuer_is_asked_where_it_reads() {
        for url in [
            "https://a.example/b/c",
            "https://a.example",
            "https://a.example/B?c=../d",
            "https://a.example/b..c",
        ] {
            assert!(is_exact_address(url), "{url}");
        }
        for url in [
            "https://a.example/b/../c",
            "https://a.example/b/%2E%2e/c",
            "https://a.example/./b",
            "https://a.example/b/..",
            "https://A.example/b",
            "https://a.example:+443/b",
        ] {
            assert!(!is_exact_address(url), "{url}");
        }
    }

    #[test]
    fn hosts_that_could_be_something_else_are_refused() {
        for did in [
            "did:web:",
            "did:web:localhost",
            "did:web:localhost%3A8080",
            "did:web:127.0.0.1",
            "did:web:0x7f.1",
            "did:web:2130706433",
            "did:web:%5B%3A%3A1%5D",
            "did:web:user%40example.com",
            "did:web:example.com%2Fevil",
            "did:web:example.com:..",
            "did:web:example.com:a%2Fb",
            "did:web:example.com:",
            "did:web:example.com::a",
            "did:web:example.com%3A",
            "did:web:example.com%3A0",
            "did:web:example.com%3A99999",
            "did:web:example.com%3A080",
            "did:web:bücher.example",
            "did:web:exa mple.com",
            "did:web:printer.local",
            "did:web:db.internal",
            "did:web:com",
            "did:web:example.com?x",
            "did:web:example.com#x",
            "did:web:-a.example",
            "did:web:example..com",
            "did:web:10.0.0.1.",
        ] {
            assert_eq!(address(did), None, "{did}");
        }
    }
}
