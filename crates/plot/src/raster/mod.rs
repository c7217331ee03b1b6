//! Rasterization of scenes, for still pictures and animations.
//!
//! Shapes and the outlines of letters are filled by tiny-skia, so the same scene gives the same pixels on every
//! machine. Nodes with a coordinate that is not finite are omitted, as in the other formats.

mod clip;
mod outlines;
mod painter;
pub mod pixels;

use crate::prelude::*;
use crate::{KeepGoing, PlotError};
#[cfg(feature = "pdf")]
pub(crate) use outlines::letters;
pub(crate) use outlines::{bounds, bounds_of, bounds_of_all, line, outline, polygon};
use painter::{Painter, solid};
pub use pixels::Pixels;
use tiny_skia::{Pixmap, PixmapMut, Transform};

/// Draws the scene as opaque pixels on white, with this width and height in pixels.
///
/// # Errors
/// The picture has no pixels, or `keep_going` returned false.
pub(crate) fn picture(
    scene: &Scene,
    [width, height]: [u32; 2],
    keep_going: KeepGoing,
) -> Result<Pixmap, PlotError> {
    let mut pixmap = Pixmap::new(width, height).ok_or(PlotError::NoPixels {
        width: width.into(),
        height: height.into(),
        scale: 1.0,
    })?;
    pixmap.fill(tiny_skia::Color::WHITE);
    let [width, height] = [width, height].map(|side| side as f32);
    if let Some(whole) = tiny_skia::Rect::from_xywh(0.0, 0.0, width, height) {
        let background = solid(scene.background);
        pixmap.fill_rect(whole, &background, Transform::identity(), None);
    }
    // Scaled to whole pixels in both directions, so that the edges are sharp.
    let [across, down] = scene.size.map(|px| px as f32);
    let to_pixels = Transform::from_scale(width / across, height / down);
    let mut canvas = Painter {
        to_pixels,
        onto: &mut pixmap.as_mut(),
        keep_going,
    };
    canvas.paint(&scene.bounded().nodes, None)?;
    Ok(pixmap)
}

/// Converts an opaque picture to red, green, and blue per pixel, in place.
pub(crate) fn rgb(pixmap: Pixmap) -> Vec<u8> {
    let mut data = pixmap.take();
    let count = data.len() / 4;
    for i in 0..count {
        data.copy_within(4 * i..4 * i + 3, 3 * i);
    }
    data.truncate(3 * count);
    data
}

/// Draws nodes with `scale` pixels per px onto the part of a picture that begins at column `left` and row `top`. The part is
/// incomplete if `keep_going` returned false.
pub(crate) fn paint(
    nodes: &[Node],
    scale: f64,
    [left, top]: [usize; 2],
    onto: &mut PixmapMut,
    keep_going: KeepGoing,
) {
    let mut painter = Painter {
        to_pixels: pixels(scale, [left, top]),
        onto,
        keep_going,
    };
    // The caller checks next whether the work shall stop.
    let _ = painter.paint(nodes, None);
}

