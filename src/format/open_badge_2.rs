//! Layer 2. Open Badges 2.0 and 2.1: what an assertion is, and its words in those of 3.0.
//!
//! An assertion, its badge class and its issuer are three documents, plain JSON that is read by the
//! names of members: no signature covers quads here, so what a context could make of other names is
//! nothing that anybody vouches for. Whether they are to be believed is not asked here. Spec:
//! [Open Badges 2.0](https://www.imsglobal.org/spec/ob/v2p0/#BadgeObjects).

use crate::codec::date_time;
use crate::codec::json::{Object, Text, Value};
use crate::codec::spec;
use crate::format::Format;

/// The format of assertions, as far as their edition is not known.
pub const FORMAT: Format = Format {
    name: "open-badge-2",
    spec: spec("https://www.imsglobal.org/spec/ob/v2p0/#Assertion"),
    matches: |types| types.contains(&"Assertion") && !types.contains(&"VerifiableCredential"),
};

/// Open Badges before 3.0, as a document of theirs says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// 0.5: one document, without an address.
    BeforeFirst,
    /// 1.0 and 1.1.
    First,
    /// 2.0 and 2.1.
    Second,
}

/// Whether `document` awards a badge of an edition before 3.0.
pub fn is_assertion(document: &Object) -> bool {
    let has = |name: &str| document.get(name).is_some();
    let has_address = || document.get("verify").is_some_and(|verify| verify.get("url").is_some());
    let types = document.get("type").map(Value::as_set).unwrap_or_default();
    let is_typed = |name: &str| types.iter().any(|one| one.as_str() == Some(name));
    !has("credentialSubject")
        && !is_typed("VerifiableCredential")
        && (is_typed("Assertion")
            || (has("badge") && (has("recipient") || has("verify") || has("verification")))
            || has_address())
}

/// The edition that `document` is written in, by its vocabulary; none where that is a foreign one.
pub fn edition(document: &Object) -> Option<Edition> {
    let contexts = document.get("@context").map(Value::as_set).unwrap_or_default();
    let uses = |known: &[&str]| contexts.iter().filter_map(Value::as_str).any(|it| known.contains(&it));
    let badge = document.get("badge").and_then(Value::as_object);
    match contexts {
        [] if badge.is_some_and(|badge| badge.get("id").is_none()) => Some(Edition::BeforeFirst),
        [] => Some(Edition::First),
        _ if uses(SECOND) => Some(Edition::Second),
        _ if uses(FIRST) => Some(Edition::First),
        _ => None,
    }
}

/// A member of `document` that means something else than it reads, or something that is read, under
/// another name: keywords, names in the vocabularies that are read, terms of ours defined anew.
pub fn foreign(document: &Object) -> Option<Text> {
    let is_foreign = |name: &str| {
        (name.starts_with('@') && name != "@context")
            || VOCABULARIES.iter().any(|vocabulary| name.starts_with(vocabulary))
    };
    let contexts = document.get("@context").map(Value::as_set).unwrap_or_default();
    let terms = contexts.iter().filter_map(Value::as_object).flat_map(Object::iter);
    let mut redefined = terms.map(|(name, _)| name).filter(|name| TERMS.contains(&&***name));
    let mut names = document.iter().map(|(name, _)| name).filter(|name| is_foreign(name));
    names.next().or_else(|| redefined.next()).cloned()
}

/// The documents of one badge in the words of Open Badges 3.0; what is not at hand is left out.
///
/// Dates are put into the form of 3.0 where they were right in an earlier edition: seconds since 1970,
/// or a day. Anything else stays as it is, and is judged as a date. A recipient's identifier is taken
/// over as it is.
pub fn in_words_of_3(assertion: &Object, class: Option<&Object>, issuer: Option<&Object>) -> Value {
    let mut credential = copied(assertion, &[("id", "id"), ("image", "image")]);
    credential.insert("type".into(), texts(&["VerifiableCredential", "OpenBadgeCredential"]));
    for (old, new) in [("issuedOn", "validFrom"), ("expires", "validUntil")] {
        if let Some(time) = assertion.get(old) {
            credential.insert(new.into(), in_form_of_3(time));
        }
    }
    let of_class = class.and_then(|class| class.get("issuer"));
    let issuer = match (issuer, of_class) {
        (Some(issuer), _) => Some(Value::Object(copied(issuer, PROFILE))),
        (None, Some(Value::Object(issuer))) => Some(Value::Object(copied(issuer, PROFILE))),
        (None, other) => other.cloned(),
    };
    if let Some(issuer) = issuer {
        credential.insert("issuer".into(), issuer);
    }
    let evidence = assertion.get("evidence").map(Value::as_set).unwrap_or_default();
    if !evidence.is_empty() {
        credential.insert("evidence".into(), each(evidence, |item| described(item, EVIDENCE, "Evidence")));
    }
    let mut subject = copied(assertion, &[("narrative", "narrative")]);
    subject.insert("type".into(), texts(&["AchievementSubject"]));
    let recipients = assertion.get("recipient").map(Value::as_set).unwrap_or_default();
    subject.insert("identifier".into(), each(recipients, identity));
    let achievement =
        class.map(achievement).or_else(|| assertion.get("badge").map(|id| reference(id, "Achievement")));
    if let Some(achievement) = achievement {
        subject.insert("achievement".into(), achievement);
    }
    credential.insert("credentialSubject".into(), Value::Object(subject));
    Value::Object(credential)
}

