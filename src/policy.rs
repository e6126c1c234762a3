//! Layer 1. What the caller decides: the time that counts as now, and keys it vouches for.
//!
//! A policy crosses into wasm as JSON text, read by the strict reader like everything else:
//! `{"clock": 1790000000}` is the machine's clock, `{"now": "2026-11-22T12:00:00Z"}` a time the
//! caller chose; `"keys": {"https://issuer": ["did:key:…" | "z6Mk…" | {jwk}]}` are keys the caller
//! vouches for, by issuer; `"trust": {list} | [{list}, …]` are the caller's lists of issuers
//! ([`crate::trust`]); `"domain"` and `"challenge"` are what a proof must have been made for; `"recipient": "ada@example.org"` or
//! `{"type": "emailAddress", "value": …}` is the person the viewer asks about; `"linked": true` has linked things fetched and
//! compared with their digests.

use crate::codec::json::{self, Value};
use crate::codec::{date_time, multibase};
use crate::crypto::PublicKey;
use crate::crypto::key::{key_from_jwk, key_from_multikey};
use crate::limits::Budget;
use crate::trust::TrustList;

/// How far clocks may disagree, in seconds.
pub const SKEW_SECONDS: i64 = 300;

/// The caller's decisions.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// The time that counts as now, in Unix seconds.
    pub now: i64,
    /// Whether the caller chose that time, rather than passing on a clock.
    pub now_chosen: bool,
    /// Keys the caller vouches for: issuer id and key.
    pub keys: Vec<(String, PublicKey)>,
    /// The issuers the caller trusts.
    pub trust: Vec<TrustList>,
    /// The domain a proof must have been made for, if the caller asks for one.
    pub domain: Option<String>,
    /// The challenge a proof must answer, if the caller asks for one.
    pub challenge: Option<String>,
    /// Whom the viewer asks about, if anybody. It is held against what was signed and goes nowhere else.
    pub recipient: Option<Recipient>,
    /// Whether the viewer asks that images, evidence and other linked things be fetched and compared with
    /// the digests that were signed.
    pub linked: bool,
}

/// An identifier of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The identifier in plain text: an e-mail address, a student number, …
    pub value: String,
    /// Its `identityType`, for example `emailAddress`; where there is none, those of every type are compared.
    pub kind: Option<String>,
}

/// Why a policy text was refused; the member at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused(pub &'static str);

impl Policy {
    /// Reads a policy. A member that is not understood is an error: a caller that misspells a
    /// restriction must not believe it holds.
    pub fn from_json(text: &str) -> Result<Policy, Refused> {
        let value = json::parse(text.as_bytes(), &mut Budget::full()).map_err(|_| Refused("json"))?;
        let mut policy = Policy::default();
        for (name, value) in value.as_object().ok_or(Refused("json"))?.iter() {
            match &**name {
                "clock" => policy.now = unix_seconds(value).ok_or(Refused("clock"))?,
                "now" => {
                    policy.now = chosen_time(value).ok_or(Refused("now"))?;
                    policy.now_chosen = true;
                }
                "keys" => policy.keys = keys(value).ok_or(Refused("keys"))?,
                "trust" => policy.trust = trust_lists(value).ok_or(Refused("trust"))?,
                "domain" => policy.domain = Some(said(value).ok_or(Refused("domain"))?),
                "challenge" => policy.challenge = Some(said(value).ok_or(Refused("challenge"))?),
                "linked" => policy.linked = flag(value).ok_or(Refused("linked"))?,
                "recipient" => policy.recipient = Some(recipient(value).ok_or(Refused("recipient"))?),
                _ => return Err(Refused("unknown-member")),
            }
        }
        Ok(policy)
    }
}

/// One trust list, or several.
pub fn trust_lists(value: &Value) -> Option<Vec<TrustList>> {
    value.as_set().iter().map(TrustList::read).collect()
}

/// A text that says something.
fn said(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn flag(value: &Value) -> Option<bool> {
    if let Value::Bool(flag) = value { Some(*flag) } else { None }
}

/// An identifier, or an object with `value` and `type`. Blanks around it are slips of whoever typed it.
fn recipient(value: &Value) -> Option<Recipient> {
    let (text, kind) = match value {
        Value::String(text) => (Some(&**text), None),
        other => (other.get("value").and_then(Value::as_str), Some(said(other.get("type")?)?)),
    };
    let value = text.map(str::trim).filter(|text| !text.is_empty())?;
    Some(Recipient { value: value.to_owned(), kind })
}

fn chosen_time(value: &Value) -> Option<i64> {
    match value.as_str() {
        Some(text) => date_time::parse(text).map(|time| time.unix_seconds),
        None => unix_seconds(value),
    }
}

/// A whole number of seconds; fractions are cut.
fn unix_seconds(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.whole(),
        _ => None,
    }
}

fn keys(value: &Value) -> Option<Vec<(String, PublicKey)>> {
    let mut keys = Vec::new();
    for (issuer, given) in value.as_object()?.iter() {
        for key in given.as_set() {
            keys.push((issuer.to_string(), vouched_key(key)?));
        }
    }
    Some(keys)
}

/// A key written as multikey, as `did:key` with or without fragment, or as JWK.
pub fn vouched_key(value: &Value) -> Option<PublicKey> {
    let Some(text) = value.as_str() else {
        return key_from_jwk(value).ok();
    };
    let multikey = match text.strip_prefix("did:key:") {
        Some(rest) => rest.split('#').next()?,
        None => text,
    };
    key_from_multikey(&multibase::decode_multikey(multikey)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_whole_seconds_or_a_date_time() {
        let now = |text: &str| Policy::from_json(&format!(r#"{{"now": {text}}}"#)).map(|policy| policy.now);
        let table = [
            ("1795348800", Ok(1_795_348_800)),
            ("1795348800.9", Ok(1_795_348_800)),
            (r#""2026-11-22T12:00:00Z""#, Ok(1_795_348_800)),
            ("1.7953488e9", Err(Refused("now"))),
            ("1e400", Err(Refused("json"))),
            (r#""today""#, Err(Refused("now"))),
            ("null", Err(Refused("now"))),
        ];
        for (text, expected) in table {
            assert_eq!(now(text), expected, "{text}");
        }
    }
}
