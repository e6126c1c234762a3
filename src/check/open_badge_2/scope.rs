//! Layer 4. Where an issuer publishes its badges, by its own word.
//!
//! Spec: [VerificationObject](https://www.imsglobal.org/spec/ob/v2p0/#VerificationObject),
//! [Hosted verification](https://www.imsglobal.org/spec/ob/v2p0/#HostedBadge).

use crate::codec::json::{Object, Value};
use crate::did::web::is_exact_address;
use crate::need::host;

/// Whether assertions at `address` are the badges of the issuer whose profile stands at `profile_address`
/// and is `profile`: `address` begins as `startsWith` says, and is on one of the `allowedOrigins`; where
/// the profile says neither, it is on the profile's own host.
///
/// DEVIATION: an allowed origin without a port means the customary one, though the specification calls
/// it a host name: behind another port there may be another owner. Where both members are there, both
/// must be kept to.
pub fn holds_assertion(profile: &Object, profile_address: &str, address: &str) -> bool {
    let scope = profile.get("verification");
    let of_id = scope.and_then(|scope| scope.get("verificationProperty"));
    let is_by_id = of_id.is_none_or(|name| matches!(name.as_str(), Some("id" | "@id")));
    let (starts, origins) = (members(scope, "startsWith"), members(scope, "allowedOrigins"));
    let begins = |start: &Value| start.as_str().is_some_and(|start| begins_with(address, start));
    is_exact_address(address)
        && is_by_id
        && match (starts, origins) {
            (None, None) => host(address) == host(profile_address),
            (starts, origins) => {
                starts.is_none_or(|starts| starts.iter().any(begins))
                    && origins.is_none_or(|origins| origins.iter().any(|origin| is_origin(address, origin)))
            }
        }
}

/// Whether what stands at `address` is the issuer's own word about its badges: on the host of its profile,
/// or on one where it publishes assertions.
pub fn holds_badge_class(profile: &Object, profile_address: &str, address: &str) -> bool {
    let scope = profile.get("verification");
    let starts = members(scope, "startsWith").unwrap_or_default();
    let origins = members(scope, "allowedOrigins").unwrap_or_default();
    let is_on_same_host = |start: &Value| start.as_str().is_some_and(|start| is_same_host(address, start));
    is_exact_address(address)
        && (host(address) == host(profile_address)
            || starts.iter().any(is_on_same_host)
            || origins.iter().any(|origin| is_origin(address, origin)))
}

fn members<'a>(scope: Option<&'a Value>, name: &str) -> Option<&'a [Value]> {
    scope.and_then(|scope| scope.get(name)).map(Value::as_set)
}

/// Whether `address` begins with `start`, a whole host at least: `https://a.example` is no beginning of
/// `https://a.example.evil.example`.
fn begins_with(address: &str, start: &str) -> bool {
    is_same_host(address, start) && address.starts_with(start)
}

fn is_same_host(address: &str, start: &str) -> bool {
    is_exact_address(start) && host(address) == host(start)
}

/// Whether `address` is on `origin`, a host, or an address that is nothing but one.
fn is_origin(address: &str, origin: &Value) -> bool {
    let Some(origin) = origin.as_str() else { return false };
    let bare = origin.strip_prefix("https://").unwrap_or(origin);
    host(address) == bare.strip_suffix('/').unwrap_or(bare)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::json;
    use crate::limits::Budget;

    const PROFILE: &str = "https://good.example/issuer";

    fn holds(verification: &str, address: &str, holds: fn(&Object, &str, &str) -> bool) -> bool {
        let text = format!(r#"{{"verification":{verification}}}"#);
        match json::parse(text.as_bytes(), &mut Budget::full()) {
            Ok(Value::Object(profile)) => holds(&profile, PROFILE, address),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_assertion_stands_where_the_issuer_says() {
        let starts = r#"{"startsWith":["https://good.example/a/","https://other.example/b"]}"#;
        let origins = r#"{"allowedOrigins":["host.example","https://bare.example/","port.example:8443"]}"#;
        let both = r#"{"startsWith":"https://good.example/a","allowedOrigins":"good.example"}"#;
        let naked = r#"{"startsWith":"https://good.example"}"#;
        let table = [
            ("{}", "https://good.example/1", true),
            ("7", "https://good.example/1", true),
            ("{}", "https://good.example:8443/1", false),
            ("{}", "https://good.example.evil.example/1", false),
            ("{}", "https://good.example@evil.example/1", false),
            ("{}", "http://good.example/1", false),
            ("{}", "https://evil.example/https://good.example/1", false),
            (r#"{"verificationProperty":"id"}"#, "https://good.example/1", true),
            (r#"{"verificationProperty":"uid"}"#, "https://good.example/1", false),
            (r#"{"startsWith":[]}"#, "https://good.example/1", false),
            (r#"{"allowedOrigins":[7,""]}"#, "https://good.example/1", false),
            (starts, "https://good.example/a/1", true),
            (starts, "https://other.example/b1", true),
            (starts, "https://good.example/b", false),
            (starts, "https://good.example/a/../b", false),
            (starts, "https://good.example/a/%2e%2e/b", false),
            (naked, "https://good.example/1", true),
            (naked, "https://good.example.evil.example/1", false),
            (naked, "https://good.example@evil.example/1", false),
            (naked, "https://good.example:8443/1", false),
            (r#"{"startsWith":"https://"}"#, "https://good.example/1", false),
            (r#"{"startsWith":""}"#, "https://good.example/1", false),
            (origins, "https://host.example/1", true),
            (origins, "https://bare.example/1", true),
            (origins, "https://port.example:8443/1", true),
            (origins, "https://port.example/1", false),
            (origins, "https://host.example:8443/1", false),
            (origins, "https://a.host.example/1", false),
            (origins, "https://good.example/1", false),
            (both, "https://good.example/a", true),
            (both, "https://good.example/b", false),
        ];
        for (verification, address, expected) in table {
            assert_eq!(holds(verification, address, holds_assertion), expected, "{verification} {address}");
        }
    }

    #[test]
    fn a_badge_class_stands_with_the_issuer_or_its_badges() {
        let scope = r#"{"startsWith":"https://a.example/x/","allowedOrigins":"b.example"}"#;
        let table = [
            ("https://good.example/class", true),
            ("https://a.example/class", true),
            ("https://b.example/class", true),
            ("https://c.example/class", false),
            ("https://a.example.evil.example/x/", false),
        ];
        for (address, expected) in table {
            assert_eq!(holds(scope, address, holds_badge_class), expected, "{address}");
        }
    }
}
