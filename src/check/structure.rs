//! Layer 4. Whether the document has the shape that the VC data model asks for.
//!
//! Looked at in the JSON, because the model's rules are about JSON; what the members *mean* is
//! read from what was signed. Rules that differ between the versions are kept apart.
//! Spec: [VCDM 2.0 §4](https://www.w3.org/TR/vc-data-model-2.0/#basic-concepts),
//! [VCDM 1.1 §4](https://www.w3.org/TR/vc-data-model/#basic-concepts).

use crate::check::{DOCUMENT_STRUCTURE, token};
use crate::codec::date_time;
use crate::codec::json::{Object, Value};
use crate::format::presentation::envelope;
use crate::report::Check;

/// What is wrong, and where.
type Problem = (&'static str, String);

/// One rule of the data model.
type Rule = fn(&Object, Model) -> Result<(), Problem>;

/// The version of the data model, by the first context.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Model {
    V1,
    V2,
}

/// `document.structure` for a credential.
pub fn of_credential(document: &Object) -> Check {
    let rules: [Rule; 9] = [types, ids, issuer, subjects, status_lists, dates, typed_members, names, proofs];
    let checked = model(document).and_then(|model| rules.iter().try_for_each(|rule| rule(document, model)));
    match checked {
        Ok(()) => Check::pass(DOCUMENT_STRUCTURE, "structure-sound"),
        Err((reason, pointer)) => Check::fail(DOCUMENT_STRUCTURE, reason).at(pointer),
    }
}

/// `document.structure` for a presentation
/// ([VCDM 2.0 §4.13](https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations)). What it presents
/// is looked at by itself. `in_token` are those that may be tokens as plain text, by VCDM 1.1.
pub fn of_presentation(document: &Object, in_token: bool) -> Check {
    let checked = model(document).and_then(|model| {
        has_type(document, "VerifiablePresentation")?;
        optional_url(document, "")?;
        holder(document)?;
        presented(document, model == Model::V1 && in_token)?;
        proofs(document, model)
    });
    match checked {
        Ok(()) => Check::pass(DOCUMENT_STRUCTURE, "structure-sound"),
        Err((reason, pointer)) => Check::fail(DOCUMENT_STRUCTURE, reason).at(pointer),
    }
}

fn problem<T>(reason: &'static str, pointer: impl Into<String>) -> Result<T, Problem> {
    Err((reason, pointer.into()))
}

/// The base context comes first ([§4.3](https://www.w3.org/TR/vc-data-model-2.0/#contexts)).
fn model(document: &Object) -> Result<Model, Problem> {
    let contexts = document.get("@context").map(Value::as_set).unwrap_or_default();
    if contexts.iter().skip(1).any(|context| !matches!(context, Value::String(_) | Value::Object(_))) {
        return problem("context-malformed", "/@context");
    }
    match contexts.first().and_then(Value::as_str) {
        Some("https://www.w3.org/ns/credentials/v2") => Ok(Model::V2),
        Some("https://www.w3.org/2018/credentials/v1") => Ok(Model::V1),
        Some(_) => problem("context-base-not-first", "/@context/0"),
        None => problem("context-missing", "/@context"),
    }
}

fn types(document: &Object, _: Model) -> Result<(), Problem> {
    let types = document.get("type").map(Value::as_set).unwrap_or_default();
    if types.iter().any(|name| name.as_str().is_none_or(|name| !is_term_or_url(name))) {
        return problem("type-malformed", "/type");
    }
    has_type(document, "VerifiableCredential")
}

fn has_type(document: &Object, wanted: &str) -> Result<(), Problem> {
    let types = document.get("type").map(Value::as_set).unwrap_or_default();
    match types.iter().any(|name| name.as_str() == Some(wanted)) {
        true => Ok(()),
        false => problem("type-missing", "/type"),
    }
}

/// At most one holder, a URL or an object with one.
fn holder(document: &Object) -> Result<(), Problem> {
    let id = match document.get("holder") {
        None => return Ok(()),
        Some(Value::String(id)) => Some(&**id),
        Some(holder) => holder.get("id").and_then(Value::as_str),
    };
    match id.is_some_and(is_url) {
        true => Ok(()),
        false => problem("id-not-a-url", "/holder"),
    }
}

