//! Draws figures of small experiments by name.

use thalweg::{
    Error,
    experiment::{Experiment, PreparedExperiment, Target},
    trace::Trace,
};
use thalweg_gallery::figures::{FigureInput, FigureStyle, REGISTRY};
use thalweg_plot::{
    scene::{Node, Point, Scene},
    theme::Theme,
};

/// Prepares optimizers on a problem with an epoch limit.
pub(crate) fn contest(on: &str, with: &[&str], epochs: u64) -> PreparedExperiment {
    let with = with.iter().map(|pick| pick.parse().unwrap()).collect();
    let experiment = Experiment {
        epochs,
        ..Experiment::new(on.parse().unwrap(), with)
    };
    experiment.prepare().unwrap()
}

/// Prepares the same without a target.
pub(crate) fn endless(on: &str, with: &[&str], epochs: u64) -> PreparedExperiment {
    let mut contest = contest(on, with, epochs);
    contest.budget.target = None;
    contest
}

/// Prepares the same with another initial point and without a target.
pub(crate) fn from(start: &[f64], on: &str, with: &[&str], epochs: u64) -> PreparedExperiment {
    let with = with.iter().map(|pick| pick.parse().unwrap()).collect();
    let experiment = Experiment {
        epochs,
        start: Some(start.to_vec()),
        target: Target::None,
        ..Experiment::new(on.parse().unwrap(), with)
    };
    experiment.prepare().unwrap()
}

pub(crate) fn traces(contest: &PreparedExperiment) -> Vec<Trace> {
    contest.runs().map(Trace::record).collect()
}

/// Draws a figure of these traces.
pub(crate) fn drawn(
    figure: &str,
    contest: &PreparedExperiment,
    traces: &[Trace],
) -> Result<Scene, Error> {
    draw_shown(figure, contest, traces, None)
}

/// Draws a figure of these traces and epochs.
pub(crate) fn draw_shown(
    figure: &str,
    contest: &PreparedExperiment,
    traces: &[Trace],
    epochs: Option<std::ops::RangeInclusive<usize>>,
) -> Result<Scene, Error> {
    let mut subject = FigureInput::new(contest, traces, None, None)?;
    subject.epochs = epochs;
    let drawing = REGISTRY.build(&figure.parse()?, None)?;
    subject.check(drawing.requirements())?;
    drawing.draw(&subject, FigureStyle::of(&Theme::LIGHT))
}

/// Draws a figure of all runs of an experiment.
pub(crate) fn draw(figure: &str, contest: &PreparedExperiment) -> Scene {
    drawn(figure, contest, &traces(contest)).unwrap()
}

/// Returns the nodes of all groups whose id ends with `name`.
pub(crate) fn groups<'a>(nodes: &'a [Node], name: &str) -> Vec<&'a [Node]> {
    let of_node = |node: &'a Node| match node {
        Node::Group { id, nodes, .. } if id.ends_with(name) => vec![nodes.as_slice()],
        Node::Group { nodes, .. } => groups(nodes, name),
        _ => Vec::new(),
    };
    nodes.iter().flat_map(of_node).collect()
}

/// Returns the open lines of nodes without dashes.
pub(crate) fn lines<'a>(nodes: &'a [Node]) -> Vec<&'a [Point]> {
    let of_node = |node: &'a Node| match node {
        Node::Path {
            lines,
            stroke: Some(stroke),
            fill: None,
        } if stroke.dash.is_none() => lines.iter().map(|line| &*line.points).collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    nodes.iter().flat_map(of_node).collect()
}
