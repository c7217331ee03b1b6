//! The facts of one step.

use super::{
    marks::trial_label,
    model::Model,
    vectors::{as_pair, length, minus},
};
use crate::prelude::*;
use crate::{
    map::search_state,
    subject::{FigureInput, PlaneView},
    words::StepNarrative,
};
use thalweg::{
    contender::ComparedOptimizer, inspect::Channel, objective::Objective, oracle::Trial,
};
use thalweg_plot::marks::Wireframe;

/// One step on the plane, and the line through it.
pub(super) struct StepView<'a> {
    /// The optimizer's name.
    pub(super) name: &'a str,
    /// The number of the step; it leads from the weights after `number - 1` epochs to those after `number` epochs.
    pub(super) number: usize,
    /// The index of its run on the plane.
    run: usize,
    pub(super) plane: &'a PlaneView<'a>,
    /// The target loss.
    pub(super) target: Option<f64>,
    /// Beginning and end of the step on the plane.
    pub(super) from: [f64; 2],
    pub(super) to: [f64; 2],
    /// The gradient at the beginning.
    pub(super) gradient: [f64; 2],
    contender: &'a ComparedOptimizer,
    /// The trace in all weights, and the loss.
    whole: &'a Trace,
    objective: &'a dyn Objective,
    /// Names of all weights.
    weight_names: &'a [String],
}

/// The values of a channel before and after the step.
#[derive(Clone, Copy)]
pub(super) struct ChannelChange<'a> {
    pub(super) channel: &'a Channel,
    pub(super) after: &'a [f64],
    pub(super) before: &'a [f64],
}

impl ChannelChange<'_> {
    /// Returns the vector if the channel contains two numbers of this quantity.
    pub(super) fn pair(&self, quantity: Quantity) -> Option<[f64; 2]> {
        let is = self.channel.quantity == quantity && self.channel.shape == Shape::Vector;
        as_pair(self.after).filter(|_| is)
    }

    /// Returns the number if the channel contains one positive number of this quantity for all weights.
    pub(super) fn scalar(&self, quantity: Quantity) -> Option<f64> {
        let is = self.channel.quantity == quantity && self.channel.shape == Shape::Scalar;
        let number = self.after.first().filter(|_| is)?;
        (*number > 0.0 && number.is_finite()).then_some(*number)
    }

    /// Returns the channel's name for ids in a picture.
    pub(super) fn id(&self) -> String {
        self.channel.name.replace('_', "-")
    }

    /// Returns the channel's name in words.
    pub(super) fn words(&self) -> String {
        self.channel.words()
    }
}

impl<'a> StepView<'a> {
    /// Creates the view of a step of the run with this index from 0.
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
            plane: view,
            target: subject.contest.budget.target,
            from,
            to: place(number),
            gradient,
            contender: &subject.contest.contenders[run],
            whole: &subject.traces[run],
            objective: &*subject.contest.problem.objective,
            weight_names: &subject.contest.problem.weight_names,
        })
    }

    fn trace(&self) -> &Trace {
        &self.plane.traces[self.run]
    }

    /// Returns the channels of the optimizer's state.
    pub(super) fn readings(&self) -> impl Iterator<Item = ChannelChange<'_>> + Clone {
        let view: &'a PlaneView = self.plane;
        view.traces[self.run]
            .inner
            .iter()
            .map(move |series| ChannelChange {
                channel: &series.channel,
                after: series.at(self.number),
                before: series.at(self.number - 1),
            })
    }

    /// Returns the marks of the points and covariances in the state after the step.
    pub(super) fn search_state(&self, theme: &Theme) -> Vec<Wireframe> {
        search_state(self.trace(), self.number, theme.path(4))
    }

    /// Returns the displacement of the step; `None` if the weights are not finite.
    pub(super) fn step(&self) -> Option<[f64; 2]> {
        as_pair(&minus(self.to, self.from))
    }

    /// Returns the displacement of the previous step.
    pub(super) fn step_before(&self) -> Option<[f64; 2]> {
        let epoch = self.number.checked_sub(2)?;
        let w = self.trace().at(epoch);
        Some(minus(self.from, [w[0], w[1]]))
    }

    /// Returns the explanation of the step in all weights. `is_exact` states that the optimizer used the exact gradient.
    pub(super) fn narrative(&self) -> StepNarrative<'_> {
        let (names, trace) = (self.weight_names, self.whole);
        let is_exact = self.contender.randomness().is_none();
        StepNarrative::new(self.objective, names, trace, self.number, is_exact)
            .with_optimizer(self.contender)
    }

    /// Returns the two terms whose sum is the step, with their words, if the plane is the complete weight space.
    pub(super) fn terms(&self) -> Option<[(String, [f64; 2]); 2]> {
        let terms = self.narrative().terms().into_iter();
        let terms = terms.filter_map(|term| {
            let d = as_pair(&term.values).filter(|d| length(*d) > 0.0);
            Some((term.words, d?))
        });
        let terms: Vec<_> = terms.collect();
        terms.try_into().ok().filter(|_| self.is_whole())
    }

    /// Returns the trial points of the line search on the plane.
    pub(super) fn trials(&self) -> &[Trial] {
        &self.trace().trials[self.number]
    }

    /// Returns the quadratic model that the optimizer uses, with the name of its channel.
    pub(super) fn model(&self) -> Option<(Model, String)> {
        self.readings().find_map(|reading| {
            let model = Model::new(self.from, self.gradient, reading.channel, reading.after)?;
            Some((model, reading.words()))
        })
    }

    /// Returns whether the plane is the complete weight space.
    pub(super) fn is_whole(&self) -> bool {
        self.whole.dim == 2
    }

    /// Returns the line through the step in all weights.
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

/// The loss along a step, with the parameter 0 at its beginning and 1 at its end.
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

    /// Returns the loss at `t`.
    pub(super) fn value(&self, t: f64) -> f64 {
        self.objective.value(&self.at(t))
    }

    /// Returns the loss and the slope at the beginning.
    pub(super) fn beginning(&self) -> [f64; 2] {
        let mut g = vec![0.0; self.from.len()];
        let loss = self.objective.value_and_gradient(self.from, &mut g);
        let slope = g.iter().zip(&self.along).map(|(g, d)| g * d).sum();
        [loss, slope]
    }

    /// Returns the legend text of the trial points.
    pub(super) fn trial_label(&self) -> &'static str {
        trial_label(self.trials)
    }

    /// Returns the length of the step in lengths of the search direction, if a line search tried a point on it.
    pub(super) fn unit(&self) -> Option<f64> {
        let numbered = self.numbered_trials();
        let units = numbered.map(|(number, [share, _])| self.trials[number - 1].step / share);
        units.into_iter().find(|unit| unit.is_normal())
    }

    /// Returns the trial points of the line search: position along the step, and loss.
    pub(super) fn trials(&self) -> Vec<[f64; 2]> {
        self.numbered_trials().map(|(_, trial)| trial).collect()
    }

    /// Returns the trial points with their numbers from 1 in the order of the search, without points that are not
    /// finite.
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
