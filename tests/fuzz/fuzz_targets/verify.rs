//! The whole: a credential in any packing, and what is at hand for it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use verify_credential_fuzz::{check, parts};

fuzz_target!(|data: &[u8]| {
    let (credential, resources) = parts(data);
    check(credential, resources);
});
