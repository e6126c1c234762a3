//! Layer 6. From a report to what the card says: typed values and message ids, no markup.
//!
//! Nothing is inferred silently and nothing is shown that the report does not hold. Text of the
//! credential travels as [`Quoted`]: cleaned of characters that reorder or hide other text, and
//! capped, so that no claim can grow over the verdict or pretend to be part of it.

pub mod behind;
pub mod blind;
pub mod checks;
pub mod facts;
pub mod frameworks;
pub mod headline;
pub mod kinds;
pub mod markdown;
mod markdown_spans;
pub mod outcomes;
pub mod parts;
pub mod stack;
pub mod story;
pub mod tongue;
pub mod vouched;

use std::borrow::Cow;

use crate::credential::{Achievement, Credential, Subject};
use crate::need::host;
use crate::report::{Headline, Identity, Outcome, Report, Role};

pub use checks::CheckLine;
pub use facts::Fact;
pub use frameworks::{Group, Link};
pub use headline::Verdict;
pub use outcomes::OutcomeLine;
pub use parts::{PartLine, Parts};
pub use stack::{Path, Step};

/// Text written by the issuer: untrusted, cleaned, capped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted(pub String);

/// A sentence of ours with values in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Id in the message table.
    pub id: &'static str,
    /// Values by name.
    pub params: Vec<(&'static str, Value)>,
}

/// A value inside a [`Message`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text of the credential or of the network: isolated when drawn.
    Quoted(Quoted),
    /// Our own text.
    Plain(String),
    /// A whole number, written in the reader's way; of the name `count`, it chooses the form of the message.
    Number(usize),
    /// A domain that was proven, drawn with emphasis.
    Domain(String),
    /// Several hosts, likewise.
    Domains(Vec<String>),
    /// A day, in Unix seconds, written in the reader's way.
    Day(i64),
    /// Another message by id.
    Message(&'static str),
    /// Another message with values of its own.
    Phrase(Box<Message>),
}

/// What the embedding page asked for; it never changes what is true.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Requests may be offered to the viewer.
    pub may_ask: bool,
    /// The viewer pressed "show anyway".
    pub revealed: bool,
    /// What a review without bias is not to see.
    pub blind: Blind,
}

/// What a review without bias hides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Blind {
    /// Nothing.
    #[default]
    Nothing,
    /// Who the holder is, and what tells their age.
    Holder,
    /// That, and which organisation it was.
    HolderAndIssuer,
}

/// Everything the card says.
#[derive(Clone, Debug)]
pub struct Card<'r> {
    /// What it says it of: where something is hidden, without that.
    pub report: Cow<'r, Report>,
    /// The same with everything, for what is counted and not shown.
    given: &'r Report,
    /// What the page asked for.
    pub wishes: Wishes,
    /// The verdict area.
    pub verdict: Verdict,
    /// The claims; none where there are none to show, or they are hidden.
    pub claims: Option<Claims>,
    /// The issuer tells more at length.
    pub has_story: bool,
    /// There are claims, hidden until asked for.
    pub has_hidden_claims: bool,
    /// There are credentials inside it, each with a headline of its own.
    pub has_parts: bool,
    /// How many checks there are to tell.
    pub checks: usize,
    /// How many checks passed, failed, are unknown, were not needed.
    pub counts: [usize; 4],
}

/// What the credential says.
#[derive(Clone, Debug, PartialEq)]
pub struct Claims {
    /// Whether nobody vouches for them: they were revealed on request.
    pub unvouched: bool,
    /// What of them is hidden from a review without bias.
    pub blind: Blind,
    /// Whether the issuer's identity is confirmed, whatever of it is shown.
    pub is_confirmed: bool,
    /// The achievement's name, or the credential's.
    pub title: Option<Quoted>,
    /// What sort of thing it is.
    pub kind: Message,
    /// Whom it was awarded to.
    pub holder: Option<Quoted>,
    /// What the issuer calls itself.
    pub issuer: Option<Quoted>,
    /// The domain proven for it.
    pub domain: Option<String>,
    /// A picture that needs no request.
    pub image: Option<String>,
    /// What the holder can do.
    pub outcomes: Vec<OutcomeLine>,
    /// How many results there are beside those.
    pub outcomes_left: usize,
}

/// What the card says about `report`.
pub fn card(report: &Report, wishes: Wishes) -> Card<'_> {
    let told = match wishes.blind {
        Blind::Nothing => Cow::Borrowed(report),
        blind => Cow::Owned(blind::blinded(report, blind)),
    };
    whole(report, told, wishes)
}

