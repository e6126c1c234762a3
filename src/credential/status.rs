//! Layer 1. Where a credential says its standing is published.

use crate::claims::{self, Node, Property};
use crate::codec::fields::record;
use crate::codec::json::Value;
use crate::credential::list;

/// Where the standing of the credential is published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusEntry {
    /// `id`
    pub id: Option<String>,
    /// `type`, sorted.
    pub types: Vec<String>,
    /// `statusPurpose`, sorted.
    pub purposes: Vec<String>,
    /// `statusListCredential`, `revocationListCredential` or `status_list.uri`
    pub list: Vec<String>,
    /// `statusListIndex`, `revocationListIndex` or `status_list.idx`
    pub index: Vec<String>,
    /// `statusSize`
    pub size: Vec<String>,
    /// `statusMessage`
    pub messages: Vec<StatusMessage>,
}

record!(StatusEntry: id, types, purposes, list, index, size, messages);

/// What one value in a status list means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusMessage {
    /// `status`: the value, hexadecimal.
    pub status: Option<String>,
    /// `message`
    pub message: Option<String>,
}

record!(StatusMessage: status, message);

/// The entries of the credential, and the one in the claim `status` that tokens of other formats have
/// ([Token Status List §6.1](https://www.ietf.org/archive/id/draft-ietf-oauth-status-list-06.html#section-6.1)).
pub(super) fn status_entries(root: Node) -> Vec<StatusEntry> {
    let mut entries = list(root, claims::CREDENTIAL_STATUS, status_entry);
    if let Node::Json(document) = root
        && let Some(claim) = document.get("status").filter(|claim| claim.as_object().is_some())
    {
        entries.push(match claim.get("status_list") {
            Some(reference) => token_reference(reference),
            // Another mechanism, which may be the one that revokes.
            None => StatusEntry { types: vec!["status".to_owned()], ..StatusEntry::default() },
        });
    }
    entries
}

fn status_entry(node: Node) -> StatusEntry {
    if let Node::Json(value) = node
        && let Some(reference) = value.get("status_list")
    {
        return token_reference(reference);
    }
    let either = |one: Property, other: Property| {
        let mut texts = node.texts(one);
        texts.extend(node.texts(other));
        texts
    };
    StatusEntry {
        id: node.id().map(String::from),
        types: node.types().into_iter().map(String::from).collect(),
        purposes: node.texts(claims::STATUS_PURPOSE),
        list: either(claims::STATUS_LIST_CREDENTIAL, claims::REVOCATION_LIST_CREDENTIAL),
        index: either(claims::STATUS_LIST_INDEX, claims::REVOCATION_LIST_INDEX),
        size: node.texts(claims::STATUS_SIZE),
        messages: list(node, claims::STATUS_MESSAGE, status_message),
    }
}

/// A reference to a place in a Token Status List: `{"idx": 7, "uri": "https://…"}`.
fn token_reference(reference: &Value) -> StatusEntry {
    let texts = |name: &str| reference.get(name).and_then(|value| Node::Json(value).as_text());
    StatusEntry {
        types: vec![TOKEN_STATUS_LIST.to_owned()],
        list: texts("uri").map(String::from).into_iter().collect(),
        index: texts("idx").map(String::from).into_iter().collect(),
        ..StatusEntry::default()
    }
}

fn status_message(node: Node) -> StatusMessage {
    StatusMessage {
        status: node.text(claims::STATUS_MESSAGE_STATUS),
        message: node.text(claims::STATUS_MESSAGE_TEXT),
    }
}

/// The type that references to Token Status Lists are given, which have none of their own.
pub const TOKEN_STATUS_LIST: &str = "TokenStatusList";
