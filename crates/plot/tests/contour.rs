//! Contours: areas compared with contourpy, and properties of outlines on random fields.

#![allow(clippy::too_many_lines, reason = "tables of test cases are long")]
#![allow(
    clippy::disallowed_methods,
    reason = "fields to compare with, within a stated tolerance"
)]

use thalweg_plot::contour::{ContourPaths, DataPoint, Grid, Tracer};

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

/// An owned field.
struct Field {
    xs: Vec<f64>,
    ys: Vec<f64>,
    values: Vec<f64>,
}

impl Field {
    fn new(
        [columns, rows]: [usize; 2],
        x: impl Fn(f64) -> f64,
        y: impl Fn(f64) -> f64,
        mut value: impl FnMut([usize; 2], f64, f64) -> f64,
    ) -> Self {
        let xs: Vec<f64> = (0..columns).map(|i| x(i as f64)).collect();
        let ys: Vec<f64> = (0..rows).map(|j| y(j as f64)).collect();
        let nodes = (0..rows).flat_map(|j| (0..columns).map(move |i| [i, j]));
        let values = nodes.map(|[i, j]| value([i, j], xs[i], ys[j])).collect();
        Self { xs, ys, values }
    }

    /// Creates a field with nodes at the whole numbers, `rows` from south to north.
    fn whole<const N: usize>(rows: &[[f64; N]]) -> Self {
        Self::new([N, rows.len()], |i| i, |j| j, |[i, j], _, _| rows[j][i])
    }

    fn tracer(&self) -> Tracer<'_> {
        Tracer::new(Grid::new(&self.xs, &self.ys, &self.values))
    }

    fn at(&self, [i, j]: [usize; 2]) -> f64 {
        self.values[j * self.xs.len() + i]
    }

    /// Returns whether the cell northeast of node `[i, j]` exists and has no masked corner.
    fn is_solid(&self, i: Option<usize>, j: Option<usize>) -> bool {
        let (Some(i), Some(j)) = (i, j) else {
            return false;
        };
        i + 1 < self.xs.len()
            && j + 1 < self.ys.len()
            && [[i, j], [i + 1, j], [i, j + 1], [i + 1, j + 1]]
                .iter()
                .all(|&node| self.at(node).is_finite())
    }

    fn solid_cells(&self) -> impl Iterator<Item = [usize; 2]> {
        let cells = (0..self.ys.len()).flat_map(|j| (0..self.xs.len()).map(move |i| [i, j]));
        cells.filter(|&[i, j]| self.is_solid(Some(i), Some(j)))
    }

    fn area(&self) -> f64 {
        self.solid_cells()
            .map(|[i, j]| (self.xs[i + 1] - self.xs[i]) * (self.ys[j + 1] - self.ys[j]))
            .sum()
    }

    /// Returns the end nodes of the edges with a solid cell on only one side.
    fn border(&self) -> Vec<[[usize; 2]; 2]> {
        let mut border = Vec::new();
        for [i, j] in self.solid_cells() {
            for (k, node) in [(j.checked_sub(1), [i, j]), (Some(j + 1), [i, j + 1])] {
                if !self.is_solid(Some(i), k) {
                    border.push([node, [node[0] + 1, node[1]]]);
                }
            }
            for (k, node) in [(i.checked_sub(1), [i, j]), (Some(i + 1), [i + 1, j])] {
                if !self.is_solid(k, Some(j)) {
                    border.push([node, [node[0], node[1] + 1]]);
                }
            }
        }
        border
    }

    fn point(&self, [i, j]: [usize; 2]) -> DataPoint {
        [self.xs[i], self.ys[j]]
    }
}

fn rings(field: &Field, level: f64) -> Vec<Vec<DataPoint>> {
    let mut rings = ContourPaths::default();
    field.tracer().rings(level, &mut rings);
    rings.iter().map(|ring| ring.points.to_vec()).collect()
}

fn lines(field: &Field, level: f64) -> Vec<(Vec<DataPoint>, bool)> {
    let mut lines = ContourPaths::default();
    field.tracer().lines(level, &mut lines);
    lines
        .iter()
        .map(|line| (line.points.to_vec(), line.closed))
        .collect()
}

/// Returns the pairs of neighboring corners of a ring.
fn segments(ring: &[DataPoint]) -> impl Iterator<Item = [DataPoint; 2]> {
    ring.iter()
        .zip(ring.iter().cycle().skip(1))
        .map(|(&a, &b)| [a, b])
}

