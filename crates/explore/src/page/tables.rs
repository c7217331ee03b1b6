//! Texts and tables of the page.

use super::addresses::{edges, files};
use crate::{
    address::Address,
    answer::{Finite, answers},
    catalog::controls::{self, Panel},
    pictures::map::digits,
    session::Session,
};
use thalweg::{
    Error,
    field::Window,
    number::{ShortestFloat, join},
    plane::PlaneSpec,
    record_notes,
    spec::{ExperimentField, ExperimentSpec},
    stillness::stillness_note,
    trace::Trace,
};
use thalweg_gallery::{
    figures::{FigureInput, Playhead},
    map::count,
};
use thalweg_plot::{
    formats::canvas::css,
    text::number,
    theme::{PathStyle, Theme},
};

answers! {
    /// The result of a run. Some numbers also have a formatted text; the numbers are for sorting.
    pub struct Row {
        /// Name of the algorithm.
        pub name: String,
        /// How the run ended, in a word.
        pub outcome: String,
        /// How the run ended, in a sentence; empty while it proceeds.
        pub sentence: String,
        /// Number of steps.
        pub epochs: u64,
        /// The last loss.
        pub loss: f64,
        /// The last loss as text.
        pub loss_text: String,
        /// Evaluations of the loss.
        pub values: u64,
        /// Evaluations of the gradient.
        pub gradients: u64,
        /// Evaluations of the Hessian.
        pub hessians: u64,
        /// All evaluations.
        pub evaluations: u64,
        /// Distance of the end of the path from the plane of the map; null if no path can leave the map.
        pub distance: Option<f64>,
        /// The distance as text.
        pub distance_text: Option<String>,
        /// The loss of the map below the end of the path.
        pub map_loss: Option<f64>,
        /// The loss of the map as text.
        pub map_loss_text: Option<String>,
    }

    /// The results so far.
    pub struct Report {
        /// Title of the map.
        pub title: String,
        /// The full window of the map, which contains the paths; null if there is no map.
        pub window: Option<Vec<Finite>>,
        /// A number that changes when the plane of the map does.
        pub plane: u64,
        /// Notes on recorded runs.
        pub notes: Vec<String>,
        /// The results of the runs.
        pub table: Vec<Row>,
    }

    /// The state of a run at a position of the player.
    pub struct Score {
        /// Number of steps.
        pub epoch: u64,
        /// The loss as text.
        pub loss: String,
        /// Whether the run has ended there.
        pub ended: bool,
    }

    /// The colors of a path.
    pub struct PathColors {
        /// Color of the line.
        pub line: String,
        /// Color around the line, and in the gaps of dashes.
        pub casing: String,
        /// Lengths of dashes and gaps in px; null for a solid line.
        pub dash: Option<Vec<Finite>>,
    }

    /// The colors of a theme.
    pub struct Colors {
        /// Colors of the paths.
        pub paths: Vec<PathColors>,
    }

    /// A field of an experiment that does not depend on the problem.
    pub struct ExperimentInput {
        /// Key in an address.
        pub key: String,
        /// A sentence that explains it, without a final period.
        pub help: String,
        /// The value in effect; empty if there is none.
        pub value: String,
        /// Whether its values are `true` and `false`.
        pub is_switch: bool,
    }

    /// An experiment with its controls.
    pub struct Experiment {
        /// Notes on the problem and its learning rates.
        pub notes: Vec<String>,
        /// The plane of the map, if one is given.
        pub plane: Option<String>,
        /// Number of weights.
        pub dim: usize,
        /// The initial point.
        pub start: String,
        /// The initial point of two weights; empty for another number of weights.
        pub start_point: Vec<Finite>,
        /// A text that is equal for problems with equal losses on the map; empty if this is not known.
        pub loss_key: String,
        /// Colors of the paths in the order of the runs.
        pub styles: Vec<PathColors>,
        /// The tolerance, if there is one.
        pub tolerance: Option<String>,
        /// The target loss, if there is one.
        pub target: Option<String>,
        /// Epoch limit.
        pub epochs: u64,
        /// Mini-batches and noise.
        pub randomness: Vec<ExperimentInput>,
        /// The problem.
        pub problem: Panel,
        /// The algorithms.
        pub optimizers: Vec<Panel>,
    }
}

/// Returns the colors of a theme's paths.
pub fn colors(theme: &Theme) -> Colors {
    let paths = theme.paths.iter();
    Colors {
        paths: paths.map(|path| style(*path, theme)).collect(),
    }
}

/// Returns the colors of one path, and the lengths of its dashes and gaps in px if it has any.
fn style(style: PathStyle, theme: &Theme) -> PathColors {
    PathColors {
        line: css(style.color),
        casing: css(theme.casing(style.color)),
        dash: style.dash.map(|dash| dash.map(Finite).to_vec()),
    }
}

