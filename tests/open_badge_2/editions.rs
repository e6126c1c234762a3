//! Badges of the editions before 2.0.

use std::rc::Rc;

use serde_json::{Value, json};
use verify_credential::need::{Answer, Found};
use verify_credential::report::{Headline, Outcome, Verdict};
use verify_credential::verify;

use crate::own::signer::Issuer;
use crate::own::token::token;
use crate::scene::{AWARD, CLASS, ISSUER, KEY, Scene, assert_refused, class, profile, reason, with};
use crate::{baker, own};

const OLD_AWARD: &str = "https://uni.example/old/7.json";

/// A sound hosted badge of 1.0; of 1.1 with the vocabulary and types in.
pub fn first(is_typed: bool) -> Scene {
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
