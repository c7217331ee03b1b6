//! `thalweg draw`: draws figures of the gallery.

use crate::{
    args::{
        draw::{DrawArgs, EpochsArg, StyleArgs},
        terminal::TerminalMode,
    },
    output::{FigureData, files::SCALE, pictures::PngOptions},
    prelude::*,
    runs::{notes, records, tuning::tuned},
};
use std::{cell::RefCell, ops::RangeInclusive};
use thalweg::{plane::PlaneSpec, record::LossLog, run::EPOCH_LIMIT, trace::Trace};
use thalweg_gallery::figures::{
    ConfiguredFigure, FigureInput, FigureRequirement, FigureStyle, REGISTRY,
};
use thalweg_plot::{
    KeepGoing,
    scene::Scene,
    size::{MIN_FONT_SIZE, POINT, Size},
};

pub(crate) fn run(args: &DrawArgs, recipe: &Recipe) -> Result {
    let request = FigureRequest::of(args)?;
    let mut spec = args.experiment.0.clone();
    spec.epochs = request.epoch_limit(args.view.0.plane);
    let contest = input::experiment(&spec)?.prepare()?;
    let (cut, window) = input::view(&args.view.0, &contest)?;
    let recipe = recipe.clone().with_files(&contest.picks());
    let (logs, recipe) = logs(args, &request.drawings, recipe)?;
    let interrupt = Interrupt::listen();
    let mut outputs = Outputs::prepare(args, &recipe)?;
    let mut contest = tuned(contest, &args.tuning, request.limit, false)?;
    if args.variants {
        contest.contenders.iter_mut().for_each(name_variant);
    }
    let traces = Recorder::new(&interrupt).record_all(&contest)?;
    notes::print(&contest);
    notes::print_stillness(&contest, &traces);
    records::print_notes(&contest, &traces);
    let cut = request.plane(cut, &contest, &traces);
    let mut subject = FigureInput::new(&contest, &traces, cut, window)?;
    (subject.epochs, subject.logs) = (request.shown.clone(), logs);
    check(&request.drawings, &subject)?;
    subject.check_epochs()?;
    let text = with_progress(subject, &interrupt, |subject| {
        let keep_going = || interrupt.keeps_going();
        outputs.write(args, &request.drawings, subject, &keep_going)
    })?;
    OutputFile::persist_all(outputs.pictures.into_iter().chain(outputs.tables))?;
    terminal::print(text)
}

/// Draws figures of finished runs, and returns them with their recipe. The epoch limit of the experiment applies, too.
pub(crate) fn of_runs(
    args: &DrawArgs,
    recipe: &Recipe,
    contest: &PreparedExperiment,
    traces: &[Trace],
) -> Result<(Vec<Scene>, Recipe)> {
    let mut request = FigureRequest::of(args)?;
    let limit = contest.budget.epochs;
    request.limit = match args.epochs {
        Some(EpochsArg::Limit(given)) => limit.min(given),
        _ => limit,
    };
    let mut contest = contest.clone();
    contest.budget.epochs = request.epoch_limit(args.view.0.plane);
    if args.variants {
        contest.contenders.iter_mut().for_each(name_variant);
    }
    let (cut, window) = input::view(&args.view.0, &contest)?;
    let recipe = recipe.clone().with_files(&contest.picks());
    let (logs, recipe) = logs(args, &request.drawings, recipe)?;
    let interrupt = Interrupt::listen();
    let is_longer = |trace: &Trace| trace.epochs() > contest.budget.epochs;
    let shorter = traces.iter().any(is_longer);
    let shorter = shorter.then(|| Recorder::new(&interrupt).record_all(&contest));
    let shorter = shorter.transpose()?;
    let traces = shorter.as_deref().unwrap_or(traces);
    let cut = request.plane(cut, &contest, traces);
    let mut subject = FigureInput::new(&contest, traces, cut, window)?;
    (subject.epochs, subject.logs) = (request.shown.clone(), logs);
    check(&request.drawings, &subject)?;
    subject.check_epochs()?;
    let scenes = with_progress(subject, &interrupt, |subject| {
        scenes(args, &request.drawings, subject)
    })?;
    Ok((scenes, recipe))
}

/// The figures to draw, the epoch limit of the runs, and the selected epochs.
struct FigureRequest {
    drawings: ConfiguredFigures,
    limit: u64,
    shown: Option<RangeInclusive<usize>>,
}

