//! Layer 6. The list of the credentials inside a credential.

use crate::render::card::Look;
use crate::render::element::{Element, element};
use crate::render::icon;
use crate::render::messages::{Messages, isolated};
use crate::report::Headline;
use crate::view::{Message, PartLine, Value};

/// The list, a line for each part. Gate: as [`crate::view::parts::lines`], which makes the lines.
#[inline(never)]
pub fn draw(parts: &[PartLine], messages: &Messages, look: &Look) -> Element {
    let count = Message::new("card.parts").with("count", Value::Number(parts.len()));
    element("section")
        .class("block")
        .part("parts")
        .child(element(look.heading(1)).class("label").items(messages.items(&count)))
        .child(element("ul").class("parts").elements(parts.iter().map(|part| line(part, messages))))
}

fn line(part: &PartLine, messages: &Messages) -> Element {
    let head = element("p")
        .class("check-name")
        .text(messages.text(part.kind))
        .text(" ")
        .child(element("span").class("check-result").items(messages.items(&part.title)));
    let by = part
        .issuer
        .as_ref()
        .map(|issuer| Message::new("card.by").with("name", Value::Quoted(issuer.clone())));
    let named = element("p")
        .class("check-note")
        .maybe(part.name.as_ref().map(isolated))
        .text(" ")
        .items(by.map(|by| messages.items(&by)).unwrap_or_default());
    let comment =
        part.comment.as_ref().map(|comment| element("p").class("check-note").child(isolated(comment)));
    element("li")
        .class(format!("check is-{}", tone(part.headline)))
        .attribute("data-part", part.kind)
        .attribute("data-depth", part.depth.to_string())
        .attribute("data-headline", part.headline.id())
        .child(icon::of_headline(part.headline))
        .child(element("div").child(head).child(named).maybe(comment))
}

/// The word for the outcome of a check that looks like this headline.
fn tone(headline: Headline) -> &'static str {
    match headline {
        Headline::Verified => "pass",
        Headline::GenuineIssuerUnconfirmed | Headline::NotFullyChecked => "unknown",
        _ => "fail",
    }
}
