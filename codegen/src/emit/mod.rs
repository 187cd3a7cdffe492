//! Writes what users touch: request types, resource handles, bodies with setters, ids, enums,
//! field constants, the operation table.
//!
//! Tokens only, never text templates: nothing that stands in the schema can become code.

pub(crate) mod bodies;
pub(crate) mod calls;
pub(crate) mod docs;
pub(crate) mod enums;
pub(crate) mod example;
pub(crate) mod fields;
pub(crate) mod file;
pub(crate) mod forbidden;
pub(crate) mod handle;
pub(crate) mod ids;
pub(crate) mod imports;
pub(crate) mod legacy_calls;
pub(crate) mod markdown;
pub(crate) mod marks;
pub(crate) mod operations;
pub(crate) mod requests;
pub(crate) mod roundtrip;
pub(crate) mod soap_table;
pub(crate) mod values;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::model::Operation;

/// The attribute that hides an unverified operation from those who didn't opt in.
pub(crate) fn unverified_gate(operation: &Operation) -> TokenStream {
    gate(operation.evidence.is_unverified())
}

/// The same for anything else.
pub(crate) fn gate(unverified: bool) -> TokenStream {
    if unverified {
        quote!(#[cfg(feature = "unverified")])
    } else {
        TokenStream::new()
    }
}

/// `name` as an identifier; a keyword becomes a raw identifier.
///
/// The lint refuses names that are no identifiers. Should one come this far all the same, what can't
/// be said becomes an underscore.
pub(crate) fn ident(name: &str) -> Ident {
    let parsed = syn::parse_str(name).or_else(|_| syn::parse_str(&format!("r#{name}")));
    parsed.unwrap_or_else(|_| {
        let sayable = |c: char| c.is_ascii_alphanumeric();
        let name: String = name
            .chars()
            .map(|c| if sayable(c) { c } else { '_' })
            .collect();
        format_ident!("x_{name}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_gives_an_identifier() {
        for (name, identifier) in [
            ("customer_id", "customer_id"),
            ("type", "r#type"),
            ("self", "x_self"),
            ("_", "x__"),
            ("", "x_"),
            ("2fa", "x_2fa"),
            ("a-b c", "x_a_b_c"),
            ("a\u{0}) {}", "x_a_____"),
            ("größe", "größe"),
        ] {
            let made = ident(name).to_string();
            assert_eq!(made, identifier, "{name}");
        }
    }
}
