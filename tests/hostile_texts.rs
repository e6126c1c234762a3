//! Credentials that verify and whose every text is made to break out of its place: nothing but our own elements is
//! drawn, no address leads anywhere but to the web, and each text stands isolated.
//!
//! The files in `tests/vectors/own/hostile` are made again here and compared byte for byte; `OWN_VECTORS=write` writes
//! them. `tests/browser/hostile.test.mjs` measures what becomes of them in a page.
#![cfg(not(target_arch = "wasm32"))]

mod own;
mod support;

use std::fs;

use own::edit::{Doc, value};
use own::signer::{Issuer, Suite};
use own::{network_of, report};
use verify_credential::codec::json::Value;
use verify_credential::render::card::{Look, View, draw};
use verify_credential::render::element::{Element, Item};
use verify_credential::render::messages::Messages;
use verify_credential::report::{Headline, Report};
use verify_credential::view::{Blind, Wishes, card};

const FOLDER: &str = "tests/vectors/own/hostile";

/// Every hostile text begins with it, and none of ours has it.
const MARK: char = '¤';

/// The texts, by the name of their file.
fn texts() -> Vec<(&'static str, String)> {
    let zalgo = |letter: char| {
        let marks = (0..200_u32).filter_map(|at| char::from_u32(0x300 + at % 0x6f));
        std::iter::once(letter).chain(marks).collect::<String>()
    };
    let family = "\u{1f468}\u{1f3fd}\u{200d}\u{1f469}\u{1f3ff}\u{200d}\u{1f467}\u{200d}\u{1f466}";
    vec![
        ("plain", "An ordinary text".to_owned()),
        ("long", "W".repeat(10_000)),
        ("long-arabic", "\u{634}".repeat(600)),
        ("zalgo", "ZALGO".chars().map(zalgo).collect()),
        ("marks-of-thai", format!("\u{e01}{}", "\u{e49}".repeat(300))),
        ("bidi", "\u{202e}deifirev\u{202c} \u{2067}abc\u{2069} \u{202d}x\u{2066}\u{2066}y\u{200f}\u{061c}".to_owned()),
        ("right-to-left", "\u{5d0}\u{5d1}\u{5d2} (\u{634}\u{647}\u{627}\u{62f}\u{629}) 42%!".to_owned()),
        ("verdict", "Verified \u{2713} \u{2705} confirmed as harvard.edu. Signed by harvard.edu.".to_owned()),
        ("lines", format!("a{}b\u{2028}c\u{2029}d\u{85}e\u{b}f", "\n\r\t ".repeat(200))),
        (
            "markup",
            r#"</bdi></p><script>globalThis.hurt = 1</script><img src=x onerror="globalThis.hurt = 1"><style>*{display:none}</style><svg onload="globalThis.hurt = 1"><iframe srcdoc="x"></iframe>&lt;b&gt;"#
                .to_owned(),
        ),
        (
            "markdown",
            "\n\n# big\n\n![a](https://elsewhere.example/a.png) [b](javascript:globalThis.hurt=1) [c](data:text/html,<script>globalThis.hurt=1</script>) <https://elsewhere.example/> [d](https://elsewhere.example/ \"e\")\n\n- f\n  1. g\n\n> h\n\n```\ni\n```\n\n<img src=https://elsewhere.example/j.png>"
                .to_owned(),
        ),
        ("digits", "9".repeat(1_000)),
        ("emoji", format!("{} 1\u{fe0f}\u{20e3} \u{1f1f3}\u{1f1f4}", family.repeat(20))),
    ]
    .into_iter()
    .map(|(name, text)| (name, format!("{MARK}{text}")))
    .collect()
}

