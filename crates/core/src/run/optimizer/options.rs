//! Options that change the gradient before a rule or its displacement afterwards. All rules share them.

use super::StepContext;
use crate::{
    catalog::{
        choice,
        inspect::{Channel, Quantity, Shape, StepReason},
    },
    error::Text,
    numeric::linalg::add_scaled,
    objective::blocks::matrices,
    run::gradient_clip::GradientClip,
};
use std::{ops::Range, sync::Arc};

/// How the weight decay acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WeightDecayForm {
    /// The rule adds it to the update of each layer before it scales the update, as its recurrence states.
    LayerWise,
    /// It is part of the gradient, like the gradient of an L2 penalty, so that the rule transforms both.
    #[default]
    Coupled,
    /// Each step subtracts a fraction of the weights: the coefficient times the learning rate, if there is one.
    Decoupled,
    /// Decoupled, but only for the weights that the rule does not move away from zero.
    Cautious,
    /// Decoupled, but only for the weights of matrices.
    Matrices,
}

// Every rule has the three forms in the middle; the first or the last one is the form of some.
choice!(WeightDecayForm {
    "layer-wise": LayerWise,
    "coupled": Coupled,
    "decoupled": Decoupled,
    "cautious": Cautious,
    "matrices": Matrices,
});

/// The defaults of the options of a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OptionDefaults {
    /// Coefficient of the weight decay.
    pub weight_decay: f64,
    /// Form of the weight decay. The form of a layer or of matrices is only a setting of the rules whose default it is.
    pub weight_decay_form: WeightDecayForm,
    /// Number of steps at the beginning in which the rule does not move, and in which decoupled weight decay does not either.
    pub idle_steps: u64,
    /// Scale gamma of the variance reduction; 0 for none.
    pub mars: f64,
    /// Whether the form of the weight decay can also be given as `decoupled=true`, the name of the setting in torch.
    pub has_decoupled: bool,
}

impl OptionDefaults {
    /// All options are off; the weight decay is part of the gradient.
    pub const OFF: Self = Self {
        weight_decay: 0.0,
        weight_decay_form: WeightDecayForm::Coupled,
        idle_steps: 0,
        mars: 0.0,
        has_decoupled: false,
    };
    /// All options are off; the weight decay is decoupled from the gradient.
    pub const DECOUPLED: Self = Self {
        weight_decay_form: WeightDecayForm::Decoupled,
        ..Self::OFF
    };
    /// All options are off; the weight decay is decoupled from the gradient, for the weights of matrices only.
    pub const OF_MATRICES: Self = Self {
        weight_decay_form: WeightDecayForm::Matrices,
        ..Self::OFF
    };
    /// All options are off; the weight decay is part of the update of each layer.
    pub const LAYER_WISE: Self = Self {
        weight_decay_form: WeightDecayForm::LayerWise,
        ..Self::OFF
    };
    /// All options are off; the weight decay is part of the gradient unless `decoupled=true`.
    pub const AS_IN_TORCH: Self = Self {
        has_decoupled: true,
        ..Self::OFF
    };
}

/// The options of a rule.
#[derive(Clone, Default)]
pub struct StepOptions {
    /// Limit on the gradient.
    pub clip: Option<Arc<dyn GradientClip>>,
    /// Factor of the change of the gradient that the variance reduction adds: gamma beta / (1 - beta); 0 for none.
    pub variance_reduction: f64,
    /// Coefficient of the weight decay; 0 for none, and for one that the rule itself adds.
    pub weight_decay: f64,
    /// Form of the weight decay.
    pub weight_decay_form: WeightDecayForm,
    /// Number of steps at the beginning without decoupled weight decay.
    pub idle_steps: u64,
    /// Whether weights whose step would follow the gradient uphill stay in place.
    pub cautious: bool,
}

/// What the options remember. The buffers are (dim, runs) row-major, or empty if no option uses them.
#[derive(Clone, Debug, Default)]
pub struct OptionMemory {
    /// The clipped gradient of the last step, for the variance reduction.
    pub remembered_gradient: Vec<f64>,
    /// The factors by which the cautious option multiplied the last step.
    pub step_factor: Vec<f64>,
    /// The gradient of this step before the variance reduction and the weight decay; scratch space.
    pub(crate) gradient: Vec<f64>,
}

