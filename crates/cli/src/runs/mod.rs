//! Runs from arguments to their ends: what they read, who drives them, and what is kept of them.

pub(crate) mod input;
mod interrupt;
pub(crate) mod recorder;
pub(crate) mod records;
pub(crate) mod threads;

pub(crate) use interrupt::Interrupt;
pub(crate) use recorder::Recorder;
pub(crate) use threads::WorkerPool;
