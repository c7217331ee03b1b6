//! `thalweg train`: trains with one optimizer or compares several.

use crate::{
    args::train::TrainArgs,
    output::files::{self, Folder},
    prelude::*,
    runs::{notes, recorder::poll, records},
};
use thalweg::{
    need::Need,
    oracle::EvaluationCounts,
    plane::PlaneSpec,
    randomness::Randomness,
    record::LossMismatch,
    record_notes::LossCheck,
    run::{Budget, Run, StopReason, convergence::Convergence},
    trace::{self, Trace},
};
use thalweg_gallery::{
    figures::{self, FigureInput, FigureStyle},
    map::count,
};
use thalweg_plot::theme::Theme;

/// The result of one run.
struct RunResult<'c> {
    contender: &'c ComparedOptimizer,
    stop: StopReason,
    epochs: u64,
    loss: f64,
    weights: Vec<f64>,
    calls: EvaluationCounts,
    uses_hessian: bool,
    /// The first loss of a recorded run that differs from the problem's.
    disagreement: Option<LossMismatch>,
}

pub(crate) fn run(args: &TrainArgs, recipe: &Recipe) -> Result {
    input::need_optimizer("train", &args.experiment.0)?;
    let experiment = input::experiment(&args.experiment.0)?;
    let contest = experiment.prepare()?;
    let view = input::view(&args.experiment.0, &contest)?;
    let terminal = terminal(args, &contest);
    check(args, &contest, terminal.is_some() || args.out.is_some())?;
    let folder = args.out.as_deref().map(Folder::prepare).transpose()?;
    let interrupt = Interrupt::listen();
    let keeps = folder.is_some() || terminal.is_some();
    let (outcomes, traces) = drive(&contest, args.trace.as_deref(), keeps, &interrupt)?;
    if let Some(folder) = &folder {
        let drawing = recipe.for_command(&["draw", "contour"]);
        let drawing = drawing.with_files(&experiment);
        write(folder, &contest, view, &traces, &drawing)?;
    }
    if let Some(terminal) = terminal {
        let (cut, window) = view;
        let subject = FigureInput::new(&contest, &traces, cut, window)?;
        terminal::print(picture(terminal, &subject)?)?;
    }
    interrupt.check()?;
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
    trace_file: Option<&Path>,
    keeps: bool,
    interrupt: &Interrupt,
) -> Result<(Vec<RunResult<'c>>, Vec<Trace>)> {
    let (mut outcomes, mut traces) = (Vec::new(), Vec::new());
    let mut recorder = Recorder::new(interrupt);
    for contender in &contest.contenders {
        let mut run = contest.run(contender);
        if keeps {
            let trace = recorder.record(run)?;
            if let Some(path) = trace_file {
                files::write_text(path, |out| {
                    let _ = out.write_str(&trace.to_csv());
                    Ok(())
                })?;
            }
            outcomes.push(RunResult::of_trace(contender, &trace));
            traces.push(trace);
        } else {
            let mut check = LossCheck::new(contender);
            match trace_file {
                Some(path) => files::write_text(path, |mut out| {
                    run_without_recording(
                        &mut run,
                        interrupt,
                        &mut check,
                        |run, should_continue| {
                            // `write_text` reports the I/O error at the end.
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

/// Writes the traces, and the map if the problem can be shown on one.
fn write(
    folder: &Folder,
    contest: &PreparedExperiment,
    (cut, window): (Option<PlaneSpec>, Option<Window>),
    traces: &[Trace],
    recipe: &Recipe,
) -> Result {
    let mut names: Vec<String> = Vec::new();
    for (contender, trace) in contest.contenders.iter().zip(traces) {
        let id = &contender.pick.id;
        let namesakes = names.iter().filter(|name| *name == id).count();
        let file = match namesakes {
            0 => format!("{id}.csv"),
            n => format!("{id}-{}.csv", n + 1),
        };
        names.push(id.clone());
        folder.write(&file, trace.to_csv())?;
    }
    let cut = input::plane(cut, contest, traces);
    let subject = FigureInput::new(contest, traces, cut, window)?;
    if subject.optional_view().is_none() {
        terminal::print_stderr("note: a map needs two weights, but the problem has 1 weight\n");
        return Ok(());
    }
    let map = figures::REGISTRY.build(&"contour".parse()?, None)?;
    let look = FigureStyle::of(&Theme::LIGHT);
    folder.write_picture("map", map.draw(&subject, look)?, recipe)
}

impl<'c> RunResult<'c> {
    fn of_run(contender: &'c ComparedOptimizer, run: &Run, check: &LossCheck) -> Self {
        Self {
            contender,
            stop: run.stop().unwrap_or(StopReason::EpochLimit),
            epochs: run.epoch(),
            loss: run.loss(),
            weights: run.weights().to_vec(),
            calls: run.calls(),
            uses_hessian: run.needs().contains(&Need::Hessian),
            disagreement: check.first(),
        }
    }

    fn of_trace(contender: &'c ComparedOptimizer, trace: &Trace) -> Self {
        Self {
            contender,
            stop: trace.stop,
            epochs: trace.epochs(),
            loss: trace.loss(),
            weights: trace.last().to_vec(),
            calls: trace.total(),
            uses_hessian: trace.needs.contains(&Need::Hessian),
            disagreement: LossCheck::of_trace(contender, trace).first(),
        }
    }
}

/// Formats the table, a sentence on each run that missed the target, and the shared settings.
fn results_text(outcomes: &[RunResult], contest: &PreparedExperiment) -> String {
    let hessians = outcomes.iter().any(|o| o.uses_hessian);
    let heads = format!(
        "optimizer|outcome|epochs|loss|distance to minimum|loss evals|gradient evals{}|weights",
        if hessians { "|Hessian evals" } else { "" }
    );
    let row = |o: &RunResult| {
        let counted = !records::lacks_counts(o.contender);
        let calls = |count: u64| or_dash(counted.then_some(count));
        let mut cells = vec![
            o.contender.label.clone(),
            o.stop.word().to_owned(),
            o.epochs.to_string(),
            terminal::number(o.loss),
            distance(contest.problem.distance(&o.weights)),
            calls(o.calls.value),
            calls(o.calls.gradient),
        ];
        cells.extend(hessians.then(|| calls(o.calls.hessian)));
        cells.push(weights(&o.weights));
        cells
    };
    let results = table(&heads, outcomes.iter().map(row), 2);
    let mut text = String::new();
    // Without a target, a run is expected to end at the epoch limit or at a minimum.
    let target = contest.budget.target;
    let ends = [
        StopReason::EpochLimit,
        StopReason::RecordEnds { reached: None },
        StopReason::Converged(Convergence::Minimum),
        StopReason::Converged(Convergence::Tolerance),
    ];
    let expected = |stop| stop == StopReason::Reached || target.is_none() && ends.contains(&stop);
    let stillness: Vec<String> = outcomes
        .iter()
        .enumerate()
        .map(|(i, o)| notes::stillness(contest, i, &o.weights, o.epochs, o.stop))
        .collect();
    // More epochs do not help a run that does not move.
    let is_still = |i: usize| !stillness[i].is_empty();
    for (i, o) in outcomes.iter().enumerate() {
        if expected(o.stop) || o.stop == StopReason::EpochLimit && is_still(i) {
            continue;
        }
        let _ = match (o.stop, o.contender.record()) {
            // The usual advice to use smaller steps does not apply to a recorded run.
            (StopReason::Diverged { epoch }, Some(_)) => writeln!(
                text,
                "{}: the loss or a weight of epoch {epoch} is not finite, so the recorded run ends here",
                o.contender.label
            ),
            _ => writeln!(text, "{}: {}", o.contender.label, o.stop),
        };
    }
    for o in outcomes {
        text += &records::notes(contest, o.contender, o.epochs, o.disagreement);
    }
    text += &stillness.concat();
    text += &(notes::text(contest) + &notes::settings(contest) + &shared_settings_text(contest));
    results + &terminal::wrapped(&text)
}

/// Lists the shared settings, without which a comparison would be meaningless.
fn shared_settings_text(contest: &PreparedExperiment) -> String {
    let Budget {
        epochs,
        target,
        tolerance,
    } = contest.budget;
    let target = target.map_or_else(|| "none".to_owned(), |loss| ShortestFloat(loss).to_string());
    let (start, epochs) = (weights(&contest.start), count(epochs, "epoch"));
    let sampling = sampling_text(contest);
    let tolerance =
        tolerance.map_or_else(String::new, |v| format!("; tolerance {}", ShortestFloat(v)));
    let clipped = contest
        .contenders
        .iter()
        .filter(|c| c.gradient_clip().is_some());
    let clipped: Vec<&str> = clipped.map(|c| &*c.label).collect();
    let clipping = match &*clipped {
        [] => "no gradient clipping".to_owned(),
        labels => format!("gradient clipping only for {}", labels.join(", ")),
    };
    let recorded = contest.contenders.iter().any(|c| c.record().is_some());
    let except = if recorded {
        " (except recorded runs)"
    } else {
        ""
    };
    let is_derived = |c: &ComparedOptimizer| c.derived_rate().is_some();
    let tuning = if contest.contenders.iter().any(is_derived) {
        "learning rates that were not given follow from the curvature, without tuning to the results"
    } else {
        "no hyperparameter tuning"
    };
    format!(
        "\nShared settings{except}: start {start}; target loss {target}; at most {epochs}{tolerance}; {sampling}; \
         {tuning}; {clipping}.\n"
    )
}

/// Describes the randomness of the runs.
fn sampling_text(contest: &PreparedExperiment) -> String {
    let Randomness {
        batch,
        shuffle,
        gradient_noise,
        seed,
    } = contest.randomness;
    let mut sampling = match batch {
        Some(batch) if shuffle => format!("shuffled mini-batches of {batch}"),
        Some(batch) => format!("mini-batches of {batch}"),
        None => "all samples".to_owned(),
    };
    if gradient_noise > 0.0 {
        let _ = write!(
            sampling,
            "; gradient noise {}",
            ShortestFloat(gradient_noise)
        );
    }
    for contender in &contest.contenders {
        let own = contender.randomness().batch;
        if own != batch && contender.record().is_none() {
            let size = own.map_or_else(
                || "all samples".to_owned(),
                |n| format!("mini-batches of {n}"),
            );
            let _ = write!(sampling, "; {size} for {}", contender.label);
        }
    }
    if contest.contenders.iter().any(|c| !c.randomness().is_none()) {
        let _ = write!(sampling, "; seed {seed}");
    }
    sampling
}

/// Formats a distance with three significant digits, or a dash if there is none.
fn distance(distance: Option<f64>) -> String {
    or_dash(distance.map(|distance| {
        let rounded = format!("{distance:.2e}").parse();
        ShortestFloat(rounded.unwrap_or(f64::NAN))
    }))
}

/// Formats the weights, or the first few of many.
fn weights(w: &[f64]) -> String {
    const MAX_SHOWN_WEIGHTS: usize = 4;
    match w.get(..MAX_SHOWN_WEIGHTS) {
        Some(first) if w.len() > MAX_SHOWN_WEIGHTS => {
            format!("{},... ({})", terminal::numbers(first), w.len())
        }
        _ => terminal::numbers(w),
    }
}
