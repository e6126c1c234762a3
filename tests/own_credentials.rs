//! Credentials of a test issuer of our own, for what no independent vector exists.
//!
//! Every file under `tests/vectors/own` is made again here and compared byte for byte, then given to
//! the verifier. To write the files anew, run this test natively with `OWN_VECTORS=write`.

mod baker;
mod own;
mod support;

use own::edit::{object, pretty, string, value};
use own::others;
use own::signer::{Issuer, Suite};
use own::{network_of, report};
use support::read_if_present;
use verify_credential::codec::json::Value;
use verify_credential::credential::Extensions;
use verify_credential::report::{Headline, Outcome};
use verify_credential::view::behind::behind;
use verify_credential::view::outcomes::{self, Position};
use verify_credential::view::{Wishes, card};

const FOLDER: &str = "tests/vectors/own";
const DID: &str = "did:web:issuer.example";
const METHOD: &str = "did:web:issuer.example#key-1";
const V2: &str = "https://www.w3.org/ns/credentials/v2";
const OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/// A file, and how to make it.
type Made = (String, Vec<u8>);

/// Every file of the folder but the notice.
fn make() -> Vec<Made> {
    let mut files = documents();
    files.extend(lists());
    files.extend(credentials());
    files.push(("baked-openbadge.png".to_owned(), baked()));
    files.push(("offline-map.json".to_owned(), map().into_bytes()));
    files
}

fn ours() -> Issuer {
    Issuer::of("issuer.example")
}

// ---------------------------------------------------------------------------------------------
// What the issuer publishes
// ---------------------------------------------------------------------------------------------

/// DID documents: one in order, and one for each thing that can be out of order.
fn documents() -> Vec<Made> {
    let key = ours().multikey();
    let method = |did: &str, controller: &str, more: &str| {
        format!(
            r##"{{"id": "{did}#key-1", "type": "Multikey", "controller": "{controller}", "publicKeyMultibase": "{key}"{more}}}"##
        )
    };
    let document = |did: &str, id: &str, methods: &str, relation: &str| {
        let text = format!(
            r##"{{"@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"], "id": "{id}",
                "verificationMethod": [{methods}], "{relation}": ["{did}#key-1"]}}"##
        );
        pretty(&value(&text)).into_bytes()
    };
    let mut files = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>| files.push((format!("did/{name}.json"), bytes));
    let sound = |did: &str| document(did, did, &method(did, did, ""), "assertionMethod");
    add("issuer.example", sound(DID));
    let did = |name: &str| format!("{DID}:{name}");
    let auth = did("authentication-only");
    add("authentication-only", document(&auth, &auth, &method(&auth, &auth, ""), "authentication"));
    let other = did("other-controller");
    add("other-controller", document(&other, &other, &method(&other, DID, ""), "assertionMethod"));
    let id = did("other-id");
    add("other-id", document(&id, DID, &method(&id, &id, ""), "assertionMethod"));
    let rotated = did("rotated");
    let newer = Issuer::of("issuer.example, rotated").multikey();
    let methods = method(&rotated, &rotated, "").replace(&key, &newer).replace("#key-1", "#key-2");
    add(
        "rotated",
        String::from_utf8(document(&rotated, &rotated, &methods, "assertionMethod"))
            .expect("it is text")
            .replace("#key-1", "#key-2")
            .into_bytes(),
    );
    let revoked = did("revoked-key");
    let more = r#", "revoked": "2026-02-01T00:00:00Z""#;
    add("revoked-key", document(&revoked, &revoked, &method(&revoked, &revoked, more), "assertionMethod"));
    let expired = did("expired-key");
    let more = r#", "expires": "2026-02-01T00:00:00Z""#;
    add("expired-key", document(&expired, &expired, &method(&expired, &expired, more), "assertionMethod"));
    files
}

const REVOCATIONS: &str = "https://issuer.example/status/revocation";
const SUSPENSIONS: &str = "https://issuer.example/status/suspension";

