//! Proofs that a holder derives to show a selection: what the issuer did not sign never counts.
//!
//! Besides the vectors of the specifications, proofs are made here by test issuers of our own, as the
//! holder would show them, natively and as wasm under Node.

mod own;
mod support;

use std::rc::Rc;

use own::edit::{Doc, string, value};
use own::signer::{Issuer, Suite};
use own::{NOW, policy};
use verify_credential::codec::base64url;
use verify_credential::codec::json::{Object, Value};
use verify_credential::crypto::{Engines, part, sha256};
use verify_credential::limits::Budget;
use verify_credential::need::Found;
use verify_credential::policy::{Policy, vouched_key};
use verify_credential::report::{Headline, Outcome, Report, Verdict};
use verify_credential::securing::data_integrity::{Profile, Signed, Unsecured};
use verify_credential::securing::selective;
use verify_credential::verify;

const W3C: &str = "tests/vectors/02-w3c-data-integrity";

fn report_under(document: &Doc, found: &Found, policy: &Policy) -> Report {
    verify(&document.bytes(), "own", found, policy)
}

fn report(document: &Doc) -> Report {
    report_under(document, &Found::default(), &policy())
}

/// What is said of the signature, and that nothing bad is called valid.
fn good(report: &Report) -> (Outcome, &'static str) {
    let check = report.check("proof.any-good").expect("it was made");
    assert!(report.verdict != Verdict::Valid || check.outcome == Outcome::Pass, "{:?}", report.checks);
    assert!(report.credential.is_none() || check.outcome == Outcome::Pass, "{:?}", report.checks);
    (check.outcome, check.reason)
}

/// A policy that vouches for the key in the proof's method, as issuers of specifications are fictional.
fn vouching(document: &Doc, now: i64) -> Policy {
    let issuer = document.get("/issuer").expect("an issuer");
    let issuer = issuer.as_str().or(issuer.get("id").and_then(Value::as_str)).expect("an id");
    let method = document.get("/proof/verificationMethod").and_then(Value::as_str).expect("a method");
    let key = method.rsplit('#').next().map(string).as_ref().and_then(vouched_key).expect("a key");
    Policy { now, keys: vec![(issuer.to_owned(), key)], ..policy() }
}

fn proof_bytes(document: &Doc) -> Vec<u8> {
    let text = document.get("/proof/proofValue").and_then(Value::as_str).expect("a proof");
    base64url::decode(&text[1..]).expect("base64url")
}

fn with_proof_bytes(document: &Doc, bytes: &[u8]) -> Doc {
    let mut altered = document.clone();
    altered.put("/proof/proofValue", string(&format!("u{}", base64url::encode(bytes))));
    altered
}

/// 2025-06-01T00:00:00Z, while the vector of the specification was in force.
const IN_FORCE: i64 = 1_748_736_000;

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_vector_of_ecdsa_holds_and_its_base_is_refused() {
    let derived = Doc::read(&format!("{W3C}/ecdsa/ecdsa-sd-2023/prc/derivedRevealDocument.json"));
    let shown = report_under(&derived, &Found::default(), &vouching(&derived, IN_FORCE));
    assert_eq!(good(&shown), (Outcome::Pass, "signature-holds"));
    assert_eq!(shown.verdict, Verdict::Valid);
    let selective = shown.check("proof.selective").expect("it is said");
    assert_eq!((selective.outcome, selective.param("count")), (Outcome::Pass, Some("10")));
    let base = Doc::read(&format!("{W3C}/ecdsa/ecdsa-sd-2023/prc/addSignedSDBase.json"));
    let refused = report_under(&base, &Found::default(), &vouching(&base, IN_FORCE));
    assert_eq!(good(&refused), (Outcome::Fail, "proof-is-base"));
    assert_eq!(refused.headline, Headline::DoNotRely);
    // Saying that it is derived makes it no derived one.
    let mut bytes = proof_bytes(&base);
    bytes[2] = 1;
    let posing =
        report_under(&with_proof_bytes(&base, &bytes), &Found::default(), &vouching(&base, IN_FORCE));
    assert_eq!(good(&posing), (Outcome::Fail, "proof-value-malformed"));
}

