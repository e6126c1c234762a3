//! Answers of the network made to hurt, and documents with something else in every place: each gives a
//! report, soon, within bounded memory and without a panic, and settles nothing.
#![cfg(not(target_arch = "wasm32"))]

mod baker;
mod bounded;
mod own;
mod support;

use bounded::{NOW, bounded, joined};
use own::edit::{Doc, object, string, value};
use own::signer::{Issuer, Suite};
use verify_credential::codec::json::Value;
use verify_credential::need::{Answer, Found};
use verify_credential::report::{Headline, Verdict};
use verify_credential::verify;

fn signed(members: &[(&str, Value)]) -> Vec<u8> {
    let issuer = Issuer::of("issuer.example");
    let (did, method) = issuer.did_key();
    let mut document = Doc::read("tests/vectors/own/did-key.json");
    document.take("/proof");
    document.put("/issuer", string(&did));
    for (name, value) in members {
        document.put(&format!("/{name}"), value.clone());
    }
    Doc(issuer.sign(&document.0, Suite::Rdfc, &method, &[])).bytes()
}

fn entries(count: usize, list: fn(usize) -> usize) -> Value {
    value(&format!(
        "[{}]",
        joined(count, |index| format!(
            r#"{{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"{index}","statusListCredential":"https://issuer.example/{}"}}"#,
            list(index)
        ))
    ))
}

#[test]
fn signed_status_entries_in_great_numbers() {
    let bytes = signed(&[("credentialStatus", entries(20_000, |index| index))]);
    let report = bounded("signed-status-entries", &bytes, &Found::default());
    assert_eq!(report.headline, Headline::NotFullyChecked);
}

#[test]
fn one_list_for_thousands_of_entries_is_inflated_once() {
    let bytes = signed(&[("credentialStatus", entries(1_000, |_| 0))]);
    let found = with_list("https://issuer.example/0", &list(&gzip_of_zeros(15)));
    let report = bounded("one-list", &bytes, &found);
    assert_eq!(report.headline, Headline::NotFullyChecked);
}

/// `megabytes` of zeros as one gzip member, with the length and the checksum they have.
fn gzip_of_zeros(megabytes: usize) -> Vec<u8> {
    let content = vec![0; megabytes << 20];
    let crc = crc32fast::hash(&content).to_le_bytes();
    let length = u32::try_from(content.len()).expect("it is small").to_le_bytes();
    [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255][..], &baker::bomb(megabytes), &crc, &length].concat()
}

/// A list of the test issuer's `did:key` with these compressed bits.
fn list(packed: &[u8]) -> Vec<u8> {
    let issuer = Issuer::of("issuer.example");
    let (did, method) = issuer.did_key();
    let encoded = verify_credential::codec::base64url::encode(packed);
    let document = value(&format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"https://issuer.example/0",
            "type":["VerifiableCredential","BitstringStatusListCredential"],"issuer":"{did}","validFrom":"2026-01-01T00:00:00Z",
            "credentialSubject":{{"type":"BitstringStatusList","statusPurpose":"revocation","encodedList":"u{encoded}"}}}}"#
    ));
    Doc(issuer.sign(&document, Suite::Rdfc, &method, &[])).bytes()
}

fn with_list(url: &str, bytes: &[u8]) -> Found {
    let mut found = Found::default();
    found
        .provide(url.to_owned(), Answer::Document { bytes: bytes.into(), read_at: Some(NOW), pinned: false });
    found
}

#[test]
fn lists_that_inflate_without_end() {
    let bytes = signed(&[("credentialStatus", entries(1, |_| 0))]);
    let fits =
        bounded("list-of-15-mb", &bytes, &with_list("https://issuer.example/0", &list(&gzip_of_zeros(15))));
    assert_eq!(fits.headline, Headline::GenuineIssuerUnconfirmed);
    let mut bomb = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    bomb.extend_from_slice(&baker::bomb(1_000));
    for (name, packed) in [("bomb", bomb), ("16-mb", gzip_of_zeros(16)), ("empty", Vec::new())] {
        let report = bounded(name, &bytes, &with_list("https://issuer.example/0", &list(&packed)));
        assert_eq!(report.headline, Headline::NotFullyChecked, "{name}");
    }
}

