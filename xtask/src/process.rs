//! Starts other programs in the root of the repository.

use anyhow::{Context as _, Result, ensure};
use std::{
    env,
    ffi::OsString,
    io::{self, IsTerminal, Write as _},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// The folder of the workspace's `Cargo.toml`.
pub(crate) fn root() -> PathBuf {
    // Cargo sets it at run time too, where it is right even after the folder was moved.
    let xtask = env::var_os("CARGO_MANIFEST_DIR")
        .unwrap_or_else(|| OsString::from(env!("CARGO_MANIFEST_DIR")));
    let xtask = Path::new(&xtask);
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// The cargo that started this program, with arguments that have spaces between them.
pub(crate) fn cargo(arguments: &str) -> Command {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    tool(cargo, arguments)
}

/// Any program, with arguments that have spaces between them, started in the root and told to be plain where this
/// program's output is.
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

/// Whether output goes without colours and progress bars.
pub(crate) fn is_plain() -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    set("NO_COLOR") || set("CI") || !io::stdout().is_terminal()
}

/// Runs to the end with all output passed through; an exit status other than 0 is a failure.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    ensure!(
        status.success(),
        "`{}` ended with {status}",
        command_text(command)
    );
    Ok(())
}

/// Runs to the end and returns what it wrote to standard output; its errors are passed through.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let Output { status, stdout, .. } = capture(command)?;
    ensure!(
        status.success(),
        "`{}` ended with {status}",
        command_text(command)
    );
    let text = String::from_utf8(stdout).ok();
    text.with_context(|| format!("`{}` wrote what is not UTF-8", command_text(command)))
}

/// Like [`output`], whatever the exit status is.
pub(crate) fn capture(command: &mut Command) -> Result<Output> {
    let output = command.stderr(Stdio::inherit()).output();
    output.with_context(|| cannot_start(command))
}

/// What a program answers on standard output, or nothing where it is missing or fails.
pub(crate) fn output_if_successful(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(text)
}

/// How many bytes gzip makes of these at its best.
pub(crate) fn gzip_size(bytes: &[u8]) -> Result<usize> {
    let mut gzip = tool("gzip", "-9 -c");
    gzip.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = gzip.spawn().with_context(|| cannot_start(&gzip))?;
    let mut input = child.stdin.take();
    let packed = std::thread::scope(|threads| {
        // Both ends at once: a full pipe would stop either.
        threads.spawn(|| input.take().map(|mut input| input.write_all(bytes)));
        child.wait_with_output()
    });
    Ok(packed.with_context(|| cannot_start(&gzip))?.stdout.len())
}

/// The command as one would type it.
pub(crate) fn command_text(command: &Command) -> String {
    let program = Path::new(command.get_program());
    // The cargo that started us is known by a long path.
    let program = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(program).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

/// What went wrong with a program that is missing or may not be run.
pub(crate) fn cannot_start(command: &Command) -> String {
    format!("cannot start `{}`", command_text(command))
}
