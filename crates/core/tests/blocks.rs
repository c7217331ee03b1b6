//! The blocks of the weights, as objectives declare them and traces store them.

use thalweg::{
    blocks::{Block, BlockKind},
    experiment::Experiment,
    problems,
    trace::Trace,
};

fn blocks(on: &str) -> Vec<Block> {
    let pick = on.parse().expect("a pick");
    let problem = problems::REGISTRY.build(&pick, None).expect("a problem");
    problem.objective.blocks().to_vec()
}

fn shapes(on: &str) -> Vec<(BlockKind, [usize; 2])> {
    let blocks = blocks(on).into_iter();
    blocks.map(|block| (block.kind, block.shape)).collect()
}

#[test]
fn networks_declare_their_layers() {
    use BlockKind::{Bias, Matrix, Scalar};
    assert_eq!(shapes("article"), [(Matrix, [1, 2])]);
    let biased = "perceptron:data=moons,bias=trained";
    assert_eq!(shapes(biased), [(Matrix, [1, 2]), (Bias, [1, 1])]);
    assert_eq!(
        shapes("mlp:data=moons,layers=2-4-1"),
        [
            (Matrix, [2, 4]),
            (Bias, [1, 4]),
            (Matrix, [4, 1]),
            (Bias, [1, 1])
        ]
    );
    let layers = blocks("mlp:data=moons,layers=2-4-1").into_iter();
    let names: Vec<_> = layers.map(|block| block.name).collect();
    assert_eq!(
        names,
        ["layer 1", "layer 1: bias", "layer 2", "layer 2: bias"]
    );
    assert_eq!(shapes("rosenbrock"), [(Scalar, [1, 1]); 2]);
}

#[test]
fn blocks_cover_all_weights_in_their_order() {
    for about in problems::REGISTRY.abouts() {
        let Ok(problem) = problems::REGISTRY.build(&about.id.parse().unwrap(), None) else {
            continue;
        };
        let mut end = 0;
        for block in problem.objective.blocks() {
            assert_eq!(block.range.start, end, "{}: {}", about.id, block.name);
            let [rows, columns] = block.shape;
            assert_eq!(block.range.len(), rows * columns, "{}", about.id);
            end = block.range.end;
        }
        assert_eq!(end, problem.objective.dim(), "{}", about.id);
    }
}

#[test]
fn a_trace_stores_the_blocks_of_its_network() {
    let on = "mlp:data=moons,layers=2-3-1";
    let mut experiment = Experiment::new(on.parse().unwrap(), vec!["momentum".parse().unwrap()]);
    experiment.epochs = 2;
    let contest = experiment.prepare().unwrap();
    let trace = Trace::record(contest.run(&contest.contenders[0]));
    assert_eq!(trace.blocks, blocks(on));
}
