//! Runs other programs and finds them. Errors are sentences for the person at the terminal.
//!
//! Does not decide what to run: `toolchain` and `package` do.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Runs to the end with this terminal's output; an exit code other than 0 is an error that names the command.
pub fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    judge(command, status)
}

/// Runs to the end and returns what it wrote to standard output; what it says on standard error passes through.
pub fn capture(command: &mut Command) -> Result<String, String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| cannot_start(command, &error))?;
    judge(command, output.status)?;
    String::from_utf8(output.stdout)
        .map_err(|_| format!("{} printed bytes that are not text", spelled(command)))
}

/// Like [`run`], but ends the program when `limit` has passed: for downloads that may hang where there is no network.
pub fn run_within(command: &mut Command, limit: Duration) -> Result<(), String> {
    let mut child = command.stdin(Stdio::null()).spawn().map_err(|error| cannot_start(command, &error))?;
    let deadline = Instant::now() + limit;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return judge(command, status),
            Ok(None) if Instant::now() < deadline => thread::sleep(Duration::from_millis(50)),
            Ok(None) => {
                // Both may fail only because the child has just ended by itself, which is what is wanted.
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("{} took longer than {} s", spelled(command), limit.as_secs()));
            }
            Err(error) => return Err(cannot_start(command, &error)),
        }
    }
}

/// The first of `names` that is a file in a directory of PATH.
pub fn find_program(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let directories: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().find_map(|name| directories.iter().map(|dir| dir.join(name)).find(|file| file.is_file()))
}

/// The program an environment variable names, or the first of `names` in PATH.
pub fn find_program_or(variable: &str, names: &[&str]) -> Option<PathBuf> {
    match env::var_os(variable) {
        Some(named) if !named.is_empty() => Some(PathBuf::from(named)),
        _ => find_program(names),
    }
}

/// The cargo that runs this program, so that the same toolchain is used throughout.
pub fn cargo(root: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// The command line as a person would type it, for messages.
pub fn spelled(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy().into_owned()));
    words.join(" ")
}

fn judge(command: &Command, status: ExitStatus) -> Result<(), String> {
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", spelled(command))) }
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("`{}` could not be run: {error}", spelled(command))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failure_names_the_command() {
        let error = run(&mut Command::new("false")).expect_err("false always fails");
        assert!(error.contains("`false`"), "{error}");
    }

    #[test]
    fn a_program_that_hangs_is_ended() {
        let started = Instant::now();
        assert!(run_within(Command::new("sleep").arg("60"), Duration::from_millis(100)).is_err());
        assert!(started.elapsed() < Duration::from_secs(30));
    }
}
