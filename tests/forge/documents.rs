//! Documents: said in other words, in other places, or twice.

use verify_credential::codec::json::Value;

use super::scene::{DID, METHOD, REVOCATIONS, badge, badge_with_status, entry, ours, signed};
use super::{Case, forged};
use crate::own::edit::{Doc, object, pretty, string, value};
use crate::own::signer::Suite;

const VC: &str = "https://www.w3.org/2018/credentials#";
const STRUCTURE: &str = "document.structure";
const PLAIN: &str = "document.plain-terms";
const DEFINED: &str = "document.all-terms-defined";
const JSON_LD: &str = "document.json-ld";
const SIGNATURE: &str = "proof.any-good";

pub fn cases() -> Vec<Case> {
    let mut cases = moved();
    cases.extend(contexts());
    cases.extend(added());
    cases.extend(twice());
    cases
}

/// The sound badge, edited after it was signed.
fn edited(change: impl Fn(&mut Doc)) -> Value {
    let mut doc = Doc(signed(&badge(DID)));
    change(&mut doc);
    doc.0
}

/// The badge that names its standing, edited after it was signed.
fn edited_status(change: impl Fn(&mut Doc)) -> Value {
    let mut doc = Doc(signed(&badge_with_status(entry(REVOCATIONS, "7"))));
    change(&mut doc);
    doc.0
}

fn of_web(name: &'static str, defect: &'static str) -> Case {
    forged(name, "sound-did-web", defect)
}

fn of_status(name: &'static str, defect: &'static str) -> Case {
    forged(name, "sound-status", defect)
}

