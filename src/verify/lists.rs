//! Status lists, each examined as a credential of its own, and what they say of every piece.

use crate::check::{self, status, status_list};
use crate::claims::{Graph, Node};
use crate::limits::Budget;
use crate::need::{Answer, Found};
use crate::policy::Policy;
use crate::report::{Check, Report, Role};
use crate::status::Kind;
use crate::verify::parts::Piece;
use crate::verify::{Claims, Examined, examine as examine_bytes, examine_otherwise, newer};

/// A status list that was at hand.
pub(super) struct List {
    url: String,
    kind: &'static Kind,
    read_at: Option<i64>,
    pinned: bool,
    /// The first piece that names it, whose part it is.
    pub piece: usize,
    claims: Claims,
    /// Its own report.
    pub report: Report,
}

/// Examines the lists that established credentials name, each once whoever names it.
pub(super) fn examine(pieces: &[Piece], found: &Found, policy: &Policy, budget: &mut Budget) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let is_asked = piece.examined.established && piece.newer.is_none();
        let facts = piece.examined.facts.as_ref().filter(|_| is_asked);
        for (url, kind) in facts.map(|facts| status::lists(facts, &found.engines)).unwrap_or_default() {
            let Some(Answer::Document { bytes, read_at, pinned }) = found.answer(&url) else { continue };
            if bytes.len() > status::LIST_BYTES_MAX || lists.iter().any(|list| list.url == url) {
                continue;
            }
            if budget.list().is_err() {
                return lists;
            }
            let mut list = match status::is_credential(kind) {
                true => examine_bytes(bytes, found, policy, budget),
                false => {
                    let signer = facts.and_then(|facts| facts.issuer.id.as_deref());
                    let answers = status_list::examine(kind, bytes, signer, found, policy, budget);
                    examine_otherwise(Examined::new(), answers, policy)
                }
            };
            // A list's own status is not followed: a chain of lists would have no end.
            list.checks.push(Check::skipped(check::STATUS_REVOCATION, "list-status-not-followed"));
            list.checks.push(Check::skipped(check::STATUS_SUSPENSION, "list-status-not-followed"));
            let claims = std::mem::replace(&mut list.claims, Claims::None);
            let report = list.finish(&url, Vec::new(), found, policy);
            let report = Report { role: Some(Role::StatusList), ..report };
            lists.push(List { url, kind, read_at: *read_at, pinned: *pinned, piece: index, claims, report });
        }
    }
    lists
}

/// Adds what the lists say to every piece that is a credential.
pub(super) fn standing(
    pieces: &mut [Piece],
    lists: &[List],
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) {
    let graphs: Vec<Option<Graph>> = lists.iter().map(|list| list.claims.graph()).collect();
    let verified: Vec<status::VerifiedList> = lists
        .iter()
        .zip(&graphs)
        .map(|(list, graph)| status::VerifiedList {
            url: &list.url,
            report: &list.report,
            opened: status::open(
                list.kind,
                &list.report,
                list.claims.root(graph.as_ref()),
                &found.engines,
                budget,
            ),
            id: list.claims.root(graph.as_ref()).and_then(Node::id),
            read_at: list.read_at,
            pinned: list.pinned,
        })
        .collect();
    for (index, piece) in pieces.iter_mut().enumerate().filter(|(_, piece)| piece.newer.is_none()) {
        let examined = &mut piece.examined;
        let Some(facts) = &examined.facts else { continue };
        if !examined.established {
            examined.checks.extend(status::waiting(facts));
            continue;
        }
        let mut asked = status::in_good_standing(facts, &verified, found, policy);
        // A format of its own may have answered already what no entry of the credential asks.
        asked.checks.retain(|check| check.reason != "no-status-named" || !examined.has(check.id));
        examined.checks.extend(asked.checks);
        examined.needs.extend(asked.needs);
        // A list that lacks its signer's document asks for it through the credential.
        let of_lists = lists.iter().filter(|list| list.piece == index);
        examined.needs.extend(of_lists.flat_map(|list| list.report.needs.iter().cloned()));
    }
    newer::lend_standing(pieces);
}