/// Text that is no answer to anything.
fn junk() -> Vec<(&'static str, Vec<u8>)> {
    let nested = |open: &str, close: &str| (open.repeat(100) + &close.repeat(100)).into_bytes();
    vec![
        ("nothing", Vec::new()),
        ("null", b"null".to_vec()),
        ("zeros", vec![0; 2_000_000]),
        ("html", b"<!DOCTYPE html><title>404</title>".repeat(10_000)),
        ("brackets", b"[".repeat(2_000_000)),
        ("deep", nested("[", "]")),
        ("deep-objects", nested("{\"id\":", "}").iter().copied().chain(*b" ").collect()),
        ("many", format!("{{{}}}", joined(19_000, |index| format!("\"k{index}\":{{}}"))).into_bytes()),
        ("numbers", format!("[{}]", joined(400_000, |index| index.to_string())).into_bytes()),
    ]
}

#[test]
fn hostile_answers_settle_nothing() {
    let in_force = support::read("tests/vectors/own/in-force.json");
    let whole = own::network_of("tests/vectors/own/offline-map.json", "tests/vectors/own");
    assert_eq!(bounded("in-force", &in_force, &whole).headline, Headline::Verified);
    let did = "https://issuer.example/.well-known/did.json";
    let lists = ["https://issuer.example/status/revocation", "https://issuer.example/status/suspension"];
    let addresses = [did, lists[0], lists[1]];
    let without = |address: &str| {
        let mut found = Found::default();
        for other in addresses.iter().filter(|other| **other != address) {
            let Some(answer) = whole.answer(other) else { panic!("{other} is there") };
            found.provide((*other).to_owned(), answer.clone());
        }
        found
    };
    let with = |address: &str, bytes: &[u8]| {
        let mut found = without(address);
        found.provide(
            address.to_owned(),
            Answer::Document { bytes: bytes.into(), read_at: Some(NOW), pinned: false },
        );
        found
    };
    for address in addresses {
        for (name, bytes) in junk() {
            let report = bounded(name, &in_force, &with(address, &bytes));
            assert_ne!(report.verdict, Verdict::Valid, "{address} {name}");
        }
        // Wrong types everywhere, one at a time.
        let Some(Answer::Document { bytes, .. }) = whole.answer(address) else {
            panic!("{address} is there")
        };
        let original = Doc(support::json(bytes).expect("it is JSON"));
        for place in original.values().iter().filter(|place| !place.starts_with("/@context")) {
            for text in ["null", "0", "true", "[]", "{}", "\"\"", "\"x\"", "[[]]", "{\"id\":{\"id\":[]}}"] {
                let mut doc = original.clone();
                doc.put(place, value(text));
                let report = verify(&in_force, "", &with(address, &doc.bytes()), &own::policy());
                // What a key is called by, and what stands beside it, is nobody's concern here.
                let is_free = address == did && (place.ends_with("/type") || place.ends_with("/controller"));
                assert!(is_free || report.verdict != Verdict::Valid, "{address} {place} {text}");
            }
        }
    }
    // Very many keys, each well formed; the right one last.
    let Some(Answer::Document { bytes, .. }) = whole.answer(did) else { panic!("it is there") };
    let document = Doc(support::json(bytes).expect("it is JSON"));
    let method = document.get("/verificationMethod/0").expect("it has a key").clone();
    let mut many = document.clone();
    let key = Issuer::of("somebody else").multikey();
    let others = (0..5_000).map(|index| {
        value(&format!(
            r#"{{"id":"did:web:issuer.example#{index}","type":"Multikey","controller":"did:web:issuer.example","publicKeyMultibase":"{key}"}}"#
        ))
    });
    many.put("/verificationMethod", Value::Array(others.chain([method]).collect()));
    let report = bounded("many-keys", &in_force, &with(did, &many.bytes()));
    assert_eq!(report.headline, Headline::NotFullyChecked);
    let references = (0..1_500).map(|index| string(&format!("did:web:issuer.example#{index}")));
    many.put("/assertionMethod", Value::Array(references.chain([string("#key-1")]).collect()));
    let report = bounded("many-references", &in_force, &with(did, &many.bytes()));
    assert_eq!(report.headline, Headline::NotFullyChecked);
    for (embedded, headline) in [(300, Headline::Verified), (5_000, Headline::NotFullyChecked)] {
        let mut doc = document.clone();
        let keys = (0..embedded)
            .map(|index| value(&format!(r##"{{"id":"#{index}","publicKeyMultibase":"{key}"}}"##)));
        doc.put("/assertionMethod", Value::Array(keys.chain([string("#key-1")]).collect()));
        let report = bounded("embedded-keys", &in_force, &with(did, &doc.bytes()));
        assert_eq!(report.headline, headline);
    }
}

/// Every proof of every list may ask for its issuer's document: reading that takes time in proportion to
/// its length, however many entries it has.
#[test]
fn a_document_of_thousands_of_keys_is_read_in_a_time_that_grows_with_it() {
    let key = Issuer::of("issuer.example").multikey();
    let did = "did:web:issuer.example";
    let methods = joined(2_700, |index| format!(r##"{{"id":"#{index}","publicKeyMultibase":"{key}"}}"##));
    let document = format!(r#"{{"id":"{did}","assertionMethod":[{methods}]}}"#);
    let proof = format!(
        r##"{{"type":"DataIntegrityProof","cryptosuite":"eddsa-jcs-2022","proofPurpose":"assertionMethod","verificationMethod":"{did}#none","proofValue":"z1"}}"##
    );
    let proofs = joined(16, |_| proof.clone());
    let answer =
        |text: String| Answer::Document { bytes: text.into_bytes().into(), read_at: None, pinned: false };
    let mut found = Found::default();
    found.provide("https://issuer.example/.well-known/did.json".to_owned(), answer(document));
    for index in 0..14 {
        let url = format!("https://issuer.example/{index}");
        let list = format!(
            r#"{{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"{url}","type":["VerifiableCredential","BitstringStatusListCredential"],
            "issuer":"{did}","credentialSubject":{{"type":"BitstringStatusList","statusPurpose":"revocation","encodedList":"uAA"}},"proof":[{proofs}]}}"#
        );
        found.provide(url, answer(list));
    }
    let badge = signed(&[("credentialStatus", entries(14, |index| index))]);
    let report = bounded("keys-for-every-proof", &badge, &found);
    assert_eq!(report.headline, Headline::NotFullyChecked);
    assert_eq!(report.parts.len(), 14);
}

/// Every value of real credentials deleted, replaced by something of every kind, and put into itself:
/// no panic, and never valid unless the same is shown and only contexts or a second proof changed.
#[test]
fn no_change_of_structure_stumbles_or_passes() {
    let index = support::read_json("tests/vectors/index.json");
    let found = own::network();
    let (mut credentials, mut tried) = (0, 0);
    let most = if cfg!(debug_assertions) { 2 } else { 20 };
    for entry in index.get("files").map(Value::as_set).unwrap_or_default() {
        let file = support::text(entry, "file");
        if credentials == most || support::text(entry, "expect") != "valid" || !file.ends_with(".json") {
            continue;
        }
        let Some(bytes) = support::read_if_present(&format!("tests/vectors/{file}")) else { continue };
        let honest = own::report(&bytes, &found);
        if honest.verdict != Verdict::Valid {
            continue;
        }
        credentials += 1;
        let original = Doc(support::json(&bytes).expect("it was verified"));
        let proofs = original.get("/proof").map_or(0, |proof| proof.as_set().len());
        for place in original.values() {
            let old = original.get(&place).expect("it is there").clone();
            let nested = object(&[("id", string("urn:nested")), ("self", old.clone())]);
            let kinds = [
                value("null"),
                value("0"),
                value("[]"),
                value("{}"),
                value(r#"{"@value":null}"#),
                value(r#"{"@id":"_:b0"}"#),
                string("x"),
                string("urn:other"),
                nested,
                original.0.clone(),
            ];
            let mut judge = |what: &str, doc: &Doc| {
                tried += 1;
                let report = own::report(&doc.bytes(), &found);
                if report.verdict != Verdict::Valid {
                    return;
                }
                let is_free = place.starts_with("/@context") || (proofs > 1 && place.starts_with("/proof"));
                let is_same = report.credential == honest.credential && report.headline == honest.headline;
                assert!(is_free && is_same, "{file} {place} {what}");
            };
            for kind in kinds.iter().filter(|kind| **kind != old) {
                let mut doc = original.clone();
                doc.put(&place, kind.clone());
                judge(&verify_credential::canon::jcs::canonicalize(kind), &doc);
            }
            let mut doc = original.clone();
            doc.take(&place);
            judge("taken away", &doc);
        }
    }
    assert!(credentials == most && tried > 300 * most, "{credentials} credentials, {tried} changes");
}
