//! Tokens of test issuers: keys of every kind that signs them, from labels that stand here for everybody
//! to read. They protect nothing.

use ed25519_dalek::Signer as _;
use rsa::pkcs1v15::Pkcs1v15Sign;
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, RsaPrivateKey};
use verify_credential::codec::base64url;
use verify_credential::crypto::{sha256, sha384};

use super::signer::Issuer;

/// A key pair anybody can make.
pub enum Key {
    Ed25519(Issuer),
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    Rsa(Box<RsaPrivateKey>),
}

impl Key {
    /// The Ed25519 key of `label`.
    pub fn ed25519(label: &str) -> Key {
        Key::Ed25519(Issuer::of(label))
    }

    /// The P-256 key of `label`.
    pub fn p256(label: &str) -> Key {
        let seed = sha256(format!("verify-credential test key, protects nothing: {label}").as_bytes());
        Key::P256(p256::ecdsa::SigningKey::from_slice(&seed).expect("a scalar"))
    }

    /// The P-384 key of `label`.
    pub fn p384(label: &str) -> Key {
        let seed = sha384(format!("verify-credential test key, protects nothing: {label}").as_bytes());
        Key::P384(p384::ecdsa::SigningKey::from_slice(&seed).expect("a scalar"))
    }

    /// The only RSA key there is, of 2,048 bits.
    pub fn rsa() -> Key {
        Key::of_primes(P_1024, Q_1024)
    }

    /// An RSA key of 1,024 bits, too small to prove anything.
    pub fn weak_rsa() -> Key {
        Key::of_primes(P_512, Q_512)
    }

    fn of_primes(p: &str, q: &str) -> Key {
        let prime = |hex: &str| {
            let digits = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal");
            let bytes: Vec<u8> = (0..hex.len()).step_by(2).map(digits).collect();
            BoxedUint::from_be_slice_vartime(&bytes)
        };
        let key = RsaPrivateKey::from_p_q(prime(p), prime(q), BoxedUint::from(65_537_u32));
        Key::Rsa(Box::new(key.expect("two primes")))
    }

    /// The `alg` of its signatures.
    pub fn algorithm(&self) -> &'static str {
        match self {
            Key::Ed25519(_) => "EdDSA",
            Key::P256(_) => "ES256",
            Key::P384(_) => "ES384",
            Key::Rsa(_) => "RS256",
        }
    }

    /// The public key as JWK, with `more` members, each with a comma behind.
    pub fn jwk(&self, more: &str) -> String {
        let point = |curve: &str, sec1: &[u8]| {
            let (x, y) = sec1[1..].split_at(sec1.len() / 2);
            let (x, y) = (base64url::encode(x), base64url::encode(y));
            format!(r#"{{{more}"crv":"{curve}","kty":"EC","x":"{x}","y":"{y}"}}"#)
        };
        match self {
            Key::Ed25519(issuer) => issuer.jwk().replacen('{', &format!("{{{more}"), 1),
            Key::P256(key) => point("P-256", key.verifying_key().to_sec1_point(false).as_bytes()),
            Key::P384(key) => point("P-384", key.verifying_key().to_sec1_point(false).as_bytes()),
            Key::Rsa(key) => {
                let number = |bytes: Box<[u8]>| {
                    let leading = bytes.iter().take_while(|byte| **byte == 0).count();
                    base64url::encode(&bytes[leading..])
                };
                let (n, e) = (number(key.n().to_be_bytes()), number(key.e().to_be_bytes()));
                format!(r#"{{{more}"e":"{e}","kty":"RSA","n":"{n}"}}"#)
            }
        }
    }

    /// Its signature over `message`, as tokens write it.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Key::Ed25519(issuer) => issuer.signing_key().sign(message).to_bytes().to_vec(),
            Key::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.to_bytes().to_vec()
            }
            Key::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign(message);
                signature.to_bytes().to_vec()
            }
            Key::Rsa(key) => {
                let scheme = Pkcs1v15Sign { hash_len: Some(32), prefix: SHA_256_PREFIX.into() };
                key.sign(scheme, &sha256(message)).expect("the key is long enough")
            }
        }
    }
}

/// The token of `header` and `payload`, signed by `key`.
pub fn token(header: &str, payload: &str, key: &Key) -> String {
    let input = signing_input(header, payload);
    let signature = base64url::encode(&key.sign(input.as_bytes()));
    format!("{input}.{signature}")
}

/// What a signature of a token is over.
pub fn signing_input(header: &str, payload: &str) -> String {
    format!("{}.{}", base64url::encode(header.as_bytes()), base64url::encode(payload.as_bytes()))
}

/// The DER `DigestInfo` in front of a SHA-256 digest
/// ([RFC 8017 §9.2](https://www.rfc-editor.org/rfc/rfc8017#section-9.2)).
const SHA_256_PREFIX: &[u8] = b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";

// The first primes at or behind digests of "verify-credential test key, protects nothing: rsa p" and q.
const P_1024: &str = "ed066b77348441da7361797713e4d195ab4538af0bca20eedd12d7c3e16952be\
    b6494c50d68337373fefed81e67cf47f7402a081125d3b5e6e142640a606a26a\
    2fc6d88371b9c3bb66dc41444a2f4f5883d24c4251df01d2cdbf896883e95a1c\
    feee749d6e31940a380d3775d006329a529c27198d2ba590e20a5382b4492bd3";
const Q_1024: &str = "c4036d82746974b345a3b83ec245975e01d39f6c3ca2ba882b6fc9cc83f9f57f\
    8aeb5a16fe202c579f25ca487602982592774f33906d0283fb1ebe5bf1294578\
    fde3903729bde444fb941d60a64fc25f3b236d3f2f68dbad0bb611487a4f4ed4\
    7247ccea273a0c618100fd4c5ffdb16488566c36280cac6ed32afbd965aa8609";
const P_512: &str = "ed066b77348441da7361797713e4d195ab4538af0bca20eedd12d7c3e16952be\
    b6494c50d68337373fefed81e67cf47f7402a081125d3b5e6e142640a606a41f";
const Q_512: &str = "c4036d82746974b345a3b83ec245975e01d39f6c3ca2ba882b6fc9cc83f9f57f\
    8aeb5a16fe202c579f25ca487602982592774f33906d0283fb1ebe5bf12949c1";
