//! Animations as files: decoded frames are compared with drawn frames.

#![allow(clippy::too_many_lines, reason = "tables of test cases are long")]
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use std::{
    cell::Cell,
    io::{self, Cursor, Write},
};
use thalweg_plot::{
    PlotError,
    animation::{
        Animation, FrameContent, FrameRenderer, FrameTiming, GrowingPath, Loops, PathPiece,
    },
    color::Color,
    formats::{apng, gif},
    scene::{Node, Rect, Scene},
    shapes::{open_lines, polygon},
};

const SIZE: [usize; 2] = [64, 48];
const GREEN: Color = Color::hex(0x0000_8f5d);
const RED: Color = Color::hex(0x00e0_4b1f);
const PAPER: Color = Color::hex(0x00d3_e4f3);

/// Two crossing paths and a jumping square. The third and the fourth frame are equal.
fn animation<'a>(pauses: [f64; 2], loops: Loops) -> Animation<'a> {
    let way = |color, slope: f64| GrowingPath {
        color,
        casing: Color::hex(0x00ff_ffff).with_opacity(0.7),
        width: 2.0,
        margin: 1.0,
        step: Box::new(move |i| {
            let at = |i: usize| {
                let x = 8.0 + 6.0 * i as f64;
                [x, 24.0 + slope * (x - 32.0)]
            };
            PathPiece {
                lines: vec![vec![at(i), at(i + 1)]],
                ..PathPiece::default()
            }
        }),
    };
    let content = |i: usize| {
        let i = if i < 3 { i } else { i - 1 };
        let left = 4.0 + 5.0 * i as f64;
        let corners = vec![
            [left, 2.0],
            [left + 4.0, 2.0],
            [left + 4.0, 6.0],
            [left, 6.0],
        ];
        FrameContent {
            grown: vec![i, i.min(4)],
            above: vec![polygon(corners, Some(RED), None)],
        }
    };
    let overlay = Rect {
        left: 40.0,
        top: 30.0,
        width: 20.0,
        height: 14.0,
    };
    Animation {
        pixels: SIZE.map(|side| side as u32),
        background: Scene {
            nodes: vec![open_lines(
                [vec![[0.0, 40.0], [64.0, 40.0]]],
                thalweg_plot::scene::Stroke::new(GREEN, 2.0),
            )],
            ..Scene::blank(SIZE.map(|side| side as f64), PAPER)
        },
        clip: Rect {
            left: 0.0,
            top: 0.0,
            width: 64.0,
            height: 48.0,
        },
        growing_paths: vec![way(GREEN, 0.5), way(RED, -0.5)],
        overlay: vec![overlay.node(Some(PAPER.with_opacity(0.9)), None) as Node],
        timing: FrameTiming {
            fps: 30.0,
            pictures: 8,
            pauses,
            loops,
        },
        content: Box::new(content),
        keep_going: Box::new(|| true),
    }
}

type Picture = Vec<[u8; 3]>;

/// Returns the frames of the renderer.
fn drawn(animation: &Animation) -> Vec<Picture> {
    let mut renderer = FrameRenderer::new(animation).unwrap();
    let animation_frames = animation.animation_frames().map(|frame| {
        renderer.show(&frame.content);
        renderer
            .picture()
            .iter()
            .map(|[r, g, b, _]| [*r, *g, *b])
            .collect()
    });
    animation_frames.collect()
}

/// Returns frames and delays in hundredths of a second.
fn read_gif(bytes: &[u8]) -> (Vec<Picture>, Vec<u64>) {
    let mut options = ::gif::DecodeOptions::new();
    options.set_color_output(::gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(bytes).unwrap();
    assert_eq!([decoder.width(), decoder.height()].map(usize::from), SIZE);
    let mut screen = vec![[0; 3]; SIZE[0] * SIZE[1]];
    let (mut pictures, mut delays) = (Vec::new(), Vec::new());
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        let place = [frame.left, frame.top, frame.width].map(usize::from);
        lay(&mut screen, place, &frame.buffer);
        pictures.push(screen.clone());
        delays.push(u64::from(frame.delay));
    }
    (pictures, delays)
}

/// Returns frames and delays in thousandths of a second.
fn read_apng(bytes: &[u8]) -> (Vec<Picture>, Vec<u64>, u32) {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
    let control = *reader.info().animation_control().unwrap();
    let mut screen = vec![[0; 3]; SIZE[0] * SIZE[1]];
    let (mut pictures, mut delays) = (Vec::new(), Vec::new());
    for _ in 0..control.num_frames {
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut buffer).unwrap();
        let frame = *reader.info().frame_control().unwrap();
        let place = [frame.x_offset, frame.y_offset, frame.width].map(|v| v as usize);
        let bytes = 4 * (frame.width * frame.height) as usize;
        lay(&mut screen, place, &buffer[..bytes]);
        pictures.push(screen.clone());
        assert_eq!(frame.delay_den, 1000);
        delays.push(u64::from(frame.delay_num));
    }
    (pictures, delays, control.num_plays)
}

/// Composites opaque pixels over the screen.
fn lay(screen: &mut [[u8; 3]], [left, top, width]: [usize; 3], rgba: &[u8]) {
    for (i, pixel) in rgba.as_chunks().0.iter().enumerate() {
        let [r, g, b, opacity] = *pixel;
        if opacity > 0 {
            screen[(top + i / width) * SIZE[0] + left + i % width] = [r, g, b];
        }
    }
}

