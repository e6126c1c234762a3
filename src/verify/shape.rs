//! Layer 5. Whether a credential is built as its format and its schemas ask.

use crate::check::{self, badge_shape, schema};
use crate::codec::json::Value;
use crate::need::Found;
use crate::verify::Examined;

/// Holds `document`, as it was received, against what its format asks for and the schemas it names.
pub(super) fn examine(mut examined: Examined, document: &Value, found: &Found) -> Examined {
    let Some(facts) = &examined.facts else { return examined };
    // Where the text says things in its own words, what is missing in it may be there.
    let is_plain = examined.established && examined.passed(check::DOCUMENT_PLAIN_TERMS);
    // And what a holder kept back is missing by right.
    let is_whole = !examined.containers.contains(&"sd-jwt")
        && examined.checks.iter().all(|check| check.id != check::PROOF_SELECTIVE.id);
    if let (true, Some(object)) = (is_plain && is_whole, document.as_object()) {
        let notes = badge_shape::notes(facts, object);
        // What a note says of the structure is said instead of what was.
        examined.checks.retain(|check| notes.iter().all(|note| note.id != check.id));
        examined.checks.extend(notes);
    }
    let asked = schema::conforms(facts, document, is_whole, examined.established, found);
    examined.checks.extend(asked.checks);
    examined.needs.extend(asked.needs);
    examined
}
