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
    pub fn attribute(self, name: &'static str, value: impl AsRef<str>) -> Self {
        self.put_attribute(name, value.as_ref())
    }

    // One copy of the code instead of one at each of some hundred calls: 2 KB of the package.
    #[inline(never)]
    fn put_attribute(mut self, name: &'static str, value: &str) -> Self {
        self.attributes.push((name, value.to_owned()));
        self
    }

    /// With a class.
    pub fn class(self, name: impl AsRef<str>) -> Self {
        self.attribute("class", name)
    }

    /// With a part name, for styling from outside.
    pub fn part(self, name: &'static str) -> Self {
        self.attribute("part", name)
    }

    /// With a child element.
    #[inline(never)]
    pub fn child(mut self, child: Element) -> Self {
        self.children.push(Item::Element(child));
        self
    }

    /// With a child element, if there is one.
    #[inline(never)]
    pub fn maybe(self, child: Option<Element>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// With children.
    pub fn items(mut self, items: Vec<Item>) -> Self {
        for item in items {
            self = match item {
                Item::Element(child) => self.child(child),
                Item::Text(text) => self.put_text(&text),
            };
        }
        self
    }

    /// With child elements.
    pub fn elements(mut self, elements: impl IntoIterator<Item = Element>) -> Self {
        for element in elements {
            self.children.push(Item::Element(element));
        }
        self
    }

    /// With text.
    pub fn text(self, text: impl AsRef<str>) -> Self {
        self.put_text(text.as_ref())
    }

    // As a parser would have it, which may have made the nodes that are drawn into: no text is empty, and none
    // stands beside another.
    #[inline(never)]
    fn put_text(mut self, text: &str) -> Self {
        match self.children.last_mut() {
            Some(Item::Text(before)) => before.push_str(text),
            _ if text.is_empty() => {}
            _ => self.children.push(Item::Text(text.to_owned())),
        }
        self
    }

    /// Whether the element belongs to SVG.
    pub fn is_svg(&self) -> bool {
        matches!(self.tag, "svg" | "path")
    }
}
