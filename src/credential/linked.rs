//! Layer 1. What stands elsewhere: things with a digest, and where newer versions are to be had.

use crate::claims::{self, Node, Property};
use crate::codec::fields::record;
use crate::credential::in_order;

/// Something elsewhere whose content was fixed when the credential was signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// `id`
    pub url: Option<String>,
    /// The member it stands under.
    pub role: &'static str,
    /// `digestSRI`
    pub digest_sri: Vec<String>,
    /// `digestMultibase`
    pub digest_multibase: Vec<String>,
}

record!(Linked: url, role, digest_sri, digest_multibase);

/// Everything under `relatedResource`, and what has a digest elsewhere.
pub(super) fn linked(root: Node) -> Vec<Linked> {
    let mut all = Vec::new();
    let mut add = |host: Node, property: Property, is_always: bool| {
        for node in in_order(host, property) {
            let (digest_sri, digest_multibase) =
                (node.texts(claims::DIGEST_SRI), node.texts(claims::DIGEST_MULTIBASE));
            if is_always || !digest_sri.is_empty() || !digest_multibase.is_empty() {
                let url = node.id().map(String::from);
                all.push(Linked { url, role: property.term, digest_sri, digest_multibase });
            }
        }
    };
    add(root, claims::RELATED_RESOURCE, true);
    for property in [claims::CREDENTIAL_SCHEMA, claims::EVIDENCE, claims::IMAGE] {
        add(root, property, false);
    }
    for issuer in root.nodes(claims::ISSUER) {
        add(issuer, claims::IMAGE, false);
    }
    for subject in root.nodes(claims::CREDENTIAL_SUBJECT) {
        for achievement in in_order(subject, claims::ACHIEVEMENT) {
            add(achievement, claims::IMAGE, false);
        }
    }
    all
}

/// The addresses of refresh services that work by the method of 1EdTech.
/// Spec: [VCCR 1.0](https://www.imsglobal.org/spec/vccr/v1p0/).
pub(super) fn refresh(root: Node) -> Vec<String> {
    let services = in_order(root, claims::REFRESH_SERVICE);
    let services = services.into_iter().filter(|service| service.has_type("1EdTechCredentialRefresh"));
    services.filter_map(|service| service.id().map(String::from)).collect()
}
