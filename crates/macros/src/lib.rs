//! `#[derive(Describe)]` and `#[derive(Inspect)]`: turn a struct's fields and doc comments into const tables.
//!
//! The macros write tables only; every decision stays in ordinary code in the crate `thalweg`.

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use syn::spanned::Spanned;
use syn::{
    Attribute, Data, DeriveInput, Error, Expr, Field, Fields, Lit, LitStr, Meta, RangeLimits,
    Result, parse_macro_input,
};

/// Describes a catalogue entry, or a group of hyperparameters that several entries share.
///
/// Every named field becomes a row of `Params::PARAMS`: its name, its doc comment, and what
/// `#[param(...)]` says:
///
/// - `default = 0.1` (number) or `default = "sigmoid"` (text); none where the field is an `Option`
/// - `valid = 0.0..1.0`, `valid = 0.0..=1.0`, `valid = open(0.0..1.0)` (both ends excluded), `valid = positive`
/// - `slider = 1e-6..=100.0` for the useful span where it is not all that is valid, `log` for its scale
/// - `at_most = "key"`: the number may not be above that other one
/// - `unless = "key"`: the field has no effect where that other key is given, so both together are refused
///
/// A tuple struct of one field takes over that field's rows. `#[entry(id, title, family, cite)]` on the
/// struct makes it a `Describe`: the doc comment's first paragraph is the summary, its `text` block the formula.
#[proc_macro_derive(Describe, attributes(entry, param))]
pub fn describe(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    finish(describe_tokens(&input))
}

/// Makes every field of an optimizer's state a channel that can be recorded and drawn.
///
/// Each field says what it measures with `#[quantity(...)]`, a variant of `thalweg::inspect::Quantity`.
#[proc_macro_derive(Inspect, attributes(quantity))]
pub fn inspect(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    finish(inspect_tokens(&input))
}

fn finish(tokens: Result<Tokens>) -> TokenStream {
    tokens.unwrap_or_else(|e| e.to_compile_error()).into()
}

