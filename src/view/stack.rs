//! Layer 6. How achievements lead to one another: what is earned, what it leads to, what is missing.
//!
//! A record says so by associations, an achievement by what it is related to. Things are the same only where
//! their ids are, letter by letter, and earned is what a credential in the record establishes by itself: that
//! somebody names the id of a thing, or forges a credential of it, earns nothing. Each association is told as it
//! stands and none is followed, so that a circle of them is as good as a line.

use crate::codec::order::sort_distinct;
use crate::credential::Credential;
use crate::report::{Headline, Report, Role};
use crate::view::parts::{identity, is_established, order_of, shown_facts};
use crate::view::{Message, NAME_CHARS_MAX, Quoted, Wishes, achievement, headline, quoted};

/// One thing, and what belongs to it in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// In which way, by id in the message table.
    pub kind: &'static str,
    /// The thing.
    pub head: Step,
    /// What belongs to it: first what is earned, then what does not hold, then what is missing.
    pub steps: Vec<Step>,
    /// How many of those are earned.
    pub earned: usize,
    /// How many there are, and not only those that are drawn.
    pub of: usize,
}

/// An achievement on a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name where it is known, else its address.
    pub name: Quoted,
    /// The headline of the credential for it in the record; none where there is none.
    pub headline: Option<Headline>,
    /// Whether it is earned, in words.
    pub standing: Message,
    /// Who says so, where that is known.
    pub identity: Option<Message>,
}

/// What is known of an id.
#[derive(Clone, Copy)]
struct Known<'a> {
    id: &'a str,
    name: Option<&'a str>,
    /// The credential in the record, and how much it weighs: the less the better.
    part: Option<&'a Report>,
    rank: u8,
}

/// The paths of what `told` says; none where that is hidden.
pub(super) fn paths(told: &Report, wishes: Wishes) -> Vec<Path> {
    let Some(facts) = shown_facts(told, wishes) else { return Vec::new() };
    let edges = edges(facts);
    if edges.is_empty() {
        return Vec::new();
    }
    let known = known(told, facts, wishes);
    let heads: Vec<&str> = edges.iter().map(|(_, head, _)| *head).collect();
    let sorted: Vec<&Edge> =
        order_of(&heads).into_iter().filter_map(|position| edges.get(position)).collect();
    let mut paths = Vec::new();
    for kind in KINDS {
        for run in sorted.chunk_by(|one, other| one.1 == other.1) {
            let mut tails = Vec::new();
            for (own, _, tail) in run {
                if *own == kind {
                    tails.push(*tail);
                }
            }
            if let (Some((_, head, _)), true) = (run.first(), paths.len() < PATHS_MAX && !tails.is_empty()) {
                sort_distinct(&mut tails);
                paths.push(path(kind, head, &tails, &known));
            }
        }
    }
    paths
}

/// A kind of [`KINDS`], an id, and the id of what belongs to it.
type Edge<'a> = (&'static str, &'a str, &'a str);

fn edges<'a>(facts: &'a Credential) -> Vec<Edge<'a>> {
    let mut edges = Vec::new();
    let mut add = |kind: &'static str, head: &'a str, tail: &'a str| {
        if head != tail {
            edges.push((kind, head, tail));
        }
    };
    for association in &facts.associations {
        let (Some(source), Some(target)) = (&association.source, &association.target) else { continue };
        match association.kind.as_deref().unwrap_or_default() {
            "isChildOf" | "isPartOf" => add("stack.into", target, source),
            "isParentOf" => add("stack.into", source, target),
            "precedes" => add("stack.next", source, target),
            "replacedBy" => add("stack.replaced", source, target),
            "exactMatchOf" => add("stack.same", source, target),
            _ => add("stack.with", source, target),
        }
    }
    for achievement in facts.achievements() {
        let Some(id) = &achievement.id else { continue };
        achievement.related_ids.iter().for_each(|related| add("stack.with", id, related));
    }
    edges
}

