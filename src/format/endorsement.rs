//! Layer 2. Endorsements: somebody speaks well of a badge, an achievement or an issuer.
//!
//! Spec: [OB 3.0 §B.1](https://www.imsglobal.org/spec/ob/v3p0/#org.1edtech.ob.v3p0.endorsementcredential.class).

use crate::codec::spec;
use crate::format::Format;

pub(super) const FORMAT: Format = Format {
    name: "endorsement",
    spec: spec("https://www.imsglobal.org/spec/ob/v3p0/#org.1edtech.ob.v3p0.endorsementcredential.class"),
    matches: |types| types.contains(&"EndorsementCredential"),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_known_by_its_type() {
        assert!((FORMAT.matches)(&["VerifiableCredential", "EndorsementCredential"]));
        assert!(!(FORMAT.matches)(&["VerifiableCredential"]));
    }
}
