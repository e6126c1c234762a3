//! `cargo xtask test`: everything that must hold before a change lands, in the order of what fails quickest.
//!
//! Test files are found, not listed: a new file runs without a change here. See [`Host`] for the rules.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Project;
use crate::describe;
use crate::licences;
use crate::npm;
use crate::package;
use crate::process::{cargo, run};
use crate::steps::{Done, Steps};
use crate::system::{self, CHROMIUM, Engine};
use crate::toolchain::{Purpose, Toolchain, wasm_bindgen};

/// The parts of the test run that can be asked for by name; none means all.
pub const SELECTIONS: &[&str] = &["lint", "native", "size", "node", "web", "e2e", "package", "fuzz"];

/// Runs the selected parts; an error names the failed steps.
pub fn run_all(project: &Project, selected: &[String]) -> Result<(), String> {
    if !system::ENGINES.iter().any(|&engine| is_chosen(engine)) {
        let names: Vec<&str> = system::ENGINES.iter().map(|engine| engine.name).collect();
        return Err(format!("ENGINE may be {}", names.join(", ")));
    }
    let wants = |part: &str| selected.is_empty() || selected.iter().any(|name| name == part);
    let mut steps = Steps::default();
    if wants("lint") {
        lint(project, &mut steps);
    }
    if wants("native") {
        steps.run("native tests", || {
            run(cargo(&project.root).args(["test", "--workspace", "--no-fail-fast"])).map(|()| Done::Passed)
        });
    }
    if ["lint", "size", "node", "web", "e2e", "package"].into_iter().any(wants) {
        in_wasm(project, &mut steps, &wants);
    }
    if wants("fuzz") {
        steps.run("fuzz targets", || crate::fuzz::run_all(project));
    }
    steps.finish()
}

/// The steps that need the module or its tools.
fn in_wasm(project: &Project, steps: &mut Steps, wants: &dyn Fn(&str) -> bool) {
    let tools = steps.run("wasm tools", || wasm_tools(project));
    let packaged = ["lint", "size", "node", "e2e", "package"].into_iter().any(wants)
        && steps.run_if(tools, "wasm tools", "package", || {
            package::build(project, &package::Options::default()).map(|()| Done::Passed)
        });
    if wants("size") {
        steps.run_if(packaged, "package", "size budget", || size_budget(project));
    }
    if wants("lint") {
        steps.run_if(tools, "wasm tools", "clippy, wasm", || clippy_wasm(project));
        steps.run_if(packaged, "package", "types of src/js", || check_types(project));
    }
    if wants("node") {
        steps.run_if(tools, "wasm tools", "wasm tests in Node", || wasm_tests(project, Host::Node));
        steps.run_if(packaged, "package", "tests/node", || script_tests(project));
    }
    let others = ["web", "package"].into_iter().any(wants);
    for &engine in system::ENGINES {
        let in_page = wants("e2e") && is_chosen(engine);
        if !(in_page || (others && engine == CHROMIUM)) {
            continue;
        }
        let browser = steps.run(engine.name, || engine_is_there(project, engine));
        if wants("web") && engine == CHROMIUM {
            steps.run_if(tools && browser, "wasm tools, browser", "wasm tests in Chromium", || {
                wasm_tests(project, Host::Chromium)
            });
        }
        if in_page {
            let name = format!("tests/browser, {}", engine.name);
            steps.run_if(packaged && browser, "package, browser", &name, || browser_tests(project, engine));
        }
        if wants("package") && engine == CHROMIUM {
            steps.run_if(packaged && browser, "package, browser", "tests/package", || package_tests(project));
        }
    }
}

/// Whether the environment leaves an engine in: `ENGINE` names one, and none means all.
fn is_chosen(engine: &Engine) -> bool {
    env::var_os("ENGINE").is_none_or(|name| name.is_empty() || name == engine.name)
}

/// What is compiled for wasm and run, by where its test files ask to run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Host {
    /// Files of `tests/` that name `wasm_bindgen_test`.
    Node,
    /// Those that also say `run_in_browser`.
    Chromium,
}

fn lint(project: &Project, steps: &mut Steps) {
    steps
        .run("format", || run(cargo(&project.root).args(["fmt", "--all", "--check"])).map(|()| Done::Passed));
    steps.run("clippy, native", || {
        let mut command = cargo(&project.root);
        run(command.args(["clippy", "--workspace", "--all-targets", "--", "-Dwarnings"]))
            .map(|()| Done::Passed)
    });
    steps.run("licences and sources", || licences::check(project));
}

