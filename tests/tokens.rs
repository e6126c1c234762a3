//! Credentials signed as tokens: which forms are read, whose key counts, what the claims must say.
//!
//! The tokens are made here by our own test issuer, natively and as wasm under Node; RS256, ES256 and
//! ES384 made by others are in `tests/wycheproof.rs` and `tests/vectors.rs`. Rulings 11 to 13.

mod own;
mod support;

use own::signer::Issuer;
use own::{NOW, policy};
use verify_credential::codec::base64url;
use verify_credential::need::{Found, NeedKind};
use verify_credential::policy::{Policy, trust_lists, vouched_key};
use verify_credential::report::{Headline, Identity, Outcome, Report, Verdict};
use verify_credential::{snapshot, verify};

const ISSUER: &str = "https://issuer.example/profiles/1";
const KEY_SET: &str = "https://issuer.example/.well-known/jwks.json";

fn key() -> Issuer {
    Issuer::of("issuer of tokens")
}

/// A small badge of `issuer`; `more` are further members, with a comma in front.
fn badge(issuer: &str, more: &str) -> String {
    format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id":"urn:uuid:7d0b7f4e-70a3-4f3e-8c1c-3b7f6a2f1a01","type":["VerifiableCredential","OpenBadgeCredential"],
        "issuer":{{"id":"{issuer}","type":["Profile"],"name":"Test issuer"}},"validFrom":"2026-01-15T09:00:00Z",
        "credentialSubject":{{"id":"did:example:learner","type":["AchievementSubject"],"achievement":{{"id":"urn:uuid:2",
        "type":["Achievement"],"name":"Welding","description":"…","criteria":{{"narrative":"…"}}}}}}{more}}}"#
    )
}

/// The claims that the Open Badges form repeats.
fn claims(issuer: &str) -> String {
    format!(
        r#","iss":"{issuer}","sub":"did:example:learner","jti":"urn:uuid:7d0b7f4e-70a3-4f3e-8c1c-3b7f6a2f1a01","nbf":1768467600"#
    )
}

fn open_badges(issuer: &str, more: &str) -> String {
    badge(issuer, &format!("{}{more}", claims(issuer)))
}

/// A token by [`key`].
fn token(header: &str, payload: &str) -> Vec<u8> {
    let part = |text: &str| base64url::encode(text.as_bytes());
    let input = format!("{}.{}", part(header), part(payload));
    let signature = base64url::encode(&key().sign_bytes(input.as_bytes()));
    format!("{input}.{signature}").into_bytes()
}

/// What `documents`, a snapshot's text, say.
fn found(documents: &str) -> Found {
    let mut found = Found::default();
    assert_eq!(snapshot::add(documents.as_bytes(), &mut found, &|_| None), Ok(()));
    found
}