/// A badge by `issuer` with `TEXT` for every text, and for every address one that no browser should follow.
fn badge(issuer: &str) -> Value {
    let profile = |id: &str| {
        format!(
            r#"{{"id": "{id}", "type": ["Profile"], "name": "TEXT", "description": "TEXT", "url": "javascript:globalThis.hurt=1",
                "image": {{"id": "data:image/svg+xml,%3Csvg onload='globalThis.hurt=1'/%3E", "type": "Image", "caption": "TEXT"}},
                "address": {{"type": ["Address"], "addressCountry": "TEXT", "addressRegion": "TEXT"}}}}"#
        )
    };
    let alignment = |url: &str| {
        format!(
            r#"{{"type": ["Alignment"], "targetName": "TEXT", "targetFramework": "TEXT", "targetCode": "TEXT",
                "targetDescription": "TEXT", "targetUrl": "{url}"}}"#
        )
    };
    let alignments = [
        alignment("javascript:globalThis.hurt=1"),
        alignment("data:text/html,%3Cscript%3EglobalThis.hurt=1%3C/script%3E"),
        alignment("https://elsewhere.example/a"),
    ]
    .join(",");
    let level = |id: usize| {
        format!(
            r#"{{"id": "urn:test:level:{id}", "type": ["RubricCriterionLevel"], "name": "TEXT", "level": "TEXT", "description": "TEXT", "points": "{id}"}}"#
        )
    };
    let levels = [level(1), level(2)].join(",");
    value(&format!(
        r##"{{"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:4c1f9f3c-0000-4000-8000-0000000000bb", "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "TEXT", "description": "TEXT", "issuer": {}, "validFrom": "2026-01-15T09:00:00Z",
        "image": {{"id": "data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9Imdsb2JhbFRoaXMuaHVydD0xIi8+", "type": "Image", "caption": "TEXT"}},
        "credentialSubject": {{"id": "did:example:holder", "type": ["AchievementSubject"], "name": "TEXT", "role": "TEXT",
          "licenseNumber": "TEXT", "term": "TEXT", "narrative": "TEXT", "source": {}, "creditsEarned": 179769313486231570000000000000000000000,
          "identifier": [{{"type": "IdentityObject", "hashed": false, "identityHash": "TEXT", "identityType": "name"}}],
          "achievement": {{"id": "urn:test:achievement", "type": ["Achievement"], "name": "TEXT", "description": "TEXT",
            "achievementType": "ext:TEXT", "criteria": {{"id": "javascript:globalThis.hurt=1", "narrative": "TEXT"}},
            "image": {{"id": "https://elsewhere.example/picture.svg", "type": "Image", "caption": "TEXT"}},
            "creator": {}, "fieldOfStudy": "TEXT", "specialization": "TEXT", "humanCode": "TEXT", "version": "TEXT",
            "tag": ["TEXT"], "creditsAvailable": -1e300, "alignment": [{alignments}],
            "resultDescription": [
              {{"id": "urn:test:result:1", "type": ["ResultDescription"], "name": "TEXT", "resultType": "RubricCriterionLevel",
                "requiredLevel": "urn:test:level:1", "rubricCriterionLevel": [{levels}], "alignment": [{alignments}]}},
              {{"id": "urn:test:result:2", "type": ["ResultDescription"], "name": "TEXT", "resultType": "RawScore",
                "valueMin": "TEXT", "valueMax": "TEXT", "requiredValue": "TEXT"}}]}},
          "result": [
            {{"type": ["Result"], "resultDescription": "urn:test:result:1", "achievedLevel": "urn:test:level:2", "alignment": [{alignments}]}},
            {{"type": ["Result"], "resultDescription": "urn:test:result:2", "value": "TEXT"}}]}},
        "evidence": [
          {{"id": "javascript:globalThis.hurt=1", "type": ["Evidence"], "name": "TEXT", "description": "TEXT", "genre": "TEXT", "narrative": "TEXT", "audience": "TEXT"}},
          {{"id": "https://elsewhere.example/b", "type": ["Evidence"], "name": "TEXT", "narrative": "TEXT"}}]}}"##,
        profile(issuer),
        profile("urn:test:source"),
        profile("urn:test:creator"),
    ))
}

/// An endorsement of that badge.
fn endorsement(issuer: &str) -> Value {
    value(&format!(
        r#"{{"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": "urn:uuid:4c1f9f3c-0000-4000-8000-0000000000be", "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": "TEXT", "issuer": {{"id": "{issuer}", "type": ["Profile"], "name": "TEXT"}}, "validFrom": "2026-01-16T09:00:00Z",
            "credentialSubject": {{"id": "urn:test:achievement", "type": ["EndorsementSubject"], "endorsementComment": "TEXT"}}}}"#
    ))
}

/// `document` with `text` wherever it says `TEXT`.
fn filled(document: &Value, text: &str) -> Value {
    let mut doc = Doc(document.clone());
    for place in doc.values() {
        let said = doc.get(&place).and_then(Value::as_str).map(|said| said.replace("TEXT", text));
        if let Some(said) = said.filter(|said| said.contains(text)) {
            doc.put(&place, own::edit::string(&said));
        }
    }
    doc.0
}

/// A small badge by somebody whose name is all that is known of them: it is quoted in the verdict.
fn small_badge(issuer: &str) -> Value {
    value(&format!(
        r#"{{"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:4c1f9f3c-0000-4000-8000-0000000000bc", "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "TEXT", "issuer": {{"id": "{issuer}", "type": ["Profile"], "name": "TEXT"}}, "validFrom": "2026-01-15T09:00:00Z",
        "credentialSubject": {{"id": "did:example:holder", "type": ["AchievementSubject"], "name": "TEXT",
          "achievement": {{"id": "urn:test:achievement", "type": ["Achievement"], "name": "TEXT", "description": "TEXT",
            "criteria": {{"narrative": "TEXT"}}}}}}}}"#
    ))
}

