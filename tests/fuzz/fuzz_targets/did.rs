//! DIDs, and the documents that answer for them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use verify_credential::did::web::{is_dns_name, is_web_address};
use verify_credential::did::{METHODS, Resolution, resolve};
use verify_credential::need::{Answer, Found};

fuzz_target!(|data: &[u8]| {
    let mut found = Found::default();
    let document = Answer::Document { bytes: data.into(), read_at: None, pinned: false };
    found.provide("https://issuer.example/.well-known/did.json".to_owned(), document);
    if let Resolution::Document(document) = resolve("did:web:issuer.example", &found) {
        assert_eq!(document.id, "did:web:issuer.example");
    }
    let Ok(text) = str::from_utf8(data) else { return };
    for did in
        [text.to_owned(), format!("did:web:{text}"), format!("did:jwk:{text}"), format!("did:key:{text}")]
    {
        let _ = resolve(&did, &found);
        for method in METHODS {
            let (address, domain) = ((method.address)(&did), (method.domain)(&did));
            assert_eq!(address.is_some(), domain.is_some(), "an address without a domain");
            if let Some(address) = address.filter(|address| address.len() <= 2_000) {
                assert!(is_web_address(&address), "{address} is asked for");
            }
        }
    }
    assert!(!is_dns_name(text) || text.is_ascii());
});
