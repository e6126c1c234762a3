//! The work list of `verify`: what a document holds, and what that holds, each a piece of its own.
//!
//! Pieces are examined breadth first and folded back to front, so that a report has the reports of its
//! parts before it is folded, and nothing recurs over input. A piece takes nothing from the one around
//! it, neither its context nor its verdict; the one around it reads no more than the verdicts.

use crate::check::members::Held;
use crate::check::{self, endorsements, integrity, members, recipient};
use crate::codec::json::Value;
use crate::crypto::part;
use crate::limits::{Budget, PARTS_DEPTH_MAX, PARTS_NEEDS_MAX};
use crate::need::{Found, Need};
use crate::policy::Policy;
use crate::report::{Check, Report, Role, Verdict, Witness};
use crate::verify::{Examined, List, examine_held, presented};

/// A document that is verified by itself, and where it stands.
pub(super) struct Piece {
    /// What was found about it so far.
    pub examined: Examined,
    role: Option<Role>,
    at: String,
    /// The id of the thing it stands on.
    on: Option<String>,
    /// The piece that holds it; the whole holds itself.
    parent: usize,
    depth: usize,
    /// What it holds and was not looked at.
    passed_over: Vec<Role>,
}

impl Piece {
    /// The document that was asked about.
    pub fn whole(examined: Examined) -> Self {
        Piece {
            examined,
            role: None,
            at: String::new(),
            on: None,
            parent: 0,
            depth: 0,
            passed_over: Vec::new(),
        }
    }
}

/// The policy for everything that is not made for one visit: domain and challenge are asked of the whole
/// alone.
pub(super) fn unasked(policy: &Policy) -> Policy {
    Policy { domain: None, challenge: None, ..policy.clone() }
}

/// Examines what `whole` holds, and what that holds, as far as the limits allow.
pub(super) fn examine(whole: Piece, found: &Found, policy: &Policy, budget: &mut Budget) -> Vec<Piece> {
    let mut pieces = vec![whole];
    let mut parent = 0;
    while let Some(piece) = pieces.get_mut(parent) {
        let depth = piece.depth + 1;
        let mut inner = Vec::new();
        for Held { role, at, value, on } in std::mem::take(&mut piece.examined.held) {
            if depth > PARTS_DEPTH_MAX || budget.part().is_err() {
                piece.passed_over.push(role);
                continue;
            }
            let examined = examine_held(&value, found, policy, budget);
            inner.push(Piece { role: Some(role), at, on, parent, depth, ..Piece::whole(examined) });
        }
        pieces.append(&mut inner);
        parent += 1;
    }
    pieces
}

/// Notes what `document` holds for the work list. Where the part of the package that goes on from there
/// is missing, says so.
pub(super) fn hold(examined: &mut Examined, document: &Value, found: &Found) {
    let has_endorsements = examined.facts.as_ref().is_some_and(|facts| facts.endorsements > 0);
    let has_members = members::are_in(document);
    if found.engines.has_more() {
        examined.held = held(document);
        return;
    }
    for (row, is_met) in
        [(check::MEMBERS_VERIFIED, has_members), (check::ENDORSEMENTS_VERIFIED, has_endorsements)]
    {
        if is_met {
            examined.checks.push(Check::unknown(row, "part-not-loaded").with("part", part::MORE));
        }
    }
}

/// Gate: the members and the endorsements of `document`.
#[inline(never)]
fn held(document: &Value) -> Vec<Held> {
    let mut held = members::of(document);
    held.append(&mut endorsements::of(document));
    held
}

/// Compares what `piece` links to with the digests it signed, and answers to whom it was given where the
/// caller asks that: of the credential, or of each that is presented.
pub(super) fn ask(piece: &mut Piece, found: &Found, policy: &Policy) {
    let is_asked = match piece.role {
        None => piece.examined.presenter.is_none(),
        Some(role) => role == Role::Presented,
    };
    let Examined { checks, needs, facts, established, .. } = &mut piece.examined;
    if let Some(facts) = facts {
        let compared = integrity::linked(facts, *established, found, policy);
        checks.extend(compared.checks);
        needs.extend(compared.needs);
    }
    if is_asked {
        checks.extend(recipient::asked(facts.as_ref(), *established, &found.engines, policy));
    }
}

/// Folds `pieces`, the innermost first, to the report on the whole.
pub(super) fn assemble(
    pieces: Vec<Piece>,
    mut lists: Vec<List>,
    source: &str,
    found: &Found,
    policy: &Policy,
) -> Report {
    let mut parts: Vec<Vec<Report>> = pieces.iter().map(|_| Vec::new()).collect();
    let mut needs: Vec<Vec<Need>> = pieces.iter().map(|_| Vec::new()).collect();
    let mut proven: Vec<Option<Witness>> = pieces.iter().map(|_| None).collect();
    let mut whole = None;
    for (index, piece) in pieces.into_iter().enumerate().rev() {
        let Piece { mut examined, role, at, on, parent, passed_over, .. } = piece;
        let mut own = parts.pop().unwrap_or_default();
        own.reverse();
        if role == Some(Role::Endorsement) {
            examined.checks.push(endorsements::about(examined.facts.as_ref(), on.as_deref()));
        }
        conclude(&mut examined, &own, &passed_over, proven.pop().flatten());
        let witness = examined.witness;
        // What a part lacks is asked for by the whole, after what the whole lacks itself.
        for need in needs.pop().unwrap_or_default().into_iter().rev() {
            if examined.needs.len() < PARTS_NEEDS_MAX && !examined.needs.contains(&need) {
                examined.needs.push(need);
            }
        }
        own.extend(lists.extract_if(.., |list| list.piece == index).map(|list| list.report));
        let source = if index == 0 { source } else { &at };
        let report = Report { role, at: at.clone(), ..examined.finish(source, own, found, policy) };
        if index == 0 {
            whole = Some(report);
            break;
        }
        if let (Some(siblings), Some(wanted)) = (parts.get_mut(parent), needs.get_mut(parent)) {
            wanted.extend(report.needs.iter().rev().cloned());
            if let (Verdict::Valid, Some(proven)) = (report.verdict, proven.get_mut(parent)) {
                *proven = witness;
            }
            siblings.push(report);
        }
    }
    whole.unwrap_or_else(|| Examined::new().finish(source, Vec::new(), found, policy))
}

/// What the verdicts of its parts say about a piece.
fn conclude(examined: &mut Examined, parts: &[Report], passed_over: &[Role], proven: Option<Witness>) {
    let count = |role: Role| passed_over.iter().filter(|other| **other == role).count();
    examined.checks.extend(members::verified(parts, count(Role::Member)));
    examined.checks.extend(endorsements::verified(parts, count(Role::Endorsement)));
    if let Some(presenter) = examined.presenter.take() {
        presented::conclude(examined, &presenter, parts, count(Role::Presented), proven);
    }
}
