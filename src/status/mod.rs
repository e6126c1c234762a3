//! Layer 2. Status lists: reading the bit of one credential out of a list. Decoding only.
//!
//! A kind of list is one file and one line in [`KINDS`]. Whether the list itself may be believed is
//! decided by verifying it as a part, and by `check::status`.

mod bitstring_status_list;

use crate::claims::Node;
use crate::credential::StatusEntry;
use crate::limits::Budget;

/// One kind of status list.
pub struct Kind {
    /// The `type` of entries in a credential that point to such a list.
    pub entry_type: &'static str,
    /// The specification it follows.
    pub spec: &'static str,
    /// The `type` a list credential must have.
    pub list_credential_type: &'static str,
    /// Reads what an entry asks for. Errors: reason ids.
    pub place: fn(&StatusEntry) -> Result<Place, &'static str>,
    /// Unpacks the list whose credential is at the node, once for all entries. Errors: reason ids.
    pub open: fn(Node, &mut Budget) -> Result<OpenList, &'static str>,
    /// Reads the value at a place of an unpacked list. Errors: reason ids.
    pub value: fn(&OpenList, &Place) -> Result<Reading, &'static str>,
}

/// A list, unpacked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenList {
    /// What its entries mean.
    pub purposes: Vec<String>,
    /// The entries, packed as the kind of list packs them.
    pub bits: Vec<u8>,
    /// For how many milliseconds after it was read the list may be used; none where it does not say.
    pub ttl_milliseconds: Option<u64>,
}

/// Every kind of list that is understood.
pub const KINDS: &[Kind] = &[bitstring_status_list::KIND];

/// Where in which list the status of a credential stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// `revocation`, `suspension`, …
    pub purpose: String,
    /// The address of the list credential.
    pub list: String,
    /// The position in the list, from 0.
    pub index: u64,
}

/// What a list says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Whether the status is set.
    pub is_set: bool,
    /// How many entries the list has.
    pub entries: u64,
}

/// The kind of list that `entry` points to.
pub fn kind(entry: &StatusEntry) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| entry.types.iter().any(|name| name == kind.entry_type))
}
