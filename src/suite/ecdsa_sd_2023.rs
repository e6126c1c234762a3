//! Layer 3. `ecdsa-sd-2023`: ECDSA on P-256 over each statement, so that a holder can show some of them.
//!
//! Spec: [VC-DI-ECDSA §3.6](https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023). Only derived proofs are for
//! verifiers; what holders keep, the base proof, is refused.

use crate::codec::spec;
use crate::crypto::Algorithm;
use crate::securing::data_integrity::Transform;
use crate::suite::{Derived, Form, Suite};

pub(super) const SUITE: Suite = Suite {
    name: "ecdsa-sd-2023",
    spec: spec("https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023"),
    proof_type: "DataIntegrityProof",
    cryptosuite: Some("ecdsa-sd-2023"),
    transform: Transform::Rdfc,
    form: Form::Derived(Derived::Ecdsa),
    algorithms: &[Algorithm::EcdsaP256Sha256],
    is_legacy: false,
};