/// Status lists of the customary length, with one index set.
fn lists() -> Vec<Made> {
    let list = |url: &str, purpose: &str, index: usize| {
        let mut bits = vec![0_u8; 131_072 / 8];
        bits[index / 8] |= 0x80 >> (index % 8);
        let encoded = format!("u{}", verify_credential::codec::base64url::encode(&gzip(&bits)));
        let text = format!(
            r##"{{"@context": ["{V2}"], "id": "{url}", "type": ["VerifiableCredential", "BitstringStatusListCredential"],
                "issuer": "{DID}", "validFrom": "2026-11-01T00:00:00Z",
                "credentialSubject": {{"id": "{url}#list", "type": "BitstringStatusList", "statusPurpose": "{purpose}", "encodedList": "{encoded}"}}}}"##
        );
        let signed =
            ours().sign(&value(&text), Suite::Rdfc, METHOD, &[("created", string("2026-11-01T00:00:00Z"))]);
        pretty(&signed).into_bytes()
    };
    vec![
        ("status/revocation.json".to_owned(), list(REVOCATIONS, "revocation", 4_242)),
        ("status/suspension.json".to_owned(), list(SUSPENSIONS, "suspension", 94_567)),
    ]
}

/// One member of gzip: the same bytes wherever it is made.
fn gzip(content: &[u8]) -> Vec<u8> {
    let body = miniz_oxide::deflate::compress_to_vec(content, 9);
    let length = u32::try_from(content.len()).expect("a list is small").to_le_bytes();
    let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    [&head[..], &body, &crc32fast::hash(content).to_le_bytes(), &length].concat()
}

// ---------------------------------------------------------------------------------------------
// The credentials
// ---------------------------------------------------------------------------------------------

fn status(list: &str, purpose: &str, index: usize) -> Value {
    value(&format!(
        r##"{{"id": "{list}#{index}", "type": "BitstringStatusListEntry", "statusPurpose": "{purpose}",
            "statusListIndex": "{index}", "statusListCredential": "{list}"}}"##
    ))
}

/// A badge by `issuer`, in VCDM 2.0.
fn badge(issuer: &str, name: &str) -> Value {
    value(&format!(
        r#"{{"@context": ["{V2}", "{OB}"], "id": "urn:uuid:4c1f9f3c-0000-4000-8000-000000000001",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": {{"id": "{issuer}", "type": ["Profile"], "name": "Test Issuer of verify-credential"}},
            "validFrom": "2026-01-15T09:00:00Z", "name": "{name}",
            "credentialSubject": {{"id": "did:example:holder", "type": ["AchievementSubject"],
              "achievement": {{"id": "urn:uuid:4c1f9f3c-0000-4000-8000-00000000000a", "type": ["Achievement"],
                "name": "{name}", "description": "Made to test a verifier.", "criteria": {{"narrative": "Be a test."}}}}}}}}"#
    ))
}

fn with(document: Value, members: &[(&str, Value)]) -> Value {
    let Value::Object(mut object) = document else { panic!("a document is an object") };
    for (name, value) in members {
        object.insert((*name).into(), value.clone());
    }
    Value::Object(object)
}

