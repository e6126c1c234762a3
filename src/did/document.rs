//! Layer 2. A DID document, reduced to what a verifier needs: keys, and what they are for.
//!
//! Spec: [CID 1.0 §2.2](https://www.w3.org/TR/cid-1.0/#verification-methods). Members are read by
//! their JSON names; a DID document is not signed, its authority is where it was found.

use crate::codec::json::{self, Value};
use crate::codec::{date_time, multibase};
use crate::crypto::Engines;
use crate::crypto::key::{KeyProblem, PublishedKey, ed25519, key_from_jwk, key_from_multikey};
use crate::did::Resolution;
use crate::did::legacy_key::legacy_key;
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
        Some(Answer::Document { .. }) if !found.engines.has_net() => Resolution::NotLoaded,
        // What is no DID document says nothing about the issuer; that of another DID does.
        Some(Answer::Document { bytes, .. }) => match read(did, bytes, &found.engines) {
            Ok(document) => Resolution::Document(document),
            Err("did-document-other-id") => Resolution::Refused("did-document-other-id"),
            Err(reason) => Resolution::Unreachable(reason),
        },
    }
}

/// Reads the document of `did`.
///
/// Errors: `did-document-malformed`, `did-document-other-id`. Behind [`Engines::has_net`] only.
#[inline(never)]
fn read(did: &str, bytes: &[u8], engines: &Engines) -> Result<DidDocument, &'static str> {
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
            None => methods.extend(method(did, entry, true, engines)),
        }
    }
    let mut embedded: Vec<String> = methods.iter().map(|method| method.id.clone()).collect();
    references.sort_unstable();
    embedded.sort_unstable();
    for entry in set(&document, "verificationMethod") {
        let listed = method(did, entry, false, engines);
        methods.extend(listed.filter(|method| embedded.binary_search(&method.id).is_err()));
    }
    for method in methods.iter_mut() {
        method.for_assertion |= references.binary_search(&method.id).is_ok();
    }
    authenticates(did, &document, &mut methods, engines);
    Ok(DidDocument { id: id.to_owned(), methods })
}

/// Marks the methods that are listed under `authentication`, and adds those that are written there alone;
/// these take nobody's name.
fn authenticates(did: &str, document: &Value, methods: &mut Vec<VerificationMethod>, engines: &Engines) {
    let mut references: Vec<String> = Vec::new();
    let mut own: Vec<VerificationMethod> = Vec::new();
    for entry in set(document, "authentication") {
        match entry.as_str() {
            Some(reference) => references.push(absolute(did, reference)),
            None => own.extend(method(did, entry, false, engines)),
        }
    }
    references.sort_unstable();
    for method in methods.iter_mut() {
        method.for_authentication = references.binary_search(&method.id).is_ok();
    }
    let mut taken: Vec<String> = methods.iter().map(|method| method.id.clone()).collect();
    taken.sort_unstable();
    own.retain(|method| taken.binary_search(&method.id).is_err());
    methods.extend(own.into_iter().map(|method| VerificationMethod { for_authentication: true, ..method }));
}

fn set<'a>(document: &'a Value, member: &str) -> &'a [Value] {
    document.get(member).map(Value::as_set).unwrap_or_default()
}

fn absolute(did: &str, reference: &str) -> String {
    if reference.starts_with('#') { format!("{did}{reference}") } else { reference.to_owned() }
}

fn method(did: &str, entry: &Value, for_assertion: bool, engines: &Engines) -> Option<VerificationMethod> {
    let id = absolute(did, entry.get("id").and_then(Value::as_str)?);
    let (controller, key) = match entry.get("controller") {
        None => (None, published_key(entry, engines)),
        Some(Value::String(controller)) => (Some(controller.to_string()), published_key(entry, engines)),
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
fn published_key(entry: &Value, engines: &Engines) -> PublishedKey {
    let multibase = entry.get("publicKeyMultibase").and_then(Value::as_str);
    let jwk = entry.get("publicKeyJwk");
    let is_legacy = LEGACY.iter().any(|name| entry.get(name).is_some());
    match (multibase, jwk, is_legacy) {
        (Some(text), None, false) => {
            key_from_multikey(&multibase::decode_multikey(text).ok_or(KeyProblem::Malformed)?)
        }
        (None, Some(jwk), false) => key_from_jwk(jwk),
        (None, None, true) => match key_of_2018(entry) {
            Some(key) => key,
            None if engines.has_more() => legacy_key(entry),
            None => Err(KeyProblem::NotLoaded),
        },
        (None, None, false) => Err(KeyProblem::Unsupported),
        _ => Err(KeyProblem::Malformed),
    }
}

/// A bare Ed25519 key as the suites of 2018 wrote it, the one of the older ways that is still met.
fn key_of_2018(entry: &Value) -> Option<PublishedKey> {
    let text = |name: &str| entry.get(name).and_then(Value::as_str);
    let is_alone = LEGACY.iter().filter(|name| entry.get(name).is_some()).count() == 1;
    let base58 = text("publicKeyBase58").filter(|_| is_alone)?;
    (text("type")? == "Ed25519VerificationKey2018")
        .then(|| ed25519(&multibase::decode(&format!("z{base58}")).ok_or(KeyProblem::Malformed)?))
}

/// The ways of writing a key that older suites have.
const LEGACY: [&str; 3] = ["publicKeyBase58", "publicKeyHex", "publicKeyPem"];

/// The most bytes a DID document may have: 256,000.
const BYTES_MAX: usize = 256_000;
