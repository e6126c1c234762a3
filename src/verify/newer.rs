//! Newer versions of credentials, each a piece beside the others, asked for once.

use crate::check::refresh::{self, Newer};
use crate::credential::StatusEntry;
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
        if let Some((url, newer, names_status)) = of_piece(&mut piece.examined, found, policy, budget) {
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
) -> Option<(String, Examined, bool)> {
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
    let (newer, names_status) = stand_in(examined, bytes, found, policy, budget)?;
    Some((url, newer, names_status))
}

/// Gate: the newer version in `bytes`, where it may stand for `examined`, which then has its dates; and whether
/// it names a list that would say of a withdrawal, so that its standing counts in place of the older one's.
#[inline(never)]
fn stand_in(
    examined: &mut Examined,
    bytes: &[u8],
    found: &Found,
    policy: &Policy,
    budget: &mut Budget,
) -> Option<(Examined, bool)> {
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
    let is_about_standing = |entry: &StatusEntry| {
        let says = |purpose: &String| matches!(&**purpose, "revocation" | "suspension");
        entry.purposes.is_empty() || entry.purposes.iter().any(says)
    };
    let entries = newer.facts.as_ref().map(|facts| facts.status.as_slice()).unwrap_or_default();
    let names_status = entries.iter().any(is_about_standing);
    may_stand.then_some((newer, names_status))
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
