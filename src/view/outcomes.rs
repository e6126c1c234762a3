//! Layer 6. What the holder can do, how well, and on which scale.
//!
//! A position ("3 of 4") is said only where the order of the levels was signed: by an ordered list,
//! by points that are all different, or because the text itself is signed. Otherwise a level has a
//! name and a description and no place. Numbers without a scale stay numbers.

use std::cmp::Ordering;

use crate::codec::decimal;
use crate::codec::order::order;
use crate::credential::{Achievement, Credential, ResultDescription, ResultFact, RubricLevel};
use crate::view::frameworks::{self, Link};
use crate::view::{Quoted, quoted};

/// One result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeLine {
    /// What was assessed.
    pub name: Option<Quoted>,
    /// The level that was reached, by name.
    pub level: Option<Quoted>,
    /// Place of that level and number of levels, where the order was signed.
    pub position: Option<Position>,
    /// What the level means.
    pub description: Option<Quoted>,
    /// The value that was reached.
    pub value: Option<Quoted>,
    /// Lowest and highest value of the scale.
    pub scale: Option<(Quoted, Quoted)>,
    /// The level or value that was needed.
    pub pass_mark: Option<Quoted>,
    /// What kind of value it is, by id in the message table.
    pub kind: Option<&'static str>,
    /// Completed, enrolled, failed, …
    pub status: Option<Status>,
    /// Whether it is behind what was needed, as far as the two can be compared.
    pub is_below: bool,
    /// What this result refers to in frameworks.
    pub alignments: Vec<Link>,
    /// The achievement it belongs to, where the credential has several.
    pub achievement: Option<Quoted>,
}

/// How far the holder has come, according to the issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// A word of Open Badges: its id in the message table, and how it weighs.
    Known(&'static str, Weight),
    /// Another word: nobody knows what it means.
    Other(Quoted),
}

/// Whether a result is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It was reached.
    Reached,
    /// It is on its way.
    Open,
    /// It was tried, and not reached.
    Failed,
}

impl OutcomeLine {
    /// Whether this was reached: what failed or is on its way never looks like it.
    pub fn weight(&self) -> Weight {
        match self.status {
            Some(Status::Known(_, weight)) if weight != Weight::Reached => weight,
            // Unknown is never pass, and what is predicted is not there yet.
            Some(Status::Other(_)) => Weight::Open,
            _ if self.kind == Some("scale.predicted") => Weight::Open,
            _ if self.is_below => Weight::Failed,
            _ => Weight::Reached,
        }
    }
}

/// A place on a ladder, lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub place: usize,
    /// How many there are.
    pub of: usize,
    /// The place that was needed, from 1.
    pub required: Option<usize>,
}

/// One line per result.
pub fn lines(facts: &Credential) -> Vec<OutcomeLine> {
    let descriptions: Vec<&ResultDescription> =
        facts.achievements().into_iter().flat_map(|achievement| &achievement.result_descriptions).collect();
    let results = facts.subjects.iter().flat_map(|subject| &subject.results);
    let lines = results.take(OUTCOMES_MAX).map(|result| {
        let mut line = line(result, description(result, &descriptions));
        line.achievement = achievement_of(result, facts).map(|name| quoted(name, 120));
        line
    });
    // Nobody need have signed their order: what was reached, and stands highest, goes first.
    let lines: Vec<OutcomeLine> = lines.collect();
    let sorted = order(lines.len(), &|one, other| match (lines.get(one), lines.get(other)) {
        (Some(one), Some(other)) => one
            .achievement
            .as_ref()
            .map(|name| &name.0)
            .cmp(&other.achievement.as_ref().map(|name| &name.0))
            .then_with(|| one.weight().cmp(&other.weight()))
            .then_with(|| by_height(other, one)),
        _ => Ordering::Equal,
    });
    sorted.into_iter().filter_map(|at| lines.get(at).cloned()).collect()
}

/// How many results there are beside those that have a line.
pub fn left(facts: &Credential) -> usize {
    let all: usize = facts.subjects.iter().map(|subject| subject.results.len()).sum();
    all.saturating_sub(OUTCOMES_MAX)
}

/// By how far up their ladders they are: 3 of 4 above 2 of 3, and both above what has none.
fn by_height(one: &OutcomeLine, other: &OutcomeLine) -> Ordering {
    match (one.position, other.position) {
        (Some(one), Some(other)) => (one.place * other.of).cmp(&(other.place * one.of)),
        (one, other) => one.is_some().cmp(&other.is_some()),
    }
}

