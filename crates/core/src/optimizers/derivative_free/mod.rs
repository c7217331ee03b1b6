//! Optimizers that evaluate only the loss, at points of their own: simplices, samples, and populations.
//!
//! They continue from the points in their state, so a wrapper cannot hold them. A loss that is NaN counts as infinite.

mod cma_constants;
mod cma_es;
mod differential_evolution;
mod line_minimum;
mod nelder_mead;
mod particle_swarm;
mod powell;
mod random_search;
mod simulated_annealing;

pub use self::{
    cma_es::CmaEs, differential_evolution::DifferentialEvolution, nelder_mead::NelderMead,
    particle_swarm::ParticleSwarm, powell::Powell, random_search::RandomSearch,
    simulated_annealing::SimulatedAnnealing,
};

use crate::{
    numeric::{linalg::add_scaled, random::Random},
    run::oracle::Oracle,
};

/// Returns the loss at `w` (dim); NaN counts as infinite, so that such a point is never better than another one.
fn loss_at(w: &[f64], oracle: &mut Oracle) -> f64 {
    let loss = oracle.value(w);
    if loss.is_nan() { f64::INFINITY } else { loss }
}

/// Returns the losses of points (count, dim).
fn losses_at(points: &[f64], dim: usize, oracle: &mut Oracle) -> Vec<f64> {
    let points = points.chunks_exact(dim);
    points.map(|w| loss_at(w, oracle)).collect()
}

/// Draws standard normal numbers z (dim), and sets the `point` to `w` + `sigma` z.
fn draw_around(w: &[f64], sigma: f64, z: &mut [f64], point: &mut [f64], random: &mut Random) {
    z.fill_with(|| random.normal());
    point.copy_from_slice(w);
    add_scaled(point, sigma, z);
}

/// Returns the random numbers of an optimizer: those of its own seed, or else of the seed of the run.
fn random(seed: Option<u64>, oracle: &Oracle) -> Random {
    Random::from_seed(seed.unwrap_or(oracle.seed()))
}

/// Returns points (count, dim): `w` (dim), then uniform ones in the box of half width `spread` around it.
fn population_around(w: &[f64], count: usize, spread: f64, random: &mut Random) -> Vec<f64> {
    let mut points = w.repeat(count);
    for v in &mut points[w.len()..] {
        *v += spread * random.between([-1.0, 1.0]);
    }
    points
}

/// Returns the indices of losses in ascending order. Equal losses keep their order.
fn ranks(losses: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..losses.len()).collect();
    order.sort_by(|i, j| losses[*i].total_cmp(&losses[*j]));
    order
}

/// Sorts points (count, dim) and their losses (count) by the losses. Equal losses keep their order.
fn sort_by_loss(points: &mut [f64], losses: &mut [f64]) {
    let dim = points.len() / losses.len().max(1);
    let (from, then) = (points.to_vec(), losses.to_vec());
    for (to, i) in ranks(&then).into_iter().enumerate() {
        points[to * dim..(to + 1) * dim].copy_from_slice(&from[i * dim..(i + 1) * dim]);
        losses[to] = then[i];
    }
}
