//! Kinds of keys and algorithms: each verifies its own signatures, and none another's.

mod own;
mod support;

use own::certificate::public_key_pem;
use own::signer::Issuer;
use own::token::{jwk_with, token_as};
use verify_credential::codec::base64url;
use verify_credential::crypto::Engines;
use verify_credential::need::Found;
use verify_credential::report::{Headline, Outcome, Report};
use verify_credential::snapshot;

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
    bare.engines = Engines::NONE.with_more();
    for (alg, issuer) in algorithms() {
        let (did, method) = issuer.did_key();
        let header = format!(r#"{{"alg":"{alg}","kid":"{method}"}}"#);
        let part = match alg {
            "EdDSA" => None,
            "ES256" | "ES384" => Some("curves"),
            "ES512" | "ES256K" => Some("rare-keys"),
            _ => Some("rsa"),
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

const DID: &str = "did:web:guild.example%3A8443:masons";
const ADDRESS: &str = "https://guild.example:8443/masons/did.json";

/// What stands at the address of [`DID`].
fn published(document: &str) -> Found {
    let mut found = Found::default();
    let resources = format!(r#"{{"documents":{{"{ADDRESS}":{document}}}}}"#);
    assert_eq!(snapshot::add(resources.as_bytes(), &mut found, &|_| None), Ok(()), "{resources}");
    found
}

/// The answer about the key of a badge by [`DID`], signed by `issuer` with its method `#k1`.
fn answer_of(issuer: &Issuer, found: &Found) -> (Outcome, &'static str) {
    let header = format!(r#"{{"alg":"{}","kid":"{DID}#k1"}}"#, issuer.alg());
    let token = token_as(issuer.alg(), &header, &badge(DID), issuer);
    let report = own::report(token.as_bytes(), found);
    let (outcome, reason) = answer(&report, "issuer.controls-key").expect("asked");
    assert_eq!(report.headline == Headline::Verified, outcome == Outcome::Pass, "{reason}");
    if outcome == Outcome::Pass {
        assert_eq!(report.issuer.domain.as_deref(), Some("guild.example:8443/masons"));
    }
    (outcome, reason)
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_way_of_publishing_a_key_is_read() {
    let (ed25519, k256, rsa) = (Issuer::of("keys"), Issuer::secp256k1("keys"), Issuer::rsa());
    let base58 = |bytes: &[u8]| bs58::encode(bytes).into_string();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let own_key = base58(ed25519.signing_key().verifying_key().as_bytes());
    let pem = public_key_pem(&rsa).replace('\n', "\\n");
    let (short, long) = (k256.point(true), k256.point(false));
    let mut off = long.clone();
    off[64] ^= 1;
    let pass = (Outcome::Pass, "key-published-by-issuer");
    let malformed = (Outcome::Fail, "key-malformed");
    let unsupported = (Outcome::Unknown, "key-type-unsupported");
    let of_k256 = |member: &str, value: &str| {
        format!(r#""type":"EcdsaSecp256k1VerificationKey2019","{member}":"{value}""#)
    };
    let table = [
        (&ed25519, format!(r#""type":"Ed25519VerificationKey2018","publicKeyBase58":"{own_key}""#), pass),
        (
            &ed25519,
            format!(r#""type":"Ed25519VerificationKey2020","publicKeyMultibase":"{}""#, ed25519.multikey()),
            pass,
        ),
        (&ed25519, format!(r#""type":"JsonWebKey2020","publicKeyJwk":{}"#, ed25519.jwk()), pass),
        (&k256, of_k256("publicKeyHex", &hex(&short)), pass),
        (&k256, of_k256("publicKeyHex", &hex(&long).to_uppercase()), pass),
        (&k256, of_k256("publicKeyBase58", &base58(&short)), pass),
        (&k256, format!(r#""type":"EcdsaSecp256k1VerificationKey2019","publicKeyJwk":{}"#, k256.jwk()), pass),
        (&k256, format!(r#""type":"Multikey","publicKeyMultibase":"{}""#, k256.multikey()), pass),
        (
            &Issuer::p521("keys"),
            format!(r#""type":"JsonWebKey","publicKeyJwk":{}"#, Issuer::p521("keys").jwk()),
            pass,
        ),
        (&rsa, format!(r#""type":"RsaVerificationKey2018","publicKeyPem":"{pem}""#), pass),
        (&rsa, format!(r#""type":"JsonWebKey2020","publicKeyJwk":{}"#, rsa.jwk()), pass),
        (&k256, of_k256("publicKeyHex", &hex(&short)[1..]), malformed),
        (&k256, of_k256("publicKeyHex", &format!("+{}", &hex(&short)[1..])), malformed),
        (&k256, of_k256("publicKeyHex", &hex(&short[1..])), malformed),
        (&k256, of_k256("publicKeyHex", ""), malformed),
        (&k256, of_k256("publicKeyPem", &pem), unsupported),
        (
            &rsa,
            format!(r#""type":"RsaVerificationKey2018","publicKeyPem":"{}""#, pem.replacen("MII", "MIJ", 1)),
            malformed,
        ),
        (
            &rsa,
            format!(
                r#""type":"RsaVerificationKey2018","publicKeyPem":"{}""#,
                pem.replace("PUBLIC", "RSA PUBLIC")
            ),
            malformed,
        ),
        (
            &rsa,
            format!(
                r#""type":"RsaVerificationKey2018","publicKeyPem":"{}""#,
                public_key_pem(&Issuer::p256("keys")).replace('\n', "\\n")
            ),
            unsupported,
        ),
        // Two ways of writing it could disagree.
        (
            &k256,
            format!(r#"{},"publicKeyJwk":{}"#, of_k256("publicKeyHex", &hex(&short)), k256.jwk()),
            malformed,
        ),
        (
            &ed25519,
            format!(
                r#""type":"Ed25519VerificationKey2018","publicKeyBase58":"{own_key}","publicKeyHex":"00""#
            ),
            malformed,
        ),
        (
            &ed25519,
            format!(r#""type":"Ed25519VerificationKey2019","publicKeyBase58":"{own_key}""#),
            unsupported,
        ),
        (
            &ed25519,
            format!(r#""type":"X25519KeyAgreementKey2019","publicKeyBase58":"{own_key}""#),
            (Outcome::Fail, "key-not-for-assertion"),
        ),
        (&ed25519, format!(r#""type":"Bls12381G2Key2020","publicKeyBase58":"{own_key}""#), malformed),
    ];
    for (issuer, key, expected) in table {
        let entry = format!(r##"{{"id":"{DID}#k1","controller":"{DID}",{key}}}"##);
        for document in [
            format!(r#"{{"id":"{DID}","assertionMethod":[{entry}]}}"#),
            format!(r##"{{"id":"{DID}","verificationMethod":[{entry}],"assertionMethod":["#k1"]}}"##),
        ] {
            assert_eq!(answer_of(issuer, &published(&document)), expected, "{document}");
        }
    }
    // A point that is on no curve is a key until something is verified with it.
    let document = format!(
        r##"{{"id":"{DID}","assertionMethod":[{{"id":"#k1",{}}}]}}"##,
        of_k256("publicKeyHex", &hex(&off))
    );
    let header = format!(r#"{{"alg":"ES256K","kid":"{DID}#k1"}}"#);
    let report =
        own::report(token_as("ES256K", &header, &badge(DID), &k256).as_bytes(), &published(&document));
    assert_eq!(answer(&report, "proof.any-good"), Some((Outcome::Fail, "key-malformed")));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_document_that_was_changed_counts_as_it_is() {
    let issuer = Issuer::of("keys");
    let key = |more: &str| {
        format!(r##"{{"id":"#k1","controller":"{DID}","publicKeyMultibase":"{}"{more}}}"##, issuer.multikey())
    };
    let asserting = |entry: &str| format!(r#"{{"id":"{DID}","assertionMethod":[{entry}]}}"#);
    let withdrawn = (Outcome::Fail, "key-withdrawn");
    let absent = (Outcome::Fail, "key-not-published");
    let other = Issuer::of("the next").multikey();
    for (name, document, expected) in [
        ("as it was", asserting(&key("")), (Outcome::Pass, "key-published-by-issuer")),
        (
            "another key of that name",
            asserting(&key("").replace(&issuer.multikey(), &other)),
            (Outcome::Pass, "key-published-by-issuer"),
        ),
        ("the key under another name", asserting(&key("").replace("#k1", "#k2")), absent),
        ("no key", asserting(""), absent),
        ("revoked", asserting(&key(r#","revoked":"2026-11-22T12:00:00Z""#)), withdrawn),
        (
            "revoked tomorrow",
            asserting(&key(r#","revoked":"2026-11-23T12:00:00Z""#)),
            (Outcome::Pass, "key-published-by-issuer"),
        ),
        ("expired", asserting(&key(r#","expires":"2026-01-16T12:00:00Z""#)), withdrawn),
        ("revoked, at no time", asserting(&key(r#","revoked":true"#)), withdrawn),
        (
            "for logging in",
            format!(r##"{{"id":"{DID}","verificationMethod":[{}],"authentication":["#k1"]}}"##, key("")),
            (Outcome::Fail, "key-not-for-assertion"),
        ),
        (
            "of somebody else",
            asserting(&key("").replacen(DID, "did:web:other.example", 1)),
            (Outcome::Fail, "key-of-another-controller"),
        ),
        (
            "of the host without its port",
            asserting(&key("")).replace("%3A8443:masons\",\"ass", ":masons\",\"ass"),
            (Outcome::Fail, "did-document-other-id"),
        ),
        (
            "without the path",
            asserting(&key("")).replace(":masons\",\"ass", "\",\"ass"),
            (Outcome::Fail, "did-document-other-id"),
        ),
        ("no document", "[]".to_owned(), (Outcome::Unknown, "issuer-document-unreachable")),
    ] {
        let header = format!(r#"{{"alg":"EdDSA","kid":"{DID}#k1"}}"#);
        let token = token_as("EdDSA", &header, &badge(DID), &issuer);
        let report = own::report(token.as_bytes(), &published(&document));
        assert_eq!(answer(&report, "issuer.controls-key"), Some(expected), "{name}");
        let is_good = expected.0 == Outcome::Pass && !name.starts_with("another");
        assert_eq!(report.headline == Headline::Verified, is_good, "{name}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_did_that_is_a_key_is_that_key_and_no_other() {
    let multikey = |bytes: &[u8]| format!("z{}", bs58::encode(bytes).into_string());
    let k256 = Issuer::secp256k1("keys");
    let point = k256.point(true);
    let with = |prefix: &[u8], key: &[u8]| multikey(&[prefix, key].concat());
    let mut no_point = point.clone();
    no_point[1..].fill(0xff);
    let malformed = Some((Outcome::Fail, "did-malformed"));
    let not_of_key = |reason| Some((Outcome::Fail, reason));
    for (name, key, controls, good) in [
        (
            "sound",
            k256.multikey(),
            Some((Outcome::Pass, "key-published-by-issuer")),
            Some((Outcome::Pass, "signature-holds")),
        ),
        ("padded prefix", with(&[0xe7, 0x81, 0], &point), malformed, None),
        ("over-long", with(&[0xe7, 1], &[&point[..], &[0]].concat()), malformed, None),
        ("cut", with(&[0xe7, 1], &point[..32]), malformed, None),
        ("not compressed", with(&[0xe7, 1], &k256.point(false)), malformed, None),
        ("private", with(&[0x81, 0x26], &[7; 32]), malformed, None),
        (
            "as P-256",
            with(&[0x80, 0x24], &point),
            Some((Outcome::Pass, "key-published-by-issuer")),
            not_of_key("algorithm-not-of-key"),
        ),
        (
            "no point",
            with(&[0xe7, 1], &no_point),
            Some((Outcome::Pass, "key-published-by-issuer")),
            not_of_key("key-malformed"),
        ),
        ("for encryption", with(&[0xec, 1], &[7; 32]), not_of_key("key-not-for-assertion"), None),
        (
            "of BBS",
            with(&[0xeb, 1], &[0x87; 96]),
            Some((Outcome::Pass, "key-published-by-issuer")),
            not_of_key("algorithm-not-of-key"),
        ),
        ("of BBS, not compressed", with(&[0xeb, 1], &[7; 96]), not_of_key("key-malformed"), None),
    ] {
        let did = format!("did:key:{key}");
        let report = report_of("ES256K", "ES256K", &k256, &did, &format!("{did}#{key}"));
        assert_eq!(answer(&report, "issuer.controls-key"), controls, "{name}");
        if good.is_some() {
            assert_eq!(answer(&report, "proof.any-good"), good, "{name}");
        }
        assert_eq!(report.credential.is_some(), name == "sound", "{name}");
    }
    // A private part in a JWK: whoever reads it can sign.
    for more in [r#""d":"AQ","#, r#""k":"AQ","#, r#""use":"enc","#, r#""alg":"ES256","#] {
        let jwk = jwk_with(&k256, more);
        let did = format!("did:jwk:{}", base64url::encode(jwk.as_bytes()));
        let report = report_of("ES256K", "ES256K", &k256, &did, &format!("{did}#0"));
        assert!(matches!(answer(&report, "issuer.controls-key"), Some((Outcome::Fail, _))), "{more}");
        assert!(report.credential.is_none(), "{more}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn where_there_is_one_key_its_name_is_a_hint() {
    let issuer = Issuer::of("keys");
    let pass = (Outcome::Pass, "key-published-by-issuer");
    let absent = (Outcome::Fail, "key-not-published");
    for (did, method) in [issuer.did_key(), issuer.did_jwk()] {
        let quoted = format!("\\\"{did}\\\"");
        let table = [
            (method, pass),
            (did.clone(), pass),
            ("thumbprint".to_owned(), pass),
            (format!("{did}#thumbprint"), pass),
            (format!("{quoted}#thumbprint"), pass),
            (quoted.clone(), pass),
            (format!("{did}x#0"), absent),
            ("did:example:1#0".to_owned(), absent),
            (format!("https://a.example/#{did}"), absent),
            (Issuer::of("other").did_key().1, absent),
        ];
        for (kid, expected) in table {
            let report = report_of("EdDSA", "EdDSA", &issuer, &did, &kid);
            assert_eq!(answer(&report, "issuer.controls-key"), Some(expected), "{kid}");
        }
        for (iss, is_good) in
            [(quoted.clone(), true), (format!("{quoted}x"), false), (format!("{did}x"), false)]
        {
            let payload = badge(&did).replace(&format!(r#""iss":"{did}""#), &format!(r#""iss":"{iss}""#));
            let token = token_as("EdDSA", r#"{"alg":"EdDSA","kid":"1"}"#, &payload, &issuer);
            let report = own::report(token.as_bytes(), &Found::default());
            assert_eq!(report.headline == Headline::GenuineIssuerUnconfirmed, is_good, "{iss}");
        }
        // Another key in the header is another key, whatever it is called.
        let jwk = Issuer::of("other").jwk();
        for kid in ["1", &did] {
            let header = format!(r#"{{"alg":"EdDSA","kid":"{kid}","jwk":{jwk}}}"#);
            let token = token_as("EdDSA", &header, &badge(&did), &Issuer::of("other"));
            let report = own::report(token.as_bytes(), &Found::default());
            assert_eq!(report.headline, Headline::DoNotRely, "{kid}");
        }
    }
}
