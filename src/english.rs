//! Layer 0. English, the language that is built in: every text the card can show, by id.
//!
//! Sentences of checks stand in `reason`. Other languages are files of the shell that replace these
//! by id (`src/js/lang/`); what one of them lacks is shown in English. `{name}` stands for a value. A text with
//! `{count}` is for many; where one thing is said otherwise, that text stands under the id with `#one`.

/// The English text with this id.
pub fn find(id: &str) -> Option<&'static str> {
    texts().find(|(known, _)| *known == id).map(|(_, text)| text)
}

/// The English text with this id; the id itself where there is none, so that a gap shows.
pub fn text(id: &str) -> &str {
    find(id).unwrap_or(id)
}

/// Every text, by id.
pub fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    let later = look::TEXTS.lines().chain(more::TEXTS.lines());
    TABLE.lines().chain(later).filter_map(|line| line.split_once('\t'))
}

/// Rows as lines of one text, which weighs half as much as a table of texts.
macro_rules! table {
    ($(($id:literal, $text:literal $(,)?)),* $(,)?) => {
        concat!($($id, "\t", $text, "\n"),*)
    };
}

mod look;
mod more;

const TABLE: &str = table! {
    // Headlines
    ("headline.verified", "Verified"),
    ("headline.genuine-issuer-unconfirmed", "Genuine, but the issuer is not confirmed"),
    ("headline.not-fully-checked", "Not fully checked"),
    ("headline.do-not-rely", "Do not rely on this: {why}"),
    ("headline.revoked", "Revoked"),
    ("headline.suspended", "Suspended"),
    ("headline.expired", "Expired"),
    ("headline.expired-on", "Expired on {day}"),
    ("headline.not-yet-valid", "Not yet valid"),
    ("headline.not-yet-valid-until", "Not valid before {day}"),
    ("headline.unreadable", "Not a credential we can read"),
    ("why.not-signed", "not signed"),
    ("why.altered", "altered after signing"),
    ("why.not-all-signed", "not all of it was signed"),
    ("why.not-issuers-host", "not published by its issuer"),
    ("why.not-issuers-key", "not signed by its issuer"),
    ("why.signature-misused", "the signature was made for something else"),
    ("why.not-the-holder", "presented by somebody else"),
    ("why.about-something-else", "it is about something else"),
    ("why.presented-bad", "not all that it presents is in order"),
    ("why.not-in-order", "it is not in order"),
    // What a headline rests on
    ("detail.presents", "It presents {count} credentials; each is told below."),
    ("detail.presents#one", "It presents {count} credential, told below."),
    ("detail.wrapped", "Nobody signed the presentation itself, so that it does not show who presents it."),
    ("detail.presented-by-holder", "Presented by its holder."),
    ("detail.members-bad", "{count} of the credentials contained in it are not in order: see each below."),
    ("detail.members-bad#one", "{count} of the credentials contained in it is not in order: see each below."),
    ("detail.endorsements-bad", "{count} of the endorsements it carries are not in order: see each below."),
    ("detail.endorsements-bad#one", "{count} of the endorsements it carries is not in order: see each below."),
    ("detail.intact", "Intact, but anybody could have signed it."),
    ("detail.name-is-a-claim", "The issuer calls itself “{name}”."),
    ("detail.intact-signed-by", "Intact, and signed by {domain}."),
    ("detail.intact-unnamed", "Intact, but signed with a key that belongs to no organisation we can name."),
    ("detail.no-requests", "This page asks nobody."),
    ("detail.blind-needs", "Checking the rest would name the issuer that is hidden."),
    ("detail.signed-by", "Signed by {domain}."),
    ("detail.published-by", "Published by {domain}."),
    ("detail.published", "Published at its own address."),
    ("detail.signed-by-claimed", "Signed by somebody who calls themselves “{name}”."),
    ("detail.signed-by-nobody", "Signed by somebody without a name."),
    ("detail.listed", "Signed by {name}, an issuer on this page's own list."),
    ("detail.issued-on", "Issued on {day}."),
    ("detail.not-revoked", "Not revoked."),
    ("detail.valid-until", "Valid until {day}."),
    ("detail.listed-so", "So says its issuer's list."),
    ("detail.listed-so-on", "So says a list dated {day}."),
    ("detail.listed-so-read", "So says a list dated {day}, read on {read}."),
    ("detail.another-signature-fails", "A second signature on it does not hold."),
    ("detail.as-of-documents", "As of {day}, when the documents that this page supplied were read."),
    ("detail.as-of", "As of {day}, this page says."),
    ("detail.hidden", "What it claims is hidden."),
    ("detail.consent", "Checking asks {hosts}, which will see your network address."),
    // What else keeps it from being in force
    ("also.revocation-unknown", "Whether it was revoked is not known."),
    ("also.suspended", "It is suspended as well."),
    ("also.expired-on", "It expired on {day} as well."),
    ("also.not-yet-valid-until", "Nor does it hold before {day}."),
    // What to do next
    (
        "next.genuine-issuer-unconfirmed",
        "Ask that organisation, at an address you find yourself.",
    ),
    ("next.revoked", "Ask the issuer what happened."),
    ("next.suspended", "Ask the issuer whether it will hold again."),
    ("next.expired", "Ask the holder for a renewed one."),
    ("next.not-yet-valid", "Wait for that day, or ask the issuer."),
    // Actions
    ("action.reveal", "Show anyway"),
    ("action.fetch", "Check now"),
    ("action.fetch-source", "Load it"),
    ("action.choose", "Choose a file"),
    ("action.paste", "Check this text"),
    ("action.retry", "Try again"),
    ("action.unblind", "Show who it is about"),
    ("action.clear", "Check another"),
    ("busy", "Checking…"),
    // The card
    ("card.label", "Credential"),
    ("card.unvouched", "Nobody vouches for what follows."),
    ("card.awarded-to", "{kind} awarded to {name}"),
    ("card.names-nobody", "{kind}; names no holder"),
    ("card.by", "by {name}"),
    ("card.awarded-hidden", "{kind} awarded to somebody whose name is hidden"),
    ("card.by-hidden", "by an issuer that is hidden and not confirmed"),
    ("card.by-hidden-confirmed", "by a confirmed issuer that is hidden"),
    ("card.by-nobody", "by an issuer without a name"),
    ("card.proven-domain", "confirmed as {domain}"),
    ("card.claimed", "(its own words)"),
    ("card.outcomes", "What the holder can do"),
    ("card.story", "More about it: criteria and evidence"),
    ("card.details", "Technical details"),
    ("card.qr", "As a QR code"),
    ("card.checks", "All {count} checks"),
    ("card.checks#one", "The one check"),
    ("card.not-loaded", "The details could not be loaded."),
    ("card.passed", "{count} passed"),
    ("card.failed", "{count} failed"),
    ("card.unknown", "{count} unknown"),
    ("card.not-needed", "{count} not needed"),
    (
        "card.elsewhere",
        "A page can imitate this card. In doubt, ask for the file and check it on a page you trust.",
    ),
    ("card.checked-on", "Checked on {day}."),
    ("card.check-elsewhere", "Check it on another site"),
    ("card.picture", "Picture of the badge"),
    ("card.opens-elsewhere", "opens another site"),
    // Outcomes
    ("outcome.position", "{level} · {place} of {of}"),
    ("outcome.place", "{place} of {of}"),
    ("outcome.value", "{value}"),
    ("outcome.scaled", "{value} (from {min} to {max})"),
    ("outcome.pass-mark", "Pass mark: {level}."),
    ("outcome.percent", "{value} %"),
    ("outcome.below", "Below the pass mark."),
    ("outcome.status", "Status: {status}"),
    ("outcome.unnamed", "Result"),
    ("outcome.bar", "Level {place} of {of}"),
    ("outcome.bar-required", "Level {place} of {of}; {required} was needed"),
    ("card.more", "{count} more, in the report"),
    ("status.completed", "Completed"),
    ("status.enrolled", "Enrolled, not finished"),
    ("status.failed", "Failed"),
    ("status.in-progress", "In progress"),
    ("status.on-hold", "On hold"),
    ("status.provisional", "Provisional"),
    ("status.withdrew", "Withdrew"),
    ("scale.gpa", "Grade point average."),
    ("scale.grade", "Letter grade."),
    ("scale.percent", "Per cent."),
    ("scale.level", "Performance level."),
    ("scale.predicted", "Predicted score."),
    ("scale.score", "Score."),
    ("scale.scaled", "Scaled score."),
    // Kinds
    ("kind.credential", "Credential"),
    ("kind.statement", "Signed statement"),
    ("kind.other", "Credential (“{name}”)"),
    ("kind.assessed-knowledge", "Assessed knowledge"),
    ("kind.activity", "Activity"),
    ("kind.award", "Award"),
    ("kind.completion", "Completion"),
    ("kind.certification", "Certification"),
    ("kind.competency", "Competency"),
    ("kind.degree", "Degree"),
    ("kind.diploma", "Diploma"),
    ("kind.apprenticeship", "Apprenticeship"),
    ("kind.licence", "Licence"),
    ("kind.membership", "Membership"),
    ("kind.micro-credential", "Micro-credential"),
    ("kind.attendance", "Attendance"),
    // Drop zone and notices
    ("drop.title", "Drop a badge or credential here"),
    ("drop.detail", "PNG, SVG or JSON. It is checked in your browser and sent nowhere."),
    ("drop.detail-in-form", "PNG, SVG or JSON. It is checked in your browser, and sent only with this form."),
    ("drop.paste-label", "Or paste its text"),
    ("notice.loading", "Loading…"),
    ("notice.source-consent", "The credential is kept at {host}."),
    ("notice.source-consent-detail", "Loading it shows that host your network address."),
    ("notice.source-bad-address", "The credential's address is not one that is asked."),
    ("notice.source-refused", "The credential is kept elsewhere, and this page makes no requests."),
    (
        "notice.source-refused-detail",
        "Nothing was checked. Download it, and check the file on a page you trust.",
    ),
    ("notice.source-unreachable", "The credential could not be fetched from this page."),
    ("notice.source-unreachable-detail", "Nothing was checked. Try again later."),
    ("notice.could-not-start", "The verifier could not start."),
    (
        "notice.could-not-start-detail",
        "Nothing was checked. The page may forbid WebAssembly, or a file is missing.",
    ),
    ("notice.verifier-stopped", "The verifier stopped."),
    (
        "notice.verifier-stopped-detail",
        "Nothing was established about this credential. Check it on another page.",
    ),
};
