//! What the conformance suites share: reading vectors natively and in wasm under Node, reading
//! N-Quads, and the list of reasoned deviations.

#![allow(dead_code)] // Each suite uses a part.

use verify_credential::canon::quads::{Quad, RDF_LANG_STRING, Term, XSD_STRING};
use verify_credential::codec::json::{Text, Value, parse};
use verify_credential::limits::Budget;

/// The bytes of the file at `path`, relative to the root of the crate.
pub fn read(path: &str) -> Vec<u8> {
    platform::read(&format!("{}/{path}", env!("CARGO_MANIFEST_DIR")))
}

/// The bytes of the file at `path`, if it exists.
pub fn read_if_present(path: &str) -> Option<Vec<u8>> {
    platform::read_if_present(&format!("{}/{path}", env!("CARGO_MANIFEST_DIR")))
}

/// The file at `path` as text.
pub fn read_text(path: &str) -> String {
    String::from_utf8(read(path)).unwrap_or_else(|_| panic!("{path} is not UTF-8"))
}

/// The file at `path` as JSON.
pub fn read_json(path: &str) -> Value {
    json(&read(path)).unwrap_or_else(|| panic!("{path} is not JSON"))
}

/// `bytes` as JSON.
pub fn json(bytes: &[u8]) -> Option<Value> {
    parse(bytes, &mut Budget::full()).ok()
}

/// Member `name` of `value` as text; empty where there is none.
pub fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(not(target_arch = "wasm32"))]
mod platform {
    pub fn read(path: &str) -> Vec<u8> {
        std::fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn read_if_present(path: &str) -> Option<Vec<u8>> {
        std::fs::read(path).ok()
    }
}

#[cfg(target_arch = "wasm32")]
mod platform {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen(module = "fs")]
    extern "C" {
        #[wasm_bindgen(js_name = readFileSync)]
        fn read_file(path: &str) -> Vec<u8>;
        #[wasm_bindgen(js_name = existsSync)]
        fn exists(path: &str) -> bool;
    }

    pub fn read(path: &str) -> Vec<u8> {
        read_file(path)
    }

    pub fn read_if_present(path: &str) -> Option<Vec<u8>> {
        exists(path).then(|| read_file(path))
    }
}

/// Outcomes of a suite's cases, held against the rows of `tests/vectors/canon-deviations.tsv`.
pub struct Outcomes {
    suite: &'static str,
    rows: Vec<(String, bool)>,
    passed: usize,
    complaints: Vec<String>,
}

impl Outcomes {
    /// The outcomes of `suite`, none so far.
    pub fn of(suite: &'static str) -> Self {
        let table = read_text("tests/vectors/canon-deviations.tsv");
        let rows = table
            .lines()
            .skip(1)
            .filter(|line| !line.is_empty())
            .filter_map(|line| {
                let columns: Vec<&str> = line.split('\t').collect();
                let [name, id, reason] = columns.as_slice() else { panic!("not three columns: {line}") };
                assert!(!reason.trim().is_empty(), "no reason: {line}");
                (*name == suite).then(|| ((*id).to_owned(), false))
            })
            .collect();
        Outcomes { suite, rows, passed: 0, complaints: Vec::new() }
    }

    /// Notes what came of case `id`.
    pub fn note(&mut self, id: &str, outcome: Result<(), String>) {
        let row = self.rows.iter_mut().find(|(row, _)| row == id);
        match (outcome, row) {
            (Ok(()), None) => self.passed += 1,
            (Err(_), Some(row)) => row.1 = true,
            (Ok(()), Some(row)) => {
                row.1 = true;
                self.complaints.push(format!("{id} passes: its deviation row is stale"));
            }
            (Err(why), None) => self.complaints.push(format!("{id}: {why}")),
        }
    }

    /// Fails unless every case passed or is a row, and every row was met; `total` is the number of
    /// cases expected, so that an empty manifest is no success.
    pub fn conclude(self, total: usize) {
        let unmet: Vec<String> = self.rows.iter().filter(|row| !row.1).map(|row| row.0.clone()).collect();
        assert!(unmet.is_empty(), "{}: deviation rows without a case: {unmet:?}", self.suite);
        let failed = self.complaints.len();
        assert!(failed == 0, "{}: {failed} complaints\n{}", self.suite, self.complaints.join("\n"));
        assert_eq!(self.passed + self.rows.len(), total, "{}: number of cases", self.suite);
    }
}

/// Reads an N-Quads document of the test suites.
pub fn parse_n_quads(document: &str) -> Vec<Quad> {
    document
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(parse_line)
        .collect()
}

fn parse_line(line: &str) -> Quad {
    let mut rest = line;
    let mut terms = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.starts_with('.') {
            break;
        }
        let (term, tail) = parse_term(rest).unwrap_or_else(|| panic!("not N-Quads: {line}"));
        terms.push(term);
        rest = tail;
    }
    let mut terms = terms.into_iter();
    match (terms.next(), terms.next(), terms.next(), terms.next()) {
        (Some(subject), Some(Term::Iri(predicate)), Some(object), graph) => {
            Quad { subject, predicate, object, graph }
        }
        // Generalized RDF, of which a few expected results are: kept apart from any quad of ours.
        (Some(subject), Some(Term::Blank(label)), Some(object), graph) => {
            Quad { subject, predicate: format!("_:{label}").into(), object, graph }
        }
        _ => panic!("not a quad: {line}"),
    }
}

fn parse_term(text: &str) -> Option<(Term, &str)> {
    if let Some(rest) = text.strip_prefix('<') {
        let (iri, rest) = rest.split_once('>')?;
        return Some((Term::Iri(unescape(iri).into()), rest));
    }
    if let Some(rest) = text.strip_prefix("_:") {
        let end = rest.find([' ', '\t']).unwrap_or(rest.len());
        let (label, rest) = rest.split_at(end);
        return Some((Term::Blank(label.into()), rest));
    }
    let rest = text.strip_prefix('"')?;
    let mut is_escaped = false;
    let end = rest.find(|letter| {
        let ends = letter == '"' && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        ends
    })?;
    let (value, rest) = rest.split_at(end);
    let value: Text = unescape(value).into();
    let rest = rest.strip_prefix('"')?;
    if let Some(rest) = rest.strip_prefix("^^<") {
        let (datatype, rest) = rest.split_once('>')?;
        return Some((Term::Literal { value, datatype: datatype.into(), language: None }, rest));
    }
    if let Some(rest) = rest.strip_prefix('@') {
        let (tag, rest) = rest.split_at(rest.find(' ')?);
        let term = Term::Literal { value, datatype: RDF_LANG_STRING.into(), language: Some(tag.into()) };
        return Some((term, rest));
    }
    Some((Term::Literal { value, datatype: XSD_STRING.into(), language: None }, rest))
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        out.push(match letter {
            '\\' => match letters.next() {
                Some('t') => '\t',
                Some('b') => '\u{8}',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('f') => '\u{c}',
                Some('u') => hex(&mut letters, 4),
                Some('U') => hex(&mut letters, 8),
                Some(other) => other,
                None => panic!("open escape in {text}"),
            },
            plain => plain,
        });
    }
    out
}

fn hex(letters: &mut std::str::Chars, digits: usize) -> char {
    let code: String = letters.take(digits).collect();
    let number = u32::from_str_radix(&code, 16).unwrap_or_else(|_| panic!("not hexadecimal: {code}"));
    char::from_u32(number).unwrap_or_else(|| panic!("no character: {code}"))
}
