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
}
