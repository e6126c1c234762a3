//! Layer 4. Whether the credential is in force at the time that counts as now.
//!
//! Spec: [VCDM 2.0 §4.9](https://www.w3.org/TR/vc-data-model-2.0/#validity-period). Every value that
//! is stated counts: the latest beginning and the earliest end.

use crate::check::{VALIDITY_FROM, VALIDITY_UNTIL};
use crate::codec::date_time;
use crate::credential::Credential;
use crate::policy::{Policy, SKEW_SECONDS};
use crate::report::{Check, Row};

/// `validity.from` and `validity.until`. `established` tells whether a signature by the issuer
/// covers the dates; before that nothing is said about them.
pub fn in_force(credential: &Credential, established: bool, policy: &Policy) -> [Check; 2] {
    if !established {
        let wait = |row| Check::unknown(row, "waits-for-signature");
        return [wait(VALIDITY_FROM), wait(VALIDITY_UNTIL)];
    }
    let now = policy.now;
    let from = bound(VALIDITY_FROM, &credential.valid_from, "no-start", |times| {
        let begins = times.iter().copied().max()?;
        Some(match begins > now.saturating_add(SKEW_SECONDS) {
            true => Check::fail(VALIDITY_FROM, "not-yet-in-force"),
            false => Check::pass(VALIDITY_FROM, "in-force-since"),
        })
    });
    let until = bound(VALIDITY_UNTIL, &credential.valid_until, "no-end", |times| {
        let ends = times.iter().copied().min()?;
        Some(match now > ends.saturating_add(SKEW_SECONDS) {
            true => Check::fail(VALIDITY_UNTIL, "no-longer-in-force"),
            false => Check::pass(VALIDITY_UNTIL, "in-force-until"),
        })
    });
    [from, until].map(|check| check.with("now", now.to_string()))
}

fn bound(
    row: Row,
    stated: &[String],
    absent: &'static str,
    compare: impl Fn(&[i64]) -> Option<Check>,
) -> Check {
    let times: Option<Vec<i64>> = stated.iter().map(|text| unix_seconds(text)).collect();
    match times {
        None => Check::fail(row, "time-malformed").with("value", stated.join(" ")),
        Some(times) => match compare(&times) {
            None => Check::skipped(row, absent),
            Some(check) => check.with("value", stated.join(" ")),
        },
    }
}

/// A time with its zone; one without is read as UTC, as VCDM 1.1 issuers meant it.
pub fn unix_seconds(text: &str) -> Option<i64> {
    date_time::parse(text).or_else(|| date_time::parse_without_zone(text)).map(|time| time.unix_seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Outcome;

    fn outcomes(from: &[&str], until: &[&str]) -> (Outcome, Outcome) {
        let own = |texts: &[&str]| texts.iter().map(|text| String::from(*text)).collect();
        let credential =
            Credential { valid_from: own(from), valid_until: own(until), ..Credential::default() };
        // 2026-11-22T12:00:00Z
        let policy = Policy { now: 1_795_348_800, ..Policy::default() };
        let [from, until] = in_force(&credential, true, &policy);
        (from.outcome, until.outcome)
    }

    #[test]
    fn bounds_have_a_tolerance_and_every_value_counts() {
        use Outcome::{Fail, Pass, Skipped};
        type Row<'a> = (&'a [&'a str], &'a [&'a str], (Outcome, Outcome));
        let table: &[Row] = &[
            (&[], &[], (Skipped, Skipped)),
            (&["2026-11-22T12:05:00Z"], &["2026-11-22T11:55:00Z"], (Pass, Pass)),
            (&["2026-11-22T12:05:01Z"], &["2026-11-22T11:54:59Z"], (Fail, Fail)),
            (&["2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"], &[], (Fail, Skipped)),
            (&[], &["2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"], (Skipped, Fail)),
            (&["soon"], &["2026-11-22T14:00:00+02:00"], (Fail, Pass)),
        ];
        for (from, until, expected) in table {
            assert_eq!(outcomes(from, until), *expected, "{from:?} {until:?}");
        }
    }

    #[test]
    fn unsigned_dates_say_nothing() {
        let [from, until] = in_force(&Credential::default(), false, &Policy::default());
        assert_eq!((from.outcome, until.outcome), (Outcome::Unknown, Outcome::Unknown));
    }
}
