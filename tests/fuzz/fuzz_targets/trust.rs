//! Trust lists: an issuer is on one only under its exact id, and half a list is none.
#![no_main]

use libfuzzer_sys::fuzz_target;
use verify_credential::codec::json::{Value, parse};
use verify_credential::limits::Budget;
use verify_credential::policy::trust_lists;
use verify_credential::trust::find;

fuzz_target!(|data: &[u8]| {
    let Ok(value) = parse(data, &mut Budget::full()) else { return };
    let Some(lists) = trust_lists(&value) else { return };
    let text = verify_credential::canon::jcs::canonicalize(&value);
    for issuer in ["did:web:issuer.example", "https://issuer.example/profile", ""] {
        let is_named =
            text.contains(&verify_credential::canon::jcs::canonicalize(&Value::String(issuer.into())));
        assert!(find(&lists, issuer).is_none() || is_named, "on a list that does not name it");
    }
});
