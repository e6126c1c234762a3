//! All automation of the project: `cargo xtask demo | test | pkg | serve | snapshot | gallery | bench`.
//!
//! Gets what is missing, skips what is done, and says in a sentence what went wrong. Standard library and the hash
//! that the core uses anyway, so that it compiles in seconds on a fresh machine.

#![forbid(unsafe_code)]

mod describe;
mod fuzz;
mod gallery;
mod imports;
mod licences;
mod npm;
mod package;
mod process;
mod serve;
mod split;
mod steps;
mod suite;
mod system;
mod toolchain;

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use crate::process::{cargo, run, spelled};
use crate::serve::{Mounts, Server};

/// Where the project is, and what its user allows.
pub struct Project {
    pub root: PathBuf,
    /// Cargo's target directory, which also holds tools and remembered choices.
    pub target: PathBuf,
    /// Whether system packages may be installed without asking.
    pub yes: bool,
}

/// The command line, taken apart.
#[derive(Default)]
struct Arguments {
    words: Vec<String>,
    port: Option<u16>,
    mounts: Vec<String>,
    yes: bool,
    wasm_opt: bool,
    check_reproducible: bool,
}

fn main() -> ExitCode {
    let result = Arguments::parse(env::args().skip(1)).and_then(|arguments| {
        let root = find_root()?;
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        dispatch(&Project { root, target, yes: arguments.yes }, &arguments)
    });
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(project: &Project, arguments: &Arguments) -> Result<ExitCode, String> {
    let (command, rest) = match arguments.words.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("", arguments.words.as_slice()),
    };
    match command {
        "test" => {
            if let Some(unknown) = rest.iter().find(|name| !suite::SELECTIONS.contains(&name.as_str())) {
                return Err(format!(
                    "no tests are called {unknown}; there are {}",
                    suite::SELECTIONS.join(", ")
                ));
            }
            suite::run_all(project, rest)?;
        }
        "snapshot" => snapshot(project, rest)?,
        _ if !rest.is_empty() => return Err(format!("what is {}?\n\n{USAGE}", rest.join(" "))),
        "demo" => demo(project, arguments)?,
        "serve" => serve(project, arguments)?,
        "pkg" => pkg(project, arguments)?,
        "bench" => return bench(project),
        "gallery" => gallery::draw(project)?,
        "" | "help" => println!("{USAGE}"),
        unknown => return Err(format!("no command is called {unknown}\n\n{USAGE}")),
    }
    Ok(ExitCode::SUCCESS)
}

fn demo(project: &Project, arguments: &Arguments) -> Result<(), String> {
    let started = Instant::now();
    package::build(project, &package::Options { wasm_opt: arguments.wasm_opt })?;
    println!("the package is up to date ({:.1} s)", started.elapsed().as_secs_f64());
    serve(project, arguments)
}

fn serve(project: &Project, arguments: &Arguments) -> Result<(), String> {
    let mut mounts = Mounts::of_site(&project.root);
    for mount in &arguments.mounts {
        mounts.add(&project.root, mount)?;
    }
    let server = Server::bind(arguments.port.unwrap_or(8080), mounts)?;
    println!("{}", server.address());
    server.run();
    Ok(())
}

fn pkg(project: &Project, arguments: &Arguments) -> Result<(), String> {
    let options = package::Options { wasm_opt: arguments.wasm_opt };
    package::build(project, &options)?;
    package::print_sizes(&package::sizes(project)?);
    if arguments.check_reproducible { package::check_reproducible(project, &options) } else { Ok(()) }
}

/// Writes beside a credential what verifying it needs from the network, so that a page can hand it over.
///
/// The command line does it, and prints its report too; whether the credential is valid is no matter of this.
fn snapshot(project: &Project, files: &[String]) -> Result<(), String> {
    let [file] = files else { return Err("snapshot takes one file".into()) };
    let credential = std::path::absolute(file).map_err(|error| format!("{file}: {error}"))?;
    let mut written = credential.clone().into_os_string();
    written.push(".resources.json");
    let mut command = cargo(&project.root);
    command.args(["run", "--quiet", "--package", "verify-credential", "--", "--collect"]);
    let status = command
        .arg(&written)
        .arg(&credential)
        .status()
        .map_err(|error| format!("`{}` could not be run: {error}", spelled(&command)))?;
    if !matches!(status.code(), Some(0 | 1)) {
        return Err(format!("no snapshot of {file} was written"));
    }
    println!("wrote {file}.resources.json: for `.resources` of the element, or --resources");
    Ok(())
}

