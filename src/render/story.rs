//! Layer 6. What the credential tells at length, once a reader opens it.

use crate::render::card::Look;
use crate::render::element::{Element, element};
use crate::render::messages::{Messages, isolated};
use crate::render::{THEIRS, label, link, markdown, opened, summary};
use crate::view::story::{self, Chapter};
use crate::view::{self, Card};

/// The story, closed.
pub fn draw(card: &Card, messages: &Messages, look: &Look) -> Element {
    let details = look.details("story").child(summary("card.story", messages));
    opened(details, messages, look, &|| chapters(card, messages, look))
}

/// Its chapters. Gate: as [`opened`] calls it.
#[inline(never)]
pub fn chapters(card: &Card, messages: &Messages, look: &Look) -> Element {
    let chapters = story::chapters(view::shown(&card.report), card.wishes);
    element("div").class("chapters").elements(chapters.iter().map(|it| chapter(it, messages, look)))
}

fn chapter(chapter: &Chapter, messages: &Messages, look: &Look) -> Element {
    let name = chapter.name.as_ref().map(|name| element("p").class("words-title").child(isolated(name)));
    let genre = chapter.genre.as_ref().map(|genre| element("p").child(isolated(genre)));
    let link = chapter.url.as_ref().map(|url| {
        let address = element("bdi").attribute("dir", "ltr").text(url);
        element("p").child(link(url, THEIRS, address, messages))
    });
    let blocks = markdown::draw(&chapter.blocks, messages).into_iter();
    let blocks = blocks.map(|block| match &chapter.language {
        Some(language) => block.attribute("lang", language),
        None => block,
    });
    element("div")
        .class("words")
        .child(label(chapter.title, messages, look))
        .maybe(name)
        .maybe(genre)
        .elements(blocks)
        .maybe(link)
}
