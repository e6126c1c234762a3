//! The tables agree with the code: every reason, text, check and extension point is complete.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use verify_credential::about::{COMMON, SENTENCES, Section, sections};
use verify_credential::check::{CATALOGUE, schema};
use verify_credential::codec::json::{self, Value};
use verify_credential::container::{CONTAINERS, foreign_names};
use verify_credential::crypto::part;
use verify_credential::did::METHODS;
use verify_credential::english;
use verify_credential::format::FORMATS;
use verify_credential::limits::Budget;
use verify_credential::reason;
use verify_credential::status::KINDS;
use verify_credential::suite::SUITES;

/// Literals in the places below that look like reasons and are something else.
const NOT_REASONS: &[&str] = &[
    "list-date",
    "status-entries",
    "schema-bytes",
    "read-at",
    "eddsa-rdfc-2022",
    "eddsa-jcs-2022",
    "ecdsa-sd-2023",
    "bbs-2023",
    "eddsa-2022",
    "merkle-proof-2019",
    "json-text",
    "compact-jws",
    "data-uri",
    "json-string",
    "status-list-credential",
    "status-list-token",
    "revocation-list",
    "linked-bytes",
    "linked-resources",
    "open-badge-1",
    "open-badge-2",
    "open-badge-3",
    "plain-credential",
    "clr-2",
    "sd-jwt",
    "sd-jwt-vc",
    "signed-statement",
    "sha-256",
    "sha-384",
    "sha-512",
];

#[test]
fn every_reason_in_the_code_is_in_the_table_and_back() {
    let mut used: BTreeSet<String> = foreign_names().map(String::from).collect();
    for folder in [
        "check",
        "did",
        "securing/jose.rs",
        "securing/sd_jwt.rs",
        "status",
        "format",
        "container",
        "verify.rs",
        "verify",
    ] {
        for text in texts(&Path::new("src").join(folder)) {
            used.extend(literals(&text).into_iter().filter(|word| looks_like_a_reason(word)));
        }
    }
    used.insert("empty".to_owned());
    let missing: Vec<&String> = used
        .iter()
        .filter(|word| !NOT_REASONS.contains(&word.as_str()) && reason::find(word).is_none())
        .collect();
    assert!(missing.is_empty(), "reasons without a row: {missing:?}");
    let unused: Vec<&str> = reason::all()
        .map(|row| row.id)
        .filter(|id| !used.contains(id.split('#').next().unwrap_or(id)) && !id.starts_with("fetch-"))
        .collect();
    assert!(unused.is_empty(), "rows without a use: {unused:?}");
}

#[test]
fn every_check_has_a_name_and_a_section() {
    let mut ids = BTreeSet::new();
    for row in CATALOGUE {
        assert!(ids.insert(row.id), "{} twice", row.id);
        assert!(row.spec.starts_with("https://") && row.spec.contains('#'), "{}: {}", row.id, row.spec);
        let label = format!("check.{}", row.id);
        assert_ne!(english::text(&label), label);
    }
    assert!(ids.len() > 20);
}

#[test]
fn every_text_in_the_code_is_in_the_table_and_back() {
    let mut used = BTreeSet::new();
    for folder in ["view", "render"] {
        for text in texts(&Path::new("src").join(folder)) {
            used.extend(literals(&text).into_iter().filter(|word| looks_like_a_text(word)));
        }
    }
    let missing: Vec<&String> = used.iter().filter(|id| english::text(id) == id.as_str()).collect();
    assert!(missing.is_empty(), "texts without a row: {missing:?}");
    let composed = ["action.", "check.", "kind.", "result.", "word."];
    let unused: Vec<&str> = english::texts()
        .map(|(id, _)| id)
        .filter(|id| {
            !used.contains(id.split('#').next().unwrap_or(id))
                && !composed.iter().any(|prefix| id.starts_with(prefix))
        })
        .filter(|id| *id != "busy")
        .collect();
    assert!(unused.is_empty(), "texts without a use: {unused:?}");
    let known: BTreeSet<&str> = CATALOGUE.iter().map(|row| row.id).collect();
    for (id, _) in english::texts().filter(|(id, _)| id.starts_with("check.")) {
        assert!(known.contains(id.trim_start_matches("check.")), "{id} names no check");
    }
}

#[test]
fn every_extension_has_a_specification_and_vectors() {
    let with_vectors = fs::read_to_string("tests/vectors/extensions.tsv").expect("the table of vectors");
    let rows: Vec<Vec<&str>> = with_vectors.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let specs: Vec<(&str, &str)> = SUITES
        .iter()
        .map(|suite| (suite.name, suite.spec))
        .chain(METHODS.iter().map(|method| (method.name, method.spec)))
        .chain(KINDS.iter().map(|kind| (kind.entry_type, kind.spec)))
        .chain(FORMATS.iter().map(|format| (format.name, format.spec)))
        .chain(CONTAINERS.iter().map(|container| (container.name, container.spec)))
        .chain(schema::KINDS.iter().map(|kind| (kind.name, kind.spec)))
        .collect();
    for (name, spec) in &specs {
        assert!(spec.starts_with("https://"), "{name}: {spec}");
        let row = rows.iter().find(|row| row.first() == Some(name));
        let [_, passing, failing] = row.unwrap_or_else(|| panic!("{name} has no vectors"))[..] else {
            panic!("{name}: not three columns")
        };
        for file in [passing, failing] {
            assert!(Path::new(file).exists(), "{name}: {file} is not there");
        }
    }
    assert_eq!(rows.len(), specs.len(), "a row without an extension");
}

