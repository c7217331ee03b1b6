//! A setting with a list of values: `KEY=LOW..HIGH:COUNT`, `KEY=LOW..HIGH:log:COUNT`, or `KEY=A|B|C`.

use crate::{
    Error,
    catalog::pick::Pick,
    error::{decimal_comma, finite},
    numeric::{
        float::{exp, ln},
        number::{ShortestFloat, spread},
    },
};
use std::{fmt, str::FromStr};

/// Spacing of the values between two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    /// Equal differences.
    Linear,
    /// Equal ratios, for settings that span several decades.
    Log,
}

impl Spacing {
    /// Returns the spacing of a scale that is logarithmic or not.
    pub fn of(is_log: bool) -> Self {
        if is_log { Self::Log } else { Self::Linear }
    }

    /// Returns the value at a share of the way between two ends, from 0 to 1.
    pub fn at(self, [low, high]: [f64; 2], share: f64) -> f64 {
        match self {
            Self::Linear => low + share * (high - low),
            Self::Log => exp(ln(low) + share * (ln(high) - ln(low))),
        }
    }
}

/// One setting with a list of values.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingValues {
    /// Key of the setting.
    pub key: String,
    /// Values as written in a pick, at least one.
    pub values: Vec<String>,
    /// The values as numbers and their spacing, if they are given by two ends.
    pub span: Option<(Vec<f64>, Spacing)>,
}

/// Limit of the number of values; a larger number is most likely a typing error.
const MAX_VALUES: usize = 100_000;

impl SettingValues {
    /// Checks that a pick does not give this setting as well, because the pick's value would have no effect.
    ///
    /// # Errors
    /// The pick gives the setting. The error contains the position in the pick.
    pub fn check_not_given(&self, pick: &Pick) -> Result<(), Error> {
        let Some(given) = pick.settings.iter().find(|given| given.key == self.key) else {
            return Ok(());
        };
        let message = format!(
            "`{}` is given here and with the values {}; remove one of them",
            self.key,
            self.values_text()
        );
        Err(Error::Settings(message).within(pick.text(), given.span.clone()))
    }

    /// Returns the values as text: the first ones of many.
    fn values_text(&self) -> String {
        const SHOWN: usize = 3;
        let more = if self.values.len() > SHOWN {
            ", ..."
        } else {
            ""
        };
        let shown = &self.values[..self.values.len().min(SHOWN)];
        format!("{}{more}", shown.join(", "))
    }

    /// Creates `count` numbers from `low` to `high`, both included.
    ///
    /// # Errors
    /// An end is not finite, the ends are not in order, a logarithmic range is not above zero, or the count is zero or
    /// too large.
    pub fn span(
        key: &str,
        [low, high]: [f64; 2],
        spacing: Spacing,
        count: usize,
    ) -> Result<Self, Error> {
        let wrong = |why: String| Err(Error::Settings(format!("`{key}`: {why}")));
        let range = format!("{}..{}", ShortestFloat(low), ShortestFloat(high));
        for end in [low, high] {
            finite("an end of the range", end)?;
        }
        if !(1..=MAX_VALUES).contains(&count) {
            return wrong(format!(
                "the number of values is {count}; it must be from 1 to {MAX_VALUES}"
            ));
        }
        if count > 1 && low >= high {
            return wrong(format!("{range} is empty; LOW..HIGH needs LOW below HIGH"));
        }
        if spacing == Spacing::Log && low <= 0.0 {
            return wrong(format!(
                "the logarithmic range {range} includes 0 or less; LOW must be above 0"
            ));
        }
        let numbers = match (count, spacing) {
            (1, _) => vec![low],
            (_, Spacing::Linear) => spread([low, high], count),
            (_, Spacing::Log) => {
                let mut numbers: Vec<f64> = spread([ln(low), ln(high)], count)
                    .into_iter()
                    .map(exp)
                    .collect();
                // The ends have exactly the given values.
                (numbers[0], numbers[count - 1]) = (low, high);
                numbers
            }
        };
        let numbers: Vec<f64> = numbers.into_iter().map(without_rounding_error).collect();
        Ok(Self {
            key: key.to_owned(),
            values: numbers
                .iter()
                .map(|v| ShortestFloat(*v).to_string())
                .collect(),
            span: Some((numbers, spacing)),
        })
    }
}

/// Returns the number with at most 12 digits from which a computed number differs only by rounding errors, such as 10 for
/// 10.000000000000002; or else the number itself.
fn without_rounding_error(v: f64) -> f64 {
    const ERROR: f64 = 16.0 * f64::EPSILON;
    let short = format!("{v:.11e}").parse().unwrap_or(v);
    if (short - v).abs() <= ERROR * v.abs() {
        short
    } else {
        v
    }
}

