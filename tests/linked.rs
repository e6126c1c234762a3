//! What the viewer asks beside: to whom it was given, whether linked things are what was signed, and
//! whether a newer one can be had.

mod own;
mod stage;
mod support;

use own::edit::Doc;
use own::signer::{Issuer, Suite};
use stage::{ID, LIST, METHOD, V2, at_hand, badge, said, sign};
use verify_credential::canon::contexts;
use verify_credential::codec::base64url;
use verify_credential::codec::json::Value;
use verify_credential::crypto::{Engines, sha256, sha384, sha512};
use verify_credential::need::Answer;
use verify_credential::policy::Policy;
use verify_credential::report::{Headline, Report};
use verify_credential::verify;

const LINKED: &str = "integrity.linked-resources";
const RECIPIENT: &str = "recipient.matches";

fn asking(recipient: &str) -> Policy {
    let text = format!(r#"{{"now":"2026-11-22T12:00:00Z","recipient":{recipient}}}"#);
    Policy::from_json(&text).expect("a policy")
}

/// A badge with these identifiers.
fn named(identifiers: &str) -> Doc {
    let mut doc = badge(&[]);
    doc.put("/credentialSubject/identifier", own::edit::value(identifiers));
    doc
}

fn identity(kind: &str, value: &str, hashed: bool, more: &str) -> String {
    format!(
        r#"{{"type":"IdentityObject","identityType":"{kind}","identityHash":"{value}","hashed":{hashed}{more}}}"#
    )
}

fn judged(doc: &Doc, recipient: &str, suite: Suite) -> Report {
    verify(&sign(doc, suite), "own", &at_hand(&[]), &asking(recipient))
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_recipient_is_told_by_what_was_signed() {
    // Digests made with another tool: of a@example.com and of a@example.comKosher.
    let sha256_salted = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399";
    let sha256 = "sha256$08168cd80dfd534ab0f10af10f1303fe00af2d43ab5c1432360d137f8197e17a";
    let md5 = "md5$b418773a2c51fb9777a1648346fa7394";
    let md5_salted = "md5$ddd142639a792e74751ee7e129237efa";
    let kosher = r#","salt":"Kosher""#;
    let mail = "\"a@example.com\"";
    let typed = r#"{"type":"emailAddress","value":"a@example.com"}"#;
    let number = identity("sourcedId", "7", false, "");
    let with_number = format!("[{number},{}]", identity("emailAddress", sha256_salted, true, kosher));
    let of = |value: &str, hashed, more: &str| identity("emailAddress", value, hashed, more);
    let typed_hash = format!("\"{md5}\"");
    let table: Vec<(&str, String, &str, &str)> = vec![
        ("plain", of("a@example.com", false, ""), mail, "pass recipient-matches"),
        ("plain, of its type", of("a@example.com", false, ""), typed, "pass recipient-matches"),
        ("host in capitals", of("a@example.com", false, ""), "\" a@EXAMPLE.com \"", "pass recipient-matches"),
        (
            "mailbox in capitals",
            of("a@example.com", false, ""),
            "\"A@example.com\"",
            "fail recipient-differs",
        ),
        ("salted", of(sha256_salted, true, kosher), mail, "pass recipient-matches"),
        ("salted, in capitals", of(&capitals(sha256_salted), true, kosher), mail, "pass recipient-matches"),
        ("without its salt", of(sha256_salted, true, ""), mail, "fail recipient-differs"),
        (
            "with another salt",
            of(sha256_salted, true, r#","salt":"Kosher ""#),
            mail,
            "fail recipient-differs",
        ),
        ("without salt", of(sha256, true, ""), mail, "pass recipient-matches"),
        ("md5", of(md5, true, ""), mail, "pass recipient-matches"),
        ("md5, salted", of(md5_salted, true, kosher), mail, "pass recipient-matches"),
        ("md5, of another", of(md5, true, ""), "\"b@example.com\"", "fail recipient-differs"),
        ("a hash that says it is none", of(md5, false, ""), mail, "fail recipient-differs"),
        ("a hash, typed", of(md5, false, ""), &typed_hash, "pass recipient-matches"),
        ("a hash of no known kind", of("sha1$00", true, ""), mail, "unknown recipient-hash-unsupported"),
        ("a hash of no kind", of("a@example.com", true, ""), mail, "unknown recipient-hash-unsupported"),
        ("one of two", with_number.clone(), mail, "pass recipient-matches"),
        ("the other of two", with_number.clone(), "\"7\"", "pass recipient-matches"),
        ("another number", with_number, "\"8\"", "fail recipient-differs"),
        ("a number, asked by mail", number.clone(), mail, "unknown recipient-not-named"),
        (
            "a number, asked as mail",
            number,
            r#"{"type":"emailAddress","value":"7"}"#,
            "unknown recipient-not-named",
        ),
        ("nobody", "[]".to_owned(), mail, "unknown recipient-not-named"),
        ("the subject's own id", "[]".to_owned(), "\"did:example:holder\"", "pass recipient-matches"),
    ];
    for (name, identifiers, recipient, answer) in table {
        for suite in [Suite::Rdfc, Suite::Jcs] {
            let report = judged(&named(&identifiers), recipient, suite);
            assert_eq!(said(&report, RECIPIENT), answer, "{name}");
            let headline = match answer.split_once(' ').expect("two words").0 {
                "pass" => Headline::Verified,
                "fail" => Headline::DoNotRely,
                _ => Headline::NotFullyChecked,
            };
            assert_eq!(report.headline, headline, "{name} {:#?}", report.checks);
        }
    }
}

fn capitals(hash: &str) -> String {
    let (name, digits) = hash.split_once('$').expect("a hash");
    format!("{name}${}", digits.to_uppercase())
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_recipient_is_looked_for_where_somebody_asks() {
    let doc = named(&identity("emailAddress", "a@example.com", false, ""));
    let bytes = sign(&doc, Suite::Rdfc);
    assert!(verify(&bytes, "own", &at_hand(&[]), &own::policy()).check(RECIPIENT).is_none());
    let forged = Doc(Issuer::of("forger.example").sign(&doc.0, Suite::Rdfc, METHOD, &[])).bytes();
    let report = verify(&forged, "own", &at_hand(&[]), &asking("\"a@example.com\""));
    assert_eq!(said(&report, RECIPIENT), "unknown waits-for-signature");
    let mut found = at_hand(&[]);
    found.engines = Engines::NONE.with_net();
    let report = verify(&bytes, "own", &found, &asking("\"a@example.com\""));
    assert_eq!(said(&report, RECIPIENT), "unknown part-not-loaded");
    // What was typed is nowhere in the report.
    let report = verify(&bytes, "own", &at_hand(&[]), &asking("\"somebody@secret.example\""));
    assert!(!format!("{report:?}").contains("secret.example"));
    for bad in ["\"\"", "\" \"", "7", "{}", r#"{"value":"a"}"#, r#"{"type":"a"}"#, "null"] {
        let text = format!(r#"{{"now":"2026-11-22T12:00:00Z","recipient":{bad}}}"#);
        assert!(Policy::from_json(&text).is_err(), "{bad}");
    }
}

/// A salt that stands with another identifier was not signed there.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_salt_that_was_moved_breaks_the_signature() {
    let one = identity("emailAddress", "md5$ddd142639a792e74751ee7e129237efa", true, r#","salt":"Kosher""#);
    let other = identity("name", "md5$00", true, "");
    for suite in [Suite::Rdfc, Suite::Jcs] {
        let doc = named(&format!("[{one},{other}]"));
        let mut signed = Doc(support::json(&sign(&doc, suite)).expect("JSON"));
        let salt: Value = signed.take("/credentialSubject/identifier/0/salt");
        signed.put("/credentialSubject/identifier/1/salt", salt);
        let report = verify(&signed.bytes(), "own", &at_hand(&[]), &asking("\"a@example.com\""));
        assert_eq!(said(&report, RECIPIENT), "unknown waits-for-signature");
        assert_eq!(report.headline, Headline::DoNotRely);
    }
}

/// The badge with an image at an address, and its digest.
fn with_image(digest: &str) -> Doc {
    let mut doc = badge(&[]);
    let image = format!(r#"{{"id":"{IMAGE}","type":"Image",{digest}}}"#);
    doc.put("/credentialSubject/achievement/image", own::edit::value(&image));
    doc
}

const IMAGE: &str = "https://issuer.example/image.png";
const PICTURE: &[u8] = b"a picture";

fn sri(bits: usize, content: &[u8]) -> String {
    let digest = match bits {
        256 => sha256(content).to_vec(),
        384 => sha384(content).to_vec(),
        _ => sha512(content).to_vec(),
    };
    let text = base64url::encode(&digest).replace('-', "+").replace('_', "/");
    format!("sha{bits}-{text}{}", "=".repeat((4 - text.len() % 4) % 4))
}

fn multihash(code: u8, content: &[u8]) -> String {
    let digest = sha256(content);
    format!("u{}", base64url::encode(&[&[code, 32][..], &digest].concat()))
}

/// A digest by a hash whose code does not fit a byte.
fn long_code(content: &[u8]) -> String {
    format!("u{}", base64url::encode(&[&[0xa0, 0xe4, 0x02, 32][..], &sha256(content)].concat()))
}

fn judged_linked(doc: &Doc, documents: &[(&str, Vec<u8>)], is_asked: bool) -> Report {
    let policy = Policy { linked: is_asked, ..own::policy() };
    verify(&sign(doc, Suite::Rdfc), "own", &at_hand(documents), &policy)
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_is_used_is_what_was_signed() {
    let at = [(IMAGE, PICTURE.to_vec())];
    let other = [(IMAGE, b"another picture".to_vec())];
    let one = |text: &str| format!(r#""digestSRI":"{text}""#);
    let multi = |text: &str| format!(r#""digestMultibase":"{text}""#);
    let table = [
        ("sha256", one(&sri(256, PICTURE)), "pass linked-resources-match"),
        ("sha384", one(&sri(384, PICTURE)), "pass linked-resources-match"),
        ("sha512, with options", one(&format!("{}?foo", sri(512, PICTURE))), "pass linked-resources-match"),
        ("multibase", multi(&multihash(0x12, PICTURE)), "pass linked-resources-match"),
        (
            "of two alike",
            one(&format!("{} {}", sri(256, b""), sri(256, PICTURE))),
            "pass linked-resources-match",
        ),
        (
            "the stronger of two is wrong",
            one(&format!("{} {}", sri(256, PICTURE), sri(384, b""))),
            "fail linked-resource-differs",
        ),
        ("of another thing", one(&sri(384, b"")), "fail linked-resource-differs"),
        ("multibase of another thing", multi(&multihash(0x12, b"")), "fail linked-resource-differs"),
        ("of a hash not known here", multi(&multihash(0x16, PICTURE)), "unknown linked-digest-unsupported"),
        // BLAKE2b-256 has a code of three bytes.
        ("of a hash with a long code", multi(&long_code(PICTURE)), "unknown linked-digest-unsupported"),
        ("of MD5", one("md5-AAAA"), "unknown linked-digest-unsupported"),
        (
            "of MD5 and another hash",
            one(&format!("md5-AAAA {}", sri(256, PICTURE))),
            "pass linked-resources-match",
        ),
    ];
    for (name, digest, answer) in &table {
        for is_asked in [false, true] {
            let report = judged_linked(&with_image(digest), &at, is_asked);
            assert_eq!(said(&report, LINKED), *answer, "{name}");
        }
        let report = judged_linked(&with_image(digest), &other, true);
        assert_ne!(report.headline, Headline::Verified, "{name}");
    }
    let sound = with_image(&table[0].1);
    assert_eq!(judged_linked(&sound, &at, false).headline, Headline::Verified);
    assert_eq!(judged_linked(&sound, &other, false).headline, Headline::DoNotRely);
    for bad in ["sha384-!", "sha384-AAAA", "md5-!", "", "sha384"] {
        let report = judged_linked(&with_image(&one(bad)), &at, false);
        assert_eq!(report.headline, Headline::DoNotRely, "{bad}");
        let reason = report.checks.iter().any(|check| check.reason == "linked-digest-malformed");
        assert!(reason, "{bad}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn an_image_is_asked_for_where_the_viewer_asks() {
    let doc = with_image(&format!(r#""digestSRI":"{}""#, sri(384, PICTURE)));
    let calm = judged_linked(&doc, &[], false);
    assert_eq!(said(&calm, LINKED), "skipped linked-resources-not-used");
    assert_eq!((calm.headline, calm.needs.len()), (Headline::Verified, 0));
    let asking = judged_linked(&doc, &[], true);
    assert_eq!(said(&asking, LINKED), "unknown linked-resource-not-fetched");
    let kinds: Vec<&str> = asking.needs.iter().map(|need| need.kind.id()).collect();
    assert_eq!((asking.headline, kinds), (Headline::NotFullyChecked, vec!["image"]));
    let mut found = at_hand(&[]);
    found.provide(IMAGE.to_owned(), Answer::Failed("fetch-failed"));
    let policy = Policy { linked: true, ..own::policy() };
    let report = verify(&sign(&doc, Suite::Rdfc), "own", &found, &policy);
    assert_eq!(said(&report, LINKED), "unknown linked-resource-unreachable");
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn related_resources_are_held_against_what_is_embedded() {
    let v2 = contexts::embedded(V2, false).expect("it is embedded");
    let related = |entries: &str| {
        let doc = badge(&[("relatedResource", entries)]);
        judged_linked(&doc, &[], false)
    };
    let entry =
        |url: &str, content: &[u8]| format!(r#"{{"id":"{url}","digestSRI":"{}"}}"#, sri(384, content));
    let sound = related(&entry(V2, v2));
    assert_eq!(said(&sound, LINKED), "pass linked-resources-match", "{:#?}", sound.checks);
    assert_eq!(sound.headline, Headline::Verified);
    let both = format!("[{},{}]", entry(V2, v2), entry("https://issuer.example/terms", b""));
    assert_eq!(related(&both).headline, Headline::Verified);
    assert_eq!(related(&entry(V2, b"{}")).headline, Headline::DoNotRely);
    let bare = format!(r#"{{"id":"{V2}","mediaType":"application/ld+json"}}"#);
    assert_eq!(said(&related(&bare), "document.structure"), "pass structure-sound");
    assert_eq!(related(&bare).headline, Headline::DoNotRely);
    let twice = badge(&[("relatedResource", &format!("[{},{}]", entry(V2, v2), entry(V2, v2)))]);
    let twice = verify(&sign(&twice, Suite::Jcs), "own", &at_hand(&[]), &own::policy());
    assert_eq!(twice.headline, Headline::DoNotRely);
}

const NEWER: &str = "https://issuer.example/newer";
const REFRESHED: &str = "credential.refreshed";

/// A badge that ends then, with a place where newer ones are to be had.
fn refreshable(until: &str) -> Doc {
    let service = format!(r#"{{"id":"{NEWER}","type":"1EdTechCredentialRefresh"}}"#);
    badge(&[("refreshService", &service), ("validUntil", &format!("\"{until}\""))])
}

fn refreshed(original: &Doc, newer: impl Into<Vec<u8>>) -> Report {
    let bytes = sign(original, Suite::Rdfc);
    verify(&bytes, "own", &at_hand(&[(NEWER, newer.into())]), &own::policy())
}

const PAST: &str = "2026-10-01T00:00:00Z";
const FUTURE: &str = "2029-10-01T00:00:00Z";

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_newer_version_has_the_dates_and_the_standing() {
    let asking = verify(&sign(&refreshable(PAST), Suite::Rdfc), "own", &at_hand(&[]), &own::policy());
    assert_eq!(
        (said(&asking, REFRESHED).as_str(), asking.headline),
        ("unknown refresh-not-fetched", Headline::Expired)
    );
    let kinds: Vec<&str> = asking.needs.iter().map(|need| need.kind.id()).collect();
    assert_eq!(kinds, ["refresh"]);
    let renewed = refreshed(&refreshable(PAST), sign(&refreshable(FUTURE), Suite::Rdfc));
    assert_eq!(renewed.headline, Headline::Verified, "{:#?}", renewed.checks);
    assert_eq!(said(&renewed, REFRESHED), "pass refresh-used");
    assert_eq!(renewed.parts[0].headline, Headline::Verified);
    // It says where newer ones are to be had, and is not asked again.
    assert!(renewed.parts[0].check(REFRESHED).is_none());
    let ended = refreshed(&refreshable(FUTURE), sign(&refreshable(PAST), Suite::Rdfc));
    assert_eq!(ended.headline, Headline::Expired);
    // The newer version was withdrawn; the list is at hand.
    let mut withdrawn = refreshable(FUTURE);
    let entry = format!(r#"{{"id":"{LIST}","type":"1EdTechRevocationList"}}"#);
    withdrawn.put("/credentialStatus", own::edit::value(&entry));
    let documents =
        [(NEWER, sign(&withdrawn, Suite::Rdfc)), (LIST, stage::plain_list(&format!(r#"{{"id":"{ID}"}}"#)))];
    let bytes = sign(&refreshable(FUTURE), Suite::Rdfc);
    let report = verify(&bytes, "own", &at_hand(&documents), &own::policy());
    assert_eq!(report.headline, Headline::Revoked, "{:#?}", report.checks);
    assert_eq!(report.parts[0].headline, Headline::Revoked);
}

/// A newer version that names no list on which it would be withdrawn does not do away with the one that the
/// original names.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn only_a_list_of_withdrawals_stands_for_another() {
    const OTHER: &str = "https://issuer.example/status/other";
    let withdrawn = |status: &str| {
        let mut doc = refreshable(FUTURE);
        doc.put("/credentialStatus", own::edit::value(status));
        doc
    };
    let on_list = format!(r#"{{"id":"{LIST}","type":"1EdTechRevocationList"}}"#);
    let original = sign(&withdrawn(&on_list), Suite::Rdfc);
    let of_purpose = |purpose: &str| {
        let entry = format!(
            r#"{{"type":"BitstringStatusListEntry","statusPurpose":"{purpose}","statusListIndex":"7","statusListCredential":"{OTHER}"}}"#
        );
        let mut list = stage::bitstring(purpose, &stage::gzipped(16_384, &[]));
        list.put("/id", own::edit::string(OTHER));
        (sign(&withdrawn(&entry), Suite::Rdfc), sign(&list, Suite::Rdfc))
    };
    let plain = (sign(&refreshable(FUTURE), Suite::Rdfc), Vec::new());
    for (name, (newer, list), headline) in [
        ("no list", plain, Headline::Revoked),
        ("refresh", of_purpose("refresh"), Headline::Revoked),
        ("message", of_purpose("message"), Headline::Revoked),
        ("revocation", of_purpose("revocation"), Headline::Verified),
    ] {
        let on_list = stage::plain_list(&format!(r#"{{"id":"{ID}"}}"#));
        let documents = [(NEWER, newer), (LIST, on_list), (OTHER, list)];
        let report = verify(&original, "own", &at_hand(&documents), &own::policy());
        assert_eq!(said(&report, REFRESHED), "pass refresh-used", "{name}");
        assert_eq!(report.headline, headline, "{name}: {:#?}", report.checks);
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_is_no_newer_version_is_left_aside() {
    let with = |place: &str, text: &str| {
        let mut doc = refreshable(FUTURE);
        doc.put(place, own::edit::string(text));
        sign(&doc, Suite::Rdfc)
    };
    let mallory = Issuer::of("forger.example");
    let (far, method) = mallory.did_key();
    let mut theirs = refreshable(FUTURE);
    theirs.put("/issuer", own::edit::string(&far));
    let theirs = Doc(mallory.sign(&theirs.0, Suite::Rdfc, &method, &[])).bytes();
    let forged = Doc(mallory.sign(&refreshable(FUTURE).0, Suite::Rdfc, METHOD, &[])).bytes();
    let table: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", Vec::new(), "refresh-not-verified"),
        ("not signed", refreshable(FUTURE).bytes(), "refresh-not-verified"),
        ("signed by another in the issuer's name", forged, "refresh-not-verified"),
        ("another issuer's", theirs, "refresh-of-another"),
        ("another badge", with("/id", "urn:uuid:f0f0f0f0-0000-4000-8000-000000000002"), "refresh-of-another"),
        ("of another name", with("/name", "Participation"), "refresh-of-another"),
        (
            "of another achievement",
            with("/credentialSubject/achievement/name", "Attendance"),
            "refresh-of-another",
        ),
        ("of another person", with("/credentialSubject/id", "did:example:other"), "refresh-of-another"),
        ("an older one", with("/validFrom", "2026-01-14T09:00:00Z"), "refresh-older"),
    ];
    for (name, newer, reason) in table {
        let report = refreshed(&refreshable(PAST), newer.clone());
        assert_eq!(said(&report, REFRESHED), format!("fail {reason}"), "{name}");
        assert_eq!(report.headline, Headline::Expired, "{name}");
        assert_eq!(refreshed(&refreshable(FUTURE), newer).headline, Headline::Verified, "{name}");
    }
    let mut found = at_hand(&[]);
    found.provide(NEWER.to_owned(), Answer::Failed("fetch-not-found"));
    let report = verify(&sign(&refreshable(FUTURE), Suite::Rdfc), "own", &found, &own::policy());
    assert_eq!(
        (said(&report, REFRESHED).as_str(), report.headline),
        ("unknown refresh-unreachable", Headline::Verified)
    );
    // Before the signature is established nobody is asked.
    let forged =
        Doc(Issuer::of("forger.example").sign(&refreshable(PAST).0, Suite::Rdfc, METHOD, &[])).bytes();
    let report = verify(&forged, "own", &at_hand(&[]), &own::policy());
    assert!(report.needs.is_empty());
}
