//! Layer 1. Public keys as they are published: multikeys and JWKs.
//!
//! Only kinds of keys that can be verified with become a [`PublicKey`]; any other well-formed key
//! is [`KeyProblem::Unsupported`], which is not the key's fault and never an invalid signature.

use crate::codec::base64url;
use crate::codec::json::Value;
use crate::codec::multibase::{KeyType, Multikey};
use crate::crypto::PublicKey;

/// Why a published key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    /// A kind of key, or a way of writing one, that is not understood.
    Unsupported,
    /// It contradicts its own specification.
    Malformed,
}

/// A key, or why it cannot be used.
pub type PublishedKey = Result<PublicKey, KeyProblem>;

/// The key of a multikey ([CID 1.0 §2.2.2](https://www.w3.org/TR/cid-1.0/#Multikey)).
pub fn key_from_multikey(multikey: &Multikey) -> PublishedKey {
    match multikey.key_type {
        KeyType::Ed25519 => ed25519(&multikey.bytes),
        _ => Err(KeyProblem::Unsupported),
    }
}

/// The key of a public JWK ([RFC 8037 §2](https://www.rfc-editor.org/rfc/rfc8037#section-2)).
pub fn key_from_jwk(jwk: &Value) -> PublishedKey {
    let member = |name: &str| jwk.get(name).and_then(Value::as_str);
    // A private key here would have been published by mistake; its owner is not the only one
    // who can sign with it.
    if jwk.get("d").is_some() {
        return Err(KeyProblem::Malformed);
    }
    match (member("kty"), member("crv"), member("x")) {
        (Some("OKP"), Some("Ed25519"), Some(x)) => {
            ed25519(&base64url::decode(x).ok_or(KeyProblem::Malformed)?)
        }
        (Some("OKP"), Some("Ed25519"), None) | (None, _, _) => Err(KeyProblem::Malformed),
        _ => Err(KeyProblem::Unsupported),
    }
}

/// A raw Ed25519 key: 32 bytes.
pub fn ed25519(bytes: &[u8]) -> PublishedKey {
    bytes.try_into().map(PublicKey::Ed25519).map_err(|_| KeyProblem::Malformed)
}
