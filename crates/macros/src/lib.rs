//! `#[derive(Describe)]` and `#[derive(Inspect)]`: turn a struct's fields and doc comments into const tables.
//!
//! The macros write tables only; every decision stays in ordinary code in the crate `thalweg`.

mod describe;
mod doc;
mod inspect;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use syn::{Data, DeriveInput, Error, Field, Fields, Result, parse_macro_input};

/// Describes a catalogue entry, or a group of hyperparameters that several entries share.
///
/// Every named field becomes a row of `Params::PARAMS`: its name, its doc comment, and what
/// `#[param(...)]` says:
///
/// - `default = 0.1` (number), `default = true` (switch) or `default = "sigmoid"` (word, or id of a part); none where the
///   field is an `Option`
/// - `valid = 0.0..1.0`, `valid = 0.0..=1.0`, `valid = open(0.0..1.0)` (both ends excluded), `valid = positive`
/// - `slider = 1e-6..=100.0` for the useful span where it is not all that is valid, `log` for its scale
/// - `per_gradient`: a step per unit of gradient, for which a problem may state what suits it
/// - `at_most = "key"`: the number may not be above that other one
/// - `unless = "key"`: the field has no effect where that other key is given, so both together are refused
///
/// A tuple struct of one field takes over that field's rows. `#[entry(id, title, family, cite, kin, variant, why)]` on the
/// struct makes it a `Describe`: the doc comment's first paragraph is the summary, its `text` block the formula.
/// Variants of one idea share their `kin`, and `variant` says in a phrase what tells each from the others. `why` is a
/// table of `thalweg::inspect::Why`.
#[proc_macro_derive(Describe, attributes(entry, param))]
pub fn describe(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    finish(describe::describe_tokens(&input))
}

/// Makes every field of an optimizer's state a channel that can be recorded and drawn.
///
/// Each field says what it measures with `#[quantity(...)]`, a variant of `thalweg::inspect::Quantity`. A struct with a
/// field marked `#[inner]` shows the channels of that field instead; its other fields are scratch space, as is a field marked
/// `#[scratch]`.
#[proc_macro_derive(Inspect, attributes(quantity, inner, scratch))]
pub fn inspect(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    finish(inspect::inspect_tokens(&input))
}

fn finish(tokens: Result<Tokens>) -> TokenStream {
    tokens.unwrap_or_else(|e| e.to_compile_error()).into()
}

/// The fields of a struct with named fields, or the one field of a tuple struct.
fn fields(input: &DeriveInput) -> Result<Vec<&Field>> {
    match &input.data {
        Data::Struct(data) => Ok(match &data.fields {
            Fields::Named(named) => named.named.iter().collect(),
            Fields::Unnamed(unnamed) if unnamed.unnamed.len() == 1 => {
                unnamed.unnamed.iter().collect()
            }
            Fields::Unit => Vec::new(),
            other @ Fields::Unnamed(_) => {
                let message = "name the fields: their names are shown to users";
                return Err(Error::new_spanned(other, message));
            }
        }),
        _ => Err(Error::new_spanned(
            &input.ident,
            "only a struct can be described",
        )),
    }
}
