//! The files of revio-api: one folder a resource, one file a concern.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::runtime_names::GATHERED;
use super::{Rust, runtime_names};
use crate::emit::example::Samples;
use crate::emit::imports::Directory;
use crate::emit::values::Values;
use crate::emit::{bodies, enums, fields, file, gate, handle, ident, ids, operations, requests};
use crate::model::{Operation, Resource};
use crate::post::calls::Call;
use crate::post::redact;

const ROOT: &str = "revio-api/src/generated";

/// Everything that generated names resolve to.
pub(super) fn directory(rust: &Rust) -> Result<Directory, String> {
    let mut directory = runtime_names::directory()?;
    for name in &rust.api.ids {
        directory.add(name, "crate::generated::ids")?;
    }
    for name in rust.api.enums.keys() {
        directory.add(name, "crate::generated::enums")?;
    }
    for name in rust.types.keys() {
        directory.add(name, &home(rust, name))?;
    }
    for resource in &rust.api.resources {
        let module = format!("crate::generated::resources::{}", resource.tag);
        directory.add(&handle::name(resource), &module)?;
        for operation in &resource.operations {
            directory.add(&operation.request(), &format!("{module}::requests"))?;
        }
    }
    Ok(directory)
}

/// The module of a record.
fn home(rust: &Rust, name: &str) -> String {
    match rust
        .api
        .records
        .get(name)
        .and_then(|record| record.owner.as_deref())
    {
        Some(tag) => format!("crate::generated::resources::{tag}::records"),
        None => "crate::generated::shared".to_owned(),
    }
}

pub(super) fn emit(rust: &Rust, files: &mut BTreeMap<String, String>) -> Result<(), String> {
    let directory = directory(rust)?;
    let is_enum = |name: &str| rust.api.enums.contains_key(name);
    let values = Values { enums: &is_enum };
    let mut write = |path: &str, module: &str, docs: &str, tokens: TokenStream| {
        let imports = directory.imports(&tokens, module, GATHERED);
        let path = format!("{ROOT}/{path}");
        let text = file::render(&path, docs, quote!(#imports #tokens))?;
        files.insert(path, text);
        Ok::<(), String>(())
    };

    write(
        "ids.rs",
        "crate::generated::ids",
        "Typed ids: one type a kind of record, so that they cannot be mixed up.",
        ids::emit(&rust.api),
    )?;
    write(
        "enums.rs",
        "crate::generated::enums",
        "Lists of known values. All of them are open: what is not known yet is kept as text.",
        enums::emit(&rust.api.enums),
    )?;
    write(
        "operations.rs",
        "crate::generated::operations",
        "The operation table.",
        operations::table(&rust.api),
    )?;
    write(
        "shared.rs",
        "crate::generated::shared",
        "Shapes that several resources share.",
        records(rust, &values, None),
    )?;
    for (resource, calls) in rust.api.resources.iter().zip(&rust.calls) {
        emit_resource(rust, resource, calls, &values, &mut write)?;
    }
    let modules = rust.api.resources.iter().map(|resource| {
        let docs = crate::emit::docs::paragraphs(&resource.description);
        let tag = ident(&resource.tag);
        quote!(#(#docs)* pub mod #tag;)
    });
    write(
        "resources/mod.rs",
        "crate::generated::resources",
        "One module a resource: its records, bodies, requests and handle.",
        quote!(#(#modules)*),
    )?;
    write(
        "mod.rs",
        "crate::generated",
        "Everything that is made from the schema.",
        quote!(
            pub mod enums;
            pub mod ids;
            pub mod legacy;
            pub mod operations;
            pub mod resources;
            pub mod shared;
        ),
    )
}

fn emit_resource(
    rust: &Rust,
    resource: &Resource,
    calls: &[Call],
    values: &Values<'_>,
    write: &mut dyn FnMut(&str, &str, &str, TokenStream) -> Result<(), String>,
) -> Result<(), String> {
    let tag = &resource.tag;
    let module = format!("crate::generated::resources::{tag}");
    let samples = Samples {
        api: &rust.api,
        types: &rust.types,
        ids_from_test: false,
        everything: false,
    };
    let example = |operation: &Operation, call: &Call| samples.documentation(operation, call);
    let handle = handle::emit(resource, calls, values, &example);
    let records = records(rust, values, Some(tag));
    let fields = field_constants(rust, resource);
    let has_records = !records.is_empty();
    let mods = [
        has_records.then(|| {
            quote!(
                mod records;
                pub use records::*;
            )
        }),
        Some(quote!(
            pub(crate) mod requests;
            pub use requests::*;
        )),
        (!fields.is_empty()).then(|| {
            quote!(
                pub mod fields;
            )
        }),
    ];
    let mods = mods.into_iter().flatten();
    write(
        &format!("resources/{tag}/mod.rs"),
        &module,
        &resource.description,
        quote!(#(#mods)* #handle),
    )?;
    if has_records {
        write(
            &format!("resources/{tag}/records.rs"),
            &format!("{module}::records"),
            "Records as they are read, bodies as they are sent.",
            records,
        )?;
    }
    if !fields.is_empty() {
        write(
            &format!("resources/{tag}/fields.rs"),
            &format!("{module}::fields"),
            "Typed fields for patches.",
            fields,
        )?;
    }
    write(
        &format!("resources/{tag}/requests.rs"),
        &format!("{module}::requests"),
        "Request types, and how each goes over the wire.",
        requests::emit(resource, calls, values),
    )
}

/// The records that `owner` defines, in the order of the schema.
fn records(rust: &Rust, values: &Values<'_>, owner: Option<&str>) -> TokenStream {
    let mine = rust.types.iter().filter(|(name, _)| {
        rust.api
            .records
            .get(*name)
            .and_then(|record| record.owner.as_deref())
            == owner
    });
    let items = mine.map(|(name, record)| {
        let facts = &rust.api.records[name];
        let gate = gate(rust.unverified.contains(name));
        let docs = crate::emit::docs::paragraphs(&facts.description);
        let debug = redact::is_needed(facts).then(|| {
            let debug = redact::implement(record, facts);
            quote!(#gate #debug)
        });
        let setters = rust
            .built
            .contains(name)
            .then(|| bodies::emit(record, values, &gate));
        quote!(#(#docs)* #gate #record #debug #setters)
    });
    quote!(#(#items)*)
}

/// Field constants of the record that a resource's JSON Patch operation changes.
fn field_constants(rust: &Rust, resource: &Resource) -> TokenStream {
    let patched = resource
        .operations
        .iter()
        .find(|operation| operation.content_type.as_deref() == Some("application/json-patch+json"));
    let Some((name, record)) = patched
        .and_then(|operation| operation.record.as_ref())
        .and_then(|name| Some((name, rust.types.get(name)?)))
    else {
        return TokenStream::new();
    };
    let own_id = rust.api.records.get(name).and_then(|record| {
        record
            .properties
            .iter()
            .find(|(_, property)| property.own_id)
            .map(|(name, _)| name.as_str())
    });
    fields::emit(record, rust.write_only.get(name), &rust.types, own_id)
}
