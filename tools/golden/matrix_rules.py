"""Writes the golden files of the rules that treat the weights of a matrix together."""

import math
import sys
from importlib.metadata import version

import numpy as np
import optax
import pytorch_optimizer
import torch
from pytorch_optimizer.optimizer import psgd, soap

from libraries import OPTAX, OTHER, with_optax, with_torch
from problems import Random, all_problems
from trajectories import write

NUMPY = f"our own derivation in NumPy {version('numpy')}"


class InDoublePrecision:
    """The module torch, whose type float32 is float64: some optimizers convert numbers to float32."""

    float32 = torch.float64

    def __getattr__(self, name):
        return getattr(torch, name)


soap.torch = InDoublePrecision()
psgd.torch = InDoublePrecision()


class Normal(Random):
    """Random numbers with the normal distribution, by the method of Box and Muller."""

    def normal(self, shape):
        def one():
            radius = math.sqrt(-2.0 * math.log(1.0 - self.between(0.0, 1.0)))
            return radius * math.cos(2.0 * math.pi * self.between(0.0, 1.0))

        return np.array([one() for _ in range(int(np.prod(shape)))]).reshape(shape)


def eigenbasis(matrix):
    """Returns the eigenvectors as columns, the largest eigenvalue first. The space of the eigenvalue 0 has the axes as its
    basis, orthonormalized in their order."""
    n = len(matrix)
    values, vectors = np.linalg.eigh(matrix)
    values, vectors = values[::-1], vectors[:, ::-1]
    known = values > n * np.finfo(float).eps * np.abs(values).max()
    columns = list(vectors[:, known].T)
    for axis in np.eye(n):
        for _ in range(2):
            for column in columns:
                axis = axis - (axis @ column) * column
        if np.linalg.norm(axis) > n * np.finfo(float).eps and len(columns) < n:
            columns.append(axis / np.linalg.norm(axis))
    return np.array(columns).T


class OurNoise:
    """A context in which torch draws our normal random numbers; each run begins with the first one."""

    def __init__(self):
        self.random = Normal(1)

    def __enter__(self):
        self.original = torch.randn_like
        torch.randn_like = lambda like, dtype=None: torch.tensor(self.random.normal(like.shape))

    def __exit__(self, *failure):
        torch.randn_like = self.original


class PatchedSoap(soap.SOAP):
    """SOAP whose initial bases do not depend on the eigenvectors that a library chooses for the eigenvalue 0."""

    @staticmethod
    def get_orthogonal_matrix(mat):
        return [torch.tensor(eigenbasis(m.numpy())) if len(m) else [] for m in mat]


def adamw(t, m, v, g, beta1, beta2, eps, nesterov=False):
    """Updates m and v in place and returns the direction of Adam."""
    m += (1.0 - beta1) * (g - m)
    v += (1.0 - beta2) * (g * g - v)
    ahead = beta1 * m / (1.0 - beta1 ** (t + 1)) + (1.0 - beta1) * g / (1.0 - beta1**t)
    mean = ahead if nesterov else m / (1.0 - beta1**t)
    return mean / (np.sqrt(v / (1.0 - beta2**t)) + eps)


POLAR_EXPRESS = [
    (8.28721201814563, -23.595886519098837, 17.300387312530933),
    (4.107059111542203, -2.9478499167379106, 0.5448431082926601),
    (3.9486908534822946, -2.908902115962949, 0.5518191394370137),
    (3.3184196573706015, -2.488488024314874, 0.51004894012372),
    (2.300652019954817, -1.6689039845747493, 0.4188073119525673),
    (1.891301407787398, -1.2679958271945868, 0.37680408948524835),
    (1.8750014808534479, -1.2500016453999487, 0.3750001645474248),
]


def orthogonalized(x, coefficients, steps):
    if coefficients == "exact":
        u, _, vt = np.linalg.svd(x, full_matrices=False)
        return u @ vt
    polar = coefficients == "polar-express"
    x = x / (np.linalg.norm(x) * (1.01 if polar else 1.0) + 1e-7)
    for i in range(steps):
        a, b, c = 3.4445, -4.7750, 2.0315
        if polar:
            a, b, c = (k / 1.01 ** (2 * j + 1) for j, k in enumerate(POLAR_EXPRESS[i])) if i < 7 else (1.875, -1.25, 0.375)
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x


