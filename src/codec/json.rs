//! Layer 0. A strict reader of JSON ([RFC 8259]) for documents whose spelling matters.
//!
//! Signatures over canonical JSON and over RDF both depend on what a lax reader throws away: the
//! text of a number, a member written twice, an escaped half of a surrogate pair. This reader
//! keeps the first and refuses the other two. It does not write JSON: see `canon::jcs`.
//!
//! [RFC 8259]: https://www.rfc-editor.org/rfc/rfc8259

use std::rc::Rc;

use crate::codec::decimal;
use crate::codec::order::order;
use crate::limits::{Budget, DEPTH_MAX, LimitReached, OBJECT_MEMBERS_MAX};

/// Text shared between a document and everything derived from it.
pub type Text = Rc<str>;

/// A JSON value. Nesting never exceeds [`DEPTH_MAX`], so walking one by recursion is bounded.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number with its own spelling.
    Number(Number),
    /// A string of Unicode scalar values.
    String(Text),
    /// An array, in document order.
    Array(Vec<Value>),
    /// An object with distinct member names, in document order.
    Object(Object),
}

/// A number as it was written, and its IEEE 754 value, which is always finite.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The spelling in the document, for example `36.0`.
    pub text: Text,
    /// The nearest double, ties to even; never infinite, never NaN.
    pub value: f64,
}

/// The members of an object: distinct names, in document order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    members: Vec<(Text, Value)>,
}

/// Why a text is not JSON we accept, and the byte at which that showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong.
    pub kind: ErrorKind,
    /// Byte offset in the input, from 0.
    pub offset: usize,
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Not UTF-8.
    Encoding,
    /// Not the grammar of RFC 8259, or text after the value.
    Syntax,
    /// An object names a member twice.
    DuplicateMember,
    /// An escape that is half of a surrogate pair: no Unicode text.
    LoneSurrogate,
    /// A number beyond the range of a double.
    NumberRange,
    /// Nested deeper than [`DEPTH_MAX`].
    Depth,
    /// More work than the budget allows.
    Limit(LimitReached),
}

/// Reads exactly one JSON value from `bytes`, white space around it allowed.
///
/// Errors: every [`ErrorKind`]. Costs one JSON value of the budget per value.
pub fn parse(bytes: &[u8], budget: &mut Budget) -> Result<Value, Error> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| Error { kind: ErrorKind::Encoding, offset: error.valid_up_to() })?;
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0, depth: 0, budget };
    reader.white_space();
    let value = reader.value()?;
    reader.white_space();
    if reader.at != reader.bytes.len() {
        return Err(reader.error(ErrorKind::Syntax));
    }
    Ok(value)
}

impl Number {
    /// The whole part, a fraction cut off; none where it is written with an exponent, which would move
    /// the point that is cut at, or is beyond an `i64`.
    pub fn whole(&self) -> Option<i64> {
        match self.text.contains(['e', 'E']) {
            true => None,
            false => self.text.split('.').next()?.parse().ok(),
        }
    }
}

impl Value {
    /// The string, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The object, if this is one.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The items, if this is an array.
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The member `name`, if this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_object().and_then(|object| object.get(name))
    }

    /// The items of an array, or the value itself as the only item: the shape JSON-LD gives to
    /// "one or many".
    pub fn as_set(&self) -> &[Value] {
        match self {
            Value::Array(items) => items,
            Value::Null => &[],
            single => std::slice::from_ref(single),
        }
    }
}

impl Object {
    /// The value of member `name`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.members.iter().find(|(key, _)| &**key == name).map(|(_, value)| value)
    }

    /// All members in document order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Text, &Value)> + ExactSizeIterator {
        self.members.iter().map(|(name, value)| (name, value))
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Sets member `name`, in place where it exists, at the end where it does not.
    pub fn insert(&mut self, name: Text, value: Value) {
        match self.members.iter_mut().find(|(key, _)| *key == name) {
            Some((_, old)) => *old = value,
            None => self.members.push((name, value)),
        }
    }

    /// The object of these members; none where two have one name.
    pub fn of_distinct(members: Vec<(Text, Value)>) -> Option<Object> {
        (!has_duplicate(&members)).then_some(Object { members })
    }

    /// This object with other values.
    pub fn map(&self, value: fn(&Value) -> Value) -> Object {
        Object { members: self.members.iter().map(|(name, old)| (name.clone(), value(old))).collect() }
    }

    /// This object without member `name`.
    pub fn without(&self, name: &str) -> Object {
        Object { members: self.members.iter().filter(|(key, _)| &**key != name).cloned().collect() }
    }
}

