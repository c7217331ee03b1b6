//! `thalweg animate`: writes an animation of runs as GIF, APNG, or MP4.

use crate::{
    args::animate::AnimateArgs,
    prelude::*,
    runs::{notes, tuning::tuned},
};
use std::{borrow::Cow, io::Write};
use thalweg::{plane::PlaneSpec, trace::Trace};
use thalweg_gallery::{
    animation::{AnimationOptions, PlaybackOptions, RunAnimation},
    figures::FigureInput,
};
use thalweg_plot::{
    animation::Animation,
    formats::{apng, gif},
};

pub(crate) fn run(args: &AnimateArgs, recipe: &Recipe) -> Result {
    input::need_optimizer("animate", &args.experiment.0)?;
    options(args).check()?;
    let contest = input::experiment(&args.experiment.0)?.prepare()?;
    let recipe = recipe.clone().with_files(&contest.picks());
    let output = AnimationOutput::prepare(args, &recipe)?;
    let epochs = contest.budget.epochs;
    let contest = tuned(contest, &args.tuning, epochs, false)?;
    output.write(args, &contest, |interrupt| {
        let traces = Recorder::new(interrupt).record_all(&contest)?;
        notes::print(&contest);
        notes::print_stillness(&contest, &traces);
        Ok(Cow::Owned(traces))
    })
}

/// Writes the animation of finished runs.
pub(crate) fn of_runs(
    args: &AnimateArgs,
    recipe: &Recipe,
    contest: &PreparedExperiment,
    traces: &[Trace],
) -> Result {
    let recipe = recipe.clone().with_files(&contest.picks());
    let output = AnimationOutput::prepare(args, &recipe)?;
    output.write(args, contest, |_| Ok(Cow::Borrowed(traces)))
}

/// The output files of the command, and what is needed to fill them.
struct AnimationOutput {
    files: Vec<OutputFile>,
    /// The recipe that is embedded in the animation.
    recipe: Option<String>,
    interrupt: Interrupt,
}

impl AnimationOutput {
    /// Creates the files, so that mistakes are reported before any work.
    fn prepare(args: &AnimateArgs, recipe: &Recipe) -> Result<Self> {
        let options = options(args);
        options.check()?;
        // The handler must be installed before the first temporary file exists, or Ctrl-C would leave that file behind.
        let interrupt = Interrupt::listen();
        let files = OutputFile::prepare("-o", &args.output, Format::ANIMATIONS, recipe)?;
        for file in &files {
            check(file.format, &options)?;
        }
        Ok(Self {
            files,
            recipe: recipe.embedded()?,
            interrupt,
        })
    }

    /// Writes the animation of the runs that `record` returns. Mistakes are reported before it is called.
    fn write<'t>(
        mut self,
        args: &AnimateArgs,
        contest: &PreparedExperiment,
        record: impl FnOnce(&Interrupt) -> Result<Cow<'t, [Trace]>>,
    ) -> Result {
        let (options, interrupt) = (options(args), &self.interrupt);
        let (cut, window) = input::view(&args.experiment.0, contest)?;
        let before = input::plane(cut.filter(|cut| *cut != PlaneSpec::Path), contest, &[]);
        options.check_subject(&FigureInput::new(contest, &[], before, window)?)?;
        let traces = record(interrupt)?;
        let cut = input::plane(cut, contest, &traces);
        let subject = FigureInput::new(contest, &traces, cut, window)?;
        let runs = RunAnimation::new(&subject, options)?;
        let mut animation = runs.animation();
        animation.background.recipe = self.recipe;
        animation.keep_going = Box::new(|| interrupt.keeps_going());
        for file in &mut self.files {
            let pictures = animation.timing.pictures as u64;
            let progress = Progress::with_time_left(pictures, 0, "frames");
            let mut should_continue = |picture: usize| {
                progress.set(picture as u64 + 1);
                interrupt.keeps_going()
            };
            let format = file.format;
            let written = file.stream(|out| write(format, &animation, out, &mut should_continue));
            interrupt.check()?;
            written?;
        }
        interrupt.check()?;
        OutputFile::persist_all(self.files)
    }
}

/// Returns the appearance and the timing of the animation.
fn options(args: &AnimateArgs) -> AnimationOptions<'static> {
    AnimationOptions {
        theme: args.colors.theme,
        pixels: args.size,
        playback: PlaybackOptions {
            fps: args.fps,
            duration: args.duration,
            pauses: [args.pause_start, args.pause_end],
            spacing: args.spacing,
            loops: args.loops,
        },
        view: args.view,
        beside_data: args.beside,
    }
}

/// Writes the animation in one format.
fn write(
    format: Format,
    animation: &Animation,
    out: &mut impl Write,
    should_continue: &mut dyn FnMut(usize) -> bool,
) -> std::result::Result<(), thalweg_plot::PlotError> {
    match format {
        Format::Gif => gif::write(animation, out, should_continue),
        #[cfg(feature = "mp4")]
        Format::Mp4 => thalweg_plot::formats::mp4::write(animation, out, should_continue),
        _ => apng::write(animation, out, should_continue),
    }
}

/// Checks the limits of a format.
fn check(format: Format, options: &AnimationOptions) -> Result {
    match format {
        Format::Gif if options.playback.fps > gif::FASTEST => {
            let (fps, fastest) = (options.playback.fps, gif::FASTEST);
            Err(usage!(
                "--fps {fps} is too fast for a GIF, which shows at most {fastest} frames per second";
                "reduce --fps, or write an .apng or .mp4"
            ))
        }
        Format::Mp4 => check_mp4(options.pixels),
        _ => Ok(()),
    }
}

#[cfg(not(feature = "mp4"))]
fn check_mp4(_: [u32; 2]) -> Result {
    refuse!(
        "this program was built without support for MP4, which needs a C++ compiler";
        "run `cargo run --release --features mp4 -- animate ...`, or write a .gif or .apng"
    )
}

#[cfg(feature = "mp4")]
fn check_mp4([width, height]: [u32; 2]) -> Result {
    let [longer, shorter] = thalweg_plot::formats::mp4::LARGEST;
    if width.max(height) > longer || width.min(height) > shorter {
        refuse!(
            "--size {width}x{height} is too large for an MP4; the limit is {longer}x{shorter}";
            "reduce --size, or write an .apng"
        );
    }
    if width % 2 == 1 || height % 2 == 1 {
        let even = format!("give --size {}x{}", width + width % 2, height + height % 2);
        refuse!("--size {width}x{height} has an odd side; both sides of an MP4 must be even"; &even);
    }
    Ok(())
}
