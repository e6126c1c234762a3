//! Status entries that mislead, and lists that were restructured or are somebody else's.

mod attack;
mod own;
mod support;

use attack::ways::WAYS;
use attack::{holds, no_better, own_doc, own_network, signed, with_list};
use own::edit::{Doc, string, value};
use own::report;
use own::signer::{Issuer, Suite};
use verify_credential::claims;
use verify_credential::codec::json::Value;
use verify_credential::need::Found;
use verify_credential::report::Headline;

/// A status that cannot be read is not one that is not set.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn odd_status_entries_are_never_fine() {
    let found = own_network();
    let entry = |index: &str| {
        value(&format!(
            r#"{{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":{index},
                "statusListCredential":"https://issuer.example/status/revocation"}}"#
        ))
    };
    let judge = |entries: Value| {
        let mut document = own_doc("did-key");
        document.put("/credentialStatus", entries);
        let report = report(&signed(&document, Suite::Rdfc, &[]).bytes(), &found);
        assert!(holds(&report));
        report.headline
    };
    assert_eq!(judge(entry("\"7\"")), Headline::GenuineIssuerUnconfirmed);
    assert_eq!(judge(entry("\"007\"")), Headline::GenuineIssuerUnconfirmed);
    assert_eq!(judge(entry("7")), Headline::GenuineIssuerUnconfirmed);
    assert_eq!(judge(entry("7.0")), Headline::GenuineIssuerUnconfirmed);
    assert_eq!(judge(entry("\"4242\"")), Headline::Revoked);
    assert_eq!(judge(entry("4242")), Headline::Revoked);
    assert_eq!(judge(entry("4.242e3")), Headline::Revoked);
    let odd = [
        "\"\"",
        "\"+7\"",
        "\" 7\"",
        "\"7.0\"",
        "\"7e0\"",
        "\"0x7\"",
        "\"-1\"",
        "-1",
        "7.5",
        "1e30",
        "\"\u{661}\"",
        "\"131072\"",
        "\"99999999999999999999\"",
        "[\"7\",\"8\"]",
        "[]",
        "null",
        "true",
    ];
    for index in odd {
        let headline = judge(entry(index));
        assert_eq!(headline, Headline::NotFullyChecked, "{index}");
    }
    let beside = |text: &str| judge(Value::Array(vec![entry("\"7\""), value(text)]));
    for text in [
        r#"{"type":"https://forger.example/#Status","id":"urn:test:entry"}"#,
        r#"{"type":"BitstringStatusListEntry","statusListIndex":"7","statusListCredential":"https://issuer.example/status/revocation"}"#,
        r#"{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"7"}"#,
        r#"{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"7","statusListCredential":"http://issuer.example/status/revocation"}"#,
        r#"{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"7","statusListCredential":"https://issuer.example/status/suspension"}"#,
        r#"{"type":"BitstringStatusListEntry","statusPurpose":["revocation","suspension"],"statusListIndex":"7","statusListCredential":"https://issuer.example/status/revocation"}"#,
        r#"{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusSize":2,"statusListIndex":"7","statusListCredential":"https://issuer.example/status/revocation"}"#,
    ] {
        assert_eq!(beside(text), Headline::NotFullyChecked, "{text}");
    }
}

/// A misspelt purpose may be the one that revokes.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_misspelt_purpose_is_not_passed_over() {
    for purpose in ["Revocation", "revoked", "revocation ", "SUSPENSION"] {
        let mut document = own_doc("did-key");
        document.put(
            "/credentialStatus",
            value(&format!(
                r#"{{"type":"BitstringStatusListEntry","statusPurpose":"{purpose}","statusListIndex":"4242",
                    "statusListCredential":"https://issuer.example/status/revocation"}}"#
            )),
        );
        let report = report(&signed(&document, Suite::Rdfc, &[]).bytes(), &own_network());
        assert!(holds(&report));
        assert_eq!(report.headline, Headline::NotFullyChecked, "{purpose}");
    }
}