impl fmt::Display for SettingValues {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}=", self.key)?;
        match &self.span {
            Some((numbers, spacing)) => {
                let (low, high) = (numbers[0], numbers[numbers.len() - 1]);
                write!(out, "{}..{}", ShortestFloat(low), ShortestFloat(high))?;
                if *spacing == Spacing::Log {
                    write!(out, ":log")?;
                }
                write!(out, ":{}", numbers.len())
            }
            None => out.write_str(&self.values.join("|")),
        }
    }
}

impl FromStr for SettingValues {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let grammar =
            |message: String, begin: usize| Error::Grammar(message).within(text, begin..text.len());
        let form = "KEY=LOW..HIGH:COUNT, KEY=LOW..HIGH:log:COUNT, or KEY=A|B|C";
        let Some((key, values)) = text.split_once('=').filter(|(key, _)| !key.is_empty()) else {
            return Err(grammar(format!("expected {form}"), 0));
        };
        let begin = key.len() + 1;
        let wrong = |message: String| grammar(message, begin);
        let Some((low, rest)) = values.split_once("..") else {
            let values: Vec<String> = values.split('|').map(|v| v.trim().to_owned()).collect();
            if values.iter().any(String::is_empty) {
                return Err(wrong(format!("a value is missing; expected {form}")));
            }
            return Ok(Self {
                key: key.trim().to_owned(),
                values,
                span: None,
            });
        };
        let mut parts = rest.split(':');
        let high = parts.next().unwrap_or_default();
        let (spacing, count) = match (parts.next(), parts.next(), parts.next()) {
            (Some("log"), Some(count), None) => (Spacing::Log, count),
            (Some("linear"), Some(count), None) | (Some(count), None, None) => {
                (Spacing::Linear, count)
            }
            _ => {
                return Err(wrong(format!(
                    "the number of values is missing; expected {form}"
                )));
            }
        };
        let number = |text: &str| {
            let text = text.trim();
            text.parse().map_err(|_| {
                let expected = decimal_comma(text).unwrap_or_else(|| form.to_owned());
                wrong(format!("`{text}` is not a number; expected {expected}"))
            })
        };
        let ends = [number(low)?, number(high)?];
        let count = count.trim();
        let count = count
            .parse()
            .map_err(|_| wrong(format!("`{count}` is not a whole number; expected {form}")))?;
        Self::span(key.trim(), ends, spacing, count)
            .map_err(|error| error.within(text, begin..text.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(text: &str) -> SettingValues {
        text.parse().unwrap()
    }

    #[test]
    fn spans_and_lists_are_read() {
        assert_eq!(over("momentum=0..1:3").values, ["0", "0.5", "1"]);
        let decades = over("learning_rate=1e-3..100:log:6");
        let (numbers, spacing) = decades.span.clone().unwrap();
        assert_eq!(spacing, Spacing::Log);
        assert_eq!((numbers[0], numbers[5]), (1e-3, 100.0));
        for pair in numbers.windows(2) {
            assert!((pair[1] / pair[0] - 10.0).abs() < 1e-12, "{pair:?}");
        }
        assert_eq!(decades.values, ["0.001", "0.01", "0.1", "1", "10", "100"]);
        let numbers = over("a=1e-5..1e10:log:16").span.unwrap().0;
        assert!(
            (-5..=10)
                .map(|i| format!("1e{i}").parse::<f64>().unwrap())
                .eq(numbers)
        );
        assert_eq!(over("a=0..1:11").values[3], "0.3");
        assert_eq!(
            over("a=0.123456789012345..2:2").values[0],
            "0.123456789012345"
        );
        let list = over("search=golden-section|armijo");
        assert_eq!(list.values, ["golden-section", "armijo"]);
        for text in ["a=0..1:3", "a=0.001..100:log:6", "a=b|c"] {
            assert_eq!(over(text).to_string(), text);
        }
        assert_eq!(over("a=2..2:1").values, ["2"]);
    }

    #[test]
    fn reports_what_is_invalid() {
        let complaint = |text: &str| text.parse::<SettingValues>().unwrap_err().to_string();
        for (text, words) in [
            ("", "expected KEY="),
            ("=1..2:3", "expected KEY="),
            ("a=", "a value is missing"),
            ("a=1|", "a value is missing"),
            ("a=1..2", "the number of values is missing"),
            ("a=1..2:log", "`log` is not a whole number"),
            ("a=1..2:cubic:3", "the number of values is missing"),
            ("a=x..2:3", "`x` is not a number"),
            ("a=0,1..2:3", "`0,1` is not a number; expected 0.1"),
            ("a=1..inf:3", "finite"),
            ("a=2..1:3", "LOW below HIGH"),
            ("a=0..1:log:3", "above 0"),
            ("a=0..1:0", "1 to 100000"),
            ("a=0..1:-3", "whole number"),
            ("a=0..1:1000000", "1 to 100000"),
        ] {
            let complaint = complaint(text);
            assert!(complaint.contains(words), "{text}: {complaint}");
        }
    }
}
