//! Layer 4. Whether the credential is as the schemas it names say.
//!
//! Which schemas it names is read from what was signed; what is held against them is the JSON as it was
//! received, with its proofs. Asked for only once the issuer's signature has passed. A schema that cannot
//! be had leaves the question open, and the verdict as it is: the issuer signed the credential and chose
//! the schema. A credential that breaks it is not what its issuer says it is, and fails.
//! Spec: [VCDM 2.0 §4.11](https://www.w3.org/TR/vc-data-model-2.0/#data-schemas),
//! [VC JSON Schema](https://www.w3.org/TR/vc-json-schema/#jsonschema).

use crate::check::SCHEMA_CONFORMS;
use crate::codec::json::{self, Value};
use crate::credential::{Credential, SchemaReference};
use crate::crypto::part;
use crate::did::web::is_web_address;
use crate::limits::{Budget, SCHEMA_BYTES_MAX, SCHEMAS_MAX};
use crate::need::{Answer, Found, Need, NeedKind, host};
use crate::report::{Check, Headline, Level, Row};
use crate::schema::{self, Draft, Stop};

/// The answers, and the schemas that are missing.
#[derive(Default)]
pub struct Asked {
    /// One check for each schema; none where none is named.
    pub checks: Vec<Check>,
    /// What to fetch.
    pub needs: Vec<Need>,
}

/// `schema.conforms`, for each schema that `facts` name. `document` is what was received; `established`
/// says that the issuer's signature over the facts has passed.
pub fn conforms(
    facts: &Credential,
    document: &Value,
    established: bool,
    found: &Found,
    budget: &mut Budget,
) -> Asked {
    let mut asked = Asked::default();
    for named in facts.schemas.iter().take(SCHEMAS_MAX) {
        let check = match (established, found.engines.has_more()) {
            (false, _) => unknown("waits-for-signature"),
            (true, false) => unknown("part-not-loaded").with("part", part::MORE),
            (true, true) => one(named, document, found, budget, &mut asked.needs),
        };
        asked.checks.push(check.at("/credentialSchema"));
    }
    if facts.schemas.len() > SCHEMAS_MAX {
        let check = unknown("limit-reached").with("limit", "schemas");
        asked.checks.push(check.at("/credentialSchema"));
    }
    asked
}

fn unknown(reason: &'static str) -> Check {
    Check::unknown(SCHEMA_CONFORMS, reason)
}

/// The check for one schema. In the part that is loaded when it is needed, with all it calls.
#[inline(never)]
fn one(
    named: &SchemaReference,
    document: &Value,
    found: &Found,
    budget: &mut Budget,
    needs: &mut Vec<Need>,
) -> Check {
    let draft = named.types.iter().find_map(|name| draft(name));
    let (draft, url) = match (draft, &named.id) {
        (Some(draft), Some(url)) => (draft, url),
        _ => return unknown("schema-type-unsupported").with("type", named.types.join(" ")),
    };
    let mut schemas: Vec<(&str, Value)> = Vec::new();
    let mut wanted = url.clone();
    let answer = loop {
        match fetched(&wanted, found, budget, needs) {
            Ok((address, value)) => schemas.push((address, value)),
            Err(check) => return check.with("schema", url),
        }
        match schema::check(document, &schemas, draft, budget) {
            schema::Answer::Unknown(Stop::Missing(_)) if schemas.len() >= SCHEMAS_MAX => {
                break schema::Answer::Unknown(Stop::Limit("schemas"));
            }
            schema::Answer::Unknown(Stop::Missing(address)) => wanted = address,
            answer => break answer,
        }
    };
    answered(answer).with("schema", url)
}

/// The schema that stands at `url`, if it is at hand; else why not.
fn fetched<'f>(
    url: &str,
    found: &'f Found,
    budget: &mut Budget,
    needs: &mut Vec<Need>,
) -> Result<(&'f str, Value), Check> {
    let url = url.split('#').next().unwrap_or(url);
    match found.known(url) {
        Some((_, Answer::Failed(reason))) => Err(unknown("schema-unreachable").with("why", *reason)),
        Some((_, Answer::Document { bytes, .. })) if bytes.len() > SCHEMA_BYTES_MAX => {
            Err(unknown("limit-reached").with("limit", "schema-bytes"))
        }
        Some((address, Answer::Document { bytes, .. })) => match json::parse(bytes, budget) {
            Ok(value) => Ok((address, value)),
            Err(_) => Err(unknown("schema-unusable")),
        },
        None if !is_web_address(url) => Err(unknown("schema-address")),
        None => {
            let kind = NeedKind::Schema;
            let for_check = SCHEMA_CONFORMS.id;
            let need = Need { url: url.to_owned(), kind, for_check, bytes_max: kind.bytes_max() };
            if !needs.contains(&need) {
                needs.push(need);
            }
            Err(unknown("schema-not-fetched").with("host", host(url)))
        }
    }
}

fn answered(answer: schema::Answer) -> Check {
    match answer {
        schema::Answer::Conforms => Check::pass(SCHEMA_CONFORMS, "schema-met"),
        schema::Answer::Fails(failure) => Check::fail(BROKEN, "schema-broken")
            .with("pointer", failure.pointer)
            .with("keyword", failure.keyword)
            .with("sentence", failure.sentence),
        schema::Answer::Unknown(Stop::Unsupported(keyword)) => {
            unknown("schema-keyword-unsupported").with("keyword", keyword)
        }
        schema::Answer::Unknown(Stop::Limit(limit)) => unknown("limit-reached").with("limit", limit),
        schema::Answer::Unknown(Stop::Malformed | Stop::Missing(_)) => unknown("schema-unusable"),
    }
}

/// The draft of a kind of schema that does not say itself which one it is in. A `JsonSchemaCredential`
/// is not read: the schema would be what somebody else signed, in a credential of its own.
fn draft(kind: &str) -> Option<Draft> {
    match kind {
        "JsonSchema" => Some(Draft::Of2020),
        "1EdTechJsonSchemaValidator2019" | ONE_EDTECH => Some(Draft::Of2019),
        "JsonSchemaValidator2018" => Some(Draft::Seven),
        _ => None,
    }
}

/// As the extensions of Open Badges name it.
const ONE_EDTECH: &str =
    "https://purl.imsglobal.org/spec/vccs/v1p0/context.json#1EdTechJsonSchemaValidator2019";

/// A schema that is broken counts; one that nobody could read does not.
const BROKEN: Row = Row { level: Level::Required, gravity: Headline::DoNotRely, ..SCHEMA_CONFORMS };
