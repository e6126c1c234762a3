//! Layer 1. Public keys in PEM, as issuers of Open Badges before 3.0 publish them.
//!
//! Spec: [RFC 7468 §13](https://www.rfc-editor.org/rfc/rfc7468#section-13), and the customary `RSA PUBLIC KEY`. The
//! kinds of keys are few and DER has one spelling, so what says the kind is compared byte for byte.

use crate::codec::base64url;
use crate::crypto::key::{EcKey, KeyProblem, PublishedKey};
use crate::crypto::rsa::{RsaKey, SEQUENCE, element};
use crate::crypto::{Curve, PublicKey};

/// The first key in `text`.
///
/// Errors: [`KeyProblem::Malformed`] for what is no public key in PEM or its DER,
/// [`KeyProblem::Unsupported`] for other kinds of keys, and those of [`RsaKey::new`].
pub fn key_from_pem(text: &str) -> PublishedKey {
    let body = |label: &str| {
        let (_, rest) = text.split_once(&format!("-----BEGIN {label}-----"))?;
        let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
        let letters: String = body.chars().filter(|letter| !letter.is_ascii_whitespace()).collect();
        base64url::decode_any_alphabet(&letters)
    };
    match (body("PUBLIC KEY"), body("RSA PUBLIC KEY")) {
        (Some(der), _) => key_from_spki(&der),
        (None, Some(der)) => RsaKey::from_der(&der).map(PublicKey::Rsa),
        (None, None) => Err(KeyProblem::Malformed),
    }
}

/// The key in a DER `SubjectPublicKeyInfo`
/// ([RFC 5280 §4.1](https://www.rfc-editor.org/rfc/rfc5280#section-4.1)).
fn key_from_spki(der: &[u8]) -> PublishedKey {
    let parts = || {
        let (body, rest) = element(SEQUENCE, der)?;
        let (kind, rest_of_body) = element(SEQUENCE, body)?;
        let (bits, end) = element(BIT_STRING, rest_of_body)?;
        (rest.is_empty() && end.is_empty()).then_some((kind, bits.strip_prefix(&[0])?))
    };
    let (kind, key) = parts().ok_or(KeyProblem::Malformed)?;
    match (kind, key) {
        (RSA_ENCRYPTION, key) => RsaKey::from_der(key).map(PublicKey::Rsa),
        (PRIME_256, [4, point @ ..]) => {
            let (x, y) = point.split_at_checked(32).ok_or(KeyProblem::Malformed)?;
            EcKey::from_coordinates(Curve::P256, x, y).map(PublicKey::Ec)
        }
        _ => Err(KeyProblem::Unsupported),
    }
}

const BIT_STRING: u8 = 0x03;

/// `rsaEncryption` with its `NULL` ([RFC 3279 §2.3.1](https://www.rfc-editor.org/rfc/rfc3279#section-2.3.1)).
const RSA_ENCRYPTION: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00";

/// `id-ecPublicKey` on P-256 ([RFC 5480 §2.1.1](https://www.rfc-editor.org/rfc/rfc5480#section-2.1.1)).
const PRIME_256: &[u8] = b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07";

#[cfg(test)]
mod tests {
    use super::*;

    fn pem(label: &str, der: &[u8]) -> String {
        let body = base64url::encode(der).replace('-', "+").replace('_', "/");
        let padding = "=".repeat((4 - body.len() % 4) % 4);
        format!("-----BEGIN {label}-----\n{body}{padding}\r\n-----END {label}-----\n")
    }

    fn wrapped(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
        let body = parts.concat();
        let length = u16::try_from(body.len()).expect("short").to_be_bytes();
        match (body.len(), length) {
            (0..=0x7f, [_, low]) => [&[tag, low][..], &body].concat(),
            (0x80..=0xff, [_, low]) => [&[tag, 0x81, low][..], &body].concat(),
            (_, [high, low]) => [&[tag, 0x82, high, low][..], &body].concat(),
        }
    }

    fn spki(kind: &[u8], key: &[u8]) -> Vec<u8> {
        wrapped(0x30, &[&wrapped(0x30, &[kind]), &wrapped(3, &[&[0], key])])
    }

    fn rsa(bytes: usize) -> Vec<u8> {
        let modulus = [&[0][..], &vec![0xff; bytes]].concat();
        wrapped(0x30, &[&wrapped(2, &[&modulus]), &wrapped(2, &[&[1, 0, 1]])])
    }

    #[test]
    fn reads_the_keys_that_are_verified_with() {
        let key = RsaKey::new(&[0xff; 256], &[1, 0, 1]).map(PublicKey::Rsa);
        assert!(key.is_ok());
        assert_eq!(key_from_pem(&pem("PUBLIC KEY", &spki(RSA_ENCRYPTION, &rsa(256)))), key);
        assert_eq!(key_from_pem(&pem("RSA PUBLIC KEY", &rsa(256))), key);
        let point = [&[4][..], &[7; 64]].concat();
        assert!(matches!(key_from_pem(&pem("PUBLIC KEY", &spki(PRIME_256, &point))), Ok(PublicKey::Ec(_))));
    }

    #[test]
    fn anything_else_is_no_key() {
        let good = spki(RSA_ENCRYPTION, &rsa(256));
        let table = [
            (String::new(), KeyProblem::Malformed),
            (pem("CERTIFICATE", &good), KeyProblem::Malformed),
            (pem("PUBLIC KEY", &[]), KeyProblem::Malformed),
            (pem("PUBLIC KEY", &[&good[..], &[0]].concat()), KeyProblem::Malformed),
            (pem("PUBLIC KEY", &spki(RSA_ENCRYPTION, &rsa(128))), KeyProblem::Weak),
            (pem("PUBLIC KEY", &spki(b"\x06\x01\x01", &rsa(256))), KeyProblem::Unsupported),
            (pem("PUBLIC KEY", &spki(PRIME_256, &[4; 20])), KeyProblem::Malformed),
            (pem("PUBLIC KEY", &spki(PRIME_256, &[2; 33])), KeyProblem::Unsupported),
            (pem("PUBLIC KEY", &good).replace("-----END", "-----"), KeyProblem::Malformed),
        ];
        for (text, problem) in table {
            assert_eq!(key_from_pem(&text), Err(problem), "{text}");
        }
    }
}
