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
        let old = next.take();
        let kept = old.as_ref().is_some_and(|old| update(document, old, item));
        next = match (kept, old) {
            (true, Some(old)) => old.next_sibling(),
            (_, old) => {
                let after = old.as_ref().and_then(Node::next_sibling);
                if let Some(new) = create(document, item) {
                    // A node that is gone is no reason to stop drawing the others.
                    let _ = match &old {
                        Some(old) => parent.replace_child(&new, old),
                        None => parent.append_child(&new),
                    };
                }
                after
            }
        };
    }
    while let Some(extra) = next {
        next = extra.next_sibling();
        let _ = parent.remove_child(&extra);
    }
}

/// Changes `old` into `item` if it is of the same kind; says whether it was.
fn update(document: &Document, old: &Node, item: &Item) -> bool {
    match item {
        Item::Text(text) if old.node_type() == Node::TEXT_NODE => {
            if old.node_value().as_ref() != Some(text) {
                old.set_node_value(Some(text));
            }
            true
        }
        Item::Element(element) => match old.clone().dyn_into::<DomElement>() {
            Ok(same) if same.local_name() == element.tag => {
                attributes(&same, element);
                children(document, &same, &element.children);
                true
            }
            _ => false,
        },
        Item::Text(_) => false,
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
    for name in target.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        // Whether a list is open is the reader's choice.
        if name != "open" && element.attributes.iter().all(|(wanted, _)| **wanted != name) {
            let _ = target.remove_attribute(&name);
        }
    }
    for (name, value) in &element.attributes {
        if target.get_attribute(name).as_ref() != Some(value) {
            let _ = target.set_attribute(name, value);
        }
    }
}
