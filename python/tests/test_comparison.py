"""Comparisons and benchmarks: the numbers, tables, and figures of the shell."""

import csv
import math
import os
import pickle
import signal
import threading
import time

import numpy as np
import pytest
from parts import Descent, bowl

import thalweg as tw
from thalweg import _thalweg

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


#: The optimizer of the class below.
RATE = "gradient-descent:learning_rate=0.1"


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


def assert_loaded(comparison, load):
    loaded = load(comparison)
    assert repr(loaded) == repr(comparison)
    for columns in ("trials", "tests", "notes"):
        assert repr(getattr(loaded, columns)) == repr(getattr(comparison, columns))
    assert repr(loaded.to_dict()) == repr(comparison.to_dict())
    assert load(loaded.figure()).svg == comparison.figure().svg


@pytest.fixture
def load(monkeypatch):
    """Returns a function that pickles an object and loads it while nothing can be compared."""

    def load(made):
        data = pickle.dumps(made)
        with monkeypatch.context() as patch:
            patch.delattr(_thalweg, "compare")
            return pickle.loads(data)

    return load


def test_a_pickle_contains_the_results(comparison, load):
    assert_loaded(comparison, load)
    assert_loaded(tw.compare(["article", "plateau"], ["adam", "gauss-newton"], pairs=2), load)


def test_a_pickle_of_functions_calls_none_of_them(load):
    mixed = tw.compare([bowl(), "article"], [Descent(), "adam"], tune=True, trials=2, pairs=3)
    assert_loaded(mixed, load)


def test_a_pickle_that_does_not_fit_is_refused(comparison, tmp_path):
    make, (format, version, problems, optimizers, given, data) = comparison.__reduce__()
    with pytest.raises(tw.Error, match=f"thalweg 9.9 in the format {format + 1}"):
        make(format + 1, "9.9", problems, optimizers, given, data)
    others = [
        (optimizers, given, data[:-1]),
        (optimizers, given, b""),
        (["adam"], given, data),
        (optimizers, {**given, "pairs": "11"}, data),
        (optimizers, {**given, "trials": "4"}, data),
    ]
    for other in others:
        with pytest.raises(tw.Error, match="the pickle is damaged"):
            make(format, version, problems, *other)
    rule = tmp_path / "own.rule"
    rule.write_text("w := w - lr*g; lr=0.1")
    dumped = pickle.dumps(tw.compare("article", f"rule:@{rule}", pairs=1))
    rule.write_text("w := w - lr*g; lr=0.2")
    with pytest.raises(tw.Error, match="has changed since the pickle was written"):
        pickle.loads(dumped)


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


def test_functions_of_python_are_compared_as_a_formula_and_an_entry_are():
    settings = {"tune": True, "studies": 2, "trials": 3, "pairs": 6}
    theirs = tw.compare("formula:x^2+y^2+x*y", ["momentum", RATE], start=[1, 2], target=1e-6, **settings)
    with np.errstate(all="ignore"):
        ours = tw.compare(bowl(), ["momentum", Descent()], **settings)
    own, same = ours.to_dict(), theirs.to_dict()
    assert (own["problem"], own["optimizer"]) == (["bowl"] * 2, ["Momentum", "Descent"])
    # The random initial points of the pairs depend on the window of the problem.
    for key in ("settings", "trials", "evaluations", "least", "greatest", "pairs"):
        assert own[key] == same[key], key
    assert ours.trials["optimizer"] == ["momentum"] * 6 + ["Descent"] * 2
    for key in ("seed", "outcome", "evaluations", "learning_rate"):
        assert ours.trials[key] == theirs.trials[key], key
    assert ours.notes == []
    assert "Descent was not tuned, because the ranges of the settings are not known" in repr(ours)
    assert (ours.tests["first"], ours.tests["second"]) == (["Momentum"], ["Descent"])
    assert f"Descent: {own['evaluations'][1]:.0f} evaluations (not tuned, because" in ours.figure().svg
    # No command draws this figure.
    assert "thalweg compare" not in ours.figure().svg
    assert "thalweg compare" in theirs.figure().svg


def test_python_and_the_catalog_can_be_mixed():
    class Failing(Descent):
        title = "Failing"

        def update(self, w, gradient, state):
            raise ZeroDivisionError("the optimizer fails")

    mixed = tw.compare([bowl(), "article"], [Descent(), "rprop", "gauss-newton"], pairs=3).to_dict()
    assert mixed["problem"] == ["bowl"] * 3 + ["article"] * 3
    assert mixed["trials"] == [3, 3, 0, 3, 3, 3]
    assert mixed["evaluations"][4] == tw.compare("article", "rprop").to_dict()["evaluations"][0]
    with pytest.raises(ZeroDivisionError, match="the optimizer fails"):
        tw.compare("article", ["rprop", Failing()])


def test_ctrl_c_ends_a_comparison_of_functions():
    endless = tw.Problem(
        lambda w: float(w @ w), start=(1, 2), gradient=lambda w: 1e-9 * w, target=1e-9, title="endless"
    )
    timer = threading.Timer(0.4, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        start = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            tw.compare(endless, [Descent(), "adam"], budget=1_000_000_000)
        assert time.monotonic() - start < 0.9
    finally:
        timer.cancel()


def test_bad_input_is_an_error(tmp_path):
    cases = [
        (lambda: tw.compare([], "adam"), "`problems` is empty"),
        (lambda: tw.compare("article", []), "`optimizers` is empty"),
        (lambda: tw.compare(3, "adam"), "`problem` must be a text"),
        (lambda: tw.compare("article", Descent), "but the type of one is type"),
        (lambda: tw.compare("article", [Descent(), Descent()]), "two optimizers are named `Descent`"),
        (lambda: tw.compare([bowl(), bowl()], "adam"), "two problems are named `bowl`"),
        (lambda: tw.compare("article", Descent(), tune=True), "the ranges of the settings are not known"),
        (lambda: tw.compare(bowl(), [Descent(), "adm"]), "did you mean `adam`?"),
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
