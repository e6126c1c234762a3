//! Layer 4. Whether a badge was withdrawn: by its own hosted assertion, or by the issuer's list.
//!
//! Spec: [RevocationList](https://www.imsglobal.org/spec/ob/v2p0/#RevocationList).

use crate::check::STATUS_REVOCATION;
use crate::check::open_badge_2::documents::Documents;
use crate::check::open_badge_2::linked::{self, Unread, without_fragment};
use crate::codec::json::{Object, Value};
use crate::need::{NeedKind, host};
use crate::report::Check;

/// That a hosted `assertion` calls itself withdrawn, where it does. Anything but a plain no is a yes.
pub(super) fn by_itself(assertion: &Object) -> Option<Check> {
    match assertion.get("revoked") {
        None | Some(Value::Bool(false) | Value::Null) => None,
        Some(_) => Some(withdrawn(assertion.get("revocationReason"))),
    }
}

/// That a hosted assertion does not call itself withdrawn: says something only if it `is_bound` to its
/// issuer.
pub(super) fn not_by_itself(is_bound: bool, read_at: Option<i64>) -> Check {
    let check = match is_bound {
        true => Check::pass(STATUS_REVOCATION, "hosted-not-revoked"),
        false => Check::unknown(STATUS_REVOCATION, "waits-for-signature"),
    };
    check.with("read-at", read_at.map(|time| time.to_string()).unwrap_or_default())
}

/// Whether the list that `issuer`, whose profile stands at `issuer_address`, names holds `assertion`; none
/// where it names no list.
pub(super) fn by_list(
    assertion: &Object,
    issuer: &Object,
    issuer_address: &str,
    documents: &mut Documents,
) -> Option<Check> {
    let list = issuer.get("revocationList")?;
    let Some(url) = list.as_str().or_else(|| list.get("id").and_then(Value::as_str)) else {
        return Some(Check::unknown(STATUS_REVOCATION, "status-entry-malformed"));
    };
    let unknown =
        |reason| Check::unknown(STATUS_REVOCATION, reason).with("list", url).with("host", host(url));
    let list = match linked::read(url, documents.found, documents.budget) {
        Ok(list) => list,
        Err(unread) => {
            let need = unread.need(STATUS_REVOCATION, url);
            let kind = NeedKind::StatusList;
            documents.needs.extend(need.map(|mut need| {
                (need.kind, need.bytes_max) = (kind, kind.bytes_max());
                need
            }));
            return Some(match unread {
                Unread::Wanted => unknown("status-list-not-fetched"),
                Unread::Failed(reason) => unknown("status-list-unreachable").with("why", reason),
                Unread::NotAsked => unknown("status-list-address"),
                Unread::Malformed => unknown("status-list-malformed"),
                Unread::OtherId => unknown("status-list-address-differs"),
            });
        }
    };
    let owner = list.document.get("issuer");
    let owner = owner.and_then(|owner| owner.as_str().or_else(|| owner.get("id").and_then(Value::as_str)));
    if owner.is_some_and(|owner| without_fragment(owner) != issuer_address) {
        return Some(unknown("status-list-not-trusted"));
    }
    let read_at = list.read_at.map(|time| time.to_string()).unwrap_or_default();
    let check = match entry(assertion, &list.document) {
        Err(()) => unknown("status-list-malformed"),
        Ok(Some(reason)) => withdrawn(reason),
        Ok(None) => Check::pass(STATUS_REVOCATION, "not-on-revocation-list"),
    };
    Some(check.with("read-at", read_at))
}

/// The reason that `list` gives for withdrawing `assertion`, if it is in there. In 2.0 a list has
/// `revokedAssertions`; before, it was one object with a reason for each `uid`.
fn entry<'l>(assertion: &Object, list: &'l Object) -> Result<Option<Option<&'l Value>>, ()> {
    let own = |name: &str| assertion.get(name).filter(|value| **value != Value::Null);
    let (id, uid) = (own("id"), own("uid"));
    let Some(entries) = list.get("revokedAssertions") else {
        let is_typed = list.get("type").is_some() || list.get("@context").is_some();
        let uid = uid.and_then(Value::as_str);
        return if is_typed { Err(()) } else { Ok(uid.and_then(|uid| list.get(uid)).map(Some)) };
    };
    for entry in entries.as_set() {
        match entry {
            Value::String(_) if Some(entry) == id || Some(entry) == uid => return Ok(Some(None)),
            Value::String(_) => {}
            Value::Object(object) => {
                let names = |name: &str, own: Option<&Value>| own.is_some() && object.get(name) == own;
                if names("id", id) || names("uid", uid) {
                    return Ok(Some(object.get("revocationReason")));
                }
            }
            _ => return Err(()),
        }
    }
    Ok(None)
}

fn withdrawn(reason: Option<&Value>) -> Check {
    match reason.and_then(Value::as_str).filter(|reason| !reason.is_empty()) {
        Some(reason) => Check::fail(STATUS_REVOCATION, "badge-withdrawn-because").with("why", reason),
        None => Check::fail(STATUS_REVOCATION, "badge-withdrawn"),
    }
}
