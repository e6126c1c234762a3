//! Layer 1. Active contexts: what the terms of a document mean at one place in it.
//!
//! An active context is immutable and shared. A new one holds only the terms that its own context
//! defines, on top of the layer below; every eighth layer is flattened, so that looking a term up
//! stays cheap and a deep document costs no copies of whole contexts.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::canon::json_ld::keyword::{Container, Direction, Keyword, has_keyword_form};
use crate::canon::json_ld::local::{Local, Origin, hash, next_id};
use crate::codec::iri;
use crate::codec::json::Text;
use crate::limits::IRI_PREFIX_BYTES_MAX;

/// The context in force at some place of the document.
#[derive(Debug)]
pub(super) struct Active {
    pub(super) id: u64,
    pub(super) layer: Rc<Layer>,
    pub(super) defaults: Defaults,
    /// The context to go back to where this one does not propagate.
    pub(super) previous: Option<Rc<Active>>,
    /// Whether it derives from the empty context without base by embedded contexts alone: only such
    /// contexts may be remembered from one document to the next.
    pub(super) is_pure: bool,
}

/// What applies to values that say nothing else, each with its origin.
#[derive(Clone, Debug)]
pub(super) struct Defaults {
    pub(super) base: Option<Text>,
    pub(super) base_origin: Origin,
    pub(super) vocab: Option<Text>,
    pub(super) vocab_origin: Origin,
    pub(super) language: Option<Text>,
    pub(super) language_origin: Origin,
    pub(super) direction: Option<Direction>,
    pub(super) direction_origin: Origin,
}

/// Some terms, on top of others.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    parent: Option<Rc<Layer>>,
    depth: usize,
    /// Sorted by hash, then name. Without a definition, the term has been taken away.
    entries: Vec<(u32, Text, Option<Rc<Definition>>)>,
}

/// A term definition.
#[derive(Clone, Debug)]
pub(super) struct Definition {
    /// The IRI or keyword the term stands for; none where the term is to be ignored.
    pub(super) iri: Option<Text>,
    pub(super) keyword: Option<Keyword>,
    pub(super) is_prefix: bool,
    pub(super) is_protected: bool,
    pub(super) is_reverse: bool,
    pub(super) context: Option<Rc<Local>>,
    pub(super) container: Container,
    pub(super) coercion: Option<Coercion>,
    /// `Some(None)` for an explicit null.
    pub(super) language: Option<Option<Text>>,
    pub(super) direction: Option<Option<Direction>>,
    pub(super) index: Option<Text>,
    pub(super) nest: Option<Text>,
    /// The least trusted context that had a say in this definition.
    pub(super) origin: Origin,
}

/// What a term's type mapping does with plain values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Coercion {
    Id,
    Vocab,
    Json,
    None,
    Datatype(Text),
}

/// The result of IRI expansion.
#[derive(Clone, Debug)]
pub(super) struct Expanded {
    /// The IRI, keyword, blank node identifier or relative reference; none where it is ignored.
    pub(super) text: Option<Text>,
    pub(super) keyword: Option<Keyword>,
    pub(super) via: Via,
    /// The least trusted context that had a say.
    pub(super) origin: Origin,
}

/// How a name became an IRI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Via {
    /// It is a keyword, or an IRI or blank node identifier as it stands.
    Itself,
    Term,
    CompactIri,
    Vocab,
    Base,
    /// Not at all: still relative.
    Nothing,
    /// It looks like a keyword and is none.
    KeywordForm,
}

impl Active {
    /// A context without terms.
    pub(super) fn empty(base: Option<Text>) -> Active {
        Active {
            id: next_id(),
            layer: Rc::default(),
            is_pure: base.is_none(),
            defaults: Defaults {
                base,
                base_origin: Origin::Embedded,
                vocab: None,
                vocab_origin: Origin::Embedded,
                language: None,
                language_origin: Origin::Embedded,
                direction: None,
                direction_origin: Origin::Embedded,
            },
            previous: None,
        }
    }

    /// The definition of `term`.
    pub(super) fn get(&self, term: &str) -> Option<&Rc<Definition>> {
        self.layer.get(term)
    }

    /// Expands `name` as a property or type.
    pub(super) fn expand_vocab(&self, name: &Text) -> Expanded {
        expand(&self.layer, &self.defaults, name, false, true)
    }

    /// Expands `name` as a node's identifier.
    pub(super) fn expand_id(&self, name: &Text) -> Expanded {
        expand(&self.layer, &self.defaults, name, true, false)
    }

    /// Expands `name` as a type, or as a value that may be a term.
    pub(super) fn expand_type(&self, name: &Text) -> Expanded {
        expand(&self.layer, &self.defaults, name, true, true)
    }

    /// The keyword that member `key` stands for.
    pub(super) fn keyword(&self, key: &str) -> Option<Keyword> {
        Keyword::of(key).or_else(|| self.get(key).and_then(|definition| definition.keyword))
    }
}

