//! Gets what compiles for wasm32: rustup's target where it can be downloaded, Debian's packages where it cannot.
//!
//! The release build recompiles the standard library for size when rustup's `rust-src` is at hand; that needs
//! flags which are not stable yet, hence `RUSTC_BOOTSTRAP`. Without it a plain stable build takes its place.
//! `VERIFY_CREDENTIAL_TOOLCHAIN` = `debian`, `plain` or `small` forces one way.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::Project;
use crate::process::{capture, cargo, find_program, run, run_within};
use crate::system;

/// Every way to compile for wasm32 that this program knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Toolchain {
    /// rustup's target and `rust-src`: the release build compiles the standard library too.
    Small,
    /// rustup's target alone, all stable.
    Plain,
    /// Debian's `rustc-web`, with the standard library compiled from its sources.
    Debian,
}

/// What a wasm module is compiled for. Each has its own flags and its own target directory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// The package: small, panics without text.
    Release,
    /// Tests and lints: quick to compile, panics with text.
    Test,
}

impl Toolchain {
    /// The way that works on this machine, installing what it needs; remembered in the target directory.
    pub fn get(project: &Project) -> Result<Self, String> {
        if let Some(forced) = env::var_os("VERIFY_CREDENTIAL_TOOLCHAIN").filter(|value| !value.is_empty()) {
            let forced = forced.to_string_lossy();
            let chosen = Self::named(&forced).ok_or_else(|| {
                format!("VERIFY_CREDENTIAL_TOOLCHAIN is {forced}; it may be debian, plain or small")
            })?;
            return if chosen.is_ready()? || chosen.prepare(project)? {
                Ok(chosen)
            } else {
                Err(format!("the toolchain \"{}\" cannot be had on this machine", chosen.name()))
            };
        }
        let memory = project.target.join("toolchain.txt");
        let remembered = fs::read_to_string(&memory).ok().and_then(|name| Self::named(name.trim()));
        if let Some(chosen) = remembered
            && chosen.is_ready()?
        {
            return Ok(chosen);
        }
        let chosen = Self::find(project)?;
        fs::create_dir_all(&project.target)
            .and_then(|()| fs::write(&memory, chosen.name()))
            .map_err(|error| format!("{}: {error}", memory.display()))?;
        Ok(chosen)
    }

