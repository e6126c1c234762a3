//! Layer 6. What stands behind a credential: the facts, stated or blank, and where it states them.

use crate::render::card::{Look, View};
use crate::render::element::{Element, Item, element};
use crate::render::messages::{Messages, isolated};
use crate::render::{competency, evidence, label, later};
use crate::view::behind::{Behind, behind};
use crate::view::facts::Stated;
use crate::view::{Card, Claims, Fact, Message, Quoted, Value};

/// Skills, facts, frameworks and evidence: what comes second. None where no claims are shown.
pub fn draw(card: &Card, messages: &Messages, look: &Look) -> Option<Element> {
    let claims = card.claims.as_ref()?;
    Some(later(messages, look, &|| second(card, claims, messages, look)))
}

/// These blocks. Gate: as [`later`] calls it.
#[inline(never)]
pub fn second(card: &Card, claims: &Claims, messages: &Messages, look: &Look) -> Element {
    let behind = behind(card);
    element("div")
        .class("second")
        .maybe(competency::skills(&behind, claims, messages, look))
        .child(facts(&behind, claims, messages, look))
        .maybe(evidence::draw(&behind, messages, look))
}

/// The eleven facts and the further ones that are stated. Where everything is shown, each has its row and its place in
/// the credential; else what the card says anyhow is left out, and the blanks share a line.
fn facts(behind: &Behind, claims: &Claims, messages: &Messages, look: &Look) -> Element {
    let count = Message::new("card.stated")
        .with("stated", Value::Number(behind.stated))
        .with("all", Value::Number(behind.facts.len()));
    let head = element("div")
        .class("block-head")
        .child(label("card.behind", messages, look))
        .child(element("p").class("count").items(messages.items(&count)));
    let is_full = look.view == View::Full;
    let (mut rows, mut blanks) = (Vec::new(), Vec::new());
    for line in behind.certifies.iter().chain(&behind.facts).chain(&behind.further) {
        match (is_full, line.values.is_empty()) {
            (_, true) if line.id == "fact.certifies" => {}
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
