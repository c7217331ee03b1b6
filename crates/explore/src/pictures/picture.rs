//! Figures of the catalogue, drawn for a page.

use crate::{catalog::controls, session::Session};
use thalweg::{Error, field::Window, number::ShortestFloat};
use thalweg_gallery::figures::{ConfiguredFigure, FigureInput, FigureStyle, Playhead, REGISTRY};
use thalweg_plot::{formats::svg, theme::Theme};

/// How high the eye may stand, in degrees: what a figure in space allows.
const ELEVATIONS: [f64; 2] = [10.0, 80.0];

/// A figure of the catalogue with its settings, and of what it is drawn.
pub struct Picture<'a> {
    drawing: Box<dyn ConfiguredFigure>,
    subject: FigureInput<'a>,
}

impl<'a> Picture<'a> {
    /// The figure of a pick, in the window of these edges where there are any, of runs that are looked at `now`.
    ///
    /// # Errors
    /// There is no such figure, or it needs what the experiment does not have.
    pub fn new(
        session: &'a Session,
        pick: &str,
        edges: &[f64],
        now: Option<Playhead>,
    ) -> Result<Self, Error> {
        let drawing = REGISTRY.build(&pick.parse()?, None)?;
        let window = (!edges.is_empty()).then(|| Window::of(edges)).transpose()?;
        let mut subject = session.subject_in(window)?;
        subject.now = now;
        subject.check(drawing.asks())?;
        Ok(Self { drawing, subject })
    }

    /// The picture as SVG.
    ///
    /// # Errors
    /// The figure needs what the experiment does not have.
    pub fn svg(&self, theme: &Theme) -> Result<String, Error> {
        let scene = self.drawing.draw(&self.subject, FigureStyle::of(theme))?;
        Ok(svg::encode(&scene))
    }

    /// The pick with the eye turned by so many degrees: around, and up.
    ///
    /// # Errors
    /// The figure is flat.
    pub fn turned(&self, pick: &str, by: [f64; 2]) -> Result<String, Error> {
        let Some([azimuth, elevation]) = self.drawing.eye(&self.subject)? else {
            return Err(Error::Settings(
                "a flat picture cannot be turned".to_owned(),
            ));
        };
        let whole = |v: f64| ShortestFloat((10.0 * v).round() / 10.0).to_string();
        let azimuth = (azimuth + by[0] + 180.0).rem_euclid(360.0) - 180.0;
        let elevation = (elevation + by[1]).clamp(ELEVATIONS[0], ELEVATIONS[1]);
        let pick = controls::changed("figures", pick, "azimuth", &whole(azimuth))?;
        controls::changed("figures", &pick, "elevation", &whole(elevation))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::HOME;

    fn session(address: &str) -> Session {
        let mut session = Session::new(&address.parse().unwrap(), &[]).unwrap();
        session.advance(1000);
        session
    }

    fn drawn(session: &Session, pick: &str, now: Option<Playhead>) -> String {
        let picture = Picture::new(session, pick, &[], now).unwrap();
        picture.svg(&Theme::LIGHT).unwrap()
    }

    #[test]
    fn every_figure_is_drawn_or_says_what_it_needs() {
        let sessions = [
            HOME,
            "on=rosenbrock&with=rprop",
            "on=mlp:data=moons,layers=2-4-1&with=rprop&epochs=20",
        ]
        .map(session);
        for about in REGISTRY.abouts() {
            let made = sessions.each_ref().map(|session| {
                let picture = Picture::new(session, &about.id, &[], None)?;
                picture.svg(&Theme::DARK)
            });
            assert!(made.iter().any(Result::is_ok), "{}: {made:?}", about.id);
            for error in made.iter().filter_map(|one| one.as_ref().err()) {
                assert!(error.to_string().contains("figure"), "{error}");
            }
        }
    }

    #[test]
    fn what_follows_shows_the_epoch_that_is_looked_at() {
        let home = session(HOME);
        let now = |epochs: [usize; 5]| {
            let epochs = epochs.to_vec();
            Some(Playhead { epochs, run: 2 })
        };
        let early = now([3, 3, 3, 3, 2]);
        assert!(drawn(&home, "step", early.clone()).contains("step 3 of RPROP"));
        assert!(drawn(&home, "zoom", early.clone()).contains("steps 1 to 3 of RPROP"));
        assert_ne!(
            drawn(&home, "surface", early.clone()),
            drawn(&home, "surface", None)
        );
        // The end of every run is what is seen when none is looked at.
        assert_eq!(
            drawn(&home, "surface", now([797, 92, 20, 17, 2])),
            drawn(&home, "surface", None)
        );
        let loss = drawn(&home, "loss", early.clone());
        assert_ne!(loss, drawn(&home, "loss", None));
        assert_eq!(loss.matches("<circle").count(), 5 + 4, "{loss}");
        assert_eq!(drawn(&home, "bars", early), drawn(&home, "bars", None));
        let data = session("on=mlp:data=moons,layers=2-4-1&with=rprop&epochs=20");
        let now = Some(Playhead {
            epochs: vec![4],
            run: 0,
        });
        assert!(drawn(&data, "data", now).contains("RPROP, epoch 4"));
    }

    #[test]
    fn the_eye_turns_from_where_it_is_and_stays_above_the_floor() {
        let home = session(HOME);
        let turned = |pick: &str, by: [f64; 2]| {
            let picture = Picture::new(&home, pick, &[], None).unwrap();
            picture.turned(pick, by)
        };
        let pick = "surface:azimuth=170,elevation=38,floor=true";
        assert_eq!(
            turned(pick, [25.0, 100.0]).unwrap(),
            "surface:azimuth=-165,elevation=80,floor=true"
        );
        let moved = turned("surface", [0.0, 0.0]).unwrap();
        assert_eq!(drawn(&home, &moved, None), drawn(&home, "surface", None));
        assert!(turned("loss", [1.0, 0.0]).is_err());
    }
}
