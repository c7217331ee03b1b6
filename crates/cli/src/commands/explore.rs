//! `thalweg explore`: the page, set to an experiment.

use crate::{
    args::{ExploreArgs, target},
    failure::{Failure, Result},
    input, output,
};
use std::{
    fs,
    io::{self, IsTerminal as _},
    path::Path,
};
use thalweg::chance::Chance;
use thalweg_explore::{
    address::{Address, EPOCHS, HOME},
    page,
    session::Session,
};

/// The whole page, built by `cargo xtask app`.
const PAGE: &str = include_str!("../../../../app/dist/thalweg.html");

pub(crate) fn run(args: &ExploreArgs) -> Result {
    let (address, files) = match &args.experiment {
        None if args.epochs.is_none() => (HOME.parse()?, Vec::new()),
        None => {
            let help = "name a problem with --on";
            return Err(Failure::usage("--epochs is for an experiment", help));
        }
        Some(given) => {
            let address = Address {
                on: given.on.clone(),
                with: given.with.clone(),
                start: given.start.clone().map(|numbers| numbers.0),
                target: target(given.target),
                epochs: args.epochs.unwrap_or(EPOCHS),
                chance: Chance {
                    batch: given.batch,
                    shuffle: given.shuffle,
                    gradient_noise: given.gradient_noise,
                    seed: given.seed,
                },
                plane: None,
            };
            (address, input::problem(&given.on)?.files)
        }
    };
    // What is wrong is said here, not by the page.
    Session::new(&address, &files)?;
    output::write(&args.output, page::set(PAGE, &address, &files))?;
    let opened = io::stdout().is_terminal() && open(&args.output);
    let what = if opened { "opened" } else { "wrote" };
    let advice = if opened { "" } else { ": open it in a browser" };
    output::print(format_args!("{what} {}{advice}\n", args.output.display()))
}

/// Opens a file in the browser; false where there is none.
fn open(path: &Path) -> bool {
    let Ok(path) = fs::canonicalize(path) else {
        return false;
    };
    webbrowser::open(&format!("file://{}", path.display())).is_ok()
}
