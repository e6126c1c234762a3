//! Layer 2. Issuers of SD-JWT VCs whose id is an `https:` address: the metadata they publish for verifiers,
//! beside what any issuer with such an address may publish.
//!
//! The metadata name the issuer they belong to, and hold its keys or say where they are.
//! Spec: [SD-JWT VC §5](https://datatracker.ietf.org/doc/html/draft-ietf-oauth-sd-jwt-vc#section-5).

use crate::codec::json::{self, Value};
use crate::did::https::{self, Published};
use crate::did::web::is_web_address;
use crate::limits::Budget;
use crate::need::{Answer, Found, NeedKind, host};

/// The keys that `issuer` publishes, as far as they were found; none where it is no address that is asked.
#[inline(never)] // The way into a part that is loaded where it is needed.
pub fn published(issuer: &str, found: &Found) -> Option<Published> {
    let mut published = https::published(issuer, found)?;
    if let Some(address) = address(issuer) {
        read_metadata(&mut published, issuer, &address, found);
    }
    Some(published)
}

/// The well-known path stands between the host and the path of the issuer; an address with a query or a
/// fragment has no metadata.
fn address(issuer: &str) -> Option<String> {
    let host = host(issuer);
    let path = issuer.strip_prefix("https://")?.strip_prefix(host)?;
    let path = path.strip_suffix('/').unwrap_or(path);
    (!issuer.contains(['?', '#'])).then(|| ["https://", host, WELL_KNOWN, path].concat())
}

fn read_metadata(published: &mut Published, issuer: &str, address: &str, found: &Found) {
    let bytes = match found.answer(address) {
        None => return published.wanted.push((address.to_owned(), NeedKind::IssuerMetadata)),
        Some(Answer::Failed(reason)) => {
            // Why the key set cannot be had tells more, where it cannot be had either.
            published.unreachable.get_or_insert(reason);
            return;
        }
        Some(Answer::Document { bytes, .. }) => bytes,
    };
    let too_large = bytes.len() > usize::try_from(NeedKind::IssuerMetadata.bytes_max()).unwrap_or_default();
    let metadata = if too_large { None } else { json::parse(bytes, &mut Budget::full()).ok() };
    let member = |name: &str| metadata.as_ref().and_then(|metadata| metadata.get(name));
    if member("issuer").and_then(Value::as_str) != Some(issuer) {
        published.is_of_other |= member("issuer").is_some();
        published.unreachable.get_or_insert("key-set-malformed");
        return;
    }
    let domain = issuer.strip_prefix("https://").unwrap_or(issuer).trim_end_matches('/');
    match (member("jwks"), member("jwks_uri").and_then(Value::as_str)) {
        (Some(set), None) if member("jwks_uri").is_none() => published.add_keys(Some(set), domain),
        (None, Some(uri)) if is_web_address(uri) => published.read_key_set(uri, domain, found),
        _ => published.unreachable = Some("key-set-malformed"),
    }
}

const WELL_KNOWN: &str = "/.well-known/jwt-vc-issuer";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_metadata_stand_before_the_path() {
        let table = [
            ("https://a.example", Some("https://a.example/.well-known/jwt-vc-issuer")),
            ("https://a.example/", Some("https://a.example/.well-known/jwt-vc-issuer")),
            ("https://a.example:8443/t/1", Some("https://a.example:8443/.well-known/jwt-vc-issuer/t/1")),
            ("https://a.example/?t=1", None),
            ("https://a.example#t", None),
        ];
        for (issuer, expected) in table {
            assert_eq!(address(issuer).as_deref(), expected, "{issuer}");
        }
    }
}
