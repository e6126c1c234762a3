//! Layer 2. Any other verifiable credential: its signature and dates are checked like a badge's,
//! its claims are shown as far as they use the words of Open Badges.
//!
//! Spec: [VCDM 2.0](https://www.w3.org/TR/vc-data-model-2.0/).

use crate::codec::spec;
use crate::format::Format;

pub(super) const FORMAT: Format = Format {
    name: "plain-credential",
    spec: spec("https://www.w3.org/TR/vc-data-model-2.0/#credentials"),
    // The last of the table: whatever got here is one.
    matches: |_| true,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_nobody_else_took() {
        assert!((FORMAT.matches)(&["VerifiableCredential"]));
        assert!((FORMAT.matches)(&[]));
    }
}
