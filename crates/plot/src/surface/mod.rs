//! A function of two weights as a 3D surface with paths.

mod bounding_box;
mod floor;
mod height;
mod paths;
mod projection;
mod space;
pub mod view;

use crate::prelude::*;
use crate::{
    layout::{LegendEntry, LegendHandle, legend},
    marks::Overlap,
    surface::view::{Camera, HEIGHT, Point3, dot},
    text::fitted,
};
use height::{HeightScale, median_share};
pub use paths::SurfacePath;
pub use projection::SurfaceProjection;
use space::SurfaceGeometry;
use std::sync::Arc;
use thalweg::{field::Field, over::Spacing};

/// A shaded surface with mesh lines and paths. Parts behind the surface are hidden.
pub struct Surface<'a> {
    /// Width and height in px.
    pub size: [f64; 2],
    /// Title above the figure.
    pub title: String,
    /// Alternative text.
    pub description: String,
    /// The field; each of its cells is one tile of the surface.
    pub field: &'a Field,
    /// Labels of the two weights and of the value.
    pub labels: [String; 3],
    /// The paths from back to front.
    pub paths: Vec<SurfacePath<'a>>,
    /// The initial point, if it is marked.
    pub start: Option<[f64; 2]>,
    /// View: azimuth and elevation in degrees.
    pub from: [f64; 2],
    /// Linear or logarithmic height.
    pub height: Spacing,
    /// Whether the floor below the surface shows the map and the paths.
    pub floor: bool,
}

/// Space for labels around the box, in px.
const MARGIN: Rect = Rect::new([84.0, 44.0], [124.0, 104.0]);
/// Unit vector to the light for azimuth 0: from above and slightly from the side.
const LIGHT: Point3 = [0.597_834, 0.050_936, 0.8];
/// Distance between the surface and a floor with a map.
const LIFT: f64 = 0.85;
/// A field is steep if its median lies below this fraction of its range.
const STEEP: f64 = 0.15;

/// Returns the best spacing for a field: logarithmic if a few values are much larger than all others.
pub fn spacing_of(field: &Field) -> Spacing {
    if median_share(field) < STEEP {
        Spacing::Log
    } else {
        Spacing::Linear
    }
}

impl Surface<'_> {
    /// Returns the view that shows most of the paths: azimuth and elevation in degrees.
    ///
    /// Selects the first elevation that shows almost everything, then the first azimuth that is almost optimal.
    pub fn clearest(&self, azimuths: &[f64], elevations: &[f64]) -> [f64; 2] {
        let space = self.space();
        let points = self
            .paths
            .iter()
            .flat_map(|path| paths::samples(path, &space));
        let places: Vec<Point3> = points.filter_map(|p| space.on_surface(p)).collect();
        // A few more visible points do not justify another view.
        let worth = places.len() / 20;
        let mut best = (self.from, None);
        for elevation in elevations {
            if best.1.is_some_and(|seen| seen + worth >= places.len()) {
                break;
            }
            for azimuth in azimuths {
                let from = [*azimuth, *elevation];
                let view = Camera::new(from, space.top, MARGIN);
                let seen = places.iter().filter(|p| space.visible(**p, &view)).count();
                if best.1.is_none_or(|most| seen > most + worth) {
                    best = (from, Some(seen));
                }
            }
        }
        best.0
    }

    fn space(&self) -> SurfaceGeometry {
        let lift = if self.floor { LIFT } else { 0.0 };
        SurfaceGeometry::new(self.field, HeightScale::new(self.field, self.height), lift)
    }

    /// Returns the entries of the legend.
    fn keys(&self, theme: &Theme) -> Vec<LegendEntry> {
        let named = self.paths.iter().filter(|path| !path.label.is_empty());
        let mut keys: Vec<LegendEntry> = named.map(|path| path.key(theme)).collect();
        let is_seen = |start: [f64; 2]| {
            let space = self.space();
            space.on_surface(space.floor(start)).is_some()
        };
        if !keys.is_empty() && self.start.is_some_and(is_seen) {
            let sign = LegendHandle::Cross(theme.foreground);
            keys.push(LegendEntry::new("Initial point", sign));
        }
        keys
    }

    /// Lays out the figure.
    pub fn scene(&self, theme: &Theme) -> Scene {
        self.laid_out(theme).0
    }

    /// Returns the scene and the projection of the surface, for drawing over the scene.
    pub fn laid_out(&self, theme: &Theme) -> (Scene, SurfaceProjection) {
        let keys = self.keys(theme);
        let room = self.size[0] - 2.0 * LEGEND;
        let (_, high) = legend::rows(&keys, [LEGEND, 0.0], room, theme);
        let [width, height] = self.size;
        let size = [width - MARGIN.width, height - MARGIN.height - high];
        let area = Rect::new([MARGIN.left, MARGIN.top], size);
        let (rows, _) = legend::rows(&keys, [LEGEND, self.size[1] - high - 10.0], room, theme);
        let space = self.space();
        let view = Camera::new(self.from, space.top, area);
        let page = Rect::new([0.0; 2], [width, height - high]);
        let cage = bounding_box::draw(&self.labels, &view, &space, page, theme);
        let mut nodes = vec![group("cage", cage)];
        if self.floor {
            let below = floor::draw(&self.paths, &view, &space, theme);
            nodes.push(group("floor", below));
        }
        nodes.push(group("surface", tiles(&view, &space, theme)));
        let mut below = Overlap::default();
        for path in &self.paths {
            let path = paths::draw(path, &mut below, &view, &space, theme);
            nodes.push(group("path", path));
        }
        let ends = paths::draw_ends((self.start, &self.paths), &view, &space, theme);
        nodes.push(group("marks", ends));
        if !keys.is_empty() {
            nodes.push(group("legend", rows));
        }
        let heading = [width / 2.0, 26.0];
        let (title, size) = fitted(&self.title, theme.text + 1.0, width - 12.0, theme.small);
        let title = label(heading, title, size, theme.foreground, Align::Middle);
        nodes.push(title);
        let words = [&self.title, &self.description];
        let scene = Scene::titled(self.size, words, theme.background, nodes);
        let space = Arc::new(space);
        (scene, SurfaceProjection { area, view, space })
    }
}

