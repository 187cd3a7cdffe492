//! For the fixture tests: every record and body with a function that decodes and encodes it.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemStruct;

use super::imports::{Directory, path_of, public};

/// The file.
pub(crate) fn emit(
    types: &BTreeMap<String, ItemStruct>,
    pages: &BTreeMap<String, String>,
    directory: &Directory,
) -> TokenStream {
    let records = types.keys().filter_map(|name| {
        let path = public_path(directory, name)?;
        Some(quote!((#name, through::<#path>)))
    });
    let pages = pages.iter().filter_map(|(page, item)| {
        let item = if item == "Json" {
            quote!(revio_api::types::Json)
        } else {
            public_path(directory, item)?
        };
        Some(quote!((#page, through::<revio_api::types::Page<#item>>)))
    });
    quote! {
        use crate::fixtures::{Roundtrip, through};
        /// Component name and its decoder.
        pub static ROUNDTRIPS: &[(&str, Roundtrip)] = &[#(#records,)* #(#pages),*];
    }
}

/// Where users find a generated name.
fn public_path(directory: &Directory, name: &str) -> Option<TokenStream> {
    let module = public(directory.module(name)?);
    Some(path_of(&format!("{module}::{name}")))
}
