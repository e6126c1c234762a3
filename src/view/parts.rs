//! Layer 6. The credentials inside a credential, each with its own headline.
//!
//! A part is told from its own report and nothing else: neither does the card lend it the headline above,
//! nor does that headline hide what a part's says. Endorsements of what the card is about stand by
//! themselves ([`vouched`]), and so does how achievements lead to one another ([`stack`]).

use crate::check;
use crate::check::validity::unix_seconds;
use crate::codec::date_time::date_of;
use crate::codec::order::order;
use crate::credential::Credential;
use crate::report::{Headline, Report, Role, Verdict};
use crate::view::stack::Path;
use crate::view::{
    Message, NAME_CHARS_MAX, Quoted, Value, Wishes, achievement, headline, hides_claims, kinds, quoted,
    stack, vouched,
};

/// What a card says of the credentials inside a credential.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The endorsements of what the card is about; a commitment first, then the better known ones.
    pub vouched: Vec<PartLine>,
    /// How achievements lead to one another.
    pub paths: Vec<Path>,
    /// How many credentials are inside, at any depth.
    pub count: usize,
    /// How many of them have which headline, the gravest first.
    pub tally: Vec<(Headline, usize)>,
    /// How many more there are that were not looked at.
    pub passed_over: usize,
    /// What a reader sees at once: all where they are few, else those that do not hold, with what they are in.
    pub shown: Vec<PartLine>,
    /// All of them by what they have in common, where they are many.
    pub groups: Vec<Group>,
}

/// Credentials with something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What that is.
    pub title: Message,
    /// How many of them have which headline, the gravest first.
    pub tally: Vec<(Headline, usize)>,
    /// The credentials, with what is inside them behind each.
    pub lines: Vec<PartLine>,
}

/// One part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartLine {
    /// What it is, by id in the message table.
    pub kind: &'static str,
    /// How many parts it stands inside, from 0.
    pub depth: usize,
    /// Its name, where somebody vouches for it or it was revealed; of an endorsement, its author's.
    pub name: Option<Quoted>,
    /// What its issuer calls itself, likewise.
    pub issuer: Option<Quoted>,
    /// How well that is known.
    pub identity: Option<Message>,
    /// What an endorsement is about, where it is about that.
    pub about: Option<&'static str>,
    /// What an endorsement says, likewise.
    pub comment: Option<Quoted>,
    /// An endorsement that promises something, by somebody who is known.
    pub is_commitment: bool,
    /// Its headline.
    pub headline: Headline,
    /// Its headline in words.
    pub title: Message,
}

/// The one credential of a presentation that has only one: what a reader wants to know is about that.
pub fn only_presented(report: &Report) -> Option<&Report> {
    let mut presented = report.parts.iter().filter(|part| part.role == Some(Role::Presented));
    presented.next().filter(|_| presented.next().is_none())
}

/// What there is to say about the parts of `report` and what is inside those. Gate: a report has such parts
/// only where the part of the package was loaded that makes them.
#[inline(never)]
pub fn lines(report: &Report, wishes: Wishes) -> Parts {
    let told = only_presented(report).unwrap_or(report);
    let inside = inside(report, told);
    let lines: Vec<PartLine> = inside.iter().map(|(part, depth)| line(part, *depth, wishes)).collect();
    let few = lines.len() <= FEW;
    Parts {
        vouched: vouched::lines(told, wishes),
        paths: stack::paths(told, wishes),
        count: lines.len(),
        tally: tally(&lines),
        passed_over: passed_over(report),
        groups: if few { Vec::new() } else { groups(&inside, &lines, wishes) },
        shown: if few { lines } else { not_in_order(&lines) },
    }
}

