//! Writes a schedule of the learning rate in Python.

use super::{
    call::value_of,
    framework::{Framework, float},
};
use crate::prelude::*;
use thalweg::effective::EffectiveSetting;

/// The schedules that can be written, for error messages.
const WRITABLE: &str = "constant, exponential, inverse-time, step-decay, polynomial, cosine, \
                        linear-warm-up, multi-step";

/// Returns the learning rate of the step `t`, counted from 0, as an expression in `base` and `t`; `None` without a schedule.
pub(super) fn rate(framework: Framework, settings: &[EffectiveSetting]) -> Result<Option<String>> {
    let Some(id) = value_of(settings, "schedule") else {
        return Ok(None);
    };
    let setting = |key: &str| value_of(settings, &format!("schedule.{key}")).unwrap_or_default();
    let number = |key: &str| match setting(key).parse() {
        Ok(v) => float(v),
        Err(_) => setting(key).to_owned(),
    };
    let slash = if setting("staircase") == "true" {
        "//"
    } else {
        "/"
    };
    let [every, over] = ["every", "over"].map(number);
    let passed = match framework {
        Framework::Torch => format!("min(t, {over}) / {over}"),
        Framework::Jax => format!("jnp.minimum(t, {over}) / {over}"),
    };
    // The learning rate falls to a minimum by a factor from 1 to 0.
    let falling = |factor: String| match &*number("minimum") {
        "0.0" => format!("base * {factor}"),
        minimum => format!("{minimum} + (base - {minimum}) * {factor}"),
    };
    Ok(Some(match id {
        "constant" => "base".to_owned(),
        "exponential" => format!("base * {}**(t {slash} {every})", number("rate")),
        "inverse-time" => format!("base / (1 + {} * (t {slash} {every}))", number("rate")),
        "step-decay" => format!("base / (1 + t / {every})"),
        "polynomial" if setting("cycle") != "true" => {
            let power = number("power");
            falling(format!("(1 - {passed})**{power}"))
        }
        "cosine" => {
            let cos = framework.either("math.cos", "jnp.cos");
            falling(format!("(1 + {cos}(math.pi * {passed})) / 2"))
        }
        "linear-warm-up" => {
            let start = number("start_factor");
            format!("base * ({start} + (1 - {start}) * {passed})")
        }
        "multi-step" => {
            let milestones = setting("milestones").replace('-', ", ");
            format!(
                "base * {}**sum(t >= m for m in [{milestones}])",
                number("factor")
            )
        }
        _ => {
            refuse!("the schedule `{}` with these settings cannot be exported", id; &format!("choose one of: {WRITABLE}"))
        }
    }))
}
