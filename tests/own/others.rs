//! Credentials that say things in words which others added to Open Badges, and the same under other names.

use verify_credential::codec::json::Value;

use crate::own::edit::{pretty, value};

/// The vocabulary of the Dutch model for micro-credentials.
pub const EDUBADGES: &str = "https://edubadges.nl/static/obv3-glossary.html#";

const WORDS: [&str; 6] =
    ["ECTS", "SBU", "participationType", "assessmentType", "supervisionType", "identityChecked"];

/// Members of a badge by the issuer `did` that state all the eleven facts.
pub fn members(did: &str) -> [(&'static str, Value); 2] {
    let subject = r#"{"id": "did:example:holder", "type": ["AchievementSubject"], "name": "Ada Example",
        "achievement": {"id": "urn:test:others", "type": ["Achievement"], "name": "Welding under water",
          "description": "Joins plates at ten metres.", "achievementType": "MicroCredential",
          "criteria": {"narrative": "Two joints, cut open."},
          "participationType": "onsite or blended", "assessmentType": "application of a skill",
          "supervisionType": "onsite with identity verification", "identityChecked": true, "ECTS": 3, "SBU": 84,
          "alignment": [
            {"type": ["Alignment"], "targetName": "EQF level 4", "targetType": "ext:EQF", "targetCode": "4",
              "targetUrl": "https://europa.eu/europass/en/description-eight-eqf-levels"},
            {"type": ["Alignment"], "targetName": "Register of diving schools", "targetType": "ext:QualityAssurance",
              "targetUrl": "https://register.example/4711"}]}}"#;
    let issuer = format!(
        r#"{{"id": "{did}", "type": ["Profile"], "name": "Test Issuer of verify-credential",
            "otherIdentifier": [{{"type": "IdentifierEntry", "identifier": "42XY", "identifierType": "ext:BRIN"}}],
            "parentOrg": {{"id": "https://parent.example/", "type": ["Profile"], "name": "Test University",
              "address": {{"type": ["Address"], "addressCountryCode": "NL"}}}}}}"#
    );
    [("credentialSubject", value(subject)), ("issuer", value(&issuer))]
}

/// The contexts `known`, and behind them one in line that puts the words into the vocabulary at `base`.
pub fn contexts(known: &[&str], base: &str) -> Value {
    let schema = "http://www.w3.org/2001/XMLSchema#";
    let number = |name: &str, fragment: &str, datatype: &str| {
        format!(r#""{name}": {{"@id": "{base}{fragment}", "@type": "{schema}{datatype}"}}"#)
    };
    let word = |name: &str, word: &str, fragment: &str| {
        let words = format!(r#"{{"{word}": "{base}{fragment}"}}"#);
        format!(r#""{name}": {{"@id": "{base}{name}", "@type": "@vocab", "@context": {words}}}"#)
    };
    let terms = [
        number("ECTS", "ects", "integer"),
        number("SBU", "sbu", "integer"),
        number("identityChecked", "identityChecked", "boolean"),
        word("participationType", "onsite or blended", "participation-type-onsite-or-blended"),
        word("assessmentType", "application of a skill", "assessment-type-application-of-a-skill"),
        word(
            "supervisionType",
            "onsite with identity verification",
            "supervision-type-onsite-with-identity-verification",
        ),
    ];
    value(&format!(r#"["{}", {{{}}}]"#, known.join("\", \""), terms.join(",")))
}

/// `document` with the words and the terms of its context called otherwise, as anybody can do: no quad changes.
pub fn renamed(document: &Value, names: fn(&str) -> (String, String)) -> Value {
    let mut text = pretty(document);
    for (name, other) in WORDS.map(names) {
        text = text.replace(&format!("\"{name}\":"), &format!("\"{other}\":"));
    }
    value(&text)
}
