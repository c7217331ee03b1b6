"""The optimizers of the catalog. `cargo xtask codegen` writes this module."""

from __future__ import annotations

from os import PathLike
from types import EllipsisType
from typing import ClassVar, Literal

from thalweg._pick import Entry

__all__ = [
    "Adadelta",
    "Adafactor",
    "Adagrad",
    "Adam",
    "Adamax",
    "Adamw",
    "Amsgrad",
    "AveragedSgd",
    "Bfgs",
    "ConjugateGradient",
    "Dfp",
    "GaussNewton",
    "GradientDescent",
    "HessianDiagonal",
    "IrpropMinus",
    "IrpropPlus",
    "Lbfgs",
    "LevenbergMarquardt",
    "Lion",
    "Momentum",
    "Nadam",
    "Nesterov",
    "NesterovLookahead",
    "Newton",
    "Psb",
    "Radam",
    "Recorded",
    "Rmsprop",
    "Rprop",
    "RpropMinus",
    "SignSgd",
    "Sr1",
]


class GradientDescent(Entry):
    """Moves by minus the learning rate times the gradient, or against the gradient with a line search.

        w <- w - eta g          eta = learning_rate, or argmin over t of f(w - t g) with a search

    Args:
        learning_rate: Learning rate eta; a number above 0. The default is that of the problem, or else 0.1.
        search: Line search that selects the step size; a line search.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    In PyTorch: torch.optim.SGD.

    In optax: optax.sgd.

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
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            search=search,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
            batch=batch,
        )


class Momentum(Entry):
    """Adds to each gradient step a fraction of the previous step, like a heavy ball that rolls downhill.

        v <- mu v - (1 - dampening) eta g          w <- w + v

    Variant of momentum: gradient at the weights; the step is the velocity.

    Args:
        learning_rate: Learning rate eta; a number above 0. The default is that of the problem, or else 0.1.
        momentum: Momentum mu: the fraction of the velocity that is kept; a number of at least 0 and below 1.
        dampening: Fraction by which the gradient is reduced in all steps except the first; a number of at least 0
            and below 1.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        velocity: Velocity v.

    In PyTorch: torch.optim.SGD with momentum.

    In optax: optax.sgd with momentum.

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
        schedule: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            momentum=momentum,
            dampening=dampening,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
            batch=batch,
        )


class Nesterov(Entry):
    """Adds to each gradient step a fraction of the updated velocity instead of the previous one.

        v <- mu v - eta g          w <- w + mu v - eta g

    Variant of momentum: gradient at the weights; the step looks one velocity ahead.

    Args:
        learning_rate: Learning rate eta; a number above 0. The default is that of the problem, or else 0.1.
        momentum: Momentum mu: the fraction of the velocity that is kept; a number of at least 0 and below 1.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        velocity: Velocity v.

    In PyTorch: torch.optim.SGD with nesterov=True.

    In optax: optax.sgd with nesterov=True.

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
        schedule: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            momentum=momentum,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
            batch=batch,
        )


class NesterovLookahead(Entry):
    """Updates the velocity with the gradient at the look-ahead point, which the velocity alone would reach.

        v <- mu v - eta g(w + mu v)          w <- w + v

    Variant of momentum: gradient ahead of the weights; the step is the velocity.

    Args:
        learning_rate: Learning rate eta; a number above 0. The default is that of the problem, or else 0.1.
        momentum: Momentum mu: the fraction of the velocity that is kept; a number of at least 0 and below 1.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
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
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            momentum=momentum,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
            batch=batch,
        )


