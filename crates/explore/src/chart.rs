//! The loss over the epochs, or over what was asked for, and along a step: the figures of the gallery, in the size that the
//! page has room for.

use crate::session::Session;
use thalweg::Error;
use thalweg_gallery::figures::{Look, Now, REGISTRY, along_step};
use thalweg_plot::{formats::svg, theme::Theme};

/// Width and height in px.
const SIZE: [f64; 2] = [640.0, 300.0];

/// The chart of a session as SVG, with the place of runs that are looked at `now`; logarithmic only where every loss is
/// above zero.
///
/// # Errors
/// None that a user could cause: the pick stands below.
pub fn chart(
    session: &Session,
    log: bool,
    over_evaluations: bool,
    now: Option<Now>,
    theme: &Theme,
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
    let look = Look {
        size: Some(SIZE),
        ..Look::of(theme)
    };
    drawing
        .draw(&subject, look)
        .map(|scene| svg::encode(&scene))
}

/// The loss along a step of a run, with what its line search tried, as SVG.
///
/// # Errors
/// There is no such step, or no plane.
pub fn search(session: &Session, run: usize, epoch: usize, theme: &Theme) -> Result<String, Error> {
    let subject = session.subject()?;
    along_step(&subject, run, epoch, SIZE, theme).map(|scene| svg::encode(&scene))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::HOME;

    #[test]
    fn what_a_line_search_tried_is_numbered() {
        let mut session = Session::new(&HOME.parse().unwrap(), &[]).unwrap();
        session.advance(1000);
        let svg = search(&session, 4, 1, &Theme::DARK).unwrap();
        for number in 1..=3 {
            assert!(
                svg.contains(&format!(">{number}</text>")),
                "{number}: {svg}"
            );
        }
        for words in [">t, times the direction</text>", "The line search tried "] {
            assert!(svg.contains(words), "{words}: {svg}");
        }
        assert!(search(&session, 4, 3, &Theme::DARK).is_err());
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
                let svg = chart(&session, log, evaluations, None, &Theme::LIGHT).unwrap();
                assert!(svg.starts_with("<svg") && !svg.contains("NaN"), "{svg}");
                let strokes = svg.matches("stroke-width=\"2\"").count();
                assert!(strokes >= session.traces().len(), "{svg}");
            }
        }
    }
}
