//! Layer 4. A token with selective disclosure: which claims it says, whose signature is under them, and
//! whether its holder handed it over.
//!
//! Spec: [RFC 9901 §7](https://www.rfc-editor.org/rfc/rfc9901#section-7).

use crate::check::examination::Examination;
use crate::check::proof::{self, Evaluated, Setting};
use crate::check::{
    CONTAINER_READABLE, DOCUMENT_JSON, DOCUMENT_STRUCTURE, ISSUER_CONTROLS_KEY, PROOF_CHALLENGE,
    PROOF_DOMAIN, document, holder_key, token, type_metadata,
};
use crate::codec::json::{self, Object, Value};
use crate::credential::Withheld;
use crate::credential::properties::{self, Listing};
use crate::format::sd_jwt_vc::{self, Kind};
use crate::limits::Budget;
use crate::report::{Check, Outcome, Witness};
use crate::securing::jose::{self, Envelope, Form, Token, Unread};
use crate::securing::sd_jwt::{Disclosed, Refused, SdJwt};

/// What was handed over.
pub struct Presented<'a> {
    /// What is known of it; where it carries a credential of the data model, of its handing over, and what
    /// is wrong with what may be kept back.
    pub answers: Examination,
    /// The credential of the data model that it carries, and the token that it was signed as.
    pub credential: Option<(Token<'a>, Object)>,
    /// What the holder kept back.
    pub withheld: Withheld,
    /// What it says in words of its own; none where that is for the credential to say.
    pub properties: Option<Listing>,
    /// What the author of its type calls it.
    pub type_name: Option<String>,
}

/// Looks at `sd_jwt`. Errors: every [`Unread`].
pub fn examine<'a>(
    sd_jwt: &'a SdJwt,
    setting: &Setting,
    budget: &mut Budget,
) -> Result<Presented<'a>, Unread> {
    let mut envelopes = Vec::new();
    for signed in &sd_jwt.signed {
        let mut envelope = jose::open(&signed.token, budget)?;
        // It names a key, and decides nothing: the key must be the issuer's.
        envelope.header.key_id = envelope.header.key_id.or_else(|| signed.key_id.clone());
        envelopes.push(envelope);
    }
    let first = envelopes.first().ok_or(Unread::Token("jws-malformed"))?;
    let payload = json::parse(&first.payload, budget).map_err(Unread::Payload)?;
    let Value::Object(payload) = payload else { return Err(Unread::Token("token-payload-malformed")) };
    let disclosed = match sd_jwt.disclose(&payload, budget) {
        Ok(disclosed) => disclosed,
        Err(refused) => return Ok(Presented::refused(refusal(refused))),
    };
    let is_selective =
        !sd_jwt.disclosures.is_empty() || disclosed.withheld.count > 0 || payload.get("_sd_alg").is_some();
    let kind =
        kind(&envelopes, &disclosed.payload, is_selective).ok_or(Unread::Token("token-type-unknown"))?;
    let form = match kind {
        Kind::DataModel => Form::JoseCose,
        Kind::SdJwtVc => Form::SdJwtVc,
        Kind::Statement => Form::OpenBadges,
    };
    let made = envelopes.into_iter().map(|envelope| {
        let payload = disclosed.payload.clone();
        Token::of(envelope.header, form, payload, envelope.signing_input, envelope.signature)
    });
    let mut tokens: Vec<Token> = made.collect();
    let document = match kind {
        Kind::DataModel => tokens.first().map(Token::credential).unwrap_or(Err("jws-malformed")),
        Kind::SdJwtVc | Kind::Statement => Ok(tokens.first().map(sd_jwt_vc::document).unwrap_or_default()),
    };
    let document = document.map_err(Unread::Token)?;
    let mut proofs: Vec<Evaluated> = Vec::new();
    for token in &tokens {
        proofs.push(token::evaluate(token, &document, setting, budget));
    }
    let mut handed_over = holder_key::handed_over(sd_jwt, &payload, &disclosed.payload, setting, budget);
    let structure = structure(kind, &payload, &disclosed, tokens.first());
    if kind == Kind::DataModel {
        // What the credential itself says is not asked here.
        handed_over.extend(Some(structure).filter(|check| check.outcome == Outcome::Fail));
        let best = proof::best(&proofs).filter(|best| *best < tokens.len());
        return Ok(Presented {
            answers: Examination { checks: handed_over, ..Examination::default() },
            credential: best.map(|best| (tokens.swap_remove(best), document)),
            withheld: disclosed.withheld,
            properties: None,
            type_name: None,
        });
    }
    let mut answers = answers(kind, structure, &proofs, document);
    replace(&mut answers.checks, handed_over);
    Ok(Presented::claims(kind, disclosed, answers, setting, budget))
}

