//! Layer 7. The boundary to JavaScript; beside `wasm_lent` the only file that names wasm_bindgen.
//!
//! Credentials come in as bytes, policies and options as JSON text, reports go out as plain objects.
//! No credential makes anything here throw: what cannot be understood is a report or a notice.

use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::Element;

use crate::codec::json::{self, Value};
use crate::codec::order::sort_distinct;
use crate::crypto::part;
use crate::limits::Budget;
use crate::need::{Answer, Found};
use crate::policy::Policy;
use crate::render::card::{Copied, Look, Rest, View};
use crate::render::drop_zone::{NOTICES, Notice};
use crate::render::messages::{Language, Messages};
use crate::render::{STYLE_SHEET, card, details, dom, drop_zone, element, html};
use crate::report::Report;
use crate::view::{self, Blind, Wishes};
use crate::{reason, snapshot, verify};

#[wasm_bindgen]
extern "C" {
    /// A module that answers questions, whatever it is for: they all export the same function.
    pub type Lent;

    #[wasm_bindgen(method, catch)]
    fn answer(this: &Lent, question: &[u8]) -> Result<Vec<u8>, JsValue>;

    /// A language of the page (`js/lang/index.js`). None of its functions throws.
    pub type PageLanguage;

    #[wasm_bindgen(method)]
    fn text(this: &PageLanguage, id: &str) -> Option<String>;
    #[wasm_bindgen(method)]
    fn day(this: &PageLanguage, days: i32) -> String;
    #[wasm_bindgen(method)]
    fn number(this: &PageLanguage, number: u32) -> String;
    #[wasm_bindgen(method)]
    fn plural(this: &PageLanguage, number: u32) -> String;
    #[wasm_bindgen(method)]
    fn list(this: &PageLanguage, items: Vec<String>) -> String;
}

impl Language for PageLanguage {
    fn text(&self, id: &str) -> Option<String> {
        self.text(id)
    }
    fn day(&self, unix_seconds: i64) -> String {
        self.day(i32::try_from(unix_seconds.div_euclid(DAY_SECONDS)).unwrap_or_default())
    }
    fn number(&self, number: usize) -> String {
        self.number(u32::try_from(number).unwrap_or(u32::MAX))
    }
    fn plural(&self, number: usize) -> String {
        self.plural(u32::try_from(number).unwrap_or(u32::MAX))
    }
    fn list(&self, items: Vec<String>) -> String {
        self.list(items)
    }
}

const DAY_SECONDS: i64 = 86_400;

/// One credential being verified: its bytes, what was found, and the last report.
#[wasm_bindgen]
pub struct Verification {
    bytes: Vec<u8>,
    source: String,
    policy: Policy,
    found: Found,
    report: Option<Report>,
}

#[wasm_bindgen]
impl Verification {
    /// Takes the bytes of a credential, a name for its source, and a policy as JSON text. Throws the
    /// name of the member where the policy is not understood: nothing is verified under another
    /// policy than the caller's.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>, source: String, policy: &str) -> Result<Verification, JsValue> {
        let policy = Policy::from_json(policy).map_err(|refused| JsValue::from_str(refused.0))?;
        Ok(Verification { bytes, source, policy, found: Found::default(), report: None })
    }

    /// Adds what was fetched from `url`, at `read_at` in Unix seconds.
    pub fn provide(&mut self, url: String, bytes: Vec<u8>, read_at: u32) {
        let read_at = Some(i64::from(read_at));
        self.found.provide(url, Answer::Document { bytes: Rc::from(bytes), read_at, pinned: false });
    }

    /// Adds that `url` could not be fetched; `reason` is one of the `fetch-…` reasons.
    pub fn provide_failure(&mut self, url: String, reason: &str) {
        let known = reason::find(reason).filter(|known| known.id.starts_with("fetch-"));
        let reason = known.map_or("fetch-failed", |known| known.id);
        self.found.provide(url, Answer::Failed(reason));
    }

    /// Adds the documents of a snapshot, where the part [`part::NET`] is there; says whether it was understood.
    pub fn provide_snapshot(&mut self, text: &[u8]) -> bool {
        self.found.engines.has_net() && snapshot::add(text, &mut self.found, &|_| None).is_ok()
    }

    /// Forgets failures, so that they are asked again.
    pub fn forget_failures(&mut self) {
        self.found.forget_failures();
    }

    /// The parts of the package that the last report waits for, with spaces between their names.
    pub fn wants_parts(&self) -> String {
        let mut wanted: Vec<&str> = Vec::new();
        let mut reports: Vec<&Report> = self.report.iter().collect();
        while let Some(report) = reports.pop() {
            wanted.extend(report.checks.iter().filter_map(|check| check.param("part")));
            reports.extend(&report.parts);
        }
        sort_distinct(&mut wanted);
        wanted.join(" ")
    }

    /// Says that the part of this name is there: a module to ask, or nothing where it became one with
    /// this module. What throws there has no answer.
    pub fn provide_part(&mut self, part: &str, module: Option<Lent>) {
        let engines = std::mem::take(&mut self.found.engines);
        self.found.engines = match (part::LENT.iter().find(|known| **known == part), module) {
            (Some(part), Some(module)) => {
                engines.with(part, Rc::new(move |question| module.answer(question).ok()))
            }
            (None, None) if part == part::NET => engines.with_net(),
            (None, None) if part == part::MORE => engines.with_more(),
            _ => engines,
        };
    }

    /// Verifies with what there is, and gives the report.
    pub fn verify(&mut self) -> JsValue {
        let report = verify(&self.bytes, &self.source, &self.found, &self.policy);
        let object = object(&report);
        self.report = Some(report);
        object
    }

    /// Draws the last report into `root`, replacing what was there.
    pub fn draw(&mut self, root: &Element, options: &str, language: PageLanguage) {
        dom::draw(root, self.tree(options, language));
    }

    /// The last report as HTML text, for pages made elsewhere. Empty where the part is not there that writes it.
    pub fn html(&mut self, options: &str, language: PageLanguage) -> String {
        if !HAS_LOOK.load(Ordering::Relaxed) {
            return String::new();
        }
        html::to_html(&self.tree(options, language))
    }

    /// The last report without what a review without bias hides, as `options` say, for programs. Null where the part is
    /// not there that hides.
    pub fn shown_report(&self, options: &str) -> JsValue {
        let Options { wishes, look, .. } = Options::read(options);
        match &self.report {
            Some(report) if look.rest == Rest::Here => object(&view::blind::blinded(report, wishes.blind)),
            _ => JsValue::NULL,
        }
    }
}