fn credentials() -> Vec<Made> {
    let issuer = ours();
    let mut files = Vec::new();
    let mut add =
        |name: &str, signed: Value| files.push((format!("{name}.json"), pretty(&signed).into_bytes()));
    let (did_key, key_method) = issuer.did_key();
    let (did_jwk, jwk_method) = issuer.did_jwk();

    let standing = [status(REVOCATIONS, "revocation", 7), status(SUSPENSIONS, "suspension", 7)];
    let in_force = with(badge(DID, "In force"), &[("credentialStatus", Value::Array(standing.to_vec()))]);
    add("in-force", issuer.sign(&in_force, Suite::Rdfc, METHOD, &[]));
    let revoked = [("credentialStatus", status(REVOCATIONS, "revocation", 4_242))];
    add("revoked", issuer.sign(&with(badge(DID, "Revoked"), &revoked), Suite::Rdfc, METHOD, &[]));
    let suspended = [("credentialStatus", status(SUSPENSIONS, "suspension", 94_567))];
    add("suspended", issuer.sign(&with(badge(DID, "Suspended"), &suspended), Suite::Rdfc, METHOD, &[]));

    add("results-by-points", issuer.sign(&rich(true), Suite::Rdfc, METHOD, &[]));
    add("results-unordered", issuer.sign(&rich(false), Suite::Rdfc, METHOD, &[]));
    add("results-in-text-order", issuer.sign(&rich(false), Suite::Jcs, METHOD, &[("@context", contexts())]));
    add("names-in-languages", issuer.sign(&languages(), Suite::Rdfc, METHOD, &[]));

    let text = with(badge(DID, "Welding under water"), &others::members(DID));
    add("facts-of-others-in-text", issuer.sign(&text, Suite::Jcs, METHOD, &[("@context", contexts())]));
    let linked = |base: &str| with(text.clone(), &[("@context", others::contexts(&[V2, OB], base))]);
    let signed = issuer.sign(&linked(others::EDUBADGES), Suite::Rdfc, METHOD, &[]);
    add("facts-of-others-aliased", others::renamed(&signed, |name| (name.to_owned(), format!("x{name}"))));
    add("facts-of-others", signed);
    let harmless =
        others::renamed(&linked("https://other.example/#"), |name| (name.to_owned(), name.to_lowercase()));
    let harmless = issuer.sign(&harmless, Suite::Rdfc, METHOD, &[]);
    add("facts-made-by-alias", others::renamed(&harmless, |name| (name.to_lowercase(), name.to_owned())));

    add("did-key", issuer.sign(&badge(&did_key, "By did:key"), Suite::Rdfc, &key_method, &[]));
    add("did-jwk", issuer.sign(&badge(&did_jwk, "By did:jwk"), Suite::Rdfc, &jwk_method, &[]));
    add("jcs", issuer.sign(&badge(DID, "By JCS"), Suite::Jcs, METHOD, &[]));
    add("ed25519-2020-v1", issuer.sign(&first_model(), Suite::Of2020, METHOD, &[]));

    let expired = [("expires", string("2026-06-01T00:00:00Z"))];
    add("proof-expired", issuer.sign(&badge(DID, "Proof expired"), Suite::Rdfc, METHOD, &expired));
    let future = [("created", string("2027-01-01T00:00:00Z"))];
    add("proof-from-the-future", issuer.sign(&badge(DID, "From the future"), Suite::Rdfc, METHOD, &future));
    let purpose = [("proofPurpose", string("authentication"))];
    add("proof-for-authentication", issuer.sign(&badge(DID, "To log in"), Suite::Rdfc, METHOD, &purpose));

    for name in [
        "authentication-only",
        "other-controller",
        "other-id",
        "rotated",
        "revoked-key",
        "expired-key",
        "unreachable",
    ] {
        let did = format!("{DID}:{name}");
        add(name, issuer.sign(&badge(&did, name), Suite::Rdfc, &format!("{did}#key-1"), &[]));
    }
    for (name, issuer) in
        [("ecdsa-p256", Issuer::p256("issuer.example")), ("ecdsa-p384", Issuer::p384("issuer.example"))]
    {
        let (did, method) = issuer.did_key();
        add(name, issuer.sign(&badge(&did, "By ECDSA"), Suite::Rdfc, &method, &[]));
    }
    let ecdsa = Issuer::p256("issuer.example");
    let (did, method) = ecdsa.did_key();
    let jcs = ecdsa.sign(&badge(&did, "By ECDSA and JCS"), Suite::Jcs, &method, &[]);
    add("ecdsa-jcs-altered", with(jcs.clone(), &[("name", string("Something better"))]));
    add("ecdsa-jcs", jcs);
    add("ecdsa-key-of-other-type", ecdsa.sign(&badge(DID, "Which key?"), Suite::Rdfc, METHOD, &[]));
    add("proof-chain", chain());
    let mallory = Issuer::of("somebody else");
    let (_, method) = mallory.did_key();
    add("key-of-somebody-else", mallory.sign(&badge(DID, "Of somebody else"), Suite::Rdfc, &method, &[]));
    files
}

/// A badge with the proof of a witness, and the issuer's over both.
fn chain() -> Value {
    let (issuer, witness) = (ours(), Issuer::p256("witness"));
    let badge = badge(DID, "Witnessed");
    let id = "urn:uuid:4c1f9f3c-0000-4000-8000-0000000000aa";
    let (_, method) = witness.did_key();
    let first = witness.proof(&badge, Suite::Rdfc, &method, &[("id", string(id))]);
    let options = [("previousProof", string(id))];
    let second = issuer.proof_after(&badge, Suite::Rdfc, METHOD, &options, std::slice::from_ref(&first));
    with(badge, &[("proof", Value::Array(vec![first, second]))])
}

