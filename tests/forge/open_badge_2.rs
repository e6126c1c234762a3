//! Badges before Open Badges 3.0: published elsewhere, withdrawn, borrowed, or signed with another's key.

use verify_credential::codec::json::Value;

use super::scene::{rs256, with};
use super::{Case, forged, sound};
use crate::own::edit::{object, pretty, string, value};
use crate::own::signer::Issuer;
use crate::own::token::token;

const BINDING: &str = "issuer.controls-key";
const SIGNATURE: &str = "proof.any-good";
const STATUS: &str = "status.revocation";

const ISSUER: &str = "https://issuer.example/ob2/issuer";
const CLASS: &str = "https://issuer.example/ob2/class";
const AWARD: &str = "https://issuer.example/ob2/award";
const KEY: &str = "https://issuer.example/ob2/key";
const LIST: &str = "https://issuer.example/ob2/withdrawn";
const EVIL: &str = "https://issuer.example.forger.example/ob2/award";

pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        sound("sound-hosted-badge", "A hosted badge of Open Badges 2.0.", "verified")
            .json(&award())
            .resources(web(&[]))
            .domain("issuer.example"),
        sound("sound-signed-badge", "A signed badge of Open Badges 2.0.", "verified")
            .file("badge.jws", signed(&signed_award(), &rs256()))
            .resources(web(&[]))
            .domain("issuer.example"),
    ];
    cases.extend(on_hosts());
    cases.extend(on_signatures());
    cases
}

fn award() -> Value {
    value(&format!(
        r#"{{"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "{AWARD}",
            "recipient": {{"type": "email", "hashed": false, "identity": "ada@holder.example"}},
            "issuedOn": "2026-01-15T09:00:00Z", "expires": "2030-01-15T09:00:00Z", "badge": "{CLASS}",
            "verification": {{"type": "HostedBadge"}}}}"#
    ))
}

fn signed_award() -> Value {
    let verification = value(&format!(r#"{{"type": "SignedBadge", "creator": "{KEY}"}}"#));
    let id = string("urn:uuid:f0f0f0f0-0000-4000-8000-000000000002");
    with(award(), &[("id", id), ("verification", verification)])
}

fn signed(award: &Value, issuer: &Issuer) -> String {
    let payload = verify_credential::canon::jcs::canonicalize(award);
    token(&format!(r#"{{"alg":"{}"}}"#, issuer.alg()), &payload, issuer)
}

fn class() -> Value {
    value(&format!(
        r#"{{"@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": "{CLASS}", "name": "Peer review",
            "description": "Made to test a verifier.", "image": "https://issuer.example/ob2/image.png",
            "criteria": {{"narrative": "Be a test."}}, "issuer": "{ISSUER}"}}"#
    ))
}

fn key(issuer: &Issuer) -> Value {
    object(&[
        ("@context", string("https://w3id.org/openbadges/v2")),
        ("type", string("CryptographicKey")),
        ("id", string(KEY)),
        ("owner", string(ISSUER)),
        ("publicKeyPem", string(&issuer.pem())),
    ])
}

fn list(revoked: &str) -> Value {
    value(&format!(
        r#"{{"@context": "https://w3id.org/openbadges/v2", "type": "RevocationList", "id": "{LIST}",
            "issuer": "{ISSUER}", "revokedAssertions": {revoked}}}"#
    ))
}

/// What stands on the web, with `other` documents in it.
fn web(other: &[(&str, Value)]) -> Value {
    let profile = value(&format!(
        r#"{{"@context": "https://w3id.org/openbadges/v2", "type": "Issuer", "id": "{ISSUER}",
            "name": "Test Issuer of verify-credential", "url": "https://issuer.example", "email": "ob2@issuer.example",
            "publicKey": "{KEY}", "revocationList": "{LIST}"}}"#
    ));
    let documents =
        [(AWARD, award()), (CLASS, class()), (ISSUER, profile), (KEY, key(&rs256())), (LIST, list("[]"))];
    object(&[("documents", with(object(&documents), other))])
}

