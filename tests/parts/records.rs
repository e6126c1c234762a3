//! A record and its members: each has a verdict of its own.

use verify_credential::canon::jcs;
use verify_credential::codec::json::Value;
use verify_credential::need::Found;
use verify_credential::report::{Headline, Outcome, Report, Role, Verdict};
use verify_credential::verify;

use crate::endorsements::{endorsed, endorsement};
use crate::own::edit::{string, value};
use crate::own::signer::Issuer;
use crate::own::{self, policy};
use crate::presentations::{present, verified};
use crate::scene::{
    V2, badge, badge_of, badge_with, college, outcome, parts, presentation, record, report, school, signed,
    token,
};
use crate::support;

pub fn failures(report: &Report) -> Vec<(&str, &str)> {
    let failed = report.checks.iter().filter(|check| check.outcome == Outcome::Fail);
    failed.map(|check| (check.id, check.reason)).collect()
}

pub fn edited(document: &Value, from: &str, to: &str) -> Value {
    let text = jcs::canonicalize(document);
    assert!(text.contains(from), "{from}");
    value(&text.replace(from, to))
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_record_and_its_members_each_stand_for_themselves() {
    let (school, college) = (school(), college());
    let members = [badge(&school, "welding"), badge(&school, "milling")];
    let report = report(&signed(&college, &record(&college, &members)));
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", failures(&report));
    assert_eq!(report.format, Some("clr-2"));
    assert_eq!(outcome(&report, "members.verified"), Some((Outcome::Pass, "members-all-good")));
    let members = parts(&report, Role::Member);
    assert_eq!(members.len(), 2);
    for (index, member) in members.into_iter().enumerate() {
        assert_eq!(member.verdict, Verdict::Valid, "{:?}", failures(member));
        assert_eq!(member.at, format!("/credentialSubject/verifiableCredential/{index}"));
        assert_eq!(member.issuer.id, Some(school.did_key().0));
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn neither_borrows_a_verdict_nor_lends_one() {
    let (school, college) = (school(), college());
    let good = badge(&school, "welding");
    let forged = edited(&good, "2026-01-15T09:00:00Z", "2026-01-16T09:00:00Z");
    // The college signs a record of a badge that somebody altered: it did issue the record.
    let whole = report(&signed(&college, &record(&college, &[good.clone(), forged])));
    assert_eq!(whole.verdict, Verdict::Valid, "{:?}", failures(&whole));
    assert_eq!(outcome(&whole, "members.verified"), Some((Outcome::Fail, "members-some-bad")));
    let verdicts: Vec<Verdict> = parts(&whole, Role::Member).iter().map(|part| part.verdict).collect();
    assert_eq!(verdicts, [Verdict::Valid, Verdict::Invalid]);
    // A member stays good in a record that somebody altered, or nobody signed.
    let altered =
        edited(&signed(&college, &record(&college, std::slice::from_ref(&good))), "Transcript", "Diploma");
    for (document, reason) in
        [(altered, "signature-does-not-match"), (record(&college, std::slice::from_ref(&good)), "not-signed")]
    {
        let whole = report(&document);
        assert_eq!(whole.headline, Headline::DoNotRely);
        assert_eq!(outcome(&whole, "proof.any-good"), Some((Outcome::Fail, reason)));
        assert_eq!(parts(&whole, Role::Member).first().map(|part| part.verdict), Some(Verdict::Valid));
    }
    // A member exchanged for another good one: the record is no longer what was signed.
    let document = signed(&college, &record(&college, std::slice::from_ref(&good)));
    let mut document = own::edit::Doc(document);
    document.put("/credentialSubject/verifiableCredential/0", badge(&school, "milling"));
    let whole = report(&document.0);
    assert_eq!(whole.headline, Headline::DoNotRely);
    assert_eq!(outcome(&whole, "members.verified"), Some((Outcome::Pass, "members-all-good")));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn parts_may_be_tokens() {
    let union = Issuer::of("union");
    let plain = jcs::canonicalize(&value(&jcs::canonicalize(&endorsement(&union, "urn:uuid:badge-welding"))));
    let plain = value(&plain);
    let plain = jcs::canonicalize(&Value::Object(plain.as_object().expect("an object").without("proof")));
    let jwt = token(&union, "vc+jwt", &plain);
    let whole = report(&endorsed("/endorsementJwt", Value::Array(vec![string(&jwt)])));
    assert_eq!(whole.verdict, Verdict::Valid, "{:?}", failures(&whole));
    assert_eq!(outcome(&whole, "endorsement.verified"), Some((Outcome::Pass, "endorsements-all-good")));
    // In a record a token stands as text, or in an envelope.
    let school = school();
    let jwt = token(&school, "vc+jwt", &jcs::canonicalize(&badge_with(&school, "welding", "")));
    let envelope = value(&format!(
        r#"{{"@context":"{V2}","type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,{jwt}"}}"#
    ));
    let college = college();
    let payload = jcs::canonicalize(&record(&college, &[string(&jwt), envelope.clone()]));
    for text in [
        token(&college, "vc+jwt", &payload),
        jcs::canonicalize(&signed(&college, &record(&college, &[string(&jwt), envelope]))),
    ] {
        let whole = verify(text.as_bytes(), "own", &Found::default(), &policy());
        assert_eq!(whole.verdict, Verdict::Valid, "{:?}", failures(&whole));
        assert_eq!(outcome(&whole, "members.verified"), Some((Outcome::Pass, "members-all-good")));
        assert_eq!(parts(&whole, Role::Member).len(), 2);
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_record_of_many_members_is_verified_whole() {
    let (school, college) = (school(), college());
    for count in [50, 500] {
        let members: Vec<Value> =
            (0..count).map(|number| badge(&school, &format!("skill-{number}"))).collect();
        let text = jcs::canonicalize(&signed(&college, &record(&college, &members)));
        #[cfg(not(target_arch = "wasm32"))]
        let start = std::time::Instant::now();
        let whole = verify(text.as_bytes(), "own", &Found::default(), &policy());
        #[cfg(not(target_arch = "wasm32"))]
        eprintln!("{count} members, {} bytes: {:?}", text.len(), start.elapsed());
        assert_eq!(whole.verdict, Verdict::Valid, "{:?}", failures(&whole));
        assert_eq!(outcome(&whole, "members.verified"), Some((Outcome::Pass, "members-all-good")));
        assert_eq!(whole.parts.len(), count);
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn more_members_than_are_looked_at_are_no_pass() {
    let member = r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"did:x:y","credentialSubject":{"id":"did:x:z"}}"#;
    let members: Vec<Value> = (0..10_000).map(|_| value(member)).collect();
    let whole = report(&record(&college(), &members));
    assert_ne!(whole.verdict, Verdict::Valid);
    let check = whole.check("members.verified").expect("it was made");
    assert_eq!((check.outcome, check.param("count")), (Outcome::Fail, Some("10000")));
    assert_eq!(whole.parts.len(), 1_024);
    assert_eq!(check.param("open"), Some("8976"));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn records_in_records_go_down_to_a_stated_depth() {
    let college = college();
    let mut inner = badge(&school(), "welding");
    let mut depths = Vec::new();
    for level in 0..8 {
        let document = jcs::canonicalize(&record(&college, &[inner]));
        inner = signed(
            &college,
            &value(&document.replace("urn:uuid:record", &format!("urn:uuid:record-{level}"))),
        );
        let whole = report(&inner);
        assert_eq!(whole.verdict, Verdict::Valid, "{level}: {:?}", failures(&whole));
        let (mut at, mut depth) = (&whole, 0);
        while let Some(part) = at.parts.first() {
            (at, depth) = (part, depth + 1);
        }
        let deepest = outcome(at, "members.verified");
        assert_eq!(deepest, if level < 5 { None } else { Some((Outcome::Unknown, "members-some-open")) });
        depths.push(depth);
    }
    assert_eq!(depths, [1, 2, 3, 4, 5, 5, 5, 5]);
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_record_says_what_it_says_and_not_what_its_members_say() {
    let college = college();
    let more = r#""achievement":[{"id":"urn:uuid:degree","type":["Achievement"],"name":"Degree","description":"…","criteria":{"narrative":"…"}}],
        "association":[{"type":"Association","associationType":"isParentOf","sourceId":"urn:uuid:degree","targetId":"urn:uuid:welding"}],
        "verifiableCredential""#;
    let document = jcs::canonicalize(&record(&college, &[badge(&school(), "welding")]));
    let document = document.replace(r#""verifiableCredential""#, more);
    let document =
        value(&document.replace(r#""name":"Transcript""#, r#""name":"Transcript","partial":true"#));
    for text in [
        jcs::canonicalize(&signed(&college, &document)),
        token(&college, "vc+jwt", &jcs::canonicalize(&document)),
    ] {
        let whole = verified(&text, &policy());
        assert_eq!(whole.verdict, Verdict::Valid, "{:?}", failures(&whole));
        let facts = whole.credential.as_ref().expect("facts");
        let [subject] = facts.subjects.as_slice() else { panic!("one subject") };
        let names: Vec<_> = subject.achievements.iter().filter_map(|it| it.name.as_deref()).collect();
        assert_eq!(names, ["Degree"]);
        assert_eq!((facts.members, facts.partial), (1, Some(true)));
        let [association] = facts.associations.as_slice() else { panic!("one association") };
        assert_eq!(association.kind.as_deref(), Some("isParentOf"));
        assert_eq!(association.target.as_deref(), Some("urn:uuid:welding"));
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn an_embedded_credential_cannot_be_made_the_document() {
    // The school signs a badge that carries an endorsement; somebody turns it inside out.
    let union = school();
    let inner = endorsement(&union, "urn:uuid:badge-welding");
    let whole = endorsed("/endorsement", Value::Array(vec![inner.clone()]));
    assert_eq!(report(&whole).verdict, Verdict::Valid);
    let mut badge = whole.as_object().expect("an object").clone();
    let proof = badge.get("proof").cloned().expect("it is signed");
    badge = badge.without("proof").without("@context");
    let body = |with_proof: bool| {
        let mut body = value(r#"{"id":"urn:uuid:endorsement"}"#).as_object().expect("an object").clone();
        if with_proof {
            body.insert("proof".into(), inner.get("proof").cloned().expect("it is signed"));
        }
        Value::Object(body)
    };
    for with_proof in [true, false] {
        let mut badge = badge.clone();
        badge.insert("endorsement".into(), Value::Array(vec![body(with_proof)]));
        let mut turned = own::edit::Doc(inner.clone());
        turned.put("/credentialSubject", Value::Object(badge));
        turned.put("/proof", proof.clone());
        let report = report(&turned.0);
        assert_ne!(report.verdict, Verdict::Valid, "{with_proof}");
        assert!(report.credential.is_none() || report.headline == Headline::DoNotRely, "{with_proof}");
        if with_proof {
            assert_eq!(outcome(&report, "document.one-root"), Some((Outcome::Fail, "root-not-signed")));
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn without_the_part_that_looks_inside_nothing_is_said_of_it() {
    let alice = Issuer::of("alice");
    let mut found = Found::default();
    found.engines = verify_credential::crypto::Engines::NONE;
    let judge = |document: &Value| verify(jcs::canonicalize(document).as_bytes(), "own", &found, &policy());
    let college = college();
    let whole = judge(&signed(&college, &record(&college, &[badge(&school(), "welding")])));
    assert_eq!(whole.verdict, Verdict::Valid);
    assert_eq!(outcome(&whole, "members.verified"), Some((Outcome::Unknown, "part-not-loaded")));
    let whole = judge(&endorsed("/endorsement", endorsement(&college, "urn:uuid:badge-welding")));
    assert_eq!(outcome(&whole, "endorsement.verified"), Some((Outcome::Unknown, "part-not-loaded")));
    let whole = judge(&presentation("did:example:x", &[badge_of(&alice)]));
    assert_eq!(whole.headline, Headline::NotFullyChecked);
    assert_eq!(outcome(&whole, "proof.any-good"), Some((Outcome::Unknown, "part-not-loaded")));
    assert!(whole.parts.is_empty());
    let plain = judge(&badge(&school(), "welding"));
    assert!(plain.checks.iter().all(|check| check.reason != "part-not-loaded"));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_card_tells_each_part_by_itself() {
    use verify_credential::render::card::{Look, draw};
    use verify_credential::render::html::to_html;
    use verify_credential::render::messages::Messages;
    use verify_credential::view::{Wishes, card};

    let drawn = |report: &Report, wishes: Wishes| {
        to_html(&draw(&card(report, wishes), &Messages::default(), &Look::default()))
    };
    let (school, college) = (school(), college());
    let forged = edited(&badge(&school, "milling"), r#""name":"milling""#, r#""name":"Surgery""#);
    let whole = report(&signed(&college, &record(&college, &[badge(&school, "welding"), forged])));
    let html = drawn(&whole, Wishes::default());
    assert!(html.contains("welding") && html.contains(r#"data-headline="do-not-rely""#), "{html}");
    assert!(!html.contains("Surgery"), "nobody vouches for it");
    let detail = card(&whole, Wishes::default()).verdict.detail;
    assert!(detail.iter().any(|message| message.id == "detail.members-bad"));
    assert!(drawn(&whole, Wishes { revealed: true, ..Wishes::default() }).contains("Surgery"));
    // A presentation shows what it presents; stolen, only on request.
    let alice = Issuer::of("alice");
    let html = drawn(&report(&presentation("did:example:x", &[badge_of(&alice)])), Wishes::default());
    assert!(html.contains("welding") && html.contains("does not show who presents it"));
    let mallory = Issuer::of("mallory");
    let stolen = present(&mallory, &presentation(&mallory.did_key().0, &[badge_of(&alice)]));
    let html = drawn(&report(&stolen), Wishes::default());
    assert!(html.contains("presented by somebody else"), "{html}");
    let claims = html.split("part=\"checks\"").next().expect("a card");
    assert!(!claims.contains("Nobody vouches"));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_list_is_read_for_every_member_that_names_it() {
    const OWN: &str = "tests/vectors/own";
    let found = own::network_of(&format!("{OWN}/offline-map.json"), OWN);
    let member = |name: &str| support::read_json(&format!("{OWN}/{name}.json"));
    let college = college();
    let members = [member("in-force"), member("revoked"), member("in-force"), member("suspended")];
    let document = jcs::canonicalize(&record(&college, &members));
    let whole = verify(token(&college, "vc+jwt", &document).as_bytes(), "own", &found, &policy());
    assert_eq!(whole.verdict, Verdict::Valid, "{:?}", failures(&whole));
    let members = parts(&whole, Role::Member);
    let headlines: Vec<Headline> = members.iter().map(|part| part.headline).collect();
    assert_eq!(headlines, [Headline::Verified, Headline::Revoked, Headline::Verified, Headline::Suspended]);
    // Each list is a part once, of the first that names it.
    let lists: Vec<usize> = members.iter().map(|part| parts(part, Role::StatusList).len()).collect();
    assert_eq!(lists.iter().sum::<usize>(), 2, "{lists:?}");
    // What is missing is asked for by the whole.
    let whole = verify(token(&college, "vc+jwt", &document).as_bytes(), "own", &Found::default(), &policy());
    assert_eq!(whole.needs.len(), 1, "{:?}", whole.needs);
    assert_eq!(outcome(&whole, "members.verified"), Some((Outcome::Unknown, "members-some-open")));
}
