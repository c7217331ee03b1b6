"""Maps: their arrays and figures have the bits of the command line."""

import numpy as np
import pytest

import thalweg as tw


def test_a_map_of_starts_has_the_bits_of_the_command_line(program, tmp_path):
    shared = ["map", "starts", "--on=himmelblau", "--with=rprop", "--with=adam", "--size=30x20", "--epochs=200"]
    found = tw.map_starts("himmelblau", ["rprop", "adam"], size=(30, 20), epochs=200)
    assert found.epochs.shape == (2, 20, 30)
    for show in ("epochs", "evaluations", "minimum", "loss", "outcome"):
        program(*shared, f"--show={show}", f"-o{tmp_path / 'a.npy'}", f"-o{tmp_path / 'a.svg'}")
        theirs = np.load(tmp_path / "a.npy")
        if show == "outcome":
            assert set(found.outcome[theirs == 0]) <= {"reached"}
        else:
            assert np.array_equal(getattr(found, show), theirs)
        assert found.figure(show).svg == (tmp_path / "a.svg").read_text()
    xs, ys = found.axes
    assert (xs.size, ys.size) == (30, 20)
    assert "starts" in found.summary


def test_a_map_of_one_optimizer_has_two_axes():
    found = tw.map_starts("article", "rprop", size=(5, 4), window=(-5, 5, -5, 5), target=0.125, epochs=500)
    assert found.epochs.shape == found.loss.shape == found.outcome.shape == (4, 5)
    run = tw.train("article", "rprop", start=(-5, -5), target=0.125, epochs=500)[0]
    assert found.epochs[0, 0] == run.epochs
    assert found.loss[0, 0] == run.losses[-1]
    assert found.outcome[0, 0] == run.outcome


def test_a_map_of_settings_has_the_bits_of_the_command_line(program, tmp_path):
    over = {"learning_rate": "0.01..10:log:8", "momentum": [0, 0.5, 0.9]}
    found = tw.map_settings("article", "momentum", over, epochs=300)
    words = ["--over=learning_rate=0.01..10:log:8", "--over=momentum=0|0.5|0.9", "--epochs=300"]
    for show in ("epochs", "loss"):
        paths = [tmp_path / "a.npy", tmp_path / "a.svg"]
        program(
            "map", "settings", "--on=article", "--with=momentum", *words, f"--show={show}", *(f"-o{p}" for p in paths)
        )
        assert np.array_equal(getattr(found, show), np.load(paths[0]))
        assert found.figure(show).svg == paths[1].read_text()
    assert found.epochs.shape == (3, 8)
    assert list(found.over) == ["learning_rate", "momentum"]
    assert found.over["momentum"] == ["0", "0.5", "0.9"]
    assert "best settings" in found.summary
    one = tw.map_settings("article", "rprop", {"initial_step": [0.1, 1]}, starts=20, seed=3)
    assert one.epochs.shape == one.reached.shape == (2,)


def test_a_function_and_a_rule_can_be_mapped():
    def f(w):
        return ((w - 1) ** 2).sum(-1)

    class Descent:
        def init(self, w):
            return None

        def update(self, w, gradient, state):
            return w - 0.25 * gradient, None

    bowl = tw.Problem(f, start=(0, 0), gradient=lambda w: 2 * (w - 1), target=1e-6)
    ours = "gradient-descent:learning_rate=0.25"
    found = tw.map_starts(bowl, [Descent(), ours], window=(-3, 3, -3, 3), size=(6, 5))
    assert np.array_equal(found.epochs[0], found.epochs[1])
    assert set(found.outcome.ravel()) == {"reached"}
    assert found.figure().svg.startswith("<svg")
    settings = tw.map_settings(bowl, "gradient-descent", {"learning_rate": [0.1, 0.25, 2]})
    assert np.isfinite(settings.epochs).tolist() == [True, True, False]


def test_a_map_calls_a_vectorized_function_in_blocks():
    calls = []

    def f(w):
        calls.append(w.shape)
        return (w**2).sum(-1)

    bowl = tw.Problem(f, start=(1, 2), gradient=lambda w: 2 * w, target=1e-3)
    calls.clear()
    tw.map_starts(bowl, "gradient-descent:learning_rate=0.25", size=(100, 100))
    assert len(calls) < 1000


def test_an_exception_in_a_map_reaches_the_caller():
    def f(w):
        if w[0] > 2:
            raise KeyError("own error")
        return float((w**2).sum())

    failing = tw.Problem(f, start=(1, 1), gradient=lambda w: 2 * w, vectorized=False, target=0.1)
    with pytest.raises(KeyError, match="own error"):
        tw.map_starts(failing, "rprop", window=(-3, 3, -3, 3), size=(5, 5))


def test_a_map_is_shown_as_text_and_as_a_picture():
    found = tw.map_starts("booth", "rprop", size=(4, 3))
    assert {"text/plain", "image/svg+xml"} <= set(found._repr_mimebundle_())


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: tw.map_starts("article", "rprop", size=(1, 1)), "`size`"),
        (lambda: tw.map_starts("article", "rprop", size=3), "`size` must be two numbers"),
        (lambda: tw.map_starts("article", "rprop", show="speed"), "`show`"),
        (lambda: tw.map_starts("article", "rprop", target=None, size=(3, 3), epochs=5).figure(), "there is no target"),
        (lambda: tw.map_starts("mlp:data=moons", "rprop"), "a map of initial points needs two weights"),
        (lambda: tw.map_settings("article", "rprop", {"speed": [1, 2]}), "`speed`"),
        (lambda: tw.map_settings("article", "rprop", {}), "`over`"),
        (lambda: tw.map_settings("article", "rprop", ["learning_rate"]), "`over` must be a mapping"),
        (lambda: tw.map_settings("article", "momentum", {"learning_rate": 3}), "several values of `learning_rate`"),
    ],
)
def test_bad_input_names_the_argument(make, text):
    with pytest.raises(tw.Error) as caught:
        make()
    assert text in str(caught.value)


def test_the_notes_of_the_shell_reach_the_user(program, tmp_path):
    formula = "formula:x^2+9*y^2"
    found = tw.map_starts(formula, "gradient-descent", size=(8, 8), epochs=9)
    assert "learning_rate=" in found.notes[0]
    assert found.notes[0] in repr(found)
    assert tw.map_settings(formula, "gradient-descent", {"learning_rate": [0.1, 0.2]}, target=1e-3).notes == []
    assert "learning_rate=" in tw.map_settings(formula, "momentum", {"momentum": [0, 0.5]}, target=1e-3).notes[0]
    large = tw.map_starts("article", "gradient-descent", size=(1000, 2), epochs=0, target=None, show="loss")
    with pytest.warns(UserWarning, match="the picture shows one of every 2 x 1 starts"):
        figure = large.figure()
    assert len(figure.notes) == 1