/// What is told about what is known is all of it, and each thing has its sentence.
#[test]
fn everything_that_is_known_is_told() {
    let known = sections();
    let count = |id: &str| known.iter().find(|section| section.id == id).map_or(0, |it| it.entries.len());
    assert_eq!(count("suites"), SUITES.len());
    assert_eq!(count("methods"), METHODS.len());
    assert_eq!(count("status"), KINDS.len());
    assert_eq!(count("formats"), FORMATS.len());
    assert_eq!(count("containers"), CONTAINERS.len());
    assert_eq!(count("schemas"), schema::KINDS.len());
    assert_eq!(count("checks"), CATALOGUE.len());
    assert!(count("algorithms") >= 5);
    let parts = [COMMON, part::MORE].into_iter().chain(part::LENT.iter().copied());
    let parts: BTreeSet<&str> = parts.collect();
    for section in &known {
        for entry in &section.entries {
            let place = format!("{} {}", section.id, entry.id);
            assert!(entry.meaning.ends_with('.') && entry.meaning.len() > 10, "{place}: {:?}", entry.meaning);
            assert!(entry.spec.starts_with("https://"), "{place}: {}", entry.spec);
            assert!(parts.contains(entry.part), "{place}: {}", entry.part);
        }
    }
    for sentence in SENTENCES.iter().filter(|sentence| sentence.kind != "algorithms") {
        let section = known.iter().find(|section| section.id == sentence.kind);
        let is_known = section.is_some_and(|it| it.entries.iter().any(|entry| entry.id == sentence.id));
        assert!(is_known, "a sentence about nothing: {} {}", sentence.kind, sentence.id);
    }
    let text = verify_credential::about::text();
    let value = read_json(&text).expect("JSON");
    assert_eq!(value.get("sections").map(|all| all.as_set().len()), Some(known.len()));
    assert_eq!(value.get("reasons").map(|all| all.as_set().len()), Some(reason::all().count()));
}

fn read_json(text: &str) -> Option<Value> {
    json::parse(text.as_bytes(), &mut Budget::full()).ok()
}

/// The tables of the documentation are written from the verifier's own: run natively with
/// `README_TABLES=write` to write them anew.
#[test]
fn the_documentation_lists_what_is_known() {
    let table = format!("{BEGIN}\n{}{END}", table(&sections()));
    for file in ["README.md", "pkg/README.md"] {
        let text = fs::read_to_string(file).expect("a file");
        let (before, rest) = text.split_once(BEGIN).unwrap_or_else(|| panic!("{file} has no table"));
        let (_, after) = rest.split_once(END).expect("it ends");
        let wanted = format!("{before}{table}{after}");
        if std::env::var("README_TABLES").is_ok_and(|wish| wish == "write") {
            fs::write(file, &wanted).expect("it can be written");
        }
        let is_it = fs::read_to_string(file).is_ok_and(|text| text == wanted);
        assert!(is_it, "{file} differs from what is known; see README_TABLES above");
    }
}

/// One row for each kind; the checks are too many.
fn table(sections: &[Section]) -> String {
    let mut lines = vec!["| | read and checked | older, still read |".to_owned(), "|---|---|---|".to_owned()];
    for section in sections.iter().filter(|section| section.id != "checks") {
        let cell = |is_legacy: bool| {
            let entries = section.entries.iter().filter(|entry| entry.is_legacy == is_legacy);
            entries.map(|entry| format!("`{}`", entry.id)).collect::<Vec<_>>().join(", ")
        };
        lines.push(format!("| {} | {} | {} |", section.title, cell(false), cell(true)));
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

const BEGIN: &str = "<!-- known -->";
const END: &str = "<!-- /known -->";

fn texts(path: &Path) -> Vec<String> {
    if path.is_file() {
        return vec![without_tests(&fs::read_to_string(path).expect("a file"))];
    }
    let mut all = Vec::new();
    for entry in fs::read_dir(path).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() || path.extension().is_some_and(|extension| extension == "rs") {
            all.extend(texts(&path));
        }
    }
    all
}

fn without_tests(text: &str) -> String {
    text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

/// The string literals on lines that are no comments.
fn literals(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split('"').skip(1).step_by(2).map(String::from).collect::<Vec<_>>()).collect()
}

fn looks_like_a_reason(word: &str) -> bool {
    let name = word.strip_prefix("container.").unwrap_or(word);
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    word != "container.readable"
        && word != "container.note"
        && name.split('-').all(plain)
        && (name.contains('-') || word.starts_with("container."))
        && !name.ends_with("2022")
}

fn looks_like_a_text(word: &str) -> bool {
    let plain =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    // Whatever section of the table has: a new section needs no line here.
    let prefixes: BTreeSet<&str> =
        english::texts().filter_map(|(id, _)| id.split_once('.')).map(|(prefix, _)| prefix).collect();
    word.split_once('.').is_some_and(|(prefix, _)| prefixes.contains(prefix))
        && word.split('.').all(plain)
        && !word.ends_with(".css")
}

/// What a page may style by name is what the documentation lists.
#[test]
fn every_part_that_is_drawn_is_documented() {
    // What the shell draws by itself.
    let mut drawn = BTreeSet::from(["fallback".to_owned()]);
    for text in texts(Path::new("src/render")) {
        for before in [".part(\"", "section(\"", "look.details(\""] {
            drawn.extend(
                text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned),
            );
        }
    }
    let element = fs::read_to_string("src/js/element.js").expect("the element");
    let listed = element.split("@csspart ").skip(1).filter_map(|rest| rest.split(' ').next());
    let listed: BTreeSet<String> = listed.map(str::to_owned).collect();
    assert_eq!(drawn, listed);
}
