//! Review without bias: what tells who the holder is stands nowhere, neither in the card nor in the report, and every
//! outcome stays.

mod own;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use own::edit::{Doc, string};
use own::signer::{Issuer, Suite};
use own::{network, network_of, policy};
use verify_credential::codec::json::Value;
use verify_credential::credential::Credential;
use verify_credential::render::card::{Look, View, draw};
use verify_credential::render::html::to_html;
use verify_credential::render::messages::Messages;
use verify_credential::report::{Headline, Report};
use verify_credential::verify;
use verify_credential::view::behind::behind;
use verify_credential::view::blind::blinded;
use verify_credential::view::{Blind, Wishes, card};

const OWN: &str = "tests/vectors/own";

/// Every report on a JSON vector that says something.
fn reports() -> Vec<(PathBuf, Report)> {
    let mut folders = vec![PathBuf::from("tests/vectors")];
    let mut reports = Vec::new();
    let (others, ours) = (network(), network_of("tests/vectors/own/offline-map.json", OWN));
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                // There every field says the same, also those that stay.
                folders.extend((!path.ends_with("own/hostile")).then_some(path));
            } else if path.extension().is_some_and(|end| end == "json" || end == "jwt") {
                let found = if path.starts_with(OWN) { &ours } else { &others };
                let report =
                    verify(&fs::read(&path).expect("a vector"), &path.to_string_lossy(), found, &policy());
                if facts(&report).is_some() {
                    reports.push((path, report));
                }
            }
        }
    }
    assert!(reports.len() > 100, "{}", reports.len());
    reports
}

fn facts(report: &Report) -> Option<&Credential> {
    report.credential.as_ref().or(report.unverified.as_ref())
}

/// Everything that is drawn or told of `report`.
fn told(report: &Report, blind: Blind) -> String {
    let wishes = Wishes { may_ask: true, revealed: true, blind };
    let mut hidden = blinded(report, blind);
    for check in &mut hidden.checks {
        // When a list was made says nothing of anybody in it, and may be the same moment.
        check.params.retain(|(name, _)| *name != "list-date");
    }
    let mut all = serde_json::to_string(&hidden).expect("a report is JSON");
    for view in [View::Card, View::Badge, View::Full] {
        let look = Look { view, ..Look::default() };
        all.push_str(&to_html(&draw(&card(report, wishes), &Messages::default(), &look)));
    }
    all
}

/// The credential's words that must not be there, but those that any card has.
fn hidden<'a>(words: impl IntoIterator<Item = &'a String>, own: &str) -> Vec<String> {
    let words = words.into_iter().filter(|word| word.chars().count() > 3 && !own.contains(word.as_str()));
    words.cloned().collect()
}

#[test]
fn nothing_tells_who_the_holder_is() {
    // What a card without any holder says.
    let empty = told(&verify(b"{}", "", &network(), &policy()), Blind::Nothing);
    let mut names = 0;
    for (path, report) in reports() {
        let facts = facts(&report).expect("facts");
        let mut secrets = Vec::new();
        for subject in &facts.subjects {
            secrets.extend(subject.name.clone());
            secrets.extend(subject.id.clone());
            secrets.extend(subject.license_number.clone());
            secrets.extend(subject.identifiers.iter().filter_map(|identifier| identifier.value.clone()));
        }
        secrets.extend(facts.id.clone());
        secrets.extend(facts.awarded_date.clone());
        secrets.extend(facts.valid_from.iter().chain(&facts.valid_until).cloned());
        secrets.extend(facts.image.clone());
        secrets.push(Path::new(&path).file_name().expect("a name").to_string_lossy().into_owned());
        let all = told(&report, Blind::Holder);
        let secrets = hidden(&secrets, &empty);
        names += secrets.len();
        for secret in secrets {
            let at = all.find(&secret).map(|at| all.get(at.saturating_sub(80)..at + 80).unwrap_or_default());
            assert_eq!(at, None, "{}: {secret}", path.display());
        }
    }
    assert!(names > 200, "{names}");
}

#[test]
fn nothing_tells_which_organisation_it_was() {
    let empty = told(&verify(b"{}", "", &network(), &policy()), Blind::Nothing);
    for (path, report) in reports() {
        let facts = facts(&report).expect("facts");
        let profile = &facts.issuer;
        let words = [&profile.id, &profile.name, &profile.url, &profile.image, &report.issuer.domain];
        let all = told(&report, Blind::HolderAndIssuer);
        for secret in hidden(words.into_iter().flatten(), &empty) {
            assert!(!all.contains(&secret), "{}: {secret}", path.display());
        }
    }
}

#[test]
fn every_outcome_stays() {
    for (path, report) in reports() {
        for blind in [Blind::Holder, Blind::HolderAndIssuer] {
            let hidden = blinded(&report, blind);
            assert_eq!(
                (hidden.headline, hidden.verdict),
                (report.headline, report.verdict),
                "{}",
                path.display()
            );
            let checks = |report: &Report| -> Vec<_> {
                report.checks.iter().map(|check| (check.id, check.outcome, check.reason)).collect()
            };
            assert_eq!(checks(&hidden), checks(&report));
            let wishes = |blind| Wishes { blind, ..Wishes::default() };
            let stated = |blind| behind(&card(&report, wishes(blind))).stated;
            assert_eq!(
                stated(blind),
                stated(Blind::Nothing),
                "what is hidden is no blank: {}",
                path.display()
            );
            assert_eq!(
                card(&report, wishes(blind)).claims.map(|claims| claims.outcomes.len()),
                card(&report, wishes(Blind::Nothing)).claims.map(|claims| claims.outcomes.len()),
            );
        }
    }
}

