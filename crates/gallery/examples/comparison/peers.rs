//! Compares the page with other pages and programs that visualize optimizers, feature by feature.

use std::fmt::Write as _;
use thalweg::{
    catalog::{EntryMetadata, Family},
    line_searches, optimizers, problems,
};

/// The compared features; each peer has one cell per feature.
const FEATURES: [&str; 10] = [
    "algorithms",
    "initial point",
    "settings",
    "problems",
    "gradient",
    "optimizer state",
    "measure of cost",
    "works offline",
    "link and export",
    "keyboard control",
];

struct Peer {
    name: &'static str,
    what: &'static str,
    link: &'static str,
    /// The source that was read: repository and commits.
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
            "none: they are in the code; each algorithm can be turned off",
            "1 on the page, 2 more linked",
            "finite differences with 1e-7",
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
            "1 with a movable point; other figures explain the theory on quadratics",
            "written by hand beside the function, like the Hessian",
            "none; separate figures explain the theory",
            "always 150 steps",
            "yes, as a folder of files",
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
            "3, each separately: gradient descent (with a line search), conjugate gradient, Nelder-Mead",
            "a click",
            "1 slider, the learning rate",
            "4 in the menu of the example",
            "written by hand beside the function; one function outside the menu has the gradient of another",
            "the gradient beside the direction of conjugate gradient",
            "iterations",
            "no: D3, jQuery, Bootstrap and MathJax come from elsewhere",
            "none",
            "no",
        ],
    },
    Peer {
        name: "Jiang",
        what: "L. Jiang and others, Gradient Descent Viz, a desktop program; the web edition must be built first",
        link: "https://github.com/lilipads/gradient_descent_viz",
        source: "lilipads/gradient_descent_viz 5f02a5e, ad72cc4",
        cells: [
            "7: gradient descent, momentum, QHM, AdaGrad, RMSProp, Adam, QHAdam",
            "fixed in the web edition",
            "number fields; the learning rate as a power of ten",
            "6 surfaces in space",
            "finite differences with 2e-12",
            "arrows and squares, and an illustration of each step (desktop)",
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
            "3, and a formula of the user",
            "finite differences with 1e-7; computer algebra for the formula of the user",
            "none",
            "iterations, compared as bars",
            "no: D3, jQuery, Bootstrap and math.js come from elsewhere",
            "none",
            "no",
        ],
    },
    Peer {
        name: "Playground",
        what: "D. Smilkov, S. Carter and others, TensorFlow Playground; it shows the data and the network, not the weight space",
        link: "https://playground.tensorflow.org/",
        source: "tensorflow/playground 0951822, 28d5306, 2c87f3d",
        cells: [
            "1: gradient descent on mini-batches",
            "random weights, from a seed",
            "lists and sliders; 11 learning rates",
            "6 data sets",
            "backpropagation",
            "none, because gradient descent has none",
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
            "13 in the script that was read, one picture each",
            "fixed",
            "none; 200 trials determine the learning rate, gradients are clipped to the norm 1",
            "2: Rosenbrock, Rastrigin",
            "PyTorch's",
            "none",
            "always 500 steps",
            "still pictures",
            "still pictures",
            "still pictures",
        ],
    },
];

/// Returns the section. The numbers of this project are counted in the registries.
pub(crate) fn section() -> String {
    // A recorded run is not an algorithm.
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
        "dragged, typed, or moved with the arrow keys".to_owned(),
        "every setting: a slider and a number".to_owned(),
        format!(
            "{}, including a formula or a CSV file of the user",
            problems::REGISTRY.abouts().count()
        ),
        "exact, derived automatically from the formula".to_owned(),
        format!(
            "of {with_state}: numbers, arrows, boxes, and an explanation of each step in words"
        ),
        "epochs; calls of the error, gradient, and Hessian; playback by evaluations".to_owned(),
        "yes, one file".to_owned(),
        "link with the complete view, and command line; SVG, PNG, GIF, CSV".to_owned(),
        "everything; screen readers announce the step".to_owned(),
    ];
    let mut out = "
## Others

Pages and programs that visualize optimizers, compared with `thalweg explore`. The table describes their sources at the
commits listed below; a page may have changed since. Pages without an available source are omitted.

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