struct Reader<'a, 'b> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    budget: &'b mut Budget,
}

impl Reader<'_, '_> {
    fn error(&self, kind: ErrorKind) -> Error {
        Error { kind, offset: self.at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.at += 1;
        }
        found
    }

    fn white_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn value(&mut self) -> Result<Value, Error> {
        self.budget.json_value().map_err(|limit| self.error(ErrorKind::Limit(limit)))?;
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            _ => Err(self.error(ErrorKind::Syntax)),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, Error>) -> Result<Value, Error> {
        if self.depth == DEPTH_MAX {
            return Err(self.error(ErrorKind::Depth));
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Error> {
        match self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            true => {
                self.at += word.len();
                Ok(value)
            }
            false => Err(self.error(ErrorKind::Syntax)),
        }
    }

    fn array(&mut self) -> Result<Value, Error> {
        let mut items = Vec::new();
        self.white_space();
        if self.take(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            self.white_space();
            items.push(self.value()?);
            self.white_space();
            if self.take(b']') {
                return Ok(Value::Array(items));
            }
            if !self.take(b',') {
                return Err(self.error(ErrorKind::Syntax));
            }
        }
    }

    fn object(&mut self) -> Result<Value, Error> {
        let start = self.at;
        let mut members: Vec<(Text, Value)> = Vec::new();
        self.white_space();
        if self.take(b'}') {
            return Ok(Value::Object(Object { members }));
        }
        loop {
            self.white_space();
            let name = self.string()?;
            self.white_space();
            if !self.take(b':') {
                return Err(self.error(ErrorKind::Syntax));
            }
            self.white_space();
            if members.len() == OBJECT_MEMBERS_MAX {
                return Err(self.error(ErrorKind::Limit(LimitReached("object-members"))));
            }
            members.push((name, self.value()?));
            self.white_space();
            if self.take(b'}') {
                break;
            }
            if !self.take(b',') {
                return Err(self.error(ErrorKind::Syntax));
            }
        }
        match has_duplicate(&members) {
            true => Err(Error { kind: ErrorKind::DuplicateMember, offset: start }),
            false => Ok(Value::Object(Object { members })),
        }
    }

    fn string(&mut self) -> Result<Text, Error> {
        if !self.take(b'"') {
            return Err(self.error(ErrorKind::Syntax));
        }
        let start = self.at;
        self.plain_run();
        match self.peek() {
            Some(b'"') => {
                let text = self.text.get(start..self.at).unwrap_or_default();
                self.at += 1;
                Ok(Rc::from(text))
            }
            Some(b'\\') => self.escaped_string(start),
            _ => Err(self.error(ErrorKind::Syntax)),
        }
    }

    /// Goes on to the next byte that is not just itself in a string, or to the end.
    fn plain_run(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let run = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
        self.at += run.unwrap_or(rest.len());
    }

    /// The rest of a string that began at `start` and has an escape at the current byte.
    fn escaped_string(&mut self, start: usize) -> Result<Text, Error> {
        let mut out = String::from(self.text.get(start..self.at).unwrap_or_default());
        loop {
            let run = self.at;
            self.plain_run();
            out.push_str(self.text.get(run..self.at).unwrap_or_default());
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Rc::from(out));
                }
                Some(b'\\') => {
                    self.at += 1;
                    out.push(self.escape()?);
                }
                _ => return Err(self.error(ErrorKind::Syntax)),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Error> {
        let letter = self.peek();
        let character = match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.unicode_escape();
            }
            _ => return Err(self.error(ErrorKind::Syntax)),
        };
        self.at += 1;
        Ok(character)
    }

    fn unicode_escape(&mut self) -> Result<char, Error> {
        let first = self.four_digits()?;
        if !(0xd800..0xe000).contains(&first) {
            return char::from_u32(first).ok_or(self.error(ErrorKind::LoneSurrogate));
        }
        if first >= 0xdc00 || !(self.take(b'\\') && self.take(b'u')) {
            return Err(self.error(ErrorKind::LoneSurrogate));
        }
        let second = self.four_digits()?;
        if !(0xdc00..0xe000).contains(&second) {
            return Err(self.error(ErrorKind::LoneSurrogate));
        }
        let scalar = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        char::from_u32(scalar).ok_or(self.error(ErrorKind::LoneSurrogate))
    }

    fn four_digits(&mut self) -> Result<u32, Error> {
        let digits = self.text.get(self.at..self.at + 4).unwrap_or_default();
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(self.error(ErrorKind::Syntax));
        }
        let value = u32::from_str_radix(digits, 16).map_err(|_| self.error(ErrorKind::Syntax))?;
        self.at += 4;
        Ok(value)
    }

    fn number(&mut self) -> Result<Value, Error> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            if !self.take(b'+') {
                self.take(b'-');
            }
            self.digits()?;
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        match decimal::read(text) {
            Some(value) => Ok(Value::Number(Number { text: Rc::from(text), value })),
            None => Err(Error { kind: ErrorKind::NumberRange, offset: start }),
        }
    }

    /// One digit or more.
    fn digits(&mut self) -> Result<(), Error> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        if self.at == start { Err(self.error(ErrorKind::Syntax)) } else { Ok(()) }
    }
}