/// A derived proof taken apart.
#[derive(Clone)]
struct Parts {
    base: Vec<u8>,
    key: Vec<u8>,
    signatures: Vec<Vec<u8>>,
    labels: Vec<(u32, Vec<u8>)>,
    mandatory: Vec<u32>,
}

/// The head of an item of CBOR in its shortest spelling, up to 16 bits.
fn head(major: u8, argument: usize) -> Vec<u8> {
    let argument = u16::try_from(argument).expect("small");
    let [high, low] = argument.to_be_bytes();
    match argument {
        0..=23 => vec![major << 5 | low],
        24..=255 => vec![major << 5 | 24, low],
        _ => vec![major << 5 | 25, high, low],
    }
}

fn cbor_bytes(bytes: &[u8]) -> Vec<u8> {
    [head(2, bytes.len()), bytes.to_vec()].concat()
}

fn cbor_numbers(numbers: &[u32]) -> Vec<u8> {
    let items = numbers.iter().flat_map(|number| head(0, usize::try_from(*number).expect("small")));
    head(4, numbers.len()).into_iter().chain(items).collect()
}

impl Parts {
    fn to_cbor(&self) -> Vec<u8> {
        let signatures: Vec<u8> = self.signatures.iter().flat_map(|one| cbor_bytes(one)).collect();
        let label = |(number, hmac): &(u32, Vec<u8>)| {
            [head(0, usize::try_from(*number).expect("small")), cbor_bytes(hmac)].concat()
        };
        [
            head(4, 5),
            cbor_bytes(&self.base),
            cbor_bytes(&self.key),
            head(4, self.signatures.len()),
            signatures,
            head(5, self.labels.len()),
            self.labels.iter().flat_map(label).collect(),
            cbor_numbers(&self.mandatory),
        ]
        .concat()
    }

    fn to_proof_value(&self) -> String {
        format!("u{}", base64url::encode(&[&[0xd9, 0x5d, 1][..], &self.to_cbor()].concat()))
    }
}

/// A badge with two results, as a holder shows it.
fn badge(issuer: &str) -> Doc {
    Doc(value(&format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id":"urn:uuid:1c1f9f3c-0000-4000-8000-000000000001","type":["VerifiableCredential","OpenBadgeCredential"],
        "issuer":{{"id":"{issuer}","type":["Profile"],"name":"Test issuer"}},"validFrom":"2026-01-15T09:00:00Z",
        "credentialSubject":{{"type":["AchievementSubject"],"achievement":{{"type":["Achievement"],
        "id":"urn:uuid:2","name":"Welding","description":"…","criteria":{{"narrative":"…"}}}},
        "result":[{{"type":["Result"],"value":"86"}},{{"type":["Result"],"value":"91"}}]}}}}"#
    )))
}

/// Signs `document` as an issuer and a holder together do; the statements at `mandatory` are.
fn derived(issuer: &Issuer, own: &Issuer, document: &Doc, mandatory: &[u32]) -> (Doc, Parts) {
    let method = issuer.did_key().1;
    let proof = value(&format!(
        r#"{{"type":"DataIntegrityProof","cryptosuite":"ecdsa-sd-2023","created":"2026-01-15T09:00:00Z",
        "verificationMethod":"{method}","proofPurpose":"assertionMethod"}}"#
    ));
    let options: &Object = proof.as_object().expect("an object");
    let key = bs58::decode(&own.multikey()[1..]).into_vec().expect("base58");
    let mut parts = Parts {
        base: vec![0; 64],
        key,
        signatures: Vec::new(),
        labels: Vec::new(),
        mandatory: mandatory.to_vec(),
    };
    let found = Found::default();
    let mut unsecured = Unsecured::new(document.0.as_object().expect("an object"), &found);
    // As many labels as there are blank nodes.
    let statements = (0..40).find_map(|count| {
        parts.labels =
            (0..count).map(|number: u32| (number, sha256(&number.to_be_bytes()).to_vec())).collect();
        let proof = selective::read_ecdsa(&parts.to_cbor()).expect("it is well-formed");
        let signed = Signed::new(options);
        let profile = &Profile::PREFERRED;
        selective::statements(&mut unsecured, &signed, &proof.selection, profile, &mut Budget::full()).ok()
    });
    let statements = statements.expect("some number of labels fits");
    let base = [&statements.proof_hash, &*parts.key, &statements.mandatory_hash].concat();
    parts.base = issuer.sign_bytes(&base);
    parts.signatures = statements.others.iter().map(|line| own.sign_bytes(line.as_bytes())).collect();
    let mut signed = document.clone();
    signed.put("/proof", proof);
    (with_parts(&signed, &parts), parts)
}

