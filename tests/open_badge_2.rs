//! Open Badges before 3.0: hosted and signed, sound and forged, by an issuer of our own.
#![cfg(not(target_arch = "wasm32"))]

mod baker;
mod own;
mod support;

use std::rc::Rc;

use serde_json::{Value, json};
use verify_credential::need::{Answer, Found, NeedKind};
use verify_credential::report::{Headline, Outcome, Report, Verdict};
use verify_credential::snapshot;

use own::signer::Issuer;
use own::token::token;

const ISSUER: &str = "https://uni.example/issuer.json";
const CLASS: &str = "https://uni.example/badges/welding.json";
const AWARD: &str = "https://uni.example/awards/7.json";
const KEY: &str = "https://uni.example/key.json";
const LIST: &str = "https://uni.example/withdrawn.json";

/// What stands on the web, and a file.
#[derive(Clone)]
struct Scene {
    web: Vec<(String, String)>,
    file: String,
}

impl Scene {
    /// A sound hosted badge of 2.0.
    fn hosted() -> Scene {
        let mut scene = Scene { web: Vec::new(), file: award().to_string() };
        scene.put(AWARD, award());
        scene.put(CLASS, class());
        scene.put(ISSUER, profile());
        scene
    }

    /// A sound badge of 2.0, signed by `issuer`.
    fn signed(issuer: &Issuer) -> Scene {
        let mut scene = Scene::hosted();
        scene.web.remove(0);
        scene.put(ISSUER, with(&profile(), json!({"publicKey": KEY, "revocationList": LIST})));
        scene.put(KEY, key(issuer));
        scene.put(LIST, list(json!([])));
        scene.sign(&signed_award(), issuer);
        scene
    }

    fn sign(&mut self, award: &Value, issuer: &Issuer) {
        self.file = token(&json!({"alg": issuer.alg()}).to_string(), &award.to_string(), issuer);
    }

    fn put(&mut self, url: &str, document: Value) {
        self.put_text(url, &document.to_string());
    }

    fn put_text(&mut self, url: &str, text: &str) {
        self.web.retain(|(known, _)| known != url);
        self.web.push((url.to_owned(), text.to_owned()));
    }

    fn without(mut self, url: &str) -> Scene {
        self.web.retain(|(known, _)| known != url);
        self
    }

    fn change(mut self, url: &str, members: Value) -> Scene {
        let old = self.web.iter().find(|(known, _)| known == url).expect("it stands there").1.clone();
        let old: Value = serde_json::from_str(&old).expect("JSON");
        self.put(url, with(&old, members));
        self
    }

    fn found(&self) -> Found {
        let mut found = Found::default();
        for (url, text) in &self.web {
            let bytes = Rc::from(text.clone().into_bytes());
            found.provide(url.clone(), Answer::Document { bytes, read_at: Some(own::NOW), pinned: false });
        }
        found
    }

    fn report(&self) -> Report {
        own::report(self.file.as_bytes(), &self.found())
    }
}

fn award() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": AWARD,
        "recipient": {"type": "email", "hashed": true, "salt": "deadsea", "identity": "sha256$c7ef86405ba71b85acd8e2e95166c4b111448089f2e1599f42fe1bba46e865c5"},
        "issuedOn": "2025-06-01T09:00:00Z", "badge": CLASS, "verification": {"type": "HostedBadge"},
        "evidence": ["https://uni.example/work/7", {"id": "https://uni.example/work/8", "name": "A gate", "narrative": "Two weeks' work."}],
        "narrative": "Made a gate.",
    })
}

fn signed_award() -> Value {
    let verification = json!({"type": "SignedBadge", "creator": KEY});
    with(
        &award(),
        json!({"id": "urn:uuid:1f5c9a3e-7d1a-4a5e-9a53-0d6a3b7b5a10", "verification": verification}),
    )
}

fn class() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": CLASS, "name": "Welder",
        "description": "Welds steel.", "image": "https://uni.example/badges/welding.png",
        "criteria": {"id": "https://uni.example/criteria", "narrative": "Weld a gate."}, "issuer": ISSUER,
        "tags": ["steel", "fire"],
        "alignment": {"targetName": "Joining metals", "targetUrl": "https://skills.example/1", "targetCode": "1", "targetFramework": "Skills"},
    })
}

fn profile() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Issuer", "id": ISSUER, "name": "A University",
        "url": "https://uni.example", "email": "badges@uni.example",
    })
}

fn key(issuer: &Issuer) -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "CryptographicKey", "id": KEY, "owner": ISSUER,
        "publicKeyPem": issuer.pem(),
    })
}

fn list(entries: Value) -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "RevocationList", "id": LIST, "issuer": ISSUER,
        "revokedAssertions": entries,
    })
}

/// `document` with other members; null takes one out.
fn with(document: &Value, members: Value) -> Value {
    let mut document = document.as_object().expect("an object").clone();
    for (name, value) in members.as_object().expect("an object") {
        match value {
            Value::Null => document.remove(name),
            value => document.insert(name.clone(), value.clone()),
        };
    }
    Value::Object(document)
}

fn reason(report: &Report, id: &str) -> (Outcome, &'static str) {
    let check = report.check(id).unwrap_or_else(|| panic!("{id} was not made"));
    (check.outcome, check.reason)
}

