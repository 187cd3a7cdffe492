//! The types of the legacy SOAP operations, made by typify from their JSON Schemas.

mod definitions;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemStruct;

use self::definitions::Definitions;
use super::runtime_names::GATHERED;
use super::{generator, runtime_names};
use crate::diagnostic::Diagnostic;
use crate::emit::values::Values;
use crate::emit::{bodies, docs, enums, file, ident};
use crate::load::Source;
use crate::post::{derives, records, redact, split};

const ROOT: &str = "revio-api/src/generated/legacy";
const MODULE: &str = "crate::generated::legacy";

pub(super) fn emit(
    sources: &[Source],
    files: &mut BTreeMap<String, String>,
) -> Result<(), Vec<Diagnostic>> {
    let definitions = definitions::read(sources)?;
    let first = sources
        .first()
        .map_or("schema/legacy", |source| &source.path);
    write(&definitions, files).map_err(|message| vec![generator(first, message)])
}

fn write(definitions: &Definitions, files: &mut BTreeMap<String, String>) -> Result<(), String> {
    let types = typed(definitions)?;
    let mut directory = runtime_names::directory()?;
    for name in definitions.enums.keys() {
        directory.add(name, &format!("{MODULE}::enums"))?;
    }
    for name in types.keys() {
        directory.add(name, &format!("{MODULE}::{}", definitions.homes[name]))?;
    }

    let is_enum = |name: &str| definitions.enums.contains_key(name);
    let values = Values { enums: &is_enum };
    let mut modules: BTreeMap<&str, TokenStream> = BTreeMap::new();
    modules.insert("enums", enums::emit(&definitions.enums));
    for (name, record) in &types {
        let facts = &definitions.records[name];
        let about = docs::paragraphs(&facts.description);
        let debug = redact::is_needed(facts).then(|| redact::implement(record, facts));
        let setters = definitions
            .built
            .contains(name)
            .then(|| bodies::emit(record, &values, &TokenStream::new()));
        modules
            .entry(&definitions.homes[name])
            .or_default()
            .extend(quote!(#(#about)* #record #debug #setters));
    }
    for (name, tokens) in &modules {
        let imports = directory.imports(tokens, &format!("{MODULE}::{name}"), GATHERED);
        let path = format!("{ROOT}/{name}.rs");
        let about = definitions.descriptions.get(*name).map_or(
            "Lists of known values of the legacy operations.",
            String::as_str,
        );
        let text = file::render(&path, about, quote!(#imports #tokens))?;
        files.insert(path, text);
    }
    let names = modules.keys().map(|name| ident(name));
    let exports = modules.keys().map(|name| ident(name));
    let path = format!("{ROOT}/mod.rs");
    let text = file::render(
        &path,
        "Messages of the legacy SOAP operations.",
        quote!(#(mod #names;)* #(pub use #exports::*;)*),
    )?;
    files.insert(path, text);
    Ok(())
}

/// Runs typify and mends what it made.
fn typed(definitions: &Definitions) -> Result<BTreeMap<String, ItemStruct>, String> {
    let mut settings = typify::TypeSpaceSettings::default();
    for name in &definitions.replaced {
        settings.with_replacement(name, name, [typify::TypeSpaceImpl::Display].into_iter());
    }
    let mut space = typify::TypeSpace::new(&settings);
    let root: schemars::schema::RootSchema = serde_json::from_value(definitions.lowered.clone())
        .map_err(|error| format!("the legacy schemas are no JSON Schema: {error}"))?;
    space
        .add_root_schema(root)
        .map_err(|error| format!("typify: {error}"))?;
    let file: syn::File = syn::parse2(space.to_stream())
        .map_err(|error| format!("typify emitted no Rust: {error}"))?;
    let mut types = split::records(file.items)?;
    for (name, record) in &mut types {
        let facts = definitions
            .records
            .get(name)
            .ok_or_else(|| format!("typify made a type {name} that isn't in the schema"))?;
        records::mend(record, facts, definitions.built.contains(name), false)?;
        derives::replace(record, redact::is_needed(facts));
    }
    Ok(types)
}
