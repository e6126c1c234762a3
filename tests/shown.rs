//! Credentials of test issuers of our own that show what the card looks like: what few published credentials have
//! together, such as an end and a withdrawal, or a record whose members fare differently.
//!
//! Every file of `tests/vectors/own/shown` is made again here and compared byte for byte. To write the files anew, run
//! this test natively with `OWN_VECTORS=write`.

mod own;
mod support;

use own::edit::{object, pretty, string, value};
use own::network_of;
use own::signer::{Issuer, Suite};
use verify_credential::canon::jcs;
use verify_credential::codec::json::Value;
use verify_credential::report::{Headline, Role};

const FOLDER: &str = "tests/vectors/own";
const SCHOOL: &str = "did:web:issuer.example";
const INSURER: &str = "did:web:insurance.example";
const V2: &str = "https://www.w3.org/ns/credentials/v2";
const OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const CLR: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";
const LISTS: &str = "https://issuer.example/status";

/// Every file below the folder, but those that `own_credentials` makes.
fn make() -> Vec<(&'static str, Vec<u8>)> {
    let learner = Issuer::of("learner").did_key().0;
    let over = || ("validUntil", string("2026-06-01T00:00:00Z"));
    let standing = |purpose, index| ("credentialStatus", status(purpose, index));
    let hygiene = || badge(1, "Food hygiene, level 2", &learner);
    [
        ("shown/revoked-and-expired.json", by_school(&hygiene(), &[standing("revocation", 4_242), over()])),
        (
            "shown/suspended-and-expired.json",
            by_school(&hygiene(), &[standing("suspension", 94_567), over()]),
        ),
        ("shown/endorsed.json", by_school(&hygiene(), &[("endorsement", endorsements(&learner))])),
        ("shown/record.json", record(&learner)),
        ("shown/presentation.json", presentation(&learner)),
        ("shown/insurance.example.json", insurer()),
        ("shown-map.json", map()),
    ]
    .map(|(name, document)| (name, pretty(&document).into_bytes()))
    .to_vec()
}

/// A badge of the school, unsigned.
fn badge(number: usize, name: &str, learner: &str) -> Value {
    let kind = if number == 4 { "Certificate" } else { "Course" };
    value(&format!(
        r#"{{"@context": ["{V2}", "{OB}"], "id": "urn:uuid:5b0f9f3c-0000-4000-8000-00000000000{number}",
            "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "{name}",
            "issuer": {{"id": "{SCHOOL}", "type": ["Profile"], "name": "Example School of Catering"}},
            "validFrom": "2026-01-15T09:00:00Z",
            "credentialSubject": {{"id": "{learner}", "type": ["AchievementSubject"], "name": "Ada Example",
              "achievement": {{"id": "{}", "type": ["Achievement"], "achievementType": "{kind}", "name": "{name}",
                "description": "Keeps a kitchen so that nobody falls ill.",
                "criteria": {{"narrative": "A written test, and a day in a kitchen under observation."}}}}}}}}"#,
        achievement(number)
    ))
}

fn achievement(number: usize) -> String {
    format!("urn:uuid:5b0f9f3c-0000-4000-8000-0000000000a{number}")
}

fn with(document: &Value, members: &[(&str, Value)]) -> Value {
    let mut object = document.as_object().expect("a document is an object").clone();
    for (name, value) in members {
        object.insert((*name).into(), value.clone());
    }
    Value::Object(object)
}

fn by_school(document: &Value, members: &[(&str, Value)]) -> Value {
    let method = format!("{SCHOOL}#key-1");
    Issuer::of("issuer.example").sign(&with(document, members), Suite::Rdfc, &method, &[])
}

fn status(purpose: &str, index: usize) -> Value {
    value(&format!(
        r#"{{"id": "{LISTS}/{purpose}#{index}", "type": "BitstringStatusListEntry", "statusPurpose": "{purpose}",
            "statusListIndex": "{index}", "statusListCredential": "{LISTS}/{purpose}"}}"#
    ))
}

/// A promise by an issuer that can be confirmed, the words of one that cannot, and words that were altered.
fn endorsements(learner: &str) -> Value {
    let about = badge(1, "", learner).as_object().and_then(|it| it.get("id")?.as_str().map(str::to_owned));
    let about = about.expect("a badge has an id");
    let endorsement = |by: &str, name: &str, kind: &str, words: &str| {
        value(&format!(
            r#"{{"@context": ["{V2}", "{OB}"], "id": "urn:uuid:5b0f9f3c-0000-4000-8000-0000000000e{}",
                "type": ["VerifiableCredential", "EndorsementCredential"{kind}], "name": "Endorsement",
                "issuer": {{"id": "{by}", "type": ["Profile"], "name": "{name}"}}, "validFrom": "2026-02-01T09:00:00Z",
                "credentialSubject": {{"id": "{about}", "type": ["EndorsementSubject"], "endorsementComment": "{words}"}}}}"#,
            words.len() % 10
        ))
    };
    let offer = r#", "https://schema.org/Offer""#;
    let promise = endorsement(INSURER, "Example Insurance Co.", offer, "Guarantees an interview to holders.");
    let promise =
        Issuer::of("insurance.example").sign(&promise, Suite::Rdfc, &format!("{INSURER}#key-1"), &[]);
    let guild = Issuer::of("guild");
    let (did, method) = guild.did_key();
    let words = "We have seen the kitchens of three years, and would eat in every one of them.";
    let praise =
        guild.sign(&endorsement(&did, "Example Guild of Cooks", "", words), Suite::Rdfc, &method, &[]);
    let forged = with(&praise, &[("validFrom", string("2020-02-01T09:00:00Z"))]);
    Value::Array(vec![promise, praise, forged])
}

