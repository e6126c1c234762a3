//! JSON-LD 1.1 against the W3C suites for `toRdf` and `expand`.

mod support;

use std::rc::Rc;

use support::{Outcomes, json, parse_n_quads, read_json, read_text, text};
use verify_credential::canon::json_ld::{Dataset, Error, Finding, LanguageTags, Settings, expand, to_quads};
use verify_credential::canon::quads::Quad;
use verify_credential::canon::rdfc::{Hash, canonicalize};
use verify_credential::codec::json::{Text, Value};
use verify_credential::limits::{Budget, LimitReached};

const BASE: &str = "https://w3c.github.io/json-ld-api/tests/";
const FOLDER: &str = "tests/vectors/05-json-ld-api/";

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn suite() {
    let manifest = read_json(&format!("{FOLDER}toRdf-manifest.json"));
    let mut outcomes = Outcomes::of("json-ld-to-rdf");
    for entry in manifest.get("sequence").map(Value::as_set).unwrap_or_default() {
        outcomes.note(text(entry, "@id"), to_rdf_case(entry));
    }
    outcomes.conclude(312);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn expand_suite() {
    let manifest = read_json(&format!("{FOLDER}expand-manifest.json"));
    let mut outcomes = Outcomes::of("json-ld-expand");
    for entry in manifest.get("sequence").map(Value::as_set).unwrap_or_default() {
        outcomes.note(text(entry, "@id"), expand_case(entry));
    }
    outcomes.conclude(259);
}

fn to_rdf_case(entry: &Value) -> Result<(), String> {
    let result = run(entry, |document, settings| {
        to_quads(document, settings, &mut Budget::full()).map(|dataset| dataset.quads)
    });
    let expected = text(entry, "expect");
    match (text(entry, "expectErrorCode"), expected, result) {
        ("", "", Ok(_)) => Ok(()),
        ("", _, Ok(quads)) => {
            same_dataset(&quads, &parse_n_quads(&read_text(&format!("{FOLDER}{expected}"))))
        }
        (code, _, result) => expect_error(code, result),
    }
}

fn expand_case(entry: &Value) -> Result<(), String> {
    let result = run(entry, |document, settings| expand(document, settings, &mut Budget::full()));
    match (text(entry, "expectErrorCode"), result) {
        ("", Ok(expanded)) => {
            let expected = read_json(&format!("{FOLDER}{}", text(entry, "expect")));
            if is_same(&expanded, &expected, false) {
                Ok(())
            } else {
                Err(format!("\n{expanded:?}\nis not\n{expected:?}"))
            }
        }
        (code, result) => expect_error(code, result),
    }
}

fn run<T>(entry: &Value, work: impl Fn(&Value, &Settings) -> Result<T, Error>) -> Result<T, Error> {
    let input = text(entry, "input");
    let option = entry.get("option").unwrap_or(&Value::Null);
    let base = match text(option, "base") {
        "" => format!("{BASE}{input}"),
        base => base.to_owned(),
    };
    let supplied = |url: &str| {
        let file = url.strip_prefix(BASE)?;
        let bytes = support::read_if_present(&format!("{FOLDER}{file}"))?;
        json(&bytes).map(Rc::new)
    };
    let settings = Settings {
        base: Some(&base),
        language_tags: LanguageTags::AsWritten,
        variants: &[],
        supplied: &supplied,
        is_read: |_| false,
    };
    work(&read_json(&format!("{FOLDER}{input}")), &settings)
}

fn expect_error<T: std::fmt::Debug>(code: &str, result: Result<T, Error>) -> Result<(), String> {
    match result {
        Err(Error::JsonLd { code: found, .. }) if found == code => Ok(()),
        // What cannot be loaded is named, so that it can be asked for.
        Err(Error::UnknownContexts(_)) if code == "loading remote context failed" => Ok(()),
        other => Err(format!("expected error \"{code}\", got {other:?}")),
    }
}

fn same_dataset(found: &[Quad], expected: &[Quad]) -> Result<(), String> {
    let canonical =
        |quads: &[Quad]| canonicalize(quads, Hash::Sha256, &mut Budget::full()).map(|done| done.n_quads);
    match (canonical(found), canonical(expected)) {
        (Ok(found), Ok(expected)) if found == expected => Ok(()),
        (found, expected) => {
            Err(format!("\n{}is not\n{}", found.unwrap_or_default(), expected.unwrap_or_default()))
        }
    }
}

/// Equality of expanded documents: order counts in lists only.
fn is_same(one: &Value, other: &Value, is_ordered: bool) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| {
                    other
                        .get(name)
                        .is_some_and(|found| is_same(value, found, &**name == "@list" || &**name == "@value"))
                })
        }
        (Value::Array(one), Value::Array(other)) if is_ordered => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other, true))
        }
        (Value::Array(one), Value::Array(other)) => {
            let mut left: Vec<&Value> = other.iter().collect();
            one.len() == other.len()
                && one.iter().all(|item| match left.iter().position(|found| is_same(item, found, false)) {
                    Some(place) => {
                        left.swap_remove(place);
                        true
                    }
                    None => false,
                })
        }
        (Value::Number(one), Value::Number(other)) => one.value == other.value,
        _ => one == other,
    }
}

