//! Layer 7. The boundary of the modules that are lent to the common one when a credential asks for them.
//!
//! Each is built of the same crate with one feature more. Nothing but this function is exported, so
//! nothing but what it reaches is in the module; all of them look alike, so the page binds them alike.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::crypto;

/// The answer to `question`, both as [`crypto::lent`] packs them; empty where there is none.
#[wasm_bindgen]
pub fn answer(question: &[u8]) -> Vec<u8> {
    #[cfg(feature = "curves-module")]
    let answer = crypto::ecdsa::answer(question);
    #[cfg(feature = "rsa-module")]
    let answer = crypto::rsa_signatures::answer(question);
    #[cfg(feature = "rare-keys-module")]
    let answer = crypto::rare_keys::answer(question);
    #[cfg(feature = "pairing-module")]
    let answer = crypto::pairing::answer(question);
    #[cfg(feature = "schema-module")]
    let answer = crypto::lent::answered(question, crate::schema::lent::answer);
    #[cfg(feature = "about-module")]
    let answer = crypto::lent::answered(question, crate::about::answer);
    #[cfg(feature = "certificates-module")]
    let answer = crypto::certificates::answer(question);
    answer.unwrap_or_default()
}
