//! Why a step was made as it was: sentences from channels and quantities, whatever the optimizer.

use crate::session::Session;
use serde_json::{Value, json};
use thalweg::{
    inspect::{Channel, Quantity, Shape},
    trace::{Series, Trace},
};
use thalweg_plot::text::number;

/// Significant digits of a number in a sentence.
const DIGITS: u8 = 4;
/// Digits of a loss, which changes little from step to step near its end.
const LOSS_DIGITS: u8 = 6;
/// A vector of more numbers is not written out.
const MOST: usize = 6;

/// One step of one run: its sentences, and the arrows and curves that show them.
pub fn step(session: &Session, run: usize, epoch: usize) -> Value {
    let contest = session.contest();
    let trace = &session.traces()[run];
    let last = trace.losses.len() - 1;
    let epoch = epoch.min(last);
    let names = &contest.problem.weight_names;
    let told = Told {
        trace,
        names,
        epoch,
    };
    let gradient = |epoch: usize| {
        let w = trace.at(epoch);
        let mut g = vec![0.0; w.len()];
        contest.problem.objective.value_and_gradient(w, &mut g);
        g
    };
    let mut words = vec![told.place()];
    // At the start the gradient is that of the step to come.
    let here = epoch.saturating_sub(1);
    let g = gradient(here);
    let whole = contest.chance.is_none();
    if epoch > 0 {
        let before = (whole && here > 0).then(|| gradient(here - 1));
        words.push(told.gradient(&g, before.as_deref()));
        words.extend(told.trials());
        for series in &trace.inner {
            words.extend(told.channel(series, &g, before.as_deref()));
        }
    } else {
        let vector = Told::vector(&g);
        words.push(format!("The gradient here is {vector}."));
    }
    if epoch == last && !session.goes_on(run) {
        words.push(format!("The run ends here: {}.", trace.stop));
    }
    json!({
        "epoch": epoch,
        "title": contest.contenders[run].label,
        "words": words,
        "arrows": arrows(trace, epoch, &g),
        "trials": trials(trace, epoch),
    })
}

/// Arrows from where a step began; on a plane of two weights only.
///
/// One to scale is as long as it says; another has the length 1 and shows a direction.
fn arrows(trace: &Trace, epoch: usize, g: &[f64]) -> Vec<Value> {
    if trace.dim != 2 {
        return Vec::new();
    }
    let from = trace.at(epoch.saturating_sub(1));
    let arrow = |name: &str, d: &[f64], scale: bool| json!({"name": name, "from": from, "by": d, "to_scale": scale});
    let length = (g[0] * g[0] + g[1] * g[1]).sqrt();
    let mut arrows = Vec::new();
    if length.is_finite() && length > 0.0 {
        arrows.push(arrow(
            "against the gradient",
            &[-g[0] / length, -g[1] / length],
            false,
        ));
    }
    for series in &trace.inner {
        let row = row(series, epoch);
        match (series.channel.shape, series.channel.quantity) {
            (Shape::Vector, Quantity::Displacement) if epoch > 0 => {
                arrows.push(arrow(&spoken(series.channel), row, true));
            }
            (Shape::Vector, Quantity::StepSize) => {
                arrows.push(json!({"name": spoken(series.channel), "from": from, "box": row}));
            }
            _ => {}
        }
    }
    arrows
}

/// The points that a line search tried: how far along the direction, and the loss there.
fn trials(trace: &Trace, epoch: usize) -> Vec<[f64; 2]> {
    let trials = trace.trials[epoch].iter();
    trials.map(|trial| [trial.step, trial.loss]).collect()
}

fn row(series: &Series, epoch: usize) -> &[f64] {
    &series.numbers[epoch * series.width..(epoch + 1) * series.width]
}

/// A channel's name as it is spoken.
fn spoken(channel: &Channel) -> String {
    channel.name.replace('_', " ")
}

struct Told<'a> {
    trace: &'a Trace,
    names: &'a [String],
    epoch: usize,
}

