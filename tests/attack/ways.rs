//! The terms that are read, and ways to say one member otherwise.

use verify_credential::claims::{self, Property};
use verify_credential::codec::json::Value;

use crate::own::edit::{Doc, object, string, value};

/// The terms that are read, with what they are in the quads.
pub const READ: &[Property] = &[
    claims::ISSUER,
    claims::CREDENTIAL_SUBJECT,
    claims::CREDENTIAL_STATUS,
    claims::EVIDENCE,
    claims::VALID_FROM,
    claims::VALID_UNTIL,
    claims::ISSUANCE_DATE,
    claims::EXPIRATION_DATE,
    claims::NAME,
    claims::DESCRIPTION,
    claims::URL,
    claims::TARGET_NAME,
    claims::TARGET_URL,
    claims::TARGET_FRAMEWORK,
    claims::TARGET_DESCRIPTION,
    claims::STATUS_PURPOSE,
    claims::STATUS_LIST_INDEX,
    claims::STATUS_LIST_CREDENTIAL,
    claims::CREATED,
    claims::EXPIRES,
    claims::PROOF_PURPOSE,
    claims::VERIFICATION_METHOD,
    claims::CRYPTOSUITE,
    claims::ACHIEVEMENT,
    claims::ACHIEVEMENT_TYPE,
    claims::CRITERIA,
    claims::NARRATIVE,
    claims::ALIGNMENT,
    claims::TARGET_CODE,
    claims::IMAGE,
];

/// Ways to say one member otherwise. Each gets the document, the place of the object, the name of the
/// member, its IRI, and the type its values may have to be given.
pub type Way = fn(&mut Doc, &str, &str, &str, Option<&str>);

/// Every way, by its name.
pub const WAYS: &[(&str, Way)] = &[
    ("iri", |doc, place, name, iri, kind| {
        typed(doc, place, name, kind);
        doc.rename(&format!("{place}/{name}"), iri);
    }),
    ("prefix", |doc, place, name, iri, kind| {
        let cut = iri.len() - 3;
        doc.add_context(value(&format!(r#"{{"q":{{"@id":"{}","@prefix":true}}}}"#, &iri[..cut])));
        typed(doc, place, name, kind);
        doc.rename(&format!("{place}/{name}"), &format!("q:{}", &iri[cut..]));
    }),
    ("alias", |doc, place, name, iri, kind| {
        let kind = kind.map(|kind| format!(r#","@type":"{kind}""#)).unwrap_or_default();
        doc.add_context(value(&format!(r#"{{"q":{{"@id":"{iri}"{kind}}}}}"#)));
        doc.rename(&format!("{place}/{name}"), "q");
    }),
    ("scoped-alias", |doc, place, name, iri, kind| {
        let kind = kind.map(|kind| format!(r#","@type":"{kind}""#)).unwrap_or_default();
        let context = value(&format!(r#"{{"q":{{"@id":"{iri}"{kind}}}}}"#));
        if place.is_empty() {
            doc.add_context(context);
        } else {
            doc.put(&format!("{place}/@context"), context);
        }
        doc.rename(&format!("{place}/{name}"), "q");
    }),
    ("vocab", |doc, place, name, iri, kind| {
        let cut = iri.len() - 3;
        doc.add_context(object(&[("@vocab", string(&iri[..cut]))]));
        typed(doc, place, name, kind);
        doc.rename(&format!("{place}/{name}"), &iri[cut..]);
    }),
    ("nest", |doc, place, name, _, _| {
        let taken = doc.take(&format!("{place}/{name}"));
        doc.put(&format!("{place}/@nest"), object(&[(name, taken)]));
    }),
    ("alias-of-nest", |doc, place, name, _, _| {
        doc.add_context(value(r#"{"q":"@nest"}"#));
        let taken = doc.take(&format!("{place}/{name}"));
        doc.put(&format!("{place}/q"), object(&[(name, taken)]));
    }),
    ("included", |doc, place, name, _, _| {
        let Some(id) = doc.get(&format!("{place}/id")).cloned() else { return };
        let types = doc.get(&format!("{place}/type")).cloned();
        let taken = doc.take(&format!("{place}/{name}"));
        let mut body = Doc(object(&[("id", id), (name, taken)]));
        if let Some(types) = types {
            body.put("/type", types);
        }
        doc.put("/@included", Value::Array(vec![body.0]));
    }),
    ("beside-null", |doc, place, name, iri, kind| {
        typed(doc, place, name, kind);
        doc.rename(&format!("{place}/{name}"), iri);
        doc.put(&format!("{place}/{name}"), Value::Null);
    }),
    ("beside-empty", |doc, place, name, iri, kind| {
        typed(doc, place, name, kind);
        doc.rename(&format!("{place}/{name}"), iri);
        doc.put(&format!("{place}/{name}"), Value::Array(Vec::new()));
    }),
    ("set", |doc, place, name, _, _| {
        let taken = doc.take(&format!("{place}/{name}"));
        doc.put(&format!("{place}/{name}"), object(&[("@set", Value::Array(vec![taken]))]));
    }),
    ("list", |doc, place, name, _, _| {
        let taken = doc.take(&format!("{place}/{name}"));
        doc.put(&format!("{place}/{name}"), object(&[("@list", Value::Array(vec![taken]))]));
    }),
    ("graph", |doc, place, name, _, _| {
        let taken = doc.take(&format!("{place}/{name}"));
        doc.put(&format!("{place}/{name}"), object(&[("@graph", taken)]));
    }),
    ("twice", |doc, place, name, _, _| {
        let taken = doc.take(&format!("{place}/{name}"));
        doc.put(&format!("{place}/{name}"), Value::Array(vec![taken.clone(), taken]));
    }),
];

/// Gives the value of a member the form that a member without a definition needs.
fn typed(doc: &mut Doc, place: &str, name: &str, kind: Option<&str>) {
    let place = format!("{place}/{name}");
    let Some(Value::String(text)) = doc.get(&place).cloned() else { return };
    match kind {
        Some("@id") => doc.put(&place, object(&[("@id", Value::String(text))])),
        Some(kind) => doc.put(&place, object(&[("@value", Value::String(text)), ("@type", string(kind))])),
        None => {}
    }
}
