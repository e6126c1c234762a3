//! What it says in words of its own, and what the card shows of it.

use verify_credential::canon::jcs;
use verify_credential::codec::json::Value;
use verify_credential::crypto::Engines;
use verify_credential::need::Found;
use verify_credential::report::{Headline, Outcome, Report, Verdict};
use verify_credential::{verify, view};

use crate::own::edit::value;
use crate::own::policy;
use crate::own::signer::Suite;
use crate::scene::{answer, facts, issuer, properties, report, sound};
use crate::support;

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn claims_are_listed_by_the_names_they_were_signed_under() {
    let mut draft = sound();
    draft
        .payload
        .push_str(r#","list":[["a",1.50],{"b":[true,null,{}]},"_"],"achievement":{"name":"Not a badge"}"#);
    let report = draft.report();
    assert_eq!(report.verdict, Verdict::Valid);
    assert_eq!(
        properties(&report),
        [
            "vct=https://types.example/degree",
            "degree.title=Welder",
            "degree.level=4",
            "list=a",
            "list=1.50",
            "list.b=true",
            "list=_",
            "achievement.name=Not a badge",
        ]
    );
    assert!(facts(&report).subjects.iter().all(|subject| subject.achievements.is_empty()));
    // Too many to list, and too long.
    let many: String = (0..300).map(|at| format!(r#","claim-{at}":{at}"#)).collect();
    for more in [many, format!(r#","long":"{}""#, "a".repeat(4_001))] {
        let mut draft = sound();
        draft.payload.push_str(&more);
        let report = draft.report();
        assert_eq!(report.verdict, Verdict::Valid);
        assert_eq!(answer(&report, "document.properties"), Some((Outcome::Unknown, "limit-reached")));
        assert!(facts(&report).properties.len() <= 256);
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_statement_of_no_type_is_readable() {
    let mut draft = sound();
    draft.header = draft.header.replace("dc+sd-jwt", "example+sd-jwt");
    draft.payload = draft.payload.replace(r#""vct":"https://types.example/degree","#, "");
    let report = draft.report();
    assert_eq!((report.verdict, report.format), (Verdict::Valid, Some("signed-statement")));
    assert_eq!(properties(&report), ["degree.title=Welder", "degree.level=4"]);
    // Signed by nobody, it is shown as such.
    let text = draft.text();
    let altered = text.replacen('.', ".e30", 1);
    assert!(verify(altered.as_bytes(), "own", &Found::default(), &policy()).credential.is_none());
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_status_that_is_not_known_stays_open() {
    for status in [
        r#"{"status_list":{"idx":7,"uri":"https://lists.example/1"}}"#,
        r#"{"some_list":{"id":7}}"#,
        "{}",
        r#""good""#,
    ] {
        let mut draft = sound();
        draft.payload.push_str(&format!(r#","status":{status}"#));
        let report = draft.report();
        assert_eq!(report.headline, Headline::NotFullyChecked, "{status}");
        assert_eq!(answer(&report, "status.revocation").map(|it| it.0), Some(Outcome::Unknown), "{status}");
        let entry = &facts(&report).status[0];
        if status.contains("status_list") {
            assert_eq!(entry.types, ["TokenStatusList"]);
            assert_eq!(
                (entry.list.join(" "), entry.index.join(" ")),
                ("https://lists.example/1".into(), "7".into())
            );
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn dates_count() {
    let headline = |from: &str, to: &str| {
        let mut draft = sound();
        draft.payload = draft.payload.replace(from, to);
        draft.report().headline
    };
    assert_eq!(headline("1900000000", "1795340000"), Headline::Expired);
    assert_eq!(headline(r#""exp":1900000000"#, r#""nbf":1900000000"#), Headline::NotYetValid);
    assert_eq!(headline("1768467600", "1900000000"), Headline::DoNotRely);
}

/// A credential with a context of its own, which calls `vocab#degree` an honour.
fn with_own_context(subject: &str) -> Value {
    let (did, _) = issuer().did_key();
    value(&format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2",{{"honour":"https://example.org/vocab#degree",
        "marks":{{"@id":"https://example.org/vocab#marks","@container":"@list"}},"at":"https://example.org/vocab/at",
        "Person":"https://example.org/vocab#Person"}}],"type":["VerifiableCredential"],"issuer":"{did}",
        "validFrom":"2026-01-15T09:00:00Z","credentialSubject":{subject}}}"#
    ))
}

pub fn signed(document: &Value, suite: Suite) -> Report {
    let signed = issuer().sign(document, suite, &issuer().did_key().1, &[]);
    report(&jcs::canonicalize(&signed))
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn quads_are_listed_by_their_own_names() {
    let subject = r#"{"id":"did:example:1","type":"Person","name":"Ada","honour":{"id":"urn:x:1","name":"Smith",
        "at":[true,2,"1.0"]},"marks":["b","a"]}"#;
    let report = signed(&with_own_context(subject), Suite::Rdfc);
    assert_eq!(report.verdict, Verdict::Valid);
    assert_eq!(
        properties(&report),
        [
            "type=Person",
            "degree=urn:x:1",
            "degree.at=1.0",
            "degree.at=2",
            "degree.at=true",
            "degree.name=Smith",
            "marks=b",
            "marks=a",
        ]
    );
    assert_eq!(facts(&report).subjects[0].name.as_deref(), Some("Ada"));
    // Two subjects are told apart, and a ring of them comes to an end.
    let ring = r#"[{"id":"urn:x:1","at":{"id":"urn:x:2"}},{"id":"urn:x:2","at":{"id":"urn:x:1"}}]"#;
    let report = signed(&with_own_context(ring), Suite::Rdfc);
    assert_eq!(report.verdict, Verdict::Valid);
    assert_eq!(properties(&report)[..2], ["urn:x:1.at=urn:x:2", "urn:x:1.at.at=urn:x:1"]);
    assert!(properties(&report).len() <= 32);
    assert_eq!(answer(&report, "document.properties"), Some((Outcome::Unknown, "limit-reached")));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn text_is_listed_as_it_stands() {
    let subject =
        r#"{"id":"did:example:1","type":"Person","honour":"Smith","marks":["b","a",1.0],"image":"urn:x:2"}"#;
    let report = signed(&with_own_context(subject), Suite::Jcs);
    assert_eq!(report.verdict, Verdict::Valid);
    let listed = ["honour=Smith", "image=urn:x:2", "marks=b", "marks=a", "marks=1", "type=Person"];
    assert_eq!(properties(&report), listed);
    let mut found = Found::default();
    found.engines = Engines::NONE;
    let signed = issuer().sign(&with_own_context(subject), Suite::Jcs, &issuer().did_key().1, &[]);
    let report = verify(jcs::canonicalize(&signed).as_bytes(), "own", &found, &policy());
    assert_eq!(report.verdict, Verdict::Valid);
    assert_eq!(answer(&report, "document.properties"), Some((Outcome::Unknown, "part-not-loaded")));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_card_shows_what_it_says_and_what_is_missing() {
    let report = sound().report();
    let card = view::card(&report, view::Wishes::default());
    assert!(card.verdict.detail.iter().any(|it| it.id == "detail.presented-by-holder"));
    let further = view::behind::behind(&card).further;
    let values = |id: &str| further.iter().find(|fact| fact.id == id).map(|fact| fact.values.clone());
    let text = |text: &str| view::facts::Stated::Text(view::Quoted(text.to_owned()));
    let listed = [
        text("vct: https://types.example/degree"),
        text("degree › title: Welder"),
        text("degree › level: 4"),
    ];
    assert_eq!(values("fact.properties").as_deref(), Some(&listed[..]));
    assert_eq!(values("fact.withheld").map(|values| values.len()), Some(1));
}

/// Badges of their own kind say what they say in the words of badges.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn plugfest_badges_and_boosts_are_read() {
    for (file, name) in [
        ("jff-plugfest/plugfest-1-ex-1.json", "Our Wallet Passed JFF Plugfest #1 2022"),
        ("jff-plugfest/plugfest-2-signed.json", "JFF x vc-edu PlugFest 2 Interoperability"),
        ("learncard/boost/basic.json", "Community Contributor"),
        ("learncard/boost/boost-id.json", "Troop 42 Membership"),
        ("learncard/boost/with-skills.json", "Full-Stack Developer"),
    ] {
        let bytes = support::read(&format!("tests/vectors/08-open-badges-3/{file}"));
        let report = verify(&bytes, file, &Found::default(), &policy());
        let facts = report.credential.or(report.unverified).expect("facts");
        let names: Vec<_> =
            facts.subjects.iter().flat_map(|it| &it.achievements).map(|it| it.name.as_deref()).collect();
        assert_eq!(names, [Some(name)], "{file}");
        assert!(facts.properties.is_empty(), "{file}");
    }
}
