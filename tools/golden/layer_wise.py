"""Writes the golden files of layer-wise rules and of rules with factorized accumulators."""

import sys

import optax
import pytorch_optimizer
import torch

from libraries import OPTAX, OTHER, TORCH, with_optax, with_torch
from problems import all_problems
from trajectories import write


def cases():
    """Returns each comparison: name, library, settings there, pick here, problems, and steps."""
    yield (
        "optax-lamb", f"{OPTAX}, optax.lamb", "learning_rate = 0.02, weight_decay = 0.01, others default",
        "lamb:learning_rate=0.02,weight_decay=0.01", with_optax(optax.lamb(0.02, weight_decay=0.01)),
    )
    yield (
        "optax-lars", f"{OPTAX}, optax.lars", "learning_rate = 2, weight_decay = 0.01, others default",
        "lars:learning_rate=2,weight_decay=0.01,norm=sum", with_optax(optax.lars(2.0, weight_decay=0.01)),
    )
    yield (
        "optax-lars-nesterov", f"{OPTAX}, optax.lars", "learning_rate = 1, nesterov = true, others default",
        "lars:learning_rate=1,nesterov=true", with_optax(optax.lars(1.0, nesterov=True)),
    )
    yield (
        "optax-novograd", f"{OPTAX}, optax.novograd", "learning_rate = 0.01, weight_decay = 0.01, others default",
        "novograd:learning_rate=0.01,weight_decay=0.01,beta1=0.9,beta2=0.25,epsilon=1e-6",
        with_optax(optax.novograd(0.01, weight_decay=0.01)),
    )
    yield (
        "optax-fromage", f"{OPTAX}, optax.fromage", "learning_rate = 0.01, others default",
        "fromage:learning_rate=0.01,min_norm=1e-6", with_optax(optax.fromage(0.01)),
    )
    yield (
        "optax-sm3", f"{OPTAX}, optax.sm3", "learning_rate = 0.1, others default",
        "sm3:learning_rate=0.1,epsilon=1e-8", with_optax(optax.sm3(0.1)),
    )
    yield (
        "torch-adafactor", f"{TORCH}, torch.optim.Adafactor", "lr = 0.05, weight_decay = 0.01, others default",
        "adafactor:learning_rate=0.05,weight_decay=0.01", with_torch(torch.optim.Adafactor, lr=0.05, weight_decay=0.01),
    )
    yield (
        "pytorch-optimizer-lamb", f"{OTHER}, Lamb", "lr = 0.01, foreach = false, others default",
        "lamb:learning_rate=0.01,bias_correction=rate,norm_limit=10,ratio_epsilon=1e-6",
        with_torch(pytorch_optimizer.Lamb, lr=0.01, foreach=False),
    )
    yield (
        "pytorch-optimizer-lars", f"{OTHER}, LARS", "lr = 0.001, trust_coefficient = 1, weight_decay = 0.01, foreach = false, others default",
        "lars:learning_rate=0.001,trust_coefficient=1,weight_decay=0.01,biases=plain",
        with_torch(pytorch_optimizer.LARS, lr=0.001, trust_coefficient=1.0, weight_decay=0.01, foreach=False),
    )
    yield (
        "pytorch-optimizer-novograd", f"{OTHER}, NovoGrad", "lr = 0.01, grad_averaging = true, foreach = false, others default",
        "novograd:learning_rate=0.01,averaging=true",
        with_torch(pytorch_optimizer.NovoGrad, lr=0.01, grad_averaging=True, foreach=False),
    )
    yield (
        "pytorch-optimizer-sm3", f"{OTHER}, SM3", "lr = 0.1, beta = 0.9, foreach = false, others default",
        "sm3:learning_rate=0.1,momentum=0,beta2=0.9,decreasing=false,epsilon=1e-30",
        with_torch(pytorch_optimizer.SM3, lr=0.1, beta=0.9, foreach=False),
    )
    yield (
        "pytorch-optimizer-came", f"{OTHER}, CAME", "lr = 0.01, weight_decay = 0.01, foreach = false, others default",
        "came:learning_rate=0.01,weight_decay=0.01",
        with_torch(pytorch_optimizer.CAME, lr=0.01, weight_decay=0.01, foreach=False),
    )


# The files of these cases on the two-weight problems come from an earlier comparison with other settings.
EARLIER = {"torch-adafactor-article", "torch-adafactor-rosenbrock"}


def main():
    chosen = sys.argv[1:]
    for name, library, settings, pick, make in cases():
        for suffix, (problem, steps) in all_problems().items():
            file = f"{name}-{suffix}"
            if file in EARLIER or chosen and not any(file.startswith(start) for start in chosen):
                continue
            write(file, library, settings, pick, problem, steps, make)


main()
