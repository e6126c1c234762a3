//! Real signed credentials, renamed and restructured by a forger who has no key.
//!
//! Most of these leave every signed statement as it was, so that the signature goes on holding; the
//! test says so where that is the point. What is shown must then be what was signed: a revoked
//! credential stays revoked, an expired one expired, with the same facts, or it is not relied on.

mod attack;
mod own;
mod support;

use attack::table::{ATTACKS, Then};
use attack::{
    ALIGNMENTS, ANDAMIO, BOTH, EXPIRED, REVOKED, doc, holds, is_no_better, no_better, own_doc, own_network,
    signed, turned,
};
use own::edit::{Doc, object, string, value};
use own::signer::{Issuer, Suite};
use own::{network, report};
use verify_credential::codec::json::Value;
use verify_credential::need::Found;
use verify_credential::report::{Headline, Outcome};

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn no_restructuring_makes_a_credential_better() {
    let found = network();
    let mut complaints = Vec::new();
    for (name, file, attack, then) in ATTACKS {
        let mut doc = doc(file);
        let honest = report(&doc.bytes(), &found);
        attack(&mut doc);
        let attacked = report(&doc.bytes(), &found);
        let is_relied_on = !matches!(
            attacked.headline,
            Headline::DoNotRely | Headline::NotFullyChecked | Headline::Unreadable
        );
        let is_right = is_no_better(&honest, &attacked)
            && match then {
                Then::Foreign => holds(&attacked) && !is_relied_on,
                Then::Same => holds(&attacked) && is_relied_on,
                Then::Refused => !is_relied_on,
            };
        if !is_right {
            let why: Vec<(&str, &str, &str)> = attacked
                .checks
                .iter()
                .filter(|check| matches!(check.outcome, Outcome::Fail | Outcome::Unknown))
                .map(|check| (check.id, check.reason, check.at.as_str()))
                .collect();
            complaints.push(format!(
                "{name}: {:?} then {:?}, holds {}, expected {then:?}; {why:?}",
                honest.headline,
                attacked.headline,
                holds(&attacked)
            ));
        }
    }
    assert!(complaints.is_empty(), "{}\n{}", complaints.len(), complaints.join("\n"));
    assert!(ATTACKS.len() >= 60, "{}", ATTACKS.len());
}

/// Reverses every array, one at a time, but the contexts and what is an ordered list.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn shuffling_a_set_changes_nothing_that_is_shown() {
    shuffle(&[], &["names-in-languages"]);
    shuffle(&[REVOKED, BOTH, ANDAMIO], &[]);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn shuffling_a_set_of_namesakes_changes_nothing_that_is_shown() {
    shuffle(&[ALIGNMENTS], &["results-unordered", "results-by-points", "in-force"]);
}

