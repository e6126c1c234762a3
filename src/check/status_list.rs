//! Layer 4. Status lists that are no credentials: a token with a list in it, and the plain list of 1EdTech.
//!
//! Each is examined as a part of its own. A token is verified like any other
//! ([Token Status List §8.3](https://www.ietf.org/archive/id/draft-ietf-oauth-status-list-06.html#section-8.3));
//! of a list that nobody signs the part says just that, and is never valid.

use crate::check::examination::Examination;
use crate::check::issuer::Signer;
use crate::check::proof::{self, Setting};
use crate::check::{CONTAINER_READABLE, DOCUMENT_JSON, DOCUMENT_STRUCTURE, PROOF_ANY_GOOD, document, token};
use crate::codec::date_time;
use crate::codec::json::{self, Object, Text, Value};
use crate::limits::Budget;
use crate::need::Found;
use crate::policy::Policy;
use crate::report::{Check, Witness};
use crate::securing::jose::{self, Envelope, Form, Header, Token};
use crate::status::{Kind, Method};

/// Examines the list in `bytes`, to which an entry of `kind` points in a credential of `issuer`.
#[inline(never)]
pub fn examine(
    kind: &Kind,
    bytes: &[u8],
    issuer: Option<&str>,
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) -> Examination {
    match kind.method {
        Method::Token => match std::str::from_utf8(bytes) {
            Ok(text) => of_token(text.trim_ascii(), issuer, found, policy, budget),
            Err(_) => not_a_list("status-list-malformed"),
        },
        _ => of_plain_list(bytes, budget),
    }
}

fn not_a_list(reason: &'static str) -> Examination {
    Examination { checks: vec![Check::fail(DOCUMENT_STRUCTURE, reason)], ..Examination::default() }
}

/// What holds of a document that was read.
fn is_read() -> Vec<Check> {
    vec![
        Check::pass(CONTAINER_READABLE, "holds-a-status-list"),
        Check::pass(DOCUMENT_JSON, "is-json"),
        Check::pass(DOCUMENT_STRUCTURE, "structure-sound"),
    ]
}

fn of_plain_list(bytes: &[u8], budget: &mut Budget) -> Examination {
    match json::parse(bytes, budget) {
        Ok(Value::Object(list)) => {
            let mut checks = is_read();
            checks.push(Check::unknown(PROOF_ANY_GOOD, "status-list-not-signed"));
            Examination {
                format: Some("revocation-list"),
                checks,
                document: Some(Value::Object(list)),
                ..Examination::default()
            }
        }
        _ => not_a_list("status-list-malformed"),
    }
}

fn of_token(
    text: &str,
    issuer: Option<&str>,
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) -> Examination {
    let Ok(envelope) = jose::open(text, budget) else { return not_a_list("status-list-malformed") };
    if !envelope.header.has_type("statuslist+jwt") {
        return not_a_list("status-list-not-of-type");
    }
    let Ok(Value::Object(claims)) = json::parse(&envelope.payload, budget) else {
        return not_a_list("status-list-malformed");
    };
    let signer = signer(&envelope.header, &claims).or(issuer.map(Text::from));
    let Some(credential) = as_credential(&claims, signer) else { return not_a_list("status-list-malformed") };
    let Envelope { header, signing_input, signature, .. } = envelope;
    let Header { algorithm, key_id, key, is_critical, .. } = header;
    // Its `iat` and `exp` bound the signature, as they do where the payload is the credential.
    let form = Form::JoseCose;
    let token =
        Token { algorithm, key_id, key, is_critical, form, payload: claims, signing_input, signature };
    if [token.time("iat"), token.time("exp"), token.time("nbf")].iter().any(Result::is_err) {
        return not_a_list("token-claim-malformed");
    }
    let setting = Setting { found, policy, proofs: &[], signer: Signer::Issuer };
    let evaluated = token::evaluate(&token, &credential, &setting, budget);
    let mut checks = is_read();
    checks.push(proof::any_good(Some(&evaluated)));
    checks.push(evaluated.signature);
    checks.extend(evaluated.others);
    checks.extend(document::of_plain_text());
    Examination {
        format: Some("status-list-token"),
        checks,
        needs: evaluated.needs,
        witness: evaluated.witness.map(Witness::Signature),
        domain: evaluated.domain,
        document: Some(Value::Object(credential)),
    }
}

/// Who signed, as the token says: `iss`, or the DID whose key it names.
fn signer(header: &Header, claims: &Object) -> Option<Text> {
    let issuer = claims.get("iss").and_then(Value::as_str);
    let of_key = || header.key_id.as_deref()?.split_once('#').map(|(did, _)| did);
    let of_key = || of_key().filter(|did| did.starts_with("did:"));
    issuer.or_else(of_key).map(Text::from)
}

/// The claims in the words of credentials; none where one that must be there is not
/// ([§5.1](https://www.ietf.org/archive/id/draft-ietf-oauth-status-list-06.html#section-5.1)).
fn as_credential(claims: &Object, signer: Option<Text>) -> Option<Object> {
    let subject = claims.get("sub").filter(|subject| subject.as_str().is_some())?;
    let Value::Number(issued) = claims.get("iat")? else { return None };
    let mut credential = Object::default();
    credential.insert("id".into(), subject.clone());
    credential.insert("issuer".into(), Value::String(signer?));
    credential.insert("validFrom".into(), Value::String(date_time::to_text(issued.whole()?).into()));
    credential.insert("status_list".into(), claims.get("status_list")?.clone());
    if let Some(ttl) = claims.get("ttl") {
        credential.insert("ttl".into(), ttl.clone());
    }
    Some(credential)
}
