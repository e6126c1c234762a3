//! Builds `pkg/`: the wasm module, its JavaScript glue, and the hand-written scripts of `src/js/` beside them.
//!
//! Writes only what differs, so that nothing downstream is rebuilt or reloaded for nothing.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha384};

use crate::Project;
use crate::process::{capture, find_program, run};
use crate::strip::strip_comments;
use crate::system;
use crate::toolchain::{Purpose, Toolchain, wasm_bindgen};

/// How the package is built.
#[derive(Default)]
pub struct Options {
    /// Pass the module through `wasm-opt` from PATH.
    pub wasm_opt: bool,
}

/// One file of the package, in bytes.
pub struct Size {
    pub name: String,
    pub raw: u64,
    pub gzip: u64,
    pub brotli: u64,
    /// Whether a page transfers it before a card is drawn.
    pub common: bool,
}

/// Builds the package; `pkg/package.json` and other hand-written files in `pkg/` stay as they are.
pub fn build(project: &Project, options: &Options) -> Result<(), String> {
    let toolchain = Toolchain::get(project)?;
    let tools = wasm_bindgen(project)?;
    let target = toolchain.target_dir(project, Purpose::Release);
    let module = compile(project, toolchain, &target)?;
    let bound = bind(&tools, &module, &target.join("bindgen"), options)?;

    let mut files = files_below(&bound, &|name| name != STAMP)?;
    files.extend(files_below(&project.root.join("src/js"), &|name| !name.ends_with(".test.js"))?);
    let pkg = project.root.join("pkg");
    let mut kept: BTreeSet<String> = BTreeSet::new();
    let integrity = integrity(&read(&bound.join("verify_credential_bg.wasm"))?);
    for (name, source) in files {
        let bytes = published(&name, read(&source)?, &integrity)?;
        let destination = pkg.join(&name);
        if fs::read(&destination).ok().as_deref() != Some(&bytes) {
            write(&destination, &bytes)?;
        }
        kept.insert(name);
    }
    for (name, path) in files_below(&pkg, &|name| !HAND_WRITTEN.contains(&name))? {
        if !kept.contains(&name) {
            fs::remove_file(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(())
}

/// Compiles the module twice, the second time from nothing, and compares the bytes.
pub fn check_reproducible(project: &Project) -> Result<(), String> {
    let toolchain = Toolchain::get(project)?;
    let first = toolchain.target_dir(project, Purpose::Release);
    let second = project.target.join("wasm-second");
    if second.exists() {
        fs::remove_dir_all(&second).map_err(|error| format!("{}: {error}", second.display()))?;
    }
    let modules = [compile(project, toolchain, &first)?, compile(project, toolchain, &second)?];
    let [one, two] = [read(&modules[0])?, read(&modules[1])?];
    let root = project.root.to_string_lossy();
    if one.windows(root.len()).any(|window| window == root.as_bytes()) {
        return Err(format!("{} names this machine's directory {root}", modules[0].display()));
    }
    if one != two {
        return Err(format!("two builds differ: {} and {}", modules[0].display(), modules[1].display()));
    }
    println!("two builds gave the same {} bytes", one.len());
    fs::remove_dir_all(&second).map_err(|error| format!("{}: {error}", second.display()))
}

/// The package's files and what they weigh, compressed as a server would.
pub fn sizes(project: &Project) -> Result<Vec<Size>, String> {
    let pkg = project.root.join("pkg");
    let mut command = Command::new(system::node()?);
    let text = capture(command.args(["--input-type=module", "--eval", SIZES]).arg(&pkg))?;
    text.lines()
        .map(|line| read_size(line).ok_or_else(|| format!("cannot read the size line {line:?}")))
        .collect()
}

/// Prints the sizes as a table, the sum of the common page last, and returns that sum's brotli bytes.
pub fn print_sizes(sizes: &[Size]) -> u64 {
    println!("{:<28} {:>9} {:>9} {:>9}", "file", "raw", "gzip", "brotli");
    for size in sizes {
        let mark = if size.common { "" } else { "  (loaded later)" };
        println!("{:<28} {:>9} {:>9} {:>9}{mark}", size.name, size.raw, size.gzip, size.brotli);
    }
    let sum = |weigh: fn(&Size) -> u64| sizes.iter().filter(|size| size.common).map(weigh).sum::<u64>();
    let brotli = sum(|size| size.brotli);
    println!("{:<28} {:>9} {:>9} {brotli:>9}", "common page", sum(|size| size.raw), sum(|size| size.gzip));
    brotli
}

fn compile(project: &Project, toolchain: Toolchain, target: &Path) -> Result<PathBuf, String> {
    let mut command = toolchain.cargo(project, "build", Purpose::Release)?;
    run(command
        .args(["--release", "--lib", "--package", "verify-credential"])
        .env("CARGO_TARGET_DIR", target))?;
    Ok(target.join("wasm32-unknown-unknown/release/verify_credential.wasm"))
}

/// Runs wasm-bindgen unless its input is the one of last time; returns the directory with its output.
fn bind(tools: &Path, module: &Path, directory: &Path, options: &Options) -> Result<PathBuf, String> {
    let mut hasher = DefaultHasher::new();
    (read(module)?, tools, options.wasm_opt, BINDGEN_ARGUMENTS).hash(&mut hasher);
    let stamp = format!("{:016x}", hasher.finish());
    if fs::read_to_string(directory.join(STAMP)).is_ok_and(|last| last == stamp) {
        return Ok(directory.to_owned());
    }
    if directory.exists() {
        fs::remove_dir_all(directory).map_err(|error| format!("{}: {error}", directory.display()))?;
    }
    run(Command::new(tools.join("wasm-bindgen"))
        .args(BINDGEN_ARGUMENTS)
        .arg("--out-dir")
        .arg(directory)
        .arg(module))?;
    if options.wasm_opt {
        let program = find_program(&["wasm-opt"]).ok_or("--wasm-opt needs wasm-opt in PATH")?;
        let file = directory.join("verify_credential_bg.wasm");
        run(Command::new(program).args(WASM_OPT_ARGUMENTS).arg(&file).arg("-o").arg(&file))?;
    }
    write(&directory.join(STAMP), stamp.as_bytes())?;
    Ok(directory.to_owned())
}

/// The bytes a file is published with: scripts without comments, and `parts.js` with the module's hash in it.
fn published(name: &str, bytes: Vec<u8>, integrity: &str) -> Result<Vec<u8>, String> {
    if !name.ends_with(".js") {
        return Ok(bytes);
    }
    let mut text = String::from_utf8(bytes).map_err(|_| format!("{name} is not UTF-8"))?;
    if name == "parts.js" {
        if text.matches(UNPINNED).count() != 1 {
            return Err(format!("src/js/parts.js must say `{UNPINNED}` once"));
        }
        text = text.replace(UNPINNED, &format!("WASM_INTEGRITY = \"{integrity}\";"));
    }
    Ok(strip_comments(&text).into_bytes())
}

/// The [Subresource Integrity](https://www.w3.org/TR/SRI/#integrity-metadata-description) value of a file.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", Base64::encode_string(&Sha384::digest(bytes)))
}

/// Every file below a directory whose relative name is wanted, with that name; nothing if there is no directory.
fn files_below(directory: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<(String, PathBuf)>, String> {
    let mut found = Vec::new();
    let mut pending = vec![directory.to_owned()];
    while let Some(next) = pending.pop() {
        let Ok(entries) = fs::read_dir(&next) else { continue };
        for entry in entries {
            let path = entry.map_err(|error| format!("{}: {error}", next.display()))?.path();
            let name = path
                .strip_prefix(directory)
                .map_err(|error| error.to_string())?
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                pending.push(path);
            } else if wanted(&name) {
                found.push((name, path));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn read_size(line: &str) -> Option<Size> {
    let mut cells = line.split('\t');
    let name = cells.next()?.to_owned();
    let mut number = || cells.next()?.parse().ok();
    let (raw, gzip, brotli) = (number()?, number()?, number()?);
    Some(Size { name, raw, gzip, brotli, common: cells.next()? == "common" })
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let parent = path.parent().ok_or_else(|| format!("{} has no directory", path.display()))?;
    fs::create_dir_all(parent)
        .and_then(|()| fs::write(path, bytes))
        .map_err(|error| format!("{}: {error}", path.display()))
}

const SIZES: &str = include_str!("sizes.mjs");
/// What the source of `parts.js` says, where nothing is built that could be pinned.
const UNPINNED: &str = "WASM_INTEGRITY = \"\";";
const STAMP: &str = "stamp.txt";
/// Files of `pkg/` that are kept in git.
const HAND_WRITTEN: &[&str] =
    &["package.json", "trust-list.schema.json", "README.md", "LICENSE", "LICENSE-MIT", "LICENSE-APACHE"];
const BINDGEN_ARGUMENTS: &[&str] =
    &["--target=web", "--out-name=verify_credential", "--remove-name-section", "--remove-producers-section"];
const WASM_OPT_ARGUMENTS: &[&str] = &[
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_loader_is_pinned() {
        let source = include_bytes!("../../src/js/parts.js").to_vec();
        let bytes = published("parts.js", source, &integrity(b"abc")).expect("one place to put it");
        // FIPS 180-4's own example.
        let expected = "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn";
        assert!(String::from_utf8_lossy(&bytes).ends_with(&format!("WASM_INTEGRITY = \"{expected}\";\n")));
        assert!(published("parts.js", b"export const WASM_INTEGRITY = null;".to_vec(), "").is_err());
        assert_eq!(published("a.d.ts", b"// x".to_vec(), ""), Ok(b"// x".to_vec()));
    }

    #[test]
    fn size_lines_are_read() {
        let size = read_size("a.js\t30\t20\t10\tcommon").expect("a whole line");
        assert_eq!(
            (size.name.as_str(), size.raw, size.gzip, size.brotli, size.common),
            ("a.js", 30, 20, 10, true)
        );
        assert!(read_size("a.js\t30\t20").is_none());
        assert!(read_size("").is_none());
    }
}
