//! What the tests of forgers without a key share: real signed credentials, how they are judged, and the
//! ways to say a thing otherwise.

#![allow(dead_code, reason = "each test crate uses its own part")]

pub mod table;
pub mod ways;

use verify_credential::codec::json::Value;
use verify_credential::need::{Answer, Found};
use verify_credential::report::{Headline, Outcome, Report};

use crate::own::edit::{Doc, string};
use crate::own::signer::{Issuer, Suite};
use crate::{own, support};

pub const FOLDER: &str = "tests/vectors/08-open-badges-3/";
/// Revoked, by one proof of eddsa-rdfc-2022, its issuer a `did:web`.
pub const REVOKED: &str =
    "dcc-vc-test-fixtures/v2/dataIntegrityProof/didweb/legacy-revokedStatus-noExpiry.json";
/// Revoked and expired, by two proofs.
pub const BOTH: &str = "dcc-vc-test-fixtures/v2/bothSignatureTypes/didweb/legacy-revokedStatus-expired.json";
/// Expired, by one proof of Ed25519Signature2020.
pub const EXPIRED: &str = "dcc-vc-test-fixtures/v2/ed25519/didKey/legacy-noStatus-expired.json";
/// Revoked, in VCDM 1.1.
pub const REVOKED_V1: &str =
    "dcc-vc-test-fixtures/v1/dataIntegrityProof/didWeb/legacy-revokedStatus-noExpiry.json";
/// Expired, in VCDM 1.1.
pub const EXPIRED_V1: &str = "dcc-vc-test-fixtures/v1/ed25519/didKey/legacy-noStatus-expired.json";
/// In force, with two alignments.
pub const ALIGNMENTS: &str =
    "dcc-vc-test-fixtures/v2/dataIntegrityProof/didKey/legacyRegistry-noStatus-noExpiry-alignments.json";
/// In force, with evidence and a list that says so.
pub const ANDAMIO: &str = "andamio/credentials/203e63f457e0b808.77547ab066d5.json";

/// The vocabularies.
pub const VC: &str = "https://www.w3.org/2018/credentials#";
pub const SEC: &str = "https://w3id.org/security#";
pub const STATUS: &str = "https://www.w3.org/ns/credentials/status#";

/// The real credential in `file`.
pub fn doc(file: &str) -> Doc {
    Doc::read(&format!("{FOLDER}{file}"))
}

/// Whether a signature holds.
pub fn holds(report: &Report) -> bool {
    report.checks.iter().any(|check| check.id == "proof.signature" && check.outcome == Outcome::Pass)
}

/// Whether `attacked` is shown as nothing better, and nothing other, than `honest` is.
pub fn is_no_better(honest: &Report, attacked: &Report) -> bool {
    let is_shown =
        !matches!(attacked.headline, Headline::DoNotRely | Headline::NotFullyChecked | Headline::Unreadable);
    let is_same = attacked.headline == honest.headline
        && attacked.credential == honest.credential
        && attacked.issuer == honest.issuer;
    !is_shown || is_same
}

/// Fails unless [`is_no_better`].
#[track_caller]
pub fn no_better(name: &str, honest: &Report, attacked: &Report) {
    let why: Vec<(&str, &str)> = attacked
        .checks
        .iter()
        .filter(|check| check.outcome == Outcome::Fail)
        .map(|check| (check.id, check.reason))
        .collect();
    assert!(
        is_no_better(honest, attacked),
        "{name}: {:?} became {:?} {why:?}\n{:?}\n{:?}",
        honest.headline,
        attacked.headline,
        honest.credential,
        attacked.credential
    );
}

/// The array at `place`, turned around.
pub fn turned(doc: &Doc, place: &str) -> Value {
    let Some(Value::Array(items)) = doc.get(place) else { panic!("{place} is an array") };
    Value::Array(items.iter().rev().cloned().collect())
}

/// Where the test issuer's credentials are.
pub const OWN: &str = "tests/vectors/own";

/// The credential `name` of the test issuer.
pub fn own_doc(name: &str) -> Doc {
    Doc::read(&format!("{OWN}/{name}.json"))
}

/// What the test issuer publishes.
pub fn own_network() -> Found {
    own::network_of(&format!("{OWN}/offline-map.json"), OWN)
}

/// `document` signed by the test issuer's `did:key`.
pub fn signed(document: &Doc, suite: Suite, options: &[(&str, Value)]) -> Doc {
    let issuer = Issuer::of("issuer.example");
    let (did, method) = issuer.did_key();
    let mut document = document.clone();
    if document.get("/proof").is_some() {
        document.take("/proof");
    }
    document.put("/issuer", string(&did));
    Doc(issuer.sign(&document.0, suite, &method, options))
}

/// What the test issuer publishes, with `list` at `url`.
pub fn with_list(url: &str, list: &Doc) -> Found {
    let mut found = Found::default();
    let answer = Answer::Document { bytes: list.bytes().into(), read_at: Some(own::NOW), pinned: false };
    found.provide(url.to_owned(), answer);
    let document = support::read(&format!("{OWN}/did/issuer.example.json"));
    let answer = Answer::Document { bytes: document.into(), read_at: Some(own::NOW), pinned: false };
    found.provide("https://issuer.example/.well-known/did.json".to_owned(), answer);
    found
}
