//! Writes what users touch: request types, resource handles, bodies with setters, ids, enums,
//! field constants, the operation table.
//!
//! Tokens only, never text templates: nothing that stands in the schema can become code.

pub mod bodies;
pub mod calls;
pub mod docs;
pub mod enums;
pub mod example;
pub mod fields;
pub mod file;
pub mod handle;
pub mod ids;
pub mod imports;
pub mod operations;
pub mod requests;
pub mod roundtrip;
pub mod values;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Operation;

/// The attribute that hides an unverified operation from those who didn't opt in.
pub fn unverified_gate(operation: &Operation) -> TokenStream {
    gate(operation.evidence.is_unverified())
}

/// The same for anything else.
pub fn gate(unverified: bool) -> TokenStream {
    if unverified {
        quote!(#[cfg(feature = "unverified")])
    } else {
        TokenStream::new()
    }
}

/// A snake-case name as an identifier; a keyword becomes a raw identifier.
pub fn ident(name: &str) -> proc_macro2::Ident {
    syn::parse_str::<proc_macro2::Ident>(name)
        .unwrap_or_else(|_| quote::format_ident!("r#{}", name))
}
