//! Layer 4. One token: its header, its key, its signature, and whether its claims agree with the
//! credential it carries.
//!
//! The algorithm is chosen from a list and tied to the kind of key; a key in the header counts only if
//! the issuer publishes it (ruling 11). Spec:
//! [OB 3.0 §8.2.4](https://www.imsglobal.org/spec/ob/v3p0/#jwt-verify),
//! [VC-JOSE-COSE §3.1](https://www.w3.org/TR/vc-jose-cose/#securing-with-jose),
//! [RFC 8725 §3](https://www.rfc-editor.org/rfc/rfc8725#section-3).

use crate::check::issuer::{self, Binding, Named, Signer};
use crate::check::options;
use crate::check::proof::{Covers, Evaluated, Setting};
use crate::check::{
    DOCUMENT_STRUCTURE, ISSUER_CONTROLS_KEY, PROOF_CREATED, PROOF_EXPIRES, PROOF_PURPOSE, PROOF_SIGNATURE,
    TOKEN_CLAIMS,
};
use crate::codec::json::{Object, Value};
use crate::crypto::key::{self, KeyProblem, key_from_jwk};
use crate::crypto::{self, Algorithm, Engines, PublicKey, Refused, SignatureVerified};
use crate::limits::Budget;
use crate::policy::SKEW_SECONDS;
use crate::report::{Check, Headline, Outcome, Row};
use crate::securing::jose::{FROM, Form, Signed, Token, UNTIL, unquoted};
use crate::status::KINDS;

/// Looks at `token`, which carries `credential`.
#[inline(never)] // A gate: there is a token only where the part `more` is.
pub fn evaluate(token: &Token, credential: &Object, setting: &Setting, budget: &mut Budget) -> Evaluated {
    let own_key = token.key.as_ref().map(key_from_jwk);
    let binding = bind(token, own_key.as_ref(), credential, setting);
    let (signature, witness) = match own_key {
        Some(Err(_)) if binding.key.is_none() => (NO_KEY.check(PROOF_SIGNATURE), None),
        _ => match verify(&token.signed(), binding.key.as_ref(), &setting.found.engines, budget) {
            Ok(witness) => (Check::pass(PROOF_SIGNATURE, "signature-holds"), Some(witness)),
            Err(not_held) => (not_held.check(PROOF_SIGNATURE), None),
        },
    };
    let is_issuers = binding.checks.first().is_some_and(|check| check.outcome == Outcome::Pass);
    let purpose = match setting.signer {
        Signer::Issuer => "token-asserts",
        Signer::Holder => "purpose-is-authentication",
    };
    let mut others = vec![Check::pass(PROOF_PURPOSE, purpose)];
    others.extend(times(token, witness.is_some() && is_issuers, setting.policy.now));
    // A token says in `aud` and `nonce` what a proof says in `domain` and `challenge`
    // ([RFC 7519 §4.1](https://www.rfc-editor.org/rfc/rfc7519#section-4.1)).
    let texts = |claim: &str| -> Vec<String> {
        let values = token.claim(claim).map(Value::as_set).unwrap_or_default();
        values.iter().filter_map(Value::as_str).map(String::from).collect()
    };
    others.extend(options::asked(&texts("aud"), &texts("nonce"), setting.policy));
    others.extend(binding.checks);
    Evaluated {
        signature: signature.with("suite", &*token.algorithm),
        others,
        undefined: Vec::new(),
        foreign: Vec::new(),
        previous: Vec::new(),
        witness,
        covers: witness.map(|_| Covers::Text),
        domain: binding.domain,
        needs: binding.needs,
    }
}

/// As [`claims`], for `presentation`: whoever signed is its holder.
pub fn claims_of_presentation(token: &Token, presentation: &Object) -> Vec<Check> {
    let pairs = [("iss", "holder"), ("jti", "id")];
    let differs = pairs.into_iter().filter(|(claim, member)| {
        let stated = id_of(presentation.get(member));
        token.claim(claim).is_some_and(|claim| stated.is_some() && claim.as_str() != stated)
    });
    differs.map(|(claim, _)| disagreement(claim)).collect()
}

