//! Layer 6. The verdict area: one of the headlines, what it rests on, and the one thing to do.

use crate::check;
use crate::check::validity::unix_seconds;
use crate::need::host;
use crate::report::{Check, Headline, Level, Outcome, Report};
use crate::view::blind::COVERED;
use crate::view::checks::value_of;
use crate::view::{Blind, Message, Value, Wishes, parts, quoted};

/// The verdict area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Which headline.
    pub headline: Headline,
    /// Its words.
    pub title: Message,
    /// What is established before the reason is told.
    pub lead: Option<Message>,
    /// What it rests on, one sentence each.
    pub detail: Vec<Message>,
    /// The reason the headline is about, whose sentence and remedy follow the detail.
    pub reason: Option<(&'static str, Vec<(&'static str, Value)>)>,
    /// Id of the sentence that says what to do next, where no remedy of the reason does.
    pub next: Option<&'static str>,
    /// The hosts that a press would ask, each once.
    pub hosts: Vec<String>,
    /// Something could not be fetched, and can be asked for again.
    pub can_retry: bool,
}

/// The verdict area for `report`.
pub fn verdict(report: &Report, wishes: Wishes) -> Verdict {
    // Of a presentation with one credential, what is told is mostly about that.
    let only = parts::only_presented(report);
    let told = only.unwrap_or(report);
    let decisive = match (decisive(report), only) {
        (Some(check), Some(only)) if check.id == check::PRESENTATION_CREDENTIALS.id => self::decisive(only),
        (check, _) => check,
    };
    let title = title(report, decisive);
    let mut detail = Vec::new();
    match report.headline {
        Headline::Verified | Headline::GenuineIssuerUnconfirmed if told.credential.is_none() => {
            let count = Value::Number(report.parts.len());
            detail.push(Message::new("detail.presents").with("count", count));
        }
        Headline::Verified => standing(told, &mut detail),
        Headline::GenuineIssuerUnconfirmed => {
            detail.push(Message::new("detail.intact"));
            detail.extend(told.issuer.name.as_ref().map(|name| {
                Message::new("detail.name-is-a-claim")
                    .with("name", Value::Quoted(quoted(name, CLAIMED_NAME_CHARS_MAX)))
            }));
            standing(told, &mut detail);
        }
        Headline::Revoked | Headline::Suspended | Headline::Expired | Headline::NotYetValid => {
            if wishes.blind != Blind::HolderAndIssuer {
                detail.push(signed_by(told));
            }
            if let Some(check) = decisive.filter(|check| check.reason == "status-set") {
                detail.push(according_to_list(check));
            }
            also(report, &mut detail);
        }
        Headline::NotFullyChecked | Headline::DoNotRely | Headline::Unreadable => {}
    }
    inside(report, &mut detail);
    let hosts = if wishes.may_ask { hosts(report) } else { Vec::new() };
    if !report.needs.is_empty() && !wishes.may_ask {
        detail.push(Message::new("detail.no-requests"));
    }
    let is_unreachable = |check: &Check| check.reason.ends_with("-unreachable");
    let mut all = report.checks.iter().chain(report.parts.iter().flat_map(|part| &part.checks));
    let can_retry = wishes.may_ask && hosts.is_empty() && all.any(is_unreachable);
    // Beside a good signature, a bad one is worth a word: somebody changed or copied something.
    let beside = report
        .checks
        .iter()
        .any(|check| check.id == check::PROOF_SIGNATURE.id && check.outcome == Outcome::Fail);
    if beside && report.headline > Headline::DoNotRely {
        detail.push(Message::new("detail.another-signature-fails"));
    }
    detail.extend(as_of(report));
    let reason = decisive.filter(|check| is_telling(check, report.headline)).map(|check| {
        let params = check.params.iter().map(|(name, value)| (*name, value_of(name, value)));
        (check.reason, params.collect())
    });
    let lead = lead(report, told, wishes);
    let next = next(report.headline).filter(|_| reason.is_none());
    Verdict { headline: report.headline, title, lead, detail, reason, next, hosts, can_retry }
}

/// What is known for certain where not everything could be checked. Nothing of an issuer who is hidden.
fn lead(report: &Report, told: &Report, wishes: Wishes) -> Option<Message> {
    if report.headline != Headline::NotFullyChecked || told.credential.is_none() {
        return None;
    }
    Some(match &told.issuer.domain {
        _ if wishes.blind == Blind::HolderAndIssuer => return None,
        Some(_) if is_hosted(report) => signed_by(report),
        Some(domain) => Message::new("detail.intact-signed-by").with("domain", Value::Domain(domain.clone())),
        None => listed_as(told).unwrap_or_else(|| Message::new("detail.intact-unnamed")),
    })
}

/// The day for which all this holds, where that is not the day of reading.
fn as_of(report: &Report) -> Option<Message> {
    if let Some(read_at) = report.as_of.documents_read_at {
        return Some(Message::new("detail.as-of-documents").with("day", Value::Day(read_at)));
    }
    let message = || Message::new("detail.as-of").with("day", Value::Day(report.as_of.now));
    report.as_of.chosen.then(message)
}