/// Vocabularies that the tests below take for read ones.
fn is_read(iri: &str) -> bool {
    [
        "https://www.w3.org/2018/credentials#",
        "https://purl.imsglobal.org/spec/vc/ob/vocab.html#",
        "https://schema.org/",
    ]
    .iter()
    .any(|vocabulary| iri.starts_with(vocabulary))
}

fn settings<'a>() -> Settings<'a> {
    Settings {
        base: None,
        language_tags: LanguageTags::Lowercase,
        variants: &[],
        supplied: &|_| None,
        is_read,
    }
}

fn parsed(document: &str) -> Value {
    json(document.as_bytes()).unwrap_or_else(|| panic!("not JSON: {document}"))
}

fn dataset(document: &str) -> Dataset {
    to_quads(&parsed(document), &settings(), &mut Budget::full())
        .unwrap_or_else(|error| panic!("{error:?}: {document}"))
}

fn n_quads(document: &str) -> String {
    canonicalize(&dataset(document).quads, Hash::Sha256, &mut Budget::full())
        .map(|canonical| canonical.n_quads)
        .unwrap_or_else(|limit| panic!("{limit:?}: {document}"))
}

fn shown(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|finding| format!("{} {} {}", finding.kind.id(), finding.pointer, finding.name))
        .collect()
}

