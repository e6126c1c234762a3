//! Layer 2. A DID document, reduced to what a verifier needs: keys, and what they are for.
//!
//! Spec: [CID 1.0 §2.2](https://www.w3.org/TR/cid-1.0/#verification-methods). Members are read by
//! their JSON names; a DID document is not signed, its authority is where it was found.

use crate::codec::json::{self, Value};
use crate::codec::{date_time, multibase};
use crate::crypto::key::{KeyProblem, PublishedKey, ed25519, key_from_jwk, key_from_multikey};
use crate::did::Resolution;
use crate::limits::Budget;
use crate::need::{Answer, Found};

/// The keys of one DID document.
#[derive(Clone, Debug)]
pub struct DidDocument {
    /// The DID it is about.
    pub id: String,
    /// Every verification method, wherever it is written.
    pub methods: Vec<VerificationMethod>,
}

/// A key with a name.
#[derive(Clone, Debug)]
pub struct VerificationMethod {
    /// Its full id.
    pub id: String,
    /// Who controls it; none where the document does not say.
    pub controller: Option<String>,
    /// From when on it must not be used, in Unix seconds: the earlier of `revoked` and `expires`. One
    /// that is no time counts as long past.
    pub withdrawn_at: Option<i64>,
    /// Whether it is listed under `assertionMethod`.
    pub for_assertion: bool,
    /// Whether it is listed under `authentication`.
    pub for_authentication: bool,
    /// The key.
    pub key: PublishedKey,
}

/// The document of `did` among what was provided under `address`.
pub fn provided(did: &str, address: &str, found: &Found) -> Resolution {
    match found.answer(address) {
        None => Resolution::Needed(address.to_owned()),
        Some(Answer::Failed(reason)) => Resolution::Unreachable(reason),
        Some(Answer::Document { bytes, .. }) if bytes.len() > BYTES_MAX => {
            Resolution::Unreachable("fetch-too-large")
        }
        // What is no DID document says nothing about the issuer; that of another DID does.
        Some(Answer::Document { bytes, .. }) => match read(did, bytes) {
            Ok(document) => Resolution::Document(document),
            Err("did-document-other-id") => Resolution::Refused("did-document-other-id"),
            Err(reason) => Resolution::Unreachable(reason),
        },
    }
}

/// Reads the document of `did`.
///
/// Errors: `did-document-malformed`, `did-document-other-id`.
fn read(did: &str, bytes: &[u8]) -> Result<DidDocument, &'static str> {
    let document = json::parse(bytes, &mut Budget::full()).map_err(|_| "did-document-malformed")?;
    let id = document.get("id").and_then(Value::as_str).ok_or("did-document-malformed")?;
    if id != did {
        return Err("did-document-other-id");
    }
    // Some real documents list their keys only as objects under the relationship. Of several entries
    // of one name these count, and of these the last.
    let mut methods: Vec<VerificationMethod> = Vec::new();
    let mut references: Vec<String> = Vec::new();
    for entry in set(&document, "assertionMethod").iter().rev() {
        match entry.as_str() {
            Some(reference) => references.push(absolute(did, reference)),
            None => methods.extend(method(did, entry, true)),
        }
    }
    let mut embedded: Vec<String> = methods.iter().map(|method| method.id.clone()).collect();
    references.sort_unstable();
    embedded.sort_unstable();
    for entry in set(&document, "verificationMethod") {
        let listed = method(did, entry, false);
        methods.extend(listed.filter(|method| embedded.binary_search(&method.id).is_err()));
    }
    for method in methods.iter_mut() {
        method.for_assertion |= references.binary_search(&method.id).is_ok();
    }
    // What is written under `authentication` alone comes last, and takes nobody's name.
    for entry in set(&document, "authentication") {
        let listed = match entry.as_str() {
            Some(reference) => Err(absolute(did, reference)),
            None => method(did, entry, false).map_or(Err(String::new()), Ok),
        };
        let id = listed.as_ref().map_or_else(|id| id, |method| &method.id).clone();
        match (methods.iter_mut().find(|method| method.id == id), listed) {
            (Some(known), Err(_)) => known.for_authentication = true,
            (None, Ok(method)) => methods.push(VerificationMethod { for_authentication: true, ..method }),
            _ => {}
        }
    }
    Ok(DidDocument { id: id.to_owned(), methods })
}

fn set<'a>(document: &'a Value, member: &str) -> &'a [Value] {
    document.get(member).map(Value::as_set).unwrap_or_default()
}

fn absolute(did: &str, reference: &str) -> String {
    if reference.starts_with('#') { format!("{did}{reference}") } else { reference.to_owned() }
}

fn method(did: &str, entry: &Value, for_assertion: bool) -> Option<VerificationMethod> {
    let id = absolute(did, entry.get("id").and_then(Value::as_str)?);
    let (controller, key) = match entry.get("controller") {
        None => (None, published_key(entry)),
        Some(Value::String(controller)) => (Some(controller.to_string()), published_key(entry)),
        Some(_) => (None, Err(KeyProblem::Malformed)),
    };
    let withdrawals = ["revoked", "expires"].into_iter().filter_map(|name| entry.get(name));
    let withdrawn_at = withdrawals.map(moment).min();
    let for_authentication = false;
    Some(VerificationMethod { id, controller, withdrawn_at, for_assertion, for_authentication, key })
}

/// A time in Unix seconds; the beginning of time for what is none.
fn moment(value: &Value) -> i64 {
    value.as_str().and_then(date_time::parse).map_or(i64::MIN, |time| time.unix_seconds)
}

/// The key of a verification method, in any of the ways keys are published. Two ways at once
/// are refused: they could disagree.
fn published_key(entry: &Value) -> PublishedKey {
    let multibase = entry.get("publicKeyMultibase").and_then(Value::as_str);
    let jwk = entry.get("publicKeyJwk");
    let base58 = entry.get("publicKeyBase58").and_then(Value::as_str);
    match (multibase, jwk, base58) {
        (Some(text), None, None) => {
            key_from_multikey(&multibase::decode_multikey(text).ok_or(KeyProblem::Malformed)?)
        }
        (None, Some(jwk), None) => key_from_jwk(jwk),
        (None, None, Some(text)) => key_from_base58(entry, text),
        (None, None, None) => Err(KeyProblem::Unsupported),
        _ => Err(KeyProblem::Malformed),
    }
}

/// A bare Ed25519 key as the suites of 2018 wrote it.
fn key_from_base58(entry: &Value, text: &str) -> PublishedKey {
    match entry.get("type").and_then(Value::as_str) {
        Some("Ed25519VerificationKey2018") => {
            let bytes = multibase::decode(&format!("z{text}")).ok_or(KeyProblem::Malformed)?;
            ed25519(&bytes)
        }
        _ => Err(KeyProblem::Unsupported),
    }
}

/// The most bytes a DID document may have: 256,000.
const BYTES_MAX: usize = 256_000;
