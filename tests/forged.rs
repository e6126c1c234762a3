//! The forged set of `tests/vectors/forged`: each case gets the answer that its `case.json` names, and
//! for that reason alone.
//!
//! The files are made by `forge/`, compared byte for byte here, and written anew by a native run with
//! `UPDATE_FORGED=1`. What is judged are the files.

mod baker;
mod forge;
mod own;
mod support;

use own::edit::value;
use support::{read, read_if_present, text};
use verify_credential::codec::date_time;
use verify_credential::codec::json::Value;
use verify_credential::need::{Answer, Found};
use verify_credential::policy::Policy;
use verify_credential::render::card::{Look, draw};
use verify_credential::render::html::to_html;
use verify_credential::render::messages::Messages;
use verify_credential::report::{Check, Level, Outcome, Report, Verdict};
use verify_credential::view::{Wishes, card, outcomes};
use verify_credential::{snapshot, verify};

const FOLDER: &str = "tests/vectors/forged";
/// Forgeries, not counting what they were made from.
const CASES_MIN: usize = 80;

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_file_can_be_made_again() {
    let files = forge::files();
    #[cfg(not(target_arch = "wasm32"))]
    if is_written_anew() {
        write(&files);
    }
    let stale: Vec<&String> = files
        .iter()
        .filter(|(path, bytes)| read_if_present(&format!("{FOLDER}/{path}")).as_ref() != Some(bytes))
        .map(|(path, _)| path)
        .collect();
    assert!(stale.is_empty(), "not as committed: {stale:?}");
    #[cfg(not(target_arch = "wasm32"))]
    assert_eq!(present(), files.len() + 1, "the folder holds the set and its notice, and nothing else");
}

/// Whether the files are being replaced: what they say is judged the next time.
fn is_written_anew() -> bool {
    cfg!(not(target_arch = "wasm32")) && std::env::var_os("UPDATE_FORGED").is_some()
}

#[cfg(not(target_arch = "wasm32"))]
fn write(files: &[(String, Vec<u8>)]) {
    for (path, bytes) in files {
        let whole = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER).join(path);
        std::fs::create_dir_all(whole.parent().expect("a file is in a folder")).expect("a folder");
        std::fs::write(&whole, bytes).expect("a file");
    }
}

/// How many files there are.
#[cfg(not(target_arch = "wasm32"))]
fn present() -> usize {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    let entries = |path: &std::path::Path| {
        let entries = std::fs::read_dir(path).expect("a folder");
        entries.map(|entry| entry.expect("an entry").path()).collect::<Vec<_>>()
    };
    entries(&root).iter().map(|path| if path.is_dir() { entries(path).len() } else { 1 }).sum()
}

/// One case as it is committed, and what came of it.
struct Judged {
    description: Value,
    report: Report,
}

fn judge(name: &str) -> Judged {
    let folder = format!("{FOLDER}/{name}");
    let description = support::read_json(&format!("{folder}/case.json"));
    let policy = description.get("policy").expect("a case has a policy");
    let policy = Policy::from_json(&verify_credential::canon::jcs::canonicalize(policy)).expect("a policy");
    let resources =
        format!("{folder}/{}", text(&description, "resources")).replace(&format!("{name}/../"), "");
    let mut found = Found::default();
    assert_eq!(snapshot::add(&read(&resources), &mut found, &|_| None), Ok(()), "{name}");
    if let Some(read_at) = description.get("readAt").and_then(Value::as_str) {
        found = fetched(&support::read_json(&resources), read_at, &found);
    }
    let bytes = read(&format!("{folder}/{}", text(&description, "file")));
    let report = verify(&bytes, name, &found, &policy);
    let again = verify(&bytes, name, &found, &policy);
    assert_eq!(format!("{report:?}"), format!("{again:?}"), "{name}: the same again");
    Judged { description, report }
}

