//! Layer 6. The list of checks: how many passed, and behind a press what each of them found.

use crate::render::card::Look;
use crate::render::element::{Element, Item, element};
use crate::render::messages::Messages;
use crate::render::{OURS, icon, link, opened};
use crate::report::{Outcome, Report};
use crate::view::{Card, CheckLine, Message, Value, checks};

/// The list, closed.
pub fn draw(card: &Card, messages: &Messages, look: &Look) -> Element {
    let counts = ["card.passed", "card.failed", "card.unknown", "card.not-needed"];
    let said = counts
        .into_iter()
        .zip(card.counts)
        .filter(|(_, count)| *count > 0)
        .map(|(id, count)| messages.plain(&Message::new(id).with("count", Value::Number(count))));
    let said: Vec<String> = said.collect();
    let all = Message::new("card.checks").with("count", Value::Number(card.checks));
    let summary = element("summary")
        .child(element("span").class("summary-label").items(messages.items(&all)))
        .child(element("span").class("count").text(said.join(" · ")));
    let details = look.details("checks").child(summary);
    opened(details, messages, look, &|| lines(&card.report, messages))
}

/// A line for each check. Gate: as [`opened`] calls it.
#[inline(never)]
pub fn lines(report: &Report, messages: &Messages) -> Element {
    let lines = checks::lines(report);
    element("ul").elements(lines.iter().map(|line| check(line, messages)))
}

fn check(line: &CheckLine, messages: &Messages) -> Element {
    let result = line.outcome.id();
    let name = format!("check.{}", line.id);
    let head = element("p")
        .class("check-name")
        .text(messages.text(&name))
        .text(" ")
        .child(element("span").class("check-result").text(messages.text(&format!("result.{result}"))));
    let needs_help = matches!(line.outcome, Outcome::Fail | Outcome::Unknown);
    let remedy = messages.remedy(line.reason);
    // What merely repeats the name of the check is left out.
    let sentence = messages.sentence(line.reason);
    let is_news = sentence.trim_end_matches(['.', '。']) != messages.text(&name);
    let mut note = if is_news { messages.fill(&sentence, &line.params) } else { Vec::new() };
    if needs_help && !remedy.is_empty() {
        note.push(Item::Text(format!(" {remedy}")));
    }
    let note = (!note.is_empty()).then(|| element("p").class("check-note").items(note));
    let detail = line.detail.as_ref().map(|detail| {
        element("p").class("check-detail").child(element("bdi").attribute("dir", "ltr").text(detail))
    });
    let title = element("span").text(messages.text("card.spec"));
    // Of dozens that read alike, each must say of itself what it is about.
    let about = element("span").class("unseen").text([": ", &messages.text(&name)].concat());
    let spec = element("span").class("spec").child(link(line.spec, OURS, title.child(about), messages));
    let weight = if line.is_required { "" } else { " is-advisory" };
    element("li")
        .class(format!("check is-{result}{weight}"))
        .attribute("data-check", line.id)
        .attribute("data-outcome", result)
        .child(icon::of_outcome(line.outcome, line.is_required))
        .child(element("div").child(head.child(spec)).maybe(note).maybe(detail))
}