/// Runs every measurement there is; exit code 2 says that there is none, which is neither good nor bad.
fn bench(project: &Project) -> Result<ExitCode, String> {
    let files = suite::found_below(&project.root.join("tests/bench"), ".bench.mjs");
    if files.is_empty() {
        eprintln!("xtask: there are no measurements: tests/bench has no *.bench.mjs");
        return Ok(ExitCode::from(2));
    }
    package::build(project, &package::Options::default())?;
    package::print_sizes(&package::sizes(project)?);
    let browser = system::CHROMIUM.get(project)?;
    let xtask = env::current_exe().map_err(|error| error.to_string())?;
    for file in files {
        let mut node = Command::new(system::node()?);
        node.current_dir(&project.root).env("ENGINE", system::CHROMIUM.name);
        node.envs(browser.iter().map(|(name, path)| (name, path)));
        run(node.env("XTASK", &xtask).env("BENCH_TOOLS", project.target.join("bench")).arg(file))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The nearest directory above the current one that holds this program's sources, else where it was compiled.
fn find_root() -> Result<PathBuf, String> {
    let here = env::current_dir().map_err(|error| format!("the current directory: {error}"))?;
    let above = here.ancestors().find(|directory| directory.join("xtask/Cargo.toml").is_file());
    let compiled = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    above.or(compiled).map(Path::to_owned).ok_or_else(|| "run this inside the project".into())
}

impl Arguments {
    fn parse(words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = Self::default();
        let mut words = words;
        while let Some(word) = words.next() {
            match word.as_str() {
                "--yes" => arguments.yes = true,
                "--wasm-opt" => arguments.wasm_opt = true,
                "--check-reproducible" => arguments.check_reproducible = true,
                "--port" => {
                    let port = words.next().and_then(|number| number.parse().ok());
                    arguments.port = Some(port.ok_or("--port needs a number from 0 to 65535")?);
                }
                "--mount" => arguments.mounts.push(words.next().ok_or("--mount needs /start/=directory")?),
                "--help" => arguments.words.insert(0, "help".into()),
                flag if flag.starts_with('-') => return Err(format!("unknown option {flag}\n\n{USAGE}")),
                _ => arguments.words.push(word),
            }
        }
        Ok(arguments)
    }
}

const USAGE: &str = "\
cargo xtask demo [--port N]        build what has changed, serve the site on 127.0.0.1 (port 8080)
cargo xtask test [PART …] [--yes]  all tests, or of: lint native size node web e2e package fuzz
cargo xtask pkg                    build pkg/ and print what it weighs
    --check-reproducible           build again from nothing and compare the bytes
    --wasm-opt                     pass the module through wasm-opt from PATH
cargo xtask serve [--port N]       serve what is there; --mount /start/=directory adds pages
cargo xtask snapshot FILE          write FILE.resources.json: what verifying it needs from the network
cargo xtask gallery                draw every state of the element into target/gallery, and measure it
cargo xtask bench                  run the measurements in tests/bench; QUICK=1 for a first look

--yes lets missing system packages be installed; root needs no leave.
ENGINE=chromium|firefox|webkit runs the tests of the page in one engine instead of all.
VERIFY_CREDENTIAL_TOOLCHAIN=debian|plain|small forces one way to compile for wasm.";

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments, String> {
        Arguments::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_may_stand_anywhere() {
        let arguments = parse("test --yes web --port 81").expect("a good line");
        assert_eq!(arguments.words, ["test", "web"]);
        assert!(arguments.yes);
        assert_eq!(arguments.port, Some(81));
    }

    #[test]
    fn mistakes_are_refused() {
        for line in ["demo --port", "demo --port x", "demo --port 65536", "test --no", "serve --mount"] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
