//! Test functions of two weights for optimizers, one per file.

#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

use super::{Problem, RateSource};
use crate::{
    catalog::Text,
    objective::{
        expression::{
            dual::Number,
            surface::{Formula, FormulaObjective},
        },
        field::Window,
    },
};
use std::sync::Arc;

mod ackley;
mod beale;
mod booth;
mod branin;
mod bukin;
mod cliff;
mod cross_in_tray;
mod easom;
mod goldstein_price;
mod griewank;
mod himmelblau;
mod levy;
mod matyas;
mod mccormick;
mod michalewicz;
mod monkey_saddle;
mod plateau;
mod prelude;
mod quadratic;
mod rastrigin;
mod ravine;
mod rosenbrock;
mod saddle;
mod six_hump_camel;
mod styblinski_tang;
mod three_hump_camel;

pub use self::{
    ackley::Ackley, beale::Beale, booth::Booth, branin::Branin, bukin::Bukin, cliff::Cliff,
    cross_in_tray::CrossInTray, easom::Easom, goldstein_price::GoldsteinPrice, griewank::Griewank,
    himmelblau::Himmelblau, levy::Levy, matyas::Matyas, mccormick::McCormick,
    michalewicz::Michalewicz, monkey_saddle::MonkeySaddle, plateau::Plateau, quadratic::Quadratic,
    rastrigin::Rastrigin, ravine::Ravine, rosenbrock::Rosenbrock, saddle::Saddle,
    six_hump_camel::SixHumpCamel, styblinski_tang::StyblinskiTang,
    three_hump_camel::ThreeHumpCamel,
};

/// Returns the absolute value, whose derivative jumps at 0.
#[inline(always)]
fn absolute<N: Number>(x: N) -> N {
    N::select_less(x, x.constant(0.0), -x, x)
}

/// Creates the problem of a formula with its initial point and window (w1min, w1max, w2min, w2max).
pub(super) fn surface(
    title: Text,
    formula: impl Formula,
    start: [f64; 2],
    window: [f64; 4],
) -> Problem {
    // In the page, all formulas are evaluated by the same code, with the same results, to reduce the size of the download.
    #[cfg(target_arch = "wasm32")]
    let formula = crate::objective::expression::tape::Tape::of(&formula);
    Problem {
        title,
        objective: Arc::new(FormulaObjective(formula)),
        network: None,
        weight_names: ["x", "y"].map(str::to_owned).to_vec(),
        start: start.to_vec(),
        window: Window::between(window),
        target: None,
        minima: Vec::new(),
        learning_rate: None,
        learning_rate_source: RateSource::Problem,
        notes: Vec::new(),
        resolved: Vec::new(),
    }
}
