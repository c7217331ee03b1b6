//! The viewpoint of a surface, which still figures and animations share.

use thalweg_plot::surface::Surface;

/// Azimuths that are tried, the article's first. From each, both axes extend away from the camera.
const AZIMUTHS: [f64; 8] = [-58.0, -40.0, 32.0, 50.0, 122.0, 140.0, 212.0, 230.0];
/// Elevations that are tried, the article's first.
const ELEVATIONS: [f64; 3] = [38.0, 50.0, 62.0];

/// The viewpoint of a surface before its paths are known.
pub(crate) const FIRST_CAMERA: [f64; 2] = [AZIMUTHS[0], ELEVATIONS[0]];

/// Returns the azimuth and the elevation in degrees that show most of the paths of a surface. Given angles are kept.
pub(crate) fn clearest_camera(
    surface: &Surface,
    [azimuth, elevation]: [Option<f64>; 2],
) -> [f64; 2] {
    let azimuths = azimuth.map_or(AZIMUTHS.to_vec(), |a| vec![a]);
    let elevations = elevation.map_or(ELEVATIONS.to_vec(), |e| vec![e]);
    surface.clearest(&azimuths, &elevations)
}
