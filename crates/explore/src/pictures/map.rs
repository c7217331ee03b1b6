//! The map of the loss as drawing commands for a canvas.

use super::field::FieldSampler;
use crate::answer::answers;
use std::fmt::Write as _;
use thalweg::{field::Window, number::ShortestFloat};
use thalweg_gallery::map;
use thalweg_plot::{
    color_bar::share,
    figure::{AxisSpan, Frame},
    formats::canvas::{self, Drawing},
    levels::Levels,
    scene::{Rect, Scene},
    text::number,
    theme::Theme,
};

answers! {
    /// The target on a color bar.
    pub struct ScaleTarget {
        /// The target loss as text.
        pub text: String,
        /// Its position on the bar, from 0 to 1; null if it is outside.
        pub share: Option<f64>,
    }

    /// A color bar.
    pub struct Scale {
        /// Text of the lower end.
        pub low: String,
        /// Text of the upper end.
        pub high: String,
        /// The target, if there is one.
        pub target: Option<ScaleTarget>,
        /// Colors from the lower to the upper end.
        pub colors: Vec<String>,
        /// A description.
        pub label: String,
    }
}

/// The part of the map that depends only on the window: the bands of the loss and the target line.
pub struct BaseMap {
    /// The drawing commands.
    pub drawing: Drawing,
    /// The color bar; `None` if no loss is finite.
    pub scale: Option<Scale>,
}

impl BaseMap {
    /// Draws the samples in a picture of `size` px.
    pub fn new(sampler: &FieldSampler, size: [f64; 2], theme: &Theme) -> Self {
        let (field, target) = (&sampler.field, sampler.target);
        let levels = Levels::Auto.of(field, &sampler.along, map::BANDS);
        let (marks, bar) = map::base_marks(field, levels, "", target, theme);
        let edges = [&field.xs, &field.ys].map(|along| [along[0], along[along.len() - 1]]);
        let frame = frame(edges, size, theme);
        let mut scene = Scene::blank(size, theme.nothing);
        for mark in &marks {
            mark.draw(&frame, &mut scene.nodes);
        }
        Self {
            drawing: canvas::encode(&scene),
            scale: bar.map(|bar| scale(&bar.levels, target, theme)),
        }
    }
}

/// Returns the frame of a window that fills a picture of `size` px.
pub(super) fn frame([x, y]: [[f64; 2]; 2], size: [f64; 2], theme: &Theme) -> Frame<'_> {
    let [x, y] = [x, y].map(|range| AxisSpan::linear("", range));
    Frame::new([&x, &y], Rect::new([0.0; 2], size), theme)
}

/// Returns the color bar for these levels.
fn scale(levels: &[f64], target: Option<f64>, theme: &Theme) -> Scale {
    let count = levels.len() - 1;
    let ends = [levels[0], levels[count]];
    // More digits distinguish ends that are close to each other.
    let [low, high] = ends.map(|end| number(end, digits(end, ends).max(4)));
    let mut label = format!("Colors of the loss, from {low} to {high}");
    let target = target.map(|target| {
        let text = number(target, 4);
        let _ = write!(label, "; the dashed line is the target, {text}");
        let place = |i: usize| {
            let [from, to] = [levels[i], levels[i + 1]];
            let within = from <= target && target <= to;
            within.then(|| (i as f64 + (target - from) / (to - from)) / count as f64)
        };
        ScaleTarget {
            text,
            share: (0..count).find_map(place),
        }
    });
    let color = |i: usize| canvas::css(theme.ramp_at(share(i, count)));
    Scale {
        low,
        high,
        target,
        colors: (0..count).map(color).collect(),
        label: label + ".",
    }
}