/// What was pinned in `pinned`, as if it had been fetched at `read_at`.
fn fetched(resources: &Value, read_at: &str, pinned: &Found) -> Found {
    let read_at = date_time::parse(read_at).expect("a time").unix_seconds;
    let mut found = Found::default();
    let names = |member: &str| {
        let object = resources.get(member).and_then(Value::as_object).expect("resources have it");
        object.iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>()
    };
    let of_did = |did: String| {
        format!("https://{}/.well-known/did.json", did.strip_prefix("did:web:").expect("a did:web of a host"))
    };
    for url in names("dids").into_iter().map(of_did).chain(names("statusLists")) {
        let Some(Answer::Document { bytes, .. }) = pinned.answer(&url) else { panic!("{url} is there") };
        let answer = Answer::Document { bytes: bytes.clone(), read_at: Some(read_at), pinned: false };
        found.provide(url, answer);
    }
    found
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_case_gets_its_answer_for_its_reason() {
    if is_written_anew() {
        return;
    }
    let index = support::read_json(&format!("{FOLDER}/index.json"));
    let names: Vec<&str> =
        index.get("cases").map(Value::as_set).unwrap_or_default().iter().filter_map(Value::as_str).collect();
    let mut complaints = Vec::new();
    for name in &names {
        let judged = judge(name);
        let sibling = judged.description.get("sibling").and_then(Value::as_str).map(judge);
        if let Some(sibling) = &sibling
            && sibling.report.verdict != Verdict::Valid
        {
            complaints.push(format!("{name}: its sibling is not in order"));
        }
        let expect = judged.description.get("expect").expect("a case has an expectation");
        let said = complaint(expect, &judged.report, sibling.as_ref().map(|sibling| &sibling.report));
        complaints.extend(said.into_iter().map(|what| format!("{name}: {what}")));
    }
    assert!(complaints.is_empty(), "{}\n{}", complaints.len(), complaints.join("\n"));
    let forged = names.iter().filter(|name| !name.starts_with("sound-")).count();
    assert!(forged >= CASES_MIN, "{forged} forgeries");
}

/// What is not as `expect` says.
fn complaint(expect: &Value, report: &Report, sibling: Option<&Report>) -> Vec<String> {
    let mut said = Vec::new();
    let mut same = |what: &str, is: String, expected: &str| {
        if is != expected {
            said.push(format!("{what} {is}, not {expected}"));
        }
    };
    same("verdict", word(report.verdict), text(expect, "verdict"));
    same("headline", report.headline.id().to_owned(), text(expect, "headline"));
    if let Some(domain) = expect.get("domain").and_then(Value::as_str) {
        same("domain", report.issuer.domain.clone().unwrap_or_default(), domain);
    }
    said.extend(other_checks(expect, report, sibling));
    if expect.get("sameFacts").is_some() {
        let is_same = sibling.is_some_and(|sibling| {
            sibling.credential == report.credential && sibling.issuer == report.issuer
        });
        said.extend((!is_same).then(|| "other facts than its sibling".to_owned()));
    }
    if let Some(Value::Number(count)) = expect.get("positions") {
        let lines = report.credential.as_ref().map(outcomes::lines).unwrap_or_default();
        let places = lines.iter().filter(|line| line.position.is_some()).count();
        said.extend(
            (places.to_string() != *count.text || lines.is_empty()).then(|| format!("{places} places")),
        );
    }
    let html = to_html(&draw(&card(report, Wishes::default()), &Messages::default(), &Look::default()));
    let texts = |name: &str| expect.get(name).map(Value::as_set).unwrap_or_default().iter();
    for shown in texts("shows").filter_map(Value::as_str).filter(|shown| !html.contains(shown)) {
        said.push(format!("does not show {shown:?}"));
    }
    for hidden in texts("hides").filter_map(Value::as_str).filter(|hidden| html.contains(hidden)) {
        said.push(format!("shows {hidden:?}"));
    }
    if report.verdict != Verdict::Valid
        && report.headline > verify_credential::report::Headline::NotFullyChecked
    {
        said.push("a good headline without a good verdict".to_owned());
    }
    said
}

/// A case fails for its own reason alone: the checks it names, and no other that is not in order.
fn other_checks(expect: &Value, report: &Report, sibling: Option<&Report>) -> Vec<String> {
    type Answer<'a> = (&'a str, String, &'a str);
    let answer = |check: &'static str, outcome, reason| -> Answer { (check, word(outcome), reason) };
    let of = |report: &Report| -> Vec<Answer> {
        let mirrored = |check: &Check| {
            check.id == "proof.signature"
                && report.check("proof.any-good").is_some_and(|any| {
                    (any.outcome, any.reason, &any.at) == (check.outcome, check.reason, &check.at)
                })
        };
        let is_odd = |check: &&Check| {
            matches!(check.outcome, Outcome::Fail | Outcome::Unknown)
                && !(check.outcome == Outcome::Unknown && FOLLOWS.contains(&check.reason))
                && !mirrored(check)
        };
        report.checks.iter().filter(is_odd).map(|it| answer(it.id, it.outcome, it.reason)).collect()
    };
    let known = sibling.map(of).unwrap_or_default();
    let odd: Vec<Answer> = of(report).into_iter().filter(|answer| !known.contains(answer)).collect();
    let mut said = Vec::new();
    let wanted: Vec<(&str, &str, &str)> = expect
        .get("checks")
        .map(Value::as_set)
        .unwrap_or_default()
        .iter()
        .map(|check| (text(check, "id"), text(check, "outcome"), text(check, "reason")))
        .collect();
    for (id, outcome, reason) in &wanted {
        let is_there = report
            .checks
            .iter()
            .any(|check| check.id == *id && word(check.outcome) == *outcome && check.reason == *reason);
        said.extend((!is_there).then(|| format!("no {id} {outcome} {reason}")));
    }
    for (id, outcome, reason) in &odd {
        let is_wanted = wanted.contains(&(*id, outcome.as_str(), *reason));
        said.extend((!is_wanted).then(|| format!("also {id} {outcome} {reason}")));
    }
    let required = report.checks.iter().filter(|check| check.level == Level::Required).count();
    said.extend((required == 0).then(|| "nothing was asked".to_owned()));
    said
}

/// Unknown only because something else is.
const FOLLOWS: &[&str] =
    &["waits-for-signature", "not-made", "proof-not-evaluated", "document-not-read", "key-not-at-hand"];

/// The name of a variant as reports write it.
fn word(variant: impl std::fmt::Debug) -> String {
    format!("{variant:?}").to_ascii_lowercase()
}

/// The judge itself: a case that says something else is told.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn another_answer_is_told() {
    if is_written_anew() {
        return;
    }
    let judged = judge("key-not-published");
    for (expect, complaints) in [
        (r#"{"verdict": "valid", "headline": "verified", "checks": []}"#, 3),
        (
            r#"{"verdict": "invalid", "headline": "do-not-rely", "checks": [
                {"id": "issuer.controls-key", "outcome": "fail", "reason": "key-withdrawn"}]}"#,
            2,
        ),
        (
            r#"{"verdict": "invalid", "headline": "do-not-rely", "hides": ["<"], "shows": ["\u0000"], "checks": [
                {"id": "issuer.controls-key", "outcome": "fail", "reason": "key-not-published"}]}"#,
            2,
        ),
    ] {
        assert_eq!(complaint(&value(expect), &judged.report, None).len(), complaints, "{expect}");
    }
}
