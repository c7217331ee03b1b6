"""Writes the golden files of wrappers and of options that all rules share."""

import sys
from importlib.metadata import version

import jax.numpy as jnp
import numpy as np
import optax

from libraries import OPTAX, with_optax
from problems import article, mlp, rosenbrock
from trajectories import write

NUMPY = f"our derivation in NumPy {version('numpy')}"


def with_lookahead(fast, period, pull, reset=False):
    """Returns lookahead of optax; its weights are the fast ones."""
    transform = optax.lookahead(fast, period, pull, reset)

    def make(blocks):
        params = optax.LookaheadParams.init_synced([jnp.array(block) for block in blocks])
        state = [transform.init(params)]

        def step(gradients):
            nonlocal params
            updates, state[0] = transform.update(list(map(jnp.array, gradients)), state[0], params)
            params = optax.apply_updates(params, updates)
            return params.fast

        return step

    return make


def with_sam(problem, optimizer, radius):
    """Returns sharpness-aware minimization of optax with one ascent step."""
    ascent = optax.chain(optax.contrib.normalize(), optax.sgd(radius))
    transform = optax.contrib.sam(optimizer, ascent, opaque_mode=True)

    def gradient(params, _):
        return list(map(jnp.array, problem.evaluate(list(map(np.asarray, params)))[1]))

    def make(blocks):
        params = [jnp.array(block) for block in blocks]
        state = [transform.init(params)]

        def step(gradients):
            nonlocal params
            gradients = list(map(jnp.array, gradients))
            updates, state[0] = transform.update(gradients, state[0], params, grad_fn=gradient)
            params = optax.apply_updates(params, updates)
            return params

        return step

    return make


def with_steps(every, optimizer):
    """Returns MultiSteps of optax in double precision."""
    steps = optax.MultiSteps(optimizer, every, accumulator_dtype=jnp.float64)
    return with_optax(optax.GradientTransformation(steps.init, steps.update))


def with_plateau(problem, optimizer, **settings):
    """Returns an optimizer whose learning rate optax reduces on a plateau of the loss before the step."""
    reduction = optax.contrib.reduce_on_plateau(**settings)
    transform = optax.chain(optimizer, reduction)

    def make(blocks):
        params = [jnp.array(block) for block in blocks]
        state = transform.init(params)

        def step(gradients):
            nonlocal params, state
            loss = problem.evaluate(list(map(np.asarray, params)))[0]
            updates, state = transform.update(list(map(jnp.array, gradients)), state, params, value=jnp.array(loss))
            params = optax.apply_updates(params, updates)
            return params

        return step

    return make


def with_average(problem, optimizer, decay):
    """Returns the bias-corrected moving average of the weights of an optimizer."""
    average = optax.ema(decay)

    def make(blocks):
        params = [jnp.array(block) for block in blocks]
        state, mean = optimizer.init(params), average.init(params)

        def step(_):
            nonlocal params, state, mean
            gradients = problem.evaluate(list(map(np.asarray, params)))[1]
            updates, state = optimizer.update(list(map(jnp.array, gradients)), state, params)
            params = optax.apply_updates(params, updates)
            averaged, mean = average.update(params, mean)
            return averaged

        return step

    return make


def mars(rate, gamma, decay=0.0, beta1=0.95, beta2=0.99, epsilon=1e-8):
    """Returns MARS-AdamW; the first step has no previous gradient."""

    def make(blocks):
        w = [block.copy() for block in blocks]
        m, v = [[np.zeros_like(block) for block in blocks] for _ in range(2)]
        before, t = [None], 0

        def step(gradients):
            nonlocal t
            t += 1
            for i, g in enumerate(gradients):
                last = g if before[0] is None else before[0][i]
                c = g + gamma * beta1 / (1.0 - beta1) * (g - last)
                norm = np.linalg.norm(c)
                c = c / norm if norm > 1.0 else c
                m[i] = beta1 * m[i] + (1.0 - beta1) * c
                v[i] = beta2 * v[i] + (1.0 - beta2) * c * c
                root = np.sqrt(v[i] / (1.0 - beta2**t)) + epsilon
                w[i] = w[i] - rate * (m[i] / (1.0 - beta1**t) / root + decay * w[i])
            before[0] = [g.copy() for g in gradients]
            return w

        return step

    return make


def cautious_momentum(rate, momentum):
    """Returns momentum whose steps against the direction of descent are omitted in each block."""

    def make(blocks):
        w = [block.copy() for block in blocks]
        velocity = [np.zeros_like(block) for block in blocks]

        def step(gradients):
            for i, g in enumerate(gradients):
                velocity[i] = momentum * velocity[i] - rate * g
                mask = (velocity[i] * g < 0.0).astype(np.float64)
                w[i] = w[i] + velocity[i] * mask / max(np.mean(mask), 1e-3)
            return w

        return step

    return make


