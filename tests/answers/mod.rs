//! The files of `tests/vectors/index.json`, each with the report that it gets: the network is
//! `13-dids-registries/offline-map.json` and nothing else, now is noon of 22 November 2026.

use verify_credential::codec::json::{Object, Value};
use verify_credential::need::Found;
use verify_credential::policy::{Policy, vouched_key};
use verify_credential::report::Report;
use verify_credential::{snapshot, verify};

use crate::support::{self, read, read_if_present, text};

/// What the offline map says, as if it had been fetched.
pub fn network() -> Found {
    let mut found = Found::default();
    let map = read("tests/vectors/13-dids-registries/offline-map.json");
    assert_eq!(snapshot::add(&map, &mut found, &vector), Ok(()));
    found
}

/// The bytes of a file of the index; none where its licence keeps it out of this repository and nobody put it beside.
pub fn vector(file: &str) -> Option<Vec<u8>> {
    read_if_present(&format!("tests/vectors/{file}"))
        .or_else(|| read_if_present(&format!("../shared/vectors/{file}")))
}

/// The report on the file that `entry` is about, with the keys of its fictional issuers vouched for.
pub fn answer(entry: &Value, bytes: &[u8], found: &Found) -> Report {
    let document = support::json(bytes);
    let mut policy = Policy { now: NOW, now_chosen: true, ..Policy::default() };
    let file = text(entry, "file");
    // Issuers of specifications are fictional: their keys are vouched for (ruling 12).
    let is_of_specification = ["02-", "1edtech-spec", "rec-examples"].iter().any(|part| file.contains(part));
    if let (true, Some(document)) = (is_of_specification, &document) {
        let issuer = document.get("issuer");
        let issuer = issuer.and_then(|issuer| issuer.as_str().or(issuer.get("id").and_then(Value::as_str)));
        for proof in document.get("proof").map(Value::as_set).unwrap_or_default() {
            let method = text(proof, "verificationMethod");
            let key = method.rsplit(['#', ':']).next().map(|key| Value::String(key.into()));
            if let (Some(issuer), Some(key)) = (issuer, key.as_ref().and_then(vouched_key)) {
                policy.keys.push((issuer.to_owned(), key));
            }
        }
    }
    // The suite of VC-JOSE-COSE names the key to check with; its issuer is fictional too.
    if let Some((_, rest)) = text(entry, "why").split_once("check with key file ") {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = rest.split(". ").next().unwrap_or_default().trim_end_matches('.');
        let method = support::json(&vector(&format!("{folder}/{name}")).unwrap_or_default());
        let key = method.as_ref().and_then(|method| method.get("publicKeyJwk")).map(without_private_part);
        policy.keys.extend(
            key.as_ref().and_then(vouched_key).map(|key| ("https://example.issuer/vc-jose-cose".into(), key)),
        );
    }
    // So are the issuers of the SD-JWT examples, which all sign with one key.
    if let Some((suite, _)) = file.split_once("sd-jwt-python/") {
        let beside = |name: &str| support::json(&vector(name).unwrap_or_default());
        let settings = beside(&format!("{suite}sd-jwt-python/settings.json"));
        let key = settings.as_ref().and_then(|settings| vouched_key(settings.get("issuer_key")?));
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let issuer = beside(&format!("{folder}/sd_jwt_payload.json")).map(|it| text(&it, "iss").to_owned());
        policy.keys.extend(issuer.zip(key));
    }
    // The shapes of the W3C suite lack an issuer, or its id, which their runner adds when signing.
    let injected = match document {
        Some(Value::Object(object)) if file.contains("test-suite-input") && file.ends_with("-ok.json") => {
            let is_presentation = file.contains("test-suite-input/presentation-");
            let ready = if is_presentation { with_signed_credentials(object) } else { with_issuer(object) };
            Some(verify_credential::canon::jcs::canonicalize(&ready).into_bytes())
        }
        _ => None,
    };
    verify(injected.as_deref().unwrap_or(bytes), file, found, &policy)
}

fn without_private_part(jwk: &Value) -> Value {
    let jwk = jwk.as_object().map(|jwk| jwk.without("d"));
    Value::Object(jwk.unwrap_or_default())
}

/// A presentation as that runner makes it of the shapes that it holds to be sound: what is presented is
/// signed before.
fn with_signed_credentials(mut document: Object) -> Value {
    let proof = support::json(br#"{"type":"DataIntegrityProof","cryptosuite":"elided"}"#).expect("JSON");
    let credentials = document.get("verifiableCredential").map(Value::as_set).unwrap_or_default();
    let signed = credentials.iter().map(|credential| match credential {
        Value::Object(credential) => {
            let mut credential = credential.clone();
            credential.insert("proof".into(), proof.clone());
            Value::Object(credential)
        }
        other => other.clone(),
    });
    let signed = Value::Array(signed.collect());
    if document.get("verifiableCredential").is_some() {
        document.insert("verifiableCredential".into(), signed);
    }
    Value::Object(document)
}

fn with_issuer(mut document: Object) -> Value {
    let id = Value::String("did:example:issuer".into());
    match document.get("issuer").cloned() {
        None => document.insert("issuer".into(), id),
        Some(Value::Object(mut issuer)) if issuer.get("id").is_none() => {
            issuer.insert("id".into(), id);
            document.insert("issuer".into(), Value::Object(issuer));
        }
        Some(_) => {}
    }
    Value::Object(document)
}

/// 2026-11-22T12:00:00Z
const NOW: i64 = 1_795_348_800;