class AveragedSgd(Entry):
    """Moves against the gradient with a decreasing learning rate and averages the weights of its steps.

        eta <- learning_rate / (1 + lambd learning_rate t)^alpha          t = number of steps before this one
        w <- (1 - lambd eta) w - eta g
        average <- average + (w - average) / max(1, t - t0)

    Args:
        learning_rate: Learning rate of the first step; a number above 0. The default is that of the problem, or
            else 0.01.
        lambd: Coefficient of the weight decay and of the decay of the learning rate; a number of at least 0.
        alpha: Exponent of the decay of the learning rate; a number of at least 0.
        t0: Number of steps after which averaging begins; before, the average equals the weights; a whole number of
            at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
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
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            lambd=lambd,
            alpha=alpha,
            t0=t0,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
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

    Args:
        initial_step: Initial step size of every weight; the first step clips it to `min_step` and `max_step`; a
            number above 0.
        increase: Factor of the step size when the gradient keeps its sign; a number above 1.
        decrease: Factor of the step size when the gradient changes its sign; a number above 0 and below 1.
        min_step: Minimum step size; a number above 0, at most `max_step`.
        max_step: Maximum step size; a number above 0.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
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
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            initial_step=initial_step,
            increase=increase,
            decrease=decrease,
            min_step=min_step,
            max_step=max_step,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
            batch=batch,
        )


class RpropMinus(Entry):
    """Adapts a step size for each weight by the sign of its gradient, and never undoes a step.

        q = sign(g) sign(g_before)
        q > 0: step <- min(increase step, max_step)
        q < 0: step <- max(decrease step, min_step)
        w <- w - sign(g) step

    Variant of RPROP: a sign change only reduces the step size.

    Args:
        initial_step: Initial step size of every weight; the first step clips it to `min_step` and `max_step`; a
            number above 0.
        increase: Factor of the step size when the gradient keeps its sign; a number above 1.
        decrease: Factor of the step size when the gradient changes its sign; a number above 0 and below 1.
        min_step: Minimum step size; a number above 0, at most `max_step`.
        max_step: Maximum step size; a number above 0.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
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
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            initial_step=initial_step,
            increase=increase,
            decrease=decrease,
            min_step=min_step,
            max_step=max_step,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
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

    Args:
        initial_step: Initial step size of every weight; the first step clips it to `min_step` and `max_step`; a
            number above 0.
        increase: Factor of the step size when the gradient keeps its sign; a number above 1.
        decrease: Factor of the step size when the gradient changes its sign; a number above 0 and below 1.
        min_step: Minimum step size; a number above 0, at most `max_step`.
        max_step: Maximum step size; a number above 0.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
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
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            initial_step=initial_step,
            increase=increase,
            decrease=decrease,
            min_step=min_step,
            max_step=max_step,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
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

    Args:
        initial_step: Initial step size of every weight; the first step clips it to `min_step` and `max_step`; a
            number above 0.
        increase: Factor of the step size when the gradient keeps its sign; a number above 1.
        decrease: Factor of the step size when the gradient changes its sign; a number above 0 and below 1.
        min_step: Minimum step size; a number above 0, at most `max_step`.
        max_step: Maximum step size; a number above 0.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
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
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            initial_step=initial_step,
            increase=increase,
            decrease=decrease,
            min_step=min_step,
            max_step=max_step,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
            batch=batch,
        )


class SignSgd(Entry):
    """Moves every weight by the learning rate, against the sign of its gradient.

        w <- w - learning_rate sign(g)

    Variant of sign descent: sign of the gradient itself.

    Args:
        learning_rate: Learning rate: the length of each weight's step; a number above 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
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
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
            batch=batch,
        )


class Lion(Entry):
    """Moves every weight by the learning rate, against the sign of an interpolation between its mean gradient and
    its gradient.

        c = beta1 m + (1 - beta1) g
        m <- beta2 m + (1 - beta2) g
        w <- w - learning_rate (sign(c) + weight_decay w)

    Variant of sign descent: sign of a mean of the gradients.

    Args:
        learning_rate: Learning rate: the length of each weight's step; a number above 0.
        beta1: Fraction of the mean gradient in the interpolation that determines the sign; a number of at least 0
            and below 1.
        beta2: Decay rate of the mean gradient; a number of at least 0 and below 1.
        weight_decay: Weight decay: each step subtracts this fraction of the weights, times the learning rate; a
            number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.

    In optax: optax.lion.

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
        weight_decay: float = 0.0,
        schedule: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            weight_decay=weight_decay,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
            batch=batch,
        )


