//! Puts a record's fields back into the order of the schema, with our documentation and serde
//! attributes.

use proc_macro2::Span;
use syn::{Field, Fields, ItemStruct, LitStr, parse_quote};

use super::{Pass, Tally, paths};
use crate::emit::docs;
use crate::fault::Fault;
use crate::model::Record;

pub(super) const PASS: Pass = Pass {
    name: "records",
    why: "typify sorts fields by name, documents them poorly, and can't tell null from absent",
};

/// The name under which a field is sent.
///
/// ```
/// use revio_codegen::post::records::sent_name;
///
/// let field = syn::parse_quote!(#[serde(rename = "e-mail")] pub e_mail: String);
/// assert_eq!(sent_name(&field), "e-mail");
/// ```
pub fn sent_name(field: &Field) -> String {
    for attribute in &field.attrs {
        if !attribute.path().is_ident("serde") {
            continue;
        }
        let mut renamed = None;
        // Other keys, with or without a value, are of no interest here.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.input.peek(syn::Token![=]) {
                let value: syn::Lit = meta.value()?.parse()?;
                if meta.path.is_ident("rename")
                    && let syn::Lit::Str(text) = value
                {
                    renamed = Some(text.value());
                }
            }
            Ok(())
        });
        if let Some(name) = renamed {
            return name;
        }
    }
    let name = field.ident.as_ref().map(ToString::to_string);
    name.unwrap_or_default()
}

/// Mends `record` by what the schema says about it. In a type that `is_sent`, what isn't set is
/// left out; nullable properties are wrapped when `sends_null`, so that a null can be told from an
/// absent key.
///
/// # Errors
/// Names a field that the schema doesn't have.
pub fn mend(
    record: &mut ItemStruct,
    facts: &Record,
    is_sent: bool,
    sends_null: bool,
    tally: &mut Tally,
) -> Result<(), Fault> {
    let name = record.ident.to_string();
    let Fields::Named(fields) = &mut record.fields else {
        return Err(Fault::schema(&name, "became a struct without named fields"));
    };
    let mut ordered: Vec<(usize, Field)> = Vec::new();
    for mut field in std::mem::take(&mut fields.named) {
        let sent = sent_name(&field);
        let (position, _, property) = facts
            .properties
            .get_full(&sent)
            .ok_or_else(|| Fault::property(&name, &sent, "isn't in the schema"))?;
        paths::shorten(&mut field.ty, tally);
        field.attrs = docs::field(&property.description, property.evidence);
        let mut serde: Vec<proc_macro2::TokenStream> = Vec::new();
        if field.ident.as_ref().is_some_and(|ident| *ident != sent) {
            let sent = LitStr::new(&sent, Span::call_site());
            serde.push(parse_quote!(rename = #sent));
        }
        let optional = paths::inside_option(&field.ty).cloned();
        if let Some(inner) = optional {
            if let Some(reader) = lenient_reader(&inner).filter(|_| property.lenient) {
                let reader = LitStr::new(reader, Span::call_site());
                serde.push(parse_quote!(default));
                serde.push(parse_quote!(deserialize_with = #reader));
            } else if sends_null && property.nullable {
                field.ty = parse_quote!(Option<Nullable<#inner>>);
                serde.push(parse_quote!(default));
                serde.push(parse_quote!(
                    deserialize_with = "crate::types::nullable::present"
                ));
            }
            if is_sent {
                serde.push(parse_quote!(skip_serializing_if = "Option::is_none"));
            }
        }
        if !serde.is_empty() {
            field.attrs.push(parse_quote!(#[serde(#(#serde),*)]));
        }
        ordered.push((position, field));
    }
    ordered.sort_by_key(|(position, _)| *position);
    fields.named = ordered.into_iter().map(|(_, field)| field).collect();
    tally.note(&PASS);
    Ok(())
}

/// The reader that takes text for a number and a number for text. Types of our own, such as typed
/// ids and open enums, do so by themselves.
fn lenient_reader(inner: &syn::Type) -> Option<&'static str> {
    match paths::bare_name(inner)?.as_str() {
        "String" => Some("crate::types::lenient::string"),
        "i32" => Some("crate::types::lenient::integer"),
        _ => None,
    }
}