fn contexts() -> Value {
    value(&format!(r#"["{V2}", "{OB}"]"#))
}

/// A badge with everything a hirer would want to read. With `points`, the order of the levels is signed.
fn rich(points: bool) -> Value {
    let level = |id: usize, name: &str, count: usize| {
        let points = if points { format!(r#", "points": "{count}""#) } else { String::new() };
        format!(
            r#"{{"id": "urn:test:level:{id}", "type": ["RubricCriterionLevel"], "name": "{name}", "level": "{name}",
                "description": "What {name} means."{points}}}"#
        )
    };
    let levels =
        [level(1, "Aware", 10), level(2, "Practised", 20), level(3, "Fluent", 30), level(4, "Leading", 40)];
    let dot = verify_credential::codec::base64url::encode(&baker::png(&[]));
    let dot = dot.replace('-', "+").replace('_', "/");
    let dot = format!("{dot}{}", "=".repeat((4 - dot.len() % 4) % 4));
    let subject = format!(
        r##"{{"id": "did:example:holder", "type": ["AchievementSubject"], "name": "Ada Example", "creditsEarned": 4.5,
        "activityStartDate": "2026-01-01T00:00:00Z", "activityEndDate": "2026-01-10T00:00:00Z",
        "achievement": {{"id": "urn:test:achievement", "type": ["Achievement"], "name": "Peer review of code",
          "description": "Reads a stranger's change and helps it along.", "achievementType": "MicroCredential",
          "criteria": {{"id": "https://issuer.example/criteria/peer-review", "narrative": "Three reviews, observed."}},
          "creditsAvailable": 5, "fieldOfStudy": "Software engineering", "humanCode": "PR-101",
          "inLanguage": "en", "tag": ["review", "code"], "version": "2",
          "image": {{"id": "data:image/png;base64,{dot}", "type": "Image", "caption": "A dot"}},
          "alignment": [
            {{"type": ["Alignment"], "targetName": "use markup languages", "targetType": "ext:ESCOSkill",
              "targetUrl": "https://data.europa.eu/esco/skill/54a53c40-ad10-4eb0-8bb7-80d4bdfdfd38",
              "targetFramework": "European Skills, Competences, Qualifications and Occupations (ESCO)", "targetCode": "S5.6.1"}},
            {{"type": ["Alignment"], "targetName": "EQF level 5", "targetType": "ext:EQF", "targetCode": "5",
              "targetUrl": "https://europa.eu/europass/en/description-eight-eqf-levels",
              "targetFramework": "European Qualifications Framework"}}],
          "resultDescription": [
            {{"id": "urn:test:result:rubric", "type": ["ResultDescription"], "name": "Quality of comments",
              "resultType": "RubricCriterionLevel", "requiredLevel": "urn:test:level:2",
              "rubricCriterionLevel": [{}]}},
            {{"id": "urn:test:result:grade", "type": ["ResultDescription"], "name": "Grade", "resultType": "LetterGrade",
              "allowedValue": ["E", "D", "C", "B", "A"], "requiredValue": "D"}},
            {{"id": "urn:test:result:percent", "type": ["ResultDescription"], "name": "Share of defects found",
              "resultType": "Percent", "valueMin": "0", "valueMax": "100", "requiredValue": "60"}}]}},
        "result": [
          {{"type": ["Result"], "resultDescription": "urn:test:result:rubric", "achievedLevel": "urn:test:level:3"}},
          {{"type": ["Result"], "resultDescription": "urn:test:result:grade", "value": "B"}},
          {{"type": ["Result"], "resultDescription": "urn:test:result:percent", "value": "84", "status": "Completed"}}]}}"##,
        levels.join(",")
    );
    let issuer = value(&format!(
        r#"{{"id": "{DID}", "type": ["Profile"], "name": "Test Issuer of verify-credential", "url": "https://issuer.example/",
            "address": {{"type": ["Address"], "addressCountry": "Norway", "addressCountryCode": "NO", "addressRegion": "Oslo"}}}}"#
    ));
    let evidence = value(
        r#"[{"id": "https://issuer.example/evidence/1", "type": ["Evidence"], "name": "Review of change 17",
            "description": "Comments with line numbers.", "genre": "Code review", "narrative": "Done in one sitting."},
           {"type": ["Evidence"], "narrative": "An interview of half an hour."}]"#,
    );
    let members = [
        ("issuer", issuer),
        ("credentialSubject", value(&subject)),
        ("evidence", evidence),
        ("awardedDate", string("2026-01-12T00:00:00Z")),
        ("validUntil", string("2029-01-15T09:00:00Z")),
    ];
    with(badge(DID, "Peer review of code"), &members)
}

