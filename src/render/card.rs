//! Layer 6. The card and the badge: what the view says, as elements.
//!
//! The verdict area comes first and is ours alone: of the credential's text only a capped, quoted
//! name and proven domains enter it. Claims stand below, in their own frame.

use crate::render::element::{Element, Item, element};
use crate::render::icon;
use crate::render::messages::{Messages, isolated};
use crate::render::parts;
use crate::report::{Headline, Outcome};
use crate::view::facts::Stated;
use crate::view::outcomes::Position;
use crate::view::{Card, CheckLine, Claims, Fact, Link, Message, OutcomeLine, Value, Verdict};

/// How a card is to be drawn; nothing here changes what is true.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The small view for lists and portfolios.
    pub is_badge: bool,
    /// A check is running.
    pub is_busy: bool,
    /// The card came from a drop zone, which can be had back.
    pub can_clear: bool,
}

/// The card, or the badge, for `card`.
pub fn draw(card: &Card, messages: &Messages, look: Look) -> Element {
    let class = if look.is_badge { "badge" } else { "card" };
    let article = element("article")
        .class(format!("{class} {}", tone(card.verdict.headline)))
        .part("card")
        .attribute("aria-label", messages.text("card.label"))
        .attribute("aria-busy", if look.is_busy { "true" } else { "false" });
    match look.is_badge {
        true => badge(article, card, messages),
        false => whole(article, card, messages, look),
    }
}

fn whole(article: Element, card: &Card, messages: &Messages, look: Look) -> Element {
    let claims = card.claims.as_ref();
    article
        .child(verdict(card, messages, look))
        .maybe(claims.map(|claims| about(claims, messages)))
        .maybe(claims.and_then(|claims| outcomes(claims, messages)))
        .maybe(claims.and_then(|claims| words(claims, messages)))
        .maybe(claims.map(|claims| behind(claims, messages)))
        .maybe(claims.and_then(|claims| links(claims, messages)))
        .maybe((!card.parts.is_empty()).then(|| parts::draw(&card.parts, messages)))
        .child(checks(card, messages))
        .child(footer(messages, look))
}

/// The small view: picture, title, issuer, verdict.
fn badge(article: Element, card: &Card, messages: &Messages) -> Element {
    let claims = card.claims.as_ref();
    let line = |class: &str, items: Vec<Item>| element("p").class(class).items(items);
    let title = claims
        .and_then(|claims| claims.title.as_ref())
        .map(|title| line("badge-title", vec![Item::Element(isolated(title))]).part("title"));
    // Beside "Verified" a name alone would read as verified too.
    let by = claims.map(|claims| {
        let standing = match &claims.domain {
            Some(domain) => proven(domain, messages),
            None => claimed(messages),
        };
        let name = claims.issuer.as_ref().map(isolated);
        element("p").class("badge-issuer").maybe(name).text(" ").child(standing)
    });
    let verdict = element("p")
        .class("badge-verdict")
        .part("verdict")
        .attribute("role", "status")
        .child(icon::of_headline(card.verdict.headline))
        .child(element("span").items(messages.items(&card.verdict.title)));
    article
        .maybe(claims.and_then(|claims| picture(claims, messages)))
        .child(element("div").class("badge-text").maybe(title).maybe(by).child(verdict))
}

fn verdict(card: &Card, messages: &Messages, look: Look) -> Element {
    let Verdict { headline, title, lead, detail, reason, hosts, can_retry } = &card.verdict;
    let mut sentences: Vec<Item> = Vec::new();
    let mut say = |items: Vec<Item>| {
        if !items.is_empty() {
            sentences.push(Item::Element(element("span").items(items)));
            sentences.push(Item::Text(" ".into()));
        }
    };
    if let Some(lead) = lead {
        say(messages.items(lead));
    }
    if let Some((reason, params)) = reason {
        say(messages.fill(messages.sentence(reason), params));
        say(messages.fill(messages.remedy(reason), &[]));
    }
    for message in detail {
        say(messages.items(message));
    }
    if !hosts.is_empty() {
        let consent = Message::new("detail.consent").with("hosts", Value::Domain(hosts.join(", ")));
        say(messages.items(&consent));
    }
    if card.has_hidden_claims {
        say(messages.items(&Message::new("detail.hidden")));
    }
    let fetch = (!hosts.is_empty()).then(|| action("fetch", messages));
    let retry = can_retry.then(|| action("retry", messages));
    let reveal = card.has_hidden_claims.then(|| action("reveal", messages));
    let busy = look.is_busy.then(|| element("p").class("busy").text(messages.text("busy")));
    element("section")
        .class("verdict")
        .part("verdict")
        .attribute("role", "status")
        .attribute("data-headline", headline_id(*headline))
        .child(icon::of_headline(*headline))
        .child(
            element("div")
                .class("verdict-text")
                .child(element("h2").part("headline").items(messages.items(title)))
                .child(element("p").items(sentences))
                .maybe(busy)
                .maybe(fetch.or(retry).filter(|_| !look.is_busy))
                .maybe(reveal),
        )
}

