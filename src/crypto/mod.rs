//! Layer 1. Thin wrappers over the signature crates; strict variants only.
//!
//! This module is the only maker of [`SignatureVerified`]: whoever holds one knows that a
//! signature over some bytes was checked and held. It decides nothing about whose key it was.
//!
//! A key has a kind, and an [`Algorithm`] asks for one; there is no other way to combine them. What is large
//! and rarely met in a browser may be missing here and stand in a module that is loaded when a signature
//! asks for it: see [`Engines`].

#[cfg(feature = "certificates")]
pub mod certificates;
#[cfg(feature = "ecdsa")]
pub mod ecdsa;
pub mod engine_code;
pub mod key;
pub mod lent;
#[cfg(feature = "pairing")]
pub mod pairing;
pub mod pem;
#[cfg(feature = "rare-keys")]
pub mod rare_keys;
pub mod rsa;
#[cfg(feature = "rsa-signatures")]
pub mod rsa_signatures;

use std::fmt;
use std::rc::Rc;

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::crypto::key::EcKey;
use crate::crypto::rsa::RsaKey;

/// Proof that a signature was verified. Only this module can make one.
#[derive(Clone, Copy, Debug)]
pub struct SignatureVerified(());

impl SignatureVerified {
    #[cfg(test)]
    pub(crate) const FOR_TESTS: SignatureVerified = SignatureVerified(());
}

/// A public key of a kind that can be verified with. Two are equal when they are the same key,
/// however each was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// Ed25519, 32 bytes, compressed.
    Ed25519([u8; 32]),
    /// A point on a curve of ECDSA.
    Ec(EcKey),
    /// RSA, 2048 to 4096 bits.
    Rsa(RsaKey),
    /// A point of the second group of BLS12-381, compressed. BBS signs with such keys, nothing else.
    Bls12381G2([u8; 96]),
}

/// A curve of ECDSA ([FIPS 186-5](https://csrc.nist.gov/pubs/fips/186-5/final),
/// [SEC 2](https://www.secg.org/sec2-v2.pdf)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// P-256, also called secp256r1.
    P256,
    /// P-384, also called secp384r1.
    P384,
    /// P-521, also called secp521r1.
    P521,
    /// secp256k1, which is not P-256.
    Secp256k1,
}

/// How a signature is made: scheme, key kind and hash in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// Ed25519 ([RFC 8032 §5.1](https://www.rfc-editor.org/rfc/rfc8032#section-5.1)).
    Ed25519,
    /// ECDSA over P-256 with SHA-256; the signature is r and s, 32 bytes each.
    EcdsaP256Sha256,
    /// ECDSA over P-384 with SHA-384; the signature is r and s, 48 bytes each.
    EcdsaP384Sha384,
    /// ECDSA over P-521 with SHA-512; the signature is r and s, 66 bytes each.
    EcdsaP521Sha512,
    /// ECDSA over secp256k1 with SHA-256; the signature is r and s, 32 bytes each
    /// ([RFC 8812 §3.2](https://www.rfc-editor.org/rfc/rfc8812#section-3.2)).
    EcdsaSecp256k1Sha256,
    /// RSASSA-PKCS1-v1_5 with SHA-256
    /// ([RFC 8017 §8.2](https://www.rfc-editor.org/rfc/rfc8017#section-8.2)).
    RsaPkcs1Sha256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    RsaPkcs1Sha384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    RsaPkcs1Sha512,
    /// RSASSA-PSS with SHA-256, also in MGF1, and a salt of 32 bytes
    /// ([RFC 7518 §3.5](https://www.rfc-editor.org/rfc/rfc7518#section-3.5)).
    RsaPssSha256,
    /// RSASSA-PSS with SHA-384, also in MGF1, and a salt of 48 bytes.
    RsaPssSha384,
    /// RSASSA-PSS with SHA-512, also in MGF1, and a salt of 64 bytes.
    RsaPssSha512,
}

/// Why a signature was not verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The key is no point, of small order, or not canonically encoded.
    BadKey,
    /// The signature has the wrong length or does not hold.
    BadSignature,
    /// The key is not one for this algorithm.
    OtherKeyType,
    /// The code for this algorithm is neither linked nor loaded: the [`part`] of this name is missing. Says
    /// nothing about the signature.
    NotLoaded(&'static str),
}

/// A module that answers questions, both as [`lent`] packs them; none where it cannot.
pub type Lent = dyn Fn(&[u8]) -> Option<Vec<u8>>;

