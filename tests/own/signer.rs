//! An issuer of our own, for what no independent vector exists for.
//!
//! Its keys come from labelled seeds that stand here for everybody to read: they protect nothing.
//! The transformation is the crate's own, so that a file made here shows that the verifier agrees
//! with itself; that it agrees with others is shown by the other vectors.

use ed25519_dalek::Signer;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use rsa::traits::SignatureScheme;
use rsa::{BoxedUint, Pkcs1v15Sign, Pss, RsaPrivateKey};
use sha2::{Digest, Sha256, Sha384, Sha512};
use verify_credential::canon::rdfc::Hash;
use verify_credential::codec::base64url;
use verify_credential::codec::json::{Object, Value};
use verify_credential::crypto::{sha256, sha384};
use verify_credential::limits::Budget;
use verify_credential::need::Found;
use verify_credential::securing::data_integrity::{Profile, Signed, Unsecured};

use super::edit::{object, string};

/// A key pair anybody can make.
pub enum Issuer {
    Ed25519(ed25519_dalek::SigningKey),
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P521(p521::ecdsa::SigningKey),
    Secp256k1(k256::ecdsa::SigningKey),
    Rsa(Box<RsaPrivateKey>),
}

/// The ways of signing. Of RDF and JCS there are two suites each; the key decides.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    Rdfc,
    Jcs,
    Of2020,
}

impl Issuer {
    /// The issuer whose seed is the digest of `label`.
    pub fn of(label: &str) -> Issuer {
        Issuer::Ed25519(ed25519_dalek::SigningKey::from_bytes(&seed(label)))
    }

    /// An issuer with a key on P-256.
    pub fn p256(label: &str) -> Issuer {
        Issuer::P256(p256::ecdsa::SigningKey::from_slice(&seed(label)).expect("below the order"))
    }

    /// An issuer with a key on P-384.
    pub fn p384(label: &str) -> Issuer {
        let seed = [&seed(label)[..], &[7; 16]].concat();
        Issuer::P384(p384::ecdsa::SigningKey::from_slice(&seed).expect("below the order"))
    }

    /// An issuer with a key on P-521.
    pub fn p521(label: &str) -> Issuer {
        let seed = [&[0; 2], &seed(label)[..], &seed("the other half")].concat();
        Issuer::P521(p521::ecdsa::SigningKey::from_slice(&seed).expect("below the order"))
    }

    /// An issuer with a key on secp256k1.
    pub fn secp256k1(label: &str) -> Issuer {
        Issuer::Secp256k1(k256::ecdsa::SigningKey::from_slice(&seed(label)).expect("below the order"))
    }

    /// The issuer with an RSA key of 2048 bits. There is one; looking for primes takes long.
    pub fn rsa() -> Issuer {
        let prime = |label: &str, distance: u8| {
            let mut bytes: Vec<u8> = (0..4).flat_map(|part| seed(&format!("{label} {part}"))).collect();
            bytes[0] |= 0xc0;
            bytes[127] |= 1;
            BoxedUint::from_be_slice_vartime(&bytes) + BoxedUint::from(distance)
        };
        let key = RsaPrivateKey::from_p_q(prime("rsa p", 126), prime("rsa q", 176), 65_537_u32.into());
        Issuer::Rsa(Box::new(key.expect("two primes")))
    }