/// Returns the path styles of a session in the order of its runs.
pub fn styles(session: &Session, theme: &Theme) -> Vec<PathColors> {
    let subject = session.subject();
    let styles = subject.map_or(Vec::new(), |subject| subject.styles(theme));
    styles.into_iter().map(|one| style(one, theme)).collect()
}

/// Returns the description of an experiment: its problem, and the controls of the problem and the optimizers.
///
/// # Errors
/// The address names an unknown entry.
pub fn experiment(
    address: &Address,
    session: &Session,
    theme: &Theme,
) -> Result<Experiment, Error> {
    let contest = session.contest();
    let problem = &contest.problem;
    let panels = address.spec.with.iter();
    let panels = panels
        .map(|pick| controls::panel("optimizers", pick, &contest.on.files, problem.defaults()));
    let text = |v: f64| ShortestFloat(v).to_string();
    Ok(Experiment {
        notes: [
            problem.notes.clone(),
            contest.rate_notes(),
            contest.matrix_notes(),
        ]
        .concat(),
        plane: address.spec.plane.map(|plane| plane.to_string()),
        dim: contest.start.len(),
        start: join(&contest.start),
        start_point: match *contest.start {
            [first, second] => vec![Finite(first), Finite(second)],
            _ => Vec::new(),
        },
        // The map of a plane depends on the runs, and the content of a file may change.
        loss_key: if session.plane().is_some() || !files(&address.spec).is_empty() {
            String::new()
        } else {
            address.spec.on.clone()
        },
        styles: styles(session, theme),
        tolerance: contest.budget.tolerance.map(text),
        target: contest.budget.target.map(text),
        epochs: address.spec.epochs,
        randomness: randomness(&address.spec),
        problem: controls::panel("problems", &address.spec.on, &[], None)?,
        optimizers: panels.collect::<Result<Vec<_>, _>>()?,
    })
}

/// Returns the fields of mini-batches and noise.
fn randomness(spec: &ExperimentSpec) -> Vec<ExperimentInput> {
    const KEYS: [&str; 4] = ["batch", "shuffle", "gradient-noise", "seed"];
    let fields = KEYS.iter().filter_map(|key| ExperimentField::named(key));
    let inputs = fields.map(|field| ExperimentInput {
        key: field.key.to_owned(),
        help: field.help.to_owned(),
        value: field.write(spec).concat(),
        is_switch: field.is_switch(),
    });
    inputs.collect()
}

/// Returns what the page shows of a session: the results so far, the notes on recorded runs, and the title and the full window
/// of the map, which contains the paths. The window is null if there is no map. `plane` changes when the plane of the map does.
pub fn report(session: &Session) -> Report {
    let subject = session.subject();
    let view = subject.as_ref().ok().and_then(FigureInput::optional_view);
    let title = &session.contest().problem.title;
    // Only the plane of a path changes, with each step of the first run.
    let moves = session.plane() == Some(PlaneSpec::Path);
    let first = session.traces().first().filter(|_| moves);
    Report {
        title: format!("{title}{}", view.map_or("", |view| view.projection_note())),
        window: view.map(|view| edges(view.full_window())),
        plane: first.map_or(0, Trace::epochs),
        notes: record_notes::of_traces(session.contest(), session.traces()),
        table: results(session),
    }
}

/// Returns the results of the optimizers, one row each.
fn results(session: &Session) -> Vec<Row> {
    let subject = session.subject().ok();
    let contenders = session.contest().contenders.iter();
    let rows = contenders.zip(session.traces()).enumerate();
    let rows = rows.map(|(i, (contender, trace))| {
        let is_running = session.is_running(i);
        let calls = trace.total();
        // Without a plane, or if no run can leave it, there is no distance.
        let gap = subject.as_ref();
        let gap = gap.and_then(|subject| subject.plane_gap(i, trace.last_row()));
        let (outcome, sentence) = match (is_running, session.is_canceled()) {
            (false, _) => (trace.stop.word(), ending(session, i)),
            (true, false) => ("running", String::new()),
            (true, true) => {
                let epochs = trace.epochs();
                (
                    "stopped",
                    format!("stopped by the user after {}", count(epochs, "epoch")),
                )
            }
        };
        Row {
            name: contender.label.clone(),
            outcome: outcome.to_owned(),
            sentence,
            epochs: trace.epochs(),
            loss: trace.loss(),
            loss_text: number(trace.loss(), 6),
            values: calls.value,
            gradients: calls.gradient,
            hessians: calls.hessian,
            evaluations: calls.evaluations(),
            distance: gap.map(|gap| gap.distance),
            distance_text: gap.map(|gap| number(gap.distance, 6)),
            map_loss: gap.map(|gap| gap.map_loss),
            map_loss_text: gap.map(|gap| number(gap.map_loss, 6)),
        }
    });
    rows.collect()
}

