//! Writes the loss of a network in Python, with its data.

use super::{
    Loss,
    framework::{Framework, float, list},
};
use thalweg::{
    blocks::{Block, BlockKind},
    data::DataSet,
    loss,
    mlp::Head,
    network::Network,
    perceptron::Bias,
};

/// Writes the loss of a network. `start` contains the initial weights (dim).
pub(super) fn loss(
    network: &dyn Network,
    blocks: &[Block],
    start: &[f64],
    framework: Framework,
) -> Loss {
    let structure = network.architecture();
    let mut body = vec!["a = X".to_owned()];
    let mut place = 0;
    for layer in 1..=structure.layers {
        let sums = sums(&blocks[place], structure.bias, place);
        body.push(format!("z = {sums}"));
        if layer < structure.layers {
            body.push(format!(
                "a = {}",
                framework.activation(structure.hidden, "z")
            ));
        }
        place += if structure.bias == Bias::Trained {
            2
        } else {
            1
        };
    }
    let outputs = network.outputs();
    body.extend(head(structure.head, outputs, framework));
    Loss {
        data: data(network.data(), outputs, framework),
        body,
        parameters: blocks.iter().map(|block| tensor(block, start)).collect(),
    }
}

/// Returns the weighted sums of a layer whose matrix is the block at `place`.
fn sums(matrix: &Block, bias: Bias, place: usize) -> String {
    // The matrix of a perceptron is one row.
    let transposed = if matrix.shape[0] == 1 { ".T" } else { "" };
    let product = format!("a @ w[{place}]{transposed}");
    match bias {
        Bias::None => product,
        Bias::Fixed(bias) => format!("{product} + {}", float(bias)),
        Bias::Trained => format!("{product} + w[{}]", place + 1),
    }
}

/// Returns the data as statements: the features X (samples, features) and the targets Y, (samples) or one column per class.
fn data(data: &DataSet, outputs: usize, framework: Framework) -> String {
    let rows: Vec<String> = data
        .rows()
        .map(|(x, _)| format!("    {},\n", list(x)))
        .collect();
    let features = framework.array(&format!("[\n{}]", rows.concat()));
    let targets = if outputs == 1 {
        framework.array(&list(&data.targets))
    } else {
        // One column per class: 1 for the class of the sample.
        let class = |y: &f64| {
            let columns = (0..outputs).map(|k| if *y == k as f64 { 1.0 } else { 0.0 });
            format!("    {},\n", list(&columns.collect::<Vec<f64>>()))
        };
        let rows: Vec<String> = data.targets.iter().map(class).collect();
        framework.array(&format!("[\n{}]", rows.concat()))
    };
    format!("X = {features}\nY = {targets}\n")
}

/// Returns the statements that compute the loss from the weighted sums `z` (samples, outputs) of the last layer.
fn head(head: Head, outputs: usize, framework: Framework) -> Vec<String> {
    let Head::Units(output) = head else {
        let logsumexp = framework.either("torch.logsumexp", "jax.scipy.special.logsumexp");
        return vec![format!(
            "return ({logsumexp}(z, 1) - (z * Y).sum(1)).mean()"
        )];
    };
    let mut lines = Vec::new();
    if outputs == 1 {
        lines.push("z = z[:, 0]".to_owned());
    }
    if output.loss != loss::Loss::BinaryCrossEntropy {
        lines.push(format!(
            "p = {}",
            framework.activation(output.activation, "z")
        ));
    }
    let relu = framework.either("torch.relu", "jax.nn.relu");
    lines.push(match output.loss {
        loss::Loss::Mse => "return ((p - Y) ** 2).mean()".to_owned(),
        loss::Loss::Mae => "return abs(p - Y).mean()".to_owned(),
        loss::Loss::BinaryCrossEntropy => {
            format!("return ({} - Y * z).mean()", framework.softplus("z"))
        }
        loss::Loss::Hinge => format!("return {relu}(1 - (2 * Y - 1) * p).mean()"),
    });
    lines
}

/// Returns the initial values of a block as a nested list: a matrix has one list per row.
fn tensor(block: &Block, start: &[f64]) -> String {
    let values = &start[block.range.clone()];
    if block.kind != BlockKind::Matrix {
        return list(values);
    }
    let rows = values.chunks(block.shape[1]).map(list);
    format!("[{}]", rows.collect::<Vec<_>>().join(", "))
}