/// A document of the credentials vocabulary with `members`, and `inline` as last context.
fn credential(inline: &str, members: &str) -> String {
    let comma = if inline.is_empty() { "" } else { "," };
    format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2"{comma}{inline}],
            "id":"urn:x:1","type":"VerifiableCredential"{members}}}"#
    )
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_falls_out_of_the_quads_is_reported() {
    let any = r#"{"@vocab":"a:","r":{"@id":"a:r","@type":"@id"},"n":null,"d":{"@id":"a:d","@direction":"rtl"},
        "i":{"@id":"a:i","@container":"@index"},"b":"_:b","g":{"@id":"a:g","@container":"@graph"}}"#;
    for (inline, members, expected) in [
        ("", "", vec![]),
        ("", r#","foo":1"#, vec!["undefined-term /foo foo"]),
        ("", r#","foo":null"#, vec!["undefined-term /foo foo"]),
        ("", r#","@foo":1"#, vec!["keyword-like-term /@foo @foo"]),
        ("", r#","@container":1"#, vec!["keyword-like-term /@container @context"]),
        ("", r#","credentialSubject":{"id":"x","name":"y"}"#, vec!["relative-iri /credentialSubject/id x"]),
        (
            "",
            r#","credentialSubject":{"id":"@x","name":"y"}"#,
            vec!["keyword-like-iri /credentialSubject/id @x"],
        ),
        ("", r#","credentialSubject":{"id":"a:b c"}"#, vec!["ill-formed-iri /credentialSubject/id a:b c"]),
        ("", r#","credentialSubject":{"id":"a:><b:"}"#, vec!["ill-formed-iri /credentialSubject/id a:><b:"]),
        ("", r#","credentialSubject":{"type":"Foo"}"#, vec!["relative-type /credentialSubject/type Foo"]),
        ("", r#","credentialSubject":"x""#, vec!["relative-iri /credentialSubject x"]),
        ("", r#","credentialSubject":"""#, vec!["empty-iri /credentialSubject "]),
        ("", r#","name":{"@value":null}"#, vec!["null-value /name @value"]),
        ("", r#","name":{"@value":"x","@direction":"rtl"}"#, vec!["direction-dropped /name rtl"]),
        ("", r#","name":{"@value":"x","@language":"a_b"}"#, vec!["ill-formed-language /name a_b"]),
        ("", r#","@nest":{"foo":1}"#, vec!["undefined-term /@nest/foo foo"]),
        ("", r#","@nest":[{"foo":1}]"#, vec!["undefined-term /@nest/0/foo foo"]),
        ("", r#","name":{"@language":"en"}"#, vec!["free-floating-value /name @language"]),
        (
            "",
            r#","verifiableCredential":"a:b""#,
            vec!["undefined-term /verifiableCredential verifiableCredential"],
        ),
        (any, r#","r":["a:b","x/y"]"#, vec!["relative-iri /r/1 x/y"]),
        (any, r#","n":1"#, vec!["null-term /n n"]),
        (any, r#","d":"x""#, vec!["direction-dropped /d rtl"]),
        (any, r#","i":{"k":"x"}"#, vec!["index-dropped /i/k k"]),
        (any, r#","b":"x""#, vec!["blank-predicate /b b"]),
        (any, r#","b c":"x""#, vec!["ill-formed-iri /b c b c"]),
        (any, r#","g":{"@id":"a:b"}"#, vec!["free-floating-node /g a:b"]),
        (any, r#","g":"text""#, vec!["free-floating-value /g @graph"]),
        (r#"{"@language":"en-"}"#, r#","name":"x""#, vec!["ill-formed-language /name en-"]),
    ] {
        let document = credential(inline, members);
        assert_eq!(shown(&dataset(&document).undefined), expected, "{members}");
    }
    for (document, expected) in [
        (
            r#"{"@context":"https://www.w3.org/ns/credentials/v2","id":"a:b"}"#,
            vec!["free-floating-node  a:b"],
        ),
        (r#"["x"]"#, vec!["free-floating-value /0 x"]),
        (
            r#"{"@graph":["x",{"@list":[]}]}"#,
            vec!["free-floating-value /@graph/0 x", "free-floating-value /@graph/1/@list @list"],
        ),
        ("{}", vec!["free-floating-node  "]),
    ] {
        let undefined = shown(&dataset(document).undefined);
        assert!(expected.iter().all(|row| undefined.iter().any(|found| found == row)), "{undefined:?}");
    }
}

/// Ruling 1: the same quads, said in a way that a reader of the plain JSON misses or misreads.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_is_read_and_said_in_a_foreign_way_is_reported() {
    const NAME: &str = "https://schema.org/name";
    for (inline, members, expected) in [
        ("", r#","name":"x","credentialSubject":{"@id":"a:b","@type":["@json"]}"#, vec![]),
        (
            r#"{"x":"a:x","y":{"@id":"a:y","@type":"@id"}}"#,
            r#","x":"1","y":"a:b","name":{"@set":["x"]}"#,
            vec![],
        ),
        (r#"{"x":{"@id":"a:x","@type":"@json"}}"#, r#","x":{"a":1}"#, vec![]),
        (
            "",
            r#","https://schema.org/name":"x""#,
            vec![format!("term-written-as-iri /https:~1~1schema.org~1name {NAME}")],
        ),
        (
            r#"{"s":"https://schema.org/"}"#,
            r#","s:name":"x""#,
            vec!["term-written-as-iri /s:name s:name".into()],
        ),
        (r#"{"t":"https://schema.org/name"}"#, r#","t":"x""#, vec!["inline-term /t t".into()]),
        (
            r#"{"T":"https://schema.org/T"}"#,
            r#","credentialSubject":{"type":"T"}"#,
            vec!["inline-term /credentialSubject/type T".into()],
        ),
        (
            "",
            r#","credentialSubject":{"type":"https://schema.org/T"}"#,
            vec!["type-written-as-iri /credentialSubject/type https://schema.org/T".into()],
        ),
        (r#"{"@vocab":"https://schema.org/"}"#, r#","foo":"x""#, vec!["inline-vocab /foo foo".into()]),
        (r#"{"@vocab":"a:"}"#, r#","foo":"x""#, vec![]),
        (
            r#"{"kind":"@type"}"#,
            r#","credentialSubject":{"kind":"a:t"}"#,
            vec!["inline-keyword-alias /credentialSubject/kind kind".into()],
        ),
        ("", r#","@index":"x""#, vec!["foreign-keyword /@index @index".into()]),
        (
            "",
            r#","@included":[{"@id":"a:b","name":"x"}]"#,
            vec!["foreign-keyword /@included @included".into()],
        ),
        ("", r#","@graph":[{"@id":"a:b","name":"x"}]"#, vec!["foreign-keyword /@graph @graph".into()]),
        ("", r#","@nest":{"name":"x"}"#, vec!["foreign-keyword /@nest @nest".into()]),
        ("", r#","@reverse":{"evidence":{"id":"a:b"}}"#, vec!["foreign-keyword /@reverse @reverse".into()]),
        (
            r#"{"n":"@nest"}"#,
            r#","n":{"name":"x"}"#,
            vec!["inline-keyword-alias /n n".into(), "foreign-keyword /n n".into()],
        ),
        (
            r#"{"@base":"http://a/"}"#,
            r#","credentialSubject":{"id":"b","name":"x"}"#,
            vec!["inline-base /credentialSubject/id b".into()],
        ),
        (r#"{"@base":"http://a/"}"#, r#","credentialSubject":{"id":"a:b","name":"x"}"#, vec![]),
        (r#"{"@language":"en"}"#, r#","name":"x""#, vec!["inline-language /name @context".into()]),
        (r#"{"@language":"en"}"#, r#","name":{"@value":"x","@language":"de"}"#, vec![]),
        (r#"{"@direction":"rtl"}"#, r#","name":"x""#, vec!["inline-direction /name @context".into()]),
        ("", r#","name":{"@value":{"a":1},"@type":"@json"}"#, vec!["json-literal /name name".into()]),
        (r#"{"r":{"@reverse":"a:r"}}"#, r#","r":{"id":"a:b"}"#, vec!["inline-reverse /r r".into()]),
        (r#"{"n":"@nest","t":{"@id":"a:t","@nest":"n"}}"#, r#","t":"x""#, vec!["inline-nest /t t".into()]),
        (r#"{"@propagate":false,"x":"a:x"}"#, "", vec!["inline-propagate /@context/1 @propagate".into()]),
    ] {
        let document = credential(inline, members);
        assert_eq!(shown(&dataset(&document).foreign), expected, "{inline} {members}");
    }
}

/// Terms of contexts that protect nothing can be taken away or turned round by an inline context.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn redefining_what_is_read_is_reported() {
    let document = |inline: &str| {
        format!(
            r#"{{"@context":["https://w3id.org/openbadges/v2",{inline}],"id":"a:b","name":"x","x":{{"id":"a:c"}}}}"#
        )
    };
    let read_all = Settings { is_read: |iri| iri.contains("schema.org"), ..settings() };
    for (inline, expected) in [
        (r#"{"x":"a:x"}"#, vec![]),
        (r#"{"name":null,"x":"a:x"}"#, vec!["term-removed /@context/1/name name"]),
        (r#"{"name":"a:name","x":"a:x"}"#, vec!["term-redefined /@context/1/name name"]),
        (r#"{"x":{"@id":"a:x","@context":{"name":"a:n"}}}"#, vec!["term-redefined /@context/1/x/name name"]),
    ] {
        let found = to_quads(&parsed(&document(inline)), &read_all, &mut Budget::full());
        let foreign =
            found.map(|dataset| shown(&dataset.foreign)).unwrap_or_else(|error| panic!("{error:?}"));
        assert_eq!(foreign, expected, "{inline}");
    }
    // Where the terms are protected, JSON-LD itself refuses.
    let protected = to_quads(&parsed(&credential(r#"{"name":"a:n"}"#, "")), &settings(), &mut Budget::full());
    let code = "protected term redefinition";
    assert_eq!(protected.err(), Some(Error::JsonLd { code, pointer: "/@context/1".into() }));
}

/// An inline copy of an embedded context counts as that context, member for member in any order.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn an_inline_copy_of_an_embedded_context_counts_as_embedded() {
    let copy = read_json("src/canon/contexts/w3c/credentials-v2.json");
    let document = |change: bool| {
        let mut context = copy.get("@context").and_then(Value::as_object).cloned().unwrap_or_default();
        // The same member again, now at the end.
        let protected = context.get("@protected").cloned().unwrap_or(Value::Null);
        context = context.without("@protected");
        context.insert("@protected".into(), protected);
        if change {
            context.insert("extra".into(), Value::String("a:b".into()));
        }
        let mut object = parsed(&credential("", r#","name":"x""#)).as_object().cloned().unwrap_or_default();
        object.insert("@context".into(), Value::Object(context));
        to_quads(&Value::Object(object), &settings(), &mut Budget::full())
            .unwrap_or_else(|error| panic!("{error:?}"))
    };
    assert_eq!(shown(&document(false).foreign), Vec::<String>::new());
    assert!(shown(&document(true).foreign).contains(&"inline-term /name name".to_owned()));
    assert_eq!(document(false).quads, document(true).quads);
}

/// Findings of the design study that other libraries got wrong, or that decide real signatures.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn numbers_become_what_signers_make_of_them() {
    let context = r#""@context":{"n":"a:n","f":{"@id":"a:f","@type":"http://www.w3.org/2001/XMLSchema#float"},
        "d":{"@id":"a:d","@type":"http://www.w3.org/2001/XMLSchema#double"}}"#;
    for (member, literal) in [
        (r#""f":36.0"#, r#""36"^^<http://www.w3.org/2001/XMLSchema#float>"#),
        (r#""f":36.5"#, r#""3.65E1"^^<http://www.w3.org/2001/XMLSchema#float>"#),
        (r#""n":36.0"#, r#""36"^^<http://www.w3.org/2001/XMLSchema#integer>"#),
        (r#""n":-0.0"#, r#""0"^^<http://www.w3.org/2001/XMLSchema#integer>"#),
        (r#""n":1e2"#, r#""100"^^<http://www.w3.org/2001/XMLSchema#integer>"#),
        (
            r#""n":12345678901234567000"#,
            r#""12345678901234567168"^^<http://www.w3.org/2001/XMLSchema#integer>"#,
        ),
        (r#""n":1e-7"#, r#""1.0E-7"^^<http://www.w3.org/2001/XMLSchema#double>"#),
        (r#""n":1e21"#, r#""1.0E21"^^<http://www.w3.org/2001/XMLSchema#double>"#),
        (r#""d":5"#, r#""5.0E0"^^<http://www.w3.org/2001/XMLSchema#double>"#),
        (r#""d":"5""#, r#""5"^^<http://www.w3.org/2001/XMLSchema#double>"#),
        (r#""n":true"#, r#""true"^^<http://www.w3.org/2001/XMLSchema#boolean>"#),
        ("\"n\":\"a\\tb\\u0001\\u007f\"", r#""a\tb\u0001\u007F""#),
    ] {
        let quads = n_quads(&format!("{{{context},{member}}}"));
        let predicate = member.get(1..2).unwrap_or_default();
        assert_eq!(quads, format!("_:c14n0 <a:{predicate}> {literal} .\n"));
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn language_tags_can_keep_their_case() {
    let document = parsed(r#"{"@context":{"n":"a:n"},"n":{"@value":"x","@language":"en-US"}}"#);
    for (language_tags, tag) in [(LanguageTags::Lowercase, "en-us"), (LanguageTags::AsWritten, "en-US")] {
        let settings = Settings { language_tags, ..settings() };
        let Ok(dataset) = to_quads(&document, &settings, &mut Budget::full()) else { panic!("not expanded") };
        assert!(dataset.has_capital_language_tag);
        assert!(same_dataset(&dataset.quads, &parse_n_quads(&format!("_:a <a:n> \"x\"@{tag} ."))).is_ok());
    }
    assert!(!dataset(&credential("", r#","name":{"@value":"x","@language":"en"}"#)).has_capital_language_tag);
}

/// `1EdTechRevocationList` has no meaning without the extensions context, and one with it.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn extension_types_need_the_extensions_context() {
    for (extension, expected) in [
        ("", vec!["relative-type /credentialStatus/type 1EdTechRevocationList"]),
        (r#","https://purl.imsglobal.org/spec/ob/v3p0/extensions.json""#, vec![]),
    ] {
        let document = format!(
            r#"{{"@context":["https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"{extension}],
                "type":["VerifiableCredential","OpenBadgeCredential"],
                "credentialStatus":{{"id":"a:b","type":"1EdTechRevocationList"}}}}"#
        );
        let dataset = dataset(&document);
        assert_eq!(shown(&dataset.undefined), expected);
        assert_eq!(shown(&dataset.foreign), Vec::<String>::new());
        let offered: Vec<Text> = vec!["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json".into()];
        assert_eq!(dataset.variants_offered, offered);
    }
}

/// The older content under the address of the 3.0.3 context does not define `endorsementJwt`.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_variant_context_is_used_where_it_is_asked_for() {
    let url: Text = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json".into();
    let document = parsed(&format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2","{url}"],
            "type":["VerifiableCredential","OpenBadgeCredential"],"endorsementJwt":["e30.e30.e30"]}}"#
    ));
    for (variants, expected) in
        [(vec![], vec![]), (vec![url.clone()], vec!["undefined-term /endorsementJwt endorsementJwt"])]
    {
        let settings = Settings { variants: &variants, ..settings() };
        let Ok(dataset) = to_quads(&document, &settings, &mut Budget::full()) else { panic!("not expanded") };
        assert_eq!(shown(&dataset.undefined), expected);
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn unknown_contexts_are_all_named_and_supplied_ones_used() {
    let document = parsed(
        r#"{"@context":["https://www.w3.org/ns/credentials/v2","https://a.example/1"],
            "type":"VerifiableCredential","credentialSubject":{"@context":"https://a.example/2","foo":{"@context":["https://a.example/3",{}],"foo":"x"}}}"#,
    );
    let unknown: Vec<Text> = ["1", "2", "3"].map(|end| format!("https://a.example/{end}").into()).into();
    assert_eq!(
        to_quads(&document, &settings(), &mut Budget::full()).err(),
        Some(Error::UnknownContexts(unknown))
    );
    let supplied = |url: &str| {
        url.starts_with("https://a.example/")
            .then(|| Rc::new(parsed(r#"{"@context":{"foo":"https://schema.org/foo"}}"#)))
    };
    let settings = Settings { supplied: &supplied, ..settings() };
    let Ok(dataset) = to_quads(&document, &settings, &mut Budget::full()) else { panic!("not expanded") };
    assert_eq!((shown(&dataset.undefined), shown(&dataset.foreign)), (vec![], vec![]));
}

/// Intermediate values of the W3C Data Integrity vectors.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn data_integrity_intermediate_values() {
    let folder = "tests/vectors/04-rdf-canon/data-integrity";
    for (document, canonical) in
        [("unsigned.json", "canonDocDataInt.txt"), ("proofConfigDataInt.json", "proofCanonDataInt.txt")]
    {
        let found = n_quads(&read_text(&format!("{folder}/{document}")));
        assert_eq!(found, read_text(&format!("{folder}/{canonical}")), "{document}");
    }
}

/// The same document gives the same result, findings and cost the first time and every time after.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn remembered_contexts_change_nothing() {
    let document =
        credential(r#"{"x":{"@id":"a:x","@context":{"y":"a:y"}}}"#, r#","x":{"y":"1","z":"2"},"name":"n""#);
    let mut spent = Vec::new();
    for _ in 0..3 {
        let mut budget = Budget::full();
        let Ok(dataset) = to_quads(&parsed(&document), &settings(), &mut budget) else {
            panic!("not expanded")
        };
        assert_eq!(shown(&dataset.undefined), ["undefined-term /x/z z"]);
        let mut left = 0;
        while budget.context_load().is_ok() {
            left += 1;
        }
        spent.push((left, dataset.quads));
    }
    assert!(spent.windows(2).all(|pair| matches!(pair, [one, other] if one == other)));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn hostile_documents_stop_at_a_limit_or_are_read() {
    let limit = |document: &str| to_quads(&parsed(document), &settings(), &mut Budget::full()).err();
    let items: String = vec![r#"{"@context":{"k":"a:a"},"k":1}"#; 300].join(",");
    assert_eq!(limit(&format!("[{items}]")), Some(Error::Limit(LimitReached("inline-contexts"))));
    let terms: String = (0..1_100).map(|number| format!(r#""t{number}":"a:{number}","#)).collect();
    assert_eq!(
        limit(&format!(r#"{{"@context":{{{terms}"z":"a:z"}}}}"#)),
        Some(Error::Limit(LimitReached("inline-terms")))
    );
    let urls =
        vec![r#""https://www.w3.org/ns/credentials/examples/v2","https://w3id.org/security/v1""#; 20_000]
            .join(",");
    assert_eq!(
        limit(&format!(r#"{{"@context":[{urls}],"@id":"a:b"}}"#)),
        Some(Error::Limit(LimitReached("context-loads")))
    );
    // As deep as the reader allows, with a context scoped to the property at every level.
    let context = r#"{"p":{"@id":"a:p","@context":{"q":"a:q"}}}"#;
    let deep = format!(r#"{{"@context":{context}{}{}"#, r#","p":{"q":"1""#.repeat(125), "}".repeat(126));
    assert_eq!(dataset(&deep).quads.len(), 250);
}
