//! A credential whose texts are there in several languages: a reader gets them in the one of the reader's, and everybody
//! the same ones otherwise.

mod own;
mod support;

use own::edit::{pretty, value};
use own::signer::{Issuer, Suite};
use own::{network_of, report};
use verify_credential::codec::json::Value;
use verify_credential::render::card::{self, Look};
use verify_credential::render::element::{Element, Item};
use verify_credential::render::messages::Messages;
use verify_credential::report::{Headline, Report};
use verify_credential::view::{self, Blind, Wishes};

const DID: &str = "did:web:issuer.example";
const METHOD: &str = "did:web:issuer.example#key-1";
const TITLES: &str = r#"[{"@value": "Welding", "@language": "en"}, {"@value": "Schweißen", "@language": "de"},
    {"@value": "溶接", "@language": "ja"}]"#;

/// A badge with the texts `TITLES` as its name and its issuer's, signed with `suite`.
fn badge(titles: &str, suite: Suite) -> Report {
    badge_of(titles, "", suite)
}

/// One with these alignments.
fn with_alignments(alignments: &[&str]) -> Report {
    let alignments = format!(r#""alignment": [{}],"#, alignments.join(","));
    badge_of(r#""Title""#, &alignments, Suite::Rdfc)
}

fn badge_of(titles: &str, members: &str, suite: Suite) -> Report {
    let document = format!(
        r#"{{"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": "urn:uuid:4c1f9f3c-0000-4000-8000-000000000078", "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": {titles}, "issuer": {{"id": "{DID}", "type": ["Profile"], "name": {titles}}},
            "validFrom": "2026-01-15T09:00:00Z",
            "credentialSubject": {{"id": "did:example:holder", "type": ["AchievementSubject"],
              "achievement": {{"id": "urn:uuid:4c1f9f3c-0000-4000-8000-00000000000a", "type": ["Achievement"], {members}
                "name": {titles}, "description": {titles}, "criteria": {{"narrative": {titles}}}}}}}}}"#
    );
    let contexts = value(&document).get("@context").cloned().expect("contexts");
    let proof: &[(&str, Value)] = if suite == Suite::Jcs { &[("@context", contexts)] } else { &[] };
    let signed = Issuer::of("issuer.example").sign(&value(&document), suite, METHOD, proof);
    let network = network_of("tests/vectors/own/offline-map.json", "tests/vectors/own");
    let report = report(pretty(&signed).as_bytes(), &network);
    assert_eq!(report.headline, Headline::Verified, "{:#?}", report.checks);
    report
}

/// `report` as a reader of `language` gets it.
fn retold(report: &Report, language: &str) -> Report {
    let mut report = report.clone();
    view::tongue::retell(&mut report, language);
    report
}

/// The title and the issuer's name of the card for a reader of `language`.
fn told(report: &Report, language: &str) -> (String, String) {
    let claims =
        view::card(&retold(report, language), Wishes::default()).claims.expect("claims that are shown");
    (claims.title.expect("a title").0, claims.issuer.expect("a name").0)
}

/// The elements of a tree that name a language, with their text.
fn in_languages(tree: &Element, found: &mut Vec<(String, String)>) {
    for item in &tree.children {
        let Item::Element(child) = item else { continue };
        if let Some((_, language)) = child.attributes.iter().find(|(name, _)| *name == "lang") {
            found.push((language.clone(), text(child)));
        }
        in_languages(child, found);
    }
}

fn text(tree: &Element) -> String {
    let texts = tree.children.iter().map(|item| match item {
        Item::Element(child) => text(child),
        Item::Text(text) => text.clone(),
    });
    texts.collect()
}

#[test]
fn a_reader_gets_the_texts_in_the_readers_language() {
    for suite in [Suite::Rdfc, Suite::Jcs] {
        let report = badge(TITLES, suite);
        let facts = report.credential.as_ref().expect("facts");
        assert_eq!(facts.name.as_deref(), Some("Welding"), "programs get one text, the same for all");
        assert_eq!(report.issuer.name.as_deref(), Some("Welding"));
        for (language, expected) in [
            ("", "Welding"),
            ("en-GB", "Welding"),
            ("de", "Schweißen"),
            ("de-AT", "Schweißen"),
            ("JA", "溶接"),
            ("fr", "Welding"),
        ] {
            assert_eq!(told(&report, language), (expected.into(), expected.into()), "{language}");
            // From any other language, as a reader may change it.
            let told = retold(&retold(&report, "ja"), language);
            let facts = told.credential.as_ref().expect("facts");
            let achievement = &facts.subjects[0].achievements[0];
            let texts = [&achievement.description, &achievement.criteria_narrative, &achievement.name];
            assert!(texts.into_iter().all(|text| text.as_deref() == Some(expected)), "{language}");
        }
    }
}

