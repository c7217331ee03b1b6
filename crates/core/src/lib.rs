//! Training algorithms whose every step and inner state can be seen.
//!
//! An [`Experiment`](experiment::Experiment) names a problem, optimizers, a start and a budget. Each optimizer
//! makes a [`Run`](run::Run), an iterator of steps; a finished run is a [`Trace`](trace::Trace) of columns.
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
//! The crate is pure mathematics: it reads no file, starts no thread and asks no clock, and the same
//! experiment gives the same bits on every machine.

// The derive macros write paths that begin with `::thalweg`, here too.
extern crate self as thalweg;

pub mod activation;
pub mod batch;
pub mod catalog;
pub mod chance;
pub mod contender;
pub mod data;
pub mod data_sets;
pub mod descent;
pub mod dual;
pub mod error;
pub mod experiment;
pub mod field;
pub mod float;
pub mod formula;
pub mod inspect;
pub mod linalg;
pub mod line;
pub mod line_searches;
pub mod loss;
pub mod map;
pub mod mlp;
pub mod network;
pub mod number;
pub mod objective;
pub mod optimizer;
pub mod optimizers;
pub mod oracle;
pub mod over;
pub mod perceptron;
pub mod pick;
pub mod plane;
mod pointwise;
pub mod problems;
pub mod random;
pub mod record;
pub mod references;
pub mod regularizers;
mod rows;
pub mod run;
pub mod schedules;
pub mod surface;
pub mod sweep;
pub mod table;
pub mod tape;
pub mod trace;

pub use error::Error;
