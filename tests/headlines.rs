//! What the verdict area says where several things are wrong, and what to do next. The graver goes first, and what else
//! is wrong is told beside it.

mod own;
mod support;

use own::edit::{string, value};
use own::signer::{Issuer, Suite};
use own::{network_of, report};
use verify_credential::codec::json::Value;
use verify_credential::report::{Headline, Report};
use verify_credential::view::{self, Wishes};

const DID: &str = "did:web:issuer.example";
const METHOD: &str = "did:web:issuer.example#key-1";

/// A badge with these members, signed by the issuer that the own vectors publish.
fn signed(members: &[(&str, Value)]) -> Value {
    signed_by(DID, METHOD, members)
}

fn signed_by(did: &str, method: &str, members: &[(&str, Value)]) -> Value {
    let badge = value(&format!(
        r#"{{"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": "urn:uuid:4c1f9f3c-0000-4000-8000-000000000077", "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": "A badge", "issuer": {{"id": "{did}", "type": ["Profile"], "name": "Test issuer"}},
            "validFrom": "2026-01-15T09:00:00Z",
            "credentialSubject": {{"id": "did:example:holder", "type": ["AchievementSubject"],
              "achievement": {{"id": "urn:uuid:4c1f9f3c-0000-4000-8000-00000000000a", "type": ["Achievement"],
                "name": "A badge", "description": "Made to test.", "criteria": {{"narrative": "Be a test."}}}}}}}}"#
    ));
    Issuer::of("issuer.example").sign(&with(badge, members), Suite::Rdfc, method, &[])
}

fn with(document: Value, members: &[(&str, Value)]) -> Value {
    let Value::Object(mut object) = document else { panic!("a document is an object") };
    for (name, value) in members {
        object.insert((*name).into(), value.clone());
    }
    Value::Object(object)
}

fn status(list: &str, purpose: &str, index: u32) -> Value {
    value(&format!(
        r#"{{"id": "https://issuer.example/status/{list}#{index}", "type": "BitstringStatusListEntry", "statusPurpose": "{purpose}",
            "statusListIndex": "{index}", "statusListCredential": "https://issuer.example/status/{list}"}}"#
    ))
}

fn revoked() -> Value {
    status("revocation", "revocation", 4_242)
}

fn suspended() -> Value {
    status("suspension", "suspension", 94_567)
}

fn over() -> (&'static str, Value) {
    ("validUntil", string("2026-06-01T00:00:00Z"))
}

fn on(document: &Value) -> Report {
    let found = network_of("tests/vectors/own/offline-map.json", "tests/vectors/own");
    report(own::edit::pretty(document).as_bytes(), &found)
}

/// The headline, the ids of what is told beside it, and of what to do next.
fn told(report: &Report) -> (Headline, Vec<&'static str>, Option<&'static str>) {
    let verdict = view::card(report, Wishes::default()).verdict;
    let beside = verdict.detail.iter().map(|message| message.id).filter(|id| id.starts_with("also."));
    (verdict.headline, beside.collect(), verdict.next)
}

#[test]
fn the_graver_goes_first_and_the_rest_is_told_beside_it() {
    let both = ("credentialStatus", Value::Array(vec![revoked(), suspended()]));
    let early = ("validFrom", string("2027-01-01T00:00:00Z"));
    type Case = (&'static str, Vec<(&'static str, Value)>, Headline, &'static [&'static str], &'static str);
    let cases: [Case; 8] = [
        ("revoked", vec![("credentialStatus", revoked())], Headline::Revoked, &[], "next.revoked"),
        (
            "revoked and expired",
            vec![("credentialStatus", revoked()), over()],
            Headline::Revoked,
            &["also.expired-on"],
            "next.revoked",
        ),
        (
            "revoked, suspended and expired",
            vec![both, over()],
            Headline::Revoked,
            &["also.suspended", "also.expired-on"],
            "next.revoked",
        ),
        (
            "suspended and expired",
            vec![("credentialStatus", suspended()), over()],
            Headline::Suspended,
            &["also.expired-on"],
            "next.suspended",
        ),
        ("expired", vec![over()], Headline::Expired, &[], "next.expired"),
        (
            "suspended before it begins",
            vec![("credentialStatus", suspended()), early.clone()],
            Headline::Suspended,
            &["also.not-yet-valid-until"],
            "next.suspended",
        ),
        (
            "expired, and nobody knows whether it was revoked",
            vec![("credentialStatus", status("nowhere", "revocation", 7)), over()],
            Headline::Expired,
            &["also.revocation-unknown"],
            "next.expired",
        ),
        ("not yet", vec![early], Headline::NotYetValid, &[], "next.not-yet-valid"),
    ];
    for (name, members, headline, beside, next) in cases {
        assert_eq!(told(&on(&signed(&members))), (headline, beside.to_vec(), Some(next)), "{name}");
    }
}

#[test]
fn of_what_was_altered_nothing_else_is_said() {
    let document = signed(&[("credentialStatus", revoked()), over()]);
    let altered = with(document, &[("name", string("A better badge"))]);
    let report = on(&altered);
    let (headline, beside, next) = told(&report);
    assert_eq!((headline, beside, next), (Headline::DoNotRely, vec![], None));
    let reason = view::card(&report, Wishes::default()).verdict.reason;
    assert_eq!(reason.map(|(id, _)| id), Some("signature-does-not-match"), "whose remedy is what to do");
}

#[test]
fn a_genuine_one_says_how_to_make_sure_of_its_issuer() {
    let (did, method) = Issuer::of("issuer.example").did_key();
    let (headline, _, next) = told(&on(&signed_by(&did, &method, &[])));
    assert_eq!(
        (headline, next),
        (Headline::GenuineIssuerUnconfirmed, Some("next.genuine-issuer-unconfirmed"))
    );
    let (headline, _, next) = told(&on(&signed(&[])));
    assert_eq!((headline, next), (Headline::Verified, None));
}

#[test]
fn of_text_that_was_signed_nothing_is_outside_the_signature() {
    // Read as quads its picture's address would be dropped; but it is text that is signed here.
    let path = "tests/vectors/own/hostile/markup.json";
    let headline = |bytes: &[u8], found| report(bytes, &found).headline;
    let bytes = support::read(path);
    let ours = || network_of("tests/vectors/own/offline-map.json", "tests/vectors/own");
    assert_eq!(headline(&bytes, ours()), Headline::Verified);
    assert_eq!(headline(&bytes, Default::default()), Headline::NotFullyChecked, "an unknown key is no fault");
    let altered = String::from_utf8(bytes).expect("text").replacen("2026-01-15", "2026-01-16", 1);
    assert_eq!(headline(altered.as_bytes(), ours()), Headline::DoNotRely);
    assert_eq!(headline(altered.as_bytes(), Default::default()), Headline::NotFullyChecked);
}
