//! What the machine must have: Node, and for browser tests Chromium with its driver.
//!
//! Installs Debian packages only as root or after `--yes`; otherwise says the exact command and stops.

use std::path::PathBuf;
use std::process::Command;

use crate::process::{capture, find_program, find_program_or, run};

/// The browser and the program that drives it.
pub struct Browser {
    pub chrome: PathBuf,
    pub chromedriver: PathBuf,
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

/// Chromium and chromedriver from CHROME and CHROMEDRIVER or PATH; installs Debian's where either is missing.
pub fn browser(yes: bool) -> Result<Browser, String> {
    if let Some(browser) = find_browser() {
        return Ok(browser);
    }
    install(&["chromium", "chromium-driver"], yes)?;
    find_browser()
        .ok_or_else(|| "Chromium and chromedriver are not in PATH; set CHROME and CHROMEDRIVER".into())
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

fn find_browser() -> Option<Browser> {
    let chrome = find_program_or(
        "CHROME",
        &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    )?;
    let chromedriver = find_program_or("CHROMEDRIVER", &["chromedriver"])?;
    Some(Browser { chrome, chromedriver })
}
