//! Layer 6. The card and the badge: what the view says, as elements.
//!
//! The verdict area comes first and is ours alone: of the credential's text only a capped, quoted
//! name and proven domains enter it. Claims stand below, in their own frame.

use crate::credential::InLanguage;
use crate::render::element::{Element, Item, element};
use crate::render::icon;
use crate::render::messages::{Messages, isolated};
use crate::render::{OURS, about, behind, checks, competency, details, link, parts, qr, story, verdict};
use crate::report::Headline;
use crate::view::{Blind, Card, Message, Value, outcomes, tongue};

/// How a card is to be drawn; nothing here changes what is true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// How much is shown.
    pub view: View,
    /// Whether the report was copied.
    pub copied: Copied,
    /// What was signed, as text, for whoever wants to read it; empty where nobody does yet.
    pub document: String,
    /// Level of the verdict's heading, 1 to 6, or 0 for the usual one; other headings are one below it.
    pub heading_level: u8,
    /// Address of a verifier on another site, with the credential in its fragment; empty where there is none.
    pub elsewhere: String,
    /// A check is running.
    pub is_busy: bool,
    /// The card came from a drop zone, which can be had back.
    pub can_clear: bool,
    /// A review without bias can be ended.
    pub can_unblind: bool,
    /// Whether what draws the rest is there.
    pub rest: Rest,
    /// The classes of the long lists that are open, a line each: others are drawn when they are. None draws all.
    pub open: Option<String>,
}

/// Whether the part [`part::LOOK`](crate::crypto::part::LOOK) is there. It draws what is seen second or behind a
/// press, writes HTML and hides what a review without bias hides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rest {
    /// It is linked, or was loaded.
    #[default]
    Here,
    /// It is loaded as soon as something is shown that waits for it, which is at once for a card.
    Awaited,
    /// It could not be loaded.
    Missing,
}

/// How much of a card is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// What answers the first questions, the rest a press away.
    #[default]
    Card,
    /// A row for lists and portfolios.
    Badge,
    /// Everything, opened.
    Full,
}

/// What came of copying the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Copied {
    /// Nobody asked.
    #[default]
    NotYet,
    /// It is on the clipboard.
    Done,
    /// The browser does not let this page.
    Refused,
}

impl Look {
    /// Whether the list `details` is closed, so that nobody misses what is in it yet.
    pub fn is_shut(&self, details: &Element) -> bool {
        let class =
            details.attributes.iter().find(|(name, _)| *name == "class").map(|(_, class)| class.as_str());
        let is_open = |open: &String| open.lines().any(|open| Some(open) == class);
        self.view != View::Full && self.open.as_ref().is_some_and(|open| !is_open(open))
    }

    /// A closed block; an open one where everything is shown.
    pub fn details(&self, name: &'static str) -> Element {
        let details = element("details").class(["more ", name].concat()).part(name);
        if self.view == View::Full { details.attribute("open", "") } else { details }
    }

    /// Whether what is drawn is still to change: a live region is read out when it no longer is.
    pub fn busy(&self) -> &'static str {
        if self.is_busy { "true" } else { "false" }
    }

    /// The tag of a heading: 0 for the verdict's, 1 for those below it.
    pub fn heading(&self, below: u8) -> &'static str {
        let level = if self.heading_level == 0 { USUAL_LEVEL } else { self.heading_level };
        let at = usize::from(level.saturating_add(below)).saturating_sub(1);
        HEADINGS.get(at).copied().unwrap_or("h6")
    }
}

/// The card, or the badge, for `card`.
pub fn draw(card: &Card, messages: &Messages, look: &Look) -> Element {
    let class = match look.view {
        View::Card => "card",
        View::Badge => "badge",
        View::Full => "card is-full",
    };
    let article = element("article")
        .class(format!("{class} {}", tone(card.verdict.headline)))
        .part("card")
        .attribute("aria-label", messages.text("card.label"))
        .attribute("aria-busy", look.busy());
    let mut article = match look.view {
        View::Badge => badge(article, card, messages, look),
        View::Card | View::Full => whole(article, card, messages, look),
    };
    let languages = tongue::languages(&card.report);
    if !languages.is_empty() {
        say_language(&mut article, &languages);
    }
    article
}

