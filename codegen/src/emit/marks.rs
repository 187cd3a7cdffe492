//! What the schema's marks say of a record, as one line each: its own id, its label, the entity type that key links
//! know it by, its custom fields, and whether its resource can patch it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Field, ItemStruct};

use super::values;
use crate::model::{Operation, Record};
use crate::post::calls::{Call, Role};
use crate::post::{paths, records::sent_name};

/// The type of a record's custom fields and the name that they have in every record.
const CUSTOM_FIELD: (&str, &str) = ("fields", "CustomField");

/// The traits of a record that a list holds.
pub fn emit(record: &ItemStruct, facts: &Record, gate: &TokenStream) -> TokenStream {
    let name = &record.ident;
    let marked = |is_marked: &dyn Fn(&str) -> bool| {
        record
            .fields
            .iter()
            .find(|field| is_marked(&sent_name(field)))
    };
    let property = |sent: &str| facts.properties.get(sent);
    let own_id = marked(&|sent| property(sent).is_some_and(|it| it.own_id));
    let own_id = own_id.filter(|field| is_plain(field));
    let label = marked(&|sent| property(sent).is_some_and(|it| it.label));
    let fields = record
        .fields
        .iter()
        .find(|field| holds_custom_fields(field));

    let mut lines = vec![match own_id {
        Some(Field { ident, ty, .. }) => quote!(own_id!(#name, #ty, #ident);),
        None => quote!(no_own_id!(#name);),
    }];
    if let Some(Field { ident, .. }) = label {
        let id = own_id.map(|field| &field.ty);
        let id = id.into_iter();
        lines.push(quote!(labelled!(#name, #ident #(, #id)*);));
    }
    if let (Some(entity), Some(_)) = (&facts.entity, own_id) {
        lines.push(quote!(linkable!(#name, #entity);));
    }
    if fields.is_some() {
        lines.push(quote!(has_fields!(#name);));
    }
    quote!(#(#gate #lines)*)
}

/// An id that may be missing identifies nothing, and one line has no place for a second name.
fn is_plain(field: &Field) -> bool {
    let name = field.ident.as_ref().map(ToString::to_string);
    paths::inside_option(&field.ty).is_none() && name == Some(sent_name(field))
}

fn holds_custom_fields(field: &Field) -> bool {
    let (name, item) = CUSTOM_FIELD;
    let list = paths::inside_option(&field.ty).and_then(paths::inside_vec);
    sent_name(field) == name && list.and_then(paths::bare_name).as_deref() == Some(item)
}

/// Says that a resource reads a record by its id and patches it, where it does.
pub fn patchable(handle: &str, operations: &[Operation], calls: &[Call]) -> TokenStream {
    let verb = |verb: &str| {
        let mut both = operations.iter().zip(calls);
        both.find(|(operation, _)| operation.verb == verb)
    };
    let (Some((get, call)), Some((patch, _))) = (verb("get"), verb("patch")) else {
        return TokenStream::new();
    };
    let mut ids = call.arguments.iter();
    let id = ids.find(|it| matches!(it.role, Role::Path(_)));
    let Some(id) = id.map(|argument| values::owned(&argument.ty)) else {
        return TokenStream::new();
    };
    let gate = super::gate(get.evidence.is_unverified() || patch.evidence.is_unverified());
    let handle = super::ident(handle);
    let record = &call.output;
    quote!(#gate patchable!(#handle, #record, #id);)
}
