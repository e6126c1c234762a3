//! Runs named steps one after another, times them, and prints one table at the end.
//!
//! A failed step does not stop the others: one run shows everything that is wrong.

use std::time::{Duration, Instant};

/// What a step that did not fail has to say.
pub enum Done {
    /// It ran and is good.
    Passed,
    /// It ran and is good; the text goes into the table.
    Said(String),
    /// There was nothing to run. Kept apart from [`Done::Passed`], so that an empty category never looks tested.
    NoneFound(String),
}

/// The steps run so far.
#[derive(Default)]
pub struct Steps {
    rows: Vec<Row>,
}

struct Row {
    name: String,
    took: Duration,
    mark: &'static str,
    note: String,
}

impl Steps {
    /// Runs one step and tells whether later steps may build on it.
    pub fn run(&mut self, name: &str, work: impl FnOnce() -> Result<Done, String>) -> bool {
        println!("\n==> {name}");
        let started = Instant::now();
        let result = work();
        let took = started.elapsed();
        let (mark, note) = match result {
            Ok(Done::Passed) => (PASSED, String::new()),
            Ok(Done::Said(text)) => (PASSED, text),
            Ok(Done::NoneFound(what)) => (NONE_FOUND, what),
            Err(error) => (FAILED, error),
        };
        println!("<== {name}: {mark}, {}{}{note}", seconds(took), if note.is_empty() { "" } else { ": " });
        self.rows.push(Row { name: name.into(), took, mark, note });
        mark != FAILED
    }

    /// Runs one step if what it builds on is there, and else records it as failed.
    pub fn run_if(
        &mut self,
        ready: bool,
        needs: &str,
        name: &str,
        work: impl FnOnce() -> Result<Done, String>,
    ) -> bool {
        self.run(name, || if ready { work() } else { Err(format!("not run: needs {needs}")) })
    }

    /// Prints the table; an error names every failed step.
    pub fn finish(self) -> Result<(), String> {
        let width = self.rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
        println!();
        for row in &self.rows {
            let note = row.note.lines().next().unwrap_or_default();
            println!("{:<width$}  {:>8}  {:<10}  {note}", row.name, seconds(row.took), row.mark);
        }
        let total: Duration = self.rows.iter().map(|row| row.took).sum();
        println!("{:<width$}  {:>8}", "total", seconds(total));
        let failed: Vec<&str> =
            self.rows.iter().filter(|row| row.mark == FAILED).map(|row| row.name.as_str()).collect();
        if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", "))) }
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

const PASSED: &str = "ok";
const FAILED: &str = "FAILED";
const NONE_FOUND: &str = "none found";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_runs_and_failures_are_named() {
        let mut steps = Steps::default();
        assert!(steps.run("one", || Ok(Done::Passed)));
        assert!(!steps.run("two", || Err("broken".into())));
        assert!(steps.run("three", || Ok(Done::NoneFound("no file".into()))));
        assert!(!steps.run_if(false, "two", "four", || Ok(Done::Passed)));
        assert_eq!(steps.finish(), Err("failed: two, four".into()));
    }

    #[test]
    fn nothing_failed_is_good() {
        let mut steps = Steps::default();
        steps.run("one", || Ok(Done::Passed));
        assert_eq!(steps.finish(), Ok(()));
    }
}
