//! Layer 1. What a record of learning says of its own, beside the credentials contained in it.
//!
//! Spec: [CLR 2.0](https://www.imsglobal.org/spec/clr/v2p0/#clrcredential).

use crate::claims::{self, Node};
use crate::codec::fields::record;
use crate::credential::profile::identifier;
use crate::credential::{Subject, achievement, list};

/// How one thing in a record belongs to another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Association {
    /// `associationType`, for example `isPartOf`.
    pub kind: Option<String>,
    /// `sourceId`
    pub source: Option<String>,
    /// `targetId`
    pub target: Option<String>,
}

record!(Association: kind, source, target);

/// The subject of a record. In the signed graph it is one node with the subjects of the members, if they
/// have the same id: what those were awarded is for them to say.
pub(super) fn subject(node: Node) -> Subject {
    Subject {
        id: node.id().map(String::from),
        name: node.text(claims::NAME),
        identifiers: list(node, claims::RECORD_IDENTIFIER, identifier),
        achievements: list(node, claims::RECORD_ACHIEVEMENT, achievement),
        ..Subject::default()
    }
}

/// The associations that the subjects of a record have.
pub(super) fn associations(subjects: &[Node]) -> Vec<Association> {
    let read: fn(Node) -> Association = |node| Association {
        kind: node.text(claims::ASSOCIATION_TYPE),
        source: node.text(claims::SOURCE_ID),
        target: node.text(claims::TARGET_ID),
    };
    subjects.iter().flat_map(|subject| list(*subject, claims::ASSOCIATION, read)).collect()
}
