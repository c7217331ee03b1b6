"""Invalid input: every error is a `thalweg.Error` that names the argument, or has the text of the shell."""

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
        ({"batch": 0}, "--batch"),
        ({"shuffle": True}, "--shuffle has no effect without --batch"),
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


def test_errors_of_figures_name_the_argument(tmp_path):
    runs = tw.train("article", "rprop")
    for draw, text in [
        (lambda: tw.draw("zooom", runs), "did you mean `zoom`?"),
        (lambda: tw.draw("contour", 3), "`runs` must be the result of `train`"),
        (lambda: tw.draw("contour", runs, theme="x"), "choose one of: light"),
        (lambda: tw.draw("contour", runs, window=(0, 1)), "--window"),
        (lambda: tw.draw("contour", runs, size=(1, 2, 3)), "`size` must be two numbers"),
        (lambda: tw.draw("step", runs, epochs=(0, 0)), "the first step is 1"),
        (lambda: tw.draw("step", runs, epochs=(1, 2, 3)), "`epochs` must be the first and the last step"),
        (lambda: tw.draw([], runs), "FIGURE"),
        (lambda: tw.draw("contour", runs).encode("bmp"), "extension"),
        (lambda: tw.draw("contour", runs).save(tmp_path / "a.bmp"), "give a path that ends in .svg"),
        (lambda: tw.animate(runs, tmp_path / "a.gif", fps=99), "too fast for a GIF"),
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
