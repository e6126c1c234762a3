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
        [(altered, "signature-does-not-match"), (record(&college, &[good.clone()]), "not-signed")]
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
