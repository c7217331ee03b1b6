//! Dashes of a path that is drawn step by step: they continue where the previous step ended.

use thalweg_plot::{legend::distance, scene::Point};

/// The visible lines of one step in px.
pub(super) type StepLines = Vec<Vec<Point>>;

/// The dashes of a path.
pub(super) struct PathDashes {
    /// Lengths of dash and gap in px.
    lengths: [f64; 2],
    /// Visible length of the path before each step in px.
    before: Vec<f64>,
}

impl PathDashes {
    /// Creates dashes with these lengths of dash and gap in px along the steps of a path.
    pub(super) fn new(lengths: [f64; 2], steps: &[StepLines]) -> Self {
        let mut end = 0.0;
        let before = steps.iter().map(|lines| {
            let start = end;
            end += lines.iter().map(|line| length(line)).sum::<f64>();
            start
        });
        Self {
            before: before.collect(),
            lengths,
        }
    }

    /// Returns the dashes of the lines of a step, or of its beginning.
    pub(super) fn of(&self, step: usize, lines: &[Vec<Point>]) -> StepLines {
        self.consecutive(lines, self.before[step])
    }

    /// Returns the dashes of each step. They include those of the adjacent line of the previous step, because there would
    /// be a seam between two antialiased ends.
    pub(super) fn of_steps(&self, steps: &[StepLines]) -> Vec<StepLines> {
        let dashed = steps.iter().enumerate().map(|(i, lines)| {
            let before = i.checked_sub(1).and_then(|i| steps[i].last());
            let joined = before.zip(lines.first());
            match joined.filter(|(before, first)| before.last() == first.first()) {
                Some((before, first)) => {
                    let whole = [&before[..], &first[1..]].concat();
                    let mut dashes = self.pieces(&whole, self.before[i] - length(before));
                    let end = self.before[i] + length(first);
                    dashes.extend(self.consecutive(&lines[1..], end));
                    dashes
                }
                None => self.of(i, lines),
            }
        });
        dashed.collect()
    }

    /// Returns the dashes of lines, the first of which begins at this length of the path.
    fn consecutive(&self, lines: &[Vec<Point>], mut from: f64) -> StepLines {
        let pieces = lines.iter().flat_map(|line| {
            let pieces = self.pieces(line, from);
            from += length(line);
            pieces
        });
        pieces.collect()
    }

    /// Returns the dashes of a line that begins at this length of the path.
    fn pieces(&self, line: &[Point], mut from: f64) -> StepLines {
        let [dash, gap] = self.lengths;
        let period = dash + gap;
        let mut pieces: StepLines = Vec::new();
        let mut is_open = false;
        for pair in line.windows(2) {
            let [a, b] = [pair[0], pair[1]];
            let way = distance(a, b);
            if way <= 0.0 {
                continue;
            }
            let at = |t: f64| [0, 1].map(|k| a[k] + t * (b[k] - a[k]));
            let rounds = (from / period).floor() as u64..=((from + way) / period).floor() as u64;
            let mut reaches_end = false;
            for round in rounds {
                let start = round as f64 * period - from;
                let [s, t] = [(start / way).max(0.0), ((start + dash) / way).min(1.0)];
                if s >= t {
                    continue;
                }
                match pieces.last_mut() {
                    Some(piece) if is_open && s == 0.0 => piece.push(at(t)),
                    _ => pieces.push(vec![at(s), at(t)]),
                }
                reaches_end = t == 1.0;
            }
            is_open = reaches_end;
            from += way;
        }
        pieces
    }
}

/// Returns the length of a line in px.
fn length(line: &[Point]) -> f64 {
    line.windows(2).map(|pair| distance(pair[0], pair[1])).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_continue_in_the_next_step() {
        let line = |from: f64, to: f64| vec![vec![[from, 0.0], [to, 0.0]]];
        let steps = [line(0.0, 7.0), line(7.0, 20.0)];
        let dashes = PathDashes::new([5.0, 3.0], &steps);
        let spans = |lines: &[Vec<Point>]| -> Vec<[f64; 2]> {
            let ends = lines
                .iter()
                .map(|line| [line[0][0], line[line.len() - 1][0]]);
            ends.map(|ends| ends.map(f64::round)).collect()
        };
        assert_eq!(spans(&dashes.of(0, &steps[0])), [[0.0, 5.0]]);
        assert_eq!(spans(&dashes.of(1, &steps[1])), [[8.0, 13.0], [16.0, 20.0]]);
        assert_eq!(spans(&dashes.of(1, &line(7.0, 10.0))), [[8.0, 10.0]]);
        let all = dashes.of_steps(&steps);
        assert_eq!(spans(&all[1]), [[0.0, 5.0], [8.0, 13.0], [16.0, 20.0]]);
    }
}
