//! Layer 6. What stands behind a credential: the eleven facts a micro-credential must state.
//!
//! They are those of the [European Council Recommendation of 16 June
//! 2022](https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=oj:JOC_2022_243_R_0002), Annex I. A fact
//! is stated or blank; a blank is shown as one. What is derived says from what.

use crate::check::validity::unix_seconds;
use crate::codec::order::sort_distinct;
use crate::credential::{Achievement, Credential, Extensions};
use crate::view::frameworks::{About, about};
use crate::view::{Message, Quoted, Value, quoted};

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Id of its label in the message table.
    pub id: &'static str,
    /// What is stated; empty where nothing is.
    pub values: Vec<Stated>,
    /// Where in the credential it is stated, an achievement and a result being its subject's; empty where that is told
    /// by no member of it.
    pub from: Vec<&'static str>,
}

/// Something stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stated {
    /// In the issuer's words.
    Text(Quoted),
    /// By a word of a vocabulary, which is said in the reader's language where it is known.
    Word(Quoted),
    /// In ours, derived from something of the issuer's.
    Message(Message),
}

impl From<Message> for Stated {
    fn from(message: Message) -> Self {
        Stated::Message(message)
    }
}

impl Stated {
    /// The message's id; none where it is in the issuer's words.
    pub fn id(&self) -> Option<&'static str> {
        match self {
            Stated::Message(message) => Some(message.id),
            Stated::Text(_) | Stated::Word(_) => None,
        }
    }
}

impl Fact {
    /// A fact of which nothing is stated yet.
    pub fn new(id: &'static str) -> Self {
        Fact { id, values: Vec::new(), from: Vec::new() }
    }

    /// Adds what is stated at the place `from`. What was said before is not said again.
    #[inline(never)]
    pub fn say(&mut self, from: &'static str, values: Vec<Stated>) {
        let before = self.values.len();
        for value in values {
            if !self.values.contains(&value) {
                self.values.push(value);
            }
        }
        if self.values.len() > before && !self.from.contains(&from) {
            self.from.push(from);
        }
    }
}

/// A fact from one place.
pub(super) fn fact(id: &'static str, from: &'static str, values: Vec<Stated>) -> Fact {
    let mut fact = Fact::new(id);
    fact.say(from, values);
    fact
}

/// The eleven facts, in the order of the Recommendation.
pub fn eleven(facts: &Credential) -> Vec<Fact> {
    vec![
        learner(facts),
        fact("fact.title", "achievement.name", of_all(facts, |it| &it.name)),
        country(facts),
        awarding_body(facts),
        date(facts),
        learning_outcomes(facts),
        workload(facts),
        fact("fact.level", "achievement.alignment", level(facts)),
        assessment(facts),
        fact("fact.participation", "achievement.participationType", words(facts, |it| &it.participation)),
        quality(facts),
    ]
}

/// Further facts that are shown only where they are stated.
pub fn further(facts: &Credential) -> Vec<Fact> {
    let subjects = || facts.subjects.iter();
    let source = subjects().filter_map(|subject| subject.source.as_ref()).map(|source| &source.name);
    let related: usize = facts.achievements().into_iter().map(|it| it.related).sum();
    let role = texts(subjects().map(|subject| &subject.role));
    let number = texts(subjects().map(|subject| &subject.license_number));
    let mut further = vec![
        supervision(facts),
        grade(facts),
        fact("fact.validity", "validUntil", days("stated.until", &facts.valid_until, true)),
        fact("fact.role", "credentialSubject.role", role),
        fact("fact.licence-number", "credentialSubject.licenseNumber", number),
        fact("fact.field-of-study", "achievement.fieldOfStudy", of_all(facts, |it| &it.field_of_study)),
        fact("fact.specialization", "achievement.specialization", of_all(facts, |it| &it.specialization)),
        fact("fact.source", "credentialSubject.source.name", texts(source)),
        fact("fact.related", "achievement.related", counted("stated.related", related)),
        fact("fact.endorsements", "endorsement", counted("stated.endorsements", facts.endorsements)),
        fact("fact.properties", "", properties(facts)),
        fact("fact.withheld", "", counted("stated.withheld", facts.withheld.count)),
        fact(
            "fact.associations",
            "credentialSubject.association",
            counted("stated.associations", facts.associations.len()),
        ),
        fact("fact.partial", "partial", partial(facts)),
    ];
    further.retain(|fact| !fact.values.is_empty());
    further
}

