//! Layer 1. The values of a property ([JSON-LD-API §5.1.2] steps 13.5 to 13.14): what its container
//! mapping makes of them.
//!
//! [JSON-LD-API §5.1.2]: https://www.w3.org/TR/json-ld11-api/#expansion-algorithm

use std::rc::Rc;

use crate::canon::json_ld::Stop;
use crate::canon::json_ld::active::{Active, Coercion, Definition};
use crate::canon::json_ld::expansion::{Parts, Place, Under, fail};
use crate::canon::json_ld::finding::{FindingKind, Path};
use crate::canon::json_ld::item::{Expansion, Id, Item, List, Literal, Node};
use crate::canon::json_ld::keyword::{Container, Keyword};
use crate::canon::json_ld::processing::Scope;
use crate::canon::json_ld::session::Session;
use crate::codec::json::{Object, Text, Value};

/// A map being expanded: language, index, id, type and graph maps.
#[derive(Clone, Copy)]
struct Map<'a> {
    active: &'a Rc<Active>,
    key: &'a Text,
    definition: &'a Definition,
    object: &'a Object,
    path: &'a Path<'a>,
}

impl Session<'_> {
    /// Expands the member `key`, which stands for `property`, into `parts`.
    pub(super) fn property_member(
        &mut self,
        place: Place,
        key: &Text,
        property: &Text,
        value: &Value,
        path: &Path,
        parts: &mut Parts,
    ) -> Result<(), Stop> {
        let definition = place.active.get(key).cloned();
        let container = definition.as_ref().map(|definition| definition.container).unwrap_or_default();
        let is_json =
            definition.as_ref().is_some_and(|definition| definition.coercion == Some(Coercion::Json));
        let expansion = match (&definition, value) {
            _ if is_json => Expansion::One(Item::Value(Literal {
                value: value.clone(),
                datatype: Some("@json".into()),
                language: None,
                direction: None,
                index: None,
            })),
            (Some(definition), Value::Object(object)) if container.is_map() => {
                let map = Map { active: place.active, key, definition, object, path };
                Expansion::Many(match container.has(Container::LANGUAGE) {
                    true => self.language_map(map)?,
                    false => self.index_map(map)?,
                })
            }
            _ => self.element(place.active, Under::Term(key), value, path, false)?,
        };
        if matches!(expansion, Expansion::Nothing) {
            return Ok(());
        }
        let mut items = match expansion {
            Expansion::One(Item::List(list)) if container.has(Container::LIST) => vec![Item::List(list)],
            other if container.has(Container::LIST) => {
                vec![Item::List(List { items: other.into_items(), index: None })]
            }
            other => other.into_items(),
        };
        let is_indexed = container.has(Container::ID) || container.has(Container::INDEX);
        if container.has(Container::GRAPH) && !is_indexed {
            items = items.into_iter().map(|item| self.graph(item, path)).collect();
        }
        match definition.is_some_and(|definition| definition.is_reverse) {
            true => self.add_reverse(property.clone(), items, path, parts),
            false => {
                parts.node.properties.push((property.clone(), items));
                Ok(())
            }
        }
    }

    /// A graph object around `item`. What says nothing inside a graph is in no quad.
    fn graph(&mut self, item: Item, path: &Path) -> Item {
        match &item {
            Item::Node(node) if node.says_nothing() && node.graph.is_none() => {
                let name = if let Id::Text(id) = &node.id { id.clone() } else { "".into() };
                self.undefined(FindingKind::FreeFloatingNode, path, &name);
            }
            Item::Node(_) => {}
            Item::Value(_) | Item::List(_) => {
                self.undefined(FindingKind::FreeFloatingValue, path, &"@graph".into());
            }
        }
        Item::Node(Box::new(Node { graph: Some(vec![item]), ..Node::default() }))
    }

    /// Step 13.7.
    fn language_map(&mut self, map: Map) -> Result<Vec<Item>, Stop> {
        let direction = map.definition.direction.unwrap_or(map.active.defaults.direction);
        let mut items = Vec::new();
        for (tag, value) in map.object.iter() {
            let path = map.path.name(tag);
            let is_none = map.active.expand_vocab(tag).keyword == Some(Keyword::None);
            for text in value.as_set() {
                let text = match text {
                    Value::Null => continue,
                    Value::String(_) => text,
                    _ => return Err(fail("invalid language map value", &path)),
                };
                let language = if is_none { None } else { Some(tag.clone()) };
                let literal =
                    Literal { value: text.clone(), datatype: None, language, direction, index: None };
                self.check_literal(&literal, &path);
                items.push(Item::Value(literal));
            }
        }
        Ok(items)
    }

    /// Step 13.8.
    fn index_map(&mut self, map: Map) -> Result<Vec<Item>, Stop> {
        let container = map.definition.container;
        let mut items = Vec::new();
        for (index, value) in map.object.iter() {
            let path = map.path.name(index);
            let is_none = map.active.expand_vocab(index).keyword == Some(Keyword::None);
            let active = self.map_context(map, index)?;
            let values = match value {
                Value::Array(_) => self.element(&active, Under::Term(map.key), value, &path, true)?,
                single => {
                    let single = std::slice::from_ref(single);
                    self.map_items(&active, map.key, single, &path)?
                }
            };
            for mut item in values.into_items() {
                if container.has(Container::GRAPH) && !item.is_graph() {
                    item = self.graph(item, &path);
                }
                if !is_none {
                    item = self.index_item(map, index, item, &path)?;
                }
                items.push(item);
            }
        }
        Ok(items)
    }

    fn map_items(
        &mut self,
        active: &Rc<Active>,
        key: &Text,
        values: &[Value],
        path: &Path,
    ) -> Result<Expansion, Stop> {
        let mut items = Vec::new();
        for value in values {
            items.extend(self.element(active, Under::Term(key), value, path, true)?.into_items());
        }
        Ok(Expansion::Many(items))
    }

    /// Steps 13.8.3.1 to 3: the context in which the values under `index` are read.
    fn map_context(&mut self, map: Map, index: &Text) -> Result<Rc<Active>, Stop> {
        let container = map.definition.container;
        if !container.has(Container::ID) && !container.has(Container::TYPE) {
            return Ok(map.active.clone());
        }
        let active = map.active.previous.as_ref().unwrap_or(map.active);
        let scoped = active.get(index).and_then(|definition| definition.context.clone());
        match scoped.filter(|_| container.has(Container::TYPE)) {
            Some(context) => self.apply(active, &context, Scope::TYPE),
            None => Ok(active.clone()),
        }
    }

    /// Step 13.8.3.7: what the key of a map says about a value under it.
    fn index_item(&mut self, map: Map, index: &Text, mut item: Item, path: &Path) -> Result<Item, Stop> {
        let container = map.definition.container;
        if container.has(Container::INDEX) {
            let Some(index_key) = map.definition.index.as_ref().filter(|key| &***key != "@index") else {
                // The key is kept in the expanded form and in no quad.
                self.undefined(FindingKind::IndexDropped, path, index);
                item.index_mut().get_or_insert_with(|| index.clone());
                return Ok(item);
            };
            let Item::Node(node) = &mut item else { return Err(fail("invalid value object", path)) };
            let property = map.active.expand_vocab(index_key).text.unwrap_or_else(|| index_key.clone());
            let value = self.scalar(map.active, Under::Term(index_key), &Value::String(index.clone()), path);
            let place = node.properties.iter().position(|(name, _)| *name == property);
            node.properties.insert(place.unwrap_or(node.properties.len()), (property, vec![value]));
        } else if container.has(Container::ID) {
            if let Item::Node(node) = &mut item
                && node.id == Id::Absent
            {
                let expanded = map.active.expand_id(index);
                self.check_reference(&expanded, index, path);
                node.id = expanded.text.map_or(Id::Null, Id::Text);
            }
        } else if container.has(Container::TYPE)
            && let Item::Node(node) = &mut item
        {
            let expanded = map.active.expand_type(index);
            self.check_type(&expanded, index, path);
            node.types.get_or_insert_default().splice(0..0, expanded.text);
        }
        Ok(item)
    }
}
