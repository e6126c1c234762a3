//! Layer 3. `bbs-2023`: BBS over all statements, so that a holder can show some, unlinkably.
//!
//! Spec: [VC-DI-BBS §3.4](https://www.w3.org/TR/vc-di-bbs/#bbs-2023). Only derived proofs are for
//! verifiers; what holders keep, the base proof, is refused.

use crate::codec::spec;
use crate::securing::data_integrity::Transform;
use crate::suite::{Derived, Form, Suite};

pub(super) const SUITE: Suite = Suite {
    name: "bbs-2023",
    spec: spec("https://www.w3.org/TR/vc-di-bbs/#bbs-2023"),
    proof_type: "DataIntegrityProof",
    cryptosuite: Some("bbs-2023"),
    transform: Transform::Rdfc,
    form: Form::Derived(Derived::Bbs),
    algorithms: &[],
    is_legacy: false,
};