impl Verification {
    fn tree(&mut self, options: &str, language: PageLanguage) -> element::Element {
        let Options { wishes, mut look, host, language: tag, .. } = Options::read(options);
        let messages = messages(language);
        // What a review without bias may show is for the part to say that opens things.
        let may_draw = wishes.blind == Blind::Nothing || look.rest == Rest::Here;
        let Some(report) = self.report.as_mut().filter(|_| may_draw) else {
            let missing = look.rest == Rest::Missing;
            let notice = if missing { Notice::CouldNotStart } else { Notice::Loading };
            return drop_zone::notice(notice, &host, &messages);
        };
        if look.rest == Rest::Here && look.view != View::Badge && wishes.blind == Blind::Nothing {
            look.document = details::document_of(&self.bytes, &self.found.engines);
        }
        view::tongue::retell(report, &tag);
        card::draw(&view::card(report, wishes), &messages, &look)
    }
}

fn object(report: &Report) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    report.serialize(&serializer).unwrap_or(JsValue::NULL)
}

fn messages(language: PageLanguage) -> Messages {
    Messages::new(Box::new(language))
}

/// Draws the drop zone into `root`.
#[wasm_bindgen]
pub fn draw_drop_zone(root: &Element, options: &str, language: PageLanguage) {
    let Options { look, submitted, .. } = Options::read(options);
    dom::draw(root, drop_zone::drop_zone(&messages(language), &look, submitted));
}

/// Draws a notice into `root`.
#[wasm_bindgen]
pub fn draw_notice(root: &Element, options: &str, language: PageLanguage) {
    let options = Options::read(options);
    dom::draw(root, drop_zone::notice(options.notice, &options.host, &messages(language)));
}

/// A text of the card in `language`, its places still empty; the id where there is none.
#[wasm_bindgen]
pub fn text(id: &str, language: PageLanguage) -> String {
    messages(language).text(id).into_owned()
}

/// Says that the part [`part::LOOK`] became one with this module: from now on everything is drawn whole.
#[wasm_bindgen]
pub fn lend_look() {
    HAS_LOOK.store(true, Ordering::Relaxed);
}

/// Like code that was loaded, this is the instance's and no verification's.
static HAS_LOOK: AtomicBool = AtomicBool::new(cfg!(feature = "more"));

/// The style sheet for the shadow root.
#[wasm_bindgen]
pub fn stylesheet() -> String {
    STYLE_SHEET.to_owned()
}

/// How something is to be drawn, as the shell says it.
struct Options {
    wishes: Wishes,
    /// The reader's, as a tag.
    language: String,
    look: Look,
    notice: Notice,
    host: String,
    submitted: bool,
}

impl Options {
    fn read(text: &str) -> Options {
        let options = json::parse(text.as_bytes(), &mut Budget::full()).unwrap_or(Value::Null);
        let is = |name: &str| options.get(name) == Some(&Value::Bool(true));
        let word = |name: &str| options.get(name).and_then(Value::as_str).unwrap_or_default();
        let notice = NOTICES.iter().find(|(id, _)| *id == word("notice"));
        let view = match word("view") {
            "badge" => View::Badge,
            "full" => View::Full,
            _ => View::Card,
        };
        let blind = match word("blind") {
            "" => Blind::Nothing,
            "issuer" => Blind::HolderAndIssuer,
            _ => Blind::Holder,
        };
        Options {
            wishes: Wishes { may_ask: word("network") != "off", revealed: is("revealed"), blind },
            language: word("lang").to_owned(),
            look: Look {
                view,
                heading_level: word("heading").parse().unwrap_or_default(),
                elsewhere: word("elsewhere").to_owned(),
                is_busy: is("busy"),
                can_clear: is("drop"),
                can_unblind: blind != Blind::Nothing,
                copied: match word("copied") {
                    "" => Copied::NotYet,
                    "done" => Copied::Done,
                    _ => Copied::Refused,
                },
                document: String::new(),
                open: options.get("open").and_then(Value::as_str).map(str::to_owned),
                rest: match HAS_LOOK.load(Ordering::Relaxed) {
                    true => Rest::Here,
                    false if is("lacking") => Rest::Missing,
                    false => Rest::Awaited,
                },
            },
            notice: notice.map_or(Notice::Loading, |(_, notice)| *notice),
            host: word("host").to_owned(),
            submitted: is("submitted"),
        }
    }
}
