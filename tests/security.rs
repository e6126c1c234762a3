//! Every promise of SECURITY.md names what holds it, and that exists.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

#[test]
fn every_promise_names_tests_that_exist() {
    let document = fs::read_to_string("SECURITY.md").expect("the document");
    let promised = document.split("## What is promised").nth(1).expect("promises");
    let promised = promised.split("## What is not promised").next().expect("an end");
    let rows = promised.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| promise"));
    let mut complaints = Vec::new();
    let mut count = 0;
    for row in rows {
        count += 1;
        let holders: Vec<&str> = match row.trim_end_matches(" |").rsplit_once(" | ") {
            Some((_, holders)) => holders.split(", ").map(|holder| holder.trim_matches('`')).collect(),
            None => Vec::new(),
        };
        if holders.is_empty() {
            complaints.push(format!("nothing holds: {row}"));
        }
        complaints.extend(holders.into_iter().filter(|holder| !is_there(holder)).map(str::to_owned));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(count >= 20, "only {count} promises");
}

/// Whether `holder`, a file or `file::function`, is there and is a test.
fn is_there(holder: &str) -> bool {
    let (file, function) = match holder.split_once("::") {
        Some((file, function)) => (file, Some(function)),
        None => (holder, None),
    };
    let Ok(text) = fs::read_to_string(Path::new(file)) else { return false };
    match function {
        Some(function) => text.contains(&format!("fn {function}()")),
        None => ["test(", "#[test]", "wasm_bindgen_test", "fuzz_target!", "| target |"]
            .iter()
            .any(|mark| text.contains(mark)),
    }
}
