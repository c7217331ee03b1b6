//! Performance profiles (Dolan and Moré, 2002) and their score in `AlgoPerf`.

/// The largest ratio of a profile.
pub const MAX_RATIO: f64 = 4.0;

/// Number of ratios at which the score evaluates a profile.
const POINTS: usize = 100;

/// Returns the ratio of each time to the best one of its workload: (optimizers, workloads), as `times`. An infinite time is a miss;
/// the ratio of a miss is infinite.
pub fn ratios(times: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let workloads = times.first().map_or(0, Vec::len);
    let best: Vec<f64> = (0..workloads)
        .map(|j| times.iter().map(|row| row[j]).fold(f64::INFINITY, f64::min))
        .collect();
    let ratio = |(time, best): (&f64, &f64)| {
        if time.is_finite() {
            time / best
        } else {
            f64::INFINITY
        }
    };
    let row = |row: &Vec<f64>| row.iter().zip(&best).map(ratio).collect();
    times.iter().map(row).collect()
}

/// Returns the corners of the profile of one optimizer from its [`ratios`]: for each ratio tau from 1 to [`MAX_RATIO`], the share
/// of workloads whose ratio is at most tau. The first point is at 1, the last one at [`MAX_RATIO`].
pub fn profile_points(ratios: &[f64]) -> Vec<[f64; 2]> {
    let mut corners: Vec<f64> = ratios.iter().copied().filter(|r| *r < MAX_RATIO).collect();
    corners.extend([1.0, MAX_RATIO]);
    corners.sort_by(f64::total_cmp);
    corners.dedup();
    let mut points: Vec<[f64; 2]> = Vec::new();
    for tau in corners {
        // A profile is constant between its corners.
        let before = points.last().map(|[_, share]| [tau, *share]);
        points.extend(before);
        points.push([tau, share(ratios, tau)]);
    }
    points
}

/// Returns the score of each optimizer: the mean of its profile over the ratios from 1 to [`MAX_RATIO`], by the trapezoid rule on
/// 100 points. `times` is (optimizers, workloads); an infinite time is a miss.
pub fn profile_scores(times: &[Vec<f64>]) -> Vec<f64> {
    let width = (MAX_RATIO - 1.0) / (POINTS - 1) as f64;
    let score = |ratios: &Vec<f64>| {
        let shares: Vec<f64> = (0..POINTS)
            .map(|i| share(ratios, 1.0 + width * i as f64))
            .collect();
        let pairs = shares
            .windows(2)
            .map(|pair| f64::midpoint(pair[0], pair[1]));
        pairs.sum::<f64>() / (POINTS - 1) as f64
    };
    ratios(times).iter().map(score).collect()
}

/// Returns the share of workloads whose ratio is at most `tau`.
fn share(ratios: &[f64], tau: f64) -> f64 {
    let within = ratios.iter().filter(|ratio| **ratio <= tau).count();
    within as f64 / ratios.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_optimizer_that_is_always_the_best_has_the_score_1() {
        let times = [
            vec![10.0, 5.0],
            vec![20.0, f64::INFINITY],
            vec![f64::INFINITY; 2],
        ];
        let scores = profile_scores(&times);
        assert_eq!(scores[0], 1.0);
        assert_eq!(scores[2], 0.0);
        // Half of the workloads at two thirds of the ratios.
        assert!((scores[1] - 1.0 / 3.0).abs() < 0.01, "{scores:?}");
    }

    #[test]
    fn a_workload_that_nobody_solves_lowers_all_scores() {
        let times = [vec![10.0, f64::INFINITY], vec![10.0, f64::INFINITY]];
        assert_eq!(profile_scores(&times), [0.5, 0.5]);
    }

    #[test]
    fn a_profile_is_a_staircase() {
        let points = profile_points(&[1.0, 2.0, f64::INFINITY, 5.0]);
        assert_eq!(
            points,
            [[1.0, 0.25], [2.0, 0.25], [2.0, 0.5], [4.0, 0.5], [4.0, 0.5]]
        );
    }
}
