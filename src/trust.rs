//! Layer 1. Lists of issuers that the embedder trusts.
//!
//! A list is the embedder's alone: none is built in, none is fetched, and none comes out of a
//! credential. Two shapes are read. Our own, for which `pkg/trust-list.schema.json` is the JSON Schema:
//! `{"name": "…", "issuers": [{"id": "did:web:…", "name": "…"}]}`; and that of the community
//! registries: `{"meta": {…}, "registry": {"did:…": {"name": "…"}}}`. Ids match as exact strings.

use crate::codec::json::{Text, Value};

/// One list of trusted issuers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustList {
    /// What the list calls itself; empty where it has no name.
    name: String,
    /// Issuer id, and the list's own name for it; empty where it gives none.
    issuers: Vec<(Text, String)>,
}

/// How an issuer stands on the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed<'a> {
    /// The name of the list.
    pub list: &'a str,
    /// The list's name for the issuer.
    pub name: &'a str,
}

/// The first entry for `issuer` among `lists`.
pub fn find<'a>(lists: &'a [TrustList], issuer: &str) -> Option<Listed<'a>> {
    lists.iter().find_map(|list| {
        let (_, name) = list.issuers.iter().find(|(id, _)| **id == *issuer)?;
        Some(Listed { list: &list.name, name })
    })
}

impl TrustList {
    /// Reads a list in either shape. An entry that is not understood makes the whole list
    /// unreadable: an embedder must not believe in a list of which half was skipped.
    pub fn read(list: &Value) -> Option<TrustList> {
        match (list.get("issuers"), list.get("registry")) {
            (Some(issuers), None) => own(list, issuers),
            (None, Some(registry)) => community(list, registry),
            _ => None,
        }
    }
}

fn own(list: &Value, issuers: &Value) -> Option<TrustList> {
    let entry = |entry: &Value| match entry.get("id") {
        Some(Value::String(id)) if !id.is_empty() => Some((id.clone(), optional_text(entry.get("name"))?)),
        _ => None,
    };
    let issuers = issuers.as_array()?.iter().map(entry).collect::<Option<_>>()?;
    Some(TrustList { name: optional_text(list.get("name"))?, issuers })
}

fn community(list: &Value, registry: &Value) -> Option<TrustList> {
    let entry = |(id, entry): (&Text, &Value)| {
        entry.as_object()?;
        Some((id.clone(), optional_text(entry.get("name"))?))
    };
    let issuers = registry.as_object()?.iter().map(entry).collect::<Option<_>>()?;
    let name = list.get("meta").and_then(|meta| meta.get("name"));
    Some(TrustList { name: optional_text(name)?, issuers })
}

/// A text, or nothing where the member is absent.
fn optional_text(value: Option<&Value>) -> Option<String> {
    match value {
        None => Some(String::new()),
        Some(Value::String(text)) => Some(text.to_string()),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::json;
    use crate::limits::Budget;

    fn read(text: &str) -> Option<TrustList> {
        TrustList::read(&json::parse(text.as_bytes(), &mut Budget::full()).expect("JSON"))
    }

    #[test]
    fn both_shapes_are_read() {
        let lists = [
            read(
                r#"{"name": "Board", "issuers": [{"id": "did:web:a.example", "name": "A"}, {"id": "x:y"}]}"#,
            ),
            read(r#"{"meta": {"created": "2022"}, "registry": {"did:key:z6": {"name": "B", "url": "…"}}}"#),
        ]
        .map(|list| list.expect("a list"));
        assert_eq!(find(&lists, "did:web:a.example"), Some(Listed { list: "Board", name: "A" }));
        assert_eq!(find(&lists, "x:y"), Some(Listed { list: "Board", name: "" }));
        assert_eq!(find(&lists, "did:key:z6"), Some(Listed { list: "", name: "B" }));
    }

    #[test]
    fn ids_match_as_exact_strings() {
        let list = [read(r#"{"issuers": [{"id": "https://a.example/x"}]}"#).expect("a list")];
        for id in
            ["https://a.example/x/", "https://A.example/x", "https://a.example/", " https://a.example/x", ""]
        {
            assert_eq!(find(&list, id), None, "{id}");
        }
    }

    #[test]
    fn half_a_list_is_none() {
        for text in [
            "{}",
            "[]",
            r#"{"issuers": {}}"#,
            r#"{"issuers": ["did:web:a.example"]}"#,
            r#"{"issuers": [{"name": "A"}]}"#,
            r#"{"issuers": [{"id": ""}]}"#,
            r#"{"issuers": [{"id": "x:y", "name": 1}]}"#,
            r#"{"name": 1, "issuers": []}"#,
            r#"{"registry": []}"#,
            r#"{"registry": {"did:key:z6": "B"}}"#,
            r#"{"issuers": [], "registry": {}}"#,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
