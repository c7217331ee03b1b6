//! A part of the map of two settings of an optimizer: the result of one run per cell, computed in slices.
//!
//! An axis is a setting, or a weight of the initial point. The border of convergence on such a map can be fractal
//! (Sohl-Dickstein 2024).

mod axis;

pub use axis::TileAxis;

use crate::{address::Address, answer::answers};
use std::ops::Range;
use thalweg::{
    Error,
    batch::RunEnd,
    contender::ComparedOptimizer,
    experiment::PreparedExperiment,
    float::{ln, ln_1p},
    number::{ShortestFloat, join},
    pick::{FileContent, Pick},
    run::StopReason,
};
use thalweg_gallery::map::count;
use thalweg_plot::{color::Color, text::number, theme::Theme};

/// Ratio of losses over which the colors of runs that miss the target change.
const LOSS_RANGE: f64 = 1e-6;

answers! {
    /// A position of a map of settings.
    pub struct Cell {
        /// The pick; null if its settings are not allowed.
        pub pick: Option<String>,
        /// The initial point.
        pub start: String,
        /// A sentence on the run.
        pub sentence: String,
    }
}

/// The rows of a square map, and what is known of their cells.
pub struct SettingsTile {
    contest: PreparedExperiment,
    axes: [TileAxis; 2],
    /// The optimizer of the current cell.
    contender: ComparedOptimizer,
    /// Number of cells along each side of the map.
    side: usize,
    rows: Range<usize>,
    /// Whether the next line is a row; otherwise it is a column. The runs of a line are batched if its cells differ only in the
    /// initial point.
    by_rows: bool,
    /// The next line.
    line: usize,
    /// The results of the cells, column by column from the lowest row.
    cells: Vec<TileCell>,
    /// The loss at the initial point.
    first_loss: f64,
}

/// What is known of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
enum TileCell {
    /// Nothing yet.
    Waiting,
    /// Its settings are not allowed.
    Invalid,
    /// Its run has ended.
    Ended(RunEnd),
}

impl SettingsTile {
    /// Prepares the rows of a map with `side` cells along each side. The runs have at most `limit` epochs.
    ///
    /// # Errors
    /// The experiment has no such optimizer, or an axis is not valid.
    pub fn new(
        address: &Address,
        files: &[(String, FileContent)],
        run: usize,
        axes: [TileAxis; 2],
        (side, rows): (usize, Range<usize>),
        limit: u64,
    ) -> Result<Self, Error> {
        let mut address = address.clone();
        let pick = address.spec.with.get(run).cloned();
        let Some(pick) = pick else {
            let message = "there is no such run: add an algorithm".to_owned();
            return Err(Error::Settings(message));
        };
        address.spec.with = vec![pick];
        address.spec.epochs = address.spec.epochs.min(limit);
        let contest = address.experiment(files)?.prepare()?;
        for axis in &axes {
            axis.check(contest.start.len())?;
        }
        let rows = rows.start.min(side)..rows.end.min(side);
        Ok(Self {
            first_loss: contest.problem.objective.value(&contest.start),
            cells: vec![TileCell::Waiting; side * rows.len()],
            contender: contest.contenders[0].clone(),
            contest,
            by_rows: axes[0].weight().is_some() && axes[1].weight().is_none(),
            axes,
            side,
            rows,
            line: 0,
        })
    }

    /// Makes the runs of the next line of cells; returns whether there are more.
    pub fn advance(&mut self) -> bool {
        let (height, side) = (self.rows.len(), self.side);
        let (lines, length) = if self.by_rows {
            (height, side)
        } else {
            (side, height)
        };
        if self.line >= lines {
            return false;
        }
        let along = usize::from(!self.by_rows);
        let index = |i: usize| {
            if self.by_rows {
                i * height + self.line
            } else {
                self.line * height + i
            }
        };
        let at = |cell: usize| {
            let [column, row] = [cell / height, self.rows.start + cell % height];
            [self.value(0, column), self.value(1, row)]
        };
        let cells: Vec<usize> = (0..length).map(index).collect();
        let points: Vec<[f64; 2]> = cells.iter().map(|cell| at(*cell)).collect();
        let batch = if self.axes[along].weight().is_some() {
            length
        } else {
            1
        };
        for (cells, points) in cells.chunks(batch).zip(points.chunks(batch)) {
            let results = self.runs(points);
            for (cell, result) in cells.iter().zip(results) {
                self.cells[*cell] = result.map_or(TileCell::Invalid, TileCell::Ended);
            }
        }
        self.line += 1;
        self.line < lines
    }

    /// Returns the value of an axis in the middle of a cell.
    fn value(&self, axis: usize, cell: usize) -> f64 {
        self.axes[axis].at((cell as f64 + 0.5) / self.side as f64)
    }

