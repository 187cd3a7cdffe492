//! Bends the curated description into what progenitor and typify render well.
//!
//! Each pass is one file with one idea. Passes run in the order of [`PASSES`]; a pass that finds
//! nothing to do in the real schema is dead weight or broken, so [`Strictness::EveryPass`] turns
//! that into an error.

mod answers;
mod arrays;
mod bounds;
mod dates;
mod enums;
mod errors;
mod files;
mod free_form;
mod ids;
mod marks;
mod merge;
mod numbers;
mod own_types;
mod patches;
mod prune;
mod unions;
mod visit;
mod write_only;

use std::collections::BTreeMap;

use openapiv3::OpenAPI;

use crate::fault::Fault;

pub(crate) use answers::page_item;
pub(crate) use visit::{SCHEMAS, mentioned};
pub use visit::{component_name, reference};
pub(crate) use write_only::SUFFIX as WRITE_ONLY;

/// What the generators are fed with.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The lowered description.
    pub api: OpenAPI,
    /// Component name to the Rust type that stands for it instead of a generated one.
    pub replacements: BTreeMap<String, String>,
}

/// How strictly passes are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// A pass that changes nothing is an error: right for the whole schema.
    EveryPass,
    /// Passes may find nothing: right for small schemas and for comparing two versions.
    Lenient,
}

/// One named step.
pub struct Pass {
    /// Kebab-case name, as it appears in messages.
    pub name: &'static str,
    /// Why it exists.
    pub why: &'static str,
    run: fn(&mut Lowered) -> usize,
}

impl Pass {
    /// Runs this pass alone; says how much it changed.
    pub fn apply(&self, lowered: &mut Lowered) -> usize {
        (self.run)(lowered)
    }
}

/// All passes, in the order in which they run.
pub const PASSES: &[Pass] = &[
    marks::PASS,
    answers::PASS,
    merge::PASS,
    errors::PASS,
    patches::PASS,
    write_only::PASS,
    files::PASS,
    unions::PASS,
    free_form::PASS,
    ids::PASS,
    enums::PASS,
    numbers::PASS,
    dates::PASS,
    arrays::PASS,
    bounds::PASS,
    prune::PASS,
];

/// Runs every pass.
///
/// # Errors
/// Names the passes that changed nothing when `strictness` asks for it.
///
/// ```
/// use revio_codegen::lower::{Strictness, lower};
///
/// let api = serde_json::from_str(
///     r#"{"openapi": "3.0.3", "info": {"title": "Bills", "version": "1"}, "paths": {},
///         "components": {"schemas": {"Bill": {"type": "object", "properties": {
///             "total": {"type": "number", "description": "Amount due."}}}}}}"#,
/// )
/// .unwrap();
/// let lowered = lower(api, Strictness::Lenient).unwrap();
/// assert_eq!(lowered.replacements["Money"], "Money", "a type of our own instead of a float");
/// ```
pub fn lower(api: OpenAPI, strictness: Strictness) -> Result<Lowered, Fault> {
    let mut lowered = Lowered {
        api,
        replacements: BTreeMap::new(),
    };
    let mut idle = Vec::new();
    for pass in PASSES {
        if pass.apply(&mut lowered) == 0 {
            idle.push(pass.name);
        }
    }
    if strictness == Strictness::EveryPass && !idle.is_empty() {
        let message = format!("these lowering passes changed nothing: {}", idle.join(", "));
        return Err(
            Fault::generator(message).with_help("remove them from codegen/src/lower, or mend them")
        );
    }
    Ok(lowered)
}
