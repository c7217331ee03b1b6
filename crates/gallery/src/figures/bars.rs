//! What each run took, side by side.

use crate::{
    drawing::{Drawing, Look},
    map::{SIZE, outcome},
    subject::{Ask, Subject},
};
use thalweg::{Error, choice, run::Stop, trace::Trace};
use thalweg_macros::Describe;
use thalweg_plot::{
    bars::{Bar, BarChart},
    color::Color,
    page::Page,
    scene::Scene,
};

/// How many epochs and evaluations each run took; one that did not get to the target is hatched.
#[derive(Clone, Debug, Describe)]
#[entry(id = "bars", title = "Epochs and evaluations as bars")]
pub struct Bars {
    /// What is compared.
    #[param(default = "both")]
    pub show: Show,
}

/// What a bar is as long as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Steps.
    Epochs,
    /// Calls for the loss, the gradient or the Hessian, each counted as one.
    Evaluations,
    /// Both, below each other.
    Both,
}

choice!(Show {
    "epochs": Epochs,
    "evaluations": Evaluations,
    "both": Both,
});

impl Drawing for Bars {
    fn asks(&self) -> &'static [Ask] {
        &[Ask::Runs]
    }

    fn example(&self) -> &'static str {
        "--on article --with gradient-descent --with momentum --with rprop --with irprop-plus --with gradient-descent:search=golden-section"
    }

    fn draw(&self, subject: &Subject, look: Look) -> Result<Scene, Error> {
        let size = look.size.unwrap_or([SIZE[0], height(subject.traces.len())]);
        let chart = |measure: Measure, size| measure.chart(subject, size, look);
        let measure = match self.show {
            Show::Epochs => &Measure::EPOCHS,
            Show::Evaluations => &Measure::EVALUATIONS,
            Show::Both => {
                let size = match look.size {
                    Some([width, height]) => [width, height / 2.0],
                    None => size,
                };
                let charts = [Measure::EPOCHS, Measure::EVALUATIONS].map(|m| chart(m, size));
                let page = Page {
                    title: format!("{} and {}", charts[0].title, charts[1].title),
                    description: charts
                        .iter()
                        .map(|c| &*c.description)
                        .collect::<Vec<_>>()
                        .join(" "),
                    background: look.theme.paper,
                    rows: charts
                        .into_iter()
                        .map(|chart| vec![chart.scene(look.theme)])
                        .collect(),
                };
                return Ok(page.scene());
            }
        };
        Ok(chart(*measure, size).scene(look.theme))
    }
}

/// Height of a chart of so many bars in px.
pub(crate) fn height(bars: usize) -> f64 {
    140.0 + 56.0 * bars.max(1) as f64
}

/// What is counted of a run.
#[derive(Clone, Copy)]
struct Measure {
    name: &'static str,
    label: &'static str,
    count: fn(&Trace) -> u64,
}

impl Measure {
    const EPOCHS: Self = Self {
        name: "epochs",
        label: "Epochs",
        count: Trace::epochs,
    };
    const EVALUATIONS: Self = Self {
        name: "evaluations",
        label: "Evaluations of the loss, its gradient or Hessian",
        count: |trace| trace.total().evaluations(),
    };

    fn chart(self, subject: &Subject, size: [f64; 2], look: Look) -> BarChart {
        let has_target = subject.contest.budget.target.is_some();
        let runs = subject
            .labels()
            .zip(subject.traces)
            .zip(subject.styles(look.theme));
        let bars = runs.map(|((name, trace), style)| {
            bar(name, trace, (self.count)(trace), has_target, style.color)
        });
        let bars: Vec<Bar> = bars.collect();
        let lengths: Vec<String> = bars
            .iter()
            .map(|b| format!("{} {}", b.label, b.words))
            .collect();
        let name = self.name;
        let until = if has_target { " to the target" } else { "" };
        let title = &subject.contest.problem.title;
        BarChart {
            size,
            title: format!("{title}: {name}{until}"),
            description: format!("{title}, {name}{until}: {}.", lengths.join("; ")),
            label: self.label.to_owned(),
            bars,
        }
    }
}

/// The bar of a run that took `count`, which counts where it got to the target, or where there is none.
pub(crate) fn bar(name: &str, trace: &Trace, count: u64, has_target: bool, color: Color) -> Bar {
    let (counts, words) = match trace.stop {
        Stop::Reached => (true, count.to_string()),
        Stop::Diverged { .. } => (false, format!("{count} ({})", outcome(trace))),
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