/// Returns the signed area, positive if the ring runs counterclockwise.
fn signed_area(ring: &[DataPoint]) -> f64 {
    let [x, y] = ring[0];
    segments(ring)
        .map(|[a, b]| ((a[0] - x) * (b[1] - y) - (b[0] - x) * (a[1] - y)) / 2.0)
        .sum()
}

fn length(segments: impl Iterator<Item = [DataPoint; 2]>) -> f64 {
    segments
        .map(|[a, b]| (b[0] - a[0]).hypot(b[1] - a[1]))
        .sum()
}

fn area_above(tracer: &mut Tracer, level: f64) -> f64 {
    let mut rings = ContourPaths::default();
    tracer.rings(level, &mut rings);
    rings.iter().map(|ring| signed_area(ring.points)).sum()
}

/// Returns a positive number if `c` is on the left of the line from `a` to `b`.
fn side(a: DataPoint, b: DataPoint, c: DataPoint) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// Returns the winding number of the rings around the point.
fn winding(rings: &[Vec<DataPoint>], point: DataPoint) -> i32 {
    let turn = |[a, b]: [DataPoint; 2]| match (a[1] <= point[1], b[1] <= point[1]) {
        (true, false) if side(a, b, point) > 0.0 => 1,
        (false, true) if side(a, b, point) < 0.0 => -1,
        _ => 0,
    };
    rings.iter().flat_map(|ring| segments(ring)).map(turn).sum()
}

fn cross([a, b]: [DataPoint; 2], [c, d]: [DataPoint; 2]) -> bool {
    let opposite = |s: f64, t: f64| s.abs() > 1e-12 && t.abs() > 1e-12 && (s < 0.0) != (t < 0.0);
    opposite(side(a, b, c), side(a, b, d)) && opposite(side(c, d, a), side(c, d, b))
}

/// The generator `SplitMix64`.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> usize {
        (self.next() % n) as usize
    }

    /// Returns a uniform number in `[0, 1)`.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Creates a field of up to 70 x 8 nodes with whole numbers from 0 to 4 if `whole`, else numbers from 0 to 5.
/// Some fields have masked nodes.
fn random_field(random: &mut Random, whole: bool) -> Field {
    let columns = if random.below(4) == 0 {
        60 + random.below(11)
    } else {
        2 + random.below(7)
    };
    let rows = 2 + random.below(7);
    let masked = [0.0, 0.0, 0.05, 0.3][random.below(4)];
    let bend = random.unit();
    let value = |_, _, _| {
        if random.unit() < masked {
            return [NAN, INF, -INF][random.below(3)];
        }
        let value = 5.0 * random.unit();
        if whole { value.floor() } else { value }
    };
    Field::new(
        [columns, rows],
        |i| i * (1.0 + bend * i),
        |j| j - 3.0,
        value,
    )
}

/// Checks the properties of outlines of any field at any level.
fn check_rings(field: &Field, level: f64) {
    let rings = rings(field, level);
    for ring in &rings {
        assert!(ring.len() >= 3, "{ring:?}");
        for (i, &[x, y]) in ring.iter().enumerate() {
            assert!(field.xs[0] <= x && x <= field.xs[field.xs.len() - 1]);
            assert!(field.ys[0] <= y && y <= field.ys[field.ys.len() - 1]);
            assert_ne!(ring[i], ring[(i + 1) % ring.len()], "a repeated corner");
            assert_ne!(ring[i], ring[(i + 2) % ring.len()], "a spike");
        }
    }
    let all: Vec<_> = rings.iter().flat_map(|ring| segments(ring)).collect();
    for (i, &a) in all.iter().enumerate() {
        for &b in &all[..i] {
            assert!(!cross(a, b), "{a:?} crosses {b:?}");
        }
    }
    for [i, j] in field.solid_cells() {
        let [[x0, y0], [x1, y1]] = [field.point([i, j]), field.point([i + 1, j + 1])];
        for t in [0.1234, 0.5271, 0.9013] {
            for u in [0.0917, 0.4863, 0.8989] {
                let around = winding(&rings, [x0 + t * (x1 - x0), y0 + u * (y1 - y0)]);
                assert!(
                    around == 0 || around == 1,
                    "wound {around} times around a point of cell {i}, {j}"
                );
            }
        }
        // The cell's northeastern node, if no border runs through it.
        let inner = [(i, j + 1), (i + 1, j), (i + 1, j + 1)]
            .iter()
            .all(|&(i, j)| field.is_solid(Some(i), Some(j)));
        let value = field.at([i + 1, j + 1]);
        if inner && value != level {
            assert_eq!(
                winding(&rings, [x1, y1]) == 1,
                value > level,
                "node {}, {}",
                i + 1,
                j + 1
            );
        }
    }
}

