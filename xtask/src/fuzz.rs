//! `cargo xtask test fuzz`: every target of `tests/fuzz` for a minute, with the vectors as its corpus.
//!
//! The targets are those of cargo-fuzz and stay usable with it, which needs a nightly compiler. Here they
//! are built with the flags that it passes, on the compiler that is there: no other has to be fetched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

use crate::Project;
use crate::process::{capture, cargo, run};
use crate::steps::Done;

/// Runs every target, two at a time, for `FUZZ_SECONDS` each. Errors: a target that found something.
pub fn run_all(project: &Project) -> Result<Done, String> {
    let seconds = match std::env::var("FUZZ_SECONDS") {
        Ok(text) => text.parse().map_err(|_| format!("FUZZ_SECONDS is {text}"))?,
        Err(_) => SECONDS,
    };
    let targets = targets(&project.root)?;
    let home = project.target.join("fuzz");
    let built = build(project, &home)?;
    fill_corpora(&project.root, &home, &targets)?;
    let queue = Mutex::new(targets.clone());
    let outcomes = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(target) = queue.lock().ok().and_then(|mut queue| queue.pop()) {
                    let outcome = run_one(&built, &home, &target, seconds);
                    if let Ok(mut outcomes) = outcomes.lock() {
                        outcomes.push(outcome);
                    }
                }
            });
        }
    });
    let outcomes = outcomes.into_inner().map_err(|_| "a target's thread ended".to_owned())?;
    let mut failed = Vec::new();
    for outcome in outcomes {
        match outcome {
            Ok(line) => println!("{line}"),
            Err(error) => failed.push(error),
        }
    }
    match failed.is_empty() {
        true => Ok(Done::Said(format!("{} targets, {seconds} s each, no finding", targets.len()))),
        false => Err(failed.join("\n")),
    }
}

/// The names in `tests/fuzz/fuzz_targets`, last to run first.
fn targets(root: &Path) -> Result<Vec<String>, String> {
    let files = crate::suite::found_below(&root.join("tests/fuzz/fuzz_targets"), ".rs");
    let names: Vec<String> =
        files.iter().filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned())).rev().collect();
    if names.is_empty() { Err("tests/fuzz has no targets".into()) } else { Ok(names) }
}

/// Builds the targets as cargo-fuzz does, and says where they are.
fn build(project: &Project, home: &Path) -> Result<PathBuf, String> {
    if crate::process::find_program_or("CXX", &["c++", "g++", "clang++"]).is_none() {
        return Err("fuzzing needs a C++ compiler, for libFuzzer; on Debian: apt-get install g++".into());
    }
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let said = capture(Command::new(compiler).arg("-vV"))?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc names no host")?;
    // What the crate is locked to, and what only fuzzing needs on top.
    let (lock, own) = (project.root.join("Cargo.lock"), project.root.join("tests/fuzz/Cargo.lock"));
    fs::copy(&lock, own).map_err(|error| format!("{}: {error}", lock.display()))?;
    let mut command = cargo(&project.root.join("tests/fuzz"));
    command.args(["build", "--release", "--bins", "--target", host]);
    command.env("CARGO_TARGET_DIR", home).env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", FLAGS.join(" "));
    run(&mut command)?;
    Ok(home.join(host).join("release"))
}