fn whole<'r>(given: &'r Report, told: Cow<'r, Report>, wishes: Wishes) -> Card<'r> {
    let report = &*told;
    let shown = shown(report);
    let facts = shown.facts();
    let is_refuted = report.headline == Headline::DoNotRely;
    let hide = (hides_claims(shown) || is_refuted) && !wishes.revealed;
    let open = facts.filter(|_| !hide);
    let claims = open.map(|facts| claims(facts, shown, is_refuted, wishes.blind));
    let has_parts =
        report.parts.iter().any(|part| !matches!(part.role, Some(Role::StatusList | Role::Newer)));
    let checks = checks::told(report);
    let count = |outcome: Outcome| checks.iter().filter(|check| check.outcome == outcome).count();
    let mut verdict = headline::verdict(report, wishes);
    // No host is named here, and none is asked without being named.
    if wishes.may_ask && wishes.blind == Blind::HolderAndIssuer && !given.needs.is_empty() {
        verdict.detail.push(Message::new("detail.blind-needs"));
    }
    Card {
        verdict,
        has_story: open.is_some_and(|facts| story::has_any(facts, wishes)),
        has_hidden_claims: hide && facts.is_some_and(|facts| !facts.subjects.is_empty()),
        claims,
        has_parts,
        counts: [
            count(Outcome::Pass),
            count(Outcome::Fail),
            count(Outcome::Unknown),
            count(Outcome::Skipped),
        ],
        checks: checks.len(),
        wishes,
        given,
        report: told,
    }
}

/// What a card is about. A presentation says nothing itself: with one credential in it, that is what a reader came for.
pub fn shown(report: &Report) -> &Report {
    parts::only_presented(report).unwrap_or(report)
}

/// Claims nobody vouches for, or that failed a check, stay hidden until asked for.
fn hides_claims(report: &Report) -> bool {
    report.credential.is_none() || report.headline == Headline::DoNotRely
}

fn claims(facts: &Credential, report: &Report, is_refuted: bool, blind: Blind) -> Claims {
    let is_hidden = hides_claims(report) || is_refuted;
    let achievement = achievement(facts);
    let title = achievement
        .and_then(|it| it.name.as_deref())
        .or(facts.name.as_deref())
        .or(facts.type_name.as_deref());
    let holder = holder(facts).and_then(|subject| subject.name.as_deref());
    let is_proven = report.issuer.identity != Identity::None && !is_hidden;
    Claims {
        unvouched: is_hidden,
        blind,
        is_confirmed: is_proven,
        title: title.map(|text| quoted(text, TITLE_CHARS_MAX)),
        kind: match report.format {
            Some("signed-statement") => Message::new("kind.statement"),
            _ => kinds::kind(achievement),
        },
        holder: holder.map(|text| quoted(text, NAME_CHARS_MAX)),
        issuer: facts.issuer.name.as_deref().map(|text| quoted(text, NAME_CHARS_MAX)),
        domain: report.issuer.domain.clone().filter(|_| is_proven),
        image: image(facts, achievement),
        outcomes: outcomes::lines(facts),
        outcomes_left: outcomes::left(facts),
    }
}

/// Whom the achievement of the card was awarded to. Of several subjects it is the one that has it;
/// nobody signed that it is the one with a name.
fn holder(facts: &Credential) -> Option<&Subject> {
    match facts.subjects.as_slice() {
        [only] => Some(only),
        several => {
            let mut awarded = several.iter().filter(|subject| !subject.achievements.is_empty());
            awarded.next().filter(|_| awarded.next().is_none())
        }
    }
}

