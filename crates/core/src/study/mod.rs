//! Studies of many runs: experiments, maps of initial points and settings, sweeps, and tuning.

mod components;
pub mod contender;
pub mod custom;
pub mod effective;
pub mod experiment;
pub mod map;
mod memory;
pub mod record_notes;
pub mod spec;
pub mod stillness;
pub mod sweep;
pub mod tuning;
