//! Open enums: known values by name, unknown ones kept as they came.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase;
use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident};
use crate::model::EnumType;

/// The file of enums.
pub fn emit(enums: &BTreeMap<String, EnumType>) -> TokenStream {
    let enums = enums.iter().map(|(name, known)| {
        let mut text = format!("Known values of {}.", places(&known.places));
        text.push_str(if known.complete {
            " The list is documented as complete."
        } else {
            " The list is not complete: these are the values that have been seen."
        });
        let docs = docs::paragraphs(&text);
        let name = ident(name);
        let variants: Vec<_> = known
            .values
            .iter()
            .map(|value| ident(&variant(value)))
            .collect();
        let values = &known.values;
        let abouts = values
            .iter()
            .map(|value| docs::paragraphs(&format!("Sent as `{value}`.")));
        let abouts = abouts.map(|about| quote!(#(#about)*));
        quote! {
            #(#docs)*
            #[derive(Clone, Debug)]
            #[non_exhaustive]
            pub enum #name {
                #(#abouts #variants,)*
                /// A value that this version does not know, kept as it came.
                Unknown(String),
            }
            open_enum!(#name { #(#variants = #values),* });
        }
    });
    quote!(#(#enums)*)
}

fn places(places: &[String]) -> String {
    let mut unique: Vec<_> = places.iter().map(String::as_str).collect();
    unique.dedup();
    unique.join(", ")
}

/// The variant for a value as sent. A value that starts with a digit gets a letter in front.
pub fn variant(value: &str) -> String {
    let name = value.to_upper_camel_case();
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("V{name}")
    } else {
        name
    }
}
