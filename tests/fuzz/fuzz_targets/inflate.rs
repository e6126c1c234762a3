//! Inflating: never more than asked for.
#![no_main]

use libfuzzer_sys::fuzz_target;
use verify_credential::codec::inflate::{crc32, gunzip, inflate_raw, inflate_zlib};

fuzz_target!(|data: &[u8]| {
    let most = usize::from(data.first().copied().unwrap_or_default()) << 8;
    for inflate in [gunzip, inflate_zlib, inflate_raw] {
        if let Ok(bytes) = inflate(data, most) {
            assert!(bytes.len() <= most);
        }
    }
    let _ = crc32(data);
});
