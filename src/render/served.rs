//! Layer 6. The whole element as HTML text, for servers: a card before any script runs, which the element takes over.
//!
//! What it shows is the server's word. The element draws into the same nodes once it has verified by itself, and shows
//! its own verdict then. There is no inline style and nothing that runs: the only `script` is a block of data.
//!
//! Spec: [HTML §4.12.3](https://html.spec.whatwg.org/multipage/scripting.html#the-template-element), declarative
//! shadow roots. `js/api.js` writes the same text for programs in JavaScript, where the shell knows more languages.

use base64ct::{Base64, Encoding};

use crate::crypto::Engines;
use crate::render::card::{self, Look, View};
use crate::render::details;
use crate::render::element::{Element, element};
use crate::render::html::{attribute, to_html};
use crate::render::messages::Messages;
use crate::report::Report;
use crate::view::{self, Blind, Wishes, tongue};

/// What stands around the card.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// Address of the package's `verify-credential.css`, as the page has it.
    pub stylesheet: &'a str,
    /// Language of the card's texts, as a BCP 47 tag.
    pub language: &'a str,
    /// `ltr`, or `rtl` for languages written from the right.
    pub direction: &'static str,
    /// Further attributes of the element: `src`, `network`, `theme`, `class` and what else the page wants.
    pub attributes: &'a Attributes,
}

/// Attributes of the element that nothing else here decides. Their names are attribute names, their values anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(String, String)>);

impl Attributes {
    /// With one more; none where `name` is no name, would run or style something, or is decided by the look.
    pub fn with(mut self, name: &str, value: &str) -> Option<Self> {
        let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
            && name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-');
        let is_free = !name.starts_with("on") && !DECIDED.contains(&name) && self.value(name).is_none();
        self.0.push((name.to_owned(), value.to_owned()));
        (is_name && is_free).then_some(self)
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// `<verify-credential>` with the card of `report` in a declarative shadow root, and with the credential, `bytes`, for
/// the element to verify: as a block of data, or an image as `data:` address, unless `src` says where it is. A review
/// without bias never carries it along, because it holds what is hidden: give it a `src`.
pub fn html(
    bytes: &[u8],
    report: &Report,
    blind: Blind,
    look: &Look,
    messages: &Messages,
    frame: &Frame,
) -> String {
    let may_ask = frame.attributes.value("network") != Some("off");
    let mut report = report.clone();
    tongue::retell(&mut report, frame.language);
    let card = tree(bytes, &report, Wishes { may_ask, revealed: false, blind }, look, messages);
    let root = element("div").attribute("tabindex", "-1").part("root");
    let root = root.attribute("lang", frame.language).attribute("dir", frame.direction).child(card);
    let sheet = element("link").attribute("rel", "stylesheet").attribute("href", frame.stylesheet);
    let shadow = element("template")
        .attribute("shadowrootmode", "open")
        .attribute("shadowrootdelegatesfocus", "")
        .child(sheet)
        .child(root)
        .child(element("slot").attribute("name", "after"));
    let has_source = blind != Blind::Nothing || frame.attributes.value("src").is_some();
    let source = if has_source { Source::Elsewhere } else { Source::of(bytes) };
    let mut out = String::from("<verify-credential");
    for (name, value) in own_attributes(blind, look, frame.language) {
        attribute(name, &value, &mut out);
    }
    for (name, value) in &frame.attributes.0 {
        attribute(name, value, &mut out);
    }
    if let Source::Image(address) = &source {
        attribute("src", address, &mut out);
    }
    out.push('>');
    out.push_str(&to_html(&shadow));
    if let Source::Text(text) = source {
        let kind = if start(text).starts_with('{') { "json" } else { "jwt" };
        // In JSON this letter stands in strings only, where it can be written so; and tokens do not have it.
        let text = text.replace('<', "\\u003c");
        out.push_str(&["<script type=\"application/vc+", kind, "\">", &text, "</script>"].concat());
    }
    out.push_str("</verify-credential>");
    out
}

/// The card alone, as [`html`] has it: whole, for whoever reads it without scripts.
pub fn tree(bytes: &[u8], report: &Report, wishes: Wishes, look: &Look, messages: &Messages) -> Element {
    let is_blind = wishes.blind != Blind::Nothing;
    let mut look = Look { can_unblind: is_blind, ..look.clone() };
    if look.view != View::Badge && !is_blind {
        look.document = details::document_of(bytes, &Engines::default());
    }
    card::draw(&view::card(report, wishes), messages, &look)
}

fn own_attributes(blind: Blind, look: &Look, language: &str) -> Vec<(&'static str, String)> {
    let mut own = Vec::new();
    match look.view {
        View::Card => {}
        View::Badge => own.push(("view", "badge".to_owned())),
        View::Full => own.push(("view", "full".to_owned())),
    }
    match blind {
        Blind::Nothing => {}
        Blind::Holder => own.push(("blind", "holder".to_owned())),
        Blind::HolderAndIssuer => own.push(("blind", "issuer".to_owned())),
    }
    if look.heading_level != 0 {
        own.push(("heading-level", look.heading_level.to_string()));
    }
    own.push(("lang", language.to_owned()));
    own
}

/// How the credential travels with the card.
enum Source<'a> {
    /// Not at all.
    Elsewhere,
    /// JSON or a token.
    Text(&'a str),
    /// An image, as address.
    Image(String),
}

impl<'a> Source<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) if !start(text).starts_with('<') => Source::Text(text),
            _ => Source::Image(["data:;base64,", &Base64::encode_string(bytes)].concat()),
        }
    }
}