/// The best of `lines` to show alone: the only one that was reached, or the highest on its own ladder. None where
/// nothing that was signed says which comes first.
pub fn best(lines: &[OutcomeLine]) -> Option<&OutcomeLine> {
    let mut reached = lines.iter().filter(|line| line.weight() == Weight::Reached);
    if let (Some(only), None) = (reached.next(), reached.next()) {
        return Some(only);
    }
    let mut best: Option<&OutcomeLine> = None;
    let mut is_tied = false;
    for line in lines.iter().filter(|line| line.weight() == Weight::Reached) {
        match best.map(|best| by_height(line, best)) {
            None | Some(Ordering::Greater) => (best, is_tied) = (Some(line), false),
            Some(Ordering::Equal) => is_tied = true,
            Some(Ordering::Less) => {}
        }
    }
    best.filter(|best| !is_tied && best.position.is_some())
}

/// The name of the achievement whose results `result` is one of, where there are several.
fn achievement_of<'a>(result: &ResultFact, facts: &'a Credential) -> Option<&'a str> {
    let wanted = result.result_description.as_ref()?;
    let achievements = facts.achievements();
    achievements.get(1)?;
    let describes =
        |it: &&Achievement| it.result_descriptions.iter().any(|one| one.id.as_ref() == Some(wanted));
    // Of two that describe it, neither.
    let mut found = achievements.into_iter().filter(describes);
    found.next().filter(|_| found.next().is_none())?.name.as_deref()
}