fn with_parts(document: &Doc, parts: &Parts) -> Doc {
    let mut altered = document.clone();
    altered.put("/proof/proofValue", string(&parts.to_proof_value()));
    altered
}

fn shown() -> (Doc, Parts, Issuer) {
    let (issuer, own) = (Issuer::p256("issuer"), Issuer::p256("of this proof"));
    let (document, parts) = derived(&issuer, &own, &badge(&issuer.did_key().0), &[0, 1, 5]);
    (document, parts, own)
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_was_not_signed_is_not_shown() {
    let (document, parts, own) = shown();
    let fine = report(&document);
    assert_eq!(good(&fine), (Outcome::Pass, "signature-holds"));
    assert_eq!((fine.verdict, fine.as_of.now), (Verdict::Valid, NOW));
    let reason = |id: &str| fine.check(id).map(|check| (check.outcome, check.reason));
    assert_eq!(reason("validity.until"), Some((Outcome::Skipped, "end-not-shown")));
    assert_eq!(reason("status.revocation"), Some((Outcome::Skipped, "status-not-shown")));
    let altered = |place: &str, to: &str| {
        let mut altered = document.clone();
        altered.put(place, value(to));
        good(&report(&altered)).0
    };
    assert_eq!(altered("/credentialSubject/result/0/value", r#""99""#), Outcome::Fail);
    assert_eq!(altered("/credentialSubject/achievement/name", r#""Flying""#), Outcome::Fail);
    assert_eq!(altered("/credentialSubject/id", r#""did:example:thief""#), Outcome::Fail);
    assert_eq!(altered("/name", r#""An addition""#), Outcome::Fail);
    assert_eq!(altered("/credentialSubject/result/-", r#"{"type":["Result"],"value":"99"}"#), Outcome::Fail);
    assert_eq!(altered("/proof/created", r#""2026-01-16T09:00:00Z""#), Outcome::Fail);
    let mut shorter = document.clone();
    shorter.take("/credentialSubject/result/1");
    assert_eq!(good(&report(&shorter)), (Outcome::Fail, "selection-does-not-fit"));

    let forged = |name: &str, expected: &str, edit: &dyn Fn(&mut Parts)| {
        let mut parts = parts.clone();
        edit(&mut parts);
        assert_eq!(good(&report(&with_parts(&document, &parts))), (Outcome::Fail, expected), "{name}");
    };
    forged("a mandatory place moved", "signature-does-not-match", &|parts| parts.mandatory[2] = 6);
    forged("a mandatory place left out", "selection-does-not-fit", &|parts| parts.mandatory.truncate(2));
    forged("a place beyond the end", "selection-does-not-fit", &|parts| parts.mandatory[2] = 600);
    forged("a place twice", "proof-value-malformed", &|parts| parts.mandatory[2] = 1);
    forged("signatures in another order", "signature-does-not-match", &|parts| parts.signatures.swap(0, 1));
    forged("a signature too few", "selection-does-not-fit", &|parts| parts.signatures.truncate(3));
    forged("a signature too many", "selection-does-not-fit", &|parts| {
        parts.signatures.push(parts.signatures[0].clone())
    });
    forged("labels exchanged", "signature-does-not-match", &|parts| {
        let (one, other) = (parts.labels[0].1.clone(), parts.labels[1].1.clone());
        (parts.labels[0].1, parts.labels[1].1) = (other, one);
    });
    forged("one label for two things", "proof-value-malformed", &|parts| {
        parts.labels[1].1 = parts.labels[0].1.clone()
    });
    forged("a number twice", "selection-does-not-fit", &|parts| parts.labels[1].0 = 0);
    forged("a label too many", "selection-does-not-fit", &|parts| {
        parts.labels.push((u32::try_from(parts.labels.len()).expect("few"), vec![9; 32]))
    });
    forged("a short label", "proof-value-malformed", &|parts| parts.labels[0].1.truncate(31));
    forged("another key of the proof", "signature-does-not-match", &|parts| {
        let other = Issuer::p256("a holder's own");
        parts.key = bs58::decode(&other.multikey()[1..]).into_vec().expect("base58");
        parts.signatures.iter_mut().for_each(|one| *one = other.sign_bytes(b"anything"));
    });
    forged("the key of the proof on another curve", "proof-value-malformed", &|parts| parts.key[0] = 0x81);
    forged("signed by the proof's own key", "signature-does-not-match", &|parts| {
        parts.base = own.sign_bytes(b"anything")
    });
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn no_bent_proof_holds() {
    let (document, ..) = shown();
    let sound = proof_bytes(&document);
    for place in (0..sound.len()).step_by(11) {
        let mut bent = sound.clone();
        bent[place] ^= 1 << (place % 8);
        assert_eq!(good(&report(&with_proof_bytes(&document, &bent))).0, Outcome::Fail, "byte {place}");
    }
    for bent in [&sound[..2], &sound[..3], &sound[..sound.len() - 1], &[&sound[..], &[0]].concat(), &[]] {
        let malformed = (Outcome::Fail, "proof-value-malformed");
        assert_eq!(good(&report(&with_proof_bytes(&document, bent))), malformed, "{} bytes", bent.len());
    }
    // Another base is another text, which nobody signed either; but the specification names one.
    let mut other = document.clone();
    other.put("/proof/proofValue", string(&format!("z{}", bs58::encode(&sound).into_string())));
    assert_eq!(good(&report(&other)), (Outcome::Fail, "proof-value-malformed"));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn keys_and_parts_of_derived_proofs() {
    let (document, ..) = shown();
    for (engines, part) in [(Engines::NONE, "more"), (Engines::NONE.with_more(), "curves")] {
        let mut found = Found::default();
        found.engines = engines;
        let report = report_under(&document, &found, &policy());
        assert_eq!(good(&report), (Outcome::Unknown, "part-not-loaded"));
        assert_eq!(report.check("proof.any-good").and_then(|check| check.param("part")), Some(part));
    }
    // The suite knows one curve.
    for (issuer, reason) in
        [(Issuer::p384("issuer"), "proof-value-malformed"), (Issuer::of("issuer"), "key-type-not-of-suite")]
    {
        let (document, _) = derived(&issuer, &Issuer::p256("own"), &badge(&issuer.did_key().0), &[0]);
        assert_eq!(good(&report(&document)), (Outcome::Fail, reason));
    }
    // Somebody else's key signs for the issuer.
    let thief = Issuer::p256("thief");
    let (document, _) = derived(&thief, &thief, &badge(&Issuer::p256("issuer").did_key().0), &[0]);
    assert_ne!(report(&document).verdict, Verdict::Valid);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_derived_proof_stands_beside_others_and_builds_on_none() {
    let (document, ..) = shown();
    let issuer = Issuer::p256("issuer");
    let plain = issuer.proof(&badge(&issuer.did_key().0).0, Suite::Rdfc, &issuer.did_key().1, &[]);
    let proof = document.get("/proof").expect("a proof").clone();
    let mut both = document.clone();
    both.put("/proof", Value::Array(vec![plain.clone(), proof.clone()]));
    let report = report(&both);
    assert_eq!(report.verdict, Verdict::Valid);
    assert_eq!(report.checks.iter().filter(|check| check.reason == "signature-holds").count(), 3);
    let with = |name: &str, text: &str| {
        let mut proof = proof.as_object().expect("an object").clone();
        proof.insert(name.into(), string(text));
        Value::Object(proof)
    };
    let mut named = plain.as_object().expect("an object").clone();
    named.insert("id".into(), string("urn:x:1"));
    both.put("/proof", Value::Array(vec![with("previousProof", "urn:x:1"), Value::Object(named)]));
    let report = self::report(&both);
    assert_ne!(report.verdict, Verdict::Valid);
    assert!(report.checks.iter().any(|check| check.reason == "previous-proof-not-checked"));
}

fn bbs_vector() -> Doc {
    Doc::read(&format!("{W3C}/bbs/derivedRevealDocument.json"))
}

fn bbs_report(document: &Doc) -> Report {
    report_under(document, &Found::default(), &vouching(&bbs_vector(), NOW))
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_vector_of_bbs_holds_and_its_base_is_refused() {
    let derived = bbs_vector();
    let shown = bbs_report(&derived);
    assert_eq!(good(&shown), (Outcome::Pass, "signature-holds"));
    assert_eq!(shown.verdict, Verdict::Valid);
    assert_eq!(shown.check("proof.selective").and_then(|check| check.param("count")), Some("20"));
    let base = Doc::read(&format!("{W3C}/bbs/addSignedSDBase.json"));
    for (code, expected) in [
        (2, (Outcome::Fail, "proof-is-base")),
        (4, (Outcome::Fail, "proof-is-base")),
        (6, (Outcome::Fail, "proof-is-base")),
        (8, (Outcome::Fail, "proof-is-base")),
        (1, (Outcome::Fail, "proof-value-malformed")),
        (3, (Outcome::Fail, "proof-value-malformed")),
        (5, (Outcome::Unknown, "proof-feature-unsupported")),
        (7, (Outcome::Unknown, "proof-feature-unsupported")),
        (9, (Outcome::Unknown, "proof-feature-unsupported")),
    ] {
        let mut bytes = proof_bytes(&base);
        bytes[2] = code;
        assert_eq!(good(&bbs_report(&with_proof_bytes(&base, &bytes))), expected, "{code}");
    }
    let mut found = Found::default();
    found.engines = Engines::NONE.with_more();
    let report = report_under(&derived, &found, &vouching(&derived, NOW));
    assert_eq!(good(&report), (Outcome::Unknown, "part-not-loaded"));
    assert_eq!(report.check("proof.any-good").and_then(|check| check.param("part")), Some("pairing"));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_hashes_are_those_of_the_vector() {
    let derived = bbs_vector();
    let document = derived.0.as_object().expect("an object").without("proof");
    let options = derived.get("/proof").and_then(Value::as_object).expect("a proof").clone();
    let proof = selective::read_bbs(&proof_bytes(&derived)[3..]).expect("it is well-formed");
    let found = Found::default();
    let statements = selective::statements(
        &mut Unsecured::new(&document, &found),
        &Signed::new(&options),
        &proof.selection,
        &Profile::PREFERRED,
        &mut Budget::full(),
    );
    let statements = statements.expect("it can be read");
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let hashes = Doc::read(&format!("{W3C}/bbs/addHashData.json"));
    let expected = |name: &str| hashes.get(name).and_then(Value::as_str).expect("a hash").to_owned();
    assert_eq!(hex(&statements.proof_hash), expected("/proofHash"));
    assert_eq!(hex(&statements.mandatory_hash), expected("/mandatoryHash"));
    let disclosed = Doc::read(&format!("{W3C}/bbs/derivedDisclosureData.json"));
    assert_eq!(Some(hex(&proof.proof).as_str()), disclosed.get("/bbsProof").and_then(Value::as_str));
    assert_eq!((proof.places, proof.presentation_header), (vec![3, 4, 5, 8, 9, 10], vec![17, 51, 119, 170]));
    assert_eq!((statements.mandatory, statements.others.len()), (14, 6));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn no_forged_bbs_proof_holds() {
    let document = bbs_vector();
    for (place, to) in [
        ("/credentialSubject/sails/0/year", "2024"),
        ("/credentialSubject/sailNumber", r#""Earth102""#),
        ("/credentialSubject/boards/1/boardName", r#""Mine""#),
        ("/credentialSubject/owner", r#""me""#),
        ("/validUntil", r#""2099-01-01T00:00:00Z""#),
        ("/proof/created", r#""2023-08-15T23:36:39Z""#),
    ] {
        let mut altered = document.clone();
        altered.put(place, value(to));
        assert_eq!(good(&bbs_report(&altered)).0, Outcome::Fail, "{place}");
    }
    let mut without = document.clone();
    without.take("/credentialSubject/boards/0/brand");
    assert_eq!(good(&bbs_report(&without)), (Outcome::Fail, "selection-does-not-fit"));

    let sound = proof_bytes(&document);
    let holds = |bytes: &[u8]| good(&bbs_report(&with_proof_bytes(&document, bytes))).0;
    assert_eq!(holds(&sound), Outcome::Pass);
    // Each of the parts after the proof itself: labels, places, the presentation header.
    let after = sound.len() - 45;
    for place in (3..after).step_by(23).chain(after..sound.len()) {
        let mut bent = sound.clone();
        bent[place] ^= 1 << (place % 3);
        assert_eq!(holds(&bent), Outcome::Fail, "byte {place}");
    }
    // A place moved among the hidden ones, and the header the holder answered.
    let places = sound.len() - 12;
    assert_eq!(&sound[places..], [0x86, 3, 4, 5, 8, 9, 10, 0x44, 17, 51, 119, 170]);
    for (at, to) in [(places + 1, 2), (places + 6, 11), (places + 6, 23), (places + 8, 18)] {
        let mut bent = sound.clone();
        bent[at] = to;
        assert_eq!(holds(&bent), Outcome::Fail, "{at}");
    }
    // Points that are none, or nothing at all, and numbers beyond the order.
    let proof = 7;
    let points = |fill: &dyn Fn(&mut [u8])| {
        let mut bent = sound.clone();
        fill(&mut bent[proof..proof + 144]);
        holds(&bent)
    };
    let identity = |point: &mut [u8]| {
        point.fill(0);
        point[0] = 0xc0;
    };
    assert_eq!(points(&|points| points.chunks_mut(48).for_each(identity)), Outcome::Fail);
    assert_eq!(points(&|points| identity(&mut points[..48])), Outcome::Fail);
    assert_eq!(points(&|points| points.fill(0xff)), Outcome::Fail);
    let mut great = sound.clone();
    great[proof + 144..proof + 176].fill(0xff);
    assert_eq!(holds(&great), Outcome::Fail);
    // Another key, vouched for or not.
    let mut other = document.clone();
    let keys = Doc::read("tests/vectors/02-w3c-data-integrity/bbs/derivedRevealDocument.json");
    let method = keys.get("/proof/verificationMethod").and_then(Value::as_str).expect("a method");
    let mut key = bs58::decode(&method.rsplit('z').next().expect("a key")).into_vec().expect("base58");
    let last = key.len() - 1;
    key[last] ^= 1;
    let key = format!("z{}", bs58::encode(key).into_string());
    other.put("/proof/verificationMethod", string(&format!("did:key:{key}#{key}")));
    assert_ne!(good(&bbs_report(&other)).0, Outcome::Pass);
    let own = report_under(&other, &Found::default(), &vouching(&other, NOW));
    assert_eq!(good(&own).0, Outcome::Fail);
    // A holder may derive a proof of fewer statements than the document has: the last one is then nobody's.
    let mut found = Found::default();
    found.engines = Engines::NONE.with_more().with(part::PAIRING, Rc::new(|_| Some(vec![0x6d])));
    let whole = report_under(&document, &found, &vouching(&document, NOW));
    assert_eq!(good(&whole), (Outcome::Pass, "signature-holds"), "whatever the proof, it is said to hold");
    let mut fewer = sound[..places].to_vec();
    fewer.extend([0x85, 3, 4, 5, 8, 9, 0x44, 17, 51, 119, 170]);
    let fewer = report_under(&with_proof_bytes(&document, &fewer), &found, &vouching(&document, NOW));
    assert_eq!(good(&fewer), (Outcome::Fail, "selection-does-not-fit"));
    // More hidden messages than are worked through; none of them is looked at.
    let mut many = sound[..3].to_vec();
    let count = 600;
    many.extend([0x85, 0x59]);
    many.extend(u16::try_from(272 + count * 32).expect("small").to_be_bytes());
    many.extend(vec![1; 272 + count * 32]);
    many.extend(&sound[proof + 528..]);
    assert_eq!(good(&bbs_report(&with_proof_bytes(&document, &many))), (Outcome::Unknown, "limit-reached"));
    // A key of another kind.
    let issuer = Issuer::of("issuer");
    let mut ed25519 = document.clone();
    ed25519.put("/proof/verificationMethod", string(&issuer.did_key().1));
    let report = report_under(&ed25519, &Found::default(), &vouching(&ed25519, NOW));
    assert_eq!(good(&report), (Outcome::Fail, "key-type-not-of-suite"));
}
