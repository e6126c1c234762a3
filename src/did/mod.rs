//! Layer 2. From a DID to the keys its controller published, without fetching anything.
//!
//! A method is one file and one line in [`METHODS`]. Documents are read strictly: what is not
//! understood is not a key. Spec: [DID Core](https://www.w3.org/TR/did-core/),
//! [CID](https://www.w3.org/TR/cid-1.0/).

pub mod document;
pub mod https;
mod jwk;
pub mod jwt_vc_issuer;
mod key;
mod legacy_key;
pub mod web;

use crate::did::document::DidDocument;
use crate::need::Found;

/// One DID method.
pub struct Method {
    /// `key`, `web`, …
    pub name: &'static str,
    /// The specification it follows.
    pub spec: &'static str,
    /// Resolves a DID of this method.
    pub resolve: fn(did: &str, found: &Found) -> Resolution,
    /// The address of the document of a DID of this method, where it stands at one.
    pub address: fn(did: &str) -> Option<String>,
    /// What control of the DID proves control of: host and path.
    pub domain: fn(did: &str) -> Option<String>,
}

/// Every method that is understood.
pub const METHODS: &[Method] = &[key::METHOD, jwk::METHOD, web::METHOD];

/// What came of resolving.
#[derive(Clone, Debug)]
pub enum Resolution {
    /// The document.
    Document(DidDocument),
    /// The document must be fetched from here.
    Needed(String),
    /// The document was asked for and cannot be had, for this reason.
    Unreachable(&'static str),
    /// What is there is no document of this DID, for this reason.
    Refused(&'static str),
    /// The document is at hand; what reads it is in the part [`NET`](crate::crypto::part::NET), which is not.
    NotLoaded,
    /// Nobody here knows this method.
    UnsupportedMethod,
}

/// Resolves `did`, which has no fragment. A DID of no known method may still have been provided.
pub fn resolve(did: &str, found: &Found) -> Resolution {
    match method(did) {
        Some(method) => (method.resolve)(did, found),
        None => match document::provided(did, did, found) {
            Resolution::Needed(_) => Resolution::UnsupportedMethod,
            other => other,
        },
    }
}

/// The method of `did`, if it is known.
pub fn method(did: &str) -> Option<&'static Method> {
    let (name, _) = did.strip_prefix("did:")?.split_once(':')?;
    METHODS.iter().find(|method| method.name == name)
}
