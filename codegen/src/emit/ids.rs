//! Typed ids.

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident};
use crate::model::Api;

/// The file of typed ids.
pub(crate) fn emit(api: &Api) -> TokenStream {
    let ids = api.ids.iter().map(|name| {
        let thing = name
            .strip_suffix("Id")
            .unwrap_or(name)
            .to_snake_case()
            .replace('_', " ");
        let article = if thing.starts_with(['a', 'e', 'i', 'o']) {
            "an"
        } else {
            "a"
        };
        let docs = docs::paragraphs(&format!("Id of {article} {thing}."));
        let name = ident(name);
        quote! {
            #(#docs)*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct #name(pub i32);
            id_type!(#name);
        }
    });
    quote!(#(#ids)*)
}
