//! The whole way from schema text to files.

mod crate_files;
mod legacy;
mod runtime_names;
mod settings;
mod test_files;

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::OpenAPI;

use crate::diagnostic::Diagnostic;
use crate::load::{self, Document, Source};
use crate::lower::{self, Lowered, Strictness};
use crate::model::{self, Api};
use crate::post::{calls, split};
use crate::{lint, post};

/// What generation starts from.
pub struct Input {
    /// `schema/rest/openapi.yaml`.
    pub openapi: Source,
    /// `schema/rest/resources/*.yaml`.
    pub fragments: Vec<Source>,
    /// `schema/legacy/*.json`.
    pub legacy: Vec<Source>,
}

/// What it yields.
pub struct Output {
    /// Path from the project root and content, in order of path.
    pub files: Vec<(String, String)>,
    /// How many operations were generated.
    pub operations: usize,
}

/// Generates everything.
///
/// # Errors
/// What is wrong with the schema, with file and line where one can be named.
pub fn generate(input: &Input, strictness: Strictness) -> Result<Output, Vec<Diagnostic>> {
    let document = load::bundle(&input.openapi, &input.fragments)?;
    let complaints = lint::run(&document);
    if !complaints.is_empty() {
        return Err(complaints);
    }
    let fail = |message: String| vec![generator(&input.openapi.path, message)];
    let bundle = document.to_json();
    let api: OpenAPI = serde_json::from_str(&bundle)
        .map_err(|error| fail(format!("the bundle is no OpenAPI 3.0 document: {error}")))?;
    let model = model::read(&api, &owners(&document)).map_err(fail)?;
    let lowered = lower::lower(api, strictness).map_err(fail)?;
    let rust = Rust::make(model, lowered).map_err(fail)?;

    let mut files = BTreeMap::new();
    crate_files::emit(&rust, &mut files).map_err(fail)?;
    test_files::emit(&rust, &mut files).map_err(fail)?;
    legacy::emit(&input.legacy, &mut files)?;
    check(&files).map_err(fail)?;
    files.insert("schema/openapi.json".to_owned(), bundle);
    Ok(Output {
        files: files.into_iter().collect(),
        operations: rust.calls.iter().map(Vec::len).sum(),
    })
}

/// What the generators made of the schema, mended.
struct Rust {
    api: Api,
    /// Calls of each resource, parallel to its operations.
    calls: Vec<Vec<calls::Call>>,
    /// Records and bodies.
    types: BTreeMap<String, syn::ItemStruct>,
    /// Write-only companions by record.
    write_only: BTreeMap<String, syn::ItemStruct>,
    /// Types that callers build.
    built: BTreeSet<String>,
    /// Types that only unverified operations need.
    unverified: BTreeSet<String>,
    /// Page component to item type.
    pages: BTreeMap<String, String>,
}

impl Rust {
    fn make(api: Api, lowered: Lowered) -> Result<Self, String> {
        let pages = lowered
            .replacements
            .iter()
            .filter_map(|(name, rust)| {
                let item = rust.strip_prefix("Page<")?.strip_suffix('>')?;
                Some((name.clone(), item.to_owned()))
            })
            .collect();
        let parts = split::split(settings::run_progenitor(&lowered)?)?;
        let mut methods = parts.methods;
        let mut all_calls = Vec::new();
        for resource in &api.resources {
            let mut calls = Vec::new();
            for operation in &resource.operations {
                let method = methods
                    .shift_remove(&operation.id)
                    .ok_or_else(|| format!("{}: progenitor made no method", operation.id))?;
                calls.push(calls::rewrite(operation, method)?);
            }
            all_calls.push(calls);
        }
        if let Some(name) = methods.keys().next() {
            return Err(format!(
                "progenitor made a method {name} that no operation has"
            ));
        }

        let mut types = BTreeMap::new();
        let mut write_only = BTreeMap::new();
        for (name, record) in parts.types {
            if let Some(owner) = name.strip_suffix(lower::WRITE_ONLY) {
                write_only.insert(owner.to_owned(), record);
                continue;
            }
            types.insert(name, record);
        }
        let mut rust = Self {
            api,
            calls: all_calls,
            types,
            write_only,
            built: BTreeSet::new(),
            unverified: BTreeSet::new(),
            pages,
        };
        rust.built = rust.reachable(|_, mention| matches!(mention, Mention::Body));
        let verified = rust.reachable(|operation, _| !operation.evidence.is_unverified());
        rust.unverified = rust
            .types
            .keys()
            .filter(|name| !verified.contains(*name))
            .cloned()
            .collect();
        rust.mend()?;
        rust.forget_unused();
        Ok(rust)
    }

