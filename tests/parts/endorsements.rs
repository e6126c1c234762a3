//! Endorsements, bound to what they stand on.

use verify_credential::codec::json::Value;
use verify_credential::report::{Headline, Outcome, Role, Verdict};

use crate::own;
use crate::own::edit::value;
use crate::own::signer::Issuer;
use crate::records::{edited, failures};
use crate::scene::{BADGES, V2, badge, badge_with, outcome, parts, report, school, signed};

/// An endorsement of `about`, by `issuer`.
pub fn endorsement(issuer: &Issuer, about: &str) -> Value {
    let did = issuer.did_key().0;
    let document = value(&format!(
        r#"{{"@context":["{V2}","{BADGES}"],"id":"urn:uuid:endorsement","type":["VerifiableCredential","EndorsementCredential"],
        "issuer":{{"id":"{did}","type":["Profile"],"name":"Union"}},"validFrom":"2026-02-01T09:00:00Z","name":"Endorsement",
        "credentialSubject":{{"id":"{about}","type":["EndorsementSubject"],"endorsementComment":"Well taught."}}}}"#
    ));
    signed(issuer, &document)
}

/// The badge of welding with `endorsement` at `place`, signed with it.
pub fn endorsed(place: &str, endorsement: Value) -> Value {
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
