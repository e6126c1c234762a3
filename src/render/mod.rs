//! Layer 6. From what the card says to elements: one tree, two sinks.
//!
//! A tree of [`element::Element`] is drawn into the page ([`dom`]) or written as HTML text
//! ([`html`]), so that what the tests read is what the browser draws. There is no markup in strings,
//! no inline style and no script anywhere.

mod about;
mod behind;
pub mod card;
mod checks;
mod competency;
pub mod details;
#[cfg(target_arch = "wasm32")]
pub mod dom;
pub mod drop_zone;
pub mod element;
mod evidence;
pub mod html;
mod icon;
mod markdown;
pub mod messages;
mod parts;
mod qr;
#[cfg(not(target_arch = "wasm32"))]
pub mod served;
mod stack;
mod story;
mod verdict;
mod vouched;

use crate::crypto::part;
use crate::render::card::{Look, Rest};
use crate::render::element::{Element, element};
use crate::render::messages::Messages;

/// The style sheet of the card; it belongs in the shadow root.
pub const STYLE_SHEET: &str = include_str!("card.css");

/// A block of the card with its heading.
fn section(part: &'static str, title: &str, messages: &Messages, look: &Look) -> Element {
    element("section").class("block").part(part).child(label(title, messages, look))
}

/// The heading of a block.
fn label(title: &str, messages: &Messages, look: &Look) -> Element {
    element(look.heading(1)).class("label").text(messages.text(title))
}

/// The line of a closed block that a press opens it by.
fn summary(title: &str, messages: &Messages) -> Element {
    element("summary").child(element("span").class("summary-label").text(messages.text(title)))
}

/// A link to `url`, which opens beside the page; `whose` is [`OURS`] or [`THEIRS`]. It says where it leads to readers
/// who do not see it happen.
fn link(url: &str, whose: &'static str, content: Element, messages: &Messages) -> Element {
    let leads = [" (", &messages.text("card.opens-elsewhere"), ")"].concat();
    element("a")
        .attribute("href", url)
        .attribute("target", "_blank")
        .attribute("rel", whose)
        .child(content)
        .child(element("span").class("unseen").text(leads))
}

/// An address that the page or this project gives.
const OURS: &str = "noopener noreferrer";
/// One that the credential gives.
const THEIRS: &str = "noopener noreferrer nofollow ugc";

/// What a reader sees second, once the first answers stand: drawn by the part [`part::LOOK`] too, which the shell loads
/// as soon as something that can be seen waits for it.
fn later(messages: &Messages, look: &Look, rest: &dyn Fn() -> Element) -> Element {
    match look.rest {
        Rest::Here => rest(),
        Rest::Awaited => element("div").class("second").attribute("data-part", part::LOOK),
        Rest::Missing => element("p").class("block opened").text(messages.text("card.not-loaded")),
    }
}

/// `details` with what a reader sees once it is open. That is drawn by the part [`part::LOOK`], so `rest` calls a
/// gate of that part; where the part is not there, a line says so, and nothing else is called.
fn opened(details: Element, messages: &Messages, look: &Look, rest: &dyn Fn() -> Element) -> Element {
    let note = |id| element("p").class("opened").text(messages.text(id));
    match look.rest {
        Rest::Here => details.child(rest()),
        // The shell loads the part that an open element names.
        Rest::Awaited => details.attribute("data-part", part::LOOK).child(note("busy")),
        Rest::Missing => details.child(note("card.not-loaded")),
    }
}
