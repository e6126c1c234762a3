//! Layer 1. What can be odd about a document, and where in it.

use crate::codec::json::Text;

/// Something odd in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is odd.
    pub kind: FindingKind,
    /// JSON pointer of the member or value in the document.
    pub pointer: String,
    /// The term, IRI or value in question.
    pub name: Text,
}

/// What is odd. The upper half falls out of the quads, the lower half hides or fakes what we read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingKind {
    /// No context defines the property.
    UndefinedTerm,
    /// A context takes the term's meaning away.
    NullTerm,
    /// The property looks like a keyword and is none.
    KeywordLikeTerm,
    /// The identifier looks like a keyword and is none.
    KeywordLikeIri,
    /// An identifier without scheme.
    RelativeIri,
    /// An identifier that is the empty text: nothing was said, and nothing is signed.
    EmptyIri,
    /// A type that no context defines.
    RelativeType,
    /// A property whose IRI has no scheme.
    RelativePredicate,
    /// An IRI with characters that no IRI has.
    IllFormedIri,
    /// A property that is a blank node.
    BlankPredicate,
    /// A value that belongs to no node.
    FreeFloatingValue,
    /// A node of which nothing is said.
    FreeFloatingNode,
    /// A value object without value.
    NullValue,
    /// A base direction, which RDF cannot hold.
    DirectionDropped,
    /// A key of an index map, which RDF cannot hold.
    IndexDropped,
    /// A language tag that is none.
    IllFormedLanguage,
    /// A term of ours defined by an inline context.
    InlineTerm,
    /// A property of ours written as an IRI.
    TermWrittenAsIri,
    /// A type of ours written as an IRI.
    TypeWrittenAsIri,
    /// A keyword under a name given by an inline context.
    InlineKeywordAlias,
    /// A keyword that moves content: `@graph`, `@included`, `@index`, `@nest`, `@reverse`.
    ForeignKeyword,
    /// An identifier resolved against an inline `@base`.
    InlineBase,
    /// A property or type of ours made by an inline `@vocab`.
    InlineVocab,
    /// A value of ours with a language from an inline context.
    InlineLanguage,
    /// A value of ours with a direction from an inline context.
    InlineDirection,
    /// A JSON literal where we read a value.
    JsonLiteral,
    /// A reversed property defined by an inline context.
    InlineReverse,
    /// A nesting property defined by an inline context.
    InlineNest,
    /// A term of ours taken away by an inline context.
    TermRemoved,
    /// A term of ours given another meaning by an inline context.
    TermRedefined,
    /// An inline context with `@propagate`.
    InlinePropagate,
    /// An inline context with `@import`.
    InlineImport,
}

impl FindingKind {
    /// The stable name of this kind in reports.
    pub fn id(&self) -> &'static str {
        match self {
            FindingKind::UndefinedTerm => "undefined-term",
            FindingKind::NullTerm => "null-term",
            FindingKind::KeywordLikeTerm => "keyword-like-term",
            FindingKind::KeywordLikeIri => "keyword-like-iri",
            FindingKind::RelativeIri => "relative-iri",
            FindingKind::EmptyIri => "empty-iri",
            FindingKind::RelativeType => "relative-type",
            FindingKind::RelativePredicate => "relative-predicate",
            FindingKind::IllFormedIri => "ill-formed-iri",
            FindingKind::BlankPredicate => "blank-predicate",
            FindingKind::FreeFloatingValue => "free-floating-value",
            FindingKind::FreeFloatingNode => "free-floating-node",
            FindingKind::NullValue => "null-value",
            FindingKind::DirectionDropped => "direction-dropped",
            FindingKind::IndexDropped => "index-dropped",
            FindingKind::IllFormedLanguage => "ill-formed-language",
            FindingKind::InlineTerm => "inline-term",
            FindingKind::TermWrittenAsIri => "term-written-as-iri",
            FindingKind::TypeWrittenAsIri => "type-written-as-iri",
            FindingKind::InlineKeywordAlias => "inline-keyword-alias",
            FindingKind::ForeignKeyword => "foreign-keyword",
            FindingKind::InlineBase => "inline-base",
            FindingKind::InlineVocab => "inline-vocab",
            FindingKind::InlineLanguage => "inline-language",
            FindingKind::InlineDirection => "inline-direction",
            FindingKind::JsonLiteral => "json-literal",
            FindingKind::InlineReverse => "inline-reverse",
            FindingKind::InlineNest => "inline-nest",
            FindingKind::TermRemoved => "term-removed",
            FindingKind::TermRedefined => "term-redefined",
            FindingKind::InlinePropagate => "inline-propagate",
            FindingKind::InlineImport => "inline-import",
        }
    }
}

/// A place in the document, as a chain of steps from the innermost outwards: costs nothing until it
/// has to be written down.
#[derive(Clone, Copy)]
pub(super) struct Path<'a> {
    outer: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Name(&'a str),
    Index(usize),
}

impl<'a> Path<'a> {
    /// The whole document.
    pub(super) const ROOT: Path<'static> = Path { outer: None, step: Step::Root };

    /// Member `name` of this place.
    pub(super) fn name(&'a self, name: &'a str) -> Path<'a> {
        Path { outer: Some(self), step: Step::Name(name) }
    }

    /// Item `index` of this place.
    pub(super) fn index(&'a self, index: usize) -> Path<'a> {
        Path { outer: Some(self), step: Step::Index(index) }
    }

    /// The [JSON pointer](https://www.rfc-editor.org/rfc/rfc6901).
    pub(super) fn pointer(&self) -> String {
        let mut steps = Vec::new();
        let mut here = Some(self);
        while let Some(path) = here {
            steps.push(path.step);
            here = path.outer;
        }
        let mut out = String::new();
        for step in steps.iter().rev() {
            match step {
                Step::Root => {}
                Step::Name(name) => {
                    out.push('/');
                    out.push_str(&name.replace('~', "~0").replace('/', "~1"));
                }
                Step::Index(index) => {
                    out.push('/');
                    out.push_str(&index.to_string());
                }
            }
        }
        out
    }
}
