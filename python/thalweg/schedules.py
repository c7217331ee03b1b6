"""The schedules of the catalog. `cargo xtask codegen` writes this module."""

from __future__ import annotations

from os import PathLike
from types import EllipsisType
from typing import ClassVar, Literal

from thalweg._pick import Entry

__all__ = [
    "Chain",
    "Constant",
    "Cosine",
    "Cyclic",
    "Exponential",
    "InverseTime",
    "LinearWarmUp",
    "MultiStep",
    "OneCycle",
    "Plateau",
    "Polynomial",
    "StepDecay",
    "WarmRestarts",
    "WarmupStableDecay",
]


class Constant(Entry):
    """Keeps the learning rate constant.

        eta(t) = eta

    In optax: optax.constant_schedule.
    """

    id: ClassVar[str] = "constant"

    def __init__(self) -> None:
        super().__init__()


class StepDecay(Entry):
    """Divides the learning rate by a divisor that grows linearly: 2 after `every` epochs, 3 after twice as many,
    and so on.

        eta(t) = eta / (1 + t / every)

    Args:
        every: Number of epochs until the learning rate is half its initial value; a whole number of at least 1.
    """

    id: ClassVar[str] = "step-decay"

    def __init__(
        self,
        every: int = 1000,
    ) -> None:
        super().__init__(
            every=every,
        )


class Exponential(Entry):
    """Multiplies the learning rate by a constant factor per `every` epochs, continuously or in steps.

        eta(t) = eta rate^(t / every)          t / every rounded down if staircase

    Args:
        rate: Factor of the learning rate per `every` epochs; a number above 0 and below 1.
        every: Number of epochs per multiplication by `rate`; a whole number of at least 1.
        staircase: Whether the learning rate is constant between multiples of `every`; true or false.

    In PyTorch: torch.optim.lr_scheduler.ExponentialLR.

    In optax: optax.exponential_decay.
    """

    id: ClassVar[str] = "exponential"

    def __init__(
        self,
        rate: float = 0.95,
        *,
        every: int = 1000,
        staircase: bool = False,
    ) -> None:
        super().__init__(
            rate=rate,
            every=every,
            staircase=staircase,
        )


class InverseTime(Entry):
    """Divides the learning rate by a divisor that grows linearly with the epoch, continuously or in steps.

        eta(t) = eta / (1 + rate t / every)          t / every rounded down if staircase

    Args:
        rate: Increase of the divisor per `every` epochs; a number of at least 0.
        every: Number of epochs per increase by `rate`; a whole number of at least 1.
        staircase: Whether the learning rate is constant between multiples of `every`; true or false.

    Reference:
        H. Robbins, S. Monro: A Stochastic Approximation Method. The Annals of Mathematical Statistics 22(3), 1951.
        https://doi.org/10.1214/aoms/1177729586
    """

    id: ClassVar[str] = "inverse-time"

    def __init__(
        self,
        rate: float = 0.5,
        *,
        every: int = 1000,
        staircase: bool = False,
    ) -> None:
        super().__init__(
            rate=rate,
            every=every,
            staircase=staircase,
        )


class Polynomial(Entry):
    """Decreases the learning rate to a minimum along a power function of the epoch: a straight line with `power=1`.

        eta(t) = minimum + (eta - minimum) (1 - min(t, over) / over)^power
        cycle: over is replaced by its smallest multiple that is at least t

    Args:
        minimum: Minimum learning rate; a number of at least 0.
        power: Exponent; 1 decreases the learning rate linearly; a number above 0.
        over: Number of epochs until the minimum is reached; a whole number of at least 1.
        cycle: Whether the learning rate rises again after every `over` epochs; true or false.

    In PyTorch: torch.optim.lr_scheduler.PolynomialLR.

    In optax: optax.polynomial_schedule.
    """

    id: ClassVar[str] = "polynomial"

    def __init__(
        self,
        minimum: float = 0.001,
        *,
        power: float = 1.0,
        over: int = 1000,
        cycle: bool = False,
    ) -> None:
        super().__init__(
            minimum=minimum,
            power=power,
            over=over,
            cycle=cycle,
        )


class Cosine(Entry):
    """Decreases the learning rate to a minimum along half a cosine wave.

        eta(t) = minimum + (eta - minimum) (1 + cos(pi min(t, over) / over)) / 2

    Args:
        minimum: Minimum learning rate; a number of at least 0.
        over: Number of epochs until the minimum is reached; a whole number of at least 1.

    In PyTorch: torch.optim.lr_scheduler.CosineAnnealingLR.

    In optax: optax.cosine_decay_schedule.

    Reference:
        I. Loshchilov, F. Hutter: SGDR: Stochastic Gradient Descent with Warm Restarts. International Conference on
        Learning Representations, 2017. https://arxiv.org/abs/1608.03983
    """

    id: ClassVar[str] = "cosine"

    def __init__(
        self,
        minimum: float = 0.0,
        *,
        over: int = 1000,
    ) -> None:
        super().__init__(
            minimum=minimum,
            over=over,
        )


