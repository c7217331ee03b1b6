"""The optimizers of the catalog. `cargo xtask codegen` writes this module."""

from __future__ import annotations

from os import PathLike
from types import EllipsisType
from typing import ClassVar, Literal

from thalweg._pick import Entry

__all__ = [
    "Accumulate",
    "Acprop",
    "Adabelief",
    "Adabound",
    "Adadelta",
    "Adafactor",
    "Adagrad",
    "Adahessian",
    "Adam",
    "Adamax",
    "Adamw",
    "Adan",
    "Ademamix",
    "Adopt",
    "Aggmo",
    "Amsgrad",
    "Averaged",
    "AveragedSgd",
    "Bfgs",
    "Came",
    "CmaEs",
    "Cocob",
    "ConjugateGradient",
    "CubicNewton",
    "DadaptAdamw",
    "Dfp",
    "DifferentialEvolution",
    "Dog",
    "Dowg",
    "Fromage",
    "Ftrl",
    "Galore",
    "GaussNewton",
    "GradientDescent",
    "HessianDiagonal",
    "IrpropMinus",
    "IrpropPlus",
    "Kron",
    "Lamb",
    "Laprop",
    "Lars",
    "Lbfgs",
    "LevenbergMarquardt",
    "Lion",
    "Lookahead",
    "Madgrad",
    "Mars",
    "Mechanize",
    "Momentum",
    "Momo",
    "MomoAdam",
    "Muon",
    "Nadam",
    "NelderMead",
    "Nesterov",
    "NesterovLookahead",
    "Newton",
    "NewtonCg",
    "Novograd",
    "OptimisticAdam",
    "OptimisticGradientDescent",
    "Padam",
    "ParticleSwarm",
    "PolyakSgd",
    "Powell",
    "Prodigy",
    "Psb",
    "Qhadam",
    "Qhm",
    "Radam",
    "RandomSearch",
    "Recorded",
    "Rmsprop",
    "Rprop",
    "RpropMinus",
    "Rule",
    "ScheduleFreeAdamw",
    "ScheduleFreeSgd",
    "Shampoo",
    "SharpnessAware",
    "SignSgd",
    "Signum",
    "SimplifiedAdemamix",
    "SimulatedAnnealing",
    "Sm3",
    "Soap",
    "Sophia",
    "SpectralDescent",
    "Sr1",
    "StableAdamw",
    "Swats",
    "Tiger",
    "TrustRegion",
    "Yogi",
]


