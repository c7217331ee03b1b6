//! The numbers of the cheat sheet of the article, from an independent implementation of the formulas of its library.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]
#![allow(
    clippy::unreadable_literal,
    reason = "the numbers are copied from printed output"
)]

use thalweg::{
    experiment::Experiment,
    run::{Run, StopReason, convergence::Convergence},
};

/// Pick, epochs, outcome, final weights, and final loss.
type Row = (&'static str, u64, StopReason, [f64; 2], f64);

const ROWS: &[Row] = &[
    (
        "gradient-descent:learning_rate=0.3",
        797,
        StopReason::Reached,
        [2.376613099606531, -3.032590878645686],
        0.12497966023192819,
    ),
    (
        "gradient-descent:learning_rate=10",
        25,
        StopReason::Reached,
        [2.4206093624939102, -3.0910872855838716],
        0.12428596340441977,
    ),
    (
        "gradient-descent:learning_rate=0.1",
        2389,
        StopReason::Reached,
        [2.375827519199463, -3.0316752808066614],
        0.12499124800617661,
    ),
    (
        "momentum:learning_rate=0.3,momentum=0.9",
        92,
        StopReason::Reached,
        [2.488561765375191, -2.989806367833873],
        0.12498131067254653,
    ),
    (
        "momentum:learning_rate=0.1,momentum=0.9",
        253,
        StopReason::Reached,
        [2.3835583664737805, -3.0320071286069727],
        0.12494738774958974,
    ),
    (
        "nesterov:learning_rate=0.3,momentum=0.9",
        91,
        StopReason::Reached,
        [2.467045020734501, -3.0001982431278877],
        0.12491907539990144,
    ),
    (
        "nesterov:learning_rate=0.1,momentum=0.9",
        252,
        StopReason::Reached,
        [2.38556452823173, -3.0338106302939827],
        0.12492232786688472,
    ),
    (
        "nesterov-lookahead:learning_rate=0.3,momentum=0.9",
        92,
        StopReason::Reached,
        [2.4677450084036656, -3.0031445132893384],
        0.12488854435911532,
    ),
    (
        "rprop:initial_step=0.1,min_step=0.001,max_step=10",
        20,
        StopReason::Reached,
        [2.625747478246194, -3.5046659866263545],
        0.1204253476640038,
    ),
    (
        "rprop:initial_step=0.3,min_step=0.001,max_step=10",
        18,
        StopReason::Reached,
        [2.492499765247999, -3.3123845140480004],
        0.12234271128596369,
    ),
    (
        "rprop-minus:initial_step=0.1,min_step=0.001,max_step=10",
        16,
        StopReason::Reached,
        [2.5615515550187506, -3.0887794346065913],
        0.12388364920431218,
    ),
    (
        "rprop-minus:initial_step=0.3,min_step=0.001,max_step=10",
        13,
        StopReason::Reached,
        [2.768548014079999, -3.0568678912],
        0.1246205100857934,
    ),
    (
        "irprop-plus:initial_step=0.1,min_step=0.001,max_step=10",
        17,
        StopReason::Reached,
        [2.4545583496396786, -3.0887794346065913],
        0.12415127672886005,
    ),
    (
        "irprop-plus:initial_step=0.3,min_step=0.001,max_step=10",
        16,
        StopReason::Reached,
        [2.271919155199999, -3.2826082816],
        0.12459031922807871,
    ),
    (
        "irprop-minus:initial_step=0.1,min_step=0.001,max_step=10",
        17,
        StopReason::Reached,
        [2.4545583496396786, -3.0887794346065913],
        0.12415127672886005,
    ),
    (
        "irprop-minus:initial_step=0.3,min_step=0.001,max_step=10",
        16,
        StopReason::Reached,
        [2.768548014079999, -3.0568678912],
        0.1246205100857934,
    ),
    (
        "adam:learning_rate=0.001,epsilon=1e-7,epsilon_hat=true",
        6462,
        StopReason::Reached,
        [2.241412248975838, -3.28725679843054],
        0.1249910092254905,
    ),
    (
        "adam:learning_rate=0.1,epsilon=1e-7,epsilon_hat=true",
        64,
        StopReason::Reached,
        [2.3174941974799097, -3.141990264429562],
        0.12466874534226392,
    ),
    (
        "adam:learning_rate=0.3,epsilon=1e-7,epsilon_hat=true",
        25,
        StopReason::Reached,
        [2.8078041654797166, -3.2252382171847973],
        0.12270319768005554,
    ),
    (
        "adam:learning_rate=0.1,epsilon=1e-8",
        64,
        StopReason::Reached,
        [2.3175870433213173, -3.1421154445066013],
        0.12466722017830495,
    ),
    (
        "adamax:learning_rate=0.002,epsilon=1e-7,epsilon_placement=divisor",
        3203,
        StopReason::Reached,
        [2.2402468102808135, -3.302340251005252],
        0.12497696050311831,
    ),
    (
        "adamax:learning_rate=0.3,epsilon=1e-7,epsilon_placement=divisor",
        32,
        StopReason::Reached,
        [2.4943437859613917, -3.0813509979971183],
        0.12408174263245442,
    ),
    (
        "rmsprop:learning_rate=0.1,decay=0.95,initial_accumulator=1,epsilon=0,epsilon_root=1e-7",
        182,
        StopReason::Reached,
        [2.324972121408207, -3.1418902559156754],
        0.12460263591512726,
    ),
    (
        "rmsprop:learning_rate=0.1,decay=0.95,initial_accumulator=1,epsilon=0,epsilon_root=1e-7,centered=true",
        166,
        StopReason::Reached,
        [2.358034143814339, -3.051727533989784],
        0.12494105743183752,
    ),
    (
        "rmsprop:learning_rate=0.1,decay=0.95,initial_accumulator=1,epsilon=0,epsilon_root=1e-7,momentum=0.9",
        88,
        StopReason::Reached,
        [2.8287865121356046, -3.1782153651296765],
        0.12334450930748238,
    ),
    (
        "rmsprop:learning_rate=0.1,decay=0.95,epsilon=1e-7",
        47,
        StopReason::Reached,
        [2.2768761390122867, -3.2922178449424817],
        0.12449994861369724,
    ),
    (
        "adadelta:rho=0.95,epsilon=1e-7",
        1757,
        StopReason::Reached,
        [2.28442213675821, -3.1430996298827902],
        0.12497970441026017,
    ),
    (
        "adadelta:rho=0.95,epsilon=0.01",
        240,
        StopReason::Reached,
        [2.379635064048095, -3.0361182355744507],
        0.12493511562726468,
    ),
    (
        "adagrad:learning_rate=0.1,initial_accumulator=0.1,epsilon=0",
        2006,
        StopReason::Reached,
        [2.2821311561245525, -3.144886277422813],
        0.12499429808955048,
    ),
    (
        "adagrad:learning_rate=0.1,epsilon=1e-10",
        1252,
        StopReason::Reached,
        [2.24867013302906, -3.2470770136582217],
        0.12499230935687683,
    ),
    (
        "adagrad:learning_rate=1,epsilon=1e-10",
        16,
        StopReason::Reached,
        [2.272284735573832, -3.241284981646982],
        0.12471115528306771,
    ),
    (
        "gradient-descent:learning_rate=0.3,schedule=step-decay,schedule.every=100",
        100000,
        StopReason::EpochLimit,
        [2.181170316040164, -2.7648087866172766],
        0.12846562463629352,
    ),
    (
        "gradient-descent:learning_rate=10,schedule=step-decay,schedule.every=10",
        98,
        StopReason::Reached,
        [2.3775348887349557, -3.0321200921177858],
        0.12497843688217748,
    ),
    (
        "gradient-descent:learning_rate=10,schedule=step-decay,schedule.every=100",
        28,
        StopReason::Reached,
        [2.4081376287056986, -3.07285707734027],
        0.12449307914472385,
    ),
    (
        "gradient-descent:learning_rate=10,schedule=exponential,schedule.every=10,schedule.rate=0.9",
        28,
        StopReason::Reached,
        [2.3853995868848754, -3.0383609683949295],
        0.1248864199215331,
    ),
    (
        "gradient-descent:learning_rate=10,schedule=exponential,schedule.every=10,schedule.rate=0.9,schedule.staircase=true",
        27,
        StopReason::Reached,
        [2.40057492694308, -3.0611571234806094],
        0.12462486132927693,
    ),
    (
        "gradient-descent:learning_rate=0.3,schedule=exponential,schedule.every=1000,schedule.rate=0.95",
        813,
        StopReason::Reached,
        [2.375463031348817, -3.0309108830448444],
        0.12499934205776435,
    ),
    (
        "gradient-descent:learning_rate=10,schedule=polynomial,schedule.over=20,schedule.minimum=0.001,schedule.power=1",
        100000,
        StopReason::EpochLimit,
        [2.1335196789182724, -2.7053510112368717],
        0.12935719467163007,
    ),
    (
        "gradient-descent:learning_rate=10,schedule=polynomial,schedule.over=20,schedule.minimum=0.001,schedule.power=1,schedule.cycle=true",
        118,
        StopReason::Reached,
        [2.377000187776089, -3.031205466189076],
        0.12498865357916178,
    ),
    (
        "gradient-descent:learning_rate=10,schedule=polynomial,schedule.over=100,schedule.minimum=0.001,schedule.power=2",
        35,
        StopReason::Reached,
        [2.3874616261499906, -3.0431498142419495],
        0.12483711036919735,
    ),
    (
        "gradient-descent:learning_rate=0.3,schedule=polynomial,schedule.over=1000,schedule.minimum=0.01,schedule.power=1",
        9379,
        StopReason::Reached,
        [2.3753004067160934, -3.030964480962899],
        0.12499979856789854,
    ),
    (
        "momentum:learning_rate=0.3,momentum=0.9,schedule=step-decay,schedule.every=100",
        140,
        StopReason::Reached,
        [2.377927371365456, -3.042179936211951],
        0.12489637461080912,
    ),
    (
        "momentum:learning_rate=0.3,momentum=0.9,schedule=exponential,schedule.every=1000,schedule.rate=0.95",
        93,
        StopReason::Reached,
        [2.4863002914692083, -3.028070551855474],
        0.12460311072062996,
    ),
    (
        "momentum:learning_rate=0.3,momentum=0.9,schedule=polynomial,schedule.over=1000,schedule.minimum=0.01,schedule.power=1",
        96,
        StopReason::Reached,
        [2.461437755179216, -3.017451381241911],
        0.12476665319907075,
    ),
    (
        "gradient-descent:learning_rate=0.3,regularizer=l1,regularizer.rate=0.01",
        13103,
        StopReason::Converged(Convergence::Minimum),
        [1.9473063522326157, -2.4916337435290066],
        0.13304185066073018,
    ),
    (
        "momentum:learning_rate=0.3,momentum=0.9,regularizer=l1,regularizer.rate=0.01",
        1274,
        StopReason::Converged(Convergence::Minimum),
        [1.9473063522326755, -2.4916337435291],
        0.13304185066072863,
    ),
    (
        "gradient-descent:learning_rate=0.3,regularizer=l1,regularizer.rate=0.001",
        835,
        StopReason::Reached,
        [2.373158418088675, -3.0349609402092326],
        0.12497983139731063,
    ),
    (
        "momentum:learning_rate=0.3,momentum=0.9,regularizer=l1,regularizer.rate=0.001",
        93,
        StopReason::Reached,
        [2.405910884514975, -3.0317460696983076],
        0.1248404172271791,
    ),
    (
        "gradient-descent:learning_rate=0.3,regularizer=l2,regularizer.rate=0.01",
        2972,
        StopReason::Converged(Convergence::Minimum),
        [1.0164744315453635, -1.3134824340261502],
        0.16658278745618932,
    ),
    (
        "momentum:learning_rate=0.3,momentum=0.9,regularizer=l2,regularizer.rate=0.01",
        1036,
        StopReason::Converged(Convergence::Minimum),
        [1.0164744315453733, -1.31348243402616],
        0.16658278745618882,
    ),
    (
        "gradient-descent:learning_rate=0.3,regularizer=l2,regularizer.rate=0.001",
        1229,
        StopReason::Reached,
        [2.366950825483433, -3.0372316583467143],
        0.1249973126298526,
    ),
    (
        "momentum:learning_rate=0.3,momentum=0.9,regularizer=l2,regularizer.rate=0.001",
        105,
        StopReason::Reached,
        [2.3335394351816703, -3.067095185503753],
        0.124998075490311,
    ),
    (
        "gradient-descent:learning_rate=0.3,regularizer=maxnorm,regularizer.rate=0.01",
        1792,
        StopReason::Reached,
        [2.524443440798646, -2.9845811127315702],
        0.12499807464708872,
    ),
    (
        "momentum:learning_rate=0.3,momentum=0.9,regularizer=maxnorm,regularizer.rate=0.01",
        146,
        StopReason::Reached,
        [2.5216198115584594, -2.9865910740024177],
        0.12497803680290574,
    ),
    (
        "gradient-descent:learning_rate=0.3,regularizer=maxnorm,regularizer.rate=0.001",
        830,
        StopReason::Reached,
        [2.3890133347391957, -3.02322883595058],
        0.12499185514179094,
    ),
    (
        "momentum:learning_rate=0.3,momentum=0.9,regularizer=maxnorm,regularizer.rate=0.001",
        93,
        StopReason::Reached,
        [2.4226956655467697, -3.0073091032946553],
        0.12498534488688816,
    ),
];

#[test]
fn every_row_of_the_cheat_sheet_is_reproduced() {
    let mut failures = Vec::new();
    for (pick, epochs, stop, weights, loss) in ROWS {
        let experiment = Experiment::new("article".parse().unwrap(), vec![pick.parse().unwrap()]);
        let contest = experiment.prepare().unwrap();
        let mut run: Run = contest.run(&contest.contenders[0]);
        while run.advance() {}
        let last = run.loss();
        let found = run.weights().iter().chain([&last]);
        let close = found
            .zip(weights.iter().chain([loss]))
            .all(|(found, expected)| (found - expected).abs() <= 1e-9 * expected.abs());
        if !close || run.epoch() != *epochs || run.stop() != Some(*stop) {
            let (epoch, stop) = (run.epoch(), run.stop());
            let (w, loss) = (run.weights(), run.loss());
            failures.push(format!("{pick}: {stop:?} after {epoch} at {w:?}, {loss}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
