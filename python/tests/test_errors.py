"""Invalid input: every error is a `thalweg.Error` that names the argument, or has the text of the shell."""

import re
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import thalweg as tw

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_an_error_has_the_text_and_the_position_of_the_shell(program):
    with pytest.raises(tw.Error) as caught:
        tw.train("article", "adam:learn_rate=1")
    assert isinstance(caught.value, ValueError)
    shell = program("train", "--with=adam:learn_rate=1", status=2)
    assert f"error: {caught.value}\n" == shell
    assert "did you mean `learning_rate`?" in str(caught.value)
    assert "^" in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"start": [[1, 2]]}, "`start` must be a sequence of numbers, but its shape is (1, 2)"),
        ({"start": 3}, "`start` must be a sequence of numbers, but its shape is ()"),
        ({"start": []}, "`start` must be a sequence of numbers"),
        ({"start": "ab"}, "`start` must be a sequence of numbers"),
        ({"start": (0, float("nan"))}, "`start` must be finite, but it contains nan"),
        ({"start": (1,)}, "one number per weight: 2, not 1"),
        ({"target": "low"}, "`target` must be a number, but it is 'low'"),
        ({"target": float("inf")}, "`target` must be finite"),
        ({"epochs": 1.5}, "`epochs` must be a whole number"),
        ({"epochs": -1}, "`epochs` must be a whole number"),
        ({"epochs": True}, "`epochs` must be a whole number"),
        ({"epochs": None}, "`epochs` must be a number"),
        ({"tolerance": -1}, "the tolerance cannot be -1"),
        ({"batch": 0}, "invalid value '0' for `batch`"),
        ({"shuffle": True}, "`shuffle` has no effect without `batch`"),
        ({"seed": "x"}, "`seed` must be a number"),
        ({"optimizers": []}, "`optimizers` is empty"),
        ({"optimizers": 3}, "each of `optimizers` must be a text"),
        ({"optimizers": ["rprop", None]}, "each of `optimizers` must be a text"),
        ({"problem": 3}, "`problem` must be a text"),
        ({"problem": "beal"}, "did you mean `beale`?"),
    ],
)
def test_the_error_names_the_argument(arguments, text):
    with pytest.raises(tw.Error) as caught:
        tw.train(**{"problem": "article", "optimizers": "rprop", **arguments})
    assert text in str(caught.value)


#: Calls with a wrong argument that the program refuses, and the beginning of its error.
REFUSED = [
    (lambda path: tw.train("article", "adam", studies=3), "`tune_by`, `studies`, and `trials` have no effect"),
    (lambda path: tw.train("article", "adam", tune_by="grid"), "`tune_by`, `studies`, and `trials` have no effect"),
    (
        lambda path: tw.train("article", "adam", tune=True, tune_by="grid", trials=3),
        '`trials` has no effect with `tune_by="grid"`\n  help: remove `trials`, or use `tune_by="quasi-random"`',
    ),
    (lambda path: tw.train("article", "adam", tune=True, tune_by="no"), "invalid value 'no' for `tune_by`"),
    (lambda path: tw.train("article", "adam", tune=True, budget=0), "invalid value '0' for `budget`"),
    (lambda path: tw.train("article", "adam:learning_rate=1", tune=True), "`tune` has nothing to tune"),
    (lambda path: tw.compare("article", "adam", pairs=0), "invalid value '0' for `pairs`"),
    (lambda path: tw.compare("article", "adam", threads=0), "invalid value '0' for `threads`"),
    (lambda path: tw.compare(["article", "article"], "adam"), '`"article"` is given twice'),
    (
        lambda path: tw.compare("article", "adam", target=None),
        "article has no target loss, so there is no time to it\n  help: give one, such as `target=0.1`",
    ),
    (lambda path: tw.benchmark({"problem": [{"on": "ravine"}], "nope": 1}), "the description, line 1, column 1"),
    (lambda path: tw.benchmark({"problem": [{"on": "ravine"}]}, threads=0), "invalid value '0' for `threads`"),
    (lambda path: tw.sweep("article", "adam", path / "a.csv", over={"no": [1]}), "the description, line 4"),
    (lambda path: tw.sweep([], "adam", path / "a.csv"), "`problems` is empty"),
    (lambda path: tw.map_starts("article", "adam", size=(1, 1)), "invalid value '1x1' for `size`"),
    (lambda path: tw.map_starts("article", "adam", epochs=10**10), "`epochs=10000000000` exceeds the limit"),
    (
        lambda path: tw.map_settings("article", "adam", {"learning_rate": [1]}, target=None),
        "a map of settings shows the epochs to the target, but there is no target\n"
        '  help: add `target`, or use `show="loss"`',
    ),
    (lambda path: tw.export("article", "adam", library="x"), "invalid value 'x' for `library`"),
    (lambda path: tw.animate(tw.train("article", "rprop"), path / "a.bmp"), "`path` "),
]