impl FigureRequest {
    fn of(args: &DrawArgs) -> Result<Self> {
        let drawings = args.figures.iter();
        let drawings = drawings.map(|figure| REGISTRY.build(&figure.parse()?, None));
        let drawings = drawings.collect::<std::result::Result<ConfiguredFigures, Error>>()?;
        let (limit, shown) = match args.epochs.clone() {
            None => (EPOCH_LIMIT, None),
            Some(EpochsArg::Limit(limit)) => (limit, None),
            Some(EpochsArg::Shown(shown)) => (EPOCH_LIMIT, Some(shown)),
        };
        for (drawing, shown) in drawings.iter().zip(shown.iter().cycle()) {
            drawing.epoch_selection().check(shown)?;
        }
        Ok(Self {
            drawings,
            limit,
            shown,
        })
    }

    /// Returns the last epoch that the figures need, at most the limit.
    fn epoch_limit(&self, plane: Option<PlaneSpec>) -> u64 {
        match plane {
            // The plane depends on the whole path.
            Some(PlaneSpec::Path) => self.limit,
            _ => self
                .limit
                .min(last_epoch(&self.drawings, self.shown.as_ref())),
        }
    }

    /// Returns the plane of the figures. Figures without a map show all weights.
    fn plane(
        &self,
        given: Option<PlaneSpec>,
        contest: &PreparedExperiment,
        traces: &[Trace],
    ) -> Option<PlaneSpec> {
        let has_map = self.drawings.iter().any(|drawing| shows_plane(&**drawing));
        if has_map {
            input::plane(given, contest, traces)
        } else {
            given
        }
    }
}

/// Draws with a progress bar, because some figures execute thousands of additional runs.
fn with_progress<T>(
    subject: FigureInput,
    interrupt: &Interrupt,
    draw: impl FnOnce(&FigureInput) -> Result<T>,
) -> Result<T> {
    let progress = RefCell::new(None);
    let watch = |done: usize, of: usize| {
        let mut progress = progress.borrow_mut();
        let bar = || Progress::with_time_left(of as u64, 0, "runs");
        progress.get_or_insert_with(bar).set(done as u64);
        interrupt.check().is_ok()
    };
    // The watch lives shorter than what the subject borrows.
    let mut subject = subject;
    subject.on_progress = Some(&watch);
    let drawn = draw(&subject)?;
    // Remove the progress bar before anything is printed.
    progress.replace(None);
    interrupt.check()?;
    Ok(drawn)
}

/// Reads the logs of losses, and adds their files to the recipe.
fn logs(
    args: &DrawArgs,
    drawings: &ConfiguredFigures,
    mut recipe: Recipe,
) -> Result<(Vec<LossLog>, Recipe)> {
    let mut logs = Vec::new();
    if !args.log.is_empty() && !drawings.iter().any(|drawing| drawing.shows_logs()) {
        let help = "draw the figure `loss` over epochs, or remove --log";
        refuse!("none of the figures shows a log of losses"; help);
    }
    for path in &args.log {
        // The recipe is text.
        let Some(name) = path.to_str() else {
            refuse!("the name of the log {} is not valid UTF-8", path.display(); "rename the file");
        };
        let help = "give a CSV file with the columns Step and Value";
        let bytes = input::bytes(path, "the log", help)?;
        logs.extend(LossLog::read(name, &bytes)?);
        recipe = recipe.with_file(name, &bytes);
    }
    Ok((logs, recipe))
}

type ConfiguredFigures = Vec<Box<dyn ConfiguredFigure>>;

/// Returns the last epoch that the figures need.
fn last_epoch(drawings: &ConfiguredFigures, shown: Option<&RangeInclusive<usize>>) -> u64 {
    let epochs = drawings.iter().map(|drawing| drawing.last_epoch(shown));
    let epochs = epochs.map(|epoch| epoch.map_or(u64::MAX, |epoch| epoch as u64));
    epochs.max().unwrap_or(u64::MAX)
}

/// Returns whether a figure needs two weights or a plane.
fn shows_plane(drawing: &dyn ConfiguredFigure) -> bool {
    drawing.requirements().contains(&FigureRequirement::Plane)
}

/// Checks that the experiment meets the requirements of the figures.
fn check(drawings: &ConfiguredFigures, subject: &FigureInput) -> Result {
    for asks in drawings.iter().map(|drawing| drawing.requirements()) {
        subject.check(asks).map_err(|e| {
            if subject.traces.is_empty() && asks.contains(&FigureRequirement::Runs) {
                return usage!("{e}"; "for example, add --with rprop");
            }
            e.into()
        })?;
    }
    Ok(())
}

