//! Records with members, endorsements and presentations, as a forger sees them.
//!
//! Everything is signed here by test issuers of our own, natively and as wasm under Node. What is said of
//! the whole must never come from a part, nor the other way round.

mod own;
mod support;

use own::edit::{string, value};
use own::policy;
use own::signer::{Issuer, Suite};
use verify_credential::canon::jcs;
use verify_credential::codec::json::Value;
use verify_credential::need::Found;
use verify_credential::report::{Headline, Outcome, Report, Role, Verdict};
use verify_credential::verify;

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const RECORDS: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";
const LEARNER: &str = "did:example:learner";

fn school() -> Issuer {
    Issuer::of("school")
}

fn college() -> Issuer {
    Issuer::of("college")
}

fn signed(issuer: &Issuer, document: &Value) -> Value {
    issuer.sign(document, Suite::Rdfc, &issuer.did_key().1, &[])
}

/// A badge for `name`; `more` are further members, with a comma in front.
fn badge_with(issuer: &Issuer, name: &str, more: &str) -> Value {
    let did = issuer.did_key().0;
    value(&format!(
        r#"{{"@context":["{V2}","{BADGES}"],"id":"urn:uuid:badge-{name}","type":["VerifiableCredential","OpenBadgeCredential"],
        "issuer":{{"id":"{did}","type":["Profile"],"name":"School"}},"validFrom":"2026-01-15T09:00:00Z",
        "credentialSubject":{{"id":"{LEARNER}","type":["AchievementSubject"],"achievement":{{"id":"urn:uuid:{name}",
        "type":["Achievement"],"name":"{name}","description":"…","criteria":{{"narrative":"…"}}}}}}{more}}}"#
    ))
}

fn badge(issuer: &Issuer, name: &str) -> Value {
    signed(issuer, &badge_with(issuer, name, ""))
}

/// A record of `members`, unsigned.
fn record(issuer: &Issuer, members: &[Value]) -> Value {
    let did = issuer.did_key().0;
    let members = jcs::canonicalize(&Value::Array(members.to_vec()));
    value(&format!(
        r#"{{"@context":["{V2}","{RECORDS}","{BADGES}"],"id":"urn:uuid:record","type":["VerifiableCredential","ClrCredential"],
        "issuer":{{"id":"{did}","type":["Profile"],"name":"College"}},"validFrom":"2026-01-15T09:00:00Z","name":"Transcript",
        "credentialSubject":{{"id":"{LEARNER}","type":["ClrSubject"],"verifiableCredential":{members}}}}}"#
    ))
}

fn report(document: &Value) -> Report {
    verify(jcs::canonicalize(document).as_bytes(), "own", &Found::default(), &policy())
}

fn parts(report: &Report, role: Role) -> Vec<&Report> {
    report.parts.iter().filter(|part| part.role == Some(role)).collect()
}

fn outcome(report: &Report, id: &str) -> Option<(Outcome, &'static str)> {
    report.check(id).map(|check| (check.outcome, check.reason))
}

fn failures(report: &Report) -> Vec<(&str, &str)> {
    let failed = report.checks.iter().filter(|check| check.outcome == Outcome::Fail);
    failed.map(|check| (check.id, check.reason)).collect()
}

fn edited(document: &Value, from: &str, to: &str) -> Value {
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

/// An endorsement of `about`, by `issuer`.
fn endorsement(issuer: &Issuer, about: &str) -> Value {
    let did = issuer.did_key().0;
    let document = value(&format!(
        r#"{{"@context":["{V2}","{BADGES}"],"id":"urn:uuid:endorsement","type":["VerifiableCredential","EndorsementCredential"],
        "issuer":{{"id":"{did}","type":["Profile"],"name":"Union"}},"validFrom":"2026-02-01T09:00:00Z","name":"Endorsement",
        "credentialSubject":{{"id":"{about}","type":["EndorsementSubject"],"endorsementComment":"Well taught."}}}}"#
    ));
    signed(issuer, &document)
}