fn describe_tokens(input: &DeriveInput) -> Result<Tokens> {
    let ty = &input.ident;
    let fields = fields(input)?;
    let params = match fields.as_slice() {
        [only] if only.ident.is_none() => {
            let inner = &only.ty;
            quote! {
                impl ::thalweg::catalog::Params for #ty {
                    const PARAMS: &'static [::thalweg::catalog::Param] = <#inner as ::thalweg::catalog::Params>::PARAMS;
                    fn from_settings(settings: &::thalweg::catalog::Settings) -> ::core::result::Result<Self, ::thalweg::Error> {
                        <#inner as ::thalweg::catalog::Params>::from_settings(settings).map(Self)
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
                    fn from_settings(settings: &::thalweg::catalog::Settings) -> ::core::result::Result<Self, ::thalweg::Error> {
                        ::core::result::Result::Ok(Self { #(#names: settings.read(&Self::PARAMS[#index])?),* })
                    }
                }
            }
        }
    };
    let about = input.attrs.iter().find(|a| a.path().is_ident("entry"));
    let about = about.map(|a| entry(input, a)).transpose()?;
    Ok(quote! { #params #about })
}

/// The `Describe` implementation from `#[entry(...)]` and the doc comment.
fn entry(input: &DeriveInput, attribute: &Attribute) -> Result<Tokens> {
    let (mut id, mut title) = (None, None);
    let mut family = quote!(::core::option::Option::None);
    let mut cite = quote!("");
    attribute.parse_nested_meta(|meta| {
        let value = meta.value()?;
        if meta.path.is_ident("id") {
            id = Some(value.parse::<LitStr>()?);
        } else if meta.path.is_ident("title") {
            title = Some(value.parse::<LitStr>()?);
        } else if meta.path.is_ident("family") {
            let variant: syn::Ident = value.parse()?;
            family = quote!(::core::option::Option::Some(::thalweg::catalog::Family::#variant));
        } else if meta.path.is_ident("cite") {
            let key: LitStr = value.parse()?;
            cite = quote!(#key);
        } else {
            return Err(meta.error("expected id, title, family or cite"));
        }
        Ok(())
    })?;
    let (Some(id), Some(title)) = (id, title) else {
        return Err(Error::new_spanned(attribute, "an entry needs id and title"));
    };
    let ty = &input.ident;
    let (summary, formula) = (summary(&input.attrs), formula(&input.attrs));
    Ok(quote! {
        impl ::thalweg::catalog::Describe for #ty {
            const ABOUT: ::thalweg::catalog::About = ::thalweg::catalog::About {
                id: #id, title: #title, summary: #summary, formula: #formula, family: #family, cite: #cite,
                params: <Self as ::thalweg::catalog::Params>::PARAMS, channels: &[],
            };
        }
    })
}

/// One row of `PARAMS`.
fn param(field: &Field) -> Result<Tokens> {
    let Some(name) = field.ident.as_ref().map(ToString::to_string) else {
        return Err(Error::new_spanned(field, "a hyperparameter needs a name"));
    };
    let (help, ty) = (summary(&field.attrs), &field.ty);
    let mut preset = quote!(::thalweg::catalog::Preset::None);
    let mut valid = quote!(::thalweg::catalog::Interval::ALL);
    let (mut slider, mut log) = (None, false);
    let none = quote!(::core::option::Option::None);
    let (mut at_most, mut unless) = (none.clone(), none);
    for attribute in field.attrs.iter().filter(|a| a.path().is_ident("param")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("log") {
                log = true;
            } else if meta.path.is_ident("default") {
                preset = match meta.value()?.parse()? {
                    Lit::Str(text) => quote!(::thalweg::catalog::Preset::Text(#text)),
                    number => quote!(::thalweg::catalog::Preset::Number(#number)),
                };
            } else if meta.path.is_ident("valid") {
                valid = interval(&meta.value()?.parse()?, false)?;
            } else if meta.path.is_ident("slider") {
                slider = Some(interval(&meta.value()?.parse()?, false)?);
            } else if meta.path.is_ident("at_most") {
                let key: LitStr = meta.value()?.parse()?;
                at_most = quote!(::core::option::Option::Some(#key));
            } else if meta.path.is_ident("unless") {
                let key: LitStr = meta.value()?.parse()?;
                unless = quote!(::core::option::Option::Some(#key));
            } else {
                return Err(meta.error("expected default, valid, slider, log, at_most or unless"));
            }
            Ok(())
        })?;
    }
    let slider = slider.unwrap_or_else(|| valid.clone());
    Ok(quote! {
        ::thalweg::catalog::Param {
            name: #name, help: #help, kind: <#ty as ::thalweg::catalog::Setting>::KIND,
            preset: #preset, valid: #valid, slider: #slider, log: #log, at_most: #at_most, unless: #unless,
        }
    })
}

/// `a..b`, `a..=b`, `open(a..b)` or `positive` as an `Interval`.
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

fn inspect_tokens(input: &DeriveInput) -> Result<Tokens> {
    let ty = &input.ident;
    let fields = fields(input)?;
    let mut channels = Vec::new();
    for field in &fields {
        let name = field.ident.as_ref().map(ToString::to_string);
        let (help, ty) = (summary(&field.attrs), &field.ty);
        let quantity = field.attrs.iter().find(|a| a.path().is_ident("quantity"));
        let Some(quantity) = quantity else {
            let message = "say what it measures: #[quantity(...)]";
            return Err(Error::new_spanned(field, message));
        };
        let quantity: syn::Ident = quantity.parse_args()?;
        channels.push(quote! {
            ::thalweg::inspect::Channel {
                name: #name, help: #help, quantity: ::thalweg::inspect::Quantity::#quantity,
                shape: <#ty as ::thalweg::inspect::Reading>::SHAPE,
            }
        });
    }
    let names: Vec<_> = fields.iter().map(|f| &f.ident).collect();
    let index = 0..names.len();
    Ok(quote! {
        impl ::thalweg::inspect::Inspect for #ty {
            const CHANNELS: &'static [::thalweg::inspect::Channel] = &[#(#channels),*];
            fn read(&self, visit: &mut dyn FnMut(&'static ::thalweg::inspect::Channel, &[f64])) {
                #(visit(&Self::CHANNELS[#index], ::thalweg::inspect::Reading::as_slice(&self.#names));)*
            }
            fn rooms(&mut self, visit: &mut dyn FnMut(&mut Vec<f64>)) {
                #(visit(::thalweg::inspect::Reading::room(&mut self.#names));)*
            }
        }
    })
}

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

/// The lines of a doc comment, trimmed on the right and freed of the one leading blank.
fn doc_lines(attrs: &[Attribute]) -> Vec<String> {
    let text = attrs.iter().filter_map(|a| match &a.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(lit) => match &lit.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    text.map(|line| {
        line.strip_prefix(' ')
            .unwrap_or(&line)
            .trim_end()
            .to_owned()
    })
    .collect()
}

/// The first paragraph, on one line.
fn summary(attrs: &[Attribute]) -> String {
    let lines = doc_lines(attrs);
    let paragraph = lines.iter().take_while(|line| !line.is_empty());
    paragraph
        .map(|line| line.trim())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The first block of code marked `text`.
fn formula(attrs: &[Attribute]) -> String {
    let lines = doc_lines(attrs);
    let block = lines.iter().skip_while(|line| *line != "```text").skip(1);
    let block = block.take_while(|line| *line != "```");
    block.map(String::as_str).collect::<Vec<_>>().join("\n")
}
