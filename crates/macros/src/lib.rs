//! `#[derive(Describe)]` and `#[derive(Inspect)]`: turn the fields and doc comments of a struct into constant tables.
//! `#[vectorized]` compiles a function for the registers of its caller.
//!
//! The derived code consists only of tables. The crate `thalweg` contains all other code.

mod describe;
mod doc;
mod inspect;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use syn::{Data, DeriveInput, Error, Field, Fields, Result, parse_macro_input};

/// Describes an entry of the catalog, or a group of hyperparameters that several entries share.
///
/// Every named field becomes a row of `Params::PARAMS`: its name, its doc comment, and the arguments of
/// `#[param(...)]`:
///
/// - `default = 0.1` (number), `default = true` (switch), or `default = "sigmoid"` (word, or id of a component); not
///   allowed if the field is an `Option`
/// - `valid = 0.0..1.0`, `valid = 0.0..=1.0`, `valid = open(0.0..1.0)` (both ends excluded), `valid = positive`
/// - `slider = 1e-6..=100.0` for the range of the slider if it differs from the valid range, `log` for its scale
/// - `tuned`: tuning searches over the range of the slider, because the field scales the steps. A `learning_rate` on a
///   logarithmic scale is always tuned
/// - `per_gradient`: a step size per unit of gradient, for which a problem may recommend a value
/// - `loss_bound`: a lower bound of the loss, which a problem may know
/// - `at_most = "key"`: the number must not exceed the number with the other key
/// - `unless = "key"`: the field has no effect if the other key is given, so giving both is an error
/// - `torch = "lr"`, `optax = "b1"`: the name in these libraries, if it differs
///
/// A tuple struct of one field has the rows of that field. `#[entry(id, title, family, cite, variants_of, variant, torch,
/// optax, why)]` on the struct implements `Describe`. The first paragraph of the doc comment is the summary; its `text` block
/// is the formula. `torch` and `optax` are the names in these libraries. Variants of one method share their `variants_of`.
/// `variant` is a phrase that distinguishes the variant from the others. `why` is a table of `thalweg::inspect::StepReason`.
#[proc_macro_derive(Describe, attributes(entry, param))]
pub fn describe(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    finish(describe::describe_tokens(&input))
}

/// Makes the fields of an optimizer's state channels that can be recorded and drawn, and implements `Zeros`.
///
/// Each field has the attribute `#[quantity(...)]` with a variant of `thalweg::inspect::Quantity`, which states what the
/// field measures. A field marked `#[scratch]` is scratch space and begins as its `Default`. A struct with a field marked
/// `#[inner]` has the channels of that field instead; its other fields are scratch space, and it has no `Zeros`.
#[proc_macro_derive(Inspect, attributes(quantity, inner, scratch))]
pub fn inspect(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    finish(inspect::inspect_tokens(&input))
}

/// Compiles a function as a part of its caller, so that its loops use the instructions for which the caller is compiled: mark
/// the `displace` of a rule that treats every weight independently.
///
/// In WebAssembly, all functions use the same instructions, and a call is shorter than a copy.
#[proc_macro_attribute]
pub fn vectorized(_: TokenStream, function: TokenStream) -> TokenStream {
    let function = Tokens::from(function);
    quote! {
        #[allow(clippy::inline_always)]
        #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
        #function
    }
    .into()
}

fn finish(tokens: Result<Tokens>) -> TokenStream {
    tokens.unwrap_or_else(|e| e.to_compile_error()).into()
}

/// Returns the fields of a struct with named fields, or the one field of a tuple struct.
fn fields(input: &DeriveInput) -> Result<Vec<&Field>> {
    match &input.data {
        Data::Struct(data) => Ok(match &data.fields {
            Fields::Named(named) => named.named.iter().collect(),
            Fields::Unnamed(unnamed) if unnamed.unnamed.len() == 1 => {
                unnamed.unnamed.iter().collect()
            }
            Fields::Unit => Vec::new(),
            other @ Fields::Unnamed(_) => {
                let message = "use a struct with named fields: users see the names of the fields";
                return Err(Error::new_spanned(other, message));
            }
        }),
        _ => Err(Error::new_spanned(
            &input.ident,
            "only a struct can be described",
        )),
    }
}