def muon(rate=0.02, momentum=0.95, nesterov=True, coefficients="keller", steps=5, auxiliary=3e-4):
    """Muon in the form of Keller Jordan; a block with one index is not a matrix."""

    def make(blocks):
        blocks = [np.array(block) for block in blocks]
        means = [np.zeros_like(block) for block in blocks]
        squares = [np.zeros_like(block) for block in blocks]
        t = 0

        def step(gradients):
            nonlocal t
            t += 1
            for i, g in enumerate(gradients):
                if g.ndim == 1:
                    blocks[i] = blocks[i] - auxiliary * adamw(t, means[i], squares[i], g, 0.9, 0.95, 1e-10)
                    continue
                means[i] = momentum * means[i] + (1.0 - momentum) * g
                u = momentum * means[i] + (1.0 - momentum) * g if nesterov else means[i]
                scale = math.sqrt(max(1.0, g.shape[1] / g.shape[0]))
                blocks[i] = blocks[i] - rate * scale * orthogonalized(u, coefficients, steps)
            return blocks

        return step

    return make


def power(matrix, exponent):
    values, vectors = np.linalg.eigh(matrix)
    return (vectors * values**exponent) @ vectors.T


def shampoo(rate, exponent, eps, beta=None, grafting=None):
    """Shampoo; with `beta`, the preconditioners are bias-corrected means."""

    def make(blocks):
        blocks = [np.array(block) for block in blocks]
        left = [np.zeros((b.shape[0],) * 2) for b in blocks]
        right = [np.zeros((b.shape[-1],) * 2) for b in blocks]
        sums = [np.zeros_like(block) for block in blocks]
        t = 0

        def step(gradients):
            nonlocal t
            t += 1

            def updated(old, new):
                return old + new if beta is None else beta * old + (1.0 - beta) * new

            correction = 1.0 if beta is None else 1.0 - beta**t
            for i, g in enumerate(gradients):
                rows = g.reshape(1, -1) if g.ndim == 1 else g
                right[i] = updated(right[i], rows.T @ rows)
                eye = eps * np.eye(len(right[i]))
                if g.ndim == 1:
                    d = g @ power(right[i] / correction + eye, 2.0 * exponent)
                else:
                    left[i] = updated(left[i], g @ g.T)
                    d = power(left[i] / correction + eps * np.eye(len(left[i])), exponent) @ g
                    d = d @ power(right[i] / correction + eye, exponent)
                if grafting == "adagrad":
                    sums[i] = sums[i] + g * g
                    d = d * np.linalg.norm(g / np.sqrt(sums[i])) / np.linalg.norm(d)
                blocks[i] = blocks[i] - rate * d
            return blocks

        return step

    return make


def soap_in_numpy(rate, frequency, beta1=0.95, beta2=0.95, eps=1e-8):
    def make(blocks):
        blocks = [np.array(block) for block in blocks]
        m, v = ([np.zeros_like(block) for block in blocks] for _ in range(2))
        factors = [[np.zeros((n, n)) for n in b.shape] for b in blocks]
        bases = [[np.eye(n) for n in b.shape] for b in blocks]
        t = -1

        def step(gradients):
            nonlocal t
            t += 1
            for i, g in enumerate(gradients):
                is_matrix = g.ndim == 2
                if t > 0:
                    correction = math.sqrt(1.0 - beta2**t) / (1.0 - beta1**t)
                    p, q = bases[i] if is_matrix else (None, None)
                    m[i] = beta1 * m[i] + (1.0 - beta1) * g
                    turned = p.T @ g @ q if is_matrix else g
                    v[i] = beta2 * v[i] + (1.0 - beta2) * turned**2
                    turned = p.T @ m[i] @ q if is_matrix else m[i]
                    d = turned / (np.sqrt(v[i]) + eps)
                    blocks[i] = blocks[i] - rate * correction * (p @ d @ q.T if is_matrix else d)
                if not is_matrix:
                    continue
                for side, product in enumerate([g @ g.T, g.T @ g]):
                    factors[i][side] = beta2 * factors[i][side] + (1.0 - beta2) * product
                    if t == 0:
                        bases[i][side] = eigenbasis(factors[i][side])
                    elif t % frequency == 0:
                        image = factors[i][side] @ bases[i][side]
                        order = np.argsort(-np.sum(bases[i][side] * image, axis=0), kind="stable")
                        v[i] = np.take(v[i], order, axis=side)
                        bases[i][side] = np.linalg.qr(image[:, order])[0]
            return blocks

        return step

    return make


