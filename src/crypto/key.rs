//! Layer 1. Public keys as they are published: multikeys and JWKs.
//!
//! Only keys that can be verified with become a [`PublicKey`]; any other well-formed key is
//! [`KeyProblem::Unsupported`], which is not the key's fault and never an invalid signature. Whether
//! a point is on its curve is seen when something is verified with it.

use crate::codec::base64url;
use crate::codec::json::Value;
use crate::codec::multibase::{KeyType, Multikey};
use crate::crypto::rsa::RsaKey;
use crate::crypto::{Algorithm, Curve, PublicKey};

/// Why a published key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    /// A kind of key, or a way of writing one, that is not understood.
    Unsupported,
    /// It contradicts its own specification.
    Malformed,
    /// Too small to prove anything.
    Weak,
    /// Its publisher says that it is not for verifying signatures.
    OtherUse,
}

/// A key, or why it cannot be used.
pub type PublishedKey = Result<PublicKey, KeyProblem>;

/// A point on a curve of ECDSA, as [SEC 1](https://www.secg.org/sec1-v2.pdf) §2.3.3 writes it.
#[derive(Clone, Debug)]
pub struct EcKey {
    curve: Curve,
    /// 2 or 3 and the abscissa, or 4 and both coordinates.
    sec1: Vec<u8>,
}

impl EcKey {
    /// The point with these coordinates. Errors: [`KeyProblem::Malformed`] for other lengths.
    pub(super) fn from_coordinates(curve: Curve, x: &[u8], y: &[u8]) -> Result<EcKey, KeyProblem> {
        let length = curve.coordinate_bytes();
        if x.len() != length || y.len() != length {
            return Err(KeyProblem::Malformed);
        }
        Ok(EcKey { curve, sec1: [&[4], x, y].concat() })
    }

    /// The compressed point in `bytes`. Errors: [`KeyProblem::Malformed`] for any other spelling.
    fn from_compressed(curve: Curve, bytes: &[u8]) -> Result<EcKey, KeyProblem> {
        match bytes {
            [2 | 3, x @ ..] if x.len() == curve.coordinate_bytes() => {
                Ok(EcKey { curve, sec1: bytes.to_vec() })
            }
            _ => Err(KeyProblem::Malformed),
        }
    }

    /// The curve.
    pub fn curve(&self) -> Curve {
        self.curve
    }

    /// The point in SEC 1, as it was published: compressed or not.
    pub fn sec1(&self) -> &[u8] {
        &self.sec1
    }

    /// The abscissa, and whether the ordinate is odd: what makes a point of the curve.
    fn compressed(&self) -> (&[u8], bool) {
        let x = self.sec1.get(1..=self.curve.coordinate_bytes()).unwrap_or_default();
        let is_odd = match self.sec1.first() {
            Some(4) => self.sec1.last().is_some_and(|byte| byte % 2 == 1),
            sign => sign == Some(&3),
        };
        (x, is_odd)
    }
}

/// Spellings of one point are one key. Of what is no point of the curve, nothing is verified.
impl PartialEq for EcKey {
    fn eq(&self, other: &Self) -> bool {
        self.curve == other.curve && self.compressed() == other.compressed()
    }
}

impl Eq for EcKey {}

impl Curve {
    /// Bytes of a coordinate, and of r and s each.
    pub fn coordinate_bytes(self) -> usize {
        match self {
            Curve::P256 | Curve::Secp256k1 => 32,
            Curve::P384 => 48,
            Curve::P521 => 66,
        }
    }
}

