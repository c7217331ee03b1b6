//! Every paper that the catalogue names. Made from references.toml by `cargo xtask codegen`.

/// A paper or book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its key in `cite`.
    pub key: &'static str,
    /// The authors, with commas between.
    pub authors: &'static str,
    /// The title.
    pub title: &'static str,
    /// The year of publication.
    pub year: u16,
    /// Journal, conference or publisher.
    pub venue: &'static str,
    /// Where to find it; empty where it has no stable address.
    pub link: &'static str,
}

/// The paper with this key.
pub fn find(key: &str) -> Option<&'static Reference> {
    ALL.iter().find(|r| r.key == key)
}

/// All of them, by key.
pub const ALL: &[Reference] = &[
    Reference {
        key: "cauchy1847methode",
        authors: "A. Cauchy",
        title: "Méthode générale pour la résolution des systèmes d'équations simultanées",
        year: 1847,
        venue: "Comptes rendus hebdomadaires des séances de l'Académie des sciences 25",
        link: "",
    },
    Reference {
        key: "himmelblau1972applied",
        authors: "D. M. Himmelblau",
        title: "Applied nonlinear programming",
        year: 1972,
        venue: "McGraw-Hill",
        link: "",
    },
    Reference {
        key: "hoerl1970ridge",
        authors: "A. E. Hoerl, R. W. Kennard",
        title: "Ridge regression: biased estimation for nonorthogonal problems",
        year: 1970,
        venue: "Technometrics 12(1)",
        link: "https://doi.org/10.1080/00401706.1970.10488634",
    },
    Reference {
        key: "igel2003empirical",
        authors: "C. Igel, M. Hüsken",
        title: "Empirical evaluation of the improved Rprop learning algorithms",
        year: 2003,
        venue: "Neurocomputing 50",
        link: "https://doi.org/10.1016/S0925-2312(01)00700-7",
    },
    Reference {
        key: "polyak1964some",
        authors: "B. T. Polyak",
        title: "Some methods of speeding up the convergence of iteration methods",
        year: 1964,
        venue: "USSR Computational Mathematics and Mathematical Physics 4(5)",
        link: "https://doi.org/10.1016/0041-5553(64)90137-5",
    },
    Reference {
        key: "press2007numerical",
        authors: "W. H. Press, S. A. Teukolsky, W. T. Vetterling, B. P. Flannery",
        title: "Numerical Recipes: The Art of Scientific Computing, third edition",
        year: 2007,
        venue: "Cambridge University Press",
        link: "",
    },
    Reference {
        key: "riedmiller1993direct",
        authors: "M. Riedmiller, H. Braun",
        title: "A direct adaptive method for faster backpropagation learning: the RPROP algorithm",
        year: 1993,
        venue: "IEEE International Conference on Neural Networks",
        link: "https://doi.org/10.1109/ICNN.1993.298623",
    },
    Reference {
        key: "rosenbrock1960automatic",
        authors: "H. H. Rosenbrock",
        title: "An automatic method for finding the greatest or least value of a function",
        year: 1960,
        venue: "The Computer Journal 3(3)",
        link: "https://doi.org/10.1093/comjnl/3.3.175",
    },
    Reference {
        key: "shevchuk2015visualize",
        authors: "Y. Shevchuk",
        title: "Visualize Algorithms based on the Backpropagation",
        year: 2015,
        venue: "NeuPy",
        link: "http://neupy.com/2015/07/04/visualize_backpropagation_algorithms.html",
    },
];
