//! Layer 6. From what the card says to elements: one tree, two sinks.
//!
//! A tree of [`element::Element`] is drawn into the page ([`dom`]) or written as HTML text
//! ([`html`]), so that what the tests read is what the browser draws. There is no markup in strings,
//! no inline style and no script anywhere.

pub mod card;
#[cfg(target_arch = "wasm32")]
pub mod dom;
pub mod drop_zone;
pub mod element;
pub mod html;
mod icon;
pub mod messages;
mod parts;

/// The style sheet of the card; it belongs in the shadow root.
pub const STYLE_SHEET: &str = include_str!("card.css");
