//! Layer 0. Strict decoders without opinions: bytes in, values or a named error out.

pub mod base64url;
pub mod cbor;
pub mod date_time;
pub mod decimal;
pub mod fields;
pub mod inflate;
pub mod iri;
pub mod json;
pub mod multibase;
pub mod order;
