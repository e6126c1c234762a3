//! Layer 6. What stands behind a credential: the eleven facts a micro-credential must state.
//!
//! They are those of the [European Council Recommendation of 16 June
//! 2022](https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=oj:JOC_2022_243_R_0002), Annex I. A fact
//! is stated or blank; a blank is shown as one. What is derived says from what.

use crate::codec::order::sort_distinct;
use crate::credential::{Achievement, Alignment, Credential};
use crate::view::frameworks::{About, about};
use crate::view::headline::day_of;
use crate::view::{Message, Quoted, Value, quoted};

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Id of its label in the message table.
    pub id: &'static str,
    /// What is stated; empty where nothing is.
    pub values: Vec<Stated>,
}

/// Something stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stated {
    /// In the issuer's words.
    Text(Quoted),
    /// In ours, derived from something of the issuer's.
    Message(Message),
}

/// The eleven facts, in the order of the Recommendation.
pub fn eleven(facts: &Credential) -> Vec<Fact> {
    let fact = |id, values| Fact { id, values };
    vec![
        fact("fact.learner", learner(facts)),
        fact("fact.title", texts(achievements(facts).into_iter().map(|it| &it.name))),
        fact("fact.country", texts([&facts.issuer.country, &facts.issuer.region])),
        fact("fact.awarding-body", awarding_body(facts)),
        fact("fact.date", date(facts)),
        fact("fact.learning-outcomes", learning_outcomes(facts)),
        fact("fact.workload", workload(facts)),
        fact("fact.level", level(facts)),
        fact("fact.assessment", assessment(facts)),
        // Open Badges has no term for the form of participation, and terms of other vocabularies
        // are not read yet.
        fact("fact.participation", Vec::new()),
        fact("fact.quality", quality(facts)),
    ]
}

/// Further facts that are shown only where they are stated.
pub fn further(facts: &Credential) -> Vec<Fact> {
    let subjects = || facts.subjects.iter();
    let fact = |id, values| Fact { id, values };
    let source = subjects().filter_map(|subject| subject.source.as_ref()).map(|source| &source.name);
    let related: usize = achievements(facts).into_iter().map(|it| it.related).sum();
    let mut further = vec![
        fact("fact.role", texts(subjects().map(|subject| &subject.role))),
        fact("fact.licence-number", texts(subjects().map(|subject| &subject.license_number))),
        fact("fact.field-of-study", texts(achievements(facts).into_iter().map(|it| &it.field_of_study))),
        fact("fact.specialization", texts(achievements(facts).into_iter().map(|it| &it.specialization))),
        fact("fact.source", texts(source)),
        fact("fact.related", counted("stated.related", related)),
        fact("fact.endorsements", counted("stated.endorsements", facts.endorsements)),
        fact("fact.properties", properties(facts)),
        fact("fact.withheld", counted("stated.withheld", facts.withheld.count)),
        fact("fact.associations", counted("stated.associations", facts.associations.len())),
        fact("fact.partial", partial(facts)),
    ];
    further.retain(|fact| !fact.values.is_empty());
    further
}

/// Whether a record says that it leaves something out.
fn partial(facts: &Credential) -> Vec<Stated> {
    let id = facts.partial.map(|partial| if partial { "stated.partial" } else { "stated.whole" });
    id.map(|id| Stated::Message(Message::new(id))).into_iter().collect()
}

/// What sort of thing this is, in plain words, from the achievement's own type.
pub fn kind(achievement: Option<&Achievement>) -> Message {
    let stated = achievement.and_then(|it| it.achievement_type.as_deref()).unwrap_or_default();
    let known = KINDS.iter().find(|(types, _)| types.contains(&stated)).map(|(_, id)| *id);
    match (known, stated) {
        (Some(id), _) => Message::new(id),
        (None, "") => Message::new("kind.credential"),
        (None, other) => {
            let name = other.strip_prefix("ext:").unwrap_or(other);
            Message::new("kind.other").with("name", Value::Quoted(quoted(name, 60)))
        }
    }
}

