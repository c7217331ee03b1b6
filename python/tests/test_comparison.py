"""Comparisons and benchmarks: the numbers, tables, and figures of the shell."""

import csv
import math
import pickle

import pytest

import thalweg as tw

OPTIMIZERS = ["adam", "rprop"]
DESCRIPTION = {
    "title": "Ravines",
    "with": [*OPTIMIZERS, tw.optimizers.Momentum()],
    "studies": 1,
    "budget": 200,
    "problem": [{"on": "ravine", "gradient_noise": 0.1}, {"on": "article", "start": [1, 2], "shuffle": False}],
}
TOML = """title = "Ravines"
with = ["adam", "rprop", "momentum"]
studies = 1
budget = 200
[[problem]]
on = "ravine"
gradient_noise = 0.1
[[problem]]
on = "article"
start = [1, 2]
shuffle = false
"""


@pytest.fixture(scope="module")
def comparison():
    return tw.compare("ravine", OPTIMIZERS, gradient_noise=0.1, tune=True, pairs=10)


def test_a_comparison_is_that_of_the_shell(comparison, program, tmp_path):
    table, figure = tmp_path / "trials.csv", tmp_path / "losses.svg"
    words = ["compare", "--on=ravine", "--with=adam", "--with=rprop", "--gradient-noise=0.1", "--tune", "--pairs=10"]
    program(*words, "-o", str(table), "-o", str(figure))
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(comparison.trials) == list(rows[0])
    for key, values in comparison.trials.items():
        theirs = [row[key] for row in rows]
        if isinstance(values[0], float):
            assert values == [float(cell) if cell else None for cell in theirs], key
        else:
            assert [str(value) if value is not None else "" for value in values] == theirs, key
    assert comparison.figure().svg == figure.read_text(encoding="utf-8")


def test_the_results_are_columns_with_the_numbers_of_the_summary(comparison):
    columns = comparison.to_dict()
    assert columns["problem"] == ["ravine", "ravine"]
    assert columns["optimizer"] == ["Adam", "RPROP"]
    assert columns["trials"] == [15, 15]
    assert columns["pairs"] == [10, 10]
    assert columns["evaluations"][1] == math.inf
    assert columns["settings"][0].startswith("learning_rate=")
    for i in range(2):
        assert columns["least"][i] <= columns["evaluations"][i] <= columns["greatest"][i]
        assert columns["lower_quartile"][i] <= columns["median"][i] <= columns["upper_quartile"][i]
    tests = comparison.tests
    assert (tests["first"], tests["second"], tests["better"]) == (["Adam"], ["RPROP"], ["Adam"])
    assert tests["p"][0] < 0.05
    assert "Adam is better than RPROP" in comparison.summary
    assert repr(comparison).startswith(comparison.summary.rstrip())
    assert "<td>Adam</td>" in comparison._repr_html_()


def test_a_pickle_compares_again(comparison):
    loaded = pickle.loads(pickle.dumps(comparison))
    assert loaded.to_dict() == comparison.to_dict()
    assert pickle.loads(pickle.dumps(loaded.figure())).svg == comparison.figure().svg


def test_an_optimizer_that_cannot_run_has_empty_cells():
    columns = tw.compare(["article", "plateau"], ["adam", "gauss-newton"], pairs=2).to_dict()
    assert columns["trials"] == [3, 3, 3, 0]
    assert columns["evaluations"][3] is None
    assert columns["settings"] == [None] * 4


@pytest.mark.parametrize("kind", ["path", "mapping"])
def test_a_benchmark_has_the_files_of_the_shell(kind, program, tmp_path):
    file = tmp_path / "ravines.toml"
    file.write_text(TOML)
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    printed = program("benchmark", str(file), "-o", str(theirs))
    benchmark = tw.benchmark(file if kind == "path" else DESCRIPTION, out=ours)
    for path in theirs.iterdir():
        if path.suffix != ".md":
            assert (ours / path.name).read_bytes() == path.read_bytes(), path.name
    assert benchmark.report == (ours / "report.md").read_text(encoding="utf-8")
    assert benchmark.summary.split() == printed.split()
    # Without a folder, nothing is kept.
    assert tw.benchmark(DESCRIPTION).to_dict() == benchmark.to_dict()


def test_the_scores_of_a_benchmark_are_sorted():
    benchmark = tw.benchmark(DESCRIPTION)
    scores = list(benchmark.scores.values())
    assert set(benchmark.scores) == {"adam", "rprop", "momentum"}
    assert scores == sorted(scores, reverse=True)
    assert len(benchmark.trials["trial"]) == 30
    assert repr(benchmark) == benchmark.summary.rstrip()
    assert "<th>score</th>" in benchmark._repr_html_()
    assert benchmark.report.startswith("# Ravines")


def test_bad_input_is_an_error(tmp_path):
    class Descent:
        def init(self, w):
            return {}

        def update(self, w, gradient, state):
            return w, state

    cases = [
        (lambda: tw.compare([], "adam"), "`problems` is empty"),
        (lambda: tw.compare("article", []), "compare needs an optimizer"),
        (lambda: tw.compare("article", Descent()), "an entry of the catalog, but the type of one is Descent"),
        (lambda: tw.compare("article", "adam", target=None), "has no target loss"),
        (lambda: tw.compare("article", "adam:learning_rate=1", tune=True), "nothing to tune"),
        (lambda: tw.benchmark({"with": ["adam"]}), "there is no problem"),
        (lambda: tw.benchmark({"problem": {"on": "ravine"}}), "`problem` must be a list of mappings"),
        (lambda: tw.benchmark({"problem": [{"on": "ravne"}]}), "there is no problem `ravne`"),
        (lambda: tw.benchmark({"problem": [{"on": "ravine"}], "seed": object()}), "`seed` must be a number"),
        (lambda: tw.benchmark(DESCRIPTION, resume=True), "`resume` needs `out`"),
        (lambda: tw.benchmark(tmp_path / "none.toml"), "could not read the benchmark"),
    ]
    for call, message in cases:
        with pytest.raises(tw.Error) as error:
            call()
        assert message in str(error.value)
