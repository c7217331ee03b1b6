//! Pictures in the terminal: its capabilities, its size, and the text that shows a figure.

use crate::{
    args::terminal::{TerminalArgs, TerminalMode},
    failure::Result,
    terminal::{legend, print::escaped_lines, wrap::wrapped},
};
use std::{
    env,
    io::{self, IsTerminal as _},
};
use thalweg_gallery::figures::{ConfiguredFigure, FigureInput, FigureStyle, text_map};
use thalweg_plot::{
    formats::{
        blocks::{self, ColorDepth},
        kitty, png, sixel,
    },
    raster::Pixels,
    scene::{Node, Scene},
    text_map::TextMap,
};

/// Pixels of a PNG for a terminal per px of the scene.
const SCALE: f64 = 2.0;
/// The size in columns and lines if neither the terminal nor the environment provides one.
const SIZE: [usize; 2] = [80, 24];
/// The smallest number of columns or lines of a picture.
const LEAST: usize = 8;
/// Assumed size of a character in pixels. The sixel protocol does not report it.
const CELL: [usize; 2] = [9, 18];
/// The width of a figure in columns of text. Wider figures would have letters that are too large.
const WIDEST: usize = 84;

/// The encoding of a picture for a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TerminalGraphics {
    Kitty,
    Sixel,
    Blocks(ColorDepth),
    Plain,
}

/// The capabilities and the size of the terminal at standard output.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    show: TerminalGraphics,
    columns: usize,
    lines: usize,
}

impl Terminal {
    /// Detects the terminal from the arguments and the environment.
    pub(crate) fn find(args: &TerminalArgs) -> Self {
        let is_terminal = io::stdout().is_terminal();
        let var = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let mode = if args.plain {
            TerminalMode::Plain
        } else {
            args.terminal
        };
        let measured = terminal_size::terminal_size().filter(|_| is_terminal);
        let measured = measured.map(|(columns, lines)| [columns.0, lines.0].map(usize::from));
        let side = |name: &str, i: usize| {
            let given = var(name).and_then(|n| n.trim().parse().ok());
            let side = given.or(measured.map(|size| size[i]));
            side.unwrap_or(SIZE[i]).clamp(LEAST, 1000)
        };
        Self {
            show: choose(mode, is_terminal, &var),
            columns: side("COLUMNS", 0),
            lines: side("LINES", 1),
        }
    }

    /// Returns the terminal for a picture that accompanies text. Returns `None` with `--plain`, and if standard output is
    /// not a terminal, unless `--terminal` selects a method.
    pub(crate) fn beside_text(args: &TerminalArgs) -> Option<Self> {
        let is_shown = args.terminal != TerminalMode::Auto || io::stdout().is_terminal();
        (is_shown && !args.plain).then(|| Self::find(args))
    }

    /// Returns the number of lines that remain after `taken` lines of text, but at least `least`.
    pub(crate) fn remaining_lines(&self, taken: usize, least: usize) -> usize {
        self.lines.saturating_sub(taken).max(least)
    }

