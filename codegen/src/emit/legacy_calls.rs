//! One request type a legacy operation, and the client's methods that make them.

use heck::ToUpperCamelCase;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ItemStruct;

use super::values::Values;
use super::{docs, ident, soap_table};
use crate::post::paths;
use crate::soap::Operation;

/// An operation with the type of its request message.
pub(crate) struct Call<'c> {
    /// The operation.
    pub(crate) operation: &'c Operation,
    /// The request message.
    pub(crate) message: &'c ItemStruct,
    /// What callers must know.
    pub(crate) description: &'c str,
}

/// The file of all calls.
pub(crate) fn emit(calls: &[Call<'_>], values: &Values<'_>) -> TokenStream {
    let requests = calls.iter().map(|call| request(call, values));
    let methods = calls.iter().map(|call| method(call, values));
    let statics = calls
        .iter()
        .map(|call| soap_table::constant(&call.operation.name));
    let about = docs::paragraphs("Every legacy operation, in the order of their files.");
    quote! {
        use super::*;
        use crate::legacy::prelude::*;
        use crate::runtime::codegen::prelude::*;

        #(#about)*
        pub static OPERATIONS: &[&Operation] = &[#(&wire::#statics.operation),*];

        impl LegacyClient {
            #(#methods)*
        }

        #(#requests)*
    }
}

/// `ProductsQuery`.
fn request_name(operation: &Operation) -> Ident {
    ident(&operation.module.to_upper_camel_case())
}

/// The arguments of the constructor: name, parameter and value.
fn required(call: &Call<'_>, values: &Values<'_>) -> Vec<(Ident, TokenStream)> {
    let fields = call.message.fields.iter();
    let required = fields.filter(|field| paths::inside_option(&field.ty).is_none());
    required
        .filter_map(|field| {
            let name = field.ident.clone()?;
            let (parameter, _) = values.accept(&field.ty, &name);
            Some((name, parameter))
        })
        .collect()
}

fn method(call: &Call<'_>, values: &Values<'_>) -> TokenStream {
    let operation = call.operation;
    let docs = docs::paragraphs(&format!(
        "{}: `{}`. {}",
        operation.summary.trim_end_matches('.'),
        operation.name,
        call.description
    ));
    let (name, request) = (ident(&operation.module), request_name(operation));
    let message = &call.message.ident;
    let required = required(call, values);
    let parameters = required.iter().map(|(name, ty)| quote!(#name: #ty));
    let arguments = required.iter().map(|(name, _)| name);
    quote! {
        #(#docs)*
        pub fn #name(&self, #(#parameters),*) -> #request {
            #request { call: Call::new(self, #message::new(#(#arguments),*)) }
        }
    }
}

fn request(call: &Call<'_>, values: &Values<'_>) -> TokenStream {
    let operation = call.operation;
    let about = docs::sentence(&format!(
        "{}: `{}`.",
        operation.summary.trim_end_matches('.'),
        operation.name
    ));
    let name = request_name(operation);
    let (message, response) = (&call.message.ident, ident(&operation.response));
    let constant = soap_table::constant(&operation.name);
    let setters = call.message.fields.iter().filter_map(|field| {
        let inner = paths::inside_option(&field.ty)?;
        let name = field.ident.as_ref()?;
        let (taken, _) = values.accept(inner, name);
        Some(quote!(call_setter!(#message, #name, #taken);))
    });
    quote! {
        legacy_request!(#name, #message, #response, #constant, #about);
        impl #name {
            #(#setters)*
        }
    }
}
