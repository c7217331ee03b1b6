"""Problems that are written in Python: gradients, blocks, exceptions, and bad input."""

import numpy as np
import pytest

import thalweg as tw


def rosenbrock(w):
    x, y = w[..., 0], w[..., 1]
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def rosenbrock_gradient(w):
    x, y = w[..., 0], w[..., 1]
    return np.stack([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)], axis=-1)


def bowl(w):
    return float((w**2).sum())


def slope(w):
    return 2 * w


def problem(**arguments):
    return tw.Problem(rosenbrock, **{"start": (-1.5, 2), "gradient": rosenbrock_gradient, **arguments})


def test_a_function_has_the_runs_of_the_same_problem_of_the_catalog():
    picks = ["adam:learning_rate=0.05", "rprop", "bfgs", "momentum:learning_rate=1e-3", "lbfgs"]
    ours = tw.train("rosenbrock", picks, epochs=100, target=None)
    theirs = tw.train(problem(), picks, epochs=100)
    for a, b in zip(ours, theirs, strict=True):
        # The rounding of the formulas differs.
        assert np.allclose(a.weights[:20], b.weights[:20], rtol=1e-9, atol=1e-9), a.label
    assert theirs.problem == "rosenbrock"


def test_central_differences_are_close_and_the_title_states_them():
    def loss(w):
        return float(rosenbrock(w))

    exact = tw.train(problem(), "rprop", epochs=30)
    for f in (rosenbrock, loss):
        approximate = tw.train(
            problem(f=None, gradient="differences")
            if f is None
            else tw.Problem(f, start=(-1.5, 2), gradient="differences"),
            "rprop",
            epochs=30,
        )
        assert np.allclose(exact[0].weights, approximate[0].weights, rtol=1e-6, atol=1e-6)
        assert approximate.problem.endswith("(gradient by central differences)")
        assert "central differences" in tw.draw("contour", approximate).svg


def test_a_trial_finds_functions_that_accept_blocks():
    assert problem().vectorized
    assert not tw.Problem(bowl, start=(1, 2), gradient=slope).vectorized
    assert not tw.Problem(lambda w: w[0] ** 2 + w[1] ** 2, start=(1, 2), gradient=slope).vectorized
    assert tw.Problem(lambda w: (w**2).sum(-1), start=(1, 2, 3), gradient=slope).vectorized
    assert not problem(vectorized=False).vectorized


def test_a_figure_calls_a_vectorized_function_in_blocks():
    shapes = []

    def f(w):
        shapes.append(w.shape)
        return rosenbrock(w)

    runs = tw.train(tw.Problem(f, start=(-1.5, 2), gradient=rosenbrock_gradient), "rprop", epochs=5)
    shapes.clear()
    in_blocks = tw.draw("contour", runs)
    assert len(shapes) < 1000
    one_by_one = tw.draw("contour", tw.train(problem(title="f", vectorized=False), "rprop", epochs=5))
    assert in_blocks.svg == one_by_one.svg


@pytest.mark.parametrize(
    "figure", ["contour", "zoom", "step", "state", "loss", "distance", "bars", "panels", "surface"]
)
def test_every_figure_shows_a_function(figure):
    runs = tw.train(problem(target=0.1, minima=[(1, 1)]), ["rprop", "bfgs"], epochs=60)
    chosen = {"epochs": (3, 3)} if figure == "step" else {}
    svg = tw.draw(figure, runs, **chosen).svg
    assert svg.startswith("<svg")
    # No command draws the picture again.
    assert "thalweg draw" not in svg


def test_an_animation_shows_a_function(tmp_path):
    tw.animate(tw.train(problem(), "rprop", epochs=9), tmp_path / "a.gif", size=(300, 240))
    assert (tmp_path / "a.gif").read_bytes().startswith(b"GIF")


def test_a_function_is_called_in_the_thread_of_the_caller():
    import threading

    threads = set()

    def f(w):
        threads.add(threading.get_ident())
        return bowl(w)

    tw.draw("contour", tw.train(tw.Problem(f, start=(1, 2), gradient=slope), "rprop", epochs=3))
    assert threads == {threading.get_ident()}


def test_an_exception_reaches_the_caller_as_it_is():
    calls = []

    def fails(w):
        calls.append(w)
        if len(calls) > 20:
            raise KeyError("own error")
        return bowl(w)

    failing = tw.Problem(fails, start=(1, 2), gradient=slope, vectorized=False)
    with pytest.raises(KeyError, match="own error") as caught:
        tw.train(failing, "rprop", epochs=100)
    assert caught.traceback[-1].name == "fails"
    # The function is not called again.
    assert len(calls) == 21

    def gradient(w):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tw.train(tw.Problem(bowl, start=(1, 2), gradient=gradient), "bfgs")


