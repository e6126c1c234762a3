//! Layer 2. `did:key`: the DID is the key.
//!
//! Spec: [did:key](https://w3c-ccg.github.io/did-key-spec/). No document is fetched, and nothing
//! but the key is established: a `did:key` issuer has no identity beyond it.

use crate::codec::multibase;
use crate::codec::spec;
use crate::crypto::key::key_from_multikey;
use crate::did::document::{DidDocument, VerificationMethod};
use crate::did::{Method, Resolution};
use crate::need::Found;

pub(super) const METHOD: Method = Method {
    name: "key",
    spec: spec("https://w3c-ccg.github.io/did-key-spec/#document-creation-algorithm"),
    resolve,
    address: |_| None,
    domain: |_| None,
};

fn resolve(did: &str, _: &Found) -> Resolution {
    let Some(encoded) = did.strip_prefix("did:key:") else {
        return Resolution::Refused("did-malformed");
    };
    // The method allows base58btc only, so that one key has one DID.
    let multikey = if encoded.starts_with('z') { multibase::decode_multikey(encoded) } else { None };
    match multikey {
        Some(multikey) => Resolution::Document(DidDocument {
            id: did.to_owned(),
            methods: vec![VerificationMethod {
                id: format!("{did}#{encoded}"),
                controller: Some(did.to_owned()),
                withdrawn_at: None,
                for_assertion: true,
                for_authentication: true,
                key: key_from_multikey(&multikey),
            }],
        }),
        None => Resolution::Refused("did-malformed"),
    }
}
