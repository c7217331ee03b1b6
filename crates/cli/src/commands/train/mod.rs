//! `thalweg train`: trains with one optimizer or compares several.

mod outputs;
mod results;

pub(crate) use results::text_of_traces;

use crate::{
    args::train::TrainArgs,
    output::files::TextOutput,
    prelude::*,
    runs::{recorder::poll, tuning::tuned},
};
use outputs::TrainOutputs;
use results::{RunResult, results_text};
use thalweg::{
    record_notes::LossCheck,
    run::Run,
    trace::{self, Trace},
};
use thalweg_gallery::figures::{self, FigureInput, FigureStyle};
use thalweg_plot::theme::Theme;

pub(crate) fn run(args: &TrainArgs, recipe: &Recipe) -> Result {
    input::need_optimizer("train", &args.experiment.0)?;
    let contest = input::experiment(&args.experiment.0)?.prepare()?;
    let (cut, window) = input::view(&args.experiment.0, &contest)?;
    let terminal = terminal(args, &contest);
    check(args, &contest, terminal.is_some() || args.out.is_some())?;
    let drawing = recipe.for_command(&["draw", "contour"]);
    let drawing = drawing.with_files(&contest.picks());
    // The handler must be installed before the first temporary file exists, or Ctrl-C would leave that file behind.
    let interrupt = Interrupt::listen();
    let mut outputs = TrainOutputs::prepare(args, &contest, drawing)?;
    let epochs = contest.budget.epochs;
    let contest = tuned(contest, &args.tuning, epochs, false)?;
    let keeps = args.out.is_some() || terminal.is_some();
    let (outcomes, traces) = drive(&contest, outputs.trace.as_mut(), keeps, &interrupt)?;
    let mut shown = None;
    if keeps {
        let cut = input::plane(cut, &contest, &traces);
        let subject = FigureInput::new(&contest, &traces, cut, window)?;
        outputs.fill(&subject, &interrupt)?;
        shown = terminal
            .map(|terminal| picture(terminal, &subject))
            .transpose()?;
    }
    interrupt.check()?;
    outputs.persist()?;
    shown.map_or(Ok(()), terminal::print)?;
    // If the trace goes to standard output, the table goes to standard error.
    let to_stdout = args.trace.as_deref() != Some(Path::new("-"));
    let text = results_text(&outcomes, &contest);
    if to_stdout {
        terminal::print(text)?;
    } else {
        terminal::print_stderr(text);
    }
    let traced = args.trace.iter().filter(|_| to_stdout);
    let written = args.out.iter().chain(traced);
    written.for_each(|path| terminal::report_written(path));
    Ok(())
}

/// Rejects the arguments of a map if no map is shown, and a single trace of several runs.
fn check(args: &TrainArgs, contest: &PreparedExperiment, has_map: bool) -> Result {
    let spec = &args.experiment.0;
    if !has_map && (spec.window.is_some() || spec.plane.is_some()) {
        refuse!("--window and --plane require a map"; "add --out DIR to write one");
    }
    if let (Some(path), many @ 2..) = (&args.trace, contest.contenders.len()) {
        let path = path.display();
        refuse!(
            "--trace {path} contains one run, but there are {many} optimizers";
            "use --out DIR to write one trace per optimizer"
        );
    }
    Ok(())
}

/// Executes all runs and writes the trace. `keeps` records every step, for a map or for trace files.
fn drive<'c>(
    contest: &'c PreparedExperiment,
    mut trace_file: Option<&mut TextOutput>,
    keeps: bool,
    interrupt: &Interrupt,
) -> Result<(Vec<RunResult<'c>>, Vec<Trace>)> {
    let (mut outcomes, mut traces) = (Vec::new(), Vec::new());
    let mut recorder = Recorder::new(interrupt);
    for contender in &contest.contenders {
        let mut run = contest.run(contender);
        if keeps {
            let trace = recorder.record(run)?;
            if let Some(file) = &mut trace_file {
                file.write(|out| {
                    let _ = out.write_str(&trace.to_csv());
                    Ok(())
                })?;
            }
            outcomes.push(RunResult::of_trace(contender, &trace));
            traces.push(trace);
        } else {
            let mut check = LossCheck::new(contender);
            match &mut trace_file {
                Some(file) => file.write(|mut out| {
                    run_without_recording(
                        &mut run,
                        interrupt,
                        &mut check,
                        |run, should_continue| {
                            // `TextOutput` reports the I/O error at the end.
                            let _ = trace::stream_csv(run, &mut out, should_continue);
                        },
                    )
                }),
                None => run_without_recording(
                    &mut run,
                    interrupt,
                    &mut check,
                    |run, should_continue| {
                        while should_continue(run) && run.advance() {}
                    },
                ),
            }?;
            outcomes.push(RunResult::of_run(contender, &run, &check));
        }
        interrupt.check()?;
    }
    Ok((outcomes, traces))
}

/// Returns the terminal for the map above the table, or `None` if there is no map or no terminal.
fn terminal(args: &TrainArgs, contest: &PreparedExperiment) -> Option<Terminal> {
    /// Longer runs would need too much memory for a picture that nobody requested explicitly.
    const MAX_RECORDED_EPOCHS: u64 = 1_000_000;
    let has_plane = contest.start.len() == 2 || args.experiment.0.plane.is_some();
    let to_stdout = args.trace.as_deref() == Some(Path::new("-"));
    let terminal = Terminal::beside_text(&args.terminal);
    terminal.filter(|_| has_plane && !to_stdout && args.experiment.0.epochs <= MAX_RECORDED_EPOCHS)
}

/// Returns the map as text, followed by an empty line.
fn picture(terminal: Terminal, subject: &FigureInput) -> Result<String> {
    let map = figures::REGISTRY.build(&"contour".parse()?, None)?;
    let look = FigureStyle::of(&Theme::LIGHT);
    // Leave space for the head and the foot of the table and one line per run. A low terminal scrolls.
    let rows = terminal.remaining_lines(8 + subject.traces.len(), 20);
    Ok(terminal.text(&*map, subject, look, rows)? + "\n")
}

/// Calls `drive`, which executes a run while its second argument returns true. That argument updates the progress bar,
/// checks for Ctrl-C, and compares the losses with those of a recorded run.
fn run_without_recording(
    run: &mut Run,
    interrupt: &Interrupt,
    check: &mut LossCheck,
    drive: impl FnOnce(&mut Run, &mut dyn FnMut(&Run) -> bool),
) -> Result {
    let progress = Progress::new(run.budget().epochs, "epochs");
    let poll = poll(interrupt, &progress);
    let mut stopped = Ok(());
    drive(run, &mut |run| {
        check.check_run(run);
        stopped = poll(run);
        stopped.is_ok()
    });
    stopped
}
