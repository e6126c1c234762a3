//! Layer 4. Whether the issuer has a newer version of the credential, and whether it may stand for this one.
//!
//! Asked once, after the signature; a newer version is not refreshed again, and whatever goes wrong leaves the
//! original as it is. Dates and standing are then the newer version's, for the issuer signed it, and the
//! address it came from; where it names no list, the original's lists are read. What is shown stays what was
//! handed over.
//! Spec: [OB 3.0 §8.1](https://www.imsglobal.org/spec/ob/v3p0/#verification).

use crate::check::validity::unix_seconds;
use crate::check::{CREDENTIAL_REFRESHED, VALIDITY_FROM, VALIDITY_UNTIL};
use crate::credential::Credential;
use crate::crypto::part;
use crate::did::web::is_web_address;
use crate::need::{Answer, Found, Need, NeedKind, host};
use crate::report::{Check, Level, Outcome, Row};

/// What is known of a newer version.
pub enum Newer<'a> {
    /// The credential names no place to ask, or it is not asked yet.
    None,
    /// There is none to be had now.
    Missing(Check, Option<Need>),
    /// What stands at the address.
    At(String, &'a [u8]),
}

/// Looks for a newer version of `credential`, at the first address it names.
pub fn look_for<'a>(credential: &Credential, is_established: bool, found: &'a Found) -> Newer<'a> {
    let Some(url) = credential.refresh.first() else { return Newer::None };
    let unknown = |reason| Check::unknown(CREDENTIAL_REFRESHED, reason).with("host", host(url)).at(AT);
    if !is_established {
        return Newer::Missing(unknown("waits-for-signature"), None);
    }
    if !found.engines.has_more() {
        return Newer::Missing(unknown("part-not-loaded").with("part", part::MORE), None);
    }
    match found.answer(url) {
        _ if !is_web_address(url) => Newer::Missing(unknown("refresh-address"), None),
        Some(Answer::Failed(reason)) => {
            Newer::Missing(unknown("refresh-unreachable").with("why", reason), None)
        }
        Some(Answer::Document { bytes, .. }) => Newer::At(url.clone(), bytes),
        None => {
            let kind = NeedKind::Refresh;
            let (for_check, bytes_max) = (CREDENTIAL_REFRESHED.id, kind.bytes_max());
            let need = Need { url: url.clone(), kind, for_check, bytes_max };
            Newer::Missing(unknown("refresh-not-fetched"), Some(need))
        }
    }
}

/// `credential.refreshed` for what stands at the address: it passes where `newer`, with these `checks` and a
/// signature that is its issuer's if `is_established`, may stand for `credential`.
pub fn may_stand(
    credential: &Credential,
    newer: Option<&Credential>,
    is_established: bool,
    checks: &[Check],
) -> Check {
    let fail = |reason| Check::fail(CREDENTIAL_REFRESHED, reason).at(AT);
    let Some(newer) = newer.filter(|_| is_established && checks.iter().all(holds)) else {
        return fail("refresh-not-verified");
    };
    if newer.issuer.id != credential.issuer.id || newer.id != credential.id || newer.id.is_none() {
        return fail("refresh-of-another");
    }
    // Dates and standing are lent to these claims, so it must make them: else whoever keeps a withdrawn award
    // could show it under the standing of the lesser one that replaced it.
    if newer.name != credential.name || newer.subjects != credential.subjects {
        return fail("refresh-of-another");
    }
    // An older version, from before a date was moved or a standing published, would hide just that.
    let start = |of: &Credential| of.valid_from.iter().filter_map(|text| unix_seconds(text)).max();
    if start(newer) < start(credential) {
        return fail("refresh-older");
    }
    let dated = newer.valid_from.first().cloned().unwrap_or_default();
    Check::pass(CREDENTIAL_REFRESHED, "refresh-used").with("value", dated).at(AT)
}

/// Whether a check of the newer version leaves it usable. Its dates are what is wanted of it, whatever they
/// are.
fn holds(check: &Check) -> bool {
    check.level == Level::Advisory
        || is_of_dates(check)
        || matches!(check.outcome, Outcome::Pass | Outcome::Skipped)
}

/// Whether the check is about the dates between which a credential holds.
pub fn is_of_dates(check: &Check) -> bool {
    [VALIDITY_FROM, VALIDITY_UNTIL].iter().any(|row: &Row| row.id == check.id)
}

const AT: &str = "/refreshService";
