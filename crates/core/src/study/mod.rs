//! Many runs of one question: experiments, maps of starts and settings, sweeps.

pub mod contender;
pub mod experiment;
pub mod map;
pub mod spec;
pub mod sweep;
