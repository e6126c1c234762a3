//! Layer 4. Whether the credential was revoked or suspended, according to lists that are parts.
//!
//! A status is asked for only once the issuer's signature over the entry has passed. A list that
//! cannot be had or believed leaves the status Unknown; "not set" counts only from a list that
//! verified by itself, is of the right kind and names the address it was read at.
//! Spec: [Bitstring Status List §3.2](https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm).

use crate::check::status_question::{Meaning, Question};
use crate::check::{STATUS_REVOCATION, STATUS_SUSPENSION};
use crate::claims::Node;
use crate::credential::{Credential, StatusEntry};
use crate::crypto::{Engines, part};
use crate::did::web::is_web_address;
use crate::limits::{Budget, STATUS_ENTRIES_MAX};
use crate::need::{Answer, Found, Need, NeedKind, host};
use crate::policy::Policy;
use crate::report::{Check, Outcome, Report, Verdict};
use crate::status::{self, KINDS, Kind, Method, OpenList};

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

/// Unpacks a list that was examined as a part, whose claims are at `root` and to which entries of `kind`
/// point. It says nothing unless it verified by itself and is of a kind that is understood.
#[inline(never)]
pub fn open(
    kind: &Kind,
    report: &Report,
    root: Option<Node>,
    engines: &Engines,
    budget: &mut Budget,
) -> Result<OpenList, &'static str> {
    let root = match (kind.method, report.verdict, root) {
        // It is not signed: how far it counts is decided where it is read.
        (Method::OneEdTech, _, Some(root)) => root,
        (_, Verdict::Valid, Some(root)) => root,
        // It may be in perfect order; this page could not tell.
        (_, Verdict::Indeterminate, _) => return Err("status-list-not-checked"),
        _ => return Err("status-list-not-trusted"),
    };
    let method = match is_credential(kind) {
        false => kind.method,
        true => {
            let kind = KINDS.iter().find(|kind| is_credential(kind) && root.has_type(kind.list_type));
            kind.ok_or("status-list-not-of-type")?.method
        }
    };
    match method {
        Method::Bitstring => status::open(root, budget),
        _ if !engines.has_more() => Err("part-not-loaded"),
        _ => status::open_more(method, root, budget),
    }
}

/// Whether lists of this kind are credentials, and are examined as such.
pub fn is_credential(kind: &Kind) -> bool {
    !matches!(kind.method, Method::Token | Method::OneEdTech)
}

/// The addresses of the lists that `credential` names and that can be read with what is at hand, in order,
/// each once, with the kind that the first entry asks for there.
pub fn lists(credential: &Credential, engines: &Engines) -> Vec<(String, &'static Kind)> {
    let mut urls: Vec<(String, &'static Kind)> = Vec::new();
    for entry in credential.status.iter().take(STATUS_ENTRIES_MAX) {
        let Some(kind) = status::kind(entry) else { continue };
        let Ok(place) = kind.place(entry) else { continue };
        let url = without_fragment(&place.list).to_owned();
        let is_read = Meaning::of(&place.purpose).is_some_and(|meaning| {
            engines.has_more() || (meaning != Meaning::Other && !kind.is_of_more(&place))
        });
        if is_read && is_web_address(&url) && !urls.iter().any(|(known, _)| *known == url) {
            urls.push((url, kind));
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
    lists: &[&VerifiedList],
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

fn one_entry(
    entry: &StatusEntry,
    credential: &Credential,
    lists: &[&VerifiedList],
    found: &Found,
    policy: &Policy,
    needs: &mut Vec<Need>,
) -> Vec<Check> {
    // An entry that is not understood may be the one that revokes.
    let Some(kind) = status::kind(entry) else {
        let check = Check::unknown(STATUS_REVOCATION, "status-type-unsupported");
        return vec![check.with("type", entry.types.join(" "))];
    };
    let place = match kind.place(entry) {
        Ok(place) => place,
        Err(reason) => return vec![Check::unknown(STATUS_REVOCATION, reason)],
    };
    let describe = |check: Check| {
        check
            .with("list", place.list.clone())
            .with("index", place.index.to_string())
            .with("purpose", &place.purpose)
    };
    let Some(meaning) = Meaning::of(&place.purpose) else {
        return vec![describe(Check::unknown(STATUS_REVOCATION, "status-purpose-unknown"))];
    };
    let unknown = |reason| meaning.rows().iter().map(move |row| Check::unknown(*row, reason));
    if (meaning == Meaning::Other || kind.is_of_more(&place)) && !found.engines.has_more() {
        return unknown("part-not-loaded").map(|check| describe(check.with("part", part::MORE))).collect();
    }
    let url = without_fragment(&place.list);
    match (lists.iter().find(|list| list.url == url), found.answer(url)) {
        (Some(list), _) => {
            let asked = Question { kind, place: &place, meaning, credential, policy };
            asked.read(list).into_iter().map(describe).collect()
        }
        (None, Some(Answer::Failed(reason))) => {
            unknown("status-list-unreachable").map(|check| describe(check.with("why", *reason))).collect()
        }
        (None, Some(Answer::Document { bytes, .. })) if bytes.len() > LIST_BYTES_MAX => {
            unknown("status-list-too-large").map(describe).collect()
        }
        (None, Some(_)) if !found.engines.has_net() => {
            unknown("part-not-loaded").map(|check| describe(check.with("part", part::NET))).collect()
        }
        (None, _) if !is_web_address(url) => unknown("status-list-address").map(describe).collect(),
        (None, _) => {
            let for_check = meaning.rows().first().map(|row| row.id).unwrap_or_default();
            let kind = NeedKind::StatusList;
            let need = Need { url: url.to_owned(), kind, for_check, bytes_max: kind.bytes_max() };
            if !needs.contains(&need) {
                needs.push(need);
            }
            unknown("status-list-not-fetched").map(|check| describe(check.with("host", host(url)))).collect()
        }
    }
}

/// An address without its fragment.
pub(super) fn without_fragment(url: &str) -> &str {
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
