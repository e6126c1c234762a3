//! Layer 1. Safe mode: what falls out of the quads, and what we read that is said in a foreign way.
//!
//! Called during expansion, where the place in the document is known and nothing has been lost yet.

use crate::canon::json_ld::active::{Active, Expanded, Via, is_blank};
use crate::canon::json_ld::expansion::Under;
use crate::canon::json_ld::finding::{FindingKind, Path};
use crate::canon::json_ld::item::Literal;
use crate::canon::json_ld::keyword::Keyword;
use crate::canon::json_ld::local::Origin;
use crate::canon::json_ld::session::Session;
use crate::canon::json_ld::values::is_language_tag;
use crate::codec::iri;
use crate::codec::json::Text;

impl Session<'_> {
    /// Notes a keyword that moves content, or has its name from an inline context.
    pub(super) fn check_keyword(&mut self, keyword: Keyword, expanded: &Expanded, key: &Text, path: &Path) {
        if expanded.via == Via::Term && expanded.origin == Origin::Inline {
            self.foreign(FindingKind::InlineKeywordAlias, path, key);
        }
        let is_foreign = matches!(
            keyword,
            Keyword::Graph | Keyword::Included | Keyword::Index | Keyword::Nest | Keyword::Reverse
        );
        if is_foreign {
            self.foreign(FindingKind::ForeignKeyword, path, key);
        }
    }

    /// Notes a property that falls out, or is ours and said in a foreign way.
    pub(super) fn check_property(
        &mut self,
        active: &Active,
        key: &Text,
        expanded: &Expanded,
        property: &Text,
        path: &Path,
    ) {
        if is_blank(property) {
            self.undefined(FindingKind::BlankPredicate, path, key);
        } else if !iri::is_well_formed(property) {
            let is_relative = !iri::has_scheme(property);
            let kind = if is_relative { FindingKind::RelativePredicate } else { FindingKind::IllFormedIri };
            self.undefined(kind, path, key);
        }
        if expanded.via == Via::Term
            && expanded.origin == Origin::Inline
            && let Some(definition) = active.get(key)
        {
            if definition.is_reverse {
                self.foreign(FindingKind::InlineReverse, path, key);
            } else if definition.nest.is_some() {
                self.foreign(FindingKind::InlineNest, path, key);
            }
        }
        if (self.settings.is_read)(property) {
            let kind = match (expanded.via, expanded.origin) {
                (Via::Itself | Via::CompactIri, _) => FindingKind::TermWrittenAsIri,
                (Via::Vocab, Origin::Inline) => FindingKind::InlineVocab,
                (_, Origin::Inline) => FindingKind::InlineTerm,
                _ => return,
            };
            self.foreign(kind, path, key);
        }
    }

    /// Notes a type that falls out, or is ours and said in a foreign way.
    pub(super) fn check_type(&mut self, expanded: &Expanded, name: &Text, path: &Path) {
        let Some(text) = &expanded.text else {
            let kind =
                if expanded.via == Via::Term { FindingKind::NullTerm } else { FindingKind::KeywordLikeIri };
            return self.undefined(kind, path, name);
        };
        if expanded.keyword.is_none() && !is_blank(text) && !iri::is_well_formed(text) {
            let is_relative = !iri::has_scheme(text);
            let kind = if is_relative { FindingKind::RelativeType } else { FindingKind::IllFormedIri };
            self.undefined(kind, path, name);
        }
        if expanded.via == Via::Base && expanded.origin == Origin::Inline {
            self.foreign(FindingKind::InlineBase, path, name);
        } else if (self.settings.is_read)(text) {
            let kind = match (expanded.via, expanded.origin) {
                (Via::Itself | Via::CompactIri, _) => FindingKind::TypeWrittenAsIri,
                (Via::Vocab, Origin::Inline) => FindingKind::InlineVocab,
                (_, Origin::Inline) => FindingKind::InlineTerm,
                _ => return,
            };
            self.foreign(kind, path, name);
        }
    }

    /// Notes a value object that is a JSON literal under a property of ours.
    pub(super) fn check_json_literal(&mut self, outer: &Active, under: Under, path: &Path) {
        let Under::Term(key) = under else { return };
        if outer.expand_vocab(key).text.is_some_and(|property| (self.settings.is_read)(&property)) {
            self.foreign(FindingKind::JsonLiteral, path, key);
        }
    }

    /// Notes an identifier that no quad can hold, or that an inline base has changed.
    pub(super) fn check_reference(&mut self, expanded: &Expanded, text: &Text, path: &Path) {
        if expanded.via == Via::Base && expanded.origin == Origin::Inline {
            self.foreign(FindingKind::InlineBase, path, text);
        }
        let kind = match &expanded.text {
            None if expanded.via == Via::Term => FindingKind::NullTerm,
            None => FindingKind::KeywordLikeIri,
            Some(iri) if is_blank(iri) || self.sound.is_well_formed(iri) => return,
            Some(iri) if iri::has_scheme(iri) => FindingKind::IllFormedIri,
            Some(iri) if iri.is_empty() => FindingKind::EmptyIri,
            Some(_) => FindingKind::RelativeIri,
        };
        self.undefined(kind, path, text);
    }

    /// Notes what of a literal no quad can hold.
    pub(super) fn check_literal(&mut self, literal: &Literal, path: &Path) {
        if let Some(direction) = literal.direction {
            self.undefined(FindingKind::DirectionDropped, path, &direction.as_str().into());
        }
        if let Some(tag) = literal.language.as_ref().filter(|tag| !is_language_tag(tag)) {
            self.undefined(FindingKind::IllFormedLanguage, path, tag);
        }
        let is_named = literal
            .datatype
            .as_ref()
            .filter(|datatype| &***datatype != "@json" && !iri::is_well_formed(datatype));
        if let Some(datatype) = is_named {
            self.undefined(FindingKind::IllFormedIri, path, datatype);
        }
    }
}
