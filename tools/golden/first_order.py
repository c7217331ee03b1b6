"""Writes the golden files of element-wise and adaptive rules, from optax, PyTorch, and pytorch_optimizer."""

import sys

import jax.numpy as jnp
import optax
import pytorch_optimizer
import torch

from libraries import OPTAX, OTHER, TORCH, with_optax, with_torch
from problems import all_problems
from trajectories import write

TWO_WEIGHTS = ("article", "rosenbrock")
MATRICES = ("article", "rosenbrock", "mlp")


def optax_cases():
    """Returns the comparisons with optax: name, library, settings there and here, the optimizer, and the problems."""
    yield (
        "optax-optimistic-adam", f"{OPTAX}, optax.optimistic_adam_v2", "learning_rate = 0.02, others default",
        "optimistic-adam:learning_rate=0.02,nesterov=true", with_optax(optax.optimistic_adam_v2(0.02)), TWO_WEIGHTS,
    )
    yield (
        "optax-optimistic-adam-plain", f"{OPTAX}, optax.optimistic_adam_v2",
        "learning_rate = 0.02, beta = 0.5, eps_root = 1e-6, nesterov = false, others default",
        "optimistic-adam:learning_rate=0.02,optimism=0.5,epsilon_root=1e-6",
        with_optax(optax.optimistic_adam_v2(0.02, beta=0.5, eps_root=1e-6, nesterov=False)), TWO_WEIGHTS,
    )
    yield (
        "optax-simplified-ademamix", f"{OPTAX}, optax.contrib.simplified_ademamix",
        "learning_rate = 0.001, alpha = 2, others default", "simplified-ademamix:learning_rate=0.001,alpha=2",
        with_optax(optax.contrib.simplified_ademamix(0.001, alpha=2.0)), TWO_WEIGHTS,
    )
    for problem, rate in zip(TWO_WEIGHTS, (0.02, 0.001)):
        yield (
            "optax-rmsprop-nesterov", f"{OPTAX}, optax.rmsprop",
            f"learning_rate = {rate}, momentum = 0.8, nesterov = true, others default",
            f"rmsprop:learning_rate={rate},decay=0.9,momentum=0.8,nesterov=true,epsilon=0,epsilon_root=1e-8",
            with_optax(optax.rmsprop(rate, momentum=0.8, nesterov=True)), (problem,),
        )
    for name, pick in [("adamw", "adamw"), ("amsgrad", "amsgrad:maximum=corrected"), ("radam", "radam:epsilon_hat=false")]:
        settings = "learning_rate=0.01,epsilon_root=1e-6" + (",weight_decay=0" if name == "adamw" else "")
        given = "learning_rate = 0.01, eps_root = 1e-6, others default"
        other = {"weight_decay": 0.0} if name == "adamw" else {}
        if name == "adamw":
            given = "learning_rate = 0.01, eps_root = 1e-6, weight_decay = 0, others default"
        if name == "radam":
            # The first steps are proportional to the gradient.
            settings, given = (text.replace("0.01", "0.0002") for text in (settings, given))
        rate = 0.0002 if name == "radam" else 0.01
        yield (
            f"optax-{name}-eps-root", f"{OPTAX}, optax.{name}", given,
            f"{pick}{',' if ':' in pick else ':'}{settings}",
            with_optax(getattr(optax, name)(rate, eps_root=1e-6, **other)), TWO_WEIGHTS,
        )
    yield (
        "optax-nadam-eps-root", f"{OPTAX}, optax.nadam", "learning_rate = 0.01, eps_root = 1e-6, others default",
        "nadam:learning_rate=0.01,epsilon_root=1e-6,momentum_schedule=constant",
        with_optax(optax.nadam(0.01, eps_root=1e-6)), TWO_WEIGHTS,
    )
    yield (
        "optax-adafactor-momentum", f"{OPTAX}, optax.adafactor",
        "learning_rate = 0.05, momentum = 0.8, dtype_momentum = float64, weight_decay_rate = 0.001, others default",
        "adafactor:learning_rate=0.05,momentum=0.8,relative_step=false,weight_decay=0.02,factor_from=128",
        with_optax(optax.adafactor(0.05, momentum=0.8, dtype_momentum=jnp.float64, weight_decay_rate=0.001)), MATRICES,
    )


