//! Layer 4. What one entry of a credential asks of a list, and what the list answers.
//!
//! "Set" counts from every list that is read; "not set" only from one that can be told from its neighbours:
//! it names the address it was read at and is not out of date, and where nobody signed it, it is plainly the
//! issuer's own.

use crate::check::status::{VerifiedList, without_fragment};
use crate::check::{
    STATUS_LIST_ADDRESS, STATUS_LIST_ISSUER, STATUS_LIST_LENGTH, STATUS_OTHER, STATUS_REVOCATION,
    STATUS_SUSPENSION,
};
use crate::credential::Credential;
use crate::did;
use crate::need::host;
use crate::policy::{Policy, SKEW_SECONDS};
use crate::report::{Check, Identity, Outcome, Row};
use crate::status::token_status_list::{INVALID, SUSPENDED};
use crate::status::{self, Kind, Method, Place, Reading};

/// What an entry is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Whether it was withdrawn for good.
    Revocation,
    /// Whether it was withdrawn for a time.
    Suspension,
    /// Each value of the list says which of the two.
    Either,
    /// Something that says nothing about validity.
    Other,
}

impl Meaning {
    /// What `purpose` stands for; none where it may be a misspelling of the one that revokes.
    pub fn of(purpose: &str) -> Option<Meaning> {
        match purpose {
            "revocation" => Some(Meaning::Revocation),
            "suspension" => Some(Meaning::Suspension),
            status::ANY_PURPOSE => Some(Meaning::Either),
            "message" | REFRESH => Some(Meaning::Other),
            _ => None,
        }
    }

    /// The checks that answer it.
    pub fn rows(self) -> &'static [Row] {
        match self {
            Meaning::Revocation => &[STATUS_REVOCATION],
            Meaning::Suspension => &[STATUS_SUSPENSION],
            Meaning::Either => &[STATUS_REVOCATION, STATUS_SUSPENSION],
            Meaning::Other => &[STATUS_OTHER],
        }
    }
}

/// What is asked of a list.
pub(super) struct Question<'a> {
    /// The kind of the entry.
    pub kind: &'static Kind,
    /// Where it points to.
    pub place: &'a Place,
    /// What it is about.
    pub meaning: Meaning,
    /// The credential that has it.
    pub credential: &'a Credential,
    /// The caller's decisions.
    pub policy: &'a Policy,
}

