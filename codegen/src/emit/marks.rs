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
pub(crate) fn emit(record: &ItemStruct, facts: &Record, gate: &TokenStream) -> TokenStream {
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

    let mut lines = vec![if let Some(Field { ident, ty, .. }) = own_id {
        quote!(own_id!(#name, #ty, #ident);)
    } else {
        quote!(no_own_id!(#name);)
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
pub(crate) fn patchable(handle: &str, operations: &[Operation], calls: &[Call]) -> TokenStream {
    // With the id alone, and with the id and the patch: then both can be called for any such resource.
    let verb = |verb: &str, arguments: usize| {
        let mut both = operations.iter().zip(calls);
        both.find(|(operation, call)| operation.verb == verb && call.arguments.len() == arguments)
    };
    let (Some((get, call)), Some((patch, _))) = (verb("get", 1), verb("patch", 2)) else {
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

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use proc_macro2::TokenStream;
    use quote::quote;
    use syn::parse_quote;

    use crate::emit::gate;
    use crate::model::{Evidence, Property, Record};

    fn property(own_id: bool, label: bool) -> Property {
        Property {
            description: String::new(),
            evidence: Evidence::Observed,
            sensitive: false,
            lenient: false,
            nullable: !own_id,
            label,
            own_id,
        }
    }

    /// A thing with an id, a label, and an entity type, as the schema says.
    fn facts() -> Record {
        let marks = [("thing_id", true, false), ("name", false, true)];
        let properties =
            marks.map(|(name, own_id, label)| (name.to_owned(), property(own_id, label)));
        Record {
            entity: Some("Thing_Two".to_owned()),
            properties: IndexMap::from(properties),
            ..Record::default()
        }
    }

    fn emitted(record: &syn::ItemStruct, unverified: bool) -> String {
        super::emit(record, &facts(), &gate(unverified)).to_string()
    }

    fn text(tokens: &TokenStream) -> String {
        tokens.to_string()
    }

    #[test]
    fn every_mark_is_a_line() {
        let record = parse_quote! {
            struct Thing {
                thing_id: ThingId,
                name: Option<String>,
                fields: Option<Vec<CustomField>>,
            }
        };
        let lines = quote! {
            own_id!(Thing, ThingId, thing_id);
            labelled!(Thing, name, ThingId);
            linkable!(Thing, "Thing_Two");
            has_fields!(Thing);
        };
        assert_eq!(emitted(&record, false), text(&lines));
        let one = parse_quote!(
            struct Thing {
                thing_id: ThingId,
            }
        );
        let lines = quote! {
            #[cfg(feature = "unverified")]
            own_id!(Thing, ThingId, thing_id);
            #[cfg(feature = "unverified")]
            linkable!(Thing, "Thing_Two");
        };
        assert_eq!(emitted(&one, true), text(&lines));
    }

    /// An id that may be missing, or whose name doesn't fit a line; fields that are something else.
    #[test]
    fn what_cannot_be_relied_on_is_no_mark() {
        let lines = quote! {
            no_own_id!(Thing);
            labelled!(Thing, name);
        };
        let optional = parse_quote! {
            struct Thing {
                thing_id: Option<ThingId>,
                name: Option<String>,
                fields: Option<Vec<String>>,
            }
        };
        assert_eq!(emitted(&optional, false), text(&lines));
        let renamed = parse_quote! {
            struct Thing {
                #[serde(rename = "thing_id")]
                id_of_thing: ThingId,
                name: Option<String>,
                fields: Option<CustomField>,
            }
        };
        assert_eq!(emitted(&renamed, false), text(&lines));
    }
}
