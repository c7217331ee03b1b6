//! The simplex method of Nelder and Mead.

use super::{loss_at, sort_by_loss};
use crate::{catalog::inspect::Simplex, numeric::number::ShortestFloat, optimizers::prelude::*};

/// Moves a simplex, a triangle for two weights, downhill: each step replaces its worst vertex by a better point.
///
/// ```text
/// v_0 to v_n: the vertices from the lowest to the highest loss, c = mean of v_0 .. v_(n-1)
/// p(t) = c + t (c - v_n)          r = p(reflection), e = p(reflection expansion)
/// f(r) < f(v_0):      v_n <- the better one of r and e
/// f(r) < f(v_(n-1)):  v_n <- r
/// f(r) < f(v_n):      v_n <- p(contraction reflection) if it is not worse than r
/// else:               v_n <- p(-contraction) if it is better than v_n
/// no better point:    v_i <- v_0 + shrink (v_i - v_0) for all i
/// ```
///
/// The path and the loss of a run are those of the best vertex. The tests of this form, with their order and their initial
/// simplex, are those of `scipy.optimize.minimize(method="Nelder-Mead")`: the vertices besides the initial point are 5 %
/// farther along one weight each, or 0.00025 if the weight is 0. Nelder and Mead choose the initial simplex freely, and contract
/// only if the point is better than both the reflection and the worst vertex. `SciPy` ends a run when the simplex is small; here
/// a run ends when no step changes the simplex, or by the limits of the experiment.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "nelder-mead",
    title = "Nelder-Mead",
    family = DerivativeFree,
    cite = "nelder1965simplex",
    why = REASONS
)]
pub struct NelderMead {
    /// Length of the edge of the initial simplex along a weight, relative to the weight.
    #[param(default = 0.05, valid = positive, slider = 1e-3..=1.0, log, tuned)]
    pub relative_edge: f64,
    /// Length of the edge of the initial simplex along a weight that is 0.
    #[param(default = 0.00025, valid = positive, slider = 1e-5..=1.0, log)]
    pub zero_edge: f64,
    /// Coefficient of the reflection.
    #[param(default = 1.0, valid = positive, slider = 0.5..=2.0)]
    pub reflection: f64,
    /// Coefficient of the expansion, relative to the reflection. The default is 2, or 1 + 2 / n for n weights if `adaptive` is
    /// true.
    #[param(valid = open(1.0..), slider = 1.0..=4.0)]
    pub expansion: Option<f64>,
    /// Coefficient of the contraction. The default is 0.5, or 0.75 - 1 / (2 n) for n weights if `adaptive` is true.
    #[param(valid = open(0.0..1.0), slider = 0.1..=0.9)]
    pub contraction: Option<f64>,
    /// Coefficient of the shrink. The default is 0.5, or 1 - 1 / n for n weights if `adaptive` is true.
    #[param(valid = open(0.0..1.0), slider = 0.1..=0.9)]
    pub shrink: Option<f64>,
    /// Whether the defaults of the coefficients follow from the number of weights, as Gao and Han propose for many weights.
    #[param(default = false)]
    pub adaptive: bool,
}

/// Displacement of the best vertex if a new vertex on the line through the centroid is the best one.
const TO_NEW_VERTEX: &str = "[centroid - weight] + coefficient * [centroid - replaced]";
/// The same after a shrink.
const TO_SHRUNK_VERTEX: &str = "coefficient * [replaced - weight]";

