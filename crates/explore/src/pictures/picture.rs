//! Figures of the catalog, drawn for a page.

use crate::{catalog::changes, session::Session};
use thalweg::{Error, field::Window, number::ShortestFloat, trace::Trace};
use thalweg_gallery::figures::{ConfiguredFigure, FigureInput, FigureStyle, Playhead, REGISTRY};
use thalweg_plot::{formats::svg, theme::Theme};

/// Range of the camera elevation in degrees, as allowed by the figures.
const ELEVATIONS: [f64; 2] = [10.0, 80.0];

/// A figure with its settings and its input.
pub struct Picture<'a> {
    drawing: Box<dyn ConfiguredFigure>,
    subject: FigureInput<'a>,
}

impl<'a> Picture<'a> {
    /// Creates a figure of a session. `edges` is its window, or empty.
    ///
    /// # Errors
    /// The figure does not exist, or the experiment does not fulfill its requirements.
    pub fn new(
        session: &'a Session,
        pick: &str,
        edges: &[f64],
        playhead: Option<Playhead>,
    ) -> Result<Self, Error> {
        let drawing = REGISTRY.build(&pick.parse()?, None)?;
        let window = (!edges.is_empty()).then(|| Window::of(edges)).transpose()?;
        let mut subject = session.subject_in(window)?;
        subject.playhead = playhead;
        if drawing.shows_single_steps() && session.traces().iter().any(Trace::is_sparse) {
            return Err(Error::Settings(
                "this figure shows single steps, but the page does not store every step of such a long run: reduce the \
                 epoch limit, or draw the figure with the command line"
                    .to_owned(),
            ));
        }
        subject.check(drawing.requirements())?;
        Ok(Self { drawing, subject })
    }

    /// Returns the picture as SVG, with a recipe if one is given.
    ///
    /// # Errors
    /// The experiment does not fulfill the requirements of the figure.
    pub fn svg(&self, theme: &Theme, recipe: Option<String>) -> Result<String, Error> {
        let mut scene = self.drawing.draw(&self.subject, FigureStyle::of(theme))?;
        scene.recipe = recipe;
        Ok(svg::encode(&scene))
    }

    /// Returns the figure's settings with the camera rotated by these degrees: azimuth and elevation.
    ///
    /// # Errors
    /// The figure is flat.
    pub fn rotate_view(&self, pick: &str, by: [f64; 2]) -> Result<String, Error> {
        let Some([azimuth, elevation]) = self.drawing.camera_angles(&self.subject)? else {
            return Err(Error::Settings(
                "only a figure in three dimensions can be rotated".to_owned(),
            ));
        };
        let whole = |v: f64| ShortestFloat((10.0 * v).round() / 10.0).to_string();
        let azimuth = (azimuth + by[0] + 180.0).rem_euclid(360.0) - 180.0;
        let elevation = (elevation + by[1]).clamp(ELEVATIONS[0], ELEVATIONS[1]);
        let pick = changes::change_setting("figures", pick, "azimuth", &whole(azimuth))?;
        changes::change_setting("figures", &pick, "elevation", &whole(elevation))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::DEFAULT_ADDRESS;

    fn session(address: &str) -> Session {
        let mut session = Session::new(&address.parse().unwrap(), &[]).unwrap();
        session.advance(1000);
        session
    }

    fn drawn(session: &Session, pick: &str, playhead: Option<Playhead>) -> String {
        let picture = Picture::new(session, pick, &[], playhead).unwrap();
        picture.svg(&Theme::LIGHT, None).unwrap()
    }

    #[test]
    fn every_figure_is_drawn_or_names_its_requirement() {
        let sessions = [
            DEFAULT_ADDRESS,
            "on=rosenbrock&with=rprop",
            "on=mlp:data=moons,layers=2-4-1&with=rprop&epochs=20",
        ]
        .map(session);
        for about in REGISTRY.abouts() {
            let made = sessions.each_ref().map(|session| {
                let picture = Picture::new(session, &about.id, &[], None)?;
                picture.svg(&Theme::DARK, None)
            });
            assert!(made.iter().any(Result::is_ok), "{}: {made:?}", about.id);
            for error in made.iter().filter_map(|one| one.as_ref().err()) {
                assert!(error.to_string().contains("figure"), "{error}");
            }
        }
    }

    #[test]
    fn figures_follow_the_playhead() {
        let home = session(DEFAULT_ADDRESS);
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
        // Without a playhead, runs are shown to their ends.
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
    fn the_camera_rotates_and_stays_above_the_base_plane() {
        let home = session(DEFAULT_ADDRESS);
        let turned = |pick: &str, by: [f64; 2]| {
            let picture = Picture::new(&home, pick, &[], None).unwrap();
            picture.rotate_view(pick, by)
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