impl Layer {
    /// An empty layer on top of `parent`.
    pub(super) fn on(parent: &Rc<Layer>) -> Layer {
        if parent.depth < LAYERS_MAX {
            return Layer { parent: Some(parent.clone()), depth: parent.depth + 1, entries: Vec::new() };
        }
        let mut flat = Layer::default();
        let mut below = Some(parent);
        while let Some(layer) = below {
            for (hash, name, definition) in &layer.entries {
                if let Err(place) = flat.find(*hash, name) {
                    flat.entries.insert(place, (*hash, name.clone(), definition.clone()));
                }
            }
            below = layer.parent.as_ref();
        }
        Layer { parent: Some(Rc::new(flat)), depth: 1, entries: Vec::new() }
    }

    /// The definition of `term`, here or below.
    pub(super) fn get(&self, term: &str) -> Option<&Rc<Definition>> {
        let hash = hash(term);
        let mut layer = self;
        loop {
            if let Ok(place) = layer.find(hash, term) {
                return layer.entries.get(place).and_then(|(_, _, definition)| definition.as_ref());
            }
            layer = layer.parent.as_deref()?;
        }
    }

    /// Sets or takes away the definition of `term` in this layer.
    pub(super) fn set(&mut self, term: &Text, definition: Option<Rc<Definition>>) {
        let hash = hash(term);
        match self.find(hash, term) {
            Ok(place) => {
                if let Some(entry) = self.entries.get_mut(place) {
                    entry.2 = definition;
                }
            }
            Err(place) => self.entries.insert(place, (hash, term.clone(), definition)),
        }
    }

    /// Whether any term in force is protected.
    pub(super) fn has_protected(&self) -> bool {
        let mut layer = Some(self);
        while let Some(here) = layer {
            for (_, name, _) in &here.entries {
                if self.get(name).is_some_and(|definition| definition.is_protected) {
                    return true;
                }
            }
            layer = here.parent.as_deref();
        }
        false
    }

    /// Whether this layer itself says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn find(&self, hash: u32, name: &str) -> Result<usize, usize> {
        self.entries.binary_search_by(|(other, text, _)| match other.cmp(&hash) {
            Ordering::Equal => (**text).cmp(name),
            unequal => unequal,
        })
    }
}

impl Definition {
    /// Whether both mean the same, protection and origin aside.
    pub(super) fn is_same(&self, other: &Definition) -> bool {
        let contexts = match (&self.context, &other.context) {
            (None, None) => true,
            (Some(one), Some(other)) => one.is_same(other),
            _ => false,
        };
        contexts
            && self.iri == other.iri
            && self.is_prefix == other.is_prefix
            && self.is_reverse == other.is_reverse
            && self.container == other.container
            && self.coercion == other.coercion
            && self.language == other.language
            && self.direction == other.direction
            && self.index == other.index
            && self.nest == other.nest
    }
}

/// [JSON-LD-API §5.2] IRI expansion, definitions in `layer` being complete.
///
/// [JSON-LD-API §5.2]: https://www.w3.org/TR/json-ld11-api/#iri-expansion
pub(super) fn expand(
    layer: &Layer,
    defaults: &Defaults,
    name: &Text,
    is_document_relative: bool,
    is_vocab: bool,
) -> Expanded {
    let itself =
        |keyword| Expanded { text: Some(name.clone()), keyword, via: Via::Itself, origin: Origin::Embedded };
    if let Some(keyword) = Keyword::of(name) {
        return itself(Some(keyword));
    }
    if has_keyword_form(name) {
        return Expanded { text: None, keyword: None, via: Via::KeywordForm, origin: Origin::Embedded };
    }
    if let Some(definition) = layer.get(name)
        && (is_vocab || definition.keyword.is_some())
    {
        let Definition { iri, keyword, origin, .. } = &**definition;
        return Expanded { text: iri.clone(), keyword: *keyword, via: Via::Term, origin: *origin };
    }
    let joined = |via, start: &str, end: &str, origin| match start.len() <= IRI_PREFIX_BYTES_MAX {
        true => Expanded { text: Some([start, end].concat().into()), keyword: None, via, origin },
        // Too long to be written out for every name: the name stays what it is, and is undefined.
        false => Expanded { via: Via::Nothing, ..itself(None) },
    };
    if let Some((prefix, suffix)) = split_compact(name) {
        if prefix == "_" || suffix.starts_with("//") {
            return itself(None);
        }
        if let Some(definition) = layer.get(prefix).filter(|definition| definition.is_prefix)
            && let Some(iri) = &definition.iri
        {
            return joined(Via::CompactIri, iri, suffix, definition.origin);
        }
        if iri::has_scheme(name) {
            return itself(None);
        }
    }
    if let Some(vocab) = defaults.vocab.as_ref().filter(|_| is_vocab) {
        return joined(Via::Vocab, vocab, name, defaults.vocab_origin);
    }
    if let Some(base) = defaults.base.as_ref().filter(|_| is_document_relative) {
        return joined(Via::Base, &iri::resolve(base, name), "", defaults.base_origin);
    }
    Expanded { via: Via::Nothing, ..itself(None) }
}

/// Prefix and suffix where `name` has a colon after its first character.
pub(super) fn split_compact(name: &str) -> Option<(&str, &str)> {
    name.split_once(':').filter(|(prefix, _)| !prefix.is_empty())
}

/// Whether `text` identifies a blank node.
pub(super) fn is_blank(text: &str) -> bool {
    text.starts_with("_:")
}

/// Layers above the first before they are flattened.
const LAYERS_MAX: usize = 8;
