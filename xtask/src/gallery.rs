//! `cargo xtask gallery`: contact sheets of every state of the element, and whether what is drawn stays in its boxes.

use std::env;
use std::process::Command;

use crate::Project;
use crate::package;
use crate::process::run;
use crate::system::{self, CHROMIUM};

/// Writes the sheets into `target/gallery`; an error says that something does not stay in its box.
pub fn draw(project: &Project) -> Result<(), String> {
    package::build(project, &package::Options::default())?;
    let xtask = env::current_exe().map_err(|error| error.to_string())?;
    let mut node = Command::new(system::node()?);
    node.current_dir(&project.root).env("ENGINE", CHROMIUM.name).envs(CHROMIUM.get(project)?);
    run(node.env("XTASK", &xtask).env("OUT", project.target.join("gallery")).arg("tests/gallery/sheets.mjs"))
}
