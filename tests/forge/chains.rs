//! Chains of proofs with links taken out or exchanged, and ECDSA under Data Integrity.

use verify_credential::codec::json::Value;

use super::scene::{DID, METHOD, badge, forger, ours, with};
use super::{Case, forged, sound};
use crate::own::edit::{Doc, string};
use crate::own::signer::{Issuer, Suite};

const SIGNATURE: &str = "proof.any-good";
const ONE: &str = "proof.signature";
const FIRST: &str = "urn:uuid:f0f0f0f0-0000-4000-8000-0000000000c1";
const SECOND: &str = "urn:uuid:f0f0f0f0-0000-4000-8000-0000000000c2";

pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        sound("sound-chain", "Nothing: the issuer signed a witness's proof too.", "verified").json(&chain()),
    ];
    cases.extend(chains());
    cases.extend(curves());
    cases
}

/// The proof of a witness, whose key is not the issuer's, and the issuer's over it.
fn chain() -> Value {
    let (first, second) = links(&badge(DID));
    with(badge(DID), &[("proof", Value::Array(vec![first, second]))])
}

fn links(document: &Value) -> (Value, Value) {
    let (_, method) = forger().did_key();
    let first = forger().proof(document, Suite::Rdfc, &method, &[("id", string(FIRST))]);
    let options = [("id", string(SECOND)), ("previousProof", string(FIRST))];
    let second = ours().proof_after(document, Suite::Rdfc, METHOD, &options, std::slice::from_ref(&first));
    (first, second)
}

fn chains() -> Vec<Case> {
    let of = |name, defect, change: &dyn Fn(&mut Doc)| {
        let mut doc = Doc(chain());
        change(&mut doc);
        forged(name, "sound-chain", defect).json(&doc.0)
    };
    let (another, _) = links(&with(badge(DID), &[("name", string("Another badge"))]));
    vec![
        of("chain-without-its-first", "The witness's proof was taken out.", &|doc| {
            doc.take("/proof/0");
        })
        .fails(SIGNATURE, "previous-proof-missing"),
        of("chain-without-its-last", "The issuer's proof was taken out: a witness is no issuer.", &|doc| {
            doc.take("/proof/1");
        })
        .fails("issuer.controls-key", "key-not-published"),
        of(
            "chain-without-its-link",
            "The issuer's proof no longer says that it builds on another.",
            &|doc| {
                doc.take("/proof/1/previousProof");
            },
        )
        .fails(ONE, "signature-does-not-match")
        .fails("issuer.controls-key", "key-not-published"),
        of("chain-with-an-altered-first", "The witness's proof was altered.", &|doc| {
            doc.put("/proof/0/created", string("2020-01-01T00:00:00Z"));
        })
        .fails(SIGNATURE, "signature-does-not-match")
        .fails(ONE, "signature-does-not-match")
        .fails("issuer.controls-key", "key-not-published"),
        of("chain-with-another-first", "The witness's proof is of another badge.", &|doc| {
            doc.put("/proof/0", another.clone());
        })
        .fails(SIGNATURE, "signature-does-not-match")
        .fails(ONE, "signature-does-not-match")
        .fails("issuer.controls-key", "key-not-published"),
        of("chain-with-two-firsts", "Two proofs have the name of the first.", &|doc| {
            doc.put("/proof/-", another.clone());
        })
        .fails(ONE, "previous-proof-ambiguous")
        .fails(ONE, "signature-does-not-match")
        .fails("issuer.controls-key", "key-not-published"),
        of("chain-in-a-circle", "Each proof builds on the other.", &|doc| {
            doc.put("/proof/0/previousProof", string(SECOND));
        })
        .fails(ONE, "signature-does-not-match")
        .fails(SIGNATURE, "signature-does-not-match")
        .fails("issuer.controls-key", "key-not-published"),
        of("chain-to-itself", "The issuer's proof builds on itself.", &|doc| {
            doc.put("/proof/1/previousProof", string(SECOND));
        })
        .fails(ONE, "signature-does-not-match")
        .fails("issuer.controls-key", "key-not-published"),
        of("chain-link-as-full-iri", "The link stands under the IRI of its term.", &|doc| {
            doc.put("/proof/1/previousProof", crate::own::edit::object(&[("@id", string(FIRST))]));
            doc.rename("/proof/1/previousProof", "https://w3id.org/security#previousProof");
        })
        .fails(ONE, "previous-proof-not-signed")
        .fails("issuer.controls-key", "key-not-published"),
    ]
}

fn curves() -> Vec<Case> {
    let (p256, p384) = (Issuer::p256("issuer.example"), Issuer::p384("issuer.example"));
    let by = |issuer: &Issuer, suite| {
        let (did, method) = issuer.did_key();
        issuer.sign(&badge(&did), suite, &method, &[])
    };
    let good = |name, what, document: Value| sound(name, what, "genuine-issuer-unconfirmed").json(&document);
    let with_signature = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut doc = Doc(by(&p256, Suite::Rdfc));
        let text = doc.get("/proof/proofValue").and_then(Value::as_str).expect("a signature").to_owned();
        let mut bytes = bs58::decode(&text[1..]).into_vec().expect("base58");
        change(&mut bytes);
        doc.put("/proof/proofValue", string(&format!("z{}", bs58::encode(bytes).into_string())));
        doc.0
    };
    let of = |name, defect, document: Value| forged(name, "sound-ecdsa", defect).json(&document);
    let mismatch = |name, defect, change: &dyn Fn(&mut Vec<u8>)| {
        of(name, defect, with_signature(change)).fails(SIGNATURE, "signature-does-not-match")
    };
    let suite = |document: Value, suite: &str| {
        let mut doc = Doc(document);
        doc.put("/proof/cryptosuite", string(suite));
        doc.0
    };
    let (did, method) = ours().did_key();
    let ed25519 = ours().sign(&badge(&did), Suite::Rdfc, &method, &[]);
    vec![
        good("sound-ecdsa", "Nothing: ecdsa-rdfc-2019 over P-256.", by(&p256, Suite::Rdfc)),
        good("sound-ecdsa-p384", "Nothing: ecdsa-rdfc-2019 over P-384.", by(&p384, Suite::Rdfc)),
        good("sound-ecdsa-jcs", "Nothing: ecdsa-jcs-2019 over P-256.", by(&p256, Suite::Jcs)),
        mismatch("ecdsa-proof-r-is-nought", "r is nought.", &|signature| signature[..32].fill(0)),
        mismatch("ecdsa-proof-s-is-nought", "s is nought.", &|signature| signature[32..].fill(0)),
        mismatch("ecdsa-proof-out-of-range", "r and s are larger than the order.", &|signature| {
            signature.fill(0xff)
        }),
        mismatch("ecdsa-proof-longer", "A byte follows s.", &|signature| signature.push(0)),
        of(
            "ecdsa-suite-with-ed25519",
            "The suite says ECDSA, the key is Ed25519.",
            suite(ed25519, "ecdsa-rdfc-2019"),
        )
        .fails(SIGNATURE, "key-type-not-of-suite"),
        of(
            "eddsa-suite-with-p256",
            "The suite says EdDSA, the key is P-256.",
            suite(by(&p256, Suite::Rdfc), "eddsa-rdfc-2022"),
        )
        .fails(SIGNATURE, "key-type-not-of-suite"),
        forged("ecdsa-text-as-quads", "sound-ecdsa-jcs", "The suite was exchanged for one that signs quads.")
            .json(&suite(by(&p256, Suite::Jcs), "ecdsa-rdfc-2019"))
            .fails(SIGNATURE, "signature-does-not-match"),
    ]
}
