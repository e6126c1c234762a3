//! Hosted badges, which their host vouches for.

use serde_json::{Value, json};
use verify_credential::need::{Answer, Found, NeedKind};
use verify_credential::report::{Headline, Outcome, Verdict};
use verify_credential::verify;

use crate::own;
use crate::own::signer::Issuer;
use crate::scene::{
    AWARD, CLASS, ISSUER, Scene, assert_refused, assert_sound, assert_unknown, award, class, profile, reason,
    signed_award, with,
};

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
