//! What a card says of the credentials inside a credential: who vouches, what is earned, what does not hold.
#![cfg(not(target_arch = "wasm32"))]

mod own;
mod support;

use own::edit::value;
use own::signer::{Issuer, Suite};
use verify_credential::canon::jcs;
use verify_credential::codec::json::Value;
use verify_credential::need::Found;
use verify_credential::policy::{Policy, trust_lists};
use verify_credential::render::card::{Look, View, draw};
use verify_credential::render::html::to_html;
use verify_credential::render::messages::Messages;
use verify_credential::report::{Headline, Report};
use verify_credential::verify;
use verify_credential::view::parts::lines;
use verify_credential::view::{Blind, PartLine, Parts, Path, Wishes, card};

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const RECORDS: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";
const LEARNER: &str = "did:example:learner";
const OFFER: &str = r#","https://schema.org/Offer""#;

fn signed(issuer: &Issuer, document: &str) -> Value {
    issuer.sign(&value(document), Suite::Rdfc, &issuer.did_key().1, &[])
}

/// A badge of `issuer` for `name`, given to `learner`; `more` are members of the achievement, with a comma in front.
fn badge_for(issuer: &str, name: &str, learner: &str, more: &str) -> Value {
    let issuer = Issuer::of(issuer);
    let did = issuer.did_key().0;
    let kind = if name.starts_with("degree") { "Degree" } else { "Course" };
    signed(
        &issuer,
        &format!(
            r#"{{"@context":["{V2}","{BADGES}"],"id":"urn:uuid:badge-{name}","type":["VerifiableCredential","OpenBadgeCredential"],
            "issuer":{{"id":"{did}","type":["Profile"],"name":"School"}},"validFrom":"2026-01-15T09:00:00Z",
            "credentialSubject":{{"id":"{learner}","type":["AchievementSubject"],"achievement":{{"id":"urn:uuid:{name}",
            "type":["Achievement"],"achievementType":"{kind}","name":"{name}","description":"…","criteria":{{"narrative":"…"}}{more}}}}}}}"#
        ),
    )
}

fn badge(name: &str) -> Value {
    badge_for("school", name, LEARNER, "")
}

/// The badge of `name`, with another name in it than was signed.
fn forged(name: &str) -> Value {
    let text = jcs::canonicalize(&badge(name));
    value(&text.replace(&format!(r#""name":"{name}""#), r#""name":"Surgery""#))
}

/// A record of the college with `members`; each association is its type, source and target.
fn record(members: &[Value], associations: &[(&str, &str, &str)]) -> Value {
    let college = Issuer::of("college");
    let did = college.did_key().0;
    let members = jcs::canonicalize(&Value::Array(members.to_vec()));
    let associations: Vec<String> = associations
        .iter()
        .map(|(kind, source, target)| {
            format!(r#"{{"type":["Association"],"associationType":"{kind}","sourceId":"urn:uuid:{source}","targetId":"urn:uuid:{target}"}}"#)
        })
        .collect();
    signed(
        &college,
        &format!(
            r#"{{"@context":["{V2}","{RECORDS}","{BADGES}"],"id":"urn:uuid:record","type":["VerifiableCredential","ClrCredential"],
            "issuer":{{"id":"{did}","type":["Profile"],"name":"College"}},"validFrom":"2026-01-15T09:00:00Z","name":"Transcript",
            "credentialSubject":{{"id":"{LEARNER}","type":["ClrSubject"],"achievement":[{{"id":"urn:uuid:certificate","type":["Achievement"],
            "name":"Graduate Certificate","description":"…","criteria":{{"narrative":"…"}}}}],
            "association":[{}],"verifiableCredential":{members}}}}}"#,
            associations.join(",")
        ),
    )
}

/// An endorsement by `issuer` of `about`; `kind` are further types, with a comma in front.
fn endorsement(issuer: &str, about: &str, kind: &str, comment: &str) -> Value {
    let signer = Issuer::of(issuer);
    let did = signer.did_key().0;
    signed(
        &signer,
        &format!(
            r#"{{"@context":["{V2}","{BADGES}"],"id":"urn:uuid:by-{issuer}","type":["VerifiableCredential","EndorsementCredential"{kind}],
            "issuer":{{"id":"{did}","type":["Profile"],"name":"{issuer} says"}},"validFrom":"2026-02-01T09:00:00Z","name":"Endorsement",
            "credentialSubject":{{"id":"{about}","type":["EndorsementSubject"],"endorsementComment":"{comment}"}}}}"#
        ),
    )
}

