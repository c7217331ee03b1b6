//! Text below a figure, broken into lines.

use crate::prelude::*;
use crate::text::width;

/// Paragraphs of text in a column.
pub struct TextColumn {
    /// Paragraphs; each begins a line.
    pub paragraphs: Vec<String>,
    /// Width of the picture in px.
    pub width: f64,
}

/// Left and right margin in px.
const MARGIN: f64 = 26.0;
/// Line height relative to the font size.
const LEADING: f64 = 1.4;
/// Distance between paragraphs relative to the font size.
const BETWEEN: f64 = 0.3;

impl TextColumn {
    /// Lays out the text. The height of the picture depends on it.
    pub fn scene(&self, theme: &Theme) -> Scene {
        let size = theme.small;
        let room = self.width - 2.0 * MARGIN;
        let (mut nodes, mut baseline) = (Vec::new(), 0.0);
        for paragraph in &self.paragraphs {
            for line in broken(paragraph, size, room) {
                baseline += LEADING * size;
                let at = [MARGIN, baseline];
                nodes.push(label(at, line, size, theme.foreground, Align::Start));
            }
            baseline += BETWEEN * size;
        }
        let size = [self.width, (baseline + size).round()];
        Scene {
            description: self.paragraphs.join(" "),
            nodes: vec![group("prose", nodes)],
            ..Scene::blank(size, theme.background)
        }
    }
}

/// Breaks a paragraph with font size `size` into lines of at most `room` px. A longer word is not broken.
pub fn broken(paragraph: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in paragraph.split(' ') {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        let longer = format!("{line} {word}");
        if line.is_empty() {
            line.push_str(word);
        } else if width(&longer, size) <= room {
            *line = longer;
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// Breaks a label with font size `size` into lines of at most `room` px. A word that is longer is broken too, so that labels
/// that differ anywhere remain different.
pub fn broken_label(words: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for line in broken(words, size, room) {
        let mut part = String::new();
        for c in line.chars() {
            part.push(c);
            if width(&part, size) > room && part.chars().nth(1).is_some() {
                part.pop();
                lines.push(std::mem::replace(&mut part, c.to_string()));
            }
        }
        lines.push(part);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_word_of_a_label_is_broken() {
        let words = "Adam (learning_rate=0.1,beta1=0.5,beta2=0.9)";
        let lines = broken_label(words, 13.0, 90.0);
        assert!(lines.len() > 3);
        assert!(lines.iter().all(|line| width(line, 13.0) <= 90.0));
        let joined = |text: &str| text.replace(' ', "");
        assert_eq!(joined(&lines.concat()), joined(words));
    }

    #[test]
    fn no_line_is_wider_than_its_room_and_no_word_is_lost() {
        let words =
            "The line search tried five points and took the third of them, which is the lowest.";
        let lines = broken(words, 13.0, 150.0);
        assert!(lines.len() > 2);
        assert!(
            lines.iter().all(|line| width(line, 13.0) <= 150.0),
            "{lines:?}"
        );
        assert_eq!(lines.join(" "), words);
        assert_eq!(broken("unbreakable", 13.0, 5.0), ["unbreakable"]);
    }
}
