//! Newer versions of credentials, each a piece beside the others, asked for once.

use crate::check::refresh::{self, Newer};
use crate::limits::Budget;
use crate::need::Found;
use crate::policy::Policy;
use crate::report::{Check, Outcome};
use crate::verify::parts::Piece;
use crate::verify::{Examined, examine as examine_bytes};

/// Examines what stands where `pieces` say that newer versions are to be had. One that may stand for a
/// piece gives it its dates, and where it names lists, its standing.
pub(super) fn examine(pieces: &mut Vec<Piece>, found: &Found, policy: &Policy, budget: &mut Budget) {
    for index in 0..pieces.len() {
        let next = pieces.len();
        let Some(piece) = pieces.get_mut(index) else { return };
        // A presentation is made for one visit: of what it presents there may be newer versions.
        if piece.examined.presenter.is_some() {
            continue;
        }
        if let Some((url, newer)) = of_piece(&mut piece.examined, found, policy, budget) {
            let names_status = newer.facts.as_ref().is_some_and(|facts| !facts.status.is_empty());
            piece.newer = names_status.then_some(next);
            pieces.push(Piece::newer(newer, &url, index));
        }
    }
}

/// The newer version that may stand for `examined`; none where the original stays as it is.
fn of_piece(
    examined: &mut Examined,
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) -> Option<(String, Examined)> {
    let Examined { facts, checks, needs, established, .. } = examined;
    let facts = facts.as_ref()?;
    let (url, bytes) = match refresh::look_for(facts, *established, found) {
        Newer::None => return None,
        Newer::Missing(check, need) => {
            checks.push(check);
            needs.extend(need);
            return None;
        }
        Newer::At(url, bytes) => (url, bytes),
    };
    budget.part().ok()?;
    let newer = stand_in(examined, bytes, found, policy, budget)?;
    Some((url, newer))
}

/// Gate: the newer version in `bytes`, where it may stand for `examined`, which then has its dates.
#[inline(never)]
fn stand_in(
    examined: &mut Examined,
    bytes: &[u8],
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) -> Option<Examined> {
    let mut newer = examine_bytes(bytes, found, policy, budget);
    // What it holds is not shown.
    newer.held.clear();
    let Examined { facts, checks, needs, issuer, .. } = examined;
    let facts = facts.as_ref()?;
    let check = refresh::may_stand(facts, newer.facts.as_ref(), newer.established, &newer.checks);
    let may_stand = check.outcome == Outcome::Pass;
    if newer.issuer.id == issuer.id {
        needs.extend(newer.needs.iter().cloned());
    }
    checks.push(check);
    if may_stand {
        checks.retain(|check| !refresh::is_of_dates(check));
        checks.extend(newer.checks.iter().filter(|check| refresh::is_of_dates(check)).cloned());
    }
    may_stand.then_some(newer)
}

/// Gives every piece the standing of the newer version that stands for it.
pub(super) fn lend_standing(pieces: &mut [Piece]) {
    let lent: Vec<(usize, Vec<Check>)> = pieces
        .iter()
        .enumerate()
        .filter_map(|(index, piece)| {
            let newer = pieces.get(piece.newer?)?;
            let checks = newer.examined.checks.iter().filter(|check| check.id.starts_with("status."));
            Some((index, checks.cloned().collect()))
        })
        .collect();
    for (index, checks) in lent {
        if let Some(piece) = pieces.get_mut(index) {
            piece.examined.checks.extend(checks);
        }
    }
}
