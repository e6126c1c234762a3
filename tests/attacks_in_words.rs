//! Every member that is read, said in every other way there is, by a forger who has no key.

mod attack;
mod own;
mod support;

use attack::ways::{READ, WAYS};
use attack::{
    ALIGNMENTS, ANDAMIO, EXPIRED, EXPIRED_V1, REVOKED, REVOKED_V1, doc, holds, no_better, own_doc,
    own_network,
};
use own::{network, report};
use verify_credential::claims;
use verify_credential::codec::json::Value;
use verify_credential::report::Headline;

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn no_member_can_be_said_otherwise() {
    let found = network();
    let kinds = [None, Some("@id"), Some("http://www.w3.org/2001/XMLSchema#dateTime")];
    let (mut tried, mut held) = (0, 0);
    // Both data models; the others only where there is time.
    let files = [REVOKED, EXPIRED_V1, ALIGNMENTS, EXPIRED, REVOKED_V1, ANDAMIO];
    for file in &files[..if cfg!(debug_assertions) { 2 } else { 6 }] {
        let original = doc(file);
        let honest = report(&original.bytes(), &found);
        for place in original.objects().iter().filter(|place| !place.starts_with("/@context")) {
            let members = original.get(place).and_then(Value::as_object).expect("it is an object");
            for (name, _) in members.iter() {
                let Some(property) = READ.iter().find(|property| property.term == &**name) else { continue };
                for (way, change) in WAYS {
                    let mut last = None;
                    for (kind, iri) in
                        kinds.iter().flat_map(|kind| property.iris.iter().map(move |iri| (kind, iri)))
                    {
                        let mut doc = original.clone();
                        change(&mut doc, place, name, iri, *kind);
                        let bytes = doc.bytes();
                        // Not every way has a use for the IRI and the type.
                        if last.as_ref() == Some(&bytes) {
                            continue;
                        }
                        let attacked = report(&bytes, &found);
                        no_better(&format!("{file} {place}/{name} {way} {kind:?}"), &honest, &attacked);
                        tried += 1;
                        last = Some(bytes);
                        if holds(&attacked) {
                            held += 1;
                            break;
                        }
                    }
                }
            }
        }
    }
    assert!(tried > 600 && held > 150, "{tried} tried, {held} with a signature that holds");
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn proof_options_cannot_be_said_otherwise() {
    let found = own_network();
    let honest = report(&own_doc("proof-expired").bytes(), &found);
    assert_eq!(honest.headline, Headline::DoNotRely);
    let kinds = ["http://www.w3.org/2001/XMLSchema#dateTime", "@id"];
    let mut held = 0;
    for file in ["proof-expired", "proof-from-the-future", "proof-for-authentication"] {
        for (way, change) in WAYS {
            for property in
                [claims::EXPIRES, claims::CREATED, claims::PROOF_PURPOSE, claims::VERIFICATION_METHOD]
            {
                for kind in kinds {
                    let mut doc = own_doc(file);
                    if doc.get(&format!("/proof/{}", property.term)).is_none() {
                        continue;
                    }
                    change(&mut doc, "/proof", property.term, property.iris[0], Some(kind));
                    let attacked = report(&doc.bytes(), &found);
                    assert_eq!(attacked.headline, Headline::DoNotRely, "{file} {way} {}", property.term);
                    held += usize::from(holds(&attacked));
                }
            }
        }
    }
    assert!(held > 20, "{held} with a signature that holds");
}