class Adagrad(Entry):
    """Divides the gradient of each weight by the root of the sum of its squared gradients so far.

        eta = learning_rate / (1 + learning_rate_decay t)          t = number of steps before this one
        sum <- sum + g^2
        w <- w - eta g / (sqrt(sum + epsilon_root) + epsilon)

    Variant of Adagrad: root of the sum of all squared gradients.

    Args:
        learning_rate: Learning rate of the first step; a number above 0.
        learning_rate_decay: Additional decay of the learning rate per step; a number of at least 0.
        initial_accumulator: Initial value of the sum of squared gradients; a number of at least 0.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        sum_of_squares: Sum of the squared gradients so far, plus the initial value.

    In PyTorch: torch.optim.Adagrad.

    In optax: optax.adagrad.

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
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            learning_rate_decay=learning_rate_decay,
            initial_accumulator=initial_accumulator,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
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

    Args:
        learning_rate: Factor of every step; a number above 0.
        rho: Decay rate rho of both mean squares; a number of at least 0 and below 1.
        epsilon: Added under both roots, so that the first step is not zero; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_square: Moving average r of the squared gradients.
        mean_square_step: Moving average q of the squared steps u, without the learning rate.

    In PyTorch: torch.optim.Adadelta.

    In optax: optax.adadelta.

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
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            rho=rho,
            epsilon=epsilon,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
            batch=batch,
        )


class Rmsprop(Entry):
    """Divides the gradient of each weight by the root mean square of its recent gradients.

        r <- decay r + (1 - decay) g^2
        m <- decay m + (1 - decay) g
        v <- momentum v - learning_rate g / (sqrt(r - m^2 + epsilon_root) + epsilon)
        w <- w + v          - m^2 only if centered

    Variant of Adagrad: root mean square of the gradients.

    Args:
        learning_rate: Learning rate; a number above 0.
        decay: Decay rate of the means; a number of at least 0 and below 1.
        momentum: Momentum: the fraction of the velocity that is kept; a number of at least 0 and below 1.
        centered: Whether to divide by the standard deviation of the gradients instead of their root mean square;
            true or false.
        initial_accumulator: Initial value of the mean square; a number of at least 0.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_square: Moving average r of the squared gradients.
        mean_gradient: Moving average m of the gradients; zero unless centered.
        velocity: Velocity v.

    In PyTorch: torch.optim.RMSprop.

    In optax: optax.rmsprop.

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
        centered: bool = False,
        initial_accumulator: float = 0.0,
        epsilon: float = 1e-8,
        epsilon_root: float = 0.0,
        schedule: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            decay=decay,
            momentum=momentum,
            centered=centered,
            initial_accumulator=initial_accumulator,
            epsilon=epsilon,
            epsilon_root=epsilon_root,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
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

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_root: Added under the root; a number of at least 0.
        epsilon_hat: Whether epsilon is added before the bias correction of the mean square instead of after it;
            true or false.
        bias_correction: Whether both means are bias-corrected; true or false.
        weight_decay: Coefficient of the weight decay, which is part of the gradient; a number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.

    In PyTorch: torch.optim.Adam.

    In optax: optax.adam.

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
        weight_decay: float = 0.0,
        schedule: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
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
            weight_decay=weight_decay,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
            batch=batch,
        )


