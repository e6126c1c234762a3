//! Layer 3. `Ed25519Signature2018`: Ed25519 in a detached JWS.
//!
//! Spec: [LD Ed25519 2018](https://w3c-ccg.github.io/lds-ed25519-2018/).

use crate::codec::spec;
use crate::crypto::Algorithm;
use crate::securing::data_integrity::Transform;
use crate::suite::{Form, Suite};

pub(super) const SUITE: Suite = Suite {
    name: "Ed25519Signature2018",
    spec: spec("https://w3c-ccg.github.io/lds-ed25519-2018/"),
    proof_type: "Ed25519Signature2018",
    cryptosuite: None,
    transform: Transform::Rdfc,
    form: Form::DetachedJws(&["https://w3id.org/security/v2"]),
    algorithms: &[Algorithm::Ed25519],
    is_legacy: true,
};
