"""Writes the golden files of optimizers that evaluate only the loss."""

import math
import sys
import warnings
from importlib.metadata import version

import numpy as np
import scipy.optimize

warnings.filterwarnings("ignore")
import cma

from problems import Random, article, mlp, rosenbrock
from trajectories import write

SCIPY = f"scipy {version('scipy')}"
CMA = f"cma {version('cma')}"
CMA_SETTINGS = "sigma0=0.5, CMA_diagonal_decoding=0, CSA_squared=False, constants of the step size and samples of this program"


def with_points(problem, follow):
    """Returns an optimizer that goes through the points of `follow(loss, start)`; the gradients are ignored."""

    def make(blocks):
        points = iter(follow(lambda w: problem.evaluate(problem.split(w))[0], problem.join(blocks)))
        return lambda _: problem.split(next(points))

    return make


def nelder_mead(steps, **options):
    """Returns a function that computes the best vertices after each iteration of SciPy."""

    def follow(loss, start):
        points = []
        scipy.optimize.minimize(
            loss,
            start,
            method="Nelder-Mead",
            callback=lambda w: points.append(w.copy()),
            options={"xatol": 0.0, "fatol": 0.0, "maxiter": steps + 1, "maxfev": 10**9, **options},
        )
        return points

    return follow


def powell(steps, **options):
    """Returns a function that computes the points after the line searches along all directions of each iteration."""

    def follow(loss, start):
        points = []
        scipy.optimize.minimize(
            loss,
            start,
            method="Powell",
            callback=lambda w: points.append(w.copy()),
            options={"ftol": 0.0, "maxiter": steps + 1, "maxfev": 10**9, **options},
        )
        return points

    return follow


class NormalSamples:
    """Our samples of the standard normal distribution: the cosine of Box and Muller, as in numeric/random.rs."""

    def __init__(self, seed):
        self.random = Random(seed)

    def one(self):
        radius = math.sqrt(-2.0 * math.log(1.0 - self.random.between(0.0, 1.0)))
        return radius * math.cos(2.0 * math.pi * self.random.between(0.0, 1.0))

    def array(self, *shape):
        count = math.prod(shape)
        return np.array([self.one() for _ in range(count)]).reshape(shape)


def cma_es(steps, sigma, seed=0, **options):
    """Returns a function that computes the means after each generation of `cma`, with our samples.

    The samples are rotated into the basis of the eigenvectors of `cma`, so that its samples are C^(1/2) z. The covariance
    begins with exactly the identity, and the constants of the step size are those of the tutorial of Hansen, from which
    `cma` deviates.
    """

    def follow(loss, start):
        fixed = {"CMA_diagonal_decoding": 0, "CSA_squared": False, "verbose": -9, "seed": 1, "maxiter": 10**9}
        es = cma.CMAEvolutionStrategy(start, sigma, {**fixed, **options})
        es.adapt_sigma.initialize(es)
        n, mueff = es.N, es.sp.weights.mueff
        es.adapt_sigma.cs = (mueff + 2.0) / (n + mueff + 5.0)
        longer = max(0.0, math.sqrt((mueff - 1.0) / (n + 1.0)) - 1.0)
        es.adapt_sigma.damps = 1.0 + 2.0 * longer + es.adapt_sigma.cs
        # The approximation of the tutorial; the package computes the gamma function.
        cma.sigma_adaptation.Mh.chiN = lambda n: n**0.5 * (1.0 - 1.0 / (4.0 * n) + 1.0 / (21.0 * n * n))
        model, normal = es.sm, NormalSamples(seed)
        model.C, model.B, model.D = np.eye(n), np.eye(n), np.ones(n)
        model.lazy_update_gap = 0
        model.randn = lambda *shape: normal.array(*shape) @ model.B
        points = []
        for _ in range(steps):
            samples = es.ask()
            es.tell(samples, [loss(w) for w in samples])
            points.append(es.mean.copy())
        return points

    return follow


def main(names):
    # SciPy ends the runs of Powell, and far from the data all losses of the article are equal up to rounding, so that their
    # order is arbitrary.
    for name, problem, steps, powell_steps, cma_steps in [
        ("article", article(), 60, 6, 20),
        ("rosenbrock", rosenbrock(), 100, 22, 100),
        ("mlp", mlp(), 60, 9, 60),
    ]:
        files = {
            "scipy-nelder-mead": (SCIPY, "Nelder-Mead", "nelder-mead", nelder_mead(steps), steps),
            "scipy-nelder-mead-adaptive": (
                SCIPY,
                "Nelder-Mead, adaptive=True",
                "nelder-mead:adaptive=true",
                nelder_mead(steps, adaptive=True),
                steps,
            ),
            "scipy-powell": (SCIPY, "Powell, ftol=0", "powell", powell(powell_steps), powell_steps),
            "cma-es": (CMA, CMA_SETTINGS, "cma-es:sigma=0.5", cma_es(cma_steps, 0.5), cma_steps),
            "cma-es-positive": (
                CMA,
                CMA_SETTINGS + ", CMA_active=False",
                "cma-es:sigma=0.5,active=false,population=10",
                cma_es(cma_steps, 0.5, CMA_active=False, popsize=10),
                cma_steps,
            ),
        }
        for prefix, (library, hyperparameters, pick, follow, last) in files.items():
            file = f"{prefix}-{name}"
            if not names or file in names:
                write(file, library, hyperparameters, pick, problem, last, with_points(problem, follow))


if __name__ == "__main__":
    main(sys.argv[1:])
