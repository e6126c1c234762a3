//! Attacks on real credentials, one by one: what is done to which, and what must become of it.

use verify_credential::canon::contexts;
use verify_credential::codec::json::Value;

use super::{ALIGNMENTS, ANDAMIO, BOTH, EXPIRED, EXPIRED_V1, REVOKED, REVOKED_V1, SEC, STATUS, VC, turned};
use crate::own::edit::{Doc, object, string, value};
use crate::support;

/// What must become of an attack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Then {
    /// The signature goes on holding, and this is not relied on.
    Foreign,
    /// The signature goes on holding, and the same is shown.
    Same,
    /// It is not relied on, for whatever reason.
    Refused,
}

/// One attack on one document.
pub type Attack = (&'static str, &'static str, fn(&mut Doc), Then);

/// Every attack.
pub const ATTACKS: &[Attack] = &[
    (
        "status-as-iri",
        REVOKED,
        |doc| doc.rename("/credentialStatus", &format!("{VC}credentialStatus")),
        Then::Foreign,
    ),
    (
        "status-as-iri-v1",
        REVOKED_V1,
        |doc| doc.rename("/credentialStatus", &format!("{VC}credentialStatus")),
        Then::Foreign,
    ),
    (
        "status-by-inline-prefix",
        REVOKED,
        |doc| {
            doc.add_context(object(&[("v", string(VC))]));
            doc.rename("/credentialStatus", "v:credentialStatus");
        },
        Then::Foreign,
    ),
    (
        "status-by-inline-alias",
        REVOKED,
        |doc| {
            doc.add_context(value(&format!(
                r#"{{"termsOfService":{{"@id":"{VC}credentialStatus","@type":"@id"}}}}"#
            )));
            doc.rename("/credentialStatus", "termsOfService");
        },
        Then::Foreign,
    ),
    (
        "status-by-inline-vocab",
        REVOKED,
        |doc| {
            doc.add_context(object(&[("@vocab", string(&format!("{VC}credential")))]));
            doc.rename("/credentialStatus", "Status");
        },
        Then::Foreign,
    ),
    (
        // The context scoped to the type comes later, and has its own definition.
        "status-term-given-away",
        REVOKED,
        |doc| doc.add_context(value(r#"{"credentialStatus":"https://forger.example/#nothing"}"#)),
        Then::Same,
    ),
    ("status-term-null", REVOKED, |doc| doc.add_context(value(r#"{"credentialStatus":null}"#)), Then::Same),
    (
        "status-type-null",
        REVOKED,
        |doc| doc.add_context(value(r#"{"BitstringStatusListEntry":null}"#)),
        Then::Refused,
    ),
    ("contexts-cleared", REVOKED, |doc| doc.add_context(Value::Null), Then::Refused),
    (
        "status-in-included",
        REVOKED,
        |doc| {
            let status = doc.take("/credentialStatus");
            let id = doc.get("/id").cloned().expect("it has an id");
            let body =
                object(&[("id", id), ("type", string("VerifiableCredential")), ("credentialStatus", status)]);
            doc.put("/@included", Value::Array(vec![body]));
        },
        Then::Foreign,
    ),
    (
        "expiry-in-a-second-body",
        BOTH,
        |doc| {
            let until = doc.take("/validUntil");
            let id = doc.get("/id").cloned().expect("it has an id");
            doc.put(
                "/@included",
                object(&[("id", id), ("type", string("VerifiableCredential")), ("validUntil", until)]),
            );
        },
        Then::Foreign,
    ),
    (
        "status-in-aliased-included",
        REVOKED,
        |doc| {
            doc.add_context(value(r#"{"moreInfo":"@included"}"#));
            let status = doc.take("/credentialStatus");
            let id = doc.get("/id").cloned().expect("it has an id");
            doc.put(
                "/moreInfo",
                object(&[("id", id), ("type", string("VerifiableCredential")), ("credentialStatus", status)]),
            );
        },
        Then::Foreign,
    ),
    (
        "status-in-nest",
        REVOKED,
        |doc| {
            let status = doc.take("/credentialStatus");
            doc.put("/@nest", object(&[("credentialStatus", status)]));
        },
        Then::Foreign,
    ),
    (
        "expiry-in-aliased-nest",
        EXPIRED,
        |doc| {
            doc.add_context(value(r#"{"labels":"@nest"}"#));
            let until = doc.take("/validUntil");
            doc.put("/labels", object(&[("validUntil", until)]));
        },
        Then::Foreign,
    ),
    (
        "expiry-as-iri-v1",
        EXPIRED_V1,
        |doc| {
            let until = doc.take("/expirationDate");
            let typed =
                object(&[("@value", until), ("@type", string("http://www.w3.org/2001/XMLSchema#dateTime"))]);
            doc.put(&format!("/{}", "expiresOn"), typed);
            doc.rename("/expiresOn", &format!("{VC}expirationDate"));
        },
        Then::Foreign,
    ),
    (
        "expiry-by-other-embedded-context",
        EXPIRED_V1,
        |doc| {
            doc.add_context(string("https://www.w3.org/ns/credentials/undefined-terms/v2"));
            doc.rename("/expirationDate", "expires");
        },
        Then::Refused,
    ),
    (
        "status-by-reverse",
        REVOKED,
        |doc| {
            let status = doc.take("/credentialStatus");
            let id = doc.get("/id").cloned().expect("it has an id");
            doc.put("/@included", status);
            // A reverse map has no type of its own, so the property is written as an IRI.
            doc.put(
                "/@included/@reverse",
                object(&[(&format!("{VC}credentialStatus"), object(&[("id", id)]))]),
            );
        },
        Then::Foreign,
    ),
    (
        "status-by-inline-reverse",
        REVOKED,
        |doc| {
            doc.add_context(value(&format!(
                r#"{{"standingOf":{{"@reverse":"{VC}credentialStatus","@type":"@id"}}}}"#
            )));
            let status = doc.take("/credentialStatus");
            let id = doc.get("/id").cloned().expect("it has an id");
            doc.put("/@included", status);
            doc.put("/@included/standingOf", id);
        },
        Then::Foreign,
    ),
    (
        "everything-in-a-graph",
        REVOKED,
        |doc| {
            let context = doc.take("/@context");
            let proof = doc.take("/proof");
            let whole = doc.0.clone();
            doc.0 = object(&[("@context", context), ("@graph", Value::Array(vec![whole])), ("proof", proof)]);
        },
        Then::Refused,
    ),
    (
        "shell-around-a-graph",
        REVOKED,
        |doc| {
            let whole = Doc(doc.0.clone());
            let mut inner = whole.clone();
            inner.take("/@context");
            inner.take("/proof");
            doc.take("/credentialStatus");
            doc.put("/@graph", inner.0);
        },
        Then::Refused,
    ),
    (
        "index-says-more",
        ALIGNMENTS,
        |doc| doc.put("/credentialSubject/@index", string("with distinction")),
        Then::Foreign,
    ),
    (
        "aliased-index-says-more",
        ALIGNMENTS,
        |doc| {
            doc.add_context(value(r#"{"grade":"@index"}"#));
            doc.put("/credentialSubject/achievement/grade", string("with distinction"));
        },
        Then::Foreign,
    ),
    (
        "index-map-says-more",
        ALIGNMENTS,
        |doc| {
            doc.add_context(value(
                r#"{"gradedBy":{"@id":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#alignment","@container":"@index","@type":"@id"}}"#,
            ));
            let alignment = doc.take("/credentialSubject/achievement/alignment");
            doc.put("/credentialSubject/achievement/gradedBy", object(&[("with distinction", alignment)]));
        },
        Then::Foreign,
    ),
    (
        "name-as-iri-and-another-name",
        ALIGNMENTS,
        |doc| {
            doc.rename("/credentialSubject/achievement/name", "https://schema.org/name");
            doc.add_context(value(r#"{"name":null}"#));
            doc.put("/credentialSubject/achievement/name", string("Surgery"));
        },
        Then::Refused,
    ),
    (
        "name-hidden-by-a-scoped-context",
        ALIGNMENTS,
        |doc| {
            doc.add_context(value(
                r#"{"achieved":{"@id":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievement","@type":"@id",
                   "@context":{"title":{"@id":"https://schema.org/name"},"name":null}}}"#,
            ));
            doc.rename("/credentialSubject/achievement", "achieved");
            doc.rename("/credentialSubject/achieved/name", "title");
            doc.put("/credentialSubject/achieved/name", string("Surgery"));
        },
        Then::Refused,
    ),
    ("type-as-keyword", ALIGNMENTS, |doc| doc.rename("/type", "@type"), Then::Foreign),
    ("id-as-keyword", ALIGNMENTS, |doc| doc.rename("/credentialSubject/achievement/id", "@id"), Then::Same),
    (
        "type-as-iri",
        ALIGNMENTS,
        |doc| doc.put("/type/-", string(&format!("{VC}VerifiableCredential"))),
        Then::Foreign,
    ),
    (
        "type-by-inline-alias",
        ALIGNMENTS,
        |doc| {
            doc.add_context(value(r#"{"kind":"@type"}"#));
            doc.rename("/credentialSubject/achievement/type", "kind");
        },
        Then::Foreign,
    ),
    (
        "types-shuffled",
        ALIGNMENTS,
        |doc| doc.put("/type", value(r#"["OpenBadgeCredential","VerifiableCredential"]"#)),
        Then::Same,
    ),
    (
        "value-written-as-value-object",
        ALIGNMENTS,
        |doc| {
            let name = doc.take("/name");
            doc.put("/name", object(&[("@value", name)]));
        },
        Then::Same,
    ),
    (
        "single-values-in-arrays",
        ALIGNMENTS,
        |doc| {
            let achievement = doc.take("/credentialSubject/achievement");
            doc.put("/credentialSubject/achievement", Value::Array(vec![achievement.clone(), achievement]));
        },
        Then::Refused,
    ),
    (
        "blank-nodes-given-labels",
        ALIGNMENTS,
        |doc| doc.put("/credentialSubject/achievement/alignment/0/id", string("_:c14n0")),
        Then::Same,
    ),
    (
        "blank-nodes-given-one-label",
        ALIGNMENTS,
        |doc| {
            doc.put("/credentialSubject/achievement/alignment/0/id", string("_:a"));
            doc.put("/credentialSubject/achievement/alignment/1/id", string("_:a"));
        },
        Then::Refused,
    ),
    (
        "id-of-something-else",
        REVOKED,
        |doc| {
            let id = doc.get("/credentialSubject/achievement/id").cloned().expect("it has an id");
            doc.put("/id", id);
        },
        Then::Refused,
    ),
    (
        "base-added-and-ids-cut",
        ALIGNMENTS,
        |doc| {
            doc.add_context(value(r#"{"@base":"https://1edtech.edu/"}"#));
            doc.put("/credentialSubject/achievement/id", string("achievements/1"));
        },
        Then::Foreign,
    ),
    (
        "contexts-in-another-order",
        ALIGNMENTS,
        |doc| {
            let first = doc.take("/@context/0");
            doc.put("/@context/-", first);
        },
        Then::Refused,
    ),
    (
        "context-twice",
        REVOKED,
        |doc| doc.add_context(string("https://www.w3.org/ns/credentials/v2")),
        Then::Same,
    ),
    (
        "context-of-the-network",
        REVOKED,
        |doc| doc.add_context(string("https://forger.example/context.json")),
        Then::Refused,
    ),
    (
        "embedded-context-written-out",
        REVOKED,
        |doc| {
            let bytes =
                contexts::embedded("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", false);
            let copy = support::json(bytes.expect("it is embedded")).expect("it is JSON");
            doc.put("/@context/1", copy.get("@context").cloned().expect("it has a context"));
        },
        Then::Same,
    ),
    (
        "embedded-context-written-out-and-more",
        REVOKED,
        |doc| {
            let bytes =
                contexts::embedded("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", false);
            let copy = support::json(bytes.expect("it is embedded")).expect("it is JSON");
            let mut copy = Doc(copy.get("@context").cloned().expect("it has a context"));
            copy.put("/notes", value(&format!(r#"{{"@id":"{VC}credentialStatus","@type":"@id"}}"#)));
            doc.put("/@context/1", copy.0);
            doc.rename("/credentialStatus", "notes");
        },
        Then::Foreign,
    ),
    (
        "proof-purpose-as-iri",
        REVOKED,
        |doc| {
            let place = proof(doc);
            doc.take(&format!("{place}/proofPurpose"));
            doc.put(
                &format!("{place}/purpose"),
                object(&[("@id", string(&format!("{SEC}assertionMethod")))]),
            );
            doc.rename(&format!("{place}/purpose"), &format!("{SEC}proofPurpose"));
        },
        Then::Foreign,
    ),
    (
        "proof-method-as-iri",
        REVOKED,
        |doc| {
            let place = proof(doc);
            let method = doc.take(&format!("{place}/verificationMethod"));
            doc.put(&format!("{place}/method"), object(&[("@id", method)]));
            doc.rename(&format!("{place}/method"), &format!("{SEC}verificationMethod"));
        },
        Then::Foreign,
    ),
    (
        "proof-in-its-own-context",
        REVOKED,
        |doc| {
            let place = proof(doc);
            doc.put(&format!("{place}/@context"), value(r#"[{"type":null,"created":null}]"#));
        },
        Then::Same,
    ),
    (
        "proof-says-more",
        REVOKED,
        |doc| {
            let place = proof(doc);
            doc.put(&format!("{place}/approvedBy"), string("the ministry"));
        },
        Then::Foreign,
    ),
    (
        "proof-of-another-suite",
        REVOKED,
        |doc| {
            let place = proof(doc);
            doc.put(&format!("{place}/cryptosuite"), string("eddsa-jcs-2022"));
        },
        Then::Refused,
    ),
    ("proofs-turned-around", BOTH, |doc| doc.put("/proof", turned(doc, "/proof")), Then::Same),
    (
        "one-proof-dropped",
        BOTH,
        |doc| {
            doc.take("/proof/0");
        },
        Then::Same,
    ),
    (
        "look-alike-member",
        REVOKED,
        |doc| doc.rename("/credentialStatus", "credentialSt\u{430}tus"),
        Then::Refused,
    ),
    (
        "look-alike-beside",
        ALIGNMENTS,
        |doc| doc.put("/credentialSubject/achievement/n\u{430}me", string("Surgery")),
        Then::Foreign,
    ),
    (
        "prototype-member",
        ALIGNMENTS,
        |doc| doc.put("/__proto__", value(r#"{"name":"Surgery"}"#)),
        Then::Foreign,
    ),
    (
        "constructor-member",
        ALIGNMENTS,
        |doc| doc.put("/constructor", value(r#"{"name":"Surgery"}"#)),
        Then::Foreign,
    ),
    ("empty-member", ALIGNMENTS, |doc| doc.put("/", string("Surgery")), Then::Foreign),
    ("keyword-like-member", ALIGNMENTS, |doc| doc.put("/@name", string("Surgery")), Then::Foreign),
    (
        "direction-says-more",
        ALIGNMENTS,
        |doc| {
            let name = doc.take("/name");
            doc.put("/name", object(&[("@value", name), ("@direction", string("rtl"))]));
        },
        Then::Foreign,
    ),
    (
        "dropped-value-beside",
        ALIGNMENTS,
        |doc| {
            doc.put("/credentialSubject/result", value(r#"[{"@value":null}]"#));
        },
        Then::Foreign,
    ),
    (
        "subject-twice",
        REVOKED,
        |doc| {
            let subject = doc.take("/credentialSubject");
            doc.put("/credentialSubject", Value::Array(vec![subject, value(r#"{"id":"urn:forger"}"#)]));
        },
        Then::Refused,
    ),
    (
        "evidence-shuffled",
        ANDAMIO,
        |doc| doc.put("/evidence/0/type", turned(doc, "/evidence/0/type")),
        Then::Same,
    ),
    (
        "status-in-an-array",
        REVOKED,
        |doc| {
            let status = doc.take("/credentialStatus");
            doc.put("/credentialStatus", Value::Array(vec![status]));
        },
        Then::Same,
    ),
    (
        "status-in-a-set",
        REVOKED,
        |doc| {
            let status = doc.take("/credentialStatus");
            doc.put("/credentialStatus", object(&[("@set", Value::Array(vec![status]))]));
        },
        Then::Foreign,
    ),
    (
        "status-in-a-list",
        REVOKED,
        |doc| {
            let status = doc.take("/credentialStatus");
            doc.put("/credentialStatus", object(&[("@list", Value::Array(vec![status]))]));
        },
        Then::Refused,
    ),
    (
        "suspension-instead",
        REVOKED,
        |doc| doc.put("/credentialStatus/statusPurpose", string("suspension")),
        Then::Refused,
    ),
    ("index-moved", REVOKED, |doc| doc.put("/credentialStatus/statusListIndex", string("9")), Then::Refused),
    (
        "index-with-a-sign",
        REVOKED,
        |doc| doc.put("/credentialStatus/statusListIndex", string("+8")),
        Then::Refused,
    ),
    (
        "index-as-a-number",
        REVOKED,
        |doc| doc.put("/credentialStatus/statusListIndex", value("8")),
        Then::Refused,
    ),
    (
        "list-moved",
        REVOKED,
        |doc| doc.put("/credentialStatus/statusListCredential", string("https://forger.example/list")),
        Then::Refused,
    ),
    (
        "entry-id-taken",
        REVOKED,
        |doc| {
            doc.take("/credentialStatus/id");
        },
        Then::Refused,
    ),
    (
        "entry-type-said-twice",
        REVOKED,
        |doc| {
            doc.put(
                "/credentialStatus/type",
                value(r#"["BitstringStatusListEntry","BitstringStatusListEntry"]"#),
            );
        },
        Then::Same,
    ),
    (
        "entry-purpose-as-iri",
        REVOKED,
        |doc| {
            doc.rename("/credentialStatus/statusPurpose", &format!("{STATUS}statusPurpose"));
        },
        Then::Foreign,
    ),
];

/// Where the only, or the first, proof stands.
fn proof(doc: &Doc) -> &'static str {
    if doc.get("/proof/0").is_some() { "/proof/0" } else { "/proof" }
}
