//! The map of the loss as outlines in px, ready to be painted.

use crate::json::{Json, object};
use std::sync::Arc;
use thalweg::{
    field::{Field, Window},
    number::Shortest,
    number::spread,
    objective::Objective,
};
use thalweg_gallery::map::BANDS;
use thalweg_plot::{
    contour::{Grid, Paths, Tracer},
    levels::Levels,
    scale::Ticks,
    text::number,
};

/// The loss in a window on its way, row by row: a page stays alive, and a slow one can be stopped.
pub struct Survey {
    objective: Arc<dyn Objective>,
    field: Field,
    /// Rows that are done.
    rows: usize,
}

impl Survey {
    /// At `samples` x `samples` points; nothing is asked of the objective, a function of two weights, yet.
    pub fn new(objective: Arc<dyn Objective>, window: Window, samples: usize) -> Self {
        let field = Field {
            xs: spread(window.w1, samples),
            ys: spread(window.w2, samples),
            values: vec![0.0; samples * samples],
        };
        Self {
            objective,
            field,
            rows: 0,
        }
    }

    /// Samples so many more rows; whether there are more.
    pub fn advance(&mut self, rows: usize) -> bool {
        let Field { xs, ys, values } = &mut self.field;
        let last = self.rows.saturating_add(rows).min(ys.len());
        let width = xs.len();
        let part = &mut values[self.rows * width..last * width];
        if !part.is_empty() {
            self.objective.grid(xs, &ys[self.rows..last], part);
        }
        self.rows = last;
        last < ys.len()
    }

    /// The samples; rows that are not done are zero.
    pub fn field(&self) -> &Field {
        &self.field
    }
}

/// Outlines of the bands of a filled contour, in px with y down, one buffer for all.
///
/// Painted from the first band to the last, each as one even-odd path, every band covers what lies above it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bands {
    /// Edges of the bands, ascending, one more than there are bands.
    pub levels: Vec<f64>,
    /// x and y of every corner in turn.
    pub points: Vec<f32>,
    /// How many numbers of `points` belong to the outlines up to each.
    pub ends: Vec<u32>,
    /// How many outlines belong to the bands up to each; the last is the target's lines, which may be open.
    pub bands: Vec<u32>,
    /// The loss that counts as done.
    pub target: Option<f64>,
    /// The numbers along the first weight and along the second, with their texts.
    pub ticks: [Vec<(f64, String)>; 2],
}

/// Room that a number on an axis has, in px.
const TICK_ROOM: [f64; 2] = [80.0; 2];

impl Bands {
    /// The bands of a field in a picture of `size` px, and the line of the `target`.
    pub fn new(field: &Field, size: [f64; 2], target: Option<f64>) -> Self {
        let levels = Levels::Auto.of(field, BANDS).edges;
        let ends = [&field.xs, &field.ys].map(|along| [along[0], along[along.len() - 1]]);
        let ticks = [0, 1].map(|i| {
            let count = (size[i] / TICK_ROOM[i]).round().max(1.0) as usize;
            let ticks = Ticks::new(ends[i], count);
            let labelled = ticks.values.iter().map(|v| (*v, ticks.label(*v)));
            labelled.collect()
        });
        let mut bands = Self {
            levels,
            target,
            ticks,
            ..Self::default()
        };
        let mut tracer = Tracer::new(Grid::new(&field.xs, &field.ys, &field.values));
        let mut paths = Paths::default();
        for i in 0..bands.count() {
            let level = bands.levels[i];
            tracer.rings(level, &mut paths);
            bands.add(&paths, field, size);
        }
        if let Some(level) = target {
            tracer.lines(level, &mut paths);
            bands.add(&paths, field, size);
        }
        bands
    }

    /// The bar of the bands' colours: the texts of its ends, and of the target with its share of the way along the bar if
    /// it lies on it.
    pub fn scale(&self) -> Json {
        let ends = [0, self.count()].map(|i| self.levels[i]);
        // Ends that lie near each other can be told apart.
        let [low, high] = ends.map(|end| number(end, digits(end, ends).max(4)));
        let target = self.target.map(|target| {
            let place = |i: usize| {
                let [from, to] = [self.levels[i], self.levels[i + 1]];
                let within = from <= target && target <= to;
                within.then(|| (i as f64 + (target - from) / (to - from)) / self.count() as f64)
            };
            let share = (0..self.count()).find_map(place);
            object! {"text": number(target, 4), "share": share}
        });
        object! {"low": low, "high": high, "target": target}
    }

    /// The numbers along both axes, with their texts.
    pub fn axes(&self) -> Json {
        let tick = |(v, text): &(f64, String)| object! {"at": *v, "text": &**text};
        let axes = self.ticks.iter();
        let axes = axes.map(|ticks| ticks.iter().map(tick).collect::<Json>());
        axes.collect()
    }

    /// Number of bands.
    fn count(&self) -> usize {
        self.levels.len() - 1
    }

