//! The loss over the epochs, or over what was asked for, and along a step: the figures of the gallery, in the size that the
//! page has room for.

use crate::session::Session;
use thalweg::Error;
use thalweg_gallery::figures::{FigureStyle, Playhead, REGISTRY, along_step};
use thalweg_plot::{formats::svg, theme::Theme};

/// Least and greatest width in px, and the height.
const WIDTH: [f64; 2] = [300.0, 640.0];
const HEIGHT: f64 = 300.0;

/// The size of a chart in a column of so many px: a wider one is the same, made larger.
fn size(column: f64) -> [f64; 2] {
    [column.clamp(WIDTH[0], WIDTH[1]), HEIGHT]
}

/// The chart of a session as SVG, with the place of runs that are looked at `now`; logarithmic only where every loss is
/// above zero; in a column of so many px.
///
/// # Errors
/// None that a user could cause: the pick stands below.
pub fn chart(
    session: &Session,
    log: bool,
    over_evaluations: bool,
    now: Option<Playhead>,
    theme: &Theme,
    column: f64,
) -> Result<String, Error> {
    let losses = session.traces().iter().flat_map(|trace| &trace.losses);
    let mut finite = losses.filter(|loss| loss.is_finite());
    let scale = if log && finite.all(|loss| *loss > 0.0) {
        "log"
    } else {
        "linear"
    };
    let over = if over_evaluations {
        "evaluations"
    } else {
        "epochs"
    };
    let pick = format!("loss:over={over},scale={scale},legend=false");
    let drawing = REGISTRY.build(&pick.parse()?, None)?;
    let mut subject = session.subject()?;
    subject.now = now;
    let look = FigureStyle {
        size: Some(size(column)),
        ..FigureStyle::of(theme)
    };
    drawing
        .draw(&subject, look)
        .map(|scene| svg::encode(&scene))
}

/// The loss along a step of a run, with what its line search tried, as SVG.
///
/// # Errors
/// There is no such step, or no plane.
pub fn search(
    session: &Session,
    run: usize,
    epoch: usize,
    theme: &Theme,
    column: f64,
) -> Result<String, Error> {
    let subject = session.subject()?;
    along_step(&subject, run, epoch, size(column), theme).map(|scene| svg::encode(&scene))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::HOME;

    #[test]
    fn what_a_line_search_tried_is_numbered() {
        let mut session = Session::new(&HOME.parse().unwrap(), &[]).unwrap();
        session.advance(1000);
        let svg = search(&session, 4, 1, &Theme::DARK, 640.0).unwrap();
        for number in 1..=3 {
            assert!(
                svg.contains(&format!(">{number}</text>")),
                "{number}: {svg}"
            );
        }
        for words in [">t, times the direction</text>", "The line search tried "] {
            assert!(svg.contains(words), "{words}: {svg}");
        }
        assert!(search(&session, 4, 3, &Theme::DARK, 640.0).is_err());
    }

    #[test]
    fn every_run_has_a_curve_and_a_diverged_one_breaks_nothing() {
        for address in [
            HOME,
            "on=rosenbrock&with=gradient-descent:learning_rate=10&with=rprop",
        ] {
            let mut session = Session::new(&address.parse().unwrap(), &[]).unwrap();
            session.advance(1000);
            for (log, evaluations) in [(true, false), (false, true)] {
                let svg = chart(&session, log, evaluations, None, &Theme::LIGHT, 0.0).unwrap();
                assert!(svg.starts_with("<svg") && !svg.contains("NaN"), "{svg}");
                let strokes = svg.matches("stroke-width=\"2\"").count();
                assert!(strokes >= session.traces().len(), "{svg}");
            }
        }
    }
}
