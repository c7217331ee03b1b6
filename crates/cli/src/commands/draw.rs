//! `thalweg draw`: one figure of the gallery.

use super::train;
use crate::{
    args::{DrawArgs, Epochs},
    failure::{Failure, Result},
    input,
    interrupt::Interrupt,
    output::SCALE,
    output_file::{Format, OutputFile},
    recipe::Recipe,
};
use thalweg::run::EPOCH_LIMIT;
use thalweg_gallery::figures::{Look, REGISTRY, Subject};

pub(crate) fn run(args: &DrawArgs, recipe: &Recipe) -> Result {
    let drawings = args.figures.iter();
    let drawings = drawings.map(|figure| REGISTRY.build(&figure.parse()?, None));
    let drawings = drawings.collect::<std::result::Result<Vec<_>, thalweg::Error>>()?;
    let (limit, shown) = match args.epochs.clone() {
        None => (EPOCH_LIMIT, None),
        Some(Epochs::Limit(limit)) => (limit, None),
        Some(Epochs::Shown(shown)) => (EPOCH_LIMIT, Some(shown)),
    };
    let experiment = input::experiment(&args.experiment, limit)?;
    let recipe = recipe.clone().with_files(&experiment.on);
    let contest = experiment.prepare()?;
    let (cut, window) = input::view(&args.view, &contest)?;
    let mut files = OutputFile::prepare(&args.output, Format::PICTURES, &recipe)?;
    if let Some(size) = args.look.size
        && files.iter().any(|file| file.format == Format::Png)
    {
        size.pixels(SCALE)
            .map_err(|e| Failure::usage(e.to_string(), "give a smaller --size"))?;
    }
    let interrupt = Interrupt::listen();
    let runs = contest.runs().map(|run| train::record(run, &interrupt));
    let traces = runs.collect::<Result<Vec<_>>>()?;
    let mut subject = Subject::new(&contest, &traces, cut, window)?;
    subject.epochs = shown;
    for drawing in &drawings {
        subject.check(drawing.asks())?;
    }
    let look = Look {
        theme: args.look.theme,
        size: args.look.size.map(|size| size.layout),
        levels: args.look.levels,
    };
    let scenes = drawings.iter().map(|drawing| {
        let scene = drawing.draw(&subject, look)?;
        Ok(match args.look.size {
            Some(size) => size.fit(scene),
            None => scene,
        })
    });
    let scenes = scenes.collect::<Result<Vec<_>>>()?;
    for file in &mut files {
        file.write_pictures(&scenes)?;
    }
    interrupt.check()?;
    files.into_iter().try_for_each(OutputFile::keep)
}