/// Credentials are objects that say what they are; tokens have an envelope, but not in VCDM 1.1. One that
/// its issuer did not sign is the holder's own claim, and says so by its issuer
/// ([§4.13.3](https://www.w3.org/TR/vc-data-model-2.0/#presentations-including-holder-claims)).
fn presented(document: &Object, may_be_text: bool) -> Result<(), Problem> {
    let id_of = |value: Option<&Value>| {
        let value = value?;
        value.as_str().or_else(|| value.get("id").and_then(Value::as_str)).map(str::to_owned)
    };
    let holder = id_of(document.get("holder"));
    for one in document.get("verifiableCredential").map(Value::as_set).unwrap_or_default() {
        let pointer = "/verifiableCredential";
        match one {
            Value::String(_) if may_be_text => {}
            Value::Object(credential) if envelope(one).is_none() => {
                has_type(credential, "VerifiableCredential")
                    .map_err(|(reason, _)| (reason, pointer.to_owned()))?;
                if credential.get("proof").is_none() && id_of(credential.get("issuer")) != holder {
                    return problem("presented-without-proof", pointer);
                }
            }
            Value::Object(_) => {}
            _ => return problem("member-malformed", pointer),
        }
    }
    Ok(())
}

fn ids(document: &Object, _: Model) -> Result<(), Problem> {
    optional_url(document, "")
}

/// Exactly one issuer, a URL or an object with one
/// ([§4.7](https://www.w3.org/TR/vc-data-model-2.0/#issuer)).
fn issuer(document: &Object, _: Model) -> Result<(), Problem> {
    let id = match document.get("issuer") {
        Some(Value::String(id)) => Some(&**id),
        Some(Value::Object(issuer)) => issuer.get("id").and_then(Value::as_str),
        _ => None,
    };
    match id {
        Some(id) if is_url(id) => Ok(()),
        Some(_) => problem("id-not-a-url", "/issuer"),
        None => problem("issuer-missing", "/issuer"),
    }
}

/// At least one subject, each with a claim ([§4.8](https://www.w3.org/TR/vc-data-model-2.0/#credential-subject)).
fn subjects(document: &Object, _: Model) -> Result<(), Problem> {
    let subjects = document.get("credentialSubject").map(Value::as_set).unwrap_or_default();
    if subjects.is_empty() {
        return problem("subject-missing", "/credentialSubject");
    }
    for subject in subjects {
        match subject {
            // DEVIATION: the id of what is a list is no URL in lists of real software
            // (12-status-lists/walt-id), and nothing is read by it.
            Value::Object(subject) if !subject.is_empty() && token::is_status_list(document) => {}
            Value::Object(subject) if !subject.is_empty() => optional_url(subject, "/credentialSubject")?,
            _ => return problem("subject-empty", "/credentialSubject"),
        }
    }
    Ok(())
}

/// A status list says what it is, so that nothing else can be passed off as one
/// ([Bitstring §2.2](https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential)).
fn status_lists(document: &Object, _: Model) -> Result<(), Problem> {
    let has = |value: Option<&Value>, name: &str| {
        value.map(Value::as_set).unwrap_or_default().iter().any(|item| item.as_str() == Some(name))
    };
    let subjects = document.get("credentialSubject").map(Value::as_set).unwrap_or_default();
    let is_list = subjects.iter().any(|subject| has(subject.get("type"), "BitstringStatusList"));
    match is_list && !has(document.get("type"), "BitstringStatusListCredential") {
        true => problem("status-list-type-missing", "/type"),
        false => Ok(()),
    }
}

