//! What can be asked of the function that training makes small.

/// A function of the weights with exact first and second derivatives.
///
/// Optimizers never see an objective: they ask an [`Oracle`](crate::oracle::Oracle), which counts.
/// For the same weights each method answers with the same bits on every machine.
pub trait Objective: Send + Sync {
    /// Number of weights.
    fn dim(&self) -> usize;

    /// The loss at `w` (dim).
    fn value(&self, w: &[f64]) -> f64;

    /// Writes the gradient at `w` into `g` (both dim) and returns the loss, the same bits as [`value`](Self::value).
    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64;

    /// Writes the Hessian at `w` into `h`: (dim, dim), row-major, symmetric.
    fn hessian(&self, w: &[f64], h: &mut [f64]);

    /// The loss at many points: each the same bits as [`value`](Self::value) there.
    ///
    /// `points` is (dim, count) row-major: all first weights, then all second ones; `losses` is (count).
    fn values(&self, points: &[f64], losses: &mut [f64]) {
        let (dim, count) = (self.dim(), losses.len());
        assert_eq!(points.len(), dim * count, "points must be (dim, count)");
        let mut w = vec![0.0; dim];
        for (i, loss) in losses.iter_mut().enumerate() {
            for (j, w) in w.iter_mut().enumerate() {
                *w = points[j * count + i];
            }
            *loss = self.value(&w);
        }
    }

    /// The loss of a function of two weights on a grid, for pictures: `losses` is (ys, xs) row-major.
    ///
    /// Where a grid saves work, a loss may differ from [`value`](Self::value) in its last digits.
    fn grid(&self, xs: &[f64], ys: &[f64], losses: &mut [f64]) {
        rows(self, xs, ys, losses);
    }

    /// The loss and the gradient at many points: each the same bits as
    /// [`value_and_gradient`](Self::value_and_gradient) there.
    ///
    /// `points` and `gradients` are (dim, count) row-major, `losses` is (count).
    fn values_and_gradients(&self, points: &[f64], losses: &mut [f64], gradients: &mut [f64]) {
        let (dim, count) = (self.dim(), losses.len());
        assert_eq!(points.len(), dim * count, "points must be (dim, count)");
        assert_eq!(
            gradients.len(),
            dim * count,
            "gradients must be (dim, count)"
        );
        let (mut w, mut g) = (vec![0.0; dim], vec![0.0; dim]);
        for (i, loss) in losses.iter_mut().enumerate() {
            for (j, w) in w.iter_mut().enumerate() {
                *w = points[j * count + i];
            }
            *loss = self.value_and_gradient(&w, &mut g);
            for (j, g) in g.iter().enumerate() {
                gradients[j * count + i] = *g;
            }
        }
    }
}

/// The loss on a grid, row by row: what [`Objective::grid`] is where a grid saves nothing.
pub(crate) fn rows<O: Objective + ?Sized>(f: &O, xs: &[f64], ys: &[f64], losses: &mut [f64]) {
    assert_eq!(f.dim(), 2, "a grid has two weights");
    let columns = xs.len();
    let mut points = vec![0.0; 2 * columns];
    points[..columns].copy_from_slice(xs);
    for (row, y) in losses.chunks_exact_mut(columns).zip(ys) {
        points[columns..].fill(*y);
        f.values(&points, row);
    }
}
