//! The status lists of all pieces: each is examined once, and read for every credential that names it.

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
    /// Who must have signed it, where it is no credential with an issuer of its own.
    signer: Option<String>,
    read_at: Option<i64>,
    pinned: bool,
    /// The first piece that names it, whose part it is.
    pub piece: usize,
    claims: Claims,
    /// Its own report.
    pub report: Report,
}

/// A list as one credential means it. Of another kind, or of another signer where that matters, what
/// stands at the same address is another list: else one credential could spoil it for another.
struct Wanted {
    url: String,
    kind: &'static Kind,
    signer: Option<String>,
}

impl Wanted {
    fn is(&self, list: &List) -> bool {
        list.url == self.url && list.kind.entry_type == self.kind.entry_type && list.signer == self.signer
    }
}

/// The lists that `examined` names, once a signature over their names is established.
fn wanted(examined: &Examined, found: &Found) -> Vec<Wanted> {
    let Some(facts) = examined.facts.as_ref().filter(|_| examined.established) else { return Vec::new() };
    let issuer = |kind| facts.issuer.id.clone().filter(|_| !status::is_credential(kind));
    let lists = status::lists(facts, &found.engines).into_iter();
    lists.map(|(url, kind)| Wanted { url, kind, signer: issuer(kind) }).collect()
}

/// Examines the lists that established credentials name, each once whoever names it. Behind
/// [`Engines::has_net`](crate::crypto::Engines::has_net) only, which so is behind every [`List`].
#[inline(never)]
pub(super) fn examine(pieces: &[Piece], found: &Found, policy: &Policy, budget: &mut Budget) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    for (piece, Piece { examined, newer, .. }) in pieces.iter().enumerate() {
        // Where the issuer has a newer version, it is that one's standing which counts.
        if newer.is_some() {
            continue;
        }
        for wanted in wanted(examined, found) {
            let Some(Answer::Document { bytes, read_at, pinned }) = found.answer(&wanted.url) else {
                continue;
            };
            if bytes.len() > status::LIST_BYTES_MAX || lists.iter().any(|list| wanted.is(list)) {
                continue;
            }
            if budget.list().is_err() {
                return lists;
            }
            let Wanted { url, kind, signer } = wanted;
            let mut list = match status::is_credential(kind) {
                true => examine_bytes(bytes, found, policy, budget),
                false => {
                    let answers = status_list::examine(kind, bytes, signer.as_deref(), found, policy, budget);
                    examine_otherwise(Examined::new(), answers, policy)
                }
            };
            // A list's own status is not followed: a chain of lists would have no end.
            list.checks.push(Check::skipped(check::STATUS_REVOCATION, "list-status-not-followed"));
            list.checks.push(Check::skipped(check::STATUS_SUSPENSION, "list-status-not-followed"));
            let claims = std::mem::replace(&mut list.claims, Claims::None);
            let report = list.finish(&url, Vec::new(), found, policy);
            let report = Report { role: Some(Role::StatusList), ..report };
            lists.push(List { url, kind, signer, read_at: *read_at, pinned: *pinned, piece, claims, report });
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
    let open = |(list, graph): (&'_ List, &'_ Option<Graph>)| {
        let root = list.claims.root(graph.as_ref());
        status::open(list.kind, &list.report, root, &found.engines, budget)
    };
    let opened: Vec<_> = lists.iter().zip(&graphs).map(open).collect();
    let verified =
        lists.iter().zip(&graphs).zip(opened).map(|((list, graph), opened)| status::VerifiedList {
            url: &list.url,
            report: &list.report,
            opened,
            id: list.claims.root(graph.as_ref()).and_then(Node::id),
            read_at: list.read_at,
            pinned: list.pinned,
        });
    let verified: Vec<status::VerifiedList> = verified.collect();
    for (index, piece) in pieces.iter_mut().enumerate().filter(|(_, piece)| piece.newer.is_none()) {
        let wanted = wanted(&piece.examined, found);
        let examined = &mut piece.examined;
        let Some(facts) = &examined.facts else { continue };
        if !examined.established {
            examined.checks.extend(status::waiting(facts));
            continue;
        }
        let of_piece = lists.iter().zip(&verified).filter(|(list, _)| wanted.iter().any(|one| one.is(list)));
        let of_piece: Vec<&status::VerifiedList> = of_piece.map(|(_, verified)| verified).collect();
        let mut asked = status::in_good_standing(facts, &of_piece, found, policy);
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
