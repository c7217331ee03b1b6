"""The problems of the catalog. `cargo xtask codegen` writes this module."""

from __future__ import annotations

from os import PathLike
from types import EllipsisType
from typing import ClassVar, Literal

from thalweg._pick import Entry

__all__ = [
    "Ackley",
    "Article",
    "AssociativeMemory",
    "Beale",
    "Booth",
    "Branin",
    "Bukin",
    "Cliff",
    "CrossInTray",
    "Csv",
    "DeepLinear",
    "Easom",
    "Formula",
    "GoldsteinPrice",
    "Griewank",
    "Himmelblau",
    "Image",
    "Levy",
    "MatrixRegression",
    "Matyas",
    "Mccormick",
    "Michalewicz",
    "Mlp",
    "MonkeySaddle",
    "Perceptron",
    "Plateau",
    "Quadratic",
    "Rastrigin",
    "Ravine",
    "Rosenbrock",
    "Saddle",
    "SixHumpCamel",
    "StyblinskiTang",
    "ThreeHumpCamel",
]


class Article(Entry):
    """The network of the article: a sigmoid unit with two weights and no bias on six points. Its loss can be drawn
    as a map.

        p = sigmoid(w . x)          E(w) = mean((p - y)^2)

    Reference:
        Y. Shevchuk: Visualize Algorithms based on the Backpropagation. NeuPy, 2015.
        http://neupy.com/2015/07/04/visualize_backpropagation_algorithms.html
    """

    id: ClassVar[str] = "article"

    def __init__(self) -> None:
        super().__init__()


class Csv(Entry):
    """A perceptron on the rows of a CSV file, with one weight per feature and an optional bias.

        p = activation(w . x + bias)          E(w) = mean(loss(p, y))

    Args:
        path: CSV file with one sample per row; a file name.
        target: Name or number of the target column. The default is the last column; a text.
        features: Names or numbers of the feature columns, separated by |. The default is all other columns; a text.
        scale: Scaling of the features: `standard` gives each the mean 0 and the standard deviation 1; none,
            standard.
        header: Whether the first row contains the column names; `auto` looks for numbers in it; auto, first, none.
        decimal: Decimal sign of the numbers; `auto` is a comma if no number contains a point; auto, point, comma.
        missing: Whether a row with an empty cell is an error or is left out; refuse, skip.
        activation: Activation function of the unit; sigmoid, tanh, relu, softplus, linear.
        loss: Loss function; mse, mae, binary-cross-entropy, hinge.
        bias: Whether the unit has a bias, and whether the bias is trained; none, fixed, trained.
        bias_value: Fixed bias, or initial value of the trained bias; a number.
        class_: Class with the target 1, given by its name or number; the other classes have the target 0; a text.
    """

    id: ClassVar[str] = "csv"

    def __init__(
        self,
        path: str | PathLike[str] | None = None,
        *,
        target: str | None = None,
        features: str | None = None,
        scale: Literal["none", "standard"] = "none",
        header: Literal["auto", "first", "none"] = "auto",
        decimal: Literal["auto", "point", "comma"] = "auto",
        missing: Literal["refuse", "skip"] = "refuse",
        activation: Literal["sigmoid", "tanh", "relu", "softplus", "linear"] = "sigmoid",
        loss: Literal["mse", "mae", "binary-cross-entropy", "hinge"] = "mse",
        bias: Literal["none", "fixed", "trained"] = "none",
        bias_value: float = 0.0,
        class_: str | None = None,
    ) -> None:
        super().__init__(
            path=path,
            target=target,
            features=features,
            scale=scale,
            header=header,
            decimal=decimal,
            missing=missing,
            activation=activation,
            loss=loss,
            bias=bias,
            bias_value=bias_value,
            class_=class_,
        )