class Amsgrad(Entry):
    """Variant of Adam that divides by the root of the maximum mean squared gradient so far, which never decreases.

        m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
        v <- beta2 v + (1 - beta2) g^2
        v_max <- max(v_max, v)                  v_hat = v_max / (1 - beta2^t)
        w <- w - learning_rate m_hat / (sqrt(v_hat) + epsilon)

    Variant of Adam: root of the maximum mean squared gradient so far.

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        maximum: Whether the maximum is taken before or after the bias correction; uncorrected, corrected.
        weight_decay: Coefficient of the weight decay; a number of at least 0.
        decoupled: Whether the weight decay is decoupled from the gradient, as in `adamw`; true or false.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.
        max_square: Maximum mean squared gradient so far.

    In PyTorch: torch.optim.Adam with amsgrad=True.

    In optax: optax.amsgrad.

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
        maximum: Literal["uncorrected", "corrected"] = "uncorrected",
        weight_decay: float = 0.0,
        decoupled: bool = False,
        schedule: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            maximum=maximum,
            weight_decay=weight_decay,
            decoupled=decoupled,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
            batch=batch,
        )


class Adamax(Entry):
    """Variant of Adam that divides by a decaying maximum of the gradient magnitudes instead of a root mean square.

        m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
        u <- max(beta2 u, |g| + epsilon)
        w <- w - learning_rate m_hat / u

    Variant of Adam: decaying maximum of the gradient magnitudes.

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the maximum gradient magnitude; a number of at least 0 and below 1.
        epsilon: Keeps the denominator above zero; a number of at least 0.
        epsilon_placement: Whether epsilon is added to the gradient magnitudes or to the divisor; gradient, divisor.
        weight_decay: Coefficient of the weight decay; a number of at least 0.
        decoupled: Whether the weight decay is decoupled from the gradient, as in `adamw`; true or false.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        greatest_gradient: Decaying maximum u of the gradient magnitudes.

    In PyTorch: torch.optim.Adamax.

    In optax: optax.adamax.

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
        weight_decay: float = 0.0,
        decoupled: bool = False,
        schedule: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            epsilon_placement=epsilon_placement,
            weight_decay=weight_decay,
            decoupled=decoupled,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
            batch=batch,
        )


class Nadam(Entry):
    """Variant of Adam with Nesterov momentum: it uses the mean gradient that is expected one step ahead.

        mu_t = beta1 (1 - 0.96^(t momentum_decay) / 2)          t = 1 in the first step
        p <- p mu_t
        m <- beta1 m + (1 - beta1) g          v <- beta2 v + (1 - beta2) g^2          v_hat = v / (1 - beta2^t)
        n = (1 - mu_t) / (1 - p) g + mu_t+1 / (1 - p mu_t+1) m
        w <- w - learning_rate n / (sqrt(v_hat) + epsilon)

    Variant of Adam: Nesterov momentum: the mean gradient is taken one step ahead.

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        momentum_schedule: Whether the momentum rises to `beta1` or equals it from the first step; rising, constant.
        momentum_decay: Rate at which a rising momentum grows from half of `beta1` to `beta1`; a number of at least
            0.
        weight_decay: Coefficient of the weight decay; a number of at least 0.
        decoupled: Whether the weight decay is decoupled from the gradient, as in `adamw`; true or false.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.
        momentum_product: Product p of the momentum values so far.

    In PyTorch: torch.optim.NAdam.

    In optax: optax.nadam.

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
        momentum_schedule: Literal["rising", "constant"] = "rising",
        momentum_decay: float = 0.004,
        weight_decay: float = 0.0,
        decoupled: bool = False,
        schedule: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            momentum_schedule=momentum_schedule,
            momentum_decay=momentum_decay,
            weight_decay=weight_decay,
            decoupled=decoupled,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
            batch=batch,
        )


class Radam(Entry):
    """Variant of Adam that uses the adaptive denominator, with a rectified learning rate, once enough gradients
    make it reliable.

        m, v, m_hat as in adam          t = 1 in the first step
        rho_inf = 2 / (1 - beta2) - 1          rho = rho_inf - 2 t beta2^t / (1 - beta2^t)
        rho > threshold: r = sqrt((rho - 4) (rho - 2) rho_inf / ((rho_inf - 4) (rho_inf - 2) rho))
                         w <- w - learning_rate r m_hat sqrt(1 - beta2^t) / (sqrt(v) + epsilon)
        otherwise:       w <- w - learning_rate m_hat

    Variant of Adam: bias-corrected mean gradient until the variance estimate is reliable, then rectified Adam.

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step once the denominator is used; a
            number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        epsilon_hat: Whether epsilon is added before the bias correction of the mean square instead of after it;
            true or false.
        threshold: Value of rho above which the denominator is used; a number of at least 4.
        weight_decay: Coefficient of the weight decay; a number of at least 0.
        decoupled: Whether the weight decay is decoupled from the gradient, as in `adamw`; true or false.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
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
        epsilon_hat: bool = True,
        threshold: float = 5.0,
        weight_decay: float = 0.0,
        decoupled: bool = False,
        schedule: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            epsilon_hat=epsilon_hat,
            threshold=threshold,
            weight_decay=weight_decay,
            decoupled=decoupled,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
            batch=batch,
        )