    /// Makes the runs of some points of the map, which differ only in the initial point.
    fn runs(&mut self, points: &[[f64; 2]]) -> Vec<Option<RunEnd>> {
        if !self.choose_optimizer(points[0]) {
            return vec![None; points.len()];
        }
        let mut starts: Vec<f64> = Vec::with_capacity(self.contest.start.len() * points.len());
        for (i, weight) in self.contest.start.iter().enumerate() {
            starts.extend(points.iter().map(|values| {
                let mut moved = self.axes.iter().zip(values);
                let moved = moved.find(|(axis, _)| axis.weight() == Some(i));
                moved.map_or(*weight, |(_, value)| *value)
            }));
        }
        let mut ends = vec![RunEnd::NONE; points.len()];
        self.contest
            .run_many(&self.contender, &mut starts, &mut ends);
        ends.into_iter().map(Some).collect()
    }

    /// Gives the optimizer the settings of a point; returns whether they are allowed.
    fn choose_optimizer(&mut self, point: [f64; 2]) -> bool {
        let Some(pick) = self.pick(point) else {
            return false;
        };
        let Self {
            contest, contender, ..
        } = self;
        // A batch size changes more than the optimizer.
        if self.axes.iter().any(|axis| axis.key == "batch") {
            let entered = contest.enter(&pick);
            return entered.map(|entered| *contender = entered).is_ok();
        }
        contest.change_settings(contender, &pick).is_ok()
    }

    /// Returns the pick with the settings of a point, if they can be written.
    fn pick(&self, point: [f64; 2]) -> Option<Pick> {
        let mut pick = self.contest.contenders[0].pick.clone();
        for (axis, value) in self.axes.iter().zip(point) {
            if axis.weight().is_none() {
                let value = ShortestFloat(value).to_string();
                pick = pick.changed(&axis.key, &value).ok()?;
            }
        }
        Some(pick)
    }

    /// Returns the pixels of the cells so far, and transparent ones for the others: red, green, blue, and opacity, from the
    /// highest row.
    pub fn pixels(&self, theme: &Theme) -> Vec<u8> {
        let height = self.rows.len();
        let mut pixels = Vec::with_capacity(4 * self.side * height);
        for row in (0..height).rev() {
            for column in 0..self.side {
                let [r, g, b, opacity] = match self.cells[column * height + row] {
                    TileCell::Waiting => [0; 4],
                    TileCell::Invalid => opaque(theme.nothing),
                    TileCell::Ended(end) => opaque(self.color(end, theme)),
                };
                pixels.extend([r, g, b, opacity]);
            }
        }
        pixels
    }

    /// Returns the color of a cell: by the number of epochs to the target, by the loss if it was missed, or the color of nothing
    /// if the run diverged.
    fn color(&self, end: RunEnd, theme: &Theme) -> Color {
        match end.stop {
            _ if !end.loss.is_finite() => theme.nothing,
            StopReason::Diverged { .. } => theme.nothing,
            // The faster half of the ramp is for runs that reach the target.
            StopReason::Reached => {
                let limit = ln_1p(self.contest.budget.epochs as f64);
                theme.ramp_at(0.6 * ln_1p(end.epochs as f64) / limit)
            }
            _ if self.contest.budget.target.is_some() => {
                theme.ramp_at(0.8 + 0.2 * self.loss_share(end.loss))
            }
            _ => theme.ramp_at(self.loss_share(end.loss)),
        }
    }

    /// Returns 1 for the initial loss and more, and less for lower losses, on a logarithmic scale.
    fn loss_share(&self, loss: f64) -> f64 {
        let ratio = loss / self.first_loss;
        if !(ratio > 0.0 && self.first_loss > 0.0) {
            return if loss < self.first_loss { 0.0 } else { 1.0 };
        }
        (1.0 - ln(ratio) / ln(LOSS_RANGE)).clamp(0.0, 1.0)
    }
}

/// Returns a color as red, green, blue, and full opacity.
fn opaque(color: Color) -> [u8; 4] {
    let [r, g, b] = color.rgb;
    [r, g, b, 255]
}

