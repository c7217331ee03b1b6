//! The loss as a surface in space, the paths on it.

use super::{ConfiguredFigure, FigureInput, FigureRequirement, FigureStyle, Scaling};
use crate::map::{SIZE, span};
use crate::prelude::*;
use thalweg_plot::{
    scale::Spacing,
    surface::{Surface, SurfacePath, spacing_of},
};

/// The loss as a surface in space with the paths of all runs on it.
#[derive(Clone, Debug, Describe)]
#[entry(id = "surface", title = "Paths on the loss in space")]
pub struct SurfaceFigure {
    /// From where it is seen, in degrees from the first weight's axis towards the second's; where none is given, from
    /// where the most of the paths is seen.
    #[param(valid = -360.0..=360.0)]
    pub azimuth: Option<f64>,
    /// How high the eye stands, in degrees above the floor; where none is given, as high as it takes to see the paths.
    #[param(valid = 10.0..=80.0)]
    pub elevation: Option<f64>,
    /// Tiles along each side.
    #[param(default = 56, valid = 8.0..=160.0)]
    pub cells: u64,
    /// What is equally high: `linear` for equal differences of the loss, `log` for equal ratios above its least,
    /// `auto` for ratios where a few values tower above all others.
    #[param(default = "auto")]
    pub height: Scaling,
    /// Whether the map and the paths are shown on the floor too.
    #[param(default = false)]
    pub floor: bool,
    /// Whether the names of the runs are listed.
    #[param(default = true)]
    pub legend: bool,
}

/// Azimuths that are tried, the article's first: from each, both axes run away from the eye.
const AZIMUTHS: [f64; 8] = [-58.0, -40.0, 32.0, 50.0, 122.0, 140.0, 212.0, 230.0];
/// Elevations that are tried, the article's first.
const ELEVATIONS: [f64; 3] = [38.0, 50.0, 62.0];

impl ConfiguredFigure for SurfaceFigure {
    fn asks(&self) -> &'static [FigureRequirement] {
        &[FigureRequirement::Plane]
    }

    fn follows(&self) -> bool {
        true
    }

    fn eye(&self, subject: &FigureInput) -> Result<Option<[f64; 2]>, Error> {
        if let (Some(azimuth), Some(elevation)) = (self.azimuth, self.elevation) {
            return Ok(Some([azimuth, elevation]));
        }
        let look = FigureStyle::of(&Theme::LIGHT);
        let (field, names) = (self.field(subject)?, subject.long_labels());
        Ok(Some(self.surface(subject, look, &field, &names)?.from))
    }

    fn example(&self) -> &'static str {
        "--on rosenbrock --with momentum --with rprop --with bfgs"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        let (field, names) = (self.field(subject)?, subject.long_labels());
        let gone = subject.gone_traces()?;
        // Where it is seen from does not change with how far the runs have gone.
        let mut surface = self.surface(subject, look, &field, &names)?;
        for (path, trace) in surface.paths.iter_mut().zip(&gone) {
            path.trace = trace;
        }
        Ok(surface.scene(look.theme))
    }
}

impl SurfaceFigure {
    fn field(&self, subject: &FigureInput) -> Result<Field, Error> {
        let view = subject.view()?;
        Ok(view.field(view.window(), self.cells as usize + 1))
    }

    /// The surface with the whole paths on it.
    fn surface<'s>(
        &self,
        subject: &'s FigureInput,
        look: FigureStyle,
        field: &'s Field,
        names: &'s [String],
    ) -> Result<Surface<'s>, Error> {
        let view = subject.view()?;
        let window = view.window();
        let paths = subject.paths(names, look.theme)?.into_iter();
        let [x, y] = &view.names;
        let spacing = match self.height {
            Scaling::Auto => spacing_of(field),
            Scaling::Linear => Spacing::Linear,
            Scaling::Log => Spacing::Log,
        };
        let loss = match spacing {
            Spacing::Linear => look.loss.to_owned(),
            Spacing::Log => format!("{}, in ratios", look.loss),
        };
        let title = &*subject.contest.problem.title;
        let mut surface = Surface {
            size: look.size.unwrap_or(SIZE),
            title: look.title(|| subject.title()),
            description: description(title, [x, y], window, field, names),
            field,
            labels: [x.clone(), y.clone(), loss],
            paths: paths
                .map(|path| SurfacePath {
                    trace: path.trace,
                    color: path.style.color,
                    label: if self.legend { path.label } else { "" }.to_owned(),
                })
                .collect(),
            from: [AZIMUTHS[0], ELEVATIONS[0]],
            height: spacing,
            floor: self.floor,
        };
        let azimuths = self.azimuth.map_or(AZIMUTHS.to_vec(), |a| vec![a]);
        let elevations = self.elevation.map_or(ELEVATIONS.to_vec(), |e| vec![e]);
        surface.from = surface.clearest(&azimuths, &elevations);
        Ok(surface)
    }
}

fn description(
    title: &str,
    [x, y]: [&str; 2],
    window: Window,
    field: &Field,
    names: &[String],
) -> String {
    let (w1, w2) = (span(window.w1), span(window.w2));
    let loss = match field.range() {
        Some(range) => format!("rises from {}", span(range)),
        None => "is nowhere a finite number".to_owned(),
    };
    let paths = if names.is_empty() {
        String::new()
    } else {
        format!(" The paths on it: {}.", names.join(", "))
    };
    format!(
        "{title} as a surface in space over {x} from {w1} and {y} from {w2}, where the loss {loss}.{paths}"
    )
}