def optax_cases(problem, scale):
    """Returns each comparison with optax: name, name there, settings there, pick here, and the function that makes steps.

    `scale` is the learning rate of gradient descent for the problem."""
    rate = f"{scale:g}"
    momentum = optax.sgd(scale, momentum=0.9)
    held = f"of=momentum,of.learning_rate={rate}"
    adam = "of=adam,of.learning_rate=0.05"
    yield (
        "lookahead", "lookahead of adam", "sync_period = 5, slow_step_size = 0.5, learning_rate = 0.05",
        f"lookahead:{adam},period=5", with_lookahead(optax.adam(0.05), 5, 0.5),
    )
    yield (
        "lookahead-reset", "lookahead of sgd", f"sync_period = 4, slow_step_size = 0.8, reset_state = true, "
        f"learning_rate = {rate}, momentum = 0.9",
        f"lookahead:{held},period=4,pull=0.8,reset=true", with_lookahead(momentum, 4, 0.8, True),
    )
    yield (
        "sam", "contrib.sam of adam", "opaque_mode = true, one step of normalized sgd of length 0.05, learning_rate = 0.05",
        f"sharpness-aware:{adam},radius=0.05", with_sam(problem, optax.adam(0.05), 0.05),
    )
    yield (
        "mechanize", "contrib.mechanize of sgd", f"s_init = 0.001, learning_rate = {rate}, others default",
        f"mechanize:of=gradient-descent,of.learning_rate={rate},first_scale=0.001",
        with_optax(optax.contrib.mechanize(optax.sgd(scale), s_init=1e-3)),
    )
    yield (
        "mechanize-adam", "contrib.mechanize of adam", "s_init = 0.01, weight_decay = 0, num_betas = 3, learning_rate = 0.1",
        "mechanize:of=adam,of.learning_rate=0.1,first_scale=0.01,scale_decay=0,betas=3",
        with_optax(optax.contrib.mechanize(optax.adam(0.1), weight_decay=0.0, s_init=1e-2, num_betas=3)),
    )
    yield (
        "multi-steps", "MultiSteps of adam", "every_k_schedule = 3, accumulator_dtype = float64, learning_rate = 0.05",
        f"accumulate:{adam},every=3", with_steps(3, optax.adam(0.05)),
    )
    yield (
        "ema", "ema of the weights of sgd", f"decay = 0.9, debias = true, learning_rate = {rate}, momentum = 0.9",
        f"averaged:{held},ema_decay=0.9,path=average", with_average(problem, momentum, 0.9),
    )
    yield (
        "clip-by-global-norm", "clip_by_global_norm, then sgd", f"max_norm = 0.02, learning_rate = {rate}, momentum = 0.9",
        f"momentum:learning_rate={rate},gradient_clip=norm,gradient_clip.limit=0.02",
        with_optax(optax.chain(optax.clip_by_global_norm(0.02), momentum)),
    )
    yield (
        "clip", "clip, then sgd", f"max_delta = 0.01, learning_rate = {rate}, momentum = 0.9",
        f"momentum:learning_rate={rate},gradient_clip=value,gradient_clip.limit=0.01",
        with_optax(optax.chain(optax.clip(0.01), momentum)),
    )
    yield (
        "plateau", "contrib.reduce_on_plateau after sgd", "factor = 0.5, patience = 3, rtol = 0.02, cooldown = 4, "
        f"min_scale = 0.1, learning_rate = {rate}",
        f"gradient-descent:learning_rate={rate},schedule=plateau,schedule.factor=0.5,schedule.patience=3,"
        "schedule.threshold=0.02,schedule.cooldown=4,schedule.minimum=0.1",
        with_plateau(problem, optax.sgd(scale), factor=0.5, patience=3, rtol=0.02, cooldown=4, min_scale=0.1),
    )
    yield (
        "plateau-mean", "contrib.reduce_on_plateau after adam", "factor = 0.7, patience = 2, rtol = 0, atol = 0.001, "
        "accumulation_size = 5, learning_rate = 0.05",
        "adam:learning_rate=0.05,schedule=plateau,schedule.factor=0.7,schedule.patience=2,schedule.threshold=0,"
        "schedule.absolute_threshold=0.001,schedule.window=5",
        with_plateau(problem, optax.adam(0.05), factor=0.7, patience=2, rtol=0.0, atol=1e-3, accumulation_size=5),
    )
    yield (
        "decayed-weights", "add_decayed_weights, then sgd", f"weight_decay = 0.01, learning_rate = {rate}, momentum = 0.9",
        f"momentum:learning_rate={rate},weight_decay=0.01",
        with_optax(optax.chain(optax.add_decayed_weights(0.01), momentum)),
    )
    # Without blocks, each weight is a unit of its own; in optax, an array is one.
    if problem.pick != "rosenbrock":
        yield (
            "adaptive-grad-clip", "adaptive_grad_clip, then sgd", f"clipping = 0.005, learning_rate = {rate}, momentum = 0.9",
            f"momentum:learning_rate={rate},gradient_clip=adaptive,gradient_clip.limit=0.005",
            with_optax(optax.chain(optax.adaptive_grad_clip(0.005), momentum)),
        )


def main():
    chosen = sys.argv[1:]
    problems = {
        "article": (article(), 200, 0.3),
        "rosenbrock": (rosenbrock(), 200, 0.001),
        "mlp": (mlp(), 60, 0.1),
    }
    for suffix, (problem, steps, scale) in problems.items():
        cases = [
            (f"optax-{name}", f"{OPTAX}, optax.{there}", settings, pick, make)
            for name, there, settings, pick, make in optax_cases(problem, scale)
        ]
        if suffix != "rosenbrock":
            cases.append((
                "numpy-mars", f"{NUMPY} of MARS-AdamW", "learning_rate = 0.05, gamma = 0.025, weight_decay = 0.01, "
                "betas = (0.95, 0.99)", "mars:learning_rate=0.05,weight_decay=0.01", mars(0.05, 0.025, 0.01),
            ))
            cases.append((
                "numpy-cautious", f"{NUMPY} of cautious momentum", f"learning_rate = {scale:g}, momentum = 0.95",
                f"momentum:learning_rate={scale:g},momentum=0.95,cautious=true", cautious_momentum(scale, 0.95),
            ))
        for name, library, settings, pick, make in cases:
            file = f"{name}-{suffix}"
            if chosen and not any(file.startswith(start) for start in chosen):
                continue
            write(file, library, settings, pick, problem, steps, make)


main()
