//! Layer 6. The verdict area: ours alone. Of the credential's text only a capped, quoted name and proven domains
//! enter it. Nothing of it but its buttons is a part that the sheet of a page could hide.

use crate::render::card::Look;
use crate::render::element::{Element, Item, element};
use crate::render::icon;
use crate::render::messages::Messages;
use crate::view::{Card, Message, Value, Verdict};

/// The verdict area of `card`.
pub fn draw(card: &Card, messages: &Messages, look: &Look) -> Element {
    let Verdict { headline, title, lead, detail, reason, next, hosts, can_retry } = &card.verdict;
    let mut sentences: Vec<Item> = Vec::new();
    let mut say = |items: Vec<Item>| {
        if !items.is_empty() {
            sentences.push(Item::Element(element("span").items(items)));
            sentences.push(Item::Text(" ".into()));
        }
    };
    if let Some(lead) = lead {
        say(messages.items(lead));
    }
    if let Some((reason, params)) = reason {
        say(messages.fill(&messages.sentence(reason), params));
        say(messages.fill(&messages.remedy(reason), &[]));
    }
    for message in detail {
        say(messages.items(message));
    }
    if !hosts.is_empty() {
        let consent = Message::new("detail.consent").with("hosts", Value::Domains(hosts.clone()));
        say(messages.items(&consent));
    }
    if card.has_hidden_claims {
        say(messages.items(&Message::new("detail.hidden")));
    }
    let fetch = (!hosts.is_empty()).then(|| action("fetch", messages));
    let retry = can_retry.then(|| action("retry", messages));
    let reveal = card.has_hidden_claims.then(|| action("reveal", messages));
    let busy = look.is_busy.then(|| element("p").class("busy").text(messages.text("busy")));
    element("section")
        .class("verdict")
        .attribute("role", "status")
        .attribute("aria-busy", look.busy())
        .attribute("data-headline", headline.id())
        .child(icon::of_headline(*headline))
        .child(
            element("div")
                .class("verdict-text")
                .child(element(look.heading(0)).class("headline").items(messages.items(title)))
                .child(element("p").items(sentences))
                .maybe(next.map(|next| element("p").text(messages.text(next))))
                .maybe(busy)
                .maybe(fetch.or(retry).filter(|_| !look.is_busy))
                .maybe(reveal),
        )
}

/// A button that asks the shell to do what `name` says.
pub fn action(name: &'static str, messages: &Messages) -> Element {
    element("button")
        .class("action")
        .part("action")
        .attribute("type", "button")
        .attribute("data-action", name)
        .text(messages.text(&format!("action.{name}")))
}
