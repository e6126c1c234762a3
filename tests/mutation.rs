//! Credentials that are in order, changed in one parsed value at a time: none is valid afterwards.
//!
//! Conforming changes are the exception, and each has its place: the order inside a set that RDF does not
//! sign, a context that changes no statement, one proof of several. There the very same facts must be
//! shown. Changes are of values, not of spellings (`4.0` for `4`, `EN` for `en`). Where there are more
//! changes than [`CHANGES_MAX`], every n-th is tried: always the same ones.
#![cfg(not(target_arch = "wasm32"))]

mod baker;
mod mutate;
mod own;
mod support;

use mutate::{Change, changes};
use own::edit::Doc;
use own::network_of;
use verify_credential::codec::base64url;
use verify_credential::codec::json::{Object, Value};
use verify_credential::container::{Content, unpack};
use verify_credential::need::Found;
use verify_credential::policy::Policy;
use verify_credential::report::{Report, Verdict};
use verify_credential::{snapshot, verify};

/// A credential that is in order.
struct Sound {
    name: String,
    /// The file as it is.
    file: Vec<u8>,
    /// The document, where it is JSON by itself or inside a picture.
    doc: Option<Doc>,
    found: usize,
    policy: Policy,
    honest: Report,
}

/// Every credential that is valid here, and the networks they need.
fn sound() -> (Vec<Sound>, Vec<Found>) {
    let vectors = "tests/vectors";
    let offline = format!("{vectors}/13-dids-registries/offline-map.json");
    let mut forged = Found::default();
    let map = support::read(&format!("{vectors}/forged/network.json"));
    assert_eq!(snapshot::add(&map, &mut forged, &|_| None), Ok(()));
    let networks = vec![
        network_of(&offline, vectors),
        network_of(&format!("{vectors}/own/offline-map.json"), &format!("{vectors}/own")),
        forged,
    ];
    let mut all = Vec::new();
    let mut add = |path: &str, found: usize, policy: Policy| {
        let Some(file) = support::read_if_present(&format!("{vectors}/{path}")) else { return };
        let honest = verify(&file, "", &networks[found], &policy);
        if honest.verdict != Verdict::Valid {
            return;
        }
        let doc = match unpack(&file).map(|opened| opened.content) {
            Ok(Content::Json(text)) => support::json(&text).map(Doc),
            _ => None,
        };
        all.push(Sound { name: path.to_owned(), file, doc, found, policy, honest });
    };
    for path in of_index() {
        add(&path, 0, own::policy());
    }
    for path in files_in("own").into_iter().chain(files_in("own/status")) {
        add(&path, 1, own::policy());
    }
    let index = support::read_json(&format!("{vectors}/forged/index.json"));
    let names = index.get("cases").map(Value::as_set).unwrap_or_default().iter().filter_map(Value::as_str);
    for name in names.filter(|name| name.starts_with("sound-")) {
        let case = support::read_json(&format!("{vectors}/forged/{name}/case.json"));
        let policy = case.get("policy").map(verify_credential::canon::jcs::canonicalize);
        let policy = policy.and_then(|text| Policy::from_json(&text).ok()).expect("a policy");
        add(&format!("forged/{name}/{}", support::text(&case, "file")), 2, policy);
    }
    (all, networks)
}

/// What the index calls valid, each file once.
fn of_index() -> Vec<String> {
    let index = support::read_json("tests/vectors/index.json");
    let mut paths: Vec<String> = index
        .get("files")
        .map(Value::as_set)
        .unwrap_or_default()
        .iter()
        .filter(|entry| support::text(entry, "expect") == "valid")
        .map(|entry| support::text(entry, "file").to_owned())
        .collect();
    paths.sort();
    paths.dedup();
    paths
}

fn files_in(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(format!("tests/vectors/{folder}")).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_file())
        .map(|entry| format!("{folder}/{}", entry.file_name().to_string_lossy()))
        .collect();
    names.sort();
    names
}

/// Whether `report` shows exactly what the honest one shows.
fn shows_the_same(report: &Report, honest: &Report) -> bool {
    report.credential == honest.credential
        && report.headline == honest.headline
        && report.issuer == honest.issuer
}