/// Returns the pick and the initial point at a position of a map, from 0 to 1 along both axes, and a sentence on its run.
///
/// # Errors
/// The experiment has no such optimizer, or an axis is not valid.
pub fn cell(
    address: &Address,
    files: &[(String, FileContent)],
    run: usize,
    axes: [TileAxis; 2],
    at: [f64; 2],
    limit: u64,
) -> Result<Cell, Error> {
    let mut tile = SettingsTile::new(address, files, run, axes, (1, 0..1), limit)?;
    // Four digits distinguish the cells of a screen, and a link stays short.
    let rounded = |i: usize| {
        let value = tile.axes[i].at(at[i]);
        format!("{value:.3e}").parse().unwrap_or(value)
    };
    let [x, y] = [rounded(0), rounded(1)];
    let mut start = tile.contest.start.clone();
    for (axis, value) in tile.axes.iter().zip([x, y]) {
        if let Some(weight) = axis.weight() {
            start[weight] = value;
        }
    }
    let end = tile.runs(&[[x, y]]).into_iter().flatten().next();
    let outcome = end.map_or("not allowed".to_owned(), |end| match end.stop {
        StopReason::Reached => format!("reached after {}", count(end.epochs, "epoch")),
        StopReason::Diverged { epoch } => format!("diverged at epoch {epoch}"),
        _ => format!(
            "loss {} after {}",
            number(end.loss, 4),
            count(end.epochs, "epoch")
        ),
    });
    let name = |axis: &TileAxis| match axis.weight() {
        Some(weight) => tile.contest.problem.weight_names[weight].to_lowercase(),
        None => axis.key.replace('_', " "),
    };
    let [first, second] = [&tile.axes[0], &tile.axes[1]].map(name);
    let [x_text, y_text] = [x, y].map(ShortestFloat);
    Ok(Cell {
        pick: tile
            .pick([x, y])
            .and_then(|pick| tile.contest.enter(&pick).ok())
            .map(|contender| contender.pick.text().to_owned()),
        start: join(&start),
        sentence: format!("{first} {x_text}, {second} {y_text}: {outcome}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Session;

    fn axes(second: &str, range: [f64; 2]) -> [TileAxis; 2] {
        let axis = |key: &str, range, is_log| TileAxis {
            key: key.to_owned(),
            range,
            is_log,
        };
        [
            axis("learning_rate", [0.01, 1000.0], true),
            axis(second, range, false),
        ]
    }

    fn tile(address: &str, axes: [TileAxis; 2], side: usize) -> SettingsTile {
        let address = address.parse().unwrap();
        let mut tile = SettingsTile::new(&address, &[], 0, axes, (side, 0..side), 100).unwrap();
        while tile.advance() {}
        tile
    }

    #[test]
    fn every_cell_is_the_run_of_its_settings() {
        for (address, second, range) in [
            ("on=article&with=momentum", "momentum", [0.0, 0.99]),
            ("on=article&with=gradient-descent", "start.2", [-5.0, 5.0]),
        ] {
            let tile = tile(address, axes(second, range), 6);
            assert_eq!(tile.cells.len(), 36);
            for (i, cell) in tile.cells.iter().enumerate() {
                let (x, y) = (tile.value(0, i / 6), tile.value(1, i % 6));
                let [x, y] = [x, y].map(|v| ShortestFloat(v).to_string());
                let experiment = if second == "momentum" {
                    format!("{address}:learning_rate={x},momentum={y}&epochs=100")
                } else {
                    format!("{address}:learning_rate={x}&start=-4,{y}&epochs=100")
                };
                let mut session = Session::new(&experiment.parse().unwrap(), &[]).unwrap();
                while session.advance(100) {}
                let trace = &session.traces()[0];
                let &TileCell::Ended(end) = cell else {
                    panic!("{experiment}")
                };
                assert_eq!(
                    (end.epochs, end.stop),
                    (trace.epochs(), trace.stop),
                    "{experiment}"
                );
            }
        }
    }

    #[test]
    fn pixels_are_rows_from_the_top_and_divergence_has_its_own_color() {
        let address = "on=rosenbrock&with=gradient-descent&target=0.1";
        let mut axes = axes("start.1", [-2.0, 2.0]);
        axes[0].range[0] = 1e-6;
        let tile = tile(address, axes, 8);
        let pixels = tile.pixels(&Theme::LIGHT);
        assert_eq!(pixels.len(), 4 * 64);
        let [r, g, b] = Theme::LIGHT.nothing.rgb;
        // The largest learning rates are in the last column.
        assert_eq!(pixels[4 * 7..4 * 8], [r, g, b, 255]);
        assert_ne!(pixels[..4], [r, g, b, 255]);
    }

    #[test]
    fn a_position_is_a_pick_with_a_start() {
        let address = "on=article&with=gradient-descent".parse().unwrap();
        let axes = axes("start.2", [-5.0, 5.0]);
        let found = cell(&address, &[], 0, axes, [0.5, 0.2], 100).unwrap();
        let pick = found.pick.as_deref();
        assert_eq!(pick, Some("gradient-descent:learning_rate=3.162"));
        assert_eq!(found.start, "-4,-3");
        let sentence = found.sentence;
        assert!(
            sentence.starts_with("learning rate 3.162, second weight -3: "),
            "{sentence}"
        );
    }

    #[test]
    fn an_axis_that_is_not_a_weight_is_an_error() {
        let address = "on=article&with=gradient-descent".parse().unwrap();
        let axes = axes("start.3", [0.0, 1.0]);
        assert!(SettingsTile::new(&address, &[], 0, axes, (2, 0..2), 100).is_err());
    }
}
