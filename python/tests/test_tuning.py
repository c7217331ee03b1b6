"""Tuning: the runs, labels, and notes of the shell, without a second search by figures and pickles."""

import csv
import pickle

import numpy as np
import pytest
from parts import Descent, bowl

import thalweg as tw
from thalweg import _thalweg

SEARCHES = [{}, {"tune_by": "grid"}, {"tune_by": "defaults"}, {"studies": 1, "trials": 3, "budget": 200}]


#: The values of the learning rate of gradient descent that are searched.
RATES = (1e-6, 100)


def same(ours, theirs):
    """Returns whether two results have the same labels and the same bits."""
    pairs = list(zip(ours, theirs, strict=True))
    bits = all(a.weights.tobytes() == b.weights.tobytes() for a, b in pairs)
    return bits and [a.label for a, _ in pairs] == [b.label for _, b in pairs]


@pytest.mark.parametrize("search", SEARCHES)
def test_tuned_runs_are_those_of_the_shell(search, program, tmp_path):
    flags = [f"--{key.replace('_', '-')}={value}" for key, value in search.items()]
    for pick in ("adam", "rprop"):
        runs = tw.train("article", pick, tune=True, **search)
        path = tmp_path / f"{pick}.csv"
        text = program("train", "--on=article", f"--with={pick}", "--tune", *flags, f"--trace={path}", "--plain")
        # The label and the settings in effect. The numbers have all digits in the output of the shell.
        assert repr(runs).split("\n\n")[1] == text.split("\n\n")[1]
        assert str(runs.spec) == " ".join(["thalweg train --on=article", f"--with={pick}", "--tune", *flags])
        with path.open(newline="") as file:
            heads, *rows = csv.reader(file)
        theirs = np.array([row[heads.index("w1")] for row in rows], dtype=np.float64)
        assert runs[0].weights[:, 0].tobytes() == theirs.tobytes()


def test_notes_and_labels_state_the_search():
    runs = tw.train("article", ["adam", "rprop:initial_step=0.1"], tune=True)
    assert runs[0].label.endswith("tuned: 15 trials, best of the median study)")
    assert runs[1].label == "RPROP"
    assert "rprop:initial_step=0.1 was not tuned, because `initial_step` is given" in runs.notes[0]
    assert "adam: tuned by 15 trials in 3 studies" in runs.notes[1]
    assert runs[:1][0].label == runs[0].label
    assert same(tw.train("article", "adam", tune=True), runs[:1])


def test_figures_show_the_tuned_runs_with_the_command_that_tunes(tmp_path, program):
    runs = tw.train("article", ["adam", "rprop"], tune=True, epochs=300)
    path = tmp_path / "map.svg"
    program("draw", "contour", "--on=article", "--with=adam", "--with=rprop", "--epochs=300", "--tune", "-o", str(path))
    assert tw.draw("contour", runs).svg == path.read_text(encoding="utf-8")
    # The epoch limit of a command `draw` also applies to its trials, which would be other ones.
    assert "--tune" not in tw.draw("contour", runs, epochs=20).svg
    animation = tmp_path / "race.gif"
    tw.animate(runs, animation, size=(240, 240), duration=3)
    assert b"--tune" in animation.read_bytes()


def test_the_page_receives_the_tuned_settings():
    runs = tw.train("article", "adam", tune=True)
    (pick,) = tw.explore(runs).spec.optimizers
    assert pick == runs._native.pick(0)
    assert pick.startswith("adam:learning_rate=")


def test_a_function_of_python_is_searched_in_the_same_way_as_a_formula():
    settings = {"start": [1, 2], "target": 1e-6, "tune": True, "studies": 1}
    theirs = tw.train("formula:x^2+y^2+x*y", ["adam", "momentum"], **settings)
    with np.errstate(all="ignore"):
        ours = tw.train(bowl(), ["adam", "momentum"], tune=True, studies=1)
    assert [run.label for run in ours] == [run.label for run in theirs]
    assert ours.notes[0] == theirs.notes[0]


def test_an_exception_during_the_search_reaches_the_caller():
    def fail(w):
        raise ZeroDivisionError("the function fails")

    problem = tw.Problem(fail, start=[1.0, 2.0], gradient=lambda w: w, target=0.1, vectorized=False)
    with pytest.raises(ZeroDivisionError, match="the function fails"):
        tw.train(problem, "adam", tune=True)


@pytest.mark.parametrize("problem", ["article", bowl()])
def test_pickles_contain_the_tuned_settings(problem, monkeypatch):
    with np.errstate(all="ignore"):
        runs = tw.train(problem, ["adam", "rprop"], tune=True, studies=1)
    data = pickle.dumps(runs)
    for name in ("train", "train_custom"):
        monkeypatch.delattr(_thalweg, name)
    loaded = pickle.loads(data)
    assert same(loaded, runs)
    assert repr(loaded) == repr(runs)
    assert loaded._native.pick(0) == runs._native.pick(0)