def kron_in_numpy(rate, momentum=0.9, learning=0.1):
    def make(blocks):
        blocks = [np.array(block) for block in blocks]
        m = [np.zeros_like(block) for block in blocks]
        factors = [[np.eye(n) for n in b.shape] for b in blocks]
        noise, t = Normal(1), 0

        def bound(a):
            row = a[np.argmax(np.sum(a * a, axis=1))]
            x = a @ row
            return np.linalg.norm(a @ (x / np.linalg.norm(x)))

        def step(gradients):
            nonlocal t
            t += 1
            for i, g in enumerate(gradients):
                m[i] = momentum * m[i] + (1.0 - momentum) * g
                mean = m[i] / (1.0 - momentum**t)
                w = noise.normal(g.shape)
                if g.ndim == 1:
                    q = np.diag(factors[i][0])
                    a, b = (q * mean) ** 2, (w / q) ** 2
                    q = q - learning * (a - b) * q / np.max(a + b)
                    factors[i][0] = np.diag(q)
                    d = q * q * mean
                else:
                    p, q = factors[i]
                    a = p @ mean @ q.T
                    b = np.linalg.solve(p.T, w) @ np.linalg.inv(q)
                    for side, (x, y) in enumerate([(a @ a.T, b @ b.T), (a.T @ a, b.T @ b)]):
                        f = factors[i][side]
                        factors[i][side] = f - learning * np.triu(x - y) @ f / bound(x + y)
                    p, q = factors[i]
                    d = p.T @ p @ mean @ q.T @ q
                d = d * min(1.0, 1.1 / (math.sqrt(np.mean(d * d)) + 1e-6))
                blocks[i] = blocks[i] - rate * d
            return blocks

        return step

    return make


def galore(rate, rank, interval, scale=0.25, eps=1e-6):
    def make(blocks):
        blocks = [np.array(block) for block in blocks]
        moments, axes = [None] * len(blocks), [None] * len(blocks)
        t = 0

        def step(gradients):
            nonlocal t
            t += 1
            correction = math.sqrt(1.0 - 0.999**t) / (1.0 - 0.9**t)
            for i, g in enumerate(gradients):
                is_projected = g.ndim == 2 and min(g.shape) > 1
                is_right = is_projected and g.shape[0] >= g.shape[1]
                if is_projected and (t - 1) % interval == 0:
                    u, _, vt = np.linalg.svd(g, full_matrices=False)
                    rows = (vt if is_right else u.T)[:rank]
                    largest = np.argmax(np.abs(rows), axis=1)
                    axes[i] = rows * np.sign(rows[np.arange(len(rows)), largest])[:, None]
                x = (g @ axes[i].T if is_right else axes[i] @ g) if is_projected else g
                if moments[i] is None:
                    moments[i] = [np.zeros_like(x), np.zeros_like(x)]
                m, v = moments[i]
                m += 0.1 * (x - m)
                v += 0.001 * (x * x - v)
                d = m / (np.sqrt(v) + eps)
                if is_projected:
                    d = d @ axes[i] if is_right else axes[i].T @ d
                if g.ndim == 2:
                    d = scale * d
                blocks[i] = blocks[i] - rate * correction * d
            return blocks

        return step

    return make


