//! What the machine must have: Node, and for browser tests the engines with their drivers.
//!
//! Installs Debian packages only as root or after `--yes`; otherwise says the exact command and stops.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Project;
use crate::process::{capture, find_program, find_program_or, run};
use crate::toolchain;

/// A browser engine that the page is tested in.
#[derive(PartialEq, Eq, Debug)]
pub struct Engine {
    /// As `ENGINE` names it.
    pub name: &'static str,
    /// What Debian calls it and what drives it.
    packages: &'static [&'static str],
    programs: &'static [Program],
}

/// One program of an engine.
#[derive(PartialEq, Eq, Debug)]
struct Program {
    /// The environment variable that names it, for the tests and for whoever has it elsewhere.
    variable: &'static str,
    /// What it may be called in PATH, or a path below `/usr/lib` and its directories for machine types.
    names: &'static [&'static str],
}

/// The one that everything is tested and measured in.
pub const CHROMIUM: &Engine = &Engine {
    name: "chromium",
    packages: &["chromium", "chromium-driver"],
    programs: &[
        Program {
            variable: "CHROME",
            names: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
        },
        Program { variable: "CHROMEDRIVER", names: &["chromedriver"] },
    ],
};

/// Every engine that the end-to-end tests run in.
pub const ENGINES: &[&Engine] = &[
    CHROMIUM,
    &Engine {
        name: "firefox",
        packages: &["firefox-esr"],
        programs: &[
            Program { variable: "FIREFOX", names: &["firefox-esr", "firefox"] },
            Program { variable: "GECKODRIVER", names: &[GECKODRIVER] },
        ],
    },
    &Engine {
        name: "webkit",
        packages: &["webkit2gtk-driver", "xvfb"],
        programs: &[
            Program { variable: "WEBKITDRIVER", names: &["WebKitWebDriver"] },
            Program { variable: "XVFB", names: &["Xvfb"] },
            Program { variable: "MINIBROWSER", names: &["webkit2gtk-4.1/MiniBrowser"] },
        ],
    },
];

impl Engine {
    /// Its programs, each under the variable that tells the tests; installs Debian's packages where one is missing.
    pub fn get(&self, project: &Project) -> Result<Vec<(&'static str, PathBuf)>, String> {
        if self.programs.iter().any(|program| !program.is_built() && program.find().is_none()) {
            install(self.packages, project.yes)?;
        }
        self.programs.iter().map(|program| Ok((program.variable, program.get(project)?))).collect()
    }
}

impl Program {
    /// Debian does not have it.
    fn is_built(&self) -> bool {
        self.names == [GECKODRIVER]
    }

    fn get(&self, project: &Project) -> Result<PathBuf, String> {
        match self.find() {
            Some(found) => Ok(found),
            None if self.is_built() => toolchain::geckodriver(project),
            None => Err(format!("there is no {}; set {}", self.names.join(" or "), self.variable)),
        }
    }

    fn find(&self) -> Option<PathBuf> {
        find_program_or(self.variable, self.names).or_else(|| self.find_in_libraries())
    }

    /// Programs that are not for people lie with the libraries of their kind of machine.
    fn find_in_libraries(&self) -> Option<PathBuf> {
        let machines = fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path());
        let mut directories =
            machines.chain([Path::new("/usr/lib").into(), Path::new("/usr/libexec").into()]);
        directories.find_map(|directory| {
            let inside = |name: &&str| name.contains('/').then(|| directory.join(name));
            self.names.iter().filter_map(inside).find(|file| file.is_file())
        })
    }
}

/// Node 20 or newer, from PATH. Debian's own is too old, so this one is never installed from here.
pub fn node() -> Result<PathBuf, String> {
    let node =
        find_program(&["node", "nodejs"]).ok_or("Node 20 or newer is needed: install it from nodejs.org")?;
    let version = capture(Command::new(&node).arg("--version"))?;
    let major =
        version.trim().trim_start_matches('v').split('.').next().and_then(|text| text.parse::<u32>().ok());
    match major {
        Some(major) if major >= 20 => Ok(node),
        _ => Err(format!("Node 20 or newer is needed; `node --version` says {}", version.trim())),
    }
}

/// Installs Debian packages, or says how where that is not for this program to do.
pub fn install(packages: &[&str], yes: bool) -> Result<(), String> {
    let list = packages.join(" ");
    if find_program(&["apt-get"]).is_none() {
        return Err(format!("this machine has no apt-get: install what Debian calls {list} by other means"));
    }
    let root = capture(Command::new("id").arg("-u"))?.trim() == "0";
    let allowed = root || (yes && find_program(&["sudo"]).is_some());
    if !allowed {
        return Err(format!(
            "missing system packages. Run this, or repeat with --yes to let it be run:\n  \
             sudo apt-get update && sudo apt-get install -y --no-install-recommends {list}"
        ));
    }
    println!("installing {list}");
    // An update may fail for one unreachable source while the packages can be had from another.
    if let Err(error) = run(apt_get(root).args(["-qq", "update"])) {
        println!("{error}; trying with the lists at hand");
    }
    run(apt_get(root).args(["-qq", "install", "-y", "--no-install-recommends"]).args(packages))
}

fn apt_get(root: bool) -> Command {
    let mut command = Command::new(if root { "env" } else { "sudo" });
    if root {
        command.arg("DEBIAN_FRONTEND=noninteractive");
    }
    command.arg("apt-get");
    command
}

const GECKODRIVER: &str = "geckodriver";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engines_have_names_and_variables_of_their_own() {
        let mut seen: Vec<&str> = ENGINES.iter().map(|engine| engine.name).collect();
        seen.extend(ENGINES.iter().flat_map(|engine| engine.programs).map(|program| program.variable));
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all);
    }
}