/// The achievement a card is about: the only one. Of several, none is the first.
fn achievement(facts: &Credential) -> Option<&Achievement> {
    match facts.achievements().as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// A picture inside the credential. One that would have to be fetched is not shown.
fn image(facts: &Credential, achievement: Option<&Achievement>) -> Option<String> {
    let images = [achievement.and_then(|it| it.image.as_ref()), facts.image.as_ref()];
    images.into_iter().flatten().find(|url| is_inline_picture(url)).cloned()
}

/// A `data:` address of a raster image. SVG pictures could carry styles and fonts of their own.
fn is_inline_picture(url: &str) -> bool {
    ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/webp;base64,", "data:image/gif;base64,"]
        .iter()
        .any(|prefix| url.starts_with(prefix))
        && url.len() <= IMAGE_CHARS_MAX
        && url.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The address, if a press on it may lead there: `https:`, a host and nobody at it, and plain characters only.
fn web_address(url: &Option<String>) -> Option<String> {
    url.as_ref()
        .filter(|url| {
            url.starts_with("https://")
                && url.len() <= 2_000
                && url.bytes().all(|byte| byte.is_ascii_graphic())
                // What stands before the one reads like the host; the other ends it, in a browser alone.
                && !host(url).contains(['@', '\\'])
        })
        .cloned()
}

/// `text` with characters that steer its neighbours taken out, at most `chars_max` long.
pub fn quoted(text: &str, chars_max: usize) -> Quoted {
    let mut out = String::new();
    let mut chars = 0;
    let mut spaced = true;
    let mut marks = 0;
    for character in text.chars() {
        let shown = if character.is_control() || character.is_whitespace() { ' ' } else { character };
        if !is_kept(shown, &mut marks) || (shown == ' ' && spaced) {
            continue;
        }
        if chars == chars_max {
            out.push('…');
            break;
        }
        spaced = shown == ' ';
        out.push(shown);
        chars += 1;
    }
    Quoted(out.trim_end().to_owned())
}

/// Whether `character` is drawn: one that steers is not, nor what is more than a letter can bear of marks, which no line
/// can be broken at. `marks` counts those since the last letter.
fn is_kept(character: char, marks: &mut usize) -> bool {
    if is_steering(character) {
        return false;
    }
    *marks = if is_mark(character) { *marks + 1 } else { 0 };
    *marks <= MARKS_MAX
}

/// Whether `character` stands above, below or inside the letter before it. What no writing needs by the dozen is not
/// listed to the last: the style sheet keeps the rest in its block.
fn is_mark(character: char) -> bool {
    let code = u32::from(character);
    match code {
        // In the scripts of South Asia the signs stand at the same places of each block; Sinhala follows after.
        0x900..=0xd7f => matches!(code & 0x7f, 0..=3 | 0x3a..=0x57 | 0x62..=0x63),
        0xe00..=0xeff => matches!(code & 0x7f, 0x31..=0x3e | 0x47..=0x4e),
        _ => matches!(code,
            0x300..=0x36f | 0x483..=0x489 | 0x591..=0x5c7 | 0x610..=0x61a | 0x64b..=0x65f | 0x6d6..=0x6ed | 0x730..=0x74a
            | 0xdca..=0xddf | 0xf71..=0xfbc | 0x102b..=0x103e | 0x17b4..=0x17d3 | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff
            | 0x200c..=0x200d | 0x20d0..=0x20ff | 0x302a..=0x302f | 0x3099..=0x309a | 0xfe00..=0xfe2f),
    }
}

/// Bidirectional controls, invisible operators, tags and variation marks, which show nothing by themselves and change
/// how their neighbours look; and letters that show nothing either, of which a name could be made.
fn is_steering(character: char) -> bool {
    matches!(character,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{00ad}' | '\u{115f}'..='\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

impl Message {
    /// A message without values.
    pub const fn new(id: &'static str) -> Self {
        Message { id, params: Vec::new() }
    }

    /// With a value.
    #[inline(never)]
    pub fn with(mut self, name: &'static str, value: Value) -> Self {
        self.params.push((name, value));
        self
    }
}

/// Marks on one letter: Tibetan has the most.
const MARKS_MAX: usize = 8;
/// Characters of a title: two lines on a phone.
const TITLE_CHARS_MAX: usize = 160;
/// Characters of a name.
const NAME_CHARS_MAX: usize = 120;
/// Characters of an inline picture: about 1.5 MB.
const IMAGE_CHARS_MAX: usize = 2_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_text_cannot_steer_its_neighbours() {
        assert_eq!(quoted(" a\u{202e}b\n\n\tc\u{200b} ", 10).0, "ab c");
        assert_eq!(quoted("abcdef", 3).0, "abc…");
        assert_eq!(quoted("abc", 3).0, "abc");
        assert_eq!(quoted("", 3).0, "");
        assert_eq!(quoted("\u{3164}\u{2800}\u{115f}", 3).0, "");
        for mark in ["\u{301}", "\u{e49}", "\u{301}\u{202e}"] {
            let heaped = quoted(&["a", &mark.repeat(500), "b"].concat(), 1_000).0;
            assert_eq!(heaped.chars().count(), MARKS_MAX + 2, "{mark:?}");
        }
        for words in ["हिन्दी में लिखा", "ภาษาไทยเป็นภาษา", "සිංහල යරලවශෂසහළෆයරලව", "Tiê\u{301}ng"]
        {
            assert_eq!(quoted(words, 100).0, words);
        }
    }

    #[test]
    fn an_address_leads_where_it_reads() {
        assert!(web_address(&Some("https://a.example:8443/@b?c@d".into())).is_some());
        for url in [
            "http://a.example/",
            "https://a.example@b.example/",
            "https://b.example\\@a.example/",
            "https://a b/",
        ] {
            assert_eq!(web_address(&Some(url.into())), None, "{url}");
        }
    }

    #[test]
    fn only_inline_raster_pictures_are_shown() {
        assert!(is_inline_picture("data:image/png;base64,AAAA"));
        for url in [
            "https://a.example/b.png",
            "data:image/svg+xml;base64,AAAA",
            "data:text/html,x",
            "data:image/png;base64,A A",
        ] {
            assert!(!is_inline_picture(url), "{url}");
        }
    }
}
