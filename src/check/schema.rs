//! Layer 4. Whether the credential is as the schemas it names say.
//!
//! Which schemas it names is read from what was signed; what is held against them is the JSON as it was
//! received, with its proofs. Asked for only once the issuer's signature has passed. A schema that cannot
//! be had leaves the question open, and the verdict as it is: the issuer signed the credential and chose
//! the schema. A credential that breaks it is not what its issuer says it is, and fails.
//! Spec: [VCDM 2.0 §4.11](https://www.w3.org/TR/vc-data-model-2.0/#data-schemas),
//! [VC JSON Schema](https://www.w3.org/TR/vc-json-schema/#jsonschema).

use crate::canon::jcs;
use crate::check::SCHEMA_CONFORMS;
use crate::codec::json::Value;
use crate::codec::spec;
use crate::credential::{Credential, SchemaReference};
use crate::crypto::lent::unpack;
use crate::crypto::part;
use crate::did::web::is_web_address;
use crate::limits::{SCHEMA_BYTES_MAX, SCHEMAS_MAX};
use crate::need::{self, Found, Need, NeedKind, host};
use crate::report::{Check, Headline, Level, Outcome, Row};
use crate::schema::{Answer, Draft, Stop, lent};

/// The answers, and the schemas that are missing.
#[derive(Default)]
pub struct Asked {
    /// One check for each schema; none where none is named.
    pub checks: Vec<Check>,
    /// What to fetch.
    pub needs: Vec<Need>,
}

/// `schema.conforms`, for each schema that `facts` name. `document` is what was received; `established`
/// says that the issuer's signature over the facts has passed. Where the holder kept claims back it is not
/// `is_whole`, and what it lacks says nothing.
pub fn conforms(
    facts: &Credential,
    document: &Value,
    is_whole: bool,
    established: bool,
    found: &Found,
) -> Asked {
    let mut asked = Asked::default();
    for named in facts.schemas.iter().take(SCHEMAS_MAX) {
        let check = match (established, found.engines.has_more()) {
            (false, _) => unknown("waits-for-signature"),
            (true, false) => unknown("part-not-loaded").with("part", part::MORE),
            (true, true) => one(named, document, found, &mut asked.needs),
        };
        let check = match (check.outcome, is_whole) {
            (Outcome::Fail, false) => unknown("schema-claims-withheld"),
            _ => check,
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

/// The check for one schema. In the part [`part::MORE`], and what knows schemas in one of its own.
#[inline(never)]
fn one(named: &SchemaReference, document: &Value, found: &Found, needs: &mut Vec<Need>) -> Check {
    let is = |kind: &Kind, name: &str| name == kind.name || (name == kind.iri && !name.is_empty());
    let kind = KINDS.iter().find(|kind| named.types.iter().any(|name| is(kind, name)));
    let (draft, url) = match (kind, &named.id) {
        (Some(kind), Some(url)) => (kind.draft, url),
        _ => return unknown("schema-type-unsupported").with("type", named.types.join(" ")),
    };
    let text = jcs::canonicalize(document);
    let mut question: Vec<&[u8]> = vec![lent::code(draft), text.as_bytes()];
    let mut wanted = url.clone();
    // The schema itself, and what it refers to.
    for _ in 0..SCHEMAS_MAX {
        match fetched(&wanted, found, needs) {
            Ok((address, bytes)) => question.extend([address.as_bytes(), bytes]),
            Err(check) => return check.with("schema", url),
        }
        let arrived = found.engines.ask(part::SCHEMA, &question);
        let answer = arrived.as_deref().and_then(unpack).and_then(|strings| lent::read(&strings));
        match answer {
            Some(Answer::Unknown(Stop::Missing(address))) => wanted = address,
            Some(answer) => return answered(answer).with("schema", url),
            None => return unknown("part-not-loaded").with("part", part::SCHEMA).with("schema", url),
        }
    }
    unknown("limit-reached").with("limit", "schemas").with("schema", url)
}

/// The schema that stands at `url`, if it is at hand; else why not.
fn fetched<'f>(
    url: &str,
    found: &'f Found,
    needs: &mut Vec<Need>,
) -> Result<(&'f str, &'f [u8]), Box<Check>> {
    let url = url.split('#').next().unwrap_or(url);
    match found.known(url) {
        Some((_, need::Answer::Failed(reason))) => {
            Err(Box::new(unknown("schema-unreachable").with("why", *reason)))
        }
        Some((_, need::Answer::Document { bytes, .. })) if bytes.len() > SCHEMA_BYTES_MAX => {
            Err(Box::new(unknown("limit-reached").with("limit", "schema-bytes")))
        }
        Some((address, need::Answer::Document { bytes, .. })) => Ok((address, bytes)),
        None if !is_web_address(url) => Err(Box::new(unknown("schema-address"))),
        None => {
            let kind = NeedKind::Schema;
            let for_check = SCHEMA_CONFORMS.id;
            let need = Need { url: url.to_owned(), kind, for_check, bytes_max: kind.bytes_max() };
            if !needs.contains(&need) {
                needs.push(need);
            }
            Err(Box::new(unknown("schema-not-fetched").with("host", host(url))))
        }
    }
}

fn answered(answer: Answer) -> Check {
    match answer {
        Answer::Conforms => Check::pass(SCHEMA_CONFORMS, "schema-met"),
        Answer::Fails(failure) => Check::fail(BROKEN, "schema-broken")
            .with("pointer", failure.pointer)
            .with("keyword", failure.keyword)
            .with("sentence", failure.sentence),
        Answer::Unknown(Stop::Unsupported(keyword)) => {
            unknown("schema-keyword-unsupported").with("keyword", keyword)
        }
        Answer::Unknown(Stop::Limit(limit)) => unknown("limit-reached").with("limit", limit),
        Answer::Unknown(Stop::Malformed | Stop::Missing(_)) => unknown("schema-unusable"),
    }
}

/// A kind of schema.
pub struct Kind {
    /// The `type` of what names it.
    pub name: &'static str,
    /// The same, where only its IRI was signed.
    iri: &'static str,
    /// The specification it follows.
    pub spec: &'static str,
    /// The draft of one that does not say it itself.
    draft: Draft,
}

/// Every kind that is understood. A `JsonSchemaCredential` is not: the schema would be what somebody else
/// signed, in a credential of its own.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "JsonSchema",
        iri: "",
        spec: spec("https://www.w3.org/TR/vc-json-schema/#jsonschema"),
        draft: Draft::Of2020,
    },
    Kind {
        name: "1EdTechJsonSchemaValidator2019",
        iri: "https://purl.imsglobal.org/spec/vccs/v1p0/context.json#1EdTechJsonSchemaValidator2019",
        spec: spec("https://www.imsglobal.org/spec/ob/v3p0/#org.1edtech.ob.v3p0.credentialschema.class"),
        draft: Draft::Of2019,
    },
    Kind {
        name: "JsonSchemaValidator2018",
        iri: "",
        spec: spec("https://www.w3.org/TR/vc-data-model/#data-schemas"),
        draft: Draft::Seven,
    },
];

/// A schema that is broken counts; one that nobody could read does not.
const BROKEN: Row = Row { level: Level::Required, gravity: Headline::DoNotRely, ..SCHEMA_CONFORMS };