/// Names in several languages, one of them written from the right, and marks that steer text.
fn languages() -> Value {
    let names = value(
        "[{\"@value\": \"Peer review\", \"@language\": \"en\"}, {\"@value\": \"مراجعة الأقران\", \"@language\": \"ar\"},
          {\"@value\": \"Gegenlesen\", \"@language\": \"de-AT\"}, {\"@value\": \"a\u{202e}b\u{2066}c\", \"@language\": \"he\"}]",
    );
    let subject = value(
        r#"{"id": "did:example:holder", "type": ["AchievementSubject"],
                "achievement": {"id": "urn:uuid:4c1f9f3c-0000-4000-8000-00000000000a", "type": ["Achievement"],
                  "name": [{"@value": "Welding under water", "@language": "en"}, {"@value": "水中溶接", "@language": "ja"},
                    {"@value": "Schweißen unter Wasser", "@language": "de"}, {"@value": "اللحام تحت الماء", "@language": "ar"}],
                  "description": [{"@value": "Made to test a verifier.", "@language": "en"},
                    {"@value": "Gemacht, um einen Prüfer zu prüfen.", "@language": "de"}],
                  "criteria": {"narrative": "Be a test."}}}"#,
    );
    with(badge(DID, "unused"), &[("name", names), ("credentialSubject", subject)])
}

/// A badge in VCDM 1.1.
fn first_model() -> Value {
    let Value::Object(object) = badge(DID, "In the first data model") else { panic!("a badge is an object") };
    let contexts = value(
        r#"["https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
            "https://w3id.org/security/suites/ed25519-2020/v1"]"#,
    );
    let members = [
        ("@context", contexts),
        ("issuanceDate", string("2026-01-15T09:00:00Z")),
        ("expirationDate", string("2030-01-15T09:00:00Z")),
    ];
    with(Value::Object(object.without("validFrom")), &members)
}

// ---------------------------------------------------------------------------------------------
// The picture
// ---------------------------------------------------------------------------------------------

/// A real credential in a picture of ours.
fn baked() -> Vec<u8> {
    let credential = support::read(
        "tests/vectors/08-open-badges-3/dcc-vc-test-fixtures/v2/bothSignatureTypes/didkey/legacy-noStatus-noExpiry.json",
    );
    let mut head = Vec::new();
    head.extend_from_slice(&96_u32.to_be_bytes());
    head.extend_from_slice(&96_u32.to_be_bytes());
    // Eight bits per channel, red green blue alpha.
    head.extend_from_slice(&[8, 6, 0, 0, 0]);
    let pixels = miniz_oxide::deflate::compress_to_vec_zlib(&picture(), 9);
    [
        baker::PNG_SIGNATURE,
        &baker::chunk(b"IHDR", &head),
        &baker::badge_chunk(&credential),
        &baker::chunk(b"IDAT", &pixels),
        &baker::chunk(b"IEND", &[]),
    ]
    .concat()
}

/// A blue disc with a pale star of five points, on nothing.
fn picture() -> Vec<u8> {
    let mut rows = Vec::new();
    for y in 0..96_i32 {
        rows.push(0);
        for x in 0..96_i32 {
            let (right, down) = (2 * x - 95, 2 * y - 95);
            let square = right * right + down * down;
            let pixel = match () {
                () if square > 92 * 92 => [0, 0, 0, 0],
                () if square > 82 * 82 => [0x12, 0x2f, 0x5c, 0xff],
                () if is_in_star(right, down) => [0xf4, 0xe3, 0xb2, 0xff],
                () => [0x2b, 0x5f, 0xa8, 0xff],
            };
            rows.extend_from_slice(&pixel);
        }
    }
    rows
}

