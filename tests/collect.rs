//! `--collect` writes a snapshot with which the credential verifies offline. A script stands for curl,
//! and answers from our own test issuer's files; there is no network.
#![cfg(all(unix, not(target_arch = "wasm32")))]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_verify-credential");
const CREDENTIAL: &str = "tests/vectors/own/in-force.json";

/// A directory of this test alone, with a `curl` in it that answers from `documents`.
fn machine(name: &str, documents: &[(&str, &str)]) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).expect("a directory");
    let cases: String = documents
        .iter()
        .map(|(url, file)| format!("*' {url}') cat '{}' ;;\n", fs::canonicalize(file).expect(file).display()))
        .collect();
    let log = directory.join("asked").display().to_string();
    let script = format!(
        "#!/bin/sh\necho \"$*\" >> '{log}'\ncase \" $*\" in\n{cases}*) echo gone >&2; exit 22 ;;\nesac\n"
    );
    let curl = directory.join("curl");
    fs::write(&curl, script).expect("a script");
    fs::set_permissions(&curl, fs::Permissions::from_mode(0o755)).expect("may run");
    directory
}

fn run(directory: &Path, arguments: &[&str]) -> Output {
    let path = format!("{}:/usr/bin:/bin", directory.display());
    let mut command = Command::new(PROGRAM);
    command.args(["--now", "2026-11-22T12:00:00Z"]).args(arguments).env("PATH", path);
    command.output().expect("it runs")
}

#[test]
fn what_was_collected_is_enough() {
    let needed = needs();
    let documents: Vec<(&str, &str)> =
        needed.iter().map(|(url, file)| (url.as_str(), file.as_str())).collect();
    let directory = machine("collect-all", &documents);
    let snapshot = directory.join("resources.json");
    let snapshot = snapshot.to_str().expect("a name");
    let online = run(&directory, &["--collect", snapshot, CREDENTIAL]);
    assert!(online.status.success(), "{online:?}");
    let asked = fs::read_to_string(directory.join("asked")).expect("curl was asked");
    assert_eq!(asked.lines().count(), documents.len());
    assert!(asked.lines().all(|line| line.contains("--proto =https") && line.contains("--max-redirs 0")));
    // Nothing but the file is needed from then on.
    fs::remove_file(directory.join("curl")).expect("it was there");
    let offline = run(&directory, &["--resources", snapshot, CREDENTIAL]);
    assert!(offline.status.success(), "{offline:?}");
    assert!(fs::read_to_string(snapshot).expect("a snapshot").contains("\"readAt\""));
}

#[test]
fn what_could_not_be_collected_is_said_and_not_passed() {
    let directory = machine("collect-none", &[]);
    let snapshot = directory.join("resources.json");
    let output = run(&directory, &["--collect", snapshot.to_str().expect("a name"), CREDENTIAL]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("not collected"));
}

/// Address and file of everything that the credential needs, from the map beside it.
fn needs() -> Vec<(String, String)> {
    let map = fs::read("tests/vectors/own/offline-map.json").expect("a map");
    let map: serde_json::Value = serde_json::from_slice(&map).expect("JSON");
    let credential = fs::read_to_string(CREDENTIAL).expect("a credential");
    let files = |member: &str| map[member].as_object().cloned().unwrap_or_default();
    let path = |file: &serde_json::Value| format!("tests/vectors/own/{}", file.as_str().unwrap_or_default());
    let mut needed = Vec::new();
    for (did, file) in files("dids") {
        if let Some(rest) = did.strip_prefix("did:web:").filter(|_| credential.contains(&format!("{did}#"))) {
            let place =
                if rest.contains(':') { rest.replace(':', "/") } else { format!("{rest}/.well-known") };
            needed.push((format!("https://{place}/did.json"), path(&file)));
        }
    }
    for (url, file) in files("statusLists") {
        if credential.contains(&url) {
            needed.push((url, path(&file)));
        }
    }
    assert!(needed.len() >= 2, "an issuer and a list: {needed:?}");
    needed
}