/// The parts of `report` and what is inside those, each behind what it is in. Endorsements of `told` are
/// told apart.
fn inside<'a>(report: &'a Report, told: &Report) -> Vec<(&'a Report, usize)> {
    let mut all = Vec::new();
    let mut next = vec![(report, 0)];
    while let Some((around, depth)) = next.pop() {
        if depth > 0 {
            all.push((around, depth - 1));
        }
        let is_told = std::ptr::eq(around, told);
        let parts = around.parts.iter().rev().filter(|part| match part.role {
            Some(Role::Member | Role::Presented) => true,
            Some(Role::Endorsement) => !is_told,
            // What a list says is said of the credential.
            _ => false,
        });
        next.extend(parts.map(|part| (part, depth + 1)));
    }
    all
}

/// How many members the check counted that have no report.
fn passed_over(report: &Report) -> usize {
    let counted = report.check(check::MEMBERS_VERIFIED.id).and_then(|check| check.param("count"));
    let counted: usize = counted.and_then(|count| count.parse().ok()).unwrap_or_default();
    counted.saturating_sub(report.parts.iter().filter(|part| part.role == Some(Role::Member)).count())
}

/// The facts of `part` that may be shown: signed, and not refuted, or asked for.
pub(super) fn shown_facts(part: &Report, wishes: Wishes) -> Option<&Credential> {
    let facts = part.facts();
    facts.filter(|_| wishes.revealed || !hides_claims(part))
}

/// How the issuer of `part` is known; nothing where it is not.
pub(super) fn identity(part: &Report) -> Option<Message> {
    let issuer = &part.issuer;
    match (&issuer.domain, &issuer.listed_as) {
        _ if hides_claims(part) => None,
        (Some(domain), _) => {
            Some(Message::new("card.proven-domain").with("domain", Value::Domain(domain.clone())))
        }
        (None, Some(name)) => {
            Some(Message::new("part.listed").with("name", Value::Quoted(quoted(name, NAME_CHARS_MAX))))
        }
        (None, None) => None,
    }
}

pub(super) fn line(part: &Report, depth: usize, wishes: Wishes) -> PartLine {
    let facts = shown_facts(part, wishes);
    let achieved = facts.and_then(achievement).and_then(|it| it.name.as_ref());
    let named = |text: Option<&String>| text.map(|text| quoted(text, NAME_CHARS_MAX));
    PartLine {
        kind: match part.role {
            Some(Role::Endorsement) => "part.endorsement",
            Some(Role::Presented) => "part.presented",
            _ => "part.member",
        },
        depth,
        name: named(facts.and_then(|facts| facts.name.as_ref()).or(achieved)),
        issuer: named(facts.and_then(|facts| facts.issuer.name.as_ref())),
        identity: identity(part),
        about: None,
        comment: None,
        is_commitment: false,
        headline: part.headline,
        title: headline::title_of(part),
    }
}

/// How many of `lines` have which headline, the gravest first.
fn tally(lines: &[PartLine]) -> Vec<(Headline, usize)> {
    let count = |headline: Headline| lines.iter().filter(|line| line.headline == headline).count();
    HEADLINES.iter().map(|headline| (*headline, count(*headline))).filter(|(_, count)| *count > 0).collect()
}

/// The lines that do not hold, with those they stand inside.
fn not_in_order(lines: &[PartLine]) -> Vec<PartLine> {
    let mut shown = Vec::new();
    // Whether something of this depth was kept that still stands without what it is in.
    let mut is_kept = [false; DEPTHS];
    for line in lines.iter().rev() {
        let below = is_kept.get_mut(line.depth + 1).is_some_and(std::mem::take);
        if below || !holds(line.headline) {
            shown.push(line.clone());
            if let Some(here) = is_kept.get_mut(line.depth) {
                *here = true;
            }
        }
    }
    shown.reverse();
    shown.truncate(SHOWN_MAX);
    shown
}

fn holds(headline: Headline) -> bool {
    headline >= Headline::GenuineIssuerUnconfirmed
}

