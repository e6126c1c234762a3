//! Presentations, for one place and one time.

use verify_credential::canon::jcs;
use verify_credential::codec::json::Value;
use verify_credential::need::Found;
use verify_credential::report::{Headline, Outcome, Report, Role, Verdict};
use verify_credential::verify;

use crate::own::edit::{string, value};
use crate::own::policy;
use crate::own::signer::{Issuer, Suite};
use crate::records::{edited, failures};
use crate::scene::{
    LEARNER, V2, badge_of, badge_with, outcome, parts, presentation, report, school, signed, token,
};

const ASKED: [(&str, &str); 2] = [("domain", "hirer.example"), ("challenge", "n-1")];

pub fn present(holder: &Issuer, document: &Value) -> Value {
    let mut options = vec![("proofPurpose", string("authentication"))];
    options.extend(ASKED.map(|(name, value)| (name, string(value))));
    holder.sign(document, Suite::Rdfc, &holder.did_key().1, &options)
}

fn asking(domain: &str, challenge: &str) -> verify_credential::policy::Policy {
    verify_credential::policy::Policy {
        domain: Some(domain.to_owned()),
        challenge: Some(challenge.to_owned()),
        ..policy()
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_presentation_is_its_holders_for_one_place_and_one_time() {
    let (alice, mallory) = (Issuer::of("alice"), Issuer::of("mallory"));
    let did = alice.did_key().0;
    let shown = presentation(&did, &[badge_of(&alice)]);
    let judge = |document: &Value, domain: &str, challenge: &str| {
        verify(jcs::canonicalize(document).as_bytes(), "own", &Found::default(), &asking(domain, challenge))
    };
    let whole = judge(&present(&alice, &shown), "hirer.example", "n-1");
    assert_eq!(whole.verdict, Verdict::Valid, "{:?}", whole.checks);
    assert_eq!((whole.format, whole.headline), (Some("presentation"), Headline::GenuineIssuerUnconfirmed));
    assert_eq!(outcome(&whole, "presentation.holder-binding"), Some((Outcome::Pass, "presenter-is-holder")));
    assert_eq!(parts(&whole, Role::Presented).first().map(|part| part.verdict), Some(Verdict::Valid));
    let refused = |name: &str, document: &Value, domain: &str, challenge: &str, check: &str, reason: &str| {
        let whole = judge(document, domain, challenge);
        assert_eq!(whole.headline, Headline::DoNotRely, "{name}: {:?}", whole.checks);
        assert_eq!(outcome(&whole, check), Some((Outcome::Fail, reason)), "{name}");
        // What is presented is as good as it was.
        assert_eq!(
            parts(&whole, Role::Presented).first().map(|part| part.verdict),
            Some(Verdict::Valid),
            "{name}"
        );
    };
    let good = present(&alice, &shown);
    refused("replayed", &good, "hirer.example", "n-2", "proof.challenge", "challenge-differs");
    refused("taken elsewhere", &good, "other.example", "n-1", "proof.domain", "domain-differs");
    refused("not signed", &shown, "hirer.example", "n-1", "proof.any-good", "not-signed");
    let stolen = present(&mallory, &presentation(&mallory.did_key().0, &[badge_of(&alice)]));
    let binding = "presentation.holder-binding";
    refused("stolen", &stolen, "hirer.example", "n-1", binding, "presenter-is-another");
    let named = present(&mallory, &shown);
    refused("in her name", &named, "hirer.example", "n-1", "presentation.holder-key", "key-not-published");
    let asserted = alice.sign(
        &shown,
        Suite::Rdfc,
        &alice.did_key().1,
        &ASKED.map(|(name, value)| (name, string(value))),
    );
    refused("asserted", &asserted, "hirer.example", "n-1", "proof.purpose", "purpose-is-other");
    let more = edited(
        &good,
        r#""type":["VerifiablePresentation"]"#,
        r#""id":"urn:uuid:x","type":["VerifiablePresentation"]"#,
    );
    refused("altered", &more, "hirer.example", "n-1", "proof.any-good", "signature-does-not-match");
    let other = present(&alice, &presentation(&did, &[badge_of(&alice), badge_of(&mallory)]));
    refused("with another's", &other, "hirer.example", "n-1", binding, "presenter-is-another");
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn an_unsigned_presentation_is_what_it_presents() {
    let alice = Issuer::of("alice");
    let good = badge_of(&alice);
    let whole = report(&presentation("did:example:whoever", std::slice::from_ref(&good)));
    assert_eq!(whole.headline, Headline::GenuineIssuerUnconfirmed, "{:?}", whole.checks);
    assert_eq!(whole.verdict, Verdict::Valid);
    assert!(whole.credential.is_none() && whole.unverified.is_none());
    let binding = outcome(&whole, "presentation.holder-binding");
    assert_eq!(binding, Some((Outcome::Skipped, "presentation-not-signed")));
    let expired = signed(&school(), &badge_with(&school(), "old", r#","validUntil":"2026-02-01T00:00:00Z""#));
    let forged = edited(&good, "welding", "surgery");
    let unsigned = badge_with(&school(), "unsigned", "");
    let table = [
        (vec![], Headline::DoNotRely),
        (vec![good.clone(), expired.clone()], Headline::Expired),
        (vec![expired, forged, good.clone()], Headline::DoNotRely),
        (vec![good.clone(), unsigned], Headline::DoNotRely),
        (vec![good, string("x")], Headline::DoNotRely),
    ];
    for (credentials, expected) in table {
        let whole = report(&presentation("did:example:whoever", &credentials));
        assert_eq!(whole.headline, expected, "{} credentials", credentials.len());
        assert_ne!(whole.verdict, Verdict::Valid);
        assert_eq!(whole.parts.len(), credentials.len());
    }
}

pub fn verified(text: &str, policy: &verify_credential::policy::Policy) -> Report {
    verify(text.as_bytes(), "own", &Found::default(), policy)
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_presentation_may_be_a_token() {
    let (alice, mallory) = (Issuer::of("alice"), Issuer::of("mallory"));
    let did = alice.did_key().0;
    let badge = jcs::canonicalize(&badge_with(&school(), "welding", "").clone()).replace(LEARNER, &did);
    let badge = token(&school(), "vc+jwt", &badge);
    let envelope = format!(
        r#"{{"@context":"{V2}","type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,{badge}"}}"#
    );
    let newer = jcs::canonicalize(&presentation(&did, &[value(&envelope)]));
    let with = |payload: &str, claims: &str| format!("{{{claims},{}", &payload[1..]);
    let older = newer.replace(V2, "https://www.w3.org/2018/credentials/v1");
    let older = value(&older.replace(&envelope_of(&older), &format!("\"{badge}\"")));
    let older = |claims: &str| format!(r#"{{"vp":{},{claims}}}"#, jcs::canonicalize(&older));
    let asked = format!(r#""iss":"{did}","aud":"hirer.example","nonce":"n-1""#);
    let asking = asking("hirer.example", "n-1");
    let good = token(&alice, "vp+jwt", &with(&newer, &asked));
    let in_envelope = format!(
        r#"{{"@context":"{V2}","type":"EnvelopedVerifiablePresentation","id":"data:application/vp+jwt,{good}"}}"#
    );
    for text in [good.clone(), token(&alice, "JWT", &older(&asked)), in_envelope] {
        let whole = verified(&text, &asking);
        assert_eq!(whole.verdict, Verdict::Valid, "{:?}", whole.checks);
        assert_eq!(whole.format, Some("presentation"));
        assert_eq!(parts(&whole, Role::Presented).first().map(|part| part.verdict), Some(Verdict::Valid));
    }
    let said = |aud: &str, nonce: &str| format!(r#""iss":"{did}","aud":"{aud}","nonce":"{nonce}""#);
    let times = |name: &str, time: i64| format!(r#"{asked},"{name}":{time}"#);
    let table = [
        (
            &alice,
            "vp+jwt",
            with(&newer, &said("other.example", "n-1")),
            Headline::DoNotRely,
            "domain-differs",
        ),
        (
            &alice,
            "vp+jwt",
            with(&newer, &said("hirer.example", "n-2")),
            Headline::DoNotRely,
            "challenge-differs",
        ),
        (&alice, "JWT", older(&said("hirer.example", "n-2")), Headline::DoNotRely, "challenge-differs"),
        (&mallory, "vp+jwt", with(&newer, &asked), Headline::DoNotRely, "key-not-published"),
        (&mallory, "JWT", older(&asked), Headline::DoNotRely, "key-not-published"),
        (
            &alice,
            "JWT",
            older(&asked.replace(&did, "did:example:x")),
            Headline::DoNotRely,
            "token-claim-disagrees",
        ),
        (
            &alice,
            "vp+jwt",
            with(&newer, &times("exp", 1_768_467_600)),
            Headline::Expired,
            "no-longer-in-force",
        ),
        (&alice, "JWT", older(&times("exp", 1_768_467_600)), Headline::Expired, "no-longer-in-force"),
        (
            &alice,
            "vp+jwt",
            with(&newer, &times("nbf", 1_968_467_600)),
            Headline::NotYetValid,
            "not-yet-in-force",
        ),
        (&alice, "vc+jwt", with(&newer, &asked), Headline::DoNotRely, "token-not-of-its-type"),
        (&alice, "JWT", with(&newer, &asked), Headline::DoNotRely, "token-not-of-its-type"),
        (&alice, "vp+jwt", older(&asked), Headline::DoNotRely, "token-credential-in-claim"),
    ];
    for (signer, media_type, payload, headline, reason) in table {
        let whole = verified(&token(signer, media_type, &payload), &asking);
        assert_eq!(whole.headline, headline, "{reason}: {:?}", whole.checks);
        assert!(failures(&whole).iter().any(|(_, why)| *why == reason), "{reason}: {:?}", failures(&whole));
    }
    // A badge passed off as a presentation, and the other way round.
    let whole =
        verified(&token(&school(), "vp+jwt", &jcs::canonicalize(&badge_with(&school(), "x", ""))), &policy());
    assert_eq!(outcome(&whole, "document.structure"), Some((Outcome::Fail, "type-missing")));
    // An envelope in an envelope, and one around JSON.
    for inside in [
        r#"data:application/json,{"type":"EnvelopedVerifiableCredential"}"#,
        "data:,{}",
        "data:,https://a.example",
    ] {
        let envelope = value(r#"{"type":"EnvelopedVerifiableCredential"}"#);
        let mut envelope = envelope.as_object().expect("an object").clone();
        envelope.insert("id".into(), string(inside));
        assert_eq!(report(&Value::Object(envelope)).headline, Headline::Unreadable, "{inside}");
    }
    let cose = r#"{"type":"EnvelopedVerifiableCredential","id":"data:application/vc+cose;base64,0oRY"}"#;
    let whole = verified(cose, &policy());
    assert_eq!(outcome(&whole, "container.readable"), Some((Outcome::Unknown, "cose-unsupported")));
}

/// The envelope in `text`, as it is written there.
fn envelope_of(text: &str) -> String {
    let document = value(text);
    let presented = document.get("verifiableCredential").map(Value::as_set).unwrap_or_default();
    jcs::canonicalize(&presented[0])
}