fn action(name: &'static str, messages: &Messages) -> Element {
    element("button")
        .class("action")
        .part("action")
        .attribute("type", "button")
        .attribute("data-action", name)
        .text(messages.text(&format!("action.{name}")))
}

/// Title, kind, holder and issuer.
fn about(claims: &Claims, messages: &Messages) -> Element {
    let kind = Value::Plain(messages.plain(&claims.kind));
    let holder = match &claims.holder {
        Some(name) => Message::new("card.awarded-to").with("name", Value::Quoted(name.clone())),
        None => Message::new("card.names-nobody"),
    };
    let issuer = match &claims.issuer {
        Some(name) => Message::new("card.by").with("name", Value::Quoted(name.clone())),
        None => Message::new("card.by-nobody"),
    };
    // The name is the issuer's own word for itself; the domain beside it is what was proven.
    let standing = match &claims.domain {
        Some(domain) => proven(domain, messages),
        None => claimed(messages),
    };
    let text = element("div")
        .class("about-text")
        .maybe(
            claims.unvouched.then(|| element("p").class("unvouched").text(messages.text("card.unvouched"))),
        )
        .maybe(claims.title.as_ref().map(|title| element("h3").part("title").child(isolated(title))))
        .child(element("p").items(messages.items(&holder.with("kind", kind))))
        .child(element("p").items(messages.items(&issuer)).text(" ").child(standing));
    let class = if claims.unvouched { "about is-unvouched" } else { "about" };
    element("section").class(class).part("about").maybe(picture(claims, messages)).child(text)
}

/// The domain whose control was proven.
fn proven(domain: &str, messages: &Messages) -> Element {
    let proven = Message::new("card.proven-domain").with("domain", Value::Domain(domain.to_owned()));
    element("span")
        .class("proven")
        .child(icon::of_outcome(Outcome::Pass, true))
        .items(messages.items(&proven))
}

/// What is said of a name that nothing proves.
fn claimed(messages: &Messages) -> Element {
    element("span").class("claimed").text(messages.text("card.claimed"))
}

fn picture(claims: &Claims, messages: &Messages) -> Option<Element> {
    claims.image.as_ref().map(|image| {
        element("img")
            .class("picture")
            .part("image")
            .attribute("src", image)
            .attribute("alt", messages.text("card.picture"))
            .attribute("width", "92")
            .attribute("height", "92")
    })
}

