//! Wycheproof: attacks on signatures and keys, natively and as wasm under Node.
//!
//! "Valid" must verify, "invalid" must not, "acceptable" may do either. Deviations are rows of
//! `tests/vectors/07-crypto/deviations.tsv` with reasons; a row that is no longer true fails. The
//! tests on tokens go through what takes tokens apart in the product.

mod support;

use support::{read_json, read_text, text};
use verify_credential::check::token;
use verify_credential::codec::base64url;
use verify_credential::codec::json::Value;
use verify_credential::crypto::key::key_from_jwk;
use verify_credential::crypto::{Algorithm, Engines, PublicKey, verify};
use verify_credential::limits::Budget;
use verify_credential::securing::jose;

/// Says whether the signature of one test holds, given its group.
type Check = fn(group: &Value, test: &Value) -> bool;

/// File, number of tests, check.
const FILES: &[(&str, usize, Check)] = &[
    ("ed25519_test", 151, by_jwk),
    ("ecdsa_secp256r1_sha256_p1363_test", 262, by_jwk),
    ("ecdsa_secp384r1_sha384_p1363_test", 280, by_jwk),
    ("ecdsa_secp256k1_sha256_p1363_test", 252, by_jwk),
    ("rsa_signature_2048_sha256_test", 259, by_jwk),
    ("rsa_signature_4096_sha256_test", 258, by_jwk),
    ("json_web_signature_test", 401, by_token),
    ("json_web_key_test", 26, by_token),
];

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_test_agrees_or_has_a_reason() {
    let mut rows = deviations();
    let mut complaints = Vec::new();
    for (file, total, check) in FILES {
        let mut seen = 0;
        let vectors = read_json(&format!("tests/vectors/07-crypto/wycheproof/{file}.json"));
        for group in vectors.get("testGroups").map(Value::as_set).unwrap_or_default() {
            for test in group.get("tests").map(Value::as_set).unwrap_or_default() {
                seen += 1;
                let Some(Value::Number(number)) = test.get("tcId") else { panic!("{file}: no number") };
                let number: u32 = number.text.parse().expect("a whole number");
                let holds = check(group, test);
                let agrees = match text(test, "result") {
                    "valid" => holds,
                    "invalid" => !holds,
                    other => other == "acceptable",
                };
                let row = rows.iter_mut().find(|row| row.file == *file && row.has(number));
                match (agrees, row) {
                    (true, None) => {}
                    (false, Some(row)) => row.met += 1,
                    (_, row) => {
                        let comment = text(test, "comment");
                        let row = row.is_some();
                        complaints.push(format!("{file} {number} ({comment}): holds {holds}, row {row}"));
                    }
                }
            }
        }
        assert_eq!(seen, *total, "{file}");
    }
    complaints.extend(rows.iter().filter(|row| row.met == 0).map(|row| format!("{}: an idle row", row.file)));
    assert!(complaints.is_empty(), "{}\n{}", complaints.len(), complaints.join("\n"));
}

/// The key of the group as a JWK, the message and the signature in hexadecimal.
fn by_jwk(group: &Value, test: &Value) -> bool {
    let message = bytes(text(test, "msg"));
    let signature = bytes(text(test, "sig"));
    let Some(key) = key(group) else { return false };
    // The files of RSA, whose keys have no one algorithm, are of PKCS #1 with SHA-256.
    let algorithm = key.algorithm().unwrap_or(Algorithm::RsaPkcs1Sha256);
    verify(algorithm, &key, &message, &signature, &Engines::default()).is_ok()
}

/// The public key of a group: the JWK it gives, else one made of its numbers.
fn key(group: &Value) -> Option<PublicKey> {
    let given = group.get("publicKeyJwk").or(group.get("keyJwk"));
    if let Some(jwk) = given {
        return key_from_jwk(jwk).ok();
    }
    let numbers = group.get("publicKey")?;
    let member = |name: &str| {
        let bytes = bytes(text(numbers, name));
        let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
        bytes[start..].to_vec()
    };
    let wide = |name: &str, length: usize| {
        let bytes = member(name);
        base64url::encode(&[vec![0; length - bytes.len()], bytes].concat())
    };
    let jwk = match (text(numbers, "curve"), text(numbers, "pk")) {
        ("secp256r1", _) => ec("P-256", &wide("wx", 32), &wide("wy", 32)),
        ("secp256k1", _) => ec("secp256k1", &wide("wx", 32), &wide("wy", 32)),
        ("secp384r1", _) => ec("P-384", &wide("wx", 48), &wide("wy", 48)),
        (_, "") => {
            let (n, e) =
                (base64url::encode(&member("modulus")), base64url::encode(&member("publicExponent")));
            format!(r#"{{"kty":"RSA","n":"{n}","e":"{e}"}}"#)
        }
        (_, point) => {
            let x = base64url::encode(&bytes(point));
            format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#)
        }
    };
    key_from_jwk(&support::json(jwk.as_bytes())?).ok()
}

fn ec(curve: &str, x: &str, y: &str) -> String {
    format!(r#"{{"kty":"EC","crv":"{curve}","x":"{x}","y":"{y}"}}"#)
}

/// A token held against the public key of the group, or the only one of its set. Keys of shared
/// secrets are not published: then there is none.
fn by_token(group: &Value, test: &Value) -> bool {
    let Some(public) = group.get("public") else { return false };
    let jwk = match public.get("keys").map(Value::as_set) {
        Some([only]) => only,
        Some(_) => return false,
        None => public,
    };
    let Ok(key) = key_from_jwk(jwk) else { return false };
    let Ok(envelope) = jose::open(text(test, "jws"), &mut Budget::full()) else { return false };
    let Ok(algorithm) = token::algorithm(&envelope.header.algorithm, Some(&key)) else { return false };
    let message = envelope.signing_input.as_bytes();
    !envelope.header.is_critical
        && verify(algorithm, &key, message, &envelope.signature, &Engines::default()).is_ok()
}

/// Tests that are answered otherwise: from the first number to the last.
struct Deviation {
    file: String,
    first: u32,
    last: u32,
    met: usize,
}

impl Deviation {
    fn has(&self, number: u32) -> bool {
        (self.first..=self.last).contains(&number)
    }
}

fn deviations() -> Vec<Deviation> {
    let table = read_text("tests/vectors/07-crypto/deviations.tsv");
    let rows = table.lines().skip(1).filter(|line| !line.is_empty()).map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [file, numbers, reason] = columns[..] else { panic!("not three columns: {line}") };
        assert!(reason.len() > 20, "no reason: {line}");
        let (first, last) = numbers.split_once('-').unwrap_or((numbers, numbers));
        let number = |text: &str| text.parse().expect("a number");
        Deviation { file: file.to_owned(), first: number(first), last: number(last), met: 0 }
    });
    rows.collect()
}

fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits: Vec<u32> = hexadecimal.chars().map(|digit| digit.to_digit(16).expect("a digit")).collect();
    digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).expect("a byte")).collect()
}
