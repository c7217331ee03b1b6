//! The two frameworks for which scripts are written, and the names of functions in them.

use thalweg::{
    activation::Activation,
    catalog::libraries::{LIBRARIES, Library},
    dual::Unary,
    number::ShortestFloat,
};

/// The framework of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framework {
    /// `PyTorch` with the optimizers of `torch.optim`.
    Torch,
    /// JAX with the optimizers of optax.
    Jax,
}

impl Framework {
    /// Returns the framework of a library that the arguments of the command allow.
    pub(super) fn named(library: &str) -> Self {
        match library {
            "torch" => Self::Torch,
            _ => Self::Jax,
        }
    }

    /// Returns the library with the optimizers.
    pub(super) fn library(self) -> &'static Library {
        let [torch, optax, ..] = &LIBRARIES;
        match self {
            Self::Torch => torch,
            Self::Jax => optax,
        }
    }

    /// Returns the other framework.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Torch => Self::Jax,
            Self::Jax => Self::Torch,
        }
    }

    /// Returns an array with the elements of a list of floats.
    pub(super) fn array(self, list: &str) -> String {
        match self {
            Self::Torch => format!("torch.tensor({list})"),
            Self::Jax => format!("jnp.array({list})"),
        }
    }

    /// Returns the name of a module-level function, given its names in both frameworks.
    pub(super) fn either(self, torch: &'static str, jax: &'static str) -> &'static str {
        match self {
            Self::Torch => torch,
            Self::Jax => jax,
        }
    }

    /// Returns a function of one number, applied to an expression that needs no brackets as an argument.
    pub(super) fn function(self, f: Unary, argument: &str) -> String {
        let name = match f {
            Unary::Cbrt if self == Self::Torch => {
                return format!("torch.sign({argument}) * torch.abs({argument})**(1 / 3)");
            }
            Unary::Sqrt => self.either("torch.sqrt", "jnp.sqrt"),
            Unary::Exp => self.either("torch.exp", "jnp.exp"),
            Unary::Ln => self.either("torch.log", "jnp.log"),
            Unary::Tanh => self.either("torch.tanh", "jnp.tanh"),
            Unary::Sin => self.either("torch.sin", "jnp.sin"),
            Unary::Cos => self.either("torch.cos", "jnp.cos"),
            Unary::Asin => self.either("torch.asin", "jnp.arcsin"),
            Unary::Acos => self.either("torch.acos", "jnp.arccos"),
            Unary::Atan => self.either("torch.atan", "jnp.arctan"),
            Unary::Sinh => self.either("torch.sinh", "jnp.sinh"),
            Unary::Cosh => self.either("torch.cosh", "jnp.cosh"),
            Unary::Sigmoid => self.either("torch.sigmoid", "jax.nn.sigmoid"),
            Unary::Exp2 => self.either("torch.exp2", "jnp.exp2"),
            Unary::Log2 => self.either("torch.log2", "jnp.log2"),
            Unary::Log10 => self.either("torch.log10", "jnp.log10"),
            Unary::Cbrt => "jnp.cbrt",
            Unary::Floor => self.either("torch.floor", "jnp.floor"),
            Unary::Minus => "-",
            Unary::Squared => self.either("torch.square", "jnp.square"),
        };
        format!("{name}({argument})")
    }

    /// Returns an activation function, applied to an expression.
    pub(super) fn activation(self, activation: Activation, z: &str) -> String {
        match activation {
            Activation::Sigmoid => self.function(Unary::Sigmoid, z),
            Activation::Tanh => self.function(Unary::Tanh, z),
            Activation::Relu => format!("{}({z})", self.either("torch.relu", "jax.nn.relu")),
            Activation::Softplus => self.softplus(z),
            Activation::Linear => z.to_owned(),
        }
    }

    /// Returns ln(1 + exp(z)). The function `softplus` of torch is linear for large arguments.
    pub(super) fn softplus(self, z: &str) -> String {
        match self {
            Self::Torch => format!("torch.logaddexp({z}, torch.zeros_like({z}))"),
            Self::Jax => format!("jnp.logaddexp({z}, 0.0)"),
        }
    }
}

/// Returns a number as a literal of Python that is a float.
pub(super) fn float(v: f64) -> String {
    let text = ShortestFloat(v).to_string();
    if v.is_finite() && !text.contains(['.', 'e']) {
        text + ".0"
    } else if v.is_finite() {
        text
    } else {
        format!("float(\"{text}\")")
    }
}

/// Returns numbers as a list of Python.
pub(super) fn list(numbers: &[f64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(|v| float(*v)).collect();
    format!("[{}]", numbers.join(", "))
}
