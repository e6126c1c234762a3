//! A module imports only modules before it in this list (`src/README.md` draws the map).
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

const ORDER: &[&str] = &[
    "limits",
    "english",
    "reason",
    "codec",
    "schema",
    "crypto",
    "need",
    "trust",
    "policy",
    "container",
    "canon",
    "claims",
    "credential",
    "report",
    "securing",
    "did",
    "status",
    "format",
    "snapshot",
    "suite",
    "check",
    "verify",
    "view",
    "render",
    "about",
    "wasm",
    "wasm_lent",
];

#[test]
fn imports_point_downwards() {
    let mut complaints = Vec::new();
    let mut seen = 0;
    for file in sources(Path::new("src")) {
        let text = fs::read_to_string(&file).expect("a source file");
        let Some(own) = module(&file) else { continue };
        let own = rank(&own).unwrap_or_else(|| panic!("{own} has no place in the order"));
        for line in text.lines().filter(|line| line.trim_start().starts_with("use crate::")) {
            seen += 1;
            for used in names(line) {
                match rank(&used) {
                    Some(place) if place <= own => {}
                    _ => complaints.push(format!("{}: {line}", file.display())),
                }
            }
        }
    }
    assert!(seen > 100, "only {seen} imports found");
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// `use crate::a::b` names `a`; `use crate::{a, b::c}` names `a` and `b`; `use crate::a` the function
/// of that module that the root exports.
fn names(line: &str) -> Vec<String> {
    let rest = line.trim_start().trim_start_matches("use crate::");
    let first = |text: &str| text.trim().split([':', ';', ',', ' ']).next().unwrap_or_default().to_owned();
    match rest.strip_prefix('{') {
        None => vec![first(rest)],
        Some(list) => {
            let list = list.split('}').next().unwrap_or_default();
            list.split(',').map(first).filter(|name| !name.is_empty()).collect()
        }
    }
}

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|name| *name == module)
}

fn module(file: &Path) -> Option<String> {
    let inside = file.strip_prefix("src").ok()?;
    let first = inside.components().next()?.as_os_str().to_string_lossy().into_owned();
    let name = first.trim_end_matches(".rs").to_owned();
    (!matches!(name.as_str(), "lib" | "main" | "collect")).then_some(name)
}

fn sources(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn files_and_functions_stay_small() {
    for file in sources(Path::new("src")) {
        let text = fs::read_to_string(&file).expect("a source file");
        let lines = text.split("#[cfg(test)]").next().unwrap_or_default().lines().count();
        assert!(lines <= 600, "{} has {lines} lines", file.display());
    }
}

/// The core has no way to the outside: what it knows was given to it.
#[test]
fn the_core_is_pure() {
    let mut complaints = Vec::new();
    for file in sources(Path::new("src")) {
        let name = file.strip_prefix("src").expect("below src").display().to_string();
        // The command line, which is not in the package.
        if matches!(name.as_str(), "main.rs" | "collect.rs") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source file");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            if OUTSIDE.iter().any(|word| line.contains(word)) {
                complaints.push(format!("{name}: {}", line.trim()));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// Clocks, files, sockets, environment, threads, random numbers.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::io",
    "SystemTime",
    "Instant",
    "getrandom",
    "rand::",
    "OsRng",
    "static mut",
];