@pytest.mark.parametrize(("call", "text"), REFUSED)
def test_an_error_of_the_program_names_keywords(call, text, tmp_path):
    with pytest.raises(tw.Error) as caught:
        call(tmp_path)
    message = str(caught.value)
    assert message.startswith(text)
    assert not re.search("--[a-z]", message)
    assert "Usage" not in message


def test_errors_of_figures_name_the_argument(tmp_path):
    runs = tw.train("article", "rprop")
    for draw, text in [
        (lambda: tw.draw("zooom", runs), "did you mean `zoom`?"),
        (lambda: tw.draw("contour", 3), "`runs` must be the result of `train`"),
        (lambda: tw.draw("contour", runs, theme="x"), "choose one of: light"),
        (lambda: tw.draw("contour", runs, window=(0, 1)), "invalid value '0,1' for `window`"),
        (lambda: tw.draw("contour", runs, size=(1, 2, 3)), "`size` must be two numbers"),
        (lambda: tw.draw("step", runs, epochs=(0, 0)), "the first step is 1"),
        (lambda: tw.draw("step", runs, epochs=(1, 2, 3)), "`epochs` must be the first and the last step"),
        (lambda: tw.draw([], runs), "`figure` is empty"),
        (lambda: tw.draw("contour", runs).encode("bmp"), "extension"),
        (lambda: tw.draw("contour", runs).save(tmp_path / "a.bmp"), "give a path that ends in .svg"),
        (lambda: tw.animate(runs, tmp_path / "a.gif", fps=99), "`fps=99` is too fast for a GIF"),
        (lambda: tw.explain(runs[0], 1000), "give an `epoch` from 0 to"),
        (lambda: tw.explain(runs, 1), "`run` must be a run"),
    ]:
        with pytest.raises(tw.Error) as caught:
            draw()
        assert text in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_reported(tmp_path):
    figure = tw.draw("loss", tw.train("article", "rprop"))
    with pytest.raises(tw.Error, match="No such file or directory"):
        figure.save(tmp_path / "none" / "a.svg")


@QUICK
@given(st.text(max_size=40))
def test_any_text_is_a_pick_or_an_error(text):
    with suppress(tw.Error):
        tw.train("article", text, epochs=3)


@QUICK
@given(st.text(max_size=40))
def test_any_text_is_a_problem_or_an_error(text):
    with suppress(tw.Error):
        tw.train(text, "rprop", epochs=3)


@QUICK
@given(
    st.one_of(
        st.none(),
        st.text(max_size=9),
        st.binary(max_size=9),
        st.floats(),
        st.lists(st.floats(), max_size=4),
        st.lists(st.integers(), max_size=3),
        st.sampled_from([np.zeros((2, 2)), np.array(["a"]), np.array([1j, 2]), np.array([None, 1]), object()]),
    )
)
def test_any_start_is_used_or_an_error(start):
    with suppress(tw.Error):
        runs = tw.train("article", "rprop", start=start, epochs=2)
        assert runs.start.tolist() == [float(w) for w in start]


@QUICK
@given(st.text(max_size=20), st.text(max_size=10), st.integers(-5, 5))
def test_any_figure_is_drawn_or_an_error(figure, plane, epochs):
    runs = tw.train("article", "rprop", epochs=3)
    with suppress(tw.Error):
        tw.draw(figure, runs, plane=plane, epochs=epochs)
