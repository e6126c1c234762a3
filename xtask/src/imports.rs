//! Gives what a wasm module imports from its glue short names, in both.
//!
//! wasm-bindgen ends every name in 16 random-looking digits, which no compression helps against, and which stand in
//! the module and in the script. Nobody else calls by these names.

/// The module and its glue with the same imports under short names.
pub fn shorten(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String), String> {
    rewrite(wasm, glue).ok_or_else(|| "the module's imports cannot be read".into())
}

fn rewrite(wasm: &[u8], glue: &str) -> Option<(Vec<u8>, String)> {
    let (header, mut rest) = wasm.split_at_checked(HEADER_BYTES)?;
    let mut written = header.to_vec();
    let mut glue = glue.to_owned();
    while let Some((id, behind)) = rest.split_first() {
        let (length, behind) = number(behind)?;
        let (section, behind) = behind.split_at_checked(length)?;
        rest = behind;
        written.push(*id);
        if *id == IMPORTS {
            let section = imports(section, &mut glue)?;
            put_number(section.len(), &mut written);
            written.extend(section);
        } else {
            put_number(length, &mut written);
            written.extend(section);
        }
    }
    Some((written, glue))
}

/// The [import section](https://webassembly.github.io/spec/core/binary/modules.html#import-section): functions alone.
fn imports(section: &[u8], glue: &mut String) -> Option<Vec<u8>> {
    let (count, mut rest) = number(section)?;
    let mut written = Vec::new();
    put_number(count, &mut written);
    for index in 0..count {
        let (module, behind) = text(rest)?;
        let (name, behind) = text(behind)?;
        let (kind, behind) = behind.split_first()?;
        let (kind_of_function, behind) = number(behind)?;
        if *kind != FUNCTION {
            return None;
        }
        let short = short_name(index);
        // With its colon, so that no name is taken for the start of another.
        let (long, found) = (format!("{name}: "), glue.matches(&format!("{name}: ")).count());
        if found != 1 {
            return None;
        }
        *glue = glue.replace(&long, &format!("{short}: ")).replace(&format!("\"{module}\""), "\"a\"");
        put_text("a", &mut written);
        put_text(&short, &mut written);
        written.push(FUNCTION);
        put_number(kind_of_function, &mut written);
        rest = behind;
    }
    rest.is_empty().then_some(written)
}

/// `a` to `z`, then `aa`, `ba` and so on.
fn short_name(index: usize) -> String {
    let letter = |index: usize| u8::try_from(index % 26).map_or('_', |index| char::from(b'a' + index));
    let mut name = String::from(letter(index));
    let mut more = index / 26;
    while more > 0 {
        name.push(letter(more - 1));
        more = (more - 1) / 26;
    }
    name
}

fn text(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, behind) = number(bytes)?;
    let (text, behind) = behind.split_at_checked(length)?;
    Some((std::str::from_utf8(text).ok()?, behind))
}

fn put_text(text: &str, written: &mut Vec<u8>) {
    put_number(text.len(), written);
    written.extend(text.as_bytes());
}

/// An unsigned [LEB128](https://webassembly.github.io/spec/core/binary/values.html#integers) number.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0_usize;
    for (place, byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f).checked_shl(u32::try_from(place * 7).ok()?)?;
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(place + 1..)?));
        }
    }
    None
}

fn put_number(mut value: usize, written: &mut Vec<u8>) {
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or(0);
        value >>= 7;
        written.push(if value == 0 { low } else { low | 0x80 });
        if value == 0 {
            return;
        }
    }
}

const HEADER_BYTES: usize = 8;
const IMPORTS: u8 = 2;
const FUNCTION: u8 = 0;

#[cfg(test)]
mod tests {
    use super::*;

    /// A module of one type and the imports `m`.`one_1` and `m`.`one_12`.
    fn module(first: &str, second: &str) -> Vec<u8> {
        let mut section = vec![2];
        for name in [first, second] {
            put_text("./m.js", &mut section);
            put_text(name, &mut section);
            section.extend([FUNCTION, 0]);
        }
        let mut bytes = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02".to_vec();
        put_number(section.len(), &mut bytes);
        bytes.extend(section);
        bytes
    }

    #[test]
    fn names_change_in_both() {
        let glue = "{ \"./m.js\": { one_12: function() {}, one_1: function() {} } }";
        let (wasm, short) = shorten(&module("one_1", "one_12"), glue).expect("two functions");
        assert_eq!(short, "{ \"a\": { b: function() {}, a: function() {} } }");
        assert!(wasm.ends_with(b"\x02\x0d\x02\x01a\x01a\0\0\x01a\x01b\0\0"), "{wasm:?}");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let whole = module("one_1", "one_12");
        assert!(shorten(&whole, "{}").is_err(), "names that the glue lacks");
        for length in [4, 12, whole.len() - 1] {
            assert!(shorten(&whole[..length], "one_1: one_12: ").is_err(), "{length}");
        }
    }

    #[test]
    fn numbers_and_names_are_distinct() {
        for value in [0, 1, 127, 128, 16_384, 800_000] {
            let mut bytes = Vec::new();
            put_number(value, &mut bytes);
            assert_eq!(number(&bytes), Some((value, &[][..])));
        }
        let names: std::collections::BTreeSet<String> = (0..800).map(short_name).collect();
        assert_eq!(names.len(), 800);
    }
}
