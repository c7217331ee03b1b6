"""Optimizers that are written in Python, and those of other libraries."""

import numpy as np
import pytest

import thalweg as tw


class HeavyBall:
    quantities = {"velocity": "displacement"}  # noqa: RUF012

    def __init__(self, rate=0.3, decay=0.9):
        self.rate, self.decay = rate, decay

    def init(self, w):
        return {"velocity": np.zeros_like(w), "steps": 0}

    def update(self, w, gradient, state):
        velocity = self.decay * state["velocity"] - self.rate * gradient
        return w + velocity, {"velocity": velocity, "steps": state["steps"] + 1}


class Plain:
    def init(self, w):
        return None

    def update(self, w, gradient, state):
        return (w - 0.3 * gradient).tolist(), None


def test_a_rule_has_the_runs_of_the_same_optimizer_of_the_catalog():
    runs = tw.train("article", ["momentum:learning_rate=0.3", HeavyBall()], start=(-4, -4), target=0.125)
    assert [run.epochs for run in runs] == [92, 92]
    assert np.allclose(runs[0].weights, runs[1].weights, rtol=0, atol=1e-12)
    assert np.allclose(runs[0].state["velocity"], runs[1].state["velocity"], rtol=0, atol=1e-12)
    assert runs[1].state["steps"].tolist() == list(range(93))
    assert runs[1].label == "HeavyBall"


def test_a_rule_is_compared_with_ten_optimizers():
    names = [name for name in tw.optimizers.__all__ if name not in ("Recorded", "GaussNewton", "LevenbergMarquardt")]
    runs = tw.train("rosenbrock", [Plain(), *(getattr(tw.optimizers, name)() for name in names[:10])], epochs=20)
    assert len(runs) == 11
    for figure in ("contour", "loss", "distance", "bars"):
        assert tw.draw(figure, runs).svg.startswith("<svg")
    assert "Plain" in repr(runs)


def test_figures_and_animations_show_the_state_of_a_rule(tmp_path):
    runs = tw.train("article", [HeavyBall(), "rprop"], start=(-4, -4), epochs=30)
    assert "velocity" in tw.draw("state", runs[0]).svg.lower()
    assert tw.draw("step", runs[0], epochs=(5, 5)).svg.startswith("<svg")
    assert "Step 5" in tw.explain(runs[0], 5).text
    tw.animate(runs, tmp_path / "a.gif", size=(300, 240))


def test_titles_distinguish_rules():
    rules = [tw.from_rule(HeavyBall(rate), title=f"ball {rate}") for rate in (0.1, 0.3)]
    runs = tw.train("article", rules, epochs=5)
    assert [run.label for run in runs] == ["ball 0.1", "ball 0.3"]
    assert runs[1:][0].label == "ball 0.3"


def test_an_exception_of_a_rule_reaches_the_caller():
    class Fails(Plain):
        def update(self, w, gradient, state):
            raise KeyError("own error")

    with pytest.raises(KeyError, match="own error"):
        tw.train("article", [Fails(), "rprop"])


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (None, "`update` must return the new weights and the new state, but it returned None"),
        (
            (np.zeros(3), None),
            "`update` must return an array of the shape (2,), but it returned an array of the shape (3,)",
        ),
        ((None, None), "`update` must return an array of the shape (2,), but it returned None"),
        ((np.zeros(2), {"new": 1}), "the state must have the same arrays after every step"),
        ((np.zeros(2), 3), "the state must be a mapping from names to arrays"),
    ],
)
def test_an_invalid_result_is_described(result, text):
    class Invalid(Plain):
        def update(self, w, gradient, state):
            return result

    with pytest.raises(tw.Error) as caught:
        tw.train("article", Invalid())
    assert text in str(caught.value)


def test_an_unknown_quantity_is_described():
    class Unknown(HeavyBall):
        quantities = {"velocity": "speed"}  # noqa: RUF012

    with pytest.raises(tw.Error, match="`speed` is not a quantity of the state `velocity`; choose one of displacement"):
        tw.train("article", Unknown())


def test_a_class_instead_of_an_object_is_described():
    with pytest.raises(tw.Error, match="an object with the methods `init` and `update`"):
        tw.train("article", [HeavyBall])
    with pytest.raises(tw.Error, match="an object with the methods `init` and `update`"):
        tw.from_rule(HeavyBall)


