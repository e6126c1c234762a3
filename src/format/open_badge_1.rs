//! Layer 2. Open Badges before 2.0: 1.0 and 1.1, and 0.5, which had one document for everything.
//!
//! Read by the rules for upgrading them: an assertion is put into the shape of 2.0 before anything is
//! asked of it. Badge classes and issuers of 1.x need no change; the two names that changed in them are
//! read under either name. Spec:
//! [what changed in 2.0](https://www.imsglobal.org/spec/ob/v2p0/history/2.0.html).

use crate::codec::json::{Object, Value};
use crate::codec::spec;
use crate::format::Format;
use crate::format::open_badge_2::{object, text};

pub(super) const FORMAT: Format = Format {
    name: "open-badge-1",
    spec: spec("https://www.imsglobal.org/spec/ob/v2p0/history/1.1.html"),
    // Its documents have no types; `recognise` tells them by their members.
    matches: |_| false,
};

/// `assertion` of 1.0 or 1.1 in the shape of 2.0.
///
/// DEVIATION: one that says where, but not how, is taken for a hosted one: nothing else than the address
/// is read of it (10-open-badges-2/baked/baked.svg).
pub fn upgrade(assertion: &Object) -> Object {
    let mut upgraded = assertion.without("verify");
    let verify = assertion.get("verify");
    let url = verify.and_then(|verify| verify.get("url")).cloned();
    let kind = verify.and_then(|verify| verify.get("type")).cloned();
    let kind = kind.or_else(|| url.as_ref().map(|_| text("hosted")));
    let is_hosted = kind.as_ref().is_some_and(|kind| kind.as_str() == Some("hosted"));
    if let (true, Some(url), None) = (is_hosted, &url, assertion.get("id")) {
        upgraded.insert("id".into(), url.clone());
    }
    let mut verification = Object::default();
    for (name, value) in [("type", kind), ("creator", url.filter(|_| !is_hosted))] {
        if let Some(value) = value {
            verification.insert(name.into(), value);
        }
    }
    upgraded.insert("verification".into(), Value::Object(verification));
    upgraded
}

/// `assertion` of 0.5 in the shape of 2.0: the recipient is a text, the badge class stands inside, and
/// the issuer is known by its origin alone.
pub fn upgrade_before_1(assertion: &Object) -> Object {
    let mut upgraded = assertion.without("salt").without("issued_on").without("badge");
    let identity = assertion.get("recipient").and_then(Value::as_str).unwrap_or_default();
    let mut recipient = vec![("type", text("email")), ("identity", text(identity))];
    recipient.push(("hashed", Value::Bool(identity.contains('$'))));
    recipient.extend(assertion.get("salt").map(|salt| ("salt", salt.clone())));
    upgraded.insert("recipient".into(), object(recipient));
    if let Some(time) = assertion.get("issued_on") {
        upgraded.insert("issuedOn".into(), time.clone());
    }
    if let Some(Value::Object(class)) = assertion.get("badge") {
        let mut class = class.clone();
        if let Some(Value::Object(issuer)) = class.get("issuer") {
            let mut issuer = issuer.clone();
            for (old, new) in [("origin", "id"), ("origin", "url"), ("contact", "email")] {
                if let Some(value) = issuer.get(old).cloned() {
                    issuer.insert(new.into(), value);
                }
            }
            class.insert("issuer".into(), Value::Object(issuer));
        }
        upgraded.insert("badge".into(), Value::Object(class));
    }
    upgraded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canon::jcs;
    use crate::codec::json;
    use crate::limits::Budget;

    fn upgraded(text: &str, upgrade: fn(&Object) -> Object) -> String {
        match json::parse(text.as_bytes(), &mut Budget::full()) {
            Ok(Value::Object(assertion)) => jcs::canonicalize(&Value::Object(upgrade(&assertion))),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn verify_becomes_verification() {
        let table = [
            ("{}", r#"{"verification":{}}"#),
            (r#"{"verify":{"type":"hosted","url":"u"}}"#, r#"{"id":"u","verification":{"type":"hosted"}}"#),
            (
                r#"{"id":"i","verify":{"type":"hosted","url":"u"}}"#,
                r#"{"id":"i","verification":{"type":"hosted"}}"#,
            ),
            (
                r#"{"verify":{"type":"signed","url":"k"}}"#,
                r#"{"verification":{"creator":"k","type":"signed"}}"#,
            ),
            (r#"{"verify":{"url":"u"}}"#, r#"{"id":"u","verification":{"type":"hosted"}}"#),
            (r#"{"verify":7}"#, r#"{"verification":{}}"#),
        ];
        for (text, expected) in table {
            assert_eq!(upgraded(text, upgrade), expected, "{text}");
        }
    }

    #[test]
    fn one_document_becomes_three_in_one() {
        let text = r#"{"recipient":"sha256$ab","salt":"s","issued_on":"2012-01-01","badge":{"issuer":{"origin":"o","contact":"c"}}}"#;
        let expected = r#"{"badge":{"issuer":{"contact":"c","email":"c","id":"o","origin":"o","url":"o"}},"issuedOn":"2012-01-01","recipient":{"hashed":true,"identity":"sha256$ab","salt":"s","type":"email"}}"#;
        assert_eq!(upgraded(text, upgrade_before_1), expected);
        let bare = r#"{"recipient":{"hashed":false,"identity":"","type":"email"}}"#;
        assert_eq!(upgraded("{}", upgrade_before_1), bare);
        assert_eq!(upgraded(r#"{"badge":7,"recipient":7}"#, upgrade_before_1), bare);
    }
}
