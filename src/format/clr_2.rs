//! Layer 2. Comprehensive Learner Record 2.0: credentials of one learner, gathered and signed once more.
//!
//! Spec: [CLR 2.0](https://www.imsglobal.org/spec/clr/v2p0/#clrcredential).

use crate::codec::spec;
use crate::format::Format;

pub(super) const FORMAT: Format = Format {
    name: "clr-2",
    spec: spec("https://www.imsglobal.org/spec/clr/v2p0/#clrcredential"),
    matches: |types| types.contains(&"ClrCredential"),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_known_by_its_type() {
        assert!((FORMAT.matches)(&["VerifiableCredential", "ClrCredential"]));
        assert!(!(FORMAT.matches)(&["VerifiableCredential", "OpenBadgeCredential"]));
    }
}
