//! `--save-data`: what a figure shows as numbers, so that it can be plotted elsewhere.
//!
//! JSON holds all of it by name, CSV the map and the paths as one long table. A number that is not finite is `null` in
//! JSON and `nan` in CSV.

use crate::output::{
    csv::csv_cell,
    output_file::{Format, OutputFile},
};
use std::fmt::{Result, Write};
use thalweg::{field::Field, number::Shortest, trace::Trace};
use thalweg_gallery::{figures::Subject, map::SAMPLES};

/// The format's own version: it changes where the meaning of a key does.
const VERSION: u32 = 1;

/// What is saved: a figure, and what it is made of.
pub(crate) struct Shown<'a> {
    figures: &'a [String],
    subject: &'a Subject<'a>,
    /// The loss on the plane, as maps show it.
    field: Option<Field>,
}

impl<'a> Shown<'a> {
    pub(crate) fn new(figures: &'a [String], subject: &'a Subject<'a>) -> Self {
        let view = subject.seen();
        Self {
            figures,
            subject,
            field: view.map(|view| view.field(view.window(), SAMPLES)),
        }
    }

    /// Writes all of it in the format of the file.
    pub(crate) fn write(&self, file: &mut OutputFile) -> crate::failure::Result {
        let as_json = file.format == Format::Json;
        file.write_text(|out| {
            if as_json {
                self.json(out)
            } else {
                self.csv(out)
            }
        })
    }

    /// The runs as they are seen, with their labels and picks.
    fn paths(&self) -> impl Iterator<Item = (&Trace, &str, &str)> {
        let traces = match self.subject.seen() {
            Some(view) => &*view.traces,
            None => self.subject.traces,
        };
        let contenders = &self.subject.contest.contenders;
        let named = contenders.iter().map(|c| (&*c.label, c.pick.text()));
        let paths = traces.iter().zip(named);
        paths.map(|(trace, (label, pick))| (trace, label, pick))
    }

    fn json(&self, out: &mut dyn Write) -> Result {
        let contest = self.subject.contest;
        write!(out, "{{\n  \"version\": {VERSION},\n  \"problem\": ")?;
        string(out, &contest.problem.title)?;
        write!(out, ",\n  \"figure\": ")?;
        string(out, &self.figures.join(" "))?;
        match (self.subject.seen(), &self.field) {
            (Some(view), Some(field)) => {
                let window = view.window();
                let edges = [window.w1, window.w2];
                write!(out, ",\n  \"window\": ")?;
                numbers(out, edges.iter().flatten().copied())?;
                write!(out, ",\n  \"weights\": [")?;
                string(out, &view.names[0])?;
                write!(out, ", ")?;
                string(out, &view.names[1])?;
                write!(out, "],\n  \"field\": {{\n    \"w1\": ")?;
                numbers(out, field.xs.iter().copied())?;
                write!(out, ",\n    \"w2\": ")?;
                numbers(out, field.ys.iter().copied())?;
                write!(out, ",\n    \"loss\": ")?;
                let rows = field.values.chunks_exact(field.xs.len());
                list(out, rows, |out, row| numbers(out, row.iter().copied()))?;
                write!(out, "\n  }}")?;
            }
            _ => write!(
                out,
                ",\n  \"window\": null,\n  \"weights\": null,\n  \"field\": null"
            )?,
        }
        write!(out, ",\n  \"paths\": ")?;
        list(out, self.paths(), |out, path| self.json_path(out, path))?;
        if let Some(network) = &contest.problem.network {
            let data = network.data();
            write!(out, ",\n  \"data\": {{\n    \"features\": ")?;
            list(out, data.feature_names.iter(), |out, name| {
                string(out, name)
            })?;
            write!(out, ",\n    \"target\": ")?;
            string(out, &data.target_name)?;
            write!(out, ",\n    \"inputs\": ")?;
            let rows = data.features.chunks_exact(data.feature_names.len().max(1));
            list(out, rows, |out, row| numbers(out, row.iter().copied()))?;
            write!(out, ",\n    \"targets\": ")?;
            numbers(out, data.targets.iter().copied())?;
            write!(out, "\n  }}")?;
        }
        writeln!(out, "\n}}")
    }

    fn json_path(&self, out: &mut dyn Write, (trace, label, pick): (&Trace, &str, &str)) -> Result {
        let shown = self.subject.shown(trace.epochs());
        write!(out, "{{\n      \"label\": ")?;
        string(out, label)?;
        write!(out, ",\n      \"pick\": ")?;
        string(out, pick)?;
        write!(out, ",\n      \"stop\": ")?;
        string(out, trace.stop.word())?;
        write!(out, ",\n      \"epoch\": ")?;
        numbers(out, shown.clone().map(|epoch| epoch as f64))?;
        for i in 0..trace.dim {
            write!(out, ",\n      \"w{}\": ", i + 1)?;
            numbers(out, shown.clone().map(|epoch| trace.at(epoch)[i]))?;
        }
        write!(out, ",\n      \"loss\": ")?;
        numbers(out, trace.losses[shown.clone()].iter().copied())?;
        let calls = || trace.calls[shown.clone()].iter();
        write!(out, ",\n      \"value_calls\": ")?;
        numbers(out, calls().map(|calls| calls.value as f64))?;
        write!(out, ",\n      \"gradient_calls\": ")?;
        numbers(out, calls().map(|calls| calls.gradient as f64))?;
        write!(out, "\n    }}")
    }

    fn csv(&self, out: &mut dyn Write) -> Result {
        let dims = self.paths().map(|(trace, ..)| trace.dim);
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
        for (trace, label, _) in self.paths() {
            let label = csv_cell(label);
            for epoch in self.subject.shown(trace.epochs()) {
                write!(out, "path,{label},{epoch}")?;
                let weights = trace.at(epoch).iter().copied();
                cells(out, weights.chain([trace.losses[epoch]]))?;
            }
        }
        Ok(())
    }
}

/// The rest of a row of CSV.
fn cells(out: &mut dyn Write, numbers: impl Iterator<Item = f64>) -> Result {
    for v in numbers {
        if v.is_finite() {
            write!(out, ",{}", Shortest(v))?;
        } else {
            write!(out, ",nan")?;
        }
    }
    writeln!(out)
}

/// A text of JSON.
fn string(out: &mut dyn Write, text: &str) -> Result {
    write!(out, "{}", serde_json::Value::from(text))
}

/// A list of numbers of JSON.
fn numbers(out: &mut dyn Write, numbers: impl Iterator<Item = f64>) -> Result {
    list(out, numbers, |out, v| {
        if v.is_finite() {
            write!(out, "{}", Shortest(v))
        } else {
            write!(out, "null")
        }
    })
}

/// A list of JSON.
fn list<T>(
    out: &mut dyn Write,
    items: impl Iterator<Item = T>,
    mut write: impl FnMut(&mut dyn Write, T) -> Result,
) -> Result {
    out.write_char('[')?;
    for (i, item) in items.enumerate() {
        if i > 0 {
            out.write_str(", ")?;
        }
        write(out, item)?;
    }
    out.write_char(']')
}
