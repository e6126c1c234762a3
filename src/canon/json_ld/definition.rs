//! Layer 1. Create Term Definition ([JSON-LD-API §4.2]).
//!
//! [JSON-LD-API §4.2]: https://www.w3.org/TR/json-ld11-api/#create-term-definition

use std::rc::Rc;

use crate::canon::json_ld::Stop;
use crate::canon::json_ld::active::{Coercion, Definition, Expanded, Via, expand, is_blank, split_compact};
use crate::canon::json_ld::finding::FindingKind;
use crate::canon::json_ld::keyword::{Container, Direction, Keyword, has_keyword_form};
use crate::canon::json_ld::local::{Member, Origin};
use crate::canon::json_ld::processing::{Building, Progress, fail};
use crate::canon::json_ld::session::Session;
use crate::codec::iri;
use crate::codec::json::{Object, Text, Value};
use crate::limits::{LimitReached, TERM_CHAIN_MAX};

/// A definition being made, and what it is made from.
struct Draft<'a> {
    term: &'a Text,
    object: &'a Object,
    /// Whether the context has just a string (or null) for the term.
    is_simple: bool,
    definition: Definition,
}

/// Whether the term keeps going, or is dropped without an error because of a reserved name.
enum Outcome {
    Defined,
    Dropped,
}

