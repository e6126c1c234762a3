//! Layer 1. The JSON Canonicalization Scheme ([RFC 8785]): one spelling for every JSON value.
//!
//! Takes a parsed [`Value`], so what has no canonical form (a member named twice, half a surrogate
//! pair, a number beyond a double) has been refused before. Serves the `*-jcs-*` cryptosuites and
//! JSON literals in RDF.
//!
//! [RFC 8785]: https://www.rfc-editor.org/rfc/rfc8785

use crate::canon::number::write_ecmascript;
use crate::codec::json::{Number, Object, Text, Value};
use crate::codec::order::order;

/// The canonical JSON text of `value`.
pub fn canonicalize(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

/// `value` with every number in its canonical spelling.
pub fn with_canonical_numbers(value: &Value) -> Value {
    match value {
        Value::Number(number) => {
            let mut text = String::new();
            write_ecmascript(number.value, &mut text);
            Value::Number(Number { text: text.into(), value: number.value })
        }
        Value::Array(items) => Value::Array(items.iter().map(with_canonical_numbers).collect()),
        Value::Object(object) => Value::Object(object.map(with_canonical_numbers)),
        other => other.clone(),
    }
}

/// Recursion is bounded: [`Value`] never nests deeper than `DEPTH_MAX`.
fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_ecmascript(number.value, out),
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(object) => write_object(object, out),
    }
}

/// Members sorted by the UTF-16 code units of their names, which differs from code point order
/// where names mix U+E000…U+FFFF with characters beyond U+FFFF.
fn write_object(object: &Object, out: &mut String) {
    let members: Vec<(&Text, &Value)> = object.iter().collect();
    let name = |position: usize| members.get(position).map_or("", |(name, _)| name);
    let sorted = order(members.len(), &|one, other| name(one).encode_utf16().cmp(name(other).encode_utf16()));
    out.push('{');
    for (index, (name, value)) in sorted.iter().filter_map(|position| members.get(*position)).enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_string(name, out);
        out.push(':');
        write(value, out);
    }
    out.push('}');
}

fn write_string(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.as_bytes().iter().position(|byte| matches!(byte, 0..=0x1f | b'"' | b'\\')) {
        let (plain, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        let mut characters = tail.chars();
        write_escape(characters.next().unwrap_or_default(), out);
        rest = characters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

fn write_escape(character: char, out: &mut String) {
    let short = match character {
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\0'..='\u{1f}' => {
            out.push_str("\\u00");
            for shift in [4, 0] {
                let digit = (u32::from(character) >> shift) & 0xf;
                out.push(char::from_digit(digit, 16).unwrap_or('0'));
            }
            return;
        }
        itself => itself,
    };
    out.push('\\');
    out.push(short);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::json::parse;
    use crate::limits::Budget;

    fn canonical(text: &str) -> String {
        match parse(text.as_bytes(), &mut Budget::full()) {
            Ok(value) => canonicalize(&value),
            Err(error) => panic!("{error:?}"),
        }
    }

    #[test]
    fn members_sort_by_utf16_and_strings_escape_least() {
        for (text, expected) in [
            ("{}", "{}"),
            (" [ 1.0 , -0 , 1e2 ] ", "[1,0,100]"),
            (r#"{"b":1,"a":{"d":null,"c":true}}"#, r#"{"a":{"c":true,"d":null},"b":1}"#),
            (r#"{"\ufb33":1,"\ud83d\ude00":2,"":3}"#, "{\"\":3,\"\u{1f600}\":2,\"\u{fb33}\":1}"),
            (r#""\u001f\u007f\/\u000a\u20ac""#, "\"\\u001f\u{7f}/\\n€\""),
        ] {
            assert_eq!(canonical(text), expected);
        }
    }
}
