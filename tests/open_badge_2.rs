//! Open Badges before 3.0: hosted and signed, sound and forged, by an issuer of our own.
#![cfg(not(target_arch = "wasm32"))]

mod baker;
mod own;
mod support;

use std::rc::Rc;

use serde_json::{Value, json};
use verify_credential::need::{Answer, Found, NeedKind};
use verify_credential::report::{Check, Headline, Outcome, Report, Verdict};
use verify_credential::{snapshot, verify};

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

#[test]
fn hosts_that_only_look_like_the_issuers_are_refused() {
    let scopes = [
        Value::Null,
        json!({"startsWith": "https://uni.example"}),
        json!({"allowedOrigins": ["uni.example"]}),
    ];
    for url in [
        "https://uni.example.evil.example/7",
        "https://uni.example:8443/7",
        "https://evil-uni.example/7",
        "https://evil.example/uni.example",
    ] {
        for scope in scopes.clone() {
            let mut scene = Scene::hosted().change(ISSUER, json!({"verification": scope}));
            let forged = with(&award(), json!({"id": url}));
            scene.file = forged.to_string();
            scene.put(url, forged);
            assert_refused(&scene, "issuer.controls-key", "hosted-elsewhere");
        }
    }
    // These are never asked.
    for url in [
        "https://uni.example@evil.example/7",
        "http://uni.example/7",
        "https://uni.example/a/../7",
        "urn:uuid:7",
    ] {
        let mut scene = Scene::hosted();
        let forged = with(&award(), json!({"id": url}));
        scene.file = forged.to_string();
        scene.put(url, forged);
        assert_unknown(&scene, "proof.any-good", "hosted-address-not-asked");
        assert!(scene.report().needs.is_empty());
    }
}

#[test]
fn an_issuer_may_publish_on_the_host_of_a_platform() {
    let (award_url, class_url) = ("https://platform.example/uni/7", "https://platform.example/uni/welding");
    let mut scene = Scene::hosted();
    let moved = with(&award(), json!({"id": award_url, "badge": class_url}));
    scene.file = moved.to_string();
    scene.put(award_url, moved);
    scene.put(class_url, with(&class(), json!({"id": class_url})));
    assert_refused(&scene, "issuer.controls-key", "hosted-elsewhere");
    for scope in [
        json!({"allowedOrigins": "platform.example"}),
        json!({"type": "VerificationObject", "startsWith": ["https://platform.example/uni/"]}),
        json!({"verificationProperty": "id", "allowedOrigins": ["a.example", "platform.example"], "startsWith": "https://platform.example/uni/"}),
    ] {
        assert_sound(&scene.clone().change(ISSUER, json!({"verification": scope})).report(), "open-badge-2");
    }
    let other = json!({"verification": {"startsWith": "https://platform.example/other/"}});
    assert_refused(&scene.change(ISSUER, other), "issuer.controls-key", "hosted-elsewhere");
}

#[test]
fn a_badge_class_of_somebody_else_is_refused() {
    // A badge class on the forger's host, in the name of the university.
    let evil = "https://evil.example/welding";
    let mut scene = Scene::hosted().change(AWARD, json!({"badge": evil}));
    scene.put(evil, with(&class(), json!({"id": evil, "name": "Master Welder"})));
    assert_refused(&scene, "issuer.controls-key", "badge-class-elsewhere");
    // The forger's award of the university's badge class.
    let award_url = "https://evil.example/7";
    let mut scene = Scene::hosted();
    scene.put(award_url, with(&award(), json!({"id": award_url})));
    scene.file = with(&award(), json!({"id": award_url})).to_string();
    assert_refused(&scene, "issuer.controls-key", "hosted-elsewhere");
    // The same, with the badge class and a profile of the university inside.
    let inside = with(
        &class(),
        json!({"issuer": with(&profile(), json!({"verification": {"allowedOrigins": "evil.example"}}))}),
    );
    let forged = with(&award(), json!({"id": award_url, "badge": inside}));
    scene.put(award_url, forged);
    assert_refused(&scene, "issuer.controls-key", "hosted-elsewhere");
    // A signed award cannot borrow a badge class either.
    let issuer = Issuer::rsa();
    let mut scene = Scene::signed(&issuer);
    scene.put(evil, with(&class(), json!({"id": evil})));
    scene.sign(&with(&signed_award(), json!({"badge": evil})), &issuer);
    assert_refused(&scene, "issuer.controls-key", "badge-class-elsewhere");
}