/// Of two ends of its validity the earlier one counts.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_earlier_of_two_ends_counts() {
    let mut document = own_doc("ed25519-2020-v1");
    document.put("/expirationDate", string("2026-02-01T00:00:00Z"));
    document.put("/validUntil", string("2030-02-01T00:00:00Z"));
    let report = report(&signed(&document, Suite::Of2020, &[]).bytes(), &Found::default());
    assert!(holds(&report));
    assert_eq!(report.headline, Headline::Expired);
}

/// A status list, restructured or of somebody else, clears nobody.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_list_that_was_tampered_with_clears_nobody() {
    let mut tried = 0;
    for (file, list) in [("revoked", "revocation"), ("suspended", "suspension")] {
        let credential = own_doc(file).bytes();
        let honest = report(&credential, &own_network());
        let url = format!("https://issuer.example/status/{list}");
        let original = own_doc(&format!("status/{list}"));
        let mut judge = |name: &str, doc: &Doc| {
            let attacked = report(&credential, &with_list(&url, doc));
            no_better(name, &honest, &attacked);
            assert_ne!(
                attacked.headline,
                Headline::DoNotRely,
                "{name}: a bad list is no fault of the credential"
            );
            tried += 1;
        };
        for place in original.objects().iter().filter(|place| !place.starts_with("/@context")) {
            let members = original.get(place).and_then(Value::as_object).expect("it is an object");
            for (name, _) in members.iter() {
                let properties = [
                    claims::STATUS_PURPOSE,
                    claims::ENCODED_LIST,
                    claims::CREDENTIAL_SUBJECT,
                    claims::VALID_FROM,
                ];
                let Some(property) = properties.iter().find(|property| property.term == &**name) else {
                    continue;
                };
                for (way, change) in WAYS {
                    for kind in [None, Some("@id"), Some("https://w3id.org/security#multibase")] {
                        let mut doc = original.clone();
                        change(&mut doc, place, name, property.iris[0], kind);
                        judge(&format!("{place}/{name} {way}"), &doc);
                    }
                }
            }
        }
        let other = own_doc(if list == "revocation" { "status/suspension" } else { "status/revocation" });
        judge("the other list", &other);
        let empty = other.get("/credentialSubject/encodedList").cloned().expect("it has a list");
        let mut changed = original.clone();
        changed.put("/credentialSubject/encodedList", empty.clone());
        judge("another list's bits", &changed);
        for place in original.values() {
            let mut doc = original.clone();
            doc.take(&place);
            judge(&format!("without {place}"), &doc);
            for junk in ["null", "0", "[]", "{}", "\"\"", "\"uH4sI\"", "true"] {
                let mut doc = original.clone();
                doc.put(&place, value(junk));
                judge(&format!("{place} is {junk}"), &doc);
            }
        }
        // Signed by the same issuer, for something else.
        let issuer = Issuer::of("issuer.example");
        let method = "did:web:issuer.example#key-1";
        let mut resign = |name: &str, place: &str, new: Value| {
            let mut doc = original.clone();
            doc.take("/proof");
            doc.put("/credentialSubject/encodedList", empty.clone());
            doc.put(place, new);
            judge(name, &Doc(issuer.sign(&doc.0, Suite::Rdfc, method, &[])));
        };
        resign("of another address", "/id", string("https://issuer.example/status/other"));
        resign("of another purpose", "/credentialSubject/statusPurpose", string("message"));
        resign("past its time", "/validUntil", string("2026-11-02T00:00:00Z"));
        resign("not yet in force", "/validFrom", string("2026-12-02T00:00:00Z"));
        resign("not a list", "/type", string("VerifiableCredential"));
        let mut doc = original.clone();
        doc.take("/proof");
        doc.put("/credentialSubject/encodedList", empty.clone());
        let mallory = Issuer::of("somebody else");
        judge("of somebody else", &Doc(mallory.sign(&doc.0, Suite::Rdfc, &mallory.did_key().1, &[])));
    }
    assert!(tried > 300, "{tried}");
}