PAIRS = [
    ("Rprop", {"lr": 0.1}, "irprop-minus:initial_step=0.1"),
    ("Adam", {"lr": 0.1}, "adam:learning_rate=0.1"),
    ("SGD", {"lr": 0.3, "momentum": 0.9}, "momentum:learning_rate=0.3"),
    ("Adagrad", {"lr": 0.1}, "adagrad:learning_rate=0.1"),
]


@pytest.mark.parametrize(("name", "settings", "pick"), PAIRS)
def test_an_optimizer_of_torch_has_the_path_of_ours(name, settings, pick):
    torch = pytest.importorskip("torch")
    runs = tw.train("article", [pick, tw.from_torch(getattr(torch.optim, name), **settings)], start=(-4, -4), epochs=50)
    assert np.allclose(runs[0].weights, runs[1].weights, rtol=0, atol=1e-10)


def rosenbrock(x, y):
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def test_an_optimizer_of_torch_that_needs_a_closure_has_the_path_of_torch():
    torch = pytest.importorskip("torch")
    settings = {"lr": 0.5, "max_iter": 4, "line_search_fn": "strong_wolfe"}
    w = torch.tensor([-1.5, 2.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([w], **settings)
    count = 0

    def closure():
        nonlocal count
        count += 1
        optimizer.zero_grad()
        loss = rosenbrock(w[0], w[1])
        loss.backward()
        return loss

    path = [w.detach().numpy().copy()]
    for _ in range(8):
        optimizer.step(closure)
        path.append(w.detach().numpy().copy())
    problem = tw.Problem(lambda w: rosenbrock(w[..., 0], w[..., 1]), start=(-1.5, 2), gradient="torch")
    run = tw.train(problem, tw.from_torch(torch.optim.LBFGS, **settings), epochs=8)[0]
    assert run.weights.tolist() == np.array(path).tolist()
    # Each evaluation is counted, and the state contains the same number.
    assert run.calls.gradient[-1] == run.state["func_evals"][-1] == count


def test_an_exception_during_a_step_with_a_closure_reaches_the_caller():
    torch = pytest.importorskip("torch")
    calls = []

    def f(w):
        calls.append(w)
        if len(calls) > 20:
            raise ZeroDivisionError("at the 21st call")
        return (w**4).sum(-1)

    problem = tw.Problem(f, start=(-1.5, 2), gradient="torch", vectorized=False)
    with pytest.raises(ZeroDivisionError, match="at the 21st call"):
        tw.train(problem, tw.from_torch(torch.optim.LBFGS, lr=0.1), epochs=50, target=None)

    class Broken(torch.optim.LBFGS):
        def step(self, closure):
            closure()
            return self.missing

    with pytest.raises(AttributeError, match="missing"):
        tw.train("article", tw.from_torch(Broken), epochs=3)


@pytest.mark.parametrize(
    ("make", "pick"),
    [
        (lambda optax: optax.adam(0.1), "adam:learning_rate=0.1"),
        (lambda optax: optax.sgd(0.3, momentum=0.9), "momentum:learning_rate=0.3"),
        (lambda optax: optax.rmsprop(0.05, decay=0.99, eps_in_sqrt=False), "rmsprop:learning_rate=0.05"),
        (lambda optax: optax.lion(0.05, b1=0.9, b2=0.99, weight_decay=0), "lion:learning_rate=0.05"),
    ],
)
def test_an_optimizer_of_optax_has_the_path_of_ours(make, pick):
    optax = pytest.importorskip("optax")
    runs = tw.train("article", [pick, tw.from_optax(make(optax), title="optax")], start=(-4, -4), epochs=50)
    assert np.allclose(runs[0].weights, runs[1].weights, rtol=0, atol=1e-10)
    assert runs[1].label == "optax"


def test_the_state_of_optax_has_the_names_of_its_fields():
    optax = pytest.importorskip("optax")
    state = tw.train("article", tw.from_optax(optax.adam(0.1)), epochs=5)[0].state
    assert {"mu", "nu", "count"} <= set(state)
    assert state["count"].tolist() == [0, 1, 2, 3, 4, 5]
