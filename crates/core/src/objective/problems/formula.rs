//! A formula of the user's own.

use super::{prelude::*, test_functions::surface};
use crate::objective::expression::tree::Expression;

/// A formula of your own in x and y, with exact gradient and Hessian.
///
/// ```text
/// formula:(1-x)^2+100*(y-x^2)^2,start=-1.5,2,window=-2,2,-1,3
/// ```
///
/// It may hold `+ - * / ^`, brackets, the functions sin cos tan exp ln log sqrt abs tanh min max sign, and the numbers pi
/// and e; log is the natural logarithm, `2x` is a product, `-x^2` is -(x^2), and w1 and w2 are other names of x and y. A
/// part with `name=` behind a comma must stand in brackets or quotes.
#[derive(Clone, Debug, Describe)]
#[entry(id = "formula", title = "Your formula")]
pub struct FormulaProblem {
    /// The formula in x and y: + - * / ^, brackets, sin cos tan exp ln log sqrt abs tanh min max sign, pi and e.
    pub formula: Expression,
    /// Where runs begin unless the experiment has a start; where none is given, a fifth and seven tenths along the window's
    /// sides.
    pub start: Option<[f64; 2]>,
    /// The part of the plane that is shown, as w1min,w1max,w2min,w2max; -5 to 5 where none is given.
    pub window: Option<[f64; 4]>,
    /// The loss that counts as done.
    #[param(slider = -1.0..=1.0)]
    pub target: Option<f64>,
}

impl Setting for Expression {
    const KIND: Kind = Kind::Text;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let Some(text) = settings.text_of(param) else {
            let message = "the formula is missing, such as x^2+2*y^2 in formula:x^2+2*y^2";
            return Err(Error::Settings(message.to_owned()));
        };
        Self::read(text).map_err(|(span, error)| settings.within_value(param, span, error))
    }
}

/// As many numbers with commas between.
impl<const COUNT: usize> Setting for [f64; COUNT] {
    const KIND: Kind = Kind::Text;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let text = settings.text_of(param).unwrap_or_default();
        let number = |text: &str| text.trim().parse().ok().filter(|v: &f64| v.is_finite());
        let numbers: Option<Vec<f64>> = text.split(',').map(number).collect();
        let numbers = numbers.and_then(|numbers| numbers.try_into().ok());
        numbers.ok_or_else(|| Error::Value {
            key: param.name.to_string(),
            given: text.to_owned(),
            allowed: format!("it must be {COUNT} finite numbers with commas between"),
            nearest: None,
        })
    }
}

impl Build<Problem> for FormulaProblem {
    fn build(self) -> Result<Problem, Error> {
        let edges = self.window.unwrap_or([-5.0, 5.0, -5.0, 5.0]);
        let window = Window::new(edges)?;
        let along = |[low, high]: [f64; 2], share: f64| low + share * (high - low);
        let start = self
            .start
            .unwrap_or_else(|| [along(window.w1, 0.2), along(window.w2, 0.7)]);
        let formula = self.formula;
        // In the page `surface` records every formula.
        #[cfg(not(target_arch = "wasm32"))]
        let formula = crate::objective::expression::tape::Tape::of(&formula);
        let problem = surface(Self::ABOUT.title, formula, start, edges);
        // Whether it is a number there, is asked where it is known that runs begin there.
        Ok(Problem {
            window: window.including(std::iter::once(&start[..])),
            target: self.target,
            learning_rate: half_a_step(&*problem.objective, &start),
            ..problem
        })
    }
}

/// Half of one over the greatest curvature at the start, if it is curved there.
fn half_a_step(f: &dyn Objective, start: &[f64]) -> Option<f64> {
    let mut h = [0.0; 4];
    f.curved()?.hessian(start, &mut h);
    let (mean, half) = (0.5 * (h[0] + h[3]), 0.5 * (h[0] - h[3]));
    let greatest = mean.abs() + (half * half + h[1] * h[1]).sqrt();
    (greatest.is_finite() && greatest > 1e-6).then(|| 0.5 / greatest)
}
