//! Kinds of keys and algorithms: each verifies its own signatures, and none another's.

mod own;
mod support;

use own::signer::Issuer;
use own::token::token_as;
use verify_credential::crypto::Engines;
use verify_credential::need::Found;
use verify_credential::report::{Headline, Outcome, Report};

/// Every algorithm of JOSE that is verified, with a key of its kind.
fn algorithms() -> Vec<(&'static str, Issuer)> {
    let mut all = vec![
        ("EdDSA", Issuer::of("keys")),
        ("ES256", Issuer::p256("keys")),
        ("ES384", Issuer::p384("keys")),
        ("ES512", Issuer::p521("keys")),
        ("ES256K", Issuer::secp256k1("keys")),
    ];
    all.extend(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"].map(|alg| (alg, Issuer::rsa())));
    all
}

/// A badge of `issuer`.
fn badge(issuer: &str) -> String {
    format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id":"urn:uuid:1","type":["VerifiableCredential","OpenBadgeCredential"],"issuer":{{"id":"{issuer}","type":["Profile"],"name":"Guild"}},
        "validFrom":"2026-01-15T09:00:00Z","iss":"{issuer}","sub":"did:example:holder","jti":"urn:uuid:1","nbf":1768467600,
        "credentialSubject":{{"id":"did:example:holder","type":["AchievementSubject"],"achievement":{{"id":"urn:uuid:2",
        "type":["Achievement"],"name":"Masonry","description":"…","criteria":{{"narrative":"…"}}}}}}}}"#
    )
}

/// A badge by `issuer`, signed as `signed`, in a token that says `said`.
fn report_of(signed: &str, said: &str, issuer: &Issuer, did: &str, method: &str) -> Report {
    let header = format!(r#"{{"alg":"{said}","kid":"{method}"}}"#);
    let token = token_as(signed, &header, &badge(did), issuer);
    own::report(token.as_bytes(), &Found::default())
}

fn answer(report: &Report, id: &str) -> Option<(Outcome, &'static str)> {
    report.check(id).map(|check| (check.outcome, check.reason))
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_algorithm_verifies_with_every_spelling_of_its_key() {
    for (alg, issuer) in algorithms() {
        for (did, method) in [issuer.did_key(), issuer.did_jwk()] {
            let report = report_of(alg, alg, &issuer, &did, &method);
            let wrong: Vec<_> = report.checks.iter().filter(|check| check.outcome == Outcome::Fail).collect();
            assert_eq!(report.headline, Headline::GenuineIssuerUnconfirmed, "{alg} {did}: {wrong:?}");
            assert!(report.credential.is_some(), "{alg}");
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn no_algorithm_verifies_what_another_signed() {
    for (signed, issuer) in algorithms() {
        let (did, method) = issuer.did_key();
        for (said, other) in algorithms().into_iter().filter(|(said, _)| *said != signed) {
            let report = report_of(signed, said, &issuer, &did, &method);
            let is_same_kind = issuer.alg() == other.alg();
            let reason = if is_same_kind { "signature-does-not-match" } else { "algorithm-not-of-key" };
            assert_eq!(
                answer(&report, "proof.any-good"),
                Some((Outcome::Fail, reason)),
                "{signed} as {said}"
            );
            assert_eq!(report.headline, Headline::DoNotRely, "{signed} as {said}");
            assert!(report.credential.is_none(), "{signed} as {said}");
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_is_not_loaded_is_named_and_nothing_else_said() {
    let mut bare = Found::default();
    bare.engines = Engines::NONE;
    for (alg, issuer) in algorithms() {
        let (did, method) = issuer.did_key();
        let header = format!(r#"{{"alg":"{alg}","kid":"{method}"}}"#);
        let part = match alg {
            "EdDSA" | "RS256" => None,
            "ES256" | "ES384" => Some("curves"),
            "ES512" | "ES256K" => Some("rare-keys"),
            _ => Some("more"),
        };
        // Whether the signature is good or not.
        for signed in [alg, "PS256"] {
            let report = own::report(token_as(signed, &header, &badge(&did), &issuer).as_bytes(), &bare);
            let check = report.check("proof.any-good").expect("asked");
            assert_eq!(check.param("part"), part, "{alg}");
            let waits = (Outcome::Unknown, "part-not-loaded");
            assert_eq!(part.is_some(), (check.outcome, check.reason) == waits, "{alg}");
            assert!(part.is_none() || report.headline == Headline::NotFullyChecked, "{alg}");
        }
    }
}