/// The parts of the package beside the module that every page loads, by the names that reports, the
/// shell and the build have for them. A check that waits for one is Unknown, with the reason
/// `part-not-loaded` and the name as `part`.
pub mod part {
    /// What reads documents that were fetched, likewise. No credential needs it that holds all there is to know.
    pub const NET: &str = "net";
    /// Formats, containers and lists that few pages meet: more of the same program, in the same memory.
    pub const MORE: &str = "more";
    /// What is drawn when a reader opens something, likewise. No verification needs it.
    pub const LOOK: &str = "look";
    /// ECDSA over P-256 and P-384.
    pub const CURVES: &str = "curves";
    /// RSA.
    pub const RSA: &str = "rsa";
    /// ECDSA over P-521 and secp256k1.
    pub const RARE_KEYS: &str = "rare-keys";
    /// BBS proofs over BLS12-381.
    pub const PAIRING: &str = "pairing";
    /// JSON Schema.
    pub const SCHEMA: &str = "schema";
    /// Paths of X.509 certificates.
    pub const CERTIFICATES: &str = "certificates";
    /// What this verifier knows. No verification needs it.
    pub const ABOUT: &str = "about";
    /// Those of the parts that are modules of their own, and are asked.
    pub const LENT: &[&str] = &[CURVES, RSA, RARE_KEYS, PAIRING, SCHEMA, CERTIFICATES];
}

/// The code that is at hand beside what is always linked. It belongs to what was found: the core asks
/// for nothing and loads nothing itself.
#[derive(Clone)]
pub struct Engines {
    lent: Vec<(&'static str, Rc<Lent>)>,
    net: bool,
    more: bool,
}

impl Engines {
    /// Only what is always linked: Ed25519.
    pub const NONE: Engines = Engines { lent: Vec::new(), net: false, more: false };

    /// These engines, with a module that was lent for `part`.
    pub fn with(mut self, part: &'static str, module: Rc<Lent>) -> Engines {
        self.lent.push((part, module));
        self
    }

    /// These engines, and the part [`part::NET`] is there.
    pub fn with_net(self) -> Engines {
        Engines { net: true, ..self }
    }

    /// These engines, and the part [`part::MORE`] is there, which brings along [`part::NET`].
    pub fn with_more(self) -> Engines {
        Engines { net: true, more: true, ..self }
    }

    /// Whether the part [`part::NET`] is there; [`has_more`](Self::has_more) says what follows from that.
    pub fn has_net(&self) -> bool {
        self.net
    }

    /// Whether the part [`part::MORE`] is there. Its functions are called behind this question only:
    /// where it is not loaded, they are not there to be called.
    pub fn has_more(&self) -> bool {
        self.more
    }

    /// What the module lent for `part` answers to `question`; none where it is not there or cannot.
    pub fn ask(&self, part: &str, question: &[&[u8]]) -> Option<Vec<u8>> {
        let (_, module) = self.lent.iter().find(|(lent, _)| *lent == part)?;
        module(&lent::pack(question))
    }
}

/// Everything that is linked.
impl Default for Engines {
    fn default() -> Self {
        let engines = Engines::NONE;
        #[cfg(feature = "certificates")]
        let engines = engines.with(part::CERTIFICATES, Rc::new(certificates::answer));
        #[cfg(feature = "more")]
        let engines = engines.with_more();
        #[cfg(feature = "ecdsa")]
        let engines = engines.with(part::CURVES, Rc::new(ecdsa::answer));
        #[cfg(feature = "rsa-signatures")]
        let engines = engines.with(part::RSA, Rc::new(rsa_signatures::answer));
        #[cfg(feature = "pairing")]
        let engines = engines.with(part::PAIRING, Rc::new(pairing::answer));
        #[cfg(feature = "rare-keys")]
        let engines = engines.with(part::RARE_KEYS, Rc::new(rare_keys::answer));
        #[cfg(feature = "schema")]
        let engines = engines
            .with(part::SCHEMA, Rc::new(|question| lent::answered(question, crate::schema::lent::answer)));
        engines
    }
}

impl fmt::Debug for Engines {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let names = self.lent.iter().map(|(part, _)| *part);
        let linked = [(self.net, part::NET), (self.more, part::MORE)];
        let linked = linked.into_iter().filter_map(|(is_there, part)| is_there.then_some(part));
        formatter.debug_list().entries(names.chain(linked)).finish()
    }
}