fn shuffle(real: &[&str], ours: &[&str]) {
    let found = network();
    let of_real = real.iter().map(|file| (doc(file), &found));
    let own_found = own_network();
    let of_ours = ours.iter().map(|name| (own_doc(name), &own_found));
    for (original, found) in of_real.chain(of_ours) {
        let honest = report(&original.bytes(), found);
        assert!(holds(&honest));
        for place in original.values() {
            let is_list = place.contains("@context") || place.ends_with("allowedValue");
            if is_list || !matches!(original.get(&place), Some(Value::Array(items)) if items.len() > 1) {
                continue;
            }
            let mut doc = original.clone();
            doc.put(&place, turned(&original, &place));
            let attacked = report(&doc.bytes(), found);
            assert!(holds(&attacked), "{place}");
            assert_eq!(attacked.headline, honest.headline, "{place}");
            assert_eq!(attacked.credential, honest.credential, "{place}");
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_root_cannot_be_moved_to_another_credential() {
    let (did, _) = Issuer::of("issuer.example").did_key();
    // A credential with an endorsement of itself inside, by the same issuer: the endorsed one expired.
    let mut whole = own_doc("did-key");
    whole.put("/validUntil", string("2026-02-01T00:00:00Z"));
    let id = whole.get("/id").cloned().expect("it has an id");
    let endorsement = object(&[
        ("id", string("urn:test:endorsement")),
        ("type", value(r#"["VerifiableCredential", "EndorsementCredential"]"#)),
        ("issuer", string(&did)),
        ("validFrom", string("2026-01-15T09:00:00Z")),
        ("credentialSubject", object(&[("id", id), ("type", string("EndorsementSubject"))])),
    ]);
    whole.put("/endorsement", endorsement);
    let whole = signed(&whole, Suite::Rdfc, &[]);
    let honest = report(&whole.bytes(), &Found::default());
    assert!(holds(&honest));
    // The same quads with the endorsement on top, and what it endorses hanging from its subject.
    let mut inner = whole.clone();
    let context = inner.take("/@context");
    let proof = inner.take("/proof");
    let mut outer = Doc(inner.take("/endorsement"));
    inner.put("/endorsement", object(&[("id", string("urn:test:endorsement"))]));
    for name in
        ["type", "id", "issuer", "validFrom", "validUntil", "name", "credentialSubject", "endorsement"]
    {
        if let Some(member) = inner.get(&format!("/{name}")).cloned() {
            match (name, outer.get("/credentialSubject/type").cloned()) {
                ("type", Some(kind)) => {
                    let Value::Array(mut kinds) = member else { panic!("types are an array") };
                    kinds.push(kind);
                    outer.put("/credentialSubject/type", Value::Array(kinds));
                }
                _ => outer.put(&format!("/credentialSubject/{name}"), member),
            }
        }
    }
    outer.put("/@context", context);
    outer.put("/proof", proof);
    let attacked = report(&outer.bytes(), &Found::default());
    assert!(holds(&attacked), "the quads are the same");
    assert_eq!(attacked.headline, Headline::DoNotRely);
}

/// JSON numbers are signed by their value: under JCS another spelling of it is no other fact.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_number_is_shown_by_its_value() {
    for (written, respelled) in
        [("4", "4.00000000000000000001"), ("12345678901234567", "12345678901234568"), ("50", "5e1")]
    {
        let mut document = own_doc("did-key");
        document.put("/credentialSubject/creditsEarned", value("0"));
        document.put("/credentialSubject/creditsEarned", value(written));
        let document = signed(&document, Suite::Jcs, &[]);
        let pretty = own::edit::pretty(&document.0);
        let honest = report(pretty.as_bytes(), &Found::default());
        let forged = pretty
            .replace(&format!("\"creditsEarned\": {written}"), &format!("\"creditsEarned\": {respelled}"));
        assert_ne!(pretty, forged);
        let attacked = report(forged.as_bytes(), &Found::default());
        assert!(holds(&honest) && holds(&attacked), "{respelled}");
        no_better(respelled, &honest, &attacked);
    }
}

/// Text that a strict reader and a lax one read differently.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn members_written_twice_are_refused() {
    let found = network();
    let text = String::from_utf8(doc(REVOKED).bytes()).expect("it is text");
    for member in [
        r#""credentialStatus":{}"#,
        r#""name":"Surgery""#,
        r#""\u006eame":"Surgery""#,
        r#""credentialSubject":{}"#,
    ] {
        for forged in [
            text.replacen('{', &format!("{{{member},"), 1),
            format!("{},{member}}}", &text[..text.len() - 1]),
        ] {
            assert_eq!(report(forged.as_bytes(), &found).headline, Headline::DoNotRely, "{member}");
        }
    }
}

/// Another signature beside a good one adds nothing, and takes nothing away.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_second_proof_changes_nothing_that_is_shown() {
    let found = network();
    for file in [REVOKED, EXPIRED, ALIGNMENTS] {
        let mut original = doc(file);
        let honest = report(&original.bytes(), &found);
        let proof = original.take("/proof");
        let Value::Array(first) =
            (if let Value::Array(_) = proof { proof } else { Value::Array(vec![proof]) })
        else {
            panic!("an array was made")
        };
        let mallory = Issuer::of("somebody else");
        for suite in [Suite::Rdfc, Suite::Jcs, Suite::Of2020] {
            let method = mallory.did_key().1;
            let more = mallory.proof(&original.0, suite, &method, &[]);
            for before in [true, false] {
                let mut proofs = first.clone();
                proofs.insert(if before { 0 } else { proofs.len() }, more.clone());
                let mut doc = original.clone();
                doc.put("/proof", Value::Array(proofs));
                let attacked = report(&doc.bytes(), &found);
                assert!(holds(&attacked), "{file}");
                assert_eq!(attacked.headline, honest.headline, "{file}");
                assert_eq!(attacked.credential, honest.credential, "{file}");
            }
            // A proof of the forger's that is good, over a document whose good proof is not.
            let mut changed = original.clone();
            changed.put("/credentialSubject/achievement/name", string("Surgery"));
            let more = mallory.proof(&changed.0, suite, &method, &[]);
            let proofs: Vec<Value> = first.iter().cloned().chain([more]).collect();
            changed.put("/proof", Value::Array(proofs));
            let attacked = report(&changed.bytes(), &found);
            assert_eq!(attacked.headline, Headline::DoNotRely, "{file}");
            assert!(attacked.credential.is_none(), "{file}");
        }
    }
}

/// Under JCS what follows the proof's contexts is signed by nobody.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn contexts_beyond_those_of_a_jcs_proof_change_nothing() {
    let found = own_network();
    let original = own_doc("results-in-text-order");
    let honest = report(&original.bytes(), &found);
    assert_eq!(honest.headline, Headline::Verified);
    for context in [
        r#"{"name":"https://forger.example/#n"}"#,
        r#"{"validUntil":null}"#,
        r#"{"@vocab":"https://forger.example/#"}"#,
        r#"{"@language":"en"}"#,
        r#""https://www.w3.org/ns/credentials/undefined-terms/v2""#,
        r#""https://forger.example/context""#,
        "null",
        "{}",
    ] {
        let mut doc = original.clone();
        doc.add_context(value(context));
        no_better(context, &honest, &report(&doc.bytes(), &found));
    }
    for place in original.values().iter().filter(|place| !place.starts_with("/@context")) {
        let mut doc = original.clone();
        doc.take(place);
        no_better(place, &honest, &report(&doc.bytes(), &found));
    }
}
