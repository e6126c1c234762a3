//! Layer 6. What the credential is called, whom it was given to, and by whom.

use crate::render::card::Look;
use crate::render::element::{Element, element};
use crate::render::icon;
use crate::render::messages::{Messages, isolated};
use crate::report::Outcome;
use crate::view::{Blind, Claims, Message, Value};

/// Title, kind, holder and issuer.
pub fn draw(claims: &Claims, messages: &Messages, look: &Look) -> Element {
    let kind = Value::Phrase(Box::new(claims.kind.clone()));
    let holder = match &claims.holder {
        _ if claims.blind != Blind::Nothing => Message::new("card.awarded-hidden"),
        Some(name) => Message::new("card.awarded-to").with("name", Value::Quoted(name.clone())),
        None => Message::new("card.names-nobody"),
    };
    let issuer = match &claims.issuer {
        _ if claims.blind == Blind::HolderAndIssuer => hidden_issuer(claims),
        Some(name) => Message::new("card.by").with("name", Value::Quoted(name.clone())),
        None => Message::new("card.by-nobody"),
    };
    let text = element("div")
        .class("about-text")
        .maybe(
            claims.unvouched.then(|| element("p").class("unvouched").text(messages.text("card.unvouched"))),
        )
        .maybe(
            claims
                .title
                .as_ref()
                .map(|title| element(look.heading(1)).class("title").part("title").child(isolated(title))),
        )
        .child(element("p").items(messages.items(&holder.with("kind", kind))))
        .child(element("p").items(messages.items(&issuer)).text(" ").maybe(standing(claims, messages)));
    let class = if claims.unvouched { "about is-unvouched" } else { "about" };
    element("section").class(class).part("about").maybe(picture(claims, messages)).child(text)
}

/// What is said of an issuer that is hidden: whether it is one that we could name.
pub fn hidden_issuer(claims: &Claims) -> Message {
    Message::new(if claims.is_confirmed { "card.by-hidden-confirmed" } else { "card.by-hidden" })
}

/// What stands beside the name, which is the issuer's own word for itself: the domain that was proven, or that none was.
pub fn standing(claims: &Claims, messages: &Messages) -> Option<Element> {
    match &claims.domain {
        _ if claims.blind == Blind::HolderAndIssuer => None,
        Some(domain) => Some(proven(domain, messages)),
        None => claims.issuer.as_ref().map(|_| claimed(messages)),
    }
}

/// The domain whose control was proven.
fn proven(domain: &str, messages: &Messages) -> Element {
    let proven = Message::new("card.proven-domain").with("domain", Value::Domain(domain.to_owned()));
    element("span")
        .class("proven")
        .child(icon::of_outcome(Outcome::Pass, true))
        .items(messages.items(&proven))
}

/// What is said of a name that nothing proves.
fn claimed(messages: &Messages) -> Element {
    element("span").class("claimed").text(messages.text("card.claimed"))
}

/// The picture of the badge, where it needs no request.
pub fn picture(claims: &Claims, messages: &Messages) -> Option<Element> {
    claims.image.as_ref().map(|image| {
        element("img")
            .class("picture")
            .part("image")
            .attribute("src", image)
            .attribute("alt", messages.text("card.picture"))
            .attribute("width", "92")
            .attribute("height", "92")
    })
}
