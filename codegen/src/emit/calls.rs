//! For the wire tests: one full call of every operation, all optional parts included.

use proc_macro2::TokenStream;
use quote::quote;

use super::example::Samples;
use super::ident;
use crate::model::Resource;
use crate::post::calls::Call;

/// The file of one resource.
pub(crate) fn emit(resource: &Resource, calls: &[Call], samples: &Samples<'_>) -> TokenStream {
    let mut functions = Vec::new();
    let mut entries = Vec::new();
    for (operation, call) in resource.operations.iter().zip(calls) {
        let name = ident(&operation.id);
        let id = &operation.id;
        let expression = samples.call(operation, call);
        // A call that needs no id says so, or the compiler would.
        let uses_ids = expression.to_string().contains("ids .");
        let ids = ident(if uses_ids { "ids" } else { "_ids" });
        functions.push(quote! {
            async fn #name(client: &Client, #ids: &Ids) -> Outcome {
                Ok(#expression.send().await?.status())
            }
        });
        entries.push(quote!((#id, |client, ids| Box::pin(#name(client, ids)))));
    }
    quote! {
        pub(super) static CALLS: &[(&str, Call)] = &[#(#entries),*];
        #(#functions)*
    }
}

/// The file that lists them all.
pub(crate) fn index(resources: &[Resource]) -> TokenStream {
    let modules = resources.iter().map(|resource| ident(&resource.tag));
    let lists = resources.iter().map(|resource| ident(&resource.tag));
    quote! {
        #(mod #modules;)*
        use crate::calling::Call;
        /// Every operation with a function that calls it, by resource.
        pub static CALLS: &[&[(&str, Call)]] = &[#(#lists::CALLS),*];
    }
}
