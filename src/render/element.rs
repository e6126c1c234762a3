//! Layer 6. A small element tree: tags and attribute names are ours, values are anybody's.

/// An element with its attributes and children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// The tag; one of ours.
    pub tag: &'static str,
    /// Attributes in the order they were given; names are ours.
    pub attributes: Vec<(&'static str, String)>,
    /// The children.
    pub children: Vec<Item>,
}

/// A child of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// An element.
    Element(Element),
    /// Text, never markup.
    Text(String),
}

/// A new element without attributes or children.
pub fn element(tag: &'static str) -> Element {
    Element { tag, attributes: Vec::new(), children: Vec::new() }
}

impl Element {
    /// With an attribute.
    pub fn attribute(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With a class.
    pub fn class(self, name: impl Into<String>) -> Self {
        self.attribute("class", name)
    }

    /// With a part name, for styling from outside.
    pub fn part(self, name: &'static str) -> Self {
        self.attribute("part", name)
    }

    /// With a child element.
    pub fn child(mut self, child: Element) -> Self {
        self.children.push(Item::Element(child));
        self
    }

    /// With a child element, if there is one.
    pub fn maybe(self, child: Option<Element>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// With children.
    pub fn items(mut self, items: impl IntoIterator<Item = Item>) -> Self {
        self.children.extend(items);
        self
    }

    /// With child elements.
    pub fn elements(self, elements: impl IntoIterator<Item = Element>) -> Self {
        self.items(elements.into_iter().map(Item::Element))
    }

    /// With text.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.children.push(Item::Text(text.into()));
        self
    }

    /// Whether the element belongs to SVG.
    pub fn is_svg(&self) -> bool {
        matches!(self.tag, "svg" | "path")
    }
}
