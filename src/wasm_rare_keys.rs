//! Layer 7. The boundary of the module of rare keys: ECDSA over P-521 and secp256k1, fetched when a
//! signature asks for it.
//!
//! It is built of the same crate with the feature `rare-keys-module`. Nothing else is exported, so nothing
//! else is in it.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::crypto::{engine_code, rare_keys};

/// Verifies `signature` over `message` by the algorithm with this code, with the key at `point`; the answer
/// is a code too, see [`engine_code`].
#[wasm_bindgen]
pub fn verify_rare(algorithm: u32, point: &[u8], message: &[u8], signature: &[u8]) -> u32 {
    match engine_code::algorithm(algorithm) {
        Some(algorithm) => engine_code::of_answer(rare_keys::verify(algorithm, point, message, signature)),
        None => engine_code::NOT_LOADED,
    }
}
