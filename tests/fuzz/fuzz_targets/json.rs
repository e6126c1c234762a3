//! Strict JSON and its canonical form: what was read is written so that it is read the same again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use verify_credential::canon::jcs;
use verify_credential::codec::json::parse;
use verify_credential::limits::Budget;

fuzz_target!(|data: &[u8]| {
    let Ok(value) = parse(data, &mut Budget::full()) else { return };
    let text = jcs::canonicalize(&value);
    let again = parse(text.as_bytes(), &mut Budget::full()).expect("what is canonical is JSON");
    assert_eq!(jcs::canonicalize(&again), text, "the canonical form has one spelling");
});