class WarmRestarts(Entry):
    """Repeats a cosine decay of the learning rate; each period is `factor` times as long as the one before.

        eta(t) = minimum + (eta - minimum) (1 + cos(pi s / span)) / 2
        s = epochs since the last restart, span = first, first factor, first factor^2, ...

    Args:
        minimum: Minimum learning rate, which each period approaches; a number of at least 0.
        first: Number of epochs of the first period; a whole number of at least 1.
        factor: Length of each period relative to the previous one; a whole number of at least 1.

    In PyTorch: torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.

    In optax: optax.sgdr_schedule.

    Reference:
        I. Loshchilov, F. Hutter: SGDR: Stochastic Gradient Descent with Warm Restarts. International Conference on
        Learning Representations, 2017. https://arxiv.org/abs/1608.03983
    """

    id: ClassVar[str] = "warm-restarts"

    def __init__(
        self,
        minimum: float = 0.0,
        *,
        first: int = 100,
        factor: int = 2,
    ) -> None:
        super().__init__(
            minimum=minimum,
            first=first,
            factor=factor,
        )


class OneCycle(Entry):
    """Increases the learning rate to its full value, then decreases it far below the initial one, both along half a
    cosine wave.

        t from 0 to rise * over - 1:  from eta / start_divisor to eta
        then up to t = over - 1:      from eta to eta / (start_divisor end_divisor)
        both along half a cosine wave

    Args:
        over: Number of epochs of the cycle; a whole number of at least 2.
        rise: Fraction of the cycle in which the learning rate rises; a number of at least 0 and at most 1.
        start_divisor: Maximum learning rate divided by the first learning rate; a number above 0.
        end_divisor: First learning rate divided by the last learning rate; a number above 0.

    In PyTorch: torch.optim.lr_scheduler.OneCycleLR.

    In optax: optax.cosine_onecycle_schedule.

    Reference:
        L. N. Smith, N. Topin: Super-convergence: very fast training of neural networks using large learning rates.
        Artificial Intelligence and Machine Learning for Multi-Domain Operations Applications, SPIE, 2019.
        https://arxiv.org/abs/1708.07120
    """

    id: ClassVar[str] = "one-cycle"

    def __init__(
        self,
        over: int = 1000,
        *,
        rise: float = 0.3,
        start_divisor: float = 25.0,
        end_divisor: float = 10000.0,
    ) -> None:
        super().__init__(
            over=over,
            rise=rise,
            start_divisor=start_divisor,
            end_divisor=end_divisor,
        )


class LinearWarmUp(Entry):
    """Increases the learning rate linearly from a fraction to its full value.

        eta(t) = eta (start_factor + (1 - start_factor) min(t, over) / over)

    Args:
        start_factor: Fraction of the learning rate in the first epoch; a number of at least 0 and at most 1.
        over: Number of epochs until the full learning rate is reached; a whole number of at least 1.

    In PyTorch: torch.optim.lr_scheduler.LinearLR.

    In optax: optax.warmup_constant_schedule.

    Reference:
        P. Goyal, P. Dollár, R. Girshick, P. Noordhuis, L. Wesolowski, A. Kyrola, A. Tulloch, Y. Jia, K. He:
        Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour. arXiv, 2017. https://arxiv.org/abs/1706.02677
    """

    id: ClassVar[str] = "linear-warm-up"

    def __init__(
        self,
        start_factor: float = 0.3333333333333333,
        *,
        over: int = 5,
    ) -> None:
        super().__init__(
            start_factor=start_factor,
            over=over,
        )


class MultiStep(Entry):
    """Multiplies the learning rate by a factor at some epochs.

        eta(t) = eta factor^(number of milestones that are at most t)

    Args:
        milestones: Epochs at which the learning rate changes, in ascending order and separated by dashes, such as
            30-60-90; a text.
        factor: Factor of the learning rate at each of them; a number above 0.

    In PyTorch: torch.optim.lr_scheduler.MultiStepLR.

    In optax: optax.piecewise_constant_schedule.
    """

    id: ClassVar[str] = "multi-step"

    def __init__(
        self,
        milestones: str = "100-200",
        *,
        factor: float = 0.1,
    ) -> None:
        super().__init__(
            milestones=milestones,
            factor=factor,
        )


