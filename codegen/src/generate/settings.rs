//! How progenitor is set up, and what is said when it fails.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{OpenAPI, PathItem, ReferenceOr};
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle, TypeImpl};

use super::contained::contained;
use super::culprit;
use crate::fault::{Fault, Subject};
use crate::lower::{Lowered, SCHEMAS, mentioned};

/// Runs progenitor, and typify with it, over the lowered description.
///
/// Positional style: users never see it, and it is a fifth of the code of the builder style.
///
/// # Errors
/// What progenitor says or panics with, about the part of the schema that brings it to that.
pub fn run_progenitor(lowered: &Lowered) -> Result<syn::File, Fault> {
    attempt(&lowered.api, &lowered.replacements).map_err(|message| {
        let subject = find_culprit(lowered).unwrap_or(Subject::Whole);
        Fault::new(subject, format!("makes progenitor fail: {message}"))
            .with_help("write it another way, and add a lint rule that says so")
    })
}

fn attempt(api: &OpenAPI, replacements: &BTreeMap<String, String>) -> Result<syn::File, String> {
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_tag(TagStyle::Merged);
    for (name, rust) in replacements {
        settings.with_replacement(name, rust, [TypeImpl::Display].into_iter());
    }
    contained(|| {
        let tokens = Generator::new(&settings)
            .generate_tokens(api)
            .map_err(|error| error.to_string())?;
        syn::parse2(tokens).map_err(|error| format!("it emitted no Rust: {error}"))
    })
}

/// The component that fails alone, or else the operation that does.
fn find_culprit(lowered: &Lowered) -> Option<Subject> {
    let api = &lowered.api;
    let components = api.components.clone().unwrap_or_default();
    let json = |part: &ReferenceOr<openapiv3::Schema>| serde_json::to_string(part).ok();
    let parts: BTreeMap<String, String> = components
        .schemas
        .iter()
        .filter_map(|(name, schema)| Some((name.clone(), json(schema)?)))
        .collect();
    let mut bare = api.clone();
    bare.paths.paths.clear();
    let alone = |names: &BTreeSet<String>, paths: Option<(&str, PathItem)>| {
        let mut api = bare.clone();
        if let Some(components) = &mut api.components {
            components.schemas.retain(|name, _| names.contains(name));
        }
        if let Some((path, item)) = paths {
            let item = ReferenceOr::Item(item);
            api.paths.paths.insert(path.to_owned(), item);
        }
        api
    };
    let fails = |api: &OpenAPI| attempt(api, &lowered.replacements).is_err();
    let schema = culprit::smallest(&parts, SCHEMAS, |names| fails(&alone(names, None)));
    if let Some(name) = schema {
        return Some(Subject::Schema(name));
    }
    let shared = serde_json::to_string(&components.parameters).ok()?;
    api.operations().find_map(|(path, method, operation)| {
        let json = serde_json::to_string(operation).ok()?;
        let used = [&json, &shared].map(|json| mentioned(json, SCHEMAS));
        let names = culprit::reach(&parts, SCHEMAS, used.concat());
        let mut item = PathItem::default();
        let slot = match method {
            "get" => &mut item.get,
            "put" => &mut item.put,
            "post" => &mut item.post,
            "delete" => &mut item.delete,
            "patch" => &mut item.patch,
            _ => return None,
        };
        *slot = Some(operation.clone());
        let id = operation.operation_id.clone()?;
        fails(&alone(&names, Some((path, item)))).then_some(Subject::Operation(id))
    })
}
