//! Meanings of the colors of a map.

use crate::prelude::*;
use thalweg::map::Outcome;
use thalweg_plot::{color_bar::ColorBar, legend::LegendHandle, marks::Bands, text};

/// Number of bands of the color bar.
const BANDS: usize = 18;

/// The value of a cell: a number and the outcome of its run.
pub(super) type CellValue = (f64, Outcome);

/// The colors of the cells of a map.
pub(super) struct Coloring {
    pub(super) colors: Vec<Color>,
    /// Meanings of the colors that are not on the color bar, by class.
    names: Vec<(u8, String)>,
    pub(super) color_bar: Option<ColorBar>,
    class: Box<dyn Fn(CellValue) -> u8>,
}

impl Coloring {
    /// Colors the numbers of all runs that did not diverge, in bands.
    pub(super) fn of_numbers(
        cells: impl Iterator<Item = CellValue>,
        title: &str,
        theme: &Theme,
    ) -> Self {
        let finite = cells.filter(|(_, outcome)| *outcome != Outcome::Diverged);
        let bands = Bands::over(finite.map(|(v, _)| v), BANDS);
        let failed = bands.count() as u8;
        let mut colors = bands.colors(theme);
        colors.push(theme.failed);
        Self {
            colors,
            names: vec![(failed, "diverged".to_owned())],
            color_bar: Some(bands.color_bar(title)),
            class: Box::new(move |(v, outcome)| match outcome {
                Outcome::Diverged => failed,
                _ => bands.band(v),
            }),
        }
    }

    /// Colors numbers that are only valid if the target was reached, in bands. `missed` describes the other runs.
    pub(super) fn of_reached(
        cells: impl Iterator<Item = CellValue>,
        title: &str,
        missed: &str,
        theme: &Theme,
    ) -> Self {
        let reached = cells.filter(|(_, outcome)| *outcome == Outcome::Reached);
        let mut coloring = Self::of_numbers(reached, title, theme);
        let bands = coloring.class;
        let failed = coloring.colors.len() as u8;
        coloring
            .colors
            .insert(coloring.colors.len() - 1, theme.missed);
        coloring.names = vec![
            (failed - 1, missed.to_owned()),
            (failed, "diverged".to_owned()),
        ];
        coloring.class = Box::new(move |(v, outcome)| match outcome {
            Outcome::Reached => bands((v, outcome)),
            Outcome::Diverged => failed,
            _ => failed - 1,
        });
        coloring
    }

    /// Colors cells by the minimum at which their runs ended.
    pub(super) fn of_minima(minima: &[Vec<f64>], theme: &Theme) -> Self {
        // The codes limit the number of minima; no problem has a tenth as many.
        let count = minima.len().min(200);
        let failed = count as u8 + 1;
        let place = |m: &Vec<f64>| m.iter().map(|v| text::number(*v, 3)).collect::<Vec<_>>();
        let name = |(i, m): (usize, &Vec<f64>)| {
            let words = format!("minimum {} ({})", i + 1, place(m).join(", "));
            (i as u8 + 1, words)
        };
        let mut names = vec![(0, "at no known minimum".to_owned())];
        names.extend(minima.iter().take(count).enumerate().map(name));
        names.push((failed, "diverged".to_owned()));
        let mut colors = vec![theme.nothing];
        colors.extend((0..count).map(|i| theme.area(i)));
        colors.push(theme.failed);
        Self {
            colors,
            names,
            color_bar: None,
            class: Box::new(move |(v, outcome)| match outcome {
                Outcome::Diverged => failed,
                _ => (v as u8).min(failed - 1),
            }),
        }
    }

    /// Colors cells by the outcomes of their runs.
    pub(super) fn of_outcomes(theme: &Theme) -> Self {
        let name = |outcome: Outcome| (outcome as u8, outcome.word().to_owned());
        Self {
            colors: vec![
                theme.ramp_at(0.4),
                theme.missed,
                theme.nothing,
                theme.area(5),
                theme.failed,
            ],
            names: Outcome::ALL.map(name).to_vec(),
            color_bar: None,
            class: Box::new(|(_, outcome)| outcome as u8),
        }
    }

    /// Returns the class of each cell.
    pub(super) fn classes(&self, cells: impl Iterator<Item = CellValue>) -> Vec<u8> {
        cells.map(&self.class).collect()
    }

    /// Returns legend entries for the visible colors that are not on the color bar.
    pub(super) fn keys(&self, maps: &[Vec<u8>]) -> Vec<LegendEntry> {
        let seen = |class: u8| maps.iter().flatten().any(|c| *c == class);
        let names = self.names.iter().filter(|(class, _)| seen(*class));
        let key = |(class, name): &(u8, String)| LegendEntry {
            label: name.clone(),
            sign: LegendHandle::Square(self.colors[usize::from(*class)]),
        };
        names.map(key).collect()
    }
}
