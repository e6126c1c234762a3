//! Every section the sources cite is in the list of anchors that were looked up in the
//! specifications; a citation that is not in it is a typo, or has to be looked up first.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn every_cited_anchor_is_known() {
    let list = fs::read_to_string("tests/spec_links.txt").expect("the list of anchors");
    let known: BTreeSet<&str> = list.lines().filter(|line| line.starts_with("https://")).collect();
    let mut cited = BTreeSet::new();
    collect(Path::new("src"), &mut cited);
    let unknown: Vec<&String> = cited.iter().filter(|link| !known.contains(link.as_str())).collect();
    assert!(unknown.is_empty(), "not looked up: {unknown:#?}");
    let unused: Vec<&&str> = known.iter().filter(|link| !cited.contains(**link)).collect();
    assert!(unused.is_empty(), "no longer cited: {unused:#?}");
    assert!(cited.len() > 50);
}

fn collect(path: &Path, cited: &mut BTreeSet<String>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a folder") {
            collect(&entry.expect("an entry").path(), cited);
        }
        return;
    }
    if path.extension().is_none_or(|extension| extension != "rs") {
        return;
    }
    let text = fs::read_to_string(path).expect("a source file");
    for rest in text.split("https://").skip(1) {
        let end = rest.find([' ', '"', ')', '>', '`', '\n', ',']).unwrap_or(rest.len());
        let link = rest.get(..end).unwrap_or_default().trim_end_matches(['.', ':', ';']);
        let is_specification = SPECIFICATIONS.iter().any(|host| link.starts_with(host));
        if link.contains('#') && is_specification {
            cited.insert(format!("https://{link}"));
        }
    }
}

const SPECIFICATIONS: &[&str] = &[
    "www.w3.org/TR/",
    "www.rfc-editor.org/",
    "www.imsglobal.org/spec/",
    "w3c-ccg.github.io/did-",
    "html.spec.whatwg.org/",
];