/// Whether a record says that it leaves something out.
fn partial(facts: &Credential) -> Vec<Stated> {
    let id = facts.partial.map(|partial| if partial { "stated.partial" } else { "stated.whole" });
    id.map(|id| Message::new(id).into()).into_iter().collect()
}

/// Who watched, and whether it was looked at who was there.
fn supervision(facts: &Credential) -> Fact {
    let mut fact =
        fact("fact.supervision", "achievement.supervisionType", words(facts, |it| &it.supervision));
    for Achievement { extensions, .. } in facts.achievements() {
        let id = match extensions.identity_checked {
            Some(true) if extensions.supervision.iter().any(|word| word == IDENTITY_VERIFIED) => continue,
            Some(true) => "stated.identity-checked",
            Some(false) => "stated.identity-not-checked",
            None => continue,
        };
        fact.say("achievement.identityChecked", vec![Message::new(id).into()]);
    }
    fact
}

/// The values of results that are grades.
fn grade(facts: &Credential) -> Fact {
    let descriptions = || facts.achievements().into_iter().flat_map(|it| &it.result_descriptions);
    let is_grade = |id: &Option<String>| {
        let mut named = descriptions().filter(|description| id.is_some() && description.id == *id);
        named.any(|it| it.result_type.as_deref().is_some_and(|name| name.contains("Grade")))
    };
    let results = facts.subjects.iter().flat_map(|subject| &subject.results);
    let grades = results.filter(|result| is_grade(&result.result_description)).map(|result| &result.value);
    fact("fact.grade", "credentialSubject.result.value", texts(grades))
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

/// What all achievements say in one of their texts.
fn of_all<'a>(facts: &'a Credential, text: fn(&'a Achievement) -> &'a Option<String>) -> Vec<Stated> {
    texts(facts.achievements().into_iter().map(text))
}

/// What all achievements say by the words of a vocabulary.
fn words(facts: &Credential, of: fn(&Extensions) -> &Vec<String>) -> Vec<Stated> {
    let mut stated = Vec::new();
    for word in facts.achievements().into_iter().flat_map(|it| of(&it.extensions)).take(FACT_VALUES_MAX) {
        stated.push(Stated::Word(quoted(word, FACT_CHARS_MAX)));
    }
    stated
}

fn counted(id: &'static str, count: usize) -> Vec<Stated> {
    match count {
        0 => Vec::new(),
        count => vec![Message::new(id).with("count", Value::Number(count)).into()],
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
    stated.extend(counted("card.more", left));
    stated
}

/// A name, or an identifier that is no hash; of hashes only how many there are.
fn learner(facts: &Credential) -> Fact {
    let identifiers = || facts.subjects.iter().flat_map(|subject| &subject.identifiers);
    let plain = identifiers().filter(|identifier| !identifier.hashed).map(|identifier| &identifier.value);
    let is_person = |id: &&Option<String>| {
        id.as_ref().is_some_and(|id| facts.achievements().into_iter().all(|it| it.id.as_ref() != Some(id)))
    };
    let has_id = facts.subjects.iter().map(|subject| &subject.id).any(|id| is_person(&id));
    let by_id = has_id.then(|| Message::new("stated.by-identifier").into());
    let ways = [
        ("credentialSubject.name", texts(facts.subjects.iter().map(|subject| &subject.name))),
        ("credentialSubject.identifier", texts(plain)),
        ("credentialSubject.identifier", counted("stated.hashed-identifier", identifiers().count())),
        ("credentialSubject.id", by_id.into_iter().collect()),
    ];
    let (from, values) = ways.into_iter().find(|(_, values)| !values.is_empty()).unwrap_or_default();
    fact("fact.learner", from, values)
}

fn country(facts: &Credential) -> Fact {
    let issuer = &facts.issuer;
    let mut fact = fact("fact.country", "issuer.address", texts([&issuer.country, &issuer.region]));
    fact.say("issuer.parentOrg.address", texts([&issuer.parent_country]));
    fact
}

fn awarding_body(facts: &Credential) -> Fact {
    let mut fact = fact("fact.awarding-body", "issuer.name", texts([&facts.issuer.name]));
    fact.say("issuer.parentOrg.name", texts([&facts.issuer.parent]));
    let mut codes = Vec::new();
    for code in facts.issuer.identifiers.iter().take(FACT_VALUES_MAX) {
        if let Some(value) = &code.value {
            let kind = code.kind.as_deref().unwrap_or_default();
            let kind = kind.strip_prefix("ext:").unwrap_or(kind);
            codes.push(Stated::Text(quoted(&[kind, " ", value].concat(), FACT_CHARS_MAX)));
        }
    }
    fact.say("issuer.otherIdentifier", codes);
    let sources = facts.subjects.iter().filter_map(|subject| subject.source.as_ref());
    fact.say("credentialSubject.source.name", texts(sources.map(|profile| &profile.name)));
    let creators = facts.achievements().into_iter().filter_map(|it| it.creator.as_ref());
    fact.say("achievement.creator.name", texts(creators.map(|profile| &profile.name)));
    fact
}

fn date(facts: &Credential) -> Fact {
    let awarded: Vec<String> = facts.awarded_date.iter().cloned().collect();
    let mut fact = fact("fact.date", "awardedDate", days("stated.day", &awarded, false));
    if fact.values.is_empty() {
        fact.say("validFrom", days("stated.day", &facts.valid_from, false));
    }
    fact
}

/// The first day of several, or the earliest: of ends, the strictest is the one that counts.
fn days(id: &'static str, texts: &[String], is_end: bool) -> Vec<Stated> {
    let mut days = texts.iter().filter_map(|text| unix_seconds(text));
    let day = if is_end { days.min() } else { days.next() };
    day.map(|day| Message::new(id).with("day", Value::Day(day)).into()).into_iter().collect()
}

fn learning_outcomes(facts: &Credential) -> Fact {
    let rubrics: usize = facts.achievements().into_iter().map(|it| it.result_descriptions.len()).sum();
    let competencies = facts.alignments().into_iter().filter(|it| about(it) == About::Skill).count();
    let described = counted("stated.outcomes", rubrics);
    let mut fact = fact("fact.learning-outcomes", "achievement.resultDescription", described);
    let places = counted("stated.competencies", competencies);
    fact.say("achievement.alignment", places);
    if fact.values.is_empty() && facts.achievements().into_iter().any(|it| it.criteria_narrative.is_some()) {
        let told = vec![Message::new("stated.described").into()];
        fact.say("achievement.criteria.narrative", told);
    }
    fact
}

fn workload(facts: &Credential) -> Fact {
    let mut fact = Fact::new("fact.workload");
    let mut say = |from, id, text: &Option<String>| {
        let amount = text.as_deref().map(|text| Value::Quoted(quoted(text, 20)));
        let stated = amount.map(|amount| Message::new(id).with("credits", amount).into());
        fact.say(from, stated.into_iter().collect());
    };
    for subject in facts.subjects.iter().take(FACT_VALUES_MAX) {
        say("credentialSubject.creditsEarned", "stated.earned", &subject.credits_earned);
    }
    for achievement in facts.achievements().into_iter().take(FACT_VALUES_MAX) {
        let extensions = &achievement.extensions;
        let (available, ects) = (&achievement.credits_available, &extensions.ects);
        say("achievement.creditsAvailable", "stated.available", available);
        say("achievement.SBU", "stated.hours", &extensions.study_load);
        say("achievement.timeInvestment", "stated.hours", &extensions.time_investment);
        say("achievement.ECTS", "stated.ects", ects);
    }
    fact
}

fn level(facts: &Credential) -> Vec<Stated> {
    let levels = facts.alignments().into_iter().filter(|it| about(it) == About::Level);
    texts(levels.map(|it| if it.name.is_some() { &it.name } else { &it.code }))
}

fn assessment(facts: &Credential) -> Fact {
    let mut types: Vec<&'static str> = facts
        .achievements()
        .into_iter()
        .flat_map(|it| &it.result_descriptions)
        .filter_map(|description| result_type(description.result_type.as_deref()?))
        .collect();
    sort_distinct(&mut types);
    let mut fact = fact("fact.assessment", "achievement.assessmentType", words(facts, |it| &it.assessment));
    let types = types.into_iter().map(|id| Message::new(id).into()).collect();
    fact.say("achievement.resultDescription.resultType", types);
    fact.say("evidence", counted("stated.evidence", facts.evidence.len()));
    fact
}

fn quality(facts: &Credential) -> Fact {
    let assured = facts.alignments().into_iter().filter(|it| about(it) == About::Quality);
    let mut fact = fact("fact.quality", "achievement.alignment", texts(assured.map(|it| &it.name)));
    fact.say("endorsement", counted("stated.carried", facts.endorsements));
    fact
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

/// The word for supervision that says by itself that identity was checked.
const IDENTITY_VERIFIED: &str = "onsite with identity verification";
const FACT_CHARS_MAX: usize = 160;
const FACT_VALUES_MAX: usize = 6;
/// Claims in other words that are drawn; the report has more.
const PROPERTIES_MAX: usize = 60;
const PROPERTY_CHARS_MAX: usize = 400;
