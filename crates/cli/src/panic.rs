//! What happens after a panic, which is always a mistake of the program.

use crate::{output::temporary, terminal};
use std::panic::{self, PanicHookInfo};

/// The page for reports of mistakes.
const REPORTS: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

/// Ends the program with status 1 after a panic in any thread, without temporary files.
///
/// A hook is needed, because a panic does not return if the program was compiled with `panic = "abort"`, and because a
/// panic in a worker thread would not end the program.
pub fn exit_after_panic() {
    panic::set_hook(Box::new(|info| {
        temporary::delete_all();
        report(info);
        std::process::exit(1);
    }));
}

fn report(info: &PanicHookInfo) {
    let message = info.payload_as_str().unwrap_or("unknown reason");
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    terminal::print_stderr(format_args!(
        "error: the program failed because of a mistake in it: {message} ({place}, {REPORTS})\n  \
         help: no output file was changed; please report this message and the command to the authors of Thalweg\n"
    ));
}

/// Creates an output file, calls `work`, and moves the file to `path`. Tests use it to fail during `work`.
pub fn write_during(path: &std::path::Path, work: impl FnOnce()) -> bool {
    let Ok(mut file) = crate::output::files::PendingFile::new(path) else {
        return false;
    };
    let written = file.write(b"content");
    work();
    written.and_then(|()| file.persist()).is_ok()
}
