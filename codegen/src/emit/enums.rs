//! Open enums: known values by name, unknown ones kept as they came.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase;
use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident};
use crate::fault::{Fault, Subject};
use crate::model::EnumType;

/// The file of enums.
///
/// # Errors
/// Names a list of which two values, or none, give a variant.
pub(crate) fn emit(enums: &BTreeMap<String, EnumType>) -> Result<TokenStream, Fault> {
    for (name, known) in enums {
        check(name, known)?;
    }
    let enums = enums.iter().map(|(name, known)| {
        let what = if known.complete {
            "These are all that the vendor publishes."
        } else {
            "The list is not complete: these are the values that have been seen."
        };
        let places = places(&known.places);
        let text = format!("{}\n\nKnown values of {places}. {what}", known.description);
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
    Ok(quote!(#(#enums)*))
}

fn check(name: &str, known: &EnumType) -> Result<(), Fault> {
    let fault = |message| Err(Fault::new(Subject::Mark(name.to_owned()), message));
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for value in &known.values {
        let variant = variant(value);
        if variant.is_empty() || variant == "Unknown" {
            return fault(format!("has the value {value:?}, which gives no variant"));
        }
        if let Some(other) = taken.insert(variant, value) {
            return fault(format!(
                "has two values for one variant: {other:?} and {value:?}"
            ));
        }
    }
    match known.values.len() {
        0 => fault("is a list without values".to_owned()),
        _ => Ok(()),
    }
}

fn places(places: &[String]) -> String {
    let mut unique: Vec<_> = places.iter().map(String::as_str).collect();
    unique.dedup();
    unique.join(", ")
}

/// The variant for a value as sent. A value that starts with a digit gets a letter in front.
pub(crate) fn variant(value: &str) -> String {
    let name = value.to_upper_camel_case();
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("V{name}")
    } else {
        name
    }
}
