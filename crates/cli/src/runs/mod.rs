//! Runs of experiments: their input, their execution, and the recording of their steps.

pub(crate) mod input;
mod interrupt;
pub(crate) mod notes;
pub(crate) mod recorder;
pub(crate) mod records;
pub(crate) mod same_optimizer;
pub(crate) mod threads;
pub(crate) mod tuning;

pub(crate) use interrupt::Interrupt;
pub(crate) use recorder::Recorder;
pub(crate) use threads::WorkerPool;
