//! Orthogonalization: makes the singular values of a matrix equal or nearly equal to 1.

use crate::{
    catalog::choice,
    numeric::{
        linalg::dot,
        matrix::{multiply, multiply_symmetric, polar_factor, transpose},
    },
};

/// How a matrix is orthogonalized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coefficients {
    /// Newton-Schulz iterations with the coefficients of Keller Jordan: singular values between about 0.7 and 1.2.
    Keller,
    /// Newton-Schulz iterations whose coefficients are optimal for each step: singular values near 1.
    PolarExpress,
    /// The singular value decomposition: singular values equal to 1.
    Exact,
}

choice!(Coefficients {
    "keller": Keller,
    "polar-express": PolarExpress,
    "exact": Exact,
});

/// The coefficients of Keller Jordan, for every iteration.
const KELLER: [[f64; 3]; 1] = [[3.4445, -4.7750, 2.0315]];

/// The coefficients of the paper `The Polar Express`, before the safety factor. The last ones are those of all later
/// iterations.
const POLAR_EXPRESS: [[f64; 3]; 8] = [
    [
        8.287_212_018_145_63,
        -23.595_886_519_098_837,
        17.300_387_312_530_933,
    ],
    [
        4.107_059_111_542_203,
        -2.947_849_916_737_910_6,
        0.544_843_108_292_660_1,
    ],
    [
        3.948_690_853_482_294_6,
        -2.908_902_115_962_949,
        0.551_819_139_437_013_7,
    ],
    [
        3.318_419_657_370_601_5,
        -2.488_488_024_314_874,
        0.510_048_940_123_72,
    ],
    [
        2.300_652_019_954_817,
        -1.668_903_984_574_749_3,
        0.418_807_311_952_567_3,
    ],
    [
        1.891_301_407_787_398,
        -1.267_995_827_194_586_8,
        0.376_804_089_485_248_35,
    ],
    [
        1.875_001_480_853_447_9,
        -1.250_001_645_399_948_7,
        0.375_000_164_547_424_8,
    ],
    [1.875, -1.25, 0.375],
];

/// The safety factor of the Polar Express: singular values slightly above 1 must not grow.
const SAFETY: f64 = 1.01;

impl Coefficients {
    /// Returns the coefficients of the iteration `i`, counted from 0.
    fn of_iteration(self, i: usize) -> [f64; 3] {
        match self {
            Self::PolarExpress if i + 1 < POLAR_EXPRESS.len() => {
                let [a, b, c] = POLAR_EXPRESS[i];
                let cube = SAFETY * SAFETY * SAFETY;
                [a / SAFETY, b / cube, c / (cube * SAFETY * SAFETY)]
            }
            Self::PolarExpress => POLAR_EXPRESS[POLAR_EXPRESS.len() - 1],
            Self::Keller | Self::Exact => KELLER[0],
        }
    }
}

/// Orthogonalizes matrices, with buffers for the iterations.
#[derive(Clone, Debug, Default)]
pub(super) struct Orthogonalizer {
    x: Vec<f64>,
    turned: Vec<f64>,
    gram: Vec<f64>,
    square: Vec<f64>,
    next: Vec<f64>,
}

impl Orthogonalizer {
    /// Replaces `a` (rows, columns), row-major, by its orthogonalization with this number of Newton-Schulz iterations.
    /// `epsilon` is added to the Frobenius norm by which the matrix is divided first.
    pub(super) fn orthogonalize(
        &mut self,
        a: &mut [f64],
        [rows, columns]: [usize; 2],
        coefficients: Coefficients,
        steps: u64,
        epsilon: f64,
    ) {
        if coefficients == Coefficients::Exact {
            self.x.resize(a.len(), 0.0);
            polar_factor(a, &mut self.x, [rows, columns]);
            a.copy_from_slice(&self.x);
            return;
        }
        let safety = match coefficients {
            Coefficients::PolarExpress => SAFETY,
            Coefficients::Keller | Coefficients::Exact => 1.0,
        };
        let norm = dot(a, a).sqrt() * safety + epsilon;
        for v in &mut *a {
            *v /= norm;
        }
        // The iteration of the transpose is the transpose of the iteration, and the products with fewer rows are cheaper.
        let is_tall = rows > columns;
        self.x.resize(a.len(), 0.0);
        if is_tall {
            transpose(a, &mut self.x, [rows, columns]);
        } else {
            self.x.copy_from_slice(a);
        }
        let shape = [rows.min(columns), rows.max(columns)];
        for i in 0..steps {
            self.iterate(shape, coefficients.of_iteration(i as usize));
        }
        if is_tall {
            transpose(&self.x, a, shape);
        } else {
            a.copy_from_slice(&self.x);
        }
    }

    /// Replaces X (r, c) by a X + (b X X^T + c (X X^T)^2) X.
    fn iterate(&mut self, [r, c]: [usize; 2], [first, second, third]: [f64; 3]) {
        for buffer in [&mut self.turned, &mut self.next] {
            buffer.resize(r * c, 0.0);
        }
        for buffer in [&mut self.gram, &mut self.square] {
            buffer.resize(r * r, 0.0);
        }
        transpose(&self.x, &mut self.turned, [r, c]);
        multiply_symmetric(&self.x, &self.turned, &mut self.gram, [r, c]);
        multiply_symmetric(&self.gram, &self.gram, &mut self.square, [r, r]);
        for (square, gram) in self.square.iter_mut().zip(&self.gram) {
            *square = second * gram + third * *square;
        }
        multiply(&self.square, &self.x, &mut self.next, [r, r, c]);
        for (x, next) in self.x.iter_mut().zip(&self.next) {
            *x = first * *x + next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{matrix::SingularValues, random::Random};

    #[test]
    fn singular_values_come_near_one() {
        let mut random = Random::from_seed(5);
        for shape in [[8, 8], [16, 4], [3, 7], [1, 5]] {
            for (coefficients, steps, [low, high]) in [
                (Coefficients::Keller, 10, [0.6, 1.25]),
                (Coefficients::PolarExpress, 12, [1.0 - 1e-9, 1.0 + 1e-9]),
                (Coefficients::Exact, 5, [1.0 - 1e-13, 1.0 + 1e-13]),
            ] {
                let mut a: Vec<f64> = (0..shape[0] * shape[1]).map(|_| random.normal()).collect();
                let mut tool = Orthogonalizer::default();
                tool.orthogonalize(&mut a, shape, coefficients, steps, 1e-7);
                for value in SingularValues::new(&a, shape).values {
                    assert!(
                        (low..=high).contains(&value),
                        "{coefficients:?} {shape:?}: {value}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_zero_matrix_stays_zero() {
        for coefficients in Coefficients::ALL {
            let mut a = [0.0; 6];
            Orthogonalizer::default().orthogonalize(&mut a, [3, 2], *coefficients, 5, 1e-7);
            assert_eq!(a, [0.0; 6], "{coefficients:?}");
        }
    }
}
