//! Layer 2. StatusList2021, the draft that Bitstring Status List grew out of.
//!
//! Spec: [Status List 2021](https://www.w3.org/TR/2023/WD-vc-status-list-20230427/).

use crate::claims::{self, Node};
use crate::codec::base64url;
use crate::codec::spec;
use crate::limits::Budget;
use crate::status::bitstring_status_list::{gunzip, subject, ttl};
use crate::status::{Kind, Method, OpenList};

pub(super) const KIND: Kind = Kind {
    entry_type: "StatusList2021Entry",
    spec: spec("https://www.w3.org/TR/2023/WD-vc-status-list-20230427/"),
    list_type: "StatusList2021Credential",
    method: Method::StatusList2021,
};

/// Unpacks the list. Errors: `status-list-malformed`, `status-list-too-large`, `status-list-encoding`.
/// Spends the bytes it inflates to.
pub(super) fn open(list: Node, budget: &mut Budget) -> Result<OpenList, &'static str> {
    let subject = subject(list, "StatusList2021")?;
    Ok(OpenList {
        method: Method::StatusList2021,
        purposes: subject.texts(claims::STATUS_PURPOSE),
        bits: unpacked(subject, budget)?,
        ttl_milliseconds: ttl(subject)?,
        ..OpenList::default()
    })
}

/// The bits of a list from before multibase. The draft did not fix the alphabet of its base64, and lists
/// are written in either one (12-status-lists/walt-id); compressed bits begin with `H4s` in both, so the
/// `u` of later lists cannot be taken for one of them.
pub(super) fn unpacked(subject: Node, budget: &mut Budget) -> Result<Vec<u8>, &'static str> {
    let texts = subject.texts(claims::ENCODED_LIST);
    let [encoded] = texts.as_slice() else { return Err("status-list-encoding") };
    let bare = encoded.strip_prefix('u').unwrap_or(encoded);
    gunzip(&base64url::decode_any_alphabet(bare).ok_or("status-list-encoding")?, budget)
}
