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

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer, SigningKey};

    use super::*;

    fn signed(message: &[u8]) -> ([u8; 32], [u8; 64]) {
        let key = SigningKey::from_bytes(&[7; 32]);
        (key.verifying_key().to_bytes(), key.sign(message).to_bytes())
    }

    #[test]
    fn a_signature_holds_for_its_message_and_key_only() {
        let (key, signature) = signed(b"message");
        assert!(verify_ed25519(&key, b"message", &signature).is_ok());
        assert!(verify_ed25519(&key, b"massage", &signature).is_err());
        assert!(verify_ed25519(&key, b"message", &signature[..63]).is_err());
        let other = SigningKey::from_bytes(&[8; 32]).verifying_key().to_bytes();
        assert!(verify_ed25519(&other, b"message", &signature).is_err());
        assert!(verify_ed25519(&key, b"message", &[]).is_err());
    }

    #[test]
    fn small_order_and_non_canonical_keys_are_refused() {
        let (_, signature) = signed(b"");
        let mut identity = [0; 32];
        identity[0] = 1;
        // y = p + 1, another spelling of the identity.
        let mut padded = [0xff; 32];
        padded[0] = 0xee;
        padded[31] = 0x7f;
        // A key of order eight, with which one signature holds for every message.
        let eighth: [u8; 32] = [
            0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
            0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
        ];
        for key in [[0; 32], identity, padded, eighth] {
            assert_eq!(verify_ed25519(&key, b"", &signature).err(), Some(Refused::BadKey), "{key:?}");
        }
    }

    #[test]
    fn a_signature_has_one_spelling() {
        let (key, mut signature) = signed(b"message");
        // s + L verifies under lax readings of RFC 8032.
        let order: [u8; 32] = [
            0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
        ];
        let mut carry = 0;
        for (byte, add) in signature[32..].iter_mut().zip(order) {
            let sum = u16::from(*byte) + u16::from(add) + carry;
            *byte = sum.to_le_bytes()[0];
            carry = sum >> 8;
        }
        assert_eq!(verify_ed25519(&key, b"message", &signature).err(), Some(Refused::BadSignature));
    }
}
