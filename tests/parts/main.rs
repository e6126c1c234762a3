//! Records with members, endorsements and presentations, as a forger sees them.
//!
//! Everything is signed here by test issuers of our own, natively and as wasm under Node
//! (`wasm_bindgen_test`). What is said of the whole must never come from a part, nor the other way round.

mod endorsements;
#[path = "../own/mod.rs"]
mod own;
mod presentations;
mod records;
mod scene;
#[path = "../support/mod.rs"]
mod support;
