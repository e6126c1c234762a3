//! Credentials that name a schema: which schema is read, what is held against it, and what hostile
//! schemas can do, which is nothing.

mod own;
mod support;

use std::rc::Rc;

use own::edit::{string, value};
use own::signer::{Issuer, Suite};
use own::{network_of, report};
use verify_credential::check::schema::conforms;
use verify_credential::codec::json::Value;
use verify_credential::crypto::Engines;
use verify_credential::limits::Budget;
use verify_credential::need;
use verify_credential::need::{Found, NeedKind};
use verify_credential::report::{Check, Headline, Level, Outcome, Report};
use verify_credential::schema::{Answer, Draft, Stop, check};

const DID: &str = "did:web:issuer.example";
const METHOD: &str = "did:web:issuer.example#key-1";
const SCHEMA: &str = "https://issuer.example/schema.json";

/// A signed badge that names `schemas`.
fn badge(schemas: &str) -> Value {
    let badge = value(&format!(
        r#"{{"@context": ["https://www.w3.org/ns/credentials/v2",
              "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
              "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"],
            "id": "urn:uuid:4c1f9f3c-0000-4000-8000-000000000051",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": {{"id": "{DID}", "type": ["Profile"], "name": "Test Issuer of verify-credential"}},
            "validFrom": "2026-01-15T09:00:00Z", "name": "By a schema", "credentialSchema": {schemas},
            "credentialSubject": {{"id": "did:example:holder", "type": ["AchievementSubject"],
              "achievement": {{"id": "urn:uuid:4c1f9f3c-0000-4000-8000-00000000000a", "type": ["Achievement"],
                "name": "By a schema", "description": "Made to test.", "criteria": {{"narrative": "Be a test."}}}}}}}}"#
    ));
    Issuer::of("issuer.example").sign(&badge, Suite::Rdfc, METHOD, &[])
}

