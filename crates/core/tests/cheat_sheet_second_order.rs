//! The numbers of the library of the article for its optimizers with a line search or a matrix.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]
#![allow(
    clippy::unreadable_literal,
    reason = "the numbers are copied from printed output"
)]

use thalweg::{experiment::Experiment, run::StopReason, trace::Trace};

fn train(pick: &str) -> Trace {
    let experiment = Experiment::new("article".parse().unwrap(), vec![pick.parse().unwrap()]);
    let contest = experiment.prepare().unwrap();
    Trace::record(contest.run(&contest.contenders[0]))
}

/// Pick, epochs, final weights, and final loss.
type Row = (&'static str, u64, [f64; 2], f64);

/// All runs start at the initial point of the article and end when the loss is at most 0.125.
const ROWS: [Row; 30] = [
    (
        "gradient-descent:search=golden-section,search.bracket=doubling,search.tolerance=1e-05",
        6,
        [2.61215429917819, -3.0372955600603033],
        0.12443194915633977,
    ),
    (
        "gradient-descent:search=golden-section,search.bracket=doubling",
        6,
        [2.614482982989358, -3.0333265044423423],
        0.12447955643055585,
    ),
    (
        "gradient-descent:search=golden-section,search.bracket=doubling,search.max_step=100,search.tolerance=1e-05",
        3,
        [2.5183975928958473, -4.099978950949809],
        0.1208895087223731,
    ),
    (
        "gradient-descent:search=golden-section,search.bracket=doubling,search.max_step=100",
        3,
        [2.520651498517413, -4.0925368982935835],
        0.12082489341078333,
    ),
    (
        "gradient-descent:search=golden-section,search.bracket=doubling,search.max_step=200,search.tolerance=1e-05",
        4,
        [3.17469229380329, -4.290862126480697],
        0.11404248260677008,
    ),
    (
        "gradient-descent:search=golden-section,search.bracket=doubling,search.max_step=200",
        4,
        [3.1764206489345796, -4.295586743475286],
        0.11401234404585675,
    ),
    (
        "gradient-descent:search=golden-section,search.bracket=doubling,search.max_step=1000,search.tolerance=1e-05",
        2,
        [5.927525365606122, -10.83441023020141],
        0.10197298184641797,
    ),
    (
        "gradient-descent:search=golden-section,search.bracket=doubling,search.max_step=1000",
        2,
        [5.900683129447129, -10.791791910565138],
        0.1021195960260181,
    ),
    (
        "conjugate-gradient:beta=fletcher-reeves",
        10,
        [2.390910972230677, -3.032784588556713],
        0.12490345611304637,
    ),
    (
        "conjugate-gradient:beta=fletcher-reeves,restart=0",
        12,
        [2.384779420874481, -3.1023962388080735],
        0.12440397249409242,
    ),
    (
        "conjugate-gradient:beta=polak-ribiere",
        11,
        [2.5310435155414712, -3.2608044343198728],
        0.12247979581396905,
    ),
    (
        "conjugate-gradient:beta=polak-ribiere,restart=0",
        10,
        [2.4500046584048416, -3.1369557212811774],
        0.12378381554395924,
    ),
    (
        "conjugate-gradient:beta=hestenes-stiefel",
        17,
        [2.4412112382625426, -3.1388193516119625],
        0.12381382235392364,
    ),
    (
        "conjugate-gradient:beta=hestenes-stiefel,restart=0",
        17,
        [2.4340399743941425, -3.117454901467445],
        0.12401310999387788,
    ),
    (
        "conjugate-gradient:beta=liu-storey",
        11,
        [2.5310435155414712, -3.2608044343198728],
        0.12247979581396905,
    ),
    (
        "conjugate-gradient:beta=liu-storey,restart=0",
        10,
        [2.439250057454995, -3.1204582821628932],
        0.12396389006605905,
    ),
    (
        "conjugate-gradient:beta=dai-yuan",
        11,
        [2.433773031574699, -3.105799515390314],
        0.12410512121970346,
    ),
    (
        "conjugate-gradient:beta=dai-yuan,restart=0",
        12,
        [3.602813477370755, -3.751758036657969],
        0.12236040230495106,
    ),
    (
        "conjugate-gradient:beta=conjugate-descent",
        10,
        [2.390910972230677, -3.032784588556713],
        0.12490345611304637,
    ),
    (
        "conjugate-gradient:beta=conjugate-descent,restart=0",
        12,
        [2.5288279622809746, -3.242897735278985],
        0.12262191336988722,
    ),
    (
        "bfgs",
        5,
        [2.90875753903497, -3.5959073393986607],
        0.11915628447256843,
    ),
    (
        "dfp",
        5,
        [2.936264274889127, -3.671116935375105],
        0.11852909771823561,
    ),
    (
        "sr1",
        5,
        [2.922914227886835, -3.6323761557170275],
        0.11885015795297926,
    ),
    (
        "levenberg-marquardt:damping=0.01,residuals=squared-errors,repeat=false",
        4,
        [2.6368205884432454, -3.9715236940363265],
        0.11885627461229663,
    ),
    (
        "levenberg-marquardt:damping=0.1,residuals=squared-errors,repeat=false",
        10,
        [2.29775686191216, -3.3831605731686993],
        0.12401380700115185,
    ),
    (
        "levenberg-marquardt:damping=0.01,repeat=false",
        2,
        [2.775596755664423, -3.5107185863715324],
        0.11988885684208339,
    ),
    (
        "levenberg-marquardt:damping=0.1,repeat=false",
        6,
        [2.6296692078637407, -3.4208664426130877],
        0.1209351237002181,
    ),
    (
        "newton:damping=1",
        239,
        [2.3780727541040654, -3.03630183956741],
        0.12494212117361914,
    ),
    (
        "newton:damping=0.01",
        3,
        [2.402005501467466, -3.0577674370121057],
        0.1246446481781609,
    ),
    (
        "newton:damping=0.1",
        24,
        [2.399776086354415, -3.07845002805264],
        0.12449362390863138,
    ),
];

#[test]
fn every_row_of_the_table_is_reproduced() {
    let mut wrong = Vec::new();
    for (pick, epochs, weights, loss) in ROWS {
        let trace = train(pick);
        let found = trace
            .last()
            .iter()
            .chain([&trace.losses[trace.losses.len() - 1]]);
        let pairs = found.zip(weights.iter().chain([&loss]));
        let worst = pairs
            .map(|(found, expected)| (found - expected).abs() / expected.abs())
            .fold(0.0, f64::max);
        let right = trace.stop == StopReason::Reached && trace.epochs() == epochs && worst <= 1e-9;
        if !right {
            wrong.push(format!(
                "{pick}: {:?} after {} epochs, {worst:e} away",
                trace.stop,
                trace.epochs()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn psb_is_reset_where_the_library_moves_uphill() {
    // Four of the ten steps of the library move uphill, by the last step of its search, 1/1024 of the direction.
    let trace = train("psb");
    assert_eq!((trace.stop, trace.epochs()), (StopReason::Reached, 7));
    assert!(trace.losses.windows(2).all(|pair| pair[1] < pair[0]));
    // All quasi-Newton methods make the same first step.
    assert_eq!(trace.at(1), train("bfgs").at(1));
}

#[test]
fn newton_without_damping_fails_on_the_plateau() {
    // The library divides by zero at epoch 741, where the curvature underflows. The exact epoch depends on the last digits.
    let trace = train("newton:damping=0");
    assert_eq!(trace.stop, StopReason::Singular);
    assert!((735..=741).contains(&trace.epochs()), "{}", trace.epochs());
    assert_eq!(trace.loss(), 0.5);
}

#[test]
fn hessian_diagonal_moves_uphill_where_the_curvature_is_negative() {
    for (rate, weights, loss) in [
        (
            0.1,
            [-38.06166402669503, -21.076924188430795],
            0.4999799789722677,
        ),
        (
            0.3,
            [-42.45982225563948, -23.274015635330052],
            0.49999333078427494,
        ),
    ] {
        let trace = train(&format!("hessian-diagonal:learning_rate={rate}"));
        assert_eq!(trace.stop, StopReason::EpochLimit);
        let found = trace.last().iter().chain([&trace.losses[100_000]]);
        for (found, expected) in found.zip(weights.iter().chain([&loss])) {
            assert!((found - expected).abs() <= 1e-9 * expected.abs());
        }
    }
}
