//! Layer 0. Sorting for everybody, compiled once.
//!
//! Every `sort` on another element type costs 5 to 7 KB of wasm. Here positions are sorted, and the
//! caller says how two of them compare, so one copy of the algorithm serves strings, quads, hashes and facts.

use std::cmp::Ordering;

/// The positions `0..count` in the order given by `compare`, which is asked about two positions.
/// Positions that compare as equal keep their order.
pub fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..count).collect();
    // What is in order already is a run; then runs are merged in pairs until one is left.
    let is_end = |position: &usize| {
        *position == count || compare(*position, position.saturating_sub(1)) == Ordering::Less
    };
    let mut ends: Vec<usize> = (1..=count).filter(is_end).collect();
    while ends.len() > 1 {
        let mut merged = Vec::with_capacity(count);
        let mut merged_ends = Vec::new();
        let mut start = 0;
        for pair in ends.chunks(2) {
            let middle = pair.first().copied().unwrap_or(start);
            let end = pair.last().copied().unwrap_or(middle);
            let run = |from, to| sorted.get(from..to).unwrap_or_default();
            merge(run(start, middle), run(middle, end), &mut merged, compare);
            merged_ends.push(end);
            start = end;
        }
        (sorted, ends) = (merged, merged_ends);
    }
    sorted
}

/// Sorts texts, and keeps each once.
pub fn sort_distinct(texts: &mut Vec<&str>) {
    let text = |position: usize| texts.get(position).copied();
    let mut distinct: Vec<&str> = Vec::with_capacity(texts.len());
    for next in order(texts.len(), &|one, other| text(one).cmp(&text(other))).into_iter().filter_map(text) {
        if distinct.last() != Some(&next) {
            distinct.push(next);
        }
    }
    *texts = distinct;
}

fn merge(
    mut one: &[usize],
    mut other: &[usize],
    merged: &mut Vec<usize>,
    compare: &dyn Fn(usize, usize) -> Ordering,
) {
    while let ([first, one_rest @ ..], [second, other_rest @ ..]) = (one, other) {
        if compare(*second, *first) == Ordering::Less {
            merged.push(*second);
            other = other_rest;
        } else {
            merged.push(*first);
            one = one_rest;
        }
    }
    merged.extend_from_slice(one);
    merged.extend_from_slice(other);
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

    #[test]
    fn every_arrangement_is_sorted() {
        let mut state = 1_u32;
        for count in (0..40).chain([127, 128, 1_000]) {
            for kinds in [1, 2, 7, 1_000_000] {
                let mut next = || {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 8) % kinds
                };
                let items: Vec<u32> = (0..count).map(|_| next()).collect();
                let mut expected: Vec<usize> = (0..items.len()).collect();
                expected.sort_by_key(|position| items[*position]);
                assert_eq!(order(items.len(), &|one, other| items[one].cmp(&items[other])), expected);
                let reversed = order(items.len(), &|one, other| other.cmp(&one));
                assert!(reversed.into_iter().eq((0..items.len()).rev()));
            }
        }
    }

    #[test]
    fn texts_stay_once() {
        let mut texts = vec!["b", "a", "b", "", "a"];
        sort_distinct(&mut texts);
        assert_eq!(texts, ["", "a", "b"]);
    }
}