/// The lines by what the credentials of depth 0 have in common: their kind, else their issuer, else their
/// year, whichever tells some of them apart first.
fn groups(inside: &[(&Report, usize)], lines: &[PartLine], wishes: Wishes) -> Vec<Group> {
    for rule in [Rule::Kind, Rule::Issuer, Rule::Year] {
        let mut current = Message::new("part.all");
        let (mut titles, mut keys) = (Vec::new(), Vec::new());
        for (part, depth) in inside {
            if *depth == 0 {
                current = title(rule, part, wishes);
            }
            keys.push(key(&current));
            titles.push(current.clone());
        }
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let sorted = order_of(&keys);
        let key = |position: &usize| keys.get(*position);
        let mut groups = Vec::new();
        for run in sorted.chunk_by(|one, other| key(one) == key(other)) {
            let Some(title) = run.first().and_then(|position| titles.get(*position)) else { continue };
            let lines: Vec<PartLine> =
                run.iter().filter_map(|position| lines.get(*position).cloned()).collect();
            groups.push(Group { title: title.clone(), tally: tally(&lines), lines });
        }
        if (2..=GROUPS_MAX).contains(&groups.len()) {
            return groups;
        }
    }
    vec![Group { title: Message::new("part.all"), tally: tally(lines), lines: lines.to_vec() }]
}

/// What credentials may have in common.
#[derive(Clone, Copy)]
enum Rule {
    Kind,
    Issuer,
    Year,
}

/// The positions of `keys` in their order. One function for all, because how it compares is part of what
/// every page loads.
pub(super) fn order_of(keys: &[&str]) -> Vec<usize> {
    order(keys.len(), &|one, other| keys.get(one).cmp(&keys.get(other)))
}

/// What tells titles apart.
fn key(title: &Message) -> String {
    let mut key = title.id.to_owned();
    for (_, value) in &title.params {
        if let Value::Quoted(Quoted(text)) | Value::Domain(text) | Value::Plain(text) = value {
            key.push_str(text);
        }
    }
    key
}

fn title(rule: Rule, part: &Report, wishes: Wishes) -> Message {
    let facts = shown_facts(part, wishes);
    match rule {
        Rule::Kind => kinds::kind(facts.and_then(achievement)),
        Rule::Issuer => {
            let line = line(part, 0, wishes);
            let claimed = line.issuer.map(|name| Message::new("card.by").with("name", Value::Quoted(name)));
            line.identity.or(claimed).unwrap_or(Message::new("card.by-nobody"))
        }
        Rule::Year => {
            let moments = facts.into_iter().flat_map(|facts| &facts.valid_from);
            match moments.filter_map(|text| unix_seconds(text)).max() {
                Some(day) => {
                    Message::new("part.year").with("year", Value::Plain(date_of(day).year.to_string()))
                }
                None => Message::new("part.all"),
            }
        }
    }
}

/// Whether what `part` says counts as established in a record: it holds, and who issued it is known as well
/// as who issued the record is.
pub(super) fn is_established(part: &Report, record: &Report) -> bool {
    use crate::report::Identity::None as Unknown;
    part.verdict == Verdict::Valid
        && part.credential.is_some()
        && (part.issuer.identity != Unknown || record.issuer.identity == Unknown)
}

/// So many are listed without further ado.
const FEW: usize = 10;
/// So many that do not hold are shown at once; the tally counts all, and their groups have them.
const SHOWN_MAX: usize = 50;
/// So many groups are fewer than what is in them.
const GROUPS_MAX: usize = 12;
/// More than there are depths, [`PARTS_DEPTH_MAX`](crate::limits::PARTS_DEPTH_MAX).
const DEPTHS: usize = 8;
/// The gravest first.
pub(super) const HEADLINES: [Headline; 9] = [
    Headline::Unreadable,
    Headline::DoNotRely,
    Headline::Revoked,
    Headline::Suspended,
    Headline::Expired,
    Headline::NotYetValid,
    Headline::NotFullyChecked,
    Headline::GenuineIssuerUnconfirmed,
    Headline::Verified,
];
