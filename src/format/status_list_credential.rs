//! Layer 2. A status list, verified as a part of the credentials that point to it, or by itself.
//!
//! Spec: [Bitstring Status List §2.2](https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential).

use crate::codec::spec;
use crate::format::Format;

pub(super) const FORMAT: Format = Format {
    name: "status-list-credential",
    spec: spec("https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential"),
    matches: |types| types.iter().any(|name| NAMES.contains(name)),
};

/// Lists of the present specification and of the drafts before it.
const NAMES: &[&str] =
    &["BitstringStatusListCredential", "StatusList2021Credential", "RevocationList2020Credential"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_by_its_own_type() {
        assert!((FORMAT.matches)(&["VerifiableCredential", "BitstringStatusListCredential"]));
        assert!((FORMAT.matches)(&["VerifiableCredential", "StatusList2021Credential"]));
        assert!(!(FORMAT.matches)(&["VerifiableCredential", "BitstringStatusList"]));
    }
}