fn wasm_tools(project: &Project) -> Result<Done, String> {
    let toolchain = Toolchain::get(project)?;
    wasm_bindgen(project)?;
    system::node()?;
    Ok(Done::Said(format!("toolchain \"{}\"", toolchain.name())))
}

fn engine_is_there(project: &Project, engine: &Engine) -> Result<Done, String> {
    let programs = engine.get(project)?;
    let paths: Vec<String> = programs.iter().map(|(_, path)| path.display().to_string()).collect();
    Ok(Done::Said(paths.join(", ")))
}

fn clippy_wasm(project: &Project) -> Result<Done, String> {
    let toolchain = Toolchain::get(project)?;
    if toolchain == Toolchain::Debian {
        return Ok(Done::NoneFound("clippy knows no wasm target with Debian's compiler".into()));
    }
    let mut command = toolchain.cargo(project, "clippy", Purpose::Test)?;
    run(command.args(["--package", "verify-credential", "--lib", "--", "-Dwarnings"]))?;
    Ok(Done::Passed)
}

fn size_budget(project: &Project) -> Result<Done, String> {
    let file = project.root.join("tests/budget.json");
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    // What is published is the small build. Where its parts cannot be had, the package is bigger through
    // no fault of the change at hand, and is held to a limit of its own.
    let member = match Toolchain::get(project)? {
        Toolchain::Small => BUDGET_MEMBER,
        Toolchain::Plain | Toolchain::Debian => FALLBACK_BUDGET_MEMBER,
    };
    let limit = |member| number_member(&text, member).ok_or(format!("tests/budget.json has no {member}"));
    let sizes = package::sizes(project)?;
    let mut notes = vec![("common page", package::print_sizes(&sizes), limit(member)?)];
    for size in sizes.iter().filter(|size| !size.common) {
        let Some(part) = size.name.strip_suffix("_bg.wasm") else { continue };
        let own = number_member(&text, &format!("{part}{PART_BUDGET_ENDING}"));
        notes.push((part, size.brotli, own.map_or_else(|| limit(LATER_BUDGET_MEMBER), Ok)?));
    }
    let is_within = notes.iter().all(|(_, brotli, limit)| brotli <= limit);
    let notes: Vec<String> = notes
        .iter()
        .map(|(name, brotli, limit)| format!("{name} {brotli} of {limit} bytes brotli"))
        .collect();
    if is_within { Ok(Done::Said(notes.join(", "))) } else { Err(notes.join(", ")) }
}

/// Runs the test files for one host in one cargo call, so that they are compiled together.
fn wasm_tests(project: &Project, host: Host) -> Result<Done, String> {
    let names: Vec<String> = wasm_test_targets(&project.root)?
        .into_iter()
        .filter_map(|(name, wanted)| (wanted == host).then_some(name))
        .collect();
    if names.is_empty() {
        return Ok(Done::NoneFound(format!("no file of tests/ is for {host:?}")));
    }
    let runner = wasm_bindgen(project)?.join("wasm-bindgen-test-runner");
    let mut command = Toolchain::get(project)?.cargo(project, "test", Purpose::Test)?;
    command.args(["--package", "verify-credential", "--no-fail-fast"]).env(RUNNER_VARIABLE, runner);
    if host == Host::Chromium {
        command.envs(CHROMIUM.get(project)?);
    }
    for name in &names {
        command.args(["--test", name]);
    }
    run(&mut command)?;
    Ok(Done::Said(names.join(", ")))
}

/// The integration tests that can run as wasm, and where: `tests/NAME.rs` or `tests/NAME/main.rs`.
fn wasm_test_targets(root: &Path) -> Result<Vec<(String, Host)>, String> {
    let mut targets = Vec::new();
    let Ok(entries) = fs::read_dir(root.join("tests")) else { return Ok(targets) };
    for path in entries.flatten().map(|entry| entry.path()) {
        let source = if path.is_dir() { path.join("main.rs") } else { path.clone() };
        if source.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let (Ok(text), Some(name)) = (fs::read_to_string(&source), path.file_stem()) else { continue };
        if text.contains("wasm_bindgen_test") {
            let host = if text.contains("run_in_browser") { Host::Chromium } else { Host::Node };
            targets.push((name.to_string_lossy().into_owned(), host));
        }
    }
    targets.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(targets)
}

/// Runs `tests/node`, telling it where the command line is that the released module is compared with.
fn script_tests(project: &Project) -> Result<Done, String> {
    run(cargo(&project.root).args(["build", "--quiet", "--package", "verify-credential", "--bin", COMMAND]))?;
    let command = project.target.join("debug").join(COMMAND);
    let files = found_below(&project.root.join("tests/node"), ".mjs");
    node_tests(project, &files, "tests/node/*.mjs", &[("VERIFY_CREDENTIAL", command)])
}

