//! Tuning by one protocol for all optimizers: search spaces, trials at equal budgets, and scores.
//!
//! The protocol is that of `AlgoPerf` (Dahl et al., Benchmarking Neural Network Training Algorithms, 2023). A study is one
//! search of a few trials. Its result is the best trial, and the result of an optimizer is the median of several studies.

mod paired_runs;
mod performance_profile;
mod plan;
mod protocol;
mod quasi_random;
mod result;
mod run_within;
mod search_space;
mod sign_test;
mod tuned_settings;

pub use paired_runs::PairedRuns;
pub use performance_profile::{MAX_RATIO, profile_points, profile_scores, ratios};
pub use plan::{Cell, Trial, TuningPlan, Workload};
pub use protocol::{DEFAULT_BUDGET, DEFAULTS_BUDGET_FACTOR, Search, TuningProtocol};
pub use result::{OptimizerResult, TrialResult};
pub use run_within::run_within;
pub use search_space::{SearchDimension, SearchSpace};
pub use sign_test::{SignTest, holm};
