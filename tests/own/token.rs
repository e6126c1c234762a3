//! Tokens of test issuers.

use rsa::{BoxedUint, RsaPrivateKey};
use verify_credential::codec::base64url;

use super::signer::Issuer;

/// The token of `header` and `payload`, signed by `issuer`.
pub fn token(header: &str, payload: &str, issuer: &Issuer) -> String {
    let input = signing_input(header, payload);
    let signature = base64url::encode(&issuer.sign_bytes(input.as_bytes()));
    format!("{input}.{signature}")
}

/// The token of `header` and `payload`, signed by `issuer` as `alg` says.
pub fn token_as(alg: &str, header: &str, payload: &str, issuer: &Issuer) -> String {
    let input = signing_input(header, payload);
    let signature = base64url::encode(&issuer.sign_as(alg, input.as_bytes()));
    format!("{input}.{signature}")
}

/// What a signature of a token is over.
pub fn signing_input(header: &str, payload: &str) -> String {
    format!("{}.{}", base64url::encode(header.as_bytes()), base64url::encode(payload.as_bytes()))
}

/// The public key of `issuer` as JWK, with `more` members, each with a comma behind.
pub fn jwk_with(issuer: &Issuer, more: &str) -> String {
    issuer.jwk().replacen('{', &format!("{{{more}"), 1)
}

/// An issuer with an RSA key of 1,024 bits, too small to prove anything.
pub fn weak_rsa() -> Issuer {
    let prime = |hex: &str| {
        let digits = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal");
        let bytes: Vec<u8> = (0..hex.len()).step_by(2).map(digits).collect();
        BoxedUint::from_be_slice_vartime(&bytes)
    };
    let key = RsaPrivateKey::from_p_q(prime(P_512), prime(Q_512), BoxedUint::from(65_537_u32));
    Issuer::Rsa(Box::new(key.expect("two primes")))
}

// The first primes behind digests of "verify-credential test key, protects nothing: rsa p" and q.
const P_512: &str = "ed066b77348441da7361797713e4d195ab4538af0bca20eedd12d7c3e16952be\
    b6494c50d68337373fefed81e67cf47f7402a081125d3b5e6e142640a606a41f";
const Q_512: &str = "c4036d82746974b345a3b83ec245975e01d39f6c3ca2ba882b6fc9cc83f9f57f\
    8aeb5a16fe202c579f25ca487602982592774f33906d0283fb1ebe5bf12949c1";
