//! Layer 0. Sorting for everybody, compiled once.
//!
//! Every `sort` on another element type costs 5 to 7 KB of wasm. Here positions are sorted, and the
//! caller says how two of them compare, so one copy of the algorithm serves strings, quads, hashes and facts.

use std::cmp::Ordering;

/// The positions `0..count` in the order given by `compare`, which is asked about two positions.
/// Positions that compare as equal keep their order.
pub fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..count).collect();
    positions.sort_unstable_by(|one, other| compare(*one, *other).then(one.cmp(other)));
    positions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_items_keep_their_order() {
        let items = ["b", "a", "b", "a", ""];
        assert_eq!(order(items.len(), &|one, other| items[one].cmp(items[other])), [4, 1, 3, 0, 2]);
        assert!(order(0, &|_, _| Ordering::Equal).is_empty());
    }
}
