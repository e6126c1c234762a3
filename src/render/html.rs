//! Layer 6. The element tree as HTML text, for previews made by a server and for snapshot tests.
//!
//! Spec: [HTML §13.3](https://html.spec.whatwg.org/multipage/parsing.html#serialising-html-fragments).

use crate::render::element::{Element, Item};

/// The HTML of `element`. All text and attribute values are escaped.
pub fn to_html(element: &Element) -> String {
    let mut out = String::new();
    write(element, &mut out);
    out
}

// The depth of the tree is that of our own templates, not of anybody's input.
fn write(element: &Element, out: &mut String) {
    out.push('<');
    out.push_str(element.tag);
    for (name, value) in &element.attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape(value, out);
        out.push('"');
    }
    out.push('>');
    if VOID.contains(&element.tag) {
        return;
    }
    for item in &element.children {
        match item {
            Item::Element(child) => write(child, out),
            Item::Text(text) => escape(text, out),
        }
    }
    out.push_str("</");
    out.push_str(element.tag);
    out.push('>');
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            other => out.push(other),
        }
    }
}

const VOID: &[&str] = &["img", "input", "br"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::element::element;

    #[test]
    fn foreign_text_stays_text() {
        let tree = element("p").attribute("title", "\"><script>").text("<b>&'").child(element("br"));
        assert_eq!(to_html(&tree), "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&#39;<br></p>");
    }
}