impl Session<'_> {
    /// Defines the term at `position` of the context under construction, after those it needs.
    pub(super) fn define(&mut self, building: &mut Building, position: usize) -> Result<(), Stop> {
        let local = building.local.clone();
        let Some(member) = local.members().get(position) else { return Ok(()) };
        if is_setting(&member.name) {
            return Ok(());
        }
        match building.progress.get_mut(position) {
            Some(progress @ Progress::None) => *progress = Progress::Started,
            Some(Progress::Started) => return Err(fail("cyclic IRI mapping", &local)),
            _ => return Ok(()),
        }
        if member.name.is_empty() {
            return Err(fail("invalid term definition", &local));
        }
        // Terms that need one another are defined by recursion.
        building.waiting += 1;
        if building.waiting > TERM_CHAIN_MAX {
            return Err(LimitReached("term-chain").into());
        }
        if &*member.name == "@type" {
            check_type_definition(member, building)?;
        } else if Keyword::of(&member.name).is_some() {
            return Err(fail("keyword redefinition", &local));
        } else if has_keyword_form(&member.name) {
            building.waiting -= 1;
            return Ok(());
        }
        let previous = building.layer.get(&member.name).cloned();
        if previous.is_some() {
            building.layer.set(&member.name, None);
        }
        let definition = self.draft(building, member)?;
        self.settle(building, member, previous, definition)?;
        building.waiting -= 1;
        if let Some(progress) = building.progress.get_mut(position) {
            *progress = Progress::Done;
        }
        Ok(())
    }

    /// Steps 7 to 26: the definition, or none where a reserved name makes it be ignored.
    fn draft(&mut self, building: &mut Building, member: &Member) -> Result<Option<Definition>, Stop> {
        let mut simple = Object::default();
        let (object, is_simple) = match &member.value {
            Value::Object(object) => (object, false),
            Value::Null => {
                simple.insert("@id".into(), Value::Null);
                (&simple, false)
            }
            Value::String(_) => {
                simple.insert("@id".into(), member.value.clone());
                (&simple, true)
            }
            _ => return Err(fail("invalid term definition", &building.local)),
        };
        let mut draft = Draft {
            term: &member.name,
            object,
            is_simple,
            definition: Definition {
                iri: None,
                keyword: None,
                is_prefix: false,
                is_protected: building.protects,
                is_reverse: false,
                context: member.context.clone(),
                container: Container::default(),
                coercion: None,
                language: None,
                direction: None,
                index: None,
                nest: None,
                origin: building.local.origin,
            },
        };
        if let Some(value) = object.get("@protected") {
            draft.definition.is_protected = match value {
                Value::Bool(value) => *value,
                _ => return Err(fail("invalid @protected value", &building.local)),
            };
        }
        self.set_coercion(building, &mut draft)?;
        let outcome = match object.get("@reverse") {
            Some(reverse) => self.set_reverse(building, &mut draft, reverse)?,
            None => self.set_all(building, &mut draft)?,
        };
        Ok(match outcome {
            Outcome::Defined => Some(draft.definition),
            Outcome::Dropped => None,
        })
    }

    /// Steps 27 and 28: protection, then the definition takes its place.
    fn settle(
        &mut self,
        building: &mut Building,
        member: &Member,
        previous: Option<Rc<Definition>>,
        definition: Option<Definition>,
    ) -> Result<(), Stop> {
        if let Some(previous) = previous {
            if previous.is_protected && !building.overrides_protected {
                // Said again, the protected definition stays, with its origin.
                return match definition {
                    Some(definition) if definition.is_same(&previous) => {
                        building.layer.set(&member.name, Some(previous));
                        Ok(())
                    }
                    _ => Err(fail("protected term redefinition", &building.local)),
                };
            }
            self.note_redefinition(building, member, &previous, definition.as_ref());
        }
        if let Some(definition) = definition {
            building.layer.set(&member.name, Some(Rc::new(definition)));
        }
        Ok(())
    }

    /// Notes an inline context that takes a term of ours, or turns it into something else.
    fn note_redefinition(
        &mut self,
        building: &Building,
        member: &Member,
        previous: &Definition,
        definition: Option<&Definition>,
    ) {
        if building.local.origin != Origin::Inline || previous.origin == Origin::Inline || self.is_trial {
            return;
        }
        let is_ours = previous.keyword.is_some()
            || previous.iri.as_ref().is_some_and(|iri| (self.settings.is_read)(iri));
        let iri = definition.and_then(|definition| definition.iri.as_ref());
        if is_ours && iri != previous.iri.as_ref() {
            let kind = if iri.is_none() { FindingKind::TermRemoved } else { FindingKind::TermRedefined };
            let step = member.name.replace('~', "~0").replace('/', "~1");
            self.foreign_at(kind, || format!("{}/{step}", building.local.pointer), &member.name);
        }
    }

    /// Step 12: the type mapping.
    fn set_coercion(&mut self, building: &mut Building, draft: &mut Draft) -> Result<(), Stop> {
        let text = match draft.object.get("@type") {
            None => return Ok(()),
            Some(Value::String(text)) => text,
            Some(_) => return Err(fail("invalid type mapping", &building.local)),
        };
        let expanded = self.expand_defining(building, text, draft)?;
        draft.definition.coercion = Some(match (expanded.keyword, expanded.text) {
            (Some(Keyword::Id), _) => Coercion::Id,
            (Some(Keyword::Vocab), _) => Coercion::Vocab,
            (Some(Keyword::Json), _) => Coercion::Json,
            (Some(Keyword::None), _) => Coercion::None,
            (None, Some(iri)) if iri::has_scheme(&iri) => Coercion::Datatype(iri),
            _ => return Err(fail("invalid type mapping", &building.local)),
        });
        Ok(())
    }

    /// Step 13: a reverse property has fewer possibilities.
    fn set_reverse(
        &mut self,
        building: &mut Building,
        draft: &mut Draft,
        value: &Value,
    ) -> Result<Outcome, Stop> {
        if draft.object.get("@id").is_some() || draft.object.get("@nest").is_some() {
            return Err(fail("invalid reverse property", &building.local));
        }
        let Value::String(text) = value else { return Err(fail("invalid IRI mapping", &building.local)) };
        if has_keyword_form(text) {
            return Ok(Outcome::Dropped);
        }
        match self.expand_defining(building, text, draft)? {
            Expanded { text: Some(iri), keyword: None, .. } if is_name(&iri) => {
                draft.definition.iri = Some(iri)
            }
            _ => return Err(fail("invalid IRI mapping", &building.local)),
        }
        draft.definition.is_reverse = true;
        draft.definition.container = match draft.object.get("@container") {
            None | Some(Value::Null) => Container::default(),
            Some(Value::String(text)) if matches!(&**text, "@set" | "@index") => {
                Container::of(text).unwrap_or_default()
            }
            Some(_) => return Err(fail("invalid reverse property", &building.local)),
        };
        self.set_index(building, draft)?;
        Ok(Outcome::Defined)
    }

    /// Steps 14 to 26 for a property that points forward.
    fn set_all(&mut self, building: &mut Building, draft: &mut Draft) -> Result<Outcome, Stop> {
        if let Outcome::Dropped = self.set_iri(building, draft)? {
            return Ok(Outcome::Dropped);
        }
        set_container(building, draft)?;
        self.set_index(building, draft)?;
        let has_type = draft.object.get("@type").is_some();
        if let Some(value) = draft.object.get("@language").filter(|_| !has_type) {
            draft.definition.language = Some(match value {
                Value::Null => None,
                Value::String(tag) => Some(tag.clone()),
                _ => return Err(fail("invalid language mapping", &building.local)),
            });
        }
        if let Some(value) = draft.object.get("@direction").filter(|_| !has_type) {
            draft.definition.direction = Some(match (value, value.as_str().and_then(Direction::of)) {
                (Value::Null, _) => None,
                (_, Some(direction)) => Some(direction),
                _ => return Err(fail("invalid base direction", &building.local)),
            });
        }
        if let Some(value) = draft.object.get("@nest") {
            draft.definition.nest = match value {
                Value::String(text) if &**text == "@nest" || Keyword::of(text).is_none() => {
                    Some(text.clone())
                }
                _ => return Err(fail("invalid @nest value", &building.local)),
            };
        }
        set_prefix(building, draft)?;
        match draft.object.iter().all(|(name, _)| DEFINITION_MEMBERS.contains(&&**name)) {
            true => Ok(Outcome::Defined),
            false => Err(fail("invalid term definition", &building.local)),
        }
    }

    /// Steps 14 to 18: the IRI mapping.
    fn set_iri(&mut self, building: &mut Building, draft: &mut Draft) -> Result<Outcome, Stop> {
        let term = draft.term;
        match draft.object.get("@id") {
            Some(Value::String(text)) if text == term => {}
            None => {}
            Some(Value::Null) => return Ok(Outcome::Defined),
            Some(Value::String(text)) => return self.set_iri_from(building, draft, text),
            Some(_) => return Err(fail("invalid IRI mapping", &building.local)),
        }
        if let Some((prefix, suffix)) = term.split_once(':').filter(|(prefix, _)| !prefix.is_empty()) {
            self.define_named(building, prefix)?;
            draft.definition.iri = Some(match building.layer.get(prefix) {
                Some(definition) if definition.iri.is_some() => {
                    draft.definition.origin = draft.definition.origin.max(definition.origin);
                    [definition.iri.as_deref().unwrap_or_default(), suffix].concat().into()
                }
                _ => term.clone(),
            });
        } else if term.contains('/') {
            // A relative reference: nothing of this context has to be defined for it first.
            match expand(&building.layer, &building.defaults, term, false, true) {
                Expanded { text: Some(iri), keyword: None, origin, .. } if iri::has_scheme(&iri) => {
                    draft.definition.iri = Some(iri);
                    draft.definition.origin = draft.definition.origin.max(origin);
                }
                _ => return Err(fail("invalid IRI mapping", &building.local)),
            }
        } else if &**term == "@type" {
            draft.definition.iri = Some(term.clone());
            draft.definition.keyword = Some(Keyword::Type);
        } else {
            let Some(vocab) = &building.defaults.vocab else {
                return Err(fail("invalid IRI mapping", &building.local));
            };
            draft.definition.iri = Some([vocab, &**term].concat().into());
            draft.definition.origin = draft.definition.origin.max(building.defaults.vocab_origin);
        }
        Ok(Outcome::Defined)
    }

    fn set_iri_from(
        &mut self,
        building: &mut Building,
        draft: &mut Draft,
        text: &Text,
    ) -> Result<Outcome, Stop> {
        if Keyword::of(text).is_none() && has_keyword_form(text) {
            return Ok(Outcome::Dropped);
        }
        let expanded = self.expand_defining(building, text, draft)?;
        let iri = match (expanded.keyword, expanded.text) {
            (Some(Keyword::Context), _) => return Err(fail("invalid keyword alias", &building.local)),
            (Some(_), Some(iri)) => iri,
            (None, Some(iri)) if is_name(&iri) => iri,
            _ => return Err(fail("invalid IRI mapping", &building.local)),
        };
        let term = draft.term;
        let is_plain = !term.contains([':', '/']);
        let is_inner_colon =
            term.char_indices().any(|(at, letter)| letter == ':' && at > 0 && at + 1 < term.len());
        if is_inner_colon || term.contains('/') {
            self.mark_done(building, term);
            if expand(&building.layer, &building.defaults, term, false, true).text.as_ref() != Some(&iri)
                && self.expand_defining(building, term, draft)?.text.as_ref() != Some(&iri)
            {
                return Err(fail("invalid IRI mapping", &building.local));
            }
        }
        let is_gen_delim = iri.ends_with([':', '/', '?', '#', '[', ']', '@']);
        draft.definition.is_prefix = is_plain && draft.is_simple && (is_gen_delim || is_blank(&iri));
        draft.definition.keyword = expanded.keyword;
        draft.definition.iri = Some(iri);
        Ok(Outcome::Defined)
    }

    /// Step 20: the index mapping.
    fn set_index(&mut self, building: &mut Building, draft: &mut Draft) -> Result<(), Stop> {
        let Some(value) = draft.object.get("@index") else { return Ok(()) };
        let text = match value {
            Value::String(text) if draft.definition.container.has(Container::INDEX) => text,
            _ => return Err(fail("invalid term definition", &building.local)),
        };
        match self.expand_defining(building, text, draft)? {
            Expanded { text: Some(iri), keyword: None, .. } if iri::has_scheme(&iri) => {
                draft.definition.index = Some(text.clone());
                Ok(())
            }
            _ => Err(fail("invalid term definition", &building.local)),
        }
    }

    /// Expands `text` as a property or type, defining the terms it needs first, and lets the origin
    /// of what was used weigh on the draft's.
    fn expand_defining(
        &mut self,
        building: &mut Building,
        text: &Text,
        draft: &mut Draft,
    ) -> Result<Expanded, Stop> {
        if Keyword::of(text).is_none() && !has_keyword_form(text) {
            self.define_named(building, text)?;
            let is_term = building.layer.get(text).is_some();
            if let Some((prefix, suffix)) = split_compact(text).filter(|_| !is_term)
                && prefix != "_"
                && !suffix.starts_with("//")
            {
                self.define_named(building, prefix)?;
            }
        }
        let expanded = expand(&building.layer, &building.defaults, text, false, true);
        if expanded.via != Via::Itself {
            draft.definition.origin = draft.definition.origin.max(expanded.origin);
        }
        Ok(expanded)
    }

    /// Defines term `name`, where the context under construction has it.
    fn define_named(&mut self, building: &mut Building, name: &str) -> Result<(), Stop> {
        match building.local.position(name) {
            Some(position) => self.define(building, position),
            None => Ok(()),
        }
    }

    fn mark_done(&mut self, building: &mut Building, name: &str) {
        let position = building.local.position(name);
        if let Some(progress) = position.and_then(|position| building.progress.get_mut(position)) {
            *progress = Progress::Done;
        }
    }
}

