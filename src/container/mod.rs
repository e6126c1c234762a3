//! Layer 1.
