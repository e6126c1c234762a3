//! Checks what the project builds on: licences, sources and duplicate versions, by the rules of `deny.toml`.
//!
//! `cargo deny check bans licenses sources` reads the same file and agrees; to install that program takes about
//! five minutes on two cores, so this small check runs in its place. Advisories are not looked up.

use std::fs;

use crate::Project;
use crate::process::{capture, cargo};
use crate::steps::Done;

/// Establishes that every crate has an allowed licence and comes from one registry, and that none ships twice.
pub fn check(project: &Project) -> Result<Done, String> {
    let rules = read(project, "deny.toml")?;
    let allowed = quoted_list(&rules, "allow = [").ok_or("deny.toml has no list `allow = [`")?;
    let mut wrong = Vec::new();

    let mut tree = cargo(&project.root);
    tree.args([
        "tree",
        "--workspace",
        "--locked",
        "--target=all",
        "--edges=normal,build,dev",
        "--prefix=none",
    ]);
    let mut crates: Vec<String> = capture(tree.args(["--no-dedupe", "--format={p}\t{l}"]))?
        .lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    crates.sort();
    crates.dedup();
    for line in &crates {
        let (package, licence) = line.split_once('\t').unwrap_or((line, ""));
        if !permitted(licence, &allowed) {
            wrong.push(format!("{package}: licence {licence:?} is not allowed by deny.toml"));
        }
    }

    let lock = read(project, "Cargo.lock")?;
    let mut sources: Vec<&str> = lock.lines().filter_map(|line| line.strip_prefix("source = ")).collect();
    sources.sort_unstable();
    sources.dedup();
    wrong.extend(
        sources
            .iter()
            .filter(|source| !source.contains("registry+"))
            .map(|source| format!("source {source}")),
    );
    if sources.len() > 1 {
        wrong.push(format!("crates come from {} sources, not one", sources.len()));
    }

    let mut doubles = cargo(&project.root);
    doubles.args([
        "tree",
        "--locked",
        "--duplicates",
        "--depth=0",
        "--edges=normal,no-proc-macro",
        "--prefix=none",
    ]);
    doubles.args(["--package=verify-credential", "--target=wasm32-unknown-unknown"]);
    let skipped = quoted_list(&rules, "skip = [").unwrap_or_default();
    wrong.extend(shipped_twice(&capture(&mut doubles)?, &skipped));
    if wrong.is_empty() {
        Ok(Done::Said(format!("{} crates", crates.len())))
    } else {
        Err(format!("dependencies against the rules\n  {}", wrong.join("\n  ")))
    }
}

/// Complaints about the crates in `tree`, one `name vVERSION` a line, of which more than one version is left
/// without those in `skipped`, each `name@VERSION`.
fn shipped_twice(tree: &str, skipped: &[String]) -> Vec<String> {
    let lines = tree.lines().filter_map(|line| line.split_once(" v"));
    let left: Vec<(&str, &str)> =
        lines.filter(|(name, version)| !skipped.contains(&format!("{name}@{version}"))).collect();
    let is_double = |name: &str| left.iter().filter(|(other, _)| *other == name).count() > 1;
    let doubles = left.iter().filter(|(name, _)| is_double(name));
    doubles.map(|(name, version)| format!("ships twice: {name} v{version}")).collect()
}

/// Whether a licence expression can be met with allowed licences only.
///
/// Reads `OR` of `AND` with brackets one level deep at most, which is what crates write; anything else is refused.
fn permitted(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ");
    let mut outer = String::new();
    let mut rest = spaced.as_str();
    // Each bracket is judged first and stands as a word of its own from then on.
    while let Some((before, behind)) = rest.split_once('(') {
        let Some((inner, after)) = behind.split_once(')') else { return false };
        if inner.contains('(') {
            return false;
        }
        outer.push_str(before);
        outer.push_str(if one_of(inner, allowed) { MET } else { "unmet" });
        rest = after;
    }
    outer.push_str(rest);
    one_of(&outer, allowed)
}

fn one_of(expression: &str, allowed: &[String]) -> bool {
    let met = |word: &str| word == MET || allowed.iter().any(|licence| licence == word);
    expression.split(" OR ").any(|choice| choice.split(" AND ").all(|word| met(word.trim())))
}

/// The quoted words between `start` and the next `]`, comments left out.
fn quoted_list(text: &str, start: &str) -> Option<Vec<String>> {
    let list = text.split_once(start)?.1.split_once(']')?.0;
    let lines = list.lines().map(|line| line.split('#').next().unwrap_or_default());
    Some(lines.flat_map(|line| line.split('"').skip(1).step_by(2)).map(str::to_owned).collect())
}

fn read(project: &Project, name: &str) -> Result<String, String> {
    fs::read_to_string(project.root.join(name)).map_err(|error| format!("{name}: {error}"))
}

const MET: &str = "met";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licence_expressions() {
        let allowed = ["MIT".to_owned(), "Apache-2.0".to_owned(), "Unicode-3.0".to_owned()];
        for (expression, expected) in [
            ("MIT", true),
            ("MIT OR Apache-2.0", true),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0-only OR MIT", true),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("(MIT OR GPL-3.0-only) AND GPL-3.0-only", false),
            ("MIT AND GPL-3.0-only", false),
            ("Apache-2.0 WITH LLVM-exception", false),
            ("((MIT))", false),
            ("(MIT", false),
            ("", false),
        ] {
            assert_eq!(permitted(expression, &allowed), expected, "{expression}");
        }
    }

    #[test]
    fn what_ships_twice_is_seen_unless_skipped() {
        let tree = "a v1.0.0\n\na v2.0.0\n\nb v1.0.0\n\nb v1.1.0\n";
        assert_eq!(shipped_twice(tree, &[]).len(), 4);
        assert_eq!(
            shipped_twice(tree, &["a@1.0.0".to_owned()]),
            ["ships twice: b v1.0.0", "ships twice: b v1.1.0"]
        );
        assert_eq!(shipped_twice(tree, &["a@1.0.1".to_owned()]).len(), 4);
    }

    #[test]
    fn lists_are_read_without_comments() {
        let text = "x = 1\nallow = [\n  \"MIT\", # not \"GPL\"\n  \"Zlib\",\n]\n";
        assert_eq!(quoted_list(text, "allow = ["), Some(vec!["MIT".into(), "Zlib".into()]));
        assert_eq!(quoted_list(text, "deny = ["), None);
    }
}
