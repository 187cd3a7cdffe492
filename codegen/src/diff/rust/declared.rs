//! The items that the runtime's macros declare: generated files hold one line for each, which says
//! nothing of what it makes.

use proc_macro2::TokenStream;

use super::arguments::{arguments, refuse};
use super::items::{Place, Reader};
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

/// The columns of the operation table behind the id, in the order of `operation!`.
const COLUMNS: [&str; 6] = [
    "method",
    "path",
    "effect",
    "tag",
    "evidence",
    "content_type",
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
        "operation" => operation(reader, tokens, unverified),
        "open_enum" => open_enum(reader, tokens, unverified),
        "handle" => handle(reader, tokens, unverified),
        "request" | "list_request" => request(reader, name, tokens, unverified),
        // Private tables of what is sent.
        "wire" | "structure" => Ok(()),
        "legacy_request" => legacy_request(reader, tokens, unverified),
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
fn place(reader: &Reader<'_>, name: &str, unverified: bool) -> Place {
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

fn implements(reader: &mut Reader<'_>, of: &Place, name: &str, types: &str, says: &str) {
    let (types, says) = (types.to_owned(), says.to_owned());
    reader.part(of, ": ", name, Shape::Trait { types, says });
}

fn method(receiver: &'static str, output: &str) -> Shape {
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

/// What a request can do: be sent, be awaited for the same output, be printed.
fn request(
    reader: &mut Reader<'_>,
    name: &str,
    tokens: TokenStream,
    unverified: bool,
) -> Result<(), String> {
    let item = (name == "list_request").then_some("Item");
    let (request, output, constant) = arguments(name, tokens, |it| {
        let (request, output) = (it.name()?, it.ty()?);
        if item.is_none() {
            it.name()?;
        }
        Ok((request, output, it.name()?))
    })?;
    learn_request(reader, &request, &constant)?;
    let of = place(reader, &request, unverified);
    let answer = match item {
        Some(_) => format!("Page<{output}>"),
        None => output.clone(),
    };
    implements(reader, &of, "Request", &format!("Output = {answer}"), "");
    implements(reader, &of, "Debug", "", "");
    if let Some(item) = item {
        let types = format!("{item} = {output}");
        implements(reader, &of, "ListRequest", &types, "");
    }
    Ok(())
}

/// A legacy request: its type, and what it can do.
fn legacy_request(
    reader: &mut Reader<'_>,
    tokens: TokenStream,
    unverified: bool,
) -> Result<(), String> {
    let (request, _, response, _) = arguments("legacy_request", tokens, |it| {
        Ok((it.name()?, it.name()?, it.name()?, it.rest()?))
    })?;
    let of = place(reader, &request, unverified);
    let item = Item {
        owner: None,
        unverified: of.unverified,
        deprecated: false,
        shape: Shape::Struct {
            open: false,
            private: true,
        },
        origin: of.origin.clone(),
        arguments: Vec::new(),
    };
    reader.surface.add(of.owner.clone(), item);
    implements(reader, &of, "Clone", "", "");
    let types = format!("Output = {response}");
    implements(reader, &of, "Request", &types, "");
    implements(reader, &of, "Debug", "", "");
    let output = format!("Result<SelfCheck<{response}>, Error>");
    reader.part(&of, "::", "self_check", method("self", &output));
    Ok(())
}

/// Learns which message a legacy request carries.
pub(super) fn learn_message(reader: &mut Reader<'_>, tokens: TokenStream) -> Result<(), String> {
    let (request, message, _) = arguments("legacy_request", tokens, |it| {
        Ok((it.name()?, it.name()?, it.rest()?))
    })?;
    let path = reader.path(&request);
    reader.known.messages.insert(path, message);
    Ok(())
}

/// Ties a request type to its operation, which its struct didn't know yet.
fn learn_request(reader: &mut Reader<'_>, request: &str, constant: &str) -> Result<(), String> {
    let id = reader.known.operations.get(&reader.path(constant)).cloned();
    let id = id.ok_or_else(|| format!("has a request {request} of no operation"))?;
    let path = reader.path(request);
    reader.known.operations.insert(path.clone(), id.clone());
    for item in reader.surface.with_parts(&path) {
        item.origin = Origin::Operation(id.clone());
    }
    Ok(())
}

/// A row of the operation table, whose columns are public through `Request::OPERATION`.
fn operation(reader: &mut Reader<'_>, tokens: TokenStream, unverified: bool) -> Result<(), String> {
    let (constant, id, columns) = arguments("operation", tokens, |it| {
        let head = (it.name()?, it.literal()?);
        let columns: syn::Result<Vec<String>> = COLUMNS.iter().map(|_| it.value()).collect();
        Ok((head.0, head.1, columns?))
    })?;
    let row = format!("OPERATIONS[{id:?}]");
    let item = |owner: Option<String>, value: String| Item {
        owner,
        unverified,
        deprecated: false,
        shape: Shape::Fact { value },
        origin: Origin::Operation(id.clone()),
        arguments: Vec::new(),
    };
    reader.surface.add(row.clone(), item(None, id.clone()));
    for (column, value) in COLUMNS.iter().zip(&columns) {
        if *column == "path" {
            let names = value.split('{').skip(1);
            let names = names.filter_map(|rest| rest.split('}').next());
            let names = names.map(str::to_owned).collect();
            reader.known.placeholders.insert(id.clone(), names);
        }
        let item = item(Some(row.clone()), value.clone());
        reader.surface.add(format!("{row}.{column}"), item);
    }
    let path = reader.path(&constant);
    reader.known.operations.insert(path, id);
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
