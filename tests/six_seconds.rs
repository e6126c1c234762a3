//! What a reader takes in at first: whether it is genuine, who says so, what it is, and what its holder can do best. It
//! is short, whatever sound credential the card is about.
#![cfg(not(target_arch = "wasm32"))]

mod answers;
mod own;
mod support;

use support::{read_json, text};
use verify_credential::codec::json::Value;
use verify_credential::render::card::{Look, draw};
use verify_credential::render::element::{Element, Item};
use verify_credential::render::messages::Messages;
use verify_credential::report::{Report, Verdict};
use verify_credential::view::{Wishes, card};

/// Words that a hirer reads in six seconds who reads ten in one.
const WORDS_MAX: usize = 60;

#[test]
fn every_sound_credential_is_told_in_sixty_words() {
    let mut told = Vec::new();
    let found = answers::network();
    let index = read_json("tests/vectors/index.json");
    for entry in index.get("files").map(Value::as_set).unwrap_or_default() {
        let file = text(entry, "file");
        if let Some(bytes) = answers::vector(file) {
            told.extend(first_words(file, &answers::answer(entry, &bytes, &found)));
        }
    }
    let from_index = told.len();
    let found = own::network_of("tests/vectors/own/offline-map.json", "tests/vectors/own");
    for path in own_files() {
        let bytes = std::fs::read(&path).expect("a file of the folder");
        told.extend(first_words(&path, &own::report(&bytes, &found)));
    }
    assert!(from_index >= 80, "only {from_index} sound files of the index were there");
    assert!(told.len() >= from_index + 12, "only {} of our own", told.len() - from_index);
    let long: Vec<String> = told
        .into_iter()
        .map(|(name, said)| (name, said.split_whitespace().filter(|word| is_word(word)).count(), said))
        .filter(|(_, count, _)| *count > WORDS_MAX)
        .map(|(name, count, said)| format!("{count} {name}\n   {said}"))
        .collect();
    assert!(long.is_empty(), "{} are too long\n{}", long.len(), long.join("\n"));
}

/// What stands at the top of the card about a sound credential; none where it is not sound.
fn first_words(name: &str, report: &Report) -> Option<(String, String)> {
    if report.verdict != Verdict::Valid {
        return None;
    }
    let tree = draw(&card(report, Wishes::default()), &Messages::default(), &Look::default());
    let mut said = String::new();
    for part in ["verdict", "about"] {
        if let Some(section) = find(&tree, &|it| has(it, "part", part)) {
            write(section, &mut said);
        }
    }
    let outcomes = find(&tree, &|it| has(it, "part", "outcomes"));
    if let Some(first) = outcomes.and_then(|outcomes| find(outcomes, &|it| it.tag == "li")) {
        write(first, &mut said);
    }
    Some((name.to_owned(), said))
}

/// The first element that is meant, the outer one before those in it.
fn find<'t>(tree: &'t Element, is_meant: &dyn Fn(&Element) -> bool) -> Option<&'t Element> {
    if is_meant(tree) {
        return Some(tree);
    }
    tree.children.iter().find_map(|child| match child {
        Item::Element(inner) => find(inner, is_meant),
        Item::Text(_) => None,
    })
}

fn has(element: &Element, name: &str, value: &str) -> bool {
    element.attributes.iter().any(|(known, is)| *known == name && is == value)
}

/// The text that is seen without opening anything.
fn write(element: &Element, out: &mut String) {
    let is_closed =
        |inner: &Element| element.tag == "details" && !has(element, "open", "") && inner.tag != "summary";
    for child in &element.children {
        match child {
            Item::Text(text) => out.push_str(text),
            Item::Element(inner) if is_closed(inner) => {}
            Item::Element(inner) => write(inner, out),
        }
    }
    // What stands in boxes of their own is not one word.
    if !matches!(element.tag, "bdi" | "strong") {
        out.push(' ');
    }
}

fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

fn own_files() -> Vec<String> {
    let entries = std::fs::read_dir("tests/vectors/own").expect("the folder is there");
    let paths = entries.flatten().map(|entry| entry.path().to_string_lossy().into_owned());
    let mut files: Vec<String> =
        paths.filter(|path| path.ends_with(".json") || path.ends_with(".png")).collect();
    files.sort();
    files
}
