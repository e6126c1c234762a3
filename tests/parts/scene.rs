//! What the tests share: issuers, badges, records, and what is asked of a report.

use verify_credential::canon::jcs;
use verify_credential::codec::json::Value;
use verify_credential::need::Found;
use verify_credential::report::{Outcome, Report, Role};
use verify_credential::verify;

use crate::own::edit::value;
use crate::own::signer::{Issuer, Suite};
use crate::own::{self, policy};

pub const V2: &str = "https://www.w3.org/ns/credentials/v2";

pub const BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

const RECORDS: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";

pub const LEARNER: &str = "did:example:learner";

pub fn school() -> Issuer {
    Issuer::of("school")
}

pub fn college() -> Issuer {
    Issuer::of("college")
}

pub fn signed(issuer: &Issuer, document: &Value) -> Value {
    issuer.sign(document, Suite::Rdfc, &issuer.did_key().1, &[])
}

/// A badge for `name`; `more` are further members, with a comma in front.
pub fn badge_with(issuer: &Issuer, name: &str, more: &str) -> Value {
    let did = issuer.did_key().0;
    value(&format!(
        r#"{{"@context":["{V2}","{BADGES}"],"id":"urn:uuid:badge-{name}","type":["VerifiableCredential","OpenBadgeCredential"],
        "issuer":{{"id":"{did}","type":["Profile"],"name":"School"}},"validFrom":"2026-01-15T09:00:00Z",
        "credentialSubject":{{"id":"{LEARNER}","type":["AchievementSubject"],"achievement":{{"id":"urn:uuid:{name}",
        "type":["Achievement"],"name":"{name}","description":"…","criteria":{{"narrative":"…"}}}}}}{more}}}"#
    ))
}

pub fn badge(issuer: &Issuer, name: &str) -> Value {
    signed(issuer, &badge_with(issuer, name, ""))
}

/// A record of `members`, unsigned.
pub fn record(issuer: &Issuer, members: &[Value]) -> Value {
    let did = issuer.did_key().0;
    let members = jcs::canonicalize(&Value::Array(members.to_vec()));
    value(&format!(
        r#"{{"@context":["{V2}","{RECORDS}","{BADGES}"],"id":"urn:uuid:record","type":["VerifiableCredential","ClrCredential"],
        "issuer":{{"id":"{did}","type":["Profile"],"name":"College"}},"validFrom":"2026-01-15T09:00:00Z","name":"Transcript",
        "credentialSubject":{{"id":"{LEARNER}","type":["ClrSubject"],"verifiableCredential":{members}}}}}"#
    ))
}

pub fn report(document: &Value) -> Report {
    verify(jcs::canonicalize(document).as_bytes(), "own", &Found::default(), &policy())
}

pub fn parts(report: &Report, role: Role) -> Vec<&Report> {
    report.parts.iter().filter(|part| part.role == Some(role)).collect()
}

pub fn outcome(report: &Report, id: &str) -> Option<(Outcome, &'static str)> {
    report.check(id).map(|check| (check.outcome, check.reason))
}

pub fn token(issuer: &Issuer, media_type: &str, payload: &str) -> String {
    let header =
        format!(r#"{{"alg":"{}","typ":"{media_type}","kid":"{}"}}"#, issuer.alg(), issuer.did_key().1);
    own::token::token(&header, payload, issuer)
}

/// A presentation of `credentials` by `holder`, unsigned.
pub fn presentation(holder: &str, credentials: &[Value]) -> Value {
    let credentials = jcs::canonicalize(&Value::Array(credentials.to_vec()));
    value(&format!(
        r#"{{"@context":["{V2}"],"type":["VerifiablePresentation"],"holder":"{holder}","verifiableCredential":{credentials}}}"#
    ))
}

/// A badge given to whoever has the key of `holder`.
pub fn badge_of(holder: &Issuer) -> Value {
    let document = jcs::canonicalize(&badge_with(&school(), "welding", ""));
    signed(&school(), &value(&document.replace(LEARNER, &holder.did_key().0)))
}
