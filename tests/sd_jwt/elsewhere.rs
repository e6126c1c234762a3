//! What stands elsewhere: keys at an address, names of types.

use verify_credential::codec::base64url;
use verify_credential::need::Found;
use verify_credential::report::{Outcome, Report, Verdict};
use verify_credential::{snapshot, verify};

use crate::own::{self, policy};
use crate::scene::{Draft, answer, facts, holder, issuer, sound};

const AT_HOST: &str = "https://issuer.example/tenants/1";

const METADATA: &str = "https://issuer.example/.well-known/jwt-vc-issuer/tenants/1";

const TYPE: &str = "https://types.example/degree";

/// The sound credential, by an issuer with an address.
fn at_host() -> Draft {
    let mut draft = sound();
    draft.payload = draft.payload.replace(&issuer().did_key().0, AT_HOST);
    draft.header = r#"{"alg":"EdDSA","typ":"dc+sd-jwt","kid":"k-1"}"#.to_owned();
    draft
}

fn with_documents(draft: &Draft, documents: &[(&str, String)]) -> Report {
    let members: Vec<String> = documents.iter().map(|(url, text)| format!(r#""{url}":{text}"#)).collect();
    let map = format!(r#"{{"documents":{{{}}}}}"#, members.join(","));
    let mut found = Found::default();
    assert_eq!(snapshot::add(map.as_bytes(), &mut found, &|_| None), Ok(()));
    verify(draft.text().as_bytes(), "own", &found, &policy())
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn an_issuer_with_an_address_publishes_its_keys() {
    let asked: Vec<(String, &str)> =
        at_host().report().needs.iter().map(|need| (need.url.clone(), need.kind.id())).collect();
    assert!(asked.contains(&(METADATA.to_owned(), "issuer-metadata")), "{asked:?}");
    let jwk = own::token::jwk_with(&issuer(), r#""kid":"k-1","#);
    let keys = format!(r#"{{"keys":[{jwk}]}}"#);
    let answer_of = |metadata: String, more: &[(&str, String)]| {
        let failed = ["https://issuer.example/tenants/1", "https://issuer.example/.well-known/jwks.json"];
        let mut documents: Vec<(&str, String)> = vec![(METADATA, metadata)];
        documents.extend(failed.map(|url| (url, "[]".to_owned())));
        documents.extend(more.iter().cloned());
        let report = with_documents(&at_host(), &documents);
        let (outcome, reason) = answer(&report, "issuer.controls-key").expect("the check");
        (outcome, reason, report.issuer.domain.clone())
    };
    let domain = Some("issuer.example/tenants/1".to_owned());
    let held = (Outcome::Pass, "key-published-by-issuer", domain);
    assert_eq!(answer_of(format!(r#"{{"issuer":"{AT_HOST}","jwks":{keys}}}"#), &[]), held);
    let elsewhere = "https://keys.example/1";
    let by_address = format!(r#"{{"issuer":"{AT_HOST}","jwks_uri":"{elsewhere}"}}"#);
    assert_eq!(answer_of(by_address.clone(), &[(elsewhere, keys.clone())]), held);
    assert_eq!(answer_of(by_address, &[]).1, "issuer-document-not-fetched");
    for (metadata, outcome) in [
        (format!(r#"{{"issuer":"https://issuer.example","jwks":{keys}}}"#), Outcome::Fail),
        (format!(r#"{{"jwks":{keys}}}"#), Outcome::Unknown),
        (format!(r#"{{"issuer":"{AT_HOST}","jwks":{keys},"jwks_uri":"{elsewhere}"}}"#), Outcome::Unknown),
        (format!(r#"{{"issuer":"{AT_HOST}","jwks_uri":"http://keys.example"}}"#), Outcome::Unknown),
        (format!(r#"{{"issuer":"{AT_HOST}"}}"#), Outcome::Unknown),
        (format!(r#"{{"issuer":"{AT_HOST}","jwks":{{"keys":[{}]}}}}"#, holder().jwk()), Outcome::Fail),
        ("[]".to_owned(), Outcome::Unknown),
    ] {
        assert_eq!(answer_of(metadata.clone(), &[]).0, outcome, "{metadata}");
    }
    // A token that is no SD-JWT VC asks for no metadata.
    let mut statement = at_host();
    statement.header = statement.header.replace("dc+sd-jwt", "x+sd-jwt");
    assert!(statement.report().needs.iter().all(|need| need.url != METADATA));
}

fn sri(text: &str) -> String {
    let digest = verify_credential::crypto::sha256(text.as_bytes());
    format!("sha256-{}=", base64url::encode(&digest).replace('-', "+").replace('_', "/"))
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_author_of_a_type_names_its_claims() {
    let base = "https://types.example/base";
    let parent = format!(
        r#"{{"claims":[{{"display":[{{"label":"Stufe","lang":"de"}},{{"label":"Level","lang":"en-GB"}}],"path":["degree","level"]}}],"name":"Any","vct":"{base}"}}"#
    );
    let child = format!(
        r#"{{"claims":[{{"display":[{{"label":"Trade","locale":"en"}}],"path":["degree",null,"title"]}}],"display":[{{"locale":"en-US","name":"Degree"}}],"extends":"{base}","vct":"{TYPE}"}}"#
    );
    let documents = |child: &str| vec![(TYPE, child.to_owned()), (base, parent.clone())];
    let report = with_documents(&sound(), &documents(&child));
    assert_eq!(answer(&report, "type.metadata"), Some((Outcome::Pass, "type-metadata-read")));
    let labels: Vec<_> = facts(&report).properties.iter().map(|it| it.label.as_deref()).collect();
    assert_eq!(labels, [None, Some("Trade"), Some("Level")]);
    assert_eq!(facts(&report).type_name.as_deref(), Some("Degree"));
    assert_eq!(facts(&report).name, None);
    // One step at a time, and only what is signed is asked about.
    let needs = |report: &Report| -> Vec<String> { report.needs.iter().map(|it| it.url.clone()).collect() };
    assert_eq!(needs(&sound().report()), [TYPE]);
    assert_eq!(needs(&with_documents(&sound(), &[(TYPE, child.clone())])), [base]);
    let mut forged = sound();
    forged.header = forged.header.replace("EdDSA", "ES256");
    assert!(needs(&forged.report()).is_empty());
    // Never a reason not to believe the credential.
    let ring = format!(r#"{{"extends":"{TYPE}","vct":"{TYPE}"}}"#);
    for (child, reason) in [
        (child.replace(TYPE, "https://types.example/other"), "type-metadata-of-other"),
        (r#"{"name":"x"}"#.to_owned(), "type-metadata-malformed"),
        (ring, "limit-reached"),
    ] {
        let report = with_documents(&sound(), &documents(&child));
        assert_eq!(report.verdict, Verdict::Valid, "{reason}");
        assert_eq!(answer(&report, "type.metadata").map(|it| it.1), Some(reason));
        assert_eq!(facts(&report).type_name, None);
    }
    let with_digest = |digest: &str| {
        let mut draft = sound();
        draft.payload.push_str(&format!(r#","vct#integrity":"{digest}""#));
        let report = with_documents(&draft, &documents(&child));
        assert_eq!(report.verdict, Verdict::Valid, "{digest}");
        (answer(&report, "type.metadata").map(|it| it.1), facts(&report).type_name.is_some())
    };
    assert_eq!(with_digest(&sri(&child)), (Some("type-metadata-read"), true));
    assert_eq!(
        with_digest(&format!("{} {}?x", sri("other"), sri(&child))),
        (Some("type-metadata-read"), true)
    );
    assert_eq!(with_digest(&sri("other")), (Some("type-metadata-altered"), false));
    assert_eq!(with_digest("sha512-AA=="), (Some("type-metadata-altered"), false));
    assert_eq!(with_digest("md5-AA=="), (Some("type-metadata-digest-unsupported"), false));
}