/// Returns the fields of `golden/contour_areas.csv`, whose header contains the formulas.
fn golden_field(case: &str) -> Field {
    let article = |_, x: f64, y: f64| {
        let data = [
            (0.9, 0.3, 1.0),
            (0.5, 0.3, 1.0),
            (0.2, 0.1, 1.0),
            (0.7, 0.5, 0.0),
            (0.1, 0.8, 0.0),
            (0.1, 0.9, 0.0),
        ];
        data.iter()
            .map(|(a, b, target)| (1.0 / (1.0 + (-(a * x + b * y)).exp()) - target).powi(2))
            .sum::<f64>()
            / 6.0
    };
    let holes = |node: [usize; 2], x: f64, y: f64| match node {
        [5 | 6, 5] | [9, 9] | [11, 11] | [0, 6] | [15, 13] => NAN,
        [12, 3] => INF,
        [3, 10] => -INF,
        _ => x * y + x / 3.0,
    };
    match case {
        "article" => Field::new(
            [50, 50],
            |i| -6.0 + 12.0 * i / 49.0,
            |j| -6.0 + 12.0 * j / 49.0,
            article,
        ),
        "saddles" => Field::new(
            [12, 9],
            |i| i + i * i / 8.0,
            |j| j + j * j / 16.0,
            |[i, j], _, _| ((7 * i + 13 * j + 5 * i * j + 3 * i * i * j) % 17) as f64 / 17.0,
        ),
        "product" => Field::new(
            [8, 8],
            |i| (i - 3.5) / 4.0,
            |j| (j - 3.5) / 4.0,
            |_, x, y| x * y,
        ),
        "plateau" => {
            let value = |_, x: f64, y: f64| (x * x + y * y).clamp(0.25, 0.75);
            Field::new([17, 17], |i| (i - 8.0) / 8.0, |j| (j - 8.0) / 8.0, value)
        }
        "ridge" => Field::new(
            [17, 9],
            |i| (i - 8.0) / 8.0,
            |j| j / 4.0,
            |_, x, _| 1.0 - (x * x).sqrt(),
        ),
        "integers" => Field::new(
            [23, 19],
            |i| i / 3.0,
            |j| j * j / 5.0,
            |[i, j], _, _| ((i * i + 3 * j + i * j) % 7) as f64,
        ),
        "holes" => Field::new([16, 14], |i| (i - 7.0) / 8.0, |j| (j - 6.0) / 8.0, holes),
        "slope" => Field::new(
            [2, 2],
            |i| i,
            |j| 2.0 * j,
            |[i, j], _, _| (i + 2 * j) as f64,
        ),
        "saddle" => Field::new(
            [2, 2],
            |i| i,
            |j| 2.0 * j,
            |[i, j], _, _| [0.0, 1.0, 1.5, 0.25][i + 2 * j],
        ),
        _ => panic!("no field {case}"),
    }
}

#[test]
fn band_areas_agree_with_contourpy() {
    let golden = include_str!("golden/contour_areas.csv");
    let bands: Vec<Vec<&str>> = golden
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| line.split(',').collect())
        .collect();
    for case in bands.chunk_by(|a, b| a[0] == b[0]) {
        let field = golden_field(case[0][0]);
        let tolerance = field.area() * if case[0][0] == "article" { 1e-9 } else { 1e-12 };
        let mut tracer = field.tracer();
        for band in case {
            let [low, high, expected] =
                [1, 2, 3].map(|column| band[column].parse::<f64>().expect("a number"));
            let area = area_above(&mut tracer, low) - area_above(&mut tracer, high);
            assert!((area - expected).abs() <= tolerance, "{band:?}: {area}");
        }
    }
    assert_eq!(bands.len(), 72);
}

#[test]
fn rings_of_random_fields_are_outlines() {
    let mut random = Random(1);
    for round in 0..300 {
        let field = random_field(&mut random, round % 2 == 0);
        for level in [0.0, 0.5, 1.0, 2.0, 2.5, 3.0, 4.0, 5.0 * random.unit()] {
            check_rings(&field, level);
        }
    }
}

