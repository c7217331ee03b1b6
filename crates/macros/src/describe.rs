//! The tables of settings, and the metadata of entries.

use crate::doc::{details, formula, summary};
use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote};
use std::collections::BTreeMap;
use syn::{
    Attribute, DeriveInput, Error, Expr, Field, Lit, LitStr, RangeLimits, Result,
    meta::ParseNestedMeta, spanned::Spanned,
};

/// Generates `Params` for a struct, and `Describe` if it is an entry.
pub(crate) fn describe_tokens(input: &DeriveInput) -> Result<Tokens> {
    let ty = &input.ident;
    let fields = crate::fields(input)?;
    let is_rate = |f: &&&Field| f.ident.as_ref().is_some_and(|name| name == "learning_rate");
    let rate = fields.iter().find(is_rate);
    let rate = rate.map(|_| {
        quote! {
            fn learning_rate(&mut self) -> ::core::option::Option<&mut f64> {
                ::core::option::Option::Some(&mut self.learning_rate)
            }
        }
    });
    let params = match fields.as_slice() {
        [only] if only.ident.is_none() => {
            let inner = &only.ty;
            quote! {
                impl ::thalweg::catalog::Params for #ty {
                    const PARAMS: &'static [::thalweg::catalog::Param] = <#inner as ::thalweg::catalog::Params>::PARAMS;
                    fn from_settings(settings: &::thalweg::catalog::Settings) -> ::core::result::Result<Self, ::std::boxed::Box<::thalweg::Error>> {
                        <#inner as ::thalweg::catalog::Params>::from_settings(settings).map(Self)
                    }
                    fn learning_rate(&mut self) -> ::core::option::Option<&mut f64> {
                        ::thalweg::catalog::Params::learning_rate(&mut self.0)
                    }
                }
            }
        }
        _ => {
            let rows = fields
                .iter()
                .map(|f| param(f))
                .collect::<Result<Vec<_>>>()?;
            let names: Vec<_> = fields.iter().map(|f| &f.ident).collect();
            let index = 0..names.len();
            quote! {
                impl ::thalweg::catalog::Params for #ty {
                    const PARAMS: &'static [::thalweg::catalog::Param] = &[#(#rows),*];
                    fn from_settings(settings: &::thalweg::catalog::Settings) -> ::core::result::Result<Self, ::std::boxed::Box<::thalweg::Error>> {
                        ::core::result::Result::Ok(Self { #(#names: settings.read(&Self::PARAMS[#index])?),* })
                    }
                    #rate
                }
            }
        }
    };
    let about = input.attrs.iter().find(|a| a.path().is_ident("entry"));
    let about = about.map(|a| entry(input, a)).transpose()?;
    Ok(quote! { #params #about })
}

/// The texts of an entry: the arguments of `#[entry(...)]` and the fields of its description.
const TEXTS: [&str; 6] = [
    "id",
    "title",
    "cite",
    "variants_of",
    "variant",
    "without_matrices",
];

/// The names of an entry in other libraries: arguments of `#[entry(...)]` and fields of `NamesElsewhere`.
const ELSEWHERE: [&str; 7] = [
    "torch",
    "torch_options",
    "optax",
    "optax_options",
    "keras",
    "pytorch_optimizer",
    "differs",
];

/// Generates `Describe` from `#[entry(...)]` and the doc comment.
fn entry(input: &DeriveInput, attribute: &Attribute) -> Result<Tokens> {
    let mut texts: BTreeMap<String, LitStr> = BTreeMap::new();
    let mut family = quote!(::core::option::Option::None);
    let mut why = quote!(&[]);
    let mut is_open = false;
    attribute.parse_nested_meta(|meta| {
        if meta.path.is_ident("open") {
            is_open = true;
            return Ok(());
        }
        let (key, value) = (key(&meta), meta.value()?);
        match &*key {
            known if TEXTS.contains(&known) || ELSEWHERE.contains(&known) => {
                texts.insert(key, value.parse()?);
            }
            "family" => {
                let variant: syn::Ident = value.parse()?;
                family = quote!(::core::option::Option::Some(::thalweg::catalog::Family::#variant));
            }
            "why" => {
                let cases: Expr = value.parse()?;
                why = quote!(#cases);
            }
            _ => {
                let keys = [&TEXTS[..], &ELSEWHERE].concat().join(", ");
                return Err(meta.error(format!("expected {keys}, family, why, or open")));
            }
        }
        Ok(())
    })?;
    if !(texts.contains_key("id") && texts.contains_key("title")) {
        return Err(Error::new_spanned(attribute, "an entry needs id and title"));
    }
    let field = |key: &str| {
        let (name, text) = (format_ident!("{key}"), texts.get(key).map(LitStr::value));
        let text = text.unwrap_or_default();
        quote!(#name: Text::Borrowed(#text))
    };
    let (texts, elsewhere) = (TEXTS.map(field), ELSEWHERE.map(field));
    let ty = &input.ident;
    let (summary, formula) = (summary(&input.attrs), formula(&input.attrs));
    let details = details(&input.attrs);
    Ok(quote! {
        impl ::thalweg::catalog::Describe for #ty {
            const ABOUT: ::thalweg::catalog::EntryMetadata = {
                use ::thalweg::catalog::{EntryMetadata, List, NamesElsewhere, Params, Text};
                const CASES: &[::thalweg::inspect::StepReason] = #why;
                EntryMetadata {
                    #(#texts,)* elsewhere: NamesElsewhere { #(#elsewhere),* }, summary: Text::Borrowed(#summary),
                    formula: Text::Borrowed(#formula),
                    // The page does not show the details, so they are omitted from its WebAssembly.
                    details: Text::Borrowed(if cfg!(target_arch = "wasm32") { "" } else { #details }), family: #family,
                    is_open: #is_open,
                    why: List::Borrowed(CASES),
                    params: List::Borrowed(<Self as Params>::PARAMS), shared: List::Borrowed(&[]),
                    channels: List::Borrowed(&[]), needs: List::Borrowed(&[]), refused: List::Borrowed(&[]),
                }
            };
        }
    })
}

/// Generates one row of `PARAMS`.
fn param(field: &Field) -> Result<Tokens> {
    let Some(name) = field.ident.as_ref().map(ToString::to_string) else {
        return Err(Error::new_spanned(field, "a hyperparameter needs a name"));
    };
    let (help, ty) = (summary(&field.attrs), &field.ty);
    let mut preset = quote!(::thalweg::catalog::DefaultValue::None);
    let mut valid = quote!(::thalweg::catalog::Interval::ALL);
    let (mut slider, mut log, mut tuned) = (None, false, false);
    let (mut per_gradient, mut loss_bound) = (false, false);
    let none = quote!(::core::option::Option::None);
    let (mut at_most, mut unless) = (none.clone(), none);
    let (mut torch, mut optax) = (elsewhere(""), elsewhere(""));
    let other = |key: LitStr| quote!(::core::option::Option::Some(::thalweg::catalog::Text::Borrowed(#key)));
    for attribute in field.attrs.iter().filter(|a| a.path().is_ident("param")) {
        attribute.parse_nested_meta(|meta| {
            match &*key(&meta) {
                "log" => log = true,
                "tuned" => tuned = true,
                "per_gradient" => per_gradient = true,
                "loss_bound" => loss_bound = true,
                "default" => preset = default(meta.value()?.parse()?)?,
                "valid" => valid = interval(&meta.value()?.parse()?, false)?,
                "slider" => slider = Some(interval(&meta.value()?.parse()?, false)?),
                "at_most" => at_most = other(meta.value()?.parse()?),
                "unless" => unless = other(meta.value()?.parse()?),
                "torch" => torch = elsewhere(&meta.value()?.parse::<LitStr>()?.value()),
                "optax" => optax = elsewhere(&meta.value()?.parse::<LitStr>()?.value()),
                _ => {
                    return Err(meta.error(
                        "expected default, valid, slider, log, tuned, per_gradient, loss_bound, at_most, unless, torch or optax",
                    ));
                }
            }
            Ok(())
        })?;
    }
    // A learning rate scales the steps of every optimizer that has one.
    tuned |= log && name == "learning_rate";
    let slider = slider.unwrap_or_else(|| valid.clone());
    Ok(quote! {
        ::thalweg::catalog::Param {
            name: ::thalweg::catalog::Text::Borrowed(#name), help: ::thalweg::catalog::Text::Borrowed(#help), kind: <#ty as ::thalweg::catalog::Setting>::KIND,
            preset: #preset, valid: #valid, slider: #slider, log: #log, tuned: #tuned,
            per_gradient: #per_gradient, loss_bound: #loss_bound, at_most: #at_most, unless: #unless,
            torch: #torch, optax: #optax,
        }
    })
}

/// Returns the name of an attribute's argument.
fn key(meta: &ParseNestedMeta) -> String {
    meta.path
        .get_ident()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// Generates a `NameElsewhere` from `NAME`, `NAME=DEFAULT`, or `=VALUE`.
fn elsewhere(text: &str) -> Tokens {
    let (name, preset) = text.split_once('=').unwrap_or((text, ""));
    quote! {
        ::thalweg::catalog::NameElsewhere {
            name: ::thalweg::catalog::Text::Borrowed(#name), preset: ::thalweg::catalog::Text::Borrowed(#preset),
        }
    }
}

/// Generates a `DefaultValue` from the value of `default =`.
fn default(value: Lit) -> Result<Tokens> {
    let text = |text: &str| quote!(::thalweg::catalog::DefaultValue::Text(::thalweg::catalog::Text::Borrowed(#text)));
    Ok(match value {
        Lit::Str(word) => text(&word.value()),
        Lit::Bool(yes) => text(if yes.value { "true" } else { "false" }),
        Lit::Int(whole) => {
            let number: f64 = whole.base10_parse()?;
            quote!(::thalweg::catalog::DefaultValue::Number(#number))
        }
        number => quote!(::thalweg::catalog::DefaultValue::Number(#number)),
    })
}

/// Generates an `Interval` from `a..b`, `a..=b`, `open(a..b)`, or `positive`.
fn interval(expr: &Expr, open: bool) -> Result<Tokens> {
    match expr {
        Expr::Range(range) => {
            let bound = |end: &Option<Box<Expr>>, infinite: Tokens| match end {
                Some(value) => quote!(#value),
                None => infinite,
            };
            let low = bound(&range.start, quote!(f64::NEG_INFINITY));
            let high = bound(&range.end, quote!(f64::INFINITY));
            let open_high = open || matches!(range.limits, RangeLimits::HalfOpen(_));
            Ok(
                quote!(::thalweg::catalog::Interval { low: #low, high: #high, open_low: #open, open_high: #open_high }),
            )
        }
        Expr::Call(call) if call.args.len() == 1 => interval(&call.args[0], true),
        Expr::Path(path) if path.path.is_ident("positive") => {
            Ok(quote!(::thalweg::catalog::Interval::POSITIVE))
        }
        _ => Err(Error::new(
            expr.span(),
            "expected a range, open(a range) or positive",
        )),
    }
}
