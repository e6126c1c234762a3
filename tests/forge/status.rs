//! Standing: lists of somebody else, of another time or purpose, and entries that mislead.

use verify_credential::codec::json::Value;

use super::scene::{
    DID, METHOD, REVOCATIONS, badge_with_status, did_document, entry, forger, gzip, list, list_of,
    network_with_list, ours, resources, signed, sound_document, with,
};
use super::{Case, forged};
use crate::baker;
use crate::own::edit::{Doc, string, value};
use crate::own::signer::Suite;

const REVOCATION: &str = "status.revocation";

pub fn cases() -> Vec<Case> {
    let mut cases = lists();
    cases.extend(bits());
    cases.extend(entries());
    cases
}

/// The sound credential beside another list.
fn beside(name: &'static str, defect: &'static str, list: Value) -> Case {
    forged(name, "sound-status", defect)
        .json(&signed(&badge_with_status(entry(REVOCATIONS, "7"))))
        .resources(network_with_list(list))
        .not_fully_checked()
}

fn lists() -> Vec<Case> {
    let sound = || list(REVOCATIONS, DID);
    let mut broken = Doc(signed(&sound()));
    broken.put("/validFrom", string("2026-11-02T00:00:00Z"));
    let edited = |place: &str, new: &str| {
        let mut doc = Doc(sound());
        doc.put(place, string(new));
        signed(&doc.0)
    };
    let far = "did:web:forger.example";
    let theirs = forger().sign(&list(REVOCATIONS, far), Suite::Rdfc, "did:web:forger.example#key-1", &[]);
    let documents = [(DID, sound_document()), (far, did_document(far, &forger(), "assertionMethod"))];
    let forged_by = forger().sign(&sound(), Suite::Rdfc, METHOD, &[]);
    let ttl = {
        let mut doc = Doc(sound());
        doc.put("/credentialSubject/ttl", value("3600000"));
        signed(&doc.0)
    };
    vec![
        beside(
            "list-of-another-issuer",
            "The list is another issuer's, which is allowed, and said.",
            sound(),
        )
        .resources(resources(&documents, &[(REVOCATIONS, theirs)]))
        .genuine("verified")
        .fails("status.list-issuer-differs", "status-list-issuer-differs"),
        beside("list-broken", "The list was changed after it was signed.", broken.0)
            .unknown(REVOCATION, "status-list-not-trusted"),
        beside("list-of-the-forger", "The list is signed by somebody else in the issuer's name.", forged_by)
            .unknown(REVOCATION, "status-list-not-trusted"),
        beside("list-not-signed", "The list is not signed.", sound())
            .unknown(REVOCATION, "status-list-not-trusted"),
        beside(
            "list-past-its-end",
            "The list was good until before now.",
            edited("/validUntil", "2026-11-02T00:00:00Z"),
        )
        .unknown(REVOCATION, "status-list-not-trusted"),
        beside(
            "list-before-its-start",
            "The list is good from after now.",
            edited("/validFrom", "2026-12-02T00:00:00Z"),
        )
        .unknown(REVOCATION, "status-list-not-trusted"),
        beside("list-read-too-long-ago", "The list may be used for an hour, and was read a day ago.", ttl)
            .fetched("2026-11-21T12:00:00Z")
            .unknown(REVOCATION, "status-list-stale"),
        beside(
            "list-of-another-purpose",
            "The list is about suspensions.",
            edited("/credentialSubject/statusPurpose", "suspension"),
        )
        .unknown(REVOCATION, "status-list-purpose-differs"),
        beside(
            "list-of-another-address",
            "Another list of the issuer, in which nobody is revoked, stands in its place.",
            signed(&list("https://issuer.example/status/other", DID)),
        )
        .unknown(REVOCATION, "status-list-address-differs")
        .fails("status.list-address", "status-list-address-differs"),
        beside(
            "list-that-is-no-list",
            "What stands at the address is a badge.",
            signed(&super::scene::badge(DID)),
        )
        .unknown(REVOCATION, "status-list-not-of-type"),
        beside("list-that-is-missing", "The list is not at hand.", sound())
            .resources(resources(&[(DID, sound_document())], &[]))
            .unknown(REVOCATION, "status-list-not-fetched"),
    ]
}

