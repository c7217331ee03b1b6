//! `--save-data`: the numbers of a figure, for other plotting programs.
//!
//! JSON contains all numbers by name. CSV contains the map and the paths in one long table. A number that is not finite
//! becomes `null` in JSON and `nan` in CSV.

use crate::output::{
    csv::csv_cell,
    output_file::{Format, OutputFile},
};
use std::fmt::{Result, Write};
use thalweg::{
    contender::ComparedOptimizer, effective::EffectiveSetting, field::Field, number::ShortestFloat,
    oracle::EvaluationCounts, trace::Trace,
};
use thalweg_explore::{json::Json, object};
use thalweg_gallery::{figures::FigureInput, map::SAMPLES};

/// The version of the format. It increases when the meaning of a key changes.
const VERSION: u64 = 1;

/// The saved data: the figures and their input.
pub(crate) struct FigureData<'a> {
    figures: &'a [String],
    subject: &'a FigureInput<'a>,
    /// The loss on a grid, as in maps.
    field: Option<Field>,
}

impl<'a> FigureData<'a> {
    pub(crate) fn new(figures: &'a [String], subject: &'a FigureInput<'a>) -> Self {
        let view = subject.optional_view();
        Self {
            figures,
            subject,
            field: view.map(|view| view.field(view.window(), SAMPLES)),
        }
    }

    /// Writes the data in the format of the file.
    pub(crate) fn write(&self, file: &mut OutputFile) -> crate::failure::Result {
        let as_json = file.format == Format::Json;
        file.write_text(|out| {
            if as_json {
                writeln!(out, "{:#}", self.json())
            } else {
                self.csv(out)
            }
        })
    }

    /// Returns the runs, projected onto the view if there is one, with their labels and picks.
    fn paths(&self) -> impl Iterator<Item = (&Trace, &ComparedOptimizer)> {
        let traces = match self.subject.optional_view() {
            Some(view) => &*view.traces,
            None => self.subject.traces,
        };
        traces.iter().zip(&self.subject.contest.contenders)
    }

    fn json(&self) -> Json {
        let contest = self.subject.contest;
        let drawn = self.subject.optional_view().zip(self.field.as_ref());
        let mut json = object! {
            "version": VERSION,
            "problem": &*contest.problem.title,
            "notes": contest.problem.notes.clone(),
            "settings": settings_in_effect(&contest.problem_settings()),
            "figure": self.figures.join(" "),
            "window": drawn.map(|(view, _)| {
                let window = view.window();
                Json::Numbers([window.w1, window.w2].concat())
            }),
            "weights": drawn.map(|(view, _)| view.names.clone()),
            "field": drawn.map(|(_, field)| object! {
                "w1": Json::Numbers(field.xs.clone()),
                "w2": Json::Numbers(field.ys.clone()),
                "loss": rows(&field.values, field.xs.len()),
            }),
            "paths": self.paths().map(|path| self.path(path)).collect::<Json>(),
        };
        if let Some(network) = &contest.problem.network {
            let data = network.data();
            let data = object! {
                "features": data.feature_names.clone(),
                "target": &*data.target_name,
                "inputs": rows(&data.features, data.feature_names.len()),
                "targets": Json::Numbers(data.targets.clone()),
                "classes": data.class_names.clone(),
            };
            json.push("data", data);
        }
        json
    }

    fn path(&self, (trace, contender): (&Trace, &ComparedOptimizer)) -> Json {
        let shown = || self.subject.shown(trace.epochs());
        let counts = |of: &dyn Fn(&EvaluationCounts) -> u64| -> Json {
            let calls = trace.calls[shown()].iter();
            calls.map(|calls| of(calls).into()).collect()
        };
        let mut path = object! {
            "label": &*contender.label,
            "pick": contender.pick.text(),
            "settings": settings_in_effect(&contender.settings_in_effect()),
            "stop": trace.stop.word(),
            "epoch": shown().map(Json::from).collect::<Json>(),
        };
        for i in 0..trace.dim {
            let weights = shown().map(|epoch| trace.at(epoch)[i]);
            path.push(format!("w{}", i + 1), Json::Numbers(weights.collect()));
        }
        path.push("loss", Json::Numbers(trace.losses[shown()].to_vec()));
        path.push("value_calls", counts(&|calls| calls.value));
        path.push("gradient_calls", counts(&|calls| calls.gradient));
        path
    }

    fn csv(&self, out: &mut dyn Write) -> Result {
        let dims = self.paths().map(|(trace, _)| trace.dim);
        let dim = dims.chain(self.field.iter().map(|_| 2)).max().unwrap_or(0);
        write!(out, "kind,label,epoch")?;
        for i in 1..=dim {
            write!(out, ",w{i}")?;
        }
        writeln!(out, ",loss")?;
        if let Some(field) = &self.field {
            let rows = field.values.chunks_exact(field.xs.len());
            for (y, row) in field.ys.iter().zip(rows) {
                for (x, loss) in field.xs.iter().zip(row) {
                    write!(out, "field,,")?;
                    cells(out, [*x, *y, *loss].into_iter())?;
                }
            }
        }
        for (trace, contender) in self.paths() {
            let label = csv_cell(&contender.label);
            for epoch in self.subject.shown(trace.epochs()) {
                write!(out, "path,{label},{epoch}")?;
                let weights = trace.at(epoch).iter().copied();
                cells(out, weights.chain([trace.losses[epoch]]))?;
            }
        }
        Ok(())
    }
}

/// Writes the remaining cells of a CSV row.
fn cells(out: &mut dyn Write, numbers: impl Iterator<Item = f64>) -> Result {
    for v in numbers {
        if v.is_finite() {
            write!(out, ",{}", ShortestFloat(v))?;
        } else {
            write!(out, ",nan")?;
        }
    }
    writeln!(out)
}

/// Lists settings, given or not, each with its source.
fn settings_in_effect(settings: &[EffectiveSetting]) -> Json {
    let settings = settings.iter().map(|setting| {
        object! {
            "key": &*setting.key,
            "value": &*setting.value,
            "source": setting.source.to_string(),
        }
    });
    settings.collect()
}

/// Splits a row-major table into rows.
fn rows(values: &[f64], width: usize) -> Json {
    let rows = values.chunks_exact(width.max(1));
    rows.map(|row| Json::Numbers(row.to_vec())).collect()
}
