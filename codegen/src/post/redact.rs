//! Debug output that never prints what the schema marks as sensitive.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemStruct;

use super::records::sent_name;
use super::{Pass, Tally};
use crate::model::Record;

pub(super) const PASS: Pass = Pass {
    name: "redact",
    why: "secrets and personal data must not be printed by accident",
};

/// Whether `record` has something to hide.
pub fn is_needed(facts: &Record) -> bool {
    facts.properties.values().any(|property| property.sensitive)
}

/// The `Debug` implementation: one macro line that names what may be shown and what may not.
pub fn implement(record: &ItemStruct, facts: &Record, tally: &mut Tally) -> TokenStream {
    let name = &record.ident;
    let (mut shown, mut hidden) = (Vec::new(), Vec::new());
    for field in &record.fields {
        let Some(ident) = &field.ident else { continue };
        let property = facts.properties.get(&sent_name(field));
        if property.is_some_and(|property| property.sensitive) {
            hidden.push(ident);
        } else {
            shown.push(ident);
        }
    }
    tally.note(&PASS);
    quote! {
        redacted_debug!(#name, shown = [#(#shown),*], hidden = [#(#hidden),*]);
    }
}
