"""Pickles of runs, maps, and figures: the same bits, without training again."""

import copy
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import thalweg as tw
from thalweg import _pickle, _thalweg

FUNCTIONS = ("train", "train_custom", "map_starts", "map_settings")


@pytest.fixture
def load(monkeypatch):
    """Returns a function that pickles an object and loads it while nothing can be trained."""

    def fail(*arguments):
        raise AssertionError("it trains again")

    def load(made):
        data = pickle.dumps(made)
        with monkeypatch.context() as patch:
            for name in FUNCTIONS:
                patch.setattr(_thalweg, name, fail)
            return pickle.loads(data)

    return load


def assert_same(again, runs):
    assert len(again) == len(runs)
    assert again.spec.settings == runs.spec.settings
    assert (again.problem, again.notes, repr(again)) == (runs.problem, runs.notes, repr(runs))
    assert again.start.tobytes() == runs.start.tobytes()
    for a, b in zip(again, runs, strict=True):
        assert (a.label, a.outcome, a.reason, a.epochs, a.distance) == (
            b.label,
            b.outcome,
            b.reason,
            b.epochs,
            b.distance,
        )
        assert a.weights.tobytes() == b.weights.tobytes()
        assert a.losses.tobytes() == b.losses.tobytes()
        assert [column.tobytes() for column in a.calls] == [column.tobytes() for column in b.calls]
        assert a.state.help == b.state.help
        for name in b.state:
            assert a.state[name].shape == b.state[name].shape
            assert a.state[name].tobytes() == b.state[name].tobytes()
        assert repr(a.trials) == repr(b.trials)


def test_runs_are_loaded_with_every_bit(load):
    picks = ["momentum:learning_rate=0.3", "rprop", "bfgs", "newton", "gradient-descent:learning_rate=1e9"]
    runs = tw.train("article", picks, start=(-4, -4), target=0.125, epochs=200)
    again = load(runs)
    assert_same(again, runs)
    assert again.spec == runs.spec
    assert_same(load(runs[1:3]), runs[1:3])
    assert load(runs[1]).epochs == 20
    assert copy.deepcopy(runs) is runs
    assert_same(load(again), runs)
    assert tw.explain(again[1], 12).text == tw.explain(runs[1], 12).text
    # The runs of matrices have channels with other shapes.
    matrices = tw.train("mlp:data=moons", ["shampoo", "lbfgs"], epochs=5)
    assert_same(load(matrices), matrices)


def test_figures_are_loaded_with_their_runs(load):
    runs = tw.train("article", ["momentum", "rprop"], epochs=30)
    for figure in (tw.draw("loss", runs), tw.draw(["contour", "loss"], runs, theme="dark")):
        assert load(figure).svg == figure.svg


def bowl(w):
    return (w**2).sum(-1)


def slope(w):
    return 2 * w


class Descent:
    def init(self, w):
        return {"velocity": 0 * w}

    def update(self, w, gradient, state):
        return w - 0.1 * gradient, {"velocity": -0.1 * gradient}


def test_runs_of_functions_of_a_module_are_complete(load):
    problem = tw.Problem(bowl, start=(1, 2), gradient=slope, target=1e-3, names=["a", "b"], minima=[(0, 0)])
    runs = tw.train(problem, [Descent(), "rprop"])
    again = load(runs)
    assert_same(again, runs)
    assert again.weight_names == ["a", "b"]
    assert again.spec.problem.vectorized
    # Figures and new runs load the functions.
    assert tw.draw("contour", again).svg == tw.draw("contour", runs).svg
    more = tw.train(again.spec.problem, again.spec.optimizers)
    assert more[0].weights.tobytes() == runs[0].weights.tobytes()
    assert_same(pickle.loads(pickle.dumps(again)), runs)
    assert pickle.loads(pickle.dumps(again.spec.problem)).title == problem.title


def test_runs_of_functions_that_cannot_be_pickled_keep_their_numbers(load):
    class Local(Descent):
        pass

    problem = tw.Problem(lambda w: (w**2).sum(-1), start=(1, 2), gradient=lambda w: 2 * w, title="bowl")
    runs = tw.train(problem, [Local(), "rprop"], epochs=9)
    again = load(runs)
    assert_same(again, runs)
    assert again.to_dict() == runs.to_dict()
    with pytest.raises(tw.Error, match="the results of bowl, but not its functions"):
        tw.draw("contour", again)
    with pytest.raises(tw.Error, match="the results of Local, but not its functions"):
        tw.train("article", again.spec.optimizers[0])
    # The object itself is useless without its functions.
    with pytest.raises((AttributeError, pickle.PicklingError)):
        pickle.dumps(problem)


def test_functions_are_loaded_only_when_they_are_needed(tmp_path):
    (tmp_path / "own.py").write_text("def f(w):\n    return (w**2).sum(-1)\ndef g(w):\n    return 2 * w\n")
    make = (
        "import own, pickle, sys, thalweg as tw\n"
        "runs = tw.train(tw.Problem(own.f, start=(1, 2), gradient=own.g), 'rprop', epochs=5)\n"
        "pickle.dump(runs, open('runs.pickle', 'wb'))\n"
    )
    subprocess.run([sys.executable, "-c", make], cwd=tmp_path, check=True)
    runs = pickle.loads((tmp_path / "runs.pickle").read_bytes())
    assert runs[0].epochs == 5
    with pytest.raises(tw.Error, match="the functions of f cannot be loaded from the pickle"):
        tw.draw("contour", runs)