/// Step 4: `@type` may only be given a container or protection.
fn check_type_definition(member: &Member, building: &Building) -> Result<(), Stop> {
    let is_allowed = member.value.as_object().is_some_and(|object| {
        !object.is_empty()
            && object.iter().all(|(name, value)| match &**name {
                "@container" => value.as_str() == Some("@set"),
                name => name == "@protected",
            })
    });
    match is_allowed && member.context.is_none() {
        true => Ok(()),
        false => Err(fail("keyword redefinition", &building.local)),
    }
}

/// Step 19: the container mapping.
fn set_container(building: &Building, draft: &mut Draft) -> Result<(), Stop> {
    let Some(value) = draft.object.get("@container") else { return Ok(()) };
    let invalid = || fail("invalid container mapping", &building.local);
    let mut container = Container::default();
    if value.as_set().is_empty() {
        return Err(invalid());
    }
    for item in value.as_set() {
        let one = item.as_str().and_then(Container::of).ok_or_else(invalid)?;
        container = container.and(one);
    }
    if !container.is_allowed() {
        return Err(invalid());
    }
    draft.definition.container = container;
    if container.has(Container::TYPE) {
        match draft.definition.coercion {
            None => draft.definition.coercion = Some(Coercion::Id),
            Some(Coercion::Id | Coercion::Vocab) => {}
            _ => return Err(fail("invalid type mapping", &building.local)),
        }
    }
    Ok(())
}

