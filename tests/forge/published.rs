//! What stands elsewhere: lists that are no credentials, linked things, newer versions.

use verify_credential::codec::base64url;
use verify_credential::codec::json::Value;
use verify_credential::crypto::sha384;

use super::scene::{DID, METHOD, OB, V2, badge, forger, ours, resources, signed, sound_document, with};
use super::{Case, forged};
use crate::own::edit::{object, string, value};
use crate::own::signer::{Issuer, Suite};
use crate::own::token::token;

const REVOCATION: &str = "status.revocation";
const SUSPENSION: &str = "status.suspension";
const LIST: &str = "https://issuer.example/status/withdrawn";
const EXTENSIONS: &str = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";

pub fn cases() -> Vec<Case> {
    let mut cases = plain_lists();
    cases.extend(list_tokens());
    cases.extend(linked());
    cases
}

/// The badge in the terms of the extensions.
fn extended(members: &[(&str, Value)]) -> Value {
    let contexts = Value::Array([V2, OB, EXTENSIONS].map(string).to_vec());
    with(with(badge(DID), &[("@context", contexts)]), members)
}

/// The issuer's document, and `documents` beside it.
fn beside(documents: &[(&str, Value)]) -> Value {
    with(resources(&[(DID, sound_document())], &[]), &[("documents", object(documents))])
}