def test_runs_of_optax_can_be_pickled(load):
    optax = pytest.importorskip("optax")
    runs = tw.train("article", [tw.from_optax(optax.adam(0.1)), "adam"], epochs=9)
    assert_same(load(runs), runs)


def test_runs_of_torch_can_be_pickled(load):
    torch = pytest.importorskip("torch")
    runs = tw.train("article", [tw.from_torch(torch.optim.Rprop, lr=0.1), "rprop"], epochs=9)
    again = load(runs)
    assert_same(again, runs)
    more = tw.train("article", again.spec.optimizers, epochs=9)
    assert more[0].weights.tobytes() == runs[0].weights.tobytes()


def test_maps_are_loaded_with_their_numbers(load):
    found = tw.map_starts("himmelblau", ["rprop", "newton"], size=(6, 4), epochs=50)
    again = load(found)
    for name in ("epochs", "evaluations", "minimum", "loss", "outcome"):
        assert getattr(again, name).tobytes() == getattr(found, name).tobytes()
    assert (again.summary, again.notes, again.spec) == (found.summary, found.notes, found.spec)
    assert load(found.figure("minimum")).svg == found.figure("minimum").svg
    over = {"learning_rate": [0.1, 1, 100], "momentum": [0, 0.5]}
    settings = tw.map_settings("article", "momentum", over, epochs=50, starts=3)
    again = load(settings)
    for name in ("epochs", "loss", "reached"):
        assert getattr(again, name).tobytes() == getattr(settings, name).tobytes()
    assert (again.summary, again.over) == (settings.summary, settings.over)
    assert load(settings.figure("loss")).svg == settings.figure("loss").svg


def test_maps_of_functions_are_loaded(load):
    problem = tw.Problem(lambda w: (w**2).sum(-1), start=(1, 2), gradient=lambda w: 2 * w, target=1e-3)
    found = tw.map_starts(problem, [Descent(), "rprop"], size=(4, 3))
    again = load(found)
    assert again.epochs.tobytes() == found.epochs.tobytes()
    assert again.summary == found.summary
    with pytest.raises(tw.Error, match="the results of function, but not its functions"):
        again.figure()
    found = tw.map_starts(tw.Problem(bowl, start=(1, 2), gradient=slope, target=1e-3), Descent(), size=(4, 3))
    assert load(found).figure().svg == found.figure().svg
    settings = tw.map_settings(problem, "gradient-descent", {"learning_rate": [0.1, 0.2]})
    assert load(settings).epochs.tobytes() == settings.epochs.tobytes()


@pytest.mark.parametrize(
    "made",
    [
        lambda: tw.train("article", "rprop", epochs=3),
        lambda: tw.map_starts("article", "rprop", size=(3, 3)),
    ],
)
def test_a_pickle_of_a_newer_version_is_refused_by_name(made, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(_pickle, "FORMAT", _pickle.FORMAT + 1)
        patch.setattr(_thalweg, "version", lambda: "9.8.7")
        data = pickle.dumps(made())
    with pytest.raises(tw.Error, match=r"written by thalweg 9\.8\.7 in the format 2, but this is thalweg 0\."):
        pickle.loads(data)


def test_a_changed_data_file_is_refused(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("x,y,class\n1,2,0\n2,1,1\n3,5,0\n")
    data = pickle.dumps(tw.train(f"csv:path={path}", "rprop", epochs=3))
    assert pickle.loads(data)[0].epochs == 3
    path.write_text("x,y,class\n1,2,0\n2,1,1\n3,4,0\n")
    with pytest.raises(tw.Error, match="has changed since the pickle was written"):
        pickle.loads(data)
    path.unlink()
    with pytest.raises(tw.Error, match=r"data\.csv"):
        pickle.loads(data)


def test_a_damaged_pickle_is_described():
    runs = tw.train("article", "rprop", epochs=3)
    function, (*head, data) = runs.__reduce__()
    for damaged in (b"", data[:-1], data[:20]):
        with pytest.raises(tw.Error, match="the pickle is damaged"):
            function(*head, damaged)


def test_threads_load_pickles_at_the_same_time():
    runs = tw.train("rosenbrock", ["adam", "bfgs"], epochs=500)
    data = pickle.dumps(runs)
    expected = runs[0].weights.tobytes()
    with ThreadPoolExecutor(4) as pool:
        loaded = pool.map(lambda _: pickle.loads(pickle.dumps(pickle.loads(data)))[0].weights.tobytes(), range(40))
        assert set(loaded) == {expected}


def test_loading_pickles_leaves_memory_flat():
    import resource

    def peak():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    data = pickle.dumps(tw.train("rosenbrock", "adam", epochs=2000, target=None))
    assert len(data) > 100_000

    def repeat(count):
        for _ in range(count):
            assert np.isfinite(pickle.loads(data)[0].losses[-1])

    repeat(200)
    before = peak()
    repeat(400)
    # A leak of one run would keep more than 100 kB each time.
    assert peak() - before < 20_000
