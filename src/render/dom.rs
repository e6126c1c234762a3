//! Layer 6. The element tree in the page, by createElement and text nodes only.
//!
//! Drawing again changes what differs and keeps the rest: the verdict's live region, the focus and
//! an opened list of checks survive. Built for the browser only.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element as DomElement, Node};

use crate::render::element::{Element, Item};

/// Makes `root` have exactly one child, which looks like `tree`.
pub fn draw(root: &DomElement, tree: Element) {
    if let Some(document) = root.owner_document() {
        children(&document, root, &[Item::Element(tree)]);
    }
}

// The depth of the tree is that of our own templates, not of anybody's input.
fn children(document: &Document, parent: &DomElement, items: &[Item]) {
    let mut next = parent.first_child();
    for item in items {
        // What stands before the node that stays is gone from the tree.
        if let Some(kept) = from(&next).find(|old| is_kind(old, item)) {
            while let Some(gone) = next.take().filter(|old| !old.is_same_node(Some(&kept))) {
                next = gone.next_sibling();
                let _ = parent.remove_child(&gone);
            }
            update(document, &kept, item);
            next = kept.next_sibling();
        } else if let Some(new) = create(document, item) {
            // A node that cannot be put in is no reason to stop drawing the others.
            let _ = parent.insert_before(&new, next.as_ref());
        }
    }
    while let Some(extra) = next {
        next = extra.next_sibling();
        let _ = parent.remove_child(&extra);
    }
}

/// `first` and the siblings behind it.
fn from(first: &Option<Node>) -> impl Iterator<Item = Node> + use<> {
    std::iter::successors(first.clone(), Node::next_sibling)
}

/// Whether `old` shows the same kind of thing as `item`: then it is changed rather than made anew.
fn is_kind(old: &Node, item: &Item) -> bool {
    match item {
        Item::Text(_) => old.node_type() == Node::TEXT_NODE,
        Item::Element(element) => old.dyn_ref::<DomElement>().is_some_and(|old| {
            let wanted = |key: &str| element.attributes.iter().find(|(name, _)| *name == key);
            old.local_name() == element.tag
                && KEYS
                    .iter()
                    .all(|key| old.get_attribute(key).as_ref() == wanted(key).map(|(_, value)| value))
        }),
    }
}

/// Changes `old`, which is of the kind of `item`, into it.
fn update(document: &Document, old: &Node, item: &Item) {
    match (item, old.dyn_ref::<DomElement>()) {
        (Item::Element(element), Some(old)) => {
            attributes(old, element);
            children(document, old, &element.children);
        }
        (Item::Text(text), _) if old.node_value().as_ref() != Some(text) => old.set_node_value(Some(text)),
        _ => {}
    }
}

fn create(document: &Document, item: &Item) -> Option<Node> {
    match item {
        Item::Text(text) => Some(document.create_text_node(text).into()),
        Item::Element(element) => {
            let new = match element.is_svg() {
                true => document.create_element_ns(Some("http://www.w3.org/2000/svg"), element.tag),
                false => document.create_element(element.tag),
            };
            let new = new.ok()?;
            attributes(&new, element);
            children(document, &new, &element.children);
            Some(new.into())
        }
    }
}

fn attributes(target: &DomElement, element: &Element) {
    let class = element.attributes.iter().find(|(name, _)| *name == "class").map(|(_, class)| class);
    let is_same = target.get_attribute("class").as_ref() == class;
    for name in target.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        // Whether a list is open is the reader's choice, of another list in its place it is not.
        if (name != "open" || !is_same) && element.attributes.iter().all(|(wanted, _)| **wanted != name) {
            let _ = target.remove_attribute(&name);
        }
    }
    for (name, value) in &element.attributes {
        if target.get_attribute(name).as_ref() != Some(value) {
            let _ = target.set_attribute(name, value);
        }
    }
}

/// Attributes that tell siblings of one tag apart.
const KEYS: &[&str] = &["part", "data-action", "data-check", "data-fact"];
