//! Layer 3. `eddsa-jcs-2022`: Ed25519 over canonical JSON.
//!
//! Spec: [VC-DI-EDDSA §3.3](https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022)

use crate::codec::spec;
use crate::crypto::Algorithm;
use crate::securing::data_integrity::Transform;
use crate::suite::{Form, Suite};

pub(super) const SUITE: Suite = Suite {
    name: "eddsa-jcs-2022",
    spec: spec("https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022"),
    proof_type: "DataIntegrityProof",
    cryptosuite: Some("eddsa-jcs-2022"),
    transform: Transform::Jcs,
    form: Form::Value('z'),
    algorithms: &[Algorithm::Ed25519],
    is_legacy: false,
};
