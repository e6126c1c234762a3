//! Layer 0. JSON Schema: whether a document is as a schema says it should be.
//!
//! Drafts 2020-12 and 2019-09, which [VC JSON Schema] and Open Badges name, and draft 7, which older
//! credentials do. `format` is an annotation, as the two later drafts have it. A schema is hostile like
//! everything else: every step is counted, nesting is limited, patterns take linear time, and no
//! reference is fetched from here. What is not understood is never taken for met.
//!
//! [VC JSON Schema]: https://www.w3.org/TR/vc-json-schema/

mod assertion;
mod documents;
pub mod lent;
mod members;
mod pattern;
mod pattern_syntax;
mod reached;
mod rules;

use crate::codec::json::Value;
use crate::limits::{Budget, LimitReached};
use crate::schema::documents::Documents;
use crate::schema::rules::{Halt, Instance, Run};

/// What was found out about a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is as the schema says.
    Conforms,
    /// It is not.
    Fails(Failure),
    /// Nobody knows.
    Unknown(Stop),
}

/// The first rule that is broken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// Where in the document, as a JSON pointer.
    pub pointer: String,
    /// The keyword of the schema.
    pub keyword: String,
    /// What the keyword asks for, in English.
    pub sentence: String,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The schema refers to another one, which stands at this address.
    Missing(String),
    /// The schema uses something that is not supported.
    Unsupported(String),
    /// It is no schema, or refers to a place where none is.
    Malformed,
    /// It would be too much work.
    Limit(String),
}

/// The draft to read a schema by that does not say it itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draft {
    /// [Draft 7](https://json-schema.org/draft-07)
    Seven,
    /// [2019-09](https://json-schema.org/draft/2019-09)
    Of2019,
    /// [2020-12](https://json-schema.org/draft/2020-12)
    Of2020,
}

/// Whether `document` is as the first of `schemas` says; the others are what it may refer to. Each has
/// the address at which it was read.
pub fn check(document: &Value, schemas: &[(&str, Value)], draft: Draft, budget: &mut Budget) -> Answer {
    let checked = Documents::index(schemas, draft, budget).map_err(Halt::Stops).and_then(|documents| {
        let root = documents.root()?;
        Run::new(&documents, budget).evaluate(root, Instance::whole(document))
    });
    match checked {
        Ok(()) => Answer::Conforms,
        Err(Halt::Fails(failure)) => Answer::Fails(failure),
        Err(Halt::Stops(stop)) => Answer::Unknown(stop),
    }
}

/// Bytes that are compared or copied in a step.
const BYTES_A_STEP: usize = 64;

impl From<LimitReached> for Stop {
    fn from(limit: LimitReached) -> Stop {
        Stop::Limit(limit.0.to_owned())
    }
}
