//! Layer 2. Bitstring Status List: a compressed string of bits, most significant bit first.
//!
//! Spec: [Bitstring Status List 1.0](https://www.w3.org/TR/vc-bitstring-status-list/). Entries of
//! more than one bit (`statusSize`) carry messages, not validity, and are not understood.

use crate::claims::{self, Node};
use crate::codec::inflate::{self, Error};
use crate::codec::multibase;
use crate::credential::StatusEntry;
use crate::limits::Budget;
use crate::status::{Kind, OpenList, Place, Reading};

pub(super) const KIND: Kind = Kind {
    entry_type: "BitstringStatusListEntry",
    spec: "https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry",
    list_credential_type: "BitstringStatusListCredential",
    place,
    open,
    value,
};

/// Errors: `status-entry-malformed`, `status-size-unsupported`.
fn place(entry: &StatusEntry) -> Result<Place, &'static str> {
    match entry.size.as_slice() {
        [] => {}
        [one] if one == "1" => {}
        _ => return Err("status-size-unsupported"),
    }
    match (entry.purposes.as_slice(), entry.list.as_slice(), entry.index.as_slice()) {
        ([purpose], [list], [index]) => Ok(Place {
            purpose: purpose.clone(),
            list: list.clone(),
            index: decimal(index).ok_or("status-entry-malformed")?,
        }),
        _ => Err("status-entry-malformed"),
    }
}

/// A number of decimal digits only: no sign, no fraction, no exponent.
fn decimal(text: &str) -> Option<u64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// Unpacks the list ([§3.2](https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm)).
///
/// Errors: `status-list-malformed`, `status-list-too-large`, `status-list-encoding`. Spends the bytes
/// it inflates to.
fn open(list: Node, budget: &mut Budget) -> Result<OpenList, &'static str> {
    let subjects = list.nodes(claims::CREDENTIAL_SUBJECT);
    let [subject] = subjects.as_slice() else { return Err("status-list-malformed") };
    if !subject.has_type("BitstringStatusList") {
        return Err("status-list-malformed");
    }
    let encoded = match subject.texts(claims::ENCODED_LIST).as_slice() {
        [one] if one.starts_with('u') => multibase::decode(one).ok_or("status-list-encoding")?,
        _ => return Err("status-list-encoding"),
    };
    let bits = inflate::gunzip(&encoded, budget.inflatable_bytes()).map_err(|error| match error {
        Error::TooLarge => "status-list-too-large",
        Error::Malformed => "status-list-encoding",
    })?;
    budget.inflated(bits.len());
    let ttl_milliseconds = match subject.texts(claims::TTL).as_slice() {
        [] => None,
        [one] => Some(decimal(one).ok_or("status-list-malformed")?),
        _ => return Err("status-list-malformed"),
    };
    Ok(OpenList { purposes: subject.texts(claims::STATUS_PURPOSE), bits, ttl_milliseconds })
}

/// Reads the bit at `place`. Errors: `status-list-purpose-differs`, `status-index-out-of-range`.
fn value(list: &OpenList, place: &Place) -> Result<Reading, &'static str> {
    if !list.purposes.contains(&place.purpose) {
        return Err("status-list-purpose-differs");
    }
    let byte = usize::try_from(place.index / 8).ok().and_then(|at| list.bits.get(at));
    let byte = byte.ok_or("status-index-out-of-range")?;
    Ok(Reading {
        is_set: byte & (0x80 >> (place.index % 8)) != 0,
        entries: u64::try_from(list.bits.len()).unwrap_or(u64::MAX).saturating_mul(8),
    })
}