/// The key of a multikey ([CID 1.0 §2.2.2](https://www.w3.org/TR/cid-1.0/#Multikey)).
///
/// Errors: [`KeyProblem::Unsupported`] for kinds of keys nothing here verifies with,
/// [`KeyProblem::OtherUse`] for those of encryption; those of [`RsaKey::from_der`].
pub fn key_from_multikey(multikey: &Multikey) -> PublishedKey {
    let bytes = &multikey.bytes;
    match multikey.key_type {
        KeyType::Ed25519 => ed25519(bytes),
        KeyType::P256 => EcKey::from_compressed(Curve::P256, bytes).map(PublicKey::Ec),
        KeyType::P384 => EcKey::from_compressed(Curve::P384, bytes).map(PublicKey::Ec),
        KeyType::P521 => EcKey::from_compressed(Curve::P521, bytes).map(PublicKey::Ec),
        KeyType::Secp256k1 => EcKey::from_compressed(Curve::Secp256k1, bytes).map(PublicKey::Ec),
        KeyType::Rsa => RsaKey::from_der(bytes).map(PublicKey::Rsa),
        KeyType::Bls12381G2 => bls12381_g2(bytes),
        // Nothing is signed with the one; with the other nothing that is read here.
        KeyType::X25519 => Err(KeyProblem::OtherUse),
        KeyType::Bls12381G1 => Err(KeyProblem::Unsupported),
    }
}

/// The key of a public JWK ([RFC 7517](https://www.rfc-editor.org/rfc/rfc7517#section-4),
/// [RFC 7518 §6](https://www.rfc-editor.org/rfc/rfc7518#section-6),
/// [RFC 8037 §2](https://www.rfc-editor.org/rfc/rfc8037#section-2)).
///
/// Errors: every [`KeyProblem`]. A key that names an algorithm is good for that one alone.
pub fn key_from_jwk(jwk: &Value) -> PublishedKey {
    // A private or shared key would have been published by mistake; its owner is not the only one
    // who can sign with it.
    if jwk.as_object().is_none() || SECRET_MEMBERS.iter().any(|name| jwk.get(name).is_some()) {
        return Err(KeyProblem::Malformed);
    }
    let bytes = |name: &str| {
        let text = jwk.get(name).and_then(Value::as_str).ok_or(KeyProblem::Malformed)?;
        base64url::decode(text).ok_or(KeyProblem::Malformed)
    };
    let crv = match jwk.get("crv") {
        None => None,
        Some(crv) => Some(crv.as_str().ok_or(KeyProblem::Malformed)?),
    };
    let point = |curve| EcKey::from_coordinates(curve, &bytes("x")?, &bytes("y")?).map(PublicKey::Ec);
    let key = match (jwk.get("kty").and_then(Value::as_str), crv) {
        (Some("OKP"), Some("Ed25519")) => ed25519(&bytes("x")?),
        (Some("EC"), Some("P-256")) => point(Curve::P256),
        (Some("EC"), Some("P-384")) => point(Curve::P384),
        (Some("EC"), Some("P-521")) => point(Curve::P521),
        // RFC 8812 §3.1.
        (Some("EC"), Some("secp256k1")) => point(Curve::Secp256k1),
        (Some("RSA"), None) => RsaKey::new(&bytes("n")?, &bytes("e")?).map(PublicKey::Rsa),
        (None | Some("RSA"), _) | (Some("OKP" | "EC"), None) => Err(KeyProblem::Malformed),
        // RFC 8037 §3.2: for agreeing on keys, never for signing.
        (Some("OKP"), Some("X25519" | "X448")) => Err(KeyProblem::OtherUse),
        _ => Err(KeyProblem::Unsupported),
    }?;
    permits_verifying(jwk)?;
    match jwk.get("alg") {
        None => Ok(key),
        Some(alg) => for_algorithm(key, alg.as_str().ok_or(KeyProblem::Malformed)?),
    }
}

/// Whether the `use` and `key_ops` of a JWK, where it has them, let it verify.
fn permits_verifying(jwk: &Value) -> Result<(), KeyProblem> {
    match jwk.get("use") {
        None => {}
        Some(Value::String(purpose)) if &**purpose == "sig" => {}
        Some(Value::String(_)) => return Err(KeyProblem::OtherUse),
        Some(_) => return Err(KeyProblem::Malformed),
    }
    if let Some(operations) = jwk.get("key_ops") {
        let names = operations.as_array().ok_or(KeyProblem::Malformed)?.iter().map(Value::as_str);
        let names: Vec<&str> = names.collect::<Option<_>>().ok_or(KeyProblem::Malformed)?;
        if !names.contains(&"verify") {
            return Err(KeyProblem::OtherUse);
        }
    }
    Ok(())
}

