//! Layer 2. Token Status List: values of one to eight bits, zlib-compressed in a token of their own, least
//! significant bit first.
//!
//! Spec: [Token Status List](https://www.ietf.org/archive/id/draft-ietf-oauth-status-list-06.html). The token
//! is no credential; its claims are handed over as a document with `id` (its `sub`) and `status_list`.

use crate::claims::Node;
use crate::codec::json::Value;
use crate::codec::{base64url, inflate, spec};
use crate::credential::TOKEN_STATUS_LIST;
use crate::limits::Budget;
use crate::status::bitstring_status_list::reason;
use crate::status::{Kind, Method, OpenList, Place, Reading};

pub(super) const KIND: Kind = Kind {
    entry_type: TOKEN_STATUS_LIST,
    spec: spec("https://www.ietf.org/archive/id/draft-ietf-oauth-status-list-06.html#section-6.2"),
    list_type: "StatusListToken",
    method: Method::Token,
};

/// The value of a token that stands.
pub const VALID: u64 = 0;
/// The value of one that was revoked for good.
pub const INVALID: u64 = 1;
/// The value of one that is suspended.
pub const SUSPENDED: u64 = 2;

/// Unpacks the list. Errors: `status-list-malformed`, `status-list-too-large`, `status-list-encoding`.
/// Spends the bytes it inflates to.
pub(super) fn open(list: Node, budget: &mut Budget) -> Result<OpenList, &'static str> {
    let malformed = "status-list-malformed";
    let Node::Json(document) = list else { return Err(malformed) };
    let packed = document.get("status_list").ok_or(malformed)?;
    let whole = |value: Option<&Value>| match value {
        Some(Value::Number(number)) => number.whole().and_then(|number| u64::try_from(number).ok()),
        _ => None,
    };
    let size = match whole(packed.get("bits")) {
        Some(1) => 1,
        Some(2) => 2,
        Some(4) => 4,
        Some(8) => 8,
        _ => return Err(malformed),
    };
    let encoded = packed.get("lst").and_then(Value::as_str).and_then(base64url::decode);
    let encoded = encoded.ok_or("status-list-encoding")?;
    let bits = inflate::inflate_zlib(&encoded, budget.inflatable_bytes()).map_err(reason)?;
    budget.inflated(bits.len());
    let ttl_milliseconds = match document.get("ttl") {
        None => None,
        // The specification counts it in seconds, and asks for a positive number.
        ttl => Some(whole(ttl).filter(|ttl| *ttl > 0).ok_or(malformed)?.saturating_mul(1_000)),
    };
    Ok(OpenList { method: Method::Token, bits, size, ttl_milliseconds, ..OpenList::default() })
}

/// Reads the value at `place`. Errors: `status-index-out-of-range`.
pub(super) fn value(list: &OpenList, place: &Place) -> Result<Reading, &'static str> {
    let size = u64::from(list.size.max(1));
    let in_byte = 8 / size;
    let byte = usize::try_from(place.index / in_byte).ok().and_then(|at| list.bits.get(at));
    let byte = u64::from(*byte.ok_or("status-index-out-of-range")?);
    let value = (byte >> (place.index % in_byte * size)) % (1 << size);
    let entries = u64::try_from(list.bits.len()).unwrap_or(u64::MAX).saturating_mul(in_byte);
    Ok(Reading { value, entries: Some(entries), message: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_size_ends_with_the_last_byte() {
        let read = |size: u8, index: u64| {
            let list = OpenList { bits: vec![0xb9, 0xa3], size, ..OpenList::default() };
            value(&list, &Place { index, ..Place::default() }).map(|reading| reading.value)
        };
        let out = Err("status-index-out-of-range");
        let ones = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1];
        let twos = [1, 2, 3, 2, 3, 0, 2, 2];
        for (size, expected) in [(1, &ones[..]), (2, &twos), (4, &[9, 11, 3, 10]), (8, &[0xb9, 0xa3])] {
            for (index, value) in (0..).zip(expected) {
                assert_eq!(read(size, index), Ok(*value), "{size} {index}");
            }
            let end = u64::try_from(expected.len()).expect("a small number");
            assert_eq!(read(size, end), out, "{size}");
            assert_eq!(read(size, u64::MAX), out, "{size}");
        }
    }
}
