//! A function of two weights as a surface in space, with a path on it.

use crate::{
    color::Color,
    scale::{Scale, Ticks},
    scene::{Align, Node, Point, Rect, Scene, Stroke, Text},
    shapes::{group, open_lines, polygon, text},
    theme::Theme,
    view::{HEIGHT, Place, View, dot},
};
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
    left: 70.0,
    top: 40.0,
    width: 110.0,
    height: 120.0,
};
/// Where the light comes from: from above, a little from the side; a unit vector.
const LIGHT: Place = [0.36, -0.48, 0.8];
/// Path points are taken at most this far apart, in cells, so that the path follows the tiles.
const STRIDE: f64 = 0.25;
/// A path point counts as hidden when the surface is above its line of sight by this much, in box heights.
const CLEARANCE: f64 = 0.004;
/// Steps along a line of sight through the box.
const SIGHT_STEPS: usize = 240;

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
            group("box", self.walls(&view, &space, theme)),
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

    /// The floor's edges and the two far walls with the numbers.
    fn walls(&self, view: &View, space: &Space, theme: &Theme) -> Vec<Node> {
        // The sides of the box that are turned to the eye.
        let near = [view.eye[0].signum(), view.eye[1].signum()];
        let far = [-near[0], -near[1]];
        let line = |a: Place, b: Place| vec![view.px(a), view.px(b)];
        let mut faint = Vec::new();
        let mut ticks = Vec::new();
        let mut words = Vec::new();
        let center = view.px([0.0, 0.0, 0.0]);
        let mut number = |p: Place, outward: Point, label: String, size: f64| {
            let at = view.px(p);
            words.push(Node::Text(Text {
                turn: 0.0,
                ..text(
                    [at[0] + outward[0], at[1] + outward[1] + 0.36 * size],
                    label,
                    size,
                    theme.ink,
                    Align::Middle,
                )
            }));
        };

        // Numbers of the weights stand along the near edges of the floor, lines run up the far walls.
        for axis in 0..2 {
            let other = 1 - axis;
            let place = |along: f64, across: f64, z: f64| {
                let mut p = [0.0, 0.0, z];
                p[axis] = along;
                p[other] = across;
                p
            };
            let edge = view.px(place(0.0, near[other], 0.0));
            let side = if edge[0] < center[0] { -1.0 } else { 1.0 };
            let scale = &space.scales[axis];
            let marks = Ticks::new(scale.data, 6);
            for v in &marks.values {
                let t = scale.px_from_data(*v);
                faint.push(line(
                    place(t, far[other], 0.0),
                    place(t, far[other], HEIGHT),
                ));
                faint.push(line(place(t, far[other], 0.0), place(t, near[other], 0.0)));
                ticks.push(line(
                    place(t, near[other], 0.0),
                    place(t, 1.04 * near[other], 0.0),
                ));
                number(
                    place(t, 1.04 * near[other], 0.0),
                    [side * 12.0, 10.0],
                    marks.label(*v),
                    theme.small,
                );
            }
            number(
                place(0.0, near[other], 0.0),
                [side * 58.0, 44.0],
                self.labels[axis].clone(),
                theme.text,
            );
        }

        // The values stand along the left edge of the box.
        let corners = [[near[0], far[1]], [far[0], near[1]]];
        let x = |corner: &[f64; 2]| view.px([corner[0], corner[1], 0.0])[0];
        let left = if x(&corners[0]) < x(&corners[1]) {
            corners[0]
        } else {
            corners[1]
        };
        let marks = Ticks::new(space.scales[2].data, 6);
        for v in &marks.values {
            let z = space.scales[2].px_from_data(*v);
            faint.push(line([far[0], -1.0, z], [far[0], 1.0, z]));
            faint.push(line([-1.0, far[1], z], [1.0, far[1], z]));
            number(
                [left[0], left[1], z],
                [-22.0, 0.0],
                marks.label(*v),
                theme.small,
            );
        }
        number(
            [left[0], left[1], HEIGHT],
            [-6.0, -18.0],
            self.labels[2].clone(),
            theme.text,
        );

        let floor = [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]];
        let floor = floor.map(|[x, y]| view.px([x, y, 0.0])).to_vec();
        let ink = Stroke::new(theme.ink, 1.0);
        let upright = line([left[0], left[1], 0.0], [left[0], left[1], HEIGHT]);
        let mut nodes = vec![
            open_lines(faint, Stroke::new(theme.faint, 0.75)),
            polygon(floor, None, Some(ink)),
            open_lines(ticks, ink),
            open_lines([upright], ink),
        ];
        nodes.append(&mut words);
        nodes
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

/// The box that holds a field.
struct Space<'a> {
    field: &'a Field,
    /// From the weights to [-1, 1], from the value to [0, HEIGHT].
    scales: [Scale; 3],
}

impl<'a> Space<'a> {
    fn new(field: &'a Field) -> Self {
        let ends = |v: &[f64]| [v[0], v[v.len() - 1]];
        let [low, high] = field.range().unwrap_or([0.0, 1.0]);
        let values = if low < high {
            [low, high]
        } else {
            [low - 0.5, low + 0.5]
        };
        let scale = |data, px| Scale { data, px };
        Self {
            field,
            scales: [
                scale(ends(&field.xs), [-1.0, 1.0]),
                scale(ends(&field.ys), [-1.0, 1.0]),
                scale(values, [0.0, HEIGHT]),
            ],
        }
    }

    /// The place on the floor under a point of data.
    fn floor(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [
            self.scales[0].px_from_data(x),
            self.scales[1].px_from_data(y),
        ]
    }

    /// Height of the surface over a place on the floor.
    fn height(&self, [x, y]: [f64; 2]) -> f64 {
        let back = |scale: &Scale, t: f64| {
            scale.data[0] + (t + 1.0) / 2.0 * (scale.data[1] - scale.data[0])
        };
        let v = self
            .field
            .at([back(&self.scales[0], x), back(&self.scales[1], y)]);
        self.scales[2].px_from_data(v)
    }

    /// The place of the surface over a place on the floor, if that lies in the box.
    fn on_surface(&self, p: [f64; 2]) -> Option<Place> {
        let inside = p.iter().all(|t| (-1.0..=1.0).contains(t));
        let z = self.height(p);
        (inside && z.is_finite()).then_some([p[0], p[1], z])
    }

    /// Whether nothing of the surface is before this place of it.
    fn visible(&self, place: Place, view: &View) -> bool {
        let stride = 4.0 / SIGHT_STEPS as f64;
        for i in 1..=SIGHT_STEPS {
            let t = i as f64 * stride;
            let p = [0, 1, 2].map(|k| place[k] + t * view.eye[k]);
            if p[0].abs() > 1.0 || p[1].abs() > 1.0 || p[2] > HEIGHT {
                return true;
            }
            if self.height([p[0], p[1]]) > p[2] + CLEARANCE * HEIGHT {
                return false;
            }
        }
        true
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
            let center = [0, 1].map(|k| (tile[0][k] + tile[2][k]) / 2.0);
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