/// Left and right margin of the legend in px.
const LEGEND: f64 = 26.0;

/// Returns the cells of the field, the farthest first.
fn tiles(view: &Camera, space: &SurfaceGeometry, theme: &Theme) -> Vec<Node> {
    let field = &space.heights;
    let columns = field.xs.len();
    let corner = |[i, j]: [usize; 2]| -> Point3 {
        let [x, y] = space.floor([field.xs[i], field.ys[j]]);
        [x, y, field.values[j * columns + i]]
    };
    let cells = (0..field.ys.len() - 1).flat_map(|j| (0..columns - 1).map(move |i| (i, j)));
    let mut tiles: Vec<(f64, [Point3; 4])> = cells
        .map(|(i, j)| [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]].map(corner))
        .filter(|tile| tile.iter().all(|p| p[2].is_finite()))
        .map(|tile| {
            let center = [0, 1].map(|k| f64::midpoint(tile[0][k], tile[2][k]));
            // Cells are ordered by their position on the floor: a nearer cell hides a farther one at any height.
            (view.nearness([center[0], center[1], 0.0]), tile)
        })
        .collect();
    tiles.sort_by(|a, b| a.0.total_cmp(&b.0));
    let light = light(view);
    let node = |(_, tile): &(f64, [Point3; 4])| {
        let height = (tile.iter().map(|p| p[2]).sum::<f64>() / 4.0 - space.low) / HEIGHT;
        let color = theme.ramp_at(height);
        let shade = 0.35 * (1.0 - dot(normal(tile), light).clamp(0.0, 1.0));
        let fill = color.mix(theme.shadow(), shade);
        let line = Stroke::new(color.mix(theme.shadow(), 0.45), 0.5);
        polygon(tile.map(|p| view.px(p)).to_vec(), Some(fill), Some(line))
    };
    tiles.iter().map(node).collect()
}

/// Returns the direction of the light, which is fixed relative to the camera.
fn light(view: &Camera) -> Point3 {
    let [x, y, _] = view.eye;
    let aside = (x * x + y * y).sqrt();
    let [ahead, right, up] = LIGHT;
    let turned = [ahead * x - right * y, ahead * y + right * x].map(|v| v / aside);
    [turned[0], turned[1], up]
}

/// Returns the upward unit normal of a tile.
fn normal(tile: &[Point3; 4]) -> Point3 {
    let across = |a: Point3, b: Point3| [0, 1, 2].map(|k| b[k] - a[k]);
    let (p, q) = (across(tile[0], tile[2]), across(tile[1], tile[3]));
    let n = [
        p[1] * q[2] - p[2] * q[1],
        p[2] * q[0] - p[0] * q[2],
        p[0] * q[1] - p[1] * q[0],
    ];
    let length = dot(n, n).sqrt();
    n.map(|v| v / length)
}
