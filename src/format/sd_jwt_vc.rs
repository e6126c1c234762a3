//! Layer 2. Tokens with selective disclosure that are credentials by themselves: SD-JWT VC, and the plain
//! SD-JWT, a signed statement of no type that is known.
//!
//! Their claims are those of a JWT. What Open Badges has a word for is said in that word, so that the
//! facts are read like any credential's; the rest is listed by the names it was signed under.
//! Spec: [SD-JWT VC §3](https://datatracker.ietf.org/doc/html/draft-ietf-oauth-sd-jwt-vc#section-3),
//! [RFC 9901](https://www.rfc-editor.org/rfc/rfc9901).

use crate::codec::date_time;
use crate::codec::json::{Object, Text, Value};
use crate::codec::spec;
use crate::format::Format;
use crate::securing::jose::{Header, Token};
use crate::securing::sd_jwt::Disclosed;

pub(super) const FORMAT: Format = Format {
    name: "sd-jwt-vc",
    spec: spec("https://datatracker.ietf.org/doc/html/draft-ietf-oauth-sd-jwt-vc#section-3"),
    // Told by the token's own type, not by a member.
    matches: |_| false,
};

pub(super) const STATEMENT: Format = Format {
    name: "signed-statement",
    spec: spec("https://www.rfc-editor.org/rfc/rfc9901#section-4"),
    matches: |_| false,
};

/// What a token with selective disclosure carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A credential of the W3C data model
    /// ([VC-JOSE-COSE §3.2](https://www.w3.org/TR/vc-jose-cose/#securing-with-sd-jwt)).
    DataModel,
    /// A credential whose type is the claim `vct`.
    SdJwtVc,
    /// Claims that somebody signed.
    Statement,
}

impl Kind {
    /// The kind of a token with this header and these claims; none where its type is of something else.
    ///
    /// `vc+sd-jwt` was the type of both kinds of credentials; only one of them has an `@context`.
    ///
    /// A tilde makes an SD-JWT of any JWT. Where the type does not say that it was meant for one, it must
    /// have something that may be kept back (`is_selective`): else a credential would become a mere
    /// statement, of which neither standing nor dates are known, and a token for a door a diploma.
    pub fn of(header: &Header, payload: &Object, is_selective: bool) -> Option<Kind> {
        let has_context = payload.get("@context").is_some();
        let media_type = header.media_type().map(str::to_ascii_lowercase);
        match (media_type.as_deref(), header.content_type()) {
            (Some("vc+sd-jwt"), None | Some("vc")) if has_context => Some(Kind::DataModel),
            (Some("dc+sd-jwt" | "vc+sd-jwt"), None) => Some(Kind::SdJwtVc),
            (Some("dc+sd-jwt" | "vc+sd-jwt"), Some(_)) => None,
            (None | Some("jwt"), None) if OF_CREDENTIALS.iter().any(|name| payload.get(name).is_some()) => {
                None
            }
            (None | Some("jwt"), None) => is_selective.then_some(Kind::Statement),
            (Some("sd-jwt"), None) => Some(Kind::Statement),
            (Some(other), None) if other.ends_with("+sd-jwt") => Some(Kind::Statement),
            _ => None,
        }
    }

    /// The format's name in reports; none where the payload itself tells it.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Kind::DataModel => None,
            Kind::SdJwtVc => Some(FORMAT.name),
            Kind::Statement => Some(STATEMENT.name),
        }
    }
}

/// What is wrong with the claims of a token of this kind: its issuer signed `payload`, with the holder it says
/// `disclosed` ([SD-JWT VC §3.2.2](https://datatracker.ietf.org/doc/html/draft-ietf-oauth-sd-jwt-vc#section-3.2.2),
/// [RFC 9901 §9.7](https://www.rfc-editor.org/rfc/rfc9901#section-9.7)).
///
/// DEVIATION: what is required of SD-JWT VCs is required of credentials of the data model in their words, and
/// of both that the standing is said whole. Who lacks the standing would be in good standing
/// (`tests/sd_jwt`).
///
/// Errors: a reason's id and the claim at fault.
pub fn structure(
    kind: Kind,
    payload: &Object,
    disclosed: &Disclosed,
) -> Result<(), (&'static str, &'static str)> {
    let vct = || disclosed.payload.get("vct").and_then(Value::as_str);
    let of_kind = match kind {
        Kind::SdJwtVc if vct().is_none_or(str::is_empty) => return Err(("sd-jwt-type-missing", "vct")),
        Kind::SdJwtVc => OF_TYPE,
        Kind::DataModel | Kind::Statement => OF_DATA_MODEL,
    };
    let is_optional = |name: &&&str| disclosed.optional.iter().any(|optional| **optional == ***name);
    let in_part = |name: &&&str| payload.get(name).is_some_and(is_in_part);
    let whole = NEVER_OPTIONAL.iter().chain(of_kind).find(is_optional);
    match whole.or_else(|| STANDING.iter().find(in_part)) {
        Some(name) => Err(("sd-jwt-claim-optional", name)),
        None => Ok(()),
    }
}