class Perceptron(Entry):
    """A network with one layer and one output: one weight per feature and an optional bias.

        p = activation(x . w + bias)          E(w) = mean(loss(p, y))

    Args:
        data: Data set or CSV file; a data set.
        activation: Activation function of the unit; sigmoid, tanh, relu, softplus, linear.
        loss: Loss function; mse, mae, binary-cross-entropy, hinge.
        bias: Whether the unit has a bias, and whether the bias is trained; none, fixed, trained.
        bias_value: Fixed bias, or initial value of the trained bias; a number.
        class_: Class with the target 1, given by its name or number; the other classes have the target 0; a text.
    """

    id: ClassVar[str] = "perceptron"

    def __init__(
        self,
        data: str | Entry = "six-points",
        *,
        activation: Literal["sigmoid", "tanh", "relu", "softplus", "linear"] = "sigmoid",
        loss: Literal["mse", "mae", "binary-cross-entropy", "hinge"] = "mse",
        bias: Literal["none", "fixed", "trained"] = "none",
        bias_value: float = 0.0,
        class_: str | None = None,
    ) -> None:
        super().__init__(
            data=data,
            activation=activation,
            loss=loss,
            bias=bias,
            bias_value=bias_value,
            class_=class_,
        )


class Mlp(Entry):
    """A multilayer perceptron: fully connected layers with biases.

        a_0 = x          a_k = activation(a_(k-1) W_k + b_k)          E = mean(loss(a_n, y))
        weights: W_1 (one row per input, one column per unit), b_1, W_2, b_2, ...

    Args:
        layers: Number of units of each layer, separated by dashes, such as 2-8-8-1; a text.
        data: Data set or CSV file; a data set.
        activation: Activation function of the hidden units; sigmoid, tanh, relu, softplus, linear.
        output: Activation function of the outputs. The default depends on the loss; sigmoid, tanh, relu, softplus,
            linear.
        loss: Loss function; mse, mae, binary-cross-entropy, hinge, categorical-cross-entropy.
        seed: Seed of the initial weights; a whole number of at least 0 and at most 9000000000000000.

    Reference:
        X. Glorot, Y. Bengio: Understanding the difficulty of training deep feedforward neural networks. AISTATS,
        2010. https://proceedings.mlr.press/v9/glorot10a.html
    """

    id: ClassVar[str] = "mlp"

    def __init__(
        self,
        layers: str = "2-8-8-1",
        *,
        data: str | Entry = "moons",
        activation: Literal["sigmoid", "tanh", "relu", "softplus", "linear"] = "tanh",
        output: Literal["sigmoid", "tanh", "relu", "softplus", "linear"] | None = None,
        loss: Literal["mse", "mae", "binary-cross-entropy", "hinge", "categorical-cross-entropy"] = "mse",
        seed: int = 1,
    ) -> None:
        super().__init__(
            layers=layers,
            data=data,
            activation=activation,
            output=output,
            loss=loss,
            seed=seed,
        )


class MatrixRegression(Entry):
    """Linear regression of a matrix W: a quadratic bowl over the weights of one matrix.

        E(W) = |L (W - M) R|^2 / 2          gradient = L^2 (W - M) R^2

    Args:
        shape: Numbers of rows and columns, such as 8x8; a text.
        condition: Ratio of the greatest and the smallest curvature: the condition number; a number of at least 1.
        seed: Seed of the matrices L, R, and M and of the initial weights; a whole number of at least 0 and at most
            9000000000000000.
    """

    id: ClassVar[str] = "matrix-regression"

    def __init__(
        self,
        shape: str = "8x8",
        *,
        condition: float = 100.0,
        seed: int = 1,
    ) -> None:
        super().__init__(
            shape=shape,
            condition=condition,
            seed=seed,
        )


class AssociativeMemory(Entry):
    """A matrix W that remembers pairs of a key and a value, some of them frequent and some rare.

        z_ij = k_i^T W v_j          E(W) = -sum_i p_i ln(exp(z_ii) / sum_j exp(z_ij))
        p_i = i^-exponent / sum_j j^-exponent

    Args:
        pairs: Number of pairs, which is the number of rows and of columns of W; a whole number of at least 2 and at
            most 100.
        exponent: Exponent of Zipf's law: 0 makes all pairs equally frequent; a number of at least 0 and at most 20.
        embedding: Keys and values: `rotated` or `one-hot`; rotated, one-hot.
        seed: Seed of rotated keys and values; a whole number of at least 0 and at most 9000000000000000.

    Reference:
        S. Wang, F. Zhang, J. Li, C. Du, C. Du, T. Pang, Z. Yang, M. Hong, V. Y. F. Tan: Muon Outperforms Adam in
        Tail-End Associative Memory Learning. arXiv, 2025. https://arxiv.org/abs/2509.26030
    """

    id: ClassVar[str] = "associative-memory"

    def __init__(
        self,
        pairs: int = 8,
        *,
        exponent: float = 1.0,
        embedding: Literal["rotated", "one-hot"] = "rotated",
        seed: int = 1,
    ) -> None:
        super().__init__(
            pairs=pairs,
            exponent=exponent,
            embedding=embedding,
            seed=seed,
        )


