//! What the embedder says: policies and snapshots.
#![no_main]

use libfuzzer_sys::fuzz_target;
use verify_credential::need::Found;
use verify_credential::policy::Policy;
use verify_credential::snapshot;

fuzz_target!(|data: &[u8]| {
    let mut found = Found::default();
    let _ = snapshot::add(data, &mut found, &|name| (name.len() == 1).then(|| data.to_vec()));
    if let Ok(text) = str::from_utf8(data) {
        let _ = Policy::from_json(text);
    }
});