#[test]
fn bands_of_random_fields_fill_the_field() {
    let mut random = Random(2);
    for round in 0..300 {
        let field = random_field(&mut random, round % 2 == 0);
        let mut tracer = field.tracer();
        let tolerance = 1e-12 * field.area();
        let mut below = 0.0;
        let mut greater = area_above(&mut tracer, -INF);
        for level in [0.0, 0.75, 1.0, 1.5, 2.0, 2.25, 3.0, 4.0, 4.5, INF] {
            let area = area_above(&mut tracer, level);
            assert!(
                -tolerance <= area && area <= greater + tolerance,
                "{area} at {level} after {greater}"
            );
            below += greater - area;
            greater = area;
        }
        assert!(
            (below - field.area()).abs() <= tolerance,
            "{below} of {}",
            field.area()
        );
        assert_eq!(area_above(&mut tracer, 5.0), 0.0);
    }
}

#[test]
fn lines_are_the_rings_without_the_border() {
    let mut random = Random(3);
    for _ in 0..300 {
        let field = random_field(&mut random, false);
        let level = 5.0 * random.unit();
        let around = length(rings(&field, level).iter().flat_map(|ring| segments(ring)));
        let mut border = 0.0;
        for ends in field.border() {
            let [a, b] = ends.map(|node| field.at(node));
            let inside = match (a >= level, b >= level) {
                (true, true) => 1.0,
                (false, false) => 0.0,
                _ => (a.max(b) - level) / (a - b).abs(),
            };
            border += inside * length([ends.map(|node| field.point(node))].into_iter());
        }
        let mut inner = 0.0;
        for (points, closed) in lines(&field, level) {
            inner += length(segments(&points).take(points.len() - usize::from(!closed)));
        }
        assert!(
            (around - border - inner).abs() <= 1e-10,
            "{around} = {border} + {inner}"
        );
    }
}

#[test]
fn no_line_runs_along_a_border() {
    let mut random = Random(4);
    for _ in 0..300 {
        let field = random_field(&mut random, true);
        let border: Vec<_> = field
            .border()
            .iter()
            .map(|ends| ends.map(|node| field.point(node)))
            .collect();
        for level in [0.0, 1.0, 2.0, 3.0, 4.0] {
            for (points, closed) in lines(&field, level) {
                for [a, b] in segments(&points).take(points.len() - usize::from(!closed)) {
                    // Corners on a straight line are omitted, so a segment can cover many edges.
                    let [low, high] = [
                        [a[0].min(b[0]), a[1].min(b[1])],
                        [a[0].max(b[0]), a[1].max(b[1])],
                    ];
                    let covers = |point: DataPoint| {
                        (0..2).all(|axis| low[axis] <= point[axis] && point[axis] <= high[axis])
                    };
                    let straight = a[0] == b[0] || a[1] == b[1];
                    let edge = border
                        .iter()
                        .find(|[c, d]| straight && covers(*c) && covers(*d));
                    assert_eq!(edge, None, "at {level}");
                }
            }
        }
    }
}

#[test]
fn a_tracer_does_not_depend_on_previous_levels() {
    let mut random = Random(5);
    let field = random_field(&mut random, true);
    let (mut used, mut kept) = (field.tracer(), ContourPaths::default());
    for level in [2.0, -INF, 1.5, 4.0, 0.0, 2.0, NAN, 3.0] {
        used.lines(level, &mut kept);
        used.rings(level, &mut kept);
        let mut fresh = ContourPaths::default();
        field.tracer().rings(level, &mut fresh);
        assert_eq!(kept, fresh);
    }
}

#[test]
fn a_saddle_connects_the_side_of_its_center() {
    // The mean of the corners is 1: it is inside at level 1 (a tie) and below, and outside above.
    let field = Field::whole(&[[2.0, 0.0], [0.0, 2.0]]);
    assert_eq!(
        rings(&field, 1.0),
        [[
            [0.0, 0.0],
            [0.5, 0.0],
            [1.0, 0.5],
            [1.0, 1.0],
            [0.5, 1.0],
            [0.0, 0.5]
        ]]
    );
    assert_eq!(
        rings(&field, 1.5),
        [
            [[0.0, 0.0], [0.25, 0.0], [0.0, 0.25]],
            [[1.0, 0.75], [1.0, 1.0], [0.75, 1.0]]
        ]
    );
    let other = Field::whole(&[[0.0, 2.0], [2.0, 0.0]]);
    assert_eq!(rings(&other, 1.0).len(), 1);
    assert_eq!(rings(&other, 1.5).len(), 2);
    // A checkerboard at its mean: a tie in every cell.
    let board = Field::new([9, 8], |i| i, |j| j, |[i, j], _, _| ((i + j) % 2) as f64);
    check_rings(&board, 0.5);
    assert_eq!(area_above(&mut board.tracer(), 0.5), 0.75 * 56.0);
}

