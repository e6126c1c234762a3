//! The scene: an issuer, a badge of its, what it publishes, and somebody else.

use verify_credential::codec::base64url;
use verify_credential::codec::json::Value;

use crate::own::edit::{object, string, value};
use crate::own::signer::{Issuer, Suite};
use crate::own::token::{jwk_with, token};

pub const NOW: &str = "2026-11-22T12:00:00Z";
pub const DID: &str = "did:web:issuer.example";
pub const METHOD: &str = "did:web:issuer.example#key-1";
pub const V1: &str = "https://www.w3.org/2018/credentials/v1";
pub const V2: &str = "https://www.w3.org/ns/credentials/v2";
pub const OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
/// The issuer with an address, and the key set of its host.
pub const HTTPS: &str = "https://issuer.example/profile";
pub const KEY_SET: &str = "https://issuer.example/.well-known/jwks.json";
pub const REVOCATIONS: &str = "https://issuer.example/status/revocation";

/// The issuer.
pub fn ours() -> Issuer {
    Issuer::of("issuer.example")
}

/// Somebody else.
pub fn forger() -> Issuer {
    Issuer::of("forger.example")
}

/// A badge by `issuer`, in VCDM 2.0, not yet signed.
pub fn badge(issuer: &str) -> Value {
    value(&format!(
        r#"{{"@context": ["{V2}", "{OB}"], "id": "urn:uuid:f0f0f0f0-0000-4000-8000-000000000001",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": {{"id": "{issuer}", "type": ["Profile"], "name": "Test Issuer of verify-credential"}},
            "validFrom": "2026-01-15T09:00:00Z", "validUntil": "2030-01-15T09:00:00Z", "name": "Peer review",
            "credentialSubject": {{"id": "did:example:holder", "type": ["AchievementSubject"], "name": "Ada Example",
              "achievement": {{"id": "urn:uuid:f0f0f0f0-0000-4000-8000-00000000000a", "type": ["Achievement"],
                "name": "Peer review", "description": "Made to test a verifier.", "criteria": {{"narrative": "Be a test."}}}}}}}}"#
    ))
}

/// The badge with its standing published.
pub fn badge_with_status(entry: Value) -> Value {
    with(badge(DID), &[("credentialStatus", entry)])
}

/// The entry of `index` in the list at `list`.
pub fn entry(list: &str, index: &str) -> Value {
    value(&format!(
        r##"{{"id": "{list}#{index}", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": "{index}", "statusListCredential": "{list}"}}"##
    ))
}

/// `document` with `members` set.
pub fn with(document: Value, members: &[(&str, Value)]) -> Value {
    let Value::Object(mut object) = document else { panic!("a document is an object") };
    for (name, value) in members {
        object.insert((*name).into(), value.clone());
    }
    Value::Object(object)
}

/// `document` signed as the issuer signs.
pub fn signed(document: &Value) -> Value {
    ours().sign(document, Suite::Rdfc, METHOD, &[])
}

/// The DID document of `did` with one key of `issuer`, under `relation`.
pub fn did_document(did: &str, issuer: &Issuer, relation: &str) -> Value {
    let key = issuer.multikey();
    value(&format!(
        r##"{{"@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"], "id": "{did}",
            "verificationMethod": [{{"id": "{did}#key-1", "type": "Multikey", "controller": "{did}", "publicKeyMultibase": "{key}"}}],
            "{relation}": ["{did}#key-1"]}}"##
    ))
}

/// What the network answers where nothing is wrong with it.
pub fn network() -> Value {
    let sound = resources(&[(DID, sound_document())], &[(REVOCATIONS, signed(&list(REVOCATIONS, DID)))]);
    let profile = object(&[("id", string(HTTPS)), ("type", string("Profile"))]);
    let web = https_network(&profile, &verify_credential::canon::jcs::canonicalize(&keys()));
    let members: Vec<(&str, Value)> =
        ["documents", "jwks"].into_iter().filter_map(|name| Some((name, web.get(name)?.clone()))).collect();
    with(sound, &members)
}

/// The profile and the key set of the issuer with an address.
pub fn https_network(profile: &Value, keys: &str) -> Value {
    object(&[("documents", object(&[(HTTPS, profile.clone())])), ("jwks", object(&[(KEY_SET, value(keys))]))])
}

/// The issuer's profile, without keys, and this key set.
pub fn jwks_network(keys: &str) -> Value {
    https_network(&object(&[("id", string(HTTPS)), ("type", string("Profile"))]), keys)
}