/// A record with one member in force, one of somebody unknown, one over and one withdrawn, on the way to a certificate.
fn record(learner: &str) -> Value {
    let stranger = Issuer::of("stranger");
    let (did, method) = stranger.did_key();
    let issuer =
        value(&format!(r#"{{"id": "{did}", "type": ["Profile"], "name": "Example Evening School"}}"#));
    let members = vec![
        by_school(&badge(1, "Food hygiene, level 2", learner), &[]),
        stranger.sign(
            &with(&badge(2, "Knife skills", learner), &[("issuer", issuer)]),
            Suite::Rdfc,
            &method,
            &[],
        ),
        by_school(&badge(3, "First aid", learner), &[("validUntil", string("2026-06-01T00:00:00Z"))]),
        by_school(&badge(4, "Allergens", learner), &[("credentialStatus", status("revocation", 4_242))]),
    ];
    let association = |number| {
        format!(
            r#"{{"type": ["Association"], "associationType": "isChildOf", "sourceId": "{}", "targetId": "{}"}}"#,
            achievement(number),
            achievement(9)
        )
    };
    let associations: Vec<String> = [1, 2, 3, 4, 5].map(association).to_vec();
    let document = value(&format!(
        r#"{{"@context": ["{V2}", "{CLR}", "{OB}"], "id": "urn:uuid:5b0f9f3c-0000-4000-8000-0000000000c1",
            "type": ["VerifiableCredential", "ClrCredential"], "name": "Record of learning",
            "issuer": {{"id": "{SCHOOL}", "type": ["Profile"], "name": "Example School of Catering"}},
            "validFrom": "2026-07-01T09:00:00Z",
            "credentialSubject": {{"id": "{learner}", "type": ["ClrSubject"], "name": "Ada Example",
              "verifiableCredential": {}, "association": [{}],
              "achievement": [{{"id": "{}", "type": ["Achievement"], "name": "Certificate in Catering", "achievementType": "Certificate",
                "description": "Five courses.", "criteria": {{"narrative": "All five."}}}}]}}}}"#,
        jcs::canonicalize(&Value::Array(members)),
        associations.join(", "),
        achievement(9)
    ));
    by_school(&document, &[])
}

/// Two badges, presented by the one they were given to.
fn presentation(learner: &str) -> Value {
    let badges = [badge(1, "Food hygiene, level 2", learner), badge(2, "Knife skills", learner)]
        .map(|badge| by_school(&badge, &[]));
    let badges = jcs::canonicalize(&Value::Array(badges.to_vec()));
    let document = value(&format!(
        r#"{{"@context": ["{V2}"], "type": ["VerifiablePresentation"], "holder": "{learner}", "verifiableCredential": {badges}}}"#
    ));
    let holder = Issuer::of("learner");
    let purpose = [("proofPurpose", string("authentication"))];
    holder.sign(&document, Suite::Rdfc, &holder.did_key().1, &purpose)
}

fn insurer() -> Value {
    let key = Issuer::of("insurance.example").multikey();
    value(&format!(
        r##"{{"@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"], "id": "{INSURER}",
            "verificationMethod": [{{"id": "{INSURER}#key-1", "type": "Multikey", "controller": "{INSURER}",
              "publicKeyMultibase": "{key}"}}], "assertionMethod": ["{INSURER}#key-1"]}}"##
    ))
}

fn map() -> Value {
    let (revocation, suspension) = (format!("{LISTS}/revocation"), format!("{LISTS}/suspension"));
    let dids =
        [(SCHOOL, string("did/issuer.example.json")), (INSURER, string("shown/insurance.example.json"))];
    let lists = [
        (revocation.as_str(), string("status/revocation.json")),
        (suspension.as_str(), string("status/suspension.json")),
    ];
    let note = "What the network would answer about the test issuers of shown/. The rest is unreachable.";
    object(&[("note", string(note)), ("dids", object(&dids)), ("statusLists", object(&lists))])
}

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
        if support::read_if_present(&path).as_ref() != Some(&bytes) {
            stale.push(name);
        }
    }
    assert!(stale.is_empty(), "not as committed: {stale:?}");
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_file_gets_its_answer_and_so_do_its_parts() {
    use Headline::{DoNotRely, Expired, GenuineIssuerUnconfirmed, Revoked, Suspended, Verified};
    let found = network_of(&format!("{FOLDER}/shown-map.json"), FOLDER);
    let cases: [(&str, Headline, Role, &[Headline]); 5] = [
        ("revoked-and-expired", Revoked, Role::Member, &[]),
        ("suspended-and-expired", Suspended, Role::Member, &[]),
        ("endorsed", Verified, Role::Endorsement, &[Verified, GenuineIssuerUnconfirmed, DoNotRely]),
        ("record", Verified, Role::Member, &[Verified, GenuineIssuerUnconfirmed, Expired, Revoked]),
        ("presentation", Verified, Role::Presented, &[Verified, Verified]),
    ];
    for (name, headline, role, inside) in cases {
        let report = own::report(&support::read(&format!("{FOLDER}/shown/{name}.json")), &found);
        let parts = report.parts.iter().filter(|part| part.role == Some(role)).map(|part| part.headline);
        assert_eq!((report.headline, parts.collect::<Vec<_>>()), (headline, inside.to_vec()), "{name}");
    }
}
