//! A function of two weights as a surface in space, with paths on it.

mod cage;
mod floor;
mod height;
mod paths;
mod space;
mod stage;
pub mod view;

use crate::prelude::*;
use crate::{
    layout::{LegendEntry, legend},
    surface::view::{Camera, HEIGHT, Point3, dot},
};
use height::{HeightScale, median_share};
pub use paths::SurfacePath;
use space::SurfaceGeometry;
pub use stage::SurfaceProjection;
use std::sync::Arc;
use thalweg::{field::Field, over::Spacing};

/// A shaded surface with its mesh lines and paths on it, hidden where the surface is before them.
pub struct Surface<'a> {
    /// Width and height in px.
    pub size: [f64; 2],
    /// Names the figure, above it.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// The surface; each of its cells is one tile.
    pub field: &'a Field,
    /// Names of the two weights and of the value.
    pub labels: [String; 3],
    /// The paths, the first at the back.
    pub paths: Vec<SurfacePath<'a>>,
    /// From where it is seen: azimuth and elevation in degrees.
    pub from: [f64; 2],
    /// Whether equal differences of the value are equally high, or equal ratios above the least one.
    pub height: Spacing,
    /// Whether the map and the paths are shown on the floor, the surface above it.
    pub floor: bool,
}

/// Room for numbers and names around the box, in px.
const MARGIN: Rect = Rect::new([84.0, 44.0], [124.0, 104.0]);
/// Where the light comes from for an eye at azimuth 0: from above, a little from the side; a unit vector.
const LIGHT: Point3 = [0.597_834, 0.050_936, 0.8];
/// How high the surface lies above a floor that shows something.
const LIFT: f64 = 0.85;
/// A field whose median lies below this share of its range is steep.
const STEEP: f64 = 0.15;

/// The spacing that shows the most of a field: ratios where a few values tower above all others.
pub fn spacing_of(field: &Field) -> Spacing {
    if median_share(field) < STEEP {
        Spacing::Log
    } else {
        Spacing::Linear
    }
}

impl Surface<'_> {
    /// From where the most of the paths is seen: azimuth and elevation in degrees.
    ///
    /// Of the elevations the first that shows nearly all, of the azimuths at it the first that no other much betters.
    pub fn clearest(&self, azimuths: &[f64], elevations: &[f64]) -> [f64; 2] {
        let space = self.space();
        let points = self
            .paths
            .iter()
            .flat_map(|path| paths::samples(path, &space));
        let places: Vec<Point3> = points.filter_map(|p| space.on_surface(p)).collect();
        // A few more are not worth another view.
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

    /// Lays the figure out.
    pub fn scene(&self, theme: &Theme) -> Scene {
        self.laid_out(theme).0
    }

    /// The scene, and where in it the places of the surface are: for what is to be drawn over it.
    pub fn laid_out(&self, theme: &Theme) -> (Scene, SurfaceProjection) {
        let named = self.paths.iter().filter(|path| !path.label.is_empty());
        let keys: Vec<LegendEntry> = named.map(|path| path.key(theme)).collect();
        let room = self.size[0] - 2.0 * LEGEND;
        let (_, high) = legend::rows(&keys, [LEGEND, 0.0], room, theme);
        let [width, height] = self.size;
        let size = [width - MARGIN.width, height - MARGIN.height - high];
        let area = Rect::new([MARGIN.left, MARGIN.top], size);
        let (rows, _) = legend::rows(&keys, [LEGEND, self.size[1] - high - 10.0], room, theme);
        let space = self.space();
        let view = Camera::new(self.from, space.top, area);
        let cage = cage::draw(&self.labels, &view, &space, width, theme);
        let mut nodes = vec![group("cage", cage)];
        if self.floor {
            let below = floor::draw(&self.paths, &view, &space, theme);
            nodes.push(group("floor", below));
        }
        nodes.push(group("surface", tiles(&view, &space, theme)));
        for path in &self.paths {
            nodes.push(group("path", paths::draw(path, &view, &space, theme)));
        }
        if !keys.is_empty() {
            nodes.push(group("legend", rows));
        }
        let (heading, size) = ([width / 2.0, 26.0], theme.text + 1.0);
        let title = label(heading, &*self.title, size, theme.ink, Align::Middle);
        nodes.push(title);
        let words = [&self.title, &self.description];
        let scene = Scene::titled(self.size, words, theme.paper, nodes);
        let space = Arc::new(space);
        (scene, SurfaceProjection { area, view, space })
    }
}

/// Room at the left and the right of the legend, in px.
const LEGEND: f64 = 26.0;

/// The cells of the field, the farthest first.
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
            // Over a plane, what is nearer on the floor hides what is farther, whatever the heights.
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

/// Where the light comes from: always from the same side of the eye.
fn light(view: &Camera) -> Point3 {
    let [x, y, _] = view.eye;
    let aside = (x * x + y * y).sqrt();
    let [ahead, right, up] = LIGHT;
    let turned = [ahead * x - right * y, ahead * y + right * x].map(|v| v / aside);
    [turned[0], turned[1], up]
}

/// Unit vector at right angles to a tile, upwards.
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
