//! Layer 2. Status lists: reading what is said of one credential out of a list. Decoding only.
//!
//! A kind of list is one file and one line in [`KINDS`]. Whether the list itself may be believed is
//! decided by verifying it as a part, and by `check::status`. Only Bitstring lists of one bit are met often:
//! the others are read by [`open_more`] and [`value_of_more`], which the caller reaches for only where that
//! part of the package is at hand.

mod bitstring_status_list;
mod bitstring_status_message;
mod one_edtech_revocation_list;
mod revocation_list_2020;
mod status_list_2021;
pub mod token_status_list;

use crate::claims::Node;
use crate::credential::{StatusEntry, StatusMessage};
use crate::limits::Budget;

/// One kind of status list.
pub struct Kind {
    /// The `type` of entries in a credential that point to such a list.
    pub entry_type: &'static str,
    /// The specification it follows.
    pub spec: &'static str,
    /// The `type` a list must have; for a list that is no credential, the one it is given here.
    pub list_type: &'static str,
    /// How its entries and its lists are written.
    pub method: Method,
}

/// How a kind of list is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// [`bitstring_status_list`]
    #[default]
    Bitstring,
    /// [`status_list_2021`]
    StatusList2021,
    /// [`revocation_list_2020`]
    RevocationList2020,
    /// [`token_status_list`]
    Token,
    /// [`one_edtech_revocation_list`]
    OneEdTech,
}

/// Every kind of list that is understood.
pub const KINDS: &[Kind] = &[
    bitstring_status_list::KIND,
    status_list_2021::KIND,
    revocation_list_2020::KIND,
    token_status_list::KIND,
    one_edtech_revocation_list::KIND,
];

/// Where in which list the status of a credential stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// `revocation`, `suspension`, …; [`ANY_PURPOSE`] where each value has a purpose of its own.
    pub purpose: String,
    /// The address of the list.
    pub list: String,
    /// The position in the list, from 0; in a list of ids there is none.
    pub index: u64,
    /// Bits of one value.
    pub size: u8,
    /// The meanings of the values, where the entry says them.
    pub messages: Vec<StatusMessage>,
}

/// The purpose of an entry whose list says both revoked and suspended.
pub const ANY_PURPOSE: &str = "status";

/// A list, unpacked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenList {
    /// How it is written.
    pub method: Method,
    /// What its entries mean.
    pub purposes: Vec<String>,
    /// The entries, packed as the kind of list packs them.
    pub bits: Vec<u8>,
    /// Bits of one value, where the list decides that.
    pub size: u8,
    /// Ids of withdrawn credentials with the reasons, in a list that has these instead of bits.
    pub withdrawn: Vec<(String, Option<String>)>,
    /// For how many milliseconds after it was read the list may be used; none where it does not say.
    pub ttl_milliseconds: Option<u64>,
}

/// What a list says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The value; 0 is never set.
    pub value: u64,
    /// How many entries the list has; none where that tells nobody anything.
    pub entries: Option<u64>,
    /// What the value means, or why it was set, where the format says so.
    pub message: Option<String>,
}

/// The kind of list that `entry` points to.
pub fn kind(entry: &StatusEntry) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| entry.types.iter().any(|name| name == kind.entry_type))
}

impl Kind {
    /// Reads what `entry` asks for. Errors: `status-entry-malformed`, `status-size-unsupported`.
    pub fn place(&self, entry: &StatusEntry) -> Result<Place, &'static str> {
        let malformed = "status-entry-malformed";
        let purpose = match (self.method, entry.purposes.as_slice()) {
            (Method::Bitstring | Method::StatusList2021, [purpose]) => purpose.clone(),
            (Method::Bitstring | Method::StatusList2021, _) => return Err(malformed),
            (Method::Token, _) => ANY_PURPOSE.to_owned(),
            (Method::RevocationList2020 | Method::OneEdTech, _) => "revocation".to_owned(),
        };
        let mut place = Place { purpose, size: 1, ..Place::default() };
        if self.method == Method::OneEdTech {
            place.list = entry.id.clone().ok_or(malformed)?;
            return Ok(place);
        }
        let ([list], [index]) = (entry.list.as_slice(), entry.index.as_slice()) else {
            return Err(malformed);
        };
        place.list.clone_from(list);
        place.index = decimal(index).ok_or(malformed)?;
        match entry.size.as_slice() {
            [] => {}
            [size] => {
                let size = decimal(size).and_then(|size| u8::try_from(size).ok());
                place.size = size.filter(|size| *size > 0).ok_or(malformed)?;
            }
            _ => return Err(malformed),
        }
        if place.size > VALUE_BITS_MAX {
            return Err("status-size-unsupported");
        }
        place.messages.clone_from(&entry.messages);
        Ok(place)
    }

    /// Whether reading `place` takes the part of the package that is loaded when it is met.
    pub fn is_of_more(&self, place: &Place) -> bool {
        self.method != Method::Bitstring || place.size != 1 || !place.messages.is_empty()
    }
}

/// Unpacks the Bitstring list whose credential is at the node. Errors: those of the file, which are reasons.
/// Spends the bytes it inflates to.
pub fn open(list: Node, budget: &mut Budget) -> Result<OpenList, &'static str> {
    bitstring_status_list::open(list, budget)
}

/// Unpacks a list of any other method. Errors and cost as for [`open`].
#[inline(never)]
pub fn open_more(method: Method, list: Node, budget: &mut Budget) -> Result<OpenList, &'static str> {
    match method {
        Method::Bitstring => bitstring_status_list::open(list, budget),
        Method::StatusList2021 => status_list_2021::open(list, budget),
        Method::RevocationList2020 => revocation_list_2020::open(list, budget),
        Method::Token => token_status_list::open(list, budget),
        Method::OneEdTech => one_edtech_revocation_list::open(list),
    }
}

/// Reads the bit at `place` of a Bitstring list. Errors: `status-list-not-of-type`,
/// `status-list-purpose-differs`, `status-index-out-of-range`.
pub fn value(list: &OpenList, place: &Place) -> Result<Reading, &'static str> {
    if list.method != Method::Bitstring {
        return Err("status-list-not-of-type");
    }
    bitstring_status_list::value(list, place)
}

/// Reads what a list of `method` says at `place`, of the credential with this id. Errors: as [`value`], and
/// `status-entry-malformed`.
#[inline(never)]
pub fn value_of_more(
    method: Method,
    list: &OpenList,
    place: &Place,
    id: Option<&str>,
) -> Result<Reading, &'static str> {
    if list.method != method {
        return Err("status-list-not-of-type");
    }
    match method {
        Method::Bitstring => bitstring_status_message::value(list, place),
        Method::StatusList2021 | Method::RevocationList2020 => bitstring_status_list::value(list, place),
        Method::Token => token_status_list::value(list, place),
        Method::OneEdTech => one_edtech_revocation_list::value(list, id),
    }
}

/// A number of decimal digits only: no sign, no fraction, no exponent.
fn decimal(text: &str) -> Option<u64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// The most bits of one value. Real lists have one or two.
const VALUE_BITS_MAX: u8 = 8;
