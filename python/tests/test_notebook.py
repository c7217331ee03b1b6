"""Notebooks: the interactive page in a frame, and the examples."""

import html
from pathlib import Path

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
