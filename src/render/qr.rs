//! Layer 6. The link to another verifier as a QR code, for a phone that trusts itself more than this screen.

use qrcodegen::{QrCode, QrCodeEcc};

use crate::render::card::Look;
use crate::render::element::{Element, element};
use crate::render::messages::Messages;
use crate::render::{opened, summary};

/// The code, closed; none where the link is too long to be read off a screen.
pub fn draw(messages: &Messages, look: &Look) -> Option<Element> {
    let (_, fragment) = look.elsewhere.split_once('#')?;
    if fragment.len() > FRAGMENT_CHARS_MAX {
        return None;
    }
    let details = look.details("qr").child(summary("card.qr", messages));
    Some(opened(details, messages, look, &|| code(&look.elsewhere, messages)))
}

/// The picture of `link`. Gate: as [`opened`] calls it.
#[inline(never)]
pub fn code(link: &str, messages: &Messages) -> Element {
    let drawn = QrCode::encode_text(link, QrCodeEcc::Low).ok().map(|code| picture(&code));
    element("div")
        .class("qr-code")
        .attribute("role", "img")
        .attribute("aria-label", messages.text("card.qr-label"))
        .maybe(drawn)
}

/// One path, a stroke for each row of dark modules: a picture without styles, which prints and scales.
fn picture(code: &QrCode) -> Element {
    let size = code.size();
    let mut d = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let length = (x..size).take_while(|x| code.get_module(*x, y)).count();
            let Ok(length) = i32::try_from(length) else { break };
            if length > 0 {
                d.push_str(
                    &["M", &x.to_string(), " ", &y.to_string(), "h", &length.to_string(), "v1h-"].concat(),
                );
                d.push_str(&[&length.to_string(), "z"].concat());
            }
            x += length.max(1);
        }
    }
    // The quiet zone is four modules wide, and belongs to the code.
    let side = (size + 8).to_string();
    element("svg")
        .attribute("viewBox", ["-4 -4 ", &side, " ", &side].concat())
        .attribute("aria-hidden", "true")
        .child(element("path").attribute("d", d))
}

/// Characters of the fragment: about 1,250 bytes deflated, as base64url behind its mark.
const FRAGMENT_CHARS_MAX: usize = 1_680;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_as_far_as_it_can_be_read() {
        let look = |chars: usize| Look {
            elsewhere: format!("https://check.example/#{}", "a".repeat(chars)),
            ..Look::default()
        };
        let messages = Messages::default();
        assert!(draw(&messages, &Look::default()).is_none(), "no link, no code");
        assert!(draw(&messages, &look(FRAGMENT_CHARS_MAX + 1)).is_none());
        let most = draw(&messages, &look(FRAGMENT_CHARS_MAX)).expect("the largest that is drawn");
        assert!(crate::render::html::to_html(&most).contains(" d=\"M0 0h7v1h-7z"), "its first corner");
    }
}
