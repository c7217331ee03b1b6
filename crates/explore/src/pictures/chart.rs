//! Charts of the loss by epoch or evaluation, and along a step: figures of the gallery in the size of the page's
//! column.

use crate::session::Session;
use thalweg::Error;
use thalweg_gallery::figures::{FigureStyle, Playhead, REGISTRY, TimeAxis, along_step};
use thalweg_plot::{formats::svg, theme::Theme};

/// Minimum and maximum width in px, and the height.
const WIDTH: [f64; 2] = [400.0, 640.0];
const HEIGHT: f64 = 300.0;

/// Returns the size of a chart in a column of this width in px. A wider column magnifies it.
fn size(column: f64) -> [f64; 2] {
    [column.clamp(WIDTH[0], WIDTH[1]), HEIGHT]
}

/// What a loss chart shows.
pub struct ChartView<'a> {
    /// Whether the losses are logarithmic, if none is negative.
    pub log: bool,
    /// Whether the horizontal axis counts evaluations instead of epochs.
    pub over_evaluations: bool,
    /// The spacing of the horizontal axis; `None` for a linear one.
    pub time: Option<TimeAxis>,
    /// The position of the player; `None` for the ends of the runs.
    pub playhead: Option<Playhead>,
    /// The theme.
    pub theme: &'a Theme,
    /// Width of the column in px.
    pub column: f64,
}

/// Returns the loss chart of a session as SVG.
///
/// # Errors
/// Does not fail in practice: the settings of the figure are constants.
pub fn chart(session: &Session, view: ChartView<'_>) -> Result<String, Error> {
    let losses = session.traces().iter().flat_map(|trace| &trace.losses);
    let mut finite = losses.filter(|loss| loss.is_finite());
    let scale = if view.log && finite.all(|loss| *loss >= 0.0) {
        "log"
    } else {
        "linear"
    };
    let over = if view.over_evaluations {
        "evaluations"
    } else {
        "epochs"
    };
    let pick = format!("loss:over={over},scale={scale},legend=false");
    let drawing = REGISTRY.build(&pick.parse()?, None)?;
    let mut subject = session.subject()?;
    subject.playhead = view.playhead;
    subject.time = view.time;
    let look = FigureStyle {
        size: Some(size(view.column)),
        ..FigureStyle::of(view.theme)
    };
    drawing
        .draw(&subject, look)
        .map(|scene| svg::encode(&scene))
}

/// Returns the loss along a step of a run as SVG, with the trial points of its line search.
///
/// # Errors
/// The step does not exist, or the plane is missing.
pub fn line_search_chart(
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
    use crate::{address::DEFAULT_ADDRESS, pictures::timeline};

    #[test]
    fn trial_points_are_numbered() {
        let mut session = Session::new(&DEFAULT_ADDRESS.parse().unwrap(), &[]).unwrap();
        session.advance(1000);
        let svg = line_search_chart(&session, 4, 1, &Theme::DARK, 640.0).unwrap();
        for number in 1..=3 {
            assert!(
                svg.contains(&format!(">{number}</text>")),
                "{number}: {svg}"
            );
        }
        for words in [
            ">Step size (multiple of the direction)</text>",
            "The line search tried ",
        ] {
            assert!(svg.contains(words), "{words}: {svg}");
        }
        assert!(line_search_chart(&session, 4, 3, &Theme::DARK, 640.0).is_err());
    }

    fn view(log: bool, over_evaluations: bool, time: Option<TimeAxis>) -> ChartView<'static> {
        ChartView {
            log,
            over_evaluations,
            time,
            playhead: None,
            theme: &Theme::LIGHT,
            column: 0.0,
        }
    }

    #[test]
    fn the_horizontal_axis_follows_the_time_of_the_player() {
        let mut session = Session::new(&DEFAULT_ADDRESS.parse().unwrap(), &[]).unwrap();
        session.advance(1000);
        for (spacing, label) in [
            ("log", "Epoch (log scale)"),
            ("length", "Epoch (by path length)"),
        ] {
            // Positions of shorter runs are not used.
            let time = timeline::axis(&session, vec![0.0, 16.0], spacing, false).unwrap();
            let svg = chart(&session, view(true, false, time)).unwrap();
            for text in [label, "0", "10", "797"] {
                assert!(svg.contains(&format!(">{text}</text>")), "{text}: {svg}");
            }
            // The discs at the ends of the runs of 20 and of 797 epochs.
            let discs = svg.split("<circle cx=\"").skip(1);
            let mut ends: Vec<f64> = discs
                .map(|disc| disc.split('"').next().unwrap().parse().unwrap())
                .collect();
            ends.sort_by(f64::total_cmp);
            let (first, last) = (ends[0], ends[ends.len() - 1]);
            assert!(last - first < 0.65 * 400.0, "{spacing}: {ends:?}");
        }
        let linear = timeline::axis(&session, Vec::new(), "linear", false);
        assert!(linear.unwrap().is_none());
    }

    #[test]
    fn every_run_has_a_curve_even_if_one_diverges() {
        for address in [
            DEFAULT_ADDRESS,
            "on=rosenbrock&with=gradient-descent:learning_rate=10&with=rprop",
        ] {
            let mut session = Session::new(&address.parse().unwrap(), &[]).unwrap();
            session.advance(1000);
            for (log, evaluations) in [(true, false), (false, true)] {
                let view = view(log, evaluations, None);
                let svg = chart(&session, view).unwrap();
                assert!(svg.starts_with("<svg") && !svg.contains("NaN"), "{svg}");
                let strokes = svg.matches("stroke-width=\"2\"").count();
                assert!(strokes >= session.traces().len(), "{svg}");
            }
        }
    }
}
