//! Layer 2. `did:jwk`: the DID is a JWK, base64url-encoded.
//!
//! Spec: [did:jwk](https://github.com/quartzjer/did-jwk/blob/main/spec.md). Its one verification
//! method is `#0`, good for assertions unless the JWK's `use` says it is for encryption.

use crate::codec::base64url;
use crate::codec::json::{self, Value};
use crate::codec::spec;
use crate::crypto::key::key_from_jwk;
use crate::did::document::{DidDocument, VerificationMethod};
use crate::did::{Method, Resolution};
use crate::limits::Budget;
use crate::need::Found;

pub(super) const METHOD: Method = Method {
    name: "jwk",
    spec: spec("https://github.com/quartzjer/did-jwk/blob/main/spec.md"),
    resolve,
    address: |_| None,
    domain: |_| None,
};

fn resolve(did: &str, _: &Found) -> Resolution {
    let jwk = did
        .strip_prefix("did:jwk:")
        .and_then(base64url::decode)
        .and_then(|bytes| json::parse(&bytes, &mut Budget::full()).ok());
    let Some(jwk) = jwk.filter(|jwk| jwk.as_object().is_some()) else {
        return Resolution::Refused("did-malformed");
    };
    Resolution::Document(DidDocument {
        id: did.to_owned(),
        methods: vec![VerificationMethod {
            id: format!("{did}#0"),
            controller: Some(did.to_owned()),
            withdrawn_at: None,
            for_assertion: jwk.get("use").and_then(Value::as_str) != Some("enc"),
            for_authentication: jwk.get("use").and_then(Value::as_str) != Some("enc"),
            key: key_from_jwk(&jwk),
        }],
    })
}
