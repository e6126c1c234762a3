#![forbid(unsafe_code)]

pub mod canon;
pub mod codec;
pub mod container;
pub mod limits;