def cases():
    """Returns each comparison: name, library, settings there, pick here, and the function that makes steps."""
    auxiliary = "auxiliary.learning_rate=0.02,auxiliary.beta2=0.999,auxiliary.epsilon=1e-8"
    yield (
        "optax-muon", f"{OPTAX}, optax.contrib.muon", "learning_rate = 0.02, others default",
        f"muon:bias_correction=true,epsilon=1e-8,{auxiliary},auxiliary.nesterov=true",
        with_optax(optax.contrib.muon(0.02), compiled=True),
    )
    yield (
        "optax-muon-moonlight", f"{OPTAX}, optax.contrib.muon",
        "learning_rate = 0.02, nesterov = false, consistent_rms = 0.2, weight_decay = 0.1, ns_steps = 3, others default",
        f"muon:bias_correction=true,epsilon=1e-8,nesterov=false,scaling=moonlight,weight_decay=0.1,steps=3,{auxiliary}",
        with_optax(optax.contrib.muon(0.02, nesterov=False, consistent_rms=0.2, weight_decay=0.1, ns_steps=3), compiled=True),
    )
    yield "numpy-muon", f"{NUMPY}, Muon", "the defaults of Keller Jordan", "muon", muon()
    yield (
        "numpy-muon-polar-express", f"{NUMPY}, Muon with Polar Express", "steps = 8, auxiliary learning rate = 0.01",
        "muon:coefficients=polar-express,steps=8,auxiliary.learning_rate=0.01",
        muon(coefficients="polar-express", steps=8, auxiliary=0.01),
    )
    yield (
        "numpy-muon-exact", f"{NUMPY}, Muon with the singular value decomposition", "momentum = 0.9, nesterov = false",
        "muon:coefficients=exact,momentum=0.9,nesterov=false", muon(momentum=0.9, nesterov=False, coefficients="exact"),
    )
    yield (
        "pytorch-optimizer-shampoo", f"{OTHER}, pytorch_optimizer.Shampoo", "lr = 0.1, others default", "shampoo",
        with_torch(pytorch_optimizer.Shampoo, lr=0.1),
    )
    yield (
        "numpy-shampoo-mean", f"{NUMPY}, Shampoo with means and grafting",
        "learning rate = 0.05, power = -0.5, beta = 0.9, grafting = Adagrad, epsilon = 1e-4",
        "shampoo:learning_rate=0.05,power=-0.5,accumulation=mean,beta2=0.9,grafting=adagrad,epsilon=1e-4",
        shampoo(0.05, -0.5, 1e-4, 0.9, "adagrad"),
    )
    yield (
        "pytorch-optimizer-soap",
        f"{OTHER}, pytorch_optimizer.SOAP, without its conversions to float32 and with the axes as the basis where the eigenvalue is 0",
        "lr = 0.02, precondition_frequency = 5, weight_decay = 0, eps = 0.01, others default",
        "soap:learning_rate=0.02,precondition_frequency=5,epsilon=0.01",
        with_torch(PatchedSoap, lr=0.02, precondition_frequency=5, weight_decay=0.0, eps=0.01),
    )
    yield (
        "numpy-soap", f"{NUMPY}, SOAP", "learning rate = 0.01, precondition_frequency = 10, eps = 1e-4",
        "soap:learning_rate=0.01,epsilon=1e-4", soap_in_numpy(0.01, 10, eps=1e-4),
    )
    yield (
        "pytorch-optimizer-kron",
        f"{OTHER}, pytorch_optimizer.Kron, without its conversions to float32 and with our random numbers",
        "lr = 0.01, balance_prob = 0, precondition_dtype = float64, others default", "kron:learning_rate=0.01",
        with_torch(pytorch_optimizer.Kron, around=OurNoise, lr=0.01, balance_prob=0.0, precondition_dtype=torch.float64),
    )
    yield "numpy-kron", f"{NUMPY}, PSGD Kron", "learning rate = 0.02", "kron:learning_rate=0.02", kron_in_numpy(0.02)
    yield (
        "numpy-galore", f"{NUMPY}, GaLore", "learning rate = 0.05, rank = 2, projection interval = 20",
        "galore:learning_rate=0.05,rank=2,projection_interval=20", galore(0.05, 2, 20),
    )


def main():
    problems = all_problems()
    for name, library, settings, pick, make in cases():
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        for short in ["8x8", "16x4", "mlp"]:
            problem, steps = problems[short]
            write(f"{name}-{short}", library, settings, pick, problem, steps, make)


main()