/// All achievements. A list, not a chain of iterators: each use of a chain is compiled anew.
fn achievements(facts: &Credential) -> Vec<&Achievement> {
    let mut all = Vec::new();
    for subject in &facts.subjects {
        all.extend(&subject.achievements);
    }
    all
}

/// All alignments of all achievements.
fn alignments(facts: &Credential) -> Vec<&Alignment> {
    let mut all = Vec::new();
    for achievement in achievements(facts) {
        all.extend(&achievement.alignments);
    }
    all
}

fn texts<'a>(values: impl IntoIterator<Item = &'a Option<String>>) -> Vec<Stated> {
    let mut all = Vec::new();
    for value in values {
        all.push(value);
    }
    texts_of(&all)
}

/// Apart from what gathers them, which is compiled anew for each chain of iterators.
#[inline(never)]
fn texts_of(values: &[&Option<String>]) -> Vec<Stated> {
    let mut stated: Vec<Stated> = Vec::new();
    for text in values.iter().copied().flatten().filter(|text| !text.trim().is_empty()) {
        let text = Stated::Text(quoted(text, FACT_CHARS_MAX));
        if !stated.contains(&text) && stated.len() < FACT_VALUES_MAX {
            stated.push(text);
        }
    }
    stated
}

fn counted(id: &'static str, count: usize) -> Vec<Stated> {
    match count {
        0 => Vec::new(),
        count => vec![Stated::Message(Message::new(id).with("count", Value::Number(count)))],
    }
}

/// What is said in words that no badge has: name and value, both in the issuer's words.
fn properties(facts: &Credential) -> Vec<Stated> {
    let mut stated = Vec::new();
    for property in facts.properties.iter().take(PROPERTIES_MAX) {
        let name = property.label.clone().unwrap_or_else(|| property.path.join(" › "));
        stated.push(Stated::Text(quoted(&[&name, ": ", &property.value].concat(), PROPERTY_CHARS_MAX)));
    }
    let left = facts.properties.len().saturating_sub(PROPERTIES_MAX);
    stated.extend(counted("stated.more-properties", left));
    stated
}

/// A name, or an identifier that is no hash; of hashes only how many there are.
fn learner(facts: &Credential) -> Vec<Stated> {
    let named = texts(facts.subjects.iter().map(|subject| &subject.name));
    if !named.is_empty() {
        return named;
    }
    let identifiers = || facts.subjects.iter().flat_map(|subject| &subject.identifiers);
    let plain =
        texts(identifiers().filter(|identifier| !identifier.hashed).map(|identifier| &identifier.value));
    if !plain.is_empty() {
        return plain;
    }
    let hashed = counted("stated.hashed-identifier", identifiers().count());
    if !hashed.is_empty() {
        return hashed;
    }
    let is_person = |id: &&Option<String>| {
        id.as_ref().is_some_and(|id| achievements(facts).into_iter().all(|it| it.id.as_ref() != Some(id)))
    };
    match facts.subjects.iter().map(|subject| &subject.id).find(is_person) {
        Some(_) => vec![Stated::Message(Message::new("stated.by-identifier"))],
        None => Vec::new(),
    }
}

fn awarding_body(facts: &Credential) -> Vec<Stated> {
    let sources = facts.subjects.iter().filter_map(|subject| subject.source.as_ref());
    let creators = achievements(facts).into_iter().filter_map(|it| it.creator.as_ref());
    let others = sources.chain(creators).map(|profile| &profile.name);
    texts([&facts.issuer.name].into_iter().chain(others))
}

fn date(facts: &Credential) -> Vec<Stated> {
    let day = facts.awarded_date.iter().chain(&facts.valid_from).find_map(|text| day_of(text));
    day.map(|day| Stated::Message(Message::new("stated.day").with("day", Value::Day(day))))
        .into_iter()
        .collect()
}