/// Whether the reason of `check` says more than `headline` does.
fn is_telling(check: &Check, headline: Headline) -> bool {
    match headline {
        Headline::NotFullyChecked | Headline::DoNotRely | Headline::Unreadable => true,
        // Some formats say why.
        Headline::Revoked | Headline::Suspended => check.reason != "status-set",
        _ => false,
    }
}

/// What else keeps a credential from being in force, beside what its headline says; the graver first.
fn also(report: &Report, detail: &mut Vec<Message>) {
    let lesser = [
        (Headline::Suspended, "also.suspended"),
        (Headline::Expired, "also.expired-on"),
        (Headline::NotYetValid, "also.not-yet-valid-until"),
    ];
    for (headline, id) in lesser.into_iter().filter(|(headline, _)| *headline > report.headline) {
        let mut failed = report.checks.iter().filter(|check| check.outcome == Outcome::Fail);
        let Some(check) = failed.find(|check| check.level == Level::Required && check.gravity() == headline)
        else {
            continue;
        };
        let day = check.param("value").and_then(unix_seconds).map(Value::Day);
        detail.push(Message::new(id).with("day", day.unwrap_or_else(|| Value::Plain(COVERED.to_owned()))));
    }
    // What would be graver still may be so.
    let revocation = report.check(check::STATUS_REVOCATION.id);
    if report.headline > Headline::Revoked
        && revocation.is_some_and(|check| check.outcome == Outcome::Unknown)
    {
        detail.push(Message::new("also.revocation-unknown"));
    }
}

/// What a reader can do who has read this headline; the others leave it to their reason's remedy.
fn next(headline: Headline) -> Option<&'static str> {
    match headline {
        Headline::GenuineIssuerUnconfirmed => Some("next.genuine-issuer-unconfirmed"),
        Headline::Revoked => Some("next.revoked"),
        Headline::Suspended => Some("next.suspended"),
        Headline::Expired => Some("next.expired"),
        Headline::NotYetValid => Some("next.not-yet-valid"),
        _ => None,
    }
}

/// The headline of `report` in words.
pub fn title_of(report: &Report) -> Message {
    title(report, decisive(report))
}

/// What the headline does not say and must not hide: who presents, and parts that are not in order.
fn inside(report: &Report, detail: &mut Vec<Message>) {
    let reason = |id: &str| report.check(id).map(|check| check.reason);
    match reason(check::PRESENTATION_HOLDER_BINDING.id) {
        Some("presentation-not-signed") => detail.push(Message::new("detail.wrapped")),
        Some("presenter-is-holder" | "holder-has-the-key") => {
            detail.push(Message::new("detail.presented-by-holder"))
        }
        _ => {}
    }
    let sentences = [
        (check::MEMBERS_VERIFIED, "detail.members-bad"),
        (check::ENDORSEMENTS_VERIFIED, "detail.endorsements-bad"),
    ];
    for (row, id) in sentences {
        let failed = report.check(row.id).filter(|check| check.outcome == Outcome::Fail);
        if let Some(bad) = failed.and_then(|check| check.param("bad")).and_then(|bad| bad.parse().ok()) {
            detail.push(Message::new(id).with("count", Value::Number(bad)));
        }
    }
}

/// The check the headline is about: the first gravest failure, or the first thing not known. An
/// unknown that only waits for another says nothing new.
fn decisive(report: &Report) -> Option<&Check> {
    let required = || report.checks.iter().filter(|check| check.level == Level::Required);
    let failed = required()
        .filter(|check| check.outcome == Outcome::Fail)
        .filter(|check| check.gravity() == report.headline);
    let unknown = required().filter(|check| check.outcome == Outcome::Unknown);
    let is_cause = |check: &&Check| !FOLLOWS.contains(&check.reason);
    let failed: Vec<&Check> = failed.collect();
    // What the signature says weighs more than what follows from a wrong one.
    let signature = failed.iter().find(|check| check.id == check::PROOF_ANY_GOOD.id);
    signature
        .or(failed.first())
        .copied()
        .or_else(|| unknown.clone().find(is_cause))
        .or_else(|| unknown.clone().next())
}

fn title(report: &Report, decisive: Option<&Check>) -> Message {
    let day = decisive.and_then(|check| check.param("value")).and_then(unix_seconds);
    let dated = |plain: &'static str, with_day: &'static str| match day {
        Some(day) => Message::new(with_day).with("day", Value::Day(day)),
        None => Message::new(plain),
    };
    match report.headline {
        Headline::Verified => Message::new("headline.verified"),
        Headline::GenuineIssuerUnconfirmed => Message::new("headline.genuine-issuer-unconfirmed"),
        Headline::NotFullyChecked => Message::new("headline.not-fully-checked"),
        Headline::Revoked => Message::new("headline.revoked"),
        Headline::Suspended => Message::new("headline.suspended"),
        Headline::Expired => dated("headline.expired", "headline.expired-on"),
        Headline::NotYetValid => dated("headline.not-yet-valid", "headline.not-yet-valid-until"),
        Headline::Unreadable => Message::new("headline.unreadable"),
        Headline::DoNotRely => {
            let why = decisive.map(|check| check.reason).unwrap_or_default();
            Message::new("headline.do-not-rely").with("why", Value::Message(short(why)))
        }
    }
}

