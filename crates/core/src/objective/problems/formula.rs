//! A formula given by the user.

use super::{half_inverse_curvature, prelude::*, test_functions::surface};
use crate::{error::shortened, objective::expression::tree::Expression};

/// A formula in x and y, with exact gradient and Hessian.
///
/// ```text
/// formula:(1-x)^2+100*(y-x^2)^2,start=-1.5,2,window=-2,2,-1,3
/// ```
///
/// It may contain `+ - * / ^`, brackets, `|x|`, `x²`, the functions of the setting `formula`, and the constants pi and e. `log`
/// is the natural logarithm, `2x` is a product, `-x^2` is -(x^2), and w1 and w2 are aliases of x and y. If a comma is followed
/// by `name=`, enclose the formula in brackets or quotes.
#[derive(Clone, Debug, Describe)]
#[entry(id = "formula", title = "Formula")]
pub struct FormulaProblem {
    /// Formula in x and y with + - * / ^, brackets, pi, and e. Functions of angles: sin cos tan cot asin acos atan
    /// atan2(y,x). Other functions: sinh cosh tanh sigmoid exp exp2 ln log log2 log10 sqrt cbrt abs sign floor min max
    /// where(x<y,then,otherwise).
    pub formula: UserFormula,
    /// Initial point. The default lies at 20% and 70% of the sides of the window.
    pub start: Option<[f64; 2]>,
    /// Visible part of the plane: w1min,w1max,w2min,w2max. The default is -5,5,-5,5.
    pub window: Option<[f64; 4]>,
    /// Target loss.
    #[param(slider = -1.0..=1.0)]
    pub target: Option<f64>,
}

/// Limit of the length of a title, so that it fits above a figure.
const MAX_TITLE_CHARS: usize = 60;

/// A formula as text and as an expression.
#[derive(Clone, Debug)]
pub struct UserFormula {
    text: String,
    expression: Expression,
}

impl Setting for UserFormula {
    const KIND: Kind = Kind::Text;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let Some(text) = settings.text_of(param) else {
            let message = "the formula is missing: add one, as in formula:x^2+2*y^2";
            return Err(Error::Settings(message.to_owned()));
        };
        let expression = Expression::read(text)
            .map_err(|(span, error)| settings.within_value(param, span, error))?;
        let text = text.to_owned();
        Ok(Self { text, expression })
    }
}

/// `COUNT` numbers separated by commas.
impl<const COUNT: usize> Setting for [f64; COUNT] {
    const KIND: Kind = Kind::Text;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let text = String::read(param, settings)?;
        let number = |text: &str| text.trim().parse().ok().filter(|v: &f64| v.is_finite());
        let numbers: Option<Vec<f64>> = text.split(',').map(number).collect();
        let numbers = numbers.and_then(|numbers| numbers.try_into().ok());
        numbers.ok_or_else(|| Error::Value {
            key: param.name.to_string(),
            given: text,
            allowed: format!("it must be {COUNT} finite numbers separated by commas"),
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
        let target = self.target.map(|loss| ShortestFloat(loss).to_string());
        let title = shortened(&self.formula.text, MAX_TITLE_CHARS);
        let formula = self.formula.expression;
        // In the page, `surface` records every formula on a tape.
        #[cfg(not(target_arch = "wasm32"))]
        let formula = crate::objective::expression::tape::Tape::of(&formula);
        let problem = surface(title.into(), formula, start, edges);
        // Only an experiment knows whether runs begin at `start`, so it checks that the loss is finite there.
        Ok(Problem {
            window: window.including(std::iter::once(&start[..])),
            target: self.target,
            resolved: vec![
                ResolvedSetting::new("start", Some(join(&start))),
                ResolvedSetting::new("window", Some(join(&edges))),
                ResolvedSetting::new("target", target),
            ],
            learning_rate: half_inverse_curvature(&*problem.objective, window),
            learning_rate_source: RateSource::Curvature,
            ..problem
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalog::Params as _, objective::expression::tree::function_names};

    #[test]
    fn formulas_of_angles_have_known_values() {
        let problem = |pick: &str| {
            let pick = pick.parse().unwrap();
            crate::objective::problems::REGISTRY
                .build(&pick, None)
                .unwrap()
        };
        let spiral = problem("formula:sqrt(x^2+y^2)+sin(4*atan2(y,x)),start=20,20");
        let mut g = [0.0; 2];
        let loss = spiral.objective.value_and_gradient(&spiral.start, &mut g);
        assert_eq!(loss, 28.284_271_247_461_902);
        let next = g.map(|g| 20.0 - 0.1 * g);
        assert_eq!(next, [19.919_289_321_881_344, 19.939_289_321_881_347]);
        let bowl = problem("formula:cosh(x)+y^2,start=1,1");
        assert_eq!(bowl.objective.value(&bowl.start), 2.543_080_634_815_243_7);
    }

    #[test]
    fn second_derivatives_are_right_where_a_first_derivative_is_zero() {
        for (formula, at, expected) in [
            ("sqrt(x^2+1)+y^2", [0.0, 1.0], [1.0, 0.0, 0.0, 2.0]),
            ("sqrt(x^2+y^2)", [0.0, 0.5], [2.0, 0.0, 0.0, 0.0]),
            ("sqrt(x^2+y^2)", [-0.5, 0.0], [0.0, 0.0, 0.0, 2.0]),
            ("cbrt(x^2+8)+y", [0.0, 1.0], [1.0 / 6.0, 0.0, 0.0, 0.0]),
            ("asin(x^2/2)+y", [0.0, 1.0], [1.0, 0.0, 0.0, 0.0]),
            ("acos(x^2/2)+y", [0.0, 1.0], [-1.0, 0.0, 0.0, 0.0]),
            ("atan2(y,x)", [2.0, 0.0], [0.0, -0.25, -0.25, 0.0]),
            // The tip of a cone has no second derivative.
            ("sqrt(x^2+y^2)", [0.0, 0.0], [0.0; 4]),
        ] {
            let pick = format!("formula:{formula}").parse().unwrap();
            let registry = &crate::objective::problems::REGISTRY;
            let problem = registry.build(&pick, None).unwrap();
            let mut h = [0.0; 4];
            problem.objective.curved().unwrap().hessian(&at, &mut h);
            let is_close = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-14;
            assert!(h.iter().zip(&expected).all(is_close), "{formula}: {h:?}");
        }
    }

    #[test]
    fn the_help_lists_every_function() {
        let help = FormulaProblem::PARAMS[0].help.replace(['.', '('], " ");
        for name in function_names() {
            assert!(help.split(' ').any(|word| word == name), "{name}: {help}");
        }
    }
}