/// The outputs of the command.
struct Outputs {
    pictures: Vec<OutputFile>,
    tables: Vec<OutputFile>,
    in_terminal: bool,
}

impl Outputs {
    /// Prepares all outputs, so that mistakes are reported before any work.
    fn prepare(args: &DrawArgs, recipe: &Recipe) -> Result<Self> {
        let is_shown = |path: &PathBuf| path == Path::new("-");
        let (shows, paths): (Vec<_>, Vec<_>) = args.output.iter().cloned().partition(is_shown);
        if shows.is_empty() && (args.terminal.plain || args.terminal.terminal != TerminalMode::Auto)
        {
            refuse!("--terminal and --plain require a picture in the terminal"; "add -o -");
        }
        let outputs = Self {
            pictures: OutputFile::prepare("-o", &paths, Format::PICTURES, recipe)?,
            tables: OutputFile::prepare("--save-data", &args.save_data, Format::DATA, recipe)?,
            in_terminal: !shows.is_empty(),
        };
        let is_png = |file: &OutputFile| file.format == Format::Png;
        if let Some(size) = args.look.size
            && outputs.pictures.iter().any(is_png)
        {
            size.pixels(args.look.scale.unwrap_or(SCALE))
                .map_err(|e| usage!("{e}"; "reduce --size or --scale"))?;
        }
        Ok(outputs)
    }

    /// Writes all files and returns the text for the terminal.
    fn write(
        &mut self,
        args: &DrawArgs,
        drawings: &ConfiguredFigures,
        subject: &FigureInput,
        keep_going: KeepGoing,
    ) -> Result<String> {
        if !self.pictures.is_empty() {
            let scenes = scenes(args, drawings, subject)?;
            for file in &mut self.pictures {
                file.png = png_options(&args.look);
                file.write_pictures(&scenes, keep_going)?;
            }
        }
        if !self.tables.is_empty() {
            let shown = FigureData::new(&args.figures, subject);
            let mut tables = self.tables.iter_mut();
            tables.try_for_each(|file| shown.write(file))?;
        }
        if !self.in_terminal {
            return Ok(String::new());
        }
        let terminal = Terminal::find(&args.terminal);
        // Leave one line for the shell prompt.
        let rows = terminal.remaining_lines(1, 1);
        let look = style(args);
        let texts = drawings.iter();
        let texts = texts.map(|drawing| terminal.text(&**drawing, subject, look, rows));
        texts.collect()
    }
}

/// Draws the figures in their sizes.
fn scenes(
    args: &DrawArgs,
    drawings: &ConfiguredFigures,
    subject: &FigureInput,
) -> Result<Vec<Scene>> {
    let scenes = drawings.iter().map(|drawing| {
        let scene = drawing.draw(subject, style(args))?;
        match args.look.size {
            Some(size) => fitted(size, scene),
            None => Ok(scene),
        }
    });
    scenes.collect()
}

fn style(args: &DrawArgs) -> FigureStyle<'static> {
    FigureStyle {
        size: args.look.size.map(|size| size.layout),
        is_column: args.look.size.is_some_and(|size| size.is_column),
        levels: args.look.levels,
        ..FigureStyle::of(args.look.theme.theme)
    }
}

/// Returns what only a PNG has.
pub(crate) fn png_options(look: &StyleArgs) -> PngOptions {
    PngOptions {
        scale: look.scale,
        colors: look.colors,
    }
}

/// Adds to an optimizer's name how it differs from the other variants of its method.
fn name_variant(contender: &mut ComparedOptimizer) {
    let variant = contender.variant();
    if !variant.is_empty() {
        contender.label = format!("{}: {variant}", contender.label);
    }
}

/// Fits the scene into a size.
///
/// # Errors
/// The text would be too small to read.
fn fitted(size: Size, scene: Scene) -> Result<Scene> {
    let scene = size.fit(scene);
    let points = scene.least_text().map_or(MIN_FONT_SIZE, |px| px * POINT);
    // Tolerate floating-point rounding.
    if points < MIN_FONT_SIZE - 0.01 {
        let title = &scene.title;
        refuse!(
            "at --size {size} the text of \"{title}\" would be {points:.1} pt high; the minimum is {MIN_FONT_SIZE} pt";
            "increase --size"
        );
    }
    Ok(scene)
}
