//! Each run on a map of its own, side by side.

use crate::{
    drawing::{Drawing, Look},
    map::{self, Path, SAMPLES},
    subject::{Ask, Subject},
};
use thalweg::{Error, trace::Trace};
use thalweg_macros::Describe;
use thalweg_plot::{
    marks::Trajectory,
    panels::{Panel, Panels},
    scene::Scene,
    text::number,
};

/// A map for each run, all with the same axes and the same colours.
#[derive(Clone, Debug, Describe)]
#[entry(id = "panels", title = "A map for each run")]
pub struct SmallMaps {
    /// Width of the paths' lines in px.
    #[param(default = 1.8, valid = 0.5..=6.0)]
    pub line: f64,
}

impl Drawing for SmallMaps {
    fn asks(&self) -> &'static [Ask] {
        &[Ask::Runs, Ask::Plane]
    }

    fn example(&self) -> &'static str {
        "--on himmelblau --with gradient-descent --with momentum --with rprop --with adam --with bfgs --with lbfgs"
    }

    fn draw(&self, subject: &Subject, look: Look) -> Result<Scene, Error> {
        let (view, theme) = (subject.view()?, look.theme);
        let field = view.field(view.window(), SAMPLES);
        let target = subject.contest.budget.target;
        let names: Vec<&str> = subject.labels().collect();
        let notes: Vec<String> = subject.traces.iter().map(note).collect();
        let mut color_bar = None;
        let runs = view.traces.iter().zip(&names).zip(&notes);
        let runs = runs.zip(subject.styles(theme));
        let panels = runs.map(|(((trace, name), note), style)| {
            let path = Path {
                trace,
                style,
                label: "",
            };
            let (mut marks, bar) = map::ground(&field, look.levels, "Loss", target, theme);
            color_bar = bar;
            marks.push(Box::new(Trajectory {
                trace,
                style: path.style,
                width: self.line,
                label: String::new(),
            }));
            marks.push(Box::new(map::start_sign(&view.start, theme)));
            marks.push(Box::new(map::end_sign(&path)));
            Panel {
                title: (*name).to_owned(),
                note: note.clone(),
                marks,
            }
        });
        let panels: Vec<Panel> = panels.collect();
        let [x, y] = map::spans(&field, [&view.names[0], &view.names[1]]);
        let (ground, _) = map::ground(&field, look.levels, "Loss", target, theme);
        let ends = names.iter().zip(&notes);
        let ends: Vec<String> = ends.map(|(name, note)| format!("{name}, {note}")).collect();
        let figure = Panels {
            title: format!("{}{}", subject.contest.problem.title, view.shadows()),
            description: format!(
                "A map of the loss with the path of one run for each of: {}.",
                ends.join("; ")
            ),
            aspect: map::aspect(&field),
            x,
            y,
            panels,
            color_bar,
            width: look.size.map(|size| size[0]),
            keys: ground.iter().filter_map(|m| m.key(theme)).collect(),
        };
        Ok(figure.scene(theme))
    }
}

/// How a run went, in a line.
fn note(trace: &Trace) -> String {
    let epochs = match trace.epochs() {
        1 => "1 epoch".to_owned(),
        n => format!("{n} epochs"),
    };
    let word = trace.stop.word();
    format!("{epochs}: {word}, loss {}", number(trace.loss(), 3))
}
