//! Multibase and multikey vectors: each passes, or has a row in codec-deviations.tsv. A row whose
//! vector passes is stale and fails.

#![cfg(not(target_arch = "wasm32"))] // reads the vectors from files

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;
use verify_credential::codec::base64url;
use verify_credential::codec::multibase::{KeyType, Multikey, decode, decode_multikey};

fn read(path: &str) -> String {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(path);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The rows "file, test, reason".
fn deviations() -> BTreeMap<(String, String), String> {
    let text = read("codec-deviations.tsv");
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [file, test, reason] = cells[..] else { panic!("three cells expected: {line}") };
        assert!(reason.len() > 20, "a reason, please: {line}");
        ((file.to_string(), test.to_string()), reason.to_string())
    })
    .collect()
}

#[test]
fn multibase_vectors_pass_or_deviate_with_a_reason() {
    let mut rows = deviations();
    let mut passed = 0;
    for file in ["07-crypto/multibase/basic.csv", "07-crypto/multibase/leading_zero.csv"] {
        let text = read(file);
        let mut lines = text.lines().map(|line| line.split_once(", ").expect("two cells"));
        let (_, quoted) = lines.next().expect("a head");
        let expected = quoted.trim_matches('"').replace("\\x00", "\0");
        for (base, quoted) in lines {
            let is_right = decode(quoted.trim_matches('"')).as_deref() == Some(expected.as_bytes());
            match rows.remove(&(file.to_string(), base.to_string())) {
                None => assert!(is_right, "{file}: {base}"),
                Some(_) => assert!(!is_right, "stale row: {file}: {base}"),
            }
            passed += usize::from(is_right);
        }
    }
    assert_eq!(passed, 4);
    assert!(rows.is_empty(), "rows without a vector: {rows:?}");
}

#[test]
fn did_key_vectors_give_the_key_of_their_document() {
    let mut seen = 0;
    for file in ["ed25519-x25519.json", "nist-curves.json", "rsa.json"] {
        let vectors: Value = serde_json::from_str(&read(&format!("07-crypto/did-key/{file}"))).expect(file);
        for (did, vector) in vectors.as_object().expect(file) {
            let multikey = did.strip_prefix("did:key:").and_then(decode_multikey);
            let key = multikey.unwrap_or_else(|| panic!("{did}"));
            assert_eq!(expected_key(vector), key, "{did}");
            seen += 1;
            if let Some(pair) = vector.get("keyAgreementKeyPair") {
                let id = pair.get("id").and_then(Value::as_str).expect("an id");
                let expected = match pair.get("publicKeyBase58").and_then(Value::as_str) {
                    Some(base58) => Multikey { key_type: KeyType::X25519, bytes: from_base58(base58) },
                    None => from_jwk(pair.get("publicKeyJwk").expect("a JWK")),
                };
                let (_, multibase) = id.rsplit_once('#').expect("a fragment");
                assert_eq!(decode_multikey(multibase), Some(expected), "{id}");
                seen += 1;
            }
        }
    }
    assert_eq!(seen, EXPECTED_KEYS);
}

#[test]
fn no_damaged_character_of_a_did_key_gives_the_same_key() {
    let key = "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";
    let sound = decode_multikey(key).expect("the vector");
    for index in 0..key.len() {
        assert_eq!(decode_multikey(&key[..index]), None, "{index}");
        for letter in "01zZIlO-_ \0".chars() {
            let mut damaged = key.to_string();
            damaged.replace_range(index..=index, &letter.to_string());
            assert!(damaged == key || decode_multikey(&damaged) != Some(sound.clone()), "{damaged}");
        }
    }
}

fn from_base58(text: &str) -> Vec<u8> {
    bs58::decode(text).into_vec().expect("base58")
}

/// The key as the vector gives it elsewhere: in base58, or as a JWK.
fn expected_key(vector: &Value) -> Multikey {
    let pair = ["/verificationKeyPair", "/verificationMethod", ""].iter().find_map(|at| vector.pointer(at));
    let pair = pair.expect("a key");
    match pair.get("publicKeyBase58").and_then(Value::as_str).map(from_base58) {
        Some(bytes) if bytes.len() == 32 => Multikey { key_type: KeyType::Ed25519, bytes },
        Some(bytes) => Multikey { key_type: KeyType::P256, bytes },
        None => from_jwk(pair.get("publicKeyJwk").expect("a JWK")),
    }
}

fn from_jwk(jwk: &Value) -> Multikey {
    let bytes = |name: &str| jwk.get(name).and_then(Value::as_str).and_then(base64url::decode).expect(name);
    let point = |key_type, length: usize| {
        let (x, y) = (bytes("x"), bytes("y"));
        assert_eq!(x.len(), length);
        Multikey { key_type, bytes: [&[2 + (y[length - 1] & 1)], &x[..]].concat() }
    };
    match jwk.get("crv").or(jwk.get("kty")).and_then(Value::as_str) {
        Some("RSA") => Multikey { key_type: KeyType::Rsa, bytes: rsa_public_key(&bytes("n"), &bytes("e")) },
        Some("Ed25519") => Multikey { key_type: KeyType::Ed25519, bytes: bytes("x") },
        Some("X25519") => Multikey { key_type: KeyType::X25519, bytes: bytes("x") },
        Some("P-256") => point(KeyType::P256, 32),
        Some("P-384") => point(KeyType::P384, 48),
        Some("P-521") => point(KeyType::P521, 66),
        other => panic!("{other:?}"),
    }
}

/// `RSAPublicKey` of RFC 8017 in DER.
fn rsa_public_key(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let with_head = |tag: u8, body: &[u8]| {
        let length = u16::try_from(body.len()).expect("short").to_be_bytes();
        let head = match body.len() {
            0..=127 => vec![tag, length[1]],
            128..=255 => vec![tag, 0x81, length[1]],
            _ => vec![tag, 0x82, length[0], length[1]],
        };
        [&head[..], body].concat()
    };
    let integer = |bytes: &[u8]| {
        let sign: &[u8] = if bytes[0] & 0x80 == 0 { &[] } else { &[0] };
        with_head(2, &[sign, bytes].concat())
    };
    with_head(0x30, &[integer(modulus), integer(exponent)].concat())
}

/// Fourteen signing keys, and five that go with them for encryption.
const EXPECTED_KEYS: usize = 19;