    fn add(&mut self, paths: &Paths, field: &Field, [width, height]: [f64; 2]) {
        let span = |v: &[f64]| (v[0], v[v.len() - 1] - v[0]);
        let ((left, wide), (low, high)) = (span(&field.xs), span(&field.ys));
        for path in paths.iter() {
            let closing = path.points.first().filter(|_| path.closed);
            for [x, y] in path.points.iter().chain(closing) {
                let px = [
                    (x - left) / wide * width,
                    height - (y - low) / high * height,
                ];
                self.points.extend(px.map(|v| v as f32));
            }
            self.ends.push(self.points.len() as u32);
        }
        self.bands.push(self.ends.len() as u32);
    }
}

/// The weights under a px of a picture of `size` px that shows `window`, with no more decimals than one can point at.
pub fn place(window: Window, size: [f64; 2], at: [f64; 2]) -> String {
    let along = |[low, high]: [f64; 2], share: f64, px: f64| {
        let v = low + share * (high - low);
        // The decimals of a step of one px, and one more.
        let step = format!("{:.0e}", (high - low) / px);
        let exponent = step.split_once('e').map_or(Ok(0), |(_, e)| e.parse());
        let decimals = 1 - exponent.unwrap_or(0);
        let text = format!("{v:.*}", decimals.clamp(0, 15) as usize);
        Shortest(text.parse().unwrap_or(v)).to_string()
    };
    let first = along(window.w1, at[0] / size[0], size[0]);
    let second = along(window.w2, 1.0 - at[1] / size[1], size[1]);
    format!("{first},{second}")
}

/// Significant digits of a number that tell it from another a thousandth of the span away.
pub(crate) fn digits(v: f64, [low, high]: [f64; 2]) -> u8 {
    let mut thousandths = 1000.0 * v.abs() / (high - low);
    let mut needed = 0;
    while thousandths >= 1.0 && needed < 15 {
        thousandths /= 10.0;
        needed += 1;
    }
    needed.max(3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Session;

    #[test]
    fn a_place_has_the_decimals_of_its_window() {
        let place = |edges, at| place(Window::new(edges).unwrap(), [600.0, 600.0], at);
        assert_eq!(place([-6.0, 6.0, -6.0, 6.0], [100.0, 500.0]), "-4,-4");
        assert_eq!(place([-6.0, 6.0, -6.0, 6.0], [101.0, 0.0]), "-3.98,6");
        assert_eq!(
            place([-6e6, 6e6, 0.0, 1.0], [100.5, 599.0]),
            "-3990000,0.0017"
        );
    }

    #[test]
    fn a_number_has_the_digits_of_its_span() {
        assert_eq!(digits(-2.5, [-6.0, 6.0]), 3);
        assert_eq!(digits(0.486_212_345, [0.486, 0.487]), 6);
        assert_eq!(digits(3.0, [3.0, 3.0]), 15);
    }

    #[test]
    fn bands_lie_in_the_picture() {
        let mut session = Session::new(&crate::address::HOME.parse().unwrap(), &[]).unwrap();
        session.advance(1000);
        let subject = session.subject().unwrap();
        let view = subject.view().unwrap();
        let field = view.field(view.window(), 50);
        let bands = Bands::new(&field, [300.0, 200.0], Some(0.125));
        assert_eq!(bands.bands.len(), BANDS + 1);
        assert_eq!(bands.bands.last(), Some(&(bands.ends.len() as u32)));
        assert_eq!(bands.ends.last(), Some(&(bands.points.len() as u32)));
        let inside = |p: &[f32]| (0.0..=300.0).contains(&p[0]) && (0.0..=200.0).contains(&p[1]);
        assert!(bands.points.chunks_exact(2).all(inside));
        let axes = crate::json::read(&bands.axes());
        let texts = axes[0].as_array().unwrap().iter();
        let texts: Vec<_> = texts.map(|tick| tick["text"].as_str().unwrap()).collect();
        assert!(
            texts.contains(&"0") && texts.contains(&"\u{2212}4"),
            "{texts:?}"
        );
    }

    #[test]
    fn a_survey_in_parts_is_the_field() {
        let session = Session::new(&"on=mlp:data=moons".parse().unwrap(), &[]).unwrap();
        let subject = session.subject().unwrap();
        let view = subject.view().unwrap();
        let mut survey = Survey::new(view.objective.clone(), view.window(), 20);
        while survey.advance(7) {}
        assert!(!survey.advance(1));
        assert_eq!(*survey.field(), view.field(view.window(), 20));
    }

    #[test]
    fn the_target_lies_on_the_bar() {
        let scale = |target| {
            let bands = Bands {
                levels: vec![1.0, 2.0, 4.0],
                target,
                ..Bands::default()
            };
            crate::json::read(&bands.scale())
        };
        assert_eq!(scale(Some(3.0))["target"]["share"], 0.75);
        assert_eq!(scale(Some(3.0))["high"], "4");
        assert!(scale(Some(0.5))["target"]["share"].is_null());
        assert!(scale(None)["target"].is_null());
    }
}
