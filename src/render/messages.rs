//! Layer 6. Texts by id in the reader's language, with values put in their places.
//!
//! Values are never markup: foreign text stands isolated in a `bdi`, so that its direction and
//! length stay its own.

use std::borrow::Cow;

use crate::codec::date_time;
use crate::english;
use crate::reason;
use crate::render::element::{Element, Item, element};
use crate::view::{Message, Quoted, Value};

/// How a language speaks. Its own texts replace the English ones by id; what it lacks is said in English.
pub trait Language {
    /// Its text with this id; none where it has none.
    fn text(&self, id: &str) -> Option<String>;
    /// A day in the reader's way, from Unix seconds.
    fn day(&self, unix_seconds: i64) -> String;
    /// A whole number in the reader's way.
    fn number(&self, number: usize) -> String;
    /// The plural category of a number, as Unicode names them: `one`, `few`, `other`, …
    fn plural(&self, number: usize) -> String;
    /// Several things in a row: "a, b and c".
    fn list(&self, items: Vec<String>) -> String;
}

/// Texts by id in one language.
pub struct Messages {
    language: Box<dyn Language>,
}

impl Default for Messages {
    /// English, as far as it can be had without asking anybody.
    fn default() -> Self {
        Messages::new(Box::new(English))
    }
}

impl Messages {
    /// The texts of `language`.
    pub fn new(language: Box<dyn Language>) -> Self {
        Messages { language }
    }

