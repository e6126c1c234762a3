//! Proof sets and proof chains, domain and challenge, and keys of every kind, as a forger sees them.
//!
//! Everything is signed here by test issuers of our own, natively and as wasm under Node.

mod own;
mod support;

use own::edit::{object, string, value};
use own::signer::{Issuer, Suite};
use own::{NOW, policy};
use verify_credential::canon::jcs;
use verify_credential::canon::rdfc::Hash;
use verify_credential::codec::base64url;
use verify_credential::codec::json::{Object, Value};
use verify_credential::crypto::Engines;
use verify_credential::limits::Budget;
use verify_credential::need::Found;
use verify_credential::policy::Policy;
use verify_credential::report::{Outcome, Report, Verdict};
use verify_credential::securing::data_integrity::{NoHashData, Profile, Signed, Unsecured};
use verify_credential::verify;

/// A small badge of `issuer`.
fn badge(issuer: &str) -> Value {
    value(&format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id":"urn:uuid:1c1f9f3c-0000-4000-8000-000000000001","type":["VerifiableCredential","OpenBadgeCredential"],
        "issuer":{{"id":"{issuer}","type":["Profile"],"name":"Test issuer"}},"validFrom":"2026-01-15T09:00:00Z",
        "credentialSubject":{{"id":"did:example:learner","type":["AchievementSubject"],"achievement":{{
        "id":"urn:uuid:2","type":["Achievement"],"name":"Welding","description":"…","criteria":{{"narrative":"…"}}}}}}}}"#
    ))
}

fn secured(badge: &Value, proofs: &[Value]) -> Value {
    let mut object = badge.as_object().expect("an object").clone();
    object.insert("proof".into(), Value::Array(proofs.to_vec()));
    Value::Object(object)
}

fn report_under(document: &Value, found: &Found, policy: &Policy) -> Report {
    verify(jcs::canonicalize(document).as_bytes(), "own", found, policy)
}

fn report(document: &Value) -> Report {
    report_under(document, &Found::default(), &policy())
}

fn good(report: &Report) -> (Outcome, &'static str) {
    let check = report.check("proof.any-good").expect("it was made");
    assert!(report.verdict != Verdict::Valid || check.outcome == Outcome::Pass, "{:?}", report.checks);
    (check.outcome, check.reason)
}

fn member(proof: &Value, name: &str, value: Option<Value>) -> Value {
    let mut object: Object = proof.as_object().expect("an object").without(name);
    if let Some(value) = value {
        object.insert(name.into(), value);
    }
    Value::Object(object)
}

const FIRST: &str = "urn:uuid:1c1f9f3c-0000-4000-8000-0000000000f1";
const SECOND: &str = "urn:uuid:1c1f9f3c-0000-4000-8000-0000000000f2";

