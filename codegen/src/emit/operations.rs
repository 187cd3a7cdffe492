//! The operation table: what the runtime and its users must know of each call.

use heck::ToUpperCamelCase;
use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, unverified_gate};
use crate::model::{Api, Operation};

/// One table entry.
pub(crate) fn constant(operation: &Operation) -> TokenStream {
    let gate = unverified_gate(operation);
    let name = ident(&operation.constant());
    let id = &operation.id;
    let method = ident(&operation.method.to_upper_camel_case());
    let path = &operation.path;
    let effect = ident(operation.effect.variant());
    let evidence = ident(operation.evidence.variant());
    let tag = &operation.tag;
    let content_type = operation
        .content_type
        .as_ref()
        .map_or_else(|| quote!(None), |name| quote!(Some(#name)));
    quote! {
        #gate
        operation!(#name, #id, #method, #path, #effect, #tag, #evidence, #content_type);
    }
}

/// The list of all entries.
pub(crate) fn table(api: &Api) -> TokenStream {
    let docs = docs::paragraphs(
        "Every operation that this build can call, in the order of the schema. Unverified ones \
         are there only with the feature `unverified`.",
    );
    let entries = api.resources.iter().flat_map(|resource| {
        resource.operations.iter().map(|operation| {
            let gate = unverified_gate(operation);
            let module = ident(&operation.tag);
            let name = ident(&operation.constant());
            quote!(#gate &super::resources::#module::requests::#name)
        })
    });
    quote! {
        #(#docs)*
        pub static OPERATIONS: &[&Operation] = &[#(#entries),*];
    }
}
