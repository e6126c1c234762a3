//! Finds the texts that belong to a part: those between its marks, as `src/reason/later.rs` sets them.

use std::ops::Range;

/// Where in `bytes` the texts of the part with this name are, each with its marks.
pub fn of(name: &str, bytes: &[u8]) -> Vec<Range<usize>> {
    let start = [b"\x01", name.as_bytes(), b"\n"].concat();
    let mut ranges = Vec::new();
    let mut from = 0;
    while let Some(place) = find(bytes, &start, from) {
        let Some(end) = find(bytes, END, place) else { break };
        from = end + END.len();
        ranges.push(place..from);
    }
    ranges
}

fn find(bytes: &[u8], mark: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    Some(from + rest.windows(mark.len()).position(|window| window == mark)?)
}

const END: &[u8] = b"\x01end\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_has_the_texts_between_its_own_marks() {
        let memory = "0\x01more\na\x01end\n1\x01look\nb\x01end\n2\x01more\nc\x01end\n3\x01more\nd";
        let texts = |name| -> Vec<&str> {
            of(name, memory.as_bytes()).into_iter().filter_map(|range| memory.get(range)).collect()
        };
        assert_eq!(texts("more"), ["\x01more\na\x01end\n", "\x01more\nc\x01end\n"], "what has no end stays");
        assert_eq!(texts("look"), ["\x01look\nb\x01end\n"]);
        assert!(texts("mor").is_empty() && of("more", b"").is_empty());
    }
}
