//! The facts of one step.

use super::{
    model::Model,
    vectors::{as_pair, minus},
};
use crate::prelude::*;
use crate::{
    subject::{FigureInput, PlaneView},
    words::StepNarrative,
};
use thalweg::{
    contender::ComparedOptimizer, inspect::Channel, objective::Objective, oracle::Trial,
};

/// One step, as it is seen on the plane, and the line that it lies on.
pub(super) struct StepView<'a> {
    /// The optimizer's name.
    pub(super) name: &'a str,
    /// Which step; it leads from the weights after one epoch less to those after so many epochs.
    pub(super) number: usize,
    /// The number of its run on the plane.
    run: usize,
    pub(super) view: &'a PlaneView<'a>,
    /// The loss at which the run is done.
    pub(super) target: Option<f64>,
    /// Where it begins and ends on the plane.
    pub(super) from: [f64; 2],
    pub(super) to: [f64; 2],
    /// The gradient where it begins.
    pub(super) gradient: [f64; 2],
    contender: &'a ComparedOptimizer,
    /// The run in all weights, and its loss.
    whole: &'a Trace,
    objective: &'a dyn Objective,
}

/// What a channel shows after the step, and before it.
#[derive(Clone, Copy)]
pub(super) struct ChannelChange<'a> {
    pub(super) channel: &'a Channel,
    pub(super) now: &'a [f64],
    pub(super) before: &'a [f64],
}

impl ChannelChange<'_> {
    /// Two numbers of this quantity, if that is what it has.
    pub(super) fn pair(&self, quantity: Quantity) -> Option<[f64; 2]> {
        let is = self.channel.quantity == quantity && self.channel.shape == Shape::Vector;
        as_pair(self.now).filter(|_| is)
    }

    /// Its name in the ids of a picture.
    pub(super) fn id(&self) -> String {
        self.channel.name.replace('_', "-")
    }

    /// Its name as words.
    pub(super) fn words(&self) -> String {
        self.channel.name.replace('_', " ")
    }
}

impl<'a> StepView<'a> {
    /// A step of the run of this number, counted from 0.
    pub(super) fn new(subject: &'a FigureInput, run: usize, number: usize) -> Result<Self, Error> {
        let view = subject.view()?;
        let trace = &view.traces[run];
        let place = |epoch: usize| [trace.at(epoch)[0], trace.at(epoch)[1]];
        let from = place(number - 1);
        let mut gradient = [0.0; 2];
        view.objective.value_and_gradient(&from, &mut gradient);
        Ok(Self {
            name: subject.labels().nth(run).unwrap_or_default(),
            number,
            run,
            view,
            target: subject.contest.budget.target,
            from,
            to: place(number),
            gradient,
            contender: &subject.contest.contenders[run],
            whole: &subject.traces[run],
            objective: &*subject.contest.problem.objective,
        })
    }

    fn trace(&self) -> &Trace {
        &self.view.traces[self.run]
    }

    /// What the optimizer shows of its inner state.
    pub(super) fn readings(&self) -> impl Iterator<Item = ChannelChange<'_>> + Clone {
        let view: &'a PlaneView = self.view;
        view.traces[self.run]
            .inner
            .iter()
            .map(move |series| ChannelChange {
                channel: &series.channel,
                now: series.at(self.number),
                before: series.at(self.number - 1),
            })
    }

    /// The step itself; none where it leads to no finite weights.
    pub(super) fn step(&self) -> Option<[f64; 2]> {
        as_pair(&minus(self.to, self.from))
    }

    /// The step before.
    pub(super) fn step_before(&self) -> Option<[f64; 2]> {
        let epoch = self.number.checked_sub(2)?;
        let w = self.trace().at(epoch);
        Some(minus(self.from, [w[0], w[1]]))
    }

    /// The step in words; `seen` tells whether the optimizer saw the gradient itself.
    pub(super) fn told(&self, seen: bool) -> StepNarrative<'_> {
        let view = self.view;
        let told = StepNarrative::new(
            &*view.objective,
            &view.names,
            self.trace(),
            self.number,
            seen,
        );
        if self.is_whole() {
            told.by(self.contender)
        } else {
            // Its formulas are about weights, not about their shadows.
            told
        }
    }

    /// What the line search tried, on the plane.
    pub(super) fn trials(&self) -> &[Trial] {
        &self.trace().trials[self.number]
    }

    /// The quadratic model of the loss by which the optimizer steps, with the name of the channel it comes from.
    pub(super) fn model(&self) -> Option<(Model, String)> {
        self.readings().find_map(|reading| {
            let model = Model::new(self.from, self.gradient, reading.channel, reading.now)?;
            Some((model, reading.words()))
        })
    }

    /// Whether what is seen is all there is: two weights.
    pub(super) fn is_whole(&self) -> bool {
        self.whole.dim == 2
    }

    /// The line through the step in all weights.
    pub(super) fn line(&self) -> Option<StepLine<'_>> {
        let (from, to) = (self.whole.at(self.number - 1), self.whole.at(self.number));
        let along: Vec<f64> = to.iter().zip(from).map(|(to, from)| to - from).collect();
        let square = along.iter().map(|v| v * v).sum::<f64>();
        (square > 0.0 && square.is_finite()).then(|| StepLine {
            objective: self.objective,
            from,
            along,
            square,
            trials: &self.whole.trials[self.number],
        })
    }
}

/// The loss along a step: 0 where it begins, 1 where it ends.
pub(super) struct StepLine<'a> {
    objective: &'a dyn Objective,
    from: &'a [f64],
    along: Vec<f64>,
    square: f64,
    trials: &'a [Trial],
}

impl StepLine<'_> {
    fn at(&self, t: f64) -> Vec<f64> {
        let w = self.from.iter().zip(&self.along);
        w.map(|(w, d)| w + t * d).collect()
    }

    /// The loss at `t`.
    pub(super) fn value(&self, t: f64) -> f64 {
        self.objective.value(&self.at(t))
    }

    /// The loss where the step begins, and its slope along it.
    pub(super) fn beginning(&self) -> [f64; 2] {
        let mut g = vec![0.0; self.from.len()];
        let loss = self.objective.value_and_gradient(self.from, &mut g);
        let slope = g.iter().zip(&self.along).map(|(g, d)| g * d).sum();
        [loss, slope]
    }

    /// How many lengths of the direction the step is, where a line search tried a point of it.
    pub(super) fn unit(&self) -> Option<f64> {
        let numbered = self.numbered_trials();
        let units = numbered.map(|(number, [share, _])| self.trials[number - 1].step / share);
        units.into_iter().find(|unit| unit.is_normal())
    }

    /// What the line search tried: how far along the step, and the loss there.
    pub(super) fn trials(&self) -> Vec<[f64; 2]> {
        self.numbered_trials().map(|(_, trial)| trial).collect()
    }

    /// The same, each with its number in the order of the search, counted from 1; what has no place is left out.
    pub(super) fn numbered_trials(&self) -> impl Iterator<Item = (usize, [f64; 2])> {
        let share = |trial: &Trial| {
            let way = trial.weights.iter().zip(self.from).zip(&self.along);
            way.map(|((w, from), d)| (w - from) * d).sum::<f64>() / self.square
        };
        let trials = self.trials.iter().enumerate();
        let trials = trials.map(move |(i, trial)| (i + 1, [share(trial), trial.loss]));
        trials.filter(|(_, p)| p.iter().all(|v| v.is_finite()))
    }
}