fn browser_tests(project: &Project, engine: &Engine) -> Result<Done, String> {
    let xtask = env::current_exe().map_err(|error| error.to_string())?;
    let files = found_below(&project.root.join("tests/browser"), ".test.mjs");
    let tools =
        npm::install(&project.root.join("tests/browser/tools"), &project.target.join("tools/browser"))?;
    let mut environment = engine.get(project)?;
    environment.extend([("ENGINE", engine.name.into()), ("XTASK", xtask), ("BROWSER_TOOLS", tools)]);
    node_tests(project, &files, "tests/browser/*.test.mjs", &environment)
}

/// Runs `tests/package`, which does with the tarball what strangers do, beside the programs that they use.
fn package_tests(project: &Project) -> Result<Done, String> {
    let tools = project.target.join("tools");
    npm::install(&project.root.join("tests/package/scratch"), &tools.join("scratch"))?;
    let files = found_below(&project.root.join("tests/package"), ".test.mjs");
    let mut environment = CHROMIUM.get(project)?;
    environment.extend([("ENGINE", CHROMIUM.name.into()), ("TOOLS", tools)]);
    node_tests(project, &files, "tests/package/*.test.mjs", &environment)
}

/// Runs files with Node's own test runner, which also counts a plain script that exits with an error as failed.
fn node_tests(
    project: &Project,
    files: &[PathBuf],
    pattern: &str,
    environment: &[(&str, PathBuf)],
) -> Result<Done, String> {
    if files.is_empty() {
        return Ok(Done::NoneFound(pattern.into()));
    }
    let mut command = Command::new(system::node()?);
    command.current_dir(&project.root).args(["--test", "--test-reporter=spec"]).args(files);
    run(command.envs(environment.iter().map(|(name, value)| (name, value))))?;
    Ok(Done::Said(format!("{} files", files.len())))
}

fn check_types(project: &Project) -> Result<Done, String> {
    describe::check_types(project, &npm::build_tools(project)?).map(|()| Done::Passed)
}

/// The files directly in a directory whose name ends so, sorted; none if there is no directory.
pub fn found_below(directory: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    files.sort();
    files
}

/// The whole number that follows `"name":` in a JSON text.
fn number_member(text: &str, name: &str) -> Option<u64> {
    let behind = text.split_once(&format!("\"{name}\""))?.1.trim_start().strip_prefix(':')?.trim_start();
    behind.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

const RUNNER_VARIABLE: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER";
const COMMAND: &str = "verify-credential";
const BUDGET_MEMBER: &str = "common_page_brotli_bytes_max";
/// Each module that is loaded when it is needed has this limit, unless there is one with its name before the ending.
const LATER_BUDGET_MEMBER: &str = "later_brotli_bytes_max";
const PART_BUDGET_ENDING: &str = "_brotli_bytes_max";
const FALLBACK_BUDGET_MEMBER: &str = "common_page_brotli_bytes_max_without_rust_src";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_from_json() {
        assert_eq!(number_member("{\"a\": 12, \"b\" :3}", "a"), Some(12));
        assert_eq!(number_member("{\"a\": 12, \"b\" :3}", "b"), Some(3));
        assert_eq!(number_member("{\"a\": \"12\"}", "a"), None);
        assert_eq!(number_member("{}", "a"), None);
    }

    #[test]
    fn wasm_tests_go_where_they_ask_to() {
        let root = std::env::temp_dir().join(format!("xtask-tests-{}", std::process::id()));
        fs::create_dir_all(root.join("tests/deep")).expect("a directory for the test");
        for (name, text) in [
            ("tests/native.rs", "#[test] fn a() {}"),
            ("tests/both.rs", "use wasm_bindgen_test::wasm_bindgen_test;"),
            ("tests/web.rs", "wasm_bindgen_test_configure!(run_in_browser);"),
            ("tests/deep/main.rs", "use wasm_bindgen_test::*;"),
            ("tests/notes.txt", "wasm_bindgen_test"),
        ] {
            fs::write(root.join(name), text).expect("a file for the test");
        }
        let found = wasm_test_targets(&root);
        fs::remove_dir_all(&root).expect("the test's own directory");
        let expected = [("both", Host::Node), ("deep", Host::Node), ("web", Host::Chromium)];
        assert_eq!(found, Ok(expected.map(|(name, host)| (name.to_owned(), host)).to_vec()));
    }
}
