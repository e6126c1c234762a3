//! What is inside other documents: members of records, endorsements, and what is presented.

use verify_credential::codec::json::Value;

use super::scene::{DID, OB, V2, badge, forger, signed, with};
use super::{Case, forged, sound};
use crate::own::edit::{Doc, string, value};
use crate::own::signer::{Issuer, Suite};

const SIGNATURE: &str = "proof.any-good";
const RECORDS: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";

pub fn cases() -> Vec<Case> {
    let mut cases = records();
    cases.extend(endorsements());
    cases.extend(presentations());
    cases
}

fn named(document: Value, id: &str) -> Value {
    with(document, &[("id", string(id))])
}

fn edited(document: &Value, place: &str, new: Value) -> Value {
    let mut doc = Doc(document.clone());
    doc.put(place, new);
    doc.0
}

fn record(members: &[Value]) -> Value {
    let document = value(&format!(
        r#"{{"@context": ["{V2}", "{RECORDS}", "{OB}"], "id": "urn:uuid:f0f0f0f0-0000-4000-8000-0000000000c1",
            "type": ["VerifiableCredential", "ClrCredential"], "validFrom": "2026-01-15T09:00:00Z", "name": "Transcript",
            "issuer": {{"id": "{DID}", "type": ["Profile"], "name": "Test Issuer of verify-credential"}},
            "credentialSubject": {{"id": "did:example:holder", "type": ["ClrSubject"]}}}}"#
    ));
    let mut doc = Doc(document);
    doc.put("/credentialSubject/verifiableCredential", Value::Array(members.to_vec()));
    doc.0
}

fn records() -> Vec<Case> {
    let of = |name, defect| forged(name, "sound-record", defect);
    let member = signed(&badge(DID));
    let forged_member = edited(&member, "/credentialSubject/achievement/name", string("Surgery"));
    let whole = signed(&record(std::slice::from_ref(&member)));
    let place = "/credentialSubject/verifiableCredential/0";
    let other = signed(&named(badge(DID), "urn:uuid:f0f0f0f0-0000-4000-8000-0000000000c2"));
    vec![
        sound("sound-record", "Nothing: a record with a badge in it.", "verified").json(&whole),
        of("record-member-exchanged", "The badge in it was exchanged for another good one.")
            .json(&edited(&whole, place, other))
            .fails(SIGNATURE, "signature-does-not-match"),
        of("record-altered-around-a-member", "The record was renamed; the badge in it is good.")
            .json(&edited(&whole, "/name", string("Diploma of Surgery")))
            .fails(SIGNATURE, "signature-does-not-match")
            .hides("Surgery"),
        of("record-of-a-forged-member", "The issuer of the record took in a badge that somebody altered.")
            .json(&signed(&record(&[forged_member])))
            .genuine("verified")
            .fails("members.verified", "members-some-bad")
            .hides("Surgery"),
    ]
}

fn endorsement(about: &str) -> Value {
    let union = Issuer::of("union");
    let (did, method) = union.did_key();
    let document = value(&format!(
        r#"{{"@context": ["{V2}", "{OB}"], "id": "urn:uuid:f0f0f0f0-0000-4000-8000-0000000000e1",
            "type": ["VerifiableCredential", "EndorsementCredential"], "name": "Endorsement", "validFrom": "2026-01-15T09:00:00Z",
            "issuer": {{"id": "{did}", "type": ["Profile"], "name": "Union of Testers"}},
            "credentialSubject": {{"id": "{about}", "type": ["EndorsementSubject"], "endorsementComment": "Surgery, no less."}}}}"#
    ));
    union.sign(&document, Suite::Rdfc, &method, &[])
}

