//! What the card says, as HTML text, for one credential of each headline.
//!
//! The snapshots lie in `tests/snapshots/`. With UPDATE_SNAPSHOTS=1 they are written anew: look at the
//! difference before committing it.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;

use verify_credential::need::Found;
use verify_credential::policy::Policy;
use verify_credential::render::card::{Look, View, draw};
use verify_credential::render::html::to_html;
use verify_credential::render::messages::Messages;
use verify_credential::view::{Wishes, card};
use verify_credential::{snapshot, verify};

const CASES: &[(&str, &str, &str)] = &[
    ("verified", "verified", "08-open-badges-3/andamio/credentials/661274aa715885b4.f35049791ea8.json"),
    (
        "unconfirmed",
        "genuine-issuer-unconfirmed",
        "08-open-badges-3/dcc-vc-test-fixtures/v2/dataIntegrityProof/didKey/legacyRegistry-noStatus-noExpiry-alignments.json",
    ),
    (
        "revoked",
        "revoked",
        "08-open-badges-3/dcc-vc-test-fixtures/v1/dataIntegrityProof/didWeb/oidf-revokedStatus-noExpiry.json",
    ),
    (
        "expired",
        "expired",
        "08-open-badges-3/dcc-vc-test-fixtures/v2/ed25519/didKey/legacy-noStatus-expired.json",
    ),
    (
        "not-yet-valid",
        "not-yet-valid",
        "08-open-badges-3/dcc-vc-test-fixtures/v2/dataIntegrityProof/didKey/oidf-noStatus-notExpired-notYetValid.json",
    ),
    (
        "altered",
        "do-not-rely",
        "08-open-badges-3/dcc-vc-test-fixtures/v2/ed25519/didKey/legacy-noStatus-noExpiry-tampered.json",
    ),
    (
        "unreachable",
        "not-fully-checked",
        "08-open-badges-3/dcc-vc-test-fixtures/v2/ed25519/didWeb/badDidWeb.json",
    ),
    (
        "unreadable",
        "unreadable",
        "08-open-badges-3/images-without-credential/mixedRegistry-validStatus-noExpiry.qr.png",
    ),
];

#[test]
fn each_headline_is_drawn_as_before() {
    let mut found = Found::default();
    let map = fs::read("tests/vectors/13-dids-registries/offline-map.json").expect("the offline map");
    let file = |name: &str| fs::read(format!("tests/vectors/{name}")).ok();
    assert_eq!(snapshot::add(&map, &mut found, &file), Ok(()));
    // 2026-11-22T12:00:00Z
    let policy = Policy { now: 1_795_348_800, now_chosen: true, ..Policy::default() };
    for (name, headline, path) in CASES {
        let bytes = fs::read(format!("tests/vectors/{path}")).expect("a vector");
        let report = verify(&bytes, name, &found, &policy);
        assert_eq!(report.headline.id(), *headline, "{name}");
        for (name_of_view, view) in [("card", View::Card), ("badge", View::Badge)] {
            let look = Look { view, ..Look::default() };
            let wishes = Wishes { may_ask: true, revealed: false, ..Wishes::default() };
            let html = to_html(&draw(&card(&report, wishes), &Messages::default(), &look));
            compare(&format!("{name}-{name_of_view}"), &html.replace("><", ">\n<"));
        }
    }
}

#[test]
fn hidden_claims_are_in_no_attribute_or_text() {
    let bytes = fs::read("tests/vectors/08-open-badges-3/dcc-vc-test-fixtures/v2/ed25519/didKey/legacy-noStatus-noExpiry-tampered.json").expect("a vector");
    let report = verify(&bytes, "", &Found::default(), &Policy { now: 1_795_348_800, ..Policy::default() });
    let facts = report.unverified.as_ref().expect("facts nobody vouches for");
    let title = facts.subjects.first().and_then(|it| it.achievements.first()).and_then(|it| it.name.clone());
    let title = title.expect("a title");
    let html = |revealed| {
        let wishes = Wishes { may_ask: false, revealed, ..Wishes::default() };
        to_html(&draw(&card(&report, wishes), &Messages::default(), &Look::default()))
    };
    assert!(!html(false).contains(&title));
    assert!(html(true).contains(&title));
    assert!(html(false).contains("data-action=\"reveal\""));
}

fn compare(name: &str, html: &str) {
    let path = format!("tests/snapshots/{name}.html");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::create_dir_all("tests/snapshots")
            .and_then(|()| fs::write(&path, html))
            .expect("a place to write");
    }
    let before = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    assert_eq!(html, before, "{path}");
}
