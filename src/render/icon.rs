//! Layer 6. The marks of outcomes: each its own shape, so that colour is never the only signal.

use crate::render::element::{Element, element};
use crate::report::{Headline, Outcome};

/// The mark of a headline.
pub fn of_headline(headline: Headline) -> Element {
    match headline {
        Headline::Verified => shield(),
        Headline::GenuineIssuerUnconfirmed => triangle(),
        Headline::NotFullyChecked => question(),
        Headline::Unreadable => question(),
        Headline::Expired | Headline::NotYetValid => clock(),
        Headline::DoNotRely | Headline::Revoked | Headline::Suspended => octagon(),
    }
}

/// The mark of a check. A failed advisory check is a remark, not an alarm.
pub fn of_outcome(outcome: Outcome, is_required: bool) -> Element {
    match (outcome, is_required) {
        (Outcome::Pass, _) => shield(),
        (Outcome::Fail, true) => octagon(),
        (Outcome::Fail, false) => triangle(),
        (Outcome::Unknown, _) => question(),
        (Outcome::Skipped, _) => dash(),
    }
}

fn shield() -> Element {
    icon("M12 1.8 4 4.6v6.2c0 5.2 3.3 9.7 8 11.4 4.7-1.7 8-6.2 8-11.4V4.6z", "m8.3 12 2.6 2.6 4.9-5.2")
}

fn octagon() -> Element {
    icon("M7.9 2h8.2L22 7.9v8.2L16.1 22H7.9L2 16.1V7.9z", CROSS)
}

fn triangle() -> Element {
    icon("M12 2.2 23.2 21.5H.8z", "M12 9v5.2m0 3v.3")
}

fn question() -> Element {
    icon(CIRCLE, "M9.2 9.4a2.8 2.8 0 1 1 4.3 2.4c-1 .6-1.5 1.1-1.5 2.1m0 3v.3")
}

/// Not yet, or not any more.
pub fn clock() -> Element {
    icon(CIRCLE, "M12 7v5.3l3.4 2")
}

fn dash() -> Element {
    icon(CIRCLE, "M8 12h8")
}

/// Done, as its issuer says: no tick, for nobody checked it.
pub fn disc() -> Element {
    icon(CIRCLE, "")
}

/// Not done, as its issuer says.
pub fn cross() -> Element {
    icon(CIRCLE, CROSS)
}

fn icon(shape: &str, mark: &str) -> Element {
    let path = |class: &str, d: &str| element("path").class(class).attribute("d", d);
    element("svg")
        .class("icon")
        .attribute("viewBox", "0 0 24 24")
        .attribute("aria-hidden", "true")
        .child(path("shape", shape))
        .child(path("mark", mark))
}

const CIRCLE: &str = "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z";
const CROSS: &str = "m8.8 8.8 6.4 6.4m0-6.4-6.4 6.4";
