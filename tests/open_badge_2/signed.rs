//! Signed badges, and whose the key is.

use serde_json::json;
use verify_credential::need::NeedKind;
use verify_credential::report::{Headline, Outcome};
use verify_credential::verify;

use crate::own;
use crate::own::signer::Issuer;
use crate::own::token::token;
use crate::scene::{
    ISSUER, KEY, LIST, Scene, assert_refused, assert_sound, assert_unknown, class, key, list, profile,
    reason, signed_award, with,
};

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