impl Told<'_> {
    fn place(&self) -> String {
        let loss = |epoch: usize| number(self.trace.losses[epoch], LOSS_DIGITS);
        let w = Self::vector(self.trace.at(self.epoch));
        if self.epoch == 0 {
            return format!("At the start, {w}, the loss is {}.", loss(0));
        }
        let (before, after) = (
            self.trace.losses[self.epoch - 1],
            self.trace.losses[self.epoch],
        );
        let way = if after < before {
            "falls"
        } else if after > before {
            "rises"
        } else {
            "stays"
        };
        let d = self.displacement(self.epoch);
        format!(
            "Epoch {} moves by {} to {w}: the loss {way} from {} to {}.",
            self.epoch,
            Self::vector(&d),
            loss(self.epoch - 1),
            loss(self.epoch)
        )
    }

    fn displacement(&self, epoch: usize) -> Vec<f64> {
        let (from, to) = (self.trace.at(epoch - 1), self.trace.at(epoch));
        from.iter().zip(to).map(|(from, to)| to - from).collect()
    }

    fn gradient(&self, g: &[f64], before: Option<&[f64]>) -> String {
        let mut sentence = format!("The gradient was {}", Self::vector(g));
        if let Some(before) = before.filter(|_| g.len() <= MOST) {
            let turned = |i: &usize| g[*i] * before[*i] < 0.0;
            let turned: Vec<&str> = (0..g.len())
                .filter(turned)
                .map(|i| &*self.names[i])
                .collect();
            match &*turned {
                [] => sentence.push_str(", with the signs of the epoch before"),
                [one] => sentence.extend([": that of ", one, " changed its sign"]),
                many => {
                    sentence.extend([": those of ", &many.join(" and "), " changed their signs"]);
                }
            }
        }
        sentence + "."
    }

    fn trials(&self) -> Option<String> {
        let trials = &self.trace.trials[self.epoch];
        let best = trials.iter().min_by(|a, b| a.loss.total_cmp(&b.loss))?;
        Some(format!(
            "The line search tried {} points along its direction; the lowest loss, {}, lay at {} times the direction.",
            trials.len(),
            number(best.loss, LOSS_DIGITS),
            number(best.step, DIGITS)
        ))
    }

    fn channel(&self, series: &Series, g: &[f64], before: Option<&[f64]>) -> Vec<String> {
        let now = row(series, self.epoch);
        let then = row(series, self.epoch - 1);
        let help = series.channel.help.trim_end_matches('.');
        match (series.channel.shape, series.channel.quantity) {
            (Shape::Vector, Quantity::StepSize) if now.len() <= MOST => {
                let sizes = (0..now.len()).map(|i| {
                    let turned = before.map(|before| g[i] * before[i]);
                    self.step_size(i, [then[i], now[i]], turned)
                });
                sizes.collect()
            }
            (Shape::Vector, Quantity::Displacement) if now.len() <= MOST => {
                let back = |i: &usize| now[*i] != 0.0 && now[*i] == -then[*i];
                let back: Vec<&str> = (0..now.len())
                    .filter(back)
                    .map(|i| &*self.names[i])
                    .collect();
                let mut words = vec![format!("{help}: {}.", Self::vector(now))];
                if !back.is_empty() {
                    words.push(format!(
                        "The last step of {} is taken back.",
                        back.join(" and ")
                    ));
                }
                words
            }
            (Shape::Vector, _) if now.len() > MOST => Vec::new(),
            (Shape::Vector, _) => vec![format!("{help}: {}.", Self::vector(now))],
            (Shape::Scalar, _) => vec![format!("{help}: {}.", number(now[0], DIGITS))],
            (Shape::Matrix, _) if now.len() == 4 => {
                let n = |i: usize| number(now[i], DIGITS);
                vec![format!("{help}: [{}, {}; {}, {}].", n(0), n(1), n(2), n(3))]
            }
            (Shape::Matrix, _) => Vec::new(),
        }
    }

    /// `turned` is below zero where the gradient changed its sign.
    fn step_size(&self, i: usize, [then, now]: [f64; 2], turned: Option<f64>) -> String {
        let name = &self.names[i];
        let (from, to) = (number(then, DIGITS), number(now, DIGITS));
        let ratio = now / then;
        let change = if ratio == 0.5 {
            "halved".to_owned()
        } else {
            format!("multiplied by {}", number(ratio, 3))
        };
        match turned {
            _ if now == then => format!("The step size of {name} stays {to}."),
            Some(q) if q < 0.0 && now < then => {
                format!(
                    "The gradient of {name} changed its sign, so its step size is {change}, from {from} to {to}."
                )
            }
            Some(q) if q > 0.0 && now > then => {
                format!(
                    "The gradient of {name} kept its sign, so its step size is {change}, from {from} to {to}."
                )
            }
            _ => format!("The step size of {name} is {change}, from {from} to {to}."),
        }
    }

    fn vector(v: &[f64]) -> String {
        if v.len() > MOST {
            return format!("{} numbers", v.len());
        }
        let numbers: Vec<String> = v.iter().map(|v| number(*v, DIGITS)).collect();
        match &*numbers {
            [one] => one.clone(),
            many => format!("({})", many.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::HOME;

    fn told(run: usize, epoch: usize) -> String {
        let mut session = Session::new(&HOME.parse().unwrap(), &[]).unwrap();
        session.advance(u64::MAX);
        let step = step(&session, run, epoch);
        let words = step["words"].as_array().unwrap().iter();
        words
            .map(|line| line.as_str().unwrap().to_owned() + "\n")
            .collect()
    }

    #[test]
    fn rprop_says_why_its_steps_shrink() {
        let all: String = (1..=20).map(|epoch| told(2, epoch)).collect();
        assert!(
            all.contains("changed its sign, so its step size is halved"),
            "{all}"
        );
        assert!(all.contains("is taken back"), "{all}");
        assert!(told(2, 1).contains("step size"), "{all}");
    }

    #[test]
    fn a_line_search_and_the_end_are_told() {
        let words = told(4, 2);
        assert!(words.contains("The line search tried"), "{words}");
        assert!(
            words.ends_with("The run ends here: the target was reached.\n"),
            "{words}"
        );
    }
}