/// The reasons for its steps, by the case that [`Move::case`] returns.
const REASONS: &[StepReason] = &[
    StepReason::of_case(
        1,
        "moves to the reflection of the worst vertex, because it is better than all vertices, and a point beyond it is not even better",
        TO_NEW_VERTEX,
    ),
    StepReason::of_case(
        2,
        "moves beyond the reflection of the worst vertex, because the reflection is better than all vertices, and this expansion is even better",
        TO_NEW_VERTEX,
    ),
    StepReason::of_case(
        3,
        "moves to a contraction between the centroid and the reflection of the worst vertex, because the reflection is only better than this vertex, and the contraction is better than all vertices",
        TO_NEW_VERTEX,
    ),
    StepReason::of_case(
        4,
        "moves to a contraction between the worst vertex and the centroid, because the reflection is not better than this vertex, and the contraction is better than all vertices",
        TO_NEW_VERTEX,
    ),
    StepReason::of_case(
        5,
        "moves to a vertex that became the best one when the simplex shrank, because no contraction was better",
        TO_SHRUNK_VERTEX,
    ),
    StepReason::of_case(
        11,
        "stays at the best vertex; the worst one is reflected, because the reflection is better than the second worst vertex, but not than the best one",
        "",
    ),
    StepReason::of_case(
        13,
        "stays at the best vertex; the worst one is contracted towards its reflection, because the reflection is only better than this vertex",
        "",
    ),
    StepReason::of_case(
        14,
        "stays at the best vertex; the worst one is contracted towards the centroid, because its reflection is not better",
        "",
    ),
    StepReason::of_case(
        15,
        "stays at the best vertex; the simplex shrinks towards it, because no contraction was better",
        "",
    ),
    StepReason::of_case(
        20,
        "moves to the best vertex, which the first step found to be better than the initial point",
        "",
    ),
];

/// A change of the simplex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Reflected = 1,
    Expanded = 2,
    ContractedOutside = 3,
    ContractedInside = 4,
    Shrunk = 5,
}

impl Move {
    /// Returns the case of a step with this move, given whether the best vertex is a new one and whether the weights move.
    fn case(self, is_new_best: bool, has_moved: bool) -> f64 {
        const STAYS: u32 = 10;
        const FIRST_SIMPLEX: u32 = 20;
        f64::from(match (is_new_best, has_moved) {
            (true, _) => self as u32,
            (false, false) => STAYS + self as u32,
            (false, true) => FIRST_SIMPLEX,
        })
    }
}

/// The simplex and the last change of it.
#[derive(Clone, Debug, Inspect)]
pub struct NelderMeadState {
    /// Vertices of the simplex after this step, from the lowest to the highest loss; in the order of the weights before the
    /// first step.
    #[quantity(Position)]
    simplex: Simplex,
    /// Loss at the worst vertex after this step; infinite before the first step.
    #[quantity(Value)]
    worst_loss: PerRunScalar,
    /// Centroid of all vertices but the worst one, before this step changed it.
    #[quantity(Position)]
    centroid: Vec<f64>,
    /// Vertex that this step replaced: the worst one, or after a shrink the one that became the best.
    #[quantity(Position)]
    replaced: Vec<f64>,
    /// Coefficient t of the new vertex, c + t (c - v), for the centroid c and the replaced vertex v, or after a shrink the
    /// coefficient of the shrink; zero before the first step.
    #[quantity(Number)]
    coefficient: PerRunScalar,
    /// Change of the simplex: 1 for a reflection, 2 for an expansion, 3 or 4 for a contraction outside or inside, and 5 for a
    /// shrink, plus 10 if the best vertex stays; 20 if the first step leaves the initial point for another vertex, and 0 before
    /// the first step.
    #[quantity(Case)]
    change: PerRunScalar,
    /// The losses at the vertices (dim + 1); empty before the first step.
    #[scratch]
    losses: Vec<f64>,
}

/// A point that may become a vertex.
struct Candidate {
    coefficient: f64,
    point: Vec<f64>,
    loss: f64,
}

/// The coefficients in effect.
struct Coefficients {
    expansion: f64,
    contraction: f64,
    shrink: f64,
}

impl NelderMead {
    /// Returns the coefficients for `dim` weights.
    fn coefficients(&self, dim: usize) -> Coefficients {
        let n = dim as f64;
        // For one weight, the adaptive shrink would be 0.
        let [expansion, contraction, shrink] = if self.adaptive && dim > 1 {
            [1.0 + 2.0 / n, 0.75 - 1.0 / (2.0 * n), 1.0 - 1.0 / n]
        } else {
            [2.0, 0.5, 0.5]
        };
        Coefficients {
            expansion: self.expansion.unwrap_or(expansion),
            contraction: self.contraction.unwrap_or(contraction),
            shrink: self.shrink.unwrap_or(shrink),
        }
    }

