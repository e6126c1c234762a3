//! Layer 6. The list of checks, each with what it found and what the reader can do.

use crate::check::validity::unix_seconds;
use crate::report::{Check, Level, Outcome, Report};
use crate::view::{Value, quoted};

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckLine {
    /// Id of the check; its name stands in the message table.
    pub id: &'static str,
    /// What it found.
    pub outcome: Outcome,
    /// Whether the verdict depends on it.
    pub is_required: bool,
    /// Id of the reason; its sentence and remedy stand in the reason table.
    pub reason: &'static str,
    /// The values in the sentence.
    pub params: Vec<(&'static str, Value)>,
    /// A technical detail: suite, method, place.
    pub detail: Option<String>,
    /// Address of what asks for it.
    pub spec: &'static str,
}

/// The checks of `report` that are told. An advisory line that merely repeats another is left out.
pub fn told(report: &Report) -> Vec<&Check> {
    let several_proofs = report.checks.iter().filter(|check| check.id == "proof.signature").count() > 1;
    report.checks.iter().filter(|check| check.id != "proof.signature" || several_proofs).collect()
}

/// A line for each of them.
pub fn lines(report: &Report) -> Vec<CheckLine> {
    told(report).into_iter().map(line).collect()
}

fn line(check: &Check) -> CheckLine {
    let detail = ["suite", "method", "term"].iter().find_map(|name| check.param(name));
    CheckLine {
        id: check.id,
        outcome: check.outcome,
        is_required: check.level == Level::Required,
        reason: check.reason,
        params: check.params.iter().map(|(name, value)| (*name, value_of(name, value))).collect(),
        detail: detail.map(|text| quoted(text, 200).0),
        spec: check.spec,
    }
}

/// Times become days of the reader's calendar; everything else is foreign text.
pub fn value_of(name: &str, value: &str) -> Value {
    match name {
        "value" | "list-date" | "created" | "expires" => match unix_seconds(value) {
            Some(day) => Value::Day(day),
            None => Value::Quoted(quoted(value, 60)),
        },
        _ => Value::Quoted(quoted(value, 200)),
    }
}