class GradientDescent(Entry):
    """Moves by minus the learning rate times the gradient, or against the gradient with a line search.

        w <- w - eta g          eta = learning_rate, or from the search along -g

    Tuning searches learning_rate from 1e-6 to 100 (log).

    Args:
        learning_rate: Learning rate eta; a number above 0. The default is that of the problem, or else 0.1.
        search: Line search that selects the step size; a line search.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    In PyTorch: torch.optim.SGD.

    In optax: optax.sgd.

    In Keras: keras.optimizers.SGD.

    Reference:
        A. Cauchy: Méthode générale pour la résolution des systèmes d'équations simultanées. Comptes rendus
        hebdomadaires des séances de l'Académie des sciences 25, 1847.
    """

    id: ClassVar[str] = "gradient-descent"

    def __init__(
        self,
        learning_rate: float | EllipsisType = ...,
        *,
        search: str | Entry | None = None,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            search=search,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Momentum(Entry):
    """Adds to each gradient step a fraction of the previous step, like a heavy ball that rolls downhill.

        v <- mu v - (1 - dampening) eta g          w <- w + v

    Variant of momentum: gradient at the weights; the step is the velocity.

    Tuning searches learning_rate from 1e-6 to 100 (log).

    Args:
        learning_rate: Learning rate eta; a number above 0. The default is that of the problem, or else 0.1.
        momentum: Momentum mu: the fraction of the velocity that is kept; a number of at least 0 and below 1.
        dampening: Fraction by which the gradient is reduced in all steps except the first; a number of at least 0
            and below 1.
        rescale_velocity: Whether the velocity is rescaled when a schedule changes the learning rate, as in torch
            and optax; true or false.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        velocity: Velocity v.

    In PyTorch: torch.optim.SGD with momentum.

    In optax: optax.sgd with momentum.

    In Keras: keras.optimizers.SGD with momentum.

    Reference:
        B. T. Polyak: Some methods of speeding up the convergence of iteration methods. USSR Computational
        Mathematics and Mathematical Physics 4(5), 1964. https://doi.org/10.1016/0041-5553(64)90137-5
    """

    id: ClassVar[str] = "momentum"

    def __init__(
        self,
        learning_rate: float | EllipsisType = ...,
        *,
        momentum: float = 0.9,
        dampening: float = 0.0,
        rescale_velocity: bool = False,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            momentum=momentum,
            dampening=dampening,
            rescale_velocity=rescale_velocity,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Nesterov(Entry):
    """Adds to each gradient step a fraction of the updated velocity instead of the previous one.

        v <- mu v - eta g          w <- w + mu v - eta g

    Variant of momentum: gradient at the weights; the step looks one velocity ahead.

    Tuning searches learning_rate from 1e-6 to 100 (log).

    Args:
        learning_rate: Learning rate eta; a number above 0. The default is that of the problem, or else 0.1.
        momentum: Momentum mu: the fraction of the velocity that is kept; a number of at least 0 and below 1.
        rescale_velocity: Whether the velocity is rescaled when a schedule changes the learning rate, as in torch
            and optax; true or false.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        velocity: Velocity v.

    In PyTorch: torch.optim.SGD with momentum and nesterov=True.

    In optax: optax.sgd with momentum and nesterov=True.

    In Keras: keras.optimizers.SGD with momentum and nesterov=True.

    Reference:
        I. Sutskever, J. Martens, G. Dahl, G. Hinton: On the importance of initialization and momentum in deep
        learning. International Conference on Machine Learning, 2013.
        https://proceedings.mlr.press/v28/sutskever13.html
    """

    id: ClassVar[str] = "nesterov"

    def __init__(
        self,
        learning_rate: float | EllipsisType = ...,
        *,
        momentum: float = 0.9,
        rescale_velocity: bool = False,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            momentum=momentum,
            rescale_velocity=rescale_velocity,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class NesterovLookahead(Entry):
    """Updates the velocity with the gradient at the look-ahead point, which the velocity alone would reach.

        v <- mu v - eta g(w + mu v)          w <- w + v

    Variant of momentum: gradient ahead of the weights; the step is the velocity.

    Tuning searches learning_rate from 1e-6 to 100 (log).

    Args:
        learning_rate: Learning rate eta; a number above 0. The default is that of the problem, or else 0.1.
        momentum: Momentum mu: the fraction of the velocity that is kept; a number of at least 0 and below 1.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        velocity: Velocity v.
        ahead: Look-ahead point, at which the gradient was evaluated; the initial point before the first step.
        gradient: Gradient at the look-ahead point; zero before the first step.

    Reference:
        Yu. E. Nesterov: A method for solving the convex programming problem with convergence rate O(1/k^2). Doklady
        Akademii Nauk SSSR 269(3), 1983.
    """

    id: ClassVar[str] = "nesterov-lookahead"

    def __init__(
        self,
        learning_rate: float | EllipsisType = ...,
        *,
        momentum: float = 0.9,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            momentum=momentum,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class AveragedSgd(Entry):
    """Moves against the gradient with a decreasing learning rate and averages the weights of its steps.

        eta <- learning_rate / (1 + lambd learning_rate t)^alpha          t = number of steps before this one
        w <- (1 - lambd eta) w - eta g
        average <- average + (w - average) / max(1, t - t0)

    Tuning searches learning_rate from 1e-6 to 100 (log).

    Args:
        learning_rate: Learning rate of the first step; a number above 0. The default is that of the problem, or
            else 0.01.
        lambd: Coefficient of the weight decay and of the decay of the learning rate; a number of at least 0.
        alpha: Exponent of the decay of the learning rate; a number of at least 0.
        t0: Number of steps after which averaging begins; before, the average equals the weights; a whole number of
            at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        average: Average of the weights.

    In PyTorch: torch.optim.ASGD.

    Reference:
        B. T. Polyak, A. B. Juditsky: Acceleration of Stochastic Approximation by Averaging. SIAM Journal on Control
        and Optimization 30(4), 1992. https://doi.org/10.1137/0330046
    """

    id: ClassVar[str] = "averaged-sgd"

    def __init__(
        self,
        learning_rate: float | EllipsisType = ...,
        *,
        lambd: float = 0.0001,
        alpha: float = 0.75,
        t0: int = 1000000,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            lambd=lambd,
            alpha=alpha,
            t0=t0,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Qhm(Entry):
    """Moves against a weighted average of the gradient and the mean gradient.

        m <- beta m + (1 - beta) g
        w <- w - eta ((1 - nu) g + nu m)

    Variant of momentum: average of the gradient and a mean gradient.

    Tuning searches learning_rate from 1e-6 to 100 (log).

    Args:
        learning_rate: Learning rate eta; a number above 0. The default is that of the problem, or else 0.1.
        beta: Decay rate of the mean gradient; a number of at least 0 and below 1.
        nu: Fraction of the mean gradient in the step; a number of at least 0 and at most 1.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.

    In pytorch_optimizer: pytorch_optimizer.QHM.

    Reference:
        J. Ma, D. Yarats: Quasi-hyperbolic momentum and Adam for deep learning. International Conference on Learning
        Representations, 2019. https://arxiv.org/abs/1810.06801
    """

    id: ClassVar[str] = "qhm"

    def __init__(
        self,
        learning_rate: float | EllipsisType = ...,
        *,
        beta: float = 0.999,
        nu: float = 0.7,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta=beta,
            nu=nu,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class OptimisticGradientDescent(Entry):
    """Moves against the gradient, extrapolated by its change since the previous step.

        w <- w - eta (g + optimism (g - g_previous))          g_previous = g in the first step

    Tuning searches learning_rate from 1e-6 to 100 (log).

    Args:
        learning_rate: Learning rate eta; a number above 0. The default is that of the problem, or else 0.1.
        optimism: Factor of the change of the gradient; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        kept_gradient: Gradient of this step, remembered for the next one; zero before the first.

    In optax: optax.optimistic_gradient_descent.

    Reference:
        C. Daskalakis, A. Ilyas, V. Syrgkanis, H. Zeng: Training GANs with Optimism. International Conference on
        Learning Representations, 2018. https://arxiv.org/abs/1711.00141
    """

    id: ClassVar[str] = "optimistic-gradient-descent"

    def __init__(
        self,
        learning_rate: float | EllipsisType = ...,
        *,
        optimism: float = 1.0,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            optimism=optimism,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class ScheduleFreeSgd(Entry):
    """Moves between a point that makes gradient steps and the average of its positions.

        z <- z - eta g                                the gradient is evaluated at w
        x <- (1 - c) x + c z                          c = eta^p / sum_t eta^p, which is 1 / t for constant eta
        w <- beta x + (1 - beta) z

    Variant of schedule-free: gradient steps.

    Tuning searches learning_rate from 1e-6 to 100 (log).

    Args:
        learning_rate: Learning rate eta; a number above 0. The default is that of the problem, or else 0.1.
        beta: Fraction of the average in w; a number of at least 0 and at most 1.
        weight_power: Exponent p of the learning rate in the weights of the average; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        fast_weight: Fast weights z, which make the steps.
        average: Weighted average x of the fast weights: the result.
        max_rate: Largest learning rate so far.
        weight_sum: Sum of the weights of the average.

    In optax: optax.contrib.schedule_free_sgd.

    Reference:
        A. Defazio, X. Yang, H. Mehta, K. Mishchenko, A. Khaled, A. Cutkosky: The Road Less Scheduled. Advances in
        Neural Information Processing Systems, 2024. https://arxiv.org/abs/2405.15682
    """

    id: ClassVar[str] = "schedule-free-sgd"

    def __init__(
        self,
        learning_rate: float | EllipsisType = ...,
        *,
        beta: float = 0.9,
        weight_power: float = 2.0,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta=beta,
            weight_power=weight_power,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Aggmo(Entry):
    """Moves against the mean of three velocities, which keep different fractions of the past gradients.

        v_i <- mu_i v_i + g          for i = 1, 2, 3 with the momentum mu_i
        w <- w - learning_rate (v_1 + v_2 + v_3) / 3

    Variant of momentum: gradient at the weights; the step is the mean of three velocities.

    Tuning searches learning_rate from 1e-6 to 100 (log).

    Args:
        learning_rate: Learning rate; a number above 0. The default is that of the problem, or else 0.1.
        momentum1: Fraction of the first velocity that is kept; a number of at least 0 and below 1.
        momentum2: Fraction of the second velocity that is kept; a number of at least 0 and below 1.
        momentum3: Fraction of the third velocity that is kept; a number of at least 0 and below 1.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        velocity1: First velocity: the sum of the gradients, each multiplied by `momentum1` in every later step.
        velocity2: Second velocity: the sum of the gradients, each multiplied by `momentum2` in every later step.
        velocity3: Third velocity: the sum of the gradients, each multiplied by `momentum3` in every later step.

    In pytorch_optimizer: pytorch_optimizer.AggMo.

    Reference:
        J. Lucas, S. Sun, R. Zemel, R. Grosse: Aggregated Momentum: Stability Through Passive Damping. International
        Conference on Learning Representations, 2019. https://arxiv.org/abs/1804.00325
    """

    id: ClassVar[str] = "aggmo"

    def __init__(
        self,
        learning_rate: float | EllipsisType = ...,
        *,
        momentum1: float = 0.0,
        momentum2: float = 0.9,
        momentum3: float = 0.99,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            momentum1=momentum1,
            momentum2=momentum2,
            momentum3=momentum3,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Rprop(Entry):
    """Adapts a step size for each weight by the sign of its gradient, and undoes the last step when the sign
    changes.

        q = sign(g) sign(g_before)
        q > 0: step <- min(increase step, max_step)        v <- -sign(g) step
        q < 0: step <- max(decrease step, min_step)        v <- -v,  g <- 0
        q = 0:                                             v <- -sign(g) step
        w <- w + v

    Variant of RPROP: a sign change reduces the step size and undoes the last step.

    Tuning searches initial_step from 0.0001 to 10 (log).

    Args:
        initial_step: Initial step size of every weight; the first step clips it to `min_step` and `max_step`; a
            number above 0.
        increase: Factor of the step size when the gradient keeps its sign; a number above 1.
        decrease: Factor of the step size when the gradient changes its sign; a number above 0 and below 1.
        min_step: Minimum step size; a number above 0, at most `max_step`.
        max_step: Maximum step size; a number above 0.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        step_size: Step size of each weight.
        kept_gradient: Gradient of this step, remembered for the next one; zero for a weight whose step was undone.
        displacement: Displacement of this step, which the next one may undo.

    Reference:
        M. Riedmiller, H. Braun: A direct adaptive method for faster backpropagation learning: the RPROP algorithm.
        IEEE International Conference on Neural Networks, 1993. https://doi.org/10.1109/ICNN.1993.298623
    """

    id: ClassVar[str] = "rprop"

    def __init__(
        self,
        initial_step: float = 0.1,
        *,
        increase: float = 1.2,
        decrease: float = 0.5,
        min_step: float = 1e-6,
        max_step: float = 50.0,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            initial_step=initial_step,
            increase=increase,
            decrease=decrease,
            min_step=min_step,
            max_step=max_step,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class RpropMinus(Entry):
    """Adapts a step size for each weight by the sign of its gradient, and never undoes a step.

        q = sign(g) sign(g_before)
        q > 0: step <- min(increase step, max_step)
        q < 0: step <- max(decrease step, min_step)
        w <- w - sign(g) step

    Variant of RPROP: a sign change only reduces the step size.

    Tuning searches initial_step from 0.0001 to 10 (log).

    Args:
        initial_step: Initial step size of every weight; the first step clips it to `min_step` and `max_step`; a
            number above 0.
        increase: Factor of the step size when the gradient keeps its sign; a number above 1.
        decrease: Factor of the step size when the gradient changes its sign; a number above 0 and below 1.
        min_step: Minimum step size; a number above 0, at most `max_step`.
        max_step: Maximum step size; a number above 0.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        step_size: Step size of each weight.
        kept_gradient: Gradient of this step, remembered for the next one; zero before the first.

    Reference:
        M. Riedmiller: Advanced supervised learning in multi-layer perceptrons: from backpropagation to adaptive
        learning algorithms. Computer Standards & Interfaces 16(3), 1994.
        https://doi.org/10.1016/0920-5489(94)90017-5
    """

    id: ClassVar[str] = "rprop-minus"

    def __init__(
        self,
        initial_step: float = 0.1,
        *,
        increase: float = 1.2,
        decrease: float = 0.5,
        min_step: float = 1e-6,
        max_step: float = 50.0,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            initial_step=initial_step,
            increase=increase,
            decrease=decrease,
            min_step=min_step,
            max_step=max_step,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class IrpropPlus(Entry):
    """Adapts a step size per weight by the sign of its gradient, and undoes a step after a sign change if the loss
    rose.

        q = sign(g) sign(g_before)
        q > 0: step <- min(increase step, max_step)        v <- -sign(g) step
        q < 0: step <- max(decrease step, min_step)        v <- -v if E > E_before, else 0;  g <- 0
        q = 0:                                             v <- -sign(g) step
        w <- w + v

    Variant of RPROP: a sign change reduces the step size, and undoes the last step if the loss rose.

    Tuning searches initial_step from 0.0001 to 10 (log).

    Args:
        initial_step: Initial step size of every weight; the first step clips it to `min_step` and `max_step`; a
            number above 0.
        increase: Factor of the step size when the gradient keeps its sign; a number above 1.
        decrease: Factor of the step size when the gradient changes its sign; a number above 0 and below 1.
        min_step: Minimum step size; a number above 0, at most `max_step`.
        max_step: Maximum step size; a number above 0.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        step_size: Step size of each weight.
        kept_gradient: Gradient of this step, remembered for the next one; zero for a weight whose gradient changed
            its sign.
        displacement: Displacement of this step, which the next one may undo.
        kept_loss: Loss before this step, remembered for the next one; infinite before the first.

    Reference:
        C. Igel, M. Hüsken: Empirical evaluation of the improved Rprop learning algorithms. Neurocomputing 50, 2003.
        https://doi.org/10.1016/S0925-2312(01)00700-7
    """

    id: ClassVar[str] = "irprop-plus"

    def __init__(
        self,
        initial_step: float = 0.1,
        *,
        increase: float = 1.2,
        decrease: float = 0.5,
        min_step: float = 1e-6,
        max_step: float = 50.0,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            initial_step=initial_step,
            increase=increase,
            decrease=decrease,
            min_step=min_step,
            max_step=max_step,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class IrpropMinus(Entry):
    """Adapts a step size for each weight by the sign of its gradient, and skips one step of the weight when the
    sign changes.

        q = sign(g) sign(g_before)
        q > 0: step <- min(increase step, max_step)
        q < 0: step <- max(decrease step, min_step),  g <- 0
        w <- w - sign(g) step

    Variant of RPROP: a sign change reduces the step size and skips one step.

    Tuning searches initial_step from 0.0001 to 10 (log).

    Args:
        initial_step: Initial step size of every weight; the first step clips it to `min_step` and `max_step`; a
            number above 0.
        increase: Factor of the step size when the gradient keeps its sign; a number above 1.
        decrease: Factor of the step size when the gradient changes its sign; a number above 0 and below 1.
        min_step: Minimum step size; a number above 0, at most `max_step`.
        max_step: Maximum step size; a number above 0.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        step_size: Step size of each weight.
        kept_gradient: Gradient of this step, remembered for the next one; zero for a weight whose gradient changed
            its sign.

    In PyTorch: torch.optim.Rprop.

    In optax: optax.rprop.

    Reference:
        C. Igel, M. Hüsken: Empirical evaluation of the improved Rprop learning algorithms. Neurocomputing 50, 2003.
        https://doi.org/10.1016/S0925-2312(01)00700-7
    """

    id: ClassVar[str] = "irprop-minus"

    def __init__(
        self,
        initial_step: float = 0.1,
        *,
        increase: float = 1.2,
        decrease: float = 0.5,
        min_step: float = 1e-6,
        max_step: float = 50.0,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            initial_step=initial_step,
            increase=increase,
            decrease=decrease,
            min_step=min_step,
            max_step=max_step,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class SignSgd(Entry):
    """Moves every weight by the learning rate, against the sign of its gradient.

        w <- w - learning_rate sign(g)

    Variant of sign descent: sign of the gradient itself.

    Tuning searches learning_rate from 1e-6 to 1 (log).

    Args:
        learning_rate: Learning rate: the length of each weight's step; a number above 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    In optax: optax.sign_sgd.

    Reference:
        J. Bernstein, Y.-X. Wang, K. Azizzadenesheli, A. Anandkumar: signSGD: Compressed Optimisation for Non-Convex
        Problems. International Conference on Machine Learning, 2018. https://arxiv.org/abs/1802.04434
    """

    id: ClassVar[str] = "sign-sgd"

    def __init__(
        self,
        learning_rate: float = 0.01,
        *,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Lion(Entry):
    """Moves every weight by the learning rate, against the sign of an interpolation between its mean gradient and
    its gradient.

        c = beta1 m + (1 - beta1) g
        m <- beta2 m + (1 - beta2) g
        w <- w - learning_rate (sign(c) + weight_decay w)

    Variant of sign descent: sign of a mean of the gradients.

    Tuning searches learning_rate from 1e-6 to 1 (log).

    Args:
        learning_rate: Learning rate: the length of each weight's step; a number above 0.
        beta1: Fraction of the mean gradient in the interpolation that determines the sign; a number of at least 0
            and below 1.
        beta2: Decay rate of the mean gradient; a number of at least 0 and below 1.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.

    In optax: optax.lion.

    In Keras: keras.optimizers.Lion.

    In pytorch_optimizer: pytorch_optimizer.Lion.

    Reference:
        X. Chen, C. Liang, D. Huang, E. Real, K. Wang, H. Pham, X. Dong, T. Luong, C.-J. Hsieh, Y. Lu, Q. V. Le:
        Symbolic Discovery of Optimization Algorithms. Advances in Neural Information Processing Systems 36, 2023.
        https://arxiv.org/abs/2302.06675
    """

    id: ClassVar[str] = "lion"

    def __init__(
        self,
        learning_rate: float = 0.0001,
        *,
        beta1: float = 0.9,
        beta2: float = 0.99,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "decoupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Signum(Entry):
    """Moves every weight by the learning rate, against the sign of its mean gradient.

        m <- beta m + (1 - beta) g
        w <- w - learning_rate sign(m)

    Variant of sign descent: sign of the mean gradient.

    Tuning searches learning_rate from 1e-6 to 1 (log).

    Args:
        learning_rate: Learning rate: the length of each weight's step; a number above 0.
        beta: Decay rate of the mean gradient; a number of at least 0 and below 1.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.

    In optax: optax.signum.

    Reference:
        J. Bernstein, Y.-X. Wang, K. Azizzadenesheli, A. Anandkumar: signSGD: Compressed Optimisation for Non-Convex
        Problems. International Conference on Machine Learning, 2018. https://arxiv.org/abs/1802.04434
    """

    id: ClassVar[str] = "signum"

    def __init__(
        self,
        learning_rate: float = 0.01,
        *,
        beta: float = 0.9,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta=beta,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Tiger(Entry):
    """Moves every weight by the learning rate, against the sign of its mean gradient, and shrinks it by a fraction.

        m <- beta m + (1 - beta) g
        w <- (1 - learning_rate weight_decay) w - learning_rate sign(m)

    Variant of sign descent: sign of the mean gradient, with decoupled weight decay.

    Tuning searches learning_rate from 1e-6 to 1 (log).

    Args:
        learning_rate: Learning rate: the length of each weight's step; a number above 0.
        beta: Decay rate of the mean gradient; a number of at least 0 and below 1.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.

    In pytorch_optimizer: pytorch_optimizer.Tiger.

    Reference:
        J. Su: Tiger: A Tight-fisted Optimizer. Software, 2023. https://github.com/bojone/tiger
    """

    id: ClassVar[str] = "tiger"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        beta: float = 0.965,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.01,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "decoupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta=beta,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Adagrad(Entry):
    """Divides the gradient of each weight by the root of the sum of its squared gradients so far.

        eta = learning_rate / (1 + learning_rate_decay t)          t = number of steps before this one
        sum <- sum + g^2
        w <- w - eta g / (sqrt(sum + epsilon_root) + epsilon)

    Variant of Adagrad: root of the sum of all squared gradients.

    Tuning searches learning_rate from 0.0001 to 10 (log).

    Args:
        learning_rate: Learning rate of the first step; a number above 0.
        learning_rate_decay: Additional decay of the learning rate per step; a number of at least 0.
        initial_accumulator: Initial value of the sum of squared gradients; a number of at least 0.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        sum_of_squares: Sum of the squared gradients so far, plus the initial value.

    In PyTorch: torch.optim.Adagrad.

    In optax: optax.adagrad.

    In Keras: keras.optimizers.Adagrad.

    Reference:
        J. Duchi, E. Hazan, Y. Singer: Adaptive Subgradient Methods for Online Learning and Stochastic Optimization.
        Journal of Machine Learning Research 12, 2011. https://jmlr.org/papers/v12/duchi11a.html
    """

    id: ClassVar[str] = "adagrad"

    def __init__(
        self,
        learning_rate: float = 0.01,
        *,
        learning_rate_decay: float = 0.0,
        initial_accumulator: float = 0.0,
        epsilon: float = 1e-10,
        epsilon_root: float = 0.0,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            learning_rate_decay=learning_rate_decay,
            initial_accumulator=initial_accumulator,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Adadelta(Entry):
    """Multiplies the gradient by the root mean square of past steps, divided by the root mean square of past
    gradients.

        r <- rho r + (1 - rho) g^2
        u = sqrt(q + epsilon) / sqrt(r + epsilon) g
        q <- rho q + (1 - rho) u^2
        w <- w - learning_rate u

    Variant of Adagrad: root mean square of the gradients; the root mean square of the steps replaces the learning
    rate.

    Tuning searches learning_rate from 0.001 to 100 (log).

    Args:
        learning_rate: Factor of every step; a number above 0.
        rho: Decay rate rho of both mean squares; a number of at least 0 and below 1.
        epsilon: Added under both roots, so that the first step is not zero; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_square: Moving average r of the squared gradients.
        mean_square_step: Moving average q of the squared steps u, without the learning rate.

    In PyTorch: torch.optim.Adadelta.

    In optax: optax.adadelta.

    In Keras: keras.optimizers.Adadelta.

    Reference:
        M. D. Zeiler: ADADELTA: An Adaptive Learning Rate Method. arXiv, 2012. https://arxiv.org/abs/1212.5701
    """

    id: ClassVar[str] = "adadelta"

    def __init__(
        self,
        learning_rate: float = 1.0,
        *,
        rho: float = 0.9,
        epsilon: float = 1e-6,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            rho=rho,
            epsilon=epsilon,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Rmsprop(Entry):
    """Divides the gradient of each weight by the root mean square of its recent gradients.

        r <- decay r + (1 - decay) g^2
        m <- decay m + (1 - decay) g
        v <- momentum v - learning_rate g / (sqrt(r - m^2 + epsilon_root) + epsilon)
        w <- w + v          - m^2 only if centered; with nesterov, the step is momentum v - learning_rate g / (...)

    Variant of Adagrad: root mean square of the gradients.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate; a number above 0.
        decay: Decay rate of the means; a number of at least 0 and below 1.
        momentum: Momentum: the fraction of the velocity that is kept; a number of at least 0 and below 1.
        nesterov: Whether the step looks one velocity ahead, as in `nesterov`; true or false.
        rescale_velocity: Whether the velocity is rescaled when a schedule changes the learning rate, as in torch;
            true or false.
        centered: Whether to divide by the standard deviation of the gradients instead of their root mean square;
            true or false.
        initial_accumulator: Initial value of the mean square; a number of at least 0.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_square: Moving average r of the squared gradients.
        mean_gradient: Moving average m of the gradients; zero unless centered.
        velocity: Velocity v.

    In PyTorch: torch.optim.RMSprop.

    In optax: optax.rmsprop.

    In Keras: keras.optimizers.RMSprop.

    Reference:
        T. Tieleman, G. Hinton: Lecture 6.5, RMSProp: Divide the gradient by a running average of its recent
        magnitude. Coursera: Neural Networks for Machine Learning, 2012.
    """

    id: ClassVar[str] = "rmsprop"

    def __init__(
        self,
        learning_rate: float = 0.01,
        *,
        decay: float = 0.99,
        momentum: float = 0.0,
        nesterov: bool = False,
        rescale_velocity: bool = False,
        centered: bool = False,
        initial_accumulator: float = 0.0,
        epsilon: float = 1e-8,
        epsilon_root: float = 0.0,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            decay=decay,
            momentum=momentum,
            nesterov=nesterov,
            rescale_velocity=rescale_velocity,
            centered=centered,
            initial_accumulator=initial_accumulator,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Adam(Entry):
    """Moves against the bias-corrected mean gradient, divided by the root of the bias-corrected mean squared
    gradient.

        g <- g + weight_decay w
        m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
        v <- beta2 v + (1 - beta2) g^2          v_hat = v / (1 - beta2^t)
        w <- w - learning_rate m_hat / (sqrt(v_hat + epsilon_root) + epsilon)

    Variant of Adam: root of the mean squared gradient; weight decay is part of the gradient.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        epsilon_hat: Whether epsilon is added before the bias correction of the mean square instead of after it;
            true or false.
        bias_correction: Whether both means are bias-corrected; true or false.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.

    In PyTorch: torch.optim.Adam.

    In optax: optax.adam.

    In Keras: keras.optimizers.Adam.

    Reference:
        D. P. Kingma, J. Ba: Adam: A Method for Stochastic Optimization. International Conference on Learning
        Representations, 2015. https://arxiv.org/abs/1412.6980
    """

    id: ClassVar[str] = "adam"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        epsilon_root: float = 0.0,
        epsilon_hat: bool = False,
        bias_correction: bool = True,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            epsilon_hat=epsilon_hat,
            bias_correction=bias_correction,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Amsgrad(Entry):
    """Variant of Adam that divides by the root of the maximum mean squared gradient so far, which never decreases.

        m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
        v <- beta2 v + (1 - beta2) g^2
        v_max <- max(v_max, v)                  v_hat = v_max / (1 - beta2^t)
        w <- w - learning_rate m_hat / (sqrt(v_hat + epsilon_root) + epsilon)

    Variant of Adam: root of the maximum mean squared gradient so far.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        maximum: Whether the maximum is taken before or after the bias correction; uncorrected, corrected.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        decoupled: The same as `weight_decay_form=decoupled`, or `coupled` if it is false; true or false.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.
        max_square: Maximum mean squared gradient so far.

    In PyTorch: torch.optim.Adam with amsgrad=True.

    In optax: optax.amsgrad.

    In Keras: keras.optimizers.Adam with amsgrad=True.

    Reference:
        S. J. Reddi, S. Kale, S. Kumar: On the Convergence of Adam and Beyond. International Conference on Learning
        Representations, 2018. https://arxiv.org/abs/1904.09237
    """

    id: ClassVar[str] = "amsgrad"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        epsilon_root: float = 0.0,
        maximum: Literal["uncorrected", "corrected"] = "uncorrected",
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        decoupled: bool | None = None,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            maximum=maximum,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            decoupled=decoupled,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Adamax(Entry):
    """Variant of Adam that divides by a decaying maximum of the gradient magnitudes instead of a root mean square.

        m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
        u <- max(beta2 u, |g| + epsilon)
        w <- w - learning_rate m_hat / u

    Variant of Adam: decaying maximum of the gradient magnitudes.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the maximum gradient magnitude; a number of at least 0 and below 1.
        epsilon: Keeps the denominator above zero; a number of at least 0.
        epsilon_placement: Whether epsilon is added to the gradient magnitudes or to the divisor; gradient, divisor.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        decoupled: The same as `weight_decay_form=decoupled`, or `coupled` if it is false; true or false.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        greatest_gradient: Decaying maximum u of the gradient magnitudes.

    In PyTorch: torch.optim.Adamax.

    In optax: optax.adamax.

    In Keras: keras.optimizers.Adamax.

    Reference:
        D. P. Kingma, J. Ba: Adam: A Method for Stochastic Optimization. International Conference on Learning
        Representations, 2015. https://arxiv.org/abs/1412.6980
    """

    id: ClassVar[str] = "adamax"

    def __init__(
        self,
        learning_rate: float = 0.002,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        epsilon_placement: Literal["gradient", "divisor"] = "gradient",
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        decoupled: bool | None = None,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            epsilon_placement=epsilon_placement,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            decoupled=decoupled,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Nadam(Entry):
    """Variant of Adam with Nesterov momentum: it uses the mean gradient that is expected one step ahead.

        mu_t = beta1 (1 - 0.96^(t momentum_decay) / 2)          t = 1 in the first step
        p <- p mu_t
        m <- beta1 m + (1 - beta1) g          v <- beta2 v + (1 - beta2) g^2          v_hat = v / (1 - beta2^t)
        n = (1 - mu_t) / (1 - p) g + mu_t+1 / (1 - p mu_t+1) m
        w <- w - learning_rate n / (sqrt(v_hat + epsilon_root) + epsilon)

    Variant of Adam: Nesterov momentum: the mean gradient is taken one step ahead.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        momentum_schedule: Whether the momentum rises to `beta1` or equals it from the first step; rising, constant.
        momentum_decay: Rate at which a rising momentum grows from half of `beta1` to `beta1`; a number of at least
            0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        decoupled: The same as `weight_decay_form=decoupled`, or `coupled` if it is false; true or false.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.
        momentum_product: Product p of the momentum values so far.

    In PyTorch: torch.optim.NAdam.

    In optax: optax.nadam.

    In Keras: keras.optimizers.Nadam.

    Reference:
        T. Dozat: Incorporating Nesterov Momentum into Adam. International Conference on Learning Representations,
        Workshop Track, 2016. https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ
    """

    id: ClassVar[str] = "nadam"

    def __init__(
        self,
        learning_rate: float = 0.002,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        epsilon_root: float = 0.0,
        momentum_schedule: Literal["rising", "constant"] = "rising",
        momentum_decay: float = 0.004,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        decoupled: bool | None = None,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            momentum_schedule=momentum_schedule,
            momentum_decay=momentum_decay,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            decoupled=decoupled,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Radam(Entry):
    """Variant of Adam that uses the adaptive denominator, with a rectified learning rate, once enough gradients
    make it reliable.

        m, v, m_hat as in adam          t = 1 in the first step
        rho_inf = 2 / (1 - beta2) - 1          rho = rho_inf - 2 t beta2^t / (1 - beta2^t)
        rho > threshold: r = sqrt((rho - 4) (rho - 2) rho_inf / ((rho_inf - 4) (rho_inf - 2) rho))
                         w <- w - learning_rate r m_hat sqrt(1 - beta2^t) / (sqrt(v + (1 - beta2^t) epsilon_root) + epsilon)
        otherwise:       w <- w - learning_rate m_hat

    Variant of Adam: bias-corrected mean gradient until the variance estimate is reliable, then rectified Adam.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step once the denominator is used; a
            number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        epsilon_hat: Whether epsilon is added before the bias correction of the mean square instead of after it;
            true or false.
        threshold: Value of rho above which the denominator is used; a number of at least 4.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        decoupled: The same as `weight_decay_form=decoupled`, or `coupled` if it is false; true or false.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.

    In PyTorch: torch.optim.RAdam.

    In optax: optax.radam.

    Reference:
        L. Liu, H. Jiang, P. He, W. Chen, X. Liu, J. Gao, J. Han: On the Variance of the Adaptive Learning Rate and
        Beyond. International Conference on Learning Representations, 2020. https://arxiv.org/abs/1908.03265
    """

    id: ClassVar[str] = "radam"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        epsilon_root: float = 0.0,
        epsilon_hat: bool = True,
        threshold: float = 5.0,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        decoupled: bool | None = None,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            epsilon_hat=epsilon_hat,
            threshold=threshold,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            decoupled=decoupled,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Adamw(Entry):
    """Takes the step of Adam and shrinks every weight by the same fraction.

        w <- (1 - learning_rate weight_decay) w - learning_rate m_hat / (sqrt(v_hat + epsilon_root) + epsilon)
        m_hat, v_hat as in adam, of gradients without the weight decay

    Variant of Adam: root of the mean squared gradient; weight decay is decoupled from the gradient.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.

    In PyTorch: torch.optim.AdamW.

    In optax: optax.adamw.

    In Keras: keras.optimizers.AdamW.

    Reference:
        I. Loshchilov, F. Hutter: Decoupled Weight Decay Regularization. International Conference on Learning
        Representations, 2019. https://arxiv.org/abs/1711.05101
    """

    id: ClassVar[str] = "adamw"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        epsilon_root: float = 0.0,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.01,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "decoupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Adafactor(Entry):
    """Divides the gradient by its root mean square, clips the result, and scales it by the size of the weights.

        v <- t^beta2_decay g^2 + (1 - t^beta2_decay) v          t = 1 in the first step
        u = g / sqrt(max(v, epsilon^2))                         u <- u / max(1, rms(u) / clip)
        eta = min(learning_rate, 1 / sqrt(t)) max(min_scale, rms(w))
        m <- momentum m + (1 - momentum) eta u
        w <- (1 - learning_rate weight_decay) w - m

    Variant of Adafactor: root mean square of the gradients, with steps scaled to the weights.

    Tuning searches learning_rate from 0.0001 to 1 (log).

    Args:
        learning_rate: Maximum length of a step relative to the weights; a number above 0.
        beta2_decay: Exponent of the decay: step t adds the new squared gradient to the mean with the factor
            `t^beta2_decay`; a number of at most 0.
        epsilon: Minimum of the root of the mean square; a number above 0.
        min_scale: Minimum of the root mean square of the weights, which scales the steps; a number above 0.
        clip: Maximum root mean square of u, the step without the learning rate; a number above 0.
        relative_step: Whether the learning rate is at most 1 divided by the root of the number of steps; true or
            false.
        factor_from: Smallest number of rows and of columns of a matrix whose mean square is factorized; a whole
            number of at least 2 and at most 1000000.
        momentum: Decay rate of the moving average of the steps; 0 for none; a number of at least 0 and below 1.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_square: Moving average v of the squared gradients, with a decay rate that rises towards 1; factorized
            in matrices.
        row_mean_square: Moving average R of the mean squared gradient in the row of the weight; zero if v is not
            factorized.
        column_mean_square: Moving average C of the mean squared gradient in the column of the weight; zero if v is
            not factorized.
        step_scale: Factor of u in the layer of the weight: the learning rate times the size of the weights, after
            clipping; zero before the first step.
        mean_step: Moving average of the steps, without the weight decay; zero without momentum.

    In PyTorch: torch.optim.Adafactor.

    In optax: optax.adafactor.

    In Keras: keras.optimizers.Adafactor.

    Reference:
        N. Shazeer, M. Stern: Adafactor: Adaptive Learning Rates with Sublinear Memory Cost. International
        Conference on Machine Learning, 2018. https://arxiv.org/abs/1804.04235
    """

    id: ClassVar[str] = "adafactor"

    def __init__(
        self,
        learning_rate: float = 0.01,
        *,
        beta2_decay: float = -0.8,
        epsilon: float = 2.220446049250313e-16,
        min_scale: float = 0.001,
        clip: float = 1.0,
        relative_step: bool = True,
        factor_from: int = 2,
        momentum: float = 0.0,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "decoupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta2_decay=beta2_decay,
            epsilon=epsilon,
            min_scale=min_scale,
            clip=clip,
            relative_step=relative_step,
            factor_from=factor_from,
            momentum=momentum,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Came(Entry):
    """Moves by the mean of updates like those of Adafactor, less where single updates deviate from this mean.

        R_i <- beta2 R_i + (1 - beta2) mean_j (g_ij^2 + epsilon)      C_j: the same for columns
        u = g / sqrt(v), v_ij = R_i C_j / mean(R)                             u <- u / max(1, rms(u) / clip)
        m <- beta1 m + (1 - beta1) u
        Q_i <- beta3 Q_i + (1 - beta3) mean_j (d_ij^2 + epsilon_instability), d = u - m      P_j: the same for columns
        w <- w - learning_rate m / sqrt(s), s_ij = Q_i P_j / mean(Q)

    Variant of Adafactor: mean of the updates, divided by the root of their deviation from the mean.

    Tuning searches learning_rate from 0.00001 to 1 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean update; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        beta3: Decay rate of the instability, the mean squared deviation of the updates; a number of at least 0 and
            below 1.
        epsilon: Added to the squared gradients; a number above 0.
        epsilon_instability: Added to the squared deviations; a number above 0.
        clip: Maximum root mean square of the update of a layer; a number above 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_update: Moving average m of the updates.
        mean_square: Moving average v of the squared gradients, factorized in matrices.
        row_mean_square: Moving average R of the mean squared gradient in the row of the weight; zero outside of
            matrices.
        column_mean_square: Moving average C of the mean squared gradient in the column of the weight; zero outside
            of matrices.
        instability: Mean squared deviation s of the updates from their mean, factorized; zero outside of matrices.
        row_instability: Moving average Q of the mean squared deviation in the row of the weight; zero outside of
            matrices.
        column_instability: Moving average P of the mean squared deviation in the column of the weight; zero outside
            of matrices.

    In pytorch_optimizer: pytorch_optimizer.CAME.

    Reference:
        Y. Luo, X. Ren, Z. Zheng, Z. Jiang, X. Jiang, Y. You: CAME: Confidence-guided Adaptive Memory Efficient
        Optimization. Annual Meeting of the Association for Computational Linguistics, 2023.
        https://arxiv.org/abs/2307.02047
    """

    id: ClassVar[str] = "came"

    def __init__(
        self,
        learning_rate: float = 0.0002,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        beta3: float = 0.9999,
        epsilon: float = 1e-30,
        epsilon_instability: float = 1e-16,
        clip: float = 1.0,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "decoupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            beta3=beta3,
            epsilon=epsilon,
            epsilon_instability=epsilon_instability,
            clip=clip,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Sm3(Entry):
    """Divides the gradient by the root of a bound on the sum of its squares, which is stored per row and per column
    of a matrix.

        v_ij = min(R_i, C_j) + g_ij^2          u = g / sqrt(v)          0 / 0 = 0
        R_i <- max_j v_ij                       C_j <- max_i v_ij
        m <- momentum m + (1 - momentum) u      w <- w - learning_rate m

    Variant of Adagrad: root of a bound on the sum of squared gradients, by rows and columns.

    Tuning searches learning_rate from 0.0001 to 10 (log).

    Args:
        learning_rate: Learning rate of the first step; a number above 0.
        momentum: Decay rate of the mean of the normalized gradients; 0 turns momentum off; a number of at least 0
            and below 1.
        beta2: Decay rate of the squared gradients; 1 adds them up; a number of at least 0 and at most 1.
        epsilon: Added under the root; a number of at least 0.
        decreasing: Whether the numbers of rows and columns can decrease if `beta2` is below 1; true or false.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        square_sum_bound: Bound v on the sum of the squared gradients.
        row_maximum: Largest bound R in the row of the weight; zero outside of matrices.
        column_maximum: Largest bound C in the column of the weight; zero outside of matrices.
        mean_update: Moving average m of the normalized gradients.

    In optax: optax.sm3.

    In pytorch_optimizer: pytorch_optimizer.SM3.

    Reference:
        R. Anil, V. Gupta, T. Koren, Y. Singer: Memory-Efficient Adaptive Optimization. Advances in Neural
        Information Processing Systems 32, 2019. https://arxiv.org/abs/1901.11150
    """

    id: ClassVar[str] = "sm3"

    def __init__(
        self,
        learning_rate: float = 0.1,
        *,
        momentum: float = 0.9,
        beta2: float = 1.0,
        epsilon: float = 0.0,
        decreasing: bool = True,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            momentum=momentum,
            beta2=beta2,
            epsilon=epsilon,
            decreasing=decreasing,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Mars(Entry):
    """Takes the step of `adamw` with a gradient to which a multiple of its change since the last step is added.

        c = g + mars beta1 / (1 - beta1) (g - g_before)          c <- c / max(1, |c|)
        w <- w - learning_rate m_hat / (sqrt(v_hat) + epsilon)
        m_hat, v_hat as in adam, of c instead of g

    Variant of Adam: AdamW whose gradient contains a multiple of its last change.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.

    In pytorch_optimizer: pytorch_optimizer.MARS.

    Reference:
        H. Yuan, Y. Liu, S. Wu, X. Zhou, Q. Gu: MARS: Unleashing the Power of Variance Reduction for Training Large
        Models. arXiv preprint, 2024. https://arxiv.org/abs/2411.10438
    """

    id: ClassVar[str] = "mars"

    def __init__(
        self,
        learning_rate: float = 0.003,
        *,
        beta1: float = 0.95,
        beta2: float = 0.99,
        epsilon: float = 1e-8,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "decoupled",
        cautious: bool = False,
        mars: float = 0.025,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Adabelief(Entry):
    """Moves against the bias-corrected mean gradient, divided by the root of the mean squared deviation of the
    gradients from it.

        m <- beta1 m + (1 - beta1) g                                  m_hat = m / (1 - beta1^t)          t = 1 in the first step
        s <- beta2 s + (1 - beta2) (g - m)^2 + epsilon_root           s_hat = s / (1 - beta2^t)
        w <- w - learning_rate m_hat / (sqrt(s_hat) + epsilon)

    Variant of Adam: root of the mean squared deviation from the mean gradient.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared deviation; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added to the mean squared deviation in each step; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square_deviation: Moving average s of the squared deviations of the gradients from m.

    In optax: optax.adabelief.

    In pytorch_optimizer: pytorch_optimizer.AdaBelief.

    Reference:
        J. Zhuang, T. Tang, Y. Ding, S. Tatikonda, N. Dvornek, X. Papademetris, J. Duncan: AdaBelief Optimizer:
        Adapting Stepsizes by the Belief in Observed Gradients. Advances in Neural Information Processing Systems,
        2020. https://arxiv.org/abs/2010.07468
    """

    id: ClassVar[str] = "adabelief"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-16,
        epsilon_root: float = 1e-16,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Yogi(Entry):
    """Moves like Adam, but the mean squared gradient changes by at most a fraction of the squared gradient in each
    step.

        m <- beta1 m + (1 - beta1) g
        v <- v - (1 - beta2) sign(v - g^2) g^2
        w <- w - learning_rate m / (sqrt(v) + epsilon)

    Variant of Adam: mean squared gradient that changes slowly.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: The mean square changes by at most the fraction 1 - beta2 of the squared gradient; a number of at
            least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        initial_square: Initial value of the mean squared gradient; a number of at least 0.
        initial_mean: Initial value of the mean gradient; a number of at least 0.
        bias_correction: Whether both means are bias-corrected; true or false.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.

    In optax: optax.yogi.

    In pytorch_optimizer: pytorch_optimizer.Yogi.

    Reference:
        M. Zaheer, S. Reddi, D. Sachan, S. Kale, S. Kumar: Adaptive Methods for Nonconvex Optimization. Advances in
        Neural Information Processing Systems, 2018.
    """

    id: ClassVar[str] = "yogi"

    def __init__(
        self,
        learning_rate: float = 0.01,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 0.001,
        initial_square: float = 1e-6,
        initial_mean: float = 0.0,
        bias_correction: bool = False,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            initial_square=initial_square,
            initial_mean=initial_mean,
            bias_correction=bias_correction,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Ademamix(Entry):
    """Moves like Adam against the sum of a fast and a slow mean of the gradients.

        m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
        s <- beta3 s + (1 - beta3) g
        v <- beta2 v + (1 - beta2) g^2          v_hat = v / (1 - beta2^t)
        w <- w - learning_rate (m_hat + alpha s) / (sqrt(v_hat + epsilon_root) + epsilon)

    Variant of Adam: sum of a fast and a slow mean of the gradients.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the fast mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        beta3: Decay rate of the slow mean gradient; a number of at least 0 and below 1.
        alpha: Factor of the slow mean gradient; a number of at least 0.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Fast moving average m of the gradients.
        slow_mean_gradient: Slow moving average s of the gradients.
        mean_square: Moving average v of the squared gradients.

    In optax: optax.contrib.ademamix.

    In pytorch_optimizer: pytorch_optimizer.AdEMAMix.

    Reference:
        M. Pagliardini, P. Ablin, D. Grangier: The AdEMAMix Optimizer: Better, Faster, Older. arXiv 2409.03137,
        2024. https://arxiv.org/abs/2409.03137
    """

    id: ClassVar[str] = "ademamix"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        beta3: float = 0.9999,
        alpha: float = 5.0,
        epsilon: float = 1e-8,
        epsilon_root: float = 0.0,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "decoupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            beta3=beta3,
            alpha=alpha,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Adopt(Entry):
    """Moves against the mean of the gradients, each divided by the root of the mean square of the gradients before
    it.

        v <- g^2                                                        in the first step, which does not move
        m <- beta1 m + (1 - beta1) clip(g / max(sqrt(v), epsilon))      limited to -c and c, with c = (t - 1)^(1/4)
        w <- w - learning_rate m
        v <- beta2 v + (1 - beta2) g^2

    Variant of Adam: mean of gradients that are divided before they are averaged.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean of the divided gradients; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Minimum of the divisor; a number above 0.
        clipping: Whether the divided gradients are limited; true or false.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_divided_gradient: Moving average m of the divided gradients; zero after the first step, which only
            measures v.
        mean_square: Moving average v of the squared gradients.

    In optax: optax.contrib.adopt.

    In pytorch_optimizer: pytorch_optimizer.ADOPT.

    Reference:
        S. Taniguchi, K. Harada, G. Minegishi, Y. Oshima, S. C. Jeong, G. Nagahara, T. Iiyama, M. Suzuki, Y.
        Iwasawa, Y. Matsuo: ADOPT: Modified Adam Can Converge with Any beta2 with the Optimal Rate. Advances in
        Neural Information Processing Systems, 2024. https://arxiv.org/abs/2411.02853
    """

    id: ClassVar[str] = "adopt"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        beta1: float = 0.9,
        beta2: float = 0.9999,
        epsilon: float = 1e-6,
        clipping: bool = True,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            clipping=clipping,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Laprop(Entry):
    """Moves against the mean of the gradients, each divided by the root of the mean squared gradient of its own
    step.

        v <- beta2 v + (1 - beta2) g^2                                           v_hat = v / (1 - beta2^t)          t = 1 in the first step
        m <- beta1 m + (1 - beta1) g / (sqrt(v_hat) + epsilon)                   m_hat = m / (1 - beta1^t)
        w <- w - learning_rate m_hat

    Variant of Adam: mean of gradients that are divided by a root with their own square.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean of the divided gradients; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_divided_gradient: Moving average m of the divided gradients.
        mean_square: Moving average v of the squared gradients.

    In pytorch_optimizer: pytorch_optimizer.LaProp.

    Reference:
        L. Ziyin, Z. T. Wang, M. Ueda: LaProp: Separating Momentum and Adaptivity in Adam. arXiv 2002.04839, 2020.
        https://arxiv.org/abs/2002.04839
    """

    id: ClassVar[str] = "laprop"

    def __init__(
        self,
        learning_rate: float = 0.0004,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-15,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "decoupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Qhadam(Entry):
    """Moves like Adam, with weighted averages of each mean and the value of this step.

        m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
        v <- beta2 v + (1 - beta2) g^2          v_hat = v / (1 - beta2^t)
        w <- w - learning_rate ((1 - nu1) g + nu1 m_hat) / (sqrt((1 - nu2) g^2 + nu2 v_hat) + epsilon)

    Variant of Adam: averages of the means and the values of the step.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        nu1: Fraction of the mean gradient in the numerator; a number of at least 0 and at most 1.
        nu2: Fraction of the mean squared gradient under the root; a number of at least 0 and at most 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.

    In pytorch_optimizer: pytorch_optimizer.QHAdam.

    Reference:
        J. Ma, D. Yarats: Quasi-hyperbolic momentum and Adam for deep learning. International Conference on Learning
        Representations, 2019. https://arxiv.org/abs/1810.06801
    """

    id: ClassVar[str] = "qhadam"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        beta1: float = 0.995,
        beta2: float = 0.999,
        nu1: float = 0.7,
        nu2: float = 1.0,
        epsilon: float = 1e-8,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            nu1=nu1,
            nu2=nu2,
            epsilon=epsilon,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Adan(Entry):
    """Moves against the mean gradient plus the mean change of the gradient, divided by the root of the mean square
    of both.

        delta = g - g_previous                                  0 in the first step
        m <- beta1 m + (1 - beta1) g                            m_hat = m / (1 - beta1^t)          t = 1 in the first step
        v <- beta2 v + (1 - beta2) delta                        v_hat = v / (1 - beta2^t)
        n <- beta3 n + (1 - beta3) (g + c delta)^2              n_hat = n / (1 - beta3^t)
        w <- w - learning_rate (m_hat + c v_hat) / (sqrt(n_hat + epsilon_root) + epsilon)

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean change of the gradient; a number of at least 0 and below 1.
        beta3: Decay rate of the mean square; a number of at least 0 and below 1.
        change_factor: Factor c of the change of the gradient; a number of at least 0 and at most 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_change: Moving average v of the changes of the gradient from step to step.
        mean_square: Moving average n of the squares of the predicted gradients.
        kept_gradient: Gradient of this step, remembered for the next one; zero before the first.

    In optax: optax.adan.

    In pytorch_optimizer: pytorch_optimizer.Adan.

    Reference:
        X. Xie, P. Zhou, H. Li, Z. Lin, S. Yan: Adan: Adaptive Nesterov Momentum Algorithm for Faster Optimizing
        Deep Models. arXiv 2208.06677, 2022. https://arxiv.org/abs/2208.06677
    """

    id: ClassVar[str] = "adan"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        beta1: float = 0.98,
        beta2: float = 0.92,
        beta3: float = 0.99,
        change_factor: float = 0.92,
        epsilon: float = 1e-8,
        epsilon_root: float = 0.0,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "decoupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            beta3=beta3,
            change_factor=change_factor,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Acprop(Entry):
    """Moves against the gradient, divided by the root of the mean squared deviation of the earlier gradients.

        w <- w - learning_rate g / (sqrt(s / (1 - beta2^(t - 1))) + epsilon)            without the root for t = 1
        m <- beta1 m + (1 - beta1) g
        s <- beta2 s + (1 - beta2) (g - m)^2 + epsilon_root

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared deviation; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added to the mean squared deviation in each step; a number of at least 0.
        deviation_from: The mean from which the deviation of a gradient is measured; mean, previous-mean.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square_deviation: Moving average s of the squared deviations of the gradients from their mean.

    In optax: optax.contrib.acprop.

    Reference:
        J. Zhuang, Y. Ding, T. Tang, N. Dvornek, S. Tatikonda, J. Duncan: Momentum Centering and Asynchronous Update
        for Adaptive Gradient Methods. Advances in Neural Information Processing Systems, 2021.
        https://arxiv.org/abs/2110.05454
    """

    id: ClassVar[str] = "acprop"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-16,
        epsilon_root: float = 1e-16,
        deviation_from: Literal["mean", "previous-mean"] = "mean",
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "decoupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            deviation_from=deviation_from,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Madgrad(Entry):
    """Moves a fraction of the way to the point that all gradients so far, divided by the cube root of their
    squares, determine.

        lambda = (learning_rate + epsilon) sqrt(t)                  t = 1 in the first step
        s <- s + lambda g
        v <- v + lambda g^2
        z = w_0 - s / (cbrt(v) + epsilon)                           w_0 is the initial point
        w <- momentum w + (1 - momentum) z

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate; a number above 0.
        momentum: Fraction of the weights that is kept in each step; a number of at least 0 and below 1.
        epsilon: Added to the cube root and to the learning rate; a number above 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        gradient_sum: Weighted sum s of the gradients.
        square_sum: Weighted sum v of the squared gradients.
        initial_weight: Initial point.

    In optax: optax.contrib.madgrad.

    In pytorch_optimizer: pytorch_optimizer.MADGRAD.

    Reference:
        A. Defazio, S. Jelassi: Adaptivity without Compromise: A Momentumized, Adaptive, Dual Averaged Gradient
        Method for Stochastic Optimization. arXiv 2101.11075, 2021. https://arxiv.org/abs/2101.11075
    """

    id: ClassVar[str] = "madgrad"

    def __init__(
        self,
        learning_rate: float = 0.01,
        *,
        momentum: float = 0.9,
        epsilon: float = 1e-6,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            momentum=momentum,
            epsilon=epsilon,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class ScheduleFreeAdamw(Entry):
    """Moves between a point that makes steps of `RMSProp` with bias correction and the average of its positions.

        v <- beta2 v + (1 - beta2) g^2                          v_hat = v / (1 - beta2^t)          t = 1 in the first step
        z <- z - learning_rate g / (sqrt(v_hat) + epsilon)      the gradient is evaluated at w
        x <- (1 - c) x + c z                                    c = r^p / sum_t r^p, r = the largest eta so far
        w <- beta x + (1 - beta) z

    Variant of schedule-free: steps of Adam.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each step of the fast weights; a number above 0.
        beta: Fraction of the average in w; a number of at least 0 and at most 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        weight_power: Exponent p of the learning rate in the weights of the average; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        fast_weight: Fast weights z, which make the steps.
        average: Weighted average x of the fast weights: the result.
        mean_square: Moving average v of the squared gradients.
        max_rate: Largest learning rate so far.
        weight_sum: Sum of the weights of the average.

    In optax: optax.contrib.schedule_free_adamw.

    Reference:
        A. Defazio, X. Yang, H. Mehta, K. Mishchenko, A. Khaled, A. Cutkosky: The Road Less Scheduled. Advances in
        Neural Information Processing Systems, 2024. https://arxiv.org/abs/2405.15682
    """

    id: ClassVar[str] = "schedule-free-adamw"

    def __init__(
        self,
        learning_rate: float = 0.0025,
        *,
        beta: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        weight_power: float = 2.0,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta=beta,
            beta2=beta2,
            epsilon=epsilon,
            weight_power=weight_power,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class OptimisticAdam(Entry):
    """Moves in the direction of Adam, extrapolated by the change of this direction since the previous step.

        m, v, m_hat, v_hat as in adam
        r = m_hat / (sqrt(v_hat + epsilon_root) + epsilon)
        w <- w - learning_rate (r + optimism (r - r_previous))          r_previous = r in the first step

    Variant of Adam: step extrapolated by the change of the direction.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        optimism: Factor of the change of the direction; a number of at least 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        nesterov: Whether the mean gradient is taken one step ahead; true or false.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.
        kept_direction: Direction r of this step, remembered for the next one; zero before the first.

    In optax: optax.optimistic_adam_v2.

    Reference:
        C. Daskalakis, A. Ilyas, V. Syrgkanis, H. Zeng: Training GANs with Optimism. International Conference on
        Learning Representations, 2018. https://arxiv.org/abs/1711.00141
    """

    id: ClassVar[str] = "optimistic-adam"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        optimism: float = 1.0,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        epsilon_root: float = 0.0,
        nesterov: bool = False,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            optimism=optimism,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            nesterov=nesterov,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Padam(Entry):
    """Moves like `AMSGrad`, with a smaller power of the mean squared gradient: between momentum and `AMSGrad`.

        m <- beta1 m + (1 - beta1) g
        v <- beta2 v + (1 - beta2) g^2          v_max <- max(v_max, v)
        w <- w - learning_rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v_max) + epsilon)^(2 p)          t = 1 in the first step

    Variant of Adam: partial power of the maximum mean squared gradient so far.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        p: Power of the mean squared gradient that divides the step; a number of at least 0 and at most 0.5.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        maximum: Whether the maximum mean squared gradient so far divides the step instead of the current one; true
            or false.
        bias_correction: Whether both means are bias-corrected; true or false.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.
        divisor_square: Mean squared gradient that divides the step: the maximum so far if `maximum` is on,
            otherwise v.

    In pytorch_optimizer: pytorch_optimizer.PAdam.

    Reference:
        J. Chen, D. Zhou, Y. Tang, Z. Yang, Y. Cao, Q. Gu: Closing the Generalization Gap of Adaptive Gradient
        Methods in Training Deep Neural Networks. International Joint Conference on Artificial Intelligence, 2020.
        https://arxiv.org/abs/1806.06763
    """

    id: ClassVar[str] = "padam"

    def __init__(
        self,
        learning_rate: float = 0.1,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        p: float = 0.125,
        epsilon: float = 1e-8,
        maximum: bool = True,
        bias_correction: bool = True,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            p=p,
            epsilon=epsilon,
            maximum=maximum,
            bias_correction=bias_correction,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Adabound(Entry):
    """Moves like Adam, with a learning rate per weight that is limited by two bounds, which approach each other.

        m <- beta1 m + (1 - beta1) g
        v <- beta2 v + (1 - beta2) g^2
        lower = final_rate (1 - 1 / (gamma t + 1))          upper = final_rate (1 + 1 / (gamma t))          t = 1 in the first step
        eta = learning_rate sqrt(1 - beta2^t) / (1 - beta1^t) / (sqrt(v + epsilon_root) + epsilon)
        w <- w - min(max(eta, lower), upper) m

    Variant of Adam: learning rate of each weight within bounds.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step, within the bounds; a number
            above 0.
        final_rate: Learning rate of gradient descent that both bounds approach; a number above 0. The default is
            that of the problem, or else 0.1.
        gamma: Speed at which the bounds approach each other; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        amsbound: Whether the maximum mean squared gradient so far divides the step instead of the current one; true
            or false.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.
        divisor_square: Mean squared gradient that divides the step: the maximum so far if `amsbound` is on,
            otherwise v.
        lower_bound: Lower bound of the learning rate of each weight; zero before the first step.
        upper_bound: Upper bound of the learning rate of each weight; zero before the first step.

    In pytorch_optimizer: pytorch_optimizer.AdaBound.

    Reference:
        L. Luo, Y. Xiong, Y. Liu, X. Sun: Adaptive Gradient Methods with Dynamic Bound of Learning Rate.
        International Conference on Learning Representations, 2019. https://arxiv.org/abs/1902.09843
    """

    id: ClassVar[str] = "adabound"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        final_rate: float | EllipsisType = ...,
        gamma: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        epsilon_root: float = 0.0,
        amsbound: bool = False,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            final_rate=final_rate,
            gamma=gamma,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            amsbound=amsbound,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class StableAdamw(Entry):
    """Takes the step of `AdamW`, with a smaller learning rate in layers whose gradients exceed their root mean
    square.

        m <- b1 m + (1 - b1) g            b1 = beta1 (1 - beta1^(t-1)) / (1 - beta1^t)          t = 1 in the first step
        v <- b2 v + (1 - b2) g^2          b2 = beta2 (1 - beta2^(t-1)) / (1 - beta2^t)
        eta = learning_rate / max(1, rms(g / max(sqrt(v), epsilon))) of each layer
        w <- (1 - eta weight_decay) w - eta m / (sqrt(v) + epsilon)

    Variant of Adam: root of the mean squared gradient; the learning rate of a layer is limited.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number above 0.
        weight_decay: Coefficient of the weight decay, which is multiplied by the limited learning rate; a number of
            at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay_form: Form of the weight decay: `layer-wise` adds it to the update before it is scaled;
            `coupled` adds it to the gradient; `decoupled` subtracts it from the weights, times the learning rate;
            `cautious` only where it does not oppose the step; layer-wise, coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Bias-corrected moving average m of the gradients.
        mean_square: Bias-corrected moving average v of the squared gradients.
        limited_rate: Learning rate eta of the layer of the weight in this step; zero before the first.

    In pytorch_optimizer: pytorch_optimizer.StableAdamW.

    Reference:
        M. Wortsman, T. Dettmers, L. Zettlemoyer, A. Morcos, A. Farhadi, L. Schmidt: Stable and low-precision
        training for large-scale vision-language models. Advances in Neural Information Processing Systems 36, 2023.
        https://arxiv.org/abs/2304.13013
    """

    id: ClassVar[str] = "stable-adamw"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        beta1: float = 0.9,
        beta2: float = 0.99,
        epsilon: float = 1e-6,
        weight_decay: float = 0.0,
        schedule: str | Entry | None = None,
        weight_decay_form: Literal["layer-wise", "coupled", "decoupled", "cautious"] = "layer-wise",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            weight_decay=weight_decay,
            schedule=schedule,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Swats(Entry):
    """Begins as Adam and switches to gradient descent with momentum, with a learning rate that it derives from the
    steps of Adam.

        m, v as in adam          t = 1 in the first step
        p = -learning_rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v + epsilon_root) + epsilon)          w <- w + p
        gamma = |p|^2 / (-p . g)          lambda <- beta2 lambda + (1 - beta2) gamma          only if p . g is not 0
        rate = lambda / (1 - beta2^t)          switch if t > 1 and |rate - gamma| < tolerance and rate > 0
        after the switch: u <- beta1 u + g          w <- w - (1 - beta1) rate u

    Variant of Adam: root of the mean squared gradient, until the run switches to momentum.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate of Adam: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient, and momentum after the switch; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient, and of the mean of gamma; a number of at least 0 and below
            1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        tolerance: Difference between gamma and its mean below which the run switches; a number of at least 0.
        relative_tolerance: Fraction of gamma that is added to the tolerance; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients, until the switch.
        mean_square: Moving average v of the squared gradients, until the switch.
        mean_implied_rate: Moving average lambda of gamma, the learning rate of gradient descent that a step of Adam
            implies.
        descent_rate: Learning rate of gradient descent; zero before the switch.
        velocity: Velocity u of gradient descent, without the learning rate; zero before the switch.

    In pytorch_optimizer: pytorch_optimizer.SWATS.

    Reference:
        N. S. Keskar, R. Socher: Improving Generalization Performance by Switching from Adam to SGD. arXiv preprint,
        2017. https://arxiv.org/abs/1712.07628
    """

    id: ClassVar[str] = "swats"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-9,
        epsilon_root: float = 0.0,
        tolerance: float = 1e-9,
        relative_tolerance: float = 0.0,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            tolerance=tolerance,
            relative_tolerance=relative_tolerance,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Ftrl(Entry):
    """Moves to the minimum of the sum of all past linear models of the loss plus penalties, which can set weights
    to exactly zero.

        z <- z + g - (sqrt(n + g^2) - sqrt(n)) / learning_rate w
        n <- n + g^2
        w <- -(z - l1 sign(z)) / ((beta + sqrt(n)) / learning_rate + l2)          or 0 if |z| <= l1

    Variant of Adagrad: minimum of all past linear models with penalties.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: the length of each weight's first step if beta and the penalties are 0; a
            number above 0.
        beta: Added to the root of the sum of the squared gradients; a number of at least 0.
        l1: Coefficient of the penalty on the magnitude of each weight; a number of at least 0.
        l2: Coefficient of the penalty on the square of each weight; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        linear_term: Linear term z: the slope at zero of the sum of the linear models, each with a penalty around
            the weight where it was made.
        square_sum: Sum n of the squared gradients.

    In Keras: keras.optimizers.Ftrl.

    In pytorch_optimizer: pytorch_optimizer.FTRL.

    Reference:
        H. B. McMahan, G. Holt, D. Sculley, M. Young, D. Ebner, J. Grady, L. Nie, T. Phillips, E. Davydov, D.
        Golovin, S. Chikkerur, D. Liu, M. Wattenberg, A. M. Hrafnkelsson, T. Boulos, J. Kubica: Ad Click Prediction:
        a View from the Trenches. International Conference on Knowledge Discovery and Data Mining, 2013.
        https://doi.org/10.1145/2487575.2488200
    """

    id: ClassVar[str] = "ftrl"

    def __init__(
        self,
        learning_rate: float = 0.1,
        *,
        beta: float = 0.0,
        l1: float = 0.0,
        l2: float = 0.0,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta=beta,
            l1=l1,
            l2=l2,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class SimplifiedAdemamix(Entry):
    """Moves against the sum of a slow velocity and a multiple of the gradient, divided by the root mean square of
    the gradients.

        u <- beta1 u + g
        v <- beta2 v + (1 - beta2) g^2          v_hat = v / (1 - beta2^t)          t = 1 in the first step
        w <- w - learning_rate (u + alpha g) / (sqrt(v_hat + epsilon_root) + epsilon)

    Variant of Adam: sum of the gradient and a slow velocity.

    Tuning searches learning_rate from 1e-6 to 1 (log).

    Args:
        learning_rate: Learning rate; a number above 0.
        beta1: Fraction of the velocity that is kept; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        alpha: Factor of the gradient that is added to the velocity; a number of at least 0.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        velocity: Velocity u: the sum of the gradients, each multiplied by `beta1` in every later step.
        mean_square: Moving average v of the squared gradients.

    In optax: optax.contrib.simplified_ademamix.

    Reference:
        D. Morwani, N. Vyas, H. Zhang, S. Kakade: Connections between Schedule-Free Optimizers, AdEMAMix, and
        Accelerated SGD Variants. arXiv preprint, 2025. https://arxiv.org/abs/2502.02431
    """

    id: ClassVar[str] = "simplified-ademamix"

    def __init__(
        self,
        learning_rate: float = 0.0001,
        *,
        beta1: float = 0.99,
        beta2: float = 0.95,
        alpha: float = 0.0,
        epsilon: float = 1e-8,
        epsilon_root: float = 0.0,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "decoupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            alpha=alpha,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Lars(Entry):
    """Momentum whose learning rate in each layer is a fraction of the size of the weights, divided by the size of
    the gradient.

        trust_ratio = trust_coefficient |w| / (|g| + weight_decay |w| + epsilon) of each layer, or 1 if one of the norms is 0
        v <- momentum v - learning_rate trust_ratio (g + weight_decay w)
        w <- w + v          with nesterov: w <- w + momentum v - learning_rate trust_ratio (g + weight_decay w)

    Variant of layer-wise scaling: step of momentum, scaled to the size of the weights of its layer.

    Tuning searches learning_rate from 0.001 to 1000 (log).

    Args:
        learning_rate: Learning rate of all layers; a number above 0.
        momentum: Momentum: the fraction of the velocity that is kept; a number of at least 0 and below 1.
        nesterov: Whether the step looks one velocity ahead, as in `nesterov`; true or false.
        trust_coefficient: Length of the step of a layer relative to its weights, at a learning rate of 1 and
            without momentum; a number above 0.
        weight_decay: Weight decay: a fraction of the weights that is added to the gradient; a number of at least 0.
        norm: Norms of gradient and weight decay: `separate` norms are added, or the norm of their `sum` is used;
            separate, sum.
        epsilon: Added to the denominator of the trust ratio; a number of at least 0.
        biases: Biases and loose weights: `adapted` like matrices, or `plain` without trust ratio and decay;
            adapted, plain.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay_form: Form of the weight decay: `layer-wise` adds it to the update before it is scaled;
            `coupled` adds it to the gradient; `decoupled` subtracts it from the weights, times the learning rate;
            `cautious` only where it does not oppose the step; layer-wise, coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        velocity: Velocity v.
        trust_ratio: Factor of the learning rate in the layer of the weight; zero before the first step.

    In optax: optax.lars.

    In pytorch_optimizer: pytorch_optimizer.LARS.

    Reference:
        Y. You, I. Gitman, B. Ginsburg: Large Batch Training of Convolutional Networks. arXiv, 2017.
        https://arxiv.org/abs/1708.03888
    """

    id: ClassVar[str] = "lars"

    def __init__(
        self,
        learning_rate: float = 1.0,
        *,
        momentum: float = 0.9,
        nesterov: bool = False,
        trust_coefficient: float = 0.001,
        weight_decay: float = 0.0,
        norm: Literal["separate", "sum"] = "separate",
        epsilon: float = 0.0,
        biases: Literal["adapted", "plain"] = "adapted",
        schedule: str | Entry | None = None,
        weight_decay_form: Literal["layer-wise", "coupled", "decoupled", "cautious"] = "layer-wise",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            momentum=momentum,
            nesterov=nesterov,
            trust_coefficient=trust_coefficient,
            weight_decay=weight_decay,
            norm=norm,
            epsilon=epsilon,
            biases=biases,
            schedule=schedule,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Lamb(Entry):
    """Moves like Adam, with steps scaled such that their length is a fraction of the size of the weights in each
    layer.

        m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
        v <- beta2 v + (1 - beta2) g^2          v_hat = v / (1 - beta2^t)
        u = m_hat / (sqrt(v_hat + epsilon_root) + epsilon) + weight_decay w
        trust_ratio = min(|w|, norm_limit) / (|u| + ratio_epsilon) of each layer, or 1 if one of the norms is 0
        w <- w - learning_rate trust_ratio u

    Variant of layer-wise scaling: step of Adam, scaled to the size of the weights of its layer.

    Tuning searches learning_rate from 0.00001 to 1 (log).

    Args:
        learning_rate: Learning rate: the length of the step of each layer, relative to its weights; a number above
            0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        bias_correction: Quantities that are bias-corrected: `means`, the `rate`, or `none`; means, rate, none.
        weight_decay: Weight decay: a fraction of the weights that is added to the update before it is scaled; a
            number of at least 0.
        norm_limit: Limit of the size of the weights in the trust ratio; 0 means no limit; a number of at least 0.
        ratio_epsilon: Added to the size of the update in the trust ratio; a number of at least 0.
        biases: Biases and loose weights: `adapted` like matrices, or `plain` without trust ratio and decay;
            adapted, plain.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay_form: Form of the weight decay: `layer-wise` adds it to the update before it is scaled;
            `coupled` adds it to the gradient; `decoupled` subtracts it from the weights, times the learning rate;
            `cautious` only where it does not oppose the step; layer-wise, coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.
        trust_ratio: Size of the weights of the layer, divided by the size of its update; zero before the first
            step.

    In optax: optax.lamb.

    In Keras: keras.optimizers.Lamb.

    In pytorch_optimizer: pytorch_optimizer.Lamb.

    Reference:
        Y. You, J. Li, S. Reddi, J. Hseu, S. Kumar, S. Bhojanapalli, X. Song, J. Demmel, K. Keutzer, C.-J. Hsieh:
        Large Batch Optimization for Deep Learning: Training BERT in 76 minutes. International Conference on
        Learning Representations, 2020. https://arxiv.org/abs/1904.00962
    """

    id: ClassVar[str] = "lamb"

    def __init__(
        self,
        learning_rate: float = 0.01,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-6,
        epsilon_root: float = 0.0,
        bias_correction: Literal["means", "rate", "none"] = "means",
        weight_decay: float = 0.0,
        norm_limit: float = 0.0,
        ratio_epsilon: float = 0.0,
        biases: Literal["adapted", "plain"] = "adapted",
        schedule: str | Entry | None = None,
        weight_decay_form: Literal["layer-wise", "coupled", "decoupled", "cautious"] = "layer-wise",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            bias_correction=bias_correction,
            weight_decay=weight_decay,
            norm_limit=norm_limit,
            ratio_epsilon=ratio_epsilon,
            biases=biases,
            schedule=schedule,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Novograd(Entry):
    """Divides the gradient of each layer by the root of its mean squared norm, and moves by the sum of these
    gradients.

        v <- |g|^2 in the first step, then beta2 v + (1 - beta2) |g|^2          one number per layer
        u = g / (sqrt(v + epsilon_root) + epsilon) + weight_decay w
        m <- beta1 m + u          with averaging, after the first step: m <- beta1 m + (1 - beta1) u
        w <- w - learning_rate m

    Variant of layer-wise scaling: gradient divided by the mean size of the gradients of its layer.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate; a number above 0.
        beta1: Decay rate of the sum of the normalized gradients; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared norm of the gradients; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        weight_decay: Weight decay: a fraction of the weights that is added to the normalized gradient; a number of
            at least 0.
        averaging: Whether new gradients are multiplied by 1 - `beta1`; true or false.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay_form: Form of the weight decay: `layer-wise` adds it to the update before it is scaled;
            `coupled` adds it to the gradient; `decoupled` subtracts it from the weights, times the learning rate;
            `cautious` only where it does not oppose the step; layer-wise, coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        gradient_sum: Decaying sum m of the normalized gradients.
        mean_square_norm: Moving average v of the squared norms of the gradients of the layer.

    In optax: optax.novograd.

    In pytorch_optimizer: pytorch_optimizer.NovoGrad.

    Reference:
        B. Ginsburg, P. Castonguay, O. Hrinchuk, O. Kuchaiev, V. Lavrukhin, R. Leary, J. Li, H. Nguyen, Y. Zhang, J.
        M. Cohen: Stochastic Gradient Methods with Layer-wise Adaptive Moments for Training of Deep Networks. arXiv,
        2019. https://arxiv.org/abs/1905.11286
    """

    id: ClassVar[str] = "novograd"

    def __init__(
        self,
        learning_rate: float = 0.01,
        *,
        beta1: float = 0.95,
        beta2: float = 0.98,
        epsilon: float = 1e-8,
        epsilon_root: float = 0.0,
        weight_decay: float = 0.0,
        averaging: bool = False,
        schedule: str | Entry | None = None,
        weight_decay_form: Literal["layer-wise", "coupled", "decoupled", "cautious"] = "layer-wise",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            weight_decay=weight_decay,
            averaging=averaging,
            schedule=schedule,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Fromage(Entry):
    """Moves each layer against its gradient by a fraction of the size of its weights, and then shrinks the weights.

        trust_ratio = max(|w|, min_norm) / max(|g|, min_norm) of each layer, or 1 if one of the norms is 0
        w <- (w - learning_rate trust_ratio g) / sqrt(1 + learning_rate^2)

    Variant of layer-wise scaling: gradient scaled to the size of the weights of its layer, which then shrink.

    Tuning searches learning_rate from 0.0001 to 1 (log).

    Args:
        learning_rate: Learning rate: the length of the step of each layer, relative to its weights; a number above
            0.
        min_norm: Minimum of both norms; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        trust_ratio: Size of the weights of the layer, divided by the size of its gradient; zero before the first
            step.

    In optax: optax.fromage.

    In pytorch_optimizer: pytorch_optimizer.Fromage.

    Reference:
        J. Bernstein, A. Vahdat, Y. Yue, M.-Y. Liu: On the distance between two neural networks and the stability of
        learning. Advances in Neural Information Processing Systems 33, 2020. https://arxiv.org/abs/2002.03432
    """

    id: ClassVar[str] = "fromage"

    def __init__(
        self,
        learning_rate: float = 0.01,
        *,
        min_norm: float = 0.0,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            min_norm=min_norm,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Muon(Entry):
    """Moves every matrix against its momentum, after making all singular values of the momentum nearly equal: rare
    directions count as much as frequent ones.

        m <- momentum m + (1 - momentum) g
        u = momentum m + (1 - momentum) g          (u = m without Nesterov momentum)
        X = u / (|u| + epsilon)          steps times: X <- a X + (b X X^T + c (X X^T)^2) X
        w <- (1 - learning_rate weight_decay) w - learning_rate scale X
        scale = sqrt(max(1, columns / rows)), 0.2 sqrt(max(rows, columns)), or 1
        other weights: adamw

    Tuning searches learning_rate from 0.0001 to 1 (log), auxiliary.learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: the largest singular value of the step of a matrix, before the scale; a number
            above 0.
        momentum: Decay rate of the momentum, which is a mean of the gradients; a number of at least 0 and below 1.
        nesterov: Whether the gradient is added to the momentum again before the step; true or false.
        steps: Number of Newton-Schulz iterations; the exact coefficients need none; a whole number of at least 1
            and at most 50.
        coefficients: How the momentum is orthogonalized; keller, polar-express, exact.
        scaling: How the shape of a matrix scales its step; keller, moonlight, none.
        bias_correction: Whether the momentum is bias-corrected, as in optax; true or false.
        epsilon: Added to the norm to avoid a division by zero; a number of at least 0.
        auxiliary: Rule of the weights that are not part of a matrix; an auxiliary rule.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from all weights, times the learning rate; `cautious` only where it does not oppose the step; `matrices`
            from matrices only; coupled, decoupled, cautious, matrices.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients, the momentum of the matrices.
        orthogonalized: Momentum after the orthogonalization; zero for weights outside of matrices.
        mean_square: Moving average v of the squared gradients of the weights outside of matrices.

    In PyTorch: torch.optim.Muon.

    In optax: optax.contrib.muon.

    In Keras: keras.optimizers.Muon.

    Reference:
        K. Jordan, Y. Jin, V. Boza, J. You, F. Cesista, L. Newhouse, J. Bernstein: Muon: An optimizer for hidden
        layers in neural networks. Blog of K. Jordan, 2024. https://kellerjordan.github.io/posts/muon/
    """

    id: ClassVar[str] = "muon"

    def __init__(
        self,
        learning_rate: float = 0.02,
        *,
        momentum: float = 0.95,
        nesterov: bool = True,
        steps: int = 5,
        coefficients: Literal["keller", "polar-express", "exact"] = "keller",
        scaling: Literal["keller", "moonlight", "none"] = "keller",
        bias_correction: bool = False,
        epsilon: float = 1e-7,
        auxiliary: str | Entry = "adamw",
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious", "matrices"] = "matrices",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            momentum=momentum,
            nesterov=nesterov,
            steps=steps,
            coefficients=coefficients,
            scaling=scaling,
            bias_correction=bias_correction,
            epsilon=epsilon,
            auxiliary=auxiliary,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class SpectralDescent(Entry):
    """Replaces all singular values of the gradient of a matrix by 1: the steepest descent if the length of a step
    is its largest singular value. It is the sign of the gradient in the sense of matrices.

        G = U S V^T          D = U V^T, or sum_i S_ii U V^T for the nuclear scale
        w <- w - learning_rate D

    Tuning searches learning_rate from 0.0001 to 1 (log).

    Args:
        learning_rate: Learning rate: the largest singular value of the step of a matrix, before the scale; a number
            above 0.
        scale: Factor of the step of a matrix; none, nuclear.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        direction: Gradient with equal singular values, times the scale.

    Reference:
        D. Carlson, E. Collins, Y.-P. Hsieh, L. Carin, V. Cevher: Preconditioned Spectral Descent for Deep Learning.
        Advances in Neural Information Processing Systems 28, 2015.
        https://proceedings.neurips.cc/paper/2015/hash/f50a6c02a3fc5a3a5d4d9391f05f3efc-Abstract.html
    """

    id: ClassVar[str] = "spectral-descent"

    def __init__(
        self,
        learning_rate: float = 0.02,
        *,
        scale: Literal["none", "nuclear"] = "none",
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            scale=scale,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Shampoo(Entry):
    """Multiplies the gradient of a matrix by one preconditioner for its rows and one for its columns, which
    remember how the gradients of the rows, and those of the columns, are correlated.

        L <- L + G G^T          R <- R + G^T G
        D = (L + epsilon I)^power G (R + epsilon I)^power
        w <- w - learning_rate scale D
        scale = 1, or with grafting: norm of the step of another rule / norm of D

    Tuning searches learning_rate from 0.0001 to 10 (log).

    Args:
        learning_rate: Learning rate; a number above 0.
        power: Power of both preconditioners; twice this power for a vector; a number of at least -1 and at most 0.
        accumulation: How L and R remember earlier gradients; sum, mean, none.
        beta2: Decay rate of L and R with `accumulation=mean`; a number of at least 0 and below 1.
        grafting: Rule whose step determines the length of the step of each block; none, sgd, adagrad.
        epsilon: Added to the eigenvalues of L and R; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        left_factor: Sum or mean L of the products of the rows of the gradients.
        right_factor: Sum or mean R of the products of the columns of the gradients.
        direction: Gradient multiplied by both preconditioners and the scale.
        sum_of_squares: Sum of the squared gradients, if the length of the step is that of Adagrad.

    In pytorch_optimizer: pytorch_optimizer.Shampoo.

    Reference:
        V. Gupta, T. Koren, Y. Singer: Shampoo: Preconditioned Stochastic Tensor Optimization. International
        Conference on Machine Learning, 2018. https://arxiv.org/abs/1802.09568
    """

    id: ClassVar[str] = "shampoo"

    def __init__(
        self,
        learning_rate: float = 0.1,
        *,
        power: float = -0.25,
        accumulation: Literal["sum", "mean", "none"] = "sum",
        beta2: float = 0.99,
        grafting: Literal["none", "sgd", "adagrad"] = "none",
        epsilon: float = 1e-6,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            power=power,
            accumulation=accumulation,
            beta2=beta2,
            grafting=grafting,
            epsilon=epsilon,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Soap(Entry):
    """Runs Adam in rotated coordinates: the axes are the eigenvectors of the preconditioners of Shampoo, one basis
    for the rows and one for the columns of a matrix.

        L <- beta L + (1 - beta) G G^T          R <- beta R + (1 - beta) G^T G          beta = shampoo_beta
        G' = P G Q^T          m <- beta1 m + (1 - beta1) G          v <- beta2 v + (1 - beta2) G'^2
        D = P^T (P m Q^T / (sqrt(v) + epsilon)) Q sqrt(1 - beta2^t) / (1 - beta1^t)
        w <- (1 - learning_rate weight_decay) w - learning_rate D          then L, R, and every few steps P, Q

    Tuning searches learning_rate from 0.00001 to 1 (log).

    Args:
        learning_rate: Learning rate: approximately the length of the step along each axis of the basis; a number
            above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        shampoo_beta: Decay rate of the preconditioners L and R; a number of at least 0 and below 1.
        precondition_frequency: Number of steps from one update of the bases to the next; a whole number of at least
            1 and at most 1000000000.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients along the axes of the bases.
        left_factor: Mean L of the products of the rows of the gradients.
        right_factor: Mean R of the products of the columns of the gradients.
        left_basis: Basis P of the rows, one axis per row.
        right_basis: Basis Q of the columns, one axis per row.
        direction: Mean gradient divided by the root of the mean square along the axes of the bases.

    In pytorch_optimizer: pytorch_optimizer.SOAP.

    Reference:
        N. Vyas, D. Morwani, R. Zhao, M. Kwun, I. Shapira, D. Brandfonbrener, L. Janson, S. Kakade: SOAP: Improving
        and Stabilizing Shampoo using Adam. International Conference on Learning Representations, 2025.
        https://arxiv.org/abs/2409.11321
    """

    id: ClassVar[str] = "soap"

    def __init__(
        self,
        learning_rate: float = 0.003,
        *,
        beta1: float = 0.95,
        beta2: float = 0.95,
        shampoo_beta: float = 0.95,
        precondition_frequency: int = 10,
        epsilon: float = 1e-8,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "decoupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            shampoo_beta=shampoo_beta,
            precondition_frequency=precondition_frequency,
            epsilon=epsilon,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Kron(Entry):
    """Learns one triangular preconditioner for the rows and one for the columns of a matrix, such that
    preconditioned gradients become equally large in all directions.

        m <- momentum m + (1 - momentum) g          M = m / (1 - momentum^t)
        A = Q_l M Q_r^T          B = Q_l^(-T) V Q_r^(-1)          V: normal random numbers
        Q_l <- Q_l - preconditioner_rate upper(A A^T - B B^T) Q_l / norm(A A^T + B B^T)          Q_r with A^T A, B^T B
        D = Q_l^T Q_l M Q_r^T Q_r, at most 1.1 in the root mean square
        w <- w - learning_rate (D + weight_decay w)

    Tuning searches learning_rate from 0.00001 to 1 (log).

    Args:
        learning_rate: Learning rate; a number above 0.
        momentum: Decay rate of the mean gradient; a number of at least 0 and below 1.
        preconditioner_rate: Rate at which the preconditioners learn; a number of at least 0 and at most 1.
        balance_interval: Number of updates from one balancing of the preconditioners to the next; a whole number of
            at least 1 and at most 1000000000.
        seed: Seed of the random numbers V; a whole number of at least 0 and at most 9000000000000000.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from all weights, times the learning rate; `cautious` only where it does not oppose the step; `matrices`
            from matrices only; coupled, decoupled, cautious, matrices.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        left_factor: Preconditioner of the rows, an upper triangular matrix.
        right_factor: Preconditioner of the columns, an upper triangular matrix; diagonal for a vector.
        direction: Mean gradient multiplied by both preconditioners.

    In pytorch_optimizer: pytorch_optimizer.Kron.

    Reference:
        X.-L. Li: Preconditioned Stochastic Gradient Descent. IEEE Transactions on Neural Networks and Learning
        Systems 29(5), 2018. https://arxiv.org/abs/1512.04202
    """

    id: ClassVar[str] = "kron"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        momentum: float = 0.9,
        preconditioner_rate: float = 0.1,
        balance_interval: int = 100,
        seed: int = 1,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious", "matrices"] = "matrices",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            momentum=momentum,
            preconditioner_rate=preconditioner_rate,
            balance_interval=balance_interval,
            seed=seed,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Galore(Entry):
    """Runs Adam on a projection of the gradient of a matrix to its largest singular vectors, which needs less
    memory.

        G = U S V^T every projection_interval steps          Q = the first `rank` columns of V, or of U if G is wide
        G' = G Q, or Q^T G          m <- beta1 m + (1 - beta1) G'          v <- beta2 v + (1 - beta2) G'^2
        D = scale (m / (sqrt(v) + epsilon)) Q^T, or scale Q (m / (sqrt(v) + epsilon))
        w <- (1 - learning_rate weight_decay) w - learning_rate D sqrt(1 - beta2^t) / (1 - beta1^t)

    Tuning searches learning_rate from 0.00001 to 1 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step outside of matrices; a number
            above 0.
        rank: Number of singular vectors; a whole number of at least 1 and at most 1000000000.
        projection_interval: Number of steps from one projection to the next; a whole number of at least 1 and at
            most 1000000000.
        scale: Factor of the steps of matrices; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        projected_mean: Moving average m of the projected gradients: as many columns or rows of the block as axes,
            then zeros.
        projected_square: Moving average v of the squared projected gradients: as many columns or rows of the block
            as axes, then zeros.
        left_basis: Axes of the projection of the rows of a block, one per row; zero if its columns are projected.
        right_basis: Axes of the projection of the columns of a block, one per row; zero if its rows are projected.
        direction: Step without the learning rate, with the opposite sign.

    In pytorch_optimizer: pytorch_optimizer.GaLore.

    Reference:
        J. Zhao, Z. Zhang, B. Chen, Z. Wang, A. Anandkumar, Y. Tian: GaLore: Memory-Efficient LLM Training by
        Gradient Low-Rank Projection. International Conference on Machine Learning, 2024.
        https://arxiv.org/abs/2403.03507
    """

    id: ClassVar[str] = "galore"

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        rank: int = 4,
        projection_interval: int = 200,
        scale: float = 0.25,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-6,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "decoupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            rank=rank,
            projection_interval=projection_interval,
            scale=scale,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Cocob(Entry):
    """Bets a fraction of its winnings on the sign of each gradient: weights move far while their gradients agree.

        L <- max(L, |g|)                          largest gradient, at first epsilon
        G <- G + |g|                              sum of the absolute gradients
        R <- max(R - g (w - w_0), 0)              winnings
        C <- C - g                                sum of the negative gradients
        w <- w_0 + C / (L max(G + L, alpha L)) (L + R)

    Tuning searches alpha from 1 to 1000 (log).

    Args:
        alpha: The first bets are at most 1 / alpha of the winnings; a number above 0.
        epsilon: Initial value of the largest gradient; a number above 0.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        max_gradient: Largest absolute gradient L so far.
        gradient_sum: Sum G of the absolute gradients.
        winnings: Winnings R of the bets so far.
        negative_sum: Sum C of the negative gradients.
        initial_weight: Initial point.

    In optax: optax.contrib.cocob.

    Reference:
        F. Orabona, T. Tommasi: Training Deep Networks without Learning Rates Through Coin Betting. Advances in
        Neural Information Processing Systems, 2017. https://arxiv.org/abs/1705.07795
    """

    id: ClassVar[str] = "cocob"

    def __init__(
        self,
        alpha: float = 100.0,
        *,
        epsilon: float = 1e-8,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            alpha=alpha,
            epsilon=epsilon,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class PolyakSgd(Entry):
    """Moves against the gradient as far as the loss would need to fall to its minimum if it were linear.

        step = min(max(E - minimum, 0) / |g|^2, max_step)
        w <- w - learning_rate step g

    Tuning searches learning_rate from 0.01 to 2 (log).

    Args:
        learning_rate: Factor of the step size; a number above 0.
        max_step: Maximum of the step size; a number above 0.
        minimum: The minimum of the loss, by default the loss at the known minimum of the problem, or 0. At a
            smaller loss, the run rests; a number of at least -1000000000 and at most 1000000000. The default is
            that of the problem, or else 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        step_size: Step size of this step without the learning rate.

    In optax: optax.polyak_sgd.

    Reference:
        N. Loizou, S. Vaswani, I. Laradji, S. Lacoste-Julien: Stochastic Polyak Step-size for SGD: An Adaptive
        Learning Rate for Fast Convergence. International Conference on Artificial Intelligence and Statistics,
        2021. https://arxiv.org/abs/2002.10542
    """

    id: ClassVar[str] = "polyak-sgd"

    def __init__(
        self,
        learning_rate: float = 1.0,
        *,
        max_step: float = 1.0,
        minimum: float | EllipsisType = ...,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            max_step=max_step,
            minimum=minimum,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Momo(Entry):
    """Moves against the mean gradient, at most to the point where the mean of the linear models of past losses is
    at its minimum.

        m <- beta m + (1 - beta) g          f <- beta f + (1 - beta) E          c <- beta c + (1 - beta) g . w
        step = min(learning_rate, max(f - minimum - c + m . w, 0) / |m|^2)
        w <- w - step m

    Variant of MoMo: step along the mean gradient.

    Tuning searches learning_rate from 0.001 to 1000 (log).

    Args:
        learning_rate: Maximum of the step size; a number above 0.
        beta: Decay rate of the means; a number of at least 0 and below 1.
        minimum: A lower bound of the loss, by default the loss at the known minimum of the problem, or 0; a number
            of at least -1000000000 and at most 1000000000. The default is that of the problem, or else 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_loss: Moving average f of the losses.
        mean_product: Moving average c of the products of gradients and weights.
        step_size: Step size of this step.

    In optax: optax.contrib.momo.

    Reference:
        F. Schaipp, R. Ohana, M. Eickenberg, A. Defazio, R. M. Gower: MoMo: Momentum Models for Adaptive Learning
        Rates. International Conference on Machine Learning, 2024. https://arxiv.org/abs/2305.07583
    """

    id: ClassVar[str] = "momo"

    def __init__(
        self,
        learning_rate: float = 1.0,
        *,
        beta: float = 0.9,
        minimum: float | EllipsisType = ...,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta=beta,
            minimum=minimum,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class MomoAdam(Entry):
    """Moves like Adam, at most to the point where the mean of the linear models of past losses is at its minimum.

        m <- beta1 m + (1 - beta1) g          v <- beta2 v + (1 - beta2) g^2          t = 1 in the first step
        f <- beta1 f + (1 - beta1) E          c <- beta1 c + (1 - beta1) g . w
        u = m / (sqrt(v / (1 - beta2^t)) + epsilon)
        step = min(learning_rate / (1 - beta1^t), max(f - (1 - beta1^t) minimum - c + m . w, 0) / (m . u))
        w <- w - step u

    Variant of MoMo: step of Adam.

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Maximum of the learning rate; a number above 0.
        beta1: Decay rate of the means of gradients and losses; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number above 0.
        minimum: A lower bound of the loss, by default the loss at the known minimum of the problem, or 0; a number
            of at least -1000000000 and at most 1000000000. The default is that of the problem, or else 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.
        mean_loss: Moving average f of the losses.
        mean_product: Moving average c of the products of gradients and weights.
        step_size: Step size of this step.

    In optax: optax.contrib.momo_adam.

    Reference:
        F. Schaipp, R. Ohana, M. Eickenberg, A. Defazio, R. M. Gower: MoMo: Momentum Models for Adaptive Learning
        Rates. International Conference on Machine Learning, 2024. https://arxiv.org/abs/2305.07583
    """

    id: ClassVar[str] = "momo-adam"

    def __init__(
        self,
        learning_rate: float = 0.01,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        minimum: float | EllipsisType = ...,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            minimum=minimum,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Dog(Entry):
    """Moves against the gradient, with the largest distance from the initial point divided by the root of all
    squared gradients.

        r <- max(r, |w - w_0|)          r = initial_distance (1 + |w_0|) before the first step
        G <- G + |g|^2
        w <- w - learning_rate r / sqrt(G + epsilon) g

    Variant of DoG: sum of the squared gradients.

    Tuning searches learning_rate from 0.01 to 10 (log).

    Args:
        learning_rate: Factor of the step size; a number above 0.
        initial_distance: Initial distance, as a fraction of 1 plus the length of the weights; a number above 0.
        epsilon: Added to the sum of the squared gradients; a number above 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        max_distance: Largest distance r from the initial point so far.
        square_sum: Sum G of the squared lengths of the gradients.
        initial_weight: Initial point.

    In optax: optax.contrib.dog.

    Reference:
        M. Ivgi, O. Hinder, Y. Carmon: DoG is SGD's Best Friend: A Parameter-Free Dynamic Step Size Schedule.
        International Conference on Machine Learning, 2023. https://arxiv.org/abs/2302.12022
    """

    id: ClassVar[str] = "dog"

    def __init__(
        self,
        learning_rate: float = 1.0,
        *,
        initial_distance: float = 1e-6,
        epsilon: float = 1e-8,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            initial_distance=initial_distance,
            epsilon=epsilon,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Dowg(Entry):
    """Moves like `DoG`, but the sum weighs each squared gradient by the squared distance at its step.

        r^2 <- max(r^2, |w - w_0|^2)          r^2 = initial_square before the first step
        G <- G + r^2 |g|^2
        w <- w - learning_rate r^2 / (sqrt(G) + epsilon) g

    Variant of DoG: sum of the squared gradients, weighted by the distance.

    Tuning searches learning_rate from 0.01 to 10 (log).

    Args:
        learning_rate: Factor of the step size; a number above 0.
        initial_square: Initial squared distance; a number above 0.
        epsilon: Added to the root of the sum; a number above 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        max_square_distance: Largest squared distance from the initial point so far.
        weighted_sum: Sum G of the squared lengths of the gradients, each times the squared distance at its step.
        initial_weight: Initial point.

    In optax: optax.contrib.dowg.

    Reference:
        A. Khaled, K. Mishchenko, C. Jin: DoWG Unleashed: An Efficient Universal Parameter-Free Gradient Descent
        Method. Advances in Neural Information Processing Systems, 2023. https://arxiv.org/abs/2305.16284
    """

    id: ClassVar[str] = "dowg"

    def __init__(
        self,
        learning_rate: float = 1.0,
        *,
        initial_square: float = 0.0001,
        epsilon: float = 0.0001,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            initial_square=initial_square,
            epsilon=epsilon,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class DadaptAdamw(Entry):
    """Moves like Adam, with a learning rate that is a growing lower bound of the distance to the solution.

        rate = distance learning_rate sqrt(1 - beta2^t) / (1 - beta1^t)               t = 1 in the first step
        n <- c n + (1 - c) rate g . (s / (sqrt(v) + epsilon))                         c = sqrt(beta2)
        m <- beta1 m + (1 - beta1) rate g          v <- beta2 v + (1 - beta2) g^2          s <- c s + (1 - c) rate g
        distance <- max(distance, n / ((1 - c) |s|_1))
        w <- w - m / (sqrt(v) + epsilon)

    Variant of D-Adaptation: bound of the distance from the gradients alone.

    Tuning searches learning_rate from 0.01 to 10 (log).

    Args:
        learning_rate: Factor of the estimated learning rate; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number above 0.
        initial_distance: Initial estimate of the distance; a number above 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        distance: Estimate of the distance to the solution: a lower bound that grows.
        mean_step: Moving average m of the gradients times their learning rates.
        mean_square: Moving average v of the squared gradients.
        slow_mean_step: Slow moving average s of the gradients times their learning rates.
        numerator: Numerator n of the bound.

    In optax: optax.contrib.dadapt_adamw.

    Reference:
        A. Defazio, K. Mishchenko: Learning-Rate-Free Learning by D-Adaptation. International Conference on Machine
        Learning, 2023. https://arxiv.org/abs/2301.07733
    """

    id: ClassVar[str] = "dadapt-adamw"

    def __init__(
        self,
        learning_rate: float = 1.0,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        initial_distance: float = 1e-6,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            initial_distance=initial_distance,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class Prodigy(Entry):
    """Moves like Adam, with a learning rate that grows with the distance that the run has moved along its
    gradients.

        rate = distance learning_rate sqrt(1 - beta2^t) / (1 - beta1^t)               t = 1 in the first step
        n <- c n + distance / initial_distance rate g . (w_0 - w)                     c = sqrt(beta2)
        m <- beta1 m + (1 - beta1) distance g          v <- beta2 v + (1 - beta2) distance^2 g^2
        s <- c s + distance / initial_distance rate g
        distance <- max(distance, growth n / |s|_1)
        w <- w - rate m / (sqrt(v) + distance epsilon)

    Variant of D-Adaptation: bound of the distance from the gradients and the moved distance.

    Tuning searches learning_rate from 0.01 to 10 (log).

    Args:
        learning_rate: Factor of the estimated learning rate; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number above 0.
        initial_distance: Initial estimate of the distance; a number above 0.
        growth: Factor of the estimate; a number above 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        distance: Estimate of the distance to the solution, which grows.
        mean_gradient: Moving average m of the gradients times the estimates.
        mean_square: Moving average v of the squared gradients times the squared estimates.
        slow_sum: Slow weighted sum s of the gradients.
        numerator: Numerator n of the estimate.
        initial_weight: Initial point.

    In optax: optax.contrib.prodigy.

    In pytorch_optimizer: pytorch_optimizer.Prodigy.

    Reference:
        K. Mishchenko, A. Defazio: Prodigy: An Expeditiously Adaptive Parameter-Free Learner. International
        Conference on Machine Learning, 2024. https://arxiv.org/abs/2306.06101
    """

    id: ClassVar[str] = "prodigy"

    def __init__(
        self,
        learning_rate: float = 1.0,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        initial_distance: float = 1e-6,
        growth: float = 1.0,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            initial_distance=initial_distance,
            growth=growth,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )


class ConjugateGradient(Entry):
    """Searches along the negative gradient plus a multiple of the previous direction, so that the directions are
    conjugate.

        p <- -g + beta p          w <- w + t p, t from the search

        fletcher-reeves     g.g / o.o          hestenes-stiefel    g.y / p.y
        polak-ribiere       g.y / o.o          dai-yuan            g.g / p.y
        polak-ribiere-plus  the same, >= 0     liu-storey         -g.y / p.o
        o the last gradient, y = g - o         conjugate-descent  -g.g / p.o
        hager-zhang         (y - 2 p y.y / p.y).g / p.y, >= -1 / (|p| min(0.01, |o|))

    Args:
        beta: Formula for the coefficient beta of the previous direction; fletcher-reeves, polak-ribiere,
            polak-ribiere-plus, hestenes-stiefel, liu-storey, dai-yuan, conjugate-descent, hager-zhang.
        restart: Number of epochs between restarts with the gradient direction; 0 never restarts. The default is the
            number of weights; a whole number of at least 0 and at most 1000000000.
        search: Line search that selects the step size; a line search.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        direction: Search direction p of this step; zero before the first step.
        gradient: Gradient of this step; zero before the first step.
        age: Number of directions since the last restart, including this one.

    Reference:
        R. Fletcher, C. M. Reeves: Function minimization by conjugate gradients. The Computer Journal 7(2), 1964.
        https://doi.org/10.1093/comjnl/7.2.149
    """

    id: ClassVar[str] = "conjugate-gradient"

    def __init__(
        self,
        beta: Literal["fletcher-reeves", "polak-ribiere", "polak-ribiere-plus", "hestenes-stiefel", "liu-storey", "dai-yuan", "conjugate-descent", "hager-zhang"] = "fletcher-reeves",
        *,
        restart: int | None = None,
        search: str | Entry = "strong-wolfe",
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            beta=beta,
            restart=restart,
            search=search,
            regularizer=regularizer,
            batch=batch,
        )


class Bfgs(Entry):
    """Approximates the inverse Hessian with rank-two updates and searches along the resulting quasi-Newton
    direction.

        w <- w - t H g, t from the search          s = the step, y = the change of g
        H <- (I - s y^T / y.s) H (I - y s^T / y.s) + s s^T / y.s

    Variant of quasi-Newton updates: rank-two update, the smallest change of the inverse Hessian in a weighted norm.

    Tuning searches initial_scale from 0.001 to 1000 (log).

    Args:
        initial_scale: Initial value of H, as a multiple of the identity matrix; a number above 0.
        search: Line search that selects the step size; a line search.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        inverse_hessian: Approximate inverse Hessian H of this step.
        position: Weights before this step.
        gradient: Gradient before this step; zero before the first step.

    Reference:
        R. Fletcher: A new approach to variable metric algorithms. The Computer Journal 13(3), 1970.
        https://doi.org/10.1093/comjnl/13.3.317
    """

    id: ClassVar[str] = "bfgs"

    def __init__(
        self,
        initial_scale: float = 1.0,
        *,
        search: str | Entry = "strong-wolfe",
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            initial_scale=initial_scale,
            search=search,
            regularizer=regularizer,
            batch=batch,
        )


class Dfp(Entry):
    """Approximates the inverse Hessian with the oldest rank-two update and searches along the quasi-Newton
    direction.

        w <- w - t H g, t from the search          s = the step, y = the change of g
        H <- H - H y y^T H / y.Hy + s s^T / y.s

    Variant of quasi-Newton updates: rank-two update, the smallest change of the Hessian in a weighted norm.

    Tuning searches initial_scale from 0.001 to 1000 (log).

    Args:
        initial_scale: Initial value of H, as a multiple of the identity matrix; a number above 0.
        search: Line search that selects the step size; a line search.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        inverse_hessian: Approximate inverse Hessian H of this step.
        position: Weights before this step.
        gradient: Gradient before this step; zero before the first step.

    Reference:
        R. Fletcher, M. J. D. Powell: A rapidly convergent descent method for minimization. The Computer Journal
        6(2), 1963. https://doi.org/10.1093/comjnl/6.2.163
    """

    id: ClassVar[str] = "dfp"

    def __init__(
        self,
        initial_scale: float = 1.0,
        *,
        search: str | Entry = "strong-wolfe",
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            initial_scale=initial_scale,
            search=search,
            regularizer=regularizer,
            batch=batch,
        )


class Sr1(Entry):
    """Approximates the inverse Hessian, including negative curvature, with symmetric rank-one updates.

        w <- w - t H g, t from the search          s = the step, y = the change of g
        H <- H + u u^T / u.y, u = s - H y, unless |u.y| < 1e-8 |u| |y|

    Variant of quasi-Newton updates: rank-one update, which may make H indefinite.

    Tuning searches initial_scale from 0.001 to 1000 (log).

    Args:
        initial_scale: Initial value of H, as a multiple of the identity matrix; a number above 0.
        search: Line search that selects the step size; a line search.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        inverse_hessian: Approximate inverse Hessian H of this step.
        position: Weights before this step.
        gradient: Gradient before this step; zero before the first step.

    Reference:
        A. R. Conn, N. I. M. Gould, P. L. Toint: Convergence of quasi-Newton matrices generated by the symmetric
        rank one update. Mathematical Programming 50, 1991. https://doi.org/10.1007/BF01594934
    """

    id: ClassVar[str] = "sr1"

    def __init__(
        self,
        initial_scale: float = 1.0,
        *,
        search: str | Entry = "strong-wolfe",
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            initial_scale=initial_scale,
            search=search,
            regularizer=regularizer,
            batch=batch,
        )


class Psb(Entry):
    """Approximates the inverse Hessian with the smallest symmetric update that fits the last step.

        w <- w - t H g, t from the search          s = the step, y = the change of g
        H <- H + (u y^T + y u^T) / y.y - (y.u) y y^T / (y.y)^2, u = s - H y

    Variant of quasi-Newton updates: symmetric update of the inverse Hessian with the smallest Frobenius norm.

    Tuning searches initial_scale from 0.001 to 1000 (log).

    Args:
        initial_scale: Initial value of H, as a multiple of the identity matrix; a number above 0.
        search: Line search that selects the step size; a line search.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        inverse_hessian: Approximate inverse Hessian H of this step.
        position: Weights before this step.
        gradient: Gradient before this step; zero before the first step.

    Reference:
        J. Greenstadt: Variations on variable-metric methods. Mathematics of Computation 24(109), 1970.
    """

    id: ClassVar[str] = "psb"

    def __init__(
        self,
        initial_scale: float = 1.0,
        *,
        search: str | Entry = "strong-wolfe",
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            initial_scale=initial_scale,
            search=search,
            regularizer=regularizer,
            batch=batch,
        )


class Lbfgs(Entry):
    """Computes the BFGS direction from the last few steps, without storing a matrix, so that many weights need
    little memory.

        w <- w - t H g, t from the search, which tries min(1, 1 / |g|_1) in the first step, then 1
        H: gamma I with gamma = y.s / y.y, updated as in BFGS with the last steps s and changes y of g

    Variant of quasi-Newton updates: BFGS update of the last steps, without a stored matrix.

    Args:
        memory: Maximum number of stored steps; a whole number of at least 1 and at most 1000000.
        min_curvature: Only steps with y.s above this number are stored; a number of at least 0.
        search: Line search that selects the step size; a line search.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        position: Weights before this step.
        gradient: Gradient before this step; zero before the first step.
        step: Newest stored step s; zero before the first one.
        change: Change y of the gradient over the newest stored step; zero before the first one.
        scale: Scale gamma of the initial inverse Hessian.
        remembered: Number of stored steps.

    In PyTorch: torch.optim.LBFGS.

    In optax: optax.lbfgs.

    Reference:
        D. C. Liu, J. Nocedal: On the limited memory BFGS method for large scale optimization. Mathematical
        Programming 45, 1989. https://doi.org/10.1007/BF01589116
    """

    id: ClassVar[str] = "lbfgs"

    def __init__(
        self,
        memory: int = 10,
        *,
        min_curvature: float = 1e-10,
        search: str | Entry = "strong-wolfe",
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            memory=memory,
            min_curvature=min_curvature,
            search=search,
            regularizer=regularizer,
            batch=batch,
        )


class Newton(Entry):
    """Moves to the point where the gradient would be zero if the Hessian were constant.

        w <- w - t (H + c I)^-1 g          c = damping, t from the search

    Tuning searches damping from 1e-6 to 10 (log).

    Args:
        damping: Damping c, which is added to the diagonal of the Hessian; a number of at least 0.
        search: Line search that selects the step size; a line search.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        hessian: Hessian plus damping before this step; zero before the first step.

    Reference:
        S. M. Goldfeld, R. E. Quandt, H. F. Trotter: Maximization by quadratic hill-climbing. Econometrica 34(3),
        1966. https://doi.org/10.2307/1909768
    """

    id: ClassVar[str] = "newton"

    def __init__(
        self,
        damping: float = 0.01,
        *,
        search: str | Entry = "fixed",
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            damping=damping,
            search=search,
            regularizer=regularizer,
            batch=batch,
        )


class HessianDiagonal(Entry):
    """Divides the gradient of each weight by its second derivative, as if the Hessian were diagonal.

        w <- w - eta g / h          h = the diagonal of H; -1 / min_eigval <= 1 / h <= 1 / min_eigval

    Tuning searches learning_rate from 0.001 to 1 (log).

    Args:
        learning_rate: Learning rate eta: the fraction of the full Newton step; a number above 0.
        min_eigval: Minimum magnitude of the curvature that divides the gradient; a number above 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        curvature: Second derivative of the loss with respect to each weight before this step; zero before the first
            step.

    Reference:
        S. Becker, Y. Le Cun: Improving the convergence of back-propagation learning with second order methods.
        Proceedings of the 1988 Connectionist Models Summer School, 1989.
    """

    id: ClassVar[str] = "hessian-diagonal"

    def __init__(
        self,
        learning_rate: float = 0.1,
        *,
        min_eigval: float = 0.01,
        schedule: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            min_eigval=min_eigval,
            schedule=schedule,
            regularizer=regularizer,
            batch=batch,
        )


class GaussNewton(Entry):
    """Moves to the minimum of the sum of squares of the linearized residuals.

        w <- w - t (J^T J)^-1 J^T r          r = p - y, J = the Jacobian of r, t from the search

    Variant of least squares: without damping.

    Args:
        search: Line search that selects the step size; a line search.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        normal_matrix: Normal matrix J^T J before this step; zero before the first step.

    Reference:
        C. F. Gauss: Theoria motus corporum coelestium in sectionibus conicis solem ambientium. Perthes und Besser,
        1809.
    """

    id: ClassVar[str] = "gauss-newton"

    def __init__(
        self,
        search: str | Entry = "fixed",
        *,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            search=search,
            batch=batch,
        )


class LevenbergMarquardt(Entry):
    """Interpolates between the Gauss-Newton step and gradient descent: the damping rises until the step decreases
    the loss.

        w <- w - (J^T J + mu I)^-1 J^T r          J = the Jacobian of r, mu = damping at first
        the loss falls:  accept the step; mu <- mu / factor
        else:            undo it; mu <- factor mu; repeat

    Variant of least squares: damping adapted to the loss.

    Tuning searches damping from 1e-6 to 100 (log).

    Args:
        damping: Initial damping mu; without `repeat`, the first epoch already divides it by `factor`; a number
            above 0.
        factor: Factor that multiplies mu after a step that did not decrease the loss, and divides it after a step
            that did; a number of at least 1.
        residuals: Whether the residuals are the errors of the outputs or their squares; errors, squared-errors.
        repeat: Whether a step that does not decrease the loss is undone and repeated with more damping; true or
            false.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        damping: Damping mu of this step.
        start_loss: Loss at the beginning of this step; infinite before the first step.
        damped_matrix: Damped matrix J^T J + mu I of this step; zero before the first step.

    Reference:
        D. W. Marquardt: An algorithm for least-squares estimation of nonlinear parameters. Journal of the Society
        for Industrial and Applied Mathematics 11(2), 1963. https://doi.org/10.1137/0111030
    """

    id: ClassVar[str] = "levenberg-marquardt"

    def __init__(
        self,
        damping: float = 0.01,
        *,
        factor: float = 1.2,
        residuals: Literal["errors", "squared-errors"] = "errors",
        repeat: bool = True,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            damping=damping,
            factor=factor,
            residuals=residuals,
            repeat=repeat,
            batch=batch,
        )


class Sophia(Entry):
    """Divides the mean gradient by the mean curvature of each weight, and limits the result, so that flat and
    concave regions are safe.

        m <- beta1 m + (1 - beta1) g
        h <- beta2 h + (1 - beta2) diag(H)          every update_interval steps, at first in step 1
        w <- w - learning_rate clip(m / max(gamma h, epsilon), clip_threshold)

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: the maximum step of each weight if the clip threshold is 1; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean curvature; a number of at least 0 and below 1.
        gamma: Factor of the mean curvature; a smaller factor limits more steps; a number above 0.
        clip_threshold: Maximum magnitude of the ratio of the mean gradient and the mean curvature; a number above
            0.
        update_interval: Number of steps between two evaluations of the Hessian; a whole number of at least 1 and at
            most 1000000000.
        epsilon: Minimum of the divisor; a number above 0.
        weight_decay: Weight decay: each step subtracts this fraction of the weights, times the learning rate; a
            number of at least 0.
        diagonal: How the diagonal of the Hessian is computed; exact, hutchinson.
        seed: Seed of the random signs of `diagonal=hutchinson`; a whole number of at least 0 and at most
            9000000000000000.
        bias_correction: Whether the mean gradient is bias-corrected, as in optax; true or false.
        delayed: Whether the mean curvature is updated after the step instead of before it, as in optax; true or
            false.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_curvature: Moving average h of the diagonal of the Hessian.

    In optax: optax.contrib.sophia.

    Reference:
        H. Liu, Z. Li, D. Hall, P. Liang, T. Ma: Sophia: A Scalable Stochastic Second-order Optimizer for Language
        Model Pre-training. International Conference on Learning Representations, 2024.
        https://arxiv.org/abs/2305.14342
    """

    id: ClassVar[str] = "sophia"

    def __init__(
        self,
        learning_rate: float = 0.01,
        *,
        beta1: float = 0.965,
        beta2: float = 0.99,
        gamma: float = 0.01,
        clip_threshold: float = 1.0,
        update_interval: int = 10,
        epsilon: float = 1e-12,
        weight_decay: float = 0.0,
        diagonal: Literal["exact", "hutchinson"] = "exact",
        seed: int = 1,
        bias_correction: bool = False,
        delayed: bool = False,
        schedule: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            gamma=gamma,
            clip_threshold=clip_threshold,
            update_interval=update_interval,
            epsilon=epsilon,
            weight_decay=weight_decay,
            diagonal=diagonal,
            seed=seed,
            bias_correction=bias_correction,
            delayed=delayed,
            schedule=schedule,
            regularizer=regularizer,
            batch=batch,
        )


class Adahessian(Entry):
    """Moves like Adam, but divides by the curvature of each weight instead of the size of its gradient.

        m <- beta1 m + (1 - beta1) g                     m_hat = m / (1 - beta1^t)          t = 1 in the first step
        v <- beta2 v + (1 - beta2) diag(H)^2             v_hat = v / (1 - beta2^t)
        w <- w - learning_rate m_hat / (v_hat^(k/2) + epsilon)          k = hessian_power

    Tuning searches learning_rate from 0.0001 to 10 (log).

    Args:
        learning_rate: Learning rate: the fraction of the Newton step of each weight if `hessian_power` is 1; a
            number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared curvature; a number of at least 0 and below 1.
        hessian_power: Power k of the curvature that divides the mean gradient: 1 for a Newton step per weight, 0
            for gradient descent; a number of at least 0 and at most 2.
        epsilon: Added to the divisor to avoid a division by zero; a number of at least 0.
        weight_decay: Weight decay: each step subtracts this fraction of the weights, times the learning rate; a
            number of at least 0.
        diagonal: How the diagonal of the Hessian is computed; exact, hutchinson.
        seed: Seed of the random signs of `diagonal=hutchinson`; a whole number of at least 0 and at most
            9000000000000000.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared diagonal of the Hessian.
        curvature: Second derivative of the loss with respect to each weight before this step, or its estimate; zero
            before the first step.

    In pytorch_optimizer: pytorch_optimizer.AdaHessian.

    Reference:
        Z. Yao, A. Gholami, S. Shen, M. Mustafa, K. Keutzer, M. W. Mahoney: ADAHESSIAN: An Adaptive Second Order
        Optimizer for Machine Learning. AAAI Conference on Artificial Intelligence, 2021.
        https://arxiv.org/abs/2006.00719
    """

    id: ClassVar[str] = "adahessian"

    def __init__(
        self,
        learning_rate: float = 0.15,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        hessian_power: float = 1.0,
        epsilon: float = 0.0001,
        weight_decay: float = 0.0,
        diagonal: Literal["exact", "hutchinson"] = "exact",
        seed: int = 1,
        schedule: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            hessian_power=hessian_power,
            epsilon=epsilon,
            weight_decay=weight_decay,
            diagonal=diagonal,
            seed=seed,
            schedule=schedule,
            regularizer=regularizer,
            batch=batch,
        )


class NewtonCg(Entry):
    """Solves the Newton equations approximately by conjugate gradients and searches along the result.

        solve H p = -g by conjugate gradients from p = 0 until |H p + g|_1 <= min(1/2, sqrt(|g|_1)) |g|_1
        or until d.H d <= 0 for one of the directions d; then p is the current solution, in the first iteration a multiple of -g
        w <- w + t p, t from the search

    Args:
        first_step: Step size that the search tries first; one, decrease.
        search: Line search that selects the step size; a line search.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        direction: Search direction p of this step; zero before the first step.
        hessian: Hessian before this step; zero before the first step.
        iterations: Number of conjugate gradient iterations of this step.
        start_loss: Loss before this step; infinite before the first step.

    Reference:
        R. S. Dembo, T. Steihaug: Truncated-Newton algorithms for large-scale unconstrained optimization.
        Mathematical Programming 26, 1983. https://doi.org/10.1007/BF02592055
    """

    id: ClassVar[str] = "newton-cg"

    def __init__(
        self,
        first_step: Literal["one", "decrease"] = "one",
        *,
        search: str | Entry = "strong-wolfe",
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            first_step=first_step,
            search=search,
            regularizer=regularizer,
            batch=batch,
        )


class TrustRegion(Entry):
    """Minimizes a quadratic model of the loss within a radius, which grows while the model predicts the loss well.

        m(p) = g.p + p.H p / 2          p = the minimum of m within the radius r          r = initial_radius at first
        ratio = (f(w + p) - f(w)) / m(p)
        ratio > acceptance:  w <- w + p
        ratio < 1/4:  r <- r / 4          ratio > 3/4 and |p| = r:  r <- min(2 r, max_radius)

    Variant of models with limited steps: limit of the length.

    Tuning searches initial_radius from 0.01 to 100 (log).

    Args:
        subproblem: How the step within the trust region is computed; exact, dogleg.
        initial_radius: Initial radius of the trust region; a number above 0, at most `max_radius`.
        max_radius: Maximum radius of the trust region; a number above 0.
        acceptance: A step is taken if the decrease of the loss, divided by the predicted decrease, exceeds this
            number; a number of at least 0 and below 0.25.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        radius: Radius r of the trust region of this step.
        proposal: Step p that the model proposes; zero before the first step.
        cauchy_step: Step to the minimum of the model along the negative gradient, within the trust region; zero
            without `subproblem=dogleg`.
        ratio: Decrease of the loss by the proposed step, divided by the predicted decrease; 1 before the first
            step.
        damping: Damping lambda of this step; zero if the radius does not limit the step.
        damped_hessian: Hessian plus damping before this step; zero before the first step.

    Reference:
        J. J. Moré, D. C. Sorensen: Computing a Trust Region Step. SIAM Journal on Scientific and Statistical
        Computing 4(3), 1983. https://doi.org/10.1137/0904038
    """

    id: ClassVar[str] = "trust-region"

    def __init__(
        self,
        subproblem: Literal["exact", "dogleg"] = "exact",
        *,
        initial_radius: float = 1.0,
        max_radius: float = 1000.0,
        acceptance: float = 0.15,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            subproblem=subproblem,
            initial_radius=initial_radius,
            max_radius=max_radius,
            acceptance=acceptance,
            regularizer=regularizer,
            batch=batch,
        )


class CubicNewton(Entry):
    """Minimizes a quadratic model of the loss plus a cubic term, which limits the length of the step.

        m(p) = g.p + p.H p / 2 + M/6 |p|^3          p = the minimum of m          M = cubic_weight at first
        ratio = (f(w + p) - f(w)) / m(p)
        ratio > 0.1:  w <- w + p          ratio < 0.1:  M <- 2 M          ratio > 0.9:  M <- M / 2

    Variant of models with limited steps: cubic term of the length.

    Tuning searches cubic_weight from 0.001 to 1000 (log).

    Args:
        cubic_weight: Initial weight M of the cubic term; a number above 0.
        adaptive: Whether M is adapted to the ratio, and steps with a low ratio are rejected; true or false.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        cubic_weight: Weight M of the cubic term of this step.
        proposal: Step p that the model proposes; zero before the first step.
        ratio: Decrease of the loss by the proposed step, divided by the predicted decrease; 0.5 before the first
            step.
        damping: Damping lambda = M |p| / 2 of this step.
        damped_hessian: Hessian plus damping before this step; zero before the first step.

    Reference:
        Yu. Nesterov, B. T. Polyak: Cubic regularization of Newton method and its global performance. Mathematical
        Programming 108, 2006. https://doi.org/10.1007/s10107-006-0706-8
    """

    id: ClassVar[str] = "cubic-newton"

    def __init__(
        self,
        cubic_weight: float = 1.0,
        *,
        adaptive: bool = True,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            cubic_weight=cubic_weight,
            adaptive=adaptive,
            regularizer=regularizer,
            batch=batch,
        )


class NelderMead(Entry):
    """Moves a simplex, a triangle for two weights, downhill: each step replaces its worst vertex by a better point.

        v_0 to v_n: the vertices from the lowest to the highest loss, c = mean of v_0 .. v_(n-1)
        p(t) = c + t (c - v_n)          r = p(reflection), e = p(reflection expansion)
        f(r) < f(v_0):      v_n <- the better one of r and e
        f(r) < f(v_(n-1)):  v_n <- r
        f(r) < f(v_n):      v_n <- p(contraction reflection) if it is not worse than r
        else:               v_n <- p(-contraction) if it is better than v_n
        no better point:    v_i <- v_0 + shrink (v_i - v_0) for all i

    Tuning searches relative_edge from 0.001 to 1 (log).

    Args:
        relative_edge: Length of the edge of the initial simplex along a weight, relative to the weight; a number
            above 0.
        zero_edge: Length of the edge of the initial simplex along a weight that is 0; a number above 0.
        reflection: Coefficient of the reflection; a number above 0.
        expansion: Coefficient of the expansion, relative to the reflection. The default is 2, or 1 + 2 / n for n
            weights if `adaptive` is true; a number above 1.
        contraction: Coefficient of the contraction. The default is 0.5, or 0.75 - 1 / (2 n) for n weights if
            `adaptive` is true; a number above 0 and below 1.
        shrink: Coefficient of the shrink. The default is 0.5, or 1 - 1 / n for n weights if `adaptive` is true; a
            number above 0 and below 1.
        adaptive: Whether the defaults of the coefficients follow from the number of weights, as Gao and Han propose
            for many weights; true or false.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        simplex: Vertices of the simplex after this step, from the lowest to the highest loss; in the order of the
            weights before the first step.
        worst_loss: Loss at the worst vertex after this step; infinite before the first step.
        centroid: Centroid of all vertices but the worst one, before this step changed it.
        replaced: Vertex that this step replaced: the worst one, or after a shrink the one that became the best.
        coefficient: Coefficient t of the new vertex, c + t (c - v), for the centroid c and the replaced vertex v,
            or after a shrink the coefficient of the shrink; zero before the first step.
        change: Change of the simplex: 1 for a reflection, 2 for an expansion, 3 or 4 for a contraction outside or
            inside, and 5 for a shrink, plus 10 if the best vertex stays; 20 if the first step leaves the initial
            point for another vertex, and 0 before the first step.

    Reference:
        J. A. Nelder, R. Mead: A Simplex Method for Function Minimization. The Computer Journal 7(4), 1965.
        https://doi.org/10.1093/comjnl/7.4.308
    """

    id: ClassVar[str] = "nelder-mead"

    def __init__(
        self,
        relative_edge: float = 0.05,
        *,
        zero_edge: float = 0.00025,
        reflection: float = 1.0,
        expansion: float | None = None,
        contraction: float | None = None,
        shrink: float | None = None,
        adaptive: bool = False,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            relative_edge=relative_edge,
            zero_edge=zero_edge,
            reflection=reflection,
            expansion=expansion,
            contraction=contraction,
            shrink=shrink,
            adaptive=adaptive,
            regularizer=regularizer,
            batch=batch,
        )


class Powell(Entry):
    """Searches along one direction after the other, and replaces a direction by the displacement of a whole step.

        u_1 to u_n: the axes at first, d = the displacement of the step before, f0, f1 = the losses at its ends
        delta = the largest decrease by one of its searches, along u_k
        f2 = f(w + d);  f2 < f0 and 2 (f0 - 2 f1 + f2) (f0 - f1 - delta)^2 < delta (f0 - f2)^2:
            search along d;  u_k <- u_n;  u_n <- d, scaled by the search
        for i = 1 .. n:  w <- w + t u_i, t from the search

    Args:
        tolerance: Accuracy of the step size of each line search, relative to the step size; a number above 0 and
            below 1.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        directions: Directions of the line searches after this step.
        line_minima: Points after the line searches of this step, beginning with the one along the displacement, if
            there was one.
        along_displacement: Part of this step along the displacement of the step before; zero if there was no search
            along it.
        along_directions: Part of this step along the directions.
        largest_decrease: Largest decrease of the loss by one line search of this step, without the one along the
            displacement.
        case: Case of this step: 1 without and 2 with a new direction, 3 without a lower point, and 0 before the
            first step.

    Reference:
        M. J. D. Powell: An efficient method for finding the minimum of a function of several variables without
        calculating derivatives. The Computer Journal 7(2), 1964. https://doi.org/10.1093/comjnl/7.2.155
    """

    id: ClassVar[str] = "powell"

    def __init__(
        self,
        tolerance: float = 0.01,
        *,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            tolerance=tolerance,
            regularizer=regularizer,
            batch=batch,
        )


class CmaEs(Entry):
    """Samples a normal distribution, moves its mean to the best samples, and learns its covariance from them.

        y_i = C^(1/2) z_i, x_i = m + sigma y_i, z_i standard normal, i = 1 .. lambda in the order of their losses
        y = sum_i w_i y_i for w_i > 0                m <- m + sigma y
        s <- (1 - c_s) s + sqrt(c_s (2 - c_s) mu) C^(-1/2) y
        p <- (1 - c_c) p + h sqrt(c_c (2 - c_c) mu) y    h = 0 if |s| is unusually large, else 1
        C <- (1 - c1 h' - c_m sum_i w_i) C + c1 p p^T + c_m sum_i w_i y_i y_i^T
        sigma <- sigma exp((c_s / d_s) (|s| / E|z| - 1))

    Tuning searches sigma from 0.001 to 10 (log).

    Args:
        sigma: Initial standard deviation sigma of the samples; a number above 0.
        population: Number of samples per epoch. The default is 4 + 3 ln n for n weights, rounded down; a whole
            number of at least 3 and at most 1000000.
        active: Whether the worse half of the samples has negative weights, which reduce the variance in their
            directions; true or false.
        seed: Seed of the samples. The default is `seed` of the experiment; a whole number of at least 0 and at most
            9000000000000000.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        sigma: Step size sigma after this step.
        covariance: Covariance sigma^2 C of the samples around the weights after this step.
        samples: Samples of this step in the order of their losses; the initial point before the first step.
        mean_step: Weighted mean y of the steps to the better half of the samples, in multiples of sigma; zero
            before the first step.
        step_size_path: Evolution path s, which controls sigma; zero before the first step.
        covariance_path: Evolution path p, which enters the covariance; zero before the first step.
        best_sample_loss: Lowest loss among the samples of this step; infinite before the first step.

    Reference:
        N. Hansen: The CMA Evolution Strategy: A Tutorial. arXiv 1604.00772, 2016. https://arxiv.org/abs/1604.00772
    """

    id: ClassVar[str] = "cma-es"

    def __init__(
        self,
        sigma: float = 0.5,
        *,
        population: int | None = None,
        active: bool = True,
        seed: int | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            sigma=sigma,
            population=population,
            active=active,
            seed=seed,
            regularizer=regularizer,
            batch=batch,
        )


class ParticleSwarm(Entry):
    """Moves particles through the weight space. Each one is pulled to the best point that it has found and to the
    best point of all.

        v <- inertia v + cognitive r (b - x) + social s (g - x)          x <- x + v
        b = the best point of the particle, g = that of all particles, r, s uniform in [0, 1) for each weight

    Tuning searches spread from 0.01 to 10 (log).

    Args:
        population: Number of particles; a whole number of at least 1 and at most 1000000.
        spread: Half the width of the box around the initial point in which the particles begin; a number above 0.
        inertia: Fraction of the velocity that is kept; a number of at least 0.
        cognitive: Strength of the pull to the best point of the particle; a number of at least 0.
        social: Strength of the pull to the best point of all particles; a number of at least 0.
        seed: Seed of the random numbers. The default is `seed` of the experiment; a whole number of at least 0 and
            at most 9000000000000000.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        particles: Positions x of the particles after this step.
        velocities: Velocities v of the particles in this step; zero before the first step.
        leader_origin: Position before this step of the particle that has the lowest loss after it; the initial
            point before the first step.
        leader_velocity: Velocity of this particle in this step; zero before the first step.
        case: Case of this step: 1 if a particle finds a lower loss, 2 if none does, 3 if the lowest loss is that of
            the first swarm, and 0 before the first step.

    Reference:
        J. Kennedy, R. Eberhart: Particle swarm optimization. Proceedings of ICNN'95, 1995.
        https://doi.org/10.1109/ICNN.1995.488968
    """

    id: ClassVar[str] = "particle-swarm"

    def __init__(
        self,
        population: int = 20,
        *,
        spread: float = 1.0,
        inertia: float = 0.7298,
        cognitive: float = 1.49618,
        social: float = 1.49618,
        seed: int | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            population=population,
            spread=spread,
            inertia=inertia,
            cognitive=cognitive,
            social=social,
            seed=seed,
            regularizer=regularizer,
            batch=batch,
        )


class DifferentialEvolution(Entry):
    """Changes each member of a population by the difference of two others, and keeps the change if the loss does
    not rise.

        v = x_a + scale (x_b - x_c), a, b, c random, different from each other and from i
        u_k = v_k with the probability crossover and for one random weight k, else x_ik
        x_i <- u if f(u) <= f(x_i), for all members i at the same time

    Tuning searches spread from 0.01 to 10 (log).

    Args:
        population: Number of members; a change needs three others; a whole number of at least 4 and at most
            1000000.
        spread: Half the width of the box around the initial point in which the members begin; a number above 0.
        scale: Factor of the difference; a number above 0 and below 2.
        crossover: Probability that a weight is changed; a number of at least 0 and at most 1.
        seed: Seed of the random numbers. The default is `seed` of the experiment; a whole number of at least 0 and
            at most 9000000000000000.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        members: Members x of the population after this step.
        parent: Member before this step whose change u has the lowest loss; the initial point before the first step.
        base: Member before this step to which the difference is added for this change; the initial point before the
            first step.
        difference: Difference of two members for this change; zero before the first step.
        changed_members: Number of members that this step changed; zero before the first step.
        case: Case of this step: 1 if a changed member has a lower loss, 2 if none has, 3 if the lowest loss is that
            of the first population, and 0 before the first step.

    Reference:
        R. Storn, K. Price: Differential Evolution - A Simple and Efficient Heuristic for Global Optimization over
        Continuous Spaces. Journal of Global Optimization 11, 1997. https://doi.org/10.1023/A:1008202821328
    """

    id: ClassVar[str] = "differential-evolution"

    def __init__(
        self,
        population: int = 20,
        *,
        spread: float = 1.0,
        scale: float = 0.8,
        crossover: float = 0.9,
        seed: int | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            population=population,
            spread=spread,
            scale=scale,
            crossover=crossover,
            seed=seed,
            regularizer=regularizer,
            batch=batch,
        )


class RandomSearch(Entry):
    """Tries random points around the weights, and moves to the best one if its loss is lower.

        c_i = w + sigma z_i, z_i standard normal, i = 1 .. samples
        w <- the c_i with the lowest loss, if that is lower than f(w)

    Tuning searches sigma from 0.001 to 10 (log).

    Args:
        sigma: Standard deviation sigma of the random points in each weight; a number above 0.
        samples: Number of random points per epoch; a whole number of at least 1 and at most 1000000.
        seed: Seed of the random points. The default is `seed` of the experiment; a whole number of at least 0 and
            at most 9000000000000000.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        candidates: Random points of this step; the initial point before the first step.
        best_draw: Standard normal numbers z of the best random point of this step; zero before the first step.
        best_candidate_loss: Lowest loss among the random points of this step; infinite before the first step.
        case: Case of this step: 1 if the weights move, 2 if they stay, and 0 before the first step.

    Reference:
        J. Matyas: Random optimization. Automation and Remote Control 26(2), 1965.
    """

    id: ClassVar[str] = "random-search"

    def __init__(
        self,
        sigma: float = 0.5,
        *,
        samples: int = 8,
        seed: int | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            sigma=sigma,
            samples=samples,
            seed=seed,
            regularizer=regularizer,
            batch=batch,
        )


class SimulatedAnnealing(Entry):
    """Moves to random points around the weights. At a high temperature it also accepts higher losses, and so leaves
    local minima.

        c = w + sigma z, z standard normal, d = f(c) - f(w), u uniform in [0, 1)
        w <- c if d <= 0 or u < exp(-d / T)          T <- cooling T

    Tuning searches sigma from 0.001 to 10 (log).

    Args:
        sigma: Standard deviation sigma of the random points in each weight; a number above 0.
        temperature: Initial temperature T, in units of the loss; a number above 0.
        cooling: Factor that multiplies the temperature after each epoch; 1 keeps it; a number above 0 and below 1.
        seed: Seed of the random numbers. The default is `seed` of the experiment; a whole number of at least 0 and
            at most 9000000000000000.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        candidate: Random point of this step; the initial point before the first step.
        draw: Standard normal numbers z of the random point; zero before the first step.
        temperature: Temperature T after this step.
        probability: Probability of accepting the random point of this step; zero before the first step.
        uniform: Uniform number u of this step; zero before the first step.
        case: Case of this step: 1 if the loss is not higher, 2 if a higher loss is accepted, 3 if it is rejected,
            and 0 before the first step.

    Reference:
        S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi: Optimization by Simulated Annealing. Science 220(4598), 1983.
        https://doi.org/10.1126/science.220.4598.671
    """

    id: ClassVar[str] = "simulated-annealing"

    def __init__(
        self,
        sigma: float = 0.5,
        *,
        temperature: float = 0.1,
        cooling: float = 0.99,
        seed: int | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            sigma=sigma,
            temperature=temperature,
            cooling=cooling,
            seed=seed,
            regularizer=regularizer,
            batch=batch,
        )


class Lookahead(Entry):
    """Lets another optimizer make several fast steps, then goes back to a point between the last slow weights and
    the fast ones.

        fast <- step of the wrapped optimizer
        every period steps:  slow <- slow + pull (fast - slow)          fast <- slow

    Args:
        of: The optimizer that makes the fast steps; an optimizer.
        period: Number of fast steps until the weights go back; a whole number of at least 1 and at most 1000000000.
        pull: Fraction of the way from the slow weights to the fast ones that is kept; 1 keeps all of it; a number
            above 0 and below 2.
        reset: Whether the wrapped optimizer starts anew after the weights go back; true or false.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        slow_weights: Slow weights, from which the fast steps began.

    In optax: optax.lookahead.

    Reference:
        M. R. Zhang, J. Lucas, G. Hinton, J. Ba: Lookahead Optimizer: k steps forward, 1 step back. Advances in
        Neural Information Processing Systems, 2019. https://arxiv.org/abs/1907.08610
    """

    id: ClassVar[str] = "lookahead"

    def __init__(
        self,
        of: str | Entry = "momentum",
        *,
        period: int = 6,
        pull: float = 0.5,
        reset: bool = False,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            of=of,
            period=period,
            pull=pull,
            reset=reset,
            batch=batch,
        )


class SharpnessAware(Entry):
    """Gives another optimizer the gradient at a point uphill of the weights, so that it avoids narrow minima.

        p = w + radius g(w) / |g(w)|
        step of the wrapped optimizer from w with g(p) instead of g(w)

    Args:
        of: The optimizer that makes the steps; an optimizer.
        radius: Distance of the point at which the gradient is evaluated; 0 for the weights themselves; a number of
            at least 0.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        perturbed_weights: Point uphill of the weights before the step, at which the gradient was evaluated; the
            initial point before the first step.
        gradient: Gradient at this point, which the wrapped optimizer used; zero before the first step.

    In optax: optax.contrib.sam.

    Reference:
        P. Foret, A. Kleiner, H. Mobahi, B. Neyshabur: Sharpness-Aware Minimization for Efficiently Improving
        Generalization. International Conference on Learning Representations, 2021. https://arxiv.org/abs/2010.01412
    """

    id: ClassVar[str] = "sharpness-aware"

    def __init__(
        self,
        of: str | Entry = "momentum",
        *,
        radius: float = 0.05,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            of=of,
            radius=radius,
            batch=batch,
        )


class Averaged(Entry):
    """Averages the weights of another optimizer, which does not see the average.

        ema:  average <- average + (1 - ema_decay) / (1 - ema_decay^t) (w - average)          t = 1 after the first step
        swa:  average <- average + (w - average) / n          n = 1 for the first average after begin, then every few steps

    Args:
        of: The optimizer that makes the steps; an optimizer.
        average: Kind of the average: exponential moving average, or stochastic weight averaging; ema, swa.
        ema_decay: Decay rate of the exponential moving average; a number of at least 0 and below 1.
        begin: Number of steps before stochastic weight averaging begins; a whole number of at least 0 and at most
            1000000000.
        every: Number of steps from one weight to the next in stochastic weight averaging; a whole number of at
            least 1 and at most 1000000000.
        path: Point whose path and loss are reported: the weights of the wrapped optimizer, or their average;
            weights, average.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        iterate: Weights of the wrapped optimizer.
        average: Average of these weights.

    In PyTorch: torch.optim.swa_utils.AveragedModel.

    Reference:
        P. Izmailov, D. Podoprikhin, T. Garipov, D. Vetrov, A. G. Wilson: Averaging Weights Leads to Wider Optima
        and Better Generalization. Conference on Uncertainty in Artificial Intelligence, 2018.
        https://arxiv.org/abs/1803.05407
    """

    id: ClassVar[str] = "averaged"

    def __init__(
        self,
        of: str | Entry = "momentum",
        *,
        average: Literal["ema", "swa"] = "ema",
        ema_decay: float = 0.99,
        begin: int = 0,
        every: int = 1,
        path: Literal["weights", "average"] = "weights",
        batch: int | None = None,
    ) -> None:
        super().__init__(
            of=of,
            average=average,
            ema_decay=ema_decay,
            begin=begin,
            every=every,
            path=path,
            batch=batch,
        )


class Accumulate(Entry):
    """Lets another optimizer make one step for every few gradients, with their mean, as if the mini-batches were
    larger.

        mean <- mean + (g - mean) / n          n = 1 for the first gradient after a step
        step of the wrapped optimizer with the mean when n = every

    Args:
        of: The optimizer that makes the steps; an optimizer.
        every: Number of gradients for each step; a whole number of at least 1 and at most 1000000000.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        gradient: Mean of the gradients that wait for the next step of the wrapped optimizer, or the mean that this
            step used; zero before the first step.
        accumulated: Number of gradients that wait for the next step.

    In optax: optax.MultiSteps.

    Reference:
        M. Ott, S. Edunov, D. Grangier, M. Auli: Scaling Neural Machine Translation. Conference on Machine
        Translation, 2018. https://arxiv.org/abs/1806.00187
    """

    id: ClassVar[str] = "accumulate"

    def __init__(
        self,
        of: str | Entry = "momentum",
        *,
        every: int = 4,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            of=of,
            every=every,
            batch=batch,
        )


class Mechanize(Entry):
    """Learns a scale for the steps of another optimizer, instead of its learning rate.

        total = (w - w_0) / (scale + epsilon)              g <- g + scale_decay scale |g| / (|w| + epsilon) w
        h = -g . total                                     total <- total + d, d = the step of the wrapped optimizer
        for each beta = 1 - 0.1^k, k = 1 to betas:
            r <- beta r + min(max(h, -m), m) s             m <- max(beta m, |h| + epsilon)
            v <- beta^2 v + h^2                            s <- (first_scale / betas m + max(0, r)) / (sqrt(v) + epsilon)
        scale = sum of s                                   w <- w_0 + scale total

    Args:
        of: The optimizer whose steps are scaled; an optimizer.
        scale_decay: Weight decay, relative to the norms of the gradient and of the weights; it only influences the
            scale; a number of at least 0.
        betas: Number of decay rates, from 0.9 upwards; each learns a part of the scale; a whole number of at least
            1 and at most 12.
        first_scale: Scale of the first step; a number above 0.
        scale_epsilon: Added to divisors to avoid a division by zero; a number above 0.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        initial_weights: Initial weights, from which the scaled displacement leads to the weights.
        total: Total displacement that the wrapped optimizer would have made, before it is scaled.
        scale: Learned scale of the total displacement.

    In optax: optax.contrib.mechanize.

    Reference:
        A. Cutkosky, A. Defazio, H. Mehta: Mechanic: A Learning Rate Tuner. Advances in Neural Information
        Processing Systems, 2023. https://arxiv.org/abs/2306.00144
    """

    id: ClassVar[str] = "mechanize"

    def __init__(
        self,
        of: str | Entry = "gradient-descent",
        *,
        scale_decay: float = 0.01,
        betas: int = 6,
        first_scale: float = 1e-6,
        scale_epsilon: float = 1e-8,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            of=of,
            scale_decay=scale_decay,
            betas=betas,
            first_scale=first_scale,
            scale_epsilon=scale_epsilon,
            batch=batch,
        )


class Recorded(Entry):
    """Replays a run that another program recorded: it reads the weights of each epoch from a file.

        w1,w2,loss
        -4,-4,0.86

    Args:
        path: CSV file with one column per weight, `.npy` array (epochs, weights), or `.npz` file of named arrays; a
            file name.
        label: Name in legends; the default is the file name; a text.
        weights: Names of the columns of the weights in a CSV file, in order, such as a|b. The default is w1|w2, and
            so on, or the names of the problem's weights; a text.
        order: Order of the weights of each matrix: `thalweg`, one row per input, or `torch`, one row per output.
            The default is thalweg, or follows from the shapes of named arrays; thalweg, torch.
    """

    id: ClassVar[str] = "recorded"

    def __init__(
        self,
        path: str | PathLike[str] | None = None,
        *,
        label: str | None = None,
        weights: str | None = None,
        order: Literal["thalweg", "torch"] | None = None,
    ) -> None:
        super().__init__(
            path=path,
            label=label,
            weights=weights,
            order=order,
        )


class Rule(Entry):
    """A rule that you write: statements that compute the new weight from the gradient, from variables that the rule
    keeps, and from settings.

        m := beta*m + g
        w := w - learning_rate*m

    Tuning searches learning_rate from 1e-6 to 100 (log).

    Args:
        text: The statements, or `@` and the name of a file that contains them; a text.
        learning_rate: Learning rate, if the rule uses this name. A schedule changes it; a number above 0. The
            default is that of the problem, or else 0.1.
        label: Name in legends; the default is the title in the file, or `Rule`; a text.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        weight_decay: Coefficient of the weight decay, which pulls the weights towards zero; 0 for none; a number of
            at least 0.
        weight_decay_form: Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it
            from the weights, times the learning rate; `cautious` does so only if it does not oppose the step;
            coupled, decoupled, cautious.
        cautious: Whether weights stay in place if their step would follow the gradient uphill. The other steps of
            the block become longer, so that the mean factor is 1; true or false.
        mars: Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0
            for none; a number of at least 0.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.
    """

    id: ClassVar[str] = "rule"

    def __init__(
        self,
        text: str = "m := beta*m + g; w := w - learning_rate*m; beta = 0.9",
        *,
        learning_rate: float | EllipsisType = ...,
        label: str | None = None,
        schedule: str | Entry | None = None,
        weight_decay: float = 0.0,
        weight_decay_form: Literal["coupled", "decoupled", "cautious"] = "coupled",
        cautious: bool = False,
        mars: float = 0.0,
        gradient_clip: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            text=text,
            learning_rate=learning_rate,
            label=label,
            schedule=schedule,
            weight_decay=weight_decay,
            weight_decay_form=weight_decay_form,
            cautious=cautious,
            mars=mars,
            gradient_clip=gradient_clip,
            regularizer=regularizer,
            batch=batch,
        )
