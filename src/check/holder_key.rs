//! Layer 4. Whether whoever handed a token over has the key that its issuer bound it to.
//!
//! The holder signs what is handed over, for whom, and what it answers. That is a signature by the
//! holder and says nothing about the claims. Nobody may conclude from its absence that it was not
//! wanted: where the caller asks for a domain or a challenge it must be there.
//! Spec: [RFC 9901 §7.3](https://www.rfc-editor.org/rfc/rfc9901#section-7.3),
//! [RFC 7800 §3](https://www.rfc-editor.org/rfc/rfc7800#section-3).

use crate::check::proof::Setting;
use crate::check::token::{self, BAD_SIGNATURE, NotHeld};
use crate::check::{PRESENTATION_HOLDER_BINDING, PROOF_CHALLENGE, PROOF_DOMAIN, options};
use crate::codec::json::{self, Object, Value};
use crate::crypto::key::{KeyProblem, PublishedKey, key_from_jwk};
use crate::did::{self, Resolution};
use crate::limits::Budget;
use crate::need::Found;
use crate::policy::{Policy, SKEW_SECONDS};
use crate::report::{Check, Headline, Level, Outcome, Row};
use crate::securing::jose::{self, Envelope};
use crate::securing::sd_jwt::{HashName, SdJwt};

/// `presentation.holder-binding`, `proof.domain` and `proof.challenge` of `sd_jwt`, whose signed claims are
/// `payload`, and `claims` with what was disclosed.
pub fn handed_over(
    sd_jwt: &SdJwt,
    payload: &Object,
    claims: &Object,
    setting: &Setting,
    budget: &mut Budget,
) -> Vec<Check> {
    let policy = setting.policy;
    let is_asked = policy.domain.is_some() || policy.challenge.is_some();
    let confirmation = claims.get("cnf");
    let Some(text) = &sd_jwt.key_binding else {
        let mut checks = options::asked(&[], &[], policy);
        if confirmation.is_some() {
            checks.push(match is_asked {
                true => Check::fail(REQUIRED, "key-binding-absent"),
                false => Check::unknown(PRESENTATION_HOLDER_BINDING, "key-binding-absent"),
            });
        }
        return checks;
    };
    let said =
        HashName::of(payload).ok().and_then(|hash| Said::read(text, &sd_jwt.digest(hash), budget).ok());
    let Some(said) = said else {
        return without(Check::fail(REQUIRED, "key-binding-malformed"), policy);
    };
    let check = said.judge(confirmation, setting, budget);
    // An answer that is not known concerns the verdict only where somebody asked.
    let row = if is_asked || check.outcome == Outcome::Fail { REQUIRED } else { PRESENTATION_HOLDER_BINDING };
    let mut judged = Check::new(row, check.outcome, check.reason);
    judged.params = check.params;
    if judged.outcome != Outcome::Pass {
        return without(judged, policy);
    }
    let mut checks = options::asked(&[said.audience], &[said.nonce], policy);
    checks.push(judged);
    checks
}

/// `check`, and what was asked for is not answered by what it speaks of.
fn without(check: Check, policy: &Policy) -> Vec<Check> {
    if check.outcome == Outcome::Fail {
        let mut checks = options::asked(&[], &[], policy);
        checks.push(check);
        return checks;
    }
    let asked = [(&policy.domain, PROOF_DOMAIN), (&policy.challenge, PROOF_CHALLENGE)];
    let asked = asked.into_iter().filter(|(asked, _)| asked.is_some());
    let mut checks: Vec<Check> =
        asked.map(|(_, row)| Check::unknown(required(row), "waits-for-signature")).collect();
    checks.push(check);
    checks
}

/// What the holder's token says ([RFC 9901 §4.3](https://www.rfc-editor.org/rfc/rfc9901#section-4.3)).
struct Said<'a> {
    envelope: Envelope<'a>,
    audience: String,
    nonce: String,
    issued_at: i64,
    is_of_this: bool,
}

impl Said<'_> {
    /// Reads `text`; `digest` is that of what it must be about.
    fn read<'a>(text: &'a str, digest: &str, budget: &mut Budget) -> Result<Said<'a>, jose::Unread> {
        let malformed = jose::Unread::Token("key-binding-malformed");
        let envelope = jose::open(text, budget)?;
        if envelope.header.media_type() != Some("kb+jwt") {
            return Err(malformed);
        }
        let claims = json::parse(&envelope.payload, budget).map_err(jose::Unread::Payload)?;
        let said = |name: &str| claims.get(name).and_then(Value::as_str).ok_or(malformed);
        let issued_at = match claims.get("iat") {
            Some(Value::Number(number)) => number.whole().ok_or(malformed)?,
            _ => return Err(malformed),
        };
        Ok(Said {
            audience: said("aud")?.to_owned(),
            nonce: said("nonce")?.to_owned(),
            issued_at,
            is_of_this: said("sd_hash")? == digest,
            envelope,
        })
    }

    /// The answer, whatever it counts for.
    fn judge(&self, confirmation: Option<&Value>, setting: &Setting, budget: &mut Budget) -> Check {
        let fail = |reason| Check::fail(PRESENTATION_HOLDER_BINDING, reason);
        let unknown = |reason| Check::unknown(PRESENTATION_HOLDER_BINDING, reason);
        let now = setting.policy.now;
        if !self.is_of_this {
            return fail("key-binding-of-other");
        }
        if self.issued_at > now.saturating_add(SKEW_SECONDS) {
            return fail("key-binding-from-the-future").with("now", now.to_string());
        }
        let key = match confirmation.map(|confirmation| holder_key(confirmation, setting.found)) {
            None => return fail("key-binding-without-key"),
            Some(Some(Ok(key))) => key,
            Some(None | Some(Err(KeyProblem::Unsupported))) => return unknown("holder-key-unsupported"),
            Some(Some(Err(_))) => return fail("key-malformed"),
        };
        match token::verify(&self.envelope.signed(), Some(&key), &setting.found.engines, budget) {
            Ok(_) => Check::pass(PRESENTATION_HOLDER_BINDING, "holder-has-the-key"),
            // Whose signature it is instead is of no interest, but that it is not the holder's.
            Err(NotHeld { reason: BAD_SIGNATURE, .. }) => fail("key-binding-by-other"),
            Err(not_held) => not_held.check(PRESENTATION_HOLDER_BINDING),
        }
    }
}

/// The key that the issuer confirms: itself, or a DID that stands for it. None where it is said in another
/// way, or would have to be looked up.
fn holder_key(confirmation: &Value, found: &Found) -> Option<PublishedKey> {
    if let Some(jwk) = confirmation.get("jwk") {
        return Some(key_from_jwk(jwk));
    }
    let name = confirmation.get("kid").and_then(Value::as_str)?;
    let did = name.split('#').next().unwrap_or(name);
    let Resolution::Document(document) = did::resolve(did, found) else { return None };
    match document.methods.as_slice() {
        [only] if name == did || name == only.id => Some(only.key.clone()),
        methods => methods.iter().find(|method| method.id == name).map(|method| method.key.clone()),
    }
}

const REQUIRED: Row = required(PRESENTATION_HOLDER_BINDING);

const fn required(row: Row) -> Row {
    Row { level: Level::Required, skip: false, gravity: Headline::DoNotRely, ..row }
}
