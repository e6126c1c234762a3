//! Layer 1. Expansion ([JSON-LD-API §5.1]): elements, objects and their members.
//!
//! Recursion follows the nesting of the document, which the JSON reader bounds.
//!
//! [JSON-LD-API §5.1]: https://www.w3.org/TR/json-ld11-api/#expansion

use std::rc::Rc;

use crate::canon::json_ld::Stop;
use crate::canon::json_ld::active::{Active, Definition, Via};
use crate::canon::json_ld::finding::{FindingKind, Path};
use crate::canon::json_ld::item::{Expansion, Id, Item, List, Literal, Node};
use crate::canon::json_ld::keyword::{Container, Direction, Keyword};
use crate::canon::json_ld::processing::Scope;
use crate::canon::json_ld::session::Session;
use crate::codec::iri;
use crate::codec::json::{Object, Text, Value};
use crate::codec::order::order;

/// The property a value stands under.
#[derive(Clone, Copy)]
pub(super) enum Under<'k> {
    /// None: the document itself, or what is included.
    Top,
    Graph,
    Reverse,
    Term(&'k Text),
}

/// The members of an object while they are gathered.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) node: Node,
    pub(super) has_type_array: bool,
    pub(super) value: Option<Value>,
    pub(super) language: Option<Text>,
    pub(super) direction: Option<Direction>,
    pub(super) list: Option<Vec<Item>>,
    pub(super) set: Option<Expansion>,
    pub(super) has_reverse: bool,
    /// Whether `@value` is a JSON literal.
    pub(super) is_json: bool,
}

/// What stays the same while the members of one object are expanded.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) active: &'a Rc<Active>,
    /// The context before those scoped to types: types themselves are read with it.
    pub(super) type_scoped: &'a Rc<Active>,
    pub(super) under: Under<'a>,
}

impl Under<'_> {
    /// Whether values here belong to no node.
    fn is_free(self) -> bool {
        matches!(self, Under::Top | Under::Graph)
    }

    /// The definition of the property.
    pub(super) fn definition(self, active: &Active) -> Option<&Rc<Definition>> {
        match self {
            Under::Term(term) => active.get(term),
            _ => None,
        }
    }
}