const REMEMBERED_GRADIENT: Channel = Channel {
    name: Text::Borrowed("remembered_gradient"),
    help: Text::Borrowed(
        "Gradient of this step, remembered for the variance reduction of the next one.",
    ),
    quantity: Quantity::Gradient,
    shape: Shape::Vector,
};

const STEP_FACTOR: Channel = Channel {
    name: Text::Borrowed("step_factor"),
    help: Text::Borrowed(
        "Factor of the step of each weight: 0 if the step would have followed the gradient uphill, else at least 1.",
    ),
    quantity: Quantity::Number,
    shape: Shape::Vector,
};

/// The greatest norm of a gradient after the variance reduction.
const MAX_REDUCED_NORM: f64 = 1.0;
/// The smallest fraction of moving weights by which the steps are divided.
const MIN_FRACTION: f64 = 1e-3;

impl StepOptions {
    /// Returns the memory before the first step, for `numbers` weights of all runs.
    pub fn memory(&self, numbers: usize) -> OptionMemory {
        let zeros = |is_used: bool| vec![0.0; if is_used { numbers } else { 0 }];
        OptionMemory {
            remembered_gradient: zeros(self.variance_reduction != 0.0),
            step_factor: zeros(self.cautious),
            gradient: Vec::new(),
        }
    }

    /// Returns whether the options subtract the weight decay from the weights instead of adding it to the gradient.
    pub fn decays_weights(&self) -> bool {
        self.weight_decay != 0.0 && self.weight_decay_form != WeightDecayForm::Coupled
    }

    /// Returns whether the options change displacements, so that the reasons of the rule alone do not hold.
    pub fn change_steps(&self) -> bool {
        self.cautious || self.decays_weights()
    }

    /// Returns whether the weight decay is part of the gradient.
    pub fn decays_gradient(&self) -> bool {
        self.weight_decay != 0.0 && self.weight_decay_form == WeightDecayForm::Coupled
    }

    /// Returns whether no change depends on the number of the step.
    pub fn ignore_step_number(&self) -> bool {
        let waits = self.decays_weights() && self.idle_steps > 0;
        self.variance_reduction == 0.0 && !waits
    }

    /// Replaces the gradient `g` (dim, runs) by the one that the rule uses: clipped, with reduced variance, and with the
    /// weight decay that is part of the gradient.
    pub fn change_gradient(&self, g: &mut [f64], here: StepContext, memory: &mut OptionMemory) {
        if let Some(clip) = &self.clip {
            clip.clip(g, here);
        }
        if self.cautious {
            memory.gradient.clear();
            memory.gradient.extend_from_slice(g);
        }
        if self.variance_reduction != 0.0 {
            self.reduce_variance(g, here, &mut memory.remembered_gradient);
        }
        if self.decays_gradient() {
            add_scaled(g, self.weight_decay, here.weights);
        }
    }

    /// Adds a multiple of the change of the gradient, and limits the norm of the result in each block.
    fn reduce_variance(&self, g: &mut [f64], here: StepContext, previous: &mut [f64]) {
        for (g, previous) in g.iter_mut().zip(previous) {
            // The first step has no previous gradient.
            let change = if here.epoch == 0 { 0.0 } else { *g - *previous };
            *previous = *g;
            *g += self.variance_reduction * change;
        }
        let runs = here.losses.len();
        for block in here.block_ranges() {
            for run in 0..runs {
                let places = block.clone().map(|i| i * runs + run);
                let squares: f64 = places.clone().map(|i| g[i] * g[i]).sum();
                let norm = squares.sqrt();
                if norm > MAX_REDUCED_NORM && norm.is_finite() {
                    for i in places {
                        g[i] /= norm;
                    }
                }
            }
        }
    }

    /// Changes the displacement `d` (dim, runs) of the rule: without the weights that would move uphill, and with the weight
    /// decay that is decoupled from the gradient.
    pub fn change_displacement(
        &self,
        d: &mut [f64],
        here: StepContext,
        learning_rate: Option<f64>,
        memory: &mut OptionMemory,
    ) {
        if self.cautious {
            let runs = here.losses.len();
            memory.step_factor.resize(d.len(), 0.0);
            for block in here.block_ranges() {
                for run in 0..runs {
                    mask_block(
                        d,
                        &memory.gradient,
                        &mut memory.step_factor,
                        &block,
                        [run, runs],
                    );
                }
            }
        }
        if self.decays_weights() && here.epoch >= self.idle_steps {
            let fraction = learning_rate.unwrap_or(1.0) * self.weight_decay;
            self.decay_weights(d, here, fraction);
        }
    }