    /// The signature over `message`, by the customary algorithm of the key, as JWS writes it too.
    pub fn sign_bytes(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Issuer::Ed25519(key) => key.sign(message).to_bytes().to_vec(),
            Issuer::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign_prehash(&sha256(message)).expect("signed");
                signature.to_bytes().to_vec()
            }
            Issuer::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign_prehash(&sha384(message)).expect("signed");
                signature.to_bytes().to_vec()
            }
            Issuer::P521(key) => {
                let digest = Sha512::digest(message);
                let signature: p521::ecdsa::Signature = key.sign_prehash(&digest).expect("signed");
                signature.to_bytes().to_vec()
            }
            Issuer::Secp256k1(key) => {
                let signature: k256::ecdsa::Signature = key.sign_prehash(&sha256(message)).expect("signed");
                signature.to_bytes().to_vec()
            }
            Issuer::Rsa(_) => self.sign_as("RS256", message),
        }
    }

    /// The signature over `message` by `alg`, one of those of RSA; by the customary one of other keys. A salt
    /// is always the same, and as long as the digest.
    pub fn sign_as(&self, alg: &str, message: &[u8]) -> Vec<u8> {
        let Issuer::Rsa(key) = self else { return self.sign_bytes(message) };
        let digest = match &alg[2..] {
            "256" => Sha256::digest(message).to_vec(),
            "384" => Sha384::digest(message).to_vec(),
            _ => Sha512::digest(message).to_vec(),
        };
        match alg {
            "PS256" => signed(key, unblinded::<Sha256>(32), &digest),
            "PS384" => signed(key, unblinded::<Sha384>(48), &digest),
            "PS512" => signed(key, unblinded::<Sha512>(64), &digest),
            _ => {
                // DigestInfo, RFC 8017 §9.2: the hashes are numbered in this order.
                let (number, length) = [(1, 32_u8), (2, 48), (3, 64)]
                    .into_iter()
                    .find(|(_, length)| usize::from(*length) == digest.len())
                    .expect("one of three");
                let head = [0x30, 0x11 + length, 0x30, 13, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, number];
                let prefix = [&head[..], &[5, 0, 4, length]].concat().into_boxed_slice();
                signed(key, Pkcs1v15Sign { hash_len: Some(digest.len()), prefix }, &digest)
            }
        }
    }

    /// The name of the customary algorithm in JOSE.
    pub fn alg(&self) -> &'static str {
        match self {
            Issuer::Ed25519(_) => "EdDSA",
            Issuer::P256(_) => "ES256",
            Issuer::P384(_) => "ES384",
            Issuer::P521(_) => "ES512",
            Issuer::Secp256k1(_) => "ES256K",
            Issuer::Rsa(_) => "RS256",
        }
    }

    fn hash(&self) -> Hash {
        if matches!(self, Issuer::P384(_)) { Hash::Sha384 } else { Hash::Sha256 }
    }

    fn point(&self, is_compressed: bool) -> Vec<u8> {
        match self {
            Issuer::P256(key) => key.verifying_key().to_sec1_point(is_compressed).as_bytes().to_vec(),
            Issuer::P384(key) => key.verifying_key().to_sec1_point(is_compressed).as_bytes().to_vec(),
            Issuer::P521(key) => key.verifying_key().to_sec1_point(is_compressed).as_bytes().to_vec(),
            Issuer::Secp256k1(key) => key.verifying_key().to_sec1_point(is_compressed).as_bytes().to_vec(),
            _ => Vec::new(),
        }
    }

    /// The modulus and the exponent of an RSA key.
    fn numbers(&self) -> (Vec<u8>, Vec<u8>) {
        use rsa::traits::PublicKeyParts;

        let Issuer::Rsa(key) = self else { return Default::default() };
        (key.n_bytes().to_vec(), key.e_bytes().to_vec())
    }

    /// The key pair, for signatures that no honest signer makes.
    pub fn signing_key(&self) -> &ed25519_dalek::SigningKey {
        match self {
            Issuer::Ed25519(key) => key,
            _ => panic!("only Ed25519 is bent by hand"),
        }
    }

    /// The public key as Multikey.
    pub fn multikey(&self) -> String {
        let bytes = match self {
            Issuer::Ed25519(key) => [&[0xed, 0x01][..], key.verifying_key().as_bytes()].concat(),
            Issuer::P256(_) => [&[0x80, 0x24][..], &self.point(true)].concat(),
            Issuer::P384(_) => [&[0x81, 0x24][..], &self.point(true)].concat(),
            Issuer::P521(_) => [&[0x82, 0x24][..], &self.point(true)].concat(),
            Issuer::Secp256k1(_) => [&[0xe7, 0x01][..], &self.point(true)].concat(),
            Issuer::Rsa(_) => {
                let (modulus, exponent) = self.numbers();
                let head = [0x85, 0x24, 0x30, 0x82, 1, 10, 2, 0x82, 1, 1, 0];
                [&head[..], &modulus, &[2, 3], &exponent].concat()
            }
        };
        format!("z{}", bs58::encode(bytes).into_string())
    }

    /// The public key as `did:key`, and its method.
    pub fn did_key(&self) -> (String, String) {
        let key = self.multikey();
        (format!("did:key:{key}"), format!("did:key:{key}#{key}"))
    }

    /// The public key as JWK.
    pub fn jwk(&self) -> String {
        let curve = |crv: &str| {
            let point = self.point(false);
            let (x, y) = point[1..].split_at(point.len() / 2);
            let (x, y) = (base64url::encode(x), base64url::encode(y));
            format!(r#"{{"crv":"{crv}","kty":"EC","x":"{x}","y":"{y}"}}"#)
        };
        match self {
            Issuer::Ed25519(key) => {
                let x = base64url::encode(key.verifying_key().as_bytes());
                format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#)
            }
            Issuer::P256(_) => curve("P-256"),
            Issuer::P384(_) => curve("P-384"),
            Issuer::P521(_) => curve("P-521"),
            Issuer::Secp256k1(_) => curve("secp256k1"),
            Issuer::Rsa(_) => {
                let (modulus, exponent) = self.numbers();
                let (n, e) = (base64url::encode(&modulus), base64url::encode(&exponent));
                format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#)
            }
        }
    }

    /// The public key of an RSA or P-256 key in PEM.
    pub fn pem(&self) -> String {
        let head: &[u8] = match self {
            Issuer::Rsa(_) => {
                b"\x30\x82\x01\x22\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00\x03\x82\x01\x0f\x00\x30\x82\x01\x0a\x02\x82\x01\x01\x00"
            }
            _ => {
                b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00"
            }
        };
        let (modulus, exponent) = self.numbers();
        let der = match self {
            Issuer::Rsa(_) => [head, &modulus, &[2, 3], &exponent].concat(),
            _ => [head, &self.point(false)].concat(),
        };
        let text = base64url::encode(&der).replace('-', "+").replace('_', "/");
        format!("-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----\n")
    }

    /// The public key as `did:jwk`, and its method.
    pub fn did_jwk(&self) -> (String, String) {
        let did = format!("did:jwk:{}", base64url::encode(self.jwk().as_bytes()));
        let method = format!("{did}#0");
        (did, method)
    }

    /// `document` with one proof by `method`; `options` are added to the customary ones.
    pub fn sign(&self, document: &Value, suite: Suite, method: &str, options: &[(&str, Value)]) -> Value {
        let proof = self.proof(document, suite, method, options);
        let mut signed = document.as_object().expect("a document is an object").clone();
        signed.insert("proof".into(), proof);
        Value::Object(signed)
    }

    /// `document` as somebody signs it who reads it under `profile` and does not mind what is dropped.
    pub fn sign_under(&self, document: &Value, method: &str, profile: &Profile) -> Value {
        let mut signed = document.as_object().expect("a document is an object").clone();
        let proof = self.draft(Suite::Rdfc, method, &[]);
        let data = Unsecured::new(&signed, &Found::default()).rdfc_hash_data(
            &Signed::new(&proof),
            self.hash(),
            profile,
            &mut Budget::full(),
        );
        signed.insert("proof".into(), self.finished(proof, &data.expect("it can be read")));
        Value::Object(signed)
    }

    /// The proof alone.
    pub fn proof(&self, document: &Value, suite: Suite, method: &str, options: &[(&str, Value)]) -> Value {
        self.proof_after(document, suite, method, options, &[])
    }

    /// The proof alone, over `document` and the proofs in `previous`; `options` must name them.
    pub fn proof_after(
        &self,
        document: &Value,
        suite: Suite,
        method: &str,
        options: &[(&str, Value)],
        previous: &[Value],
    ) -> Value {
        let proof = self.draft(suite, method, options);
        let signed = Signed { previous: previous.iter().collect(), ..Signed::new(&proof) };
        let data = hash_data(document, suite, &signed, self.hash());
        self.finished(proof, &data)
    }

    fn draft(&self, suite: Suite, method: &str, options: &[(&str, Value)]) -> Object {
        let is_ecdsa = matches!(self, Issuer::P256(_) | Issuer::P384(_));
        let name = match (suite, is_ecdsa) {
            (Suite::Of2020, _) => None,
            (Suite::Rdfc, false) => Some("eddsa-rdfc-2022"),
            (Suite::Jcs, false) => Some("eddsa-jcs-2022"),
            (Suite::Rdfc, true) => Some("ecdsa-rdfc-2019"),
            (Suite::Jcs, true) => Some("ecdsa-jcs-2019"),
        };
        let mut members = match name {
            None => vec![("type", string("Ed25519Signature2020"))],
            Some(name) => vec![("type", string("DataIntegrityProof")), ("cryptosuite", string(name))],
        };
        members.push(("created", string("2026-01-15T09:00:00Z")));
        members.push(("verificationMethod", string(method)));
        members.push(("proofPurpose", string("assertionMethod")));
        let Value::Object(mut proof) = object(&members) else { unreachable!("an object was made") };
        for (name, value) in options {
            proof.insert((*name).into(), value.clone());
        }
        proof
    }

    fn finished(&self, mut proof: Object, data: &[u8]) -> Value {
        let signature = bs58::encode(self.sign_bytes(data)).into_string();
        proof.insert("proofValue".into(), string(&format!("z{signature}")));
        Value::Object(proof)
    }
}

