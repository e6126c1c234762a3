//! Layer 6. What stands behind a credential: the facts, stated or blank, and where it states them.

use crate::render::card::{Look, View};
use crate::render::element::{Element, Item, element};
use crate::render::label;
use crate::render::messages::{Messages, isolated};
use crate::view::facts::Stated;
use crate::view::{Claims, Fact, Message, Quoted, Value};

/// The eleven facts and the further ones that are stated. Where everything is shown, each has its row and its place in
/// the credential; else what the card says anyhow is left out, and the blanks share a line.
pub fn draw(claims: &Claims, messages: &Messages, look: &Look) -> Element {
    let count = Message::new("card.stated")
        .with("stated", Value::Number(claims.stated))
        .with("all", Value::Number(claims.facts.len()));
    let head = element("div")
        .class("block-head")
        .child(label("card.behind", messages, look))
        .child(element("p").class("count").items(messages.items(&count)));
    let is_full = look.view == View::Full;
    let (mut rows, mut blanks) = (Vec::new(), Vec::new());
    for line in [&claims.certifies].into_iter().chain(&claims.facts).chain(&claims.further) {
        match (is_full, line.values.is_empty()) {
            (_, true) if line.id == claims.certifies.id => {}
            (false, true) => blanks.push(messages.text(line.id).into_owned()),
            (false, false) if is_said_above(line, claims) => {}
            _ => rows.push(fact(line, messages)),
        }
    }
    let blanks = (!blanks.is_empty()).then(|| {
        let blanks = Message::new("card.blanks").with("facts", Value::Plain(messages.list(blanks)));
        element("p").class("blank").items(messages.items(&blanks))
    });
    element("section")
        .class("block behind")
        .part("facts")
        .child(head)
        .child(element("dl").class("facts").elements(rows))
        .maybe(blanks)
        .maybe((!is_full).then(|| places(messages)))
}

/// What shows the places once it is open: by the sheet, since it has nothing of its own.
fn places(messages: &Messages) -> Element {
    element("details")
        .class("where")
        .child(element("summary").class("summary-label").text(messages.text("card.where")))
}

/// Whether the head of the card, its outcomes or its verdict say the same.
fn is_said_above(line: &Fact, claims: &Claims) -> bool {
    let heads = [&claims.title, &claims.holder, &claims.issuer];
    SAID_ABOVE.contains(&line.id)
        || line.values.iter().all(|stated| match stated {
            Stated::Text(text) => heads.iter().any(|head| head.as_ref() == Some(text)),
            Stated::Message(message) => *message == claims.kind,
            Stated::Word(_) => false,
        })
}

fn fact(line: &Fact, messages: &Messages) -> Element {
    let said = |stated: &Stated| match stated {
        Stated::Text(text) => vec![Item::Element(isolated(text))],
        Stated::Word(word) => match messages.word(&word.0) {
            Some(known) => vec![Item::Text(known.into_owned())],
            None => vec![Item::Element(isolated(word))],
        },
        Stated::Message(message) => messages.items(message),
    };
    let values = line.values.iter().map(|stated| {
        let value = element("dd").items(said(stated));
        if stated.id() == Some("certifies.from") { value.class("derived") } else { value }
    });
    let blank =
        line.values.is_empty().then(|| element("dd").class("blank").text(messages.text("card.not-stated")));
    let place = line.from.join(", ");
    let place = (!place.is_empty()).then(|| {
        let from = Message::new("card.from").with("from", Value::Quoted(Quoted(place)));
        element("dd").class("from").part("source").items(messages.items(&from))
    });
    element("div")
        .attribute("data-fact", line.id)
        .child(element("dt").text(messages.text(line.id)))
        .elements(values)
        .maybe(blank)
        .maybe(place)
}

/// What other blocks of the card are about.
const SAID_ABOVE: &[&str] = &["fact.grade", "fact.validity", "fact.endorsements"];
