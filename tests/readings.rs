//! Where specifications leave a reading open and issuers read differently, both readings are tried, and
//! the report says which one the signature covers.

mod own;
mod support;

use own::edit::value;
use own::signer::Issuer;
use own::{policy, report};
use verify_credential::canon::jcs;
use verify_credential::codec::json::Value;
use verify_credential::need::Found;
use verify_credential::policy::Policy;
use verify_credential::report::{Headline, Outcome, Report};
use verify_credential::securing::data_integrity::Profile;
use verify_credential::verify;

const CONTEXT: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

fn credential(issuer: &str, name: &str, more: &str) -> Value {
    value(&format!(
        r#"{{"@context": ["https://www.w3.org/ns/credentials/v2", "{CONTEXT}"],
        "type": ["VerifiableCredential", "OpenBadgeCredential"], "issuer": "{issuer}", "name": {name}, {more}
        "credentialSubject": {{"type": "AchievementSubject", "achievement": {{"id": "urn:a", "type": "Achievement",
        "name": "A", "description": "D", "criteria": {{"narrative": "C"}}}}}}}}"#
    ))
}

fn signed(name: &str, more: &str, profile: &Profile) -> Value {
    let issuer = Issuer::of("readings");
    let (did, method) = issuer.did_key();
    issuer.sign_under(&credential(&did, name, more), &method, profile)
}

fn answer(document: &Value) -> Report {
    report(jcs::canonicalize(document).as_bytes(), &Found::default())
}

fn outcome(report: &Report, id: &str) -> Option<Outcome> {
    report.check(id).map(|check| check.outcome)
}

const WITH_CAPITALS: &str = r#"{"@value": "Badge", "@language": "en-US"}"#;

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn language_tags_may_have_been_signed_in_either_case() {
    let as_written = Profile { tags_as_written: true, ..Profile::PREFERRED };
    for (profile, noted) in [(Profile::PREFERRED, None), (as_written, Some(Outcome::Pass))] {
        let document = signed(WITH_CAPITALS, "", &profile);
        let said = answer(&document);
        assert_eq!(said.headline, Headline::GenuineIssuerUnconfirmed, "{profile:?}");
        assert_eq!(outcome(&said, "document.language-case"), noted, "{profile:?}");
        // Another try is no second chance for what was altered.
        let text = jcs::canonicalize(&document).replace("Badge", "Bodge");
        assert_eq!(verify(text.as_bytes(), "", &Found::default(), &policy()).headline, Headline::DoNotRely);
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_context_may_have_been_read_in_its_other_content() {
    let other = Profile { variants: vec![CONTEXT.into()], ..Profile::PREFERRED };
    // Without the terms that only one content has, both give the same quads.
    let same = answer(&signed("\"Badge\"", "", &other));
    assert_eq!(same.headline, Headline::GenuineIssuerUnconfirmed);
    assert_eq!(outcome(&same, "document.context-variant"), None);
    // With one of them, the signature covers what the other content leaves of the document: it holds,
    // and the term is named that nobody signed.
    let jwt = r#""endorsementJwt": ["eyJhbGciOiJFZERTQSJ9.e30.AA"],"#;
    let dropped = answer(&signed("\"Badge\"", jwt, &other));
    assert_eq!(outcome(&dropped, "proof.any-good"), Some(Outcome::Pass));
    assert_eq!(outcome(&dropped, "document.context-variant"), Some(Outcome::Pass));
    assert_eq!(dropped.headline, Headline::DoNotRely);
    let terms = dropped.check("document.all-terms-defined").and_then(|check| check.param("term"));
    assert_eq!(terms, Some("endorsementJwt"));
    // Read as it is served today, all of it is signed.
    let whole = answer(&signed("\"Badge\"", jwt, &Profile::PREFERRED));
    assert_eq!(whole.headline, Headline::GenuineIssuerUnconfirmed);
    assert_eq!(outcome(&whole, "document.context-variant"), None);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_bare_did_key_is_a_method_with_a_remark() {
    let issuer = Issuer::of("readings");
    let (did, method) = issuer.did_key();
    for (named, remark) in [(&method, None), (&did, Some(Outcome::Fail))] {
        let said = answer(&issuer.sign_under(&credential(&did, "\"Badge\"", ""), named, &Profile::PREFERRED));
        assert_eq!(said.headline, Headline::GenuineIssuerUnconfirmed, "{named}");
        assert_eq!(outcome(&said, "proof.method-fragment"), remark, "{named}");
    }
    // The bare DID of somebody else is still somebody else's.
    let (other, _) = Issuer::of("another").did_key();
    let said = answer(&issuer.sign_under(&credential(&did, "\"Badge\"", ""), &other, &Profile::PREFERRED));
    assert_eq!(said.headline, Headline::DoNotRely);
    assert_eq!(outcome(&said, "issuer.controls-key"), Some(Outcome::Fail));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_key_in_the_url_of_an_https_issuer_is_not_the_issuers() {
    let issuer = Issuer::of("readings");
    let id = "https://issuer.example/profile";
    let method = format!("{id}#{}", issuer.multikey());
    let document = issuer.sign_under(&credential(id, "\"Badge\"", ""), &method, &Profile::PREFERRED);
    let said = answer(&document);
    assert_eq!(said.headline, Headline::NotFullyChecked);
    assert_eq!(outcome(&said, "issuer.controls-key"), Some(Outcome::Unknown));
    assert!(said.credential.is_none());
    // Vouched for by the caller, it is; another key is not.
    let text = jcs::canonicalize(&document);
    for (vouched, headline) in
        [(&issuer, Headline::GenuineIssuerUnconfirmed), (&Issuer::of("another"), Headline::DoNotRely)]
    {
        let keys =
            format!(r#"{{"now": "2026-11-22T12:00:00Z", "keys": {{"{id}": "{}"}}}}"#, vouched.multikey());
        let policy = Policy::from_json(&keys).expect("a policy");
        assert_eq!(verify(text.as_bytes(), "", &Found::default(), &policy).headline, headline);
    }
}