    /// The word for this way in messages, the environment variable and directory names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Plain => "plain",
            Self::Debian => "debian",
        }
    }

    /// A cargo call for wasm32, for example `build` or `test`; arguments may be added behind.
    pub fn cargo(self, project: &Project, subcommand: &str, purpose: Purpose) -> Result<Command, String> {
        let mut command = cargo(&project.root);
        command
            .args([subcommand, "--target", TARGET])
            .env("CARGO_TARGET_DIR", self.target_dir(project, purpose));
        let mut flags = vec![
            "-Clink-arg=--max-memory=268435456".to_owned(),
            "-Clink-arg=-zstack-size=1048576".to_owned(),
        ];
        if purpose == Purpose::Release {
            flags.extend(self.remapped_paths(project)?);
            // The hashes unrolled are 17 KB more, and save some microseconds on a badge.
            flags.extend(["--cfg".to_owned(), "sha2_backend_soft=\"compact\"".to_owned()]);
            // Neither is of use here, and glue and tables for them cost 650 bytes brotli.
            flags.push("-Ctarget-feature=-reference-types,-multivalue".to_owned());
            // A little more is put into its callers than for the smallest code: what is called once or twice
            // packs better where it is used. 1,100 bytes brotli.
            flags.push("-Cllvm-args=-inline-threshold=15".to_owned());
        }
        match (self, purpose) {
            (Self::Small, Purpose::Release) => {
                command.env("RUSTC_BOOTSTRAP", "1");
                command.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
                flags.extend(["-Zunstable-options".to_owned(), "-Cpanic=immediate-abort".to_owned()]);
                // Panics say nothing there, so neither the places they come from nor how values look is kept.
                flags.extend(["-Zlocation-detail=none".to_owned(), "-Zfmt-debug=none".to_owned()]);
            }
            (Self::Small | Self::Plain, _) => {}
            (Self::Debian, purpose) => {
                command.env("RUSTC", DEBIAN_RUSTC).env("RUSTC_BOOTSTRAP", "1");
                command.env(LINKER_VARIABLE, rust_lld()?);
                command.arg("-Zbuild-std=std,panic_abort");
                if purpose == Purpose::Test && subcommand == "test" {
                    command.arg("-Zpanic-abort-tests");
                }
            }
        }
        if purpose == Purpose::Test {
            // Conformance suites are slow unoptimised, and debug information only slows the linker down.
            command.env("CARGO_PROFILE_DEV_OPT_LEVEL", "1").env("CARGO_PROFILE_DEV_DEBUG", "0");
        }
        command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        Ok(command)
    }

    /// Where a build of this kind puts its files: one directory per set of flags, or each would undo the other.
    pub fn target_dir(self, project: &Project, purpose: Purpose) -> PathBuf {
        let purpose = match purpose {
            Purpose::Release => "release",
            // Tests compile alike either way: both take the standard library as shipped.
            Purpose::Test if self == Self::Small => return Self::Plain.target_dir(project, purpose),
            Purpose::Test => "test",
        };
        project.target.join(format!("wasm-{}-{purpose}", self.name()))
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Small, Self::Plain, Self::Debian].into_iter().find(|way| way.name() == name)
    }

    /// The first way that works. Downloads are tried once, under a limit: there may be no network.
    fn find(project: &Project) -> Result<Self, String> {
        for way in [Self::Small, Self::Plain] {
            if way.is_ready()? || way.prepare(project)? {
                return Ok(way);
            }
        }
        println!("rustup has no {TARGET}; using Debian's packages");
        if Self::Debian.is_ready()? || Self::Debian.prepare(project)? {
            return Ok(Self::Debian);
        }
        Err(format!("nothing here compiles for {TARGET}: try `rustup target add {TARGET}`"))
    }

    /// Whether all files are there; asks no network.
    fn is_ready(self) -> Result<bool, String> {
        if self == Self::Debian {
            return Ok(Path::new(DEBIAN_RUSTC).is_file()
                && Path::new(DEBIAN_SOURCES).exists()
                && rust_lld().is_ok());
        }
        let libraries = sysroot("rustc")?.join("lib/rustlib");
        let target = libraries.join(TARGET).join("lib").is_dir();
        let sources = libraries.join("src/rust/library/Cargo.lock").is_file();
        Ok(target && (self == Self::Plain || sources))
    }

    /// Tries to install the way's files, and tells whether they are there now.
    fn prepare(self, project: &Project) -> Result<bool, String> {
        if self == Self::Debian {
            system::install(DEBIAN_PACKAGES, project.yes)?;
            return self.is_ready();
        }
        if find_program(&["rustup"]).is_none() {
            return Ok(false);
        }
        let mut wanted = vec![["target", "add", TARGET]];
        if self == Self::Small {
            wanted.push(["component", "add", "rust-src"]);
        }
        for arguments in wanted {
            let result =
                run_within(Command::new("rustup").current_dir(&project.root).args(arguments), DOWNLOAD_LIMIT);
            if let Err(error) = result {
                println!("{error}");
                return Ok(false);
            }
        }
        self.is_ready()
    }

    /// Flags that keep this machine's directories out of the module, and with them its bytes the same elsewhere.
    fn remapped_paths(self, project: &Project) -> Result<Vec<String>, String> {
        let home = env::var_os("CARGO_HOME").map(PathBuf::from);
        let cargo_home = home.or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")));
        let compiler = if self == Self::Debian { DEBIAN_RUSTC } else { "rustc" };
        let mut pairs = vec![(project.root.clone(), "/verify-credential")];
        pairs.extend(cargo_home.map(|home| (home.join("registry/src"), "/crates")));
        pairs.push((sysroot(compiler)?.join("lib/rustlib/src/rust"), "/rust"));
        if self == Self::Debian {
            let sources =
                fs::canonicalize(DEBIAN_SOURCES).map_err(|error| format!("{DEBIAN_SOURCES}: {error}"))?;
            pairs.push((sources, "/rust"));
        }
        Ok(pairs.iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())).collect())
    }
}