def torch_cases():
    """Returns the comparisons with torch under a schedule, in the form of `optax_cases`."""
    schedule = "schedule=exponential,schedule.rate=0.5,schedule.every=20"

    def falling(base):
        return lambda epoch: base * 0.5 ** (epoch / 20)

    for name, pick, optimizer, other in [
        ("sgd-momentum", "momentum", torch.optim.SGD, {"momentum": 0.9}),
        ("sgd-dampening", "momentum:dampening=0.5", torch.optim.SGD, {"momentum": 0.9, "dampening": 0.5}),
        ("sgd-nesterov", "nesterov", torch.optim.SGD, {"momentum": 0.9, "nesterov": True}),
        ("rmsprop-momentum", "rmsprop:momentum=0.9", torch.optim.RMSprop, {"momentum": 0.9}),
    ]:
        rates = (0.3, 0.0003) if optimizer is torch.optim.SGD else (0.05, 0.002)
        given = ", ".join(f"{key} = {str(value).lower()}" for key, value in other.items())
        for problem, base in zip(TWO_WEIGHTS, rates):
            yield (
                f"torch-{name}-schedule", f"{TORCH}, torch.optim.{optimizer.__name__}",
                f"lr = {base} * 0.5^(t / 20), {given}, others default",
                f"{pick}{',' if ':' in pick else ':'}learning_rate={base},rescale_velocity=true,{schedule}",
                with_torch(optimizer, rate=falling(base), lr=base, foreach=False, **other), (problem,),
            )


def other_cases():
    """Returns the comparisons with pytorch_optimizer, in the form of `optax_cases`."""
    for name, pick, optimizer, settings, problems in [
        ("aggmo", "aggmo:learning_rate=0.3", "AggMo", {"lr": 0.3}, ("article",)),
        ("aggmo", "aggmo:learning_rate=0.0002", "AggMo", {"lr": 0.0002}, ("rosenbrock",)),
        ("padam", "padam:learning_rate=0.002,p=0.25,maximum=false", "PAdam", {"lr": 0.002}, TWO_WEIGHTS),
        (
            "adabound", "adabound:learning_rate=0.02,final_rate=0.0005,gamma=0.05,epsilon_root=1e-15", "AdaBound",
            {"lr": 0.02, "final_lr": 0.0005, "gamma": 0.05}, TWO_WEIGHTS,
        ),
        (
            "amsbound", "adabound:learning_rate=0.02,final_rate=0.0005,gamma=0.05,epsilon_root=1e-15,amsbound=true",
            "AdaBound", {"lr": 0.02, "final_lr": 0.0005, "gamma": 0.05, "ams_bound": True}, TWO_WEIGHTS,
        ),
        ("tiger", "tiger:learning_rate=0.02", "Tiger", {"lr": 0.02}, TWO_WEIGHTS),
        (
            "stable-adamw", "stable-adamw:learning_rate=0.02,epsilon=1e-8,weight_decay=0.01", "StableAdamW", {"lr": 0.02},
            MATRICES,
        ),
        (
            "swats", "swats:learning_rate=0.01,epsilon=1e-6,epsilon_root=1e-15,tolerance=1e-8,relative_tolerance=1e-6",
            "SWATS", {"lr": 0.01}, TWO_WEIGHTS,
        ),
        (
            "swats-switch",
            "swats:learning_rate=0.02,beta2=0.9,epsilon=0.02,epsilon_root=1e-15,tolerance=1e-8,relative_tolerance=0.02",
            "SWATS", {"lr": 0.02, "betas": (0.9, 0.9), "eps": 0.02}, TWO_WEIGHTS,
        ),
        ("ftrl", "ftrl:learning_rate=0.1", "FTRL", {"lr": 0.1}, TWO_WEIGHTS),
        (
            "ftrl-penalties", "ftrl:learning_rate=0.1,beta=1,l1=0.01,l2=0.002", "FTRL",
            {"lr": 0.1, "beta": 1.0, "lambda_1": 0.01, "lambda_2": 0.002}, TWO_WEIGHTS,
        ),
    ]:
        given = ", ".join(f"{key} = {str(value).lower()}" for key, value in settings.items())
        yield (
            f"pytorch-optimizer-{name}", f"{OTHER}, {optimizer}", f"{given}, foreach = false, others default", pick,
            with_torch(getattr(pytorch_optimizer, optimizer), foreach=False, **settings), problems,
        )


def main():
    chosen = sys.argv[1:]
    for name, library, settings, pick, make, problems in [*optax_cases(), *torch_cases(), *other_cases()]:
        for suffix in problems:
            file = f"{name}-{suffix}"
            if chosen and not any(file.startswith(start) for start in chosen):
                continue
            problem, steps = all_problems()[suffix]
            tolerance = "1e-6 (optax takes its decay rate in float32)" if "adafactor" in name else None
            write(file, library, settings, pick, problem, steps, make, tolerance)


main()
