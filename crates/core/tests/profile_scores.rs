//! The scores of published submissions to `AlgoPerf`.

use thalweg::tuning::profile_scores;

const STEPS: &str = include_str!("scores/algoperf_steps.csv");

#[test]
fn published_steps_give_the_published_scores() {
    let rows = STEPS.lines().filter(|line| !line.starts_with('#')).skip(1);
    let (mut times, mut scores) = (Vec::new(), Vec::new());
    for row in rows {
        // The name of a submission is quoted and may contain commas.
        let (_, numbers) = row.rsplit_once('"').unwrap();
        let numbers = numbers.trim_start_matches(',').split(',');
        let mut numbers: Vec<f64> = numbers.map(|text| text.parse().unwrap()).collect();
        scores.push(numbers.pop().unwrap());
        assert_eq!(numbers.len(), 9, "{row}");
        times.push(numbers);
    }
    assert_eq!(times.len(), 13);
    for (own, published) in profile_scores(&times).iter().zip(scores) {
        assert!((own - published).abs() < 1e-6, "{own} is not {published}");
    }
}
