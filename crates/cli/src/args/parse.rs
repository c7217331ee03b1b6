//! Values of arguments, read from their texts.

use thalweg::{Error, experiment::Target, field::Window, number::whole, plane::Cut};

/// Numbers with commas between.
#[derive(Clone, Debug)]
pub(crate) struct Numbers(pub(crate) Vec<f64>);

impl Numbers {
    /// The window that they make.
    pub(crate) fn window(&self) -> Result<Window, Error> {
        Window::of(&self.0)
    }
}

/// A loss to come down to, or none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Goal(pub(crate) Option<f64>);

/// What runs try to come down to.
pub(crate) fn target(given: Option<Goal>) -> Target {
    match given {
        None => Target::Problem,
        Some(goal) => goal.0.map_or(Target::None, Target::Loss),
    }
}

pub(super) fn number(text: &str) -> Result<f64, String> {
    let number = text.trim().parse().ok().filter(|v: &f64| v.is_finite());
    number.ok_or_else(|| format!("`{}` is no finite number", text.trim()))
}

pub(super) fn count(text: &str) -> Result<u64, String> {
    whole(text).ok_or_else(|| format!("`{text}` is no whole number from 0 to {}", u64::MAX))
}

/// More threads than this help nobody.
const MOST_THREADS: usize = 1024;

pub(super) fn threads(text: &str) -> Result<usize, String> {
    let count = text.parse().ok().filter(|n| (1..=MOST_THREADS).contains(n));
    count.ok_or_else(|| format!("`{text}` is no whole number from 1 to {MOST_THREADS}"))
}

pub(super) fn numbers(text: &str) -> Result<Numbers, String> {
    text.split(',')
        .map(number)
        .collect::<Result<_, _>>()
        .map(Numbers)
}

pub(super) fn goal(text: &str) -> Result<Goal, String> {
    match text {
        "none" => Ok(Goal(None)),
        _ => number(text)
            .map(|v| Goal(Some(v)))
            .map_err(|e| format!("{e}, nor `none`")),
    }
}

pub(super) fn plane(text: &str) -> Result<Cut, String> {
    text.parse().map_err(|e: thalweg::Error| e.to_string())
}
