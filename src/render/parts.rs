//! Layer 6. The credentials inside a credential: who vouches, what leads to what, and the list of the others.
//!
//! A long list is folded into groups, each with its counts. What does not hold stands before them, unfolded.

use crate::crypto::part;
use crate::render::card::{Look, View};
use crate::render::element::{Element, Item, element};
use crate::render::icon;
use crate::render::messages::{Messages, isolated};
use crate::render::{stack, vouched};
use crate::report::{Headline, Outcome};
use crate::view::parts::lines;
use crate::view::{Card, Message, PartLine, Parts, Value};

/// The blocks. Gate: as [`lines`], which makes what is drawn.
#[inline(never)]
pub fn draw(card: &Card, messages: &Messages, look: &Look) -> Element {
    let parts = &lines(&card.report, card.wishes);
    element("div")
        .maybe(vouched::draw(&parts.vouched, messages, look))
        .maybe(stack::draw(&parts.paths, messages, look))
        .maybe((parts.count > 0).then(|| inside(parts, messages, look)))
}

fn inside(parts: &Parts, messages: &Messages, look: &Look) -> Element {
    let title = Message::new("card.parts").with("count", Value::Number(parts.count));
    let more = Message::new("part.passed-over").with("count", Value::Number(parts.passed_over));
    let more = (parts.passed_over > 0).then(|| note(messages.items(&more)));
    let head = element("div")
        .class("block-head")
        .child(element(look.heading(1)).class("label").items(messages.items(&title)))
        .child(counts(&parts.tally, messages));
    let busy = messages.text("busy").into_owned();
    let groups = parts.groups.iter().enumerate().map(|(at, group)| {
        let summary = element("summary")
            .child(element("span").class("summary-label").items(messages.items(&group.title)))
            .child(counts(&group.tally, messages));
        // Hundreds of lines would hold up the card; they come with what else a reader opens.
        let details = folded("group", at, summary, look);
        match look.is_shut(&details) {
            true => details.attribute("data-part", part::LOOK).child(note(vec![Item::Text(busy.clone())])),
            false => details.child(list(&group.lines, messages)),
        }
    });
    element("section")
        .class("block")
        .part("parts")
        .child(head)
        .maybe(more)
        .maybe((!parts.shown.is_empty()).then(|| list(&parts.shown, messages)))
        .elements(groups)
}

/// How many there are with which headline.
fn counts(tally: &[(Headline, usize)], messages: &Messages) -> Element {
    let mut said = Vec::new();
    for (headline, count) in tally {
        let id = TALLY.iter().find(|id| id.strip_prefix("tally.") == Some(headline.id()));
        let counted = Message::new(id.unwrap_or(&"")).with("count", Value::Number(*count));
        said.push(messages.plain(&counted));
    }
    element("span").class("count").text(said.join(" · "))
}

/// The lines, each below what it is inside of.
fn list(lines: &[PartLine], messages: &Messages) -> Element {
    let new = || element("ul").class("parts");
    // The lists that are being filled, the outermost first; none goes deeper than the lines do.
    let mut open = vec![new()];
    for line in lines {
        while open.len() > line.depth + 1 {
            close(&mut open);
        }
        // What stands in nothing that is shown stands as deep as there is something.
        if line.depth + 1 > open.len() && open.last().is_some_and(|list| !list.children.is_empty()) {
            open.push(new());
        }
        if let Some(list) = open.last_mut() {
            list.children.push(Item::Element(part(line, messages)));
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().unwrap_or_else(new)
}

/// Puts the innermost list below the last line of the one around it.
fn close(open: &mut Vec<Element>) {
    let inner = open.pop();
    if let Some(Item::Element(line)) = open.last_mut().and_then(|list| list.children.last_mut())
        && let Some(Item::Element(text)) = line.children.last_mut()
    {
        text.children.extend(inner.map(Item::Element));
    }
}

fn part(line: &PartLine, messages: &Messages) -> Element {
    let name = match &line.name {
        Some(name) => Item::Element(isolated(name)),
        None => Item::Text(messages.text(line.kind).into_owned()),
    };
    let by =
        line.issuer.as_ref().map(|name| Message::new("card.by").with("name", Value::Quoted(name.clone())));
    let mut who = by.map(|by| messages.items(&by)).unwrap_or_default();
    if let Some(identity) = &line.identity {
        who.push(Item::Text(" ".into()));
        who.extend(messages.items(identity));
    }
    let text = head(name, &line.title, messages).maybe((!who.is_empty()).then(|| note(who)));
    row(Some(line.headline), text).attribute("data-role", line.kind)
}

/// The name of a row, and how things stand with it.
pub(super) fn head(name: Item, standing: &Message, messages: &Messages) -> Element {
    let result = element("span").class("check-result").items(messages.items(standing));
    element("div")
        .child(element("p").class("check-name").items(vec![name, Item::Text(" ".into())]).child(result))
}

/// What else a row says.
pub(super) fn note(items: Vec<Item>) -> Element {
    element("p").class("check-note").items(items)
}

/// A row: the mark of `headline`, or that there is nothing, and the text.
pub(super) fn row(headline: Option<Headline>, text: Element) -> Element {
    let (mark, class, id) = match headline {
        Some(headline) => (icon::of_headline(headline), tone(headline), headline.id()),
        None => (icon::of_outcome(Outcome::Skipped, true), "check is-skipped", "none"),
    };
    element("li").class(class).attribute("data-headline", id).child(mark).child(text)
}

/// What comes behind `summary`; in the full view it is open. The shell knows again by its class what a reader
/// opened, so `name` and `at` are those of this one alone.
pub(super) fn folded(name: &str, at: usize, summary: Element, look: &Look) -> Element {
    let class = ["fold ", name, "-", &at.to_string()].concat();
    let details = element("details").class(class).child(summary);
    match look.view {
        View::Full => details.attribute("open", ""),
        _ => details,
    }
}

/// The classes of a row that looks like this headline.
fn tone(headline: Headline) -> &'static str {
    match headline {
        Headline::Verified => "check is-pass",
        Headline::GenuineIssuerUnconfirmed | Headline::NotFullyChecked => "check is-unknown",
        _ => "check is-fail",
    }
}

const TALLY: [&str; 9] = [
    "tally.unreadable",
    "tally.do-not-rely",
    "tally.revoked",
    "tally.suspended",
    "tally.expired",
    "tally.not-yet-valid",
    "tally.not-fully-checked",
    "tally.genuine-issuer-unconfirmed",
    "tally.verified",
];