/// How many endorsements stand in `document`, or are referred to.
pub fn endorsements(document: &Object) -> usize {
    document.get("endorsement").map_or(0, |endorsements| endorsements.as_set().len())
}

fn achievement(class: &Object) -> Value {
    let mut achievement = copied(class, ACHIEVEMENT);
    achievement.insert("type".into(), texts(&["Achievement"]));
    if let Some(criteria) = class.get("criteria") {
        achievement.insert("criteria".into(), described(criteria, CRITERIA, "Criteria"));
    }
    let alignments = class.get("alignment").map(Value::as_set).unwrap_or_default();
    achievement.insert("alignment".into(), each(alignments, |item| described(item, ALIGNMENT, "Alignment")));
    Value::Object(achievement)
}

/// The [IdentityObject](https://www.imsglobal.org/spec/ob/v2p0/#IdentityObject) of 3.0. Whether it is hashed
/// shows in the identity itself: an algorithm, a dollar sign and digits. It is not left to a flag that may
/// have been forgotten, because a hash is nobody's name.
fn identity(recipient: &Value) -> Value {
    let Some(recipient) = recipient.as_object() else { return object(Vec::new()) };
    let mut identity = copied(recipient, &[("identity", "identityHash"), ("salt", "salt")]);
    let stated = recipient.get("hashed").is_some_and(|hashed| *hashed == Value::Bool(true));
    let of_identity = recipient.get("identity").and_then(Value::as_str).unwrap_or_default();
    let is_hash = HASHES.iter().any(|algorithm| of_identity.starts_with(algorithm));
    let kind = match recipient.get("type").and_then(Value::as_str) {
        Some("email") => "emailAddress",
        Some(other) => other,
        None => "identifier",
    };
    identity.insert("type".into(), text("IdentityObject"));
    identity.insert("identityType".into(), text(kind));
    identity.insert("hashed".into(), Value::Bool(stated || is_hash));
    Value::Object(identity)
}

/// `item` with the members that are read, or, where it is an address alone, a thing with that address.
fn described(item: &Value, names: &[(&str, &str)], kind: &str) -> Value {
    let Some(object) = item.as_object() else { return reference(item, kind) };
    let mut copy = copied(object, names);
    copy.insert("type".into(), texts(&[kind]));
    Value::Object(copy)
}

fn reference(id: &Value, kind: &str) -> Value {
    object(vec![("id", id.clone()), ("type", texts(&[kind]))])
}

/// The members of `from` under their new names; of several old names for one, the first that is there.
fn copied(from: &Object, names: &[(&str, &str)]) -> Object {
    let mut copy = Object::default();
    for (old, new) in names {
        if let (Some(value), None) = (from.get(old), copy.get(new)) {
            copy.insert((*new).into(), value.clone());
        }
    }
    copy
}

fn in_form_of_3(time: &Value) -> Value {
    match time {
        Value::Number(number) => match number.whole() {
            Some(seconds) => text(&date_time::to_text(seconds)),
            None => text(&number.text),
        },
        Value::String(day) if date_time::parse_date(day).is_some() => text(&format!("{day}T00:00:00Z")),
        other => other.clone(),
    }
}

fn each(items: &[Value], read: fn(&Value) -> Value) -> Value {
    Value::Array(items.iter().map(read).collect())
}

fn texts(items: &[&str]) -> Value {
    Value::Array(items.iter().map(|item| text(item)).collect())
}

/// `text` as a value.
pub fn text(text: &str) -> Value {
    Value::String(text.into())
}

/// An object of these members.
pub fn object(members: Vec<(&str, Value)>) -> Value {
    let mut object = Object::default();
    for (name, value) in members {
        object.insert(name.into(), value);
    }
    Value::Object(object)
}

/// The vocabularies of 2.0, and of 2.1.
const SECOND: &[&str] = &[
    "https://w3id.org/openbadges/v2",
    "https://openbadgespec.org/v2/context.json",
    "https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld",
];
/// The vocabulary of 1.1; 1.0 has none.
const FIRST: &[&str] = &["https://w3id.org/openbadges/v1", "https://openbadgespec.org/v1/context.json"];