/// Step 25: the prefix flag.
fn set_prefix(building: &Building, draft: &mut Draft) -> Result<(), Stop> {
    let Some(value) = draft.object.get("@prefix") else { return Ok(()) };
    if draft.term.contains([':', '/']) {
        return Err(fail("invalid term definition", &building.local));
    }
    match value {
        Value::Bool(true) if draft.definition.keyword.is_some() => {
            Err(fail("invalid term definition", &building.local))
        }
        Value::Bool(is_prefix) => {
            draft.definition.is_prefix = *is_prefix;
            Ok(())
        }
        _ => Err(fail("invalid @prefix value", &building.local)),
    }
}

/// Whether `name` is a setting of a context rather than a term.
fn is_setting(name: &str) -> bool {
    matches!(
        name,
        "@base"
            | "@direction"
            | "@import"
            | "@language"
            | "@propagate"
            | "@protected"
            | "@version"
            | "@vocab"
    )
}

fn is_name(text: &str) -> bool {
    iri::has_scheme(text) || is_blank(text)
}

/// What a definition may say; `@context` has been split off before.
const DEFINITION_MEMBERS: &[&str] = &[
    "@id",
    "@reverse",
    "@container",
    "@direction",
    "@index",
    "@language",
    "@nest",
    "@prefix",
    "@protected",
    "@type",
];