/// `all` or, if there are more than `most`, every n-th of them, beginning at `first`.
fn sampled<T>(all: Vec<T>, most: usize, first: usize) -> Vec<T> {
    let step = all.len().div_ceil(most).max(1);
    all.into_iter().skip(first % step).step_by(step).collect()
}

#[test]
fn no_changed_value_is_valid() {
    let (all, networks) = sound();
    let documents: Vec<(&Sound, &Doc)> =
        all.iter().filter_map(|sound| sound.doc.as_ref().map(|doc| (sound, doc))).collect();
    assert!(documents.len() >= 30, "{} credentials", documents.len());
    let (mut complaints, mut tried, mut possible, mut free) = (Vec::new(), 0, 0, 0);
    for (number, (sound, doc)) in documents.iter().enumerate() {
        let changes = changes(&doc.0);
        possible += changes.len();
        for change in sampled(changes, CHANGES_MAX, number) {
            tried += 1;
            let report = verify(&change.text, "", &networks[sound.found], &sound.policy);
            if report.verdict != Verdict::Valid {
                continue;
            }
            free += 1;
            if !shows_the_same(&report, &sound.honest) || !is_conforming(&change, sound, doc) {
                complaints.push(format!("{}: {} {}", sound.name, change.place, change.way));
            }
        }
    }
    println!("{} credentials, {tried} of {possible} changes, {free} conforming", documents.len());
    assert!(complaints.is_empty(), "{}\n{}", complaints.len(), complaints.join("\n"));
    assert!(tried > 300 * documents.len() / 2, "{tried} changes");
}

/// Where a record keeps its members.
const MEMBERS: &str = "/credentialSubject/verifiableCredential";

/// Whether a change may leave a credential valid: nothing that was signed is another.
fn is_conforming(change: &Change, sound: &Sound, doc: &Doc) -> bool {
    let proofs = doc.get("/proof").map_or(0, |proof| proof.as_set().len());
    let is_text = sound.honest.checks.iter().any(|check| check.reason == "text-itself-is-signed");
    let is_context = change.place.starts_with("/@context");
    let is_one_of_several = proofs > 1 && change.place.starts_with("/proof");
    // The second time the same proof stands there, it is one of several.
    let is_doubled_proof = change.place.starts_with("/proof") && change.way == "element doubled";
    let is_order = !is_text && matches!(change.way, "elements swapped" | "element doubled");
    // An empty address is no statement: to take it out takes nothing.
    let is_empty = change.way == "taken out" && doc.get(&change.place).and_then(Value::as_str) == Some("");
    // A suite that brings its own context does not look at the proof's.
    let is_own_context = change.place.starts_with("/proof/@context")
        && doc.get("/proof/type").and_then(Value::as_str) == Some("JsonWebSignature2020");
    // What stands in a part as well is still said: of an issuer who signed both, or by the context around.
    let is_said_twice = ["taken out", "nulled"].contains(&change.way)
        && (change.place.contains("/endorsement/0/@context")
            || (!doc.get(MEMBERS).map(Value::as_set).unwrap_or_default().is_empty()
                && (change.place.contains("/issuer/") || change.place.contains("/0/@context"))));
    is_context
        || is_one_of_several
        || is_doubled_proof
        || is_order
        || is_empty
        || is_own_context
        || is_said_twice
}

#[test]
fn no_proof_holds_for_another_credential() {
    let (all, networks) = sound();
    let signed: Vec<(&Sound, &Doc, &Value)> = all
        .iter()
        .filter_map(|sound| {
            let doc = sound.doc.as_ref()?;
            Some((sound, doc, doc.get("/proof")?))
        })
        .collect();
    let (mut complaints, mut moved) = (Vec::new(), 0);
    for (to, doc, _) in &signed {
        for (from, theirs, proof) in &signed {
            if to.name == from.name {
                continue;
            }
            let mut doc = (*doc).clone();
            doc.put("/proof", (*proof).clone());
            moved += 1;
            let report = verify(&doc.bytes(), "", &networks[to.found], &to.policy);
            // Some files hold the same credential, signed twice.
            let is_twin = unsigned(&doc) == unsigned(theirs)
                || is_twin_in_text(&doc, theirs, proof)
                || (to.honest.credential == from.honest.credential
                    && report.credential == to.honest.credential);
            if report.verdict == Verdict::Valid && !is_twin {
                complaints.push(format!("{} with the proof of {}", to.name, from.name));
            }
        }
    }
    println!("{moved} proofs moved between {} credentials", signed.len());
    assert!(complaints.is_empty(), "{}\n{}", complaints.len(), complaints.join("\n"));
    assert!(moved > 900, "{moved} proofs moved");
}

