//! Keys: whose they are, what they are for, and keys that are none.

use std::ops::{Add, Mul};

use sha2::{Digest, Sha512};
use verify_credential::codec::json::Value;

use super::scene::{
    DID, METHOD, badge, did_document, forger, network_with, ours, resources, signed, sound_document,
};
use super::{Case, forged};
use crate::own::edit::{Doc, string, value};
use crate::own::signer::Suite;

const BINDING: &str = "issuer.controls-key";

pub fn cases() -> Vec<Case> {
    let (_, forgers_method) = forger().did_key();
    let far = "did:web:forger.example#key-1";
    let far_document = did_document("did:web:forger.example", &forger(), "assertionMethod");
    let of_web = |name, defect| forged(name, "sound-did-web", defect);
    let published = |document: Value| network_with(DID, document);
    let mut controlled = Doc(sound_document());
    controlled.put("/verificationMethod/0/controller", string("did:web:forger.example"));
    let mut withdrawn = Doc(sound_document());
    withdrawn.put("/verificationMethod/0/revoked", string("2026-02-01T00:00:00Z"));
    let mut two_ways = Doc(sound_document());
    two_ways.put("/verificationMethod/0/publicKeyJwk", value(&forger().jwk()));
    let mut private = Doc(sound_document());
    private.take("/verificationMethod/0/publicKeyMultibase");
    let with_secret = ours().jwk().replace('}', r#","d":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#);
    private.put("/verificationMethod/0/publicKeyJwk", value(&with_secret));
    let mut cases = vec![
        of_web("key-not-published", "Signed by a did:key that the issuer does not publish.")
            .json(&forger().sign(&badge(DID), Suite::Rdfc, &forgers_method, &[]))
            .fails(BINDING, "key-not-published"),
        of_web("key-under-the-issuers-name", "Signed by another key, called by the name of the issuer's.")
            .json(&forger().sign(&badge(DID), Suite::Rdfc, METHOD, &[]))
            .fails("proof.any-good", "signature-does-not-match"),
        of_web("key-at-another-host", "The method stands at another host, which publishes the key.")
            .json(&forger().sign(&badge(DID), Suite::Rdfc, far, &[]))
            .resources(network_with("did:web:forger.example", far_document))
            .fails(BINDING, "key-not-published"),
        of_web("key-under-authentication-only", "The issuer has this key to log in, not to assert.")
            .json(&signed(&badge(DID)))
            .resources(published(did_document(DID, &ours(), "authentication")))
            .fails(BINDING, "key-not-for-assertion"),
        of_web("key-of-another-controller", "The document lists a key that somebody else controls.")
            .json(&signed(&badge(DID)))
            .resources(published(controlled.0))
            .fails(BINDING, "key-of-another-controller"),
        of_web("key-withdrawn", "The issuer revoked the key before now.")
            .json(&signed(&badge(DID)))
            .resources(published(withdrawn.0))
            .fails(BINDING, "key-withdrawn"),
        of_web("key-in-two-ways", "The document gives the key twice, and differently.")
            .json(&signed(&badge(DID)))
            .resources(published(two_ways.0))
            .fails(BINDING, "key-malformed"),
        of_web("key-with-its-secret", "The document gives the private key away.")
            .json(&signed(&badge(DID)))
            .resources(published(private.0))
            .fails(BINDING, "key-malformed"),
        of_web("key-of-the-holder", "The issuer's document refers to a key of another DID.")
            .json(&forger().sign(&badge(DID), Suite::Rdfc, &forgers_method, &[]))
            .resources(published(refers_to(&forgers_method)))
            .fails(BINDING, "key-not-published"),
        forged(
            "key-of-somebody-else-by-bare-did",
            "sound-did-key",
            "The method is the bare DID of another key.",
        )
        .json(&forger().sign(&badge(&ours().did_key().0), Suite::Rdfc, &forger().did_key().0, &[]))
        .fails(BINDING, "key-not-published"),
        forged("key-not-vouched-for", "sound-vouched", "Signed by another key than the caller vouches for.")
            .json(&forger().sign(&badge("https://issuer.example/profile"), Suite::Rdfc, &forgers_method, &[]))
            .vouching("https://issuer.example/profile", &ours().multikey())
            .fails(BINDING, "key-not-vouched-for"),
        of_web("issuer-document-missing", "What the issuer publishes is not at hand.")
            .json(&signed(&badge(DID)))
            .resources(resources(&[], &[]))
            .unknown(BINDING, "issuer-document-not-fetched")
            .not_fully_checked(),
    ];
    cases.extend(curve());
    cases
}

/// The issuer's document, with a reference to `method` instead of a key.
fn refers_to(method: &str) -> Value {
    let mut document = Doc(sound_document());
    document.put("/assertionMethod", Value::Array(vec![string(method)]));
    document.0
}

/// What lax readers of RFC 8032 let pass.
fn curve() -> Vec<Case> {
    let mut identity = [0; 32];
    identity[0] = 1;
    // y = p + 1, another spelling of the identity.
    let mut padded = [0xff; 32];
    padded[0] = 0xee;
    padded[31] = 0x7f;
    // With the identity as key and nonce, and nothing as the rest, R + hA = sB for every text.
    let for_everything = [identity, [0; 32]].concat();
    let of_key = |name, defect| forged(name, "sound-did-key", defect);
    let by = |key: [u8; 32]| {
        let multikey = multikey(&key);
        let did = format!("did:key:{multikey}");
        with_signature(&unsigned(&did, &format!("{did}#{multikey}")), &for_everything)
    };
    let (did, method) = ours().did_key();
    let draft = unsigned(&did, &method);
    let honest = Doc(ours().sign(&badge(&did), Suite::Rdfc, &method, &[]));
    let signature = decoded(honest.get("/proof/proofValue").and_then(Value::as_str).expect("a signature"));
    vec![
        of_key("ed25519-key-of-small-order", "The key is the identity: one signature fits every text.")
            .json(&by(identity))
            .fails("proof.any-good", "key-malformed"),
        of_key("ed25519-key-not-canonical", "The key is the identity, spelled as p + 1.")
            .json(&by(padded))
            .fails("proof.any-good", "key-malformed"),
        of_key("ed25519-s-not-reduced", "The order of the group was added to s.")
            .json(&with_signature(&draft, &plus_order(&signature)))
            .fails("proof.any-good", "signature-does-not-match"),
        of_key("ed25519-nonce-of-small-order", "R is the identity; the cofactorless equation holds.")
            .json(&with_signature(&draft, &without_nonce(&draft, &identity)))
            .fails("proof.any-good", "signature-does-not-match"),
        of_key("ed25519-signature-cut", "The signature has 63 bytes.")
            .json(&with_signature(&draft, &signature[..63]))
            .fails("proof.any-good", "signature-does-not-match"),
        of_key("ed25519-signature-longer", "The signature has 65 bytes.")
            .json(&with_signature(&draft, &[&signature[..], &[0]].concat()))
            .fails("proof.any-good", "signature-does-not-match"),
    ]
}

fn multikey(key: &[u8; 32]) -> String {
    format!("z{}", bs58::encode([&[0xed, 0x01][..], key].concat()).into_string())
}

/// A badge of `did` with a proof that nobody made.
fn unsigned(did: &str, method: &str) -> Doc {
    Doc(ours().sign(&badge(did), Suite::Rdfc, method, &[]))
}

fn with_signature(draft: &Doc, signature: &[u8]) -> Value {
    let mut doc = draft.clone();
    doc.put("/proof/proofValue", string(&format!("z{}", bs58::encode(signature).into_string())));
    doc.0
}

fn decoded(signature: &str) -> Vec<u8> {
    bs58::decode(signature.strip_prefix('z').expect("base58")).into_vec().expect("base58")
}

fn plus_order(signature: &[u8]) -> Vec<u8> {
    let mut out = signature.to_vec();
    let order = *b"\xed\xd3\xf5\x5c\x1a\x63\x12\x58\xd6\x9c\xf7\xa2\xde\xf9\xde\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x10";
    let mut carry = 0;
    for (byte, add) in out[32..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    out
}

/// A signature with the nonce nought, made by the owner of the key: R is the identity and s is h·a.
fn without_nonce(draft: &Doc, identity: &[u8; 32]) -> Vec<u8> {
    let message = crate::own::signer::hash_data_of(&draft.0);
    let issuer = ours();
    let key = issuer.signing_key();
    let hash = Sha512::new().chain_update(identity).chain_update(key.verifying_key().as_bytes());
    let secret = key.to_scalar();
    let s = modulo_order(secret, &hash.chain_update(&message).finalize()) * secret;
    [&identity[..], &s.to_bytes()].concat()
}

/// `bytes` as a number, the least first, of the type that `like` has.
fn modulo_order<S: Copy + From<u64> + Add<Output = S> + Mul<Output = S>>(_: S, bytes: &[u8]) -> S {
    let base = S::from(256);
    bytes.iter().rev().fold(S::from(0), |sum, byte| sum * base + S::from(u64::from(*byte)))
}
