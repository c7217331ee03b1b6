//! The loss over the epochs, or over what was asked for.

use crate::{session::Session, tell::evaluations};
use thalweg_plot::{
    figure::{AxisSpan, Figure, Mark},
    formats::svg,
    marks::Curve,
    scale::Spacing,
    theme::Theme,
};

/// The chart of a session as SVG; logarithmic where every loss is above zero.
pub fn chart(session: &Session, log: bool, over_evaluations: bool, theme: &Theme) -> String {
    let traces = session.traces();
    let finite = traces.iter().flat_map(|trace| &trace.losses);
    let finite: Vec<f64> = finite.copied().filter(|loss| loss.is_finite()).collect();
    let low = finite.iter().copied().fold(f64::INFINITY, f64::min);
    let high = finite.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let log = log && low > 0.0;
    let styles = session
        .subject()
        .map_or(Vec::new(), |subject| subject.styles(theme));
    let mut last: f64 = 1.0;
    let mut marks: Vec<Box<dyn Mark>> = Vec::new();
    for (i, trace) in traces.iter().enumerate() {
        let points = trace.losses.iter().zip(&trace.calls).enumerate();
        let points = points.map(|(epoch, (loss, calls))| {
            let asked = evaluations(*calls) as f64;
            [
                if over_evaluations {
                    asked
                } else {
                    epoch as f64
                },
                *loss,
            ]
        });
        let points: Vec<[f64; 2]> = points.filter(|[_, loss]| loss.is_finite()).collect();
        last = points.iter().fold(last, |last, [x, _]| last.max(*x));
        marks.push(Box::new(Curve {
            points,
            style: styles.get(i).copied().unwrap_or_else(|| theme.path(i)),
            width: 2.0,
            label: None,
        }));
    }
    let range = match (low < high, log) {
        (true, true) => [low / 1.2, high * 1.2],
        (true, false) => [low - 0.04 * (high - low), high + 0.04 * (high - low)],
        (false, _) if low.is_finite() => {
            [low - 0.5 * low.abs() - 0.01, low + 0.5 * low.abs() + 0.01]
        }
        (false, _) => [0.0, 1.0],
    };
    let spacing = if log && range[0] > 0.0 {
        Spacing::Log
    } else {
        Spacing::Linear
    };
    let (over, label) = if over_evaluations {
        ("over what was asked for", "Evaluations")
    } else {
        ("over the epochs", "Epochs")
    };
    let names: Vec<&str> = session
        .contest()
        .contenders
        .iter()
        .map(|c| &*c.label)
        .collect();
    let figure = Figure {
        size: [640.0, 300.0],
        title: String::new(),
        description: format!("The loss {over}: {}.", names.join(", ")),
        x: AxisSpan::linear(label, [0.0, last]),
        y: AxisSpan::numbers("Loss", range, spacing),
        equal_units: false,
        marks,
        color_bar: None,
        legend: false,
    };
    svg::encode(&figure.scene(theme))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::HOME;

    #[test]
    fn every_run_has_a_curve_and_a_diverged_one_breaks_nothing() {
        for address in [
            HOME,
            "on=rosenbrock&with=gradient-descent:learning_rate=10&with=rprop",
        ] {
            let mut session = Session::new(&address.parse().unwrap(), &[]).unwrap();
            session.advance(1000);
            for (log, evaluations) in [(true, false), (false, true)] {
                let svg = chart(&session, log, evaluations, &Theme::LIGHT);
                assert!(svg.starts_with("<svg") && !svg.contains("NaN"), "{svg}");
                let strokes = svg.matches("stroke-width=\"2\"").count();
                assert!(strokes >= session.traces().len(), "{svg}");
            }
        }
    }
}