impl Question<'_> {
    /// What a list that is at hand says.
    #[inline(never)]
    pub fn read(&self, list: &VerifiedList) -> Vec<Check> {
        let opened = match &list.opened {
            Ok(opened) => opened,
            Err(reason) => return self.unknown(reason),
        };
        let reading = match self.kind.is_of_more(self.place) {
            false => status::value(opened, self.place),
            true => {
                let id = self.credential.id.as_deref();
                status::value_of_more(self.kind.method, opened, self.place, id)
            }
        };
        let reading = match reading {
            Ok(reading) => reading,
            Err(reason) => return self.unknown(reason),
        };
        let names_its_address = list.id.map(without_fragment) == Some(list.url);
        let dated = list.report.credential.as_ref().map(|list| list.valid_from.join(" ")).unwrap_or_default();
        let read_at = list.read_at.map(|time| time.to_string()).unwrap_or_default();
        let mut checks = self.answers(&reading);
        for check in &mut checks {
            // DEVIATION: the specification lets a list leave its id out or differ. A list swapped for
            // another of the same signer would hide a revocation, so "not set" does not count from it;
            // "set" does, because believing too little is the safe side
            // (08-open-badges-3/dcc-*, all of whose lists name another address).
            let reason = match self.is_unsigned() {
                _ if !names_its_address => Some("status-list-address-differs"),
                _ if self.is_stale(list, opened.ttl_milliseconds) => Some("status-list-stale"),
                true => self.distrust(list),
                false => None,
            };
            if let (Outcome::Pass, Some(reason)) = (check.outcome, reason) {
                check.outcome = Outcome::Unknown;
                check.reason = reason;
            }
            check.params.push(("list-date", dated.clone()));
            check.params.push(("read-at", read_at.clone()));
            if let Some(message) = &reading.message {
                check.params.push(("message", message.clone()));
            }
        }
        checks.extend(self.remarks(list, &reading, names_its_address));
        checks
    }

    fn unknown(&self, reason: &'static str) -> Vec<Check> {
        self.meaning.rows().iter().map(|row| Check::unknown(*row, reason)).collect()
    }

    fn is_unsigned(&self) -> bool {
        self.kind.method == Method::OneEdTech
    }

    /// What `reading` means to each of the checks.
    fn answers(&self, reading: &Reading) -> Vec<Check> {
        let set_by = |row: Row| match (self.meaning, row == STATUS_REVOCATION) {
            (Meaning::Either, true) => reading.value == INVALID,
            (Meaning::Either, false) => reading.value == SUSPENDED,
            _ => reading.value != 0,
        };
        if self.meaning == Meaning::Either && reading.value > SUSPENDED {
            let with_value = |check: Check| check.with("value", reading.value.to_string());
            return self.unknown("status-value-unknown").into_iter().map(with_value).collect();
        }
        let answer = |row: &Row| match (self.meaning, set_by(*row), &reading.message) {
            (Meaning::Other, is_set, _) if self.place.purpose == REFRESH => match is_set {
                true => Check::fail(*row, "status-refresh-available"),
                false => Check::pass(*row, "status-refresh-not-needed"),
            },
            (Meaning::Other, ..) => {
                Check::pass(*row, "status-message").with("value", reading.value.to_string())
            }
            (_, true, Some(_)) if self.is_unsigned() => Check::fail(*row, "status-listed-with-reason"),
            (_, true, _) if self.is_unsigned() => Check::fail(*row, "status-listed"),
            (_, false, _) if self.is_unsigned() => Check::pass(*row, "status-not-listed"),
            (_, true, _) => Check::fail(*row, "status-set"),
            (_, false, _) => Check::pass(*row, "status-not-set"),
        };
        self.meaning.rows().iter().map(answer).collect()
    }

    /// Why "not listed" does not count from a list that nobody signed. What speaks for it is that the
    /// issuer signed its address and that it came from there; so it must at least say that it is this
    /// issuer's, and stand on the issuer's own host where the issuer has one.
    fn distrust(&self, list: &VerifiedList) -> Option<&'static str> {
        let issuer = self.credential.issuer.id.as_deref();
        let own_host = issuer.and_then(|issuer| match did::method(issuer) {
            Some(method) => (method.address)(issuer).map(|address| host(&address).to_owned()),
            None => issuer.starts_with("https://").then(|| host(issuer).to_owned()),
        });
        match own_host {
            _ if issuer.is_none() || list.report.issuer.id.as_deref() != issuer => {
                Some("status-list-of-another-issuer")
            }
            Some(own_host) if own_host != host(list.url) => Some("status-list-on-another-host"),
            _ => None,
        }
    }

    /// What is worth a word about the list.
    fn remarks(&self, list: &VerifiedList, reading: &Reading, names_its_address: bool) -> Vec<Check> {
        let mut checks = Vec::new();
        if !names_its_address {
            let check = Check::fail(STATUS_LIST_ADDRESS, "status-list-address-differs");
            checks.push(check.with("id", list.id.unwrap_or_default()));
        }
        let list_issuer = list.report.issuer.id.as_deref();
        let is_trusted = list.report.issuer.identity == Identity::Listed || self.is_unsigned();
        if list_issuer != self.credential.issuer.id.as_deref() && !is_trusted {
            let check = Check::fail(STATUS_LIST_ISSUER, "status-list-issuer-differs");
            checks.push(check.with("issuer", list_issuer.unwrap_or_default()));
        }
        if let Some(entries) = reading.entries.filter(|entries| *entries < ENTRIES_MIN) {
            let check = Check::fail(STATUS_LIST_LENGTH, "status-list-short");
            checks.push(check.with("entries", entries.to_string()));
        }
        checks
    }

    /// Whether the list should have been read again by now. One that the embedder handed over is what
    /// the card says it is, the state at the time it was read, for as long as the list itself holds: a
    /// page that verifies without a network has no other.
    fn is_stale(&self, list: &VerifiedList, ttl_milliseconds: Option<u64>) -> bool {
        let read_at = list.read_at.filter(|_| !list.pinned);
        match (read_at, ttl_milliseconds.and_then(|ttl| i64::try_from(ttl / 1000).ok())) {
            (Some(read_at), Some(ttl_seconds)) => {
                self.policy.now > read_at.saturating_add(ttl_seconds).saturating_add(SKEW_SECONDS)
            }
            _ => false,
        }
    }
}

/// The purpose of entries that say whether a newer credential can be had
/// ([§2.1](https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry)).
const REFRESH: &str = "refresh";

/// The shortest list that hides a holder in a crowd
/// ([§6.1](https://www.w3.org/TR/vc-bitstring-status-list/#revocation-bitstring-length)).
const ENTRIES_MIN: u64 = 131_072;