#[test]
fn rings_follow_the_edges_of_holes() {
    let mut rows = [[1.0; 4]; 4];
    rows[2][2] = NAN;
    let field = Field::whole(&rows);
    let l_shape = [
        [0.0, 0.0],
        [3.0, 0.0],
        [3.0, 1.0],
        [1.0, 1.0],
        [1.0, 3.0],
        [0.0, 3.0],
    ];
    assert_eq!(rings(&field, 0.5), [l_shape]);
    assert_eq!(lines(&field, 0.5), []);
    // An inner hole runs in the opposite direction.
    let mut rows = [[1.0; 5]; 5];
    rows[2][2] = INF;
    let areas: Vec<f64> = rings(&Field::whole(&rows), 1.0)
        .iter()
        .map(|ring| signed_area(ring))
        .collect();
    assert_eq!(areas, [16.0, -4.0]);
    // Two holes that meet at a node; and nothing but a hole.
    let mut rows = [[1.0; 7]; 7];
    rows[2][2] = NAN;
    rows[4][4] = NAN;
    assert_eq!(area_above(&mut Field::whole(&rows).tracer(), 0.5), 28.0);
    assert_eq!(
        rings(&Field::whole(&[[1.0, NAN], [1.0, 1.0]]), 0.5).len(),
        0
    );
}

