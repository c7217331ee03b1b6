//! Levels of filled contour plots: linear, logarithmic, or by quantiles.

use super::{path_values::PathValues, quantile::quantile};
use std::str::FromStr;
use thalweg::{Error, field::Field, number::spread, over::Spacing};

/// The spacing of the levels of a filled contour plot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Levels {
    /// Linear, or logarithmic if the median lies in the lowest tenth of the range, or if linear levels do not distinguish
    /// enough bands along the paths.
    #[default]
    Auto,
    /// Equal differences.
    Linear,
    /// Equal ratios of the distances to the smallest value.
    Log,
    /// Quantiles: all bands cover the same area.
    Quantile,
}

/// The levels of one field.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelSet {
    /// Edges of the bands, ascending, one more than there are bands.
    pub edges: Vec<f64>,
    /// Layout of the color bar.
    pub layout: ColorBarLayout,
}

/// The layout of a color bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ColorBarLayout {
    /// A scale.
    Scale(Spacing),
    /// Bands of equal height, each linear inside.
    Bands,
}

/// [`Levels::Auto`] is logarithmic if the median lies below this fraction of the range.
///
/// Otherwise, half of the map would lie in the two lowest of 20 linear bands, and the path to the minimum would have
/// one color. Unlike the mean, the median over the map is not affected by outliers.
const SKEWED: f64 = 0.1;
/// Number of bands that automatic levels distinguish along the paths.
const AUTO: usize = 5;
/// Number of bands that logarithmic levels distinguish along the paths.
const LOG: usize = 8;

impl Levels {
    /// Keywords and their meaning, the default first.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("auto", Self::Auto),
        ("linear", Self::Linear),
        ("log", Self::Log),
        ("quantile", Self::Quantile),
    ];

    /// Returns the keyword.
    pub fn word(self) -> &'static str {
        let mut words = Self::WORDS.iter();
        words
            .find(|(_, levels)| *levels == self)
            .map_or("", |(word, _)| word)
    }

    /// Returns levels for at most this many bands, from the smallest to the largest finite value. `along` are the values
    /// along the paths on the map, in which automatic and logarithmic levels distinguish several bands.
    ///
    /// A flat field has levels of one unit around its value; a field without finite values, from 0 to 1.
    pub fn of(self, field: &Field, along: &[f64], bands: usize) -> LevelSet {
        let (low, high) = match field.range() {
            Some([low, high]) if low < high => (low, high),
            Some([level, _]) => return even([level - 0.5, level + 0.5], bands),
            None => return even([0.0, 1.0], bands),
        };
        let linear = even([low, high], bands);
        if !(high - low).is_finite() {
            return linear;
        }
        let mut values = field.values.clone();
        values.retain(|v| v.is_finite());
        let paths = PathValues::new(along, [low, high]);
        let share = |v: f64| (v - low) / (high - low);
        let mut edges = match self {
            Self::Linear => return linear,
            Self::Auto
                if share(quantile(&values, 0.5)) >= SKEWED
                    && paths.are_distinguished(&linear.edges, AUTO) =>
            {
                return linear;
            }
            Self::Auto => paths.logarithmic(&values, [low, high], bands, AUTO),
            Self::Log => paths.logarithmic(&values, [low, high], bands, LOG),
            Self::Quantile => {
                values.sort_unstable_by(f64::total_cmp);
                let last = values.len() - 1;
                (0..=bands).map(|i| values[i * last / bands]).collect()
            }
        };
        edges.dedup();
        LevelSet {
            edges,
            layout: ColorBarLayout::Bands,
        }
    }
}

/// Returns linear levels, limited to half of the largest range, so that differences stay finite.
fn even(range: [f64; 2], bands: usize) -> LevelSet {
    LevelSet {
        edges: spread(
            range.map(|v| v.clamp(-f64::MAX / 4.0, f64::MAX / 4.0)),
            bands + 1,
        ),
        layout: ColorBarLayout::Scale(Spacing::Linear),
    }
}

impl FromStr for Levels {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let found = Self::WORDS.iter().find(|(word, _)| *word == text);
        found
            .map(|(_, levels)| *levels)
            .ok_or_else(|| Error::UnknownId {
                kind: "level spacing",
                given: text.to_owned(),
                allowed: Self::WORDS.map(|(word, _)| word.into()).to_vec(),
                meant: Box::default(),
            })
    }
}

