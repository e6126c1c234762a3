//! Layer 1. Canonical forms: what exactly a signature covers.
//!
//! Two roads lead from a JSON document to the bytes that were hashed: [`jcs`] writes the JSON itself
//! in one fixed spelling; [`json_ld`] expands it to RDF, whose quads [`rdfc`] then labels and sorts.
//! Nothing here fetches: the contexts are embedded ([`contexts`]) or handed in by the caller.

pub mod contexts;
pub mod jcs;
pub mod json_ld;
mod number;
pub mod quads;
pub mod rdfc;
