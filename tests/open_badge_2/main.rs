//! Open Badges before 3.0: hosted and signed, sound and forged, by an issuer of our own.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../baker/mod.rs"]
mod baker;
mod documents;
mod editions;
mod hosted;
#[path = "../own/mod.rs"]
mod own;
mod scene;
mod signed;
#[path = "../support/mod.rs"]
mod support;