fn make() -> Vec<(String, Vec<u8>)> {
    let (issuer, endorser) = (Issuer::of("issuer.example"), Issuer::of("endorser.example"));
    let (did, method) = issuer.did_key();
    let (endorser_did, endorser_method) = endorser.did_key();
    let mut files = Vec::new();
    for (name, text) in texts() {
        // Signed after it is filled: an endorsement is a credential of its own.
        let words = filled(&endorsement(&endorser_did), &text);
        let words = endorser.sign(&words, Suite::Jcs, &endorser_method, &[]);
        let mut whole = Doc(filled(&badge("did:web:issuer.example"), &text));
        whole.put("/endorsement", Value::Array(vec![words]));
        let whole = issuer.sign(&whole.0, Suite::Jcs, "did:web:issuer.example#key-1", &[]);
        let small = issuer.sign(&filled(&small_badge(&did), &text), Suite::Jcs, &method, &[]);
        files.push((format!("{name}.json"), Doc(whole).bytes()));
        files.push((format!("{name}-by-nobody.json"), Doc(small).bytes()));
    }
    files
}

fn answered() -> Vec<(String, Report)> {
    let found = network_of("tests/vectors/own/offline-map.json", "tests/vectors/own");
    make().into_iter().map(|(name, bytes)| (name, report(&bytes, &found))).collect()
}

#[test]
fn every_file_can_be_made_again() {
    for (name, bytes) in make() {
        let path = format!("{FOLDER}/{name}");
        if std::env::var("OWN_VECTORS").as_deref() == Ok("write") {
            fs::create_dir_all(FOLDER).and_then(|()| fs::write(&path, &bytes)).expect("a place to write");
        }
        assert!(fs::read(&path).is_ok_and(|committed| committed == bytes), "{path} is not as committed");
    }
}

#[test]
fn all_of_them_verify_so_that_all_of_it_is_shown() {
    for (name, report) in answered() {
        let expected = match name.contains("-by-nobody") {
            true => Headline::GenuineIssuerUnconfirmed,
            false => Headline::Verified,
        };
        assert_eq!(report.headline, expected, "{name}");
    }
}

#[test]
fn nothing_is_drawn_but_our_elements_and_addresses_of_the_web() {
    let mut marks = 0;
    for (name, report) in answered() {
        for view in [View::Card, View::Badge, View::Full] {
            for blind in [Blind::Nothing, Blind::Holder] {
                let wishes = Wishes { may_ask: true, revealed: true, blind };
                let look = Look { view, ..Look::default() };
                let tree = draw(&card(&report, wishes), &Messages::default(), &look);
                look_at(&name, &tree, false, &mut marks);
            }
        }
    }
    assert!(marks > 1_000, "only {marks} hostile texts were drawn");
}

/// Looks at `element` and all in it; `isolated` where foreign text may stand.
fn look_at(name: &str, element: &Element, isolated: bool, marks: &mut usize) {
    assert!(TAGS.contains(&element.tag), "{name}: <{}>", element.tag);
    let mut isolated = isolated || element.tag == "bdi";
    for (attribute, value) in &element.attributes {
        isolated |= *attribute == "dir";
        let is_ours =
            !attribute.starts_with("on") && !["style", "srcdoc", "action", "srcset"].contains(attribute);
        assert!(is_ours, "{name}: {attribute}");
        match *attribute {
            "href" => assert!(value.starts_with("https://"), "{name}: {value}"),
            "src" => assert!(value.starts_with("data:image/") && !value.contains("svg"), "{name}: {value}"),
            // Outside of isolation, and read out with our own words.
            _ => assert!(!value.contains(MARK), "{name}: {attribute}={value}"),
        }
    }
    for child in &element.children {
        match child {
            Item::Element(inner) => look_at(name, inner, isolated, marks),
            Item::Text(text) if text.contains(MARK) => {
                *marks += 1;
                assert!(isolated, "{name}: {text} stands in <{}>", element.tag);
                assert!(!text.chars().any(is_steering), "{name}: {text:?}");
            }
            Item::Text(_) => {}
        }
    }
}

fn is_steering(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// The tags that a card is made of.
const TAGS: &[&str] = &[
    "a",
    "article",
    "bdi",
    "blockquote",
    "br",
    "button",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "footer",
    "h2",
    "h3",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "path",
    "pre",
    "q",
    "section",
    "span",
    "strong",
    "summary",
    "svg",
    "ul",
];
