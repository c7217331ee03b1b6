//! The memory that an optimizer needs for matrices of one number per pair of weights.

use crate::{
    Error,
    catalog::{EntryMetadata, Family, inspect::Shape},
    need::Need,
    objective::{Objective, blocks::shapes},
    optimizers,
};

/// Limit of the memory for the matrices of one run, in bytes.
const MAX_BYTES: f64 = (1_u64 << 30) as f64;

/// Checks that the matrices of an optimizer fit into memory, before any work.
///
/// # Errors
/// They need more than 1 GiB.
pub(crate) fn check_memory(about: &EntryMetadata, objective: &dyn Objective) -> Result<(), Error> {
    let bytes = matrix_bytes(about, objective);
    if bytes <= MAX_BYTES {
        return Ok(());
    }
    let (dim, limit) = (objective.dim(), gibibytes(MAX_BYTES));
    let others = optimizers::REGISTRY.abouts().filter(|other| {
        other.family != Some(Family::Recorded) && matrix_bytes(other, objective) == 0.0
    });
    let mut others: Vec<&EntryMetadata> = others.collect();
    // The most similar optimizer comes first.
    others.sort_by_key(|other| {
        [
            other.family != Some(Family::QuasiNewton),
            other.family != about.family,
        ]
    });
    let others: Vec<&str> = others.iter().take(2).map(|other| &*other.id).collect();
    Err(Error::Settings(format!(
        "`{}` needs about {} GiB for matrices of {dim} weights; at most {limit} GiB are allowed: choose an optimizer \
         without matrices, such as {}, or reduce the number of weights",
        about.id,
        gibibytes(bytes),
        others.join(" or ")
    )))
}

/// Returns the number of bytes of the matrices: those of the state with their copy in a trace, the Hessian, and the
/// derivatives of the residuals.
fn matrix_bytes(about: &EntryMetadata, objective: &dyn Objective) -> f64 {
    const NUMBER: f64 = 8.0;
    let dim = objective.dim() as f64;
    let numbers = |shape: Shape| {
        let sides = shape.sides(objective.dim(), shapes(objective.blocks(), objective.dim()));
        sides
            .into_iter()
            .map(|side| side as f64 * side as f64)
            .sum::<f64>()
            + if shape == Shape::Simplex {
                (dim + 1.0) * dim
            } else {
                0.0
            }
    };
    let channels: f64 = about.channels.iter().map(|c| numbers(c.shape)).sum();
    // The Hessian, or the normal matrix, is copied to be factorized.
    let matrices = if about.needs.is_empty() { 0.0 } else { 2.0 };
    let residuals = match objective.least_squares() {
        Some(squares) if about.needs.contains(&Need::Residuals) => squares.residuals() as f64,
        _ => 0.0,
    };
    NUMBER * (channels + dim * (matrices * dim + residuals))
}

fn gibibytes(bytes: f64) -> f64 {
    const GIBIBYTE: f64 = (1_u64 << 30) as f64;
    (10.0 * bytes / GIBIBYTE).round() / 10.0
}

#[cfg(test)]
mod tests {
    use crate::{objective::problems, study::experiment::Experiment};

    fn prepared(on: &str, with: &str) -> Result<(), String> {
        const FEATURES: usize = 10_000;
        let row =
            |cell: &str, target: &str| format!("{}{target}\n", format!("{cell},").repeat(FEATURES));
        let names: Vec<String> = (0..FEATURES).map(|i| format!("x{i}")).collect();
        let wide = format!("{},y\n{}{}", names.join(","), row("1", "0"), row("2", "1"));
        let mut on = problems::pick(on).unwrap();
        on.files.push(("wide.csv".to_owned(), wide.into()));
        let experiment = Experiment::new(on, vec![with.parse().unwrap()]);
        let prepared = experiment.prepare();
        prepared.map(drop).map_err(|error| error.to_string())
    }

    #[test]
    fn matrices_of_many_weights_are_refused() {
        let network = "mlp:layers=2-300-300-1";
        for with in ["bfgs", "dfp", "sr1", "psb"] {
            let error = prepared(network, with).unwrap_err();
            assert!(
                error.contains("about 62.4 GiB for matrices of 91501 weights"),
                "{with}: {error}"
            );
            assert!(error.contains("such as lbfgs"), "{with}: {error}");
        }
        for with in [
            "newton",
            "gauss-newton",
            "levenberg-marquardt",
            "hessian-diagonal",
        ] {
            let error = prepared("wide.csv", with).unwrap_err();
            assert!(
                error.contains("GiB for matrices of 10000 weights"),
                "{with}: {error}"
            );
            assert!(error.contains("such as lbfgs"), "{with}: {error}");
        }
        for with in ["lbfgs", "adam", "conjugate-gradient", "adafactor"] {
            assert_eq!(prepared(network, with), Ok(()), "{with}");
            assert_eq!(prepared("wide.csv", with), Ok(()), "{with}");
        }
        assert_eq!(prepared("mlp", "bfgs"), Ok(()));
    }
}