/// In a few words, why it is not to be relied on.
fn short(reason: &str) -> &'static str {
    match reason {
        "not-signed" | "hosted-nowhere" => "why.not-signed",
        "hosted-elsewhere" | "badge-class-elsewhere" => "why.not-issuers-host",
        "signature-does-not-match" => "why.altered",
        "term-not-signed" | "said-in-a-foreign-way" | "root-not-signed" => "why.not-all-signed",
        "key-not-published"
        | "key-not-vouched-for"
        | "key-of-another-controller"
        | "key-not-for-assertion"
        | "key-withdrawn"
        | "did-document-other-id" => "why.not-issuers-key",
        "presenter-is-another" => "why.not-the-holder",
        "endorsement-about-something-else" => "why.about-something-else",
        "presented-some-bad" => "why.presented-bad",
        "proof-expired" | "proof-from-the-future" | "purpose-is-other" => "why.signature-misused",
        _ => "why.not-in-order",
    }
}

/// Who signed, when it was issued, whether it stands, until when.
fn standing(report: &Report, detail: &mut Vec<Message>) {
    if report.issuer.domain.is_some() {
        detail.push(signed_by(report));
    }
    detail.extend(listed_as(report));
    let facts = report.credential.as_ref();
    // What nobody can be named for needs its room for what to do; the day stands among the facts.
    let is_named = report.headline == Headline::Verified;
    if let Some(day) = facts.filter(|_| is_named).and_then(|facts| moments(&facts.valid_from).max()) {
        detail.push(Message::new("detail.issued-on").with("day", Value::Day(day)));
    }
    let revocation = report.check(check::STATUS_REVOCATION.id);
    if revocation.is_some_and(|check| check.outcome == Outcome::Pass) {
        detail.push(Message::new("detail.not-revoked"));
    }
    if let Some(day) = facts.and_then(|facts| moments(&facts.valid_until).min()) {
        detail.push(Message::new("detail.valid-until").with("day", Value::Day(day)));
    }
}

/// The moments of several texts; of bounds, the strictest is the one that counts.
fn moments(texts: &[String]) -> impl Iterator<Item = i64> {
    texts.iter().filter_map(|text| unix_seconds(text))
}

/// How the embedder's own list calls the issuer.
fn listed_as(report: &Report) -> Option<Message> {
    let name = report.issuer.listed_as.as_ref()?;
    Some(Message::new("detail.listed").with("name", Value::Quoted(quoted(name, CLAIMED_NAME_CHARS_MAX))))
}

fn signed_by(report: &Report) -> Message {
    if let (None, Some(listed)) = (&report.issuer.domain, listed_as(report)) {
        return listed;
    }
    match (&report.issuer.domain, &report.issuer.name) {
        (Some(domain), _) if is_hosted(report) => {
            Message::new("detail.published-by").with("domain", Value::Domain(domain.clone()))
        }
        _ if is_hosted(report) => Message::new("detail.published"),
        (Some(domain), _) => Message::new("detail.signed-by").with("domain", Value::Domain(domain.clone())),
        (None, Some(name)) => Message::new("detail.signed-by-claimed")
            .with("name", Value::Quoted(quoted(name, CLAIMED_NAME_CHARS_MAX))),
        (None, None) => Message::new("detail.signed-by-nobody"),
    }
}

/// Whether it is its publication that vouches for it, and no signature.
fn is_hosted(report: &Report) -> bool {
    report.check(check::PROOF_ANY_GOOD.id).is_some_and(|check| check.reason == "hosted-at-its-address")
}

fn according_to_list(check: &Check) -> Message {
    let dated = check.param("list-date").and_then(unix_seconds);
    let read = check.param("read-at").and_then(|text| text.parse().ok());
    match (dated, read) {
        (Some(dated), Some(read)) => Message::new("detail.listed-so-read")
            .with("day", Value::Day(dated))
            .with("read", Value::Day(read)),
        (Some(dated), None) => Message::new("detail.listed-so-on").with("day", Value::Day(dated)),
        _ => Message::new("detail.listed-so"),
    }
}

fn hosts(report: &Report) -> Vec<String> {
    let mut hosts: Vec<String> = Vec::new();
    for need in &report.needs {
        let host = host(&need.url).to_owned();
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    hosts
}

/// Characters of a name that is only claimed, inside the verdict area.
const CLAIMED_NAME_CHARS_MAX: usize = 60;

/// Reasons that only follow from another check.
const FOLLOWS: &[&str] =
    &["waits-for-signature", "proof-not-evaluated", "document-not-read", "not-made", "key-not-at-hand"];
