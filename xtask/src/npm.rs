//! Gets programs from the npm registry: the versions and hashes of a committed lock file, once, into the target
//! directory.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Project;
use crate::process::run;

/// What bundles the package and checks its types: a directory with `node_modules`.
pub fn build_tools(project: &Project) -> Result<PathBuf, String> {
    install(&project.root.join("xtask/tools"), &project.target.join("tools/npm"))
}

/// Installs what the `package.json` and `package-lock.json` of `list` say into `home`, unless it is there.
///
/// Scripts of the packages are not run. What npm downloads must have the hashes in the lock file.
pub fn install(list: &Path, home: &Path) -> Result<PathBuf, String> {
    let stamp = home.join(STAMP);
    let lock = read(&list.join("package-lock.json"))?;
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(home.to_owned());
    }
    fs::create_dir_all(home).map_err(|error| format!("{}: {error}", home.display()))?;
    write(&home.join("package.json"), &read(&list.join("package.json"))?)?;
    write(&home.join("package-lock.json"), &lock)?;
    println!("installing what {} lists, from the npm registry, once", list.display());
    run(Command::new("npm").current_dir(home).args(NPM_ARGUMENTS)).map_err(|error| {
        format!("{error}\nThe package cannot be built without these; they need the network once")
    })?;
    write(&stamp, &lock)?;
    Ok(home.to_owned())
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// `ci` takes exactly what the lock file says, or fails.
const NPM_ARGUMENTS: &[&str] = &["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
const STAMP: &str = "installed.json";
