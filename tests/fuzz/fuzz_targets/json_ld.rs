//! JSON-LD to quads, and their canonical form: the same whatever the blank nodes were called.
#![no_main]

use libfuzzer_sys::fuzz_target;
use verify_credential::canon::json_ld::{LanguageTags, Settings, to_quads};
use verify_credential::canon::rdfc::{Hash, canonicalize};
use verify_credential::claims;
use verify_credential::codec::json::parse;
use verify_credential::limits::Budget;

fuzz_target!(|data: &[u8]| {
    let mut budget = Budget::full();
    let Ok(document) = parse(data, &mut budget) else { return };
    let settings = Settings {
        base: None,
        language_tags: LanguageTags::Lowercase,
        variants: &[],
        supplied: &|_| None,
        is_read: claims::is_read,
    };
    let Ok(dataset) = to_quads(&document, &settings, &mut budget) else { return };
    let again = to_quads(&document, &settings, &mut Budget::full()).expect("it was read before");
    assert_eq!(dataset.quads, again.quads);
    let Ok(canonical) = canonicalize(&dataset.quads, Hash::Sha256, &mut budget) else { return };
    let renamed: Vec<_> = dataset
        .quads
        .iter()
        .rev()
        .map(|quad| {
            quad.relabelled(|label| format!("z{}", label.chars().rev().collect::<String>()).as_str().into())
        })
        .collect();
    if let Ok(other) = canonicalize(&renamed, Hash::Sha256, &mut Budget::full()) {
        assert_eq!(canonical.n_quads, other.n_quads, "a name of a blank node matters");
    }
});
