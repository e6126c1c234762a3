//! Layer 6. What the holder can do: one line for each result, with a ladder where its order was signed.

use crate::render::card::Look;
use crate::render::element::{Element, Item, element};
use crate::render::messages::{Messages, isolated};
use crate::render::{evidence, icon, section};
use crate::view::behind::Behind;
use crate::view::outcomes::{Position, Status, Weight};
use crate::view::{Claims, Message, OutcomeLine, Value};

/// The results; none where there are none.
pub fn draw(claims: &Claims, messages: &Messages, look: &Look) -> Option<Element> {
    if claims.outcomes.is_empty() {
        return None;
    }
    let mut list = element("ul").class("outcomes");
    let mut achievement = None;
    for line in &claims.outcomes {
        if line.achievement.is_some() && line.achievement != achievement {
            achievement.clone_from(&line.achievement);
            let name = line.achievement.as_ref().map(isolated);
            list = list.child(element("li").class("outcome-group").maybe(name));
        }
        list = list.child(outcome(line, messages));
    }
    let more = Message::new("card.more").with("count", Value::Number(claims.outcomes_left));
    let more = (claims.outcomes_left > 0).then(|| element("p").class("count").items(messages.items(&more)));
    Some(section("outcomes", "card.outcomes", messages, look).child(list).maybe(more))
}

/// The skills that frameworks name: below the results, or what there is instead of them.
pub fn skills(behind: &Behind, claims: &Claims, messages: &Messages, look: &Look) -> Option<Element> {
    let groups = behind.skills.iter().map(|group| evidence::group(group, messages));
    let block = match (behind.skills.is_empty(), claims.outcomes.is_empty()) {
        (true, _) => return None,
        (false, true) => section("outcomes", "card.outcomes", messages, look)
            .child(element("p").class("outcome-note").text(messages.text("outcome.skills"))),
        (false, false) => element("section").class("block is-more").part("skills"),
    };
    Some(block.elements(groups))
}

fn outcome(line: &OutcomeLine, messages: &Messages) -> Element {
    let weight = line.weight();
    let name = match &line.name {
        Some(name) => element("span").child(isolated(name)),
        None => element("span").text(messages.text("outcome.unnamed")),
    };
    let reached =
        reached(line).map(|message| element("span").class("outcome-level").items(messages.items(&message)));
    let mut notes: Vec<Item> = Vec::new();
    let mut note = |items: Vec<Item>| {
        notes.extend(items);
        notes.push(Item::Text(" ".into()));
    };
    if let Some(description) = &line.description {
        note(vec![Item::Element(isolated(description))]);
    }
    if let Some(kind) = line.kind {
        note(vec![Item::Text(messages.text(kind).into_owned())]);
    }
    if let Some(level) = &line.pass_mark {
        note(messages.items(&Message::new("outcome.pass-mark").with("level", Value::Quoted(level.clone()))));
    }
    let chips = line.alignments.iter().map(|link| element("li").child(evidence::chip(link, messages)));
    let ladder = line.position.map(|position| ladder(position, weight, messages));
    element("li")
        .class(["outcome", of_weight(weight).1].concat())
        .child(element("p").class("outcome-head").child(name).maybe(reached))
        .maybe(ladder)
        .maybe(standing(line, messages))
        .maybe((!notes.is_empty()).then(|| element("p").class("outcome-note").items(notes)))
        .maybe((!line.alignments.is_empty()).then(|| element("ul").class("chips").elements(chips)))
}

/// A result in one line: what, and how well. None where nothing says how well.
pub fn in_short(line: &OutcomeLine, messages: &Messages) -> Option<Element> {
    let reached = messages.items(&reached(line)?);
    let name = line.name.as_ref().map(isolated);
    Some(element("p").class("badge-issuer").maybe(name).text(" ").child(element("strong").items(reached)))
}

/// How far the holder has come, where the issuer says so or it can be told: with a mark, and in words.
fn standing(line: &OutcomeLine, messages: &Messages) -> Option<Element> {
    let message = match &line.status {
        Some(Status::Known(id, _)) => Message::new(id),
        Some(Status::Other(text)) => {
            Message::new("outcome.status").with("status", Value::Quoted(text.clone()))
        }
        None if line.is_below => Message::new("outcome.below"),
        None => return None,
    };
    let (icon, class) = of_weight(line.weight());
    let below = line.is_below && line.status.is_some();
    let below = below.then(|| element("span").text(messages.text("outcome.below")));
    let said = element("span").items(messages.items(&message));
    Some(element("p").class(["outcome-status", class].concat()).child(icon).child(said).maybe(below))
}

fn of_weight(weight: Weight) -> (Element, &'static str) {
    match weight {
        Weight::Reached => (icon::disc(), " is-skipped"),
        Weight::Open => (icon::clock(), " is-unknown"),
        Weight::Failed => (icon::cross(), " is-fail"),
    }
}

/// The level by name, its place, or the bare value.
fn reached(line: &OutcomeLine) -> Option<Message> {
    let placed = |message: Message, position: Position| {
        message.with("place", Value::Number(position.place)).with("of", Value::Number(position.of))
    };
    let level = line.level.as_ref().or(line.value.as_ref()).map(|text| Value::Quoted(text.clone()));
    let is_percent = line.kind == Some("scale.percent");
    match (level, line.position, &line.scale) {
        (Some(value), None, _) if is_percent && line.level.is_none() => {
            Some(Message::new("outcome.percent").with("value", value))
        }
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
fn ladder(position: Position, weight: Weight, messages: &Messages) -> Element {
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
    // What was not reached is drawn hollow.
    let class = if weight == Weight::Reached { "ladder" } else { "ladder is-hollow" };
    element("div")
        .class(class)
        .attribute("role", "img")
        .attribute("aria-label", messages.plain(&label))
        .elements(steps)
}
