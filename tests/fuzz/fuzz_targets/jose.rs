//! Tokens: taken apart, and signed by a hostile issuer whatever header and payload they have.
#![no_main]

use ed25519_dalek::Signer;
use libfuzzer_sys::fuzz_target;
use verify_credential::codec::base64url;
use verify_credential::limits::Budget;
use verify_credential::securing::jose::read;
use verify_credential_fuzz::signer::Issuer;
use verify_credential_fuzz::{check, parts};

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = str::from_utf8(data)
        && let Ok(token) = read(text, &mut Budget::full())
    {
        assert!(text.starts_with(token.signing_input));
        for claim in ["iat", "nbf", "exp"] {
            let _ = token.time(claim);
        }
        let _ = token.credential();
    }
    // What comes before the separator is the header, what comes behind the payload.
    let (header, payload) = parts(data);
    let input = format!("{}.{}", base64url::encode(header), base64url::encode(payload));
    let signature = Issuer::of("fuzz").signing_key().sign(input.as_bytes()).to_bytes();
    let token = format!("{input}.{}", base64url::encode(&signature));
    let report = check(token.as_bytes(), b"{}");
    if let Some(credential) = report.credential {
        assert!(
            !credential.subjects.is_empty() || report.verdict != verify_credential::report::Verdict::Valid
        );
    }
});