/// Whether something in `value`, as it was signed, may be kept back.
fn is_in_part(value: &Value) -> bool {
    let mut left = vec![value];
    while let Some(value) = left.pop() {
        match value {
            Value::Object(object) if object.get("_sd").or(object.get("...")).is_some() => return true,
            Value::Object(object) => left.extend(object.iter().map(|(_, value)| value)),
            Value::Array(items) => left.extend(items),
            _ => {}
        }
    }
    false
}

/// The claims in the words of the data model: what has such a word, and nothing else. `token` carries
/// the payload; its times are times.
pub fn document(token: &Token) -> Object {
    let mut document = Object::default();
    let mut put = |name: &str, value: Option<&Value>| {
        if let Some(value @ Value::String(_)) = value {
            document.insert(name.into(), value.clone());
        }
    };
    put("issuer", token.claim("iss"));
    put("id", token.claim("jti"));
    put("type", token.claim("vct"));
    for (claim, name) in [("nbf", "validFrom"), ("exp", "validUntil")] {
        let time = token.time(claim).ok().flatten();
        let time = time.map(|seconds| Value::String(date_time::to_text(seconds).into()));
        put(name, time.as_ref());
    }
    let mut subject = Object::default();
    for (claim, name) in OF_SUBJECT {
        if let Some(value @ Value::String(_)) = token.claim(claim) {
            subject.insert((*name).into(), value.clone());
        }
    }
    document.insert("credentialSubject".into(), Value::Object(subject));
    let mut entries = token.claim("status").map(status_entries).unwrap_or_default();
    entries.extend(token.claim("credentialStatus").map(Value::as_set).unwrap_or_default().iter().cloned());
    document.insert("credentialStatus".into(), Value::Array(entries));
    document
}

/// One entry for each way in which the claim `status` says where the standing is published. Of those that
/// are not known only the name is said, so that nobody takes the standing for good
/// ([Token Status List §6.2](https://datatracker.ietf.org/doc/html/draft-ietf-oauth-status-list#section-6.2)).
fn status_entries(status: &Value) -> Vec<Value> {
    let entry = |name: &Text, value: &Value| {
        let mut entry = Object::default();
        let mut put = |name: &str, value: Value| entry.insert(name.into(), value);
        if &**name == "status_list" {
            put("type", Value::String(TOKEN_STATUS_LIST.into()));
            put("statusListIndex", value.get("idx").cloned().unwrap_or(Value::Null));
            put("statusListCredential", value.get("uri").cloned().unwrap_or(Value::Null));
        } else {
            put("type", Value::String(name.clone()));
        }
        Value::Object(entry)
    };
    match status.as_object() {
        Some(ways) if !ways.is_empty() => ways.iter().map(|(name, value)| entry(name, value)).collect(),
        _ => vec![entry(&Text::from("status"), &Value::Null)],
    }
}

/// Whether the claim at the top of a payload is said in the words of the data model, or is about the token
/// rather than about anybody.
pub fn is_said_otherwise(name: &str, value: &Value) -> bool {
    let is_text = value.as_str().is_some();
    matches!(name, "iat" | "nbf" | "exp" | "cnf" | "status" | "credentialStatus" | "vct#integrity")
        || (is_text && matches!(name, "iss" | "jti"))
        || (is_text && OF_SUBJECT.iter().any(|(claim, _)| *claim == name))
}

/// The `type` of a status entry that points to a token status list.
pub const TOKEN_STATUS_LIST: &str = "TokenStatusList";

/// Claims about the subject that the data model has a word for
/// ([RFC 7519 §4.1](https://www.rfc-editor.org/rfc/rfc7519#section-4.1)).
const OF_SUBJECT: &[(&str, &str)] =
    &[("sub", "id"), ("name", "name"), ("given_name", "givenName"), ("family_name", "familyName")];

/// Claims that say a credential, or part of one.
const OF_CREDENTIALS: &[&str] = &["vc", "vp", "@context", "credentialSubject", "credentialStatus"];

/// Claims without which nobody knows what the credential is worth.
const NEVER_OPTIONAL: &[&str] = &["iss", "nbf", "exp", "cnf", "status", "credentialStatus"];
/// Those of an SD-JWT VC beside.
const OF_TYPE: &[&str] = &["vct", "vct#integrity"];
/// Those in the words of the data model.
const OF_DATA_MODEL: &[&str] =
    &["issuer", "validFrom", "validUntil", "issuanceDate", "expirationDate", "termsOfUse"];
/// Claims that say where the standing is published.
const STANDING: &[&str] = &["status", "credentialStatus"];