    /// Returns a better point for the worst vertex with its move, or `None` if the simplex must shrink.
    fn replacement(
        &self,
        s: &NelderMeadState,
        coefficients: &Coefficients,
        oracle: &mut Oracle,
    ) -> Option<(Candidate, Move)> {
        let dim = s.centroid.len();
        let [best, second_worst, worst] = [0, dim - 1, dim].map(|i| s.losses[i]);
        let reflected = s.candidate(self.reflection, oracle);
        if reflected.loss < best {
            let expanded = s.candidate(self.reflection * coefficients.expansion, oracle);
            return Some(if expanded.loss < reflected.loss {
                (expanded, Move::Expanded)
            } else {
                (reflected, Move::Reflected)
            });
        }
        if reflected.loss < second_worst {
            return Some((reflected, Move::Reflected));
        }
        if reflected.loss < worst {
            let contracted = s.candidate(coefficients.contraction * self.reflection, oracle);
            return (contracted.loss <= reflected.loss)
                .then_some((contracted, Move::ContractedOutside));
        }
        let contracted = s.candidate(-coefficients.contraction, oracle);
        (contracted.loss < worst).then_some((contracted, Move::ContractedInside))
    }
}

impl NelderMeadState {
    /// Returns the vertex with this index (dim).
    fn vertex(&self, i: usize) -> &[f64] {
        let dim = self.centroid.len();
        &self.simplex.0[i * dim..(i + 1) * dim]
    }

    /// Evaluates the vertices of the initial simplex and sorts them.
    fn begin(&mut self, oracle: &mut Oracle) {
        let vertices = self.simplex.0.chunks_exact(self.centroid.len());
        self.losses = vertices.map(|v| loss_at(v, oracle)).collect();
        sort_by_loss(&mut self.simplex.0, &mut self.losses);
    }

    /// Evaluates the point on the line through the worst vertex and the centroid.
    fn candidate(&self, coefficient: f64, oracle: &mut Oracle) -> Candidate {
        let pairs = self.centroid.iter().zip(&self.replaced);
        // In this order of operations, the point has the bits of SciPy.
        let point = pairs.map(|(c, worst)| (1.0 + coefficient) * c - coefficient * worst);
        let point: Vec<f64> = point.collect();
        Candidate {
            loss: loss_at(&point, oracle),
            coefficient,
            point,
        }
    }

    /// Sets the centroid of all vertices but the worst one, and the vertex to replace.
    fn choose_worst(&mut self) {
        let dim = self.centroid.len();
        let (others, worst) = self.simplex.0.split_at(dim * dim);
        self.replaced.copy_from_slice(worst);
        self.centroid.fill(0.0);
        for vertex in others.chunks_exact(dim) {
            add_scaled(&mut self.centroid, 1.0, vertex);
        }
        for c in &mut self.centroid {
            *c /= dim as f64;
        }
    }

    /// Moves all vertices towards the best one, which is the first.
    fn shrink(&mut self, coefficient: f64, oracle: &mut Oracle) {
        let dim = self.centroid.len();
        let (best, others) = self.simplex.0.split_at_mut(dim);
        let mut lowest = self.losses[0];
        for (vertex, loss) in others.chunks_exact_mut(dim).zip(&mut self.losses[1..]) {
            let before = vertex.to_vec();
            for (v, best) in vertex.iter_mut().zip(&*best) {
                *v = best + coefficient * (*v - best);
            }
            *loss = loss_at(vertex, oracle);
            if *loss < lowest {
                lowest = *loss;
                self.replaced.copy_from_slice(&before);
            }
        }
        self.coefficient.0[0] = coefficient;
    }
}

impl Optimizer for NelderMead {
    type State = NelderMeadState;

    fn start(&self, w: &[f64], _: &mut Oracle) -> NelderMeadState {
        let dim = w.len();
        let mut simplex = w.repeat(dim + 1);
        for (i, w) in w.iter().enumerate() {
            // In this order of operations, the vertex has the bits of SciPy.
            simplex[(i + 1) * dim + i] = if *w == 0.0 {
                self.zero_edge
            } else {
                (1.0 + self.relative_edge) * w
            };
        }
        NelderMeadState {
            simplex: Simplex(simplex),
            worst_loss: PerRunScalar(vec![f64::INFINITY]),
            centroid: w.to_vec(),
            replaced: w.to_vec(),
            ..NelderMeadState::zeros(dim, 1)
        }
    }