/// The badge of welding with `endorsement` at `place`, signed with it.
fn endorsed(place: &str, endorsement: Value) -> Value {
    let mut badge = own::edit::Doc(badge_with(&school(), "welding", ""));
    badge.put(place, endorsement);
    signed(&school(), &badge.0)
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn endorsements_are_verified_and_bound_to_what_they_stand_on() {
    let union = Issuer::of("union");
    let did = school().did_key().0;
    let on_achievement = "/credentialSubject/achievement/endorsement";
    let array = |value: Value| Value::Array(vec![value]);
    let places = [
        ("/endorsement", "urn:uuid:badge-welding", "/endorsement/0"),
        ("/issuer/endorsement", did.as_str(), "/issuer/endorsement/0"),
        (on_achievement, "urn:uuid:welding", "/credentialSubject/achievement/endorsement/0"),
    ];
    for (place, about, at) in places {
        let whole = report(&endorsed(place, array(endorsement(&union, about))));
        assert_eq!(whole.verdict, Verdict::Valid, "{place}: {:?}", failures(&whole));
        assert_eq!(outcome(&whole, "endorsement.verified"), Some((Outcome::Pass, "endorsements-all-good")));
        let [part] = parts(&whole, Role::Endorsement)[..] else { panic!("one part") };
        assert_eq!((part.verdict, part.at.as_str(), part.format), (Verdict::Valid, at, Some("endorsement")));
        let facts = part.credential.as_ref().and_then(|facts| facts.subjects.first());
        assert_eq!(facts.and_then(|it| it.endorsement_comment.as_deref()), Some("Well taught."));
        // Genuine, but of another badge; or of somebody else altogether.
        for other in ["urn:uuid:badge-milling", "did:example:somebody"] {
            let whole = report(&endorsed(place, array(endorsement(&union, other))));
            assert_eq!(whole.verdict, Verdict::Valid, "{place}: {:?}", failures(&whole));
            assert_eq!(
                outcome(&whole, "endorsement.verified"),
                Some((Outcome::Fail, "endorsements-some-bad"))
            );
            let [part] = parts(&whole, Role::Endorsement)[..] else { panic!("one part") };
            assert_eq!(part.headline, Headline::DoNotRely);
            let about = Some((Outcome::Fail, "endorsement-about-something-else"));
            assert_eq!(outcome(part, "endorsement.about"), about);
        }
        // Altered after signing, and then signed over by the school.
        let altered = edited(&endorsement(&union, about), "Well taught.", "Best of all.");
        let whole = report(&endorsed(place, array(altered)));
        assert_eq!(whole.verdict, Verdict::Valid, "{place}: {:?}", failures(&whole));
        assert_eq!(parts(&whole, Role::Endorsement).first().map(|part| part.verdict), Some(Verdict::Invalid));
    }
    // Hung on afterwards, it was not signed by the school.
    let mut badge = own::edit::Doc(badge(&school(), "welding"));
    badge.put("/endorsement", array(endorsement(&union, "urn:uuid:badge-welding")));
    let whole = report(&badge.0);
    assert_eq!(whole.headline, Headline::DoNotRely);
    assert_eq!(outcome(&whole, "proof.any-good"), Some((Outcome::Fail, "signature-does-not-match")));
}

fn token(issuer: &Issuer, media_type: &str, payload: &str) -> String {
    let header =
        format!(r#"{{"alg":"{}","typ":"{media_type}","kid":"{}"}}"#, issuer.alg(), issuer.did_key().1);
    own::token::token(&header, payload, issuer)
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

/// A presentation of `credentials` by `holder`, unsigned.
fn presentation(holder: &str, credentials: &[Value]) -> Value {
    let credentials = jcs::canonicalize(&Value::Array(credentials.to_vec()));
    value(&format!(
        r#"{{"@context":["{V2}"],"type":["VerifiablePresentation"],"holder":"{holder}","verifiableCredential":{credentials}}}"#
    ))
}

const ASKED: [(&str, &str); 2] = [("domain", "hirer.example"), ("challenge", "n-1")];

fn present(holder: &Issuer, document: &Value) -> Value {
    let mut options = vec![("proofPurpose", string("authentication"))];
    options.extend(ASKED.map(|(name, value)| (name, string(value))));
    holder.sign(document, Suite::Rdfc, &holder.did_key().1, &options)
}

fn asking(domain: &str, challenge: &str) -> verify_credential::policy::Policy {
    verify_credential::policy::Policy {
        domain: Some(domain.to_owned()),
        challenge: Some(challenge.to_owned()),
        ..policy()
    }
}

/// A badge given to whoever has the key of `holder`.
fn badge_of(holder: &Issuer) -> Value {
    let document = jcs::canonicalize(&badge_with(&school(), "welding", ""));
    signed(&school(), &value(&document.replace(LEARNER, &holder.did_key().0)))
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_presentation_is_its_holders_for_one_place_and_one_time() {
    let (alice, mallory) = (Issuer::of("alice"), Issuer::of("mallory"));
    let did = alice.did_key().0;
    let shown = presentation(&did, &[badge_of(&alice)]);
    let judge = |document: &Value, domain: &str, challenge: &str| {
        verify(jcs::canonicalize(document).as_bytes(), "own", &Found::default(), &asking(domain, challenge))
    };
    let whole = judge(&present(&alice, &shown), "hirer.example", "n-1");
    assert_eq!(whole.verdict, Verdict::Valid, "{:?}", whole.checks);
    assert_eq!((whole.format, whole.headline), (Some("presentation"), Headline::GenuineIssuerUnconfirmed));
    assert_eq!(outcome(&whole, "presentation.holder-binding"), Some((Outcome::Pass, "presenter-is-holder")));
    assert_eq!(parts(&whole, Role::Presented).first().map(|part| part.verdict), Some(Verdict::Valid));
    let refused = |name: &str, document: &Value, domain: &str, challenge: &str, check: &str, reason: &str| {
        let whole = judge(document, domain, challenge);
        assert_eq!(whole.headline, Headline::DoNotRely, "{name}: {:?}", whole.checks);
        assert_eq!(outcome(&whole, check), Some((Outcome::Fail, reason)), "{name}");
        // What is presented is as good as it was.
        assert_eq!(
            parts(&whole, Role::Presented).first().map(|part| part.verdict),
            Some(Verdict::Valid),
            "{name}"
        );
    };
    let good = present(&alice, &shown);
    refused("replayed", &good, "hirer.example", "n-2", "proof.challenge", "challenge-differs");
    refused("taken elsewhere", &good, "other.example", "n-1", "proof.domain", "domain-differs");
    refused("not signed", &shown, "hirer.example", "n-1", "proof.any-good", "not-signed");
    let stolen = present(&mallory, &presentation(&mallory.did_key().0, &[badge_of(&alice)]));
    let binding = "presentation.holder-binding";
    refused("stolen", &stolen, "hirer.example", "n-1", binding, "presenter-is-another");
    let named = present(&mallory, &shown);
    refused("in her name", &named, "hirer.example", "n-1", "presentation.holder-key", "key-not-published");
    let asserted = alice.sign(
        &shown,
        Suite::Rdfc,
        &alice.did_key().1,
        &ASKED.map(|(name, value)| (name, string(value))),
    );
    refused("asserted", &asserted, "hirer.example", "n-1", "proof.purpose", "purpose-is-other");
    let more = edited(
        &good,
        r#""type":["VerifiablePresentation"]"#,
        r#""id":"urn:uuid:x","type":["VerifiablePresentation"]"#,
    );
    refused("altered", &more, "hirer.example", "n-1", "proof.any-good", "signature-does-not-match");
    let other = present(&alice, &presentation(&did, &[badge_of(&alice), badge_of(&mallory)]));
    refused("with another's", &other, "hirer.example", "n-1", binding, "presenter-is-another");
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn an_unsigned_presentation_is_what_it_presents() {
    let alice = Issuer::of("alice");
    let good = badge_of(&alice);
    let whole = report(&presentation("did:example:whoever", std::slice::from_ref(&good)));
    assert_eq!(whole.headline, Headline::GenuineIssuerUnconfirmed, "{:?}", whole.checks);
    assert_eq!(whole.verdict, Verdict::Valid);
    assert!(whole.credential.is_none() && whole.unverified.is_none());
    let binding = outcome(&whole, "presentation.holder-binding");
    assert_eq!(binding, Some((Outcome::Skipped, "presentation-not-signed")));
    let expired = signed(&school(), &badge_with(&school(), "old", r#","validUntil":"2026-02-01T00:00:00Z""#));
    let forged = edited(&good, "welding", "surgery");
    let unsigned = badge_with(&school(), "unsigned", "");
    let table = [
        (vec![], Headline::DoNotRely),
        (vec![good.clone(), expired.clone()], Headline::Expired),
        (vec![expired, forged, good.clone()], Headline::DoNotRely),
        (vec![good.clone(), unsigned], Headline::DoNotRely),
        (vec![good, string("x")], Headline::DoNotRely),
    ];
    for (credentials, expected) in table {
        let whole = report(&presentation("did:example:whoever", &credentials));
        assert_eq!(whole.headline, expected, "{} credentials", credentials.len());
        assert_ne!(whole.verdict, Verdict::Valid);
        assert_eq!(whole.parts.len(), credentials.len());
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

fn verified(text: &str, policy: &verify_credential::policy::Policy) -> Report {
    verify(text.as_bytes(), "own", &Found::default(), policy)
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_presentation_may_be_a_token() {
    let (alice, mallory) = (Issuer::of("alice"), Issuer::of("mallory"));
    let did = alice.did_key().0;
    let badge = jcs::canonicalize(&badge_with(&school(), "welding", "").clone()).replace(LEARNER, &did);
    let badge = token(&school(), "vc+jwt", &badge);
    let envelope = format!(
        r#"{{"@context":"{V2}","type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,{badge}"}}"#
    );
    let newer = jcs::canonicalize(&presentation(&did, &[value(&envelope)]));
    let with = |payload: &str, claims: &str| format!("{{{claims},{}", &payload[1..]);
    let older = newer.replace(V2, "https://www.w3.org/2018/credentials/v1");
    let older = value(&older.replace(&envelope_of(&older), &format!("\"{badge}\"")));
    let older = |claims: &str| format!(r#"{{"vp":{},{claims}}}"#, jcs::canonicalize(&older));
    let asked = format!(r#""iss":"{did}","aud":"hirer.example","nonce":"n-1""#);
    let asking = asking("hirer.example", "n-1");
    let good = token(&alice, "vp+jwt", &with(&newer, &asked));
    let in_envelope = format!(
        r#"{{"@context":"{V2}","type":"EnvelopedVerifiablePresentation","id":"data:application/vp+jwt,{good}"}}"#
    );
    for text in [good.clone(), token(&alice, "JWT", &older(&asked)), in_envelope] {
        let whole = verified(&text, &asking);
        assert_eq!(whole.verdict, Verdict::Valid, "{:?}", whole.checks);
        assert_eq!(whole.format, Some("presentation"));
        assert_eq!(parts(&whole, Role::Presented).first().map(|part| part.verdict), Some(Verdict::Valid));
    }
    let said = |aud: &str, nonce: &str| format!(r#""iss":"{did}","aud":"{aud}","nonce":"{nonce}""#);
    let times = |name: &str, time: i64| format!(r#"{asked},"{name}":{time}"#);
    let table = [
        (
            &alice,
            "vp+jwt",
            with(&newer, &said("other.example", "n-1")),
            Headline::DoNotRely,
            "domain-differs",
        ),
        (
            &alice,
            "vp+jwt",
            with(&newer, &said("hirer.example", "n-2")),
            Headline::DoNotRely,
            "challenge-differs",
        ),
        (&alice, "JWT", older(&said("hirer.example", "n-2")), Headline::DoNotRely, "challenge-differs"),
        (&mallory, "vp+jwt", with(&newer, &asked), Headline::DoNotRely, "key-not-published"),
        (&mallory, "JWT", older(&asked), Headline::DoNotRely, "key-not-published"),
        (
            &alice,
            "JWT",
            older(&asked.replace(&did, "did:example:x")),
            Headline::DoNotRely,
            "token-claim-disagrees",
        ),
        (
            &alice,
            "vp+jwt",
            with(&newer, &times("exp", 1_768_467_600)),
            Headline::Expired,
            "no-longer-in-force",
        ),
        (&alice, "JWT", older(&times("exp", 1_768_467_600)), Headline::Expired, "no-longer-in-force"),
        (
            &alice,
            "vp+jwt",
            with(&newer, &times("nbf", 1_968_467_600)),
            Headline::NotYetValid,
            "not-yet-in-force",
        ),
        (&alice, "vc+jwt", with(&newer, &asked), Headline::DoNotRely, "token-not-of-its-type"),
        (&alice, "JWT", with(&newer, &asked), Headline::DoNotRely, "token-not-of-its-type"),
        (&alice, "vp+jwt", older(&asked), Headline::DoNotRely, "token-credential-in-claim"),
    ];
    for (signer, media_type, payload, headline, reason) in table {
        let whole = verified(&token(signer, media_type, &payload), &asking);
        assert_eq!(whole.headline, headline, "{reason}: {:?}", whole.checks);
        assert!(failures(&whole).iter().any(|(_, why)| *why == reason), "{reason}: {:?}", failures(&whole));
    }
    // A badge passed off as a presentation, and the other way round.
    let whole =
        verified(&token(&school(), "vp+jwt", &jcs::canonicalize(&badge_with(&school(), "x", ""))), &policy());
    assert_eq!(outcome(&whole, "document.structure"), Some((Outcome::Fail, "type-missing")));
    // An envelope in an envelope, and one around JSON.
    for inside in [
        r#"data:application/json,{"type":"EnvelopedVerifiableCredential"}"#,
        "data:,{}",
        "data:,https://a.example",
    ] {
        let envelope = value(r#"{"type":"EnvelopedVerifiableCredential"}"#);
        let mut envelope = envelope.as_object().expect("an object").clone();
        envelope.insert("id".into(), string(inside));
        assert_eq!(report(&Value::Object(envelope)).headline, Headline::Unreadable, "{inside}");
    }
    let cose = r#"{"type":"EnvelopedVerifiableCredential","id":"data:application/vc+cose;base64,0oRY"}"#;
    let whole = verified(cose, &policy());
    assert_eq!(outcome(&whole, "container.readable"), Some((Outcome::Unknown, "cose-unsupported")));
}

/// The envelope in `text`, as it is written there.
fn envelope_of(text: &str) -> String {
    let document = value(text);
    let presented = document.get("verifiableCredential").map(Value::as_set).unwrap_or_default();
    jcs::canonicalize(&presented[0])
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
    assert!(html.contains("1 of the credentials contained in it are not in order"));
    assert!(drawn(&whole, Wishes { revealed: true, ..Wishes::default() }).contains("Surgery"));
    // A presentation shows what it presents; stolen, only on request.
    let alice = Issuer::of("alice");
    let html = drawn(&report(&presentation("did:example:x", &[badge_of(&alice)])), Wishes::default());
    assert!(html.contains("welding") && html.contains("does not show who presents it"));
    let mallory = Issuer::of("mallory");
    let stolen = present(&mallory, &presentation(&mallory.did_key().0, &[badge_of(&alice)]));
    let html = drawn(&report(&stolen), Wishes::default());
    assert!(html.contains("presented by somebody else"), "{html}");
    let claims = html.split("class=\"checks\"").next().expect("a card");
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
