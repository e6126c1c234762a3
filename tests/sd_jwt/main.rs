//! Selective disclosure: what is disclosed, what is refused, and who handed it over.
//!
//! Examples made by others are in `tests/vectors/11-jose-sd-jwt`; here what they say is compared with what
//! must come out of them, and tokens of our own break one rule each. RFC 9901; rulings 3, 4 and 11 to 13.
//! Natively, and as wasm under Node (`wasm_bindgen_test`).

mod claims;
mod disclosure;
mod elsewhere;
mod holder;
mod kinds;
#[path = "../own/mod.rs"]
mod own;
mod scene;
#[path = "../support/mod.rs"]
mod support;
