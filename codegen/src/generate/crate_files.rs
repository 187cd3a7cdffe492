//! The files of revio-api: one folder a resource, one file a concern.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::runtime_names::{self, GATHERED};
use super::rust::Rust;
use crate::emit::example::Samples;
use crate::emit::imports::Directory;
use crate::emit::values::Values;
use crate::emit::{
    bodies, docs, enums, fields, file, gate, handle, ident, ids, marks, operations, requests,
};
use crate::fault::{Fault, Subject};
use crate::model::{Operation, Resource};
use crate::post::calls::Call;

const ROOT: &str = "revio-api/src/generated";
const CRATE: &str = "crate::generated";

/// Everything that generated names resolve to.
pub(super) fn directory(rust: &Rust) -> Result<Directory, Fault> {
    let mut directory = runtime_names::directory()?;
    for name in &rust.api.ids {
        directory.add(name, &format!("{CRATE}::ids"), Subject::Mark(name.clone()))?;
    }
    for name in rust.api.enums.keys() {
        directory.add(
            name,
            &format!("{CRATE}::enums"),
            Subject::Mark(name.clone()),
        )?;
    }
    for name in rust.types.keys() {
        directory.add(name, &home(rust, name), Subject::Schema(name.clone()))?;
    }
    for resource in &rust.api.resources {
        let module = format!("{CRATE}::resources::{}", resource.tag);
        let subject = Subject::Tag(resource.tag.clone());
        directory.add(&handle::name(resource), &module, subject)?;
        for operation in &resource.operations {
            let subject = Subject::Operation(operation.id.clone());
            directory.add(
                &operation.request(),
                &format!("{module}::requests"),
                subject,
            )?;
        }
    }
    Ok(directory)
}

/// The module of a record.
fn home(rust: &Rust, name: &str) -> String {
    match owner(rust, name) {
        Some(tag) => format!("{CRATE}::resources::{tag}::records"),
        None => format!("{CRATE}::shared"),
    }
}

/// The resource that defines a record.
fn owner<'r>(rust: &'r Rust, name: &str) -> Option<&'r str> {
    rust.api.records.get(name)?.owner.as_deref()
}

/// Where the files of one module tree go.
struct Writer<'a> {
    directory: Directory,
    files: &'a mut BTreeMap<String, String>,
}

impl Writer<'_> {
    /// Writes the file of `module`, which is a path below the generated tree such as `ids` or
    /// `resources::bills`; `file` is where it stands, without the ending.
    fn write(
        &mut self,
        file: &str,
        module: &str,
        about: &str,
        tokens: &TokenStream,
    ) -> Result<(), Fault> {
        let module = format!("{CRATE}{module}");
        let imports = self.directory.imports(tokens, &module, GATHERED);
        let path = format!("{ROOT}/{file}.rs");
        let text = file::render(&path, about, quote!(#imports #tokens))?;
        self.files.insert(path, text);
        Ok(())
    }
}

pub(super) fn emit(rust: &Rust, files: &mut BTreeMap<String, String>) -> Result<(), Fault> {
    let mut writer = Writer {
        directory: directory(rust)?,
        files,
    };
    let is_enum = |name: &str| rust.api.enums.contains_key(name);
    let values = Values { enums: &is_enum };
    writer.write(
        "ids",
        "::ids",
        "Typed ids: one type a kind of record, so that they cannot be mixed up.",
        &ids::emit(&rust.api),
    )?;
    writer.write(
        "enums",
        "::enums",
        "Lists of known values. All of them are open: what is not known yet is kept as text.",
        &enums::emit(&rust.api.enums)?,
    )?;
    writer.write(
        "operations",
        "::operations",
        "The operation table.",
        &operations::table(&rust.api),
    )?;
    writer.write(
        "shared",
        "::shared",
        "Shapes that several resources share.",
        &records(rust, &values, None),
    )?;
    for (resource, calls) in rust.api.resources.iter().zip(&rust.calls) {
        emit_resource(rust, resource, calls, &values, &mut writer)?;
    }
    let modules = rust.api.resources.iter().map(|resource| {
        let docs = docs::paragraphs(&resource.description);
        let tag = ident(&resource.tag);
        quote!(#(#docs)* pub mod #tag;)
    });
    writer.write(
        "resources/mod",
        "::resources",
        "One module a resource: its records, bodies, requests and handle.",
        &quote!(#(#modules)*),
    )?;
    writer.write(
        "mod",
        "",
        "Everything that is made from the schema.",
        &quote!(
            pub mod enums;
            pub mod ids;
            pub(crate) mod legacy;
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
    writer: &mut Writer<'_>,
) -> Result<(), Fault> {
    let tag = &resource.tag;
    let module = format!("::resources::{tag}");
    let samples = Samples {
        api: &rust.api,
        types: &rust.types,
        ids_from_test: false,
        everything: false,
    };
    let example = |operation: &Operation, call: &Call| samples.documentation(operation, call);
    let handle = handle::emit(resource, calls, values, &example);
    let patchable = marks::patchable(&handle::name(resource), &resource.operations, calls);
    let records = records(rust, values, Some(tag));
    let fields = field_constants(rust, resource);
    let record_mod = (!records.is_empty()).then(|| {
        quote!(
            pub(crate) mod records;
            pub use records::*;
        )
    });
    let field_mod = (!fields.is_empty()).then(|| {
        quote!(
            pub mod fields;
        )
    });
    let tokens = quote!(
        #record_mod
        pub(crate) mod requests;
        pub use requests::*;
        #field_mod
        #handle
        #patchable
    );
    let file = |name: &str| format!("resources/{tag}/{name}");
    writer.write(&file("mod"), &module, &resource.description, &tokens)?;
    if record_mod.is_some() {
        writer.write(
            &file("records"),
            &format!("{module}::records"),
            "Records as they are read, bodies as they are sent.",
            &records,
        )?;
    }
    if field_mod.is_some() {
        writer.write(
            &file("fields"),
            &format!("{module}::fields"),
            "Typed fields for patches.",
            &fields,
        )?;
    }
    writer.write(
        &file("requests"),
        &format!("{module}::requests"),
        "Request types, and how each goes over the wire.",
        &requests::emit(resource, calls, values),
    )
}

/// The records that `owner` defines, in the order of the schema.
fn records(rust: &Rust, values: &Values<'_>, owner: Option<&str>) -> TokenStream {
    let mine = rust.types.iter().filter_map(|(name, record)| {
        let facts = rust.api.records.get(name)?;
        (facts.owner.as_deref() == owner).then_some((name, record, facts))
    });
    let items = mine.map(|(name, record, facts)| {
        let gate = gate(rust.unverified.contains(name));
        let docs = docs::paragraphs(&facts.description);
        let debug = rust.redacted.get(name).map(|debug| quote!(#gate #debug));
        let is_listed = rust.pages.values().any(|item| item == name);
        let marks = is_listed.then(|| marks::emit(record, facts, &gate));
        let setters = rust
            .built
            .contains(name)
            .then(|| bodies::emit(record, values, &gate));
        quote!(#(#docs)* #gate #record #debug #marks #setters)
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