/// Says of quoted text in `article` which language it is in, where that is known: a voice or a font is chosen by it.
fn say_language(article: &mut Element, languages: &[&InLanguage]) {
    let mut next = vec![article];
    while let Some(element) = next.pop() {
        if let ("bdi", [Item::Text(text)]) = (element.tag, &*element.children) {
            let start = text.trim_end_matches('…');
            let is_it =
                |row: &&&InLanguage| row.text == *text || (start != text && row.text.starts_with(start));
            if let Some(row) = languages.iter().find(is_it) {
                element.attributes.push(("lang", row.language.clone()));
            }
        }
        next.extend(element.children.iter_mut().filter_map(|item| match item {
            Item::Element(child) => Some(child),
            Item::Text(_) => None,
        }));
    }
}

fn whole(article: Element, card: &Card, messages: &Messages, look: &Look) -> Element {
    let claims = card.claims.as_ref();
    article
        .child(verdict::draw(card, messages, look))
        .maybe(claims.map(|claims| about::draw(claims, messages, look)))
        .maybe(claims.and_then(|claims| competency::draw(claims, messages, look)))
        .maybe(behind::draw(card, messages, look))
        .maybe(card.has_parts.then(|| parts::draw(card, messages, look)))
        .maybe(card.has_story.then(|| story::draw(card, messages, look)))
        .child(checks::draw(card, messages, look))
        .child(details::draw(card, messages, look))
        .child(footer(card, messages, look))
}

/// The small view: picture, title, issuer, verdict.
fn badge(article: Element, card: &Card, messages: &Messages, look: &Look) -> Element {
    let claims = card.claims.as_ref();
    let line = |class: &str, items: Vec<Item>| element("p").class(class).items(items);
    let title = claims
        .and_then(|claims| claims.title.as_ref())
        .map(|title| line("badge-title", vec![Item::Element(isolated(title))]).part("title"));
    // Beside "Verified" a name alone would read as verified too.
    let by = claims.map(|claims| {
        let hidden = (claims.blind == Blind::HolderAndIssuer).then(|| about::hidden_issuer(claims));
        let name = claims.issuer.as_ref().map(isolated);
        element("p")
            .class("badge-issuer")
            .items(hidden.map(|message| messages.items(&message)).unwrap_or_default())
            .maybe(name)
            .text(" ")
            .maybe(about::standing(claims, messages))
    });
    let verdict = element("p")
        .class("badge-verdict")
        .attribute("role", "status")
        .attribute("aria-busy", look.busy())
        .child(icon::of_headline(card.verdict.headline))
        .child(element("span").items(messages.items(&card.verdict.title)));
    // A presentation claims nothing itself; how much it presents is what there is to say in a row.
    let is_sum = claims.is_none() && card.verdict.detail.iter().any(|detail| detail.id == "detail.presents");
    let sum = is_sum.then(|| {
        let count = Value::Number(card.report.parts.len());
        line("badge-issuer", messages.items(&Message::new("card.parts").with("count", count)))
    });
    article
        .maybe(claims.and_then(|claims| about::picture(claims, messages)))
        .maybe((title.is_some() || by.is_some()).then(|| {
            // Of some of the results none can be told to be the best.
            let told = claims.filter(|claims| claims.outcomes_left == 0);
            let best = told.and_then(|claims| outcomes::best(&claims.outcomes));
            let best = best.and_then(|line| competency::in_short(line, messages));
            element("div").class("badge-text").maybe(title).maybe(best).maybe(by)
        }))
        .child(verdict)
        .maybe(sum)
}

fn footer(card: &Card, messages: &Messages, look: &Look) -> Element {
    element("footer")
        .class("footer")
        .part("footer")
        .maybe((!look.elsewhere.is_empty()).then(|| elsewhere(&look.elsewhere, messages)))
        .maybe(qr::draw(messages, look))
        .maybe((look.view == View::Full).then(|| element("p").items(messages.items(&checked_on(card)))))
        .child(element("p").text(messages.text("card.elsewhere")))
        .maybe(look.can_unblind.then(|| verdict::action("unblind", messages)))
        .maybe(look.can_clear.then(|| verdict::action("clear", messages)))
}

/// The day for which everything above holds: of a sheet of paper nobody knows how old it is.
fn checked_on(card: &Card) -> Message {
    Message::new("card.checked-on").with("day", Value::Day(card.report.as_of.now))
}

/// The link to a page that checks the credential again. It has the shell's address, never the credential's.
fn elsewhere(address: &str, messages: &Messages) -> Element {
    let content = element("span").text(messages.text("card.check-elsewhere"));
    link(address, OURS, content, messages).part("elsewhere")
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

const USUAL_LEVEL: u8 = 2;
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
