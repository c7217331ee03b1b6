//! Bar charts of the cost of each run.

use super::{ConfiguredFigure, CurveAxis, EpochSelection, FigureInput, FigureStyle, Scaling};
use crate::map::{SIZE, outcome};
use crate::prelude::*;
use thalweg::choice;
use thalweg_plot::{
    bars::{Bar, BarChart},
    page::Page,
};

/// The numbers of epochs and evaluations of each run. The bar of a run that did not reach the target is hatched.
#[derive(Clone, Debug, Describe)]
#[entry(id = "bars", title = "Epochs and evaluations as bars")]
pub struct BarsFigure {
    /// The quantity that the bars show.
    #[param(default = "both")]
    pub show: BarMeasure,
    /// Scale of the axis. `auto` is `log` if all numbers are above 0 and span a wide range.
    #[param(default = "linear")]
    pub scale: Scaling,
}

/// The quantity that a bar shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarMeasure {
    /// Number of epochs.
    Epochs,
    /// Number of evaluations: calls of the loss, the gradient, or the Hessian, each counted as one.
    Evaluations,
    /// Both, one chart below the other.
    Both,
}

choice!(BarMeasure {
    "epochs": Epochs,
    "evaluations": Evaluations,
    "both": Both,
});

impl ConfiguredFigure for BarsFigure {
    fn epoch_selection(&self) -> EpochSelection {
        EpochSelection::WholeRuns
    }

    fn example(&self) -> &'static str {
        "--on article --with gradient-descent --with momentum --with rprop --with irprop-plus --with gradient-descent:search=golden-section"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        let measures: &[CurveAxis] = match self.show {
            BarMeasure::Epochs => &[CurveAxis::Epochs],
            BarMeasure::Evaluations => &[CurveAxis::Evaluations],
            BarMeasure::Both => &[CurveAxis::Epochs, CurveAxis::Evaluations],
        };
        let size = match look.size {
            Some([width, height]) => [width, height / measures.len() as f64],
            None => [SIZE[0], height(subject.traces.len())],
        };
        let charts = measures
            .iter()
            .map(|m| chart(*m, self.scale, subject, size, look));
        let charts: Vec<BarChart> = charts.collect();
        if let [chart] = &charts[..] {
            return Ok(chart.scene(look.theme));
        }
        let titles: Vec<&str> = charts.iter().map(|c| &*c.title).collect();
        let descriptions: Vec<&str> = charts.iter().map(|c| &*c.description).collect();
        let page = Page {
            title: titles.join(" and "),
            description: descriptions.join(" "),
            background: look.theme.background,
            rows: charts.iter().map(|c| vec![c.scene(look.theme)]).collect(),
        };
        Ok(page.scene())
    }
}

/// Returns the height in px of a chart with this number of bars.
fn height(bars: usize) -> f64 {
    140.0 + 56.0 * bars.max(1) as f64
}

fn chart(
    measure: CurveAxis,
    scale: Scaling,
    subject: &FigureInput,
    size: [f64; 2],
    look: FigureStyle,
) -> BarChart {
    let has_target = subject.contest.budget.target.is_some();
    let runs = subject.runs(look.theme).zip(&subject.contest.contenders);
    let bars = runs.map(|((name, trace, style), contender)| {
        let is_known = measure == CurveAxis::Epochs || !contender.lacks_counts();
        let count = is_known.then(|| measure.count(trace, trace.last_row()));
        bar(name, trace, count, has_target, style.color)
    });
    let bars: Vec<Bar> = bars.collect();
    let lengths = bars.iter().map(|b| format!("{} {}", b.label, b.words));
    let lengths: Vec<String> = lengths.collect();
    let (title, name) = (&subject.contest.problem.title, measure.word());
    let until = if has_target { " to the target" } else { "" };
    BarChart {
        size,
        title: look.title(|| format!("{title}: {name}{until}")),
        description: format!("{title}, {name}{until}: {}.", lengths.join("; ")),
        label: match measure {
            CurveAxis::Epochs => "Epochs".to_owned(),
            CurveAxis::Evaluations => measure.axis().to_owned(),
        },
        spacing: scale.spacing(bars.iter().map(|bar| bar.value)),
        bars,
    }
}

/// Returns the bar of a run with this count, if it is known. It is solid if the run reached the target or there is no target.
fn bar(name: &str, trace: &Trace, known: Option<u64>, has_target: bool, color: Color) -> Bar {
    let count = known.unwrap_or(0);
    let (counts, words) = match trace.stop {
        _ if known.is_none() => (false, "not recorded".to_owned()),
        StopReason::Reached => (true, count.to_string()),
        StopReason::Diverged { .. } => (false, format!("{count} ({})", outcome(trace))),
        _ if has_target => (false, format!("{count} (not reached)")),
        stop => (true, format!("{count} ({})", stop.word())),
    };
    Bar {
        label: name.to_owned(),
        value: count as f64,
        words,
        color,
        counts,
    }
}
