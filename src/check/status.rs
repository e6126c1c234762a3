//! Layer 4. Whether the credential was revoked or suspended, according to lists that are parts.
//!
//! A status is asked for only once the issuer's signature over the entry has passed. A list that
//! cannot be had or believed leaves the status Unknown; "not set" counts only from a list that
//! verified by itself, is of the right kind and names the address it was read at.
//! Spec: [Bitstring Status List §3.2](https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm).

use crate::check::{
    STATUS_LIST_ADDRESS, STATUS_LIST_ISSUER, STATUS_LIST_LENGTH, STATUS_OTHER, STATUS_REVOCATION,
    STATUS_SUSPENSION,
};
use crate::claims::Node;
use crate::credential::{Credential, StatusEntry};
use crate::did::web::is_web_address;
use crate::limits::{Budget, STATUS_ENTRIES_MAX};
use crate::need::{Answer, Found, Need, NeedKind, host};
use crate::policy::{Policy, SKEW_SECONDS};
use crate::report::{Check, Identity, Outcome, Report, Row, Verdict};
use crate::status::{self, Kind, OpenList, Place};

/// A list that was verified as a part.
pub struct VerifiedList<'a> {
    /// The address it was read at.
    pub url: &'a str,
    /// Its own report.
    pub report: &'a Report,
    /// The list unpacked, or the reason why it says nothing.
    pub opened: Result<OpenList, &'static str>,
    /// Its own id, as signed.
    pub id: Option<&'a str>,
    /// When it was read, in Unix seconds, where that is known.
    pub read_at: Option<i64>,
    /// The embedder handed it over.
    pub pinned: bool,
}

/// Reads the entry for one credential out of its lists.
pub struct Asked {
    /// The checks.
    pub checks: Vec<Check>,
    /// The lists that are missing.
    pub needs: Vec<Need>,
}

/// Unpacks a list that was verified as a part, whose claims are at `root`. It says nothing unless it
/// verified by itself and is of a kind that is understood.
pub fn open(report: &Report, root: Option<Node>, budget: &mut Budget) -> Result<OpenList, &'static str> {
    let root = match (report.verdict, root) {
        (Verdict::Valid, Some(root)) => root,
        // It may be in perfect order; this page could not tell.
        (Verdict::Indeterminate, _) => return Err("status-list-not-checked"),
        _ => return Err("status-list-not-trusted"),
    };
    let kind = status::KINDS.iter().find(|kind| root.has_type(kind.list_credential_type));
    (kind.ok_or("status-list-not-of-type")?.open)(root, budget)
}

/// The addresses of the lists that `credential` names, in order, each once.
pub fn lists(credential: &Credential) -> Vec<String> {
    let mut urls: Vec<String> = Vec::new();
    for entry in credential.status.iter().take(STATUS_ENTRIES_MAX) {
        let Some(Ok(place)) = status::kind(entry).map(|kind| (kind.place)(entry)) else { continue };
        let url = without_fragment(&place.list).to_owned();
        if row(&place.purpose) != STATUS_OTHER && is_web_address(&url) && !urls.contains(&url) {
            urls.push(url);
        }
    }
    urls
}

/// The status checks before a signature of the issuer is established.
pub fn waiting(credential: &Credential) -> Vec<Check> {
    match credential.status.is_empty() {
        true => none_named(&[]),
        false => [STATUS_REVOCATION, STATUS_SUSPENSION]
            .map(|row| Check::unknown(row, "waits-for-signature"))
            .to_vec(),
    }
}

