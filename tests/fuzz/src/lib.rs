//! What the targets share: how one input carries a credential and what is at hand, the issuer of the
//! tests, and the oracles over a report.

#[path = "../../own/edit.rs"]
#[allow(dead_code, reason = "shared with the tests")]
pub mod edit;
#[path = "../../own/signer.rs"]
#[allow(dead_code, reason = "shared with the tests")]
pub mod signer;
#[path = "../../support/mod.rs"]
mod support;

use verify_credential::codec::base64url;
use verify_credential::codec::json::{Object, Value, parse};
use verify_credential::container::{Content, unpack};
use verify_credential::limits::Budget;
use verify_credential::need::Found;
use verify_credential::policy::Policy;
use verify_credential::render::card::{Look, draw};
use verify_credential::render::html::to_html;
use verify_credential::render::messages::Messages;
use verify_credential::report::{Outcome, Report, Verdict};
use verify_credential::view::{Wishes, card};
use verify_credential::{snapshot, verify};

/// Between a credential and the snapshot of what is at hand.
pub const SEPARATOR: &[u8] = b"\n--resources--\n";

/// 2026-11-22T12:00:00Z, and nothing vouched for.
pub fn policy() -> Policy {
    Policy { now: 1_795_348_800, now_chosen: true, ..Policy::default() }
}

/// The credential and the resources of one input.
pub fn parts(data: &[u8]) -> (&[u8], &[u8]) {
    let at = data.windows(SEPARATOR.len()).position(|window| window == SEPARATOR);
    match at {
        Some(at) => (&data[..at], &data[at + SEPARATOR.len()..]),
        None => (data, b"{}"),
    }
}

/// What the snapshot `resources` puts at hand.
pub fn found(resources: &[u8]) -> Found {
    let mut found = Found::default();
    let _ = snapshot::add(resources, &mut found, &|_| None);
    found
}

/// Verifies one input and holds the report against every oracle.
pub fn check(credential: &[u8], resources: &[u8]) -> Report {
    let found = found(resources);
    let policy = policy();
    let report = verify(credential, "", &found, &policy);
    let again = verify(credential, "", &found, &policy);
    assert_eq!(format!("{report:?}"), format!("{again:?}"), "the same input, another report");
    for revealed in [false, true] {
        let wishes = Wishes { may_ask: true, revealed, ..Wishes::default() };
        let _ = to_html(&draw(&card(&report, wishes), &Messages::default(), &Look::default()));
    }
    if report.verdict == Verdict::Valid {
        has_a_witness(&report);
        for forged in flipped(credential) {
            assert_ne!(verify(&forged, "", &found, &policy).verdict, Verdict::Valid, "no signature needed");
        }
    } else if ASKED_BESIDE.iter().all(|id| report.check(id).is_none()) {
        for fewer in fewer(resources) {
            let less = verify(credential, "", &self::found(&fewer), &policy);
            assert_ne!(less.verdict, Verdict::Valid, "valid because less is known");
        }
    }
    report
}

/// What is compared where it can be had, and leaves a credential as it is where it cannot: its newer version,
/// what it links to, its schema.
const ASKED_BESIDE: [&str; 3] = ["credential.refreshed", "integrity.linked-resources", "schema.conforms"];

/// Valid, so a signature holds, its key is the issuer's, and the facts are vouched for.
fn has_a_witness(report: &Report) {
    // A presentation that nobody signed is a wrapper: what it holds has witnesses of its own.
    if report.format == Some("presentation") {
        assert!(report.parts.iter().all(|part| part.verdict == Verdict::Valid), "valid without its parts");
        return;
    }
    for id in ["proof.any-good", "issuer.controls-key", "container.readable", "document.plain-terms"] {
        let passes = report.check(id).is_some_and(|check| check.outcome == Outcome::Pass);
        assert!(passes || is_token(report), "valid without {id}");
    }
    assert!(report.credential.is_some() && report.unverified.is_none(), "facts of nobody");
    assert!(report.parts.iter().all(|part| part.credential.is_none() || part.unverified.is_none()));
}

/// Tokens sign their text, so that some questions are not asked of them.
fn is_token(report: &Report) -> bool {
    ["compact-jws", "sd-jwt"].iter().any(|token| report.containers.contains(token))
        && report.check("proof.any-good").is_some_and(|check| check.outcome == Outcome::Pass)
        && report.check("issuer.controls-key").is_some_and(|check| check.outcome == Outcome::Pass)
}

/// The credential with every signature in it changed by a bit.
fn flipped(credential: &[u8]) -> Vec<Vec<u8>> {
    match unpack(credential).map(|opened| opened.content) {
        Ok(Content::Json(text)) => flipped_proofs(&text).into_iter().collect(),
        Ok(Content::CompactJws(token)) => flipped_token(&token).into_iter().collect(),
        Ok(Content::SdJwt(text)) => {
            let (token, rest) = text.split_once('~').unwrap_or((&text, ""));
            let flipped = flipped_token(token).into_iter();
            flipped.map(|token| [&token[..], b"~", rest.as_bytes()].concat()).collect()
        }
        _ => Vec::new(),
    }
}

fn flipped_proofs(text: &[u8]) -> Option<Vec<u8>> {
    let Ok(Value::Object(mut document)) = parse(text, &mut Budget::full()) else { return None };
    let flip = |proof: &Value| match proof {
        Value::Object(proof) => {
            let mut proof: Object = proof.clone();
            if let Some(jws) = proof.get("jws").and_then(Value::as_str).and_then(flipped_token) {
                proof.insert("jws".into(), edit::string(&String::from_utf8_lossy(&jws)));
                return Value::Object(proof);
            }
            let value = proof.get("proofValue").and_then(Value::as_str).unwrap_or("z1");
            let mut bytes = bs58::decode(value.get(1..).unwrap_or("1")).into_vec().unwrap_or(vec![0]);
            bytes.iter_mut().take(1).for_each(|byte| *byte ^= 1);
            proof.insert(
                "proofValue".into(),
                edit::string(&format!("z{}", bs58::encode(bytes).into_string())),
            );
            Value::Object(proof)
        }
        other => other.clone(),
    };
    let proofs = document.get("proof")?.as_set().iter().map(flip).collect();
    document.insert("proof".into(), Value::Array(proofs));
    Some(edit::pretty(&Value::Object(document)).into_bytes())
}

fn flipped_token(token: &str) -> Option<Vec<u8>> {
    let (signed, signature) = token.rsplit_once('.')?;
    let mut bytes = base64url::decode(signature)?;
    bytes.iter_mut().take(1).for_each(|byte| *byte ^= 1);
    Some(format!("{signed}.{}", base64url::encode(&bytes)).into_bytes())
}

/// The resources with one document less, for each document.
fn fewer(resources: &[u8]) -> Vec<Vec<u8>> {
    let Ok(Value::Object(snapshot)) = parse(resources, &mut Budget::full()) else { return Vec::new() };
    let mut all = Vec::new();
    for (member, documents) in snapshot.iter() {
        let Value::Object(documents) = documents else { continue };
        for (name, _) in documents.iter().take(RESOURCES_MAX) {
            let mut less = snapshot.clone();
            less.insert(member.clone(), Value::Object(documents.without(name)));
            all.push(edit::pretty(&Value::Object(less)).into_bytes());
        }
    }
    all
}

/// Documents that are taken away, one at a time.
const RESOURCES_MAX: usize = 4;
