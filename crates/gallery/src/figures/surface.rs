//! The loss as a surface in three dimensions with paths on it.

use super::{
    ConfiguredFigure, EpochSelection, FigureInput, FigureRequirement, FigureStyle, Scaling,
};
use crate::map::{SIZE, span};
use crate::parts::camera::{FIRST_CAMERA, clearest_camera};
use crate::prelude::*;
use thalweg_plot::{
    scale::Spacing,
    surface::{Surface, SurfacePath, spacing_of},
};

/// The loss as a surface in three dimensions with the paths of all runs on it.
#[derive(Clone, Debug, Describe)]
#[entry(id = "surface", title = "Paths on the loss surface")]
pub struct SurfaceFigure {
    /// Camera azimuth in degrees, from the first weight's axis to the second's. Without a value, the angle that shows
    /// most of the paths is used.
    #[param(valid = -360.0..=360.0)]
    pub azimuth: Option<f64>,
    /// Camera elevation in degrees above the base plane. Without a value, the angle that shows most of the paths is
    /// used.
    #[param(valid = 10.0..=80.0)]
    pub elevation: Option<f64>,
    /// Number of tiles along each side of the surface.
    #[param(default = 56, valid = 8.0..=160.0)]
    pub cells: u64,
    /// Scale of the height: `linear`, or `log` for the loss above its minimum. `auto` is `log` if a few values are much
    /// larger than all others.
    #[param(default = "auto")]
    pub height: Scaling,
    /// Whether the map and the projected paths are also drawn on the base plane.
    #[param(default = false)]
    pub floor: bool,
    /// Whether the legend lists the runs.
    #[param(default = true)]
    pub legend: bool,
}

impl ConfiguredFigure for SurfaceFigure {
    fn requirements(&self) -> &'static [FigureRequirement] {
        &[FigureRequirement::Plane]
    }

    fn follows_playhead(&self) -> bool {
        true
    }

    fn camera_angles(&self, subject: &FigureInput) -> Result<Option<[f64; 2]>, Error> {
        if let (Some(azimuth), Some(elevation)) = (self.azimuth, self.elevation) {
            return Ok(Some([azimuth, elevation]));
        }
        let look = FigureStyle::of(&Theme::LIGHT);
        let (field, names) = (self.field(subject)?, subject.path_labels());
        Ok(Some(self.surface(subject, look, &field, &names)?.from))
    }

    fn epoch_selection(&self) -> EpochSelection {
        EpochSelection::Path
    }

    fn example(&self) -> &'static str {
        "--on rosenbrock --with momentum --with rprop --with bfgs"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        let (field, names) = (self.field(subject)?, subject.path_labels());
        let elapsed = subject.elapsed_traces()?;
        // The camera must not move during playback.
        let mut surface = self.surface(subject, look, &field, &names)?;
        for (path, trace) in surface.paths.iter_mut().zip(&elapsed) {
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

    /// Returns the surface with the complete paths on it.
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
            Spacing::Log => format!("{} (log scale)", look.loss),
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
                    style: path.style,
                    label: if self.legend { path.label } else { "" }.to_owned(),
                })
                .collect(),
            start: Some(view.start),
            from: FIRST_CAMERA,
            height: spacing,
            floor: self.floor,
        };
        surface.from = clearest_camera(&surface, [self.azimuth, self.elevation]);
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
        None => "is not finite".to_owned(),
    };
    let paths = if names.is_empty() {
        String::new()
    } else {
        format!(" Paths: {}.", names.join(", "))
    };
    format!(
        "{title}: the loss as a surface over {x} from {w1} and {y} from {w2}. The loss {loss}.{paths}"
    )
}
