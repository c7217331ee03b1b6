"""Optimizers of other libraries in double precision, as functions that make steps."""

import contextlib
import itertools
from importlib.metadata import version

import jax
import numpy as np
import optax
import torch

jax.config.update("jax_enable_x64", True)
OPTAX = f"optax {version('optax')} with jax {version('jax')}"
TORCH = f"torch {version('torch').split('+')[0]}"
OTHER = f"pytorch_optimizer {version('pytorch_optimizer')} with {TORCH}"


def with_optax(transform, compiled=False):
    """Returns an optimizer of optax. `compiled` compiles its step, which can change the last bits."""

    def make(blocks):
        params = [jax.numpy.array(block) for block in blocks]
        state = transform.init(params)
        update = jax.jit(transform.update) if compiled else transform.update

        def step(gradients):
            nonlocal params, state
            updates, state = update([jax.numpy.array(g) for g in gradients], state, params)
            params = optax.apply_updates(params, updates)
            return params

        return step

    return make


def with_torch(optimizer, around=contextlib.nullcontext, rate=None, **settings):
    """Returns an optimizer of torch or pytorch_optimizer. `around()` is a context for all steps of one run, and `rate(epoch)`
    is the learning rate of each step if it is not constant."""

    def make(blocks):
        params = [torch.tensor(block, dtype=torch.float64, requires_grad=True) for block in blocks]
        running = optimizer(params, **settings)
        context = around()
        epochs = itertools.count()

        def step(gradients):
            epoch = next(epochs)
            if rate:
                running.param_groups[0]["lr"] = rate(epoch)
            for param, gradient in zip(params, gradients):
                param.grad = torch.tensor(np.asarray(gradient), dtype=torch.float64)
            with context:
                running.step()
            return [param.detach().numpy() for param in params]

        return step

    return make
