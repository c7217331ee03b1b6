//! What each colour of a map of starts means.

use super::{Quantity, StartMap, StartPanel};
use thalweg::map::Outcome;
use thalweg_plot::{color::Color, color_bar::ColorBar, marks::Bands, text, theme::Theme};

/// Bands of the scale of colours.
const BANDS: usize = 18;

/// How the cells of a map are coloured.
pub(super) struct Coloring {
    pub(super) colors: Vec<Color>,
    /// What the colours that are no band of a scale mean, by class.
    pub(super) names: Vec<(u8, String)>,
    pub(super) color_bar: Option<ColorBar>,
    class: Box<dyn Fn(f64, Outcome) -> u8>,
}

impl StartMap<'_> {
    pub(super) fn coloring(&self, quantity: Quantity, theme: &Theme) -> Coloring {
        match quantity {
            Quantity::Epochs | Quantity::Evaluations => self.of_reached(quantity, theme),
            Quantity::Loss => self.of_loss(theme),
            Quantity::Minimum => self.of_minima(theme),
            Quantity::Outcome => of_outcomes(theme),
        }
    }

    /// Numbers that say something only where the target was reached.
    fn of_reached(&self, quantity: Quantity, theme: &Theme) -> Coloring {
        let cells = || self.panels.iter().flat_map(StartPanel::cells);
        let reached = cells().filter(|(_, outcome)| *outcome == Outcome::Reached);
        let bands = Bands::over(reached.map(|(v, _)| v), BANDS);
        let (missed, failed) = (bands.count() as u8, bands.count() as u8 + 1);
        let mut colors = bands.colors(theme);
        colors.extend([theme.missed, theme.failed]);
        Coloring {
            colors,
            names: vec![
                (missed, "target not reached".to_owned()),
                (failed, "diverged".to_owned()),
            ],
            color_bar: Some(bands.color_bar(quantity.title())),
            class: Box::new(move |v, outcome| match outcome {
                Outcome::Reached => bands.band(v),
                Outcome::Diverged => failed,
                _ => missed,
            }),
        }
    }

    fn of_loss(&self, theme: &Theme) -> Coloring {
        let cells = self.panels.iter().flat_map(StartPanel::cells);
        let finite = cells.filter(|(_, outcome)| *outcome != Outcome::Diverged);
        let bands = Bands::over(finite.map(|(v, _)| v), BANDS);
        let failed = bands.count() as u8;
        let mut colors = bands.colors(theme);
        colors.push(theme.failed);
        Coloring {
            colors,
            names: vec![(failed, "diverged".to_owned())],
            color_bar: Some(bands.color_bar(Quantity::Loss.title())),
            class: Box::new(move |v, outcome| match outcome {
                Outcome::Diverged => failed,
                _ => bands.band(v),
            }),
        }
    }

    fn of_minima(&self, theme: &Theme) -> Coloring {
        // As many as there are codes for; no problem knows a tenth of them.
        let count = self.minima.len().min(200);
        let failed = count as u8 + 1;
        let place = |m: &Vec<f64>| m.iter().map(|v| text::number(*v, 3)).collect::<Vec<_>>();
        let name = |(i, m): (usize, &Vec<f64>)| {
            let words = format!("minimum {} ({})", i + 1, place(m).join(", "));
            (i as u8 + 1, words)
        };
        let mut names = vec![(0, "at no known minimum".to_owned())];
        names.extend(self.minima.iter().take(count).enumerate().map(name));
        names.push((failed, "diverged".to_owned()));
        let mut colors = vec![theme.nothing];
        colors.extend((0..count).map(|i| theme.area(i)));
        colors.push(theme.failed);
        Coloring {
            colors,
            names,
            color_bar: None,
            class: Box::new(move |v, outcome| match outcome {
                Outcome::Diverged => failed,
                _ => (v as u8).min(failed - 1),
            }),
        }
    }
}

fn of_outcomes(theme: &Theme) -> Coloring {
    Coloring {
        colors: vec![
            theme.ramp_at(0.4),
            theme.missed,
            theme.nothing,
            theme.area(5),
            theme.failed,
        ],
        names: Outcome::ALL
            .map(|outcome| (outcome as u8, outcome.word().to_owned()))
            .to_vec(),
        color_bar: None,
        class: Box::new(|_, outcome| outcome as u8),
    }
}

impl Coloring {
    pub(super) fn classes(&self, panel: &StartPanel) -> Vec<u8> {
        panel.cells().map(|(v, o)| (self.class)(v, o)).collect()
    }
}
