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

/// The address of what a row of a table follows. Only [`about`](crate::about) tells it, so the modules of the package
/// that verify go without.
pub const fn spec(address: &'static str) -> &'static str {
    match cfg!(any(not(target_arch = "wasm32"), feature = "more", feature = "about-module")) {
        true => address,
        false => "",
    }
}
