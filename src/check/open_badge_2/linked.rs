//! Layer 4. The documents that a badge is made of, each at its own address.
//!
//! A document counts as what stands at an address only if it was had from there and calls itself by that
//! address ([OB 2.0](https://www.imsglobal.org/spec/ob/v2p0/#implementation-verification)).

use crate::codec::json::{self, Object, Value};
use crate::did::web::is_exact_address;
use crate::format::open_badge_2::{Edition, edition};
use crate::limits::Budget;
use crate::need::{Answer, Found, Need, NeedKind, Served, host};
use crate::report::{Check, Row};

/// A document that was had from its address.
pub(super) struct Linked {
    pub(super) document: Object,
    pub(super) served: Served,
    /// When it was read, in Unix seconds, where that is known.
    pub(super) read_at: Option<i64>,
}

/// Why there is no document.
pub(super) enum Unread {
    /// The address is not one that is asked.
    NotAsked,
    /// It was not asked yet.
    Wanted,
    /// It did not answer; the reason's id.
    Failed(&'static str),
    /// What stands there is no JSON object, or too much of one.
    Malformed,
    /// What stands there calls itself otherwise.
    OtherId,
}

/// The document at `url`. The last part of the address, after `#`, names a part of it.
pub(super) fn read(url: &str, found: &Found, budget: &mut Budget) -> Result<Linked, Unread> {
    let (bytes, read_at, served) = served(url, found)?;
    let Ok(Value::Object(document)) = json::parse(bytes, budget) else { return Err(Unread::Malformed) };
    let is_own = match document.get("id") {
        Some(id) => id.as_str().map(without_fragment) == Some(without_fragment(url)),
        // Before 2.0 documents were known by their address alone.
        None => matches!(edition(&document), Some(Edition::First | Edition::BeforeFirst)),
    };
    match is_own {
        true => Ok(Linked { document, served, read_at }),
        false => Err(Unread::OtherId),
    }
}

/// The bytes at `url`, of at most [`NeedKind::bytes_max`], and when they were read.
pub(super) fn served<'f>(url: &str, found: &'f Found) -> Result<(&'f [u8], Option<i64>, Served), Unread> {
    let address = without_fragment(url);
    if !is_exact_address(address) {
        return Err(Unread::NotAsked);
    }
    match (found.answer(address), found.served(address)) {
        (Some(Answer::Failed(reason)), _) => Err(Unread::Failed(reason)),
        (_, Some((bytes, _, _))) if is_too_large(bytes) => Err(Unread::Failed("fetch-too-large")),
        (_, Some(served)) => Ok(served),
        _ => Err(Unread::Wanted),
    }
}

fn is_too_large(bytes: &[u8]) -> bool {
    u32::try_from(bytes.len()).map_or(true, |bytes| bytes > NeedKind::HostedBadge.bytes_max())
}

impl Unread {
    /// What this means for `row`, which needs the document at `url`.
    pub(super) fn check(&self, row: Row, url: &str) -> Check {
        let check = match self {
            Unread::NotAsked => Check::unknown(row, "hosted-address-not-asked"),
            Unread::Wanted => Check::unknown(row, "hosted-not-fetched"),
            Unread::Failed(reason) => Check::unknown(row, "hosted-unreachable").with("why", reason),
            Unread::Malformed => Check::unknown(row, "hosted-document-malformed"),
            Unread::OtherId => Check::fail(row, "hosted-other-id"),
        };
        check.with("host", host(url)).with("url", url)
    }

    /// The request that would help `row`, if one would.
    pub(super) fn need(&self, row: Row, url: &str) -> Option<Need> {
        let kind = NeedKind::HostedBadge;
        let url = without_fragment(url).to_owned();
        let need = Need { url, kind, for_check: row.id, bytes_max: kind.bytes_max() };
        matches!(self, Unread::Wanted).then_some(need)
    }
}

/// `address` up to its `#`.
pub(super) fn without_fragment(address: &str) -> &str {
    address.split('#').next().unwrap_or(address)
}