/// Returns the state of each run at the playhead: its epoch, its loss, and whether it has ended by then.
pub fn scores(session: &Session, playhead: &Playhead) -> Vec<Score> {
    let runs = session.traces().iter().zip(&playhead.epochs).enumerate();
    let scores = runs.map(|(run, (trace, row))| {
        let row = (*row).min(trace.last_row());
        Score {
            epoch: trace.epoch_of(row),
            loss: number(trace.losses[row], 4),
            ended: row == trace.last_row() && !session.is_running(run),
        }
    });
    scores.collect()
}

/// Returns the sentence on the end of a run, with the reason if it hardly moved.
fn ending(session: &Session, run: usize) -> String {
    let (contest, trace) = (session.contest(), &session.traces()[run]);
    let contender = &contest.contenders[run];
    let note = stillness_note(contest, contender, trace.last(), trace.epochs(), trace.stop);
    match note {
        Some(note) => format!("{}; {note}", trace.stop),
        None => trace.stop.to_string(),
    }
}

/// Describes a point of the map: its weights, loss, and gradient. The weights have enough digits to distinguish
/// neighboring px of the window.
///
/// # Errors
/// There is no map.
pub fn point(session: &Session, w: [f64; 2], window: Window) -> Result<String, Error> {
    let subject = session.shown_subject(None)?;
    let view = subject.view()?;
    let mut g = [0.0; 2];
    let loss = view.objective.value_and_gradient(&w, &mut g);
    let [first, second] = &view.names;
    let n = |v: f64| number(v, 4);
    Ok(format!(
        "{first} {}, {second} {}: loss {}, gradient ({}, {})",
        number(w[0], digits(w[0], window.w1)),
        number(w[1], digits(w[1], window.w2)),
        number(loss, 6),
        n(g[0]),
        n(g[1])
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stopped_run_is_not_running() {
        let mut session = Session::new(&"with=gradient-descent".parse().unwrap(), &[]).unwrap();
        session.advance(7);
        let outcome = |session: &Session| {
            let table = crate::json::read(&results(session).into());
            (table[0]["outcome"].clone(), table[0]["sentence"].clone())
        };
        assert_eq!(outcome(&session).0, "running");
        session.cancel();
        assert_eq!(outcome(&session).0, "stopped");
        assert_eq!(outcome(&session).1, "stopped by the user after 7 epochs");
    }

    #[test]
    fn an_experiment_contains_the_notes_of_its_data_and_its_learning_rates() {
        let address: Address = "on=csv:path=d.csv&with=gradient-descent".parse().unwrap();
        let files = [("d.csv".to_owned(), "a,b,y\n1,2,no\n2,1,yes\n".into())];
        let session = Session::new(&address, &files).unwrap();
        let json = crate::json::read(
            &experiment(&address, &session, &Theme::LIGHT)
                .unwrap()
                .into(),
        );
        let notes = json["notes"].as_array().unwrap();
        assert_eq!(
            notes[0],
            "the column `y` contains classes: no is 0, yes is 1"
        );
        let rate = notes[1].as_str().unwrap();
        assert!(
            rate.ends_with("from the greatest curvature found in the window"),
            "{rate}"
        );
    }

    #[test]
    fn an_experiment_contains_its_mini_batches_and_noise() {
        let address: Address = "on=article&with=gradient-descent&batch=2&gradient-noise=0.1"
            .parse()
            .unwrap();
        let session = Session::new(&address, &[]).unwrap();
        let experiment = experiment(&address, &session, &Theme::LIGHT).unwrap();
        let values = experiment
            .randomness
            .iter()
            .map(|input| (&*input.key, &*input.value));
        let expected = [
            ("batch", "2"),
            ("shuffle", ""),
            ("gradient-noise", "0.1"),
            ("seed", "0"),
        ];
        assert_eq!(values.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_flat_initial_point_is_part_of_the_outcome() {
        let address: Address = "on=formula:x*exp(-(x^2%2By^2))&with=gradient-descent&epochs=5"
            .parse()
            .unwrap();
        let mut session = Session::new(&address, &[]).unwrap();
        while session.advance(9) {}
        let json = crate::json::read(&results(&session).into());
        let sentence = json[0]["sentence"].as_str().unwrap();
        assert!(
            sentence.contains("flat at the initial point (gradient 4e-5)"),
            "{sentence}"
        );
    }
}
