//! The five algorithms of the article, which have the first five paths of every theme.

/// Name in the article, file name, and pick of the five algorithms.
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