/// Whether a point is on the inner side of at least four of a pentagram's five lines. In whole
/// numbers, so that every machine draws the same.
fn is_in_star(right: i32, down: i32) -> bool {
    /// The directions of the five outward normals, times 1,000.
    const NORMALS: [(i32, i32); 5] = [(0, 1_000), (951, 309), (588, -809), (-588, -809), (-951, 309)];
    NORMALS.iter().filter(|(x, y)| right * x + down * y < 22 * 1_000).count() >= 4
}

// ---------------------------------------------------------------------------------------------
// The network, and the answers
// ---------------------------------------------------------------------------------------------

fn map() -> String {
    let entry = |name: &str| (format!("{DID}:{name}"), string(&format!("did/{name}.json")));
    let mut dids = vec![(DID.to_owned(), string("did/issuer.example.json"))];
    dids.extend(
        ["authentication-only", "other-controller", "other-id", "rotated", "revoked-key", "expired-key"]
            .map(entry),
    );
    let dids: Vec<(&str, Value)> = dids.iter().map(|(did, file)| (did.as_str(), file.clone())).collect();
    let lists =
        [(REVOCATIONS, string("status/revocation.json")), (SUSPENSIONS, string("status/suspension.json"))];
    let note = "What the network would answer about the test issuer of this folder. The rest is unreachable.";
    pretty(&object(&[("note", string(note)), ("dids", object(&dids)), ("statusLists", object(&lists))]))
}

