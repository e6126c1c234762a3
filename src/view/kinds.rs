//! Layer 6. What sort of thing a credential is, in plain words.
//!
//! The achievement's own type says so, and where that leaves open what was looked at, the facts may tell: a
//! result, a rubric, evidence, how it was assessed. What is told by them is derived, and says from what.

use crate::credential::{Achievement, Credential};
use crate::view::facts::{Fact, fact};
use crate::view::{Message, Value, quoted};

/// What sort of thing this is, from the achievement's own type.
pub fn kind(achievement: Option<&Achievement>) -> Message {
    match (known(achievement), named(achievement)) {
        (Some(id), _) => Message::new(id),
        (None, "") => Message::new("kind.credential"),
        (None, name) => Message::new("kind.other").with("name", Value::Quoted(quoted(name, 60))),
    }
}

/// What it certifies: its kind or, where that leaves it open, what the facts tell. Empty where neither is known.
pub fn certifies(facts: &Credential, achievement: Option<&Achievement>) -> Fact {
    let is_open = known(achievement).is_none_or(|id| OPEN.contains(&id));
    if let Some((id, from, path)) = derived(facts).filter(|_| is_open) {
        let from = Message::new("certifies.from").with("from", Value::Message(from));
        return fact("fact.certifies", path, vec![Message::new(id).into(), from.into()]);
    }
    let stated = if named(achievement).is_empty() { Vec::new() } else { vec![kind(achievement).into()] };
    fact("fact.certifies", "achievement.achievementType", stated)
}

/// What the facts tell, from what, in words and by its place.
fn derived(facts: &Credential) -> Option<(&'static str, &'static str, &'static str)> {
    let is_assessed = |word: &str| {
        facts.achievements().into_iter().any(|it| it.extensions.assessment.iter().any(|said| said == word))
    };
    let mut results = facts.subjects.iter().flat_map(|subject| &subject.results);
    let by = "achievement.assessmentType";
    Some(if is_assessed("application of a skill") {
        ("certifies.skill", "from.assessment", by)
    } else if is_assessed("testing") {
        ("kind.assessed-knowledge", "from.assessment", by)
    } else if is_assessed("recognition of prior learning") {
        ("certifies.prior", "from.assessment", by)
    } else if results.clone().any(|result| result.achieved_level.is_some()) && !facts.evidence.is_empty() {
        ("certifies.skill", "from.rubric", "result.achievedLevel, evidence")
    } else if results.any(|result| result.achieved_level.is_some() || result.value.is_some()) {
        ("certifies.assessed", "from.results", "result")
    } else {
        return None;
    })
}

fn named(achievement: Option<&Achievement>) -> &str {
    let stated = achievement.and_then(|it| it.achievement_type.as_deref()).unwrap_or_default();
    stated.strip_prefix("ext:").unwrap_or(stated)
}

fn known(achievement: Option<&Achievement>) -> Option<&'static str> {
    let named = named(achievement);
    let is_named = |types: &str| types.split(' ').any(|word| word == named);
    KINDS.iter().find(|(_, types)| is_named(types)).map(|(id, _)| *id)
}

/// Kinds that leave open whether anything was assessed.
const OPEN: &[&str] = &["kind.micro-credential", "kind.award", "kind.completion", "kind.competency"];

/// Plain words, and the achievement types of Open Badges 3.0 they stand for; the last row has what issuers add.
const KINDS: &[(&str, &str)] = &[
    ("kind.assessed-knowledge", "Assessment"),
    ("kind.activity", "Assignment CoCurricular CommunityService Fieldwork"),
    ("kind.award", "Award Badge"),
    ("kind.completion", "Certificate CertificateOfCompletion Course LearningProgram"),
    ("kind.certification", "Certification MasterCertificate JourneymanCertificate"),
    ("kind.competency", "Competency"),
    (
        "kind.degree",
        "AssociateDegree BachelorDegree Degree DoctoralDegree MasterDegree ProfessionalDoctorate ResearchDoctorate",
    ),
    ("kind.diploma", "Diploma GeneralEducationDevelopment SecondarySchoolDiploma"),
    ("kind.apprenticeship", "ApprenticeshipCertificate"),
    ("kind.licence", "License"),
    ("kind.membership", "Membership"),
    ("kind.micro-credential", "MicroCredential Microcredential"),
    ("kind.attendance", "Attendance Participation"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::{Evidence, Extensions, ResultFact, Subject};
    use crate::view::facts::Stated;

    fn of_type(name: &str) -> Achievement {
        Achievement { achievement_type: Some(name.into()), ..Achievement::default() }
    }

    #[test]
    fn a_type_is_said_in_plain_words() {
        for (name, expected) in [
            ("MasterDegree", "kind.degree"),
            ("License", "kind.licence"),
            ("ext:Attendance", "kind.attendance"),
            ("Degree Badge", "kind.other"),
            ("degree", "kind.other"),
            ("\t", "kind.other"),
            ("ext:", "kind.credential"),
            ("", "kind.credential"),
        ] {
            assert_eq!(kind(Some(&of_type(name))).id, expected, "{name:?}");
        }
        assert_eq!(kind(None).id, "kind.credential");
    }

    fn facts(kind: &str, assessment: &[&str], result: Option<ResultFact>, evidence: usize) -> Credential {
        let mut achievement = of_type(kind);
        let assessment = assessment.iter().map(|word| (*word).to_owned()).collect();
        achievement.extensions = Extensions { assessment, ..Extensions::default() };
        let results = result.into_iter().collect();
        let subject = Subject { achievements: vec![achievement], results, ..Subject::default() };
        Credential {
            subjects: vec![subject],
            evidence: vec![Evidence::default(); evidence],
            ..Credential::default()
        }
    }

    #[test]
    fn what_is_derived_says_from_what() {
        let level = || Some(ResultFact { achieved_level: Some("3".into()), ..ResultFact::default() });
        let value = || Some(ResultFact { value: Some("B".into()), ..ResultFact::default() });
        let enrolled = || Some(ResultFact { status: Some("Enrolled".into()), ..ResultFact::default() });
        for (facts, expected) in [
            (facts("", &[], None, 2), vec![]),
            (facts("", &[], enrolled(), 0), vec![]),
            (facts("", &["nonsense"], None, 0), vec![]),
            (facts("Badge", &[], None, 1), vec!["kind.award"]),
            (facts("License", &["testing"], level(), 1), vec!["kind.licence"]),
            (facts("", &[], value(), 1), vec!["certifies.assessed", "certifies.from"]),
            (facts("Badge", &[], level(), 0), vec!["certifies.assessed", "certifies.from"]),
            (facts("", &[], level(), 1), vec!["certifies.skill", "certifies.from"]),
            (facts("", &["testing"], level(), 1), vec!["kind.assessed-knowledge", "certifies.from"]),
            (
                facts("", &["application of a skill", "testing"], None, 0),
                vec!["certifies.skill", "certifies.from"],
            ),
        ] {
            let fact = certifies(&facts, facts.achievements().first().copied());
            let ids: Vec<&str> = fact.values.iter().filter_map(Stated::id).collect();
            assert_eq!(ids, expected);
            assert_eq!(fact.from.is_empty(), expected.is_empty());
        }
    }
}
