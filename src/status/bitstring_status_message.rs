//! Layer 2. Entries of Bitstring lists whose values have several bits, or have messages.
//!
//! Spec: [Bitstring Status List §2.1](https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry).
//! The first bit of a value is its most significant one, as in the list.

use crate::credential::StatusMessage;
use crate::status::{OpenList, Place, Reading};

/// Reads the value at `place`. Errors: `status-list-purpose-differs`, `status-index-out-of-range`, and
/// `status-entry-malformed` where the entry does not say what each value means.
pub(super) fn value(list: &OpenList, place: &Place) -> Result<Reading, &'static str> {
    if !list.purposes.contains(&place.purpose) {
        return Err("status-list-purpose-differs");
    }
    let size = u64::from(place.size);
    let meanings = meanings(place).ok_or("status-entry-malformed")?;
    let out_of_range = "status-index-out-of-range";
    let start = place.index.checked_mul(size).ok_or(out_of_range)?;
    let end = start.checked_add(size).ok_or(out_of_range)?;
    let mut value = 0;
    for at in start..end {
        let byte = usize::try_from(at / 8).ok().and_then(|at| list.bits.get(at)).ok_or(out_of_range)?;
        value = value * 2 + u64::from(byte & (0x80 >> (at % 8)) != 0);
    }
    let meaning = meanings.iter().find(|(known, _)| *known == value);
    let entries = u64::try_from(list.bits.len()).unwrap_or(u64::MAX).saturating_mul(8) / size.max(1);
    let message = meaning.and_then(|(_, meaning)| meaning.message.clone());
    Ok(Reading { value, entries: Some(entries), message })
}

/// The values and their meanings: one for each value there can be, if there are any or must be.
fn meanings(place: &Place) -> Option<Vec<(u64, &StatusMessage)>> {
    if place.messages.is_empty() && place.size == 1 {
        return Some(Vec::new());
    }
    let count = 1_usize << place.size.min(8);
    let mut meanings: Vec<(u64, &StatusMessage)> = Vec::new();
    for meaning in &place.messages {
        let value = hexadecimal(meaning.status.as_deref()?)?;
        if meaning.message.is_none() || meanings.iter().any(|(known, _)| *known == value) {
            return None;
        }
        meanings.push((value, meaning));
    }
    let is_complete = meanings.len() == count && meanings.iter().all(|(value, _)| *value < 1 << place.size);
    is_complete.then_some(meanings)
}

/// A number written as `0x` and hexadecimal digits.
fn hexadecimal(text: &str) -> Option<u64> {
    let digits = text.strip_prefix("0x").filter(|digits| digits.bytes().all(|it| it.is_ascii_hexdigit()))?;
    u64::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(size: u8, index: u64, statuses: &[&str]) -> Place {
        let meaning =
            |status: &&str| StatusMessage { status: Some((*status).into()), message: Some("m".into()) };
        Place {
            purpose: "message".into(),
            index,
            size,
            messages: statuses.iter().map(meaning).collect(),
            ..Place::default()
        }
    }

    #[test]
    fn values_of_several_bits_are_read_across_bytes() {
        let list = OpenList {
            purposes: vec!["message".into()],
            bits: vec![0b0110_1100, 0b1010_0000, 0b0000_0001],
            ..OpenList::default()
        };
        let read = |size, index, statuses: &[&str]| {
            value(&list, &place(size, index, statuses)).map(|reading| reading.value)
        };
        let four = ["0x0", "0x1", "0x2", "0x3"];
        for (index, expected) in [(0, 1), (1, 2), (2, 3), (3, 0), (4, 2), (11, 1)] {
            assert_eq!(read(2, index, &four), Ok(expected), "{index}");
        }
        let eight = ["0x0", "0x1", "0x2", "0x3", "0x4", "0x5", "0x6", "0x7"];
        assert_eq!(read(3, 2, &eight), Ok(0b001));
        assert_eq!(read(3, 7, &eight), Ok(0b001));
        for (size, index) in [(2, 12), (3, 8), (2, u64::MAX), (3, u64::MAX / 3)] {
            let statuses: &[&str] = if size == 2 { &four } else { &eight };
            assert_eq!(read(size, index, statuses), Err("status-index-out-of-range"), "{size} {index}");
        }
        assert_eq!(read(1, 1, &[]), Ok(1));
        assert_eq!(read(1, 1, &["0x0", "0x01"]), Ok(1));
        let bad: [(u8, &[&str]); 7] = [
            (2, &[]),
            (2, &["0x0", "0x1", "0x2"]),
            (2, &["0x0", "0x1", "0x2", "0x2"]),
            (2, &["0x0", "0x1", "0x2", "0x4"]),
            (2, &["0x0", "0x1", "0x2", "3"]),
            (2, &["0x0", "0x1", "0x2", "0x+3"]),
            (1, &["0x0"]),
        ];
        for (size, statuses) in bad {
            assert_eq!(read(size, 0, statuses), Err("status-entry-malformed"), "{statuses:?}");
        }
    }
}
