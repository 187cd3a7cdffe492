//! What the schema says, in the terms that the emitters need.
//!
//! Read from the curated description before it is lowered, since lowering takes away what only
//! readers need: descriptions, evidence, limits.

mod facts;
mod operation;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{OpenAPI, ReferenceOr};

use crate::fault::{Fault, Subject};

pub use facts::{Effect, Evidence};
pub use operation::{Answer, Operation, Parameter, Place};
pub use schema::{EnumType, Property, Record};

/// The whole API.
pub struct Api {
    /// In the order of the schema.
    pub resources: Vec<Resource>,
    /// Object schemas by component name.
    pub records: BTreeMap<String, Record>,
    /// Lists of known values by Rust name.
    pub enums: BTreeMap<String, EnumType>,
    /// Names of typed ids.
    pub ids: BTreeSet<String>,
}

/// The operations of one tag.
pub struct Resource {
    /// Snake-case name, as in `client.<tag>()`.
    pub tag: String,
    /// What it is.
    pub description: String,
    /// In the order of the schema.
    pub operations: Vec<Operation>,
}

/// Reads `api`; `owners` tells which resource's file defines a component.
///
/// # Errors
/// Says which operation lacks what.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use revio_codegen::model;
///
/// let api = serde_json::from_str(
///     r#"{"openapi": "3.0.3", "info": {"title": "Bills", "version": "1"}, "paths": {},
///         "components": {"schemas": {"Bill": {"type": "object", "properties": {
///             "total": {"type": "number", "description": "Amount due."}}}}}}"#,
/// )
/// .unwrap();
/// let model = model::read(&api, &BTreeMap::new()).unwrap();
/// assert_eq!(model.records["Bill"].properties["total"].description, "Amount due.");
/// ```
pub fn read(api: &OpenAPI, owners: &BTreeMap<String, String>) -> Result<Api, Fault> {
    let mut operations: BTreeMap<&str, Vec<Operation>> = BTreeMap::new();
    for (path, item) in &api.paths.paths {
        let ReferenceOr::Item(item) = item else {
            return Err(Fault::new(
                Subject::Path(path.clone()),
                "is a reference; write the path item here",
            ));
        };
        for (method, operation) in item.iter() {
            let operation = operation::read(api, path, method, operation)?;
            let tag = api
                .tags
                .iter()
                .find(|tag| tag.name == operation.tag)
                .ok_or_else(|| {
                    let message = format!("has the tag {}, which isn't declared", operation.tag);
                    Fault::operation(&operation.id, message)
                })?;
            operations.entry(&tag.name).or_default().push(operation);
        }
    }
    let resources = api
        .tags
        .iter()
        .map(|tag| Resource {
            tag: tag.name.clone(),
            description: tag.description.clone().unwrap_or_default(),
            operations: operations.remove(tag.name.as_str()).unwrap_or_default(),
        })
        .collect();
    let mut read = Api {
        resources,
        records: BTreeMap::new(),
        enums: BTreeMap::new(),
        ids: BTreeSet::new(),
    };
    schema::read(api, owners, &mut read)?;
    Ok(read)
}
