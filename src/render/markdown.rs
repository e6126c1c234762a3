//! Layer 6. Blocks and spans of Markdown as elements.

use crate::need::host;
use crate::render::element::{Element, Item, element};
use crate::render::messages::Messages;
use crate::render::{THEIRS, link};
use crate::view::markdown::{Block, Kind, Span};

/// The elements of `blocks`, lists nested in lists.
pub fn draw(blocks: &[Block], messages: &Messages) -> Vec<Element> {
    let mut out = Vec::new();
    let mut lists: Vec<List> = Vec::new();
    for block in blocks {
        let Kind::Item { depth, numbered } = block.kind else {
            close(&mut lists, &mut out, 0);
            out.push(plain(block, messages));
            continue;
        };
        close(&mut lists, &mut out, usize::from(depth) + 1);
        if lists.last().is_some_and(|list| list.depth == depth && list.numbered != numbered) {
            close(&mut lists, &mut out, usize::from(depth));
        }
        if lists.last().is_none_or(|list| list.depth < depth) {
            lists.push(List { depth, numbered, items: Vec::new() });
        }
        if let Some(list) = lists.last_mut() {
            list.items.push(element("li").attribute("dir", "auto").items(spans(&block.spans, messages)));
        }
    }
    close(&mut lists, &mut out, 0);
    out
}

/// A list that is still open.
struct List {
    depth: u8,
    numbered: bool,
    items: Vec<Element>,
}

/// Ends the lists that are deeper than `depth` levels, each inside the last item of the one around it.
fn close(lists: &mut Vec<List>, out: &mut Vec<Element>, depth: usize) {
    while let Some(list) = lists.pop_if(|list| usize::from(list.depth) >= depth) {
        let tag = if list.numbered { "ol" } else { "ul" };
        let drawn = element(tag).class("list").elements(list.items);
        match lists.last_mut().and_then(|outer| outer.items.last_mut()) {
            Some(item) => item.children.push(Item::Element(drawn)),
            None => out.push(drawn),
        }
    }
}

fn plain(block: &Block, messages: &Messages) -> Element {
    match block.kind {
        Kind::Rule => element("hr"),
        Kind::Code => element("pre")
            .attribute("tabindex", "0")
            .attribute("dir", "ltr")
            .items(spans(&block.spans, messages)),
        Kind::Quote => element("blockquote").attribute("dir", "auto").items(spans(&block.spans, messages)),
        Kind::Heading => {
            element("p").class("words-title").attribute("dir", "auto").items(spans(&block.spans, messages))
        }
        Kind::Paragraph | Kind::Item { .. } => {
            element("p").attribute("dir", "auto").items(spans(&block.spans, messages))
        }
    }
}

fn spans(spans: &[Span], messages: &Messages) -> Vec<Item> {
    spans.iter().map(|span| Item::Element(one(span, messages))).collect()
}

fn one(span: &Span, messages: &Messages) -> Element {
    if span.text == "\n" && !span.code {
        return element("br");
    }
    let mut drawn = element(if span.code { "code" } else { "span" }).text(&span.text);
    if span.emphasis {
        drawn = element("em").child(drawn);
    }
    if span.strong {
        drawn = element("strong").child(drawn);
    }
    match &span.url {
        Some(url) if reads_as_other(&span.text, host(url)) => {
            let real = element("bdi").attribute("dir", "ltr").text([" (", host(url), ")"].concat());
            link(url, THEIRS, element("span").child(drawn).child(real), messages)
        }
        Some(url) => link(url, THEIRS, drawn, messages),
        None => drawn,
    }
}

/// Whether `text` has something like an address in it, and not the one of `host`.
fn reads_as_other(text: &str, host: &str) -> bool {
    let is_address = |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).contains('.');
    text.split_whitespace().any(is_address) && !text.contains(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::to_html;
    use crate::view::markdown::blocks;

    #[test]
    fn lists_stand_in_lists_and_links_are_not_followed() {
        let drawn = |text: &str| {
            draw(&blocks(text, 1_000), &Messages::default()).iter().map(to_html).collect::<String>()
        };
        let html = drawn("- a\n  1. b\n- c\n\nd **e**");
        let html = html.replace("<span>", "").replace("</span>", "");
        let list = r#"<ul class="list"><li dir="auto">a<ol class="list"><li dir="auto">b</li></ol></li><li dir="auto">c</li></ul>"#;
        assert_eq!(html, format!(r#"{list}<p dir="auto">d <strong>e</strong></p>"#));
        let link = drawn("[a](https://b.example/)");
        assert!(link.contains(r#"rel="noopener noreferrer nofollow ugc""#) && link.contains(">a<"));
        for (text, shows) in [
            ("[https://a.example/](https://b.example/)", true),
            ("[a.example](https://b.example/)", true),
            ("[https://b.example/c](https://b.example/)", false),
            ("[It says so.](https://b.example/)", false),
        ] {
            assert_eq!(drawn(text).contains("> (b.example)<"), shows, "{text}");
        }
        assert!(!drawn("[a](javascript:b) ![c](https://d.example/e.png) <img src=x>").contains("<img"));
    }
}
