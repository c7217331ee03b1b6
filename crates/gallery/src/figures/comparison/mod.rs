//! Figures of tuned optimizers on several problems.

mod profile;
mod trial_axis;
mod tuning_curve;
mod tuning_curves;

pub use profile::{ProfileCurve, performance_profile};
pub use tuning_curves::tuning_curves;