/// The same documents, of the forger's host, beside the issuer's own.
pub fn mallory() -> Value {
    let profile = "https://forger.example/profile";
    let theirs =
        format!(r#"{{"keys":[{}]}}"#, jwk_with(&Issuer::of("forger.example"), r#""kid":"key-ed25519","#));
    let own = network();
    let add = |member: &str, url: &str, document: Value| {
        (with(own.get(member).expect("it is there").clone(), &[(url, document)]), member.to_owned())
    };
    let documents = add("documents", profile, value(&format!(r#"{{"id":"{profile}"}}"#)));
    let jwks = add("jwks", "https://forger.example/.well-known/jwks.json", value(&theirs));
    object(&[(&documents.1, documents.0), (&jwks.1, jwks.0)])
}

/// The key set of the issuer with an address: one key of each kind, RSA the last.
pub fn keys() -> Value {
    let named = |name: &str, key: Issuer| jwk_with(&key, &format!(r#""kid":"{name}","#));
    value(&format!(
        r#"{{"keys":[{},{},{},{}]}}"#,
        named("key-ed25519", Issuer::of("issuer.example")),
        named("key-p256", Issuer::p256("issuer.example")),
        named("key-p384", Issuer::p384("issuer.example")),
        named("key-rsa", rs256())
    ))
}

/// The issuer's RSA key.
pub fn rs256() -> Issuer {
    Issuer::rsa()
}

/// A token of `issuer` with the claims it must have.
pub fn token_of(issuer: &str, header: &str, key: &Issuer) -> String {
    let claims = [
        ("iss", string(issuer)),
        ("sub", string("did:example:holder")),
        ("jti", string("urn:uuid:f0f0f0f0-0000-4000-8000-000000000001")),
        ("nbf", value("1768467600")),
        ("exp", value("1894698000")),
    ];
    let payload = verify_credential::canon::jcs::canonicalize(&with(badge(issuer), &claims));
    token(header, &payload, key)
}

/// The issuer's own DID document.
pub fn sound_document() -> Value {
    did_document(DID, &ours(), "assertionMethod")
}

/// What is at hand: documents by DID, and status lists by address.
pub fn resources(dids: &[(&str, Value)], lists: &[(&str, Value)]) -> Value {
    object(&[("dids", object(dids)), ("statusLists", object(lists))])
}

/// A list of the customary length in which only entry 4,242 is set, not yet signed.
pub fn list(url: &str, issuer: &str) -> Value {
    let mut bits = vec![0_u8; 131_072 / 8];
    bits[4_242 / 8] |= 0x80 >> (4_242 % 8);
    list_of(url, issuer, &gzip(&bits))
}

/// A list with these compressed bits, not yet signed.
pub fn list_of(url: &str, issuer: &str, packed: &[u8]) -> Value {
    let encoded = base64url::encode(packed);
    value(&format!(
        r##"{{"@context": ["{V2}"], "id": "{url}", "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": "{issuer}", "validFrom": "2026-11-01T00:00:00Z",
            "credentialSubject": {{"id": "{url}#list", "type": "BitstringStatusList", "statusPurpose": "revocation",
              "encodedList": "u{encoded}"}}}}"##
    ))
}

/// One member of gzip: the same bytes wherever it is made.
pub fn gzip(content: &[u8]) -> Vec<u8> {
    let body = miniz_oxide::deflate::compress_to_vec(content, 9);
    let length = u32::try_from(content.len()).expect("a list is small").to_le_bytes();
    let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    [&head[..], &body, &crc32fast::hash(content).to_le_bytes(), &length].concat()
}

/// The resources with `did` answered by `document`, and the sound list.
pub fn network_with(did: &str, document: Value) -> Value {
    let lists = [(REVOCATIONS, signed(&list(REVOCATIONS, DID)))];
    if did == DID {
        return resources(&[(DID, document)], &lists);
    }
    resources(&[(DID, sound_document()), (did, document)], &lists)
}

/// The resources with `list` in the place of the sound one.
pub fn network_with_list(list: Value) -> Value {
    resources(&[(DID, sound_document())], &[(REVOCATIONS, list)])
}

/// A badge whose result stands on a rubric; the order of its levels is not signed.
pub fn badge_with_rubric() -> Value {
    let level = |name: &str| {
        format!(
            r#"{{"id": "urn:test:level:{name}", "type": ["RubricCriterionLevel"], "name": "{name}", "level": "{name}",
                "description": "What {name} means."}}"#
        )
    };
    let levels = ["Aware", "Practised", "Fluent", "Leading"].map(level).join(",");
    let subject = value(&format!(
        r#"{{"id": "did:example:holder", "type": ["AchievementSubject"],
        "achievement": {{"id": "urn:test:achievement", "type": ["Achievement"], "name": "Peer review",
          "description": "Made to test a verifier.", "criteria": {{"narrative": "Be a test."}},
          "resultDescription": [{{"id": "urn:test:result", "type": ["ResultDescription"], "name": "Quality of comments",
            "resultType": "RubricCriterionLevel", "requiredLevel": "urn:test:level:Practised",
            "rubricCriterionLevel": [{levels}]}}]}},
        "result": [{{"type": ["Result"], "resultDescription": "urn:test:result", "achievedLevel": "urn:test:level:Practised"}}]}}"#
    ));
    with(badge(DID), &[("credentialSubject", subject)])
}

/// The badge in VCDM 1.1.
pub fn badge_v1() -> Value {
    let Value::Object(object) = badge(DID) else { panic!("a badge is an object") };
    let contexts = value(&format!(
        r#"["{V1}", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
            "https://w3id.org/security/suites/ed25519-2020/v1"]"#
    ));
    let members = [
        ("@context", contexts),
        ("issuanceDate", string("2026-01-15T09:00:00Z")),
        ("expirationDate", string("2030-01-15T09:00:00Z")),
    ];
    with(Value::Object(object.without("validFrom").without("validUntil")), &members)
}
