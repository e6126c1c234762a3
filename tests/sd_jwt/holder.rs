//! Who handed it over, for whom and in answer to what.

use verify_credential::codec::base64url;
use verify_credential::report::{Headline, Outcome, Report, Verdict};

use crate::own::NOW;
use crate::scene::{Binding, Draft, VERIFIER, answer, degree, digest, holder, issuer, report, sound};

pub fn bound(change: fn(&mut Binding)) -> Draft {
    let mut draft = sound();
    draft.key_binding.iter_mut().for_each(change);
    draft
}

/// A change of the holder's signature, and what comes of it.
type Unbound = (&'static str, fn(&mut Binding), &'static str);

/// A signature of the holder that does not fit, whether or not somebody asks for it.
const UNBOUND: &[Unbound] = &[
    ("by another key", |it| it.by = issuer, "key-binding-by-other"),
    ("of something else", |it| it.hash = Some(digest("something else")), "key-binding-of-other"),
    ("from the future", |it| it.issued_at = NOW + 301, "key-binding-from-the-future"),
    ("of another type", |it| it.header = r#"{"alg":"EdDSA","typ":"JWT"}"#, "key-binding-malformed"),
    ("of no type", |it| it.header = r#"{"alg":"EdDSA"}"#, "key-binding-malformed"),
    ("by no algorithm", |it| it.header = r#"{"alg":"none","typ":"kb+jwt"}"#, "algorithm-forbidden"),
    ("by another algorithm", |it| it.header = r#"{"alg":"ES256","typ":"kb+jwt"}"#, "algorithm-not-of-key"),
    (
        "with a demand",
        |it| it.header = r#"{"alg":"EdDSA","typ":"kb+jwt","crit":["b64"]}"#,
        "token-header-critical",
    ),
    (
        "over bytes that are not encoded",
        |it| it.header = r#"{"alg":"EdDSA","typ":"kb+jwt","b64":false}"#,
        "token-header-critical",
    ),
    ("with quotation marks in it", |it| it.nonce = "\"", "key-binding-malformed"),
];

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_holder_signs_what_is_handed_over() {
    for (name, change, reason) in UNBOUND {
        let draft = bound(*change);
        for report in [draft.report(), draft.asked()] {
            assert_eq!(
                answer(&report, "presentation.holder-binding"),
                Some((Outcome::Fail, *reason)),
                "{name}"
            );
            assert_eq!(report.headline, Headline::DoNotRely, "{name}");
        }
        assert_eq!(answer(&draft.asked(), "proof.challenge").map(|it| it.0), Some(Outcome::Fail), "{name}");
    }
    let mut nobody = sound();
    nobody.payload = nobody.payload.replace(r#""cnf""#, r#""cnf_""#);
    let report = nobody.report();
    let binding = answer(&report, "presentation.holder-binding");
    assert_eq!(binding, Some((Outcome::Fail, "key-binding-without-key")));
    assert_eq!(report.verdict, Verdict::Invalid);
    // A claim taken away after the holder signed.
    let mut text = sound().text();
    let disclosure = base64url::encode(degree().as_bytes());
    text = text.replace(&format!("{disclosure}~"), "");
    assert_eq!(
        answer(&report_on(&text), "presentation.holder-binding"),
        Some((Outcome::Fail, "key-binding-of-other"))
    );
}

fn report_on(text: &str) -> Report {
    report(text)
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn for_whom_and_for_what_is_said_by_the_holder() {
    let asked = |change: fn(&mut Binding), id: &str| answer(&bound(change).asked(), id);
    let differs = Some((Outcome::Fail, "domain-differs"));
    assert_eq!(asked(|it| it.audience = "https://other.example", "proof.domain"), differs);
    let differs = Some((Outcome::Fail, "challenge-differs"));
    assert_eq!(asked(|it| it.nonce = "n-0", "proof.challenge"), differs);
    let elsewhere = bound(|it| it.audience = "https://other.example");
    assert_eq!(elsewhere.asked().headline, Headline::DoNotRely);
    // Nobody asked.
    assert_eq!(elsewhere.report().verdict, Verdict::Valid);
    // The issuer's own word for it does not count.
    let mut replayed = sound();
    replayed.key_binding = None;
    replayed.payload.push_str(&format!(r#","aud":"{VERIFIER}","nonce":"n-1""#));
    let report = replayed.asked();
    assert_eq!(answer(&report, "proof.challenge"), Some((Outcome::Fail, "challenge-differs")));
    assert_eq!(answer(&report, "proof.domain"), Some((Outcome::Fail, "domain-differs")));
    assert_eq!(answer(&report, "presentation.holder-binding"), Some((Outcome::Fail, "key-binding-absent")));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_missing_holder_is_said_and_no_fault_unless_asked_for() {
    let mut alone = sound();
    alone.key_binding = None;
    let report = alone.report();
    assert_eq!(report.verdict, Verdict::Valid);
    let absent = answer(&report, "presentation.holder-binding");
    assert_eq!(absent, Some((Outcome::Unknown, "key-binding-absent")));
    assert_eq!(alone.asked().verdict, Verdict::Invalid);
    // It is made out to nobody.
    alone.payload = alone.payload.replace(r#""cnf""#, r#""cnf_""#);
    assert_eq!(answer(&alone.report(), "presentation.holder-binding"), None);
    assert_eq!(alone.asked().headline, Headline::DoNotRely);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_holder_may_be_named_by_a_did() {
    let (did, method) = holder().did_key();
    let by_name = |name: &str| {
        let mut draft = sound();
        let jwk = format!(r#"{{"jwk":{}}}"#, holder().jwk());
        draft.payload = draft.payload.replace(&jwk, &format!(r#"{{"kid":"{name}"}}"#));
        answer(&draft.asked(), "presentation.holder-binding")
    };
    assert_eq!(by_name(&method), Some((Outcome::Pass, "holder-has-the-key")));
    assert_eq!(by_name(&did), Some((Outcome::Pass, "holder-has-the-key")));
    assert_eq!(by_name(&issuer().did_key().1), Some((Outcome::Fail, "key-binding-by-other")));
    for name in ["did:web:a.example#1", "k-1", ""] {
        assert_eq!(by_name(name), Some((Outcome::Unknown, "holder-key-unsupported")), "{name}");
    }
}
