//! Text that wants to be read as something else: all of it signed, none of it believed.

use verify_credential::codec::json::Value;

use super::scene::{DID, badge, signed};
use super::{Case, forged};
use crate::own::edit::{Doc, string, value};

pub fn cases() -> Vec<Case> {
    let named = |name: &'static str, defect: &'static str, place: &str, text: &str| {
        let mut doc = Doc(badge(DID));
        doc.put(place, string(text));
        forged(name, "sound-did-web", defect)
            .json(&signed(&doc.0))
            .genuine("verified")
            .domain("issuer.example")
    };
    const TITLE: &str = "/credentialSubject/achievement/name";
    const ISSUER: &str = "/issuer/name";
    vec![
        named(
            "bidi-name",
            "Marks that turn text around.",
            TITLE,
            "Peer\u{202e}weiver\u{2066}\u{2069} A\u{200f}B",
        )
        .shows("Peerweiver AB")
        .hides("\u{202e}"),
        named(
            "zero-width-name",
            "Characters that nobody sees.",
            TITLE,
            "Pe\u{200b}er\u{2060} re\u{feff}view\u{e0041}",
        )
        .shows("Peer review")
        .hides("\u{200b}"),
        named("lines-in-a-name", "Line feeds that push text away.", TITLE, "Peer\n\n\n\n\n\u{2028}review")
            .shows("Peer review"),
        named("markup-in-a-name", "Markup in a name.", TITLE, "<img src=x onerror=alert(1)>\"'&")
            .shows("&lt;img src=x")
            .hides("<img"),
        named(
            "verdict-in-a-name",
            "A name that pretends to be a verdict, of the forger's making.",
            ISSUER,
            "\u{2714} Verified by issuer.example",
        )
        .shows("Verified by issuer.example"),
        named(
            "homoglyphs-in-a-name",
            "A name in look-alike letters; the domain tells.",
            ISSUER,
            "\u{406}ssu\u{435}r \u{415}x\u{430}mple",
        )
        .shows("issuer.example"),
        two_subjects(),
    ]
}

/// The issuer awarded it to two people: neither is picked.
fn two_subjects() -> Case {
    let mut doc = Doc(badge(DID));
    let first = doc.take("/credentialSubject");
    let mut second = Doc(first.clone());
    second.put("/id", string("did:example:other"));
    second.put("/name", string("Mallory Example"));
    second.put(
        "/achievement",
        value(
            r#"{"id": "urn:uuid:f0f0f0f0-0000-4000-8000-00000000000b", "type": ["Achievement"],
        "name": "Surgery", "description": "Another one.", "criteria": {"narrative": "Be a test."}}"#,
        ),
    );
    doc.put("/credentialSubject", Value::Array(vec![first, second.0]));
    forged(
        "two-subjects",
        "sound-did-web",
        "Two people, each with something else: nobody is made its holder.",
    )
    .json(&signed(&doc.0))
    .genuine("verified")
}
