//! The card says no more than was signed and proven.

mod own;
mod support;

use own::edit::{Doc, value};
use own::signer::{Issuer, Suite};
use own::{network_of, policy, report};
use verify_credential::canon::jcs;
use verify_credential::codec::json::Value;
use verify_credential::need::Found;
use verify_credential::render::card::{Look, View, draw};
use verify_credential::render::html::to_html;
use verify_credential::render::messages::Messages;
use verify_credential::report::{Headline, Outcome, Report};
use verify_credential::verify;
use verify_credential::view::{Wishes, card};

fn signed(subject: &str, more: &str) -> Report {
    let issuer = Issuer::of("honesty");
    let (did, method) = issuer.did_key();
    let document: Value = value(&format!(
        r#"{{"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "type": ["VerifiableCredential", "OpenBadgeCredential"], "issuer": "{did}", {more} "credentialSubject": {subject}}}"#
    ));
    let document = issuer.sign(&document, Suite::Jcs, &method, &[]);
    verify(jcs::canonicalize(&document).as_bytes(), "", &Found::default(), &policy())
}

fn html(report: &Report, revealed: bool, is_badge: bool) -> String {
    let view = if is_badge { View::Badge } else { View::Card };
    let look = Look { view, ..Look::default() };
    to_html(&draw(
        &card(report, Wishes { may_ask: true, revealed, ..Wishes::default() }),
        &Messages::default(),
        &look,
    ))
}

const ACHIEVEMENT: &str = r#"{"id": "urn:a", "type": "Achievement", "name": "Degree", "description": "D", "criteria": {"narrative": "C"}}"#;

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn an_award_goes_to_the_subject_that_has_it() {
    let two = format!(
        r#"[{{"type": "AchievementSubject", "name": "Alice"}},
            {{"type": "AchievementSubject", "id": "did:example:b", "achievement": {ACHIEVEMENT}}}]"#
    );
    let holder = |report: &Report| {
        card(report, Wishes::default()).claims.and_then(|claims| claims.holder).map(|name| name.0)
    };
    let said = signed(&two, "");
    assert_eq!(said.headline, Headline::GenuineIssuerUnconfirmed);
    assert_eq!(holder(&said), None);
    let one = format!(r#"{{"type": "AchievementSubject", "name": "Alice", "achievement": {ACHIEVEMENT}}}"#);
    assert_eq!(holder(&signed(&one, "")).as_deref(), Some("Alice"));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn an_entry_nobody_understands_may_be_about_anything() {
    let subject = format!(r#"{{"type": "AchievementSubject", "achievement": {ACHIEVEMENT}}}"#);
    let entry = r#""credentialStatus": {"id": "https://a.example/l#1", "type": "StatusList2021Entry", "statusPurpose": "suspension"},"#;
    let said = signed(&subject, entry);
    for id in ["status.revocation", "status.suspension"] {
        assert_eq!(said.check(id).map(|check| check.outcome), Some(Outcome::Unknown), "{id}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn an_address_is_no_place_for_words() {
    let subject = format!(r#"{{"type": "AchievementSubject", "achievement": {ACHIEVEMENT}}}"#);
    for address in [
        "https://harvard.edu confirmed this degree",
        "https://a.example\\\\.harvard.edu/x",
        "https://x@a.example/",
    ] {
        let entry = format!(
            r#""credentialStatus": {{"type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": "1", "statusListCredential": "{address}"}},"#
        );
        let said = signed(&subject, &entry);
        assert!(said.needs.is_empty(), "{address}");
        assert_eq!(said.headline, Headline::NotFullyChecked, "{address}");
        assert!(
            card(&said, Wishes { may_ask: true, revealed: false, ..Wishes::default() })
                .verdict
                .hosts
                .is_empty()
        );
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_domain_stands_beside_the_name_and_only_where_it_was_proven() {
    let found = network_of("tests/vectors/own/offline-map.json", "tests/vectors/own");
    let good = Doc::read("tests/vectors/own/in-force.json");
    let said = report(&good.bytes(), &found);
    assert_eq!(said.headline, Headline::Verified);
    for is_badge in [false, true] {
        assert!(html(&said, false, is_badge).contains("issuer.example"));
    }
    // Signed and the issuer's key, but past its time: nobody vouches for what is revealed.
    let past = report(&Doc::read("tests/vectors/own/proof-expired.json").bytes(), &found);
    assert_eq!(past.headline, Headline::DoNotRely);
    let claims = card(&past, Wishes { may_ask: false, revealed: true, ..Wishes::default() }).claims;
    assert_eq!(claims.map(|claims| (claims.unvouched, claims.domain)), Some((true, None)));
}