/// Writes the weights at a px of a picture of `size` px that shows `window`, with no more decimals than a px can
/// distinguish.
pub fn format_position(window: Window, size: [f64; 2], at: [f64; 2]) -> String {
    let along = |[low, high]: [f64; 2], share: f64, px: f64| {
        let v = low + share * (high - low);
        // One decimal more than the width of a px.
        let step = format!("{:.0e}", (high - low) / px);
        let exponent = step.split_once('e').map_or(Ok(0), |(_, e)| e.parse());
        let decimals = 1 - exponent.unwrap_or(0);
        let text = format!("{v:.*}", decimals.clamp(0, 15) as usize);
        ShortestFloat(text.parse().unwrap_or(v)).to_string()
    };
    let first = along(window.w1, at[0] / size[0], size[0]);
    let second = along(window.w2, 1.0 - at[1] / size[1], size[1]);
    format!("{first},{second}")
}

/// Returns the number of significant digits that distinguish a number from another one a thousandth of the range away.
pub(crate) fn digits(v: f64, [low, high]: [f64; 2]) -> u8 {
    let mut thousandths = 1000.0 * v.abs() / (high - low);
    let mut needed = 0;
    while thousandths >= 1.0 && needed < 15 {
        thousandths /= 10.0;
        needed += 1;
    }
    needed.max(3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Session;

    #[test]
    fn a_position_has_the_decimals_of_its_window() {
        let place = |edges, at| format_position(Window::new(edges).unwrap(), [600.0, 600.0], at);
        assert_eq!(place([-6.0, 6.0, -6.0, 6.0], [100.0, 500.0]), "-4,-4");
        assert_eq!(place([-6.0, 6.0, -6.0, 6.0], [101.0, 0.0]), "-3.98,6");
        assert_eq!(
            place([-6e6, 6e6, 0.0, 1.0], [100.5, 599.0]),
            "-3990000,0.0017"
        );
    }

    #[test]
    fn a_number_has_the_digits_of_its_range() {
        assert_eq!(digits(-2.5, [-6.0, 6.0]), 3);
        assert_eq!(digits(0.486_212_345, [0.486, 0.487]), 6);
        assert_eq!(digits(3.0, [3.0, 3.0]), 15);
    }

    #[test]
    fn the_base_map_has_all_bands_and_the_target() {
        let mut session =
            Session::new(&crate::address::DEFAULT_ADDRESS.parse().unwrap(), &[]).unwrap();
        session.advance(1000);
        let subject = session.subject().unwrap();
        let view = subject.view().unwrap();
        let mut sampler = FieldSampler::new(&session, view.window(), 50).unwrap();
        while sampler.advance(50) {}
        let ground = BaseMap::new(&sampler, [300.0, 200.0], &Theme::LIGHT);
        let texts = &ground.drawing.texts;
        // The background color, the colors of the bands, and the color of the line.
        assert_eq!(texts.len(), 1 + map::BANDS + 1, "{texts:?}");
        let colors = ground.scale.unwrap().colors;
        assert_eq!(colors.len(), map::BANDS);
        assert_eq!(colors[0], texts[1]);
    }

    #[test]
    fn the_levels_follow_the_paths_to_their_ends() {
        let bowl = "on=formula:(x^2%2B400*y^2)/2,start=-4,0.5&with=gradient-descent:learning_rate=0.004&epochs=500&target=none";
        let mut session = Session::new(&bowl.parse().unwrap(), &[]).unwrap();
        let window = session.subject().unwrap().view().unwrap().window();
        let mut early = FieldSampler::new(&session, window, 50).unwrap();
        while early.advance(50) {}
        session.advance(1000);
        let levels = |sampler: &FieldSampler| {
            Levels::Auto
                .of(&sampler.field, &sampler.along, map::BANDS)
                .edges
        };
        let mut late = FieldSampler::new(&session, window, 50).unwrap();
        while late.advance(50) {}
        assert_ne!(levels(&early), levels(&late));
        early.follow_paths(&session).unwrap();
        assert_eq!(levels(&early), levels(&late));
    }

    #[test]
    fn the_target_lies_on_the_bar() {
        let scale = |target| scale(&[1.0, 2.0, 4.0], target, &Theme::LIGHT);
        let share = |target| scale(Some(target)).target.unwrap().share;
        assert_eq!((share(3.0), share(0.5)), (Some(0.75), None));
        assert_eq!(scale(Some(3.0)).high, "4");
        assert_eq!(scale(None).target, None);
    }
}
