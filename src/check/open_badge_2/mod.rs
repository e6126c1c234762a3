//! Layer 4. Badges of Open Badges 2.0 and 2.1, and of the editions before: who vouches for an assertion.
//!
//! Nearly all of them are hosted: nothing is signed, and the assertion counts that stands at its own address,
//! on a host that its issuer publishes badges at. A file is only a pointer to it. Some are signed with
//! a key that the issuer's profile names. Either way three documents make the badge, and each counts only
//! as had from its own address. Redirects are not followed by whoever fetches
//! ([Hosted](https://www.imsglobal.org/spec/ob/v2p0/#HostedBadge),
//! [Signed](https://www.imsglobal.org/spec/ob/v2p0/#SignedBadge)).

mod documents;
mod hosted;
mod linked;
mod revoked;
mod scope;
mod signed;

use crate::check::examination::Examination;
use crate::check::{CONTAINER_READABLE, DOCUMENT_JSON, PROOF_ANY_GOOD};
use crate::codec::json::Object;
use crate::crypto::part;
use crate::limits::Budget;
use crate::need::Found;
use crate::policy::Policy;
use crate::report::Check;
use crate::securing::jose::Token;

use documents::Documents;

/// How a badge came.
pub enum Input<'a> {
    /// As the address of its assertion.
    Address(&'a str),
    /// As an assertion, in a token or by itself.
    Assertion(&'a Object, Option<&'a Token<'a>>),
}

/// What is found out about the badge `input`. Waits for the part [`part::MORE`].
pub fn examine(input: Input, found: &Found, policy: &Policy, budget: &mut Budget) -> Examination {
    if found.engines.has_more() {
        return look_into(input, found, policy, budget);
    }
    let readable = match input {
        Input::Address(_) => Vec::new(),
        Input::Assertion(..) => readable(),
    };
    let waits = Check::unknown(PROOF_ANY_GOOD, "part-not-loaded").with("part", part::MORE);
    Examination { checks: readable.into_iter().chain([waits]).collect(), ..Examination::default() }
}

#[inline(never)]
fn look_into(input: Input, found: &Found, policy: &Policy, budget: &mut Budget) -> Examination {
    let mut documents = Documents { found, policy, budget, checks: Vec::new(), needs: Vec::new() };
    let answers = match input {
        Input::Address(address) => hosted::examine(address, None, &mut documents),
        Input::Assertion(document, token) => documents::by_kind(document, token, &mut documents),
    };
    let Documents { checks, needs, .. } = documents;
    Examination { checks, needs, ..answers }
}

/// That the input is a badge at all.
fn readable() -> Vec<Check> {
    vec![Check::pass(CONTAINER_READABLE, "holds-a-credential"), Check::pass(DOCUMENT_JSON, "is-json")]
}