fn with_key_set(kid: &str) -> Found {
    let jwk = key().jwk().replacen('{', &format!(r#"{{"kid":"{kid}","#), 1);
    found(&format!(r#"{{"jwks":{{"{KEY_SET}":{{"keys":[{jwk}]}}}}}}"#))
}

fn report(token: &[u8], found: &Found) -> Report {
    verify(token, "token", found, &policy())
}

fn outcome(report: &Report, id: &str) -> Option<(Outcome, &'static str)> {
    let of_id = report.checks.iter().filter(|check| check.id == id);
    // Of several answers to one question the worst counts.
    let gravity = |outcome| match outcome {
        Outcome::Fail => 0,
        Outcome::Unknown => 1,
        Outcome::Pass => 2,
        Outcome::Skipped => 3,
    };
    of_id.map(|check| (check.outcome, check.reason)).min_by_key(|(outcome, _)| gravity(*outcome))
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn each_form_is_read() {
    let (did, method) = key().did_key();
    let header = |rest: &str| format!(r#"{{"alg":"EdDSA","kid":"{method}"{rest}}}"#);
    let vc = |credential: &str| format!(r#"{{"vc":{credential}{}}}"#, claims(&did));
    let first = badge(&did, "")
        .replace("ns/credentials/v2", "2018/credentials/v1")
        .replace("validFrom", "issuanceDate");
    let moved = first
        .replace(r#""issuanceDate":"2026-01-15T09:00:00Z","#, "")
        .replace(&format!(r#""issuer":{{"id":"{did}","type":["Profile"],"name":"Test issuer"}},"#), "");
    let forms = [
        ("Open Badges, typ JWT", header(r#","typ":"JWT""#), open_badges(&did, "")),
        ("Open Badges, no typ", header(""), open_badges(&did, "")),
        ("vc claim, 2.0", header(r#","typ":"JWT""#), vc(&badge(&did, ""))),
        ("vc claim, 1.1", header(r#","typ":"JWT""#), vc(&first)),
        ("vc claim, members moved", header(r#","typ":"JWT""#), vc(&moved)),
        ("vc+jwt", header(r#","typ":"vc+jwt","cty":"vc""#), badge(&did, "")),
        (
            "vc+jwt with claims",
            header(r#","typ":"application/vc+jwt""#),
            open_badges(&did, r#","iat":1768467600"#),
        ),
    ];
    for (name, header, payload) in forms {
        let report = report(&token(&header, &payload), &Found::default());
        let wrong: Vec<_> = report.checks.iter().filter(|check| check.outcome == Outcome::Fail).collect();
        assert_eq!(report.verdict, Verdict::Valid, "{name}: {wrong:?}");
        assert_eq!(report.headline, Headline::GenuineIssuerUnconfirmed, "{name}");
        let credential = report.credential.expect("facts");
        let achievement = credential.subjects.first().and_then(|subject| subject.achievements.first());
        assert_eq!(achievement.and_then(|it| it.name.as_deref()), Some("Welding"), "{name}");
        assert_eq!(credential.valid_from.len(), 1, "{name}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_key_counts_where_the_issuer_publishes_it() {
    let (_, method) = key().did_key();
    let jwk = key().jwk();
    let other = Issuer::of("somebody else").jwk();
    let key_set = |keys: &str| found(&format!(r#"{{"jwks":{{"{KEY_SET}":{{"keys":[{keys}]}}}}}}"#));
    let profile = |id: &str, keys: &str| {
        found(&format!(r#"{{"documents":{{"{ISSUER}":{{"id":"{id}","type":"Profile"{keys}}}}}}}"#))
    };
    let published = format!(
        r##","assertionMethod":[{{"id":"#k1","type":"JsonWebKey","controller":"{ISSUER}","publicKeyJwk":{jwk}}}]"##
    );
    let both = |documents: &str, keys: &str| {
        found(&format!(
            r#"{{"documents":{{"{ISSUER}":{documents}}},"jwks":{{"{KEY_SET}":{{"keys":[{keys}]}}}}}}"#
        ))
    };
    let at = |kid: &str| format!(r#"{{"alg":"EdDSA","kid":"{kid}"}}"#);
    let inside = format!(r#"{{"alg":"EdDSA","jwk":{jwk}}}"#);
    let named = jwk.replacen('{', r#"{"kid":"k1","#, 1);
    let pass = (Outcome::Pass, "key-published-by-issuer");
    let absent = (Outcome::Fail, "key-not-published");
    let missing = (Outcome::Unknown, "issuer-document-not-fetched");
    let elsewhere = "https://evil.example/profiles/1#k1";
    let table = [
        ("in the key set, by its name", at("k1"), with_key_set("k1"), pass),
        ("in the key set, by its address", at(&format!("{KEY_SET}#k1")), with_key_set("k1"), pass),
        ("in the header and in the key set", inside.clone(), key_set(&jwk), pass),
        ("in the profile", at(&format!("{ISSUER}#k1")), profile(ISSUER, &published), pass),
        ("in the profile, by its last part", at("k1"), profile(ISSUER, &published), pass),
        ("in the header and in the profile", inside.clone(), profile(ISSUER, &published), pass),
        ("in the header, nothing fetched", inside.clone(), Found::default(), missing),
        ("in the header, key set without it", inside.clone(), key_set(&other), missing),
        (
            "in the header, neither has it",
            inside.clone(),
            both(&format!(r#"{{"id":"{ISSUER}"}}"#), &other),
            absent,
        ),
        ("in the header, profile is a page", inside.clone(), both(r#""<html>""#, &other), missing),
        ("at another host, and not fetched", at(elsewhere), Found::default(), absent),
        ("at another host", at(elsewhere), with_key_set("k1"), absent),
        (
            "a fragment that is a key",
            at(&format!("{ISSUER}#{}", key().multikey())),
            Found::default(),
            missing,
        ),
        (
            "a fragment that is a key, all fetched",
            at(&format!("{ISSUER}#{}", key().multikey())),
            both(&format!(r#"{{"id":"{ISSUER}"}}"#), ""),
            absent,
        ),
        ("a did:key of somebody", at(&method), both(&format!(r#"{{"id":"{ISSUER}"}}"#), &other), absent),
        ("another name in the key set", at("k2"), both(&format!(r#"{{"id":"{ISSUER}"}}"#), &named), absent),
        (
            "a profile of another id",
            at("k1"),
            both(r#"{"id":"https://issuer.example/profiles/2"}"#, ""),
            (Outcome::Fail, "did-document-other-id"),
        ),
        (
            "for encryption",
            at("k1"),
            key_set(&named.replacen('{', r#"{"use":"enc","#, 1)),
            (Outcome::Fail, "key-not-for-assertion"),
        ),
    ];
    for (name, header, found, expected) in table {
        let report = report(&token(&header, &open_badges(ISSUER, "")), &found);
        assert_eq!(outcome(&report, "issuer.controls-key"), Some(expected), "{name}");
        let is_good = expected.0 == Outcome::Pass;
        assert_eq!(report.verdict == Verdict::Valid, is_good, "{name}");
        assert_eq!(report.issuer.identity == Identity::Domain, is_good, "{name}");
        assert_eq!(report.needs.is_empty(), expected != missing, "{name}: {:?}", report.needs);
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_domain_is_what_publishing_the_key_proves() {
    let by_set =
        report(&token(r#"{"alg":"EdDSA","kid":"k1"}"#, &open_badges(ISSUER, "")), &with_key_set("k1"));
    assert_eq!(by_set.issuer.domain.as_deref(), Some("issuer.example"));
    assert_eq!(by_set.headline, Headline::Verified);
    let keys =
        format!(r##"{{"id":"{ISSUER}","assertionMethod":[{{"id":"#k1","publicKeyJwk":{}}}]}}"##, key().jwk());
    let found = found(&format!(r#"{{"documents":{{"{ISSUER}":{keys}}}}}"#));
    let by_profile = report(&token(r#"{"alg":"EdDSA","kid":"k1"}"#, &open_badges(ISSUER, "")), &found);
    assert_eq!(by_profile.issuer.domain.as_deref(), Some("issuer.example/profiles/1"));
    let asked = report(&token(r#"{"alg":"EdDSA","kid":"k1"}"#, &open_badges(ISSUER, "")), &Found::default());
    let needs: Vec<_> = asked.needs.iter().map(|need| (need.url.as_str(), need.kind)).collect();
    assert_eq!(needs, [(ISSUER, NeedKind::DidDocument), (KEY_SET, NeedKind::Jwks)]);
    // The address a token names is not asked: whoever writes there need not be the issuer.
    for (kid, count) in
        [("https://issuer.example/keys/9", 2), ("https://evil.example/keys/9", 0), ("urn:key:9", 2)]
    {
        let header = format!(r#"{{"alg":"EdDSA","kid":"{kid}"}}"#);
        let report = report(&token(&header, &open_badges(ISSUER, "")), &Found::default());
        assert_eq!(report.needs.len(), count, "{kid}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn claims_and_members_say_the_same() {
    let (did, method) = key().did_key();
    let jwt = format!(r#"{{"alg":"EdDSA","kid":"{method}"}}"#);
    let jose = format!(r#"{{"alg":"EdDSA","kid":"{method}","typ":"vc+jwt"}}"#);
    let good = open_badges(&did, "");
    let disagrees = Some((Outcome::Fail, "token-claim-disagrees"));
    let sound = Some((Outcome::Pass, "structure-sound"));
    let without = |claim: &str| {
        let start = good.find(claim).expect("the claim is there");
        let end = good[start + 1..].find([',', '}']).map_or(good.len(), |end| start + 1 + end);
        format!("{}{}", &good[..start], &good[end..])
    };
    let table = [
        (&jwt, good.clone(), sound, None),
        (&jwt, good.replace(&format!(r#""iss":"{did}""#), r#""iss":"did:example:x""#), disagrees, None),
        (&jwt, good.replace(r#""sub":"did:example:learner""#, r#""sub":"did:example:x""#), disagrees, None),
        (&jwt, good.replace(r#""jti":"urn:uuid:7d"#, r#""jti":"urn:uuid:8d"#), disagrees, None),
        (&jwt, good.replace("1768467600", "1768467601"), disagrees, None),
        (&jwt, good.replace("1768467600", "1768467600.5"), sound, None),
        (&jwt, open_badges(&did, r#","validUntil":"2030-01-01T00:00:00Z","exp":1893456000"#), sound, None),
        (
            &jwt,
            open_badges(&did, r#","validUntil":"2030-01-01T00:00:00Z","exp":1893456001"#),
            disagrees,
            None,
        ),
        (&jwt, without(&format!(r#","iss":"{did}""#)), disagrees, None),
        (&jwt, without(r#","sub":"#), sound, Some("sub")),
        (&jwt, without(r#","jti":"#), sound, Some("jti")),
        (&jwt, without(r#","nbf":"#), sound, Some("nbf")),
        (&jwt, open_badges(&did, r#","validUntil":"2030-01-01T00:00:00Z""#), sound, Some("exp")),
        (&jose, badge(&did, ""), sound, None),
        (&jose, good.replace(r#""sub":"did:example:learner""#, r#""sub":"did:example:x""#), disagrees, None),
        (&jose, good.replace(&format!(r#""iss":"{did}""#), r#""iss":"did:example:x""#), disagrees, None),
        (&jose, badge(&did, r#","vc":{}"#), Some((Outcome::Fail, "token-credential-in-claim")), None),
        (&jose, badge(&did, r#","exp":"soon""#), Some((Outcome::Fail, "token-claim-malformed")), None),
    ];
    for (header, payload, expected, absent) in table {
        let report = report(&token(header, &payload), &Found::default());
        assert_eq!(outcome(&report, "document.structure"), expected, "{payload}");
        let remark = report.check("token.claims").and_then(|check| check.param("claim"));
        assert_eq!(remark, absent, "{payload}");
        assert_eq!(report.verdict == Verdict::Valid, expected == sound, "{payload}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn both_windows_of_a_token_apply() {
    let (did, method) = key().did_key();
    let jwt = format!(r#"{{"alg":"EdDSA","kid":"{method}"}}"#);
    let jose = format!(r#"{{"alg":"EdDSA","kid":"{method}","typ":"vc+jwt"}}"#);
    let (past, later) = (NOW - 301, NOW + 301);
    let at = |claim: &str, time: i64| open_badges(&did, &format!(r#","{claim}":{time}"#));
    let fine = Headline::GenuineIssuerUnconfirmed;
    let bare = |more: &str| badge(&did, more);
    let table = [
        (&jwt, at("exp", past), Headline::Expired),
        (&jwt, at("exp", NOW - 300), fine),
        (&jwt, at("iat", later), Headline::DoNotRely),
        (&jwt, at("iat", NOW + 300), fine),
        (&jose, bare(&format!(r#","exp":{past}"#)), Headline::Expired),
        (&jose, bare(&format!(r#","exp":{}"#, NOW - 300)), fine),
        (&jose, bare(&format!(r#","nbf":{later}"#)), Headline::NotYetValid),
        (&jose, bare(&format!(r#","iat":{later}"#)), Headline::DoNotRely),
        (&jose, bare(r#","iat":"2026-01-15T09:00:00Z""#), fine),
        (&jose, bare(r#","exp":1893456000,"validUntil":"2026-02-01T00:00:00Z""#), Headline::Expired),
    ];
    for (header, payload, expected) in table {
        assert_eq!(report(&token(header, &payload), &Found::default()).headline, expected, "{payload}");
    }
    // Before the signature is known to be the issuer's, its window says nothing.
    let mut forged = token(&jose, &bare(&format!(r#","exp":{past}"#)));
    let last = forged.len() - 4;
    forged[last] = if forged[last] == b'A' { b'B' } else { b'A' };
    assert_eq!(report(&forged, &Found::default()).headline, Headline::DoNotRely);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_header_chooses_from_a_list() {
    let (did, method) = key().did_key();
    let forbidden = (Outcome::Fail, "algorithm-forbidden");
    let unsupported = (Outcome::Unknown, "suite-unsupported");
    let other = (Outcome::Fail, "algorithm-not-of-key");
    let critical = (Outcome::Fail, "token-header-critical");
    let table = [
        (r#""alg":"EdDSA""#, (Outcome::Pass, "signature-holds")),
        (r#""alg":"Ed25519""#, (Outcome::Pass, "signature-holds")),
        (r#""alg":"none""#, forbidden),
        (r#""alg":"NONE""#, forbidden),
        (r#""alg":"HS256""#, forbidden),
        (r#""alg":"ES256""#, other),
        (r#""alg":"ES384""#, other),
        (r#""alg":"RS256""#, other),
        (r#""alg":"ES512""#, other),
        (r#""alg":"PS256""#, other),
        (r#""alg":"eddsa""#, unsupported),
        (r#""alg":"XY99""#, unsupported),
        (r#""alg":"EdDSA","crit":["exp"],"exp":1"#, critical),
        (r#""alg":"EdDSA","crit":[]"#, critical),
        (r#""alg":"EdDSA","b64":false"#, critical),
    ];
    for (members, expected) in table {
        let header = format!(r#"{{"kid":"{method}",{members}}}"#);
        let report = report(&token(&header, &open_badges(&did, "")), &Found::default());
        assert_eq!(outcome(&report, "proof.any-good"), Some(expected), "{members}");
        assert_eq!(report.verdict == Verdict::Valid, expected.0 == Outcome::Pass, "{members}");
    }
    // Signed by nobody, whatever the header calls it.
    for algorithm in ["none", "EdDSA"] {
        let part = |text: &str| base64url::encode(text.as_bytes());
        let header = format!(r#"{{"alg":"{algorithm}","kid":"{method}"}}"#);
        let unsigned = format!("{}.{}.", part(&header), part(&open_badges(&did, "")));
        assert_eq!(
            report(unsigned.as_bytes(), &Found::default()).headline,
            Headline::DoNotRely,
            "{algorithm}"
        );
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_caller_vouches_and_trusts() {
    let header = r#"{"alg":"EdDSA","kid":"some-name"}"#;
    let vouched = |texts: &[String]| Policy {
        keys: texts
            .iter()
            .filter_map(|text| support::json(text.as_bytes()).as_ref().and_then(vouched_key))
            .map(|key| (ISSUER.to_owned(), key))
            .collect(),
        ..policy()
    };
    let (own, other) = (key().jwk(), Issuer::of("somebody else").jwk());
    let table = [
        (vec![own.clone()], (Outcome::Pass, "key-vouched-for-by-caller")),
        (vec![other.clone()], (Outcome::Pass, "key-vouched-for-by-caller")),
        (vec![own.clone(), other], (Outcome::Unknown, "key-not-named")),
    ];
    for (keys, expected) in table {
        let report = verify(&token(header, &open_badges(ISSUER, "")), "", &Found::default(), &vouched(&keys));
        assert_eq!(outcome(&report, "issuer.controls-key"), Some(expected));
        // The key of somebody else is vouched for, and did not sign this.
        assert_eq!(report.verdict == Verdict::Valid, keys == [own.clone()]);
    }
    let list = |text: &str| trust_lists(&support::json(text.as_bytes()).expect("JSON")).expect("a list");
    let listed = Policy {
        trust: list(&format!(r#"{{"name":"Board","issuers":[{{"id":"{ISSUER}","name":"College"}}]}}"#)),
        ..vouched(std::slice::from_ref(&own))
    };
    let good = verify(&token(header, &open_badges(ISSUER, "")), "", &Found::default(), &listed);
    assert_eq!((good.headline, good.issuer.identity), (Headline::Verified, Identity::Listed));
    assert_eq!(good.issuer.listed_as.as_deref(), Some("College"));
    let elsewhere = Policy { trust: list(r#"{"issuers":[{"id":"did:example:x"}]}"#), ..vouched(&[own]) };
    let unlisted = verify(&token(header, &open_badges(ISSUER, "")), "", &Found::default(), &elsewhere);
    assert_eq!(
        (unlisted.headline, unlisted.issuer.identity),
        (Headline::GenuineIssuerUnconfirmed, Identity::None)
    );
    // A name on the list helps nobody whose signature is not there.
    let claimed = verify(
        &token(header, &open_badges(ISSUER, "")),
        "",
        &Found::default(),
        &Policy { keys: Vec::new(), ..listed },
    );
    assert_eq!((claimed.issuer.identity, claimed.issuer.listed_as), (Identity::None, None));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn audience_and_nonce_answer_the_caller() {
    let (did, method) = key().did_key();
    let asks = Policy { domain: Some("b.example".into()), challenge: Some("c1".into()), ..policy() };
    let header = format!(r#"{{"alg":"EdDSA","kid":"{method}"}}"#);
    let table = [
        (r#","aud":["a.example","b.example"],"nonce":"c1""#, Verdict::Valid),
        (r#","aud":"b.example","nonce":"c1""#, Verdict::Valid),
        (r#","aud":"a.example","nonce":"c1""#, Verdict::Invalid),
        (r#","aud":"b.example","nonce":"c2""#, Verdict::Invalid),
        (r#","aud":"b.example""#, Verdict::Invalid),
        ("", Verdict::Invalid),
    ];
    for (claims, expected) in table {
        let token = token(&header, &open_badges(&did, claims));
        assert_eq!(verify(&token, "", &Found::default(), &asks).verdict, expected, "{claims}");
        assert_eq!(report(&token, &Found::default()).verdict, Verdict::Valid, "{claims}");
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn order_is_signed_with_the_text() {
    let (did, method) = key().did_key();
    let result = r#""resultDescription":[{"id":"urn:uuid:r","type":["ResultDescription"],"name":"Level","resultType":"RubricCriterionLevel",
        "rubricCriterionLevel":[{"id":"urn:uuid:a","type":["RubricCriterionLevel"],"name":"Novice"},{"id":"urn:uuid:b","type":["RubricCriterionLevel"],"name":"Master"}]}],"#;
    let payload =
        open_badges(&did, "").replace(r#""name":"Welding","#, &format!(r#"{result}"name":"Welding","#));
    let report =
        report(&token(&format!(r#"{{"alg":"EdDSA","kid":"{method}"}}"#), &payload), &Found::default());
    let facts = report.credential.expect("facts");
    let levels: Vec<_> = facts.subjects[0].achievements[0].result_descriptions[0].levels.iter().collect();
    assert_eq!(
        levels.iter().filter_map(|level| level.name.as_deref()).collect::<Vec<_>>(),
        ["Novice", "Master"]
    );
    assert!(facts.subjects[0].achievements[0].result_descriptions[0].levels_ordered);
}