/// Where claims and members say the same thing, they must say it alike; and what was left out.
///
/// An absent `iss` fails, since nothing else ties a JWT to its issuer; the others are remarks.
#[inline(never)] // A gate, like `evaluate`.
pub fn claims(token: &Token, credential: &Object) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut judge = |name: &'static str, agrees: Option<bool>| match agrees {
        Some(true) => {}
        Some(false) => checks.push(disagreement(name)),
        None if token.form == Form::JoseCose => {}
        None if name == "iss" => checks.push(disagreement(name)),
        None => checks.push(Check::fail(TOKEN_CLAIMS, "token-claim-absent").with("claim", name)),
    };
    let text = |name: &str, stated: Option<&str>| {
        let claim = token.claim(name)?;
        Some(stated.is_none_or(|stated| claim.as_str().map(unquoted).as_deref() == Some(stated)))
    };
    judge("iss", text("iss", id_of(credential.get("issuer"))));
    let subjects = credential.get("credentialSubject").map(Value::as_set).unwrap_or_default();
    judge(
        "sub",
        match subjects {
            // DEVIATION: tokens with status lists name their issuer as the subject
            // (12-status-lists/walt-id). A list is about nobody in particular.
            _ if is_status_list(credential) && text("sub", id_of(credential.get("issuer"))) == Some(true) => {
                Some(true)
            }
            [only] => text("sub", id_of(Some(only))).or(id_of(Some(only)).is_none().then_some(true)),
            // One claim cannot name several subjects.
            _ => token.claim("sub").map(|_| false),
        },
    );
    judge("jti", text("jti", id_of(credential.get("id"))).or(credential.get("id").is_none().then_some(true)));
    if token.form != Form::JoseCose {
        judge("nbf", time_agrees(token, "nbf", credential, FROM));
        let is_said = UNTIL.iter().any(|name| credential.get(name).is_some());
        judge("exp", time_agrees(token, "exp", credential, UNTIL).or((!is_said).then_some(true)));
    }
    checks
}

/// Whether a credential is a status list, by its type.
pub fn is_status_list(credential: &Object) -> bool {
    let types = credential.get("type").map(Value::as_set).unwrap_or_default();
    let is_list = |name: &Value| KINDS.iter().any(|kind| name.as_str() == Some(kind.list_type));
    types.iter().any(is_list)
}

fn disagreement(claim: &'static str) -> Check {
    Check::fail(DOCUMENT_STRUCTURE, "token-claim-disagrees").with("claim", claim).at(format!("/{claim}"))
}

/// The id of an object, or a text that is one.
fn id_of(value: Option<&Value>) -> Option<&str> {
    let value = value?;
    value.as_str().or_else(|| value.get("id").and_then(Value::as_str))
}

/// Whether the claim, a number of seconds, is the time that one of `members` says.
fn time_agrees(token: &Token, claim: &str, credential: &Object, members: [&str; 2]) -> Option<bool> {
    let claimed = token.time(claim).ok()??;
    let stated = members.iter().filter_map(|name| credential.get(name)).filter_map(Value::as_str);
    let mut stated = stated.map(super::validity::unix_seconds).peekable();
    Some(stated.peek().is_none() || stated.any(|time| time == Some(claimed)))
}

fn bind(
    token: &Token,
    own_key: Option<&Result<PublicKey, KeyProblem>>,
    credential: &Object,
    setting: &Setting,
) -> Binding {
    // A presentation need not name its holder: then it is whoever the token, or its key, says.
    let named_by_key = || issuer::did_of_method(token.key_id.as_deref()?);
    let signer = match setting.signer {
        Signer::Issuer => id_of(credential.get("issuer")),
        Signer::Holder => {
            let claimed = || token.claim("iss").and_then(Value::as_str);
            id_of(credential.get("holder")).or_else(claimed).or_else(named_by_key)
        }
    };
    match (signer, own_key) {
        (Some(issuer), None | Some(Ok(_))) => {
            let key = own_key.and_then(|key| key.as_ref().ok());
            let named = Named {
                method: token.key_id.as_deref(),
                key,
                certificates: token.certificates.as_ref(),
                is_token: true,
                has_metadata: token.form == Form::SdJwtVc,
                signer: setting.signer,
            };
            issuer::controls_key(named, issuer, setting.found, setting.policy)
        }
        (None, _) => Binding::of(Check::fail(ISSUER_CONTROLS_KEY, "method-or-issuer-missing")),
        (Some(_), Some(Err(problem))) => Binding::of(issuer::unusable(*problem)),
    }
}

/// Why a signature is not known to hold.
pub struct NotHeld {
    /// Fail, or Unknown where it may still hold.
    pub outcome: Outcome,
    /// The reason's id.
    pub reason: &'static str,
    /// What goes with the reason, by its name.
    pub param: Option<(&'static str, &'static str)>,
}

impl NotHeld {
    /// The check of this `row` that says so.
    pub fn check(&self, row: Row) -> Check {
        let check = Check::new(row, self.outcome, self.reason);
        match self.param {
            Some((name, value)) => check.with(name, value),
            None => check,
        }
    }
}

