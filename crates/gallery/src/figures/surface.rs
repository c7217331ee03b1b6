//! The loss as a surface in space, the paths on it.

use crate::{
    drawing::{Drawing, Look},
    map::SIZE,
    subject::{Ask, Subject},
};
use thalweg::{
    Error,
    catalog::choice,
    field::{Field, Window},
};
use thalweg_macros::Describe;
use thalweg_plot::{
    scale::Spacing,
    scene::Scene,
    surface::{Surface, SurfacePath, spacing_of},
    theme::Theme,
};

/// The loss as a surface in space with the paths of all runs on it.
#[derive(Clone, Debug, Describe)]
#[entry(id = "surface", title = "Paths on the loss in space")]
pub struct Relief {
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
    pub height: Height,
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

/// What is equally high on a surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Height {
    /// What shows the most.
    Auto,
    /// Equal differences of the loss.
    Linear,
    /// Equal ratios above the least loss.
    Log,
}
choice!(Height {
    "auto": Auto,
    "linear": Linear,
    "log": Log,
});

impl Height {
    fn spacing(self, field: &Field) -> Spacing {
        match self {
            Self::Auto => spacing_of(field),
            Self::Linear => Spacing::Linear,
            Self::Log => Spacing::Log,
        }
    }
}

impl Drawing for Relief {
    fn asks(&self) -> &'static [Ask] {
        &[Ask::Plane]
    }

    fn follows(&self) -> bool {
        true
    }

    fn eye(&self, subject: &Subject) -> Result<Option<[f64; 2]>, Error> {
        if let (Some(azimuth), Some(elevation)) = (self.azimuth, self.elevation) {
            return Ok(Some([azimuth, elevation]));
        }
        let mut from = None;
        let look = Look::of(&Theme::LIGHT);
        self.build(subject, look, &mut |surface| from = Some(surface.from))?;
        Ok(from)
    }

    fn example(&self) -> &'static str {
        "--on rosenbrock --with momentum --with rprop --with bfgs"
    }

    fn draw(&self, subject: &Subject, look: Look) -> Result<Scene, Error> {
        let theme = look.theme;
        let mut scene = Scene::blank([0.0; 2], theme.paper);
        let gone = subject.gone_traces()?;
        self.build(subject, look, &mut |surface| {
            // Where it is seen from does not change with how far the runs have gone.
            // Its paths live no longer than these.
            let mut surface: Surface = surface;
            for (path, trace) in surface.paths.iter_mut().zip(&gone) {
                path.trace = trace;
            }
            scene = surface.scene(theme);
        })?;
        Ok(scene)
    }
}

impl Relief {
    /// Makes the surface with the whole paths on it, and hands it over.
    fn build(
        &self,
        subject: &Subject,
        look: Look,
        take: &mut dyn FnMut(Surface),
    ) -> Result<(), Error> {
        let (view, theme) = (subject.view()?, look.theme);
        let window = view.window();
        let field = view.field(window, self.cells as usize + 1);
        let names = subject.long_labels();
        let paths = view.traces.iter().zip(&names).zip(subject.styles(theme));
        let [x, y] = &view.names;
        let spacing = self.height.spacing(&field);
        let loss = match spacing {
            Spacing::Linear => "Loss",
            Spacing::Log => "Loss, in ratios",
        };
        let title = &*subject.contest.problem.title;
        let mut surface = Surface {
            size: look.size.unwrap_or(SIZE),
            title: format!("{title}{}", view.shadows()),
            description: description(title, [x, y], window, &field, &names),
            field: &field,
            labels: [x, y, loss].map(str::to_owned),
            paths: paths
                .map(|((trace, name), style)| SurfacePath {
                    trace,
                    color: style.color,
                    label: if self.legend {
                        name.clone()
                    } else {
                        String::new()
                    },
                })
                .collect(),
            from: [AZIMUTHS[0], ELEVATIONS[0]],
            height: spacing,
            floor: self.floor,
        };
        let azimuths = self.azimuth.map_or(AZIMUTHS.to_vec(), |a| vec![a]);
        let elevations = self.elevation.map_or(ELEVATIONS.to_vec(), |e| vec![e]);
        surface.from = surface.clearest(&azimuths, &elevations);
        take(surface);
        Ok(())
    }
}

fn description(
    title: &str,
    [x, y]: [&str; 2],
    window: Window,
    field: &Field,
    names: &[String],
) -> String {
    let number = |v: f64| thalweg_plot::text::number(v, 3);
    let span = |[low, high]: [f64; 2]| format!("{} to {}", number(low), number(high));
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
