//! Starts other programs in the root of the repository.

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::{Failure, Result};

/// The folder of the workspace's `Cargo.toml`.
pub(crate) fn root() -> PathBuf {
    // Cargo sets it at run time too, where it is right even after the folder was moved.
    let xtask = env::var_os("CARGO_MANIFEST_DIR")
        .unwrap_or_else(|| OsString::from(env!("CARGO_MANIFEST_DIR")));
    let xtask = Path::new(&xtask);
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// The cargo that started this program.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    tool(
        env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")),
        arguments,
    )
}

/// Any program, started in the root, told to be plain where this program's output is.
pub(crate) fn tool(program: impl Into<OsString>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program.into());
    command.args(arguments).current_dir(root());
    if is_plain() {
        command.env("NO_COLOR", "1");
        command.env("CARGO_TERM_COLOR", "never");
        command.env("CARGO_TERM_PROGRESS_WHEN", "never");
    }
    command
}

/// Whether output goes without colours and progress bars.
pub(crate) fn is_plain() -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    set("NO_COLOR") || set("CI") || !io::stdout().is_terminal()
}

/// Runs to the end with all output passed through; an exit status other than 0 is a failure.
pub(crate) fn run(command: &mut Command) -> Result {
    let status = command
        .status()
        .map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure(format!("`{}` ended with {status}", shown(command))))
    }
}

/// Runs to the end and returns what it wrote to standard output; its errors are passed through.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = captured(command)?;
    if !output.status.success() {
        let status = output.status;
        return Err(Failure(format!("`{}` ended with {status}", shown(command))));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| Failure(format!("`{}` wrote what is not UTF-8", shown(command))))
}

/// Like [`output`], whatever the exit status is.
pub(crate) fn captured(command: &mut Command) -> Result<Output> {
    command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| cannot_start(command, &error))
}

/// What a program answers on standard output, or nothing where it is missing or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(text)
}

/// How many bytes gzip makes of these at its best.
pub(crate) fn packed(bytes: &[u8]) -> Result<usize> {
    let mut gzip = tool("gzip", &["-9", "-c"]);
    gzip.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = gzip.spawn().map_err(|error| cannot_start(&gzip, &error))?;
    let mut input = child.stdin.take();
    let packed = std::thread::scope(|threads| {
        // Both ends at once: a full pipe would stop either.
        threads.spawn(|| input.take().map(|mut input| input.write_all(bytes)));
        child.wait_with_output()
    });
    let packed = packed.map_err(|error| cannot_start(&gzip, &error))?;
    Ok(packed.stdout.len())
}

/// The command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    // The cargo that started us is known by a long path.
    let mut line = match program.file_name() {
        Some(name) => name.to_string_lossy().into_owned(),
        None => program.display().to_string(),
    };
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

/// The failure of a program that is missing or may not be run.
pub(crate) fn cannot_start(command: &Command, error: &io::Error) -> Failure {
    Failure(format!("cannot start `{}`: {error}", shown(command)))
}