fn of_kind(kind: &str) -> Value {
    badge(&format!(r#"{{"id": "{SCHEMA}", "type": "{kind}"}}"#))
}

/// The network of the test issuer, where `documents` stand too.
fn network(documents: &[(&str, &str)]) -> Found {
    let mut found = network_of("tests/vectors/own/offline-map.json", "tests/vectors/own");
    for (url, text) in documents {
        let bytes = Rc::from(text.as_bytes());
        found.provide((*url).to_owned(), need::Answer::Document { bytes, read_at: None, pinned: false });
    }
    found
}

fn asked(credential: &Value, found: &Found) -> Report {
    report(own::edit::pretty(credential).as_bytes(), found)
}

/// The answer for a badge under the schema `text`.
fn under(text: &str) -> Report {
    asked(&of_kind("JsonSchema"), &network(&[(SCHEMA, text)]))
}

fn answer(report: &Report) -> &Check {
    report.check("schema.conforms").expect("the check was made")
}

fn reason(report: &Report) -> (&'static str, Outcome) {
    (answer(report).reason, answer(report).outcome)
}

const NEEDS_A_NAME: &str = r#"{"$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object", "required": ["name", "proof"], "properties": {"name": {"type": "string"}}}"#;

const NEEDS_MORE: &str = r##"{"$schema": "https://json-schema.org/draft/2020-12/schema",
    "properties": {"credentialSubject": {"$ref": "#/$defs/subject"}},
    "$defs": {"subject": {"properties": {"achievement": {"required": ["achievementType"]}}}}}"##;

#[test]
fn a_schema_that_is_met_is_said_to_be() {
    for kind in ["JsonSchema", "1EdTechJsonSchemaValidator2019"] {
        let report = asked(&of_kind(kind), &network(&[(SCHEMA, NEEDS_A_NAME)]));
        assert_eq!(report.headline, Headline::Verified, "{kind}: {:?}", report.checks);
        assert_eq!(reason(&report), ("schema-met", Outcome::Pass), "{kind}");
        assert_eq!(answer(&report).param("schema"), Some(SCHEMA));
    }
}

#[test]
fn a_schema_that_is_broken_is_a_failure_with_its_place() {
    let report = under(NEEDS_MORE);
    assert_eq!(report.headline, Headline::DoNotRely);
    assert_eq!(reason(&report), ("schema-broken", Outcome::Fail));
    let check = answer(&report);
    assert_eq!(check.level, Level::Required);
    assert_eq!(check.param("pointer"), Some("/credentialSubject/achievement"));
    assert_eq!(check.param("keyword"), Some("required"));
    assert_eq!(check.param("sentence"), Some("“achievementType” is missing"));
}

#[test]
fn a_schema_is_a_need_after_the_signature_and_leaves_the_verdict_alone() {
    let report = asked(&of_kind("JsonSchema"), &network(&[]));
    assert_eq!(report.headline, Headline::Verified);
    assert_eq!(reason(&report), ("schema-not-fetched", Outcome::Unknown));
    let need = report.needs.iter().find(|need| need.kind == NeedKind::Schema).expect("it is asked for");
    assert_eq!((need.url.as_str(), need.for_check), (SCHEMA, "schema.conforms"));

    let mut forged = own::edit::Doc(of_kind("JsonSchema"));
    forged.put("/name", string("Something better"));
    let report = asked(&forged.0, &network(&[(SCHEMA, NEEDS_MORE)]));
    assert_eq!(reason(&report), ("waits-for-signature", Outcome::Unknown));
    assert!(report.needs.is_empty());
}

#[test]
fn what_a_holder_kept_back_is_not_held_against_a_schema() {
    let (credential, found) = (of_kind("JsonSchema"), network(&[(SCHEMA, NEEDS_MORE)]));
    let facts = asked(&credential, &found).credential.expect("its facts are established");
    let reason = |is_whole| conforms(&facts, &credential, is_whole, true, &found).checks[0].reason;
    assert_eq!((reason(true), reason(false)), ("schema-broken", "schema-claims-withheld"));
}

#[test]
fn without_the_part_that_is_loaded_later_nobody_knows() {
    let mut found = network(&[(SCHEMA, NEEDS_A_NAME)]);
    found.engines = Engines::NONE.with_net();
    let report = asked(&of_kind("JsonSchema"), &found);
    assert_eq!(reason(&report), ("part-not-loaded", Outcome::Unknown));
    assert_eq!(answer(&report).param("part"), Some("more"));
    found.engines = Engines::NONE.with_more();
    let report = asked(&of_kind("JsonSchema"), &found);
    assert_eq!((reason(&report).0, answer(&report).param("part")), ("part-not-loaded", Some("schema")));
}

#[test]
fn what_cannot_be_read_is_unknown_and_named() {
    let table: &[(&str, &str)] = &[
        ("<html>", "schema-unusable"),
        ("5", "schema-unusable"),
        (r##"{"$ref": "#/$defs/none"}"##, "schema-unusable"),
        (r#"{"required": "name"}"#, "schema-unusable"),
        (r#"{"properties": {"name": {"pattern": "("}}}"#, "schema-unusable"),
        (r#"{"properties": {"name": {"pattern": "(?=a)"}}}"#, "schema-keyword-unsupported"),
        (r#"{"$schema": "http://json-schema.org/draft-04/schema#"}"#, "schema-keyword-unsupported"),
        (r#"{"$ref": "https://other.example/schema.json"}"#, "schema-not-fetched"),
        (r#"{"$ref": "http://other.example/schema.json"}"#, "schema-address"),
        (r#"{"$ref": "https://127.0.0.1/schema.json"}"#, "schema-address"),
    ];
    for (schema, expected) in table {
        let report = under(schema);
        assert_eq!(reason(&report), (*expected, Outcome::Unknown), "{schema}");
        assert_eq!(report.headline, Headline::Verified, "{schema}");
    }
    let mut found = network(&[]);
    found.provide(SCHEMA.to_owned(), need::Answer::Failed("fetch-not-found"));
    assert_eq!(reason(&asked(&of_kind("JsonSchema"), &found)), ("schema-unreachable", Outcome::Unknown));
    let found = network(&[(SCHEMA, NEEDS_MORE)]);
    assert_eq!(reason(&asked(&of_kind("JsonSchemaCredential"), &found)).0, "schema-type-unsupported");
}

#[test]
fn references_are_needs_one_after_the_other() {
    let other = "https://other.example/schemas/part.json";
    let schema = format!(r##"{{"$ref": "{other}#/$defs/named"}}"##);
    let report = under(&schema);
    assert!(report.needs.iter().any(|need| need.url == other), "{:?}", report.needs);
    let part = r##"{"$defs": {"named": {"required": ["nickname"]}}}"##;
    let found = network(&[(SCHEMA, &schema), (other, part)]);
    let report = asked(&of_kind("JsonSchema"), &found);
    assert_eq!(answer(&report).param("sentence"), Some("“nickname” is missing"));
    // A chain that never ends is followed for a while.
    let mut chain = vec![(SCHEMA.to_owned(), r#"{"$ref": "https://other.example/0"}"#.to_owned())];
    for index in 0..9 {
        let next = format!(r#"{{"$ref": "https://other.example/{}"}}"#, index + 1);
        chain.push((format!("https://other.example/{index}"), next));
    }
    let chain: Vec<(&str, &str)> = chain.iter().map(|(url, text)| (url.as_str(), text.as_str())).collect();
    let report = asked(&of_kind("JsonSchema"), &network(&chain));
    assert_eq!(reason(&report), ("limit-reached", Outcome::Unknown));
}

#[test]
fn hostile_schemas_end_by_a_limit() {
    let mut doubling = String::from(r##"{"$ref": "#/$defs/a0", "$defs": {"##);
    for index in 0..40 {
        let next = index + 1;
        doubling += &format!(
            r##""a{index}": {{"anyOf": [{{"not": {{"$ref": "#/$defs/a{next}"}}}}, {{"$ref": "#/$defs/a{next}"}}]}},"##
        );
    }
    doubling += r#""a40": false}}"#;
    let nested = format!("{}true{}", r#"{"not": "#.repeat(120), "}".repeat(120));
    let table: &[(&str, &str)] = &[
        (r##"{"$ref": "#"}"##, "schema-depth"),
        (r##"{"allOf": [{"$ref": "#"}, {"$ref": "#"}]}"##, "schema-depth"),
        (&doubling, "schema-steps"),
        (r#"{"properties": {"name": {"pattern": "((a{1000}){1000}){1000}"}}}"#, "schema-pattern"),
        (r#"{"properties": {"name": {"pattern": "((){65535}){65535}"}}}"#, "schema-steps"),
    ];
    for (schema, limit) in table {
        let report = under(schema);
        assert_eq!(reason(&report), ("limit-reached", Outcome::Unknown), "{schema:.80}");
        assert_eq!(answer(&report).param("limit"), Some(*limit), "{schema:.80}");
    }
    assert_eq!(reason(&under(&nested)), ("schema-met", Outcome::Pass));
    let large = format!("{{}}{}", " ".repeat(1_000_000));
    assert_eq!(answer(&under(&large)).param("limit"), Some("schema-bytes"));
    let many: Vec<String> =
        (0..5).map(|index| format!(r#"{{"id": "{SCHEMA}?{index}", "type": "JsonSchema"}}"#)).collect();
    let report = asked(&badge(&format!("[{}]", many.join(","))), &network(&[]));
    let reached = report.checks.iter().filter(|check| check.param("limit") == Some("schemas")).count();
    assert_eq!(reached, 1);
}

/// What a schema and a document make large is counted by its size, however few its keywords are.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn large_things_cost_what_they_are_large() {
    const MANY: usize = 12_000;
    let long = "x".repeat(MANY);
    let list = |item: &str| vec![item; MANY].join(",");
    let all = |item: &dyn Fn(usize) -> String| (0..MANY).map(item).collect::<Vec<_>>().join(",");
    let some = |item: &dyn Fn(usize) -> String| (0..500).map(item).collect::<Vec<_>>().join(",");
    let [nulls, ones, objects] = ["null", "[1]", "{}"].map(|item| format!("[{}]", list(item)));
    let again = |schema: &str| {
        format!(r##"{{"allOf":[{}],"$defs":{{"a":{schema}}}}}"##, list(r##"{"$ref":"#/$defs/a"}"##))
    };
    let ranges: String =
        (0..MANY).filter_map(|at| char::from_u32(0x1_0000 + u32::try_from(at).ok()?)).collect();
    let base = "b".repeat(1_900);
    let table: &[(&str, String, &str)] = &[
        (
            "a long reference",
            format!(r##"{{"items":{{"$ref":"#/$defs/{long}"}},"$defs":{{"{long}":true}}}}"##),
            &nulls,
        ),
        ("one of many types", format!(r#"{{"items":{{"type":["null",{}]}}}}"#, list("\"x\"")), &nulls),
        ("a type of a long name", again(&format!(r#"{{"not":{{"type":"{long}"}}}}"#)), "null"),
        (
            "many patterns",
            format!(r#"{{"items":{{"patternProperties":{{{}}}}}}}"#, all(&|at| format!(r#""p{at}":true"#))),
            &objects,
        ),
        ("a long constant", again(&format!(r#"{{"const":"{long}"}}"#)), &format!("\"{long}\"")),
        ("a long member", again(&format!(r#"{{"required":["{long}"]}}"#)), &format!(r#"{{"{long}":1}}"#)),
        (
            "a long property",
            again(&format!(r#"{{"properties":{{"{long}":true}}}}"#)),
            &format!(r#"{{"{long}":1}}"#),
        ),
        ("a long name", again(r#"{"propertyNames":true}"#), &format!(r#"{{"{long}":1}}"#)),
        ("a large class", format!(r#"{{"pattern":"[{ranges}]"}}"#), &format!("\"{long}\"")),
        ("a long pattern", again(&format!(r#"{{"pattern":"{}"}}"#, "(?:)".repeat(MANY / 4))), "\"\""),
        (
            "many keywords",
            format!(r#"{{"items":{{"not":{{"type":"string",{}}}}}}}"#, all(&|at| format!(r#""k{at}":0"#))),
            &nulls,
        ),
        (
            "long addresses",
            format!(
                r#"{{"$id":"https://h.example/{base}/","items":{{"$ref":"z499"}},"$defs":{{{}}}}}"#,
                some(&|at| format!(r#""{at}":{{"$id":"z{at:03}"}}"#))
            ),
            &nulls,
        ),
        (
            "many anchors",
            format!(
                r##"{{"items":{{"allOf":[{{"$ref":"#z499"}},{{"$ref":"#z499"}}]}},"$defs":{{{}}}}}"##,
                some(&|at| format!(r#""{at}":{{"$anchor":"z{at:03}"}}"#))
            ),
            &nulls,
        ),
    ];
    for (name, schema, document) in table {
        let schemas = [(SCHEMA, value(schema))];
        let answer = check(&value(document), &schemas, Draft::Of2020, &mut Budget::full());
        assert_eq!(answer, Answer::Unknown(Stop::Limit("schema-steps".to_owned())), "{name}");
    }
    // Alternatives behind the one that holds are not looked at, nor places where no item is.
    for (schema, document) in [
        (format!(r#"{{"items":{{"anyOf":[{}]}}}}"#, list("true")), &nulls),
        (format!(r#"{{"items":{{"prefixItems":[{}]}}}}"#, list("true")), &ones),
    ] {
        let schemas = [(SCHEMA, value(&schema))];
        let answer = check(&value(document), &schemas, Draft::Of2020, &mut Budget::full());
        assert_eq!(answer, Answer::Conforms);
    }
}

/// `badge` with other members: what Open Badges asks for without any schema.
fn shaped(edit: impl Fn(&mut own::edit::Doc)) -> Report {
    let mut doc = own::edit::Doc(of_kind("JsonSchema"));
    doc.take("/proof");
    doc.take("/credentialSchema");
    edit(&mut doc);
    let signed = Issuer::of("issuer.example").sign(&doc.0, Suite::Rdfc, METHOD, &[]);
    asked(&signed, &network(&[]))
}

#[test]
fn a_badge_without_an_achievement_is_none() {
    for place in ["/credentialSubject/achievement", "/credentialSubject/achievement/criteria"] {
        let report = shaped(|doc| {
            doc.take(place);
        });
        assert_eq!(report.headline, Headline::DoNotRely, "{place}");
        assert_eq!(report.check("document.structure").map(|check| check.reason), Some("achievement-missing"));
    }
}

#[test]
fn what_real_badges_leave_out_is_noted_and_decides_nothing() {
    type Note = (&'static str, &'static str, &'static str);
    let table: &[(&str, &str, Note)] = &[
        ("/name", "", ("badge-member-missing", "name", "")),
        ("/credentialSubject/id", "/credentialSubject", ("badge-member-missing", "id", "")),
        (
            "/credentialSubject/achievement/description",
            "/credentialSubject/achievement",
            ("badge-member-missing", "description", ""),
        ),
        ("/issuer/type", "/issuer", ("badge-type-missing", "", "Profile")),
    ];
    assert!(shaped(|_| ()).check("document.open-badges-shape").is_none());
    for (place, at, (reason, member, kind)) in table {
        let report = shaped(|doc| {
            doc.take(place);
        });
        let note = report.check("document.open-badges-shape").unwrap_or_else(|| panic!("{place} is noted"));
        assert_eq!((note.reason, note.at.as_str()), (*reason, *at), "{place}");
        assert_eq!(
            note.param("member").or(note.param("type")),
            Some(if member.is_empty() { *kind } else { *member })
        );
        assert_eq!(report.headline, Headline::Verified, "{place}");
    }
    let many = shaped(|doc| {
        let result = value(r#"{"type": ["Result"], "resultDescription": "urn:test:result"}"#);
        doc.put("/credentialSubject/result", Value::Array(vec![result; 30]));
    });
    let notes = many.checks.iter().filter(|check| check.id == "document.open-badges-shape").count();
    assert_eq!(notes, 8);
}