/// Whether two members share a name. Small objects are compared pairwise; the others are sorted,
/// so that an object of twenty thousand members costs no quadratic time.
fn has_duplicate(members: &[(Text, Value)]) -> bool {
    if members.len() <= 8 {
        return members
            .iter()
            .enumerate()
            .any(|(index, (name, _))| members.iter().skip(index + 1).any(|(other, _)| other == name));
    }
    let name = |position: usize| members.get(position).map(|(name, _)| name);
    let sorted = order(members.len(), &|one, other| name(one).cmp(&name(other)));
    sorted.windows(2).any(|pair| matches!(pair, [one, other] if name(*one) == name(*other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Value, ErrorKind> {
        parse(text.as_bytes(), &mut Budget::full()).map_err(|error| error.kind)
    }

    #[test]
    fn accepts_the_grammar_and_nothing_else() {
        for text in ["null", " true ", "[]", "{}", "[1,-0,2.5e-3]", r#"{"a":{"b":[""]}}"#, "0.0E+1"] {
            assert!(read(text).is_ok(), "{text}");
        }
        let bad = [
            "",
            " ",
            "nul",
            "[1,]",
            "{,}",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "[1 2]",
            "{\"a\" 1}",
            "{\"a\":1,}",
            "{a:1}",
            "'a'",
            "\"\t\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u+123\"",
            "\"",
            "[",
            "{}x",
            "\u{feff}{}",
            "NaN",
            "// c\n1",
        ];
        for text in bad {
            assert_eq!(read(text), Err(ErrorKind::Syntax), "{text}");
        }
    }

    #[test]
    fn keeps_the_spelling_of_numbers() {
        let Ok(Value::Number(number)) = read("36.0") else { panic!("not a number") };
        assert_eq!((&*number.text, number.value), ("36.0", 36.0));
        assert_eq!(read("1e400"), Err(ErrorKind::NumberRange));
        assert!(read("1e-400").is_ok());
    }

    #[test]
    fn decodes_escapes_and_refuses_half_characters() {
        assert_eq!(read(r#""\u00e9\n\ud83d\ude00\/""#), Ok(Value::String(Rc::from("é\n😀/"))));
        for text in [r#""\ud800""#, r#""\udc00""#, r#""\ud800\u0041""#, r#""\ud800x""#] {
            assert_eq!(read(text), Err(ErrorKind::LoneSurrogate), "{text}");
        }
        assert_eq!(parse(b"\"\xff\"", &mut Budget::full()).map_err(|e| e.kind), Err(ErrorKind::Encoding));
    }

    #[test]
    fn refuses_members_named_twice_in_small_and_large_objects() {
        assert_eq!(read(r#"{"a":1,"a":2}"#), Err(ErrorKind::DuplicateMember));
        assert_eq!(read(r#"{"a":1,"\u0061":2}"#), Err(ErrorKind::DuplicateMember));
        let many: Vec<String> = (0..20).map(|n| format!("\"k{n}\":0")).collect();
        assert!(read(&format!("{{{}}}", many.join(","))).is_ok());
        assert_eq!(read(&format!("{{{},\"k3\":1}}", many.join(","))), Err(ErrorKind::DuplicateMember));
    }

    #[test]
    fn stops_at_its_limits() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(read(&nested(DEPTH_MAX)).is_ok());
        assert_eq!(read(&nested(DEPTH_MAX + 1)), Err(ErrorKind::Depth));
        assert_eq!(read(&"[".repeat(1_000_000)), Err(ErrorKind::Depth));
        let members = |count: usize| {
            let list: Vec<String> = (0..count).map(|n| format!("\"{n}\":0")).collect();
            format!("{{{}}}", list.join(","))
        };
        assert!(read(&members(OBJECT_MEMBERS_MAX)).is_ok());
        assert_eq!(
            read(&members(OBJECT_MEMBERS_MAX + 1)),
            Err(ErrorKind::Limit(LimitReached("object-members")))
        );
    }
}
