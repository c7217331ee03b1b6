//! `thalweg draw`: one figure of the gallery.

use crate::{
    args::{
        draw::{DrawArgs, Epochs},
        terminal::How,
    },
    failure::{Failure, Result},
    output::{
        files::SCALE,
        output_file::{Format, OutputFile},
        recipe::Recipe,
        save_data::Shown,
    },
    runs::{input, interrupt::Interrupt, recorder::Recorder, records},
    terminal::{self, picture::Terminal, progress::Progress},
};
use std::{cell::RefCell, path::Path};
use thalweg::{contender::Contender, run::EPOCH_LIMIT};
use thalweg_gallery::figures::{Ask, Look, REGISTRY, Subject};
use thalweg_plot::{
    scene::Scene,
    size::{LEAST_TEXT, POINT, Size},
};

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
    let recipe = recipe.clone().with_files(&experiment);
    let mut contest = experiment.prepare()?;
    if args.variants {
        contest.contenders.iter_mut().for_each(name_variant);
    }
    let (cut, window) = input::view(&args.view, &contest)?;
    let (shows, paths): (Vec<_>, Vec<_>) = args
        .output
        .iter()
        .cloned()
        .partition(|path| *path == Path::new("-"));
    if shows.is_empty() && (args.terminal.plain || args.terminal.terminal != How::Auto) {
        let message = "--terminal and --plain are for a picture in the terminal";
        return Err(Failure::usage(message, "give -o -"));
    }
    let mut files = OutputFile::prepare(&paths, Format::PICTURES, &recipe)?;
    let mut tables = OutputFile::prepare_as("--save-data", &args.save_data, Format::DATA, &recipe)?;
    if let Some(size) = args.look.size
        && files.iter().any(|file| file.format == Format::Png)
    {
        size.pixels(args.look.scale.unwrap_or(SCALE))
            .map_err(|e| Failure::usage(e.to_string(), "give a smaller --size"))?;
    }
    let interrupt = Interrupt::listen();
    let mut recorder = Recorder::new(&interrupt);
    let runs = contest.runs().map(|run| recorder.record(run));
    let traces = runs.collect::<Result<Vec<_>>>()?;
    records::warn(&contest, &traces);
    let mut subject = Subject::new(&contest, &traces, cut, window)?;
    subject.epochs = shown;
    // A figure may make thousands of runs of its own.
    let progress = RefCell::new(None);
    let watch = |done: usize, of: usize| {
        let mut progress = progress.borrow_mut();
        let bar = || Progress::with_time_left(of as u64, 0, "runs");
        progress.get_or_insert_with(bar).set(done as u64);
        interrupt.check().is_ok()
    };
    subject.watch = Some(&watch);
    for drawing in &drawings {
        let asks = drawing.asks();
        subject.check(asks).map_err(|e| {
            if traces.is_empty() && asks.contains(&Ask::Runs) {
                return Failure::usage(e.to_string(), "name one with --with");
            }
            e.into()
        })?;
    }
    let look = Look {
        size: args.look.size.map(|size| size.layout),
        levels: args.look.levels,
        ..Look::of(args.look.colors.theme)
    };
    if !files.is_empty() {
        let scenes = drawings.iter().map(|drawing| {
            let scene = drawing.draw(&subject, look)?;
            match args.look.size {
                Some(size) => fitted(size, scene),
                None => Ok(scene),
            }
        });
        let scenes = scenes.collect::<Result<Vec<_>>>()?;
        for file in &mut files {
            file.scale = args.look.scale;
            file.write_pictures(&scenes)?;
        }
    }
    if !tables.is_empty() {
        let shown = Shown::new(&args.figures, &subject);
        tables.iter_mut().try_for_each(|file| shown.write(file))?;
    }
    let mut text = String::new();
    if !shows.is_empty() {
        let terminal = Terminal::find(&args.terminal);
        // A line is left for what is typed next.
        let rows = terminal.lines_without(1, 1);
        for drawing in &drawings {
            text += &terminal.text(&**drawing, &subject, look, rows)?;
        }
    }
    // The bar goes before anything is said.
    progress.replace(None);
    interrupt.check()?;
    let mut all = files.into_iter().chain(tables);
    all.try_for_each(OutputFile::keep)?;
    terminal::print(text)
}

/// Adds to an optimizer's name what tells it from its kin.
fn name_variant(contender: &mut Contender) {
    let variant = contender.variant();
    if !variant.is_empty() {
        contender.label = format!("{}: {variant}", contender.label);
    }
}

/// The scene in a size in which all of its words can be read.
fn fitted(size: Size, scene: Scene) -> Result<Scene> {
    let scene = size.fit(scene);
    let points = scene.least_text().map_or(LEAST_TEXT, |px| px * POINT);
    // A hair of rounding is no matter.
    if points < LEAST_TEXT - 0.01 {
        let title = &scene.title;
        let message = format!(
            "the letters of \"{title}\" would be {points:.1} pt at --size {size}, and {LEAST_TEXT} can be read"
        );
        return Err(Failure::usage(message, "give a larger --size"));
    }
    Ok(scene)
}
