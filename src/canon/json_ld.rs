//! Layer 1. [JSON-LD 1.1] to RDF, in *safe mode*: what would silently fall out is reported.
//!
//! A signature over RDF covers quads, not the JSON. Two things follow, and both are reported while
//! the document is expanded: what does **not** become a quad is not signed ([`Dataset::undefined`]),
//! and a property can be written in a way that a reader of the plain JSON misses or misreads although
//! the quads are the same ([`Dataset::foreign`]). Contexts are embedded or supplied, never fetched.
//!
//! Performance rests on sharing: a context is processed once on top of each other context, and
//! where only embedded ones are involved once per thread.
//!
//! DEVIATION: framing, compaction, `rdfDirection` and generalized RDF are left out: no cryptosuite
//! uses them. Pinned by `tests/vectors/canon-deviations.tsv`.
//!
//! [JSON-LD 1.1]: https://www.w3.org/TR/json-ld11-api/

mod active;
mod checks;
mod containers;
mod definition;
mod emission;
mod expansion;
mod finding;
mod item;
mod keyword;
mod local;
mod processing;
mod session;
mod values;

use std::rc::Rc;

pub use crate::canon::json_ld::finding::{Finding, FindingKind};

use crate::canon::json_ld::session::Session;
use crate::canon::quads::{Quad, Term};
use crate::codec::json::{Text, Value};
use crate::limits::{Budget, LimitReached};

/// What becomes of the case of language tags. Both are allowed, and both occur under signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LanguageTags {
    /// In lower case, as most signers have it.
    Lowercase,
    /// As the document has it.
    AsWritten,
}

/// How to read a document.
pub struct Settings<'a> {
    /// The base IRI: none for credentials, whose identifiers must be absolute.
    pub base: Option<&'a str>,
    /// The case of language tags.
    pub language_tags: LanguageTags,
    /// Addresses of contexts for which the embedded variant is to be used.
    pub variants: &'a [Text],
    /// Contexts that the embedder supplied and pinned, as parsed documents. Embedded ones win.
    pub supplied: &'a dyn Fn(&str) -> Option<Rc<Value>>,
    /// Whether a property or type belongs to a vocabulary whose facts are checked or shown.
    pub is_read: fn(&str) -> bool,
}

/// A document as RDF, and what is odd about it.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// The node of the top-level object.
    pub root: Term,
    /// The statements, each once, in document order.
    pub quads: Vec<Quad>,
    /// What the document says and no quad carries: it would not be signed. At most
    /// [`FINDINGS_MAX`], the first ones; empty means none.
    pub undefined: Vec<Finding>,
    /// What we read and the document says in a foreign way. At most [`FINDINGS_MAX`].
    pub foreign: Vec<Finding>,
    /// Addresses of contexts that were used and for which other content is embedded.
    pub variants_offered: Vec<Text>,
    /// Whether a language tag has a capital letter, so that [`LanguageTags`] makes a difference.
    pub has_capital_language_tag: bool,
}

/// Why a document is no RDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// Contexts that are neither embedded nor supplied: as many as could be found.
    UnknownContexts(Vec<Text>),
    /// A violation of JSON-LD.
    JsonLd {
        /// The error code of the specification.
        code: &'static str,
        /// JSON pointer to the place in the document, or to the nearest inline context.
        pointer: String,
    },
    /// More work than the budget allows.
    Limit(LimitReached),
}

/// An [`Error`] on its way up, in one word: some hundred places pass it on.
struct Stop(Box<Error>);

impl Stop {
    fn violation(code: &'static str, pointer: String) -> Self {
        Error::JsonLd { code, pointer }.into()
    }

    /// A violation under another code; anything else as it is.
    fn with_code(mut self, other: &'static str) -> Self {
        if let Error::JsonLd { code, .. } = &mut *self.0 {
            *code = other;
        }
        self
    }

    fn is_limit(&self) -> bool {
        matches!(*self.0, Error::Limit(_))
    }
}

impl From<Error> for Stop {
    #[cold]
    #[inline(never)]
    fn from(error: Error) -> Self {
        Stop(Box::new(error))
    }
}

impl From<LimitReached> for Stop {
    fn from(limit: LimitReached) -> Self {
        Error::Limit(limit).into()
    }
}

/// Expands `document` to quads.
///
/// Errors: every [`Error`]. Costs context loads, inline contexts and terms, and one quad for each
/// statement; the work beyond is linear in the document.
pub fn to_quads(document: &Value, settings: &Settings, budget: &mut Budget) -> Result<Dataset, Error> {
    let mut session = Session::new(settings, budget);
    let expansion = session.document(document).map_err(|stop| *stop.0)?;
    emission::dataset(expansion, session).map_err(|stop| *stop.0)
}

/// The expanded form of `document`: an array, as the specification has it.
///
/// Errors and costs: those of [`to_quads`], but no quads.
pub fn expand(document: &Value, settings: &Settings, budget: &mut Budget) -> Result<Value, Error> {
    let mut session = Session::new(settings, budget);
    let expansion = session.document(document).map_err(|stop| *stop.0)?;
    Ok(item::to_json(&session::top_level(expansion)))
}

/// Findings kept of either kind: enough to show, and a bound for hostile documents.
pub const FINDINGS_MAX: usize = 100;
