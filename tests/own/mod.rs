//! What the tests against forgers share: documents that can be edited, the network of the vectors,
//! and (in `signer`) an issuer of our own.

#![allow(dead_code, reason = "each test crate uses its own part")]

pub mod certificate;
pub mod edit;
pub mod others;
pub mod signer;
pub mod token;

use verify_credential::need::Found;
use verify_credential::policy::Policy;
use verify_credential::report::Report;
use verify_credential::{snapshot, verify};

use crate::support::{read, read_if_present};

/// 2026-11-22T12:00:00Z
pub const NOW: i64 = 1_795_348_800;

/// The time that counts as now, and nothing vouched for.
pub fn policy() -> Policy {
    Policy { now: NOW, now_chosen: true, ..Policy::default() }
}

/// What the offline map of the vectors says.
pub fn network() -> Found {
    network_of("tests/vectors/13-dids-registries/offline-map.json", "tests/vectors")
}

/// What the map at `map` says; its files stand below `folder`.
pub fn network_of(map: &str, folder: &str) -> Found {
    let mut found = Found::default();
    let file = |name: &str| read_if_present(&format!("{folder}/{name}"));
    assert_eq!(snapshot::add(&read(map), &mut found, &file), Ok(()));
    found
}

/// The report on `bytes`.
pub fn report(bytes: &[u8], found: &Found) -> Report {
    verify(bytes, "own", found, &policy())
}