#[test]
fn regions_without_area_have_no_ring() {
    let peak = Field::whole(&[[0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]);
    let ridge = Field::whole(&[[0.0, 0.0, 0.0], [1.0, 1.0, 1.0], [0.0, 0.0, 0.0]]);
    let edge = Field::whole(&[[1.0, 1.0, 1.0], [0.0, 0.0, 0.0]]);
    let rim = Field::whole(&[[1.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]]);
    for field in [&peak, &ridge, &edge] {
        assert_eq!(rings(field, 1.0).len(), 0);
        assert_eq!(rings(field, 0.5).len(), 1);
    }
    assert_eq!(lines(&peak, 1.0), []);
    assert_eq!(lines(&edge, 1.0), []);
    assert_eq!(
        lines(&rim, 1.0),
        [(vec![[1.0, 0.0], [0.0, 1.0], [1.0, 2.0], [2.0, 1.0]], true)]
    );
    // A plateau keeps its area, without the ridge that leads to it.
    let plateau = Field::whole(&[
        [0.0, 0.0, 1.0, 1.0],
        [1.0, 1.0, 1.0, 1.0],
        [0.0, 0.0, 0.0, 0.0],
    ]);
    assert_eq!(
        rings(&plateau, 1.0),
        [[[2.0, 0.0], [3.0, 0.0], [3.0, 1.0], [1.0, 1.0]]]
    );
}

#[test]
fn lines_end_at_the_border() {
    let field = Field::whole(&[[0.0, 1.0, 0.0], [0.0, 1.0, 0.0]]);
    assert_eq!(
        lines(&field, 0.5),
        [
            (vec![[1.5, 0.0], [1.5, 1.0]], false),
            (vec![[0.5, 1.0], [0.5, 0.0]], false)
        ]
    );
    let peak = Field::whole(&[[0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]);
    assert_eq!(
        lines(&peak, 0.5),
        [(vec![[0.5, 1.0], [1.0, 0.5], [1.5, 1.0], [1.0, 1.5]], true)]
    );
}

#[test]
fn levels_that_are_not_finite() {
    let field = Field::whole(&[[0.0, INF, 1.0, 2.0], [0.0, 1.0, 1.0, -3.0]]);
    assert_eq!(
        rings(&field, -INF),
        [[[2.0, 0.0], [3.0, 0.0], [3.0, 1.0], [2.0, 1.0]]]
    );
    for level in [INF, NAN] {
        assert_eq!(rings(&field, level).len(), 0);
    }
    for level in [-INF, INF, NAN] {
        assert_eq!(lines(&field, level), []);
    }
}

#[test]
fn the_largest_and_smallest_numbers_do_not_overflow() {
    let huge = Field::whole(&[[-f64::MAX, f64::MAX], [-f64::MAX, f64::MAX]]);
    assert_eq!(lines(&huge, 0.0), [(vec![[0.5, 1.0], [0.5, 0.0]], false)]);
    let tiny = Field::whole(&[[0.0, 2.0 * 5e-324], [0.0, 2.0 * 5e-324]]);
    assert_eq!(
        lines(&tiny, 5e-324),
        [(vec![[0.5, 1.0], [0.5, 0.0]], false)]
    );
}

#[test]
#[should_panic(expected = "at least 2 x 2 nodes")]
fn a_grid_needs_cells() {
    Grid::new(&[0.0], &[0.0, 1.0], &[0.0, 0.0]);
}

#[test]
#[should_panic(expected = "a grid of 2 x 3 nodes needs a value for each, not 5")]
fn a_grid_needs_a_value_for_each_node() {
    Grid::new(&[0.0, 1.0, 2.0], &[0.0, 1.0], &[0.0; 5]);
}

#[test]
#[should_panic(expected = "must increase strictly")]
fn the_columns_of_a_grid_must_increase() {
    Grid::new(&[0.0, 1.0, 1.0], &[0.0, 1.0], &[0.0; 6]);
}

#[test]
#[should_panic(expected = "must be finite")]
fn the_coordinates_of_a_grid_must_be_finite() {
    Grid::new(&[0.0, 1.0], &[0.0, NAN], &[0.0; 4]);
}

#[test]
fn cells_that_only_touch_at_a_corner_have_separate_rings() {
    for [masked, other] in [[[2, 0], [0, 2]], [[0, 0], [2, 2]]] {
        let value = |node, _, _| {
            if node == masked || node == other {
                NAN
            } else {
                1.0
            }
        };
        let field = Field::new([3, 3], |i| i, |j| j, value);
        let areas: Vec<f64> = rings(&field, 0.5)
            .iter()
            .map(|ring| signed_area(ring))
            .collect();
        assert_eq!(areas, [1.0, 1.0]);
    }
}

#[test]
fn rounding_at_a_saddle_leaves_no_spike() {
    // The mean of the northeastern cell is below 1, but rounds to 1: its corners are connected.
    let below = 1.0 - f64::EPSILON / 2.0;
    let field = Field::whole(&[[1.0, 1.0, 0.0], [1.0, 1.0, below], [0.0, below, 1.0]]);
    check_rings(&field, 1.0);
    assert_eq!(
        rings(&field, 1.0),
        [[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]]
    );
}

#[test]
fn rounding_keeps_points_in_the_grid() {
    let (xs, ys) = (
        [0.1, 0.1 + f64::EPSILON / 16.0],
        [0.7, 0.7 + f64::EPSILON / 2.0],
    );
    for values in [
        [0.0, 1.0, 0.0, 1.0],
        [1.0, 0.0, 1.0, 0.0],
        [0.0, 0.0, 1.0, 1.0],
    ] {
        let mut tracer = Tracer::new(Grid::new(&xs, &ys, &values));
        let mut lines = ContourPaths::default();
        for k in 1..1000 {
            tracer.lines(f64::from(k) / 1000.0, &mut lines);
            for [x, y] in lines.iter().flat_map(|line| line.points) {
                assert!(xs[0] <= *x && *x <= xs[1] && ys[0] <= *y && *y <= ys[1]);
            }
        }
    }
}

#[test]
fn a_line_that_meets_the_border_is_two_lines() {
    // Along the northern border the region between the two hills has no width.
    let valley = Field::whole(&[
        [2.0, 0.0, 0.0, 2.0],
        [2.0, 0.0, 0.0, 2.0],
        [2.0, 1.0, 1.0, 2.0],
    ]);
    let west = vec![[0.5, 0.0], [0.5, 1.0], [1.0, 2.0]];
    let east = vec![[2.0, 2.0], [2.5, 1.0], [2.5, 0.0]];
    assert_eq!(lines(&valley, 1.0), [(west, false), (east, false)]);
    // A line of nodes inside the grid is an ordinary line; a node on the border is not.
    let terrace = Field::whole(&[[2.0, 2.0, 2.0], [1.0, 1.0, 1.0], [0.0, 0.0, 0.0]]);
    assert_eq!(
        lines(&terrace, 1.0),
        [(vec![[2.0, 1.0], [0.0, 1.0]], false)]
    );
    assert_eq!(
        lines(&Field::whole(&[[0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]), 1.0),
        []
    );
}
