//! Layer 1. Canonical forms: what exactly a signature covers.
