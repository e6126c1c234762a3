//! Neighbours: somebody who may write on the issuer's host, and not at the issuer's address.

mod own;
mod support;

use own::edit::value;
use own::signer::Issuer;
use own::token::{jwk_with, token};
use verify_credential::need::Found;
use verify_credential::policy::{Policy, trust_lists};
use verify_credential::report::{Headline, Identity, Report};
use verify_credential::{snapshot, verify};

const ISSUER: &str = "https://host.example/college/profile.json";
const NEIGHBOUR: &str = "https://host.example/mallory/key.json";

/// A token in the name of the college, by the neighbour, whose key stands at the neighbour's address.
fn forged(kid: &str, resources: &str) -> Report {
    let mallory = Issuer::of("mallory");
    let payload = format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id":"urn:uuid:1","type":["VerifiableCredential","OpenBadgeCredential"],"issuer":{{"id":"{ISSUER}","type":["Profile"],"name":"College"}},
        "validFrom":"2026-01-15T09:00:00Z","iss":"{ISSUER}","sub":"did:example:mallory","jti":"urn:uuid:1","nbf":1768467600,
        "credentialSubject":{{"id":"did:example:mallory","type":["AchievementSubject"],"achievement":{{"id":"urn:uuid:2",
        "type":["Achievement"],"name":"Surgery","description":"…","criteria":{{"narrative":"…"}}}}}}}}"#
    );
    let token = token(&format!(r#"{{"alg":"EdDSA","kid":"{kid}","typ":"JWT"}}"#), &payload, &mallory);
    let mut found = Found::default();
    assert_eq!(snapshot::add(resources.as_bytes(), &mut found, &|_| None), Ok(()));
    let list = value(&format!(r#"{{"name":"Board","issuers":[{{"id":"{ISSUER}","name":"College"}}]}}"#));
    let policy = Policy { trust: trust_lists(&list).expect("a list"), ..own::policy() };
    verify(token.as_bytes(), "", &found, &policy)
}

/// The college publishes keys of its own; at the neighbour's address stands the neighbour's.
fn host(profile_keys: &str, key_set: &str, neighbour: &str) -> String {
    format!(
        r#"{{"documents":{{"{ISSUER}":{{"id":"{ISSUER}","type":"Profile"{profile_keys}}}}},
            "jwks":{{"https://host.example/.well-known/jwks.json":{{"keys":[{key_set}]}},"{NEIGHBOUR}":{neighbour}}}}}"#
    )
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_neighbour_on_the_same_host_is_not_the_issuer() {
    let theirs = jwk_with(&Issuer::of("mallory"), r#""kid":"k1","#);
    let colleges = jwk_with(&Issuer::of("college"), r#""kid":"college-1","#);
    let method =
        format!(r##","assertionMethod":[{{"id":"#k1","publicKeyJwk":{}}}]"##, Issuer::of("college").jwk());
    for (name, resources) in [
        ("the college has a key set", host("", &colleges, &theirs)),
        ("the college has a profile with keys", host(&method, "", &theirs)),
        ("the college has neither", host("", "", &theirs)),
    ] {
        for kid in [NEIGHBOUR.to_owned(), format!("{NEIGHBOUR}#k1")] {
            let report = forged(&kid, &resources);
            assert!(report.headline <= Headline::NotFullyChecked, "{name}, {kid}: {:?}", report.issuer);
            assert_eq!(report.issuer.identity, Identity::None, "{name}, {kid}");
        }
    }
}

/// A badge by `issuer` as a token with the college's key under the name `kid`.
fn by_the_college(issuer: &str, kid: &str, resources: &str) -> Report {
    let payload = format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id":"urn:uuid:1","type":["VerifiableCredential","OpenBadgeCredential"],"issuer":{{"id":"{issuer}","type":["Profile"],"name":"College"}},
        "validFrom":"2026-01-15T09:00:00Z","iss":"{issuer}","sub":"did:example:holder","jti":"urn:uuid:1","nbf":1768467600,
        "credentialSubject":{{"id":"did:example:holder","type":["AchievementSubject"],"achievement":{{"id":"urn:uuid:2",
        "type":["Achievement"],"name":"Surgery","description":"…","criteria":{{"narrative":"…"}}}}}}}}"#
    );
    let token = token(&format!(r#"{{"alg":"EdDSA","kid":"{kid}"}}"#), &payload, &Issuer::of("college"));
    let mut found = Found::default();
    assert_eq!(snapshot::add(resources.as_bytes(), &mut found, &|_| None), Ok(()));
    verify(token.as_bytes(), "", &found, &own::policy())
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn an_address_that_leads_elsewhere_is_no_issuer() {
    for path in ["university/../~mallory/p", "university/%2e%2E/~mallory/p", "./p"] {
        let issuer = format!("https://host.example/{path}");
        let jwk = Issuer::of("college").jwk();
        let resources = format!(
            r##"{{"documents":{{"{issuer}":{{"id":"{issuer}","assertionMethod":[{{"id":"#k1","publicKeyJwk":{jwk}}}]}}}}}}"##
        );
        let report = by_the_college(&issuer, "k1", &resources);
        assert_eq!(report.headline, Headline::DoNotRely, "{issuer}");
        assert_eq!(report.issuer.identity, Identity::None, "{issuer}");
        assert!(report.needs.is_empty(), "{issuer}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_key_that_is_withdrawn_under_one_name_is_withdrawn_under_all() {
    let jwk = Issuer::of("college").jwk();
    let entry = |more: &str| format!(r##","assertionMethod":[{{"id":"#k1","publicKeyJwk":{jwk}{more}}}]"##);
    let set = jwk_with(&Issuer::of("college"), r#""kid":"other-name","#);
    for (more, reason) in [
        (r#","revoked":"2026-01-01T00:00:00Z""#, Some("key-withdrawn")),
        (r#","controller":"https://host.example/others""#, Some("key-of-another-controller")),
        ("", None),
    ] {
        let report = by_the_college(ISSUER, "other-name", &host(&entry(more), &set, "{}"));
        let check = report.check("issuer.controls-key").expect("asked");
        assert_eq!(check.reason, reason.unwrap_or("key-published-by-issuer"), "{more}");
        assert_eq!(report.headline == Headline::Verified, reason.is_none(), "{more}");
    }
}
