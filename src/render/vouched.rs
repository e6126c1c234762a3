//! Layer 6. Who vouches: a row for each endorsement, its words quoted, commitments set off.

use crate::render::card::Look;
use crate::render::element::{Element, Item, element};
use crate::render::messages::{Messages, isolated};
use crate::render::parts::{folded, head, note, row};
use crate::render::section;
use crate::view::{Message, PartLine, Quoted, Value, quoted};

/// The block; none where nobody vouches.
pub fn draw(lines: &[PartLine], messages: &Messages, look: &Look) -> Option<Element> {
    if lines.is_empty() {
        return None;
    }
    let (first, others) = lines.split_at_checked(FIRST).unwrap_or((lines, &[]));
    let list = |lines: &[PartLine], start: usize| {
        let rows = lines.iter().zip(start..).map(|(line, at)| endorsement(line, at, messages, look));
        element("ul").class("parts").elements(rows)
    };
    let others = (!others.is_empty()).then(|| {
        let more = Message::new("vouched.more").with("count", Value::Number(others.len()));
        folded("others", 0, element("summary").class("summary-label").items(messages.items(&more)), look)
            .child(list(others, FIRST))
    });
    Some(section("vouched", "card.vouched", messages, look).child(list(first, 0)).maybe(others))
}

fn endorsement(line: &PartLine, at: usize, messages: &Messages, look: &Look) -> Element {
    let name = match &line.name {
        Some(name) => Item::Element(isolated(name)),
        None => Item::Text(messages.text("vouched.somebody").into_owned()),
    };
    let mut said = line.identity.as_ref().map(|identity| messages.items(identity)).unwrap_or_default();
    if let Some(about) = line.about {
        if !said.is_empty() {
            said.push(Item::Text(" · ".into()));
        }
        said.push(Item::Text(messages.text(about).into_owned()));
    }
    let mark = line
        .is_commitment
        .then(|| element("p").class("commitment").text(messages.text("vouched.commitment")));
    let text = head(name, &line.title, messages)
        .maybe((!said.is_empty()).then(|| note(said)))
        .maybe(mark)
        .maybe(line.comment.as_ref().map(|comment| words(comment, at, messages, look)));
    let row = row(Some(line.headline), text).attribute("data-role", line.kind);
    if line.is_commitment { row.attribute("data-commitment", "") } else { row }
}

/// What they say, quoted; where it is long, behind its beginning.
fn words(words: &Quoted, at: usize, messages: &Messages, look: &Look) -> Element {
    let quote = |words: &Quoted, class: &str| element("q").class(class).child(isolated(words));
    if words.0.chars().count() <= WORDS_SHOWN {
        return element("p").child(quote(words, "quote"));
    }
    let label = element("span").class("summary-label").text(messages.text("vouched.words"));
    let start = quote(&quoted(&words.0, WORDS_SHOWN), "quote start");
    folded("words", at, element("summary").child(label).text(" ").child(start), look)
        .child(element("p").child(quote(words, "quote")))
}

/// Endorsements that are shown at once.
const FIRST: usize = 5;
/// Characters of what they say that are shown at once.
const WORDS_SHOWN: usize = 160;
