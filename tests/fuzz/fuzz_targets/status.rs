//! Status lists: entries of a credential, and what a list says at a place.
#![no_main]

use libfuzzer_sys::fuzz_target;
use verify_credential::claims::Node;
use verify_credential::codec::json::parse;
use verify_credential::credential;
use verify_credential::limits::{Budget, INFLATED_BYTES_MAX};
use verify_credential::status::{KINDS, kind, open_more, value_of_more};

fuzz_target!(|data: &[u8]| {
    let mut budget = Budget::full();
    let Ok(document) = parse(data, &mut budget) else { return };
    let root = Node::Json(&document);
    let facts = credential::read(root);
    for list in KINDS {
        let Ok(open) = open_more(list.method, root, &mut budget) else { continue };
        assert!(open.bits.len() <= INFLATED_BYTES_MAX);
        for entry in &facts.status {
            if let Some(Ok(place)) = kind(entry).map(|kind| kind.place(entry)) {
                let _ = value_of_more(list.method, &open, &place, facts.id.as_deref());
            }
        }
    }
});