fn on_hosts() -> Vec<Case> {
    let hosted = |name, defect, file: &Value, other: &[(&str, Value)]| {
        forged(name, "sound-hosted-badge", defect).json(file).resources(web(other))
    };
    let elsewhere = with(award(), &[("id", string(EVIL))]);
    let copied = with(award(), &[("expires", string("2099-01-15T09:00:00Z"))]);
    let withdrawn = with(award(), &[("revoked", Value::Bool(true))]);
    let stripped = value(&format!(
        r#"{{"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "{AWARD}", "revoked": true}}"#
    ));
    let borrowed = "https://forger.example/ob2/class";
    let theirs = with(class(), &[("id", string(borrowed)), ("name", string("Surgery"))]);
    let foreign = with(award(), &[("badge", string(borrowed))]);
    let plain = string("http://issuer.example/ob2/award");
    vec![
        hosted(
            "hosted-elsewhere",
            "On a host whose name begins like the issuer's.",
            &elsewhere,
            &[(EVIL, elsewhere.clone())],
        )
        .fails(BINDING, "hosted-elsewhere"),
        hosted(
            "hosted-without-encryption",
            "At an address that anybody on the way can answer.",
            &with(award(), &[("id", plain)]),
            &[],
        )
        .unknown(SIGNATURE, "hosted-address-not-asked")
        .not_fully_checked(),
        hosted(
            "hosted-copy-altered",
            "The file says that it holds longer than its publisher says.",
            &copied,
            &[],
        )
        .fails("document.hosted-copy", "hosted-copy-differs")
        .genuine("verified")
        .same_facts()
        .hides("2099"),
        hosted(
            "hosted-other-award",
            "At the address stands somebody else's badge.",
            &award(),
            &[(AWARD, with(award(), &[("id", string("https://issuer.example/ob2/other"))]))],
        )
        .fails(SIGNATURE, "hosted-other-id"),
        hosted(
            "hosted-revoked",
            "Its publisher calls it withdrawn; the file does not.",
            &award(),
            &[(AWARD, withdrawn)],
        )
        .fails("document.hosted-copy", "hosted-copy-differs")
        .fails(STATUS, "badge-withdrawn")
        .headline("revoked"),
        hosted(
            "hosted-revoked-and-stripped",
            "Its publisher left nothing of it but that it is withdrawn.",
            &award(),
            &[(AWARD, stripped)],
        )
        .unknown(BINDING, "hosted-issuer-not-named")
        .fails(STATUS, "badge-withdrawn")
        .headline("revoked"),
        hosted(
            "hosted-with-borrowed-class",
            "What it stands for is described on the forger's host.",
            &award(),
            &[(AWARD, foreign), (borrowed, theirs)],
        )
        .fails("document.hosted-copy", "hosted-copy-differs")
        .fails(BINDING, "badge-class-elsewhere"),
        hosted(
            "hosted-class-is-the-award",
            "What it stands for is itself.",
            &award(),
            &[(AWARD, with(award(), &[("badge", string(AWARD))]))],
        )
        .fails("document.hosted-copy", "hosted-copy-differs")
        .fails("document.structure", "document-of-another-kind"),
    ]
}

fn on_signatures() -> Vec<Case> {
    let forger = Issuer::p256("forger.example");
    let of = |name, defect, award: &Value, issuer: &Issuer, other: &[(&str, Value)]| {
        let case = forged(name, "sound-signed-badge", defect).file("badge.jws", signed(award, issuer));
        case.resources(web(other))
    };
    let their_key = "https://forger.example/ob2/key";
    let named = value(&format!(r#"{{"type": "SignedBadge", "creator": "{their_key}"}}"#));
    let own = signed_award();
    let id = r#"["urn:uuid:f0f0f0f0-0000-4000-8000-000000000002"]"#;
    let owner = with(key(&rs256()), &[("owner", string("https://forger.example/ob2/issuer"))]);
    vec![
        of("signed-badge-in-the-list", "The issuer's list names it.", &own, &rs256(), &[(LIST, list(id))])
            .fails(STATUS, "badge-withdrawn")
            .headline("revoked"),
        of(
            "signed-badge-with-a-key-not-named",
            "The key is one that the issuer does not name.",
            &with(own.clone(), &[("verification", named)]),
            &forger,
            &[(their_key, with(key(&forger), &[("id", string(their_key))]))],
        )
        .fails(BINDING, "key-not-published"),
        of(
            "signed-badge-with-a-key-of-another",
            "The key says that somebody else owns it.",
            &own,
            &rs256(),
            &[(KEY, owner)],
        )
        .fails(BINDING, "key-of-another-controller"),
        of(
            "signed-badge-with-another-key",
            "It is signed with another key than it names.",
            &own,
            &forger,
            &[],
        )
        .fails(SIGNATURE, "algorithm-not-of-key"),
        of(
            "signed-badge-list-of-another",
            "The list of withdrawn badges is somebody else's.",
            &own,
            &rs256(),
            &[(LIST, with(list("[]"), &[("issuer", string("https://forger.example/ob2/issuer"))]))],
        )
        .unknown(STATUS, "status-list-not-trusted")
        .not_fully_checked(),
        forged("signed-badge-without-its-token", "sound-signed-badge", "The signature is taken off.")
            .file("credential.json", pretty(&own))
            .resources(web(&[]))
            .fails(SIGNATURE, "not-signed"),
    ]
}