fn plain_lists() -> Vec<Case> {
    let entry = |url: &str| object(&[("id", string(url)), ("type", string("1EdTechRevocationList"))]);
    let list = |url: &str, issuer: &str, ids: &str| {
        value(&format!(r#"{{"id":"{url}","issuer":"{issuer}","revokedCredentials":[{ids}]}}"#))
    };
    let case = |name, defect, url: &str, list: Value| {
        forged(name, "sound-status", defect)
            .json(&signed(&extended(&[("credentialStatus", entry(url))])))
            .resources(beside(&[(url, list)]))
            .not_fully_checked()
    };
    let far = "https://forger.example/withdrawn";
    let id = r#"{"id":"urn:uuid:f0f0f0f0-0000-4000-8000-000000000001"}"#;
    vec![
        case("plain-list-names-it", "The plain list of the issuer names it.", LIST, list(LIST, DID, id))
            .fails(REVOCATION, "status-listed")
            .refuted()
            .headline("revoked"),
        case(
            "plain-list-of-another-issuer",
            "The plain list, which nobody signed, says it is somebody else's.",
            LIST,
            list(LIST, "did:web:forger.example", ""),
        )
        .unknown(REVOCATION, "status-list-of-another-issuer"),
        case(
            "plain-list-of-another-address",
            "Another plain list of the issuer stands in its place.",
            LIST,
            list("https://issuer.example/status/other", DID, ""),
        )
        .unknown(REVOCATION, "status-list-address-differs")
        .fails("status.list-address", "status-list-address-differs"),
        case(
            "plain-list-on-another-host",
            "The plain list stands on somebody else's host.",
            far,
            list(far, DID, ""),
        )
        .unknown(REVOCATION, "status-list-on-another-host"),
    ]
}

fn list_tokens() -> Vec<Case> {
    let lst = base64url::encode(&miniz_oxide::deflate::compress_to_vec_zlib(&[0; 16_384], 9));
    let claims = |subject: &str, more: &str| {
        format!(
            r#"{{"iss":"{DID}","sub":"{subject}","iat":1793491200,"status_list":{{"bits":1,"lst":"{lst}"}}{more}}}"#
        )
    };
    let header = |typ: &str| format!(r#"{{"alg":"EdDSA","typ":"{typ}","kid":"{METHOD}"}}"#);
    let badge_token = {
        let status = format!(r#"{{"status_list":{{"idx":7,"uri":"{LIST}"}}}}"#);
        let claims = [
            ("iss", string(DID)),
            ("sub", string("did:example:holder")),
            ("jti", string("urn:uuid:f0f0f0f0-0000-4000-8000-000000000001")),
            ("nbf", value("1768467600")),
            ("exp", value("1894698000")),
            ("status", value(&status)),
        ];
        let payload = crate::own::edit::Doc(with(badge(DID), &claims)).bytes();
        token(&header("JWT"), &String::from_utf8(payload).expect("UTF-8"), &ours())
    };
    let case = |name, defect, typ: &str, claims: &str, key: &Issuer| {
        let list = string(&token(&header(typ), claims, key));
        forged(name, "sound-status", defect)
            .file("credential.jwt", badge_token.clone())
            .resources(resources(&[(DID, sound_document())], &[(LIST, list)]))
            .not_fully_checked()
    };
    let typ = "statuslist+jwt";
    vec![
        case(
            "list-token-of-another-subject",
            "The token with the list is of another list of the issuer.",
            typ,
            &claims("https://issuer.example/status/other", ""),
            &ours(),
        )
        .unknown(REVOCATION, "status-list-address-differs")
        .unknown(SUSPENSION, "status-list-address-differs")
        .fails("status.list-address", "status-list-address-differs"),
        case(
            "list-token-expired",
            "The token with the list is past its time.",
            typ,
            &claims(LIST, r#","exp":1793491201"#),
            &ours(),
        )
        .unknown(REVOCATION, "status-list-not-trusted")
        .unknown(SUSPENSION, "status-list-not-trusted"),
        case(
            "list-token-of-the-forger",
            "The token with the list is signed by somebody else in the issuer's name.",
            typ,
            &claims(LIST, ""),
            &forger(),
        )
        .unknown(REVOCATION, "status-list-not-trusted")
        .unknown(SUSPENSION, "status-list-not-trusted"),
        case(
            "list-token-of-another-type",
            "The token at the address of the list does not say that it is one.",
            "JWT",
            &claims(LIST, ""),
            &ours(),
        )
        .unknown(REVOCATION, "status-list-not-trusted")
        .unknown(SUSPENSION, "status-list-not-trusted"),
    ]
}

fn linked() -> Vec<Case> {
    let newer = "https://issuer.example/newer";
    let service = || object(&[("id", string(newer)), ("type", string("1EdTechCredentialRefresh"))]);
    let ended = |members: &[(&str, Value)]| {
        let mut all = vec![("refreshService", service()), ("validUntil", string("2026-02-01T00:00:00Z"))];
        all.extend(members.iter().cloned());
        extended(&all)
    };
    let renewed = |members: &[(&str, Value)]| {
        let mut all = vec![("validUntil", string("2030-02-01T00:00:00Z"))];
        all.extend(members.iter().cloned());
        ended(&all)
    };
    let case = |name, defect, newer_version: Value| {
        forged(name, "sound-status", defect)
            .json(&signed(&ended(&[])))
            .resources(beside(&[(newer, newer_version)]))
            .fails("validity.until", "no-longer-in-force")
            .headline("expired")
    };
    let forged_by = forger().sign(&renewed(&[]), Suite::Rdfc, METHOD, &[]);
    let terms = "https://issuer.example/terms.json";
    let digest = base64url::encode(&sha384(b"{}")).replace('-', "+").replace('_', "/");
    let related = object(&[("id", string(terms)), ("digestSRI", string(&format!("sha384-{digest}")))]);
    vec![
        case(
            "refresh-to-another-credential",
            "What is offered as the newer version is another credential of the issuer.",
            signed(&renewed(&[("id", string("urn:uuid:f0f0f0f0-0000-4000-8000-000000000002"))])),
        )
        .fails("credential.refreshed", "refresh-of-another"),
        case(
            "refresh-of-the-forger",
            "Somebody else signed the newer version in the issuer's name.",
            forged_by,
        )
        .fails("credential.refreshed", "refresh-not-verified"),
        case(
            "refresh-to-an-older-one",
            "What is offered as the newer version is an older one.",
            signed(&renewed(&[("validFrom", string("2026-01-14T09:00:00Z"))])),
        )
        .fails("credential.refreshed", "refresh-older"),
        forged(
            "linked-thing-changed",
            "sound-status",
            "What it links to is not what it was when the digest was signed.",
        )
        .json(&signed(&extended(&[("relatedResource", related)])))
        .resources(beside(&[(terms, value(r#"{"changed": true}"#))]))
        .fails("integrity.linked-resources", "linked-resource-differs"),
    ]
}