    /// Gives every record our documentation and attributes.
    fn mend(&mut self) -> Result<(), String> {
        for (name, record) in &mut self.types {
            let facts = self
                .api
                .records
                .get(name)
                .ok_or_else(|| format!("typify made a type {name} that isn't in the schema"))?;
            let is_sent = self.built.contains(name);
            post::records::mend(record, facts, is_sent, name.ends_with("Replace"))?;
            post::derives::replace(record, post::redact::is_needed(facts));
        }
        Ok(())
    }

    /// Drops ids and enums that only schemas without a Rust type mention.
    fn forget_unused(&mut self) {
        let mut used = BTreeSet::new();
        for record in self.types.values() {
            used.extend(record.fields.iter().flat_map(|field| names(&field.ty)));
        }
        for call in self.calls.iter().flatten() {
            used.extend(names(&call.output));
            used.extend(
                call.arguments
                    .iter()
                    .flat_map(|argument| names(&argument.ty)),
            );
        }
        self.api.ids.retain(|name| used.contains(name));
        self.api.enums.retain(|name, _| used.contains(name));
    }

    /// Types reachable from the operations' bodies and answers that `wanted` picks.
    fn reachable(&self, wanted: impl Fn(&model::Operation, Mention) -> bool) -> BTreeSet<String> {
        let mut open = Vec::new();
        for (resource, calls) in self.api.resources.iter().zip(&self.calls) {
            for (operation, call) in resource.operations.iter().zip(calls) {
                if wanted(operation, Mention::Answer) {
                    open.extend(names(&call.output));
                }
                if wanted(operation, Mention::Body) {
                    open.extend(
                        call.arguments
                            .iter()
                            .flat_map(|argument| names(&argument.ty)),
                    );
                }
            }
        }
        let mut found = BTreeSet::new();
        while let Some(name) = open.pop() {
            if let Some(record) = self.types.get(&name)
                && found.insert(name)
            {
                open.extend(record.fields.iter().flat_map(|field| names(&field.ty)));
            }
        }
        found
    }
}

/// Where an operation mentions a type.
#[derive(Clone, Copy)]
enum Mention {
    Body,
    Answer,
}

/// Every name in a type, but not the record of a patch: a patch doesn't hold one.
fn names(ty: &syn::Type) -> Vec<String> {
    struct Names(Vec<String>);
    impl<'ast> syn::visit::Visit<'ast> for Names {
        fn visit_path_segment(&mut self, segment: &'ast syn::PathSegment) {
            if segment.ident == "Patch" {
                return;
            }
            self.0.push(segment.ident.to_string());
            syn::visit::visit_path_segment(self, segment);
        }
    }
    let mut names = Names(Vec::new());
    syn::visit::Visit::visit_type(&mut names, ty);
    names.0
}

/// Which resource's file defines a component.
fn owners(document: &Document) -> BTreeMap<String, String> {
    let schemas = document.root().pointer("/components/schemas");
    schemas
        .into_iter()
        .flat_map(load::Node::entries)
        .filter_map(|(key, _)| {
            let file = document.file(key.pos);
            let stem = file.rsplit('/').next()?.strip_suffix(".yaml")?;
            (stem != "openapi").then(|| (key.name.clone(), stem.to_owned()))
        })
        .collect()
}

/// What must never be in generated code, however it came there.
fn check(files: &BTreeMap<String, String>) -> Result<(), String> {
    const FORBIDDEN: &[(&str, &str)] = &[
        (": f64", "a float would lose digits"),
        ("<f64>", "a float would lose digits"),
        ("f32", "a float would lose digits"),
        ("progenitor_client", "the runtime is our own"),
        ("serde_json::Value", "a generic value would round numbers"),
        ("todo!", "unfinished code"),
        ("unimplemented!", "unfinished code"),
        (".unwrap()", "generated code must not panic"),
        ("unsafe ", "unsafe code is forbidden"),
    ];
    const LONGEST: usize = 1_500;
    for (path, text) in files {
        let lines = text.lines().count();
        if lines > LONGEST {
            return Err(format!("{path} has {lines} lines; the limit is {LONGEST}"));
        }
        for line in text.lines() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            for (needle, why) in FORBIDDEN {
                if code.contains(needle) {
                    return Err(format!("{path}: `{needle}` in generated code: {why}"));
                }
            }
        }
    }
    Ok(())
}

fn generator(file: &str, message: String) -> Diagnostic {
    Diagnostic {
        file: file.to_owned(),
        line: 1,
        rule: "generate",
        message,
        help: "mend the schema, or the generator if the schema is right".to_owned(),
    }
}
