//! Debug output that never prints what the schema marks as sensitive.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ItemStruct, Type};

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
    let (mut shown, mut hidden, mut always) = (Vec::new(), Vec::new(), Vec::new());
    for field in &record.fields {
        let Some(ident) = &field.ident else { continue };
        let property = facts.properties.get(&sent_name(field));
        match property.is_some_and(|property| property.sensitive) {
            true if is_optional(&field.ty) => hidden.push(ident),
            true => always.push(ident),
            false => shown.push(ident),
        }
    }
    tally.note(&PASS);
    // What is required has a value, so there is nothing to tell about it.
    let always = (!always.is_empty()).then(|| quote!(, always = [#(#always),*]));
    quote! {
        redacted_debug!(#name, shown = [#(#shown),*], hidden = [#(#hidden),*] #always);
    }
}

/// Whether a field may be without a value.
fn is_optional(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let last = path.path.segments.last();
    last.is_some_and(|segment| segment.ident == "Option")
}