#[track_caller]
fn assert_sound(report: &Report, format: &str) {
    let bad: Vec<_> = report
        .checks
        .iter()
        .filter(|check| check.outcome == Outcome::Unknown || check.outcome == Outcome::Fail)
        .collect();
    assert_eq!(report.headline, Headline::Verified, "{bad:#?}");
    assert_eq!(report.verdict, Verdict::Valid);
    assert_eq!(report.format, Some(format));
    assert_eq!(report.issuer.domain.as_deref(), Some("uni.example"));
    assert!(report.needs.is_empty(), "{:?}", report.needs);
}

/// That it is refused for `reason` alone.
#[track_caller]
fn assert_refused(scene: &Scene, id: &str, why: &str) {
    let report = scene.report();
    assert_eq!(report.headline, Headline::DoNotRely, "{:#?}", report.checks);
    assert_eq!(reason(&report, id), (Outcome::Fail, why));
    assert!(report.credential.is_none() || id.starts_with("document."));
}

#[track_caller]
fn assert_unknown(scene: &Scene, id: &str, why: &str) {
    let report = scene.report();
    assert_eq!(report.headline, Headline::NotFullyChecked, "{:#?}", report.checks);
    assert_eq!(reason(&report, id), (Outcome::Unknown, why));
}

#[test]
fn a_hosted_badge_is_verified_by_its_host() {
    let report = Scene::hosted().report();
    assert_sound(&report, "open-badge-2");
    assert_eq!(reason(&report, "proof.any-good").1, "hosted-at-its-address");
    assert_eq!(reason(&report, "issuer.controls-key").1, "hosted-by-issuer");
    assert_eq!(reason(&report, "status.revocation").1, "hosted-not-revoked");
    assert_eq!(reason(&report, "document.hosted-copy").1, "hosted-copy-agrees");
    let facts = report.credential.expect("facts");
    assert_eq!(facts.valid_from, ["2025-06-01T09:00:00Z"]);
    assert_eq!(facts.issuer.name.as_deref(), Some("A University"));
    assert_eq!(facts.evidence.len(), 2);
    let [subject] = facts.subjects.as_slice() else { panic!("one subject") };
    assert_eq!((subject.id.as_ref(), subject.name.as_ref()), (None, None), "nobody's name is guessed");
    let [identifier] = subject.identifiers.as_slice() else { panic!("one identifier") };
    assert_eq!(identifier.kind.as_deref(), Some("emailAddress"));
    assert!(identifier.hashed && identifier.value.as_deref().is_some_and(|it| it.starts_with("sha256$")));
    let [achievement] = subject.achievements.as_slice() else { panic!("one achievement") };
    assert_eq!(achievement.name.as_deref(), Some("Welder"));
    assert_eq!(achievement.criteria_narrative.as_deref(), Some("Weld a gate."));
    assert_eq!(achievement.tags, ["fire", "steel"]);
    assert_eq!(achievement.alignments[0].framework.as_deref(), Some("Skills"));
}

#[test]
fn a_hosted_badge_asks_for_its_documents_one_by_one() {
    let whole = Scene::hosted();
    let mut scene = Scene { web: Vec::new(), ..whole.clone() };
    for (url, row, text) in [
        (AWARD, "proof.any-good", award()),
        (CLASS, "issuer.controls-key", class()),
        (ISSUER, "issuer.controls-key", profile()),
    ] {
        assert_unknown(&scene, row, "hosted-not-fetched");
        let report = scene.report();
        let [need] = report.needs.as_slice() else { panic!("one need: {:?}", report.needs) };
        assert_eq!((need.url.as_str(), need.kind, need.for_check), (url, NeedKind::HostedBadge, row));
        assert!(report.credential.is_none() && report.unverified.is_some());
        scene.put(url, text);
    }
    assert_sound(&scene.report(), "open-badge-2");
}

#[test]
fn a_signed_badge_is_verified_by_a_key_of_its_issuer() {
    for issuer in [Issuer::rsa(), Issuer::p256("open badges 2")] {
        let report = Scene::signed(&issuer).report();
        assert_sound(&report, "open-badge-2");
        assert_eq!(reason(&report, "proof.any-good").1, "signature-holds");
        assert_eq!(reason(&report, "issuer.controls-key").1, "key-published-by-issuer");
        assert_eq!(reason(&report, "status.revocation").1, "not-on-revocation-list");
        assert_eq!(report.credential.expect("facts").issuer.name.as_deref(), Some("A University"));
    }
}

#[test]
fn what_stands_at_the_address_counts_and_not_the_copy() {
    let mut scene = Scene::hosted();
    scene.file =
        with(&award(), json!({"issuedOn": "2001-01-01T00:00:00Z", "narrative": "Made the Eiffel Tower."}))
            .to_string();
    let report = scene.report();
    assert_eq!(report.headline, Headline::Verified);
    assert_eq!(reason(&report, "document.hosted-copy"), (Outcome::Fail, "hosted-copy-differs"));
    assert_eq!(report.credential.expect("facts").valid_from, ["2025-06-01T09:00:00Z"]);
}

#[test]
fn a_badge_hosted_elsewhere_than_its_issuer_is_refused() {
    let evil = "https://uni.example.evil.example/7.json";
    let mut scene = Scene::hosted();
    let forged = with(&award(), json!({"id": evil}));
    scene.file = forged.to_string();
    scene.put(evil, forged);
    assert_refused(&scene, "issuer.controls-key", "hosted-elsewhere");
}
