//! Other pages and programs that show how optimizers move, feature by feature.

use std::fmt::Write as _;
use thalweg::{
    catalog::{EntryMetadata, Family},
    line_searches, optimizers, problems,
};

/// What is compared; each peer has a cell for each.
const FEATURES: [&str; 10] = [
    "algorithms",
    "the start",
    "settings to move",
    "problems",
    "gradient",
    "inner state",
    "what is counted",
    "without a network",
    "link, export",
    "without a mouse",
];

struct Peer {
    name: &'static str,
    what: &'static str,
    link: &'static str,
    /// The source that was read: repository and commit of the files.
    source: &'static str,
    /// In the order of [`FEATURES`].
    cells: [&'static str; FEATURES.len()],
}

const PEERS: [Peer; 7] = [
    Peer {
        name: "Dupont",
        what: "E. Dupont, Interactive Visualization of Optimization Algorithms in Deep Learning, 2018",
        link: "https://emiliendupont.github.io/2018/01/24/optimization-visualization/",
        source: "EmilienDupont/emiliendupont.github.io 13ad4ee",
        cells: [
            "4: SGD, momentum, RMSProp, Adam (without bias correction)",
            "a click",
            "none: they stand in the code; each algorithm can be turned off",
            "1 on the page, 2 more linked",
            "differences over 1e-7",
            "none",
            "nothing",
            "no: D3 comes from d3js.org",
            "none",
            "no",
        ],
    },
    Peer {
        name: "Goh",
        what: "G. Goh, Why Momentum Really Works, Distill 2017",
        link: "https://distill.pub/2017/momentum/",
        source: "distillpub/post--momentum 02b3e18, 0232b8d, 051c2e4",
        cells: [
            "1: momentum, with gradient descent as its special case",
            "dragged",
            "2 sliders",
            "1 to drag on; further figures explain the theory on quadratics",
            "written by hand beside the function, and so the Hessian",
            "none; its theory in figures of their own",
            "150 steps are always made",
            "a folder of files",
            "none",
            "no",
        ],
    },
    Peer {
        name: "Frederickson",
        what: "B. Frederickson, An Interactive Tutorial on Numerical Optimization, and its library fmin",
        link: "https://www.benfrederickson.com/numerical-optimization/",
        source: "benfred/fmin 135fb99, 2018b57, 0deb951, 1879ae3",
        cells: [
            "3, each by itself: gradient descent (with a line search), conjugate gradient, Nelder-Mead",
            "a click",
            "1 slider, the learning rate",
            "4 in the menu of its example",
            "written by hand beside the function; that of one, not in the menu, is another function's",
            "the gradient beside the direction of conjugate gradient",
            "iterations",
            "no: D3, jQuery, Bootstrap and MathJax come from elsewhere",
            "none",
            "no",
        ],
    },
    Peer {
        name: "Jiang",
        what: "L. Jiang and others, Gradient Descent Viz, a desktop program; its web edition is to be built",
        link: "https://github.com/lilipads/gradient_descent_viz",
        source: "lilipads/gradient_descent_viz 5f02a5e, ad72cc4",
        cells: [
            "7: gradient descent, momentum, QHM, AdaGrad, RMSProp, Adam, QHAdam",
            "fixed in the web edition",
            "number fields; the learning rate as a power of ten",
            "6 surfaces in space",
            "differences over 2e-12",
            "arrows and squares, and a cartoon of each step (desktop)",
            "steps",
            "yes, the desktop program",
            "none",
            "the controls, not the picture",
        ],
    },
    Peer {
        name: "Lee, Zhang",
        what: "D. M. Lee, N. Zhang, Visualizing Interactive Gradient Descent",
        link: "https://novaszhang.github.io/6.894-Optimization-Viz/",
        source: "novaszhang/6.894-Optimization-Viz 1c43234, badadef, 44c09db",
        cells: [
            "5 by its project page: SGD, momentum, RMSProp, Adam, AMSGrad",
            "a click",
            "the learning rates, as text",
            "3, and a formula of one's own",
            "differences over 1e-7; of one's own formula by computer algebra",
            "none",
            "iterations, compared as bars",
            "no: D3, jQuery, Bootstrap and math.js come from elsewhere",
            "none",
            "no",
        ],
    },
    Peer {
        name: "Playground",
        what: "D. Smilkov, S. Carter and others, TensorFlow Playground; it shows the data and the network, not the weights' space",
        link: "https://playground.tensorflow.org/",
        source: "tensorflow/playground 0951822, 28d5306, 2c87f3d",
        cells: [
            "1: gradient descent on mini-batches",
            "random weights, from a seed",
            "lists and sliders; 11 learning rates",
            "6 data sets",
            "backpropagation",
            "none, for there is none",
            "iterations",
            "no: fonts come from Google",
            "a link; no export",
            "the controls, not the picture",
        ],
    },
    Peer {
        name: "torch_optimizer",
        what: "M. Novik, torch-optimizer: its pictures of PyTorch's optimizers",
        link: "https://github.com/jettify/pytorch-optimizer",
        source: "jettify/pytorch-optimizer 0bcb17a",
        cells: [
            "13 in the script that was read, a picture each",
            "fixed",
            "none; 200 trials find the learning rate, gradients are cut to the length 1",
            "2: Rosenbrock, Rastrigin",
            "PyTorch's",
            "none",
            "500 steps are always made",
            "still pictures",
            "still pictures",
            "still pictures",
        ],
    },
];

/// The section; what is ours is counted in the registries.
pub(crate) fn section() -> String {
    // A record is no algorithm.
    let algorithms: Vec<&EntryMetadata> = optimizers::REGISTRY
        .abouts()
        .filter(|about| about.family != Some(Family::Recorded))
        .collect();
    let count = algorithms.len();
    let with_state = algorithms
        .iter()
        .filter(|about| !about.channels.is_empty())
        .count();
    let ours = [
        format!(
            "{count}, some with {} line searches",
            line_searches::REGISTRY.abouts().count()
        ),
        "dragged, typed, or moved by the arrow keys".to_owned(),
        "every setting: a slider and a number".to_owned(),
        format!(
            "{}, with a formula or a CSV file of one's own",
            problems::REGISTRY.abouts().count()
        ),
        "exact, from the formula that is written once".to_owned(),
        format!("of {with_state}: numbers, arrows and boxes, and why each step was made, in words"),
        "epochs; calls for the error, gradient and Hessian; a race by them".to_owned(),
        "yes, one file".to_owned(),
        "link to all that is seen, and command line; SVG, PNG, GIF, CSV".to_owned(),
        "all of it; the step is said aloud".to_owned(),
    ];
    let mut out = "
## Others

Pages and programs that show how optimizers move, beside `thalweg explore`. What is said of them was read in their sources,
in the commits that stand below; a page may have more by now. Pages whose source could not be read are left out.

| | ours |"
        .to_owned();
    for peer in &PEERS {
        let _ = write!(out, " {} |", peer.name);
    }
    let _ = write!(out, "\n|---|---|{}\n", "---|".repeat(PEERS.len()));
    for (i, (feature, ours)) in FEATURES.iter().zip(ours).enumerate() {
        let _ = write!(out, "| {feature} | {ours} |");
        for peer in &PEERS {
            let _ = write!(out, " {} |", peer.cells[i]);
        }
        out.push('\n');
    }
    out.push('\n');
    for peer in &PEERS {
        let Peer {
            name, what, link, ..
        } = peer;
        let _ = writeln!(out, "- {name}: [{what}]({link}). Read: {}.", peer.source);
    }
    out
}