class DeepLinear(Entry):
    """A deep linear network: two or three matrices whose product approximates a matrix M.

        P = W_1 W_2 (W_3)          E(W) = |P - M|^2 / 2

    Args:
        factors: Number of matrices: 2 or 3; a whole number of at least 2 and at most 3.
        shape: Numbers of rows and columns of the product, such as 4x4; a text.
        hidden: Number of hidden units between two matrices; a whole number of at least 1 and at most 500.
        condition: Ratio of the largest and the smallest singular value of M; a number of at least 1.
        initial_scale: Size of the initial weights, relative to the usual size; a number of at least 0.
        seed: Seed of M and of the initial weights; a whole number of at least 0 and at most 9000000000000000.

    Reference:
        A. M. Saxe, J. L. McClelland, S. Ganguli: Exact solutions to the nonlinear dynamics of learning in deep
        linear neural networks. International Conference on Learning Representations, 2014.
        https://arxiv.org/abs/1312.6120
    """

    id: ClassVar[str] = "deep-linear"

    def __init__(
        self,
        factors: int = 2,
        *,
        shape: str = "4x4",
        hidden: int = 4,
        condition: float = 10.0,
        initial_scale: float = 0.5,
        seed: int = 1,
    ) -> None:
        super().__init__(
            factors=factors,
            shape=shape,
            hidden=hidden,
            condition=condition,
            initial_scale=initial_scale,
            seed=seed,
        )


class Formula(Entry):
    """A formula in x and y, with exact gradient and Hessian.

        formula:(1-x)^2+100*(y-x^2)^2,start=-1.5,2,window=-2,2,-1,3

    Args:
        formula: Formula in x and y with + - * / ^, brackets, pi, and e. Functions of angles: sin cos tan cot asin
            acos atan atan2(y,x). Other functions: sinh cosh tanh sigmoid exp exp2 ln log log2 log10 sqrt cbrt abs
            sign floor min max where(x<y,then,otherwise); a text.
        start: Initial point. The default lies at 20% and 70% of the sides of the window; a text.
        window: Visible part of the plane: w1min,w1max,w2min,w2max. The default is -5,5,-5,5; a text.
        target: Target loss; a number.
    """

    id: ClassVar[str] = "formula"

    def __init__(
        self,
        formula: str | None = None,
        *,
        start: str | None = None,
        window: str | None = None,
        target: float | None = None,
    ) -> None:
        super().__init__(
            formula=formula,
            start=start,
            window=window,
            target=target,
        )


class Quadratic(Entry):
    """A bowl with elliptic contour lines, like most smooth functions near a minimum.

        u =  x cos a + y sin a
        v = -x sin a + y cos a          E(x, y) = (u^2 + condition v^2) / 2

    Args:
        condition: Ratio of the curvatures across and along the long axis: the condition number; a number above 0.
        angle: Angle between the long axis and the axis of the first weight, in degrees; a number.
    """

    id: ClassVar[str] = "quadratic"

    def __init__(
        self,
        condition: float = 25.0,
        *,
        angle: float = 30.0,
    ) -> None:
        super().__init__(
            condition=condition,
            angle=angle,
        )


class Rosenbrock(Entry):
    """A narrow, curved valley. It is easy to reach the valley, but hard to follow it to the minimum.

        E(x, y) = (a - x)^2 + b (y - x^2)^2

    Args:
        a: First weight of the minimum; a number.
        b: Steepness of the walls of the valley; a number above 0.

    Reference:
        H. H. Rosenbrock: An automatic method for finding the greatest or least value of a function. The Computer
        Journal 3(3), 1960. https://doi.org/10.1093/comjnl/3.3.175
    """

    id: ClassVar[str] = "rosenbrock"

    def __init__(
        self,
        a: float = 1.0,
        *,
        b: float = 100.0,
    ) -> None:
        super().__init__(
            a=a,
            b=b,
        )


