//! Layer 2. RevocationList2020, the first of the lists of bits: it knows revocation and nothing else.
//!
//! Spec: [Revocation List 2020](https://w3c-ccg.github.io/vc-status-rl-2020/).

use crate::claims::Node;
use crate::codec::spec;
use crate::limits::Budget;
use crate::status::bitstring_status_list::subject;
use crate::status::status_list_2021::unpacked;
use crate::status::{Kind, Method, OpenList};

pub(super) const KIND: Kind = Kind {
    entry_type: "RevocationList2020Status",
    spec: spec("https://w3c-ccg.github.io/vc-status-rl-2020/#revocationlist2020status"),
    list_type: "RevocationList2020Credential",
    method: Method::RevocationList2020,
};

/// Unpacks the list. Errors: `status-list-malformed`, `status-list-too-large`, `status-list-encoding`.
/// Spends the bytes it inflates to.
pub(super) fn open(list: Node, budget: &mut Budget) -> Result<OpenList, &'static str> {
    let subject = subject(list, "RevocationList2020")?;
    Ok(OpenList {
        method: Method::RevocationList2020,
        purposes: vec!["revocation".to_owned()],
        bits: unpacked(subject, budget)?,
        ..OpenList::default()
    })
}
