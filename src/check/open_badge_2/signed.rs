//! Layer 4. Signed badges: a token over the assertion, with a key that the issuer's profile names.
//!
//! A key counts only if the profile at the issuer's own address names it and it names that issuer as its
//! owner. Spec: [SignedBadge](https://www.imsglobal.org/spec/ob/v2p0/#SignedBadge),
//! [CryptographicKey](https://www.imsglobal.org/spec/ob/v2p0/#CryptographicKey).

use crate::check::examination::Examination;
use crate::check::issuer::unusable;
use crate::check::open_badge_2::documents::{Assertion, Badge, Documents};
use crate::check::open_badge_2::linked::{self, Unread, without_fragment};
use crate::check::open_badge_2::{readable, revoked, scope};
use crate::check::token::{self, NO_KEY, NotHeld};
use crate::check::{ISSUER_CONTROLS_KEY, PROOF_ANY_GOOD, PROOF_SIGNATURE};
use crate::codec::json::Value;
use crate::crypto::key::KeyProblem;
use crate::crypto::pem::key_from_pem;
use crate::crypto::{PublicKey, SignatureVerified};
use crate::did::https::is_of_same_host;
use crate::format::open_badge_2::Edition;
use crate::need::host;
use crate::report::{Check, Outcome, Witness};
use crate::securing::jose::Token;

/// Examines the badge that `token` carries, which says `assertion`.
pub(super) fn examine(assertion: Assertion, token: &Token, documents: &mut Documents) -> Examination {
    documents.checks.extend(readable());
    documents.look_at_assertion(&assertion);
    let badge = documents.badge(&assertion);
    documents.conclude(&assertion, badge.as_ref());
    let Some(badge) = badge else {
        documents.checks.extend(signature(Err(NO_KEY), token));
        return assertion.unproven();
    };
    let (key, witness) = verify(&assertion, token, &badge, documents);
    let key = match &badge.class_address {
        Some(class) if !scope::holds_badge_class(&badge.issuer, &badge.issuer_address, class) => {
            Check::fail(ISSUER_CONTROLS_KEY, "badge-class-elsewhere").with("host", host(class))
        }
        _ => key,
    };
    let is_bound = key.outcome == Outcome::Pass && witness.is_some();
    documents.checks.push(key.with("issuer", &badge.issuer_address));
    if is_bound {
        let list = revoked::by_list(&assertion.members, &badge.issuer, &badge.issuer_address, documents);
        documents.checks.extend(list);
    }
    Examination {
        format: assertion.format(),
        witness: witness.map(Witness::Signature),
        domain: is_bound.then(|| host(&badge.issuer_address).to_owned()),
        document: Some(assertion.with(&badge)),
        ..Examination::default()
    }
}

/// Verifies the signature with one of the keys that are the issuer's, and notes what came of it. Gives
/// `issuer.controls-key` beside it.
fn verify(
    assertion: &Assertion,
    token: &Token,
    badge: &Badge,
    documents: &mut Documents,
) -> (Check, Option<SignatureVerified>) {
    let vouched = documents.policy.keys.iter().filter(|(issuer, _)| *issuer == badge.issuer_address);
    let vouched: Vec<&PublicKey> = vouched.map(|(_, key)| key).collect();
    if !vouched.is_empty() {
        return with_vouched(&vouched, token, documents);
    }
    let published = Check::pass(ISSUER_CONTROLS_KEY, "key-published-by-issuer");
    let (mut problem, mut lacking) = (None, None);
    let creator = assertion.members.get("verification").and_then(|verification| verification.get("creator"));
    let named = named(creator, assertion.edition, badge);
    if named.is_empty() {
        let method = creator.and_then(id_of).unwrap_or_default();
        lacking = Some(Check::fail(ISSUER_CONTROLS_KEY, "key-not-published").with("method", method));
    }
    for name in named {
        match key(name, assertion.edition, badge, documents) {
            Err(lack) => {
                let check = lack.check(name, documents);
                lacking = lacking.or(Some(check));
            }
            Ok(key) => match with_key(token, &key, documents) {
                Ok(witness) => {
                    documents.checks.extend(signature(Ok(()), token));
                    return (published, Some(witness));
                }
                Err(this) => problem = still_open(problem, this),
            },
        }
    }
    // As long as a key is missing, it may be the one.
    let problem = problem.filter(|_| lacking.is_none()).unwrap_or(NO_KEY);
    documents.checks.extend(signature(Err(problem), token));
    (lacking.unwrap_or(published), None)
}