/// File, headline, and the check that decides it with its outcome and reason.
const ANSWERS: &[(&str, Headline, &str, Outcome, &str)] = &[
    ("in-force.json", Headline::Verified, "status.revocation", Outcome::Pass, "status-not-set"),
    ("revoked.json", Headline::Revoked, "status.revocation", Outcome::Fail, "status-set"),
    ("suspended.json", Headline::Suspended, "status.suspension", Outcome::Fail, "status-set"),
    ("results-by-points.json", Headline::Verified, "validity.until", Outcome::Pass, "in-force-until"),
    ("results-unordered.json", Headline::Verified, "proof.any-good", Outcome::Pass, "signature-holds"),
    (
        "results-in-text-order.json",
        Headline::Verified,
        "document.one-root",
        Outcome::Skipped,
        "text-itself-is-signed",
    ),
    ("names-in-languages.json", Headline::Verified, "proof.any-good", Outcome::Pass, "signature-holds"),
    ("facts-of-others.json", Headline::Verified, "proof.any-good", Outcome::Pass, "signature-holds"),
    ("facts-of-others-aliased.json", Headline::Verified, "proof.any-good", Outcome::Pass, "signature-holds"),
    ("facts-of-others-in-text.json", Headline::Verified, "proof.any-good", Outcome::Pass, "signature-holds"),
    ("facts-made-by-alias.json", Headline::Verified, "proof.any-good", Outcome::Pass, "signature-holds"),
    (
        "did-key.json",
        Headline::GenuineIssuerUnconfirmed,
        "issuer.controls-key",
        Outcome::Pass,
        "key-published-by-issuer",
    ),
    (
        "did-jwk.json",
        Headline::GenuineIssuerUnconfirmed,
        "issuer.controls-key",
        Outcome::Pass,
        "key-published-by-issuer",
    ),
    ("jcs.json", Headline::Verified, "proof.any-good", Outcome::Pass, "signature-holds"),
    ("ed25519-2020-v1.json", Headline::Verified, "validity.until", Outcome::Pass, "in-force-until"),
    (
        "ecdsa-p256.json",
        Headline::GenuineIssuerUnconfirmed,
        "proof.any-good",
        Outcome::Pass,
        "signature-holds",
    ),
    (
        "ecdsa-p384.json",
        Headline::GenuineIssuerUnconfirmed,
        "proof.any-good",
        Outcome::Pass,
        "signature-holds",
    ),
    (
        "ecdsa-jcs.json",
        Headline::GenuineIssuerUnconfirmed,
        "proof.any-good",
        Outcome::Pass,
        "signature-holds",
    ),
    (
        "ecdsa-jcs-altered.json",
        Headline::DoNotRely,
        "proof.any-good",
        Outcome::Fail,
        "signature-does-not-match",
    ),
    (
        "ecdsa-key-of-other-type.json",
        Headline::DoNotRely,
        "proof.any-good",
        Outcome::Fail,
        "key-type-not-of-suite",
    ),
    ("proof-chain.json", Headline::Verified, "proof.any-good", Outcome::Pass, "signature-holds"),
    ("proof-expired.json", Headline::DoNotRely, "proof.expires", Outcome::Fail, "proof-expired"),
    (
        "proof-from-the-future.json",
        Headline::DoNotRely,
        "proof.created",
        Outcome::Fail,
        "proof-from-the-future",
    ),
    (
        "proof-for-authentication.json",
        Headline::DoNotRely,
        "proof.purpose",
        Outcome::Fail,
        "purpose-is-other",
    ),
    (
        "authentication-only.json",
        Headline::DoNotRely,
        "issuer.controls-key",
        Outcome::Fail,
        "key-not-for-assertion",
    ),
    (
        "other-controller.json",
        Headline::DoNotRely,
        "issuer.controls-key",
        Outcome::Fail,
        "key-of-another-controller",
    ),
    ("other-id.json", Headline::DoNotRely, "issuer.controls-key", Outcome::Fail, "did-document-other-id"),
    ("rotated.json", Headline::DoNotRely, "issuer.controls-key", Outcome::Fail, "key-not-published"),
    (
        "unreachable.json",
        Headline::NotFullyChecked,
        "issuer.controls-key",
        Outcome::Unknown,
        "issuer-document-not-fetched",
    ),
    (
        "key-of-somebody-else.json",
        Headline::DoNotRely,
        "issuer.controls-key",
        Outcome::Fail,
        "key-not-published",
    ),
    (
        "baked-openbadge.png",
        Headline::GenuineIssuerUnconfirmed,
        "proof.any-good",
        Outcome::Pass,
        "signature-holds",
    ),
    ("status/revocation.json", Headline::Verified, "proof.any-good", Outcome::Pass, "signature-holds"),
    ("status/suspension.json", Headline::Verified, "proof.any-good", Outcome::Pass, "signature-holds"),
];

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_file_can_be_made_again() {
    let mut stale = Vec::new();
    for (name, bytes) in make() {
        let path = format!("{FOLDER}/{name}");
        #[cfg(not(target_arch = "wasm32"))]
        if std::env::var("OWN_VECTORS").as_deref() == Ok("write") {
            let whole = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
            let folder = std::path::Path::new(&whole).parent().expect("a file is in a folder");
            std::fs::create_dir_all(folder).expect("the folder can be made");
            std::fs::write(&whole, &bytes).expect("the file can be written");
        }
        if read_if_present(&path).as_ref() != Some(&bytes) {
            stale.push(name);
        }
    }
    assert!(stale.is_empty(), "not as committed: {stale:?}");
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_file_gets_its_answer() {
    let found = network_of(&format!("{FOLDER}/offline-map.json"), FOLDER);
    let mut complaints = Vec::new();
    for (name, headline, id, outcome, reason) in ANSWERS {
        let report = report(&support::read(&format!("{FOLDER}/{name}")), &found);
        let is_right =
            report.check(id).is_some_and(|check| check.outcome == *outcome && check.reason == *reason);
        if report.headline != *headline || !is_right {
            let why: Vec<(&str, Outcome, &str, &str)> = report
                .checks
                .iter()
                .filter(|check| !matches!(check.outcome, Outcome::Pass | Outcome::Skipped) || check.id == *id)
                .map(|check| (check.id, check.outcome, check.reason, check.at.as_str()))
                .collect();
            complaints.push(format!("{name}: {:?}, not {headline:?}; {why:?}", report.headline));
        }
    }
    assert!(complaints.is_empty(), "{}\n{}", complaints.len(), complaints.join("\n"));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_place_on_a_ladder_is_shown_where_its_order_was_signed() {
    let found = network_of(&format!("{FOLDER}/offline-map.json"), FOLDER);
    let third = Some(Position { place: 3, of: 4, required: Some(2) });
    let fourth = Some(Position { place: 4, of: 5, required: Some(2) });
    for (name, on_rubric) in
        [("results-by-points", third), ("results-unordered", None), ("results-in-text-order", third)]
    {
        let report = report(&support::read(&format!("{FOLDER}/{name}.json")), &found);
        let facts = report.credential.as_ref().expect("it was signed");
        let lines = outcomes::lines(facts);
        let of = |title: &str| lines.iter().find(|line| line.name.as_ref().is_some_and(|it| it.0 == title));
        let rubric = of("Quality of comments").expect("it has a rubric");
        assert_eq!(rubric.level.as_ref().map(|level| level.0.as_str()), Some("Fluent"), "{name}");
        assert_eq!(rubric.position, on_rubric, "{name}");
        assert_eq!(of("Grade").expect("it has a grade").position, fourth, "{name}");
        assert_eq!(of("Share of defects found").expect("it has a share").position, None, "{name}");
        assert_eq!(facts.issuer.country.as_deref(), Some("Norway"), "{name}");
        assert_eq!(facts.subjects[0].achievements[0].alignments.len(), 2, "{name}");
    }
}

/// An alias neither hides what was signed in the words of others, nor makes it of something else.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn words_of_others_are_those_that_were_signed() {
    let found = network_of(&format!("{FOLDER}/offline-map.json"), FOLDER);
    let told = |name: &str| {
        let report = report(&support::read(&format!("{FOLDER}/{name}.json")), &found);
        let card = card(&report, Wishes::default());
        (report.credential.clone().expect("it was signed"), behind(&card))
    };
    for name in ["facts-of-others", "facts-of-others-aliased", "facts-of-others-in-text"] {
        let (facts, claims) = told(name);
        let extensions = &facts.subjects[0].achievements[0].extensions;
        assert_eq!(extensions.participation, ["onsite or blended"], "{name}");
        assert_eq!(extensions.assessment, ["application of a skill"], "{name}");
        assert_eq!(extensions.supervision, ["onsite with identity verification"], "{name}");
        assert_eq!(extensions.identity_checked, Some(true), "{name}");
        assert_eq!((extensions.ects.as_deref(), extensions.study_load.as_deref()), (Some("3"), Some("84")));
        let blank = claims.facts.iter().filter(|fact| fact.values.is_empty());
        assert_eq!((claims.stated, blank.count()), (11, 0), "{name}");
        let ids: Vec<_> = claims
            .certifies
            .as_ref()
            .expect("a fact")
            .values
            .iter()
            .filter_map(|stated| stated.id())
            .collect();
        assert_eq!(ids, ["certifies.skill", "certifies.from"], "{name}");
        assert!(claims.facts.iter().all(|fact| !fact.from.is_empty()), "{name}");
    }
    let (facts, claims) = told("facts-made-by-alias");
    assert_eq!(facts.subjects[0].achievements[0].extensions, Extensions::default());
    let blank: Vec<_> =
        claims.facts.iter().filter(|fact| fact.values.is_empty()).map(|fact| fact.id).collect();
    assert_eq!(blank, ["fact.workload", "fact.assessment", "fact.participation"]);
}

/// [CID 1.0 §2.2](https://www.w3.org/TR/cid-1.0/#verification-methods): nothing is to be verified with
/// a key after the day on which its publisher revoked it, or let it expire.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_key_that_was_withdrawn_is_no_key() {
    let found = network_of(&format!("{FOLDER}/offline-map.json"), FOLDER);
    for name in ["revoked-key", "expired-key"] {
        let report = report(&support::read(&format!("{FOLDER}/{name}.json")), &found);
        assert!(matches!(report.headline, Headline::DoNotRely | Headline::NotFullyChecked), "{name}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn numbers_are_shown_as_people_write_them() {
    let bytes = support::read("tests/vectors/own/results-by-points.json");
    let found = own::network_of("tests/vectors/own/offline-map.json", "tests/vectors/own");
    let report = own::report(&bytes, &found);
    let subject = report.credential.as_ref().and_then(|facts| facts.subjects.first().cloned());
    assert_eq!(subject.and_then(|subject| subject.credits_earned).as_deref(), Some("4.5"));
}