/// Copies what the vectors hold to where the targets look: each file under its number, those too large left out.
fn fill_corpora(root: &Path, home: &Path, targets: &[String]) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", home.display());
    let mut files = Vec::new();
    collect(&root.join("tests/vectors"), &mut files)?;
    files.sort();
    for target in targets {
        let seeds = home.join("seeds").join(target);
        fs::create_dir_all(&seeds).map_err(failed)?;
        fs::create_dir_all(home.join("corpus").join(target)).map_err(failed)?;
        for (number, file) in files.iter().enumerate().filter(|(_, file)| is_seed(target, file)) {
            let bytes = fs::read(file).map_err(failed)?;
            for (at, seed) in seeds_of(target, file, bytes).into_iter().enumerate() {
                if seed.len() <= LENGTH_MAX {
                    fs::write(seeds.join(format!("{number}-{at}")), seed).map_err(failed)?;
                }
            }
        }
    }
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        match path.is_dir() {
            true => collect(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

/// Whether `file` is of a kind that `target` reads.
fn is_seed(target: &str, file: &Path) -> bool {
    let path = file.to_string_lossy();
    let has = |ending: &str| path.ends_with(ending);
    let is_json = has(".json") || has(".jsonld");
    match target {
        "json_ld" => is_json && !path.contains("/06-jcs/"),
        "unpack" => !has(".md") && !has(".nq") && !path.contains("/05-json-ld-api/"),
        "verify" | "signed" => {
            (is_json || has(".jwt") || has(".txt") || has(".png") || has(".svg"))
                && !has("/case.json")
                && ["/02-", "/08-", "/09-", "/11-", "/12-", "/own/", "/forged/"]
                    .iter()
                    .any(|part| path.contains(part))
        }
        "did" | "settings" => is_json && ["/13-", "/own/", "/forged/"].iter().any(|part| path.contains(part)),
        "status" => is_json && ["/12-", "/own/", "/forged/"].iter().any(|part| path.contains(part)),
        "inflate" => has(".png"),
        "jose" => has(".jwt") || (has(".txt") && path.contains("/11-")),
        "trust" => path.contains("/registries/") || has("/sound-did-web/case.json"),
        _ => is_json || has(".jwt") || has(".txt"),
    }
}

/// What one vector gives to `target`: for the whole, the credential and what is at hand beside it.
fn seeds_of(target: &str, file: &Path, bytes: Vec<u8>) -> Vec<Vec<u8>> {
    match target {
        "verify" => {
            let beside = [file.with_file_name("resources.json"), file.with_file_name("../network.json")];
            let resources = beside.iter().find_map(|path| fs::read(path).ok());
            vec![[&bytes[..], SEPARATOR, &resources.unwrap_or(b"{}".to_vec())].concat()]
        }
        "codec" => {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let words = text.split('"').filter(|word| word.len() > 4 && !word.contains([' ', '\n']));
            let some: Vec<Vec<u8>> = words.take(WORDS_MAX).map(|word| word.as_bytes().to_vec()).collect();
            some.into_iter().chain([bytes]).collect()
        }
        "jose" => {
            let apart = apart(&bytes);
            [bytes].into_iter().chain(apart).collect()
        }
        "trust" if file.ends_with("case.json") => vec![OWN_LIST.to_vec()],
        _ => vec![bytes],
    }
}

/// Header and payload of a token, so that other payloads can be tried under its header.
fn apart(token: &[u8]) -> Option<Vec<u8>> {
    let mut parts = token.split(|byte| *byte == b'.');
    let (header, payload) = (decoded(parts.next()?)?, decoded(parts.next()?)?);
    Some([&header[..], SEPARATOR, &payload].concat())
}

/// base64url, which none of the standard library is.
fn decoded(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for letter in text {
        let value = LETTERS.iter().position(|known| known == letter)?;
        bits = bits << 6 | u32::try_from(value).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// Runs one target to the end of its time. Errors: what it found, and where that lies.
fn run_one(built: &Path, home: &Path, target: &str, seconds: u64) -> Result<String, String> {
    let findings = home.join("findings").join(target);
    let log = home.join(format!("{target}.log"));
    let failed = |error: std::io::Error| format!("{target}: {error}");
    fs::create_dir_all(&findings).map_err(failed)?;
    let output = fs::File::create(&log).map_err(failed)?;
    let status = Command::new(built.join(target))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={LENGTH_MAX}"))
        .arg(format!("-artifact_prefix={}/", findings.display()))
        .args(["-timeout=20", "-rss_limit_mb=3000", "-print_final_stats=1"])
        .args([home.join("corpus").join(target), home.join("seeds").join(target)])
        .stdout(Stdio::null())
        .stderr(output)
        .status()
        .map_err(failed)?;
    let said = String::from_utf8_lossy(&fs::read(&log).map_err(failed)?).into_owned();
    if !status.success() {
        let last: Vec<&str> = said.lines().rev().take(LINES_SHOWN).collect();
        let last: Vec<&str> = last.into_iter().rev().collect();
        return Err(format!("{target} found something, in {}:\n{}", findings.display(), last.join("\n")));
    }
    let executed = stat(&said, "stat::number_of_executed_units:").unwrap_or("0");
    // A target that runs nothing finds nothing.
    if executed.parse().unwrap_or(0) < EXECUTIONS_MIN {
        return Err(format!("{target} ran only {executed} times: see {}", log.display()));
    }
    let coverage = said.lines().rev().find_map(|line| line.split_once("cov: ")).map(|(_, rest)| rest);
    let coverage = coverage.and_then(|rest| rest.split(' ').next()).unwrap_or("?");
    Ok(format!("{target:<10} {executed:>10} executions, {coverage} places covered"))
}

fn stat<'a>(said: &'a str, name: &str) -> Option<&'a str> {
    said.lines().rev().find_map(|line| line.strip_prefix(name)).map(str::trim)
}

/// What cargo-fuzz passes to the compiler.
const FLAGS: &[&str] = &[
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "--cfg",
    "fuzzing",
    "-Cdebug-assertions",
    "-Zsanitizer=address",
    "-Ccodegen-units=1",
];
const SEPARATOR: &[u8] = b"\n--resources--\n";
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// A trust list of our own shape.
const OWN_LIST: &[u8] = br#"{"name": "Board", "issuers": [{"id": "did:web:issuer.example", "name": "A"}]}"#;
/// For each target.
const SECONDS: u64 = 60;
const AT_A_TIME: usize = 2;
/// Bytes of one input: most real credentials have less.
const LENGTH_MAX: usize = 20_000;
const EXECUTIONS_MIN: u64 = 100;
const WORDS_MAX: usize = 8;
const LINES_SHOWN: usize = 30;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_the_log() {
        let log = "#1 INITED cov: 5 ft: 6\n#9 DONE   cov: 77 ft: 8\nstat::number_of_executed_units: 9\n";
        assert_eq!(stat(log, "stat::number_of_executed_units:"), Some("9"));
        assert_eq!(stat(log, "stat::other:"), None);
    }

    #[test]
    fn the_whole_gets_a_credential_and_what_is_at_hand() {
        let seeds = seeds_of("verify", Path::new("/nowhere/credential.json"), b"{}".to_vec());
        assert_eq!(seeds, [b"{}\n--resources--\n{}".to_vec()]);
        let token = seeds_of("jose", Path::new("a.jwt"), b"e30.eyJhIjoxfQ.AA".to_vec());
        assert_eq!(token, [b"e30.eyJhIjoxfQ.AA".to_vec(), b"{}\n--resources--\n{\"a\":1}".to_vec()]);
        assert!(is_seed("verify", Path::new("tests/vectors/forged/a/credential.json")));
        assert!(!is_seed("verify", Path::new("tests/vectors/forged/a/case.json")));
    }
}
