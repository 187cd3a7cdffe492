//! The items that the runtime's macros declare: generated files hold one line for each, and the
//! [contract] says what it makes.

use proc_macro2::TokenStream;

use super::arguments::{arguments, refuse};
use super::reader::{Details, Place, Reader, all, method, methods, place};
use super::requests;
use crate::contract;
use crate::rust_api::surface::{Item, Origin, Shape};

/// A line between items.
pub(super) fn item(
    reader: &mut Reader<'_>,
    name: &str,
    tokens: TokenStream,
    unverified: bool,
) -> Result<(), String> {
    match name {
        "operation" => requests::operation(reader, tokens, unverified),
        "open_enum" => open_enum(reader, tokens, unverified),
        "handle" => handle(reader, tokens, unverified),
        "request" | "list_request" => requests::request(reader, name, tokens, unverified),
        "wire" | "structure" => Ok(()),
        "legacy_request" => requests::legacy_request(reader, tokens, unverified),
        "id_type" => {
            let (id, _) = arguments(name, tokens, |it| Ok((it.name()?, it.rest()?)))?;
            let of = place(reader, &id, unverified);
            all(reader, &of, name, |_| Details::default());
            methods(reader, &of, name, "i32");
            Ok(())
        }
        _ => mark(reader, name, tokens, unverified),
    }
}

/// The same place, about one field of the record.
fn about(reader: &Reader<'_>, of: &Place, field: &str) -> Place {
    let sent = reader.known.sent.get(&(of.owner.clone(), field.to_owned()));
    let origin = match (&of.origin, sent) {
        (Origin::Schema(schema), Some(sent)) => Origin::Property(schema.clone(), sent.clone()),
        (other, _) => other.clone(),
    };
    Place {
        origin,
        ..of.clone()
    }
}

/// What the schema's annotations say of a record or handle.
fn mark(
    reader: &mut Reader<'_>,
    name: &str,
    tokens: TokenStream,
    unverified: bool,
) -> Result<(), String> {
    let (record, rest) = arguments(name, tokens, |it| Ok((it.name()?, it.rest()?)))?;
    let of = place(reader, &record, unverified);
    match name {
        "redacted_debug" | "no_own_id" | "has_fields" => {
            all(reader, &of, name, |_| Details::default());
        }
        "own_id" => {
            let (id, field) = arguments(name, rest, |it| Ok((it.name()?, it.name()?)))?;
            let of = about(reader, &of, &field);
            all(reader, &of, name, |implemented| match implemented {
                "Identified" => Details::types(format!("Id = {id}")),
                _ => Details::says(format!("ID_FIELD = {field:?}")),
            });
        }
        "labelled" => {
            let (field, id) = arguments(name, rest, |it| Ok((it.name()?, it.more()?)))?;
            let id = id.unwrap_or_else(|| "NoId".to_owned());
            let of = about(reader, &of, &field);
            all(reader, &of, name, |_| Details {
                types: format!("Id = {id}"),
                says: format!("label = {field}"),
            });
        }
        "linkable" => {
            let (entity, _) = arguments(name, rest, |it| Ok((it.literal()?, it.rest()?)))?;
            all(reader, &of, name, |_| {
                Details::says(format!("ENTITY = {entity:?}"))
            });
        }
        "patchable" => {
            let (record, id) = arguments(name, rest, |it| Ok((it.name()?, it.name()?)))?;
            all(reader, &of, name, |_| {
                Details::types(format!("Record = {record}, Id = {id}"))
            });
        }
        other => return Err(format!("has a line {other}!, whose items aren't known")),
    }
    Ok(())
}

/// A line between methods: a setter.
pub(super) fn member(
    reader: &mut Reader<'_>,
    of: &Place,
    name: &str,
    tokens: TokenStream,
) -> Result<(), String> {
    let (field, taken) = arguments(name, tokens, |it| {
        if name == "call_setter" {
            it.name()?;
        }
        let field = it.name()?;
        let Some(form) = contract::find(name).and_then(|row| row.takes) else {
            return refuse("its items aren't known".to_owned());
        };
        let taken = if form.contains("{}") {
            form.replace("{}", &it.ty()?)
        } else {
            form.to_owned()
        };
        Ok((field, taken))
    })?;
    let place = about(reader, of, &field);
    let shape = Shape::Function {
        receiver: "self",
        parameters: vec![(field.clone(), taken)],
        output: "Self".to_owned(),
    };
    reader.part(&place, "::", &field, shape);
    Ok(())
}

/// A handle, and the method of the client that makes it.
fn handle(reader: &mut Reader<'_>, tokens: TokenStream, unverified: bool) -> Result<(), String> {
    let (handle, accessor, _) = arguments("handle", tokens, |it| {
        Ok((it.name()?, it.name()?, it.rest()?))
    })?;
    let of = place(reader, &handle, unverified);
    all(reader, &of, "handle", |_| Details::default());
    let item = Item {
        owner: Some(of.owner),
        unverified: of.unverified,
        deprecated: false,
        shape: method("&self", &handle),
        origin: of.origin,
        arguments: Vec::new(),
    };
    reader.surface.add(format!("Client::{accessor}"), item);
    Ok(())
}

/// A list of known values: what each variant is on the wire, and what the whole can do.
fn open_enum(reader: &mut Reader<'_>, tokens: TokenStream, unverified: bool) -> Result<(), String> {
    let (name, values) = arguments("open_enum", tokens, |it| Ok((it.head()?, it.pairs()?)))?;
    let of = place(reader, &name, unverified);
    for (variant, text) in values {
        let path = format!("{}::{variant}", of.owner);
        if let Some(item) = reader.surface.get_mut(&path)
            && let Shape::Variant { sent, .. } = &mut item.shape
        {
            *sent = Some(text.clone());
            item.origin = Origin::Value(name.clone(), text);
        }
    }
    all(reader, &of, "open_enum", |_| Details::default());
    methods(reader, &of, "open_enum", "&str");
    Ok(())
}