/// The description a result names; of two with one id, neither.
fn description<'a>(
    result: &ResultFact,
    descriptions: &[&'a ResultDescription],
) -> Option<&'a ResultDescription> {
    let wanted = result.result_description.as_ref()?;
    let mut named = descriptions.iter().filter(|description| description.id.as_ref() == Some(wanted));
    match (named.next(), named.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

fn line(result: &ResultFact, description: Option<&ResultDescription>) -> OutcomeLine {
    let empty = ResultDescription::default();
    let described = description.unwrap_or(&empty);
    let level_of = |id: &Option<String>| {
        id.as_ref().and_then(|id| described.levels.iter().find(|level| level.id.as_ref() == Some(id)))
    };
    let achieved = level_of(&result.achieved_level);
    let required = level_of(&described.required_level);
    let position = match achieved {
        Some(achieved) => on_rubric(described, achieved, required),
        None => among_values(described, result),
    };
    let name = |level: &RubricLevel| level.name.clone().or(level.level.clone());
    let pass_mark = required.and_then(name).or(described.required_value.clone());
    let cap = |text: Option<String>, chars_max| text.map(|text| quoted(&text, chars_max));
    let number = |text: &Option<String>| text.as_deref().and_then(decimal::read);
    let ends = number(&described.value_min).zip(number(&described.value_max));
    let is_more_better = described.result_type.as_deref().is_some_and(|it| MORE_IS_BETTER.contains(&it))
        && ends.is_none_or(|(min, max)| min <= max);
    let is_below = match (position, number(&result.value), number(&described.required_value)) {
        (Some(Position { place, required: Some(required), .. }), _, _) => place < required,
        (_, Some(value), Some(required)) if is_more_better => value < required,
        _ => false,
    };
    let mut alignments: Vec<Link> = Vec::new();
    let levels = achieved.map(|level| &level.alignments);
    for alignment in result.alignments.iter().chain(levels.into_iter().flatten()).chain(&described.alignments)
    {
        let link = frameworks::link(alignment).filter(|link| !alignments.contains(link));
        alignments.extend(link.filter(|_| alignments.len() < ALIGNMENTS_MAX));
    }
    OutcomeLine {
        name: cap(described.name.clone(), 160),
        level: cap(achieved.and_then(name), 80),
        position,
        description: cap(achieved.and_then(|level| level.description.clone()), 400),
        value: cap(result.value.clone(), 40),
        scale: cap(described.value_min.clone(), 20).zip(cap(described.value_max.clone(), 20)),
        pass_mark: cap(pass_mark, 80),
        kind: described.result_type.as_deref().and_then(|stated| word(KINDS, stated)),
        status: result.status.as_deref().map(status),
        is_below,
        alignments,
        achievement: None,
    }
}

fn status(stated: &str) -> Status {
    let weigh = |id| match id {
        "status.completed" => Weight::Reached,
        "status.failed" | "status.withdrew" => Weight::Failed,
        _ => Weight::Open,
    };
    match word(STATUSES, stated) {
        Some(id) => Status::Known(id, weigh(id)),
        None => Status::Other(quoted(stated, 40)),
    }
}

fn word(table: &[(&str, &'static str)], stated: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == stated).map(|(_, id)| *id)
}

fn on_rubric(
    described: &ResultDescription,
    achieved: &RubricLevel,
    required: Option<&RubricLevel>,
) -> Option<Position> {
    let order = ladder(described)?;
    let place = |level: &RubricLevel| order.iter().position(|other| other.id == level.id).map(|at| at + 1);
    Some(Position { place: place(achieved)?, of: order.len(), required: required.and_then(place) })
}

/// The levels from lowest to highest, if that order was signed.
fn ladder(described: &ResultDescription) -> Option<Vec<&RubricLevel>> {
    let levels: Vec<&RubricLevel> = described.levels.iter().collect();
    let ids_differ = levels.iter().enumerate().all(|(at, level)| {
        level.id.is_some() && levels.iter().skip(at + 1).all(|other| other.id != level.id)
    });
    if levels.len() < 2 || levels.len() > LEVELS_MAX || !ids_differ {
        return None;
    }
    let mut points: Vec<f64> = Vec::new();
    for level in &levels {
        points.extend(level.points.as_deref().and_then(decimal::read));
    }
    if points.len() == levels.len() {
        let point = |position: usize| points.get(position);
        let sorted = order(points.len(), &|one, other| match (point(one), point(other)) {
            (Some(one), Some(other)) => one.total_cmp(other),
            (one, other) => one.is_some().cmp(&other.is_some()),
        });
        let differ = sorted.windows(2).all(|pair| match pair {
            [one, other] => point(*one) < point(*other),
            _ => true,
        });
        return differ.then(|| sorted.iter().filter_map(|position| levels.get(*position).copied()).collect());
    }
    described.levels_ordered.then_some(levels)
}

fn among_values(described: &ResultDescription, result: &ResultFact) -> Option<Position> {
    let values = &described.allowed_values;
    if !described.allowed_values_ordered || values.len() < 2 || values.len() > LEVELS_MAX {
        return None;
    }
    let place = |wanted: &Option<String>| {
        let wanted = wanted.as_ref()?;
        let mut at = values.iter().enumerate().filter(|(_, value)| *value == wanted);
        match (at.next(), at.next()) {
            (Some((at, _)), None) => Some(at + 1),
            _ => None,
        }
    };
    Some(Position {
        place: place(&result.value)?,
        of: values.len(),
        required: place(&described.required_value),
    })
}

/// The statuses of [Open Badges 3.0](https://www.imsglobal.org/spec/ob/v3p0/), by our words.
const STATUSES: &[(&str, &str)] = &[
    ("Completed", "status.completed"),
    ("Enrolled", "status.enrolled"),
    ("Failed", "status.failed"),
    ("InProgress", "status.in-progress"),
    ("OnHold", "status.on-hold"),
    ("Provisional", "status.provisional"),
    ("Withdrew", "status.withdrew"),
];
/// The types of results of [Open Badges 3.0](https://www.imsglobal.org/spec/ob/v3p0/): what kind of value it is.
const KINDS: &[(&str, &str)] = &[
    ("GradePointAverage", "scale.gpa"),
    ("LetterGrade", "scale.grade"),
    ("Percent", "scale.percent"),
    ("PerformanceLevel", "scale.level"),
    ("PredictedScore", "scale.predicted"),
    ("RawScore", "scale.score"),
    ("RubricScore", "scale.score"),
    ("ScaledScore", "scale.scaled"),
];
/// Of these values more is better, whoever awards them: of a grade nobody knows.
const MORE_IS_BETTER: &[&str] = &["Percent", "RawScore", "RubricScore", "ScaledScore"];
/// Alignments of one result that are drawn.
const ALIGNMENTS_MAX: usize = 6;
/// Results that are drawn; the rest are in the report.
const OUTCOMES_MAX: usize = 60;
/// Steps of a ladder that can still be drawn as one.
const LEVELS_MAX: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::Subject;

    fn level(id: &str, points: Option<&str>) -> RubricLevel {
        RubricLevel { id: Some(id.into()), points: points.map(String::from), ..RubricLevel::default() }
    }

    fn position(levels: Vec<RubricLevel>, ordered: bool) -> Option<Position> {
        let described = ResultDescription {
            id: Some("d".into()),
            levels,
            levels_ordered: ordered,
            required_level: Some("a".into()),
            ..ResultDescription::default()
        };
        let result = ResultFact {
            result_description: Some("d".into()),
            achieved_level: Some("b".into()),
            ..ResultFact::default()
        };
        line(&result, Some(&described)).position
    }

    #[test]
    fn a_place_needs_a_signed_order() {
        let second = Some(Position { place: 2, of: 2, required: Some(1) });
        assert_eq!(position(vec![level("a", None), level("b", None)], false), None);
        assert_eq!(position(vec![level("a", None), level("b", None)], true), second);
        assert_eq!(position(vec![level("b", Some("20")), level("a", Some("3"))], false), second);
        assert_eq!(position(vec![level("b", Some("3")), level("a", Some("3"))], false), None);
        assert_eq!(position(vec![level("b", Some("1")), level("b", Some("2"))], true), None);
        assert_eq!(position(vec![level("b", None)], true), None);
    }

    #[test]
    fn a_value_has_a_place_in_an_ordered_list_only() {
        let described = |ordered| ResultDescription {
            allowed_values: ["C", "B", "A"].map(String::from).to_vec(),
            allowed_values_ordered: ordered,
            ..ResultDescription::default()
        };
        let result = ResultFact { value: Some("B".into()), ..ResultFact::default() };
        let second = Some(Position { place: 2, of: 3, required: None });
        assert_eq!(line(&result, Some(&described(true))).position, second);
        assert_eq!(line(&result, Some(&described(false))).position, None);
    }

    fn graded(value: &str, required: Option<&str>, status: Option<&str>) -> OutcomeLine {
        let described = ResultDescription {
            required_value: required.map(String::from),
            result_type: Some("RawScore".into()),
            ..ResultDescription::default()
        };
        let result = ResultFact {
            value: Some(value.into()),
            status: status.map(String::from),
            ..ResultFact::default()
        };
        line(&result, Some(&described))
    }

    #[test]
    fn what_was_not_reached_never_looks_reached() {
        for (value, required, status, is_below, weight) in [
            ("84", Some("60"), None, false, Weight::Reached),
            ("60", Some("60.0"), None, false, Weight::Reached),
            ("59.9", Some("60"), None, true, Weight::Failed),
            ("59.9", Some("60"), Some("Completed"), true, Weight::Failed),
            ("B", Some("60"), None, false, Weight::Reached),
            ("B", None, Some("Failed"), false, Weight::Failed),
            ("B", None, Some("Withdrew"), false, Weight::Failed),
            ("B", None, Some("Enrolled"), false, Weight::Open),
            ("B", None, Some("InProgress"), false, Weight::Open),
            ("B", None, Some("completed"), false, Weight::Open),
        ] {
            let line = graded(value, required, status);
            assert_eq!((line.is_below, line.weight()), (is_below, weight), "{value} {required:?} {status:?}");
        }
    }

    #[test]
    fn on_a_scale_that_descends_less_is_not_below() {
        let described = |min: &str, max: &str| ResultDescription {
            required_value: Some("4".into()),
            result_type: Some("ScaledScore".into()),
            value_min: Some(min.into()),
            value_max: Some(max.into()),
            ..ResultDescription::default()
        };
        let result = ResultFact { value: Some("2".into()), ..ResultFact::default() };
        assert!(line(&result, Some(&described("1", "6"))).is_below);
        assert!(!line(&result, Some(&described("6", "1"))).is_below);
    }

    #[test]
    fn what_has_no_line_is_counted() {
        let mut facts = Credential::default();
        facts
            .subjects
            .push(Subject { results: vec![ResultFact::default(); OUTCOMES_MAX + 2], ..Subject::default() });
        assert_eq!((lines(&facts).len(), left(&facts)), (OUTCOMES_MAX, 2));
        facts.subjects[0].results.truncate(3);
        assert_eq!((lines(&facts).len(), left(&facts)), (3, 0));
    }

    #[test]
    fn the_best_is_the_only_one_or_the_highest_on_its_ladder() {
        let on = |place, of| OutcomeLine {
            position: Some(Position { place, of, required: None }),
            ..graded("x", None, None)
        };
        let failed = graded("x", None, Some("Failed"));
        let (low, high) = (on(2, 4), on(3, 4));
        assert_eq!(best(&[]), None);
        assert_eq!(best(&[failed.clone(), low.clone()]), Some(&low), "the only one that was reached");
        assert_eq!(best(&[low.clone(), high.clone(), graded("9", None, None)]), Some(&high));
        assert_eq!(best(&[on(1, 2), low.clone()]), None, "as high");
        assert_eq!(best(&[failed.clone(), failed]), None);
        assert_eq!(best(&[graded("1", None, None), graded("2", None, None)]), None, "no order was signed");
    }
}