/// In every text of a badge with results stand the holder's name, the issuer's, and its address.
#[test]
fn no_text_is_forgotten() {
    let mut doc = Doc::read("tests/vectors/own/results-by-points.json");
    doc.take("/proof");
    doc.put("/issuer/name", string("Umbrella Institute"));
    doc.put("/credentialSubject/name", string("Zebulon Quux"));
    let tag = Value::Array(vec![string("by Zebulon Quux"), string("at Umbrella Institute")]);
    doc.put("/credentialSubject/achievement/tag", tag);
    let words = "; ZEBULON and Quux, Umbrella Institute, https://issuer.example/skills/1";
    let mut changed = 0;
    for place in doc.values() {
        let name = place.rsplit('/').find(|name| !name.chars().all(|it| it.is_ascii_digit()));
        let is_kept = place.contains("@context")
            || NAMES.contains(&&*place)
            || KEPT.contains(&name.unwrap_or_default());
        if let (false, Some(Value::String(text))) = (is_kept, doc.get(&place)) {
            let text = [text, words].concat();
            doc.put(&place, string(&text));
            changed += 1;
        }
    }
    assert!(changed > 20, "{changed}");
    let contexts = doc.get("/@context").cloned().expect("contexts");
    let issuer = Issuer::of("issuer.example");
    let signed = issuer.sign(&doc.0, Suite::Jcs, "did:web:issuer.example#key-1", &[("@context", contexts)]);
    let found = network_of("tests/vectors/own/offline-map.json", OWN);
    let report = verify(own::edit::pretty(&signed).as_bytes(), "", &found, &policy());
    assert_eq!(report.headline, Headline::Verified, "{:?}", report.checks);
    for (blind, names) in [
        (Blind::Holder, &["zebulon", "quux"][..]),
        (Blind::HolderAndIssuer, &["zebulon", "quux", "umbrella", "issuer.example"]),
    ] {
        let all = told(&report, blind).to_lowercase();
        for name in names {
            let at = all.find(name).map(|at| &all[at.saturating_sub(120)..at + 60]);
            assert_eq!(at, None, "{name}");
        }
    }
}

/// Where the names themselves stand.
const NAMES: [&str; 2] = ["/issuer/name", "/credentialSubject/name"];

/// An organisation keeps its name, though a word of it is one of the holder's; somebody who issues to themselves does not.
#[test]
fn an_issuer_stays_unless_it_is_the_holder() {
    for (holder, name, domain) in [
        ("Ada Example", Some("Test Issuer of verify-credential"), Some("issuer.example")),
        ("Test Example", Some("Test Issuer of verify-credential"), Some("issuer.example")),
        ("Example Issuer", Some("Test Issuer of verify-credential"), Some("•••.•••")),
        ("Issuer", Some("Test ••• of verify-credential"), Some("•••.example")),
        ("Test Issuer", Some("••• of verify-credential"), Some("issuer.example")),
    ] {
        let mut doc = Doc::read("tests/vectors/own/results-by-points.json");
        doc.take("/proof");
        doc.put("/credentialSubject/name", string(holder));
        let issuer = Issuer::of("issuer.example");
        let signed = issuer.sign(&doc.0, Suite::Rdfc, "did:web:issuer.example#key-1", &[]);
        let found = network_of("tests/vectors/own/offline-map.json", OWN);
        let report = verify(own::edit::pretty(&signed).as_bytes(), "", &found, &policy());
        let hidden = blinded(&report, Blind::Holder);
        assert_eq!(
            (hidden.issuer.name.as_deref(), hidden.issuer.domain.as_deref()),
            (name, domain),
            "{holder}"
        );
        let facts = facts(&hidden).expect("facts");
        assert_eq!(facts.issuer.name.as_deref(), name, "{holder}");
    }
}

/// `id` and `name` of a holder, and `issuer`, in a badge that says `words` of its achievement: those words, covered.
fn covered(id: &str, name: &str, issuer: &str, words: &str) -> String {
    let mut doc = Doc::read("tests/vectors/own/results-by-points.json");
    doc.take("/proof");
    doc.put("/issuer/id", string(issuer));
    doc.put("/credentialSubject/id", string(id));
    doc.put("/credentialSubject/name", string(name));
    doc.put("/credentialSubject/achievement/specialization", string(words));
    let report = verify(own::edit::pretty(&doc.0).as_bytes(), "", &network(), &policy());
    let hidden = blinded(&report, Blind::HolderAndIssuer);
    let facts = facts(&hidden).expect("facts");
    facts.subjects[0].achievements[0].specialization.clone().expect("the words")
}

#[test]
fn names_and_addresses_are_known_however_they_are_written() {
    let (id, issuer) = ("did:example:holder", "https://www.umbrella.example/issuers/1");
    for (name, words, expected) in [
        ("Quux, Zebulon", "Zebulon Quux", "••• •••"),
        ("Zebulon-Amadeus O’Brien", "Zebulon Brien", "••• •••"),
        ("Bo Li", "Bo Li wrote it", "••• wrote it"),
        ("Zebulon", "at skills.umbrella.example", "at skills.•••"),
    ] {
        assert_eq!(covered(id, name, issuer, words), expected, "{name}");
    }
    for (id, words) in [
        ("mailto:quux@home.example", "quux@home.example"),
        ("did:web:quux.example", "quux.example"),
        ("tel:+4712345678", "+4712345678"),
    ] {
        assert_eq!(covered(id, "Zebulon", issuer, words), "•••", "{id}");
    }
}

/// Members that are no text for people, or by which a result is read.
const KEPT: &[&str] = &[
    "type",
    "id",
    "validFrom",
    "validUntil",
    "resultType",
    "resultDescription",
    "achievedLevel",
    "requiredLevel",
    "achievementType",
    "targetType",
    "status",
    "targetUrl",
    "level",
    "points",
];
