//! Channels of a state.

use crate::doc::summary;
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use syn::{DeriveInput, Error, Result};

/// The `Inspect` of a struct.
pub(crate) fn inspect_tokens(input: &DeriveInput) -> Result<Tokens> {
    let ty = &input.ident;
    let fields = crate::fields(input)?;
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
                #(::thalweg::inspect::Reading::room(&mut self.#names).map(&mut *visit);)*
            }
        }
    })
}
