//! Layer 4. Whether the key that signed is one the issuer publishes for assertions.
//!
//! Always asked from the issuer's side: the method must stand in the *issuer's* document. A key
//! taken from the method alone proves only that somebody has a key.
//! Spec: [CID 1.0 §3.3](https://www.w3.org/TR/cid-1.0/#retrieve-verification-method).

use crate::check::{ISSUER_CONTROLS_KEY, ISSUER_LISTED, PROOF_METHOD_FRAGMENT};
use crate::codec::multibase;
use crate::crypto::PublicKey;
use crate::crypto::key::{KeyProblem, key_from_multikey};
use crate::did::document::{DidDocument, VerificationMethod};
use crate::did::{self, Resolution};
use crate::need::{Found, Need, NeedKind, host};
use crate::policy::Policy;
use crate::report::Check;
use crate::trust::{self, Listed};

/// What is known of the key that a proof names.
pub struct Binding {
    /// `issuer.controls-key`, and notes about how the key is named.
    pub checks: Vec<Check>,
    /// The key, if it could be had; not necessarily the issuer's.
    pub key: Option<PublicKey>,
    /// The domain that control of the issuer's id proves; none where the check did not pass.
    pub domain: Option<String>,
    /// The document that is missing.
    pub need: Option<Need>,
}

impl Binding {
    fn of(check: Check) -> Self {
        Binding { checks: vec![check], key: None, domain: None, need: None }
    }
}

/// Looks for `method` among the keys of `issuer`.
pub fn controls_key(method: &str, issuer: &str, found: &Found, policy: &Policy) -> Binding {
    let describe = |check: Check| check.with("method", method).with("issuer", issuer);
    let vouched: Vec<&PublicKey> =
        policy.keys.iter().filter(|(id, _)| id == issuer).map(|(_, key)| key).collect();
    if !vouched.is_empty() {
        return vouched_for(method, &vouched, describe);
    }
    if !issuer.starts_with("did:") {
        // The method's own key, where it has one, still tells whether the text was altered.
        let check = Check::unknown(ISSUER_CONTROLS_KEY, "issuer-document-not-at-hand");
        return Binding { key: key_in_method(method), ..Binding::of(describe(check)) };
    }
    match did::resolve(issuer, found) {
        Resolution::Document(document) => in_document(method, issuer, &document, policy.now, describe),
        Resolution::Needed(url) => {
            let check = describe(Check::unknown(ISSUER_CONTROLS_KEY, "issuer-document-not-fetched"));
            let kind = NeedKind::DidDocument;
            let bytes_max = kind.bytes_max();
            let need = Need { url: url.clone(), kind, for_check: ISSUER_CONTROLS_KEY.id, bytes_max };
            let check = check.with("host", host(&url)).with("url", url);
            Binding { need: Some(need), ..Binding::of(check) }
        }
        Resolution::Unreachable(reason) => {
            let check = describe(Check::unknown(ISSUER_CONTROLS_KEY, "issuer-document-unreachable"));
            Binding::of(check.with("why", reason))
        }
        Resolution::Refused(reason) => Binding::of(describe(Check::fail(ISSUER_CONTROLS_KEY, reason))),
        Resolution::UnsupportedMethod => {
            let check = Check::unknown(ISSUER_CONTROLS_KEY, "did-method-unsupported");
            Binding { key: key_in_method(method), ..Binding::of(describe(check)) }
        }
    }
}

/// `issuer.listed`: whether `issuer` is on one of the caller's lists, and how that list calls it.
/// `established` tells whether a signature by that issuer was; an id alone is anybody's to write.
pub fn listed<'a>(
    issuer: Option<&str>,
    established: bool,
    policy: &'a Policy,
) -> (Check, Option<Listed<'a>>) {
    let found = issuer.and_then(|issuer| trust::find(&policy.trust, issuer));
    match found {
        _ if policy.trust.is_empty() => (Check::skipped(ISSUER_LISTED, "no-trust-list"), None),
        _ if !established => (Check::unknown(ISSUER_LISTED, "waits-for-signature"), None),
        None => (Check::fail(ISSUER_LISTED, "issuer-not-on-list"), None),
        Some(listed) => {
            let check = Check::pass(ISSUER_LISTED, "issuer-on-list").with("list", listed.list);
            (check.with("name", listed.name), found)
        }
    }
}

