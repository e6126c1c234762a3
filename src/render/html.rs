//! Layer 6. The element tree as HTML text, for previews made by a server and for snapshot tests.
//!
//! Spec: [HTML §13.3](https://html.spec.whatwg.org/multipage/parsing.html#serialising-html-fragments).

use crate::render::element::{Element, Item};

/// The HTML of `element`. All text and attribute values are escaped. Gate: no page asks for text.
#[inline(never)]
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
        attribute(name, value, out);
    }
    out.push('>');
    if VOID.contains(&element.tag) {
        return;
    }
    if element.tag == "pre" {
        // A parser drops the first one.
        out.push('\n');
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

/// Writes an attribute behind a tag's name. `name` is a name; `value` may be anything.
pub(super) fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(value, out);
    out.push('"');
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
            // A parser reads a bare one as a line feed.
            '\r' => out.push_str("&#13;"),
            other => out.push(other),
        }
    }
}

const VOID: &[&str] = &["img", "input", "br", "link"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::element::element;

    #[test]
    fn foreign_text_stays_text() {
        let tree = element("p").attribute("title", "\"><script>").text("<b>&'").child(element("br"));
        assert_eq!(to_html(&tree), "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&#39;<br></p>");
    }

    #[test]
    fn attributes_and_text_are_never_left() {
        let hostile =
            ["</template></verify-credential><script>", "' onload=\"x\" `", "<!--", "]]>", "&lt;", "=>"];
        for text in hostile {
            let html = to_html(&element("a").attribute("href", text).text(text));
            let (start, rest) = html.split_once(' ').expect("an attribute");
            assert_eq!(start, "<a");
            // Without the delimiters of our own, no character that could end an attribute, text or comment is left.
            let own = rest.replacen("href=\"", "", 1).replacen("\">", "", 1).replacen("</a>", "", 1);
            assert!(!own.contains(['<', '>', '"', '\'']), "{html}");
        }
    }

    #[test]
    fn what_a_parser_changes_is_written_so_that_it_does_not() {
        assert_eq!(to_html(&element("pre").text("\na\rb")), "<pre>\n\na&#13;b</pre>");
        let merged = element("p").text("").text("a").items(vec![Item::Text("b".into())]).text("c");
        assert_eq!(merged.children, [Item::Text("abc".into())]);
    }
}
