//! Proofs: of something else, for something else, at another time, or none.

use verify_credential::codec::json::Value;

use super::scene::{DID, METHOD, badge, badge_with_rubric, forger, ours, signed, with};
use super::{Case, forged};
use crate::own::edit::{Doc, object, string, value};
use crate::own::signer::Suite;

const SIGNATURE: &str = "proof.any-good";

pub fn cases() -> Vec<Case> {
    let mut cases = options();
    cases.extend(several());
    cases.extend(order());
    cases
}

fn of_web(name: &'static str, defect: &'static str) -> Case {
    forged(name, "sound-did-web", defect)
}

fn options() -> Vec<Case> {
    let with_option =
        |name: &str, value: Value| ours().sign(&badge(DID), Suite::Rdfc, METHOD, &[(name, value)]);
    let edited = |change: &dyn Fn(&mut Doc)| {
        let mut doc = Doc(signed(&badge(DID)));
        change(&mut doc);
        doc.0
    };
    let sibling = Doc(signed(&with(badge(DID), &[("name", string("Another badge"))])));
    let other = sibling.get("/proof").cloned().expect("it is signed");
    vec![
        of_web("proof-of-a-sibling", "The proof was copied from another badge of the issuer.")
            .json(&edited(&|doc| doc.put("/proof", other.clone())))
            .fails(SIGNATURE, "signature-does-not-match"),
        of_web("proof-taken-out", "It is not signed.").json(&badge(DID)).fails(SIGNATURE, "not-signed"),
        of_web("proof-of-nothing", "Its list of proofs is empty.")
            .json(&edited(&|doc| doc.put("/proof", Value::Array(Vec::new()))))
            .fails(SIGNATURE, "not-signed"),
        of_web("proof-for-authentication", "The signature was made to log in.")
            .json(&with_option("proofPurpose", string("authentication")))
            .fails("proof.purpose", "purpose-is-other"),
        of_web("proof-expired", "The signature was good until before now.")
            .json(&with_option("expires", string("2026-06-01T00:00:00Z")))
            .fails("proof.expires", "proof-expired"),
        of_web("proof-from-the-future", "The signature claims to be made after now.")
            .json(&with_option("created", string("2027-01-01T00:00:00Z")))
            .fails("proof.created", "proof-from-the-future"),
        of_web("proof-backdated", "The time of the signature was changed.")
            .json(&edited(&|doc| doc.put("/proof/created", string("2020-01-01T00:00:00Z"))))
            .fails(SIGNATURE, "signature-does-not-match"),
        of_web("proof-of-another-suite", "The suite was exchanged for one that signs text.")
            .json(&edited(&|doc| doc.put("/proof/cryptosuite", string("eddsa-jcs-2022"))))
            .fails(SIGNATURE, "signature-does-not-match"),
        of_web("proof-of-no-known-suite", "The suite is of the forger's invention.")
            .json(&edited(&|doc| doc.put("/proof/cryptosuite", string("trust-me-2026"))))
            .unknown(SIGNATURE, "suite-unsupported")
            .not_fully_checked(),
        of_web("proof-that-says-more", "A word in the proof that nobody signed.")
            .json(&edited(&|doc| doc.put("/proof/approvedBy", string("the ministry"))))
            .fails("document.all-terms-defined", "term-not-signed")
            .hides("the ministry"),
        of_web("proof-purpose-as-full-iri", "The purpose stands under the IRI of its term.")
            .json(&edited(&|doc| {
                doc.take("/proof/proofPurpose");
                let purpose = object(&[("@id", string("https://w3id.org/security#assertionMethod"))]);
                doc.put("/proof/purpose", purpose);
                doc.rename("/proof/purpose", "https://w3id.org/security#proofPurpose");
            }))
            .fails("document.plain-terms", "said-in-a-foreign-way"),
        of_web("proof-with-a-context-of-its-own", "The proof brings a context that renames its words.")
            .json(&edited(&|doc| {
                doc.put("/proof/@context", value(r#"{"when": "http://purl.org/dc/terms/created"}"#));
                doc.put("/proof/when", string("2020-01-01T00:00:00Z"));
            }))
            .fails("document.all-terms-defined", "term-not-signed"),
        of_web("proof-value-in-another-base", "The signature is written in base64url.")
            .json(&edited(&|doc| doc.put("/proof/proofValue", string("uAAAA"))))
            .fails(SIGNATURE, "proof-value-malformed"),
    ]
}

fn several() -> Vec<Case> {
    let (_, method) = forger().did_key();
    let sound = Doc(signed(&badge(DID)));
    let proof = sound.get("/proof").cloned().expect("it is signed");
    let set = |document: Value, proofs: Vec<Value>| with(document, &[("proof", Value::Array(proofs))]);
    let changed = with(badge(DID), &[("name", string("Surgery"))]);
    let forgers = forger().proof(&changed, Suite::Rdfc, &method, &[]);
    let beside = forger().proof(&badge(DID), Suite::Rdfc, &method, &[]);
    let mut broken = Doc(proof.clone());
    broken.put("/created", string("2026-01-15T09:00:01Z"));
    vec![
        forged(
            "proof-of-the-forgers-beside",
            "sound-did-web",
            "A good proof of somebody else, over another text.",
        )
        .json(&set(changed, vec![proof.clone(), forgers]))
        .fails(SIGNATURE, "signature-does-not-match")
        .fails("proof.signature", "signature-does-not-match")
        .hides("Surgery"),
        forged(
            "proof-of-a-stranger-beside",
            "sound-did-web",
            "A stranger signed the same text too; it adds nothing.",
        )
        .json(&set(badge(DID), vec![beside, proof.clone()]))
        .genuine("verified")
        .same_facts(),
        forged(
            "proof-broken-beside",
            "sound-did-web",
            "A broken proof stands beside the good one, and stays visible.",
        )
        .json(&set(badge(DID), vec![proof, broken.0]))
        .genuine("verified")
        .fails("proof.signature", "signature-does-not-match")
        .same_facts(),
    ]
}

/// Order inside a set is signed by no RDF proof.
fn order() -> Vec<Case> {
    let levels = "/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel";
    let reversed = |document: Value| {
        let mut doc = Doc(document);
        let Some(Value::Array(items)) = doc.get(levels).cloned() else { panic!("levels are an array") };
        doc.put(levels, Value::Array(items.into_iter().rev().collect()));
        doc.0
    };
    let contexts = badge(DID).get("@context").cloned().expect("it has contexts");
    let in_text = ours().sign(&badge_with_rubric(), Suite::Jcs, METHOD, &[("@context", contexts)]);
    vec![
        forged("rubric-reversed", "sound-rubric", "The rubric was turned around; no place on it is shown.")
            .json(&reversed(signed(&badge_with_rubric())))
            .genuine("verified")
            .positions(0)
            .same_facts(),
        forged(
            "rubric-reversed-in-text",
            "sound-rubric-in-text",
            "The rubric was turned around under a text proof.",
        )
        .json(&reversed(in_text))
        .fails(SIGNATURE, "signature-does-not-match"),
    ]
}