class Beale(Entry):
    """A flat valley between very high peaks at the corners.

        E(x, y) = (1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "beale"

    def __init__(self) -> None:
        super().__init__()


class Himmelblau(Entry):
    """Four equal minima around a hill. Which minimum an optimizer reaches depends on its first steps.

        E(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2

    Reference:
        D. M. Himmelblau: Applied nonlinear programming. McGraw-Hill, 1972.
    """

    id: ClassVar[str] = "himmelblau"

    def __init__(self) -> None:
        super().__init__()


class Booth(Entry):
    """A quadratic bowl whose curvature is nine times as large in one direction as in the other.

        E(x, y) = (x + 2 y - 7)^2 + (2 x + y - 5)^2

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "booth"

    def __init__(self) -> None:
        super().__init__()


class Matyas(Entry):
    """A diagonal valley whose curvature is 25 times as large across as along.

        E(x, y) = 0.26 (x^2 + y^2) - 0.48 x y = ((x - y) / 2)^2 + ((x + y) / 10)^2

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "matyas"

    def __init__(self) -> None:
        super().__init__()


class Mccormick(Entry):
    """A straight valley with waves along its floor, each with a local minimum.

        E(x, y) = sin(x + y) + (x - y)^2 - 1.5 x + 2.5 y + 1

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "mccormick"

    def __init__(self) -> None:
        super().__init__()


class GoldsteinPrice(Entry):
    """Values from 3 to a million: a learning rate that suits one region is far too large or too small in another.

        E(x, y) = (1 + (x + y + 1)^2 (19 - 14 x + 3 x^2 - 14 y + 6 x y + 3 y^2))
                * (30 + (2 x - 3 y)^2 (18 - 32 x + 12 x^2 + 48 y - 36 x y + 27 y^2))

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "goldstein-price"

    def __init__(self) -> None:
        super().__init__()


class ThreeHumpCamel(Entry):
    """Three local minima in a row. The middle one is the global minimum.

        E(x, y) = 2 x^2 - 1.05 x^4 + x^6 / 6 + x y + y^2

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "three-hump-camel"

    def __init__(self) -> None:
        super().__init__()


class SixHumpCamel(Entry):
    """Six local minima, two of them global. The function is point-symmetric about the origin.

        E(x, y) = (4 - 2.1 x^2 + x^4 / 3) x^2 + x y + 4 (y^2 - 1) y^2

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "six-hump-camel"

    def __init__(self) -> None:
        super().__init__()


class Branin(Entry):
    """Three equal minima along a curved valley.

        E(x, y) = (y - 5.1 x^2 / (4 pi^2) + 5 x / pi - 6)^2 + 10 (1 - 1 / (8 pi)) cos x + 10

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "branin"

    def __init__(self) -> None:
        super().__init__()


class StyblinskiTang(Entry):
    """Four local minima, one of them global. The function is separable: a sum of functions of one weight each.

        E(x, y) = (x^4 - 16 x^2 + 5 x + y^4 - 16 y^2 + 5 y) / 2

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "styblinski-tang"

    def __init__(self) -> None:
        super().__init__()


class Rastrigin(Entry):
    """A wide bowl with a regular grid of local minima.

        E(x, y) = 20 + x^2 - 10 cos(2 pi x) + y^2 - 10 cos(2 pi y)

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "rastrigin"

    def __init__(self) -> None:
        super().__init__()


class Ackley(Entry):
    """A nearly flat plain with many local minima, and a funnel with a sharp tip at its center.

        E(x, y) = 20 + e - 20 exp(-0.2 sqrt((x^2 + y^2) / 2)) - exp((cos(2 pi x) + cos(2 pi y)) / 2)

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "ackley"

    def __init__(self) -> None:
        super().__init__()


class Levy(Entry):
    """Waves on a bowl, with an amplitude that increases away from the center. They form many local minima.

        u = 1 + (x - 1) / 4          v = 1 + (y - 1) / 4
        E(x, y) = sin(pi u)^2 + (u - 1)^2 (1 + 10 sin(pi u + 1)^2) + (v - 1)^2 (1 + sin(2 pi v)^2)

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "levy"

    def __init__(self) -> None:
        super().__init__()


class Griewank(Entry):
    """A wide, shallow bowl with many local minima of nearly equal depth.

        E(x, y) = (x^2 + y^2) / 4000 - cos(x) cos(y / sqrt(2)) + 1

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "griewank"

    def __init__(self) -> None:
        super().__init__()


class Easom(Entry):
    """A narrow hole in a plain that is flat almost everywhere: gradients vanish before they point to the hole.

        E(x, y) = -cos(x) cos(y) exp(-(x - pi)^2 - (y - pi)^2)

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "easom"

    def __init__(self) -> None:
        super().__init__()


class CrossInTray(Entry):
    """Ridges along both axes divide a tray, which has one of four equal minima in each quarter.

        E(x, y) = -0.0001 (|sin(x) sin(y) exp(|100 - sqrt(x^2 + y^2) / pi|)| + 1)^0.1

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "cross-in-tray"

    def __init__(self) -> None:
        super().__init__()


class Bukin(Entry):
    """A valley as sharp as a fold, along a parabola that falls slowly: gradients point across it and grow without
    limit near it.

        E(x, y) = 100 sqrt(|y - 0.01 x^2|) + 0.01 |x + 10|

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "bukin"

    def __init__(self) -> None:
        super().__init__()


class Michalewicz(Entry):
    """Steep, narrow valleys that cross in a plain that is nearly flat elsewhere.

        E(x, y) = -sin(x) sin(x^2 / pi)^20 - sin(y) sin(2 y^2 / pi)^20

    Reference:
        M. Jamil, X.-S. Yang: A literature survey of benchmark functions for global optimisation problems.
        International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013.
        https://doi.org/10.1504/IJMMNO.2013.055204
    """

    id: ClassVar[str] = "michalewicz"

    def __init__(self) -> None:
        super().__init__()


class Cliff(Entry):
    """A gentle slope that ends at an exponential wall: a step that is slightly too long lands high on the wall.

        E(x, y) = ((x - 3) / 100)^2 - (x - y) + exp(20 (x - y))

    Reference:
        I. Bongartz, A. R. Conn, N. Gould, P. L. Toint: CUTE: Constrained and Unconstrained Testing Environment. ACM
        Transactions on Mathematical Software 21(1), 1995. https://doi.org/10.1145/200979.201043
    """

    id: ClassVar[str] = "cliff"

    def __init__(self) -> None:
        super().__init__()


class Saddle(Entry):
    """The simplest saddle: the loss increases along the first weight and decreases along the second. It has no
    minimum.

        E(x, y) = x^2 - y^2
    """

    id: ClassVar[str] = "saddle"

    def __init__(self) -> None:
        super().__init__()


class MonkeySaddle(Entry):
    """A saddle with three directions of descent: two for the legs and one for the tail of a monkey. The Hessian is
    zero at its center.

        E(x, y) = x^3 - 3 x y^2
    """

    id: ClassVar[str] = "monkey-saddle"

    def __init__(self) -> None:
        super().__init__()


class Ravine(Entry):
    """A narrow, winding ravine with steep walls and a gentle slope along its floor.

        E(x, y) = 10 (y - sin x)^2 + (x / 4)^2
    """

    id: ClassVar[str] = "ravine"

    def __init__(self) -> None:
        super().__init__()


class Plateau(Entry):
    """A round hole in a plateau. Far from the hole, the gradient is almost zero.

        E(x, y) = 1 - exp(-(x^2 + y^2) / (2 width^2))

    Args:
        width: Distance of the steepest slope from the center of the hole; a number above 0.
    """

    id: ClassVar[str] = "plateau"

    def __init__(
        self,
        width: float = 1.0,
    ) -> None:
        super().__init__(
            width=width,
        )


class Image(Entry):
    """A landscape drawn as a picture: dark parts are low, and bright parts are high.

        E(x, y) = height S(x, y)          S = 0 for black, and 1 for white

    Args:
        path: PNG picture; a file name.
        smoothing: Standard deviation of the Gaussian that smooths the picture, in pixels; 0 for none; a number of
            at least 0 and at most 50.
        height: Loss of white. The loss of black is 0; a number above 0.
        start: Initial point. The default lies at 20% and 70% of the sides of the picture; a text.
        target: Target loss; a number.
    """

    id: ClassVar[str] = "image"

    def __init__(
        self,
        path: str | PathLike[str] | None = None,
        *,
        smoothing: float = 2.0,
        height: float = 1.0,
        start: str | None = None,
        target: float | None = None,
    ) -> None:
        super().__init__(
            path=path,
            smoothing=smoothing,
            height=height,
            start=start,
            target=target,
        )
