"""Writes the golden files of second-order methods, from SciPy and optax."""

import dataclasses
import functools
import sys

import numpy as np
import scipy
import scipy.optimize
from scipy.optimize._trustregion_exact import IterativeSubproblem

from problems import SIX_POINTS, article, rosenbrock
from trajectories import write

SCIPY = f"scipy {scipy.__version__} with numpy {np.__version__}"


def hessian_of_article(w):
    x, y = SIX_POINTS[:, :2], SIX_POINTS[:, 2]
    p = 1.0 / (1.0 + np.exp(-(x @ w)))
    slope = p * (1.0 - p)
    bend = 2.0 / len(y) * (slope**2 + (p - y) * slope * (1.0 - 2.0 * p))
    return (x * bend[:, None]).T @ x


def hessian_of_rosenbrock(w):
    x, y = w
    return np.array([[2.0 - 400.0 * y + 1200.0 * x * x, -400.0 * x], [-400.0 * x, 200.0]])


PROBLEMS = {
    "article": (article(), hessian_of_article),
    "rosenbrock": (rosenbrock(), hessian_of_rosenbrock),
}


def iterates(problem, hessian, start, minimize):
    """Returns the iterates of a minimization without tolerances, until it ends."""
    found = []

    def value(w):
        return problem.evaluate(problem.split(w))[0]

    def gradient(w):
        return problem.join(problem.evaluate(problem.split(w))[1])

    minimize(value, start, jac=gradient, hess=hessian, callback=lambda w: found.append(np.array(w)))
    return found


def as_steps(problem, hessian, minimize):
    """Returns an optimizer whose steps are the iterates of a minimization; at its end, it stays in place."""

    def make(blocks):
        found = iterates(problem, hessian, problem.join(blocks), minimize)
        last = found[-1]
        found = iter(found)
        return lambda _: problem.split(next(found, last))

    return make


def with_method(method, **options):
    """Returns a minimization by a method of SciPy."""
    return functools.partial(scipy.optimize.minimize, method=method, options={"maxiter": 200, **options})


def trust_exact(accuracy):
    """Returns trust-exact of SciPy whose search for the damping has this relative accuracy."""

    class Subproblem(IterativeSubproblem):
        MAXITER_DEFAULT = 1000

        def __init__(self, *arguments, **settings):
            super().__init__(*arguments, **settings, k_easy=accuracy, k_hard=accuracy)

    def minimize(value, start, jac, hess, callback):
        scipy.optimize._trustregion._minimize_trust_region(
            value,
            start,
            jac=jac,
            hess=hess,
            subproblem=Subproblem,
            maxiter=200,
            gtol=1e-12,
            callback=lambda result: callback(result.x),
        )

    return minimize


def from_scipy(name, on, minimize, hyperparameters, pick, steps=None, start=None):
    problem, hessian = PROBLEMS[on]
    if start is not None:
        problem = dataclasses.replace(problem, start=np.array(start))
    count = len(iterates(problem, hessian, problem.start, minimize))
    make = as_steps(problem, hessian, minimize)
    steps = min(steps or count, count)
    write(f"scipy-{name}-{on}", SCIPY, hyperparameters, pick, problem, steps, make)


def sophia(on):
    """Sophia of optax, with the exact diagonal of the Hessian."""
    import jax
    import optax

    from libraries import OPTAX

    problem, hessian = PROBLEMS[on]
    settings = {"learning_rate": 0.1, "gamma": 0.1, "update_interval": 5, "weight_decay": 0.001}

    def diagonal(_, state, params=None, **__):
        exact = np.diag(hessian(problem.join(list(map(np.asarray, params)))))
        return [jax.numpy.array(block) for block in problem.split(exact)], state

    exact = optax.GradientTransformationExtraArgs(lambda _: (), diagonal)
    transform = optax.contrib.sophia(**settings, hessian_diagonal_fn=exact)

    def make(blocks):
        params = [jax.numpy.array(block) for block in blocks]
        state = transform.init(params)

        def step(gradients):
            nonlocal params, state
            # A condition of JAX would need a traced Hessian.
            with jax.disable_jit():
                updates, state = transform.update([jax.numpy.array(g) for g in gradients], state, params)
            params = optax.apply_updates(params, updates)
            return params

        return step

    hyperparameters = ", ".join(f"{name}={value}" for name, value in settings.items())
    pick = "sophia:learning_rate=0.1,gamma=0.1,update_interval=5,weight_decay=0.001,epsilon=1e-8"
    pick += ",bias_correction=true,delayed=true"
    write(
        f"optax-sophia-{on}",
        f"{OPTAX}: contrib.sophia",
        f"{hyperparameters}, hessian_diagonal_fn=the exact diagonal",
        pick,
        problem,
        200,
        make,
    )


def main(selected):
    tight = "initial_trust_radius=1, max_trust_radius=1000, eta=0.15, gtol=1e-12, k_easy=k_hard=1e-12"
    # The line search of SciPy is another one, so the files of Newton-CG end before it rejects its first step.
    files = {
        "scipy-dogleg-rosenbrock": lambda: from_scipy(
            "dogleg", "rosenbrock", with_method("dogleg", gtol=1e-12),
            "dogleg, initial_trust_radius=1, max_trust_radius=1000, eta=0.15, gtol=1e-12",
            "trust-region:subproblem=dogleg",
        ),
        "scipy-trust-exact-article": lambda: from_scipy(
            "trust-exact", "article", trust_exact(1e-12), f"trust-exact, {tight}", "trust-region"
        ),
        "scipy-trust-exact-rosenbrock": lambda: from_scipy(
            "trust-exact", "rosenbrock", trust_exact(1e-12), f"trust-exact, {tight}", "trust-region"
        ),
        "scipy-newton-cg-article": lambda: from_scipy(
            "newton-cg", "article", with_method("Newton-CG", xtol=0.0), "Newton-CG, xtol=0, c1=1e-4, c2=0.9",
            "newton-cg:first_step=decrease", 100, [1.0, 0.0],
        ),
        "scipy-newton-cg-rosenbrock": lambda: from_scipy(
            "newton-cg", "rosenbrock", with_method("Newton-CG", xtol=0.0), "Newton-CG, xtol=0, c1=1e-4, c2=0.9",
            "newton-cg:first_step=decrease", 123,
        ),
        "optax-sophia-article": lambda: sophia("article"),
        "optax-sophia-rosenbrock": lambda: sophia("rosenbrock"),
    }
    for name, make in files.items():
        if not selected or name in selected:
            make()


if __name__ == "__main__":
    main(sys.argv[1:])
