//! Layer 6. How achievements lead to one another: what is earned, what it leads to, what is missing.

use crate::render::card::Look;
use crate::render::element::{Element, Item, element};
use crate::render::messages::{Messages, isolated};
use crate::render::parts::{folded, head, note, row};
use crate::render::section;
use crate::view::{Message, Path, Step, Value};

/// The block; none where nothing is said of it. What leads nowhere stays folded.
pub fn draw(paths: &[Path], messages: &Messages, look: &Look) -> Option<Element> {
    if paths.is_empty() {
        return None;
    }
    let leads = |path: &&Path| LEADING.contains(&path.kind);
    let drawn = |wanted: bool| -> Vec<Element> {
        paths.iter().filter(|path| leads(path) == wanted).map(|one| path(one, messages)).collect()
    };
    let others = drawn(false);
    let others = (!others.is_empty()).then(|| {
        let count = Message::new("stack.others").with("count", Value::Number(others.len()));
        let summary = element("summary").class("summary-label").items(messages.items(&count));
        folded("paths", 0, summary, look).child(element("div").class("paths").elements(others))
    });
    Some(section("stack", "card.stack", messages, look).elements(drawn(true)).maybe(others))
}

fn path(path: &Path, messages: &Messages) -> Element {
    let title = Message::new(path.kind).with("name", Value::Quoted(path.head.name.clone()));
    let count = Message::new("stack.count")
        .with("earned", Value::Number(path.earned))
        .with("all", Value::Number(path.of));
    let head = element("div")
        .class("block-head")
        .child(element("p").class("path-name").items(messages.items(&title)))
        .child(element("p").class("count").items(messages.items(&count)));
    let more = path.of.saturating_sub(path.steps.len());
    let more = (more > 0).then(|| {
        let more = Message::new("stack.more").with("count", Value::Number(more));
        note(messages.items(&more))
    });
    element("div")
        .class("path")
        .attribute("data-path", path.kind)
        .child(head)
        .child(element("ul").class("parts").elements(path.steps.iter().map(|one| step(one, messages))))
        .maybe(more)
}

fn step(step: &Step, messages: &Messages) -> Element {
    let text = head(Item::Element(isolated(&step.name)), &step.standing, messages)
        .maybe(step.identity.as_ref().map(|identity| note(messages.items(identity))));
    row(step.headline, text).attribute("data-standing", step.standing.id)
}

/// The ways that lead somewhere.
const LEADING: [&str; 3] = ["stack.into", "stack.next", "stack.replaced"];
