//! The items that the runtime's macros declare: generated files hold one line for each, which says
//! nothing of what it makes.

use proc_macro2::TokenStream;

use super::arguments::{arguments, refuse};
use super::items::{Place, Reader};
use super::requests;
use super::surface::{Item, Origin, Shape};

/// Every macro whose items are known here.
pub(super) const NAMES: &[&str] = &[
    "call_setter",
    "handle",
    "has_fields",
    "id_type",
    "into_setter",
    "labelled",
    "legacy_request",
    "linkable",
    "list_request",
    "list_setter",
    "no_own_id",
    "open_enum",
    "operation",
    "own_id",
    "patchable",
    "redacted_debug",
    "request",
    "setter",
    "texts_setter",
];

/// What an id type has.
const ID_TRAITS: [&str; 7] = [
    "From<i32>",
    "Into<i32>",
    "Display",
    "Debug",
    "FromStr",
    "Serialize",
    "Deserialize",
];

/// What a list of known values has.
const ENUM_TRAITS: [&str; 8] = [
    "From<&str>",
    "From<String>",
    "PartialEq",
    "Eq",
    "Hash",
    "Display",
    "Serialize",
    "Deserialize",
];

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
        // Private tables of what is sent.
        "wire" | "structure" => Ok(()),
        "legacy_request" => requests::legacy_request(reader, tokens, unverified),
        "id_type" => {
            let (id, _) = arguments(name, tokens, |it| Ok((it.name()?, it.rest()?)))?;
            let of = place(reader, &id, unverified);
            for name in ID_TRAITS {
                implements(reader, &of, name, "", "");
            }
            reader.part(&of, "::", "get", method("self", "i32"));
            Ok(())
        }
        _ => mark(reader, name, tokens, unverified),
    }
}

/// What a macro says of the type `name`.
pub(super) fn place(reader: &Reader<'_>, name: &str, unverified: bool) -> Place {
    let owner = reader.path(name);
    let known = reader.surface.get(&owner);
    Place {
        origin: known.map_or_else(|| reader.origin(name), |item| item.origin.clone()),
        unverified: unverified || known.is_some_and(|item| item.unverified),
        owner,
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

pub(super) fn implements(reader: &mut Reader<'_>, of: &Place, name: &str, types: &str, says: &str) {
    let (types, says) = (types.to_owned(), says.to_owned());
    reader.part(of, ": ", name, Shape::Trait { types, says });
}

pub(super) fn method(receiver: &'static str, output: &str) -> Shape {
    Shape::Function {
        receiver,
        parameters: Vec::new(),
        output: output.to_owned(),
    }
}

/// What the schema's marks say of a record or handle, as `runtime/marks.rs` has it.
fn mark(
    reader: &mut Reader<'_>,
    name: &str,
    tokens: TokenStream,
    unverified: bool,
) -> Result<(), String> {
    let (record, rest) = arguments(name, tokens, |it| Ok((it.name()?, it.rest()?)))?;
    let of = place(reader, &record, unverified);
    match name {
        "redacted_debug" => implements(reader, &of, "Debug", "", ""),
        "no_own_id" => implements(reader, &of, "Record", "", ""),
        "has_fields" => implements(reader, &of, "HasFields", "", ""),
        "own_id" => {
            let (id, field) = arguments(name, rest, |it| Ok((it.name()?, it.name()?)))?;
            let of = about(reader, &of, &field);
            implements(reader, &of, "Record", "", &format!("ID_FIELD = {field:?}"));
            implements(reader, &of, "Identified", &format!("Id = {id}"), "");
        }
        "labelled" => {
            let (field, id) = arguments(name, rest, |it| Ok((it.name()?, it.more()?)))?;
            let id = id.unwrap_or_else(|| "NoId".to_owned());
            let of = about(reader, &of, &field);
            let label = format!("label = {field}");
            implements(reader, &of, "Labelled", &format!("Id = {id}"), &label);
        }
        "linkable" => {
            let (entity, _) = arguments(name, rest, |it| Ok((it.literal()?, it.rest()?)))?;
            implements(reader, &of, "Linkable", "", &format!("ENTITY = {entity:?}"));
        }
        "patchable" => {
            let (record, id) = arguments(name, rest, |it| Ok((it.name()?, it.name()?)))?;
            let types = format!("Record = {record}, Id = {id}");
            implements(reader, &of, "Patchable", &types, "");
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
        let taken = match name {
            "setter" | "call_setter" => it.ty()?,
            "into_setter" => format!("impl Into<{}>", it.ty()?),
            "list_setter" => format!("impl IntoIterator<Item = {}>", it.ty()?),
            "texts_setter" => "impl IntoIterator<Item = impl Into<String>>".to_owned(),
            _ => return refuse("its items aren't known".to_owned()),
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
    implements(reader, &of, "Debug", "", "");
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
    for name in ENUM_TRAITS {
        implements(reader, &of, name, "", "");
    }
    reader.part(&of, "::", "as_str", method("&self", "&str"));
    Ok(())
}