#[test]
fn of_no_language_of_the_readers_the_choice_is_the_same_in_any_order() {
    let one = r#"[{"@value": "b", "@language": "nl"}, {"@value": "a", "@language": "fr"}]"#;
    let other = r#"[{"@value": "a", "@language": "fr"}, {"@value": "b", "@language": "nl"}]"#;
    for titles in [one, other] {
        assert_eq!(told(&badge(titles, Suite::Rdfc), "de").0, "a");
    }
    // Two texts of one language are not one text in two.
    let twice = r#"[{"@value": "b", "@language": "en"}, {"@value": "a", "@language": "en"}]"#;
    assert_eq!(told(&badge(twice, Suite::Rdfc), "en").0, "a · b");
    let untold = r#"[{"@value": "b", "@language": "en"}, "a"]"#;
    assert_eq!(told(&badge(untold, Suite::Rdfc), "en").0, "a · b");
}

/// Who shuffles a set changes no signature, and so nothing that a reader of any language is told.
#[test]
fn no_order_chooses_among_texts_that_are_the_same_in_one_language() {
    let passed = r#"{"type": ["Alignment"], "targetUrl": "https://a.example/1", "targetName":
        [{"@value": "Pass", "@language": "en"}, {"@value": "Bestanden", "@language": "de"}]}"#;
    let failed = r#"{"type": ["Alignment"], "targetUrl": "https://a.example/2", "targetName":
        [{"@value": "Pass", "@language": "en"}, {"@value": "Durchgefallen", "@language": "de"},
        {"@value": "Gebirgspass", "@language": "de-AT"}, {"@value": "Skipass", "@language": "de-CH"}]}"#;
    for (one, other) in [(passed, failed), (failed, passed)] {
        let report = with_alignments(&[one, other]);
        for (language, expected) in [("de", "Pass"), ("de-AT", "Gebirgspass"), ("en", "Pass")] {
            let facts = retold(&report, language).credential.expect("facts");
            for alignment in &facts.subjects[0].achievements[0].alignments {
                assert_eq!(alignment.name.as_deref(), Some(expected), "{language}");
            }
        }
    }
    // Of two places that say the same in German, it is not told which one this was.
    let names = |en: &str| {
        format!(
            r#"{{"type": ["Alignment"], "targetUrl": "https://a.example/", "targetName":
            [{{"@value": "{en}", "@language": "en"}}, {{"@value": "Kompetenz", "@language": "de"}}]}}"#
        )
    };
    let (skill, competence) = (names("Skill"), names("Competence"));
    for both in [[&*skill, &competence], [&*competence, &skill]] {
        let facts = retold(&retold(&with_alignments(&both), "de"), "en").credential.expect("facts");
        let alignments = &facts.subjects[0].achievements[0].alignments;
        assert!(alignments.iter().all(|it| it.name.as_deref() == Some("Kompetenz")), "{alignments:?}");
    }
}

#[test]
fn quoted_text_says_which_language_it_is_in() {
    let report = badge(TITLES, Suite::Rdfc);
    let report = retold(&report, "ja");
    let card = view::card(&report, Wishes::default());
    let mut found = Vec::new();
    in_languages(&card::draw(&card, &Messages::default(), &Look::default()), &mut found);
    assert!(found.iter().all(|row| *row == ("ja".into(), "溶接".into())), "{found:?}");
    assert!(found.len() >= 4, "title, issuer, about, criteria: {found:?}");
    // A tag is the issuer's text as well, and an attribute is no place for just any.
    let odd = r#"[{"@value": "a", "@language": "en"}, {"@value": "b", "@language": "x y"}]"#;
    let report = badge(odd, Suite::Jcs);
    let rows = &report.credential.as_ref().expect("facts").languages;
    assert!(rows.iter().all(|row| row.language == "en"), "{rows:?}");
}

#[test]
fn a_name_is_hidden_in_all_its_languages() {
    let report = badge(TITLES, Suite::Rdfc);
    for language in ["en", "de", "ja"] {
        let report = retold(&report, language);
        let card = view::card(&report, Wishes { blind: Blind::HolderAndIssuer, ..Wishes::default() });
        let told = format!("{:?}", card.report);
        for name in ["Welding", "Schweißen", "溶接"] {
            assert!(!told.contains(name), "{language}: {name}");
        }
    }
}