def test_what_cannot_be_tuned_is_an_error():
    with pytest.raises(tw.Error, match="`tune` has nothing to tune"):
        tw.train("article", "adam:learning_rate=1", tune=True)
    with pytest.raises(tw.Error, match="Descent was not tuned, because the ranges of the settings are not known"):
        tw.train("article", Descent(), tune=True)
    runs = tw.train("article", [Descent(), "adam"], tune=True)
    assert runs[0].label == "Descent"
    assert runs.notes[0] == "note: Descent was not tuned, because the ranges of the settings are not known"
    assert "tuned: 15 trials" in runs[1].label
    with pytest.raises(tw.Error, match="add `tune=True`, or remove them"):
        tw.train("article", "adam", tune_by="grid")
    with pytest.raises(tw.Error, match="invalid value '0' for `trials`"):
        tw.train("article", "adam", tune=True, trials=0)


class Scaled:
    """Gradient descent with settings."""

    title = "Scaled"

    def __init__(self, rate, repeats=1):
        assert isinstance(repeats, int)
        self.rate, self.repeats = rate, repeats

    def init(self, w):
        return {}

    def update(self, w, gradient, state):
        return w - self.rate * gradient * self.repeats, state


def test_settings_with_a_range_are_tuned_as_those_of_the_catalog():
    settings = {"tune": True, "studies": 2, "trials": 4, "pairs": 6}
    rate = tw.Range(*RATES)
    with np.errstate(all="ignore"):
        ours = tw.compare("ravine", [tw.from_rule(Scaled, rate=rate), "rprop"], **settings)
    theirs = tw.compare("ravine", ["gradient-descent", "rprop"], **settings)
    assert ours.trials["rate"] == theirs.trials["learning_rate"]
    for key in ("outcome", "evaluations"):
        assert ours.trials[key] == theirs.trials[key], key
    assert ours.to_dict()["settings"][0].replace("rate", "learning_rate") == theirs.to_dict()["settings"][0]
    assert "was not tuned" not in repr(ours)
    loaded = pickle.loads(pickle.dumps(ours))
    assert repr(loaded) == repr(ours)


def test_tuned_settings_of_a_rule_are_shown_and_used():
    optimizer = tw.from_rule(Scaled, rate=tw.Range(0.001, 10), repeats=tw.Range(1, 4))
    assert optimizer.ranges == {"rate": tw.Range(0.001, 10), "repeats": tw.Range(1, 4)}
    with np.errstate(all="ignore"):
        runs = tw.train("ravine", optimizer, tune=True, studies=1, trials=4)
    tuned = dict(setting.split("=") for setting in runs[0].label.split("(")[1].split(", tuned")[0].split(", "))
    assert set(tuned) == {"rate", "repeats"}
    alone = tw.train("ravine", Scaled(float(tuned["rate"]), int(tuned["repeats"])), epochs=runs[0].epochs)
    assert np.array_equal(alone[0].weights, runs[0].weights)
    assert same(pickle.loads(pickle.dumps(runs)), runs)


def test_settings_with_a_range_have_defaults_without_a_search():
    for given, default in [((0.01, 1), 0.1), ((0.01, 1, 0.5), 0.5), ((-1, 2.0), 0.5), ((1, 9), 3)]:
        runs = tw.train("ravine", tw.from_rule(Scaled, rate=tw.Range(*given)), epochs=3)
        alone = tw.train("ravine", Scaled(default), epochs=3)
        assert np.array_equal(runs[0].weights, alone[0].weights)
        assert runs[0].label == "Scaled"
        assert f"rate={default}*" in repr(runs)


def test_an_impossible_range_is_an_error():
    for given, message in [
        ((1, 1), "range of `rate` must have a lowest and a larger highest value, but it is 1 to 1"),
        ((float("nan"), 1), "range of `rate` must have a lowest and a larger highest value"),
        ((-1, 1, None, True), "range of `rate` has log=True, so its lowest value must be positive, but it is -1"),
        ((0.1, 1, 2), "default of `rate` must be a number from 0.1 to 1, but it is 2"),
        ((1, 4, 1.5), "default of `rate` must be a whole number from 1 to 4, but it is 1.5"),
    ]:
        with pytest.raises(tw.Error, match=message):
            tw.from_rule(Scaled, rate=tw.Range(*given))
    with pytest.raises(tw.Error, match="settings need a class or a function that makes the rule"):
        tw.from_rule(Scaled(0.1), rate=0.2)
    with pytest.raises(tw.Error, match=r"Scaled cannot be used: .*unexpected keyword argument 'speed'"):
        tw.train("ravine", tw.from_rule(Scaled, speed=0.2))
    with pytest.raises(tw.Error, match="dict must return an object with the methods `init` and `update`"):
        tw.train("ravine", tw.from_rule(dict, speed=0.2))
