//! Inputs made to hurt: each gives a report, soon, within bounded memory and without a panic.
//!
//! Time and memory are measured, so these tests run natively and one at a time. The bounds are those
//! of a page that must stay usable: a second, and a quarter of a gigabyte.
#![cfg(not(target_arch = "wasm32"))]

mod baker;
mod own;
mod support;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fmt::Write;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use own::edit::{Doc, object, string, value};
use own::signer::{Issuer, Suite};
use verify_credential::codec::json::Value;
use verify_credential::need::{Answer, Found};
use verify_credential::policy::Policy;
use verify_credential::report::{Headline, Report, Verdict};
use verify_credential::verify;

/// 2026-11-22T12:00:00Z
const NOW: i64 = 1_795_348_800;
/// What one verification may take.
const TIME_MAX: Duration = Duration::from_millis(if cfg!(debug_assertions) { 10_000 } else { 1_000 });
/// What one verification may hold at a time.
const BYTES_MAX: usize = 256 << 20;

/// Counts, per thread, what is allocated and the most that was.
struct Counting;

thread_local! {
    static LIVE: Cell<usize> = const { Cell::new(0) };
    static PEAK: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call goes to the system's allocator unchanged; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(0, layout.size());
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn count(more: usize, less: usize) {
    let _ = LIVE.try_with(|live| {
        live.set(live.get().saturating_add(more).saturating_sub(less));
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(live.get())));
    });
}

/// One at a time: the clock is on the wall.
static TURN: Mutex<()> = Mutex::new(());

/// Verifies `bytes` and holds time and memory against the bounds.
fn bounded(name: &str, bytes: &[u8], found: &Found) -> Report {
    let turn = TURN.lock();
    let before = LIVE.get();
    PEAK.set(before);
    let start = Instant::now();
    let policy = Policy { now: NOW, now_chosen: true, ..Policy::default() };
    let report = verify(bytes, name, found, &policy);
    let (time, peak) = (start.elapsed(), PEAK.get() - before);
    drop(turn);
    println!("{name}: {time:?}, {} KB, {:?}", peak >> 10, report.headline);
    assert!(time < TIME_MAX, "{name}: {time:?}");
    assert!(peak < BYTES_MAX, "{name}: {} MB", peak >> 20);
    report
}

/// `bytes` are nothing anybody should rely on.
fn refused(name: &str, bytes: &[u8]) -> Report {
    let report = bounded(name, bytes, &Found::default());
    assert_ne!(report.verdict, Verdict::Valid, "{name}");
    assert!(report.credential.is_none(), "{name}: facts that nobody signed");
    assert!(
        matches!(report.headline, Headline::Unreadable | Headline::DoNotRely | Headline::NotFullyChecked),
        "{name}: {:?}",
        report.headline
    );
    report
}

const KEY: &str = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";

/// A proof that nobody made, of a suite that has to be tried.
fn proof(suite: &str) -> String {
    let key = KEY.trim_start_matches("did:key:");
    let value = "z".to_owned() + &"2".repeat(87);
    format!(
        r#"{{"type":"DataIntegrityProof","cryptosuite":"{suite}","proofPurpose":"assertionMethod","verificationMethod":"{KEY}#{key}","proofValue":"{value}"}}"#
    )
}

/// A credential with `members` more, and `proofs`.
fn credential(members: &str, subject: &str, proofs: &str) -> Vec<u8> {
    format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"type":["VerifiableCredential","OpenBadgeCredential"],"issuer":"{KEY}",{members}"credentialSubject":{subject},"proof":{proofs}}}"#
    )
    .into_bytes()
}

fn joined(count: usize, item: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    for index in 0..count {
        let separator = if index == 0 { "" } else { "," };
        write!(out, "{separator}{}", item(index)).expect("strings grow");
    }
    out
}

const SUBJECT: &str = r#"{"type":"AchievementSubject","achievement":{"id":"urn:a","type":"Achievement","name":"a","criteria":{"narrative":"n"},"description":"d"}}"#;

