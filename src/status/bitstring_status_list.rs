//! Layer 2. Bitstring Status List: a compressed string of bits, most significant bit first.
//!
//! Spec: [Bitstring Status List 1.0](https://www.w3.org/TR/vc-bitstring-status-list/). Values of more than
//! one bit are read in `bitstring_status_message`.

use crate::claims::{self, Node};
use crate::codec::inflate::{self, Error};
use crate::codec::multibase;
use crate::codec::spec;
use crate::limits::Budget;
use crate::status::{Kind, Method, OpenList, Place, Reading, decimal};

pub(super) const KIND: Kind = Kind {
    entry_type: "BitstringStatusListEntry",
    spec: spec("https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry"),
    list_type: "BitstringStatusListCredential",
    method: Method::Bitstring,
};

/// Unpacks the list ([§3.2](https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm)).
///
/// Errors: `status-list-malformed`, `status-list-too-large`, `status-list-encoding`. Spends the bytes
/// it inflates to.
pub(super) fn open(list: Node, budget: &mut Budget) -> Result<OpenList, &'static str> {
    let subject = subject(list, "BitstringStatusList")?;
    let encoded = match subject.texts(claims::ENCODED_LIST).as_slice() {
        [one] if one.starts_with('u') => multibase::decode(one).ok_or("status-list-encoding")?,
        _ => return Err("status-list-encoding"),
    };
    Ok(OpenList {
        method: Method::Bitstring,
        purposes: subject.texts(claims::STATUS_PURPOSE),
        bits: gunzip(&encoded, budget)?,
        ttl_milliseconds: ttl(subject)?,
        ..OpenList::default()
    })
}

/// The only subject of a list credential, which must say that it is such a list.
pub(super) fn subject<'a>(list: Node<'a>, name: &str) -> Result<Node<'a>, &'static str> {
    match list.nodes(claims::CREDENTIAL_SUBJECT).as_slice() {
        [subject] if subject.has_type(name) => Ok(*subject),
        _ => Err("status-list-malformed"),
    }
}

/// The bytes that `encoded` inflates to.
pub(super) fn gunzip(encoded: &[u8], budget: &mut Budget) -> Result<Vec<u8>, &'static str> {
    let bits = inflate::gunzip(encoded, budget.inflatable_bytes()).map_err(reason)?;
    budget.inflated(bits.len());
    Ok(bits)
}

/// Why bits could not be unpacked.
pub(super) fn reason(error: Error) -> &'static str {
    match error {
        Error::TooLarge => "status-list-too-large",
        Error::Malformed => "status-list-encoding",
    }
}

/// How long the list may be used, in milliseconds.
pub(super) fn ttl(subject: Node) -> Result<Option<u64>, &'static str> {
    match subject.texts(claims::TTL).as_slice() {
        [] => Ok(None),
        [one] => decimal(one).map(Some).ok_or("status-list-malformed"),
        _ => Err("status-list-malformed"),
    }
}

/// Reads the bit at `place`. Errors: `status-list-purpose-differs`, `status-index-out-of-range`.
pub(super) fn value(list: &OpenList, place: &Place) -> Result<Reading, &'static str> {
    if !list.purposes.contains(&place.purpose) {
        return Err("status-list-purpose-differs");
    }
    let byte = usize::try_from(place.index / 8).ok().and_then(|at| list.bits.get(at));
    let byte = byte.ok_or("status-index-out-of-range")?;
    Ok(Reading {
        value: u64::from(byte & (0x80 >> (place.index % 8)) != 0),
        entries: Some(u64::try_from(list.bits.len()).unwrap_or(u64::MAX).saturating_mul(8)),
        message: None,
    })
}
