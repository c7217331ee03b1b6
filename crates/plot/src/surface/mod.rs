//! A function of two weights as a surface in space, with a path on it.

mod cage;
mod space;

use crate::{
    color::Color,
    scene::{Align, Node, Point, Rect, Scene, Stroke},
    shapes::{group, open_lines, polygon, text},
    theme::Theme,
    view::{HEIGHT, Place, View, dot},
};
use space::Space;
use thalweg::{field::Field, trace::Trace};

/// A shaded surface with its mesh lines and a path on it, hidden where the surface is before it.
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
    /// The path, its colour.
    pub path: (&'a Trace, Color),
    /// From where it is seen: azimuth and elevation in degrees.
    pub from: [f64; 2],
}

/// Room for numbers and names around the box, in px.
const MARGIN: Rect = Rect {
    left: 84.0,
    top: 44.0,
    width: 124.0,
    height: 104.0,
};
/// Where the light comes from: from above, a little from the side; a unit vector.
const LIGHT: Place = [0.36, -0.48, 0.8];
/// Path points are taken at most this far apart, in cells, so that the path follows the tiles.
const STRIDE: f64 = 0.25;
impl Surface<'_> {
    /// Lays the figure out.
    pub fn scene(&self, theme: &Theme) -> Scene {
        let area = Rect {
            left: MARGIN.left,
            top: MARGIN.top,
            width: self.size[0] - MARGIN.width,
            height: self.size[1] - MARGIN.height,
        };
        let view = View::new(self.from[0], self.from[1], area);
        let space = Space::new(self.field);
        let heading = [self.size[0] / 2.0, 26.0];
        let size = theme.text + 1.0;
        let nodes = vec![
            group("cage", cage::draw(&self.labels, &view, &space, theme)),
            group("surface", tiles(&view, &space, theme)),
            group("path", self.path(&view, &space, theme)),
            Node::Text(text(heading, &*self.title, size, theme.ink, Align::Middle)),
        ];
        Scene {
            size: self.size,
            title: self.title.clone(),
            description: self.description.clone(),
            background: theme.paper,
            nodes,
        }
    }

    /// The parts of the path that can be seen, its start and its end.
    fn path(&self, view: &View, space: &Space, theme: &Theme) -> Vec<Node> {
        let (trace, color) = &self.path;
        let stride = STRIDE * 2.0 / (self.field.xs.len() - 1) as f64;
        let corners: Vec<[f64; 2]> = trace.path().map(|w| space.floor([w[0], w[1]])).collect();
        let mut points = corners[..1].to_vec();
        for pair in corners.windows(2) {
            let way = [pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]];
            let pieces = ((way[0] * way[0] + way[1] * way[1]).sqrt() / stride)
                .ceil()
                .clamp(1.0, 1e4);
            for i in 1..=pieces as usize {
                let t = i as f64 / pieces;
                points.push([pair[0][0] + t * way[0], pair[0][1] + t * way[1]]);
            }
        }
        let places = points.into_iter().map(|p| space.on_surface(p));
        let mut seen: Vec<Vec<Point>> = Vec::new();
        let mut open = false;
        for place in places {
            let shown = place.is_some_and(|p| space.visible(p, view));
            if let (true, Some(place)) = (shown, place) {
                match seen.last_mut() {
                    Some(line) if open => line.push(view.px(place)),
                    _ => seen.push(vec![view.px(place)]),
                }
            }
            open = shown;
        }
        let casing = theme.casing(*color);
        let mut nodes = vec![
            open_lines(seen.clone(), Stroke::new(casing, 5.5)),
            open_lines(seen, Stroke::new(*color, 3.5)),
        ];
        let ends = [corners.first(), corners.last()].into_iter().flatten();
        for (i, p) in ends.enumerate() {
            if let Some(place) = space.on_surface(*p).filter(|p| space.visible(*p, view)) {
                let glyph = if i == 0 {
                    crate::marks::Glyph::Cross
                } else {
                    crate::marks::Glyph::Disc
                };
                crate::marks::draw_glyph(glyph, view.px(place), 6.0, *color, casing, &mut nodes);
            }
        }
        nodes
    }
}

/// The cells of the field, the farthest first.
fn tiles(view: &View, space: &Space, theme: &Theme) -> Vec<Node> {
    let field = space.field;
    let columns = field.xs.len();
    let corner = |i: usize, j: usize| -> Place {
        let [x, y] = space.floor([field.xs[i], field.ys[j]]);
        [
            x,
            y,
            space.scales[2].px_from_data(field.values[j * columns + i]),
        ]
    };
    let cells = (0..field.ys.len() - 1).flat_map(|j| (0..columns - 1).map(move |i| (i, j)));
    let mut tiles: Vec<(f64, [Place; 4])> = cells
        .map(|(i, j)| {
            [
                corner(i, j),
                corner(i + 1, j),
                corner(i + 1, j + 1),
                corner(i, j + 1),
            ]
        })
        .filter(|tile| tile.iter().all(|p| p[2].is_finite()))
        .map(|tile| {
            let center = [0, 1].map(|k| f64::midpoint(tile[0][k], tile[2][k]));
            // Over a plane, what is nearer on the floor hides what is farther, whatever the heights.
            (view.nearness([center[0], center[1], 0.0]), tile)
        })
        .collect();
    tiles.sort_by(|a, b| a.0.total_cmp(&b.0));
    let node = |(_, tile): &(f64, [Place; 4])| {
        let height = tile.iter().map(|p| p[2]).sum::<f64>() / 4.0 / HEIGHT;
        let color = theme.ramp_at(height);
        let shade = 0.35 * (1.0 - dot(normal(tile), LIGHT).clamp(0.0, 1.0));
        let fill = color.mix(theme.ink, shade);
        let line = Stroke::new(color.mix(theme.ink, 0.45), 0.5);
        polygon(tile.map(|p| view.px(p)).to_vec(), Some(fill), Some(line))
    };
    tiles.iter().map(node).collect()
}

/// Unit vector at right angles to a tile, upwards.
fn normal(tile: &[Place; 4]) -> Place {
    let across = |a: Place, b: Place| [0, 1, 2].map(|k| b[k] - a[k]);
    let (p, q) = (across(tile[0], tile[2]), across(tile[1], tile[3]));
    let n = [
        p[1] * q[2] - p[2] * q[1],
        p[2] * q[0] - p[0] * q[2],
        p[0] * q[1] - p[1] * q[0],
    ];
    let length = dot(n, n).sqrt();
    n.map(|v| v / length)
}
