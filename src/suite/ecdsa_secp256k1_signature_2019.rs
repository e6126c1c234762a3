//! Layer 3. `EcdsaSecp256k1Signature2019`: ECDSA on secp256k1 in a detached JWS.
//!
//! Spec: [LD ECDSA secp256k1 2019](https://w3c-ccg.github.io/lds-ecdsa-secp256k1-2019/)

use crate::codec::spec;
use crate::crypto::Algorithm;
use crate::securing::data_integrity::Transform;
use crate::suite::{Form, Suite};

pub(super) const SUITE: Suite = Suite {
    name: "EcdsaSecp256k1Signature2019",
    spec: spec("https://w3c-ccg.github.io/lds-ecdsa-secp256k1-2019/"),
    proof_type: "EcdsaSecp256k1Signature2019",
    cryptosuite: None,
    transform: Transform::Rdfc,
    form: Form::DetachedJws(&["https://w3id.org/security/v2"]),
    algorithms: &[Algorithm::EcdsaSecp256k1Sha256],
    is_legacy: true,
};
