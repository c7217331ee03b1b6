//! Puts the parts of a script together.

use super::{
    Loss,
    call::{Call, value_of},
    framework::Framework,
    options::{Clip, Options},
};
use crate::prelude::*;
use thalweg::error::printable;

/// The parts of a script.
pub(super) struct Script<'a> {
    pub(super) framework: Framework,
    pub(super) contest: &'a PreparedExperiment,
    pub(super) contender: &'a ComparedOptimizer,
    /// The command that makes the same run.
    pub(super) command: &'a str,
    pub(super) loss: Loss,
    pub(super) call: Call,
    pub(super) options: Options,
    /// Whether the optimizer also receives the loss.
    pub(super) needs_loss: bool,
}

impl Script<'_> {
    /// Returns the text of the script.
    pub(super) fn text(&self) -> String {
        let parts = match self.framework {
            Framework::Torch => [TORCH_IMPORTS, TORCH_LOOP],
            Framework::Jax => [JAX_IMPORTS, JAX_LOOP],
        };
        let [imports, run] = parts;
        let mut text = self.heading() + imports;
        text += &self.constants();
        text += &self.loss_function();
        text += &self.parameters();
        text += &self.optimizer();
        text + &self.filled(run)
    }

    /// Returns the comment at the beginning. Control characters in the pick of a formula could end the comment.
    fn heading(&self) -> String {
        let title = format!("{} on {}", self.contender.label, self.contest.problem.title);
        let (title, command) = (printable(&title), printable(self.command));
        format!(
            "# {title}. Written by Thalweg {}; its command for the same run:\n#\n#     {command}\n#\n\
             # Prints the epoch, the loss, and the weights as CSV.\n",
            env!("CARGO_PKG_VERSION")
        )
    }

    fn constants(&self) -> String {
        let budget = self.contest.budget;
        let target = budget
            .target
            .map_or("None".to_owned(), |loss| ShortestFloat(loss).to_string());
        format!(
            "EPOCHS = {}\nTARGET = {target}  # the run ends at this loss\n",
            budget.epochs
        )
    }

    fn loss_function(&self) -> String {
        let mut text = self.loss.data.clone() + "\n\ndef loss(w):\n";
        for line in &self.loss.body {
            let _ = writeln!(text, "    {line}");
        }
        text
    }

    /// Returns the statement that makes the initial parameters.
    fn parameters(&self) -> String {
        let arrays = self.loss.parameters.iter().map(|list| {
            let array = self.framework.array(list);
            match self.framework {
                Framework::Torch => array.replace("])", "], requires_grad=True)"),
                Framework::Jax => array,
            }
        });
        let arrays: Vec<String> = arrays.map(|array| format!("    {array},\n")).collect();
        format!("\n\nw = [\n{}]\n", arrays.concat())
    }

    /// Returns the statements that make the optimizer.
    fn optimizer(&self) -> String {
        let call = &self.call;
        let is_rate = |name: &str| ["lr", "learning_rate"].contains(&name);
        let mut text = String::new();
        let mut arguments = Vec::new();
        for (name, value) in &call.arguments {
            let replaced = self.options.rate.is_some() && is_rate(name);
            let value = match self.framework {
                Framework::Jax if replaced => "rate",
                _ => value,
            };
            arguments.push(format!("{name}={value}"));
        }
        if let Some(rate) = &self.options.rate {
            text += &self.rate_function(rate);
        }
        match self.framework {
            Framework::Torch => {
                arguments.insert(0, "w".to_owned());
                let _ = writeln!(text, "optimizer = {}({})", call.name, arguments.join(", "));
            }
            Framework::Jax => {
                let optimizer = format!("{}({})", call.name, arguments.join(", "));
                let _ = writeln!(text, "optimizer = {}", self.chained(optimizer));
            }
        }
        text
    }

    /// Returns the function of the learning rate of a step, counted from 0.
    fn rate_function(&self, rate: &str) -> String {
        let base = value_of(&self.contender.settings_in_effect(), "learning_rate")
            .unwrap_or_default()
            .to_owned();
        let rate = rate.replace("base", &base);
        let cast = match self.framework {
            Framework::Torch => "",
            Framework::Jax => "    t = jnp.asarray(t, dtype=float)\n",
        };
        format!("\n\ndef rate(t):\n{cast}    return {rate}\n\n\n")
    }

    /// Returns an optimizer of optax after the transformations of the gradient that precede it.
    fn chained(&self, optimizer: String) -> String {
        let clip = self.options.clip.as_ref().map(|clip| match clip {
            Clip::Norm(limit) => format!("optax.clip_by_global_norm({limit})"),
            Clip::Value(limit) => format!("optax.clip({limit})"),
            Clip::Adaptive(limit, least) => {
                format!("optax.adaptive_grad_clip({limit}, eps={least})")
            }
        });
        let decay = self.options.coupled_decay.as_ref();
        let decay = decay.map(|decay| format!("optax.add_decayed_weights({decay})"));
        let before: Vec<String> = clip.into_iter().chain(decay).collect();
        let chained = if before.is_empty() {
            optimizer
        } else {
            format!("optax.chain({}, {optimizer})", before.join(", "))
        };
        if self.needs_loss {
            format!("optax.with_extra_args_support({chained})")
        } else {
            chained
        }
    }

    /// Returns the loop with the names of the columns and the statements between the gradient and the step.
    fn filled(&self, run: &str) -> String {
        let names = (1..=self.contest.start.len()).map(|i| format!(",w{i}"));
        let names: Vec<String> = names.collect();
        let mut before = String::new();
        if self.framework == Framework::Torch {
            match &self.options.clip {
                Some(Clip::Norm(limit)) => before += &TORCH_NORM.replace("LIMIT", limit),
                Some(Clip::Value(limit)) => before += &TORCH_VALUE.replace("LIMIT", limit),
                Some(Clip::Adaptive(..)) | None => {}
            }
            if self.options.rate.is_some() {
                before += TORCH_RATE;
            }
        }
        let loss = if self.needs_loss { ", value=value" } else { "" };
        run.replace("COLUMNS", &names.concat())
            .replace("    BEFORE\n", &before)
            .replace("LOSS", loss)
    }
}

