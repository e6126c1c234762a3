//! Layer 6. What the holder can do: one line for each result, with a ladder where its order was signed.

use crate::render::card::Look;
use crate::render::element::{Element, Item, element};
use crate::render::messages::{Messages, isolated};
use crate::render::section;
use crate::view::outcomes::Position;
use crate::view::{Claims, Message, OutcomeLine, Value};

/// The results; none where there are none.
pub fn draw(claims: &Claims, messages: &Messages, look: &Look) -> Option<Element> {
    if claims.outcomes.is_empty() {
        return None;
    }
    let lines = claims.outcomes.iter().map(|line| outcome(line, messages));
    let list = element("ul").class("outcomes").elements(lines);
    Some(section("outcomes", "card.outcomes", messages, look).child(list))
}

fn outcome(line: &OutcomeLine, messages: &Messages) -> Element {
    let name = match &line.name {
        Some(name) => element("span").class("outcome-name").child(isolated(name)),
        None => element("span").class("outcome-name").text(messages.text("outcome.unnamed")),
    };
    let reached =
        reached(line).map(|message| element("span").class("outcome-level").items(messages.items(&message)));
    let mut notes: Vec<Item> = Vec::new();
    if let Some(description) = &line.description {
        notes.push(Item::Element(isolated(description)));
        notes.push(Item::Text(" ".into()));
    }
    let quoted = |id, name, value: &Option<_>| {
        value.clone().map(|value| Message::new(id).with(name, Value::Quoted(value)))
    };
    for message in [
        quoted("outcome.pass-mark", "level", &line.pass_mark),
        quoted("outcome.status", "status", &line.status),
    ]
    .into_iter()
    .flatten()
    {
        notes.extend(messages.items(&message));
        notes.push(Item::Text(" ".into()));
    }
    let alignments = line.alignments.iter().map(|name| element("span").class("chip").child(isolated(name)));
    element("li")
        .child(element("p").class("outcome-head").child(name).maybe(reached))
        .maybe(line.position.map(|position| ladder(position, messages)))
        .maybe((!notes.is_empty()).then(|| element("p").class("outcome-note").items(notes)))
        .maybe((!line.alignments.is_empty()).then(|| element("p").class("chips").elements(alignments)))
}

/// The level by name, its place, or the bare value.
fn reached(line: &OutcomeLine) -> Option<Message> {
    let placed = |message: Message, position: Position| {
        message.with("place", Value::Number(position.place)).with("of", Value::Number(position.of))
    };
    let level = line.level.as_ref().or(line.value.as_ref()).map(|text| Value::Quoted(text.clone()));
    match (level, line.position, &line.scale) {
        (Some(level), Some(position), _) => {
            Some(placed(Message::new("outcome.position").with("level", level), position))
        }
        (None, Some(position), _) => Some(placed(Message::new("outcome.place"), position)),
        (Some(value), None, Some((min, max))) if line.level.is_none() => Some(
            Message::new("outcome.scaled")
                .with("value", value)
                .with("min", Value::Quoted(min.clone()))
                .with("max", Value::Quoted(max.clone())),
        ),
        (Some(value), None, _) => Some(Message::new("outcome.value").with("value", value)),
        (None, None, _) => None,
    }
}

/// The ladder: one step per level, those reached filled, the one needed marked.
fn ladder(position: Position, messages: &Messages) -> Element {
    let Position { place, of, required } = position;
    let number = |value: usize| Value::Number(value);
    let label = match required {
        Some(required) => Message::new("outcome.bar-required").with("required", number(required)),
        None => Message::new("outcome.bar"),
    };
    let label = label.with("place", number(place)).with("of", number(of));
    let steps = (1..=of).map(|step| {
        let reached = if step <= place { "step is-reached" } else { "step" };
        let needed = if required == Some(step) { " is-needed" } else { "" };
        element("span").class(format!("{reached}{needed}"))
    });
    element("div")
        .class("ladder")
        .attribute("role", "img")
        .attribute("aria-label", messages.plain(&label))
        .elements(steps)
}