fn outcomes(claims: &Claims, messages: &Messages) -> Option<Element> {
    if claims.outcomes.is_empty() {
        return None;
    }
    let lines = claims.outcomes.iter().map(|line| outcome(line, messages));
    let list = element("ul").class("outcomes").elements(lines);
    Some(section("outcomes", messages.text("card.outcomes")).child(list))
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
        message
            .with("place", Value::Plain(position.place.to_string()))
            .with("of", Value::Plain(position.of.to_string()))
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
    let number = |value: usize| Value::Plain(value.to_string());
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

/// Description and criteria, in the issuer's words, as plain text.
fn words(claims: &Claims, messages: &Messages) -> Option<Element> {
    let paragraph = |id, text: &Option<_>| {
        text.as_ref().map(|text| {
            let words = element("p").class("words").child(isolated(text));
            element("div").child(element("h3").class("label").text(messages.text(id))).child(words)
        })
    };
    let about = paragraph("card.about", &claims.description);
    let criteria = paragraph("card.criteria", &claims.criteria);
    if about.is_none() && criteria.is_none() {
        return None;
    }
    Some(element("section").class("block").part("words").maybe(about).maybe(criteria))
}

/// The eleven facts, stated or blank, and the further ones that are stated.
fn behind(claims: &Claims, messages: &Messages) -> Element {
    let count = Message::new("card.stated")
        .with("stated", Value::Plain(claims.stated.to_string()))
        .with("all", Value::Plain(claims.facts.len().to_string()));
    let head = element("div")
        .class("block-head")
        .child(element("h3").class("label").text(messages.text("card.behind")))
        .child(element("p").class("count").items(messages.items(&count)));
    let rows = claims.facts.iter().chain(&claims.further).map(|line| fact(line, messages));
    element("section")
        .class("block")
        .part("facts")
        .child(head)
        .child(element("dl").class("facts").elements(rows))
}

fn fact(line: &Fact, messages: &Messages) -> Element {
    let values = line.values.iter().map(|stated| match stated {
        Stated::Text(text) => element("dd").child(isolated(text)),
        Stated::Message(message) => element("dd").items(messages.items(message)),
    });
    let blank =
        line.values.is_empty().then(|| element("dd").class("blank").text(messages.text("card.not-stated")));
    element("div")
        .attribute("data-fact", line.id)
        .child(element("dt").text(messages.text(line.id)))
        .elements(values)
        .maybe(blank)
}

fn links(claims: &Claims, messages: &Messages) -> Option<Element> {
    if claims.links.is_empty() {
        return None;
    }
    let chips = claims.links.iter().map(|line| element("li").child(link(line, messages)));
    Some(section("links", messages.text("card.links")).child(element("ul").class("chips").elements(chips)))
}

fn link(line: &Link, messages: &Messages) -> Element {
    let chip = match &line.url {
        Some(url) => element("a")
            .class("chip")
            .attribute("href", url)
            .attribute("target", "_blank")
            .attribute("rel", "noopener noreferrer nofollow ugc"),
        None => element("span").class("chip"),
    };
    let framework = line.framework.as_ref().map(|name| element("strong").child(isolated(name)));
    let chip = chip.maybe(framework).text(" ").child(isolated(&line.text));
    match line.url {
        Some(_) => chip.child(element("span").attribute("aria-hidden", "true").text(" ↗")).child(
            element("span").class("unseen").text(format!(" ({})", messages.text("card.opens-elsewhere"))),
        ),
        None => chip,
    }
}

fn checks(card: &Card, messages: &Messages) -> Element {
    let counts = ["card.passed", "card.failed", "card.unknown", "card.not-needed"];
    let said =
        counts.into_iter().zip(card.counts).filter(|(_, count)| *count > 0).map(|(id, count)| {
            messages.plain(&Message::new(id).with("count", Value::Plain(count.to_string())))
        });
    let said: Vec<String> = said.collect();
    let all = Message::new("card.checks").with("count", Value::Plain(card.checks.len().to_string()));
    let summary = element("summary")
        .child(element("span").class("summary-label").items(messages.items(&all)))
        .child(element("span").class("count").text(said.join(" · ")));
    let lines = card.checks.iter().map(|line| check(line, messages));
    element("details").class("checks").part("checks").child(summary).child(element("ul").elements(lines))
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
    let is_news = sentence.trim_end_matches('.') != messages.text(&name);
    let mut note = if is_news { messages.fill(sentence, &line.params) } else { Vec::new() };
    if needs_help && !remedy.is_empty() {
        note.push(Item::Text(format!(" {remedy}")));
    }
    let note = (!note.is_empty()).then(|| element("p").class("check-note").items(note));
    let detail = line.detail.as_ref().map(|detail| {
        element("p").class("check-detail").child(element("bdi").attribute("dir", "ltr").text(detail))
    });
    let weight = if line.is_required { "" } else { " is-advisory" };
    element("li")
        .class(format!("check is-{result}{weight}"))
        .attribute("data-check", line.id)
        .attribute("data-outcome", result)
        .child(icon::of_outcome(line.outcome, line.is_required))
        .child(element("div").child(head).maybe(note).maybe(detail))
}

fn footer(messages: &Messages, look: Look) -> Element {
    element("footer")
        .class("footer")
        .part("footer")
        .child(element("p").text(messages.text("card.elsewhere")))
        .maybe(look.can_clear.then(|| action("clear", messages)))
}

fn section(part: &'static str, title: &str) -> Element {
    element("section").class("block").part(part).child(element("h3").class("label").text(title))
}

fn tone(headline: Headline) -> &'static str {
    match headline {
        Headline::Verified => "is-good",
        Headline::GenuineIssuerUnconfirmed | Headline::NotFullyChecked => "is-open",
        Headline::Unreadable => "is-neutral",
        Headline::DoNotRely
        | Headline::Revoked
        | Headline::Suspended
        | Headline::Expired
        | Headline::NotYetValid => "is-bad",
    }
}

/// The headline's id, as in the report.
pub fn headline_id(headline: Headline) -> &'static str {
    headline.id()
}
