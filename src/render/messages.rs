//! Layer 6. Texts by id in the reader's language, with values put in their places.
//!
//! Values are never markup: foreign text stands isolated in a `bdi`, so that its direction and
//! length stay its own.

use std::borrow::Cow;

use crate::codec::date_time;
use crate::codec::json::{Object, Value as Json};
use crate::english;
use crate::reason;
use crate::render::element::{Element, Item, element};
use crate::view::{Message, Quoted, Value};

/// A language: its own texts, and English for the rest.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    own: Object,
}

impl Messages {
    /// A language from its texts by id; anything that is not text is left out.
    pub fn new(own: Option<&Json>) -> Self {
        Messages { own: own.and_then(Json::as_object).cloned().unwrap_or_default() }
    }

    /// The text with this id.
    pub fn text<'a>(&'a self, id: &'a str) -> &'a str {
        self.own.get(id).and_then(Json::as_str).unwrap_or_else(|| english::text(id))
    }

    /// The sentence of a reason.
    pub fn sentence(&self, reason: &'static str) -> &str {
        let english = || reason::find(reason).map_or(reason, |reason| reason.sentence);
        self.own.get(&format!("reason.{reason}")).and_then(Json::as_str).unwrap_or_else(english)
    }

    /// What the reader can do about a reason; empty where there is nothing.
    pub fn remedy(&self, reason: &'static str) -> &str {
        let english = || reason::find(reason).map_or("", |reason| reason.remedy);
        self.own.get(&format!("remedy.{reason}")).and_then(Json::as_str).unwrap_or_else(english)
    }

    /// `message` with its values in place.
    pub fn items(&self, message: &Message) -> Vec<Item> {
        self.fill(self.text(message.id), &message.params)
    }

    /// `message` without elements, for attributes.
    pub fn plain(&self, message: &Message) -> String {
        self.plain_fill(self.text(message.id), &message.params)
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

    /// A day in the reader's way.
    pub fn day(&self, unix_seconds: i64) -> String {
        let date = date_time::date_of(unix_seconds);
        let month = format!("month.{}", date.month);
        let parts: [(&str, Cow<str>); 3] = [
            ("{day}", date.day.to_string().into()),
            ("{month}", self.text(&month).into()),
            ("{year}", date.year.to_string().into()),
        ];
        let mut text = self.text("date").to_owned();
        for (name, value) in parts {
            text = text.replace(name, &value);
        }
        text
    }

    fn value(&self, value: &Value) -> Item {
        match value {
            Value::Quoted(text) => Item::Element(isolated(text)),
            Value::Plain(text) => Item::Text(text.clone()),
            Value::Domain(domain) => {
                Item::Element(element("strong").child(element("bdi").attribute("dir", "ltr").text(domain)))
            }
            Value::Day(unix_seconds) => Item::Text(self.day(*unix_seconds)),
            Value::Message(id) => Item::Text(self.text(id).to_owned()),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::json;
    use crate::limits::Budget;

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

    #[test]
    fn another_language_replaces_by_id_and_falls_back() {
        let json = json::parse(
            br#"{"headline.verified": "Echt", "date": "{day}.{month}.{year}", "month.1": 5}"#,
            &mut Budget::full(),
        );
        let messages = Messages::new(json.ok().as_ref());
        assert_eq!(messages.text("headline.verified"), "Echt");
        assert_eq!(messages.text("headline.revoked"), "Revoked");
        assert_eq!(messages.day(0), "1.January.1970");
    }
}