    fn step(&self, w: &mut [f64], s: &mut NelderMeadState, oracle: &mut Oracle) -> StepOutcome {
        if s.losses.is_empty() {
            s.begin(oracle);
        }
        let dim = w.len();
        let starts_at_best = *w == *s.vertex(0);
        let (best, coefficients) = (s.losses[0], self.coefficients(dim));
        s.choose_worst();
        let change = if let Some((new, change)) = self.replacement(s, &coefficients, oracle) {
            s.simplex.0[dim * dim..].copy_from_slice(&new.point);
            s.losses[dim] = new.loss;
            s.coefficient.0[0] = new.coefficient;
            change
        } else {
            s.shrink(coefficients.shrink, oracle);
            Move::Shrunk
        };
        sort_by_loss(&mut s.simplex.0, &mut s.losses);
        s.worst_loss.0[0] = s.losses[dim];
        // The formula of a shrink needs the best vertex before the step.
        let is_new_best = s.losses[0] < best && (change != Move::Shrunk || starts_at_best);
        s.change.0[0] = change.case(is_new_best, *w != *s.vertex(0));
        w.copy_from_slice(s.vertex(0));
        StepOutcome::Continue
    }

    fn resolved_settings(&self, dim: usize) -> Vec<ResolvedSetting> {
        let in_effect = self.coefficients(dim);
        [
            ("expansion", in_effect.expansion),
            ("contraction", in_effect.contraction),
            ("shrink", in_effect.shrink),
        ]
        .map(|(key, value)| ResolvedSetting::new(key, Some(ShortestFloat(value).to_string())))
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::problems;

    /// Runs steps from (0, 0), records the state after each, and compares it with a recurrence that is written independently.
    #[test]
    fn each_step_changes_the_worst_vertex_as_stated() {
        let problem = problems::REGISTRY.build(&"booth".parse().unwrap(), None);
        let problem = problem.unwrap();
        let f = |v: &[f64]| problem.objective.value(v);
        let rule = NelderMead {
            relative_edge: 0.5,
            zero_edge: 0.5,
            reflection: 1.0,
            expansion: None,
            contraction: None,
            shrink: None,
            adaptive: false,
        };
        let (mut w, mut oracle) = (vec![0.0, 4.0], Oracle::new(&*problem.objective));
        let mut state = rule.start(&w, &mut oracle);
        assert_eq!(state.simplex.0, [0.0, 4.0, 0.5, 4.0, 0.0, 6.0]);
        let mut seen = std::collections::BTreeSet::new();
        let mut vertices: Vec<Vec<f64>> = state.simplex.0.chunks(2).map(<[f64]>::to_vec).collect();
        for _ in 0..80 {
            vertices.sort_by(|a, b| f(a).total_cmp(&f(b)));
            let worst = vertices[2].clone();
            let at = |t: f64| -> Vec<f64> {
                let c = |i: usize| f64::midpoint(vertices[0][i], vertices[1][i]);
                (0..2).map(|i| c(i) + t * (c(i) - worst[i])).collect()
            };
            rule.step(&mut w, &mut state, &mut oracle);
            let change = state.change.0[0] as u32;
            seen.insert(change);
            let reflected = f(&at(1.0));
            let [best, second, worst] = [0, 1, 2].map(|i| f(&vertices[i]));
            let t = match change % 10 {
                1 => 1.0,
                2 => 2.0,
                3 => 0.5,
                4 => -0.5,
                other => panic!("{other}"),
            };
            let expected = match change % 10 {
                1 => reflected < second && (reflected >= best || f(&at(2.0)) >= reflected),
                2 => reflected < best && f(&at(2.0)) < reflected,
                3 => (second..worst).contains(&reflected) && f(&at(0.5)) <= reflected,
                _ => reflected >= worst && f(&at(-0.5)) < worst,
            };
            assert!(expected, "{change}");
            assert_eq!(change > 10, f(&at(t)) >= best, "{change}");
            vertices[2] = at(t);
            vertices.sort_by(|a, b| f(a).total_cmp(&f(b)));
            for (found, expected) in state.simplex.0.iter().zip(vertices.concat()) {
                assert!((found - expected).abs() < 1e-9, "{found} {expected}");
            }
        }
        assert!(seen.len() > 4, "{seen:?}");
        assert!(f(&w) < 1e-6);
    }
}
