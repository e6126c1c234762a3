//! Layer 3. `ecdsa-jcs-2019`: ECDSA over canonical JSON; P-256 with SHA-256, P-384 with SHA-384 throughout.
//!
//! Spec: [VC-DI-ECDSA](https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-jcs-2019)

use crate::codec::spec;
use crate::crypto::Algorithm;
use crate::securing::data_integrity::Transform;
use crate::suite::{Form, Suite};

pub(super) const SUITE: Suite = Suite {
    name: "ecdsa-jcs-2019",
    spec: spec("https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-jcs-2019"),
    proof_type: "DataIntegrityProof",
    cryptosuite: Some("ecdsa-jcs-2019"),
    transform: Transform::Jcs,
    form: Form::Value('z'),
    algorithms: &[Algorithm::EcdsaP256Sha256, Algorithm::EcdsaP384Sha384],
    is_legacy: false,
};