/// Times are times, and the end is not before the beginning
/// ([§4.9](https://www.w3.org/TR/vc-data-model-2.0/#validity-period)).
fn dates(document: &Object, model: Model) -> Result<(), Problem> {
    let time = |name: &str| match document.get(name) {
        None => Ok(None),
        Some(value) => match (value.as_str(), model) {
            (Some(text), Model::V2) => date_time::parse(text),
            (Some(text), Model::V1) => date_time::parse(text).or_else(|| date_time::parse_without_zone(text)),
            (None, _) => None,
        }
        .map(Some)
        .ok_or(("time-malformed", format!("/{name}"))),
    };
    let from = time("validFrom")?.or(time("issuanceDate")?);
    let until = time("validUntil")?.or(time("expirationDate")?);
    if model == Model::V1 && document.get("issuanceDate").is_none() {
        return problem("issuance-date-missing", "/issuanceDate");
    }
    match (from, until) {
        (Some(from), Some(until)) if until < from => problem("validity-ends-before-it-begins", "/validUntil"),
        _ => Ok(()),
    }
}

/// Members whose objects must say what they are, and may have an id
/// ([§4.4](https://www.w3.org/TR/vc-data-model-2.0/#types)).
fn typed_members(document: &Object, model: Model) -> Result<(), Problem> {
    for name in ["credentialStatus", "credentialSchema", "refreshService", "termsOfUse", "evidence"] {
        for value in document.get(name).map(Value::as_set).unwrap_or_default() {
            let pointer = format!("/{name}");
            let Value::Object(object) = value else { return problem("member-malformed", pointer) };
            let types = object.get("type").map(Value::as_set).unwrap_or_default();
            let is_type = |value: &Value| value.as_str().is_some_and(is_term_or_url);
            if types.is_empty() || !types.iter().all(is_type) {
                return problem("member-type-missing", pointer);
            }
            let needs_id = name == "credentialSchema" || (name == "credentialStatus" && model == Model::V1);
            if needs_id && object.get("id").is_none() {
                return problem("member-id-missing", pointer);
            }
            optional_url(object, &pointer)?;
        }
    }
    Ok(())
}

/// Names and descriptions are text, or text with language and direction and nothing else
/// ([§11.1](https://www.w3.org/TR/vc-data-model-2.0/#language-and-base-direction)).
fn names(document: &Object, _: Model) -> Result<(), Problem> {
    let issuer = document.get("issuer").and_then(Value::as_object);
    for (object, place) in [(Some(document), ""), (issuer, "/issuer")] {
        for name in ["name", "description"] {
            let values = object.and_then(|object| object.get(name)).map(Value::as_set).unwrap_or_default();
            if !values.iter().all(is_language_text) {
                return problem("name-malformed", format!("{place}/{name}"));
            }
        }
    }
    Ok(())
}

fn proofs(document: &Object, _: Model) -> Result<(), Problem> {
    for proof in document.get("proof").map(Value::as_set).unwrap_or_default() {
        if proof.get("type").and_then(Value::as_str).is_none() {
            return problem("proof-type-missing", "/proof");
        }
    }
    Ok(())
}

fn is_language_text(value: &Value) -> bool {
    match value {
        Value::String(_) => true,
        Value::Object(object) => {
            object.get("@value").and_then(Value::as_str).is_some()
                && object.iter().all(|(name, value)| {
                    matches!(&**name, "@value" | "@language" | "@direction") && value.as_str().is_some()
                })
        }
        _ => false,
    }
}

fn optional_url(object: &Object, place: &str) -> Result<(), Problem> {
    match object.get("id") {
        None => Ok(()),
        Some(Value::String(id)) if is_url(id) => Ok(()),
        Some(_) => problem("id-not-a-url", format!("{place}/id")),
    }
}

fn is_term_or_url(text: &str) -> bool {
    !text.is_empty() && !text.contains(is_never_in_a_url)
}

/// Whether `text` begins with a scheme and has none of the characters no URL may have
/// ([RFC 3986 §3.1](https://www.rfc-editor.org/rfc/rfc3986#section-3.1)).
fn is_url(text: &str) -> bool {
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    match text.split_once(':') {
        Some((scheme, rest)) => is_scheme(scheme) && !rest.is_empty() && !rest.contains(is_never_in_a_url),
        None => false,
    }
}

fn is_never_in_a_url(character: char) -> bool {
    character.is_whitespace() || character.is_control() || "<>\"{}|\\^`".contains(character)
}
