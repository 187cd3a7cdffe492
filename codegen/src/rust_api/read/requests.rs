//! The macros around operations: what a request can do, and which operation it sends.

use proc_macro2::TokenStream;

use super::arguments::arguments;
use super::reader::{Details, Reader, all, methods, place};
use crate::rust_api::surface::{Item, Origin, Shape};

/// The columns of the operation table behind the id, in the order of `operation!`.
const COLUMNS: [&str; 6] = [
    "method",
    "path",
    "effect",
    "tag",
    "evidence",
    "content_type",
];

/// What a request can do: be sent, be awaited for the same output, be printed.
pub(super) fn request(
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
    let response = match item {
        Some(_) => format!("Page<{output}>"),
        None => output.clone(),
    };
    let details = |implemented: &str| match (implemented, item) {
        ("Request", _) => Details::types(format!("Output = {response}")),
        ("ListRequest", Some(item)) => Details::types(format!("{item} = {output}")),
        _ => Details::default(),
    };
    all(reader, &of, "request", details);
    if item.is_some() {
        all(reader, &of, "list_request", details);
    }
    Ok(())
}

/// A legacy request: its type, and what it can do.
pub(super) fn legacy_request(
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
    all(
        reader,
        &of,
        "legacy_request",
        |implemented| match implemented {
            "Request" => Details::types(format!("Output = {response}")),
            _ => Details::default(),
        },
    );
    let output = format!("Result<SelfCheck<{response}>, Error>");
    methods(reader, &of, "legacy_request", &output);
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
pub(super) fn operation(
    reader: &mut Reader<'_>,
    tokens: TokenStream,
    unverified: bool,
) -> Result<(), String> {
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
