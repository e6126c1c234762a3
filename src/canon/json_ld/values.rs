//! Layer 1. Value expansion ([JSON-LD-API §5.3]) and the checks on single values.
//!
//! [JSON-LD-API §5.3]: https://www.w3.org/TR/json-ld11-api/#value-expansion

use crate::canon::json_ld::active::{Active, Coercion, Expanded, Via};
use crate::canon::json_ld::expansion::Under;
use crate::canon::json_ld::finding::{FindingKind, Path};
use crate::canon::json_ld::item::{Id, Item, Literal, Node};
use crate::canon::json_ld::local::Origin;
use crate::canon::json_ld::session::Session;
use crate::codec::json::{Text, Value};

impl Session<'_> {
    /// Expands the scalar `value` under a property.
    pub(super) fn scalar(&mut self, active: &Active, under: Under, value: &Value, path: &Path) -> Item {
        let definition = under.definition(active);
        let coercion = definition.and_then(|definition| definition.coercion.as_ref());
        let mut literal =
            Literal { value: value.clone(), datatype: None, language: None, direction: None, index: None };
        match (coercion, value) {
            (Some(Coercion::Id), Value::String(text)) => {
                return self.reference(active.expand_id(text), text, path);
            }
            (Some(Coercion::Vocab), Value::String(text)) => {
                let expanded = active.expand_type(text);
                let is_ours = expanded.text.as_ref().is_some_and(|iri| (self.settings.is_read)(iri));
                if is_ours && expanded.via == Via::Term && expanded.origin == Origin::Inline {
                    self.foreign(FindingKind::InlineTerm, path, text);
                }
                return self.reference(expanded, text, path);
            }
            (Some(Coercion::Datatype(datatype)), _) => literal.datatype = Some(datatype.clone()),
            (_, Value::String(_)) => {
                let own = definition.and_then(|definition| definition.language.clone());
                let own_direction = definition.and_then(|definition| definition.direction);
                let is_ours = definition
                    .and_then(|definition| definition.iri.as_ref())
                    .map(|iri| (self.settings.is_read)(iri));
                let defaults = &active.defaults;
                for (is_default, is_set, origin, kind) in [
                    (
                        own.is_none(),
                        defaults.language.is_some(),
                        defaults.language_origin,
                        FindingKind::InlineLanguage,
                    ),
                    (
                        own_direction.is_none(),
                        defaults.direction.is_some(),
                        defaults.direction_origin,
                        FindingKind::InlineDirection,
                    ),
                ] {
                    if is_ours == Some(true) && is_default && is_set && origin == Origin::Inline {
                        self.foreign(kind, path, &"@context".into());
                    }
                }
                literal.language = own.unwrap_or_else(|| defaults.language.clone());
                literal.direction = own_direction.unwrap_or(defaults.direction);
            }
            _ => {}
        }
        self.check_literal(&literal, path);
        Item::Value(literal)
    }

    fn reference(&mut self, expanded: Expanded, text: &Text, path: &Path) -> Item {
        self.check_reference(&expanded, text, path);
        let id = expanded.text.map_or(Id::Null, Id::Text);
        Item::Node(Box::new(Node { id, ..Node::default() }))
    }
}

/// Whether `tag` has the form of a language tag ([BCP 47]): what N-Quads can hold.
///
/// [BCP 47]: https://www.rfc-editor.org/rfc/rfc5646#section-2.1
pub(super) fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_short = |part: &str| (1..=8).contains(&part.len());
    parts
        .next()
        .is_some_and(|first| is_short(first) && first.bytes().all(|letter| letter.is_ascii_alphabetic()))
        && parts.all(|part| is_short(part) && part.bytes().all(|letter| letter.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_have_their_form() {
        for good in ["en", "en-US", "de-1996", "x-abcdefgh", "zh-Hant-TW"] {
            assert!(is_language_tag(good), "{good}");
        }
        for bad in ["", "-", "en_US", "en-", "1en", "abcdefghi", "a b", "en-abcdefghi", "é"] {
            assert!(!is_language_tag(bad), "{bad}");
        }
    }
}