/// Returns a note for a field in which nothing can be seen: it is flat or has no finite value. `what` is the lowercase
/// name of its values, such as "loss".
pub fn note(field: &Field, what: &str) -> Option<String> {
    match field.range() {
        None => Some(format!("no finite {what} in this window")),
        Some([low, high]) if low >= high => Some(format!(
            "flat: every {what} is {}",
            crate::text::number(low, 6)
        )),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg::float::powf;

    fn field(values: impl IntoIterator<Item = f64>) -> Field {
        let values: Vec<f64> = values.into_iter().collect();
        let columns = values.len() / 2;
        Field {
            xs: (0..columns).map(|i| i as f64).collect(),
            ys: vec![0.0, 1.0],
            values,
        }
    }

    fn is_ascending(edges: &[f64]) -> bool {
        edges.is_sorted_by(|a, b| a < b)
    }

    #[test]
    fn a_uniform_field_has_linear_levels() {
        let even = field((0..200).map(f64::from));
        for levels in [Levels::Auto, Levels::Linear] {
            let set = levels.of(&even, &[], 4);
            assert_eq!(set.edges, [0.0, 49.75, 99.5, 149.25, 199.0]);
            assert_eq!(set.layout, ColorBarLayout::Scale(Spacing::Linear));
        }
        assert_eq!(
            Levels::Quantile.of(&even, &[], 4).edges,
            [0.0, 49.0, 99.0, 149.0, 199.0]
        );
    }

    #[test]
    fn a_skewed_field_has_logarithmic_levels() {
        for least in [-50.0, 0.0, 3.0] {
            let skewed = field((0..200).map(|i| least + powf(f64::from(i) / 10.0, 4.0)));
            let set = Levels::Auto.of(&skewed, &[], 20);
            assert_eq!(set, Levels::Log.of(&skewed, &[], 20));
            assert_eq!((set.edges.len(), set.layout), (21, ColorBarLayout::Bands));
            assert!(is_ascending(&set.edges));
            let over: Vec<f64> = set.edges.iter().map(|v| v - least).collect();
            let ratio = over[3] / over[2];
            assert!((over[19] / over[18] / ratio - 1.0).abs() < 1e-6, "{over:?}");
            assert_eq!([set.edges[0], set.edges[20]], [least, skewed.values[199]]);
        }
    }

    #[test]
    fn rounding_in_a_flat_valley_does_not_use_bands() {
        let flat = field((0..200).map(|i| if i < 150 { 0.0 } else { f64::from(i) }));
        for levels in [Levels::Log, Levels::Quantile] {
            let edges = levels.of(&flat, &[], 20).edges;
            assert!(is_ascending(&edges) && edges.len() > 2, "{edges:?}");
        }
    }

    #[test]
    fn values_that_are_not_finite_are_ignored() {
        let some = field([f64::NAN, 1.0, f64::INFINITY, 3.0, f64::NEG_INFINITY, 2.0]);
        for (word, levels) in Levels::WORDS {
            let edges = levels.of(&some, &[], 2).edges;
            let last = edges[edges.len() - 1];
            assert_eq!([edges[0], last], [1.0, 3.0], "{word}");
            assert_eq!(levels.of(&field([7.0; 4]), &[], 2).edges, [6.5, 7.0, 7.5]);
            assert_eq!(
                levels.of(&field([f64::NAN; 4]), &[], 2).edges,
                [0.0, 0.5, 1.0]
            );
            let huge = field([-f64::MAX, 0.0, 1.0, f64::MAX]);
            assert!(levels.of(&huge, &[], 2).edges.iter().all(|v| v.is_finite()));
        }
        assert_eq!(note(&some, "loss"), None);
        assert_eq!(
            note(&field([0.25; 4]), "loss").as_deref(),
            Some("flat: every loss is 0.25")
        );
        assert_eq!(
            note(&field([f64::NAN; 4]), "error").as_deref(),
            Some("no finite error in this window")
        );
    }

    #[test]
    fn parses_keywords_only() {
        for (word, levels) in Levels::WORDS {
            assert_eq!(word.parse::<Levels>().expect("a word"), levels);
            assert_eq!(levels.word(), word);
        }
        let error = "logarithmic".parse::<Levels>().expect_err("no word");
        assert_eq!(error.to_string(), "there is no level spacing `logarithmic`");
    }

    /// Returns the number of bands that contain values.
    fn distinguished(edges: &[f64], values: &[f64]) -> usize {
        let inner = &edges[1..edges.len() - 1];
        let bands = values
            .iter()
            .map(|v| inner.partition_point(|edge| edge <= v));
        bands.collect::<std::collections::BTreeSet<_>>().len()
    }

    #[test]
    fn levels_distinguish_the_values_along_the_paths() {
        let even = field((0..200).map(f64::from));
        let falling: Vec<f64> = (0..300).map(|i| 8.0 * powf(0.97, f64::from(i))).collect();
        let narrow: Vec<f64> = (0..40).map(|i| 150.0 + f64::from(i) / 100.0).collect();
        // A valley between the samples is deeper than they are.
        let skewed = field((0..200).map(|i| 5.0 + powf(f64::from(i) / 10.0, 4.0)));
        let deep: Vec<f64> = (0..60).map(|i| 4.5 - f64::from(i) / 20.0).collect();
        for (field, along) in [(&even, &falling), (&even, &narrow), (&skewed, &deep)] {
            for (levels, wanted) in [(Levels::Auto, 5), (Levels::Log, 8)] {
                let edges = levels.of(field, along, 20).edges;
                assert!(is_ascending(&edges) && edges.len() <= 21, "{edges:?}");
                let found = distinguished(&edges, along);
                assert!(found >= wanted, "{levels:?} {found} {edges:?}");
            }
        }
    }

    #[test]
    fn levels_of_the_smallest_numbers_are_found() {
        let tiny = field((0..200).map(|i| f64::from(i) * 5e-324));
        for levels in [Levels::Auto, Levels::Log] {
            let edges = levels.of(&tiny, &[5e-324, 5e-322], 20).edges;
            assert!(edges.len() >= 2, "{edges:?}");
        }
    }

    #[test]
    fn paths_that_linear_levels_distinguish_keep_them() {
        let even = field((0..200).map(f64::from));
        let across: Vec<f64> = (0..10).map(|i| f64::from(i) * 20.0).collect();
        let linear = Levels::Linear.of(&even, &[], 20);
        assert_eq!(Levels::Auto.of(&even, &across, 20), linear);
        // Fewer values cannot be in more bands, and rounding is no difference.
        assert_eq!(Levels::Auto.of(&even, &[3.0, 50.0, 50.0], 20), linear);
        let still = [50.0, 50.0 + 1e-12, 50.0 + 2e-12];
        assert_eq!(Levels::Auto.of(&even, &still, 20), linear);
    }
}