    /// Subtracts a fraction of the weights from the displacement `d` (dim, runs).
    fn decay_weights(&self, d: &mut [f64], here: StepContext, fraction: f64) {
        match self.weight_decay_form {
            WeightDecayForm::Cautious => {
                for (d, w) in d.iter_mut().zip(here.weights) {
                    if *d * w <= 0.0 {
                        *d -= fraction * w;
                    }
                }
            }
            WeightDecayForm::Matrices => {
                let runs = here.losses.len();
                for block in matrices(here.blocks) {
                    let range = block.range.start * runs..block.range.end * runs;
                    add_scaled(&mut d[range.clone()], -fraction, &here.weights[range]);
                }
            }
            _ => add_scaled(d, -fraction, here.weights),
        }
    }

    /// Visits the channels of the options that are used.
    pub(crate) fn read(memory: &OptionMemory, visit: &mut dyn FnMut(&Channel, &[f64])) {
        let channels = [
            (&REMEMBERED_GRADIENT, &memory.remembered_gradient),
            (&STEP_FACTOR, &memory.step_factor),
        ];
        for (channel, numbers) in channels {
            if !numbers.is_empty() {
                visit(channel, numbers);
            }
        }
    }

    /// Returns the reasons of the steps of a rule with these options, given those of the rule alone.
    pub fn reasons(&self, rule: &[StepReason], has_learning_rate: bool) -> Vec<StepReason> {
        let mut all = Vec::new();
        if self.cautious {
            // The factor is 0 for a masked weight, so the formula is 0; else it is not a number.
            all.push(StepReason::new(
                "stays in place, because its step would follow the gradient uphill",
                "0 / (1 - sign(step_factor))",
            ));
        }
        all.extend(rule.iter().map(|why| self.cautious_reason(why)));
        if self.decays_weights() {
            let is_partial =
                self.weight_decay_form == WeightDecayForm::Matrices || self.idle_steps > 0;
            let undecayed = if is_partial { all.clone() } else { Vec::new() };
            for why in &mut all {
                self.add_decay(why, has_learning_rate);
            }
            all.splice(0..0, undecayed);
        }
        all
    }

    /// Returns a reason whose step is multiplied by the factor of the cautious option.
    fn cautious_reason(&self, why: &StepReason) -> StepReason {
        if !self.cautious || why.step.is_empty() {
            return why.clone();
        }
        StepReason {
            step: format!("step_factor * ({})", why.step).into(),
            ..why.clone()
        }
    }

    /// Adds the decoupled weight decay to a reason.
    fn add_decay(&self, why: &mut StepReason, has_learning_rate: bool) {
        let fraction = if has_learning_rate {
            "learning_rate * weight_decay"
        } else {
            "weight_decay"
        };
        let (words, fraction) = match self.weight_decay_form {
            WeightDecayForm::Cautious => (
                ", and shrinks by the weight decay if that does not oppose the step",
                format!("{fraction} * (1 - max(0, sign(({}) * weight)))", why.step),
            ),
            _ => (", and shrinks by the weight decay", fraction.to_owned()),
        };
        let is_empty = why.step.is_empty();
        why.words = format!("{}{words}", why.words).into();
        if !is_empty {
            why.step = format!("{} - [{fraction}] * weight", why.step).into();
        }
    }
}

/// Multiplies the displacements of one block of one of the runs by their factors: 0 for weights that would follow the gradient
/// `g` uphill, and the reciprocal of the fraction of the others for the others.
fn mask_block(
    d: &mut [f64],
    g: &[f64],
    factors: &mut [f64],
    block: &Range<usize>,
    [run, runs]: [usize; 2],
) {
    let places = block.clone().map(|i| i * runs + run);
    let moving = places.clone().filter(|i| d[*i] * g[*i] < 0.0).count();
    let fraction = (moving as f64 / block.len() as f64).max(MIN_FRACTION);
    for i in places {
        factors[i] = if d[i] * g[i] < 0.0 {
            1.0 / fraction
        } else {
            0.0
        };
        d[i] *= factors[i];
    }
}
