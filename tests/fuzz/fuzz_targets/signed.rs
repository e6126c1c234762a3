//! The whole behind the signature: a hostile issuer signs whatever it likes, lists too.
#![no_main]

use libfuzzer_sys::fuzz_target;
use verify_credential::codec::json::{Value, parse};
use verify_credential::limits::Budget;
use verify_credential_fuzz::edit::{object, pretty, string};
use verify_credential_fuzz::signer::{Issuer, Suite};
use verify_credential_fuzz::{check, parts};

fuzz_target!(|data: &[u8]| {
    let (document, list) = parts(data);
    let Some(credential) = signed(document) else { return };
    let resources = match signed(list) {
        Some(list) => {
            let url =
                list.get("id").and_then(Value::as_str).unwrap_or("https://issuer.example/status").to_owned();
            object(&[("statusLists", object(&[(&url, list)]))])
        }
        None => object(&[]),
    };
    check(pretty(&credential).as_bytes(), pretty(&resources).as_bytes());
});

/// The document, by the test issuer, under a text proof: whatever JSON says can be signed.
fn signed(text: &[u8]) -> Option<Value> {
    let Ok(Value::Object(document)) = parse(text, &mut Budget::full()) else { return None };
    let issuer = Issuer::of("fuzz");
    let (did, method) = issuer.did_key();
    let mut document = document.without("proof");
    document.insert("issuer".into(), string(&did));
    Some(issuer.sign(&Value::Object(document), Suite::Jcs, &method, &[]))
}