impl PublicKey {
    /// The algorithm this key verifies by, where its kind, or whoever published it, leaves no choice.
    pub fn algorithm(&self) -> Option<Algorithm> {
        match self {
            PublicKey::Ed25519(_) => Some(Algorithm::Ed25519),
            PublicKey::Ec(key) => Some(key.curve().algorithm()),
            PublicKey::Rsa(key) => key.algorithm(),
            PublicKey::Bls12381G2(_) => None,
        }
    }

    /// Whether `algorithm` asks for a key of this kind, and whoever published it allows it.
    fn serves(&self, algorithm: Algorithm) -> bool {
        match (self, self.algorithm()) {
            (_, Some(only)) => only == algorithm,
            (PublicKey::Rsa(_), None) => algorithm.is_rsa(),
            (_, None) => false,
        }
    }
}

impl Algorithm {
    /// Whether it asks for an RSA key.
    pub fn is_rsa(self) -> bool {
        match self {
            Algorithm::RsaPkcs1Sha256
            | Algorithm::RsaPkcs1Sha384
            | Algorithm::RsaPkcs1Sha512
            | Algorithm::RsaPssSha256
            | Algorithm::RsaPssSha384
            | Algorithm::RsaPssSha512 => true,
            Algorithm::Ed25519
            | Algorithm::EcdsaP256Sha256
            | Algorithm::EcdsaP384Sha384
            | Algorithm::EcdsaP521Sha512
            | Algorithm::EcdsaSecp256k1Sha256 => false,
        }
    }
}

impl Curve {
    /// The one way of signing with a key on this curve.
    fn algorithm(self) -> Algorithm {
        match self {
            Curve::P256 => Algorithm::EcdsaP256Sha256,
            Curve::P384 => Algorithm::EcdsaP384Sha384,
            Curve::P521 => Algorithm::EcdsaP521Sha512,
            Curve::Secp256k1 => Algorithm::EcdsaSecp256k1Sha256,
        }
    }
}

/// Verifies `signature` over `message` by `algorithm`, which must be one that `key` serves.
///
/// Errors: every [`Refused`]. Costs one signature of the caller's `Budget`.
pub fn verify(
    algorithm: Algorithm,
    key: &PublicKey,
    message: &[u8],
    signature: &[u8],
    engines: &Engines,
) -> Result<SignatureVerified, Refused> {
    if !key.serves(algorithm) {
        return Err(Refused::OtherKeyType);
    }
    match key {
        PublicKey::Ed25519(key) => verify_ed25519(key, message, signature)?,
        PublicKey::Ec(key) => {
            let part = match key.curve() {
                Curve::P256 | Curve::P384 => part::CURVES,
                Curve::P521 | Curve::Secp256k1 => part::RARE_KEYS,
            };
            let code = [engine_code::of_algorithm(algorithm)];
            let question: [&[u8]; 4] = [&code, key.sec1(), message, signature];
            engine_code::answer(engines.ask(part, &question), part)?;
        }
        PublicKey::Rsa(key) => {
            let code = [engine_code::of_algorithm(algorithm)];
            let question: [&[u8]; 4] = [&code, &key.to_engine(), message, signature];
            engine_code::answer(engines.ask(part::RSA, &question), part::RSA)?;
        }
        PublicKey::Bls12381G2(_) => return Err(Refused::OtherKeyType),
    }
    Ok(SignatureVerified(()))
}

/// Verifies that whoever made `proof` had a BBS signature by `key` over `header` and messages, among them
/// those in `disclosed`, each behind its place in four bytes, the most significant first.
///
/// Errors: every [`Refused`]. Costs about a signature of the caller's `Budget` for each message.
pub fn verify_bbs(
    key: &PublicKey,
    [header, presentation_header, proof]: [&[u8]; 3],
    disclosed: &[([u8; 4], &[u8])],
    engines: &Engines,
) -> Result<SignatureVerified, Refused> {
    let PublicKey::Bls12381G2(key) = key else { return Err(Refused::OtherKeyType) };
    let mut question = vec![&key[..], header, presentation_header, proof];
    for (place, message) in disclosed {
        question.extend([&place[..], message]);
    }
    engine_code::answer(engines.ask(part::PAIRING, &question), part::PAIRING)?;
    Ok(SignatureVerified(()))
}