#[test]
fn what_is_embedded_counts_as_far_as_its_holder_does() {
    let inside = with(&class(), json!({"issuer": with(&profile(), json!({"name": "The Queen"}))}));
    let scene = Scene::hosted().change(AWARD, json!({"badge": inside})).without(CLASS);
    let report = scene.report();
    assert_eq!(report.headline, Headline::Verified);
    let facts = report.credential.expect("facts");
    assert_eq!(facts.issuer.name.as_deref(), Some("A University"), "the profile at its own address counts");
    assert_unknown(&scene.without(ISSUER), "issuer.controls-key", "hosted-not-fetched");
}

#[test]
fn a_withdrawn_hosted_badge_is_revoked() {
    for (members, why) in [
        (json!({"revoked": true}), "badge-withdrawn"),
        (json!({"revoked": "yes"}), "badge-withdrawn"),
        (json!({"revoked": true, "revocationReason": "Awarded in error"}), "badge-withdrawn-because"),
    ] {
        let report = Scene::hosted().change(AWARD, members).report();
        assert_eq!(report.headline, Headline::Revoked);
        assert_eq!(reason(&report, "status.revocation"), (Outcome::Fail, why));
        let statuses = report.checks.iter().filter(|check| check.id == "status.revocation").count();
        assert_eq!(statuses, 1);
    }
    for members in [json!({"revoked": false}), json!({"revocationReason": "none"})] {
        assert_eq!(Scene::hosted().change(AWARD, members).report().headline, Headline::Verified);
    }
    // All that is left of it.
    let mut scene = Scene::hosted();
    scene.put(AWARD, json!({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": AWARD, "revoked": true}));
    let report = scene.report();
    assert_eq!(report.headline, Headline::Revoked);
    assert!(report.credential.is_none() && report.needs.is_empty());
    // Somebody else's withdrawn badge says nothing about this one.
    scene.put(AWARD, json!({"@context": "https://w3id.org/openbadges/v2", "id": "https://uni.example/awards/8.json", "revoked": true}));
    assert_refused(&scene, "proof.any-good", "hosted-other-id");
    let mut found = Found::default();
    found.provide(AWARD.to_owned(), Answer::Failed("fetch-not-found"));
    let report = own::report(award().to_string().as_bytes(), &found);
    assert_eq!(report.headline, Headline::NotFullyChecked);
    assert_eq!(reason(&report, "proof.any-good"), (Outcome::Unknown, "hosted-unreachable"));
}

#[test]
fn a_signed_badge_is_revoked_by_its_list() {
    let issuer = Issuer::rsa();
    let id = signed_award()["id"].clone();
    let with_uid = with(&signed_award(), json!({"uid": "7"}));
    let table = [
        (json!([id]), Headline::Revoked),
        (json!(id), Headline::Revoked),
        (json!(["x", {"id": id, "revocationReason": "Awarded in error"}]), Headline::Revoked),
        (json!([{"uid": "7"}]), Headline::Revoked),
        (json!(["urn:uuid:other", {"id": "x"}, {"uid": null}]), Headline::Verified),
        (json!([7]), Headline::NotFullyChecked),
    ];
    for (entries, expected) in table {
        let mut scene = Scene::signed(&issuer);
        scene.sign(&with_uid, &issuer);
        scene.put(LIST, list(entries.clone()));
        assert_eq!(scene.report().headline, expected, "{entries}");
    }
    let sound = Scene::signed(&issuer);
    let report = sound.clone().without(LIST).report();
    assert_eq!(reason(&report, "status.revocation"), (Outcome::Unknown, "status-list-not-fetched"));
    assert_eq!(report.needs.iter().map(|need| need.kind).collect::<Vec<_>>(), [NeedKind::StatusList]);
    for (members, why) in [
        (json!({"issuer": "https://evil.example/"}), "status-list-not-trusted"),
        (json!({"id": "https://uni.example/other.json"}), "status-list-address-differs"),
        (json!({"revokedAssertions": null}), "status-list-malformed"),
    ] {
        assert_unknown(&sound.clone().change(LIST, members), "status.revocation", why);
    }
    assert_unknown(
        &sound.clone().change(ISSUER, json!({"revocationList": 7})),
        "status.revocation",
        "status-entry-malformed",
    );
    let report = sound.clone().change(ISSUER, json!({"revocationList": null})).without(LIST).report();
    assert_eq!(reason(&report, "status.revocation"), (Outcome::Skipped, "no-status-named"));
    // Nothing is asked about a badge that nobody signed.
    let mut forged = sound.without(LIST);
    forged.sign(&signed_award(), &Issuer::p256("a forger"));
    assert!(forged.report().needs.is_empty());
}

#[test]
fn a_key_must_be_the_issuers() {
    let (issuer, forger) = (Issuer::rsa(), Issuer::p256("a forger"));
    let forged_key = "https://evil.example/key.json";
    // Signed by another key.
    let mut scene = Scene::signed(&issuer);
    scene.sign(&signed_award(), &forger);
    assert_refused(&scene, "proof.any-good", "algorithm-not-of-key");
    let mut scene = Scene::signed(&Issuer::p256("open badges 2"));
    scene.sign(&signed_award(), &forger);
    assert_refused(&scene, "proof.any-good", "signature-does-not-match");
    // A key that the profile does not name.
    let mut scene = Scene::signed(&issuer);
    scene.put(forged_key, with(&key(&forger), json!({"id": forged_key})));
    let creator = json!({"verification": {"type": "signed", "creator": forged_key}});
    scene.sign(&with(&signed_award(), creator), &forger);
    assert_refused(&scene, "issuer.controls-key", "key-not-published");
    // A key that the profile names and that is somebody else's.
    let scene = Scene::signed(&issuer).change(KEY, json!({"owner": "https://evil.example/issuer.json"}));
    assert_refused(&scene, "issuer.controls-key", "key-of-another-controller");
    // A key document that belongs elsewhere, one without a key, and none.
    let sound = Scene::signed(&issuer);
    let scene = sound.clone().change(KEY, json!({"id": forged_key}));
    assert_refused(&scene, "issuer.controls-key", "hosted-other-id");
    assert_refused(
        &sound.clone().change(KEY, json!({"publicKeyPem": "x"})),
        "issuer.controls-key",
        "key-malformed",
    );
    assert_unknown(&sound.clone().without(KEY), "issuer.controls-key", "hosted-not-fetched");
    assert_refused(
        &sound.clone().change(ISSUER, json!({"publicKey": null})),
        "issuer.controls-key",
        "key-not-published",
    );
    // An issuer in whose name the forger signs, with a profile inside.
    let inside = with(&class(), json!({"issuer": with(&profile(), json!({"publicKey": key(&forger)}))}));
    let mut scene = sound.clone();
    scene.sign(&with(&signed_award(), json!({"badge": inside})), &forger);
    assert_refused(&scene, "proof.any-good", "algorithm-not-of-key");
}

#[test]
fn a_key_may_stand_in_the_profile_or_among_several() {
    let issuer = Issuer::rsa();
    let spare = "https://uni.example/spare.json";
    let mut scene = Scene::signed(&issuer).change(ISSUER, json!({"publicKey": [spare, KEY]}));
    scene.put(spare, with(&key(&Issuer::p256("spare")), json!({"id": spare})));
    assert_sound(&scene.report(), "open-badge-2");
    scene.sign(&with(&signed_award(), json!({"verification": {"type": "SignedBadge"}})), &issuer);
    assert_sound(&scene.report(), "open-badge-2");
    // As long as one of the keys is missing, it may be the one.
    assert_unknown(&scene.clone().without(KEY), "issuer.controls-key", "hosted-not-fetched");
    let inside = Scene::signed(&issuer).change(ISSUER, json!({"publicKey": key(&issuer)})).without(KEY);
    assert_sound(&inside.report(), "open-badge-2");
}

#[test]
fn a_token_that_was_altered_or_signed_by_nobody_is_refused() {
    let issuer = Issuer::rsa();
    let sound = Scene::signed(&issuer);
    let parts: Vec<&str> = sound.file.split('.').collect();
    let altered = with(&signed_award(), json!({"narrative": "Made the Eiffel Tower."})).to_string();
    let altered = own::token::signing_input(&json!({"alg": "RS256"}).to_string(), &altered);
    let none = own::token::signing_input(&json!({"alg": "none"}).to_string(), &signed_award().to_string());
    let critical = json!({"alg": "RS256", "crit": ["b64"], "b64": false}).to_string();
    for (file, why) in [
        (format!("{altered}.{}", parts[2]), "signature-does-not-match"),
        (format!("{none}."), "algorithm-forbidden"),
        (format!("{}.{}.", parts[0], parts[1]), "signature-does-not-match"),
        (token(&critical, &signed_award().to_string(), &issuer), "token-header-critical"),
    ] {
        assert_refused(&Scene { file, ..sound.clone() }, "proof.any-good", why);
    }
    // The same without the token around it.
    assert_refused(&Scene { file: signed_award().to_string(), ..sound }, "proof.any-good", "not-signed");
}

#[test]
fn times_count_in_every_spelling() {
    let table = [
        (json!({"expires": "2026-01-01T00:00:00Z"}), Headline::Expired),
        (json!({"expires": "2026-01-01"}), Headline::Expired),
        (json!({"expires": 1_600_000_000}), Headline::Expired),
        (json!({"expires": "2027-01-01T00:00:00Z"}), Headline::Verified),
        (json!({"expires": "soon"}), Headline::Expired),
        (json!({"issuedOn": "2027-01-01T00:00:00Z"}), Headline::NotYetValid),
        (json!({"issuedOn": 1_600_000_000}), Headline::Verified),
        (json!({"issuedOn": {}}), Headline::DoNotRely),
        (json!({"expires": ["2020-01-01T00:00:00Z"]}), Headline::DoNotRely),
    ];
    for (members, expected) in table {
        assert_eq!(Scene::hosted().change(AWARD, members.clone()).report().headline, expected, "{members}");
    }
}

const OLD_AWARD: &str = "https://uni.example/old/7.json";

/// A sound hosted badge of 1.0; of 1.1 with the vocabulary and types in.
fn first(is_typed: bool) -> Scene {
    let in_1_1 = |kind: &str, id: &str| match is_typed {
        true => json!({"@context": "https://w3id.org/openbadges/v1", "type": kind, "id": id}),
        false => json!({}),
    };
    let mut scene = Scene { web: Vec::new(), file: String::new() };
    let award = json!({
        "uid": "7", "badge": CLASS, "issuedOn": 1_433_149_200, "verify": {"type": "hosted", "url": OLD_AWARD},
        "recipient": {"type": "email", "hashed": false, "identity": "kim@example.org"},
    });
    let class = with(
        &class(),
        json!({
            "@context": null, "type": null, "id": null, "criteria": "https://uni.example/criteria",
            "alignment": [{"name": "Joining metals", "url": "https://skills.example/1", "description": "By fire."}],
        }),
    );
    let profile = with(&profile(), json!({"@context": null, "type": null, "id": null}));
    scene.file = with(&award, in_1_1("Assertion", OLD_AWARD)).to_string();
    scene.put(OLD_AWARD, with(&award, in_1_1("Assertion", OLD_AWARD)));
    scene.put(CLASS, with(&class, in_1_1("BadgeClass", CLASS)));
    scene.put(ISSUER, with(&profile, in_1_1("Issuer", ISSUER)));
    scene
}

#[test]
fn badges_of_the_first_edition_are_upgraded_and_called_old() {
    for scene in [first(false), first(true)] {
        let report = scene.report();
        assert_eq!(report.headline, Headline::Verified, "{:#?}", report.checks);
        assert_eq!((report.format, report.issuer.id.as_deref()), (Some("open-badge-1"), Some(ISSUER)));
        assert_eq!(reason(&report, "document.edition"), (Outcome::Fail, "edition-superseded"));
        let facts = report.credential.expect("facts");
        assert_eq!(facts.id.as_deref(), Some(OLD_AWARD));
        assert_eq!(facts.valid_from, ["2015-06-01T09:00:00Z"]);
        let achievement = &facts.subjects[0].achievements[0];
        assert_eq!(achievement.alignments[0].name.as_deref(), Some("Joining metals"));
        assert_eq!(achievement.alignments[0].description.as_deref(), Some("By fire."));
        assert_eq!(achievement.criteria_url.as_deref(), Some("https://uni.example/criteria"));
        assert_eq!(facts.subjects[0].identifiers[0].value.as_deref(), Some("kim@example.org"));
        assert!(!facts.subjects[0].identifiers[0].hashed);
    }
    let elsewhere = first(false).change(OLD_AWARD, json!({"verify": {"type": "hosted", "url": AWARD}}));
    assert_refused(&elsewhere, "proof.any-good", "hosted-other-id");
    let unclear = first(false).change(OLD_AWARD, json!({"verify": null}));
    assert_refused(&unclear, "document.structure", "verification-kind-unclear");
}

#[test]
fn signed_badges_of_the_first_edition_name_a_key_on_their_issuers_host() {
    let issuer = Issuer::rsa();
    let signed = |key: &str| {
        let mut scene = first(true).without(OLD_AWARD);
        let award: Value = serde_json::from_str(&scene.file).expect("JSON");
        scene.put_text(key, &issuer.pem());
        scene.sign(&with(&award, json!({"verify": {"type": "signed", "url": key}})), &issuer);
        scene.put("https://uni.example/old/withdrawn.json", json!({"8": "Awarded in error"}));
        let list = json!({"revocationList": "https://uni.example/old/withdrawn.json"});
        scene.change(ISSUER, list)
    };
    let sound = signed("https://uni.example/old/key.pem");
    assert_eq!(sound.report().headline, Headline::Verified, "{:#?}", sound.report().checks);
    let mut revoked = sound;
    revoked.put("https://uni.example/old/withdrawn.json", json!({"7": "Awarded in error"}));
    assert_eq!(revoked.report().headline, Headline::Revoked);
    assert_eq!(reason(&revoked.report(), "status.revocation").1, "badge-withdrawn-because");
    assert_refused(&signed("https://evil.example/key.pem"), "issuer.controls-key", "key-not-published");
    // The forger chooses the edition: where the profile names keys, what lies on the host is not one of them.
    for keys in [json!(KEY), json!([KEY]), json!([])] {
        let held = signed("https://uni.example/~forger/key.pem").change(ISSUER, json!({"publicKey": keys}));
        assert_refused(&held, "issuer.controls-key", "key-not-published");
    }
}

#[test]
fn badges_before_the_first_edition_are_known_by_their_origin() {
    let award = json!({
        "recipient": "sha256$2ad891a61112bb953171416acc9cfe2484d59a45a3ed574a1ca93b47d07629fe", "salt": "hashbrowns", "issued_on": "2012-03-01",
        "badge": {
            "version": "0.5.0", "name": "Welder", "description": "Welds steel.", "image": "/welding.png",
            "criteria": "/criteria", "issuer": {"origin": "https://uni.example", "name": "A University"},
        },
    });
    let mut scene = Scene { web: Vec::new(), file: award.to_string() };
    scene.put(OLD_AWARD, award);
    // Nothing in it says where it is published; a picture with the address does.
    assert_refused(&scene, "proof.any-good", "hosted-nowhere");
    let baked =
        |text: &str| baker::png(&[baker::chunk(b"tEXt", &[b"openbadges\0", text.as_bytes()].concat())]);
    let report = own::report(&baked(OLD_AWARD), &scene.found());
    assert_eq!(report.headline, Headline::Verified, "{:#?}", report.checks);
    assert_eq!(report.issuer.domain.as_deref(), Some("uni.example"));
    let identifier = &report.credential.expect("facts").subjects[0].identifiers[0];
    assert!(identifier.hashed);
    let evil = "https://evil.example/7.json";
    scene.web[0].0 = evil.to_owned();
    let report = own::report(&baked(evil), &scene.found());
    assert_eq!(reason(&report, "issuer.controls-key"), (Outcome::Fail, "hosted-elsewhere"));
}

#[test]
fn badges_are_read_out_of_pictures() {
    let hosted = Scene::hosted();
    let signed = Scene::signed(&Issuer::rsa());
    let international =
        |text: &str| baker::chunk(b"iTXt", &[b"openbadges\0\0\0\0\0", text.as_bytes()].concat());
    let plain = |text: &str| baker::chunk(b"tEXt", &[b"openbadges\0", text.as_bytes()].concat());
    let svg = |inner: &str| {
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="http://openbadges.org">{inner}</svg>"#)
            .into_bytes()
    };
    let element = |body: &str| svg(&format!("<o:assertion><![CDATA[{body}]]></o:assertion>"));
    let attribute = |text: &str| svg(&format!("<o:assertion verify=\"{text}\"/>"));
    let both = svg(&format!("<o:assertion verify=\"{AWARD}\"><![CDATA[{}]]></o:assertion>", hosted.file));
    for (file, scene) in [
        (baker::png(&[international(&hosted.file)]), &hosted),
        (baker::png(&[plain(&hosted.file)]), &hosted),
        (baker::png(&[international(AWARD)]), &hosted),
        (baker::png(&[plain(AWARD)]), &hosted),
        (element(&hosted.file), &hosted),
        (attribute(AWARD), &hosted),
        (both, &hosted),
        (baker::png(&[international(&signed.file)]), &signed),
        (attribute(&signed.file), &signed),
        (element(&signed.file), &signed),
    ] {
        assert_sound(&own::report(&file, &scene.found()), "open-badge-2");
    }
    // Readers of one edition would see another badge than readers of the other.
    let third = baker::badge_chunk(b"{}");
    for (chunks, expected) in [
        ([international(&hosted.file), third.clone()], Headline::Unreadable),
        ([third.clone(), plain(&signed.file)], Headline::Unreadable),
        ([international(&hosted.file), plain(&hosted.file)], Headline::Verified),
        ([international(AWARD), plain("https://uni.example/awards/8.json")], Headline::Unreadable),
    ] {
        assert_eq!(own::report(&baker::png(&chunks), &hosted.found()).headline, expected);
    }
    // Beside a badge of 3.0 an address is noted and not asked.
    let report = own::report(&baker::png(&[third, plain(AWARD)]), &hosted.found());
    assert!(report.checks.iter().any(|check| check.reason == "container.hosted-url-ignored"));
    assert!(report.credential.is_none());
}

#[test]
fn the_later_vocabulary_and_further_members_change_nothing() {
    let context = "https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld";
    let more = json!({"@context": [context, "https://uni.example/own.json", {"mood": "https://uni.example/mood"}], "mood": "glad", "extensions:x": {"@context": "https://x.example"}});
    let report = Scene::hosted().change(AWARD, more).report();
    assert_eq!(report.headline, Headline::Verified, "{:#?}", report.checks);
}

#[test]
fn what_is_said_in_a_foreign_way_is_refused() {
    for (url, members) in [
        (AWARD, json!({"@context": "https://evil.example/v2"})),
        (
            AWARD,
            json!({"@context": ["https://w3id.org/openbadges/v2", {"revoked": "https://evil.example/x"}]}),
        ),
        (AWARD, json!({"obi:revoked": true})),
        (AWARD, json!({"https://w3id.org/security#expiration": "2020-01-01T00:00:00Z"})),
        (CLASS, json!({"schema:name": "Master Welder"})),
        (ISSUER, json!({"@type": "Issuer"})),
        (ISSUER, json!({"@context": {"name": "https://evil.example/x"}})),
    ] {
        let scene = Scene::hosted().change(url, members);
        assert_refused(&scene, "document.plain-terms", "said-in-a-foreign-way");
    }
}

#[test]
fn documents_that_are_something_else_are_refused() {
    for (url, members, why) in [
        (AWARD, json!({"recipient": null}), "assertion-member-missing"),
        (AWARD, json!({"recipient": "kim@example.org"}), "badge-member-malformed"),
        (AWARD, json!({"badge": 7}), "badge-member-malformed"),
        (AWARD, json!({"badge": AWARD}), "document-of-another-kind"),
        (AWARD, json!({"verification": {"type": "signed"}}), "verification-kind-unclear"),
        (AWARD, json!({"verification": {"type": ["signed", "hosted"]}}), "verification-kind-unclear"),
        (CLASS, json!({"type": "Assertion"}), "document-of-another-kind"),
        (CLASS, json!({"criteria": null}), "assertion-member-missing"),
        (CLASS, json!({"issuer": CLASS}), "document-of-another-kind"),
        (ISSUER, json!({"name": null}), "assertion-member-missing"),
        (ISSUER, json!({"type": null}), "document-of-another-kind"),
    ] {
        assert_refused(&Scene::hosted().change(url, members.clone()), "document.structure", why);
    }
    assert_refused(
        &Scene::hosted().change(CLASS, json!({"id": ISSUER})),
        "issuer.controls-key",
        "hosted-other-id",
    );
    assert_refused(
        &Scene::hosted().change(ISSUER, json!({"id": null})),
        "issuer.controls-key",
        "hosted-other-id",
    );
    assert_unknown(
        &Scene::hosted().change(CLASS, json!({"issuer": {"name": "x"}})),
        "issuer.controls-key",
        "hosted-issuer-not-named",
    );
    // An office without an address for mail is an office all the same.
    assert_sound(&Scene::hosted().change(ISSUER, json!({"email": null})).report(), "open-badge-2");
    let large = format!("{{\"x\":\"{}\"}}", "x".repeat(1_000_001));
    let deep = "[".repeat(100_000);
    for (text, why) in [
        ("<!doctype html>", "hosted-document-malformed"),
        ("[]", "hosted-document-malformed"),
        ("", "hosted-document-malformed"),
        (deep.as_str(), "hosted-document-malformed"),
        (large.as_str(), "hosted-unreachable"),
    ] {
        for (url, row) in
            [(AWARD, "proof.any-good"), (CLASS, "issuer.controls-key"), (ISSUER, "issuer.controls-key")]
        {
            let mut scene = Scene::hosted();
            scene.put_text(url, text);
            assert_unknown(&scene, row, why);
        }
    }
}

#[test]
fn no_document_makes_it_stumble() {
    let values = [
        json!(null),
        json!(7),
        json!("x"),
        json!([]),
        json!([[]]),
        json!({}),
        json!([{"id": 7}]),
        json!({"id": [], "type": {}}),
    ];
    // What may be left out, or say anything, of each kind of document.
    let free: &[(&str, &[&str])] = &[
        (AWARD, &["narrative", "evidence"]),
        (CLASS, &["name", "description", "image", "criteria", "tags", "alignment"]),
        (ISSUER, &["name", "url", "email"]),
        (KEY, &["id", "type", "@context", "owner"]),
    ];
    let issuer = Issuer::rsa();
    for (scene, own) in [(Scene::hosted(), AWARD), (Scene::signed(&issuer), KEY)] {
        for url in [own, CLASS, ISSUER] {
            let (_, text) = scene.web.iter().find(|(known, _)| known == url).expect("it stands there");
            let document: Value = serde_json::from_str(text).expect("JSON");
            for name in document.as_object().expect("an object").keys() {
                for value in &values {
                    let mut scene = scene.clone();
                    scene.put(url, with(&document, json!({name: value})));
                    let is_free = free.iter().any(|(of, names)| *of == url && names.contains(&name.as_str()));
                    // Without a vocabulary it is one of 1.0, and a profile need not name keys and lists.
                    let is_nothing = value.is_null() || *value == json!([]);
                    let may_lack = ["@context", "revocationList"].contains(&name.as_str()) && is_nothing;
                    let is_time = name == "issuedOn" && value.is_number();
                    let may_pass = is_free || is_time || (may_lack && url != AWARD);
                    if !may_pass {
                        assert_ne!(scene.report().verdict, Verdict::Valid, "{url} {name} {value}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_snapshot_answers_everything() {
    let old_key = "https://uni.example/old/key.pem";
    let issuer = Issuer::rsa();
    for scene in [Scene::hosted(), Scene::signed(&issuer), first(true)] {
        let documents: serde_json::Map<String, Value> =
            scene.web.iter().map(|(url, text)| (url.clone(), json!(text))).collect();
        let text = json!({"readAt": "2026-11-22T11:00:00Z", "documents": documents}).to_string();
        let mut found = Found::default();
        assert_eq!(snapshot::add(text.as_bytes(), &mut found, &|_| None), Ok(()));
        let report = own::report(scene.file.as_bytes(), &found);
        assert_eq!(report.headline, Headline::Verified);
        assert!(report.needs.is_empty() && report.as_of.chosen);
    }
    let text = json!({"documents": {old_key: issuer.pem()}}).to_string();
    let mut found = Found::default();
    assert_eq!(snapshot::add(text.as_bytes(), &mut found, &|_| None), Ok(()));
    assert!(found.answer(old_key).is_some(), "a key is a document too");
}

#[test]
fn without_the_later_part_it_is_only_recognised() {
    let mut found = Scene::hosted().found();
    found.engines = verify_credential::crypto::Engines::NONE;
    let signed = Scene::signed(&Issuer::rsa());
    let address = baker::png(&[baker::chunk(b"tEXt", &[b"openbadges\0", AWARD.as_bytes()].concat())]);
    for file in [award().to_string().into_bytes(), signed.file.into_bytes(), address] {
        let report = verify(&file, "own", &found, &own::policy());
        assert_eq!(report.headline, Headline::NotFullyChecked);
        let waits = |check: &&Check| check.param("part") == Some("more");
        assert!(report.checks.iter().find(waits).is_some_and(|check| check.reason == "part-not-loaded"));
        assert!(report.needs.is_empty());
    }
}

#[test]
fn the_part_that_a_signature_waits_for_is_named() {
    for (issuer, part) in [
        (Issuer::rsa(), "rsa"),
        (Issuer::p256("open badges 2"), "curves"),
        (Issuer::p384("open badges 2"), "curves"),
        (Issuer::p521("open badges 2"), "rare-keys"),
    ] {
        let scene = Scene::signed(&issuer).without(KEY);
        let mut found = scene.found();
        found.engines = verify_credential::crypto::Engines::NONE.with_more();
        let report = verify(scene.file.as_bytes(), "own", &found, &vouching(&issuer));
        assert_eq!(report.headline, Headline::NotFullyChecked, "{part}");
        for id in ["proof.any-good", "proof.signature"] {
            let check = report.check(id).expect("it was made");
            assert_eq!((check.reason, check.param("part")), ("part-not-loaded", Some(part)), "{id}");
        }
    }
}

/// A signature that may still hold by one key is not refused because it does not by the next.
#[test]
fn a_key_that_waits_for_a_part_may_be_the_one() {
    let (issuer, spare) = (Issuer::rsa(), Issuer::p256("spare"));
    let at_spare = "https://uni.example/spare.json";
    for keys in [[KEY, at_spare], [at_spare, KEY]] {
        let mut scene = Scene::signed(&issuer).change(ISSUER, json!({"publicKey": keys}));
        scene.put(at_spare, with(&key(&spare), json!({"id": at_spare})));
        scene.sign(&with(&signed_award(), json!({"verification": {"type": "SignedBadge"}})), &issuer);
        assert_sound(&scene.report(), "open-badge-2");
        let mut found = scene.found();
        found.engines = verify_credential::crypto::Engines::NONE.with_more();
        let report = own::report(scene.file.as_bytes(), &found);
        assert_eq!(reason(&report, "proof.any-good"), (Outcome::Unknown, "part-not-loaded"), "{keys:?}");
    }
}

#[test]
fn a_question_of_the_page_is_not_answered_by_a_publication() {
    let policy = verify_credential::policy::Policy {
        challenge: Some("1".into()),
        domain: Some("a.example".into()),
        ..own::policy()
    };
    let report = verify(award().to_string().as_bytes(), "own", &Scene::hosted().found(), &policy);
    assert_ne!(report.verdict, Verdict::Valid);
}

#[test]
fn endorsements_are_counted_and_not_believed() {
    let report =
        Scene::hosted().change(CLASS, json!({"endorsement": ["https://e.example/1", {"id": "x"}]})).report();
    let check = report.check("endorsement.verified").expect("it was made");
    assert_eq!((check.outcome, check.param("count")), (Outcome::Unknown, Some("2")));
    assert_eq!(report.verdict, Verdict::Valid);
}

#[test]
fn a_caller_vouches_for_keys_in_place_of_the_profile() {
    let (issuer, other) = (Issuer::rsa(), Issuer::p256("another key"));
    let scene = Scene::signed(&issuer).without(KEY);
    let report = verify(scene.file.as_bytes(), "own", &scene.found(), &vouching(&issuer));
    assert_eq!(report.headline, Headline::Verified, "{:#?}", report.checks);
    assert_eq!(reason(&report, "issuer.controls-key").1, "key-vouched-for-by-caller");
    let report = verify(scene.file.as_bytes(), "own", &scene.found(), &vouching(&other));
    assert_eq!(reason(&report, "issuer.controls-key"), (Outcome::Fail, "key-not-vouched-for"));
}

/// A caller that vouches for the key of `issuer`.
fn vouching(issuer: &Issuer) -> verify_credential::policy::Policy {
    let keys = format!(r#"{{"now": "2026-11-22T12:00:00Z", "keys": {{"{ISSUER}": {}}}}}"#, issuer.jwk());
    verify_credential::policy::Policy::from_json(&keys).expect("a policy")
}

/// Before 1.0 the issuer stood in the badge, so whatever it says of keys and hosts is the forger's own word.
#[test]
fn an_issuer_that_was_written_by_the_forger_vouches_for_nothing() {
    let forger = Issuer::rsa();
    let badge = json!({
        "recipient": "kim@example.org", "issued_on": "2026-01-01", "verify": {"type": "signed"},
        "badge": {
            "name": "Master", "description": "d", "image": "https://good.example/x.png",
            "criteria": "https://good.example/c",
            "issuer": {
                "origin": "https://good.example", "name": "Good", "url": "https://good.example",
                "verification": {"allowedOrigins": ["evil.example"]},
                "publicKey": {"id": "https://good.example/#key", "publicKeyPem": forger.pem()},
            },
        },
    });
    let signed = token(r#"{"alg":"RS256"}"#, &badge.to_string(), &forger);
    let report = verify(signed.as_bytes(), "own", &Found::default(), &own::policy());
    assert_eq!((report.verdict, report.credential.is_none()), (Verdict::Invalid, true));
    let mut hosted = badge;
    hosted["verify"] = json!({"type": "hosted", "url": "https://evil.example/a.json"});
    hosted["id"] = json!("https://evil.example/a.json");
    let text = hosted.to_string();
    let mut found = Found::default();
    let bytes = Rc::from(text.as_bytes());
    let answer = Answer::Document { bytes, read_at: None, pinned: false };
    found.provide("https://evil.example/a.json".to_owned(), answer);
    let report = verify(text.as_bytes(), "own", &found, &own::policy());
    assert_eq!((report.verdict, report.credential.is_none()), (Verdict::Invalid, true));
}
