//! Layer 6. From what the card says to elements: one tree, two sinks.
//!
//! A tree of [`element::Element`] is drawn into the page ([`dom`]) or written as HTML text
//! ([`html`]), so that what the tests read is what the browser draws. There is no markup in strings,
//! no inline style and no script anywhere.

mod about;
mod behind;
pub mod card;
mod competency;
#[cfg(target_arch = "wasm32")]
pub mod dom;
pub mod drop_zone;
pub mod element;
mod evidence;
pub mod html;
mod icon;
pub mod messages;
mod parts;
mod stack;
mod verdict;
mod vouched;

use card::Look;
use element::{Element, element};
use messages::Messages;

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
