//! Constructors and setters of the types that callers build.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{ItemStruct, Type};

use super::docs;
use super::values::{Taken, Values};
use crate::post::paths;

/// `new` with the required fields, and one setter an optional field.
pub(crate) fn emit(body: &ItemStruct, values: &Values<'_>, gate: &TokenStream) -> TokenStream {
    let name = &body.ident;
    let mut parameters = Vec::new();
    let mut initial = Vec::new();
    let mut setters = Vec::new();
    for field in &body.fields {
        let Some(ident) = &field.ident else { continue };
        if let Some(inner) = paths::inside_option(&field.ty) {
            initial.push(quote!(#ident: None));
            setters.push(setter(ident, inner, values));
        } else {
            let (parameter, value) = values.accept(&field.ty, ident);
            parameters.push(quote!(#ident: #parameter));
            initial.push(value.map_or_else(|| quote!(#ident), |value| quote!(#ident: #value)));
        }
    }
    let (about, value) = if parameters.is_empty() {
        (
            "With nothing set; the setters add what is wanted.",
            quote!(Self::default()),
        )
    } else {
        (
            "With what is required; the setters add the rest.",
            quote!(Self { #(#initial),* }),
        )
    };
    let about = docs::paragraphs(about);
    quote! {
        #gate
        impl #name {
            #(#about)*
            pub fn new(#(#parameters),*) -> Self {
                #value
            }
            #(#setters)*
        }
    }
}

/// One line a setter: the macros write the method and its documentation.
fn setter(name: &Ident, inner: &Type, values: &Values<'_>) -> TokenStream {
    match values.taken(inner) {
        Taken::AsIs => quote!(setter!(#name, #inner);),
        Taken::Into => quote!(into_setter!(#name, #inner);),
        Taken::List(item) => quote!(list_setter!(#name, #item);),
        Taken::Texts => quote!(texts_setter!(#name);),
    }
}
