//! Layer 3. `Ed25519Signature2020`: the suite before cryptosuites had names.
//!
//! Spec: [VC-DI-EDDSA §3.4](https://www.w3.org/TR/vc-di-eddsa/#ed25519signature2020). Its transformation is that of eddsa-rdfc-2022.

use crate::codec::spec;
use crate::crypto::Algorithm;
use crate::securing::data_integrity::Transform;
use crate::suite::{Form, Suite};

pub(super) const SUITE: Suite = Suite {
    name: "Ed25519Signature2020",
    spec: spec("https://www.w3.org/TR/vc-di-eddsa/#ed25519signature2020"),
    proof_type: "Ed25519Signature2020",
    cryptosuite: None,
    transform: Transform::Rdfc,
    form: Form::Value('z'),
    algorithms: &[Algorithm::Ed25519],
    is_legacy: false,
};
