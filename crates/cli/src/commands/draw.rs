//! `thalweg draw`: one figure of the gallery.

use super::train;
use crate::{
    args::{DrawArgs, Epochs},
    failure::Result,
    input,
    interrupt::Interrupt,
    output_file::{Format, OutputFile},
};
use thalweg::run::EPOCH_LIMIT;
use thalweg_gallery::figures::{Look, REGISTRY, Subject};
use thalweg_plot::theme::Theme;

pub(crate) fn run(args: &DrawArgs) -> Result {
    let drawing = REGISTRY.build(&args.figure.parse()?, None)?;
    let (limit, shown) = match args.epochs.clone() {
        None => (EPOCH_LIMIT, None),
        Some(Epochs::Limit(limit)) => (limit, None),
        Some(Epochs::Shown(shown)) => (EPOCH_LIMIT, Some(shown)),
    };
    let contest = input::experiment(&args.experiment, limit)?.prepare()?;
    let (cut, window) = input::view(&args.view, &contest)?;
    let mut files = OutputFile::prepare(&args.output, Format::PICTURES)?;
    let interrupt = Interrupt::listen();
    let runs = contest.runs().map(|run| train::record(run, &interrupt));
    let traces = runs.collect::<Result<Vec<_>>>()?;
    let mut subject = Subject::new(&contest, &traces, cut, window)?;
    subject.epochs = shown;
    subject.check(drawing.asks())?;
    let look = Look {
        theme: &Theme::LIGHT,
        size: None,
    };
    let scene = drawing.draw(&subject, look)?;
    for file in &mut files {
        file.write_picture(&scene)?;
    }
    interrupt.check()?;
    files.into_iter().try_for_each(OutputFile::keep)
}