fn learning_outcomes(facts: &Credential) -> Vec<Stated> {
    let rubrics: usize = achievements(facts).into_iter().map(|it| it.result_descriptions.len()).sum();
    let competencies = alignments(facts).into_iter().filter(|it| about(it) == About::Skill).count();
    let mut stated = counted("stated.outcomes", rubrics);
    stated.extend(counted("stated.competencies", competencies));
    if stated.is_empty() && achievements(facts).into_iter().any(|it| it.criteria_narrative.is_some()) {
        stated.push(Stated::Message(Message::new("stated.described")));
    }
    stated
}

fn workload(facts: &Credential) -> Vec<Stated> {
    let credits = |id: &'static str, text: &Option<String>| {
        text.as_ref()
            .map(|text| Stated::Message(Message::new(id).with("credits", Value::Quoted(quoted(text, 20)))))
    };
    let earned =
        facts.subjects.iter().filter_map(|subject| credits("stated.earned", &subject.credits_earned));
    let available =
        achievements(facts).into_iter().filter_map(|it| credits("stated.available", &it.credits_available));
    earned.chain(available).take(FACT_VALUES_MAX).collect()
}

fn level(facts: &Credential) -> Vec<Stated> {
    let levels = alignments(facts).into_iter().filter(|it| about(it) == About::Level);
    texts(levels.map(|it| if it.name.is_some() { &it.name } else { &it.code }))
}

fn assessment(facts: &Credential) -> Vec<Stated> {
    let mut types: Vec<&'static str> = achievements(facts)
        .into_iter()
        .flat_map(|it| &it.result_descriptions)
        .filter_map(|description| result_type(description.result_type.as_deref()?))
        .collect();
    sort_distinct(&mut types);
    let mut stated: Vec<Stated> = types.into_iter().map(|id| Stated::Message(Message::new(id))).collect();
    stated.extend(counted("stated.evidence", facts.evidence.len()));
    stated
}

fn quality(facts: &Credential) -> Vec<Stated> {
    let assured = alignments(facts).into_iter().filter(|it| about(it) == About::Quality);
    texts(assured.map(|it| &it.name))
}

fn result_type(stated: &str) -> Option<&'static str> {
    Some(match stated {
        "RubricCriterion" | "RubricCriterionLevel" | "RubricScore" => "assessed.rubric",
        "GradePointAverage" | "LetterGrade" | "Percent" | "PerformanceLevel" | "PredictedScore"
        | "RawScore" | "Result" | "ScaledScore" => "assessed.graded",
        "Status" => "assessed.status",
        _ => return None,
    })
}

/// Achievement types of Open Badges 3.0, by the plain word for them.
const KINDS: &[(&[&str], &str)] = &[
    (&["Assessment"], "kind.assessed-knowledge"),
    (&["Assignment", "CoCurricular", "CommunityService", "Fieldwork"], "kind.activity"),
    (&["Award", "Badge"], "kind.award"),
    (&["Certificate", "CertificateOfCompletion", "Course", "LearningProgram"], "kind.completion"),
    (&["Certification", "MasterCertificate", "JourneymanCertificate"], "kind.certification"),
    (&["Competency"], "kind.competency"),
    (
        &[
            "AssociateDegree",
            "BachelorDegree",
            "Degree",
            "DoctoralDegree",
            "MasterDegree",
            "ProfessionalDoctorate",
            "ResearchDoctorate",
        ],
        "kind.degree",
    ),
    (&["Diploma", "GeneralEducationDevelopment", "SecondarySchoolDiploma"], "kind.diploma"),
    (&["ApprenticeshipCertificate"], "kind.apprenticeship"),
    (&["License"], "kind.licence"),
    (&["Membership"], "kind.membership"),
    (&["MicroCredential"], "kind.micro-credential"),
];

const FACT_CHARS_MAX: usize = 160;
const FACT_VALUES_MAX: usize = 6;
/// Claims in other words that are drawn; the report has more.
const PROPERTIES_MAX: usize = 60;
const PROPERTY_CHARS_MAX: usize = 400;
