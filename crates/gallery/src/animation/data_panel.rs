//! The data beside the map, with the predictions of the runs.

use super::draw_outlined;
use crate::parts::{
    borders::DecisionBoundaries,
    caption::CaptionBlock,
    data_content::DataContent,
    predictions::{NumberColors, Predictions, target_range},
    samples::{casing_among, color, dots, plain_dots, span},
};
use crate::prelude::*;
use std::borrow::Cow;
use thalweg::network::Network;
use thalweg_plot::{
    color_bar::ColorBar,
    figure::Frame,
    marks::{ContourLine, Dots, LinePlot, Overlap},
    scene::Point,
    shapes::clipped,
    theme::PathStyle,
};

/// Number of samples of a network's output along each side of the data; a frame of an animation needs no more.
const SAMPLES: usize = 101;
/// Width of a boundary or a curve in px.
const LINE: f64 = 2.4;

/// The data of a network with the predictions of the runs.
pub(super) struct DataPanel<'a> {
    content: PanelContent<'a>,
    /// Colors of the samples among lines.
    colors: Vec<Color>,
    /// Frame of the data in the whole picture.
    frame: Frame<'a>,
}

/// What moves during the animation.
enum PanelContent<'a> {
    /// Curves over one feature.
    Curves(Predictions<'a>),
    /// Decision boundaries.
    Boundaries(DecisionBoundaries<'a>),
    /// Colors of the first run's prediction, below the samples.
    Colors(Predictions<'a>, NumberColors, Vec<Dots>),
}

/// The parts that depend on the content.
struct PanelParts<'a> {
    title: String,
    /// Vertical axis.
    y: AxisSpan,
    /// What does not move.
    marks: Vec<Box<dyn Mark>>,
    color_bar: Option<ColorBar>,
    content: PanelContent<'a>,
}

impl<'a> PanelParts<'a> {
    fn new(
        network: &'a dyn Network,
        content: &DataContent,
        (name, ends): (&str, [&[f64]; 2]),
        spans: &[[f64; 2]],
        theme: &Theme,
    ) -> Self {
        let data = network.data();
        let boxed = |dots: Dots| Box::new(dots) as Box<dyn Mark>;
        let second = || AxisSpan::linear(&*data.feature_names[1], spans[1]);
        let predictions = || Predictions::new(network, spans, SAMPLES);
        match content {
            DataContent::Curve => {
                let curves = predictions();
                let values = ends.iter().flat_map(|w| curves.curve(w)).map(|p| p[1]);
                let heights = target_range(data, values.filter(|v| v.is_finite()));
                Self {
                    title: "Predictions".to_owned(),
                    y: AxisSpan::linear(&*data.target_name, heights),
                    marks: vec![boxed(plain_dots(data, theme))],
                    color_bar: None,
                    content: PanelContent::Curves(curves),
                }
            }
            DataContent::Classes(classes) => {
                let both = [spans[0], spans[1]];
                let borders = DecisionBoundaries::new(network, classes, both, SAMPLES);
                Self {
                    title: "Decision boundaries".to_owned(),
                    y: second(),
                    marks: dots(data, classes, theme).into_iter().map(boxed).collect(),
                    color_bar: None,
                    content: PanelContent::Boundaries(borders),
                }
            }
            DataContent::Numbers => {
                let predictions = predictions();
                let fields = ends.map(|w| predictions.field(w));
                let colors = NumberColors::new(data, fields.iter());
                let dots = colors.dots(data, theme);
                Self {
                    title: format!("Prediction of {name}"),
                    y: second(),
                    marks: Vec::new(),
                    color_bar: Some(colors.color_bar(&data.target_name)),
                    content: PanelContent::Colors(predictions, colors, dots),
                }
            }
        }
    }
}

impl<'a> DataPanel<'a> {
    /// Returns the scene of the data, and the panel for a scene at `place`. The `ends` are the first and the last weights
    /// of the first run; `name` is its name.
    pub(super) fn new(
        network: &'a dyn Network,
        data_content: &DataContent,
        (name, ends): (&str, [&[f64]; 2]),
        size: [f64; 2],
        place: Point,
        theme: &'a Theme,
    ) -> (Scene, Self) {
        let data = network.data();
        let spans: Vec<[f64; 2]> = (0..data.dim()).map(|i| span(data, i)).collect();
        let x = AxisSpan::linear(&*data.feature_names[0], spans[0]);
        let parts = PanelParts::new(network, data_content, (name, ends), &spans, theme);
        let PanelParts {
            title,
            y,
            marks,
            color_bar,
            content,
        } = parts;
        let keys = marks.iter().filter_map(|mark| mark.key(theme)).collect();
        let below = CaptionBlock::new(keys, &[], size[0], theme);
        let figure = Figure {
            size: [size[0], size[1] - below.height()],
            title,
            description: String::new(),
            x,
            y,
            equal_units: data.dim() == 2,
            marks,
            color_bar,
            legend: false,
        };
        let (mut scene, frame) = figure.laid_out(theme);
        below.add_to(&mut scene);
        let frame = frame.moved(place);
        let colors = match data_content {
            DataContent::Curve => vec![theme.classes[0]],
            DataContent::Classes(classes) => {
                let count = classes.len();
                (0..count).map(|class| color(class, count, theme)).collect()
            }
            DataContent::Numbers => Vec::new(),
        };
        let panel = Self {
            content,
            colors,
            frame,
        };
        (scene, panel)
    }

    /// Draws the predictions for the weights of each run, which have these styles.
    pub(super) fn draw(&self, runs: &[(Vec<f64>, PathStyle)], theme: &Theme, out: &mut Vec<Node>) {
        // Where a line coincides with earlier ones, both are visible in alternating dashes.
        let mut below = Overlap::default();
        let mut draw_line = |lines: Vec<Vec<Point>>, style: &PathStyle| {
            let visible = lines.iter().flat_map(|line| below.visible(line));
            let visible = visible.collect();
            below.add(&lines);
            let line = style.stroke(LINE);
            let casing = casing_among(&self.colors, line, theme);
            draw_outlined(visible, casing.unwrap_or(theme.cased(line)), line, out);
        };
        match &self.content {
            PanelContent::Curves(predictions) => {
                for (w, style) in runs {
                    let curve = LinePlot {
                        below: Vec::new(),
                        points: predictions.curve(w),
                        style: *style,
                        width: LINE,
                        label: None,
                    };
                    let lines = curve.lines(&self.frame);
                    let lines = lines
                        .iter()
                        .flat_map(|line| self.frame.area.pieces_of(line));
                    draw_line(lines.collect(), style);
                }
            }
            PanelContent::Boundaries(borders) => {
                for (w, style) in runs {
                    draw_line(self.boundaries(borders, w), style);
                }
            }
            PanelContent::Colors(predictions, colors, dots) => {
                let Some((w, _)) = runs.first() else {
                    return;
                };
                let field = colors.limited(predictions.field(w));
                let mut nodes = Vec::new();
                colors.map(&field).draw(&self.frame, &mut nodes);
                for dots in dots {
                    dots.draw(&self.frame, &mut nodes);
                }
                out.push(clipped("data", self.frame.area, nodes));
            }
        }
    }

    /// Returns the decision boundaries for these weights, which are empty outside the visible part.
    fn boundaries(&self, borders: &DecisionBoundaries, w: &[f64]) -> Vec<Vec<Point>> {
        // Every boundary belongs to a class after the first.
        let margins = borders.margins(w).into_iter().skip(1);
        let lines = margins.flat_map(|field| {
            let line = ContourLine {
                field: Cow::Borrowed(&field),
                level: 0.0,
                stroke: Stroke::new(Color::hex(0), 1.0),
                label: None,
            };
            line.lines(&self.frame)
        });
        lines.collect()
    }
}