class Cyclic(Entry):
    """Moves the learning rate linearly up and down between two values.

        eta(t) = low eta + (1 - low) eta max(0, 1 - |t / half - 2 cycle + 1|)          cycle = floor(1 + t / (2 half))

    Args:
        low: The lowest learning rate, as a fraction of the highest; a number of at least 0 and at most 1.
        half: Number of epochs of half a cycle; a whole number of at least 1.

    In PyTorch: torch.optim.lr_scheduler.CyclicLR.

    Reference:
        L. N. Smith: Cyclical Learning Rates for Training Neural Networks. IEEE Winter Conference on Applications of
        Computer Vision, 2017. https://arxiv.org/abs/1506.01186
    """

    id: ClassVar[str] = "cyclic"

    def __init__(
        self,
        low: float = 0.1,
        *,
        half: int = 50,
    ) -> None:
        super().__init__(
            low=low,
            half=half,
        )


class WarmupStableDecay(Entry):
    """Increases the learning rate linearly, keeps it, and decreases it linearly at the end.

        eta(t) = eta min(1, (t + 1) / (warmup + 1), (over - t) / decay)          not below eta minimum after the warmup

    Args:
        warmup: Number of epochs before the full learning rate is reached; a whole number of at least 0.
        decay: Number of epochs of the decay; a whole number of at least 1.
        over: Number of all epochs; a whole number of at least 1.
        minimum: Final learning rate, as a fraction of the full one; a number of at least 0 and at most 1.

    Reference:
        S. Hu, Y. Tu, X. Han, C. He, G. Cui, X. Long, Z. Zheng, Y. Fang, Y. Huang, W. Zhao, X. Zhang, Z. L. Thai, K.
        Zhang, C. Wang, Y. Yao, C. Zhao, J. Zhou, J. Cai, Z. Zhai, N. Ding, C. Jia, G. Zeng, D. Li, Z. Liu, M. Sun:
        MiniCPM: Unveiling the Potential of Small Language Models with Scalable Training Strategies. arXiv
        2404.06395, 2024. https://arxiv.org/abs/2404.06395
    """

    id: ClassVar[str] = "warmup-stable-decay"

    def __init__(
        self,
        warmup: int = 10,
        *,
        decay: int = 20,
        over: int = 100,
        minimum: float = 0.0,
    ) -> None:
        super().__init__(
            warmup=warmup,
            decay=decay,
            over=over,
            minimum=minimum,
        )


class Plateau(Entry):
    """Reduces the learning rate when the loss has not improved for some epochs.

        a loss below (1 - threshold) best - absolute_threshold improves:  best <- loss          waited <- 0
        any other loss:  waited <- waited + 1
        waited = patience:  factor(t) <- max(factor(t) factor, minimum)          waited <- 0
        eta(t) = eta factor(t)

    Args:
        factor: Factor of the learning rate at each reduction; a number above 0 and below 1.
        patience: Number of losses without an improvement before a reduction; a whole number of at least 1.
        threshold: Fraction by which a loss must be below the best one; a number of at least 0 and below 1.
        absolute_threshold: Amount by which a loss must be below the best one, in addition; a number of at least 0.
        cooldown: Number of losses that are not counted after a reduction; a whole number of at least 0.
        window: Number of epochs whose mean loss counts as one loss; a whole number of at least 1.
        minimum: Smallest learning rate, as a fraction of the initial one; a number of at least 0 and at most 1.

    In PyTorch: torch.optim.lr_scheduler.ReduceLROnPlateau.

    In optax: optax.contrib.reduce_on_plateau.
    """

    id: ClassVar[str] = "plateau"

    def __init__(
        self,
        factor: float = 0.1,
        *,
        patience: int = 10,
        threshold: float = 0.0001,
        absolute_threshold: float = 0.0,
        cooldown: int = 0,
        window: int = 1,
        minimum: float = 0.0,
    ) -> None:
        super().__init__(
            factor=factor,
            patience=patience,
            threshold=threshold,
            absolute_threshold=absolute_threshold,
            cooldown=cooldown,
            window=window,
            minimum=minimum,
        )


class Chain(Entry):
    """Follows one schedule for some epochs, and then another one.

        eta(t) = first(t)  for t < epochs          eta(t) = then(t - epochs)  afterwards

    Args:
        first: The first schedule; a schedule.
        epochs: Number of epochs of the first schedule; a whole number of at least 0.
        then: The schedule that follows; a schedule.

    In PyTorch: torch.optim.lr_scheduler.SequentialLR.

    In optax: optax.join_schedules.
    """

    id: ClassVar[str] = "chain"

    def __init__(
        self,
        first: str | Entry = "linear-warm-up",
        *,
        epochs: int = 5,
        then: str | Entry = "cosine",
    ) -> None:
        super().__init__(
            first=first,
            epochs=epochs,
            then=then,
        )
