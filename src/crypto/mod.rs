//! Layer 1. Thin wrappers over the signature crates; strict variants only.
//!
//! This module is the only maker of [`SignatureVerified`]: whoever holds one knows that a
//! signature over some bytes was checked and held. It decides nothing about whose key it was.

pub mod key;

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

/// Proof that a signature was verified. Only this module can make one.
#[derive(Clone, Copy, Debug)]
pub struct SignatureVerified(());

impl SignatureVerified {
    #[cfg(test)]
    pub(crate) const FOR_TESTS: SignatureVerified = SignatureVerified(());
}

/// A public key of a kind that can be verified with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// Ed25519, 32 bytes, compressed.
    Ed25519([u8; 32]),
}

/// Why a signature was not verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The key is no point, of small order, or not canonically encoded.
    BadKey,
    /// The signature has the wrong length or does not hold.
    BadSignature,
}

/// Verifies an Ed25519 `signature` over `message` ([RFC 8032 §5.1.7]), refusing small-order keys
/// and nonces and non-canonical encodings of both.
///
/// [RFC 8032 §5.1.7]: https://www.rfc-editor.org/rfc/rfc8032#section-5.1.7
pub fn verify_ed25519(
    key: &[u8; 32],
    message: &[u8],
    signature: &[u8],
) -> Result<SignatureVerified, Refused> {
    let key = VerifyingKey::from_bytes(key).map_err(|_| Refused::BadKey)?;
    if key.is_weak() || key.to_edwards().compress().as_bytes() != key.as_bytes() {
        return Err(Refused::BadKey);
    }
    let signature = Signature::from_slice(signature).map_err(|_| Refused::BadSignature)?;
    match key.verify_strict(message, &signature) {
        Ok(()) => Ok(SignatureVerified(())),
        Err(_) => Err(Refused::BadSignature),
    }
}

/// The SHA-256 digest of `bytes`.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
