//! What is read, in whatever it stands, and what is refused.

use serde_json::{Value, json};
use verify_credential::need::Found;
use verify_credential::report::{Check, Headline, Verdict};
use verify_credential::{snapshot, verify};

use crate::editions::first;
use crate::own::signer::Issuer;
use crate::scene::{
    AWARD, CLASS, ISSUER, KEY, Scene, assert_refused, assert_sound, assert_unknown, award, with,
};
use crate::{baker, own};

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
