//! Layer 6. Evidence and frameworks: where the credential points to. Nothing follows it but a reader's press.

use crate::render::card::Look;
use crate::render::element::{Element, element};
use crate::render::messages::{Messages, isolated};
use crate::render::section;
use crate::view::{Claims, Link};

/// The chips; none where there are none.
pub fn draw(claims: &Claims, messages: &Messages, look: &Look) -> Option<Element> {
    if claims.links.is_empty() {
        return None;
    }
    let chips = claims.links.iter().map(|line| element("li").child(link(line, messages)));
    Some(section("links", "card.links", messages, look).child(element("ul").class("chips").elements(chips)))
}

fn link(line: &Link, messages: &Messages) -> Element {
    let chip = match &line.url {
        Some(url) => element("a")
            .class("chip")
            .attribute("href", url)
            .attribute("target", "_blank")
            .attribute("rel", "noopener noreferrer nofollow ugc"),
        None => element("span").class("chip"),
    };
    let framework = line.framework.as_ref().map(|name| element("strong").child(isolated(name)));
    let chip = chip.maybe(framework).text(" ").child(isolated(&line.text));
    match line.url {
        Some(_) => chip.child(element("span").attribute("aria-hidden", "true").text(" ↗")).child(
            element("span").class("unseen").text(format!(" ({})", messages.text("card.opens-elsewhere"))),
        ),
        None => chip,
    }
}
