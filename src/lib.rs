//! Verifies Open Badges 3.0 and other verifiable credentials, and says what their holders can do.
//!
//! One idea: [`verify`] is a pure function, called again until it stops asking. It does no I/O,
//! reads no clock and draws no randomness. What it lacks it names as a [`need::Need`]; whoever may
//! fetch it adds it to [`need::Found`] and calls again. Every report in between can be shown.
//!
//! ```
//! use verify_credential::{need::Found, policy::Policy, report::Headline, verify};
//!
//! let report = verify(b"{}", "empty.json", &Found::default(), &Policy::default());
//! assert_eq!(report.headline, Headline::Unreadable);
//! ```
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(
    not(test),
    deny(
        clippy::as_conversions,
        clippy::indexing_slicing,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic
    )
)]

pub mod about;
pub mod canon;
pub mod check;
pub mod claims;
pub mod codec;
pub mod container;
pub mod credential;
pub mod crypto;
pub mod did;
pub mod english;
pub mod format;
pub mod limits;
pub mod need;
pub mod policy;
pub mod reason;
pub mod render;
pub mod report;
pub mod schema;
pub mod securing;
pub mod snapshot;
pub mod status;
pub mod suite;
pub mod trust;
mod verify;
pub mod view;
#[cfg(all(target_arch = "wasm32", not(feature = "lent-module")))]
mod wasm;
#[cfg(all(target_arch = "wasm32", feature = "lent-module"))]
mod wasm_lent;

#[cfg(not(target_arch = "wasm32"))]
pub use render::served::html;
pub use verify::verify;
