//! Layer 1. Expanded documents as data: the shapes of JSON-LD's expanded form, without the strings.

use crate::canon::json_ld::keyword::Direction;
use crate::codec::json::{Object, Text, Value};

/// What a value expands to.
#[derive(Debug)]
pub(super) enum Expansion {
    /// Nothing at all.
    Nothing,
    One(Item),
    Many(Vec<Item>),
}

/// One item of the expanded form.
#[derive(Debug)]
pub(super) enum Item {
    Node(Box<Node>),
    Value(Literal),
    List(List),
}

/// A node object. The same property can occur more than once.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) id: Id,
    pub(super) types: Option<Vec<Text>>,
    pub(super) properties: Vec<(Text, Vec<Item>)>,
    pub(super) reverse: Vec<(Text, Vec<Item>)>,
    pub(super) graph: Option<Vec<Item>>,
    pub(super) included: Option<Vec<Item>>,
    pub(super) index: Option<Text>,
}

/// The identifier of a node.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Id {
    #[default]
    Absent,
    /// Written, but not to be used.
    Null,
    Text(Text),
}

/// A value object.
#[derive(Debug)]
pub(super) struct Literal {
    pub(super) value: Value,
    /// An IRI or `@json`.
    pub(super) datatype: Option<Text>,
    pub(super) language: Option<Text>,
    pub(super) direction: Option<Direction>,
    pub(super) index: Option<Text>,
}

/// A list object.
#[derive(Debug)]
pub(super) struct List {
    pub(super) items: Vec<Item>,
    pub(super) index: Option<Text>,
}

impl Expansion {
    /// The items, whether there is one or many.
    pub(super) fn into_items(self) -> Vec<Item> {
        match self {
            Expansion::Nothing => Vec::new(),
            Expansion::One(item) => vec![item],
            Expansion::Many(items) => items,
        }
    }
}

impl Item {
    /// Where the item's index goes.
    pub(super) fn index_mut(&mut self) -> &mut Option<Text> {
        match self {
            Item::Node(node) => &mut node.index,
            Item::Value(value) => &mut value.index,
            Item::List(list) => &mut list.index,
        }
    }

    /// Whether this is a node that is nothing but a graph, named or not.
    pub(super) fn is_graph(&self) -> bool {
        match self {
            Item::Node(node) => node.graph.is_some() && node.says_nothing(),
            _ => false,
        }
    }
}

impl Node {
    /// Whether the node has a graph and nothing else at all.
    pub(super) fn is_only_graph(&self) -> bool {
        self.graph.is_some() && self.id == Id::Absent && self.index.is_none() && self.says_nothing()
    }

    /// Whether nothing is said of the node: no type, no property, nothing included.
    pub(super) fn says_nothing(&self) -> bool {
        self.types.is_none()
            && self.properties.is_empty()
            && self.reverse.is_empty()
            && self.included.is_none()
    }
}

/// The JSON of expanded items.
pub(super) fn to_json(items: &[Item]) -> Value {
    Value::Array(items.iter().map(item_to_json).collect())
}

fn item_to_json(item: &Item) -> Value {
    let mut object = Object::default();
    match item {
        Item::Node(node) => write_node(node, &mut object),
        Item::Value(literal) => {
            object.insert("@value".into(), literal.value.clone());
            insert_text(&mut object, "@type", &literal.datatype);
            insert_text(&mut object, "@language", &literal.language);
            let direction = literal.direction.map(|direction| direction.as_str().into());
            insert_text(&mut object, "@direction", &direction);
            insert_text(&mut object, "@index", &literal.index);
        }
        Item::List(list) => {
            object.insert("@list".into(), to_json(&list.items));
            insert_text(&mut object, "@index", &list.index);
        }
    }
    Value::Object(object)
}

fn write_node(node: &Node, object: &mut Object) {
    match &node.id {
        Id::Absent => {}
        Id::Null => object.insert("@id".into(), Value::Null),
        Id::Text(id) => object.insert("@id".into(), Value::String(id.clone())),
    }
    if let Some(types) = &node.types {
        let types = types.iter().map(|name| Value::String(name.clone())).collect();
        object.insert("@type".into(), Value::Array(types));
    }
    insert_text(object, "@index", &node.index);
    for (name, items) in [("@graph", &node.graph), ("@included", &node.included)] {
        if let Some(items) = items {
            object.insert(name.into(), to_json(items));
        }
    }
    write_properties(&node.properties, object);
    if !node.reverse.is_empty() {
        let mut reverse = Object::default();
        write_properties(&node.reverse, &mut reverse);
        object.insert("@reverse".into(), Value::Object(reverse));
    }
}

fn write_properties(properties: &[(Text, Vec<Item>)], object: &mut Object) {
    for (name, items) in properties {
        let mut all = match object.get(name) {
            Some(Value::Array(before)) => before.clone(),
            _ => Vec::new(),
        };
        all.extend(items.iter().map(item_to_json));
        object.insert(name.clone(), Value::Array(all));
    }
}

fn insert_text(object: &mut Object, name: &str, text: &Option<Text>) {
    if let Some(text) = text {
        object.insert(name.into(), Value::String(text.clone()));
    }
}