fn endorsements() -> Vec<Case> {
    let of = |name, defect| forged(name, "sound-endorsed", defect);
    let on = "urn:uuid:f0f0f0f0-0000-4000-8000-00000000000a";
    let hung = |document: Value, endorsement: Value| {
        edited(&document, "/credentialSubject/achievement/endorsement", Value::Array(vec![endorsement]))
    };
    let reason = "endorsements-some-bad";
    let check = "endorsement.verified";
    let altered =
        edited(&endorsement(on), "/credentialSubject/endorsementComment", string("The best of Surgery."));
    vec![
        sound("sound-endorsed", "Nothing: the achievement is endorsed.", "verified")
            .json(&signed(&hung(badge(DID), endorsement(on)))),
        of("endorsement-of-somebody-else", "The endorsement is of another issuer.")
            .json(&signed(&hung(badge(DID), endorsement("did:web:other.example"))))
            .genuine("verified")
            .fails(check, reason)
            .hides("Surgery"),
        of("endorsement-moved", "The endorsement was made for another achievement.")
            .json(&signed(&hung(badge(DID), endorsement("urn:uuid:f0f0f0f0-0000-4000-8000-00000000000b"))))
            .genuine("verified")
            .fails(check, reason)
            .hides("Surgery"),
        of("endorsement-altered", "What the endorsement says was altered before the badge was signed.")
            .json(&signed(&hung(badge(DID), altered)))
            .genuine("verified")
            .fails(check, reason)
            .hides("Surgery"),
        of("endorsement-hung-on", "The endorsement was hung on after the badge was signed.")
            .json(&hung(signed(&badge(DID)), endorsement(on)))
            .fails(SIGNATURE, "signature-does-not-match"),
    ]
}

fn presentations() -> Vec<Case> {
    let of = |name, defect| forged(name, "sound-presentation", defect).asking();
    let holder = Issuer::of("holder");
    let did = holder.did_key().0;
    let badge = signed(&edited(&badge(DID), "/credentialSubject/id", string(&did)));
    let shown = |by: &str| {
        let document = value(&format!(
            r#"{{"@context": ["{V2}"], "type": ["VerifiablePresentation"], "holder": "{by}"}}"#
        ));
        with(document, &[("verifiableCredential", Value::Array(vec![badge.clone()]))])
    };
    let presented = |by: &Issuer, document: &Value, purpose: &str, domain: &str, challenge: &str| {
        let options =
            [("proofPurpose", string(purpose)), ("domain", string(domain)), ("challenge", string(challenge))];
        by.sign(document, Suite::Rdfc, &by.did_key().1, &options)
    };
    let login = "authentication";
    let good = presented(&holder, &shown(&did), login, "hirer.example", "n-1");
    let theirs = forger().did_key().0;
    vec![
        sound("sound-presentation", "Nothing: the holder presents a badge to this page.", "verified")
            .json(&good)
            .asking(),
        of("presentation-replayed", "It answers the question of another day.")
            .json(&presented(&holder, &shown(&did), login, "hirer.example", "n-0"))
            .fails("proof.challenge", "challenge-differs"),
        of("presentation-for-another-place", "It was made for another page.")
            .json(&presented(&holder, &shown(&did), login, "other.example", "n-1"))
            .fails("proof.domain", "domain-differs"),
        of("presentation-by-another", "Somebody presents the badge of somebody else.")
            .json(&presented(&forger(), &shown(&theirs), login, "hirer.example", "n-1"))
            .fails("presentation.holder-binding", "presenter-is-another"),
        of("presentation-in-the-holders-name", "Somebody presents it in the holder's name.")
            .json(&presented(&forger(), &shown(&did), login, "hirer.example", "n-1"))
            .fails("presentation.holder-key", "key-not-published"),
        of("presentation-made-to-assert", "The signature was made to assert, not to present.")
            .json(&presented(&holder, &shown(&did), "assertionMethod", "hirer.example", "n-1"))
            .fails("proof.purpose", "purpose-is-other"),
        of("presentation-unsigned", "Nobody signed it, though the page asks.")
            .json(&shown(&did))
            .fails(SIGNATURE, "not-signed"),
        of("presentation-of-a-forged-badge", "The badge in it was altered before it was presented.")
            .json(&presented(
                &holder,
                &edited(&shown(&did), "/verifiableCredential/0/name", string("Surgery")),
                login,
                "hirer.example",
                "n-1",
            ))
            .fails("presentation.credentials", "presented-some-bad")
            .hides("Surgery"),
    ]
}