/// `key`, which its publisher allows for the algorithm `alg` alone.
fn for_algorithm(key: PublicKey, alg: &str) -> PublishedKey {
    match (algorithm(alg), key) {
        (Some(only), PublicKey::Rsa(key)) if only.is_rsa() => Ok(PublicKey::Rsa(key.only_for(only))),
        (Some(only), key) if key.algorithm() == Some(only) => Ok(key),
        // RFC 7518 §4.1: encryption.
        (None, PublicKey::Rsa(_)) if alg == "RSA1_5" || alg.starts_with("RSA-OAEP") => {
            Err(KeyProblem::OtherUse)
        }
        (None, PublicKey::Ec(_)) if alg.starts_with("ECDH-ES") => Err(KeyProblem::OtherUse),
        // Another curve's algorithm, or another kind of key's.
        _ => Err(KeyProblem::Malformed),
    }
}

/// The algorithm that JOSE calls `name`
/// ([RFC 7518 §3.1](https://www.rfc-editor.org/rfc/rfc7518#section-3.1),
/// [RFC 8037 §3.1](https://www.rfc-editor.org/rfc/rfc8037#section-3.1),
/// [RFC 8812 §3.2](https://www.rfc-editor.org/rfc/rfc8812#section-3.2)); none for those of shared secrets
/// and of encryption.
pub fn algorithm(name: &str) -> Option<Algorithm> {
    Some(match name {
        "EdDSA" | "Ed25519" => Algorithm::Ed25519,
        "ES256" => Algorithm::EcdsaP256Sha256,
        "ES384" => Algorithm::EcdsaP384Sha384,
        "ES512" => Algorithm::EcdsaP521Sha512,
        "ES256K" => Algorithm::EcdsaSecp256k1Sha256,
        "RS256" => Algorithm::RsaPkcs1Sha256,
        "RS384" => Algorithm::RsaPkcs1Sha384,
        "RS512" => Algorithm::RsaPkcs1Sha512,
        "PS256" => Algorithm::RsaPssSha256,
        "PS384" => Algorithm::RsaPssSha384,
        "PS512" => Algorithm::RsaPssSha512,
        _ => return None,
    })
}

/// A key of BBS: a compressed point of 96 bytes, whose first bit says that it is compressed.
pub fn bls12381_g2(bytes: &[u8]) -> PublishedKey {
    let is_compressed = bytes.first().is_some_and(|byte| byte & 0x80 != 0);
    let key = bytes.try_into().map(PublicKey::Bls12381G2).map_err(|_| KeyProblem::Malformed);
    if is_compressed { key } else { Err(KeyProblem::Malformed) }
}

/// A raw Ed25519 key: 32 bytes.
pub fn ed25519(bytes: &[u8]) -> PublishedKey {
    bytes.try_into().map(PublicKey::Ed25519).map_err(|_| KeyProblem::Malformed)
}

