//! The end of a run beside its projection onto a plane through more than two weights.

use super::FigureInput;
use thalweg::linalg::difference;
use thalweg_plot::text;

/// The weights of a run beside their projection onto a plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaneGap {
    /// Distance of the weights from the plane.
    pub distance: f64,
    /// Loss at the weights.
    pub loss: f64,
    /// Loss of the map at the projection.
    pub map_loss: f64,
}

impl PlaneGap {
    /// Returns the parts of a description: "2.3663 from the plane" and "loss 0.009743, on the map 0.385302".
    pub fn words(&self) -> [String; 2] {
        const DIGITS: u8 = 6;
        let [distance, loss, map] =
            [self.distance, self.loss, self.map_loss].map(|v| text::number(v, DIGITS));
        [
            format!("{distance} from the plane"),
            format!("loss {loss}, on the map {map}"),
        ]
    }
}

impl FigureInput<'_> {
    /// Returns a label of a run, followed by its distance from the plane and its losses if it can leave the plane.
    pub(super) fn with_plane_gap(&self, label: String, run: usize, epoch: usize) -> String {
        match self.plane_gap(run, epoch) {
            Some(gap) => format!("{label}: {}", gap.words().join(", ")),
            None => label,
        }
    }

    /// Returns the weights of a run after an epoch beside their projection; `None` if no run can leave the plane.
    pub fn plane_gap(&self, run: usize, epoch: usize) -> Option<PlaneGap> {
        /// A smaller distance, relative to the size of the weights, is rounding.
        const ROUNDING: f64 = 1e-12;
        let view = self.optional_view().filter(|view| view.leaves_plane())?;
        let trace = self.traces.get(run)?;
        let w = trace.at(epoch);
        let place = view.coordinates(w);
        let length = |v: &[f64]| v.iter().map(|v| v * v).sum::<f64>().sqrt();
        let distance = length(&difference(w, &view.weights(place)));
        Some(PlaneGap {
            distance: if distance <= ROUNDING * length(w) {
                0.0
            } else {
                distance
            },
            loss: trace.losses[epoch],
            map_loss: view.objective.value(&place),
        })
    }
}