/// Transform from px to pixels, relative to the column `left` and the row `top`.
pub(crate) fn pixels(scale: f64, [left, top]: [usize; 2]) -> Transform {
    let scale = scale as f32;
    Transform::from_row(scale, 0.0, 0.0, scale, -(left as f32), -(top as f32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        scene::{Align, Polyline, TextNode, group, open_lines, polygon, text},
        text::{cap_height, width},
    };

    const BLACK: Color = Color::hex(0);

    /// Draws nodes of 60 x 40 px on white, at scale 2.
    fn drawn(nodes: Vec<Node>) -> Pixels {
        let scene = Scene {
            nodes,
            ..Scene::blank([60.0, 40.0], Color::hex(0x00ff_ffff))
        };
        Pixels::of(&scene, [120, 80]).unwrap()
    }

    #[test]
    fn a_line_of_many_points_is_drawn_as_one_line() {
        for opacity in [0.5, 1.0] {
            let stroke = Stroke::new(BLACK.with_opacity(opacity), 4.0);
            let points = |count: u32| -> Vec<Point> {
                let share = |i: u32| f64::from(i) / f64::from(count);
                (0..=count)
                    .map(|i| [10.0 + 40.0 * share(i), 20.0])
                    .collect()
            };
            let [short, long] =
                [1, 20_000].map(|count| drawn(vec![open_lines([points(count)], stroke)]));
            // Overlapping pieces would be much darker; coverage is rounded.
            for at in (20..100).map(|x| [x, 40]) {
                let differ = short.at(at)[0].abs_diff(long.at(at)[0]);
                assert!(differ <= 1, "{at:?}: {differ}");
            }
        }
    }

    /// Returns the bounds in px (left, top, right, bottom) of pixels that are darker than a gray.
    fn ink_box(pixels: &Pixels) -> [f64; 4] {
        let [width, height] = pixels.size;
        let all = (0..height).flat_map(|y| (0..width).map(move |x| [x, y]));
        let dark: Vec<[usize; 2]> = all.filter(|at| pixels.at(*at)[1] < 128).collect();
        let ends = |axis: usize| {
            let places = dark.iter().map(|at| at[axis]);
            (places.clone().min().unwrap(), places.max().unwrap() + 1)
        };
        let ((left, right), (top, bottom)) = (ends(0), ends(1));
        [left, top, right, bottom].map(|v| v as f64 / 2.0)
    }

    fn square(left: f64, top: f64, side: f64) -> Vec<[f64; 2]> {
        let (right, bottom) = (left + side, top + side);
        vec![[left, top], [right, top], [right, bottom], [left, bottom]]
    }

    fn clipped(clip: [f64; 4], nodes: Vec<Node>) -> Node {
        let [left, top, width, height] = clip;
        Node::Group {
            id: String::new(),
            clip: Some(Rect {
                left,
                top,
                width,
                height,
            }),
            nodes,
        }
    }

    #[test]
    fn a_group_is_clipped_to_its_rectangle_and_to_outer_ones() {
        let all = polygon(square(-10.0, -10.0, 100.0), Some(BLACK), None);
        let inner = clipped([20.0, 0.0, 100.0, 15.0], vec![all.clone()]);
        let pixels = drawn(vec![clipped([10.0, 5.0, 20.0, 30.0], vec![inner])]);
        assert_eq!(ink_box(&pixels), [20.0, 5.0, 30.0, 15.0]);
        let dark = pixels.rgb.iter().filter(|v| **v < 255).count();
        assert_eq!(dark, 3 * 20 * 20, "sharp edges");
        let nothing = drawn(vec![clipped([10.0, 5.0, 0.0, 30.0], vec![all])]);
        assert!(nothing.rgb.iter().all(|v| *v == 255));
    }

    #[test]
    fn dashes_and_gaps_have_their_lengths() {
        let dashes = |dash| {
            let stroke = Stroke::new(BLACK, 2.0).dashed(dash);
            let pixels = drawn(vec![open_lines([vec![[0.0, 10.0], [60.0, 10.0]]], stroke)]);
            let row: Vec<bool> = (0..120).map(|x| pixels.at([x, 20])[0] == 0).collect();
            let runs = row.chunk_by(|a, b| a == b).map(<[bool]>::len);
            runs.collect::<Vec<_>>()
        };
        assert_eq!(dashes([20.0, 10.0]), [40, 20, 40, 20]);
        assert_eq!(dashes([20.0, 0.0]), [120], "no gap is a solid line");
        assert_eq!(dashes([0.0, 20.0]), [120]);
    }

    #[test]
    fn translucent_colors_are_composited_on_white() {
        let half = polygon(square(0.0, 0.0, 60.0), Some(BLACK.with_opacity(0.5)), None);
        assert_eq!(drawn(vec![half.clone()]).at([9, 9]), [127; 3]);
        assert_eq!(drawn(vec![half.clone(), half]).at([9, 9]), [64; 3]);
        let background = Color::hex(0x00ff_0000).with_opacity(0.5);
        let pixels = Pixels::of(&Scene::blank([2.0, 2.0], background), [2, 2]).unwrap();
        assert_eq!(pixels.at([1, 1]), [255, 127, 127]);
    }

    #[test]
    fn a_picture_extends_to_its_edges_at_any_size() {
        let scene = Scene::blank([33.3, 21.7], BLACK);
        for size in [[33, 22], [7, 101], [1, 1]] {
            let pixels = Pixels::of(&scene, size).unwrap();
            assert!(pixels.rgb.iter().all(|v| *v == 0), "{size:?}");
        }
        assert!(Pixels::of(&scene, [0, 5]).is_err());
    }

    #[test]
    fn only_closed_lines_are_filled_by_the_even_odd_rule() {
        let closed = |points| Polyline {
            points,
            closed: true,
        };
        let open = Polyline {
            points: square(40.0, 0.0, 20.0),
            closed: false,
        };
        let lines = vec![
            closed(square(0.0, 0.0, 30.0)),
            closed(square(10.0, 10.0, 10.0)),
            open,
        ];
        let pixels = drawn(vec![Node::Path {
            lines,
            fill: Some(BLACK),
            stroke: None,
        }]);
        let at = |x: usize, y: usize| pixels.at([2 * x, 2 * y])[0];
        assert_eq!(
            [at(5, 5), at(15, 15), at(25, 15), at(50, 10)],
            [0, 255, 0, 255]
        );
    }

    #[test]
    fn nodes_that_are_not_finite_or_empty_are_omitted() {
        let circle = |center, radius| Node::Circle {
            center,
            radius,
            fill: Some(BLACK),
            stroke: None,
        };
        let word = |x, size| Node::Text(text([x, 9.0], "word", size, BLACK, Align::Start));
        let line = vec![
            [0.0, 5.0],
            [10.0, 5.0],
            [f64::NAN, 5.0],
            [20.0, 5.0],
            [1e300, 5.0],
        ];
        let thin = open_lines([square(0.0, 0.0, 30.0)], Stroke::new(BLACK, 0.0));
        let empty = vec![
            circle([f64::NAN, 5.0], 3.0),
            circle([5.0, 5.0], -1.0),
            circle([5.0, 5.0], f64::INFINITY),
            word(f64::INFINITY, 12.0),
            word(5.0, 0.0),
            word(5.0, -12.0),
            thin,
        ];
        let pixels = drawn(vec![group("nothing", empty)]);
        assert!(pixels.rgb.iter().all(|v| *v == 255));
        let pixels = drawn(vec![open_lines([line], Stroke::new(BLACK, 2.0))]);
        let shown = [5, 15, 25, 55].map(|x| pixels.at([2 * x, 10])[0] == 0);
        assert_eq!(
            shown,
            [true, false, true, true],
            "a gap, and on to the edge"
        );
    }

    #[test]
    fn a_circle_covers_its_area() {
        let node = Node::Circle {
            center: [30.0, 20.0],
            radius: 15.0,
            fill: Some(BLACK),
            stroke: None,
        };
        let pixels = drawn(vec![node]);
        let cover = pixels.rgb.iter().map(|v| 1.0 - f64::from(*v) / 255.0);
        let area = cover.sum::<f64>() / 12.0;
        // The rasterizer samples each pixel at a few points.
        assert!((area - std::f64::consts::PI * 225.0).abs() < 4.0, "{area}");
    }

    #[test]
    fn letters_lie_where_they_were_measured() {
        // The strokes of this letter are vertical and symmetric.
        let (size, long) = (20.0, width("H", 20.0));
        let word = |align, turn| TextNode {
            turn,
            ..text([30.0, 20.0], "H", size, BLACK, align)
        };
        let near = |node: TextNode, expected: [f64; 4]| {
            let found = ink_box(&drawn(vec![Node::Text(node)]));
            let pairs = found.iter().zip(expected);
            let far = pairs.fold(0.0, |far: f64, (a, b)| far.max((a - b).abs()));
            assert!(far < 0.5, "{found:?} instead of {expected:?}");
        };
        let bearing = 0.082 * size;
        let top = 20.0 - cap_height(size);
        let from = |left: f64| [left + bearing, top, left + long - bearing, 20.0];
        near(word(Align::Start, 0.0), from(30.0));
        near(word(Align::Middle, 0.0), from(30.0 - long / 2.0));
        near(word(Align::End, 0.0), from(30.0 - long));
        let half = long / 2.0 - bearing;
        let upwards = [30.0 - cap_height(size), 20.0 - half, 30.0, 20.0 + half];
        near(word(Align::Middle, -90.0), upwards);
        // A halo extends beyond the letters by half of its width.
        let halo = TextNode {
            halo: Some(Stroke::new(BLACK, 4.0)),
            ..word(Align::Start, 0.0)
        };
        let [left, top, right, bottom] = from(30.0);
        near(halo, [left - 2.0, top - 2.0, right + 2.0, bottom + 2.0]);
    }

    #[test]
    fn letters_lie_above_their_halo_and_are_kerned() {
        let halo = Some(Stroke::new(Color::hex(0x0000_ff00), 6.0));
        let word = TextNode {
            halo,
            ..text([5.0, 25.0], "l", 30.0, BLACK, Align::Start)
        };
        let pixels = drawn(vec![Node::Text(word)]);
        let row: Vec<[u8; 3]> = (0..60).map(|x| pixels.at([x, 30])).collect();
        let mut colors: Vec<[u8; 3]> = row.chunk_by(|a, b| a == b).map(|run| run[0]).collect();
        colors.retain(|color| [[0, 255, 0], [0; 3]].contains(color));
        assert_eq!(colors, [[0, 255, 0], [0; 3], [0, 255, 0]]);
        let right = |words: &str| {
            let node = Node::Text(text([2.0, 25.0], words, 20.0, BLACK, Align::Start));
            ink_box(&drawn(vec![node]))[2]
        };
        let apart = width("A", 20.0) + width("V", 20.0) - width("AV", 20.0);
        assert!(apart > 0.5);
        let alone = right("V") + width("A", 20.0);
        assert!((alone - right("AV") - apart).abs() <= 0.5);
    }

    #[test]
    fn a_part_of_a_picture_is_drawn_as_in_the_whole() {
        let stroke = Stroke::new(BLACK, 3.3);
        let nodes = vec![
            polygon(
                square(7.3, 5.1, 22.2),
                Some(Color::hex(0x00c0_2f9e)),
                Some(stroke),
            ),
            Node::Text(text([12.0, 30.0], "epoch 37", 13.0, BLACK, Align::Start)),
        ];
        let whole = drawn(nodes.clone());
        let mut part = Pixmap::new(110, 70).unwrap();
        part.fill(tiny_skia::Color::WHITE);
        paint(&nodes, 2.0, [8, 6], &mut part.as_mut(), &|| true);
        let part = rgb(part);
        for (y, row) in part.chunks(3 * 110).enumerate() {
            for (x, pixel) in row.chunks(3).enumerate() {
                let pairs = whole.at([x + 8, y + 6]).into_iter().zip(pixel);
                let far = pairs.map(|(a, b)| a.abs_diff(*b)).max();
                assert!(far <= Some(8), "{x}, {y}");
            }
        }
    }
}
