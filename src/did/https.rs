//! Layer 2. Issuers whose id is an `https:` address: their profile there, and their host's key set.
//!
//! A key counts as the issuer's when it stands in the issuer's own document, in the JSON Web Key Set
//! of the same host, or at the address on that host which a token names; all of them are the host's to
//! write. A key in the fragment of an address is nobody's.
//! Spec: [OB 3.0 §8.2](https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof),
//! [RFC 7517 §5](https://www.rfc-editor.org/rfc/rfc7517#section-5).

use crate::codec::json::{self, Value};
use crate::crypto::key::key_from_jwk;
use crate::did::Resolution;
use crate::did::document::{self, VerificationMethod};
use crate::did::web::is_web_address;
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
}

/// The keys that `issuer` publishes, as far as they were found; none where it is no address that is
/// asked. `key_address` is where a token says its key stands; it counts on the issuer's host only.
pub fn published(issuer: &str, key_address: Option<&str>, found: &Found) -> Option<Published> {
    if !is_web_address(issuer) {
        return None;
    }
    let mut published = Published::default();
    let origin = host(issuer);
    let profile = without_fragment(issuer);
    published.read_profile(issuer, profile, found);
    published.read_keys(&format!("https://{origin}/.well-known/jwks.json"), origin, None, found);
    if let Some(address) = key_address.filter(|address| is_web_address(address) && host(address) == origin) {
        let at = without_fragment(address);
        if at != profile {
            published.read_keys(at, domain_of(at), Some(address), found);
        }
    }
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
            Resolution::UnsupportedMethod => {}
        }
    }

    /// Reads a key set, or a single key, which is named by `name` too.
    fn read_keys(&mut self, address: &str, domain: &str, name: Option<&str>, found: &Found) {
        let bytes = match found.answer(address) {
            None => return self.wanted.push((address.to_owned(), NeedKind::Jwks)),
            Some(Answer::Failed(reason)) => return self.unreachable = Some(reason),
            Some(Answer::Document { bytes, .. }) => bytes,
        };
        let too_large = u32::try_from(bytes.len()).map_or(true, |bytes| bytes > NeedKind::Jwks.bytes_max());
        let set = if too_large { None } else { json::parse(bytes, &mut Budget::full()).ok() };
        let keys = match set.as_ref().map(|set| (set.get("keys"), set)) {
            Some((Some(Value::Array(keys)), _)) => keys.as_slice(),
            Some((None, single)) if name.is_some() && single.get("kty").is_some() => {
                std::slice::from_ref(single)
            }
            // What is no key set says nothing about the issuer's keys.
            _ => return self.unreachable = Some("key-set-malformed"),
        };
        self.has_keys = true;
        let is_single = keys.len() == 1 && set.as_ref().is_some_and(|set| set.get("kty").is_some());
        for key in keys.iter().take(KEYS_MAX) {
            let own = key.get("kid").and_then(Value::as_str).unwrap_or_default();
            let id = if is_single { name.unwrap_or(own) } else { own };
            self.methods.push((in_key_set(id, key), domain.to_owned()));
        }
    }
}

fn in_key_set(id: &str, key: &Value) -> VerificationMethod {
    VerificationMethod {
        id: id.to_owned(),
        controller: None,
        withdrawn_at: None,
        for_assertion: key.get("use").is_none_or(|purpose| purpose.as_str() == Some("sig")),
        key: key_from_jwk(key),
    }
}

fn without_fragment(address: &str) -> &str {
    address.split('#').next().unwrap_or(address)
}

/// Host and path, which is what whoever writes there controls: `example.org/someone` is not
/// `example.org`.
fn domain_of(address: &str) -> &str {
    let rest = address.strip_prefix("https://").unwrap_or(address);
    rest.trim_end_matches('/')
}

/// Keys of one set that are looked at.
const KEYS_MAX: usize = 256;
