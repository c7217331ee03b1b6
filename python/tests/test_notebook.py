"""Notebooks: the interactive page in a frame, and the examples."""

import html
import sys
from pathlib import Path

import numpy as np
import pytest

import thalweg as tw

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.ipynb"))


def test_the_page_is_shown_in_a_sandboxed_frame(program, tmp_path):
    runs = tw.train("rosenbrock", ["rprop", "adam:learning_rate=0.1"], start=(-1, 1), epochs=50)
    page = tw.explore(runs, figure="loss", height=600)
    program(
        "explore",
        *(
            f"--{word}"
            for word in (
                "on=rosenbrock",
                "with=rprop",
                "with=adam:learning_rate=0.1",
                "start=-1,1",
                "epochs=50",
                "figure=loss",
            )
        ),
        f"-o{tmp_path / 'page.html'}",
    )
    assert page.html == (tmp_path / "page.html").read_text(encoding="utf-8")
    page.save(tmp_path / "ours.html")
    assert (tmp_path / "ours.html").read_bytes() == (tmp_path / "page.html").read_bytes()
    shown = page._repr_html_()
    assert 'sandbox="allow-scripts allow-downloads"' in shown
    assert "allow-same-origin" not in shown
    source = shown.split('srcdoc="')[1].split('"')[0]
    assert html.unescape(source) == page.html


def test_a_problem_and_one_run_can_be_explored():
    assert "himmelblau" in tw.explore("himmelblau").html
    assert tw.explore(tw.train("article", ["rprop", "momentum"])[0]).html


def test_parts_that_are_written_in_python_cannot_be_explored():
    bowl = tw.Problem(lambda w: (w**2).sum(-1), start=(1, 2), gradient=lambda w: 2 * w)
    with pytest.raises(tw.Error, match="the page cannot show"):
        tw.explore(bowl)
    with pytest.raises(tw.Error, match="`runs` must be"):
        tw.explore(3)
    with pytest.raises(tw.Error, match="did you mean"):
        tw.explore("article", figure="los")


def test_the_widget_accepts_entries_and_arrays():
    pytest.importorskip("anywidget")
    page = tw.explore(tw.train("article", ["rprop", "momentum"], start=(-4, -4)))
    assert (page.problem, page.optimizers, page.start) == ("article", ("rprop", "momentum"), (-4, -4))
    assert (page.epoch, page.failure) == (None, "")
    seen = []
    page.observe(lambda change: seen.append(change["new"]), names=["start", "optimizers", "problem", "epoch"])
    page.start = np.array([1, 2], dtype=np.float32)
    page.optimizers = ["rprop", tw.optimizers.Adam(0.1)]
    page.problem = tw.problems.Beale()
    page.epoch = 3
    assert seen == [(1, 2), ("rprop", "adam:learning_rate=0.1"), "beale", 3]
    for name, value, text in [
        ("start", (0, float("nan")), "`start` must be finite"),
        ("start", None, "`start` must be a sequence of numbers"),
        ("optimizers", None, "each of `optimizers` must be a text"),
        ("problem", 3, "`problem` must be a text"),
        ("epoch", 1.5, "`epoch` must be a whole number"),
    ]:
        with pytest.raises(tw.Error) as caught:
            setattr(page, name, value)
        assert text in str(caught.value)
    assert len(seen) == 4


def test_the_address_of_the_page_is_an_experiment():
    page = tw.explore(tw.train("article", "rprop", start=(-4, -4), epochs=50))
    # As the page reports a change.
    page.address = (
        "on=rosenbrock&with=rprop&with=adam:learning_rate=0.1&start=-1,1&epochs=30&target=none&shuffle=true&batch=1"
    )
    assert page.spec.optimizers == ("rprop", "adam:learning_rate=0.1")
    assert page.spec.settings["shuffle"] is True
    page.address = "on=rosenbrock&with=rprop&with=adam:learning_rate=0.1&start=-1,1&epochs=30&target=none&run=1"
    expected = tw.train("rosenbrock", ["rprop", "adam:learning_rate=0.1"], start=(-1, 1), epochs=30, target=None)
    assert [run.losses.tobytes() for run in page.train()] == [run.losses.tobytes() for run in expected]


@pytest.mark.parametrize("reason", ["anywidget is missing", "a program executes the notebook"])
def test_without_a_widget_the_page_is_a_frame(reason, monkeypatch):
    if reason == "anywidget is missing":
        monkeypatch.setitem(sys.modules, "thalweg._widget", None)
    else:
        monkeypatch.setattr("thalweg._explore._is_unattended", lambda: True)
    page = tw.explore("himmelblau", height=300)
    assert isinstance(page, tw.Explorer)
    assert not hasattr(page, "_repr_mimebundle_")
    assert (page.problem, page.optimizers, page.epoch) == ("himmelblau", (), None)
    assert 'height="300"' in page._repr_html_()


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_an_example_can_be_executed(path):
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    notebook = nbformat.read(path, as_version=4)
    # The examples are committed without their output.
    assert all(not cell.get("outputs") for cell in notebook.cells)
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute(cwd=path.parent)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    kinds = {kind for output in outputs for kind in output.get("data", ())}
    assert {"image/svg+xml", "image/png", "text/plain"} <= kinds
    assert not [output for output in outputs if output["output_type"] == "error"]


def test_there_are_four_examples():
    assert len(EXAMPLES) == 4
