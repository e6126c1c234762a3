//! Layer 7. The boundary of the module of certificates, fetched when a token brings some and the caller lists
//! roots.
//!
//! It is built of the same crate with the feature `certificates-module`. Nothing else is exported, so nothing
//! else is in it.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::crypto::certificates;

/// The paths from the first certificate of `chain` to each of `roots` at the time `now`; see
/// [`certificates::paths`].
#[wasm_bindgen]
pub fn read_paths(chain: &str, roots: &str, now: &str) -> String {
    certificates::paths(chain, roots, now)
}
