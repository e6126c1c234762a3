//! Layer 2. The revocation list of 1EdTech: a plain document that names the withdrawn credentials by id.
//!
//! Spec: [Revocation List Status Method 1.0](https://www.imsglobal.org/spec/vcrl/v1p0/). It is not signed:
//! how far it may be believed is decided in `check::status`. It has the reason of a revocation, not the day.

use crate::claims::Node;
use crate::codec::json::Value;
use crate::codec::spec;
use crate::status::{Kind, Method, OpenList, Reading};

pub(super) const KIND: Kind = Kind {
    entry_type: "1EdTechRevocationList",
    spec: spec("https://www.imsglobal.org/spec/vcrl/v1p0/"),
    list_type: "1EdTechRevocationList",
    method: Method::OneEdTech,
};

/// Reads the list. Errors: `status-list-malformed`, also where one of its entries names nothing: it may
/// be the one that counts.
///
/// The member is `revokedCredential` by the rule of the data model that names are singular, and
/// `revokedCredentials` in lists that issuers serve: both are read.
pub(super) fn open(list: Node) -> Result<OpenList, &'static str> {
    let malformed = "status-list-malformed";
    let Node::Json(document) = list else { return Err(malformed) };
    let members = ["revokedCredential", "revokedCredentials"].map(|name| document.get(name));
    let is_list = |member: &&Value| matches!(member, Value::Array(_) | Value::Object(_));
    if members.iter().all(Option::is_none) || !members.iter().flatten().all(is_list) {
        return Err(malformed);
    }
    let mut withdrawn = Vec::new();
    for entry in members.into_iter().flatten().flat_map(Value::as_set) {
        let id = entry.get("id").and_then(Value::as_str).ok_or(malformed)?;
        // Absent means revoked; so does everything that is not plainly a no.
        if entry.get("revoked") == Some(&Value::Bool(false)) {
            continue;
        }
        let reason = entry.get("revocationReason").and_then(Value::as_str);
        withdrawn.push((id.to_owned(), reason.map(str::to_owned)));
    }
    Ok(OpenList { method: Method::OneEdTech, withdrawn, ..OpenList::default() })
}

/// Whether the credential `id` is in the list. Errors: `status-entry-malformed` where it has no id.
pub(super) fn value(list: &OpenList, id: Option<&str>) -> Result<Reading, &'static str> {
    let id = id.ok_or("status-entry-malformed")?;
    let entry = list.withdrawn.iter().find(|(known, _)| known == id);
    let message = entry.and_then(|(_, reason)| reason.clone());
    Ok(Reading { value: u64::from(entry.is_some()), entries: None, message })
}