fn bits() -> Vec<Case> {
    let of_bits = |packed: &[u8]| signed(&list_of(REVOCATIONS, DID, packed));
    let bomb = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255][..], &baker::bomb(20), &[0; 8]].concat();
    let mut damaged = gzip(&[0; 16_384]);
    let last = damaged.len() - 5;
    damaged[last] ^= 1;
    let mut unmarked = Doc(list(REVOCATIONS, DID));
    let encoded = unmarked.get("/credentialSubject/encodedList").and_then(Value::as_str).expect("bits");
    let without = encoded.trim_start_matches('u').to_owned();
    unmarked.put("/credentialSubject/encodedList", string(&without));
    vec![
        beside("list-bomb", "The bits inflate to 20 megabytes.", of_bits(&bomb))
            .unknown(REVOCATION, "status-list-too-large"),
        beside("list-damaged", "The checksum of the bits is wrong.", of_bits(&damaged))
            .unknown(REVOCATION, "status-list-encoding"),
        beside("list-without-multibase", "The bits do not say how they are written.", signed(&unmarked.0))
            .unknown(REVOCATION, "status-list-encoding"),
        beside("list-too-short", "The list has fewer entries than the index.", of_bits(&gzip(&[])))
            .unknown(REVOCATION, "status-index-out-of-range"),
        beside(
            "list-of-few",
            "The list has eight entries, so that its host knows who is looked up.",
            of_bits(&gzip(&[0])),
        )
        .genuine("verified")
        .fails("status.list-length", "status-list-short"),
    ]
}

/// Entries that the issuer signed, and that two readers read differently.
fn entries() -> Vec<Case> {
    let with_entry = |name: &'static str, defect: &'static str, members: &[(&str, Value)]| {
        forged(name, "sound-status", defect)
            .json(&signed(&badge_with_status(with(entry(REVOCATIONS, "7"), members))))
            .not_fully_checked()
    };
    let index = |text: &str| [("statusListIndex", string(text))];
    let at = |url: &str| [("statusListCredential", string(url))];
    let list = "https://issuer.example@forger.example/status";
    vec![
        with_entry("index-out-of-range", "The index is behind the end of the list.", &index("131072"))
            .unknown(REVOCATION, "status-index-out-of-range"),
        with_entry("index-with-a-sign", "The index has a sign.", &index("+7"))
            .unknown(REVOCATION, "status-entry-malformed")
            .unknown("status.suspension", "status-entry-malformed"),
        with_entry("index-with-a-fraction", "The index is a fraction.", &index("7.5"))
            .unknown(REVOCATION, "status-entry-malformed")
            .unknown("status.suspension", "status-entry-malformed"),
        with_entry("index-in-other-digits", "The index is in Arabic digits.", &index("\u{667}"))
            .unknown(REVOCATION, "status-entry-malformed")
            .unknown("status.suspension", "status-entry-malformed"),
        with_entry(
            "purpose-misspelt",
            "The purpose is one letter from the one that revokes.",
            &[("statusPurpose", string("Revocation"))],
        )
        .unknown(REVOCATION, "status-purpose-unknown")
        .unknown("status.suspension", "status-purpose-unknown"),
        forged("entry-of-another-type", "sound-status", "The entry is of a type that is not read here.")
            .json(&signed(&badge_with_status(value(
                r#"{"id": "urn:test:entry", "type": "https://forger.example/#Entry"}"#,
            ))))
            .unknown(REVOCATION, "status-type-unsupported")
            .unknown("status.suspension", "status-type-unsupported")
            .not_fully_checked(),
        with_entry("list-at-a-user", "The issuer's domain is the user in front of a host.", &at(list))
            .unknown(REVOCATION, "status-list-address"),
        with_entry(
            "list-over-http",
            "The list is to be fetched in the clear.",
            &at("http://issuer.example/status"),
        )
        .unknown(REVOCATION, "status-list-address"),
        with_entry(
            "list-in-the-local-network",
            "The list is to be fetched from the reader's own network.",
            &at("https://192.168.0.1/status"),
        )
        .unknown(REVOCATION, "status-list-address"),
        forged("status-set", "sound-status", "The list says that it was revoked.")
            .json(&signed(&badge_with_status(entry(REVOCATIONS, "4242"))))
            .fails(REVOCATION, "status-set")
            .headline("revoked"),
        forged(
            "status-set-in-the-second-entry",
            "sound-status",
            "The second of two entries says that it was revoked.",
        )
        .json(&ours().sign(
            &badge_with_status(Value::Array(vec![entry(REVOCATIONS, "7"), entry(REVOCATIONS, "4242")])),
            Suite::Rdfc,
            METHOD,
            &[],
        ))
        .fails(REVOCATION, "status-set")
        .headline("revoked"),
    ]
}