/// The status checks: one per entry, and one per purpose that no entry has.
pub fn in_good_standing(
    credential: &Credential,
    lists: &[VerifiedList],
    found: &Found,
    policy: &Policy,
) -> Asked {
    let mut asked = Asked { checks: Vec::new(), needs: Vec::new() };
    if credential.status.len() > STATUS_ENTRIES_MAX {
        let check = Check::unknown(STATUS_REVOCATION, "limit-reached").with("limit", "status-entries");
        asked.checks.push(check.at("/credentialStatus"));
    }
    for entry in credential.status.iter().take(STATUS_ENTRIES_MAX) {
        let mut checks = one_entry(entry, credential, lists, found, policy, &mut asked.needs);
        for check in &mut checks {
            check.at = "/credentialStatus".to_owned();
        }
        asked.checks.append(&mut checks);
    }
    // An entry that is not understood may be about either.
    let unclear = asked.checks.iter().find(|check| NOT_UNDERSTOOD.contains(&check.reason)).cloned();
    let mut missing = none_named(&asked.checks);
    if let Some(unclear) = unclear {
        for check in &mut missing {
            check.outcome = Outcome::Unknown;
            check.reason = unclear.reason;
            check.params.clone_from(&unclear.params);
        }
    }
    asked.checks.extend(missing);
    asked.checks.sort_by_key(|check| rank(check.id));
    asked
}

fn rank(id: &str) -> usize {
    [STATUS_REVOCATION, STATUS_SUSPENSION].iter().position(|row| row.id == id).unwrap_or(2)
}

fn none_named(present: &[Check]) -> Vec<Check> {
    [STATUS_REVOCATION, STATUS_SUSPENSION]
        .into_iter()
        .filter(|row| present.iter().all(|check| check.id != row.id))
        .map(|row| Check::skipped(row, "no-status-named"))
        .collect()
}

fn row(purpose: &str) -> Row {
    match purpose {
        "revocation" => STATUS_REVOCATION,
        "suspension" => STATUS_SUSPENSION,
        _ => STATUS_OTHER,
    }
}

fn one_entry(
    entry: &StatusEntry,
    credential: &Credential,
    lists: &[VerifiedList],
    found: &Found,
    policy: &Policy,
    needs: &mut Vec<Need>,
) -> Vec<Check> {
    // An entry that is not understood may be the one that revokes.
    let Some(kind) = status::kind(entry) else {
        let check = Check::unknown(STATUS_REVOCATION, "status-type-unsupported");
        return vec![check.with("type", entry.types.join(" "))];
    };
    let place = match (kind.place)(entry) {
        Ok(place) => place,
        Err(reason) => return vec![Check::unknown(STATUS_REVOCATION, reason)],
    };
    let row = row(&place.purpose);
    let describe = |check: Check| {
        check
            .with("list", place.list.clone())
            .with("index", place.index.to_string())
            .with("purpose", &place.purpose)
    };
    if row == STATUS_OTHER {
        return vec![describe(match REGISTERED_PURPOSES.contains(&place.purpose.as_str()) {
            true => Check::unknown(row, "status-purpose-other"),
            // It may be a misspelling of the one that revokes.
            false => Check::unknown(STATUS_REVOCATION, "status-purpose-unknown"),
        })];
    }
    let url = without_fragment(&place.list);
    match (lists.iter().find(|list| list.url == url), found.answer(url)) {
        (Some(list), _) => {
            read(row, kind, &place, credential, list, policy).into_iter().map(describe).collect()
        }
        (None, Some(Answer::Failed(reason))) => {
            vec![describe(Check::unknown(row, "status-list-unreachable").with("why", *reason))]
        }
        (None, Some(Answer::Document { bytes, .. })) if bytes.len() > LIST_BYTES_MAX => {
            vec![describe(Check::unknown(row, "status-list-too-large"))]
        }
        (None, _) if !is_web_address(url) => {
            vec![describe(Check::unknown(row, "status-list-address"))]
        }
        (None, _) => {
            let kind = NeedKind::StatusList;
            let need = Need { url: url.to_owned(), kind, for_check: row.id, bytes_max: kind.bytes_max() };
            if !needs.contains(&need) {
                needs.push(need);
            }
            vec![describe(Check::unknown(row, "status-list-not-fetched").with("host", host(url)))]
        }
    }
}