/// [`verify`] with the keys of this issuer that the caller vouches for, and no others.
fn with_vouched(
    keys: &[&PublicKey],
    token: &Token,
    documents: &mut Documents,
) -> (Check, Option<SignatureVerified>) {
    let mut problem = None;
    for key in keys {
        match with_key(token, key, documents) {
            Ok(witness) => {
                documents.checks.extend(signature(Ok(()), token));
                return (Check::pass(ISSUER_CONTROLS_KEY, "key-vouched-for-by-caller"), Some(witness));
            }
            Err(this) => problem = still_open(problem, this),
        }
    }
    let problem = problem.unwrap_or(NO_KEY);
    let key = match problem.outcome {
        Outcome::Fail => Check::fail(ISSUER_CONTROLS_KEY, "key-not-vouched-for"),
        _ => Check::unknown(ISSUER_CONTROLS_KEY, "waits-for-signature"),
    };
    documents.checks.extend(signature(Err(problem), token));
    (key, None)
}

/// What came of several keys: as long as one of them may be the one, nothing is refused.
fn still_open(before: Option<NotHeld>, this: NotHeld) -> Option<NotHeld> {
    Some(before.filter(|before| before.outcome == Outcome::Unknown).unwrap_or(this))
}

/// What names the keys that may have signed: `creator`, which the profile must name too, or all that the
/// profile names, up to [`KEYS_MAX`].
fn named<'k>(creator: Option<&'k Value>, edition: Edition, badge: &'k Badge) -> Vec<&'k Value> {
    if names_own_key(edition, badge) {
        // DEVIATION: before 2.0 the assertion alone named the key. That counts on the issuer's own host
        // (`tests/open_badge_2`).
        let is_issuers =
            |url: &&Value| is_of_same_host(url.as_str().unwrap_or_default(), &badge.issuer_address);
        return creator.filter(is_issuers).into_iter().collect();
    }
    let listed = badge.issuer.get("publicKey").map(Value::as_set).unwrap_or_default();
    let is_meant =
        |key: &&Value| creator.is_none_or(|creator| id_of(creator).is_some() && id_of(creator) == id_of(key));
    listed.iter().filter(is_meant).take(KEYS_MAX).collect()
}

/// Whether the assertion alone names the key. The forger picks its edition, so an issuer whose profile names
/// keys is held to these.
fn names_own_key(edition: Edition, badge: &Badge) -> bool {
    edition == Edition::First && badge.issuer.get("publicKey").is_none()
}

/// Why a key that the issuer names is not at hand or not its own.
enum Lack {
    Unread(Unread),
    OtherOwner,
    Problem(KeyProblem),
}

impl Lack {
    /// `issuer.controls-key` for the key that `name` names; notes the request that would help.
    fn check(&self, name: &Value, documents: &mut Documents) -> Check {
        let (row, url) = (ISSUER_CONTROLS_KEY, id_of(name).unwrap_or_default());
        let check = match self {
            Lack::Unread(unread) => {
                documents.needs.extend(unread.need(row, url));
                unread.check(row, url)
            }
            Lack::OtherOwner => Check::fail(row, "key-of-another-controller"),
            Lack::Problem(problem) => unusable(*problem),
        };
        check.with("method", url)
    }
}

/// The key that `name` names or is, if it is the issuer's own.
fn key(name: &Value, edition: Edition, badge: &Badge, documents: &mut Documents) -> Result<PublicKey, Lack> {
    let url = id_of(name).unwrap_or_default();
    let usable = |pem: &str| key_from_pem(pem).map_err(Lack::Problem);
    if names_own_key(edition, badge) {
        let (bytes, ..) = linked::served(url, documents.found).map_err(Lack::Unread)?;
        return usable(str::from_utf8(bytes).unwrap_or_default());
    }
    let document = match name {
        Value::Object(key) if key.get("publicKeyPem").is_some() => key.clone(),
        _ => linked::read(url, documents.found, documents.budget).map_err(Lack::Unread)?.document,
    };
    let owner = document.get("owner").map(|owner| id_of(owner).unwrap_or_default());
    if owner.is_some_and(|owner| without_fragment(owner) != badge.issuer_address) {
        return Err(Lack::OtherOwner);
    }
    usable(document.get("publicKeyPem").and_then(Value::as_str).unwrap_or_default())
}

fn with_key(token: &Token, key: &PublicKey, documents: &mut Documents) -> Result<SignatureVerified, NotHeld> {
    token::verify(&token.signed(), Some(key), &documents.found.engines, documents.budget)
}

/// `proof.any-good` and `proof.signature`: there is one signature.
fn signature(verified: Result<(), NotHeld>, token: &Token) -> [Check; 2] {
    [PROOF_ANY_GOOD, PROOF_SIGNATURE].map(|row| {
        let check = match &verified {
            Ok(()) => Check::pass(row, "signature-holds"),
            Err(not_held) => not_held.check(row),
        };
        check.with("suite", &*token.algorithm)
    })
}

/// The address of a thing, or a text that is one.
fn id_of(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("id").and_then(Value::as_str))
}

/// Keys of one issuer that are tried; real ones have one or two.
const KEYS_MAX: usize = 8;
