//! Layer 6. What is drawn before there is a report: the drop zone, and notices.

use crate::render::card::Look;
use crate::render::element::{Element, element};
use crate::render::messages::Messages;
use crate::render::verdict::action;
use crate::view::{Message, Value, quoted};

/// The zone that takes a file, by dropping, choosing or pasting. `submitted` says that a form around it will send
/// the file to somebody.
pub fn drop_zone(messages: &Messages, look: &Look, submitted: bool) -> Element {
    let detail = if submitted { "drop.detail-in-form" } else { "drop.detail" };
    element("div")
        .class("zone")
        .part("zone")
        .attribute("data-role", "zone")
        .child(element(look.heading(0)).class("zone-title").text(messages.text("drop.title")))
        .child(element("p").text(messages.text(detail)))
        .child(
            element("input")
                .class("unseen")
                .attribute("type", "file")
                .attribute("data-role", "file")
                .attribute("tabindex", "-1")
                .attribute("aria-label", messages.text("action.choose")),
        )
        .child(action("choose", messages))
        .child(
            element("details")
                .class("paste")
                .child(element("summary").text(messages.text("drop.paste-label")))
                .child(
                    element("textarea")
                        .attribute("data-role", "paste")
                        .attribute("rows", "4")
                        .attribute("spellcheck", "false")
                        .attribute("aria-label", messages.text("drop.paste-label")),
                )
                .child(action("paste", messages)),
        )
}

/// What is said instead of a card, when there is no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The source or the verifier is on its way.
    Loading,
    /// The source is on another host, and nobody allowed to ask it.
    SourceConsent,
    /// Requests are forbidden.
    SourceRefused,
    /// The source's address is not one that is asked.
    SourceBadAddress,
    /// The source could not be fetched.
    SourceUnreachable,
    /// The wasm did not load.
    CouldNotStart,
    /// The wasm trapped: nothing is known.
    VerifierStopped,
}

/// The ids by which the shell names notices.
pub const NOTICES: &[(&str, Notice)] = &[
    ("loading", Notice::Loading),
    ("source-consent", Notice::SourceConsent),
    ("source-refused", Notice::SourceRefused),
    ("source-bad-address", Notice::SourceBadAddress),
    ("source-unreachable", Notice::SourceUnreachable),
    ("could-not-start", Notice::CouldNotStart),
    ("verifier-stopped", Notice::VerifierStopped),
];

/// The notice, with what can be done about it. `host` is where the source is.
pub fn notice(notice: Notice, host: &str, messages: &Messages) -> Element {
    let (title, detail, press) = match notice {
        Notice::Loading => ("notice.loading", None, None),
        Notice::SourceConsent => {
            ("notice.source-consent", Some("notice.source-consent-detail"), Some("fetch-source"))
        }
        Notice::SourceRefused => ("notice.source-refused", Some("notice.source-refused-detail"), None),
        Notice::SourceBadAddress => ("notice.source-bad-address", Some("notice.source-refused-detail"), None),
        Notice::SourceUnreachable => {
            ("notice.source-unreachable", Some("notice.source-unreachable-detail"), Some("retry"))
        }
        Notice::CouldNotStart => {
            ("notice.could-not-start", Some("notice.could-not-start-detail"), Some("retry"))
        }
        Notice::VerifierStopped => {
            ("notice.verifier-stopped", Some("notice.verifier-stopped-detail"), Some("retry"))
        }
    };
    let title = Message::new(title).with("host", Value::Quoted(quoted(host, 253)));
    element("div")
        .class("notice")
        .part("notice")
        .attribute("role", "status")
        .child(element("p").class("notice-title").items(messages.items(&title)))
        .maybe(detail.map(|id| element("p").text(messages.text(id))))
        .maybe(press.map(|name| action(name, messages)))
}
