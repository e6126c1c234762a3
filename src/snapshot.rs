//! Layer 3. Documents the embedder hands over, so that nothing need be fetched.
//!
//! The text is JSON: `{"readAt": time, "dids": {did: document}, "statusLists": {url: document},
//! "documents": {…}, "jwks": {…}}`. A document is a JSON value, or a string: the name of a file where the caller can
//! read files, else the document's own text. Anything not in it counts as not fetched. `readAt`, an RFC
//! 3339 time, says when all of them were read; a card shows it.

use std::rc::Rc;

use crate::canon::jcs;
use crate::codec::date_time;
use crate::codec::json::{self, Value};
use crate::did;
use crate::limits::Budget;
use crate::need::{Answer, Found};

/// Adds the documents of `text` to `found`. Errors: the member that is not as described above.
#[inline(never)]
pub fn add(
    text: &[u8],
    found: &mut Found,
    file: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<(), &'static str> {
    let snapshot = json::parse(text, &mut Budget::full()).map_err(|_| "json")?;
    let snapshot = snapshot.as_object().ok_or("json")?;
    let read_at = match snapshot.get("readAt") {
        None => None,
        Some(time) => Some(time.as_str().and_then(date_time::parse).ok_or("readAt")?.unix_seconds),
    };
    for (member, is_did) in [("dids", true), ("statusLists", false), ("documents", false), ("jwks", false)] {
        let Some(documents) = snapshot.get(member) else { continue };
        for (name, document) in documents.as_object().ok_or(member)?.iter() {
            let address = match is_did {
                true => did::method(name).and_then(|method| (method.address)(name)),
                false => None,
            };
            // A DID that stands at no address is found under its own name.
            let address = address.unwrap_or_else(|| name.to_string());
            let bytes = match document {
                Value::String(text) => match file(text) {
                    Some(bytes) => bytes,
                    None if is_document(text) => text.as_bytes().to_vec(),
                    // The name of a file that is not there: the document is not there either.
                    None => continue,
                },
                // Handed over as a value, it has no spelling of its own to keep.
                value => jcs::canonicalize(value).into_bytes(),
            };
            found.provide(address, Answer::Document { bytes: Rc::from(bytes), read_at, pinned: true });
        }
    }
    Ok(())
}

/// Whether `text` is a document rather than the name of one: JSON, a token, or a key in PEM.
fn is_document(text: &str) -> bool {
    let text = text.trim_ascii_start();
    text.starts_with(['{', '"'])
        || text.starts_with("-----BEGIN ")
        || (text.starts_with("ey") && text.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_values_files_or_texts() {
        let mut found = Found::default();
        let text = br#"{"note": "", "dids": {"did:web:a.example": {"b": 1}, "did:example:x": "file"},
            "statusLists": {"https://a.example/l": "{}"}}"#;
        let file = |name: &str| (name == "file").then(|| b"F".to_vec());
        assert_eq!(add(text, &mut found, &file), Ok(()));
        let bytes = |url: &str| match found.answer(url) {
            Some(Answer::Document { bytes, .. }) => String::from_utf8_lossy(bytes).into_owned(),
            _ => String::new(),
        };
        assert_eq!(bytes("https://a.example/.well-known/did.json"), r#"{"b":1}"#);
        assert_eq!(bytes("did:example:x"), "F");
        assert_eq!(bytes("https://a.example/l"), "{}");
        let missing = br#"{"statusLists": {"https://b.example/l": "gone.json"}}"#;
        assert_eq!(add(missing, &mut found, &file), Ok(()));
        assert!(found.answer("https://b.example/l").is_none());
        assert_eq!(add(b"[]", &mut found, &file), Err("json"));
        assert_eq!(add(br#"{"dids": []}"#, &mut found, &file), Err("dids"));
        assert_eq!(add(br#"{"readAt": "yesterday"}"#, &mut found, &file), Err("readAt"));
        assert_eq!(found.pinned_read_at(), None);
        let dated = br#"{"readAt": "2026-11-22T12:00:00Z", "documents": {"https://a.example/d": {}}}"#;
        assert_eq!(add(dated, &mut found, &file), Ok(()));
        assert_eq!(found.pinned_read_at(), Some(1_795_348_800));
    }
}
