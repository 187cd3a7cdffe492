//! The types of the legacy SOAP operations, made by typify from their JSON Schemas.

mod definitions;
mod typed;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use self::definitions::Definitions;
use self::typed::Made;
use super::runtime_names::GATHERED;
use super::{places, runtime_names};
use crate::emit::values::Values;
use crate::emit::{bodies, docs, enums, file, ident, legacy_calls, soap_table};
use crate::fault::{Fault, Subject};
use crate::lint;
use crate::load::{Document, Source};
use crate::post::{Tally, redact};
use crate::soap::{self, Wire};
use api_schema_text::Diagnostic;

const ROOT: &str = "revio-api/src/generated/legacy";
const MODULE: &str = "crate::generated::legacy";

pub(super) fn emit(
    sources: &[Source],
    files: &mut BTreeMap<String, String>,
) -> Result<(), Vec<Diagnostic>> {
    let documents = documents(sources)?;
    let definitions = definitions::read(&documents)?;
    let wire = soap::of_documents(&documents)?;
    write(&definitions, wire.as_ref(), files).map_err(|fault| {
        let documents: Vec<&Document> = documents.iter().map(|(_, document)| document).collect();
        let file = documents.first().and_then(|first| first.files().first());
        let file = file.map_or("schema/legacy", String::as_str);
        vec![places::diagnose(&fault, &documents, file)]
    })
}

/// What is wrong with the files: the lint first, since the readers take no notice of what they don't know.
pub(super) fn check(sources: &[Source]) -> Vec<Diagnostic> {
    let documents = match documents(sources) {
        Ok(documents) => documents,
        Err(complaints) => return complaints,
    };
    let complaints = lint::legacy(&documents);
    if !complaints.is_empty() {
        return complaints;
    }
    let definitions = definitions::read(&documents).err().into_iter().flatten();
    let wire = soap::of_documents(&documents).err().into_iter().flatten();
    definitions.chain(wire).collect()
}

/// Every file with the module that is made of it, in the order of the modules.
fn documents(sources: &[Source]) -> Result<Vec<(String, Document)>, Vec<Diagnostic>> {
    let documents = soap::documents(sources);
    let mut complaints = documents.as_ref().err().cloned().unwrap_or_default();
    for source in sources {
        let file = source.path.rsplit('/').next().unwrap_or(&source.path);
        let module = file.trim_end_matches(".json");
        if ident(module) != module || ["mod", ENUMS, CALLS, WIRE].contains(&module) {
            complaints.push(Diagnostic {
                file: source.path.clone(),
                line: 1,
                rule: "legacy-file-names",
                message: format!("the file name {module:?} can't be the name of a module"),
                help: "rename the file, like products_create.json".to_owned(),
            });
        }
    }
    if complaints.is_empty() {
        documents
    } else {
        Err(complaints)
    }
}

/// The module of all lists of known values.
const ENUMS: &str = "enums";

/// The module of the request types.
const CALLS: &str = "calls";

/// The module of the wire table.
const WIRE: &str = "wire";

fn write(
    definitions: &Definitions,
    wire: Option<&Wire>,
    files: &mut BTreeMap<String, String>,
) -> Result<(), Fault> {
    let mut tally = Tally::default();
    let types = typed::make(definitions, &mut tally)?;
    let mut directory = runtime_names::directory()?;
    for name in definitions.enums.keys() {
        let module = format!("{MODULE}::{ENUMS}");
        directory.add(name, &module, Subject::Schema(name.clone()))?;
    }
    for (name, made) in &types {
        let module = format!("{MODULE}::{}", made.home);
        directory.add(name, &module, Subject::Schema(name.clone()))?;
    }

    let is_enum = |name: &str| definitions.enums.contains_key(name);
    let values = Values { enums: &is_enum };
    let mut modules: BTreeMap<&str, TokenStream> = BTreeMap::new();
    modules.insert(ENUMS, enums::emit(&definitions.enums)?);
    for (name, made) in &types {
        let (record, facts) = (&made.record, made.facts);
        let about = docs::paragraphs(&facts.description);
        let debug = redact::is_needed(facts).then(|| redact::implement(record, facts, &mut tally));
        let is_built = definitions.built.contains(name);
        let setters = is_built.then(|| bodies::emit(record, &values, &TokenStream::new()));
        modules
            .entry(made.home)
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
    let mut write = |name: &str, about: &str, tokens: TokenStream| {
        let path = format!("{ROOT}/{name}.rs");
        let text = file::render(&path, about, tokens)?;
        files.insert(path, text);
        Ok::<_, Fault>(())
    };
    let mut exports: Vec<_> = modules.keys().map(|name| ident(name)).collect();
    if let Some(wire) = wire {
        let calls = calls(definitions, wire, &types)?;
        let about = "Request types of the legacy operations.";
        write(CALLS, about, legacy_calls::emit(&calls, &values))?;
        let about = "How the legacy operations look on the wire.";
        write(WIRE, about, soap_table::emit(wire))?;
        exports.push(ident(CALLS));
    }
    let table = wire.map(|_| {
        quote!(
            pub(crate) mod wire;
        )
    });
    let path = format!("{ROOT}/mod.rs");
    let text = file::render(
        &path,
        "Messages of the legacy SOAP operations.",
        quote!(#(mod #exports;)* #table #(pub use #exports::*;)*),
    )?;
    files.insert(path, text);
    Ok(())
}

/// The operations with their request messages.
fn calls<'c>(
    definitions: &'c Definitions,
    wire: &'c Wire,
    types: &'c BTreeMap<String, Made<'c>>,
) -> Result<Vec<legacy_calls::Call<'c>>, Fault> {
    let operations = wire.operations.iter();
    let calls = operations.map(|operation| {
        let made = types
            .get(&operation.request)
            .ok_or_else(|| Fault::schema(&operation.request, "is a request without a type"))?;
        let about = definitions.abouts.get(&operation.module);
        Ok(legacy_calls::Call {
            operation,
            message: &made.record,
            description: about.map_or("", String::as_str),
        })
    });
    calls.collect()
}