/// Members of private and shared keys
/// ([RFC 7518 §6](https://www.rfc-editor.org/rfc/rfc7518#section-6)).
const SECRET_MEMBERS: &[&str] = &["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::json;
    use crate::limits::Budget;

    fn read(jwk: &str) -> PublishedKey {
        key_from_jwk(&json::parse(jwk.as_bytes(), &mut Budget::full()).expect("JSON"))
    }

    #[test]
    fn a_jwk_is_read_strictly() {
        let coordinate = "A".repeat(43);
        let okp = format!(r#""kty":"OKP","crv":"Ed25519","x":"{coordinate}""#);
        let ec = format!(r#""kty":"EC","crv":"P-256","x":"{coordinate}","y":"{coordinate}""#);
        let rsa = format!(r#""kty":"RSA","e":"AQAB","n":"_{}Q""#, "A".repeat(340));
        for (key, extra, problem) in [
            (&okp, "", None),
            (&okp, r#","alg":"EdDSA","use":"sig","key_ops":["verify"]"#, None),
            (&okp, r#","alg":"Ed25519""#, None),
            (&okp, r#","alg":"ES256""#, Some(KeyProblem::Malformed)),
            (&okp, r#","d":"AA""#, Some(KeyProblem::Malformed)),
            (&okp, r#","k":null"#, Some(KeyProblem::Malformed)),
            (&okp, r#","use":"enc""#, Some(KeyProblem::OtherUse)),
            (&okp, r#","use":["sig"]"#, Some(KeyProblem::Malformed)),
            (&okp, r#","key_ops":["sign"]"#, Some(KeyProblem::OtherUse)),
            (&okp, r#","key_ops":[]"#, Some(KeyProblem::OtherUse)),
            (&okp, r#","key_ops":"verify""#, Some(KeyProblem::Malformed)),
            (&ec, r#","alg":"ES256","use":"sig""#, None),
            (&ec, r#","alg":"ES384""#, Some(KeyProblem::Malformed)),
            (&ec, r#","alg":"HS256""#, Some(KeyProblem::Malformed)),
            (&ec, r#","alg":"ECDH-ES+A128KW""#, Some(KeyProblem::OtherUse)),
            (&ec, r#","alg":7"#, Some(KeyProblem::Malformed)),
            (&rsa, "", None),
            (&rsa, r#","alg":"RS256""#, None),
            (&rsa, r#","alg":"PS256""#, None),
            (&rsa, r#","alg":"ES256""#, Some(KeyProblem::Malformed)),
            (&rsa, r#","alg":"RSA-OAEP-512""#, Some(KeyProblem::OtherUse)),
            (&ec, r#","alg":"ES256K""#, Some(KeyProblem::Malformed)),
            (&rsa, r#","alg":"RSA-OAEP""#, Some(KeyProblem::OtherUse)),
            (&rsa, r#","alg":"none""#, Some(KeyProblem::Malformed)),
            (&rsa, r#","crv":"P-256""#, Some(KeyProblem::Malformed)),
        ] {
            assert_eq!(read(&format!("{{{key}{extra}}}")).err(), problem, "{extra}");
        }
    }

    #[test]
    fn a_jwk_of_another_shape_is_no_key() {
        let (short, right, long) = ("A".repeat(42), "A".repeat(43), "A".repeat(64));
        let p256 = |x: &str, y: &str| format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}"}}"#);
        for jwk in
            [p256(&short, &right), p256(&right, &long), p256("", ""), p256(&right, &format!("{right}="))]
        {
            assert_eq!(read(&jwk), Err(KeyProblem::Malformed), "{jwk}");
        }
        for (jwk, problem) in [
            ("{}", KeyProblem::Malformed),
            ("[]", KeyProblem::Malformed),
            (r#"{"kty":"EC"}"#, KeyProblem::Malformed),
            (r#"{"kty":"EC","crv":["P-256"]}"#, KeyProblem::Malformed),
            (r#"{"kty":"EC","crv":"Ed25519","x":"AA"}"#, KeyProblem::Unsupported),
            (r#"{"kty":"OKP","crv":"P-256","x":"AA"}"#, KeyProblem::Unsupported),
            (r#"{"kty":"EC","crv":"secp256k1"}"#, KeyProblem::Malformed),
            (r#"{"kty":"OKP","crv":"Ed448","x":"AA"}"#, KeyProblem::Unsupported),
            (r#"{"kty":"OKP","crv":"X25519","x":"AA"}"#, KeyProblem::OtherUse),
            (r#"{"kty":"oct","k":"AA"}"#, KeyProblem::Malformed),
        ] {
            assert_eq!(read(jwk), Err(problem), "{jwk}");
        }
    }
}