    /// Returns the text that shows a figure in this terminal in at most `rows` lines.
    pub(crate) fn text(
        &self,
        drawing: &dyn ConfiguredFigure,
        subject: &FigureInput,
        look: FigureStyle,
        rows: usize,
    ) -> Result<String> {
        let depth = match self.show {
            TerminalGraphics::Blocks(depth) => Some(depth),
            _ => None,
        };
        if !matches!(self.show, TerminalGraphics::Kitty | TerminalGraphics::Sixel)
            && drawing.is_map()
        {
            let words = TextMap::words_below(subject.traces.len());
            let rows = rows.saturating_sub(words).max(LEAST);
            return Ok(text_map(subject, look, [self.columns, rows], depth)?);
        }
        let scene = drawing.draw(subject, look)?;
        let words = format!("{}: {}\n", scene.title, scene.description);
        let words = wrapped(&escaped_lines(&words));
        let key = depth.map_or_else(String::new, |depth| legend::lines(&scene, depth));
        let below = match self.show {
            TerminalGraphics::Kitty | TerminalGraphics::Sixel => 0,
            _ => key.lines().count() + words.lines().count(),
        };
        let rows = rows.saturating_sub(below).max(LEAST);
        let columns = columns(&scene, [self.columns.min(WIDEST), rows]);
        match self.show {
            TerminalGraphics::Kitty => Ok(kitty::encode(&png::encode(&scene, SCALE)?, columns)),
            TerminalGraphics::Sixel => {
                let pixels = Pixels::of(&scene, pixels(&scene, columns * CELL[0]))?;
                Ok(sixel::encode(&pixels))
            }
            TerminalGraphics::Blocks(_) | TerminalGraphics::Plain => {
                let pixels = Pixels::of(&thicken_lines(&scene, columns), pixels(&scene, columns))?;
                let picture = match depth {
                    Some(depth) => blocks::encode(&pixels, &[], depth),
                    None => blocks::encode_plain(&pixels),
                };
                Ok(picture + &key + &words)
            }
        }
    }
}

/// Chooses the encoding. `var` returns an environment variable if it is not empty.
fn choose(
    asked: TerminalMode,
    is_terminal: bool,
    var: &dyn Fn(&str) -> Option<String>,
) -> TerminalGraphics {
    let colors = || {
        if var("NO_COLOR").is_some() {
            return None;
        }
        let term = var("TERM").unwrap_or_default();
        let full = var("COLORTERM").is_some_and(|c| c == "truecolor" || c == "24bit");
        match &*term {
            _ if full || term.ends_with("-direct") => Some(ColorDepth::Full),
            "" | "dumb" | "linux" => None,
            _ if term.starts_with("vt") => None,
            _ => Some(ColorDepth::Indexed),
        }
    };
    match asked {
        TerminalMode::Kitty => TerminalGraphics::Kitty,
        TerminalMode::Sixel => TerminalGraphics::Sixel,
        // Blocks need color, so only NO_COLOR turns it off.
        TerminalMode::Blocks if var("NO_COLOR").is_none() => {
            TerminalGraphics::Blocks(colors().unwrap_or(ColorDepth::Indexed))
        }
        TerminalMode::Auto if is_terminal => match (graphics(var), colors()) {
            (_, None) => TerminalGraphics::Plain,
            (Some(show), _) => show,
            (None, Some(depth)) => TerminalGraphics::Blocks(depth),
        },
        TerminalMode::Auto | TerminalMode::Blocks | TerminalMode::Plain => TerminalGraphics::Plain,
    }
}

/// Returns the graphics protocol that this terminal is known to support.
fn graphics(var: &dyn Fn(&str) -> Option<String>) -> Option<TerminalGraphics> {
    let [term, program] = ["TERM", "TERM_PROGRAM"].map(|name| var(name).unwrap_or_default());
    let begins = |names: &[&str]| names.iter().any(|name| term.starts_with(name));
    // Terminal multiplexers do not forward pictures.
    if begins(&["screen", "tmux"]) || var("TMUX").is_some() {
        return None;
    }
    let kitty = ["ghostty", "WezTerm"].contains(&&*program);
    if kitty || begins(&["xterm-kitty", "xterm-ghostty"]) || var("KITTY_WINDOW_ID").is_some() {
        return Some(TerminalGraphics::Kitty);
    }
    let sixel = ["mintty", "iTerm.app"].contains(&&*program);
    (sixel || begins(&["foot", "mlterm", "yaft", "contour"])).then_some(TerminalGraphics::Sixel)
}

/// Returns the width of a scene in columns, limited by the available columns and rows. A character is twice as high as
/// wide.
fn columns(scene: &Scene, [columns, rows]: [usize; 2]) -> usize {
    let [width, height] = scene.size;
    let by_rows = (2.0 * rows as f64 * width / height) as usize;
    by_rows.min(columns).max(LEAST)
}

/// Returns the size of a scene in pixels for a given width.
fn pixels(scene: &Scene, width: usize) -> [u32; 2] {
    let height = (width as f64 * scene.size[1] / scene.size[0]).round();
    [width as u32, height.max(1.0) as u32]
}