impl Session<'_> {
    /// Expands `value`, found at `path` under a property.
    pub(super) fn element(
        &mut self,
        active: &Rc<Active>,
        under: Under,
        value: &Value,
        path: &Path,
        is_map_item: bool,
    ) -> Result<Expansion, Stop> {
        match value {
            Value::Null => Ok(Expansion::Nothing),
            Value::Array(items) => self.array(active, under, items, path, is_map_item),
            Value::Object(object) => self.object(active, under, object, path, is_map_item),
            scalar => {
                if under.is_free() {
                    self.undefined(FindingKind::FreeFloatingValue, path, &scalar_text(scalar));
                    return Ok(Expansion::Nothing);
                }
                let scoped = under.definition(active).and_then(|definition| definition.context.clone());
                let item = match scoped {
                    Some(context) => {
                        let active = self.apply(active, &context, Scope::PROPERTY)?;
                        self.scalar(&active, under, scalar, path)
                    }
                    None => self.scalar(active, under, scalar, path),
                };
                Ok(Expansion::One(item))
            }
        }
    }

    fn array(
        &mut self,
        active: &Rc<Active>,
        under: Under,
        values: &[Value],
        path: &Path,
        is_map_item: bool,
    ) -> Result<Expansion, Stop> {
        let is_list =
            under.definition(active).is_some_and(|definition| definition.container.has(Container::LIST));
        let mut items = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            match self.element(active, under, value, &path.index(index), is_map_item)? {
                Expansion::Nothing => {}
                Expansion::One(item) => items.push(item),
                Expansion::Many(inner) if is_list => {
                    items.push(Item::List(List { items: inner, index: None }))
                }
                Expansion::Many(inner) => items.extend(inner),
            }
        }
        Ok(Expansion::Many(items))
    }

    /// Steps 7 to 20 for a map.
    fn object(
        &mut self,
        active: &Rc<Active>,
        under: Under,
        object: &Object,
        path: &Path,
        is_map_item: bool,
    ) -> Result<Expansion, Stop> {
        let scoped = under.definition(active).and_then(|definition| definition.context.clone());
        let outer = active;
        let mut active = match &outer.previous {
            Some(previous) if !is_map_item && !keeps_context(outer, object) => previous.clone(),
            _ => outer.clone(),
        };
        if let Some(context) = scoped {
            active = self.apply(&active, &context, Scope::PROPERTY)?;
        }
        if let Some(context) = object.get("@context") {
            active = self.apply_inline(&active, context, &path.name("@context"))?;
        }
        let type_scoped = active.clone();
        let type_values = type_values(&active, object);
        for value in &type_values {
            active = self.apply_types(&active, &type_scoped, value)?;
        }
        let mut parts =
            Parts { is_json: has_json_type(&active, type_values.first().copied()), ..Parts::default() };
        let place = Place { active: &active, type_scoped: &type_scoped, under };
        self.members(place, object, path, &mut parts)?;
        self.finish(outer, under, parts, path)
    }

    /// Step 11: the contexts scoped to the types in `value`.
    fn apply_types(
        &mut self,
        active: &Rc<Active>,
        type_scoped: &Rc<Active>,
        value: &Value,
    ) -> Result<Rc<Active>, Stop> {
        let terms: Vec<&Text> = value
            .as_set()
            .iter()
            .filter_map(|item| match item {
                Value::String(text) => Some(text),
                _ => None,
            })
            .collect();
        let mut active = active.clone();
        for position in order(terms.len(), &|one, other| terms.get(one).cmp(&terms.get(other))) {
            let definition = terms.get(position).and_then(|term| type_scoped.get(term));
            if let Some(context) = definition.and_then(|definition| definition.context.as_ref()) {
                active = self.apply(&active, context, Scope::TYPE)?;
            }
        }
        Ok(active)
    }

    /// Steps 13 and 14: every member of `object`, then what is nested.
    pub(super) fn members(
        &mut self,
        place: Place,
        object: &Object,
        path: &Path,
        parts: &mut Parts,
    ) -> Result<(), Stop> {
        let mut nests: Vec<(&Text, &Value)> = Vec::new();
        for (key, value) in object.iter() {
            if &**key == "@context" {
                continue;
            }
            let path = path.name(key);
            let expanded = place.active.expand_vocab(key);
            match (expanded.keyword, &expanded.text) {
                (Some(keyword), _) => {
                    self.check_keyword(keyword, &expanded, key, &path);
                    if keyword == Keyword::Nest {
                        nests.push((key, value));
                    } else {
                        self.keyword_member(place, keyword, value, &path, parts)?;
                    }
                }
                (None, Some(property)) if property.contains(':') => {
                    self.check_property(place.active, key, &expanded, property, &path);
                    self.property_member(place, key, property, value, &path, parts)?;
                }
                _ => {
                    let kind = match expanded.via {
                        Via::KeywordForm => FindingKind::KeywordLikeTerm,
                        Via::Term => FindingKind::NullTerm,
                        _ => FindingKind::UndefinedTerm,
                    };
                    self.undefined(kind, &path, key);
                }
            }
        }
        for (key, value) in nests {
            self.nested(place, key, value, &path.name(key), parts)?;
        }
        Ok(())
    }

    fn nested(
        &mut self,
        place: Place,
        key: &Text,
        value: &Value,
        path: &Path,
        parts: &mut Parts,
    ) -> Result<(), Stop> {
        let scoped = place.active.get(key).and_then(|definition| definition.context.clone());
        let active = match scoped {
            Some(context) => self.apply(place.active, &context, Scope::PROPERTY)?,
            None => place.active.clone(),
        };
        for (index, item) in value.as_set().iter().enumerate() {
            let inner = path.index(index);
            let path = if matches!(value, Value::Array(_)) { &inner } else { path };
            match item {
                Value::Object(object)
                    if !object.iter().any(|(key, _)| active.keyword(key) == Some(Keyword::Value)) =>
                {
                    self.members(Place { active: &active, ..place }, object, path, parts)?;
                }
                _ => return Err(fail("invalid @nest value", path)),
            }
        }
        Ok(())
    }

    fn keyword_member(
        &mut self,
        place: Place,
        keyword: Keyword,
        value: &Value,
        path: &Path,
        parts: &mut Parts,
    ) -> Result<(), Stop> {
        if matches!(place.under, Under::Reverse) {
            return Err(fail("invalid reverse property map", path));
        }
        if parts.has(keyword) {
            return Err(fail("colliding keywords", path));
        }
        match keyword {
            Keyword::Id => parts.node.id = self.id(place.active, value, path)?,
            Keyword::Type => self.types(place, value, path, parts)?,
            Keyword::Graph => {
                let items = self.element(place.active, Under::Graph, value, path, false)?.into_items();
                parts.node.graph = Some(items);
            }
            Keyword::Included => {
                let items = self.element(place.active, Under::Top, value, path, false)?.into_items();
                if !is_node_set(place.active, value) {
                    return Err(fail("invalid @included value", path));
                }
                parts.node.included.get_or_insert_default().extend(items);
            }
            Keyword::Value => match value {
                Value::Array(_) | Value::Object(_) if !parts.is_json => {
                    return Err(fail("invalid value object value", path));
                }
                value => parts.value = Some(value.clone()),
            },
            Keyword::Language => match value {
                Value::String(tag) => parts.language = Some(tag.clone()),
                _ => return Err(fail("invalid language-tagged string", path)),
            },
            Keyword::Direction => match value.as_str().and_then(Direction::of) {
                Some(direction) => parts.direction = Some(direction),
                None => return Err(fail("invalid base direction", path)),
            },
            Keyword::Index => match value {
                Value::String(index) => parts.node.index = Some(index.clone()),
                _ => return Err(fail("invalid @index value", path)),
            },
            Keyword::List => {
                if place.under.is_free() {
                    self.undefined(FindingKind::FreeFloatingValue, path, &"@list".into());
                    return Ok(());
                }
                let items = self.element(place.active, place.under, value, path, false)?.into_items();
                parts.list = Some(items);
            }
            Keyword::Set => parts.set = Some(self.element(place.active, place.under, value, path, false)?),
            Keyword::Reverse => self.reverse(place, value, path, parts)?,
            // A keyword of contexts only: JSON-LD ignores it in a node, so it is not signed.
            _ => self.undefined(FindingKind::KeywordLikeTerm, path, &path_name(keyword)),
        }
        Ok(())
    }

    fn id(&mut self, active: &Active, value: &Value, path: &Path) -> Result<Id, Stop> {
        let Value::String(text) = value else { return Err(fail("invalid @id value", path)) };
        let expanded = active.expand_id(text);
        self.check_reference(&expanded, text, path);
        Ok(expanded.text.map_or(Id::Null, Id::Text))
    }

    fn types(&mut self, place: Place, value: &Value, path: &Path, parts: &mut Parts) -> Result<(), Stop> {
        parts.has_type_array |= matches!(value, Value::Array(_));
        parts.has_type_array |= parts.node.types.is_some();
        if matches!(value, Value::Null) {
            return Err(fail("invalid type value", path));
        }
        let types = parts.node.types.get_or_insert_default();
        for item in value.as_set() {
            let Value::String(name) = item else { return Err(fail("invalid type value", path)) };
            let expanded = place.type_scoped.expand_type(name);
            types.extend(expanded.text.clone());
            self.check_type(&expanded, name, path);
        }
        Ok(())
    }

    /// Step 13.4.13: what points here from the nodes in `value`.
    fn reverse(&mut self, place: Place, value: &Value, path: &Path, parts: &mut Parts) -> Result<(), Stop> {
        parts.has_reverse = true;
        if !matches!(value, Value::Object(_)) {
            return Err(fail("invalid @reverse value", path));
        }
        let Expansion::One(Item::Node(node)) =
            self.element(place.active, Under::Reverse, value, path, false)?
        else {
            return Err(fail("invalid @reverse value", path));
        };
        parts.node.properties.extend(node.reverse);
        for (property, items) in node.properties {
            self.add_reverse(property, items, path, parts)?;
        }
        Ok(())
    }

    pub(super) fn add_reverse(
        &mut self,
        property: Text,
        items: Vec<Item>,
        path: &Path,
        parts: &mut Parts,
    ) -> Result<(), Stop> {
        if items.iter().any(|item| !matches!(item, Item::Node(_))) {
            return Err(fail("invalid reverse property value", path));
        }
        parts.node.reverse.push((property, items));
        Ok(())
    }

    /// Steps 15 to 20: what kind of object it turned out to be.
    fn finish(&mut self, outer: &Active, under: Under, parts: Parts, path: &Path) -> Result<Expansion, Stop> {
        if parts.value.is_some() {
            return self.finish_value(outer, under, parts, path);
        }
        let Parts { node, list, set, language, direction, .. } = parts;
        let is_bare = node.says_nothing() && node.id == Id::Absent && node.graph.is_none();
        if list.is_some() || set.is_some() {
            if !is_bare || language.is_some() || direction.is_some() || (list.is_some() && set.is_some()) {
                return Err(fail("invalid set or list object", path));
            }
            return Ok(match (list, set) {
                (Some(items), _) => Expansion::One(Item::List(List { items, index: node.index })),
                (None, set) => set.unwrap_or(Expansion::Nothing),
            });
        }
        if language.is_some() || direction.is_some() {
            let name = if language.is_some() { "@language" } else { "@direction" };
            self.undefined(FindingKind::FreeFloatingValue, path, &name.into());
            if is_bare && node.index.is_none() && direction.is_none() {
                return Ok(Expansion::Nothing);
            }
        }
        let says_nothing = node.says_nothing() && node.graph.is_none() && node.index.is_none();
        if under.is_free() && says_nothing {
            let name = match &node.id {
                Id::Text(id) => id.clone(),
                _ => "".into(),
            };
            self.undefined(FindingKind::FreeFloatingNode, path, &name);
            return Ok(Expansion::Nothing);
        }
        Ok(Expansion::One(Item::Node(Box::new(node))))
    }

    /// `outer` is the context in which the property above was read.
    fn finish_value(
        &mut self,
        outer: &Active,
        under: Under,
        parts: Parts,
        path: &Path,
    ) -> Result<Expansion, Stop> {
        let Parts { mut node, value, language, direction, list, set, has_type_array, .. } = parts;
        let types = node.types.take();
        let is_bare = node.says_nothing() && node.id == Id::Absent && node.graph.is_none();
        let is_tagged = language.is_some() || direction.is_some();
        if !is_bare || list.is_some() || set.is_some() || parts.has_reverse || (types.is_some() && is_tagged)
        {
            return Err(fail("invalid value object", path));
        }
        let value = value.unwrap_or(Value::Null);
        let datatype = types.as_ref().and_then(|types| types.first()).cloned();
        let is_json = datatype.as_deref() == Some("@json");
        if !is_json {
            if value == Value::Null {
                self.undefined(FindingKind::NullValue, path, &"@value".into());
                return Ok(Expansion::Nothing);
            }
            if language.is_some() && value.as_str().is_none() {
                return Err(fail("invalid language-tagged value", path));
            }
            if types.is_some() && (has_type_array || !datatype.as_deref().is_some_and(iri::is_well_formed)) {
                return Err(fail("invalid typed value", path));
            }
        }
        if under.is_free() {
            self.undefined(FindingKind::FreeFloatingValue, path, &scalar_text(&value));
            return Ok(Expansion::Nothing);
        }
        let literal = Literal { value, datatype, language, direction, index: node.index };
        self.check_literal(&literal, path);
        if is_json {
            self.check_json_literal(outer, under, path);
        }
        Ok(Expansion::One(Item::Value(literal)))
    }
}

