//! Layer 4. The credentials contained in a record of learning, and whether each is genuine.
//!
//! A record speaks for its own claims, and a credential contained in it for its own. So the check here
//! is a remark about the record, whatever it finds: a record whose member is forged was still issued by
//! its issuer, and a forged member stays forged inside it. The member's own report is a part.
//! Spec: [CLR 2.0](https://www.imsglobal.org/spec/clr/v2p0/#clrcredential).

use crate::check::MEMBERS_VERIFIED;
use crate::codec::json::Value;
use crate::report::{Check, Outcome, Report, Role, Row, Verdict};

/// Something in a document that is verified by itself.
#[derive(Clone, Debug)]
pub struct Held {
    /// What it is to the document.
    pub role: Role,
    /// Where it stands, as JSON pointer.
    pub at: String,
    /// The credential: an object, or a text that may be a token.
    pub value: Value,
    /// The id of the thing it stands on, where that has one.
    pub on: Option<String>,
}

/// Whether `document` contains credentials.
pub fn are_in(document: &Value) -> bool {
    subjects(document).iter().any(|subject| subject.get(MEMBERS).is_some())
}

/// The credentials contained in `document`, in their order.
pub fn of(document: &Value) -> Vec<Held> {
    let mut held = Vec::new();
    let several = document.get("credentialSubject").is_some_and(|subjects| subjects.as_array().is_some());
    for (index, subject) in subjects(document).iter().enumerate() {
        let at =
            if several { format!("/credentialSubject/{index}") } else { "/credentialSubject".to_owned() };
        put(&mut held, Role::Member, subject, MEMBERS, &at);
    }
    held
}

/// Adds what stands under `name` of `holder`, which is at `place`.
pub(super) fn put(held: &mut Vec<Held>, role: Role, holder: &Value, name: &str, place: &str) {
    let Some(value) = holder.get(name) else { return };
    let on = holder.get("id").and_then(Value::as_str);
    for (index, one) in value.as_set().iter().enumerate() {
        let at = match value.as_array() {
            Some(_) => format!("{place}/{name}/{index}"),
            None => format!("{place}/{name}"),
        };
        held.push(Held { role, at, value: one.clone(), on: on.map(str::to_owned) });
    }
}

fn subjects(document: &Value) -> &[Value] {
    document.get("credentialSubject").map(Value::as_set).unwrap_or_default()
}

/// `members.verified`, from the reports on the members; `passed_over` were not looked at.
pub fn verified(parts: &[Report], passed_over: usize) -> Option<Check> {
    each(MEMBERS_VERIFIED, Role::Member, parts, passed_over, MEMBER_REASONS)
}

/// How many of the parts with this role are valid, under `row`: Fail where one is invalid, Unknown where
/// one is not known to be either. None where there are none.
pub(super) fn each(
    row: Row,
    role: Role,
    parts: &[Report],
    passed_over: usize,
    reasons: [&'static str; 3],
) -> Option<Check> {
    let (mut valid, mut invalid, mut unknown) = (0_usize, 0_usize, passed_over);
    for part in parts.iter().filter(|part| part.role == Some(role)) {
        *match part.verdict {
            Verdict::Valid => &mut valid,
            Verdict::Invalid => &mut invalid,
            Verdict::Indeterminate => &mut unknown,
        } += 1;
    }
    let [all_good, some_bad, some_open] = reasons;
    let (outcome, reason) = match (valid, invalid, unknown) {
        (0, 0, 0) => return None,
        (_, 0, 0) => (Outcome::Pass, all_good),
        (_, 0, _) => (Outcome::Unknown, some_open),
        _ => (Outcome::Fail, some_bad),
    };
    let check = Check::new(row, outcome, reason).with("count", (valid + invalid + unknown).to_string());
    Some(match outcome {
        Outcome::Pass => check,
        _ => check.with("bad", invalid.to_string()).with("open", unknown.to_string()),
    })
}

const MEMBERS: &str = "verifiableCredential";
const MEMBER_REASONS: [&str; 3] = ["members-all-good", "members-some-bad", "members-some-open"];
