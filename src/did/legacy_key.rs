//! Layer 2. Keys as verification methods of older suites write them.
//!
//! The type says what the bytes are, so each is read under the types that define it and no other. Spec:
//! [Security Vocabulary](https://w3c-ccg.github.io/security-vocab/), [Linked Data Cryptographic Suite
//! Registry](https://w3c-ccg.github.io/ld-cryptosuite-registry/).

use crate::codec::json::Value;
use crate::codec::{base64url, multibase};
use crate::crypto::key::{KeyProblem, PublishedKey, bls12381_g2, point};
use crate::crypto::rsa::RsaKey;
use crate::crypto::{Curve, PublicKey};

/// The key of the verification method `entry`, in base58, hexadecimal digits or PEM; two ways at once are
/// refused. Behind `has_more` only.
///
/// Errors: [`KeyProblem::Malformed`], [`KeyProblem::Unsupported`] for types that are not understood; those of
/// the keys.
#[inline(never)]
pub fn legacy_key(entry: &Value) -> PublishedKey {
    let text = |name: &str| entry.get(name).and_then(Value::as_str);
    let kind = text("type").unwrap_or_default();
    match (text("publicKeyBase58"), text("publicKeyHex"), text("publicKeyPem")) {
        (Some(base58), None, None) => {
            let bytes = multibase::decode(&format!("z{base58}")).ok_or(KeyProblem::Malformed)?;
            from_bytes(kind, &bytes)
        }
        (None, Some(digits), None) => from_bytes(kind, &hexadecimal(digits).ok_or(KeyProblem::Malformed)?),
        (None, None, Some(pem)) if kind == "RsaVerificationKey2018" => from_pem(pem).map(PublicKey::Rsa),
        (None, None, Some(_)) => Err(KeyProblem::Unsupported),
        _ => Err(KeyProblem::Malformed),
    }
}

fn from_bytes(kind: &str, bytes: &[u8]) -> PublishedKey {
    match kind {
        "EcdsaSecp256k1VerificationKey2019" => point(Curve::Secp256k1, bytes),
        "EcdsaSecp256r1VerificationKey2019" => point(Curve::P256, bytes),
        "Bls12381G2Key2020" => bls12381_g2(bytes),
        "X25519KeyAgreementKey2019" | "X25519KeyAgreementKey2020" => Err(KeyProblem::OtherUse),
        _ => Err(KeyProblem::Unsupported),
    }
}

/// The key in PEM, as [RFC 7468 §13](https://www.rfc-editor.org/rfc/rfc7468#section-13) writes it.
fn from_pem(pem: &str) -> Result<RsaKey, KeyProblem> {
    let body = pem.trim().strip_prefix("-----BEGIN PUBLIC KEY-----");
    let body = body.and_then(|rest| rest.strip_suffix("-----END PUBLIC KEY-----"));
    let base64: String = body.ok_or(KeyProblem::Malformed)?.split_ascii_whitespace().collect();
    let der = base64url::decode_any_alphabet(&base64).ok_or(KeyProblem::Malformed)?;
    RsaKey::from_public_key_info(&der)
}

/// The bytes of pairs of hexadecimal digits.
fn hexadecimal(digits: &str) -> Option<Vec<u8>> {
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let bytes = pairs.iter().map(|[high, low]| Some(value(*high)? << 4 | value(*low)?));
    if rest.is_empty() { bytes.collect() } else { None }
}