/// What `text` is told by: it, without what may stand before it in a file.
fn start(text: &str) -> &str {
    text.trim_start_matches('\u{feff}').trim_ascii_start()
}

/// What the look decides, and what would be an inline style.
const DECIDED: &[&str] = &["view", "blind", "heading-level", "lang", "style"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::need::Found;
    use crate::policy::Policy;
    use crate::verify;

    fn served(bytes: &[u8], blind: Blind, attributes: &Attributes) -> String {
        let report = verify(bytes, "", &Found::default(), &Policy::default());
        let frame = Frame { stylesheet: "a\"b.css", language: "en", direction: "ltr", attributes };
        html(bytes, &report, blind, &Look::default(), &Messages::default(), &frame)
    }

    #[test]
    fn names_of_attributes_are_names_and_free() {
        for name in ["src", "data-a1", "class"] {
            assert!(Attributes::default().with(name, "\">").is_some(), "{name}");
        }
        for name in ["", "1a", "A", "a b", "a=", "a>", "onload", "style", "view", "lang", "-a"] {
            assert!(Attributes::default().with(name, "").is_none(), "{name}");
        }
        assert!(Attributes::default().with("src", "a").and_then(|one| one.with("src", "b")).is_none());
    }

    #[test]
    fn a_credential_cannot_close_what_it_stands_in() {
        let text = r#"{"name": "</script><!--<script></template></verify-credential><img src=x>"}"#;
        let attributes = Attributes::default().with("class", "\"><i>").unwrap_or_default();
        let html = served(text.as_bytes(), Blind::Nothing, &attributes);
        for (tag, count) in [("</script", 1), ("<script", 1), ("</template>", 1), ("</verify-credential>", 1)]
        {
            assert_eq!(html.matches(tag).count(), count, "{tag}");
        }
        for foreign in ["<!--", "<img src=x", "\"><i>", "a\"b"] {
            assert!(!html.contains(foreign), "{foreign}");
        }
        assert!(html.starts_with("<verify-credential lang=\"en\" class=\"&quot;&gt;&lt;i&gt;\"><template "));
    }

    #[test]
    fn the_credential_travels_as_data_as_address_or_not_at_all() {
        let none = Attributes::default();
        let src = Attributes::default().with("src", "/a.png").unwrap_or_default();
        let table: [(&[u8], Blind, &Attributes, &str); 8] = [
            (b"\n {}", Blind::Nothing, &none, "<script type=\"application/vc+json\">\n {}</script>"),
            (b"\xef\xbb\xbf\n<svg/>", Blind::Nothing, &none, " src=\"data:;base64,77u/Cjxzdmcv"),
            (b"{}", Blind::Nothing, &none, "<script type=\"application/vc+json\">{}</script>"),
            (b"ey.a.b", Blind::Nothing, &none, "<script type=\"application/vc+jwt\">ey.a.b</script>"),
            (b"<svg/>", Blind::Nothing, &none, " src=\"data:;base64,PHN2Zy8+\">"),
            (b"\x89PNG", Blind::Nothing, &none, " src=\"data:;base64,iVBORw==\">"),
            (b"{}", Blind::Nothing, &src, " src=\"/a.png\"><template"),
            (b"{}", Blind::Holder, &none, "blind=\"holder\" lang=\"en\"><template"),
        ];
        for (bytes, blind, attributes, expected) in table {
            let html = served(bytes, blind, attributes);
            assert!(html.contains(expected), "{expected}: {html}");
            let sources = html.matches("<script").count() + html.matches("\" src=").count();
            assert!(sources <= 1, "{html}");
        }
    }
}