#[test]
fn long_identifiers_are_not_written_out_for_every_statement() {
    let id = format!("urn:{}", "x".repeat(200_000));
    let refs = joined(3_000, |index| format!(r#"{{"id":"urn:{index}"}}"#));
    let subject = format!(r#"{{"id":"{id}","type":"AchievementSubject","achievement":[{refs}]}}"#);
    refused("long-id", &credential("", &subject, &proof("eddsa-rdfc-2022")));
}

#[test]
fn long_terms_are_not_written_out_for_every_statement() {
    let members = r#""x:y":1,"#.to_owned();
    let subject = format!(
        r#"{{"@context":{{"p":"urn:{}"}},"id":"urn:s","p":[{}]}}"#,
        "x".repeat(200_000),
        joined(3_000, |index| index.to_string())
    );
    refused("long-term", &credential(&members, &subject, &proof("eddsa-rdfc-2022")));
}

#[test]
fn shared_nodes_are_not_read_once_for_every_way_to_them() {
    let count = 60;
    let levels = joined(count, |index| {
        format!(r#"{{"id":"urn:l{index}","type":"RubricCriterionLevel","name":"level"}}"#)
    });
    let refs = |letter: &str| joined(count, |index| format!(r#"{{"id":"urn:{letter}{index}"}}"#));
    let descriptions = joined(count, |index| {
        if index == 0 {
            format!(r#"{{"id":"urn:d0","type":"ResultDescription","rubricCriterionLevel":[{levels}]}}"#)
        } else {
            format!(
                r#"{{"id":"urn:d{index}","type":"ResultDescription","rubricCriterionLevel":[{}]}}"#,
                refs("l")
            )
        }
    });
    let achievements = joined(count, |index| match index {
        0 => format!(r#"{{"id":"urn:a0","type":"Achievement","resultDescription":[{descriptions}]}}"#),
        _ => format!(r#"{{"id":"urn:a{index}","type":"Achievement","resultDescription":[{}]}}"#, refs("d")),
    });
    let subjects = joined(count, |index| match index {
        0 => format!(r#"{{"id":"urn:s0","type":"AchievementSubject","achievement":[{achievements}]}}"#),
        _ => format!(r#"{{"id":"urn:s{index}","type":"AchievementSubject","achievement":[{}]}}"#, refs("a")),
    });
    refused("shared", &credential("", &format!("[{subjects}]"), &proof("eddsa-rdfc-2022")));
}

#[test]
fn one_long_text_is_not_copied_for_every_reference() {
    let name = "x".repeat(1_000_000);
    let achievements = joined(1_000, |index| match index {
        0 => format!(
            r#"{{"id":"urn:a0","type":"Achievement","creator":{{"id":"urn:h","type":"Profile","name":"{name}"}}}}"#
        ),
        _ => format!(r#"{{"id":"urn:a{index}","type":"Achievement","creator":{{"id":"urn:h"}}}}"#),
    });
    let subject = format!(r#"{{"id":"urn:s","type":"AchievementSubject","achievement":[{achievements}]}}"#);
    refused("shared-text", &credential("", &subject, &proof("eddsa-rdfc-2022")));
}

#[test]
fn rivals_for_the_root_are_looked_for_in_linear_time() {
    let nodes = joined(60_000, |index| format!(r#"{{"id":"a:{index}"}}"#));
    let members = format!(
        r#""endorsement":{{"id":"urn:e","type":["VerifiableCredential","EndorsementCredential"],"issuer":"urn:i","credentialSubject":{{"id":"urn:s","type":"EndorsementSubject"}},"evidence":[{nodes}]}},"#
    );
    refused("rivals", &credential(&members, SUBJECT, &proof("eddsa-rdfc-2022")));
}

#[test]
fn thousands_of_proofs_do_not_hash_the_document_thousands_of_times() {
    for suite in ["eddsa-jcs-2022", "eddsa-rdfc-2022", "other-2099"] {
        let proofs = joined(5_000, |_| proof(suite));
        let members = format!(r#""description":"{}","#, "x".repeat(1_000_000));
        refused(suite, &credential(&members, SUBJECT, &format!("[{proofs}]")));
    }
}

#[test]
fn texts_that_never_become_json() {
    refused("brackets", &b"[".repeat(10_000_000));
    refused("brackets-within-the-limit", &b"[".repeat(4_900_000));
    refused("braces", &br#"{"a":"#.repeat(900_000));
    refused("nested", &[b"[".repeat(2_000_000), b"]".repeat(2_000_000)].concat());
    refused("commas", &[&b"["[..], &b"0,".repeat(2_400_000), b"0]"].concat());
    refused("digits", &b"9".repeat(4_900_000));
    refused("fraction", &[&b"0."[..], &b"1".repeat(4_900_000)].concat());
    refused("exponent", &[&b"1e-"[..], &b"9".repeat(4_900_000)].concat());
    refused("quote", &[&b"\""[..], &b"\\\\".repeat(2_400_000)].concat());
    refused("surrogates", &[&b"\""[..], &b"\\ud83d\\ude00".repeat(400_000), b"\""].concat());
    refused("zeros", &vec![0; 4_900_000]);
    refused("invalid-utf8", &[0xff].repeat(4_900_000));
    refused("spaces", &b" ".repeat(4_900_000));
    refused("data-uri", &[&b"data:application/json;base64,"[..], &b"W1tb".repeat(1_200_000)].concat());
}

#[test]
fn objects_of_very_many_members() {
    for count in [19_990, 1_000_000] {
        let members = joined(count, |index| format!("\"k{index}\":0"));
        if members.len() < 4_900_000 {
            refused("members", &credential(&format!("{members},"), SUBJECT, &proof("eddsa-rdfc-2022")));
        }
        refused(
            "bare-members",
            &format!("{{{}}}", joined(count.min(400_000), |index| format!("\"{index}\":0"))).into_bytes(),
        );
    }
    // Members that share their beginning, in objects that share their shape.
    let long = "k".repeat(200);
    let inner = joined(100, |index| format!("\"{long}{index}\":{{}}"));
    let subject = format!("[{}]", joined(200, |_| format!("{{{inner}}}")));
    refused("undefined-members", &credential("", &subject, &proof("eddsa-rdfc-2022")));
}

#[test]
fn contexts_in_great_numbers() {
    let whole = |contexts: &str| {
        format!(
            r#"{{"@context":["https://www.w3.org/ns/credentials/v2",{contexts}],"type":"VerifiableCredential","issuer":"{KEY}","credentialSubject":{SUBJECT},"proof":{}}}"#,
            proof("eddsa-rdfc-2022")
        )
        .into_bytes()
    };
    refused("inline-contexts", &whole(&joined(20_000, |index| format!(r#"{{"t{index}":"urn:{index}"}}"#))));
    refused("empty-contexts", &whole(&joined(100_000, |_| "{}".to_owned())));
    refused("null-contexts", &whole(&joined(100_000, |_| "null".to_owned())));
    refused(
        "same-context",
        &whole(&joined(50_000, |_| "\"https://www.w3.org/ns/credentials/v2\"".to_owned())),
    );
    refused("unknown-contexts", &whole(&joined(100_000, |index| format!("\"https://a.example/{index}\""))));
    refused(
        "one-large-context",
        &whole(&format!("{{{}}}", joined(19_000, |index| format!(r#""t{index}":"urn:{index}""#)))),
    );
    let mut scoped = "{}".to_owned();
    for index in 0..60 {
        scoped = format!(r#"{{"t{index}":{{"@id":"urn:{index}","@context":{scoped}}}}}"#);
    }
    refused("scoped-contexts", &whole(&scoped));
    let nodes = joined(5_000, |index| format!(r#"{{"@context":{{"a{index}":"urn:a"}},"a{index}":1}}"#));
    refused(
        "contexts-in-nodes",
        &credential("", &format!(r#"{{"id":"urn:s","evidence":[{nodes}]}}"#), &proof("eddsa-rdfc-2022")),
    );
}

#[test]
fn status_entries_in_great_numbers() {
    let entry = |index: usize| {
        format!(
            r#"{{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"{index}","statusListCredential":"https://a.example/{index}"}}"#
        )
    };
    let entries = joined(4_000, entry);
    for suite in ["eddsa-rdfc-2022", "eddsa-jcs-2022"] {
        let members = format!(r#""credentialStatus":[{entries}],"#);
        refused("status-entries", &credential(&members, SUBJECT, &proof(suite)));
    }
}

#[test]
fn graphs_of_nodes_that_look_alike() {
    let clique = |size: usize| {
        joined(size, |one| {
            let others = joined(size, |other| format!(r#"{{"id":"_:n{other}"}}"#));
            format!(r#"{{"id":"_:n{one}","urn:p":[{others}]}}"#)
        })
    };
    let subject = format!(r#"{{"id":"urn:s","urn:q":[{}]}}"#, clique(9));
    refused("clique", &credential("", &subject, &proof("eddsa-rdfc-2022")));
    let ring =
        joined(20_000, |one| format!(r#"{{"id":"_:n{one}","urn:p":{{"id":"_:n{}"}}}}"#, (one + 1) % 20_000));
    refused(
        "ring",
        &credential("", &format!(r#"{{"id":"urn:s","urn:q":[{ring}]}}"#), &proof("eddsa-rdfc-2022")),
    );
    let twins = joined(30_000, |_| r#"{"urn:p":{}}"#.to_owned());
    refused(
        "twins",
        &credential("", &format!(r#"{{"id":"urn:s","urn:q":[{twins}]}}"#), &proof("eddsa-rdfc-2022")),
    );
    let star = joined(30_000, |_| r#"{"urn:p":{"id":"_:hub"}}"#.to_owned());
    refused(
        "star",
        &credential("", &format!(r#"{{"id":"urn:s","urn:q":[{star}]}}"#), &proof("eddsa-rdfc-2022")),
    );
}

#[test]
fn nodes_that_point_at_themselves() {
    let id = "urn:self";
    let members = format!(
        r#""id":"{id}","evidence":{{"id":"{id}","type":"Evidence"}},"credentialStatus":{{"id":"{id}","type":"BitstringStatusListEntry"}},"endorsement":{{"id":"{id}"}},"#
    );
    let subject = format!(
        r#"{{"id":"{id}","type":["AchievementSubject","Achievement"],"achievement":{{"id":"{id}","type":"Achievement","creator":{{"id":"{id}"}},"related":{{"id":"{id}"}}}}}}"#
    );
    for suite in ["eddsa-rdfc-2022", "eddsa-jcs-2022"] {
        refused("self", &credential(&members, &subject, &proof(suite)));
    }
    // A list whose rest is itself.
    let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    let subject = format!(
        r#"{{"id":"urn:s","type":"AchievementSubject","result":{{"id":"_:l","{rdf}first":1,"{rdf}rest":{{"id":"_:l"}}}}}}"#
    );
    refused("circular-list", &credential("", &subject, &proof("eddsa-rdfc-2022")));
}

#[test]
fn texts_of_a_megabyte() {
    for text in ["x", "\u{202e}", "\\\\", "\\u0000", "<b>", "\u{e9}"] {
        let long = text.repeat(1_000_000 / text.len());
        let members = format!(r#""name":"{long}","description":"{long}","#);
        let subject = format!(
            r#"{{"id":"urn:s","type":"AchievementSubject","achievement":{{"id":"urn:a","type":"Achievement","name":"{long}"}}}}"#
        );
        for suite in ["eddsa-rdfc-2022", "eddsa-jcs-2022"] {
            refused("long-text", &credential(&members, &subject, &proof(suite)));
        }
    }
    let long = "1".repeat(1_000_000);
    for (member, shape) in [
        ("issuer", format!("\"did:web:{long}.example\"")),
        ("issuer", format!("\"did:jwk:{long}\"")),
        ("issuer", format!("\"did:key:z{long}\"")),
        ("id", format!("\"urn:{long}\"")),
        ("validFrom", format!("\"2026-01-01T00:00:00.{long}Z\"")),
        ("validUntil", long.clone()),
    ] {
        let text = format!(
            r#"{{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"VerifiableCredential","issuer":"{KEY}","credentialSubject":{{"id":"urn:s"}},"proof":{}}}"#,
            proof("eddsa-rdfc-2022")
        );
        let text = match member {
            "issuer" => text.replace(&format!("\"issuer\":\"{KEY}\""), &format!("\"issuer\":{shape}")),
            _ => text.replacen('{', &format!("{{\"{member}\":{shape},"), 1),
        };
        refused(member, text.as_bytes());
    }
    for member in ["verificationMethod", "proofValue", "created", "cryptosuite"] {
        let value = format!(r#""{member}":"z{long}""#);
        let mut options = support::json(proof("eddsa-rdfc-2022").as_bytes()).expect("it is JSON");
        if let verify_credential::codec::json::Value::Object(object) = &mut options {
            object.insert(
                member.into(),
                support::json(value.split_once(':').expect("a member").1.as_bytes()).expect("it is text"),
            );
        }
        refused(member, &credential("", SUBJECT, &verify_credential::canon::jcs::canonicalize(&options)));
    }
}

#[test]
fn pictures_that_lie_about_their_lengths() {
    let badge = |length: u32, data: &[u8]| [&length.to_be_bytes()[..], b"iTXt", data, &[0; 4]].concat();
    let text = b"openbadgecredential\0\0\0\0\0{}";
    for length in [0, 1, 18, 30, 0x7fff_ffff, 0x8000_0000, u32::MAX] {
        refused("png-length", &baker::png(&[badge(length, text)]));
    }
    refused("png-cut", &baker::bake_png(&vec![b'['; 4_000_000])[..3_000_000]);
    refused("png-brackets", &baker::bake_png(&vec![b'['; 4_000_000]));
    let mut chunks = Vec::new();
    for _ in 0..100_000 {
        chunks.push(baker::chunk(b"tEXt", b"a\0b"));
    }
    refused("png-chunks", &baker::png(&chunks));
    refused("png-badges", &baker::png(&vec![baker::badge_chunk(b"{}"); 20_000]));
    // A gigabyte of zeros, as compressed text.
    let bomb = |kind: &[u8; 4], head: &[u8]| {
        let mut zlib = vec![0x78, 0xda];
        zlib.extend_from_slice(&baker::bomb(1_000));
        baker::chunk(kind, &[head, &zlib].concat())
    };
    refused("png-bomb", &baker::png(&[bomb(b"iTXt", b"openbadgecredential\0\x01\0\0\0")]));
    refused("png-ztxt-bomb", &baker::png(&[bomb(b"zTXt", b"openbadgecredential\0\0")]));
    refused(
        "svg-depth",
        ["<svg xmlns=\"http://www.w3.org/2000/svg\">", &"<g>".repeat(500_000)].concat().as_bytes(),
    );
    let entities =
        joined(20, |index| format!("<!ENTITY e{} \"&e{index};&e{index};\">", index + 1)).replace(',', "");
    refused("svg-entities", format!("<!DOCTYPE svg [<!ENTITY e0 \"x\">{entities}]><svg xmlns=\"http://www.w3.org/2000/svg\">&e20;</svg>").as_bytes());
}

#[test]
fn long_predicates_in_a_clique() {
    let predicate = format!("urn:{}", "p".repeat(1_000));
    let nodes = joined(60, |one| {
        let others = joined(60, |other| format!(r#"{{"id":"_:n{other}"}}"#));
        format!(r#"{{"id":"_:n{one}","{predicate}":[{others}]}}"#)
    });
    let subject = format!(r#"{{"id":"urn:s","urn:q":[{nodes}]}}"#);
    refused("clique-of-long-predicates", &credential("", &subject, &proof("eddsa-rdfc-2022")));
}

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

/// Stacks in a page have one megabyte; debug builds need more for the same.
#[test]
fn chains_of_terms_fit_on_the_stack() {
    let work = || {
        let chain = joined(1_000, |index| format!(r#""t{index}":"t{}:x""#, index + 1));
        let text = format!(
            r#"{{"@context":["https://www.w3.org/ns/credentials/v2",{{{chain}}}],"type":"VerifiableCredential","issuer":"{KEY}","credentialSubject":{SUBJECT},"proof":{}}}"#,
            proof("eddsa-rdfc-2022")
        );
        refused("chained-terms", text.as_bytes());
        let (open, close) = (r#"{"urn:p":"#.repeat(120), "}".repeat(120));
        refused("nested", &credential("", &format!("{open}1{close}"), &proof("eddsa-rdfc-2022")));
        // The same at the end of the deepest nesting that is read.
        let subject = format!(r#"{open}{{"@context":{{{chain}}},"t0":1}}{close}"#);
        refused("nested-chain", &credential("", &subject, &proof("eddsa-rdfc-2022")));
    };
    let stack_bytes = 1 << if cfg!(debug_assertions) { 22 } else { 20 };
    let thread = std::thread::Builder::new().stack_size(stack_bytes).spawn(work).expect("there are threads");
    assert!(thread.join().is_ok());
}