/// What the only proof of `signed` signs, under the RDF suite.
pub fn hash_data_of(signed: &Value) -> Vec<u8> {
    let document = signed.as_object().expect("a document is an object");
    let proof = document.get("proof").and_then(Value::as_object).expect("it has a proof");
    let signed = Signed::new(proof);
    hash_data(&Value::Object(document.without("proof")), Suite::Rdfc, &signed, Hash::Sha256)
}

fn signed(key: &RsaPrivateKey, scheme: impl SignatureScheme, digest: &[u8]) -> Vec<u8> {
    key.sign_with_rng(&mut NotRandom, scheme, digest).expect("signed")
}

fn unblinded<D: Digest>(salt_bytes: usize) -> Pss<D> {
    Pss { blinded: false, digest: D::new(), salt_len: Some(salt_bytes) }
}

/// Sevens, so that a test signs the same way each time.
struct NotRandom;

impl rsa::rand_core::TryRng for NotRandom {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(7)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(7)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        bytes.fill(7);
        Ok(())
    }
}

impl rsa::rand_core::TryCryptoRng for NotRandom {}

fn seed(label: &str) -> [u8; 32] {
    sha256(format!("verify-credential test key, protects nothing: {label}").as_bytes())
}

fn hash_data(document: &Value, suite: Suite, signed: &Signed, hash: Hash) -> Vec<u8> {
    let document = document.as_object().expect("a document is an object");
    let found = Found::default();
    let mut unsecured = Unsecured::new(document, &found);
    if suite == Suite::Jcs {
        return unsecured.jcs_hash_data(signed, hash).expect("the contexts agree");
    }
    let mut budget = Budget::full();
    match unsecured.rdfc_hash_data(signed, hash, &Profile::PREFERRED, &mut budget) {
        Ok(data) => {
            let said = unsecured.readings().iter().flat_map(|reading| &reading.dataset.undefined);
            assert_eq!(said.count(), 0, "everything is signed");
            data
        }
        Err(none) => panic!("{none:?}"),
    }
}