/// What the record and the credentials in it say of ids, by id.
fn known<'a>(told: &'a Report, facts: &'a Credential, wishes: Wishes) -> Vec<Known<'a>> {
    let mut all = Vec::new();
    note(&mut all, facts, None, MISSING);
    let mut next: Vec<&Report> = told.parts.iter().collect();
    while let Some(part) = next.pop() {
        if part.role != Some(Role::Member) {
            continue;
        }
        next.extend(&part.parts);
        let Some(stated) = part.facts() else { continue };
        let rank = if !is_established(part, told) {
            HERE
        } else if is_for_another(stated, facts) {
            FOR_ANOTHER
        } else {
            EARNED
        };
        let names = all.len();
        note(&mut all, stated, Some(part), rank);
        if shown_facts(part, wishes).is_none() {
            all.iter_mut().skip(names).for_each(|known| known.name = None);
        }
    }
    let ids: Vec<&str> = all.iter().map(|known| known.id).collect();
    order_of(&ids).into_iter().filter_map(|position| all.get(position).copied()).collect()
}

fn note<'a>(all: &mut Vec<Known<'a>>, facts: &'a Credential, part: Option<&'a Report>, rank: u8) {
    let mut add = |id: &'a Option<String>, name: &'a Option<String>| {
        if let Some(id) = id.as_deref().filter(|id| !id.is_empty()) {
            all.push(Known { id, name: name.as_deref(), part, rank });
        }
    };
    let achievements = facts.achievements();
    let only = achievement(facts).map_or(&facts.name, |achievement| &achievement.name);
    // An association may name the credential as well as what it is awarded for.
    if part.is_some() {
        add(&facts.id, only);
    }
    for achievement in achievements {
        add(&achievement.id, &achievement.name);
    }
}

/// Whether both say whom they are about, and it is not the same one.
fn is_for_another(stated: &Credential, facts: &Credential) -> bool {
    let (stated, ours) = (ids(stated), ids(facts));
    !stated.is_empty() && !ours.is_empty() && stated.iter().all(|id| !ours.contains(id))
}

fn ids(facts: &Credential) -> Vec<&String> {
    facts.subjects.iter().filter_map(|subject| subject.id.as_ref()).collect()
}

fn path(kind: &'static str, head: &str, tails: &[&str], known: &[Known]) -> Path {
    let mut steps = Vec::new();
    let mut earned = 0;
    for wanted in [EARNED, FOR_ANOTHER, HERE, MISSING] {
        for tail in tails {
            let found = find(tail, known);
            if rank(found) == wanted {
                earned += usize::from(wanted == EARNED);
                if steps.len() < STEPS_MAX {
                    steps.push(step(tail, found));
                }
            }
        }
    }
    Path { kind, head: step(head, find(head, known)), steps, earned, of: tails.len() }
}

/// What is known of `id`.
fn find<'a, 'b>(id: &str, known: &'b [Known<'a>]) -> &'b [Known<'a>] {
    let start = known.partition_point(|known| known.id < id);
    let rest = known.get(start..).unwrap_or_default();
    rest.get(..rest.partition_point(|known| known.id == id)).unwrap_or_default()
}

fn rank(found: &[Known]) -> u8 {
    found.iter().map(|known| known.rank).min().unwrap_or(MISSING)
}

fn step(id: &str, found: &[Known]) -> Step {
    let rank = rank(found);
    let weightiest = found.iter().find(|known| known.rank == rank);
    let part = weightiest.and_then(|known| known.part);
    // What the record itself calls it goes before what others do.
    let own = found.iter().find(|known| known.part.is_none()).and_then(|known| known.name);
    let name = own.or(weightiest.and_then(|known| known.name));
    let standing = match (part, rank) {
        (Some(part), EARNED) if part.headline == Headline::Verified => Message::new("stack.earned"),
        (Some(_), EARNED) => Message::new("stack.earned-unconfirmed"),
        (Some(_), FOR_ANOTHER) => Message::new("stack.for-another"),
        (Some(part), _) => headline::title_of(part),
        (None, _) => Message::new("stack.missing"),
    };
    Step {
        name: quoted(name.unwrap_or(id), NAME_CHARS_MAX),
        headline: part.map(|part| part.headline).filter(|_| rank != FOR_ANOTHER),
        standing,
        identity: part.and_then(identity),
    }
}

/// In which ways things belong together; what a reader asks first comes first.
const KINDS: [&str; 5] = ["stack.into", "stack.next", "stack.replaced", "stack.same", "stack.with"];

const EARNED: u8 = 0;
const FOR_ANOTHER: u8 = 1;
const HERE: u8 = 2;
const MISSING: u8 = 3;

/// Paths that are drawn; the rest are in the report.
const PATHS_MAX: usize = 24;
/// Steps of a path that are drawn.
const STEPS_MAX: usize = 40;
