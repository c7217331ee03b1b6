//! Predictions as colors over two features.

use super::{DataPlot, boundaries::size};
use crate::prelude::*;
use crate::{
    map::{aspect, count},
    parts::predictions::{NumberColors, Predictions},
};
use thalweg_plot::panels::{Panel, Panels};

/// Number of samples of the predictions along each side.
const SAMPLES: usize = 101;

impl DataPlot<'_> {
    /// Draws the samples above the prediction, which has the same colors: one map per run and epoch.
    pub(super) fn colors(&self) -> Scene {
        let (data, look) = (self.network.data(), self.look);
        let predictions = Predictions::new(self.network, &self.spans, SAMPLES);
        let fields = self.states.iter();
        let fields: Vec<Field> = fields
            .map(|state| predictions.field(state.weights()))
            .collect();
        let colors = NumberColors::new(data, fields.iter());
        let fields = fields.into_iter().map(|field| colors.limited(field));
        let fields: Vec<Field> = fields.collect();
        let axes = [0, 1].map(|i| AxisSpan::linear(&*data.feature_names[i], self.spans[i]));
        let color_bar = Some(colors.color_bar(&data.target_name));
        let problem = &self.subject.contest.problem.title;
        let description = format!(
            "{} with two features, colored by {}.{}",
            count(data.samples() as u64, "sample"),
            data.target_name,
            self.predictions()
        );
        if let [_, _, ..] = &self.states[..] {
            let panels = self.states.iter().zip(&fields).map(|(state, field)| Panel {
                title: state.name.to_owned(),
                note: state.moment(),
                marks: self.marks(&colors, Some(field)),
            });
            let panels = Panels {
                title: look.title(|| format!("{problem}: prediction and data")),
                description,
                aspect: aspect(&axes),
                panels: panels.collect(),
                color_bar,
                keys: Vec::new(),
                width: look.size.map(|size| size[0]),
                height: look.height(),
                x: axes[0].clone(),
                y: axes[1].clone(),
            };
            return panels.scene(look.theme);
        }
        let [x, y] = axes;
        let figure = Figure {
            size: look.size.unwrap_or_else(|| size(&self.spans)),
            title: look.title(|| match self.states.first() {
                Some(state) => format!("{problem}: prediction of {}", state.label()),
                None => problem.to_string(),
            }),
            description,
            x,
            y,
            equal_units: true,
            marks: self.marks(&colors, fields.first()),
            color_bar,
            legend: false,
        };
        figure.scene(look.theme)
    }

    /// Returns the map of the prediction, if there is one, below the samples.
    fn marks<'f>(
        &self,
        colors: &NumberColors,
        field: Option<&'f Field>,
    ) -> Vec<Box<dyn Mark + 'f>> {
        let map = field.map(|field| Box::new(colors.map(field)) as Box<dyn Mark>);
        let dots = colors.dots(self.network.data(), self.look.theme);
        let dots = dots.into_iter().map(|dots| Box::new(dots) as Box<dyn Mark>);
        map.into_iter().chain(dots).collect()
    }
}
