//! The whole behind the signature: a hostile issuer signs whatever it likes, lists too.
#![no_main]

use libfuzzer_sys::fuzz_target;
use verify_credential::canon::rdfc::Hash;
use verify_credential::codec::json::{Object, Value, parse};
use verify_credential::limits::Budget;
use verify_credential::need::Found;
use verify_credential::securing::data_integrity::{Profile, Signed, Unsecured};
use verify_credential_fuzz::edit::{object, pretty, string};
use verify_credential_fuzz::signer::{Issuer, Suite};
use verify_credential_fuzz::{check, parts};

fuzz_target!(|data: &[u8]| {
    let (document, list) = parts(data);
    let suite = if data.len() % 2 == 0 { Suite::Jcs } else { Suite::Rdfc };
    let Some(credential) = signed(document, suite) else { return };
    let resources = match signed(list, suite) {
        Some(list) => {
            let url =
                list.get("id").and_then(Value::as_str).unwrap_or("https://issuer.example/status").to_owned();
            object(&[("statusLists", object(&[(&url, list)]))])
        }
        None => object(&[]),
    };
    check(pretty(&credential).as_bytes(), pretty(&resources).as_bytes());
});

/// The document, by the test issuer: its text, or the quads that are in it and nothing else.
fn signed(text: &[u8], suite: Suite) -> Option<Value> {
    let Ok(Value::Object(document)) = parse(text, &mut Budget::full()) else { return None };
    let issuer = Issuer::of("fuzz");
    let (did, method) = issuer.did_key();
    let mut document = document.without("proof");
    document.insert("issuer".into(), string(&did));
    if suite == Suite::Jcs {
        return Some(issuer.sign(&Value::Object(document), suite, &method, &[]));
    }
    let draft = issuer.sign(&object(&[]), Suite::Jcs, &method, &[("cryptosuite", string("eddsa-rdfc-2022"))]);
    let mut proof: Object = draft.get("proof")?.as_object()?.without("proofValue");
    let covered = Signed::new(&proof);
    let found = Found::default();
    let mut unsecured = Unsecured::new(&document, &found);
    // What is no JSON-LD has no quads to sign.
    let bytes =
        unsecured.rdfc_hash_data(&covered, Hash::Sha256, &Profile::PREFERRED, &mut Budget::full()).ok()?;
    proof.insert(
        "proofValue".into(),
        string(&format!("z{}", bs58::encode(issuer.sign_bytes(&bytes)).into_string())),
    );
    document.insert("proof".into(), Value::Object(proof));
    Some(Value::Object(document))
}