/// Verifies `signed` with `key`, if there is one. Whose key it is is for the caller to say.
///
/// Errors: Fail with `token-header-critical`, `signature-does-not-match`, `key-malformed` or
/// `algorithm-not-of-key`, Unknown with `key-not-at-hand`, `limit-reached` or `part-not-loaded`, and those of
/// [`algorithm`]. Costs one signature.
pub fn verify(
    signed: &Signed,
    key: Option<&PublicKey>,
    engines: &Engines,
    budget: &mut Budget,
) -> Result<SignatureVerified, NotHeld> {
    let no = |outcome, reason, param| NotHeld { outcome, reason, param };
    if signed.is_critical {
        return Err(no(Outcome::Fail, "token-header-critical", None));
    }
    let algorithm =
        algorithm(signed.algorithm, key).map_err(|(outcome, reason)| no(outcome, reason, None))?;
    let key = key.ok_or(NO_KEY)?;
    let limit = |_| no(Outcome::Unknown, "limit-reached", Some(("limit", "signatures")));
    budget.signature().map_err(limit)?;
    let verified = crypto::verify(algorithm, key, signed.input.as_bytes(), signed.signature, engines);
    verified.map_err(|refused| match refused {
        Refused::BadSignature => no(Outcome::Fail, BAD_SIGNATURE, None),
        Refused::BadKey => no(Outcome::Fail, "key-malformed", None),
        Refused::OtherKeyType => no(Outcome::Fail, "algorithm-not-of-key", None),
        Refused::NotLoaded(part) => no(Outcome::Unknown, "part-not-loaded", Some(("part", part))),
    })
}

/// The algorithm of this name in JOSE, which must be on the list. Of those that are known but not verified
/// here, it is still seen when the key cannot be theirs.
///
/// Errors: Fail with `algorithm-forbidden` or `algorithm-not-of-key`, Unknown with
/// `suite-unsupported`.
pub fn algorithm(name: &str, key: Option<&PublicKey>) -> Result<Algorithm, (Outcome, &'static str)> {
    match name {
        "HS256" | "HS384" | "HS512" => Err((Outcome::Fail, "algorithm-forbidden")),
        // A name that only looks like "none" is no reason to trust the token more.
        other if other.eq_ignore_ascii_case("none") => Err((Outcome::Fail, "algorithm-forbidden")),
        "Ed448" if key.is_some() => Err((Outcome::Fail, "algorithm-not-of-key")),
        other => key::algorithm(other).ok_or((Outcome::Unknown, "suite-unsupported")),
    }
}

/// The window of the signature: when it was made, from when on and until when it counts. In the
/// forms of a JWT `nbf` and `exp` are the credential's own bounds, and looked at as these.
fn times(token: &Token, is_established: bool, now: i64) -> Vec<Check> {
    let time = |claim: &str| token.time(claim).ok().flatten();
    if !is_established {
        return vec![
            Check::unknown(PROOF_CREATED, "waits-for-signature"),
            Check::unknown(PROOF_EXPIRES, "waits-for-signature"),
        ];
    }
    let is_bound = token.form == Form::JoseCose || token.form.is_presentation();
    let with = |check: Check, time: i64| check.with("value", text(time)).with("now", now.to_string());
    let is_ahead = |time: i64| time > now.saturating_add(SKEW_SECONDS);
    let created = match (time("iat"), time("nbf").filter(|_| is_bound)) {
        (Some(made), _) if is_ahead(made) => {
            with(Check::fail(PROOF_CREATED, "proof-from-the-future").with("created", text(made)), made)
        }
        (_, Some(from)) if is_ahead(from) => with(Check::fail(TOKEN_NOT_BEFORE, "not-yet-in-force"), from),
        (Some(made), _) => {
            with(Check::pass(PROOF_CREATED, "proof-made-before-now").with("created", text(made)), made)
        }
        (None, _) => Check::skipped(PROOF_CREATED, "no-creation-time"),
    };
    let expires = match time("exp").filter(|_| is_bound) {
        Some(until) if now > until.saturating_add(SKEW_SECONDS) => {
            with(Check::fail(TOKEN_EXPIRES, "no-longer-in-force"), until)
        }
        Some(until) => {
            with(Check::pass(TOKEN_EXPIRES, "proof-not-expired").with("expires", text(until)), until)
        }
        None => Check::skipped(PROOF_EXPIRES, "no-proof-expiry"),
    };
    vec![created, expires]
}

fn text(time: i64) -> String {
    crate::codec::date_time::to_text(time)
}

/// The reason of a signature that another key, or over another message, may have made.
pub const BAD_SIGNATURE: &str = "signature-does-not-match";
/// The signature waits for its key.
pub const NO_KEY: NotHeld = NotHeld { outcome: Outcome::Unknown, reason: "key-not-at-hand", param: None };
/// A token past its `exp` is expired, and says so; a proof past its `expires` is misused.
const TOKEN_EXPIRES: Row = Row { gravity: Headline::Expired, ..PROOF_EXPIRES };
/// A token before its `nbf` will count later.
const TOKEN_NOT_BEFORE: Row = Row { gravity: Headline::NotYetValid, ..PROOF_CREATED };
