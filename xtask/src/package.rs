//! Builds `pkg/`: the wasm modules, the scripts that `bundle.mjs` makes of `src/js/` and the glue, and what describes them.
//!
//! Writes only what differs, so that nothing downstream is rebuilt or reloaded for nothing.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use base64ct::{Base64, Encoding};
use miniz_oxide::deflate::compress_to_vec_zlib;
use sha2::{Digest, Sha384};

use crate::Project;
use crate::describe;
use crate::imports;
use crate::npm;
use crate::process::{capture, find_program, run};
use crate::split::{self, Cut, PARTS};
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
    let target = Toolchain::get(project)?.target_dir(project, Purpose::Release);
    let staged = stage(project, options, &target, &project.target.join("stage"))?;
    let pkg = project.root.join("pkg");
    for (name, source) in &staged {
        write_if_new(&pkg.join(name), &read(source)?)?;
    }
    for (name, path) in files_below(&pkg, &|name| !HAND_WRITTEN.contains(&name))? {
        if !staged.iter().any(|(kept, _)| *kept == name) {
            fs::remove_file(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(())
}

/// Builds the package again, from nothing, and compares the bytes of every file.
pub fn check_reproducible(project: &Project, options: &Options) -> Result<(), String> {
    let target = project.target.join("wasm-second");
    remove(&target)?;
    let staged = stage(project, options, &target, &target.join("stage"))?;
    let built = files_below(&project.root.join("pkg"), &|name| !HAND_WRITTEN.contains(&name))?;
    let names = |files: &[(String, PathBuf)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    if names(&staged) != names(&built) {
        return Err(format!("two builds gave other files: {:?} and {:?}", names(&built), names(&staged)));
    }
    let root = project.root.to_string_lossy();
    for ((name, one), (_, two)) in built.iter().zip(&staged) {
        let [one, two] = [read(one)?, read(two)?];
        if one.windows(root.len()).any(|window| window == root.as_bytes()) {
            return Err(format!("pkg/{name} names this machine's directory {root}"));
        }
        if one != two {
            return Err(format!("two builds differ in {name}"));
        }
    }
    println!("two builds gave the same {} files", staged.len());
    remove(&target)
}

/// Lays out everything that is generated in `stage`; returns the files by their names in the package.
fn stage(
    project: &Project,
    options: &Options,
    target: &Path,
    stage: &Path,
) -> Result<Vec<(String, PathBuf)>, String> {
    let npm = npm::build_tools(project)?;
    let modules = modules(project, target, options)?;
    remove(stage)?;
    for module in &modules {
        write(&stage.join(&module.wasm_name), &module.wasm)?;
    }
    bundle(project, &npm, &modules, stage)?;
    // A server's page names it; the element itself brings it in the core.
    write(&stage.join("verify-credential.css"), &read(&project.root.join("src/render/card.css"))?)?;
    let described = target.join("described");
    describe::describe(project, &npm, &described)?;
    for (name, path) in files_below(&described, &|name| name != STAMP)? {
        write(&stage.join(name), &read(&path)?)?;
    }
    write(&stage.join("integrity.json"), hashes(stage)?.as_bytes())?;
    for name in LICENCES {
        write(&stage.join(name), &read(&project.root.join(name))?)?;
    }
    files_below(stage, &|_| true)
}

/// What a page may write into the `integrity` of a tag, for every file that a page can load.
fn hashes(stage: &Path) -> Result<String, String> {
    let files = files_below(stage, &|name| {
        name.ends_with(".wasm") || name.ends_with(".css") || (name.ends_with(".js") && !name.contains('/'))
    })?;
    let lines: Result<Vec<String>, String> = files
        .iter()
        .map(|(name, path)| Ok(format!("  \"{name}\": \"{}\"", integrity(&read(path)?))))
        .collect();
    Ok(format!("{{\n{}\n}}\n", lines?.join(",\n")))
}

/// One wasm module of the package.
struct Module {
    /// What the scripts call it.
    part: &'static str,
    wasm_name: String,
    wasm: Vec<u8>,
    /// The JavaScript that wasm-bindgen wrote for it, if it is bound at all.
    glue: Option<PathBuf>,
}

/// Every module, compiled and bound: the one that each page loads, and what is loaded when it is needed.
fn modules(project: &Project, target: &Path, options: &Options) -> Result<Vec<Module>, String> {
    let tools = wasm_bindgen(project)?;
    let mut modules = Vec::new();
    for Compiled { part, out_name, feature, opt_level } in MODULES {
        let compiled = compile(project, target, *feature, opt_level)?;
        let bound = bind(&tools, &compiled, out_name, &target.join("bindgen").join(part), options)?;
        let wasm_name = format!("{out_name}_bg.wasm");
        let wasm = read(&bound.join(&wasm_name))?;
        let glue = bound.join(format!("{out_name}.js"));
        if *part == CORE {
            let Cut { core, parts } = split::split(&wasm, PARTS)?;
            modules.push(Module { part, wasm_name, wasm: core, glue: Some(glue) });
            modules.extend(PARTS.iter().zip(parts).map(|(part, wasm)| Module {
                part: part.name,
                wasm_name: format!("{}_bg.wasm", part.name),
                wasm,
                glue: None,
            }));
        } else {
            modules.push(Module { part, wasm_name, wasm: split::without_names(&wasm)?, glue: Some(glue) });
        }
    }
    // Tests and measurements call the core without the shell around it.
    let directory = project.root.join("target/glue");
    for module in &modules {
        write_if_new(&directory.join(&module.wasm_name), &module.wasm)?;
        if let Some(glue) = &module.glue {
            write_if_new(&directory.join(glue.file_name().unwrap_or_default()), &read(glue)?)?;
        }
    }
    Ok(modules)
}

/// Makes the scripts, each in one file and with the hashes of the modules in it.
fn bundle(project: &Project, npm: &Path, modules: &[Module], stage: &Path) -> Result<(), String> {
    let members = |value: &dyn Fn(&Module) -> Option<String>| {
        let of = |module: &Module| value(module).map(|value| format!("\"{}\":\"{value}\"", module.part));
        modules.iter().filter_map(of).collect::<Vec<_>>().join(",")
    };
    let integrity = members(&|module| Some(integrity(&module.wasm)));
    let packed = members(&|module| {
        let packed = || Base64::encode_string(&compress_to_vec_zlib(&module.wasm, ZLIB_LEVEL));
        (!NOT_INLINED.contains(&module.part)).then(packed)
    });
    let joining = PARTS.iter().map(|part| format!("\"{}\":\"{}\"", part.name, part.requires.unwrap_or("")));
    let joining = joining.collect::<Vec<_>>().join(",");
    let inlined = project.target.join("inlined.js");
    let text = format!(
        "export const INTEGRITY = {{{integrity}}};\nexport const JOINING = {{{joining}}};\n\
         export const PACKED = {{{packed}}};\n"
    );
    write(&inlined, text.as_bytes())?;
    let glue = members(&|module| module.glue.as_deref().map(slashed));
    let task = format!(
        r#"{{"sources":"{}","manifest":"{}","tools":"{}","inlined":"{}","out":"{}","joining":{{{joining}}},"glue":{{{glue}}},"integrity":{{{integrity}}}}}"#,
        slashed(&project.root.join("src/js")),
        slashed(&project.root.join("pkg/package.json")),
        slashed(npm),
        slashed(&inlined),
        slashed(stage),
    );
    run(Command::new(system::node()?).args(["--input-type=module", "--eval", BUNDLE]).arg(task))
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

/// Compiles the core, or with a feature the part of the crate that stands behind it alone.
fn compile(
    project: &Project,
    target: &Path,
    feature: Option<&str>,
    opt_level: &str,
) -> Result<PathBuf, String> {
    let mut command = Toolchain::get(project)?.cargo(project, "build", Purpose::Release)?;
    command.args(["--release", "--lib", "--package", "verify-credential", "--no-default-features"]);
    command.env("CARGO_TARGET_DIR", target);
    command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", opt_level);
    if let Some(feature) = feature {
        command.args(["--features", feature]);
    }
    run(&mut command)?;
    Ok(target.join("wasm32-unknown-unknown/release/verify_credential.wasm"))
}

/// Runs wasm-bindgen unless its input is the one of last time; returns the directory with its output.
fn bind(
    tools: &Path,
    module: &Path,
    out_name: &str,
    directory: &Path,
    options: &Options,
) -> Result<PathBuf, String> {
    let mut hasher = DefaultHasher::new();
    (read(module)?, tools, out_name, options.wasm_opt, BINDGEN_ARGUMENTS, SHORTEN).hash(&mut hasher);
    let stamp = format!("{:016x}", hasher.finish());
    if fs::read_to_string(directory.join(STAMP)).is_ok_and(|last| last == stamp) {
        return Ok(directory.to_owned());
    }
    remove(directory)?;
    run(Command::new(tools.join("wasm-bindgen"))
        .args(BINDGEN_ARGUMENTS)
        .args(["--out-name", out_name, "--out-dir"])
        .arg(directory)
        .arg(module))?;
    if options.wasm_opt {
        let program = find_program(&["wasm-opt"]).ok_or("--wasm-opt needs wasm-opt in PATH")?;
        let file = directory.join(format!("{out_name}_bg.wasm"));
        run(Command::new(program).args(WASM_OPT_ARGUMENTS).arg(&file).arg("-o").arg(&file))?;
    }
    let [wasm, glue] =
        [format!("{out_name}_bg.wasm"), format!("{out_name}.js")].map(|name| directory.join(name));
    let text = String::from_utf8(read(&glue)?).map_err(|_| format!("{} is not UTF-8", glue.display()))?;
    let (short_wasm, short_glue) = imports::shorten(&read(&wasm)?, &text)?;
    write(&wasm, &short_wasm)?;
    write(&glue, short_glue.as_bytes())?;
    write(&directory.join(STAMP), stamp.as_bytes())?;
    Ok(directory.to_owned())
}

/// The [Subresource Integrity](https://www.w3.org/TR/SRI/#integrity-metadata-description) value of a file.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", Base64::encode_string(&Sha384::digest(bytes)))
}

/// Every file below a directory whose relative name is wanted, with that name; nothing if there is no directory.
pub fn files_below(
    directory: &Path,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<(String, PathBuf)>, String> {
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

/// Reads a whole file; an error names it.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Removes a directory with all in it, if there is one.
pub fn remove(directory: &Path) -> Result<(), String> {
    if !directory.exists() {
        return Ok(());
    }
    fs::remove_dir_all(directory).map_err(|error| format!("{}: {error}", directory.display()))
}

/// A path as JSON takes it, without escapes.
fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn write_if_new(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if fs::read(path).ok().as_deref() == Some(bytes) { Ok(()) } else { write(path, bytes) }
}

/// Writes a file, making the directories above it.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let parent = path.parent().ok_or_else(|| format!("{} has no directory", path.display()))?;
    fs::create_dir_all(parent)
        .and_then(|()| fs::write(path, bytes))
        .map_err(|error| format!("{}: {error}", path.display()))
}

const SIZES: &str = include_str!("sizes.mjs");
const BUNDLE: &str = include_str!("bundle.mjs");
/// A part of what the output of wasm-bindgen becomes.
const SHORTEN: &str = include_str!("imports.rs");
/// A module that is compiled by itself.
struct Compiled {
    /// What the scripts call it, and the name of its files.
    part: &'static str,
    out_name: &'static str,
    /// The feature of the crate that makes it; none for the core.
    feature: Option<&'static str>,
    /// As cargo takes it: what does one thing only is quickest unrolled. 5 KB more for half the time.
    opt_level: &'static str,
}

const MODULES: &[Compiled] = &[
    Compiled { part: CORE, out_name: "verify_credential", feature: None, opt_level: "z" },
    Compiled { part: "curves", out_name: "curves", feature: Some("curves-module"), opt_level: "3" },
    Compiled { part: "pairing", out_name: "pairing", feature: Some("pairing-module"), opt_level: "z" },
    Compiled { part: "rsa", out_name: "rsa", feature: Some("rsa-module"), opt_level: "s" },
    Compiled { part: "rare-keys", out_name: "rare-keys", feature: Some("rare-keys-module"), opt_level: "z" },
    Compiled {
        part: "certificates",
        out_name: "certificates",
        feature: Some("certificates-module"),
        opt_level: "z",
    },
    Compiled { part: "schema", out_name: "schema", feature: Some("schema-module"), opt_level: "z" },
    Compiled { part: "about", out_name: "about", feature: Some("about-module"), opt_level: "z" },
];
/// What every page loads.
const CORE: &str = "core";
/// No verification asks for these, so the script that carries its modules goes without.
const NOT_INLINED: &[&str] = &["about"];
const LICENCES: &[&str] = &["LICENSE-MIT", "LICENSE-APACHE"];
const ZLIB_LEVEL: u8 = 10;
const STAMP: &str = "stamp.txt";
/// Files of `pkg/` that are kept in git.
const HAND_WRITTEN: &[&str] = &["package.json", "README.md", "trust-list.schema.json"];
const BINDGEN_ARGUMENTS: &[&str] = &["--target=web", "--remove-producers-section"];
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
    fn hashes_are_written_as_browsers_read_them() {
        // FIPS 180-4's own example.
        let expected = "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn";
        assert_eq!(integrity(b"abc"), expected);
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