def test_an_exception_in_a_figure_reaches_the_caller():
    is_broken = False

    def f(w):
        if is_broken:
            raise KeyError("own error")
        return bowl(w)

    runs = tw.train(tw.Problem(f, start=(1, 2), gradient=slope), "rprop", epochs=3)
    is_broken = True
    with pytest.raises(KeyError, match="own error"):
        tw.draw("contour", runs)
    is_broken = False
    assert tw.draw("contour", runs).svg.startswith("<svg")


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"f": lambda w: None}, "`f` must return a number, but it returned None"),
        ({"f": lambda w: "low"}, "`f` must return a number, but it returned an object of the type str"),
        ({"f": lambda w: w}, "`f` must return a number, but it returned an array of the shape (2,)"),
        (
            {"gradient": lambda w: w[:1]},
            "`gradient` must return an array of the shape (2,), but it returned an array of the shape (1,)",
        ),
        ({"gradient": lambda w: None}, "`gradient` must return an array of the shape (2,), but it returned None"),
        ({"gradient": lambda w: "ab"}, "`gradient` must return an array of the shape (2,)"),
        ({"f": 3}, "`f` must be a function"),
        ({"gradient": None}, "`gradient` is missing"),
        ({"gradient": "tensorflow"}, "`gradient` cannot be 'tensorflow'"),
        ({"start": [[1, 2]]}, "`start` must be a sequence of numbers, but its shape is (1, 2)"),
        ({"start": (1, float("nan"))}, "`start` must be finite"),
        ({"window": (1, 0, 0, 1)}, "`window`"),
        ({"target": "x"}, "`target` must be a number"),
        ({"minima": [(1, 2, 3)]}, "each of `minima` must have one number per weight: 2, not 3"),
        ({"names": ["a"]}, "`names` must have one name per weight"),
    ],
)
def test_bad_input_names_the_argument(arguments, text):
    with pytest.raises(tw.Error) as caught:
        tw.train(tw.Problem(**{"f": bowl, "start": (1, 2), "gradient": slope, **arguments}), "rprop", epochs=3)
    assert text in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"f": lambda w: (w**2).sum()}, "`f` must return an array of the shape (12,), but it returned"),
        ({"gradient": lambda w: 2 * w[0]}, "`gradient` must return an array of the shape (12, 2), but it returned"),
    ],
)
def test_a_wrong_shape_of_a_block_names_the_function(arguments, text):
    given = {"f": lambda w: (w**2).sum(-1), "gradient": slope, **arguments}
    blocks = tw.Problem(**given, start=(1, 2), target=0.1, vectorized=True)
    with pytest.raises(tw.Error) as caught:
        tw.map_starts(blocks, "rprop", size=(4, 3), epochs=5)
    assert text in str(caught.value)


def test_a_hessian_of_a_wrong_shape_is_described():
    with pytest.raises(tw.Error, match=r"`hessian` must return an array of the shape \(2, 2\)"):
        tw.train(tw.Problem(bowl, start=(1, 2), gradient=slope, hessian=lambda w: np.ones(2)), "newton", epochs=3)


@pytest.mark.parametrize("convert", [np.float32, list, lambda g: np.asarray(g, dtype=np.int64), tuple])
def test_other_types_of_numbers_are_converted(convert):
    def gradient(w):
        g = np.round(2 * w)
        return (
            g.astype(np.float32) if convert is np.float32 else convert(g.astype(int) if convert in (list, tuple) else g)
        )

    runs = tw.train(tw.Problem(lambda w: np.float32(bowl(w)), start=(3, 2), gradient=gradient), "sign-sgd", epochs=3)
    assert runs[0].epochs == 3
    assert runs[0].weights.dtype == np.float64


def test_a_loss_that_is_not_finite_ends_the_run():
    diverging = tw.Problem(lambda w: float("nan") if w[0] < 0 else bowl(w), start=(1, 2), gradient=slope)
    run = tw.train(diverging, "gradient-descent:learning_rate=1", target=None)[0]
    assert run.outcome == "diverged"


def test_a_problem_with_one_weight_and_with_many_weights():
    assert tw.train(tw.Problem(bowl, start=[3], gradient=slope), "rprop", target=1e-6)[0].outcome == "reached"
    many = tw.train(tw.Problem(bowl, start=np.ones(50), gradient=slope), "lbfgs", target=1e-9)
    assert many[0].outcome == "reached"
    assert tw.draw("contour", many, plane="seed:1").svg.startswith("<svg")


def test_newton_needs_second_derivatives():
    with pytest.raises(tw.Error, match="second derivatives"):
        tw.train(problem(), "newton")

    def hessian(w):
        x, y = w
        return [[2 - 400 * (y - 3 * x**2), -400 * x], [-400 * x, 200]]

    assert tw.train(problem(hessian=hessian), "newton", target=1e-9)[0].outcome == "reached"


def test_jax_computes_the_gradient_in_float64():
    jax = pytest.importorskip("jax")

    def f(w):
        x, y = w[..., 0], w[..., 1]
        assert w.dtype == jax.numpy.float64
        return (1 - x) ** 2 + 100 * (y - x**2) ** 2

    by_jax = tw.Problem(f, start=(-1.5, 2), gradient="jax")
    assert by_jax.vectorized
    a, b = tw.train(problem(), "bfgs", epochs=20), tw.train(by_jax, ["bfgs", "newton"], epochs=20)
    assert np.allclose(a[0].weights[:10], b[0].weights[:10], rtol=1e-8, atol=1e-10)
    assert b[1].losses[-1] < 1e-9


def test_torch_computes_the_gradient_in_float64():
    torch = pytest.importorskip("torch")

    def f(w):
        x, y = w[..., 0], w[..., 1]
        assert w.dtype == torch.float64
        return (1 - x) ** 2 + 100 * (y - x**2) ** 2

    by_torch = tw.Problem(f, start=(-1.5, 2), gradient="torch")
    assert by_torch.vectorized
    a, b = tw.train(problem(), "bfgs", epochs=20), tw.train(by_torch, ["bfgs", "newton"], epochs=20)
    assert np.allclose(a[0].weights[:10], b[0].weights[:10], rtol=1e-8, atol=1e-10)
    assert b[1].losses[-1] < 1e-9
    detached = tw.Problem(lambda w: (w.detach() ** 2).sum(), start=(1, 2), gradient="torch")
    with pytest.raises(tw.Error, match="`f` returned a value without a gradient"):
        tw.train(detached, "rprop")


def test_a_missing_library_is_named(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(tw.Error, match="needs the package torch"):
        problem(gradient="torch")