/// A badge with `endorsements` on the credential and on its achievement.
fn endorsed(credential: &[Value], achievement: &[Value]) -> Value {
    let text = |items: &[Value]| jcs::canonicalize(&Value::Array(items.to_vec()));
    let mut badge = own::edit::Doc(badge_for(
        "school",
        "welding",
        LEARNER,
        &format!(r#","endorsement":{}"#, text(achievement)),
    ));
    badge.put("/endorsement", value(&text(credential)));
    let unsigned = Value::Object(badge.0.as_object().expect("an object").without("proof"));
    signed(&Issuer::of("school"), &jcs::canonicalize(&unsigned))
}

/// The report, with the issuers in `listed` on the caller's list.
fn report(document: &Value, listed: &[&str]) -> Report {
    let issuers: Vec<String> = listed
        .iter()
        .map(|name| format!(r#"{{"id":"{}","name":"{name} on the list"}}"#, Issuer::of(name).did_key().0))
        .collect();
    let list = value(&format!(r#"{{"name":"List","issuers":[{}]}}"#, issuers.join(",")));
    let policy = Policy { trust: trust_lists(&list).expect("a list"), ..own::policy() };
    verify(jcs::canonicalize(document).as_bytes(), "own", &Found::default(), &policy)
}

fn parts(document: &Value, listed: &[&str]) -> Parts {
    lines(&report(document, listed), Wishes::default())
}

fn html(report: &Report, wishes: Wishes, view: View) -> String {
    to_html(&draw(&card(report, wishes), &Messages::default(), &Look { view, ..Look::default() }))
}

/// Names, with the id of how each stands.
fn steps(path: &Path) -> Vec<(&str, &str)> {
    path.steps.iter().map(|step| (step.name.0.as_str(), step.standing.id)).collect()
}

fn names(lines: &[PartLine]) -> Vec<&str> {
    lines.iter().map(|line| line.name.as_ref().map_or("", |name| &*name.0)).collect()
}

#[test]
fn earned_is_what_a_member_establishes_and_nothing_else() {
    let into = |name| ("isChildOf", name, "certificate");
    let associations = [into("welding"), into("milling"), into("forging"), into("turning"), into("gone")];
    let members = [
        badge("welding"),
        forged("milling"),
        badge_for("school", "forging", "did:example:somebody", ""),
        badge_for("mallory", "turning", LEARNER, ""),
    ];
    let stacked = parts(&record(&members, &associations), &["college", "school"]);
    let [path] = stacked.paths.as_slice() else { panic!("one path: {:?}", stacked.paths) };
    assert_eq!((path.kind, path.earned, path.of), ("stack.into", 1, 5));
    assert_eq!(path.head.name.0, "Graduate Certificate");
    assert_eq!(path.head.standing.id, "stack.missing", "that the record names it earns nothing");
    let table = [
        ("welding", "stack.earned"),
        ("forging", "stack.for-another"),
        // A forged name is not shown, an issuer nobody knows is said to be one.
        ("urn:uuid:milling", "headline.do-not-rely"),
        ("turning", "headline.genuine-issuer-unconfirmed"),
        ("urn:uuid:gone", "stack.missing"),
    ];
    assert_eq!(steps(path), table);
    // In a record of somebody nobody knows, the members need be no better known.
    let stacked = parts(&record(&members, &associations), &[]);
    let earned: Vec<_> =
        stacked.paths[0].steps.iter().filter(|it| it.standing.id == "stack.earned-unconfirmed").collect();
    assert_eq!((stacked.paths[0].earned, earned.len()), (2, 2));
    assert!(earned.iter().all(|step| step.headline == Some(Headline::GenuineIssuerUnconfirmed)));
    // Two with one id, of which one is forged.
    let twice = record(&[forged("welding"), badge("welding")], &[into("welding")]);
    assert_eq!(parts(&twice, &["college", "school"]).paths[0].earned, 1);
    // An association may name the credential instead.
    let named = record(&[badge("welding")], &[into("badge-welding"), into("badge-Welding")]);
    assert_eq!(parts(&named, &["college", "school"]).paths[0].earned, 1);
}

#[test]
fn each_kind_of_association_has_its_direction() {
    let table = [
        ("isChildOf", "b", "a", "stack.into"),
        ("isPartOf", "b", "a", "stack.into"),
        ("isParentOf", "a", "b", "stack.into"),
        ("precedes", "a", "b", "stack.next"),
        ("replacedBy", "a", "b", "stack.replaced"),
        ("exactMatchOf", "a", "b", "stack.same"),
        ("isPeerOf", "a", "b", "stack.with"),
        ("isRelatedTo", "a", "b", "stack.with"),
        ("ext:Something", "a", "b", "stack.with"),
    ];
    for (association, source, target, kind) in table {
        let stacked = parts(&record(&[badge("a")], &[(association, source, target)]), &[]);
        let [path] = stacked.paths.as_slice() else { panic!("{association}") };
        assert_eq!((path.kind, &*path.head.name.0), (kind, "a"), "{association}");
        assert_eq!(steps(path), [("urn:uuid:b", "stack.missing")], "{association}");
    }
    let related = badge_for(
        "school",
        "a",
        LEARNER,
        r#","related":[{"id":"urn:uuid:b","type":["Related"],"inLanguage":"fr"}]"#,
    );
    let endorsed_too = parts(&record(&[related], &[]), &[]);
    assert!(endorsed_too.paths.is_empty(), "what a member says is the member's");
}

#[test]
fn what_an_achievement_is_related_to_is_told() {
    let more =
        r#","related":[{"id":"urn:uuid:b","type":["Related"]},{"id":"urn:uuid:c","type":["Related"]}]"#;
    let plain = badge_for("school", "welding", LEARNER, more);
    let mut badge = own::edit::Doc(plain);
    badge.put(
        "/endorsement",
        value(&jcs::canonicalize(&Value::Array(vec![endorsement(
            "union",
            "urn:uuid:badge-welding",
            "",
            "Good.",
        )]))),
    );
    let unsigned = Value::Object(badge.0.as_object().expect("an object").without("proof"));
    let stacked = parts(&signed(&Issuer::of("school"), &jcs::canonicalize(&unsigned)), &[]);
    let [path] = stacked.paths.as_slice() else { panic!("{:?}", stacked.paths) };
    assert_eq!((path.kind, path.of, &*path.head.name.0), ("stack.with", 2, "welding"));
}

#[test]
fn circles_and_crowds_of_associations_end() {
    let circle =
        [("isPartOf", "a", "b"), ("isPartOf", "b", "a"), ("isPartOf", "a", "a"), ("precedes", "a", "a")];
    let stacked = parts(&record(&[badge("a")], &circle), &["college", "school"]);
    let told: Vec<_> = stacked.paths.iter().map(|path| (&*path.head.name.0, path.earned, path.of)).collect();
    assert_eq!(told, [("a", 0, 1), ("urn:uuid:b", 1, 1)]);
    let names: Vec<String> = (0..10_000).map(|number| format!("n{number}")).collect();
    let fan: Vec<(&str, &str, &str)> =
        names.iter().map(|name| ("isPartOf", name.as_str(), "certificate")).collect();
    let chain: Vec<(&str, &str, &str)> =
        names.windows(2).map(|pair| ("precedes", pair[0].as_str(), pair[1].as_str())).collect();
    for associations in [fan, chain] {
        // As a token's text would say it: so many are past what is read of a graph.
        let mut whole = report(&record(&[badge("n1")], &[]), &["college", "school"]);
        let facts = whole.credential.as_mut().expect("facts");
        facts.associations = associations
            .iter()
            .map(|(kind, source, target)| verify_credential::credential::Association {
                kind: Some((*kind).to_owned()),
                source: Some(format!("urn:uuid:{source}")),
                target: Some(format!("urn:uuid:{target}")),
            })
            .collect();
        let stacked = lines(&whole, Wishes::default());
        let drawn: usize = stacked.paths.iter().map(|path| path.steps.len()).sum();
        assert!((20..=1_000).contains(&drawn), "{drawn} steps");
        assert!(html(&whole, Wishes::default(), View::Full).len() < 200_000);
    }
}

#[test]
fn endorsements_say_how_well_each_is_known() {
    let about = "urn:uuid:badge-welding";
    let long = "Well taught. ".repeat(30);
    let good = endorsement("union", about, "", &long);
    let forged =
        value(&jcs::canonicalize(&endorsement("guild", about, "", "Good.")).replace("Good.", "Superb."));
    let elsewhere = endorsement("club", "urn:uuid:badge-other", "", "Fine.");
    let unknown = endorsement("fans", about, "", "Wow.");
    let on_it = endorsement("trade", "urn:uuid:welding", "", "Sound.");
    let whole =
        endorsed(&[forged, elsewhere, unknown, good, endorsement("school", about, "", "Us.")], &[on_it]);
    let vouched = parts(&whole, &["union", "guild", "club", "trade"]).vouched;
    let told: Vec<_> = vouched
        .iter()
        .map(|line| (line.name.as_ref().map_or("", |name| &*name.0), line.title.id, line.about.unwrap_or("")))
        .collect();
    let table = [
        ("union says", "vouched.verified", "vouched.credential"),
        ("trade says", "vouched.verified", "vouched.achievement"),
        ("fans says", "vouched.unconfirmed", "vouched.credential"),
        ("school says", "vouched.unconfirmed", "vouched.own"),
        ("", "headline.do-not-rely", ""),
        ("", "headline.do-not-rely", ""),
    ];
    assert_eq!(told, table);
    let identities: Vec<bool> = vouched.iter().map(|line| line.identity.is_some()).collect();
    assert_eq!(identities, [true, true, false, false, false, false]);
    let report = report(&whole, &["union", "guild", "club", "trade"]);
    let html_of = |wishes| html(&report, wishes, View::Card);
    let shown = html_of(Wishes::default());
    assert!(!shown.contains("Superb.") && !shown.contains("guild says") && shown.contains("<summary"));
    assert!(html_of(Wishes { revealed: true, ..Wishes::default() }).contains("Superb."));
}

#[test]
fn a_commitment_is_said_by_a_type_and_by_somebody_who_is_known() {
    let about = "urn:uuid:badge-welding";
    let promise = "We interview every holder.";
    let table = [
        ("union", OFFER, "union", true),
        ("union", OFFER, "college", false),
        // Words alone, and other spellings, are none.
        ("union", "", "union", false),
        ("union", r#","https://schema.org/offer""#, "union", false),
    ];
    for (issuer, kind, listed, is_commitment) in table {
        let whole = endorsed(
            &[endorsement("guild", about, "", "Good."), endorsement(issuer, about, kind, promise)],
            &[],
        );
        let vouched = parts(&whole, &[listed, "guild"]).vouched;
        let found: Vec<bool> = vouched.iter().map(|line| line.is_commitment).collect();
        assert_eq!(found, [is_commitment, false], "{kind} {listed}");
    }
    // Put in afterwards, it was not signed.
    let plain = jcs::canonicalize(&endorsement("union", about, "", promise));
    let turned = value(
        &plain.replace(r#""EndorsementCredential""#, r#""EndorsementCredential","https://schema.org/Offer""#),
    );
    let [line] = &parts(&endorsed(&[turned], &[]), &["union"]).vouched[..] else { panic!("one line") };
    assert_eq!((line.headline, line.is_commitment), (Headline::DoNotRely, false));
}

#[test]
fn many_are_grouped_and_what_does_not_hold_comes_first() {
    let mut members: Vec<Value> = (0..9).map(|number| badge(&format!("course-{number}"))).collect();
    let few = parts(&record(&members, &[]), &[]);
    assert_eq!((few.shown.len(), few.groups.len()), (9, 0));
    members.push(badge("degree"));
    let few = parts(&record(&members, &[]), &[]);
    assert_eq!((few.shown.len(), few.groups.len()), (10, 0));
    members.push(forged("milling"));
    let many = parts(&record(&members, &[]), &["school", "college"]);
    assert_eq!(
        (many.count, many.tally.as_slice()),
        (11, &[(Headline::DoNotRely, 1), (Headline::Verified, 10)][..])
    );
    let [bad] = many.shown.as_slice() else { panic!("one that does not hold") };
    assert_eq!((bad.headline, &bad.name), (Headline::DoNotRely, &None));
    let groups: Vec<_> = many.groups.iter().map(|group| (group.title.id, group.lines.len())).collect();
    assert_eq!(groups, [("kind.completion", 9), ("kind.credential", 1), ("kind.degree", 1)]);
    // The order they stand in changes no group.
    members.reverse();
    let turned = parts(&record(&members, &[]), &["school", "college"]);
    let tallies = |parts: &Parts| {
        parts.groups.iter().map(|group| (group.title.clone(), group.tally.clone())).collect::<Vec<_>>()
    };
    assert_eq!(tallies(&turned), tallies(&many));
    // In the full view nothing is folded.
    let report = report(&record(&members, &[]), &[]);
    let open = |view| {
        let html = html(&report, Wishes::default(), view);
        let groups = html.match_indices("<details class=\"fold group-").map(|(at, _)| html.split_at(at).1);
        groups
            .map(|group| group.split('>').next().is_some_and(|tag| tag.contains("open")))
            .collect::<Vec<_>>()
    };
    assert_eq!((open(View::Card), open(View::Full)), (vec![false; 3], vec![true; 3]));
}

#[test]
fn what_does_not_hold_is_shown_with_what_it_is_in() {
    let mut inner: Vec<Value> = (0..5).map(|number| badge(&format!("course-{number}"))).collect();
    inner.push(forged("milling"));
    let nested = record(&inner, &[]);
    let mut members: Vec<Value> = (5..10).map(|number| badge(&format!("course-{number}"))).collect();
    members.push(nested);
    let many = parts(&record(&members, &[]), &["school", "college"]);
    assert_eq!(many.count, 12);
    let shown: Vec<_> = many.shown.iter().map(|line| (line.depth, line.headline)).collect();
    assert_eq!(shown, [(0, Headline::Verified), (1, Headline::DoNotRely)]);
    assert_eq!(names(&many.shown), ["Transcript", ""]);
    assert_eq!(many.groups.iter().map(|group| group.lines.len()).sum::<usize>(), 12);
    let html = html(&report(&record(&members, &[]), &["school", "college"]), Wishes::default(), View::Card);
    assert!(html.contains("<ul class=\"parts\"><li class=\"check is-fail\""), "a list in a list");
    let blind = Wishes { blind: Blind::HolderAndIssuer, ..Wishes::default() };
    let blinded = {
        let report = report(&record(&members, &[]), &["school", "college"]);
        lines(&card(&report, blind).report, blind)
    };
    assert!(blinded.shown.iter().all(|line| line.issuer.is_none() && line.identity.is_none()));
    assert!(blinded.groups.iter().flat_map(|group| &group.lines).all(|line| line.issuer.is_none()));
}

#[test]
fn those_not_looked_at_are_counted() {
    let member = value(
        r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"did:x:y","credentialSubject":{"id":"did:x:z"}}"#,
    );
    let crowd = parts(&record(&vec![member; 1_100], &[]), &[]);
    assert_eq!((crowd.count, crowd.passed_over), (1_024, 76));
    assert_eq!(crowd.tally, [(Headline::DoNotRely, 1_024)]);
    assert_eq!(crowd.shown.len(), 50);
}
