//! `thalweg explore`: writes the interactive page with an initial experiment.

use crate::{
    args::explore::ExploreArgs,
    output::{check_not_an_input, files},
    prelude::*,
};
use std::{
    fs,
    io::{self, IsTerminal as _},
};
use thalweg::{experiment::Experiment, spec::ExperimentSpec};
use thalweg_explore::{
    address::{Address, DEFAULT_ADDRESS},
    page,
    picture::Picture,
    session::Session,
    view_state::ViewState,
};

/// The page, built by `cargo xtask app`.
pub(super) const PAGE: &str = include_str!("../../../../app/dist/thalweg.html");

pub(crate) fn run(args: &ExploreArgs) -> Result {
    Format::of("-o", &args.output, &[Format::Html])?;
    let experiment = experiment(args)?;
    let files = experiment.files();
    check_not_an_input(files.iter().map(|(name, _)| name), &args.output)?;
    files::write(&args.output, page_of(args, &experiment)?.html)?;
    let opened = io::stdout().is_terminal() && open(&args.output);
    let file = args.output.display();
    terminal::print(if opened {
        format!("opened {file}\n")
    } else {
        format!("wrote {file}; open it in a browser\n")
    })
}

/// The page with an experiment.
pub struct ExplorePage {
    /// The page, a self-contained HTML file.
    pub html: String,
    /// The address of the experiment.
    pub address: String,
    /// The initial point.
    pub start: Vec<f64>,
}

/// Returns the page with the experiment of the arguments.
pub(crate) fn page(args: &ExploreArgs) -> Result<ExplorePage> {
    page_of(args, &experiment(args)?)
}

/// Returns the experiment of the arguments, with the names of the catalog.
fn experiment(args: &ExploreArgs) -> Result<Experiment> {
    input::experiment(&spec(args))
}

fn spec(args: &ExploreArgs) -> ExperimentSpec {
    let mut spec = args.experiment.0.clone();
    spec.translate_names();
    spec
}

fn page_of(args: &ExploreArgs, experiment: &Experiment) -> Result<ExplorePage> {
    let mut spec = spec(args);
    let home: Address = DEFAULT_ADDRESS.parse()?;
    // Without an optimizer, the page shows a map without runs. Only the article's problem gets default optimizers.
    if spec.with.is_empty() && spec.on == home.spec.on {
        spec.with = home.spec.with;
    }
    let window = spec.window.take();
    let view = ViewState {
        figure: args.figure.clone(),
        window,
        ..ViewState::default()
    };
    let address = Address { spec, view };
    let files = experiment.files();
    // Report mistakes here and not in the browser.
    let session = Session::new(&address, &files)?;
    if address.view.window.is_some() {
        session.subject()?.view()?;
    }
    if let Some(pick) = &args.figure {
        Picture::new(&session, pick, &[], None)?;
    }
    Ok(ExplorePage {
        html: page::embed_experiment(PAGE, &address, &files),
        address: address.to_string(),
        start: session.contest().start.clone(),
    })
}

/// Opens a file in the browser. Returns false if there is no browser.
fn open(path: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|path| open::that_detached(path).is_ok())
}
