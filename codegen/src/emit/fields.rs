//! Typed field constants for JSON Patch.

use std::collections::BTreeMap;

use api_schema_text::pointer;
use heck::ToShoutySnakeCase;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{ItemStruct, Type};

use super::{docs, ident};
use crate::post::{paths, records::sent_name};

/// Constants for every field of `record`, nested records as nested modules. The own id and lists
/// are left out: the one can't change, the others are patched item by item.
pub(crate) fn emit(
    record: &ItemStruct,
    write_only: Option<&ItemStruct>,
    types: &BTreeMap<String, ItemStruct>,
    own_id: Option<&str>,
) -> TokenStream {
    let root = &record.ident;
    let root: Type = syn::parse_quote!(#root);
    let skip = |sent: &str| own_id == Some(sent);
    level(&root, record, write_only, types, "", &skip, 0)
}

fn level(
    root: &Type,
    record: &ItemStruct,
    write_only: Option<&ItemStruct>,
    types: &BTreeMap<String, ItemStruct>,
    prefix: &str,
    skip: &dyn Fn(&str) -> bool,
    depth: usize,
) -> TokenStream {
    const DEEPEST: usize = 4;
    let mut constants = Vec::new();
    let mut modules = Vec::new();
    let extra = write_only.into_iter().flat_map(|extra| extra.fields.iter());
    for field in record.fields.iter().chain(extra) {
        let sent = sent_name(field);
        if skip(&sent) {
            continue;
        }
        let inner = paths::inside_option(&field.ty).unwrap_or(&field.ty);
        if paths::inside_vec(inner).is_some() {
            continue;
        }
        let pointer = pointer::join(prefix, &sent);
        let nested = paths::bare_name(inner).and_then(|name| types.get(&name));
        if let Some(nested) = nested {
            if depth < DEEPEST {
                let name = ident(&heck::ToSnakeCase::to_snake_case(sent.as_str()));
                let docs = docs::paragraphs(&format!("Fields below `{pointer}`."));
                let body = level(root, nested, None, types, &pointer, &|_| false, depth + 1);
                // A record of lists alone has no fields.
                if !body.is_empty() {
                    modules.push(quote! {
                        #(#docs)*
                        pub mod #name {
                            use super::*;
                            #body
                        }
                    });
                }
            }
            continue;
        }
        let name = ident(&sent.to_shouty_snake_case());
        let docs = docs::paragraphs(&format!("`{pointer}`"));
        constants.push(quote! {
            #(#docs)*
            pub const #name: Field<#root, #inner> = Field::new(#pointer);
        });
    }
    quote!(#(#constants)* #(#modules)*)
}