/// Verifies an Ed25519 `signature` over `message` ([RFC 8032 §5.1.7]), refusing small-order keys
/// and nonces and non-canonical encodings of both.
///
/// [RFC 8032 §5.1.7]: https://www.rfc-editor.org/rfc/rfc8032#section-5.1.7
fn verify_ed25519(key: &[u8; 32], message: &[u8], signature: &[u8]) -> Result<(), Refused> {
    let key = VerifyingKey::from_bytes(key).map_err(|_| Refused::BadKey)?;
    if key.is_weak() || key.to_edwards().compress().as_bytes() != key.as_bytes() {
        return Err(Refused::BadKey);
    }
    let signature = Signature::from_slice(signature).map_err(|_| Refused::BadSignature)?;
    key.verify_strict(message, &signature).map_err(|_| Refused::BadSignature)
}

/// The SHA-256 digest of `bytes`.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The SHA-384 digest of `bytes`.
pub fn sha384(bytes: &[u8]) -> [u8; 48] {
    Sha384::digest(bytes).into()
}

/// The SHA-512 digest of `bytes`.
pub fn sha512(bytes: &[u8]) -> [u8; 64] {
    Sha512::digest(bytes).into()
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
            assert_eq!(verify_ed25519(&key, b"", &signature), Err(Refused::BadKey), "{key:?}");
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
        assert_eq!(verify_ed25519(&key, b"message", &signature), Err(Refused::BadSignature));
    }

    fn ec_key(sec1: &[u8]) -> PublicKey {
        let text = |bytes: &[u8]| crate::codec::base64url::encode(bytes);
        let (x, y) = sec1[1..].split_at(sec1.len() / 2);
        let crv = if x.len() == 32 { "P-256" } else { "P-384" };
        let jwk = format!(r#"{{"kty":"EC","crv":"{crv}","x":"{}","y":"{}"}}"#, text(x), text(y));
        let jwk = crate::codec::json::parse(jwk.as_bytes(), &mut crate::limits::Budget::full());
        key::key_from_jwk(&jwk.expect("JSON")).expect("a key")
    }

    #[test]
    fn ecdsa_needs_its_engine() {
        use p256::ecdsa::SigningKey;
        use p256::ecdsa::signature::hazmat::PrehashSigner;

        let signer = SigningKey::from_slice(&[7; 32]).expect("a key");
        let signature: p256::ecdsa::Signature = signer.sign_prehash(&sha256(b"message")).expect("signed");
        let signature = signature.to_bytes();
        let key = ec_key(signer.verifying_key().to_sec1_point(false).as_bytes());
        let linked = Engines::default();
        let verdict = |algorithm, message: &[u8], signature: &[u8], engines: &Engines| {
            verify(algorithm, &key, message, signature, engines).err()
        };
        let p256 = Algorithm::EcdsaP256Sha256;
        assert_eq!(verdict(p256, b"message", &signature, &linked), None);
        assert_eq!(verdict(p256, b"massage", &signature, &linked), Some(Refused::BadSignature));
        assert_eq!(verdict(p256, b"message", &signature[1..], &linked), Some(Refused::BadSignature));
        assert_eq!(verdict(p256, b"message", &[0; 64], &linked), Some(Refused::BadSignature));
        let missing = Some(Refused::NotLoaded(part::CURVES));
        assert_eq!(verdict(p256, b"message", &signature, &Engines::NONE), missing);
        for other in engine_code::ALGORITHMS.into_iter().filter(|other| *other != p256) {
            assert_eq!(verdict(other, b"message", &signature, &linked), Some(Refused::OtherKeyType));
        }
    }

    #[test]
    fn spellings_of_a_point_are_one_key_and_no_point_is_none() {
        use crate::codec::multibase::decode_multikey;

        let signer = p384::ecdsa::SigningKey::from_slice(&[9; 48]).expect("a key");
        let point = |compress| signer.verifying_key().to_sec1_point(compress);
        let whole = ec_key(point(false).as_bytes());
        let multikey = [&[0x81, 0x24][..], point(true).as_bytes()].concat();
        let multikey = format!("u{}", crate::codec::base64url::encode(&multikey));
        let compressed = key::key_from_multikey(&decode_multikey(&multikey).expect("a multikey"));
        assert_eq!(compressed, Ok(whole.clone()));
        let mut bent = point(false).as_bytes().to_vec();
        bent[96] ^= 1;
        assert_ne!(ec_key(&bent), whole);
        bent[96] ^= 3;
        let p384 = Algorithm::EcdsaP384Sha384;
        let refused = verify(p384, &ec_key(&bent), b"", &[1; 96], &Engines::default()).err();
        assert_eq!(refused, Some(Refused::BadKey));
    }
}
