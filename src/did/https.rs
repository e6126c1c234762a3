//! Layer 2. Issuers whose id is an `https:` address: their profile there, and their host's key set.
//!
//! A key counts as the issuer's when it stands in the issuer's own document or in the JSON Web Key Set of
//! the same host (ruling 11). What stands at another address of that host is not looked at, though a
//! token may name it: a host has many tenants. A key in the fragment of an address is nobody's.
//! Spec: [OB 3.0 §8.2](https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof),
//! [RFC 7517 §5](https://www.rfc-editor.org/rfc/rfc7517#section-5).

use crate::codec::json::{self, Value};
use crate::crypto::key::key_from_jwk;
use crate::did::Resolution;
use crate::did::document::{self, VerificationMethod};
use crate::did::web::{is_exact_address, is_web_address};
use crate::limits::Budget;
use crate::need::{Answer, Found, NeedKind, host};

/// What is known of the keys of an issuer with an `https:` address.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// The keys, each with the host, and path where it is not all of the host, that published it.
    pub methods: Vec<(VerificationMethod, String)>,
    /// Documents that were not asked for yet.
    pub wanted: Vec<(String, NeedKind)>,
    /// Why the last of the documents that cannot be had cannot be had.
    pub unreachable: Option<&'static str>,
    /// Some document that publishes keys is at hand.
    pub has_keys: bool,
    /// What stands at the issuer's address belongs to somebody else.
    pub is_of_other: bool,
    /// What reads the documents that are at hand is not.
    pub is_waiting: bool,
}

/// The keys that `issuer` publishes, as far as they were found; none where it is no address that is
/// asked.
pub fn published(issuer: &str, found: &Found) -> Option<Published> {
    if !is_exact_address(issuer) {
        return None;
    }
    let mut published = Published::default();
    let origin = host(issuer);
    published.read_profile(issuer, without_fragment(issuer), found);
    published.read_key_set(&format!("https://{origin}/.well-known/jwks.json"), origin, found);
    Some(published)
}

/// Whether `address` is on the host of `issuer`.
pub fn is_of_same_host(address: &str, issuer: &str) -> bool {
    is_web_address(address) && is_web_address(issuer) && host(address) == host(issuer)
}

impl Published {
    fn read_profile(&mut self, issuer: &str, address: &str, found: &Found) {
        match document::provided(issuer, address, found) {
            Resolution::Document(document) => {
                self.has_keys |= !document.methods.is_empty();
                let domain = domain_of(address).to_owned();
                self.methods.extend(document.methods.into_iter().map(|method| (method, domain.clone())));
            }
            Resolution::Needed(address) => self.wanted.push((address, NeedKind::DidDocument)),
            Resolution::Unreachable(reason) => self.unreachable = Some(reason),
            Resolution::Refused(_) => self.is_of_other = true,
            Resolution::NotLoaded => self.is_waiting = true,
            Resolution::UnsupportedMethod => {}
        }
    }

    /// Reads the key set at `address`, which `domain` publishes.
    pub(super) fn read_key_set(&mut self, address: &str, domain: &str, found: &Found) {
        let bytes = match found.answer(address) {
            None => return self.wanted.push((address.to_owned(), NeedKind::Jwks)),
            Some(Answer::Failed(reason)) => return self.unreachable = Some(reason),
            Some(Answer::Document { .. }) if !found.engines.has_net() => return self.is_waiting = true,
            Some(Answer::Document { bytes, .. }) => bytes,
        };
        self.add_key_set(bytes, domain);
    }

    /// Behind `Engines::has_net` only.
    #[inline(never)]
    fn add_key_set(&mut self, bytes: &[u8], domain: &str) {
        let too_large = u32::try_from(bytes.len()).map_or(true, |bytes| bytes > NeedKind::Jwks.bytes_max());
        let set = if too_large { None } else { json::parse(bytes, &mut Budget::full()).ok() };
        self.add_keys(set.as_ref(), domain);
    }

    /// Adds the keys of `set`, which `domain` publishes.
    pub(super) fn add_keys(&mut self, set: Option<&Value>, domain: &str) {
        let Some(keys) = set.and_then(|set| set.get("keys")).and_then(Value::as_array) else {
            // What is no key set says nothing about the issuer's keys.
            return self.unreachable = Some("key-set-malformed");
        };
        self.has_keys = true;
        let keys = keys.iter().take(KEYS_MAX).map(|key| (in_key_set(key), domain.to_owned()));
        self.methods.extend(keys);
    }
}

fn in_key_set(key: &Value) -> VerificationMethod {
    VerificationMethod {
        id: key.get("kid").and_then(Value::as_str).unwrap_or_default().to_owned(),
        controller: None,
        withdrawn_at: None,
        for_assertion: key.get("use").is_none_or(|purpose| purpose.as_str() == Some("sig")),
        for_authentication: key.get("use").is_none_or(|purpose| purpose.as_str() == Some("sig")),
        key: key_from_jwk(key),
    }
}

fn without_fragment(address: &str) -> &str {
    address.split('#').next().unwrap_or(address)
}

/// Host and path, which is what whoever writes there controls: `example.org/someone` is not
/// `example.org`.
pub fn domain_of(address: &str) -> &str {
    let rest = address.strip_prefix("https://").unwrap_or(address);
    rest.trim_end_matches('/')
}

/// Keys of one set that are looked at.
const KEYS_MAX: usize = 256;
