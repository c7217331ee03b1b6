//! Training algorithms that record every step and their inner state.
//!
//! An [`Experiment`](experiment::Experiment) consists of a problem, optimizers, an initial point, and a budget. Each
//! optimizer produces a [`Run`](run::Run), an iterator of steps. A [`Trace`](trace::Trace) stores a finished run in
//! columns.
//!
//! ```
//! use thalweg::{experiment::Experiment, pick::Pick, trace::Trace};
//!
//! let on: Pick = "article".parse()?;
//! let experiment = Experiment::new(on, vec!["rprop".parse()?, "momentum:learning_rate=0.3".parse()?]);
//! let contest = experiment.prepare()?;
//! let epochs: Vec<u64> = contest.runs().map(|run| Trace::record(run).epochs()).collect();
//! assert_eq!(epochs, [20, 92]);
//! # Ok::<(), thalweg::Error>(())
//! ```
//!
//! The crate contains only mathematics: it does not read files, start threads, or read a clock. The same experiment
//! gives the same bits on every machine.

// The derive macros write paths that begin with `::thalweg`, also in this crate.
extern crate self as thalweg;

pub mod catalog;
pub mod error;
pub mod gradient_clips;
pub mod line_searches;
pub mod need;
pub mod numeric;
pub mod objective;
pub mod optimizers;
pub mod regularizers;
pub mod run;
pub mod schedules;
pub mod study;

// Short paths: an import does not depend on the folder of the code.
pub use catalog::{inspect, over, pick, references};
pub use error::Error;
pub use numeric::{bytes, float, linalg, matrix, number, random};
pub use objective::{
    blocks, curvature,
    data::{self, table},
    data_sets,
    expression::{self, dual, surface, tape},
    field,
    network::{self, activation, architecture, loss, mlp, perceptron},
    problems,
};
pub use run::{batch, descent, line, optimizer, oracle, plane, randomness, record, slice, trace};
pub use study::{
    contender, custom, effective, experiment, map, record_notes, spec, stillness, sweep, tuning,
};

/// Compiles and runs the example of README.md as a documentation test.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
