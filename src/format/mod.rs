//! Layer 2. What a JSON document is, before anything about it is believed.
//!
//! Formats that hold a credential are one file and one line in [`FORMATS`]; documents that are
//! often mistaken for one are told apart in [`recognise`], so that the reader learns what the file
//! is and what to ask for instead.

mod clr_2;
mod endorsement;
pub mod open_badge_1;
pub mod open_badge_2;
mod open_badge_3;
mod plain_credential;
pub mod presentation;
pub mod sd_jwt_vc;
mod status_list_credential;

use crate::codec::json::Value;

/// One format of credential.
pub struct Format {
    /// Its name in reports.
    pub name: &'static str,
    /// The specification it follows.
    pub spec: &'static str,
    /// Whether a credential with these types is one.
    pub matches: fn(types: &[&str]) -> bool,
}

/// Every format, the more particular first.
pub const FORMATS: &[Format] = &[
    presentation::FORMAT,
    clr_2::FORMAT,
    endorsement::FORMAT,
    open_badge_2::FORMAT,
    open_badge_1::FORMAT,
    open_badge_3::FORMAT,
    status_list_credential::FORMAT,
    sd_jwt_vc::FORMAT,
    sd_jwt_vc::STATEMENT,
    plain_credential::FORMAT,
];

/// The name of the format that has no words of its own.
pub const PLAIN: &str = plain_credential::FORMAT.name;

/// The format of `document`, or the reason id of what it is instead.
pub fn recognise(document: &Value) -> Result<&'static Format, &'static str> {
    let Value::Object(object) = document else { return Err("not-a-credential") };
    let types: Vec<&str> = ["type", "@type"]
        .iter()
        .filter_map(|name| object.get(name))
        .flat_map(Value::as_set)
        .filter_map(Value::as_str)
        .collect();
    let has = |name: &str| object.get(name).is_some();
    if types.contains(&"VerifiablePresentation") || (has("verifiableCredential") && !has("credentialSubject"))
    {
        return Ok(&presentation::FORMAT);
    }
    if open_badge_2::is_assertion(object) {
        return Ok(&open_badge_2::FORMAT);
    }
    let is_badge_class = has("criteria") && has("issuer") && has("image") && !has("credentialSubject");
    if is_badge_class || types.contains(&"BadgeClass") {
        return Err("badge-class");
    }
    if has("verificationMethod") || has("assertionMethod") || types.contains(&"Issuer") {
        return Err("issuer-document");
    }
    let looks_like_one = types.contains(&"VerifiableCredential") || has("credentialSubject") || has("issuer");
    let format = FORMATS.iter().find(|format| (format.matches)(&types));
    format.filter(|_| looks_like_one).ok_or("not-a-credential")
}