/// An issuer, its badge, a witness's proof with these options, and the issuer's proof over it.
fn witnessed(suite: Suite, options: &[(&str, Value)]) -> (Value, Value, Value) {
    let (issuer, witness) = (Issuer::of("issuer"), Issuer::p256("witness"));
    let (did, method) = issuer.did_key();
    let badge = badge(&did);
    let mut named = vec![("id", string(FIRST))];
    named.extend(options.iter().cloned());
    let first = witness.proof(&badge, suite, &witness.did_key().1, &named);
    let options = [("id", string(SECOND)), ("previousProof", string(FIRST))];
    let second = issuer.proof_after(&badge, suite, &method, &options, std::slice::from_ref(&first));
    (badge, first, second)
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_chain_holds_in_any_order_and_for_every_suite() {
    for suite in [Suite::Rdfc, Suite::Jcs] {
        let (badge, first, second) = witnessed(suite, &[]);
        for proofs in [[first.clone(), second.clone()], [second.clone(), first.clone()]] {
            let report = report(&secured(&badge, &proofs));
            assert_eq!(good(&report), (Outcome::Pass, "signature-holds"));
            assert!(report.credential.is_some());
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_broken_chain_holds_nothing() {
    let (badge, first, second) = witnessed(Suite::Rdfc, &[]);
    let expect = |name: &str, proofs: &[Value], of_last: &str| {
        let report = report(&secured(&badge, proofs));
        assert_ne!(report.verdict, Verdict::Valid, "{name}");
        assert!(report.credential.is_none(), "{name}");
        let mut each = report.checks.iter().filter(|check| check.id == "proof.signature");
        assert!(each.any(|check| check.reason == of_last), "{name}: {:?}", report.checks);
    };
    let both = |first: &Value, second: &Value| [first.clone(), second.clone()];
    expect("first removed", std::slice::from_ref(&second), "previous-proof-missing");
    expect("doubled", &[first.clone(), first.clone(), second.clone()], "previous-proof-ambiguous");
    let named = |names: &str| member(&second, "previousProof", Some(value(names)));
    let stripped = member(&second, "previousProof", None);
    expect("name stripped", &both(&first, &stripped), "signature-does-not-match");
    expect("all but the last stripped", &[stripped], "signature-does-not-match");
    expect("empty names", &both(&first, &named("[]")), "signature-does-not-match");
    expect("a number", &both(&first, &named("7")), "proof-malformed");
    expect("names an object", &both(&first, &named(r#"{"id":"x:y"}"#)), "proof-malformed");
    expect("itself", &both(&first, &named(&format!(r#""{SECOND}""#))), "signature-does-not-match");
    let many: Vec<String> = (0..17).map(|number| format!(r#""urn:x:{number}""#)).collect();
    expect("many names", &both(&first, &named(&format!("[{}]", many.join(",")))), "limit-reached");
    let circle = member(&first, "previousProof", Some(string(SECOND)));
    expect("a circle", &both(&circle, &second), "signature-does-not-match");
    let altered = member(&first, "created", Some(string("2026-01-16T09:00:00Z")));
    expect("first altered", &both(&altered, &second), "signature-does-not-match");
    // A relative name is dropped from the quads: it was not signed.
    let relative = [("id", string("one")), ("previousProof", string("one"))];
    let issuer = Issuer::of("issuer");
    let loose = issuer.proof_after(&badge, Suite::Rdfc, &issuer.did_key().1, &relative, &[]);
    expect(
        "a relative name",
        &[member(&first, "id", Some(string("one"))), loose],
        "previous-proof-not-signed",
    );
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_proof_is_no_better_than_those_it_builds_on() {
    let expired = [("expires", string("2026-02-01T00:00:00Z"))];
    let purpose = [("proofPurpose", string("authentication"))];
    let suite = [("cryptosuite", string("from-tomorrow-2030"))];
    for (options, expected) in [
        (&expired, (Outcome::Fail, "previous-proof-failed")),
        (&purpose, (Outcome::Fail, "previous-proof-failed")),
        (&suite, (Outcome::Unknown, "previous-proof-not-checked")),
    ] {
        for suite in [Suite::Rdfc, Suite::Jcs] {
            let (badge, first, second) = witnessed(suite, options);
            let report = report(&secured(&badge, &[first, second]));
            let last = report.checks.iter().rfind(|check| check.id == "proof.signature").expect("two");
            assert_eq!((last.outcome, last.reason), expected);
            assert_ne!(report.verdict, Verdict::Valid);
            assert!(report.credential.is_none());
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn proofs_that_speak_of_the_document_are_not_apart() {
    // Here a proof is no graph of its own: what it says, the document says.
    let document = value(
        r#"{"@context": {"proof": {"@id": "https://schema.org/about"}, "name": "https://schema.org/name"},
            "@id": "urn:x:1", "name": "A"}"#,
    );
    let previous = value(r#"{"@id": "urn:x:1", "name": "B"}"#);
    let proof = Object::default();
    let signed = Signed { previous: vec![&previous], ..Signed::new(&proof) };
    let found = Found::default();
    let mut unsecured = Unsecured::new(document.as_object().expect("an object"), &found);
    let mut budget = Budget::full();
    let data = unsecured.rdfc_hash_data(&signed, Hash::Sha256, &Profile::PREFERRED, &mut budget);
    assert!(matches!(data, Err(NoHashData::ProofsNotApart)), "{data:?}");
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_failed_proof_beside_a_good_one_stays_visible() {
    let (issuer, other) = (Issuer::of("issuer"), Issuer::p384("other"));
    let (did, method) = issuer.did_key();
    let badge = badge(&did);
    let bad = other.proof(&self::badge("did:example:x"), Suite::Jcs, &other.did_key().1, &[]);
    let fine = issuer.proof(&badge, Suite::Rdfc, &method, &[]);
    for proofs in [[bad.clone(), fine.clone()], [fine, bad]] {
        let report = report(&secured(&badge, &proofs));
        assert_eq!(good(&report), (Outcome::Pass, "signature-holds"));
        let failed = report.checks.iter().filter(|check| check.reason == "signature-does-not-match").count();
        assert_eq!(failed, 1);
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn long_chains_end() {
    let issuer = Issuer::of("issuer");
    let (did, method) = issuer.did_key();
    let badge = badge(&did);
    let id = |number: usize| format!("urn:x:{number}");
    // Each builds on all before it.
    let mut proofs: Vec<Value> = Vec::new();
    for number in 0..16 {
        let names = (0..number).map(|one| string(&id(one))).collect();
        let options = [("id", string(&id(number))), ("previousProof", Value::Array(names))];
        proofs.push(issuer.proof_after(&badge, Suite::Jcs, &method, &options, &proofs));
    }
    let whole = report(&secured(&badge, &proofs));
    assert_eq!(whole.verdict, Verdict::Valid);
    let holding =
        |report: &Report| report.checks.iter().filter(|check| check.reason == "signature-holds").count();
    assert_eq!(holding(&whole), 17, "each of them, and the one that carries the document");
    // A thousand, each on the one before: those beyond the limit are not looked at.
    let link = |number: usize| {
        let options = [("id", string(&id(number))), ("previousProof", string(&id(number + 1)))];
        issuer.proof(&badge, Suite::Jcs, &method, &options)
    };
    let chain: Vec<Value> = (0..1_000).map(link).collect();
    let report = report(&secured(&badge, &chain));
    assert_ne!(report.verdict, Verdict::Valid);
    assert!(report.checks.len() < 60);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn domain_and_challenge_are_the_callers() {
    let issuer = Issuer::of("issuer");
    let (did, method) = issuer.did_key();
    let badge = badge(&did);
    let here = r#""https://here.example""#;
    for suite in [Suite::Rdfc, Suite::Jcs] {
        for (said, asked, expected) in [
            (None, None, None),
            (Some(here), None, Some(Outcome::Skipped)),
            (Some(here), Some("https://here.example"), Some(Outcome::Pass)),
            (Some(here), Some("https://here.example/"), Some(Outcome::Fail)),
            (None, Some("https://here.example"), Some(Outcome::Fail)),
        ] {
            for name in ["domain", "challenge"] {
                let options: Vec<(&str, Value)> = said.iter().map(|said| (name, value(said))).collect();
                let proof = issuer.proof(&badge, suite, &method, &options);
                let asked = asked.map(String::from);
                let policy = match name {
                    "domain" => Policy { domain: asked, ..policy() },
                    _ => Policy { challenge: asked, ..policy() },
                };
                let report = report_under(&secured(&badge, &[proof]), &Found::default(), &policy);
                let check = report.check(&format!("proof.{name}")).map(|check| check.outcome);
                assert_eq!(check, expected, "{name}: {said:?}");
                assert_eq!(
                    report.verdict == Verdict::Valid,
                    expected != Some(Outcome::Fail),
                    "{name}: {said:?}"
                );
            }
        }
        let several = value(&format!(r#"["https://there.example", {here}]"#));
        for (name, is_valid) in [("domain", true), ("challenge", false)] {
            let proof = issuer.proof(&badge, suite, &method, &[(name, several.clone())]);
            let asked = Some("https://here.example".to_owned());
            let policy = Policy { now: NOW, domain: asked.clone().filter(|_| is_valid), ..policy() };
            let policy = Policy { challenge: asked.filter(|_| !is_valid), ..policy };
            let report = report_under(&secured(&badge, &[proof]), &Found::default(), &policy);
            assert_eq!(report.verdict == Verdict::Valid, is_valid, "{name}");
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn without_its_engine_ecdsa_is_unknown() {
    let mut found = Found::default();
    found.engines = Engines::NONE;
    for issuer in [Issuer::p256("issuer"), Issuer::p384("issuer")] {
        let (did, method) = issuer.did_key();
        for suite in [Suite::Rdfc, Suite::Jcs] {
            let signed = issuer.sign(&badge(&did), suite, &method, &[]);
            assert_eq!(good(&report(&signed)), (Outcome::Pass, "signature-holds"));
            let report = report_under(&signed, &found, &policy());
            assert_eq!(good(&report), (Outcome::Unknown, "part-not-loaded"));
            assert!(report.credential.is_none());
        }
    }
    // A chain waits for the part that follows it; then its first link for the engine.
    let (badge, first, second) = witnessed(Suite::Rdfc, &[]);
    let chained = secured(&badge, &[first, second]);
    let report = report_under(&chained, &found, &policy());
    assert_ne!(report.verdict, Verdict::Valid);
    assert!(report.checks.iter().any(|check| check.param("part") == Some("more")));
    found.engines = Engines::NONE.with_more();
    let report = report_under(&chained, &found, &policy());
    assert_ne!(report.verdict, Verdict::Valid);
    assert!(report.checks.iter().any(|check| check.reason == "previous-proof-not-checked"));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_key_decides_the_hash() {
    for (issuer, wrong) in [(Issuer::p256("issuer"), Hash::Sha384), (Issuer::p384("issuer"), Hash::Sha256)] {
        let (did, method) = issuer.did_key();
        let badge = badge(&did);
        let document = badge.as_object().expect("an object");
        for suite in [Suite::Rdfc, Suite::Jcs] {
            let right = issuer.proof(&badge, suite, &method, &[]);
            let proof = right.as_object().expect("an object").without("proofValue");
            let signed = Signed::new(&proof);
            let found = Found::default();
            let mut unsecured = Unsecured::new(document, &found);
            let data = match suite {
                Suite::Jcs => unsecured.jcs_hash_data(&signed, wrong),
                _ => unsecured.rdfc_hash_data(&signed, wrong, &Profile::PREFERRED, &mut Budget::full()),
            };
            let signature = issuer.sign_bytes(&data.expect("there is something to sign"));
            let text = format!("z{}", bs58::encode(signature).into_string());
            let forged = member(&right, "proofValue", Some(string(&text)));
            let report = report(&secured(&badge, &[forged]));
            assert_eq!(good(&report), (Outcome::Fail, "signature-does-not-match"));
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_suite_takes_no_other_kind_of_key() {
    let ed25519 = Issuer::of("issuer");
    for other in [Issuer::p256("issuer"), Issuer::p384("issuer"), Issuer::rsa()] {
        let (did, method) = other.did_key();
        let badge = badge(&did);
        // The issuer's own key is named, and another key signs.
        let report = report(&ed25519.sign(&badge, Suite::Rdfc, &method, &[]));
        assert_eq!(good(&report), (Outcome::Fail, "key-type-not-of-suite"));
    }
    let (did, method) = ed25519.did_key();
    let report = report(&Issuer::p256("issuer").sign(&badge(&did), Suite::Jcs, &method, &[]));
    assert_eq!(good(&report), (Outcome::Fail, "key-type-not-of-suite"));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_signature_has_no_zero_and_nothing_too_great() {
    let issuer = Issuer::p256("issuer");
    let (did, method) = issuer.did_key();
    let badge = badge(&did);
    let right = issuer.proof(&badge, Suite::Jcs, &method, &[]);
    let text = right.get("proofValue").and_then(Value::as_str).expect("a signature");
    let sound = bs58::decode(&text[1..]).into_vec().expect("base58");
    let (r, s) = sound.split_at(32);
    let zero = [0; 32];
    let great = [0xff; 32];
    for (name, bytes) in [
        ("r is zero", [&zero[..], s].concat()),
        ("s is zero", [r, &zero].concat()),
        ("both are", [zero, zero].concat()),
        ("r is too great", [&great[..], s].concat()),
        ("s is too great", [r, &great].concat()),
        ("cut", sound[..63].to_vec()),
        ("padded", [&[0][..], &sound].concat()),
        ("in DER", [&[0x30, 68, 2, 32][..], r, &[2, 32], s].concat()),
    ] {
        let text = format!("z{}", bs58::encode(bytes).into_string());
        let forged = member(&right, "proofValue", Some(string(&text)));
        assert_eq!(
            good(&report(&secured(&badge, &[forged]))),
            (Outcome::Fail, "signature-does-not-match"),
            "{name}"
        );
    }
    let fine = report(&secured(&badge, &[right]));
    assert_eq!(good(&fine), (Outcome::Pass, "signature-holds"));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_jwk_says_what_it_is_for() {
    let issuer = Issuer::p256("issuer");
    let whole = value(&issuer.jwk());
    for (name, more, reason) in [
        ("plain", object(&[]), "key-published-by-issuer"),
        (
            "for signing",
            value(r#"{"use":"sig","alg":"ES256","key_ops":["verify"]}"#),
            "key-published-by-issuer",
        ),
        ("for encryption", value(r#"{"use":"enc"}"#), "key-not-for-assertion"),
        ("for agreement", value(r#"{"key_ops":["deriveKey"]}"#), "key-not-for-assertion"),
        ("for another curve", value(r#"{"alg":"ES384"}"#), "key-malformed"),
        ("with its secret", value(r#"{"d":"AA"}"#), "key-malformed"),
    ] {
        let mut jwk = whole.as_object().expect("an object").clone();
        for (name, value) in more.as_object().expect("an object").iter() {
            jwk.insert(name.clone(), value.clone());
        }
        let text = jcs::canonicalize(&Value::Object(jwk));
        let did = format!("did:jwk:{}", verify_credential::codec::base64url::encode(text.as_bytes()));
        let report = report(&issuer.sign(&badge(&did), Suite::Rdfc, &format!("{did}#0"), &[]));
        let check = report.check("issuer.controls-key").expect("it was made");
        assert_eq!(check.reason, reason, "{name}");
        assert_eq!(report.verdict == Verdict::Valid, reason == "key-published-by-issuer", "{name}");
    }
}

/// The contexts under which the suites that carry a JWS read their options.
const OF_JWS_2020: &str =
    r#"["https://www.w3.org/2018/credentials/v1", "https://w3id.org/security/suites/jws-2020/v1"]"#;
const OF_SECURITY: &str = r#"["https://w3id.org/security/v2"]"#;

/// A header as the specifications ask for it.
fn detached_header(alg: &str) -> String {
    format!(r#"{{"alg":"{alg}","b64":false,"crit":["b64"]}}"#)
}

/// `badge` with a proof of an older suite, under `header`.
fn signed_detached(issuer: &Issuer, badge: &Value, of_type: &str, header: &str) -> Value {
    let method = issuer.did_key().1;
    let proof = value(&format!(
        r#"{{"type":"{of_type}","created":"2026-01-15T09:00:00Z","verificationMethod":"{method}",
        "proofPurpose":"assertionMethod"}}"#
    ));
    let options = proof.as_object().expect("an object");
    let context = if of_type == "JsonWebSignature2020" { OF_JWS_2020 } else { OF_SECURITY };
    let signed = Signed { context: Some(value(context)), ..Signed::new(options) };
    let found = Found::default();
    let mut unsecured = Unsecured::new(badge.as_object().expect("an object"), &found);
    let data = unsecured.rdfc_hash_data(&signed, Hash::Sha256, &Profile::PREFERRED, &mut Budget::full());
    let header = base64url::encode(header.as_bytes());
    let message = [header.as_bytes(), b".", &data.expect("it can be read")].concat();
    let jws = format!("{header}..{}", base64url::encode(&issuer.sign_bytes(&message)));
    secured(badge, &[member(&proof, "jws", Some(string(&jws)))])
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn older_suites_hold_and_say_how_old_they_are() {
    for (issuer, of_type, holds) in [
        (Issuer::of("issuer"), "Ed25519Signature2018", true),
        (Issuer::of("issuer"), "JsonWebSignature2020", true),
        (Issuer::p256("issuer"), "JsonWebSignature2020", true),
        (Issuer::p384("issuer"), "JsonWebSignature2020", true),
        (Issuer::secp256k1("issuer"), "JsonWebSignature2020", true),
        (Issuer::rsa(), "JsonWebSignature2020", true),
        (Issuer::secp256k1("issuer"), "EcdsaSecp256k1Signature2019", true),
        (Issuer::p256("issuer"), "EcdsaSecp256k1Signature2019", false),
        (Issuer::p256("issuer"), "Ed25519Signature2018", false),
        (Issuer::p521("issuer"), "JsonWebSignature2020", false),
    ] {
        let header = detached_header(issuer.alg());
        let signed = signed_detached(&issuer, &badge(&issuer.did_key().0), of_type, &header);
        let report = report(&signed);
        let expected =
            if holds { (Outcome::Pass, "signature-holds") } else { (Outcome::Fail, "key-type-not-of-suite") };
        assert_eq!(good(&report), expected, "{of_type} {header}");
        assert_eq!(report.verdict == Verdict::Valid, holds, "{:?}", report.checks);
        let legacy = report.check("proof.legacy-suite").expect("it is said");
        assert_eq!((legacy.outcome, legacy.param("suite")), (Outcome::Fail, Some(of_type)));
        let mut found = Found::default();
        found.engines = Engines::NONE;
        let without = report_under(&signed, &found, &policy());
        assert_eq!(good(&without), (Outcome::Unknown, "part-not-loaded"));
    }
    // The name that drafts had for the suite of today.
    let issuer = Issuer::of("issuer");
    let (did, method) = issuer.did_key();
    let named = [("cryptosuite", string("eddsa-2022"))];
    let report = report(&issuer.sign(&badge(&did), Suite::Rdfc, &method, &named));
    assert_eq!(good(&report), (Outcome::Pass, "signature-holds"));
    assert_eq!(report.check("proof.legacy-suite").map(|check| check.outcome), Some(Outcome::Fail));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_detached_header_says_what_it_must_and_nothing_else() {
    let issuer = Issuer::of("issuer");
    let badge = badge(&issuer.did_key().0);
    let of_type = "JsonWebSignature2020";
    for (header, expected) in [
        (r#"{"alg":"EdDSA","b64":false,"crit":["b64"]}"#, (Outcome::Pass, "signature-holds")),
        (r#"{"alg":"EdDSA","b64":true,"crit":["b64"]}"#, (Outcome::Fail, "jws-header-not-detached")),
        (r#"{"alg":"EdDSA","b64":false}"#, (Outcome::Fail, "jws-header-not-detached")),
        (r#"{"alg":"EdDSA","crit":["b64"]}"#, (Outcome::Fail, "jws-header-not-detached")),
        (r#"{"alg":"EdDSA","b64":false,"crit":["b64","b64"]}"#, (Outcome::Fail, "jws-header-not-detached")),
        (
            r#"{"alg":"EdDSA","b64":false,"crit":["b64"],"kid":"x"}"#,
            (Outcome::Fail, "jws-header-not-detached"),
        ),
        (r#"{"b64":false,"crit":["b64"]}"#, (Outcome::Fail, "jws-header-not-detached")),
        (r#"["EdDSA"]"#, (Outcome::Fail, "jws-header-not-detached")),
        ("EdDSA", (Outcome::Fail, "proof-value-malformed")),
        (
            r#"{"alg":"EdDSA","alg":"none","b64":false,"crit":["b64"]}"#,
            (Outcome::Fail, "proof-value-malformed"),
        ),
        (&detached_header("none"), (Outcome::Fail, "algorithm-forbidden")),
        (&detached_header("HS256"), (Outcome::Fail, "algorithm-forbidden")),
        (&detached_header("ES256"), (Outcome::Fail, "algorithm-not-of-key")),
        (&detached_header("PS256"), (Outcome::Fail, "algorithm-not-of-key")),
        (&detached_header("ES512"), (Outcome::Fail, "key-type-not-of-suite")),
        (&detached_header("XY99"), (Outcome::Unknown, "suite-unsupported")),
    ] {
        assert_eq!(good(&report(&signed_detached(&issuer, &badge, of_type, header))), expected, "{header}");
    }
    let signed = signed_detached(&issuer, &badge, of_type, &detached_header("EdDSA"));
    let proof = signed.get("proof").map(Value::as_set).and_then(<[Value]>::first).expect("a proof");
    let jws = proof.get("jws").and_then(Value::as_str).expect("a JWS");
    let (header, signature) = jws.split_once("..").expect("a detached one");
    for (name, jws) in [
        ("a payload", format!("{header}.e30.{signature}")),
        ("no payload between", format!("{header}.{signature}")),
        ("no signature", format!("{header}..")),
        ("a longer signature", format!("{jws}AA")),
        ("another signature", format!("{header}..{}", base64url::encode(&issuer.sign_bytes(b"x")))),
        ("padded", format!("{header}..{signature}==")),
        ("empty", String::new()),
    ] {
        let forged = member(proof, "jws", Some(string(&jws)));
        assert_eq!(good(&report(&secured(&badge, &[forged]))).0, Outcome::Fail, "{name}");
    }
    for (name, to) in [
        ("created", Some("2026-01-16T09:00:00Z")),
        ("type", Some("Ed25519Signature2018")),
        ("jws", None),
        ("challenge", Some("x")),
        ("previousProof", Some("urn:x:1")),
    ] {
        let forged = member(proof, name, to.map(string));
        assert_eq!(good(&report(&secured(&badge, &[forged]))).0, Outcome::Fail, "{name}");
    }
    // A context of the proof's own changes nothing of what its options say.
    let own = member(proof, "@context", Some(value(r#"{"created":"https://schema.org/about"}"#)));
    assert_eq!(good(&report(&secured(&badge, &[own]))), (Outcome::Pass, "signature-holds"));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn an_older_proof_stands_in_sets_and_under_chains() {
    let issuer = Issuer::of("issuer");
    let (did, method) = issuer.did_key();
    let badge = badge(&did);
    let signed = signed_detached(&issuer, &badge, "JsonWebSignature2020", &detached_header("EdDSA"));
    let old = signed.get("proof").map(Value::as_set).and_then(<[Value]>::first).expect("a proof");
    let new = issuer.proof(&badge, Suite::Rdfc, &method, &[]);
    let bad = member(old, "created", Some(string("2026-01-16T09:00:00Z")));
    for (proofs, holding) in [([old.clone(), new.clone()], 3), ([bad, new], 2)] {
        let report = report(&secured(&badge, &proofs));
        assert_eq!(report.verdict, Verdict::Valid);
        assert_eq!(report.checks.iter().filter(|check| check.reason == "signature-holds").count(), holding);
    }
    for name in ["MerkleProof2019", "MerkleProof2017"] {
        let anchored = member(old, "type", Some(string(name)));
        let report = report(&secured(&badge, &[anchored]));
        assert_eq!(good(&report), (Outcome::Unknown, "anchored-on-chain"));
        assert_eq!(report.check("proof.any-good").and_then(|check| check.param("suite")), Some(name));
    }
}