/// What a list that is at hand says about `place`.
fn read(
    row: Row,
    kind: &Kind,
    place: &Place,
    credential: &Credential,
    list: &VerifiedList,
    policy: &Policy,
) -> Vec<Check> {
    let unknown = |reason| vec![Check::unknown(row, reason)];
    let opened = match &list.opened {
        Ok(opened) => opened,
        Err(reason) => return unknown(reason),
    };
    let reading = match (kind.value)(opened, place) {
        Ok(reading) => reading,
        Err(reason) => return unknown(reason),
    };
    let mut checks = Vec::new();
    let names_its_address = list.id.map(without_fragment) == Some(list.url);
    let outcome = match (reading.is_set, names_its_address) {
        (true, _) => Check::fail(row, "status-set"),
        (false, true) => Check::pass(row, "status-not-set"),
        // DEVIATION: the specification lets a list leave its id out or differ. A list swapped for
        // another of the same signer would hide a revocation, so "not set" does not count from it;
        // "set" does, because believing too little is the safe side
        // (08-open-badges-3/dcc-*, all of whose lists name another address).
        (false, false) => Check::unknown(row, "status-list-address-differs"),
    };
    let outcome = match (outcome.outcome, is_stale(list, opened.ttl_milliseconds, policy)) {
        (Outcome::Pass, true) => Check::unknown(row, "status-list-stale"),
        _ => outcome,
    };
    let dated = list.report.credential.as_ref().map(|list| list.valid_from.join(" ")).unwrap_or_default();
    let read_at = list.read_at.map(|time| time.to_string()).unwrap_or_default();
    checks.push(outcome.with("list-date", dated).with("read-at", read_at));
    if !names_its_address {
        let check = Check::fail(STATUS_LIST_ADDRESS, "status-list-address-differs");
        checks.push(check.with("id", list.id.unwrap_or_default()));
    }
    let list_issuer = list.report.issuer.id.as_deref();
    let is_trusted = list.report.issuer.identity == Identity::Listed;
    if list_issuer != credential.issuer.id.as_deref() && !is_trusted {
        let check = Check::fail(STATUS_LIST_ISSUER, "status-list-issuer-differs");
        checks.push(check.with("issuer", list_issuer.unwrap_or_default()));
    }
    if reading.entries < ENTRIES_MIN {
        let check = Check::fail(STATUS_LIST_LENGTH, "status-list-short");
        checks.push(check.with("entries", reading.entries.to_string()));
    }
    checks
}

/// Whether the list should have been read again by now. One that the embedder handed over is what
/// the card says it is, the state at the time it was read, for as long as the list itself holds: a
/// page that verifies without a network has no other.
fn is_stale(list: &VerifiedList, ttl_milliseconds: Option<u64>, policy: &Policy) -> bool {
    let read_at = list.read_at.filter(|_| !list.pinned);
    match (read_at, ttl_milliseconds.and_then(|ttl| i64::try_from(ttl / 1000).ok())) {
        (Some(read_at), Some(ttl_seconds)) => {
            policy.now > read_at.saturating_add(ttl_seconds).saturating_add(SKEW_SECONDS)
        }
        _ => false,
    }
}

fn without_fragment(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}

/// Reasons why nobody knows what an entry is about.
const NOT_UNDERSTOOD: &[&str] = &[
    "status-type-unsupported",
    "status-size-unsupported",
    "status-entry-malformed",
    "status-purpose-unknown",
    "limit-reached",
];

/// The most bytes a list credential may have, compressed as it is.
pub const LIST_BYTES_MAX: usize = 2_000_000;

/// Purposes of the specification that say nothing about validity
/// ([§2.1](https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry)).
const REGISTERED_PURPOSES: &[&str] = &["refresh", "message"];

/// The shortest list that hides a holder in a crowd
/// ([§6.1](https://www.w3.org/TR/vc-bitstring-status-list/#revocation-bitstring-length)).
const ENTRIES_MIN: u64 = 131_072;
