//! The five algorithms of the article. They have the first five path styles of every theme.

/// Name in the article, file name, and optimizer with settings.
pub(crate) const ALGORITHMS: [[&str; 3]; 5] = [
    [
        "Gradient Descent",
        "gradient-descent",
        "gradient-descent:learning_rate=0.3",
    ],
    [
        "Momentum",
        "momentum",
        "momentum:learning_rate=0.3,momentum=0.9",
    ],
    [
        "RPROP",
        "rprop",
        "rprop:initial_step=0.1,increase=1.2,decrease=0.5",
    ],
    [
        "iRPROP+",
        "irprop-plus",
        "irprop-plus:initial_step=0.1,increase=1.2,decrease=0.5",
    ],
    [
        "Gradient Descent + Golden Search",
        "golden-search",
        "gradient-descent:search=golden-section",
    ],
];

/// The same algorithm with a larger learning rate, which the article mentions.
pub(crate) const LARGER_RATE: [&str; 3] = [
    "Gradient Descent",
    "gradient-descent-larger-rate",
    "gradient-descent:learning_rate=10",
];

/// Indices of the five algorithms.
pub(crate) const GRADIENT_DESCENT: usize = 0;
pub(crate) const MOMENTUM: usize = 1;
pub(crate) const RPROP: usize = 2;
pub(crate) const IRPROP_PLUS: usize = 3;
pub(crate) const GOLDEN_SEARCH: usize = 4;
pub(crate) const ALL: [usize; 5] = [0, 1, 2, 3, 4];
