//! Runs other programs in the root of the repository.

use anyhow::{Context as _, Result, ensure};
use std::{
    env,
    ffi::OsString,
    io::{self, IsTerminal, Write as _},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Output, Stdio},
};

/// Returns the folder of the workspace's `Cargo.toml`.
pub(crate) fn root() -> PathBuf {
    // The variable at run time is correct even if the folder was moved after the build.
    let xtask = env::var_os("CARGO_MANIFEST_DIR")
        .unwrap_or_else(|| OsString::from(env!("CARGO_MANIFEST_DIR")));
    let xtask = Path::new(&xtask);
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// Returns a command of the cargo that started this program. Spaces separate the arguments.
pub(crate) fn cargo(arguments: &str) -> Command {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    tool(cargo, arguments)
}

/// Returns a command of any program in the root folder. Spaces separate the arguments. The program prints no colors if the
/// output of this program has none.
pub(crate) fn tool(program: impl Into<OsString>, arguments: &str) -> Command {
    let mut command = Command::new(program.into());
    command.args(arguments.split_whitespace());
    command.current_dir(root());
    if is_plain() {
        command.env("NO_COLOR", "1");
        command.env("CARGO_TERM_COLOR", "never");
        command.env("CARGO_TERM_PROGRESS_WHEN", "never");
    }
    command
}

/// Returns whether to print no colors and no progress bars.
pub(crate) fn is_plain() -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    set("NO_COLOR") || set("CI") || !io::stdout().is_terminal()
}

/// Runs a command and passes its output through. Fails if the exit status is not 0.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    check_status(status, command)
}

/// Fails if the exit status of a command is not 0.
pub(crate) fn check_status(status: ExitStatus, command: &Command) -> Result<()> {
    ensure!(
        status.success(),
        "`{}` ended with {status}",
        command_text(command)
    );
    Ok(())
}

/// Runs a command and returns its standard output. Standard error is passed through.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let Output { status, stdout, .. } = capture(command)?;
    check_status(status, command)?;
    let text = String::from_utf8(stdout).ok();
    text.with_context(|| format!("the output of `{}` is not UTF-8", command_text(command)))
}

/// Like [`output`], but accepts any exit status.
pub(crate) fn capture(command: &mut Command) -> Result<Output> {
    let output = command.stderr(Stdio::inherit()).output();
    output.with_context(|| cannot_start(command))
}

/// Returns the standard output of a program, or `None` if it is missing or fails.
pub(crate) fn output_if_successful(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(text)
}

/// Returns the number of bytes after the best compression by gzip.
pub(crate) fn gzip_size(bytes: &[u8]) -> Result<usize> {
    let mut gzip = tool("gzip", "-9 -c");
    gzip.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = gzip.spawn().with_context(|| cannot_start(&gzip))?;
    let mut input = child.stdin.take();
    let packed = std::thread::scope(|threads| {
        // Write and read at the same time, because a full pipe would block either side.
        threads.spawn(|| input.take().map(|mut input| input.write_all(bytes)));
        child.wait_with_output()
    });
    let packed = packed.with_context(|| cannot_start(&gzip))?;
    check_status(packed.status, &gzip)?;
    Ok(packed.stdout.len())
}

/// Formats a command as in a shell.
pub(crate) fn command_text(command: &Command) -> String {
    let program = Path::new(command.get_program());
    // Cargo passes its own path, which is long.
    let program = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(program).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

/// Returns the message for a program that is missing or not executable.
pub(crate) fn cannot_start(command: &Command) -> String {
    format!("cannot start `{}`", command_text(command))
}
