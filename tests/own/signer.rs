//! An issuer of our own, for what no independent vector exists for.
//!
//! Its keys come from labelled seeds that stand here for everybody to read: they protect nothing.
//! The transformation is the crate's own, so that a file made here shows that the verifier agrees
//! with itself; that it agrees with others is shown by the other vectors.

use ed25519_dalek::{Signer, SigningKey};
use verify_credential::codec::base64url;
use verify_credential::codec::json::{Object, Value};
use verify_credential::crypto::sha256;
use verify_credential::limits::Budget;
use verify_credential::need::Found;
use verify_credential::securing::data_integrity::{Profile, Unsecured};

use super::edit::{object, string};

/// A key pair anybody can make.
pub struct Issuer(SigningKey);

/// The ways of signing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    Rdfc,
    Jcs,
    Of2020,
}

impl Issuer {
    /// The issuer whose seed is the digest of `label`.
    pub fn of(label: &str) -> Issuer {
        let seed = sha256(format!("verify-credential test key, protects nothing: {label}").as_bytes());
        Issuer(SigningKey::from_bytes(&seed))
    }

    /// The key pair, for signatures that no honest signer makes.
    pub fn signing_key(&self) -> &SigningKey {
        &self.0
    }

    /// The public key as Multikey.
    pub fn multikey(&self) -> String {
        let bytes = [&[0xed, 0x01][..], self.0.verifying_key().as_bytes()].concat();
        format!("z{}", bs58::encode(bytes).into_string())
    }

    /// The public key as `did:key`, and its method.
    pub fn did_key(&self) -> (String, String) {
        let key = self.multikey();
        (format!("did:key:{key}"), format!("did:key:{key}#{key}"))
    }

    /// The public key as JWK.
    pub fn jwk(&self) -> String {
        let x = base64url::encode(self.0.verifying_key().as_bytes());
        format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#)
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
        let draft = self.sign(&object(&[]), Suite::Jcs, method, &[]);
        let Some(Value::Object(mut proof)) = draft.get("proof").cloned() else {
            unreachable!("it was signed")
        };
        proof.insert("cryptosuite".into(), string("eddsa-rdfc-2022"));
        let proof = proof.without("proofValue");
        let mut signed = document.as_object().expect("a document is an object").clone();
        let found = Found::default();
        let data = Unsecured::new(&signed, &found).rdfc_hash_data(&proof, profile, &mut Budget::full());
        let signature = self.0.sign(&data.expect("it can be read").bytes).to_bytes();
        let mut proof = proof;
        proof.insert("proofValue".into(), string(&format!("z{}", bs58::encode(signature).into_string())));
        signed.insert("proof".into(), Value::Object(proof));
        Value::Object(signed)
    }

    /// The proof alone.
    pub fn proof(&self, document: &Value, suite: Suite, method: &str, options: &[(&str, Value)]) -> Value {
        let mut members = match suite {
            Suite::Of2020 => vec![("type", string("Ed25519Signature2020"))],
            Suite::Rdfc => {
                vec![("type", string("DataIntegrityProof")), ("cryptosuite", string("eddsa-rdfc-2022"))]
            }
            Suite::Jcs => {
                vec![("type", string("DataIntegrityProof")), ("cryptosuite", string("eddsa-jcs-2022"))]
            }
        };
        members.push(("created", string("2026-01-15T09:00:00Z")));
        members.push(("verificationMethod", string(method)));
        members.push(("proofPurpose", string("assertionMethod")));
        let Value::Object(mut proof) = object(&members) else { unreachable!("an object was made") };
        for (name, value) in options {
            proof.insert((*name).into(), value.clone());
        }
        let signature = self.0.sign(&hash_data(document, suite, &proof)).to_bytes();
        proof.insert("proofValue".into(), string(&format!("z{}", bs58::encode(signature).into_string())));
        Value::Object(proof)
    }
}

/// What the only proof of `signed` signs, under the RDF suite.
pub fn hash_data_of(signed: &Value) -> Vec<u8> {
    let document = signed.as_object().expect("a document is an object");
    let proof = document.get("proof").and_then(Value::as_object).expect("it has a proof");
    hash_data(&Value::Object(document.without("proof")), Suite::Rdfc, proof)
}

fn hash_data(document: &Value, suite: Suite, proof: &Object) -> Vec<u8> {
    let document = document.as_object().expect("a document is an object");
    let found = Found::default();
    let mut unsecured = Unsecured::new(document, &found);
    if suite == Suite::Jcs {
        return unsecured.jcs_hash_data(proof).expect("the contexts agree").bytes;
    }
    let mut budget = Budget::full();
    match unsecured.rdfc_hash_data(proof, &Profile::PREFERRED, &mut budget) {
        Ok(data) => {
            let said = unsecured.readings().iter().flat_map(|reading| &reading.dataset.undefined);
            assert_eq!(said.count(), 0, "everything is signed");
            data.bytes
        }
        Err(unread) => panic!("{unread:?}"),
    }
}