    /// The text with this id.
    pub fn text(&self, id: &str) -> Cow<'static, str> {
        match self.language.text(id) {
            Some(own) => Cow::Owned(own),
            None => english::find(id).map_or_else(|| Cow::Owned(id.to_owned()), Cow::Borrowed),
        }
    }

    /// What a word of a vocabulary is called in the reader's language; none where it is not known.
    pub fn word(&self, word: &str) -> Option<Cow<'static, str>> {
        let id = ["word.", &word.replace(' ', "-")].concat();
        english::find(&id).map(|_| self.text(&id))
    }

    /// Several things in a row, in the reader's way.
    pub fn list(&self, items: Vec<String>) -> String {
        self.language.list(items)
    }

    /// The text of a message: of a counted one, with a [`Value::Number`] named `count`, the form for that number,
    /// whose id is the message's, `#` and the plural category.
    fn template(&self, message: &Message) -> Cow<'static, str> {
        let count = message.params.iter().find_map(|(name, value)| match value {
            Value::Number(number) if *name == "count" => Some(*number),
            _ => None,
        });
        let Some(count) = count else { return self.text(message.id) };
        let form = [message.id, "#", &self.language.plural(count)].concat();
        // A language without this form has the message itself; only then English is asked for both.
        let own = self.language.text(&form).or_else(|| self.language.text(message.id));
        match (own, english::find(&form)) {
            (Some(own), _) => Cow::Owned(own),
            (None, Some(english)) => Cow::Borrowed(english),
            (None, None) => self.text(message.id),
        }
    }

    /// The sentence of a reason.
    pub fn sentence(&self, reason: &'static str) -> Cow<'static, str> {
        match self.language.text(&["reason.", reason].concat()) {
            Some(own) => Cow::Owned(own),
            None => Cow::Borrowed(reason::find(reason).map_or(reason, |reason| reason.sentence)),
        }
    }

    /// What the reader can do about a reason; empty where there is nothing.
    pub fn remedy(&self, reason: &str) -> Cow<'static, str> {
        let Some(known) = reason::find(reason).filter(|known| !known.remedy.is_empty()) else {
            return Cow::Borrowed("");
        };
        let own = |id: &str| self.language.text(&["remedy.", id].concat());
        match own(reason).or_else(|| own(known.shared_remedy)) {
            Some(own) => Cow::Owned(own),
            None => Cow::Borrowed(known.remedy),
        }
    }

    /// `message` with its values in place.
    pub fn items(&self, message: &Message) -> Vec<Item> {
        self.fill(&self.template(message), &message.params)
    }

    /// `message` without elements, for attributes.
    pub fn plain(&self, message: &Message) -> String {
        self.plain_fill(&self.template(message), &message.params)
    }

    /// `template` with its values, without elements.
    pub fn plain_fill(&self, template: &str, params: &[(&'static str, Value)]) -> String {
        let mut out = String::new();
        self.fill(template, params).iter().for_each(|item| plain_text(item, &mut out));
        out
    }

    /// `template` with `{name}` replaced by the value of that name.
    pub fn fill(&self, template: &str, params: &[(&'static str, Value)]) -> Vec<Item> {
        let mut items = Vec::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            if !before.is_empty() {
                items.push(Item::Text(before.to_owned()));
            }
            if let Some((_, value)) = params.iter().find(|(known, _)| *known == name) {
                items.push(self.value(value));
            }
            rest = after;
        }
        if !rest.is_empty() {
            items.push(Item::Text(rest.to_owned()));
        }
        items
    }

    fn value(&self, value: &Value) -> Item {
        match value {
            Value::Quoted(text) => Item::Element(isolated(text)),
            Value::Plain(text) => Item::Text(text.clone()),
            Value::Number(number) => Item::Text(self.language.number(*number)),
            Value::Domain(domain) => {
                Item::Element(element("strong").child(element("bdi").attribute("dir", "ltr").text(domain)))
            }
            Value::Domains(domains) => Item::Element(element("span").items(self.domains(domains))),
            Value::Day(unix_seconds) => Item::Text(self.language.day(*unix_seconds)),
            Value::Message(id) => Item::Text(self.text(id).into_owned()),
            Value::Phrase(message) => Item::Element(element("span").items(self.items(message))),
        }
    }

    fn domains(&self, domains: &[String]) -> Vec<Item> {
        // The language sets its commas between places, which the domains then take.
        let places = (0..domains.len()).map(|at| ["{", &at.to_string(), "}"].concat()).collect();
        let row = self.language.list(places);
        let mut items = Vec::new();
        for piece in row.split('{') {
            let (place, rest) = piece.split_once('}').unwrap_or(("", piece));
            let domain = place.parse::<usize>().ok().and_then(|at| domains.get(at));
            items.extend(domain.map(|domain| self.value(&Value::Domain(domain.clone()))));
            items.push(Item::Text(rest.to_owned()));
        }
        items
    }
}

/// English for programs without a browser's knowledge of languages.
struct English;

impl Language for English {
    fn text(&self, _: &str) -> Option<String> {
        None
    }

    fn day(&self, unix_seconds: i64) -> String {
        let date = date_time::date_of(unix_seconds);
        let month = MONTHS.get(usize::from(date.month).wrapping_sub(1));
        format!("{} {} {}", date.day, month.unwrap_or(&""), date.year)
    }

    fn number(&self, number: usize) -> String {
        let digits = number.to_string();
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    }

    fn plural(&self, number: usize) -> String {
        if number == 1 { "one" } else { "other" }.to_owned()
    }

    fn list(&self, mut items: Vec<String>) -> String {
        match (items.pop(), items.is_empty()) {
            (Some(last), false) => [&items.join(", "), " and ", &last].concat(),
            (last, _) => last.unwrap_or_default(),
        }
    }
}

/// Foreign text, isolated from its neighbours.
pub fn isolated(text: &Quoted) -> Element {
    element("bdi").attribute("dir", "auto").text(&text.0)
}

fn plain_text(item: &Item, out: &mut String) {
    match item {
        Item::Text(text) => out.push_str(text),
        Item::Element(element) => element.children.iter().for_each(|child| plain_text(child, out)),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_in_place_once() {
        let messages = Messages::default();
        let quoted = Value::Quoted(Quoted("{b}".into()));
        assert_eq!(
            messages.plain_fill("x {a} y", &[("a", quoted), ("b", Value::Plain("!".into()))]),
            "x {b} y"
        );
        assert_eq!(messages.plain_fill("{gone}{", &[]), "{");
        assert_eq!(messages.plain_fill("", &[]), "");
    }

    struct Half;

    impl Language for Half {
        fn text(&self, id: &str) -> Option<String> {
            let own = [
                ("headline.verified", "Echt"),
                ("card.parts", "{count} Teile"),
                ("remedy.ASK_ISSUER", "Frag"),
            ];
            own.iter().find(|(known, _)| *known == id).map(|(_, text)| (*text).to_owned())
        }
        fn day(&self, _: i64) -> String {
            "heute".into()
        }
        fn number(&self, number: usize) -> String {
            format!("<{number}>")
        }
        fn plural(&self, _: usize) -> String {
            "one".into()
        }
        fn list(&self, items: Vec<String>) -> String {
            items.join(" und ")
        }
    }

    #[test]
    fn another_language_replaces_by_id_and_falls_back() {
        let messages = Messages::new(Box::new(Half));
        assert_eq!(messages.text("headline.verified"), "Echt");
        assert_eq!(messages.text("headline.revoked"), "Revoked");
        assert_eq!(messages.remedy("png-two-credentials"), "Frag");
        let counted = Message::new("card.parts").with("count", Value::Number(1));
        assert_eq!(messages.plain(&counted), "<1> Teile", "its own text goes before an English form");
        let domains = Value::Domains(vec!["a.example".into(), "b.example".into()]);
        assert_eq!(messages.plain_fill("{x}!", &[("x", domains)]), "a.example und b.example!");
    }

    #[test]
    fn english_counts_and_dates() {
        let messages = Messages::default();
        let plain = |value| messages.plain_fill("{x}", &[("x", value)]);
        assert_eq!(plain(Value::Day(0)), "1 January 1970");
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(plain(Value::Number(number)), text);
        }
        let row = |count: usize| plain(Value::Domains(["a", "b", "c"].map(String::from)[..count].to_vec()));
        assert_eq!([row(0), row(1), row(2), row(3)], ["", "a", "a and b", "a, b and c"]);
    }
}
