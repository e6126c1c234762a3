//! Layer 6. Evidence and frameworks: where the credential points to. Nothing follows it but a reader's press.

use crate::render::card::Look;
use crate::render::element::{Element, element};
use crate::render::messages::{Messages, isolated};
use crate::render::{THEIRS, link, section};
use crate::view::behind::Behind;
use crate::view::frameworks::Name;
use crate::view::{Group, Link, Message, Value};

/// Evidence, and the frameworks that are no skills; none where there are neither.
pub fn draw(behind: &Behind, messages: &Messages, look: &Look) -> Option<Element> {
    if behind.evidence.is_empty() && behind.frameworks.is_empty() {
        return None;
    }
    let chips = behind.evidence.iter().map(|link| element("li").child(chip(link, messages)));
    Some(
        section("links", "card.links", messages, look)
            .maybe((!behind.evidence.is_empty()).then(|| element("ul").class("chips").elements(chips)))
            .elements(behind.frameworks.iter().map(|one| group(one, messages))),
    )
}

/// The places in one framework, behind its name.
pub fn group(group: &Group, messages: &Messages) -> Element {
    let name = match &group.name {
        Name::Known(name) => Some(element("strong").attribute("dir", "ltr").text(name)),
        Name::Claimed(name) => Some(isolated(name)),
        Name::None => None,
    };
    let chips = group.links.iter().map(|link| element("li").child(chip(link, messages)));
    element("div")
        .class("framework")
        .maybe(name.map(|name| element("p").class("framework-name").child(name)))
        .child(element("ul").class("chips").elements(chips))
        .maybe((group.left > 0).then(|| {
            let more = Message::new("card.more").with("count", Value::Number(group.left));
            element("p").class("count").items(messages.items(&more))
        }))
}

/// A place to go to, or only its name.
pub fn chip(line: &Link, messages: &Messages) -> Element {
    let name = isolated(&line.text);
    match &line.url {
        Some(url) => link(url, THEIRS, name, messages)
            .class("chip")
            .child(element("span").attribute("aria-hidden", "true").text(" ↗")),
        None => element("span").class("chip").child(name),
    }
}