impl Parts {
    /// Whether `keyword` has been given before, and may not be again.
    fn has(&self, keyword: Keyword) -> bool {
        match keyword {
            Keyword::Id => self.node.id != Id::Absent,
            Keyword::Graph => self.node.graph.is_some(),
            Keyword::Value => self.value.is_some(),
            Keyword::Language => self.language.is_some(),
            Keyword::Direction => self.direction.is_some(),
            Keyword::Index => self.node.index.is_some(),
            Keyword::List => self.list.is_some(),
            Keyword::Set => self.set.is_some(),
            Keyword::Reverse => self.has_reverse,
            _ => false,
        }
    }
}

/// A violation in the document itself.
#[cold]
#[inline(never)]
pub(super) fn fail(code: &'static str, path: &Path) -> Stop {
    Stop::violation(code, path.pointer())
}

/// Step 7: whether a context that does not propagate holds in `object` nevertheless: in a value
/// object, and in one that is a mere reference.
fn keeps_context(active: &Active, object: &Object) -> bool {
    object.iter().any(|(key, _)| active.keyword(key) == Some(Keyword::Value))
        || (object.len() == 1 && object.iter().all(|(key, _)| active.keyword(key) == Some(Keyword::Id)))
}

/// The values of all members that stand for `@type`, by name of the member.
fn type_values<'v>(active: &Active, object: &'v Object) -> Vec<&'v Value> {
    let found: Vec<(&Text, &Value)> =
        object.iter().filter(|(key, _)| active.keyword(key) == Some(Keyword::Type)).collect();
    let name = |position: usize| found.get(position).map(|(name, _)| *name);
    order(found.len(), &|one, other| name(one).cmp(&name(other)))
        .iter()
        .filter_map(|position| found.get(*position).map(|(_, value)| *value))
        .collect()
}

/// Step 12: whether the last of the types in `value` is `@json`.
fn has_json_type(active: &Active, value: Option<&Value>) -> bool {
    match value.and_then(|value| value.as_set().last()) {
        Some(Value::String(name)) => active.keyword(name) == Some(Keyword::Json),
        _ => false,
    }
}

/// Whether `value` has node objects only: `@included` takes nothing else.
fn is_node_set(active: &Active, value: &Value) -> bool {
    value.as_set().iter().all(|item| match item {
        Value::Object(object) => object.iter().all(|(key, _)| {
            !matches!(active.keyword(key), Some(Keyword::Value | Keyword::List | Keyword::Set))
        }),
        _ => false,
    })
}

/// A scalar as it may be shown in a finding.
pub(super) fn scalar_text(value: &Value) -> Text {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.text.clone(),
        Value::Bool(true) => "true".into(),
        Value::Bool(false) => "false".into(),
        _ => "@value".into(),
    }
}

fn path_name(keyword: Keyword) -> Text {
    match keyword {
        Keyword::None => "@none".into(),
        Keyword::Json => "@json".into(),
        _ => "@context".into(),
    }
}
