//! A badge of the test issuer, what stands at addresses beside it, and lists of every kind.

#![allow(dead_code, reason = "each test crate uses its own part")]

use std::rc::Rc;

use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};
use verify_credential::codec::base64url;
use verify_credential::codec::inflate::crc32;
use verify_credential::codec::json::Value;
use verify_credential::need::{Answer, Found};
use verify_credential::report::{Check, Report};

use crate::own::edit::{Doc, value};
use crate::own::signer::{Issuer, Suite};
use crate::own::token::token;
use crate::own::{self, report};
use crate::support;

pub const DID: &str = "did:web:issuer.example";
pub const METHOD: &str = "did:web:issuer.example#key-1";
pub const LIST: &str = "https://issuer.example/status/list";
pub const ID: &str = "urn:uuid:f0f0f0f0-0000-4000-8000-000000000001";
pub const V1: &str = "https://www.w3.org/2018/credentials/v1";
pub const V2: &str = "https://www.w3.org/ns/credentials/v2";
pub const PROOFS: &str = "https://w3id.org/security/data-integrity/v2";
pub const OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
pub const EXTENSIONS: &str = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";

/// The test issuer.
pub fn issuer() -> Issuer {
    Issuer::of("issuer.example")
}

/// A badge of the test issuer with `members` added, not yet signed.
pub fn badge(members: &[(&str, &str)]) -> Doc {
    let mut doc = Doc(value(&format!(
        r#"{{"@context": ["{V2}", "{OB}", "{EXTENSIONS}"], "id": "{ID}",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": {{"id": "{DID}", "type": ["Profile"], "name": "Test Issuer of verify-credential"}},
            "validFrom": "2026-01-15T09:00:00Z", "name": "Peer review",
            "credentialSubject": {{"id": "did:example:holder", "type": ["AchievementSubject"],
              "achievement": {{"id": "urn:uuid:f0f0f0f0-0000-4000-8000-00000000000a", "type": ["Achievement"],
                "name": "Peer review", "description": "Made to test a verifier.", "criteria": {{"narrative": "Be a test."}}}}}}}}"#
    )));
    for (name, text) in members {
        doc.put(&format!("/{name}"), value(text));
    }
    doc
}

/// `doc` signed by the test issuer, as quads or as text.
pub fn sign(doc: &Doc, suite: Suite) -> Vec<u8> {
    Doc(issuer().sign(&doc.0, suite, METHOD, &[])).bytes()
}

/// What is at hand: the test issuer's document, and `documents` by address, fetched just now.
pub fn at_hand(documents: &[(&str, Vec<u8>)]) -> Found {
    fetched_at(own::NOW, documents)
}

/// What is at hand, fetched then.
pub fn fetched_at(time: i64, documents: &[(&str, Vec<u8>)]) -> Found {
    let mut found = Found::default();
    let mut provide = |url: &str, bytes: Vec<u8>| {
        let answer = Answer::Document { bytes: Rc::from(bytes), read_at: Some(time), pinned: false };
        found.provide(url.to_owned(), answer);
    };
    for (url, bytes) in documents {
        provide(url, bytes.clone());
    }
    let document = support::read("tests/vectors/own/did/issuer.example.json");
    provide("https://issuer.example/.well-known/did.json", document);
    found
}

/// The report on a badge with `status` whose list, or whatever stands in its place, is `list`.
pub fn judged(status: &str, list: impl Into<Vec<u8>>) -> Report {
    let badge = sign(&badge(&[("credentialStatus", status)]), Suite::Rdfc);
    report(&badge, &at_hand(&[(LIST, list.into())]))
}

/// The outcome and reason of a check: `fail status-set`.
pub fn said(report: &Report, id: &str) -> String {
    let check = report.check(id).unwrap_or_else(|| panic!("{id} is there"));
    format!("{} {}", check.outcome.id(), check.reason)
}

/// The only check with this id and reason.
pub fn the<'r>(report: &'r Report, reason: &str) -> &'r Check {
    let found: Vec<&Check> = report.checks.iter().filter(|check| check.reason == reason).collect();
    assert_eq!(found.len(), 1, "{reason} of {:#?}", report.checks);
    found[0]
}

/// Bits, of which those in `set` are, most significant first, as gzip.
pub fn gzipped(bytes: usize, set: &[usize]) -> Vec<u8> {
    let mut bits = vec![0_u8; bytes];
    for index in set {
        bits[index / 8] |= 0x80 >> (index % 8);
    }
    gzip(&bits)
}

/// One member of gzip.
pub fn gzip(content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("a list is small").to_le_bytes();
    let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    [&head[..], &compress_to_vec(content, 9), &crc32(content).to_le_bytes(), &length].concat()
}

/// A StatusList2021 in which 4,242 is set, its bits written as `encode` does.
pub fn list_2021(encode: fn(&[u8]) -> String) -> Doc {
    let encoded = encode(&gzipped(16_384, &[4_242]));
    Doc(value(&format!(
        r##"{{"@context": ["{V1}", "https://w3id.org/vc/status-list/2021/v1", "{PROOFS}"], "id": "{LIST}",
            "type": ["VerifiableCredential", "StatusList2021Credential"], "issuer": "{DID}",
            "issuanceDate": "2026-11-01T00:00:00Z", "credentialSubject": {{"id": "{LIST}#list",
              "type": "StatusList2021", "statusPurpose": "revocation", "encodedList": "{encoded}"}}}}"##
    )))
}

/// A Bitstring list for `purpose` with these bits.
pub fn bitstring(purpose: &str, packed: &[u8]) -> Doc {
    let encoded = base64url::encode(packed);
    Doc(value(&format!(
        r##"{{"@context": ["{V2}"], "id": "{LIST}", "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": "{DID}", "validFrom": "2026-11-01T00:00:00Z", "credentialSubject": {{"id": "{LIST}#list",
              "type": "BitstringStatusList", "statusPurpose": "{purpose}", "encodedList": "u{encoded}"}}}}"##
    )))
}

/// Claims of a token with a list of `values`, each of `bits` bits; `more` members, each with a comma before.
pub fn token_claims(bits: u8, values: &[u8], more: &str) -> String {
    let lst = base64url::encode(&compress_to_vec_zlib(&packed(bits, values), 9));
    format!(
        r#"{{"iss":"{DID}","sub":"{LIST}","iat":1795340000,"status_list":{{"bits":{bits},"lst":"{lst}"}}{more}}}"#
    )
}

/// `values` in bytes, least significant bits first.
pub fn packed(bits: u8, values: &[u8]) -> Vec<u8> {
    let in_byte = usize::from(8 / bits);
    let byte =
        |chunk: &[u8]| chunk.iter().rev().fold(0_u8, |byte, value| (u16::from(byte) << bits) as u8 | value);
    values.chunks(in_byte).map(byte).collect()
}

/// The token of a status list, signed by `key` in the test issuer's name.
pub fn list_token(claims: &str, key: &Issuer) -> String {
    token(&format!(r#"{{"alg":"EdDSA","typ":"statuslist+jwt","kid":"{METHOD}"}}"#), claims, key)
}

/// A plain revocation list with these entries.
pub fn plain_list(entries: &str) -> Vec<u8> {
    format!(r#"{{"id":"{LIST}","issuer":"{DID}","revokedCredentials":[{entries}]}}"#).into_bytes()
}

/// The value at `place` as text.
pub fn text_at<'d>(doc: &'d Doc, place: &str) -> &'d str {
    doc.get(place).and_then(Value::as_str).unwrap_or_default()
}
