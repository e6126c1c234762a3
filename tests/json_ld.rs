//! JSON-LD 1.1 against the W3C suites for `toRdf` and `expand`.

mod support;

use std::rc::Rc;

use support::{Outcomes, json, parse_n_quads, read_json, read_text, text};
use verify_credential::canon::json_ld::{Error, LanguageTags, Settings, expand, to_quads};
use verify_credential::canon::quads::Quad;
use verify_credential::canon::rdfc::{Hash, canonicalize};
use verify_credential::codec::json::Value;
use verify_credential::limits::Budget;

const BASE: &str = "https://w3c.github.io/json-ld-api/tests/";
const FOLDER: &str = "tests/vectors/05-json-ld-api/";

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn suite() {
    let manifest = read_json(&format!("{FOLDER}toRdf-manifest.json"));
    let mut outcomes = Outcomes::of("json-ld-to-rdf");
    for entry in manifest.get("sequence").map(Value::as_set).unwrap_or_default() {
        outcomes.note(text(entry, "@id"), to_rdf_case(entry));
    }
    outcomes.conclude(312);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn expand_suite() {
    let manifest = read_json(&format!("{FOLDER}expand-manifest.json"));
    let mut outcomes = Outcomes::of("json-ld-expand");
    for entry in manifest.get("sequence").map(Value::as_set).unwrap_or_default() {
        outcomes.note(text(entry, "@id"), expand_case(entry));
    }
    outcomes.conclude(259);
}

fn to_rdf_case(entry: &Value) -> Result<(), String> {
    let result = run(entry, |document, settings| {
        to_quads(document, settings, &mut Budget::full()).map(|dataset| dataset.quads)
    });
    let expected = text(entry, "expect");
    match (text(entry, "expectErrorCode"), expected, result) {
        ("", "", Ok(_)) => Ok(()),
        ("", _, Ok(quads)) => {
            same_dataset(&quads, &parse_n_quads(&read_text(&format!("{FOLDER}{expected}"))))
        }
        (code, _, result) => expect_error(code, result),
    }
}

fn expand_case(entry: &Value) -> Result<(), String> {
    let result = run(entry, |document, settings| expand(document, settings, &mut Budget::full()));
    match (text(entry, "expectErrorCode"), result) {
        ("", Ok(expanded)) => {
            let expected = read_json(&format!("{FOLDER}{}", text(entry, "expect")));
            if is_same(&expanded, &expected, false) {
                Ok(())
            } else {
                Err(format!("\n{expanded:?}\nis not\n{expected:?}"))
            }
        }
        (code, result) => expect_error(code, result),
    }
}

fn run<T>(entry: &Value, work: impl Fn(&Value, &Settings) -> Result<T, Error>) -> Result<T, Error> {
    let input = text(entry, "input");
    let option = entry.get("option").unwrap_or(&Value::Null);
    let base = match text(option, "base") {
        "" => format!("{BASE}{input}"),
        base => base.to_owned(),
    };
    let supplied = |url: &str| {
        let file = url.strip_prefix(BASE)?;
        let bytes = support::read_if_present(&format!("{FOLDER}{file}"))?;
        json(&bytes).map(Rc::new)
    };
    let settings = Settings {
        base: Some(&base),
        language_tags: LanguageTags::AsWritten,
        variants: &[],
        supplied: &supplied,
        is_read: |_| false,
    };
    work(&read_json(&format!("{FOLDER}{input}")), &settings)
}

fn expect_error<T: std::fmt::Debug>(code: &str, result: Result<T, Error>) -> Result<(), String> {
    match result {
        Err(Error::JsonLd { code: found, .. }) if found == code => Ok(()),
        // What cannot be loaded is named, so that it can be asked for.
        Err(Error::UnknownContexts(_)) if code == "loading remote context failed" => Ok(()),
        other => Err(format!("expected error \"{code}\", got {other:?}")),
    }
}

fn same_dataset(found: &[Quad], expected: &[Quad]) -> Result<(), String> {
    let canonical =
        |quads: &[Quad]| canonicalize(quads, Hash::Sha256, &mut Budget::full()).map(|done| done.n_quads);
    match (canonical(found), canonical(expected)) {
        (Ok(found), Ok(expected)) if found == expected => Ok(()),
        (found, expected) => {
            Err(format!("\n{}is not\n{}", found.unwrap_or_default(), expected.unwrap_or_default()))
        }
    }
}

/// Equality of expanded documents: order counts in lists only.
fn is_same(one: &Value, other: &Value, is_ordered: bool) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| {
                    other
                        .get(name)
                        .is_some_and(|found| is_same(value, found, &**name == "@list" || &**name == "@value"))
                })
        }
        (Value::Array(one), Value::Array(other)) if is_ordered => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other, true))
        }
        (Value::Array(one), Value::Array(other)) => {
            let mut left: Vec<&Value> = other.iter().collect();
            one.len() == other.len()
                && one.iter().all(|item| match left.iter().position(|found| is_same(item, found, false)) {
                    Some(place) => {
                        left.swap_remove(place);
                        true
                    }
                    None => false,
                })
        }
        (Value::Number(one), Value::Number(other)) => one.value == other.value,
        _ => one == other,
    }
}
