//! Layer 3. `JsonWebSignature2020`: a detached JWS by keys of several kinds.
//!
//! Spec: [LD JSON Web Signature 2020](https://w3c-ccg.github.io/lds-jws2020/)

use crate::codec::spec;
use crate::crypto::Algorithm;
use crate::securing::data_integrity::Transform;
use crate::suite::{Form, Suite};

pub(super) const SUITE: Suite = Suite {
    name: "JsonWebSignature2020",
    spec: spec("https://w3c-ccg.github.io/lds-jws2020/"),
    proof_type: "JsonWebSignature2020",
    cryptosuite: None,
    transform: Transform::Rdfc,
    form: Form::DetachedJws(&[
        "https://www.w3.org/2018/credentials/v1",
        "https://w3id.org/security/suites/jws-2020/v1",
    ]),
    algorithms: &[
        Algorithm::Ed25519,
        Algorithm::EcdsaP256Sha256,
        Algorithm::EcdsaP384Sha384,
        Algorithm::EcdsaSecp256k1Sha256,
        Algorithm::RsaPssSha256,
        Algorithm::RsaPkcs1Sha256,
    ],
    is_legacy: true,
};