/// The document without its proofs.
fn unsigned(doc: &Doc) -> Option<Object> {
    doc.0.as_object().map(|object| object.without("proof"))
}

/// Whether two say the same to a proof over text: it brings the contexts that count, and others may follow them
/// ([VC-DI-EDDSA §3.3](https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022)).
fn is_twin_in_text(one: &Doc, other: &Doc, proof: &Value) -> bool {
    let text = |doc: &Doc| unsigned(doc).map(|object| object.without("@context"));
    let suite = proof.get("cryptosuite").and_then(Value::as_str).unwrap_or_default();
    suite.contains("jcs") && proof.get("@context").is_some() && text(one) == text(other)
}

#[test]
fn no_flipped_bit_of_a_token_is_valid() {
    let (all, networks) = sound();
    let (mut tokens, mut tried) = (0, 0);
    for (number, sound) in all.iter().enumerate() {
        let Ok(Content::CompactJws(token)) = unpack(&sound.file).map(|opened| opened.content) else {
            continue;
        };
        tokens += 1;
        let parts: Vec<Vec<u8>> =
            token.split('.').map(|part| base64url::decode(part).expect("it was verified")).collect();
        let bits = (0..parts.len()).flat_map(|part| (0..parts[part].len() * 8).map(move |bit| (part, bit)));
        for (part, bit) in sampled(bits.collect(), CHANGES_MAX, number) {
            let mut parts = parts.clone();
            parts[part][bit / 8] ^= 1 << (bit % 8);
            let forged: Vec<String> = parts.iter().map(|part| base64url::encode(part)).collect();
            let report = verify(forged.join(".").as_bytes(), "", &networks[sound.found], &sound.policy);
            tried += 1;
            assert_ne!(report.verdict, Verdict::Valid, "{}: bit {bit} of part {part}", sound.name);
        }
        // A part written otherwise is another token, even where it decodes to the same.
        for other in [format!("{token}="), token.replace('.', "=."), format!("{token}A"), format!("{token}.")]
        {
            let report = verify(other.as_bytes(), "", &networks[sound.found], &sound.policy);
            assert_ne!(report.verdict, Verdict::Valid, "{}: respelled", sound.name);
        }
    }
    println!("{tokens} tokens, {tried} bits");
    assert!(tokens >= 7 && tried >= 1_000 * tokens, "{tokens} tokens, {tried} bits");
}

#[test]
fn no_flipped_bit_of_a_picture_shows_anything_else() {
    let (all, networks) = sound();
    let pictures: Vec<&Sound> = all
        .iter()
        .filter(|sound| sound.file.starts_with(b"\x89PNG") || sound.name.ends_with(".svg"))
        .collect();
    assert!(pictures.len() >= 4, "{} pictures", pictures.len());
    let (mut tried, mut free) = (0, 0);
    for (number, sound) in pictures.iter().enumerate() {
        for byte in sampled((0..sound.file.len()).collect(), FLIPS_MAX, number) {
            let mut file = sound.file.clone();
            file[byte] ^= 1 << (byte % 7);
            tried += 1;
            let report = verify(&file, "", &networks[sound.found], &sound.policy);
            if report.verdict == Verdict::Valid {
                free += 1;
                assert!(shows_the_same(&report, &sound.honest), "{}: byte {byte}", sound.name);
            }
        }
    }
    println!("{} pictures, {tried} bits, {free} of them in the drawing", pictures.len());
    assert!(tried > 1_000 && free < tried, "{tried} bits");
}

/// Changes of one credential that are tried.
const CHANGES_MAX: usize = 2_000;
/// Bits of one picture that are flipped.
const FLIPS_MAX: usize = 2_000;
