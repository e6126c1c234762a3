//! Layer 2. What exactly a signature covers, before any key is involved.

pub mod data_integrity;
pub mod jose;
pub mod sd_jwt;
pub mod selective;
