//! Layer 7. The boundary of the module of pairings: BBS proofs, fetched when one asks for it.
//!
//! It is built of the same crate with the feature `pairing-module`. Nothing else is exported, so
//! nothing else is in it.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::crypto::{engine_code, pairing};

/// Verifies a BBS proof, see [`pairing::verify`]; the answer is a code, see [`engine_code`].
#[wasm_bindgen]
pub fn verify_bbs(
    key: &[u8],
    header: &[u8],
    presentation_header: &[u8],
    proof: &[u8],
    disclosed: &[u8],
) -> u32 {
    engine_code::of_answer(pairing::verify(key, header, presentation_header, proof, disclosed))
}