const TORCH_IMPORTS: &str = "\
import math

import torch

torch.set_default_dtype(torch.float64)

";

const TORCH_LOOP: &str = r#"
print("epoch,lossCOLUMNS")
for epoch in range(EPOCHS + 1):
    optimizer.zero_grad()
    value = loss(w)
    numbers = [value.item()] + torch.cat([p.detach().flatten() for p in w]).tolist()
    print(epoch, *(f"{number:.17g}" for number in numbers), sep=",")
    is_finite = all(math.isfinite(number) for number in numbers)
    if epoch == EPOCHS or not is_finite or (TARGET is not None and numbers[0] <= TARGET):
        break
    value.backward()
    BEFORE
    optimizer.step()
"#;

/// The function `clip_grad_norm_` of torch adds 1e-6 to the norm.
const TORCH_NORM: &str = "    \
    norm = torch.linalg.vector_norm(torch.cat([p.grad.flatten() for p in w]))
    if norm > LIMIT:
        for p in w:
            p.grad.mul_(LIMIT / norm)
";

const TORCH_VALUE: &str = "    torch.nn.utils.clip_grad_value_(w, LIMIT)\n";

const TORCH_RATE: &str = "    \
    for group in optimizer.param_groups:
        group[\"lr\"] = rate(epoch)
";

const JAX_IMPORTS: &str = "\
import math

import jax
import jax.numpy as jnp
import optax

jax.config.update(\"jax_enable_x64\", True)

";

const JAX_LOOP: &str = r#"
state = optimizer.init(w)
evaluate = jax.jit(jax.value_and_grad(loss))
update = jax.jit(optimizer.update)

print("epoch,lossCOLUMNS")
for epoch in range(EPOCHS + 1):
    value, gradient = evaluate(w)
    numbers = [float(value)] + [float(number) for p in w for number in p.flatten()]
    print(epoch, *(f"{number:.17g}" for number in numbers), sep=",")
    is_finite = all(math.isfinite(number) for number in numbers)
    if epoch == EPOCHS or not is_finite or (TARGET is not None and numbers[0] <= TARGET):
        break
    step, state = update(gradient, state, wLOSS)
    w = optax.apply_updates(w, step)
"#;
