//! Layer 2. Presentations: credentials that somebody shows, and what wraps them.
//!
//! Spec: [VCDM 2.0 §4.13](https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations).

use crate::codec::json::{Object, Value};
use crate::codec::spec;
use crate::format::Format;

/// A presentation. Nothing but the types of its own is asked: [`super::recognise`] knows untyped ones.
pub const FORMAT: Format = Format {
    name: "presentation",
    spec: spec("https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations"),
    matches: |types| types.contains(&"VerifiablePresentation"),
};

/// What an envelope has inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Envelope<'a> {
    /// A `data:` link that may hold a token.
    Link(&'a str),
    /// A link that says to hold a COSE structure.
    Cose,
    /// Nothing that can be opened.
    Empty,
    /// It has claims of its own, which nobody signed.
    SaysMore,
}

/// What is inside `document`, if it is the envelope of a credential or of a presentation
/// ([VCDM 2.0 §4.13.1](https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials)).
pub fn envelope(document: &Value) -> Option<Envelope<'_>> {
    let types = document.get("type")?.as_set();
    let is_envelope = |name: &Value| {
        name.as_str().is_some_and(|name| {
            matches!(name, "EnvelopedVerifiableCredential" | "EnvelopedVerifiablePresentation")
        })
    };
    if !types.iter().any(is_envelope) {
        return None;
    }
    let is_bare = |object: &Object| object.iter().all(|(name, _)| MEMBERS.contains(&&**name));
    if !document.as_object().is_some_and(is_bare) {
        return Some(Envelope::SaysMore);
    }
    let link = document.get("id").and_then(Value::as_str).filter(|id| id.starts_with("data:"));
    Some(match link {
        Some(link) if link.split(',').next().is_some_and(|head| head.contains("+cose")) => Envelope::Cose,
        Some(link) => Envelope::Link(link),
        None => Envelope::Empty,
    })
}

/// The members of an envelope.
const MEMBERS: &[&str] = &["@context", "id", "type"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::json;
    use crate::limits::Budget;

    #[test]
    fn envelopes_are_opened_by_what_they_say() {
        let table = [
            (r#"{"type":"VerifiableCredential","id":"data:,x"}"#, None),
            (r#"{"type":"EnvelopedVerifiableCredential"}"#, Some(Envelope::Empty)),
            (r#"{"type":"EnvelopedVerifiableCredential","id":"https://a.example"}"#, Some(Envelope::Empty)),
            (
                r#"{"type":"EnvelopedVerifiableCredential","id":"data:,x","name":"x"}"#,
                Some(Envelope::SaysMore),
            ),
            (
                r#"{"type":["EnvelopedVerifiablePresentation"],"id":"data:application/vp+jwt,x"}"#,
                Some(Envelope::Link("data:application/vp+jwt,x")),
            ),
            (
                r#"{"type":"EnvelopedVerifiableCredential","id":"data:application/vc+cose;base64,AA"}"#,
                Some(Envelope::Cose),
            ),
        ];
        for (text, expected) in table {
            let value = json::parse(text.as_bytes(), &mut Budget::full()).unwrap_or(Value::Null);
            assert_eq!(envelope(&value), expected, "{text}");
        }
        assert!(
            (FORMAT.matches)(&["VerifiablePresentation"]) && !(FORMAT.matches)(&["VerifiableCredential"])
        );
    }
}
