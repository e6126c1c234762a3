//! Layer 6. What stands behind a credential: the facts, stated or blank, and its own words.

use crate::render::card::Look;
use crate::render::element::{Element, element};
use crate::render::label;
use crate::render::messages::{Messages, isolated};
use crate::view::facts::Stated;
use crate::view::{Claims, Fact, Message, Value};

/// The eleven facts, stated or blank, and the further ones that are stated.
pub fn draw(claims: &Claims, messages: &Messages, look: &Look) -> Element {
    let count = Message::new("card.stated")
        .with("stated", Value::Number(claims.stated))
        .with("all", Value::Number(claims.facts.len()));
    let head = element("div")
        .class("block-head")
        .child(label("card.behind", messages, look))
        .child(element("p").class("count").items(messages.items(&count)));
    let rows = claims.facts.iter().chain(&claims.further).map(|line| fact(line, messages));
    element("section")
        .class("block")
        .part("facts")
        .child(head)
        .child(element("dl").class("facts").elements(rows))
}

fn fact(line: &Fact, messages: &Messages) -> Element {
    let values = line.values.iter().map(|stated| match stated {
        Stated::Text(text) => element("dd").child(isolated(text)),
        Stated::Message(message) => element("dd").items(messages.items(message)),
    });
    let blank =
        line.values.is_empty().then(|| element("dd").class("blank").text(messages.text("card.not-stated")));
    element("div")
        .attribute("data-fact", line.id)
        .child(element("dt").text(messages.text(line.id)))
        .elements(values)
        .maybe(blank)
}
