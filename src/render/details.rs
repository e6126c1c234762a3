//! Layer 6. Technical details: which proof, which key, which hash, and the document as it was signed.

use std::borrow::Cow;

use crate::check::{ISSUER_CONTROLS_KEY, PROOF_SIGNATURE};
use crate::codec::base64url;
use crate::container::{self, Content};
use crate::crypto::Engines;
use crate::render::card::{Copied, Look};
use crate::render::element::{Element, element};
use crate::render::messages::Messages;
use crate::render::verdict::action;
use crate::render::{label, opened, summary};
use crate::report::{Check, Outcome};
use crate::view::markdown::plain;
use crate::view::{self, Card, quoted};

/// The details, closed.
pub fn draw(card: &Card, messages: &Messages, look: &Look) -> Element {
    let details = look.details("technical").child(summary("card.details", messages));
    opened(details, messages, look, &|| lines(card, messages, look))
}

/// Their lines. Gate: as [`opened`] calls it.
#[inline(never)]
pub fn lines(card: &Card, messages: &Messages, look: &Look) -> Element {
    let report = view::shown(&card.report);
    let mut rows = Vec::new();
    let mut row = |id: &str, value: &str| {
        if !value.is_empty() {
            let value = element("bdi").attribute("dir", "ltr").text(quoted(value, VALUE_CHARS_MAX).0);
            let row = element("div").child(element("dt").text(messages.text(id)));
            rows.push(row.child(element("dd").child(value)));
        }
    };
    for check in report.checks.iter().filter(|check| check.id == PROOF_SIGNATURE.id) {
        let param = |name| Check::param(check, name).unwrap_or_default();
        row("technical.suite", param("suite"));
        row("technical.hash", param("hash"));
    }
    let key = report.check(ISSUER_CONTROLS_KEY.id).and_then(|check| check.param("method"));
    row("technical.key", key.unwrap_or_default());
    row("technical.issuer", report.issuer.id.as_deref().unwrap_or_default());
    row("technical.format", report.format.unwrap_or_default());
    row("technical.container", &report.containers.join(" › "));
    // What nobody signed is not what was signed.
    let is_signed = report.credential.is_some();
    let title = if is_signed { "technical.document" } else { "technical.document-unsigned" };
    // Nor is what somebody else wrote into it, or changed beside the publication that counts.
    let is_mixed =
        report.checks.iter().any(|check| check.outcome == Outcome::Fail && MIXED.contains(&check.id));
    let document = (!look.document.is_empty() && card.claims.is_some() && !is_mixed).then(|| {
        let text = element("pre").attribute("tabindex", "0").attribute("dir", "ltr");
        element("div")
            .class("words")
            .child(label(title, messages, look))
            .child(text.attribute("aria-label", messages.text(title)).text(&look.document))
    });
    let copied = match look.copied {
        Copied::NotYet => Cow::Borrowed(""),
        Copied::Done => messages.text("action.copied"),
        Copied::Refused => messages.text("action.copy-refused"),
    };
    element("div")
        .class("chapters")
        .child(element("dl").class("facts").elements(rows))
        .maybe(document)
        .child(action("copy", messages))
        .child(element("p").class("count").attribute("role", "status").text(copied))
}

/// What was signed, as text: the document itself, or the payload of a token. Empty where `bytes` hold neither. Gate:
/// asked for only where the part is there that draws it.
#[inline(never)]
pub fn document_of(bytes: &[u8], engines: &Engines) -> String {
    let content = container::unpack_with(bytes, engines).map(|opened| opened.content);
    let text = match content {
        Ok(Content::Json(text)) => text,
        Ok(Content::CompactJws(token) | Content::SdJwt(token)) => {
            token.split('.').nth(1).and_then(base64url::decode).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    // Where it stands in a page, white space around it is the page's.
    plain(String::from_utf8_lossy(&text).trim(), DOCUMENT_CHARS_MAX)
}

/// Checks that fail where the document holds what its issuer does not vouch for.
const MIXED: &[&str] = &["members.verified", "endorsement.verified", "document.hosted-copy"];
const VALUE_CHARS_MAX: usize = 400;
/// Characters of the document; larger ones have files.
const DOCUMENT_CHARS_MAX: usize = 20_000;