/// The directory with `wasm-bindgen` and its test runner, in the version Cargo.lock holds; installs them if need be.
pub fn wasm_bindgen(project: &Project) -> Result<PathBuf, String> {
    let lock = fs::read_to_string(project.root.join("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock: {error}"))?;
    let version = locked_version(&lock, "wasm-bindgen").ok_or("Cargo.lock has no wasm-bindgen")?;
    let own = project.target.join("tools/bin");
    let in_path = find_program(&["wasm-bindgen"]).and_then(|file| file.parent().map(Path::to_owned));
    for directory in in_path.into_iter().chain([own.clone()]) {
        if has_wasm_bindgen(&directory, version) {
            return Ok(directory);
        }
    }
    install_tool(project, "wasm-bindgen-cli", version)?;
    if has_wasm_bindgen(&own, version) {
        Ok(own)
    } else {
        Err(format!("wasm-bindgen {version} was not installed"))
    }
}

/// Firefox's driver in the version that the tests were written with; installs it if need be.
pub fn geckodriver(project: &Project) -> Result<PathBuf, String> {
    let own = project.target.join("tools/bin/geckodriver");
    let is_there =
        || capture(Command::new(&own).arg("--version")).is_ok_and(|text| text.contains(GECKODRIVER_VERSION));
    if !(own.is_file() && is_there()) {
        install_tool(project, "geckodriver", GECKODRIVER_VERSION)?;
    }
    Ok(own)
}

/// Compiles a program of the registry into `target/tools`.
fn install_tool(project: &Project, name: &str, version: &str) -> Result<(), String> {
    println!("installing {name} {version} into target/tools; this takes minutes, once");
    let install = |extra: &[&str]| {
        let mut command = cargo(&project.root);
        command.args(["install", name, "--version", version, "--root"]).arg(project.target.join("tools"));
        command.arg("--target-dir").arg(project.target.join("tools/build")).args(extra);
        command.env_remove("RUSTC").env_remove("RUSTFLAGS").env_remove("CARGO_TARGET_DIR");
        // Quick to compile: the tool works on one small module, or waits for a browser.
        command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1").env("CARGO_PROFILE_RELEASE_LTO", "off");
        run(&mut command)
    };
    if let Err(error) = install(&["--locked"]) {
        // The lock file of a published tool may name a version that has been withdrawn since.
        println!("{error}; trying without its lock file");
        install(&[])?;
    }
    // The build directory is large and of no further use; left behind, it only takes room.
    let _ = fs::remove_dir_all(project.target.join("tools/build"));
    Ok(())
}

fn has_wasm_bindgen(directory: &Path, version: &str) -> bool {
    let says = |program: &str| {
        let path = directory.join(program);
        path.is_file()
            && capture(Command::new(path).arg("--version")).is_ok_and(|text| text.trim().ends_with(version))
    };
    says("wasm-bindgen") && says("wasm-bindgen-test-runner")
}

fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let start = format!("[[package]]\nname = \"{package}\"\nversion = \"");
    lock.split_once(&start)?.1.split('"').next()
}

fn sysroot(compiler: &str) -> Result<PathBuf, String> {
    Ok(PathBuf::from(capture(Command::new(compiler).args(["--print", "sysroot"]))?.trim_end()))
}

/// A linker for wasm: the one rustup's toolchain carries, or Debian's.
fn rust_lld() -> Result<PathBuf, String> {
    let libraries = sysroot("rustc")?.join("lib/rustlib");
    let hosts = fs::read_dir(&libraries).map_err(|error| format!("{}: {error}", libraries.display()))?;
    let carried = hosts.flatten().map(|host| host.path().join("bin/rust-lld")).find(|path| path.is_file());
    carried.or_else(|| find_program(&["wasm-ld"])).ok_or_else(|| "there is no linker for wasm".into())
}

const GECKODRIVER_VERSION: &str = "0.37.1";
const TARGET: &str = "wasm32-unknown-unknown";
const LINKER_VARIABLE: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_SOURCES: &str = "/usr/lib/rustlib/src/rust";
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "libstd-rust-web-dev", "rust-web-src", "lld"];
/// Long enough for 40 MB over a slow line, short enough to wait for in vain once.
const DOWNLOAD_LIMIT: Duration = Duration::from_secs(90);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_is_that_of_the_package_itself() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "absent"), None);
    }

    #[test]
    fn names_lead_back() {
        for way in [Toolchain::Small, Toolchain::Plain, Toolchain::Debian] {
            assert_eq!(Toolchain::named(way.name()), Some(way));
        }
        assert_eq!(Toolchain::named("other"), None);
    }
}
