//! The small decoders: base64url, multibase, multikeys, JWKs, date-times, derived proofs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use verify_credential::codec::json::parse;
use verify_credential::codec::{base64url, date_time, multibase};
use verify_credential::crypto::key::{key_from_jwk, key_from_multikey};
use verify_credential::crypto::pairing;
use verify_credential::limits::Budget;
use verify_credential::securing::selective;

fuzz_target!(|data: &[u8]| {
    assert_eq!(base64url::decode(&base64url::encode(data)).as_deref(), Some(data));
    if let Ok(value) = parse(data, &mut Budget::full()) {
        let _ = key_from_jwk(&value);
    }
    let _ = selective::read_ecdsa(data);
    let _ = selective::read_bbs(data);
    let _ = pairing::answer(data);
    let Ok(text) = str::from_utf8(data) else { return };
    if let Some(bytes) = base64url::decode(text) {
        assert_eq!(base64url::encode(&bytes), text, "bytes have one spelling");
    }
    let _ = base64url::decode_any_alphabet(text);
    let _ = multibase::decode(text);
    if let Some(multikey) = multibase::decode_multikey(text) {
        let _ = key_from_multikey(&multikey);
    }
    for time in [date_time::parse(text), date_time::parse_without_zone(text)].into_iter().flatten() {
        let _ = date_time::date_of(time.unix_seconds);
    }
    let _ = date_time::parse_date(text);
});