class Adamw(Entry):
    """Takes the step of Adam and shrinks every weight by the same fraction.

        w <- (1 - learning_rate weight_decay) w - learning_rate m_hat / (sqrt(v_hat) + epsilon)
        m_hat, v_hat as in adam, of gradients without the weight decay

    Variant of Adam: root of the mean squared gradient; weight decay is decoupled from the gradient.

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        weight_decay: Weight decay: each step subtracts this fraction of the weights, times the learning rate; a
            number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_gradient: Moving average m of the gradients.
        mean_square: Moving average v of the squared gradients.

    In PyTorch: torch.optim.AdamW.

    In optax: optax.adamw.

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
        weight_decay: float = 0.01,
        schedule: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            weight_decay=weight_decay,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
            batch=batch,
        )


class Adafactor(Entry):
    """Divides the gradient by its root mean square, clips the result, and scales it by the size of the weights.

        v <- t^beta2_decay g^2 + (1 - t^beta2_decay) v          t = 1 in the first step
        u = g / sqrt(max(v, epsilon^2))                         u <- u / max(1, rms(u) / clip)
        eta = min(learning_rate, 1 / sqrt(t)) max(min_scale, rms(w))
        w <- (1 - learning_rate weight_decay) w - eta u

    Args:
        learning_rate: Maximum length of a step relative to the weights; a number above 0.
        beta2_decay: Exponent of the decay: step t adds the new squared gradient to the mean with the factor
            `t^beta2_decay`; a number of at most 0.
        epsilon: Minimum of the root of the mean square; a number above 0.
        min_scale: Minimum of the root mean square of the weights, which scales the steps; a number above 0.
        clip: Maximum root mean square of u, the step without the learning rate; a number above 0.
        relative_step: Whether the learning rate is at most 1 divided by the root of the number of steps; true or
            false.
        weight_decay: Weight decay: each step subtracts this fraction of the weights, times the learning rate; a
            number of at least 0.
        schedule: How the learning rate changes from epoch to epoch; a schedule.
        regularizer: Penalty added to the training loss; the reported loss does not include it; a regularizer.
        gradient_clip: Limit on the gradient, which is applied before the optimizer uses it and after the
            regularizer is added; a gradient clip.
        batch: Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of
            the experiment; a whole number of at least 0 and at most 1000000000.

    State:
        mean_square: Moving average v of the squared gradients, with a decay rate that rises towards 1.

    In PyTorch: torch.optim.Adafactor.

    In optax: optax.adafactor.

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
        weight_decay: float = 0.0,
        schedule: str | Entry | None = None,
        regularizer: str | Entry | None = None,
        gradient_clip: str | Entry | None = None,
        batch: int | None = None,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta2_decay=beta2_decay,
            epsilon=epsilon,
            min_scale=min_scale,
            clip=clip,
            relative_step=relative_step,
            weight_decay=weight_decay,
            schedule=schedule,
            regularizer=regularizer,
            gradient_clip=gradient_clip,
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

    Args:
        beta: Formula for the coefficient beta of the previous direction; fletcher-reeves, polak-ribiere,
            polak-ribiere-plus, hestenes-stiefel, liu-storey, dai-yuan, conjugate-descent.
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
        beta: Literal["fletcher-reeves", "polak-ribiere", "polak-ribiere-plus", "hestenes-stiefel", "liu-storey", "dai-yuan", "conjugate-descent"] = "fletcher-reeves",
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

        w <- w - eta g / h          h = the diagonal of H; 1 / h at least -1 / min_eigval and at most 1 / min_eigval

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

        w <- w - t (J^T J)^-1 J^T r          r = p - y, J = dr/dw, t from the search

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

        w <- w - (J^T J + mu I)^-1 J^T r          J = dr/dw, mu = damping at first
        the loss falls:  accept the step; mu <- mu / factor
        else:            undo it; mu <- factor mu; repeat

    Variant of least squares: damping adapted to the loss.

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
