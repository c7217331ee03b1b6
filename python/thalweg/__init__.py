"""Thalweg shows how training algorithms move: runs, figures, animations, and maps of optimizers.

Example:
    >>> import thalweg as tw
    >>> runs = tw.train("article", ["momentum:learning_rate=0.3", "rprop"])
    >>> tw.draw("contour", runs).save("paths.svg")
"""

from thalweg import (
    auxiliary_rules,
    data_sets,
    figures,
    gradient_clips,
    line_searches,
    optimizers,
    problems,
    regularizers,
    schedules,
)
from thalweg._benchmark import Benchmark
from thalweg._commands import (
    animate,
    benchmark,
    compare,
    draw,
    explore,
    export,
    map_settings,
    map_starts,
    sweep,
    train,
)
from thalweg._comparison import Comparison
from thalweg._explore import Explorer
from thalweg._figure import Explanation, Figure, explain
from thalweg._maps import SettingsMap, StartMap
from thalweg._optimizer import Optimizer, Range, Rule, from_optax, from_rule, from_torch
from thalweg._problem import Problem
from thalweg._program import article, catalog, show
from thalweg._runs import Calls, Run, Runs, State, Trial
from thalweg._spec import Spec
from thalweg._thalweg import Error

__all__ = [
    "Benchmark",
    "Calls",
    "Comparison",
    "Error",
    "Explanation",
    "Explorer",
    "Figure",
    "Optimizer",
    "Problem",
    "Range",
    "Rule",
    "Run",
    "Runs",
    "SettingsMap",
    "Spec",
    "StartMap",
    "State",
    "Trial",
    "animate",
    "article",
    "auxiliary_rules",
    "benchmark",
    "catalog",
    "compare",
    "data_sets",
    "draw",
    "explain",
    "explore",
    "export",
    "figures",
    "from_optax",
    "from_rule",
    "from_torch",
    "gradient_clips",
    "line_searches",
    "map_settings",
    "map_starts",
    "optimizers",
    "problems",
    "regularizers",
    "schedules",
    "show",
    "sweep",
    "train",
]