/// What the token carries. Every signature must be of a token of that kind: whoever puts another one in
/// front must not decide how the claims are read.
fn kind(envelopes: &[Envelope], payload: &Object, is_selective: bool) -> Option<Kind> {
    let mut kinds = envelopes.iter().map(|envelope| Kind::of(&envelope.header, payload, is_selective));
    let kind = kinds.next()??;
    kinds.all(|other| other == Some(kind)).then_some(kind)
}

/// The answers of a format of its own.
fn answers(kind: Kind, structure: Check, proofs: &[Evaluated], document: Object) -> Examination {
    let best = proof::best(proofs).and_then(|best| proofs.get(best));
    let mut checks = vec![
        Check::pass(CONTAINER_READABLE, "holds-a-credential"),
        Check::pass(DOCUMENT_JSON, "is-json"),
        structure,
    ];
    checks.extend(document::of_plain_text());
    checks.push(proof::any_good(best));
    checks.extend(proofs.iter().map(|proof| proof.signature.clone()));
    checks.extend(best.map(|proof| proof.others.clone()).unwrap_or_default());
    Examination {
        format: kind.name(),
        checks,
        needs: best.map(|proof| proof.needs.clone()).unwrap_or_default(),
        witness: best.and_then(|proof| proof.witness).map(Witness::Signature),
        domain: best.and_then(|proof| proof.domain.clone()),
        document: Some(Value::Object(document)),
    }
}

/// Adds the answers about the handing over to `checks`. Whom a token with selective disclosure was made
/// for and what it answers is said by the holder, whatever its issuer says.
pub fn replace(checks: &mut Vec<Check>, handed_over: Vec<Check>) {
    checks.retain(|check| check.id != PROOF_DOMAIN.id && check.id != PROOF_CHALLENGE.id);
    checks.extend(handed_over);
}

/// `document.structure`.
fn structure(kind: Kind, payload: &Object, disclosed: &Disclosed, token: Option<&Token>) -> Check {
    let is_time = |name: &&str| token.is_some_and(|token| token.time(name).is_ok());
    if let Some(name) = ["nbf", "exp", "iat"].iter().find(|name| !is_time(name)) {
        return Check::fail(DOCUMENT_STRUCTURE, "token-claim-malformed").at(format!("/{name}"));
    }
    match sd_jwt_vc::structure(kind, payload, disclosed) {
        Ok(()) => Check::pass(DOCUMENT_STRUCTURE, "structure-sound"),
        Err((reason, claim)) => {
            Check::fail(DOCUMENT_STRUCTURE, reason).with("claim", claim).at(format!("/{claim}"))
        }
    }
}

fn refusal(refused: Refused) -> Check {
    match refused {
        Refused::Fails(reason) => Check::fail(DOCUMENT_STRUCTURE, reason),
        Refused::UnknownHash => Check::unknown(DOCUMENT_STRUCTURE, "sd-jwt-hash-unsupported"),
        Refused::Limit(limit) => Check::unknown(DOCUMENT_STRUCTURE, "limit-reached").with("limit", limit.0),
    }
}

impl Presented<'_> {
    /// Claims of a format of its own, each by its name, and by what the author of its type calls it.
    fn claims(
        kind: Kind,
        disclosed: Disclosed,
        mut answers: Examination,
        setting: &Setting,
        budget: &mut Budget,
    ) -> Self {
        let mut listing = properties::of_payload(&disclosed.payload, sd_jwt_vc::is_said_otherwise);
        let mut type_name = None;
        let is_issuers = |check: &Check| check.id == ISSUER_CONTROLS_KEY.id && check.outcome == Outcome::Pass;
        let is_established = answers.witness.is_some() && answers.checks.iter().any(is_issuers);
        if let (Kind::SdJwtVc, true, Some(Value::String(vct))) =
            (kind, is_established, disclosed.payload.get("vct"))
        {
            let integrity = disclosed.payload.get("vct#integrity");
            let described = type_metadata::described(vct, integrity, setting.found, budget);
            described.label(&mut listing.facts);
            answers.checks.extend(described.check);
            answers.needs.extend(described.need);
            type_name = described.name;
        }
        let withheld = disclosed.withheld;
        Presented { answers, credential: None, withheld, properties: Some(listing), type_name }
    }

    /// Nothing can be said of it but why.
    fn refused(check: Check) -> Self {
        let readable = Check::pass(CONTAINER_READABLE, "holds-a-credential");
        let checks = vec![readable, Check::pass(DOCUMENT_JSON, "is-json"), check];
        let answers = Examination { checks, ..Examination::default() };
        Presented {
            answers,
            credential: None,
            withheld: Withheld::default(),
            properties: None,
            type_name: None,
        }
    }
}
