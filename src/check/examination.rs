//! Layer 4. What a format with rules of its own found out about its document.
//!
//! Credentials of the data model are examined by `verify` itself. Formats that prove things otherwise
//! bring their answers in this shape, and `verify` goes on from there as with any other: issuer, dates,
//! status, folding.

use crate::codec::json::Value;
use crate::need::Need;
use crate::report::{Check, Witness};

/// The answers of a format of its own.
#[derive(Debug, Default)]
pub struct Examination {
    /// The format's name in the report; none where it is not known yet.
    pub format: Option<&'static str>,
    /// The checks that were made. `issuer.controls-key` among them says whether the facts are the issuer's.
    pub checks: Vec<Check>,
    /// What is missing.
    pub needs: Vec<Need>,
    /// The positive proof, if there is one.
    pub witness: Option<Witness>,
    /// The issuer's domain, if the proof shows one.
    pub domain: Option<String>,
    /// What is proven and nothing else, in the words of Open Badges 3.0 and VCDM 2.0, so that the facts are
    /// read from it like any credential's; none where there is nothing to show.
    pub document: Option<Value>,
}
