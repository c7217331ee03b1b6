"""Figures, animations, and explanations: the bytes of the command line."""

import base64
import inspect
from pathlib import Path

import pytest

import thalweg as tw

RUNS = {
    "article": (["momentum:learning_rate=0.3", "rprop"], {"start": (-4, -4), "target": 0.125}),
    "rosenbrock": (["adam:learning_rate=0.1", "bfgs"], {"epochs": 300}),
    "mlp:data=moons,layers=2-3-1": (["rprop"], {"epochs": 40}),
}

FIGURES = [
    ("contour", "article", {}),
    ("contour", "article", {"theme": "dark", "size": "slide"}),
    ("zoom", "article", {"epochs": (5, 12)}),
    ("step", "article", {"epochs": (12, 12)}),
    ("loss", "rosenbrock", {"size": (500, 400)}),
    ("distance", "rosenbrock", {}),
    ("surface", "rosenbrock", {"levels": "log"}),
    ("state", "article", {"epochs": (0, 20), "variants": True}),
    ("contour", "mlp:data=moons,layers=2-3-1", {"plane": "path"}),
    ("data", "mlp:data=moons,layers=2-3-1", {"scale": 1, "colors": 16}),
]


def flags(spec, given):
    words = [f"--on={spec.problem}", *(f"--with={pick}" for pick in spec.optimizers)]
    words += [f"--{key}={value}" for key, value in spec.settings.items() if key != "epochs" or "epochs" not in given]
    for key, value in given.items():
        text = {"epochs": "{}..{}", "size": "{}x{}"}.get(key, "{},{}")
        text = text.format(*value) if isinstance(value, tuple) else str(value)
        words.append(f"--{key}" if value is True else f"--{key}={text}")
    return words


@pytest.mark.parametrize(("figure", "problem", "given"), FIGURES)
def test_a_figure_has_the_bytes_of_the_command_line(figure, problem, given, program, tmp_path):
    picks, settings = RUNS[problem]
    drawn = tw.draw(figure, tw.train(problem, picks, **settings), **given)
    spec = tw.train(problem, picks, **settings).spec
    outputs = [tmp_path / f"theirs.{extension}" for extension in ("svg", "png", "pdf")]
    program("draw", figure, *flags(spec, given), *(f"-o{path}" for path in outputs))
    for path in outputs:
        ours = path.with_name("ours" + path.suffix)
        drawn.save(ours)
        assert ours.read_bytes() == path.read_bytes(), path.suffix
        assert drawn.encode(path.suffix[1:]) == path.read_bytes()


def test_an_animation_has_the_bytes_of_the_command_line(program, tmp_path):
    runs = tw.train("article", ["momentum:learning_rate=0.3", "rprop"], start=(-4, -4))
    tw.animate(runs, tmp_path / "ours.gif", size=(300, 240), fps=10, view="surface")
    program(
        "animate",
        *flags(runs.spec, {"view": "surface", "size": (300, 240), "fps": 10}),
        f"-o{tmp_path / 'theirs.gif'}",
    )
    assert (tmp_path / "ours.gif").read_bytes() == (tmp_path / "theirs.gif").read_bytes()


def test_one_run_and_a_problem_without_runs_can_be_drawn(program, tmp_path):
    runs = tw.train("article", ["momentum:learning_rate=0.3", "rprop"])
    program("draw", "contour", "--on=article", "--with=rprop", f"-o{tmp_path / 'run.svg'}")
    assert tw.draw("contour", runs[1]).svg == (tmp_path / "run.svg").read_text()
    program("draw", "contour", "--on=booth", f"-o{tmp_path / 'problem.svg'}")
    assert tw.draw("contour", "booth").svg == (tmp_path / "problem.svg").read_text()


def test_a_notebook_shows_svg_and_png():
    figure = tw.draw("loss", tw.train("article", "rprop"))
    shown = figure._repr_mimebundle_()
    assert shown["image/svg+xml"].startswith("<svg")
    assert base64.b64decode(shown["image/png"]) == figure.png
    assert list(figure._repr_mimebundle_(include={"image/png"})) == ["image/png"]
    assert list(figure._repr_mimebundle_(exclude={"image/png"})) == ["image/svg+xml"]


def test_a_step_is_explained_as_text_and_as_a_figure():
    run = tw.train("article", "rprop", start=(-4, -4))[0]
    explanation = tw.explain(run, epoch=12)
    assert "the gradient of the second weight changed its sign" in explanation.text
    assert explanation.figure.svg == tw.draw("step", run, epochs=(12, 12)).svg
    assert set(explanation._repr_mimebundle_()) == {"text/plain", "image/svg+xml", "image/png"}
    assert tw.explain(run, 0).text.startswith("At the initial point")
    assert "The run ends here" in tw.explain(run, run.epochs).text


@pytest.mark.parametrize(
    ("command", "function"),
    [
        ("draw", tw.draw),
        ("animate", tw.animate),
        ("train", tw.train),
        ("map starts", tw.map_starts),
        ("map settings", tw.map_settings),
        ("sweep", tw.sweep),
        ("explore", tw.explore),
    ],
)
def test_functions_have_the_texts_of_their_commands(command, function, program):
    text = inspect.getdoc(function)
    told = " ".join(program(*command.split(), "--help").split())
    # Addresses, units, and defaults differ, so only the beginnings are compared.
    for name, parameter in inspect.signature(function).parameters.items():
        assert f"\n    {name}: " in text
        flag = "--" + name.replace("_", "-")
        if parameter.kind is parameter.KEYWORD_ONLY and f"{flag} " in told:
            beginning = text.split(f"\n    {name}: ")[1].split()[:2]
            assert " ".join(beginning).rstrip(".") in told, name
    assert "Raises:" in text


def test_options_with_the_values_of_their_defaults_are_omitted():
    runs = tw.train("article", "rprop", epochs=100_000, seed=0, shuffle=False, gradient_noise=0.0)
    assert runs.spec.settings == {}
    plain = tw.draw("contour", runs)
    assert tw.draw("contour", runs, theme="light", levels="auto", epochs=100_000, log=()).svg == plain.svg
    assert tw.draw(tw.figures.Contour(), runs).svg == plain.svg


def test_a_note_on_a_figure_is_a_warning():
    valley = tw.Problem(lambda w: (w**2).sum(-1), start=(1, 2), gradient=lambda w: 2 * w, title="谷")
    runs = tw.train(valley, "rprop", epochs=5)
    for _ in range(2):
        with pytest.warns(UserWarning, match="the embedded font lacks `谷`") as caught:
            figure = tw.draw("contour", runs)
        assert Path(caught[0].filename) == Path(__file__)
    assert "谷" in figure.notes[0]
    assert "谷" in repr(figure)
    assert tw.draw("contour", "article").notes == []
