//! The description of a setting: its type, the accepted values, and the default.

use super::{List, NameElsewhere, Text, over::Spacing, rows, text};
use crate::numeric::number::ShortestFloat;
use std::fmt;

/// One setting of an entry.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are independent properties, each an argument of `#[param]`"
)]
pub struct Param {
    /// Key in picks.
    pub name: Text,
    /// A sentence that describes the setting.
    pub help: Text,
    /// Type of the value.
    pub kind: Kind,
    /// Default value.
    pub preset: DefaultValue,
    /// Range of accepted numbers.
    pub valid: Interval,
    /// Range of a slider: the useful numbers.
    pub slider: Interval,
    /// Whether a slider has a logarithmic scale.
    pub log: bool,
    /// Whether tuning searches for its value over the range of the slider, because it scales the steps.
    pub tuned: bool,
    /// Whether it is a learning rate: a step per unit of gradient, for which the problem may state the default.
    pub per_gradient: bool,
    /// Whether it is a lower bound of the loss, for which the problem may state the default.
    pub loss_bound: bool,
    /// Another setting that is an upper bound of this one.
    pub at_most: Option<Text>,
    /// Another setting that replaces this one if it is given.
    pub unless: Option<Text>,
    /// Name and default in `PyTorch`.
    pub torch: NameElsewhere,
    /// Name and default in optax.
    pub optax: NameElsewhere,
}

/// The type of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// `true` or `false`.
    Switch,
    /// One of these keywords.
    Choice(List<Text>),
    /// A text.
    Text,
    /// A file name. The content of the file must be attached before the entry is built.
    File,
    /// A component: an entry of the registry of this kind.
    Part(Text),
}

impl Kind {
    /// Returns the keywords of a choice; other types have none.
    pub fn words(&self) -> &[Text] {
        match self {
            Self::Choice(words) => words,
            _ => &[],
        }
    }
}

/// The default value of a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultValue {
    /// No default: the setting is optional or required.
    None,
    /// A number.
    Number(f64),
    /// A keyword or a text.
    Text(Text),
}

/// The defaults that the problem states.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ProblemDefaults {
    /// Learning rate.
    pub learning_rate: Option<f64>,
    /// The least known loss, a lower bound of the loss.
    pub least_loss: Option<f64>,
}

/// A learning rate alone.
impl From<Option<f64>> for ProblemDefaults {
    fn from(learning_rate: Option<f64>) -> Self {
        Self {
            learning_rate,
            least_loss: None,
        }
    }
}

impl ProblemDefaults {
    /// Returns the default of a setting that the problem states, if it does.
    pub fn of(&self, param: &Param) -> Option<f64> {
        let rate = self.learning_rate.filter(|_| param.per_gradient);
        rate.or(self.least_loss.filter(|_| param.loss_bound))
    }
}

/// An interval of finite numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end; may be infinite.
    pub low: f64,
    /// Upper end; may be infinite.
    pub high: f64,
    /// Whether the lower end is excluded.
    pub open_low: bool,
    /// Whether the upper end is excluded.
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

    /// Returns the interval that contains both ends.
    pub const fn closed(low: f64, high: f64) -> Self {
        Self {
            low,
            high,
            open_low: false,
            open_high: false,
        }
    }

    /// Returns whether `v` lies in the interval.
    pub fn contains(&self, v: f64) -> bool {
        let above = v > self.low || v == self.low && !self.open_low;
        let below = v < self.high || v == self.high && !self.open_high;
        v.is_finite() && above && below
    }
}

/// Writes the words that follow "it must be a number".
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
            (false, true) if self.open_high => write!(out, "below {high}"),
            (false, true) => write!(out, "of at most {high}"),
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
    /// Returns a setting that a user declares: a number of any size with the range of its slider. It is not tuned.
    pub fn of_user(name: &str, owner: &str, preset: f64, slider: Interval) -> Self {
        Self {
            name: Text::Owned(name.to_owned()),
            help: Text::Owned(format!("Setting {name} of the {owner}.")),
            kind: Kind::Number,
            preset: DefaultValue::Number(preset),
            valid: Interval::ALL,
            slider,
            log: false,
            tuned: false,
            per_gradient: false,
            loss_bound: false,
            at_most: None,
            unless: None,
            torch: NameElsewhere::default(),
            optax: NameElsewhere::default(),
        }
    }

    /// Returns the spacing of the slider.
    pub fn spacing(&self) -> Spacing {
        Spacing::of(self.log)
    }

    /// Returns the constant description with another default.
    pub(crate) const fn with_preset(&'static self, preset: DefaultValue) -> Self {
        let kind = match &self.kind {
            Kind::Number => Kind::Number,
            Kind::Whole => Kind::Whole,
            Kind::Switch => Kind::Switch,
            Kind::Choice(words) => Kind::Choice(rows(words)),
            Kind::Text => Kind::Text,
            Kind::File => Kind::File,
            Kind::Part(kind) => Kind::Part(text(kind)),
        };
        self.copied(preset, kind)
    }

    /// Returns the constant description of a choice with another default and other keywords.
    pub(crate) const fn with_words(
        &'static self,
        preset: &'static str,
        words: &'static [Text],
    ) -> Self {
        let preset = DefaultValue::Text(Text::Borrowed(preset));
        self.copied(preset, Kind::Choice(List::Borrowed(words)))
    }

    /// Returns the constant description with another default and another type.
    const fn copied(&'static self, preset: DefaultValue, kind: Kind) -> Self {
        const fn other(name: Option<&'static Text>) -> Option<Text> {
            match name {
                Some(name) => Some(text(name)),
                None => None,
            }
        }
        Self {
            name: text(&self.name),
            help: text(&self.help),
            kind,
            preset,
            valid: self.valid,
            slider: self.slider,
            log: self.log,
            tuned: self.tuned,
            per_gradient: self.per_gradient,
            loss_bound: self.loss_bound,
            at_most: other(self.at_most.as_ref()),
            unless: other(self.unless.as_ref()),
            torch: self.torch.copied(),
            optax: self.optax.copied(),
        }
    }

    /// Returns whether `value` is `none`, the listed default of an optional setting: it is the same as a setting that is not
    /// given. In a setting whose value is a text, `none` is a text.
    pub fn is_unset(&self, value: &str) -> bool {
        let is_text = matches!(self.kind, Kind::Text | Kind::File);
        value == "none" && !is_text && self.preset == DefaultValue::None
    }

    /// Returns a description of the allowed values.
    pub fn allowed(&self) -> String {
        let number = || format!("number {}", self.valid).trim_end().to_owned();
        match &self.kind {
            Kind::Number => format!("a {}", number()),
            Kind::Whole => format!("a whole {}", number()),
            Kind::Switch => "true or false".to_owned(),
            Kind::Choice(words) => words.join(", "),
            Kind::Text => "a text".to_owned(),
            Kind::File => "a file name".to_owned(),
            Kind::Part(kind) => {
                let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) {
                    "an"
                } else {
                    "a"
                };
                format!("{article} {kind}")
            }
        }
    }
}
