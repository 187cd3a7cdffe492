//! Replaces what typify derives and documents by what we want.

use quote::format_ident;
use syn::{Attribute, ItemStruct, parse_quote};

use super::{Pass, Tally};

pub(super) const PASS: Pass = Pass {
    name: "derives",
    why: "typify derives a Debug that prints everything, no equality, and quotes the schema in the \
          documentation",
};

/// Drops every attribute of `record` and puts ours there.
///
/// ```
/// use revio_codegen::post::{Tally, derives};
///
/// let mut bill: syn::ItemStruct = syn::parse_quote!(
///     #[derive(Debug)]
///     pub struct Bill { pin: Option<String> }
/// );
/// derives::replace(&mut bill, true, &mut Tally::default());
/// let expected: syn::ItemStruct = syn::parse_quote!(
///     #[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
///     #[non_exhaustive]
///     pub struct Bill { pin: Option<String> }
/// );
/// assert_eq!(bill, expected);
/// ```
pub fn replace(record: &mut ItemStruct, redacted: bool, tally: &mut Tally) {
    let has_default = record.fields.iter().all(|field| {
        super::paths::inside_option(&field.ty).is_some()
            || super::paths::inside_vec(&field.ty).is_some()
    });
    let mut names = vec!["Clone"];
    if !redacted {
        names.push("Debug");
    }
    if has_default {
        names.push("Default");
    }
    names.extend(["PartialEq", "Serialize", "Deserialize"]);
    let names = names.into_iter().map(|name| format_ident!("{name}"));
    let derive: Attribute = parse_quote!(#[derive(#(#names),*)]);
    record.attrs = vec![derive, parse_quote!(#[non_exhaustive])];
    tally.note(&PASS);
}