/// Not one signed statement changes, and a reader of the plain JSON misses something.
fn moved() -> Vec<Case> {
    let date = |until: Value| {
        object(&[("@value", until), ("@type", string("http://www.w3.org/2001/XMLSchema#dateTime"))])
    };
    vec![
        of_status("status-as-full-iri", "The status stands under the IRI of its term.")
            .json(&edited_status(|doc| doc.rename("/credentialStatus", &format!("{VC}credentialStatus"))))
            .fails(PLAIN, "said-in-a-foreign-way"),
        of_web("expiry-as-full-iri", "The end of validity stands under the IRI of its term.")
            .json(&edited(|doc| {
                let until = doc.take("/validUntil");
                doc.put("/until", date(until));
                doc.rename("/until", &format!("{VC}validUntil"));
            }))
            .fails(PLAIN, "said-in-a-foreign-way"),
        of_status("status-in-included", "The status stands in a second body under @included.")
            .json(&edited_status(|doc| {
                let status = doc.take("/credentialStatus");
                let id = doc.get("/id").cloned().expect("it has an id");
                let body =
                    [("id", id), ("type", string("VerifiableCredential")), ("credentialStatus", status)];
                doc.put("/@included", Value::Array(vec![object(&body)]));
            }))
            .fails(PLAIN, "said-in-a-foreign-way"),
        of_status("status-in-nest", "The status stands under @nest.")
            .json(&edited_status(|doc| {
                let status = doc.take("/credentialStatus");
                doc.put("/@nest", object(&[("credentialStatus", status)]));
            }))
            .fails(PLAIN, "said-in-a-foreign-way"),
        of_status("status-in-aliased-nest", "An inline context makes a word of its own mean @nest.")
            .json(&edited_status(|doc| {
                doc.add_context(value(r#"{"labels": "@nest"}"#));
                let status = doc.take("/credentialStatus");
                doc.put("/labels", object(&[("credentialStatus", status)]));
            }))
            .fails(PLAIN, "said-in-a-foreign-way"),
        of_status("status-by-reverse", "The entry points at the credential with @reverse.")
            .json(&edited_status(|doc| {
                let status = doc.take("/credentialStatus");
                let id = doc.get("/id").cloned().expect("it has an id");
                doc.put("/@included", status);
                let back = object(&[(&format!("{VC}credentialStatus"), object(&[("id", id)]))]);
                doc.put("/@included/@reverse", back);
            }))
            .fails(PLAIN, "said-in-a-foreign-way"),
        of_status("status-in-a-set-object", "The status stands in a @set object.")
            .json(&edited_status(|doc| {
                let status = doc.take("/credentialStatus");
                doc.put("/credentialStatus", object(&[("@set", Value::Array(vec![status]))]));
            }))
            .fails(STRUCTURE, "member-type-missing"),
        of_web("id-by-an-inline-base", "An inline @base completes an id that was cut.")
            .json(&edited(|doc| {
                doc.add_context(value(r#"{"@base": "urn:uuid:f0f0f0f0-0000-4000-8000-000000000001"}"#));
                doc.put("/id", string("urn:uuid:f0f0f0f0-0000-4000-8000-000000000001"));
                doc.put("/evidence", value(r#"[{"id": "", "type": ["Evidence"]}]"#));
            }))
            .fails(STRUCTURE, "id-not-a-url")
            .fails(PLAIN, "said-in-a-foreign-way")
            .fails(SIGNATURE, "signature-does-not-match"),
        of_web("type-as-full-iri", "A type stands under its IRI.")
            .json(&edited(|doc| doc.put("/type/-", string(&format!("{VC}VerifiableCredential")))))
            .fails(PLAIN, "said-in-a-foreign-way"),
    ]
}

/// `@context` is signed by nobody.
fn contexts() -> Vec<Case> {
    vec![
        of_status("inline-alias", "An inline context gives the status another name.")
            .json(&edited_status(|doc| {
                doc.add_context(value(&format!(
                    r#"{{"notes": {{"@id": "{VC}credentialStatus", "@type": "@id"}}}}"#
                )));
                doc.rename("/credentialStatus", "notes");
            }))
            .fails(PLAIN, "said-in-a-foreign-way"),
        of_status("inline-prefix", "An inline context gives the status a prefix.")
            .json(&edited_status(|doc| {
                doc.add_context(object(&[("v", string(VC))]));
                doc.rename("/credentialStatus", "v:credentialStatus");
            }))
            .fails(PLAIN, "said-in-a-foreign-way"),
        of_status("vocab-that-completes-a-term", "An inline @vocab makes a word of its own the status.")
            .json(&edited_status(|doc| {
                doc.add_context(object(&[("@vocab", string(&format!("{VC}credential")))]));
                doc.rename("/credentialStatus", "Status");
            }))
            .fails(PLAIN, "said-in-a-foreign-way"),
        of_web("vocab-that-catches-all", "An inline @vocab lets any word be signed, after the fact.")
            .json(&edited(|doc| {
                doc.add_context(object(&[("@vocab", string("https://forger.example/#"))]));
                doc.put("/grade", string("with distinction"));
            }))
            .fails(SIGNATURE, "signature-does-not-match"),
        of_web("protected-term-redefined", "An inline context redefines a protected term.")
            .json(&edited(|doc| doc.add_context(value(r#"{"id": "https://forger.example/#id"}"#))))
            .fails(JSON_LD, "not-json-ld")
            .fails(SIGNATURE, "not-json-ld"),
        of_web("contexts-cleared", "A null context sweeps the protected terms away.")
            .json(&edited(|doc| doc.add_context(Value::Null)))
            .fails(STRUCTURE, "context-malformed")
            .fails(JSON_LD, "not-json-ld")
            .fails(SIGNATURE, "not-json-ld"),
        of_web("term-redefined-in-a-scope", "A context scoped to a property gives a word another meaning.")
            .json(&edited(|doc| {
                doc.add_context(value(
                    r#"{"achieved": {"@id": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievement", "@type": "@id",
                        "@context": {"title": {"@id": "https://schema.org/name"}, "name": null}}}"#,
                ));
                doc.rename("/credentialSubject/achievement", "achieved");
                doc.rename("/credentialSubject/achieved/name", "title");
                doc.put("/credentialSubject/achieved/name", string("Surgery"));
            }))
            .fails(DEFINED, "term-not-signed")
            .fails(PLAIN, "said-in-a-foreign-way")
            .hides("Surgery"),
        of_web("context-of-the-forger", "A context that nobody here knows.")
            .json(&edited(|doc| doc.add_context(string("https://forger.example/context.json"))))
            .unknown("document.contexts-known", "context-unknown")
            .unknown(SIGNATURE, "context-unknown")
            .not_fully_checked(),
        of_web("context-from-the-network", "The issuer's host offers a context; only the embedder may.")
            .json(&edited(|doc| doc.add_context(string(REVOCATIONS))))
            .fetched("2026-11-22T11:00:00Z")
            .unknown("document.contexts-known", "context-unknown")
            .unknown(SIGNATURE, "context-unknown")
            .not_fully_checked(),
        of_web("contexts-in-another-order", "The base context is not the first.")
            .json(&edited(|doc| {
                let first = doc.take("/@context/0");
                doc.put("/@context/-", first);
            }))
            .fails(STRUCTURE, "context-base-not-first"),
        forged("context-before-a-text-proof", "sound-jcs", "Under JCS, a context before the signed ones.")
            .json(&{
                let mut doc = Doc(Doc::of_text_proof());
                doc.put("/@context", value(r#"["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]"#));
                doc.0
            })
            .fails(SIGNATURE, "proof-context-differs"),
    ]
}

/// Words that nobody signed, beside those that somebody did.
fn added() -> Vec<Case> {
    let beside = |name, defect, place: &'static str, text: &'static str| {
        of_web(name, defect)
            .json(&edited(|doc| doc.put(place, value(text))))
            .fails(DEFINED, "term-not-signed")
            .hides("Surgery")
    };
    vec![
        beside("unsigned-word", "A word of no context.", "/credentialSubject/honours", "\"Surgery\""),
        beside(
            "look-alike-word",
            "A word with a Cyrillic letter.",
            "/credentialSubject/achievement/n\u{430}me",
            "\"Surgery\"",
        ),
        beside(
            "prototype-word",
            "A word that is magic to JavaScript.",
            "/__proto__",
            r#"{"name": "Surgery"}"#,
        ),
        beside("constructor-word", "Another one.", "/constructor", r#"{"prototype": {"name": "Surgery"}}"#),
        beside("keyword-like-word", "A word that looks like a keyword.", "/@name", "\"Surgery\""),
        of_web("index-says-more", "@index is signed by nobody.")
            .json(&edited(|doc| doc.put("/credentialSubject/@index", string("Surgery"))))
            .fails(PLAIN, "said-in-a-foreign-way")
            .hides("Surgery"),
        of_web("direction-says-more", "A base direction, which RDF cannot hold.")
            .json(&edited(|doc| {
                let name = doc.take("/name");
                doc.put("/name", object(&[("@value", name), ("@direction", string("rtl"))]));
            }))
            .fails(DEFINED, "term-not-signed"),
        of_web("subject-added", "A second subject.")
            .json(&edited(|doc| {
                let subject = doc.take("/credentialSubject");
                let more = value(
                    r#"{"id": "did:example:forger", "type": ["AchievementSubject"], "name": "Mallory"}"#,
                );
                doc.put("/credentialSubject", Value::Array(vec![subject, more]));
            }))
            .fails(SIGNATURE, "signature-does-not-match")
            .hides("Mallory"),
        of_web("issuer-added", "A second issuer.")
            .json(&edited(|doc| {
                let issuer = doc.take("/issuer");
                doc.put("/issuer", Value::Array(vec![issuer, string("did:web:forger.example")]));
            }))
            .fails(STRUCTURE, "issuer-missing")
            .fails("issuer.controls-key", "method-or-issuer-missing")
            .unknown(SIGNATURE, "key-not-at-hand"),
        of_web("holder-exchanged", "The subject is somebody else.")
            .json(&edited(|doc| doc.put("/credentialSubject/id", string("did:example:mallory"))))
            .fails(SIGNATURE, "signature-does-not-match"),
        of_web("expiry-taken-out", "The end of validity is gone.")
            .json(&edited(|doc| {
                doc.take("/validUntil");
            }))
            .fails(SIGNATURE, "signature-does-not-match"),
        of_status("status-taken-out", "The status is gone.")
            .json(&edited_status(|doc| {
                doc.take("/credentialStatus");
            }))
            .fails(SIGNATURE, "signature-does-not-match"),
        of_web("name-changed", "The achievement is another.")
            .json(&edited(|doc| doc.put("/credentialSubject/achievement/name", string("Surgery"))))
            .fails(SIGNATURE, "signature-does-not-match")
            .hides("Surgery"),
        forged("name-changed-in-text", "sound-jcs", "The achievement is another, under a text proof.")
            .json(&{
                let mut doc = Doc(Doc::of_text_proof());
                doc.put("/credentialSubject/achievement/name", string("Surgery"));
                doc.0
            })
            .fails(SIGNATURE, "signature-does-not-match")
            .hides("Surgery"),
        forged("name-changed-in-v1", "sound-2020", "The achievement is another, in VCDM 1.1.")
            .json(&{
                let mut doc = Doc(ours().sign(&super::scene::badge_v1(), Suite::Of2020, METHOD, &[]));
                doc.put("/credentialSubject/achievement/name", string("Surgery"));
                doc.0
            })
            .fails(SIGNATURE, "signature-does-not-match")
            .hides("Surgery"),
    ]
}

impl Doc {
    /// The sound badge under a text proof.
    fn of_text_proof() -> Value {
        let contexts = badge(DID).get("@context").cloned().expect("it has contexts");
        ours().sign(&badge(DID), Suite::Jcs, METHOD, &[("@context", contexts)])
    }
}

/// What two readers read differently.
fn twice() -> Vec<Case> {
    let text = pretty(&signed(&badge(DID)));
    let twice = |name, defect, member: &str| {
        of_web(name, defect)
            .file("credential.json", text.replacen('{', &format!("{{\n  {member},"), 1))
            .fails(STRUCTURE, "json-duplicate-member")
    };
    vec![
        twice("member-twice", "A member stands there twice.", r#""name": "Surgery""#),
        twice(
            "member-twice-escaped",
            "A member stands there twice, once escaped.",
            r#""\u006eame": "Surgery""#,
        ),
        twice(
            "subject-twice",
            "The subject stands there twice.",
            r#""credentialSubject": {"id": "did:example:mallory"}"#,
        ),
        of_web(
            "two-bodies-of-one-id",
            "A second body of the credential's own id has another end of validity.",
        )
        .json(&edited(|doc| {
            let id = doc.get("/id").cloned().expect("it has an id");
            let body = [
                ("id", id),
                ("type", value(r#"["VerifiableCredential", "Evidence"]"#)),
                ("validUntil", string("2040-01-15T09:00:00Z")),
            ];
            doc.put("/evidence", Value::Array(vec![object(&body)]));
        }))
        .fails(SIGNATURE, "signature-does-not-match"),
        of_web("two-documents-in-a-file", "A second document follows the first.")
            .file("credential.json", format!("{text}{text}"))
            .fails("document.json", "json-syntax")
            .unreadable(),
        of_web("shell-around-a-graph", "The signed credential stands in a @graph, with another around it.")
            .json(&edited(|doc| {
                let mut inner = doc.clone();
                inner.take("/@context");
                inner.take("/proof");
                doc.put("/@graph", inner.0);
            }))
            .fails(PLAIN, "said-in-a-foreign-way")
            .fails(SIGNATURE, "signature-does-not-match"),
    ]
}