/// Adapts a scene to few pixels: removes the text, which would be illegible, and makes lines at least one pixel wide.
fn thicken_lines(scene: &Scene, columns: usize) -> Scene {
    let pixel = scene.size[0] / columns as f64;
    Scene {
        nodes: scene
            .nodes
            .iter()
            .filter_map(|n| thicken_node(n, pixel))
            .collect(),
        ..scene.clone()
    }
}

fn thicken_node(node: &Node, pixel: f64) -> Option<Node> {
    /// Thinner lines, such as those of a grid, keep their width.
    const THIN: f64 = 1.5;
    let mut node = node.clone();
    match &mut node {
        Node::Text(_) => return None,
        Node::Group { nodes, .. } => {
            *nodes = nodes
                .iter()
                .filter_map(|n| thicken_node(n, pixel))
                .collect();
        }
        Node::Path { stroke, .. } | Node::Circle { stroke, .. } => {
            if let Some(stroke) = stroke.as_mut().filter(|stroke| stroke.width >= THIN) {
                stroke.width = stroke.width.max(pixel);
            }
        }
    }
    Some(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(asked: TerminalMode, is_terminal: bool, vars: &[(&str, &str)]) -> TerminalGraphics {
        let var = |name: &str| {
            let found = vars.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        choose(asked, is_terminal, &var)
    }

    #[test]
    fn the_environment_selects_the_encoding() {
        let xterm = ("TERM", "xterm-256color");
        for (vars, show) in [
            (&[xterm][..], TerminalGraphics::Blocks(ColorDepth::Indexed)),
            (
                &[xterm, ("COLORTERM", "truecolor")],
                TerminalGraphics::Blocks(ColorDepth::Full),
            ),
            (&[xterm, ("NO_COLOR", "1")], TerminalGraphics::Plain),
            (&[xterm, ("KITTY_WINDOW_ID", "1")], TerminalGraphics::Kitty),
            (&[("TERM", "xterm-kitty")], TerminalGraphics::Kitty),
            (
                &[("TERM", "xterm-kitty"), ("NO_COLOR", "1")],
                TerminalGraphics::Plain,
            ),
            (
                &[xterm, ("TERM_PROGRAM", "WezTerm")],
                TerminalGraphics::Kitty,
            ),
            (
                &[xterm, ("TERM_PROGRAM", "mintty")],
                TerminalGraphics::Sixel,
            ),
            (&[("TERM", "foot-extra")], TerminalGraphics::Sixel),
            // tmux inside of kitty.
            (
                &[("TERM", "tmux-256color"), ("KITTY_WINDOW_ID", "1")],
                TerminalGraphics::Blocks(ColorDepth::Indexed),
            ),
            (&[("TERM", "dumb")], TerminalGraphics::Plain),
            (&[], TerminalGraphics::Plain),
        ] {
            assert_eq!(chosen(TerminalMode::Auto, true, vars), show, "{vars:?}");
            assert_eq!(
                chosen(TerminalMode::Auto, false, vars),
                TerminalGraphics::Plain,
                "{vars:?}"
            );
        }
    }

    #[test]
    fn what_is_asked_for_is_done() {
        assert_eq!(
            chosen(TerminalMode::Sixel, false, &[("NO_COLOR", "1")]),
            TerminalGraphics::Sixel
        );
        assert_eq!(
            chosen(TerminalMode::Kitty, false, &[]),
            TerminalGraphics::Kitty
        );
        assert_eq!(
            chosen(TerminalMode::Blocks, false, &[]),
            TerminalGraphics::Blocks(ColorDepth::Indexed)
        );
        assert_eq!(
            chosen(TerminalMode::Blocks, true, &[("NO_COLOR", "1")]),
            TerminalGraphics::Plain
        );
        assert_eq!(
            chosen(TerminalMode::Plain, true, &[("TERM", "xterm-kitty")]),
            TerminalGraphics::Plain
        );
    }
}