fn in_document(
    method: &str,
    issuer: &str,
    document: &DidDocument,
    now: i64,
    describe: impl Fn(Check) -> Check,
) -> Binding {
    let mut notes = Vec::new();
    let entry = match document.methods.as_slice() {
        // Published credentials name the bare DID of a did:key; it has one key, so it is clear
        // which one is meant. DEVIATION: CID asks for the method's own URL.
        [only] if method == issuer && issuer.starts_with("did:key:") => {
            let note = Check::fail(PROOF_METHOD_FRAGMENT, "method-is-bare-did");
            notes.push(note.with("method", method));
            Some(only)
        }
        methods => methods.iter().find(|entry| entry.id == method),
    };
    let Some(entry) = entry else {
        let check = describe(Check::fail(ISSUER_CONTROLS_KEY, "key-not-published"));
        return Binding { key: key_in_method(method), ..Binding::of(check) };
    };
    let (check, key) = published(entry, issuer, now);
    let passed = check.outcome == crate::report::Outcome::Pass;
    let domain = did::method(issuer).and_then(|method| (method.domain)(issuer)).filter(|_| passed);
    let mut checks = vec![describe(check)];
    checks.append(&mut notes);
    Binding { checks, key, domain, need: None }
}

fn published(entry: &VerificationMethod, issuer: &str, now: i64) -> (Check, Option<PublicKey>) {
    let fail = |reason| Check::fail(ISSUER_CONTROLS_KEY, reason);
    let key = match &entry.key {
        Ok(key) => key.clone(),
        Err(KeyProblem::Unsupported) => {
            return (Check::unknown(ISSUER_CONTROLS_KEY, "key-type-unsupported"), None);
        }
        Err(KeyProblem::Malformed) => return (fail("key-malformed"), None),
        Err(KeyProblem::Weak) => return (fail("key-too-weak"), None),
        Err(KeyProblem::OtherUse) => return (fail("key-not-for-assertion"), None),
    };
    let check = match &entry.controller {
        Some(controller) if controller != issuer => fail("key-of-another-controller"),
        // CID 1.0 §2.2: nothing is verified with a key from the moment it is revoked or expires.
        _ if entry.withdrawn_at.is_some_and(|moment| now >= moment) => fail("key-withdrawn"),
        _ if !entry.for_assertion => fail("key-not-for-assertion"),
        _ => Check::pass(ISSUER_CONTROLS_KEY, "key-published-by-issuer"),
    };
    (check, Some(key))
}

/// The caller vouches for keys of this issuer: the method's key must be one of them, and a method
/// that carries no key of its own takes the only one there is.
fn vouched_for(method: &str, vouched: &[&PublicKey], describe: impl Fn(Check) -> Check) -> Binding {
    let key = match (key_in_fragment(method), vouched) {
        (Some(key), _) if vouched.contains(&&key) => Some(key),
        (None, [only]) => Some((*only).clone()),
        _ => None,
    };
    match key {
        Some(key) => {
            let check = describe(Check::pass(ISSUER_CONTROLS_KEY, "key-vouched-for-by-caller"));
            Binding { key: Some(key), ..Binding::of(check) }
        }
        None => Binding {
            key: key_in_method(method),
            ..Binding::of(describe(Check::fail(ISSUER_CONTROLS_KEY, "key-not-vouched-for")))
        },
    }
}

/// The key that a `did:key` method is.
fn key_in_method(method: &str) -> Option<PublicKey> {
    if method.starts_with("did:key:") { key_in_fragment(method) } else { None }
}

/// The key spelled in the last part of a method's URL. It is nobody's until somebody vouches.
fn key_in_fragment(method: &str) -> Option<PublicKey> {
    let last = method.rsplit(['#', ':']).next()?;
    key_from_multikey(&multibase::decode_multikey(last)?).ok()
}