fn written(
    write: impl Fn(&Animation, &mut Vec<u8>, &mut dyn FnMut(usize) -> bool) -> Result<(), PlotError>,
    animation: &Animation,
) -> Vec<u8> {
    let (mut bytes, mut done) = (Vec::new(), Vec::new());
    write(animation, &mut bytes, &mut |i| {
        done.push(i);
        true
    })
    .unwrap();
    assert_eq!(done, [0, 1, 3, 4, 5, 6, 7], "two frames are equal");
    bytes
}

#[test]
fn a_gif_has_the_drawn_frames_and_delays() {
    let animation = animation([0.5, 2.0], Loops::Forever);
    let bytes = written(|a, out, go_on| gif::write(a, out, go_on), &animation);
    let (pictures, delays) = read_gif(&bytes);
    let drawn = drawn(&animation);
    // The first and the last frame have few colors, which are exact; other colors are approximated.
    assert!(pictures.first() == drawn.first());
    assert!(pictures.last() == drawn.last());
    for (picture, drawn) in pictures.iter().zip(&drawn) {
        let channels = picture.as_flattened().iter().zip(drawn.as_flattened());
        let farthest = channels.map(|(a, b)| a.abs_diff(*b)).max();
        assert!(farthest < Some(30), "{farthest:?}");
    }
    assert_eq!(delays, [53, 4, 6, 4, 3, 3, 204]);
    assert_eq!(
        bytes,
        written(|a, out, go_on| gif::write(a, out, go_on), &animation)
    );
}

#[test]
fn an_apng_has_the_drawn_frames_and_delays() {
    let animation = animation([0.5, 2.0], Loops::Times(3));
    let bytes = written(|a, out, go_on| apng::write(a, out, go_on), &animation);
    let (pictures, delays, plays) = read_apng(&bytes);
    assert!(pictures == drawn(&animation));
    assert_eq!(delays, [533, 34, 66, 34, 33, 33, 2034]);
    assert_eq!(plays, 3);
    assert_eq!(
        bytes,
        written(|a, out, go_on| apng::write(a, out, go_on), &animation)
    );
}

#[test]
fn a_pause_may_exceed_the_largest_delay() {
    let animation = animation([0.0, 1400.0], Loops::Times(1));
    let bytes = written(|a, out, go_on| gif::write(a, out, go_on), &animation);
    let (pictures, delays) = read_gif(&bytes);
    assert_eq!(delays.iter().sum::<u64>(), 140_027);
    assert!(pictures.last() == drawn(&animation).last());
    let bytes = written(|a, out, go_on| apng::write(a, out, go_on), &animation);
    let (pictures, delays, _) = read_apng(&bytes);
    assert_eq!(delays.iter().sum::<u64>(), 1_400_267);
    assert!(pictures.last() == drawn(&animation).last());
}

#[test]
fn the_last_frame_does_not_depend_on_previous_frames() {
    let animation = animation([0.0, 0.0], Loops::Forever);
    let mut renderer = FrameRenderer::new(&animation).unwrap();
    renderer.show(&(animation.content)(7));
    let at_once: Picture = renderer
        .picture()
        .iter()
        .map(|[r, g, b, _]| [*r, *g, *b])
        .collect();
    let pictures = drawn(&animation);
    assert!(pictures[6] == at_once);
    assert!(pictures[0] != at_once);
    assert!(
        pictures[0].contains(&RED.rgb),
        "the square is there at once"
    );
}

#[test]
fn stops_on_request_and_on_write_errors() {
    struct Full(usize);
    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self
                .0
                .checked_sub(bytes.len())
                .ok_or(io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    type Format = fn(&Animation, Full, &mut dyn FnMut(usize) -> bool) -> Result<(), PlotError>;
    let animation = animation([0.0, 0.0], Loops::Forever);
    for write in [gif::write as Format, apng::write] {
        let stopped = write(&animation, Full(usize::MAX), &mut |i| i < 4);
        assert!(matches!(stopped, Err(PlotError::Stopped)));
        for room in [0, 10, 1200] {
            let full = write(&animation, Full(room), &mut |_| true).unwrap_err();
            let PlotError::Write(error) = full else {
                panic!("{full}")
            };
            assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        }
    }
}

#[test]
fn frames_that_become_one_picture_and_long_paths_can_be_interrupted() {
    type WriteFormat = fn(&Animation) -> Result<(), PlotError>;
    let formats: [WriteFormat; 2] = [
        |animation| gif::write(animation, io::sink(), &mut |_| true),
        |animation| apng::write(animation, io::sink(), &mut |_| true),
    ];
    // Either all frames are equal, or the first frame has a path of many steps.
    for (write, grown) in formats
        .iter()
        .flat_map(|format| [0, 10_000].map(|n| (format, n)))
    {
        let (asked, worked) = (Cell::new(0), Cell::new(0));
        let count = |cell: &Cell<u32>| cell.set(cell.get() + 1);
        let mut endless = animation([0.0, 0.0], Loops::Forever);
        endless.timing.pictures = 10_000;
        endless.growing_paths.truncate(1);
        endless.growing_paths[0].step = Box::new(|_| {
            count(&worked);
            PathPiece::default()
        });
        endless.content = Box::new(|_| {
            count(&worked);
            FrameContent {
                grown: vec![grown],
                above: Vec::new(),
            }
        });
        endless.keep_going = Box::new(|| {
            count(&asked);
            asked.get() < 20
        });
        assert!(matches!(write(&endless), Err(PlotError::Stopped)));
        assert!(worked.get() < 40, "{} calls", worked.get());
    }
}

#[test]
fn a_picture_must_not_be_too_large() {
    let large = Animation {
        pixels: [4000, 3000],
        ..animation([0.0, 0.0], Loops::Forever)
    };
    let error = gif::write(&large, io::sink(), &mut |_| true).unwrap_err();
    assert!(error.to_string().contains("10000000 pixels"), "{error}");
}