const PROFILE: &[(&str, &str)] = &[
    ("id", "id"),
    ("name", "name"),
    ("url", "url"),
    ("email", "email"),
    ("description", "description"),
    ("image", "image"),
    ("telephone", "phone"),
];
const ACHIEVEMENT: &[(&str, &str)] =
    &[("id", "id"), ("name", "name"), ("description", "description"), ("image", "image"), ("tags", "tag")];
const CRITERIA: &[(&str, &str)] = &[("id", "id"), ("narrative", "narrative")];
const EVIDENCE: &[(&str, &str)] = &[
    ("id", "id"),
    ("name", "name"),
    ("description", "description"),
    ("narrative", "narrative"),
    ("genre", "genre"),
    ("audience", "audience"),
];
/// The names of 2.0, then those of 1.x.
const ALIGNMENT: &[(&str, &str)] = &[
    ("targetName", "targetName"),
    ("targetUrl", "targetUrl"),
    ("targetDescription", "targetDescription"),
    ("targetFramework", "targetFramework"),
    ("targetCode", "targetCode"),
    ("name", "targetName"),
    ("url", "targetUrl"),
    ("description", "targetDescription"),
];
/// How identities begin that are hashes.
const HASHES: &[&str] = &["sha256$", "md5$"];
/// What decides something: no context of a document may say what these are.
const TERMS: &[&str] = &[
    "id",
    "type",
    "badge",
    "issuer",
    "recipient",
    "identity",
    "verification",
    "verify",
    "startsWith",
    "allowedOrigins",
    "publicKey",
    "revocationList",
    "revoked",
    "issuedOn",
    "expires",
    "name",
];
/// How names begin that would be read if they were said plainly.
const VOCABULARIES: &[&str] = &[
    "obi:",
    "schema:",
    "sec:",
    "cred:",
    "dc:",
    "https://w3id.org/openbadges#",
    "https://w3id.org/security#",
    "http://schema.org/",
    "https://schema.org/",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::json;
    use crate::limits::Budget;

    fn read(text: &str) -> Object {
        match json::parse(text.as_bytes(), &mut Budget::full()) {
            Ok(Value::Object(object)) => object,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_assertion_is_known_by_its_type_or_members() {
        for text in [
            r#"{"type":"Assertion"}"#,
            r#"{"type":["Assertion","https://a.example/T"]}"#,
            r#"{"badge":"b","recipient":{}}"#,
            r#"{"badge":{},"verify":{}}"#,
            r#"{"verify":{"url":"u"}}"#,
        ] {
            assert!(is_assertion(&read(text)), "{text}");
        }
        for text in [
            "{}",
            r#"{"type":["VerifiableCredential","Assertion"]}"#,
            r#"{"badge":"b","recipient":{},"credentialSubject":{}}"#,
            r#"{"badge":"b"}"#,
            r#"{"verify":"u"}"#,
            r#"{"type":"BadgeClass","issuer":"i"}"#,
        ] {
            assert!(!is_assertion(&read(text)), "{text}");
        }
    }

    #[test]
    fn the_vocabulary_tells_the_edition() {
        let table = [
            (r#"{"@context":"https://w3id.org/openbadges/v2"}"#, Some(Edition::Second)),
            (r#"{"@context":["https://x.example","https://w3id.org/openbadges/v2"]}"#, Some(Edition::Second)),
            (r#"{"@context":"https://w3id.org/openbadges/v1"}"#, Some(Edition::First)),
            (r#"{"@context":"https://w3id.org/openbadges/v3"}"#, None),
            (r#"{"@context":{"id":"@id"}}"#, None),
            (r#"{"badge":"https://a.example/b"}"#, Some(Edition::First)),
            (r#"{"badge":{"id":"https://a.example/b"}}"#, Some(Edition::First)),
            (r#"{"badge":{"name":"b"}}"#, Some(Edition::BeforeFirst)),
        ];
        for (text, expected) in table {
            assert_eq!(edition(&read(text)), expected, "{text}");
        }
    }

    #[test]
    fn an_identity_is_taken_over_as_it_is() {
        let hashed = |text: &str| identity(&Value::Object(read(text))).get("hashed").cloned();
        let table = [
            (r#"{"identity":"kim@example.org","hashed":false}"#, false),
            (r#"{"identity":"kim@example.org"}"#, false),
            (r#"{"identity":"sha256$00","hashed":false}"#, true),
            (r#"{"identity":"md5$00"}"#, true),
            (r#"{"identity":"c2hhMjU2","hashed":true}"#, true),
            (r#"{"identity":"kim","hashed":"true"}"#, false),
            ("{}", false),
        ];
        for (text, expected) in table {
            assert_eq!(hashed(text), Some(Value::Bool(expected)), "{text}");
        }
    }
}
