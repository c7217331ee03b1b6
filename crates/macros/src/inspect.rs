//! The channels of an optimizer's state.

use crate::doc::summary;
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use syn::{DeriveInput, Error, Field, Result, parse_quote};

/// Generates `Inspect` for a struct.
pub(crate) fn inspect_tokens(input: &DeriveInput) -> Result<Tokens> {
    let fields = crate::fields(input)?;
    match fields.iter().find(|f| has(f, "inner")) {
        Some(inner) => Ok(delegate(input, inner)),
        None => own_channels(input, &fields),
    }
}

fn has(field: &Field, mark: &str) -> bool {
    field.attrs.iter().any(|a| a.path().is_ident(mark))
}

/// Generates `Inspect` for a struct with the channels of one field. The other fields are scratch space.
fn delegate(input: &DeriveInput, inner: &Field) -> Tokens {
    let (ty, field, inner) = (&input.ident, &inner.ident, &inner.ty);
    let mut generics = input.generics.clone();
    let bounds = &mut generics.make_where_clause().predicates;
    bounds.push(parse_quote!(#inner: ::thalweg::inspect::Inspect));
    let (parameters, arguments, bounds) = generics.split_for_impl();
    quote! {
        impl #parameters ::thalweg::inspect::Inspect for #ty #arguments #bounds {
            const CHANNELS: &'static [::thalweg::inspect::Channel] =
                <#inner as ::thalweg::inspect::Inspect>::CHANNELS;
            fn read(&self, visit: &mut dyn FnMut(&::thalweg::inspect::Channel, &[f64])) {
                ::thalweg::inspect::Inspect::read(&self.#field, visit);
            }
            fn vectors(&mut self, visit: &mut dyn FnMut(&mut Vec<f64>)) {
                ::thalweg::inspect::Inspect::vectors(&mut self.#field, visit);
            }
        }
    }
}

/// Generates `Inspect` and `Zeros` for a struct whose fields are channels or scratch space.
fn own_channels(input: &DeriveInput, fields: &[&Field]) -> Result<Tokens> {
    let ty = &input.ident;
    let (scratch, shown): (Vec<&Field>, Vec<&Field>) =
        fields.iter().partition(|f| has(f, "scratch"));
    let mut channels = Vec::new();
    for field in &shown {
        let name = field.ident.as_ref().map(ToString::to_string);
        let (help, ty) = (summary(&field.attrs), &field.ty);
        let quantity = field.attrs.iter().find(|a| a.path().is_ident("quantity"));
        let Some(quantity) = quantity else {
            let message = "add #[quantity(...)], which states what the field measures";
            return Err(Error::new_spanned(field, message));
        };
        let quantity: syn::Ident = quantity.parse_args()?;
        channels.push(quote! {
            ::thalweg::inspect::Channel {
                name: ::thalweg::catalog::Text::Borrowed(#name), help: ::thalweg::catalog::Text::Borrowed(#help),
                quantity: ::thalweg::inspect::Quantity::#quantity,
                shape: <#ty as ::thalweg::inspect::ChannelField>::SHAPE,
            }
        });
    }
    let names: Vec<_> = shown.iter().map(|f| &f.ident).collect();
    let scratch = scratch.iter().map(|f| &f.ident);
    let index = 0..names.len();
    Ok(quote! {
        impl ::thalweg::inspect::Zeros for #ty {
            fn zeros(dim: usize, runs: usize) -> Self {
                Self {
                    #(#names: ::thalweg::inspect::ChannelField::zeros(dim, runs),)*
                    #(#scratch: ::core::default::Default::default(),)*
                }
            }
        }

        impl ::thalweg::inspect::Inspect for #ty {
            const CHANNELS: &'static [::thalweg::inspect::Channel] = &[#(#channels),*];
            fn read(&self, visit: &mut dyn FnMut(&::thalweg::inspect::Channel, &[f64])) {
                #(visit(&Self::CHANNELS[#index], ::thalweg::inspect::ChannelField::as_slice(&self.#names));)*
            }
            fn vectors(&mut self, visit: &mut dyn FnMut(&mut Vec<f64>)) {
                #(::thalweg::inspect::ChannelField::vector(&mut self.#names).map(&mut *visit);)*
            }
        }
    })
}
