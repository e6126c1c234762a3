//! Every single change of a parsed value in a document.

use verify_credential::canon::jcs;
use verify_credential::codec::json::{Object, Value};

use crate::own::edit::{Doc, string, value};

/// A document with one change.
pub struct Change {
    /// Where, as JSON pointer.
    pub place: String,
    /// What was done there.
    pub way: &'static str,
    /// The text that came of it.
    pub text: Vec<u8>,
}

/// Every change of `document`, in the order of its values.
pub fn changes(document: &Value) -> Vec<Change> {
    let original = Doc(document.clone());
    let mut all = Vec::new();
    for place in std::iter::once(String::new()).chain(original.values()) {
        let Some(old) = original.get(&place) else { continue };
        if !place.is_empty() {
            of_value(&original, &place, old, &mut all);
        }
        match old {
            Value::Array(items) => of_array(&original, &place, items, &mut all),
            Value::Object(object) => of_object(&original, &place, object, &mut all),
            _ => {}
        }
    }
    all
}

/// Other values in the place of one.
fn of_value(original: &Doc, place: &str, old: &Value, all: &mut Vec<Change>) {
    let mut others: Vec<(&'static str, Value)> = match old {
        Value::String(text) => vec![
            ("letter changed", string(&changed(text))),
            ("letter appended", string(&format!("{text}x"))),
            ("space appended", string(&format!("{text} "))),
            ("emptied", string("")),
        ],
        Value::Number(number) => vec![
            ("more by one", value(&plain(number.value + 1.0))),
            ("negated", value(&plain(-number.value - 1.0))),
        ],
        Value::Bool(is) => vec![("turned", Value::Bool(!is))],
        Value::Null => vec![("set", Value::Bool(false))],
        Value::Array(_) | Value::Object(_) => Vec::new(),
    };
    if *old != Value::Null {
        others.push(("nulled", Value::Null));
    }
    for (way, other) in others.into_iter().filter(|(_, other)| other != old) {
        let mut doc = original.clone();
        doc.put(place, other);
        all.push(Change { place: place.to_owned(), way, text: doc.bytes() });
    }
    let mut doc = original.clone();
    doc.take(place);
    all.push(Change { place: place.to_owned(), way: "taken out", text: doc.bytes() });
}

fn of_array(original: &Doc, place: &str, items: &[Value], all: &mut Vec<Change>) {
    for at in 0..items.len() {
        let mut doubled = items.to_vec();
        doubled.insert(at, items[at].clone());
        let mut push = |way, items: Vec<Value>| {
            let mut doc = original.clone();
            doc.put(place, Value::Array(items));
            all.push(Change { place: place.to_owned(), way, text: doc.bytes() });
        };
        push("element doubled", doubled);
        if at > 0 && items[at - 1] != items[at] {
            let mut swapped = items.to_vec();
            swapped.swap(at - 1, at);
            push("elements swapped", swapped);
        }
    }
}

fn of_object(original: &Doc, place: &str, object: &Object, all: &mut Vec<Change>) {
    let with = |name: &str, value: Value| {
        let mut doc = original.clone();
        doc.put(&format!("{place}/{name}"), value);
        doc.bytes()
    };
    let mut push = |place: String, way, text| all.push(Change { place, way, text });
    push(format!("{place}/added"), "added", with("added", string("x")));
    push(format!("{place}/description"), "added", with("description", string("added")));
    for (name, member) in object.iter().filter(|(name, _)| !name.contains('/')) {
        let at = format!("{place}/{name}");
        let mut doc = original.clone();
        doc.rename(&at, &format!("{name}x"));
        push(at.clone(), "renamed", doc.bytes());
        push(at.clone(), "copied", with(&format!("{name}x"), member.clone()));
        // The same member a second time, which no object can hold.
        let text = String::from_utf8(with(TWIN, member.clone())).expect("it is text");
        let twin = text.replace(&format!("\"{TWIN}\""), &jcs::canonicalize(&Value::String(name.clone())));
        push(at, "written twice", twin.into_bytes());
    }
}

/// `text` with its middle letter changed.
fn changed(text: &str) -> String {
    let middle = text.chars().count() / 2;
    let change = |(at, letter): (usize, char)| match letter {
        letter if at != middle => letter,
        '0'..='8' | 'a'..='y' | 'A'..='Y' => char::from_u32(u32::from(letter) + 1).unwrap_or('x'),
        _ => '7',
    };
    text.chars().enumerate().map(change).collect()
}

fn plain(number: f64) -> String {
    format!("{number}")
}

const TWIN: &str = "twin-of-a-member";
