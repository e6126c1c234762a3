//! Layer 6. What the holder can do, how well, and on which scale.
//!
//! A position ("3 of 4") is said only where the order of the levels was signed: by an ordered list,
//! by points that are all different, or because the text itself is signed. Otherwise a level has a
//! name and a description and no place. Numbers without a scale stay numbers.

use crate::codec::decimal;
use crate::codec::order::order;
use crate::credential::{Credential, ResultDescription, ResultFact, RubricLevel};
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
    /// Completed, enrolled, failed, …
    pub status: Option<Quoted>,
    /// The frameworks this result refers to.
    pub alignments: Vec<Quoted>,
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
    let descriptions: Vec<&ResultDescription> = facts
        .subjects
        .iter()
        .flat_map(|subject| &subject.achievements)
        .flat_map(|achievement| &achievement.result_descriptions)
        .collect();
    let results = facts.subjects.iter().flat_map(|subject| &subject.results);
    results.take(OUTCOMES_MAX).map(|result| line(result, description(result, &descriptions))).collect()
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
    OutcomeLine {
        name: cap(described.name.clone(), 160),
        level: cap(achieved.and_then(name), 80),
        position,
        description: cap(achieved.and_then(|level| level.description.clone()), 400),
        value: cap(result.value.clone(), 40),
        scale: cap(described.value_min.clone(), 20).zip(cap(described.value_max.clone(), 20)),
        pass_mark: cap(pass_mark, 80),
        status: cap(result.status.clone(), 40),
        alignments: result
            .alignments
            .iter()
            .filter_map(|alignment| alignment.name.as_deref())
            .take(6)
            .map(|name| quoted(name, 120))
            .collect(),
    }
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

/// Results that are drawn; the rest are in the report.
const OUTCOMES_MAX: usize = 60;
/// Steps of a ladder that can still be drawn as one.
const LEVELS_MAX: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

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
}
