//! One setting as it is described: what its values look like, which are accepted, and which is taken where none is given.

use super::{List, Text};
use crate::numeric::number::ShortestFloat;
use std::fmt;

/// One setting of an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Its key in picks.
    pub name: Text,
    /// What it is, in a sentence.
    pub help: Text,
    /// What a value looks like.
    pub kind: Kind,
    /// The value where none is given.
    pub preset: DefaultValue,
    /// The numbers that are accepted.
    pub valid: Interval,
    /// The numbers that are useful.
    pub slider: Interval,
    /// Whether the useful numbers are spread over decades.
    pub log: bool,
    /// Whether it is a step per unit of gradient, so that what suits depends on the problem, which may state it.
    pub per_gradient: bool,
    /// Another number that this one may not be above.
    pub at_most: Option<Text>,
    /// Another setting beside which this one has no effect.
    pub unless: Option<Text>,
}

/// What a setting's value looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// Yes or no: `true` or `false`.
    Switch,
    /// One of these words.
    Choice(List<Text>),
    /// A text.
    Text,
    /// The name of a file, whose content must be attached before the entry can be built.
    File,
    /// An entry of the registry of this kind.
    Part(Text),
}

impl Kind {
    /// The words to choose from; none where it is no choice.
    pub fn words(&self) -> &[Text] {
        match self {
            Self::Choice(words) => words,
            _ => &[],
        }
    }
}

/// The value of a setting where none is given.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultValue {
    /// Nothing: the setting is absent, or must be given.
    None,
    /// A number, whole or not.
    Number(f64),
    /// A word or a text.
    Text(Text),
}

/// The finite numbers between two ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end; may be infinite.
    pub low: f64,
    /// Upper end; may be infinite.
    pub high: f64,
    /// Whether the lower end itself is left out.
    pub open_low: bool,
    /// Whether the upper end itself is left out.
    pub open_high: bool,
}

impl Interval {
    /// Every finite number.
    pub const ALL: Self = Self {
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
        open_low: true,
        open_high: true,
    };

    /// Every finite number above zero.
    pub const POSITIVE: Self = Self {
        low: 0.0,
        ..Self::ALL
    };

    /// Whether `v` lies inside.
    pub fn contains(&self, v: f64) -> bool {
        let above = v > self.low || v == self.low && !self.open_low;
        let below = v < self.high || v == self.high && !self.open_high;
        v.is_finite() && above && below
    }
}

/// In words that follow "it must be a number".
impl fmt::Display for Interval {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, high) = (ShortestFloat(self.low), ShortestFloat(self.high));
        let least = if self.open_low {
            "above"
        } else {
            "of at least"
        };
        let most = if self.open_high { "below" } else { "at most" };
        match (self.low.is_finite(), self.high.is_finite()) {
            (false, false) => Ok(()),
            (true, false) => write!(out, "{least} {low}"),
            (false, true) => write!(out, "{most} {high}"),
            (true, true) => write!(out, "{least} {low} and {most} {high}"),
        }
    }
}

impl fmt::Display for DefaultValue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => out.write_str("none"),
            Self::Number(v) => write!(out, "{}", ShortestFloat(*v)),
            Self::Text(text) => out.write_str(text),
        }
    }
}

impl Param {
    /// What is allowed, in words.
    pub fn allowed(&self) -> String {
        let number = || format!("number {}", self.valid).trim_end().to_owned();
        match &self.kind {
            Kind::Number => format!("a {}", number()),
            Kind::Whole => format!("a whole {}", number()),
            Kind::Switch => "true, false".to_owned(),
            Kind::Choice(words) => words.join(", "),
            Kind::Text => "a text".to_owned(),
            Kind::File => "a file name".to_owned(),
            Kind::Part(kind) => format!("a {kind}"),
        }
    }
}
