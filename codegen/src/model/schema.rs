//! Records, their properties, typed ids and lists of known values.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ParameterSchemaOrContent, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::Value;

use super::Api;
use super::facts::Evidence;
use crate::annotation;
use crate::fault::{Fault, Subject};
use crate::lower::component_name;

/// An object schema.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// What it is.
    pub description: String,
    /// The resource whose file defines it; none for shared ones.
    pub owner: Option<String>,
    /// Name of the integration entity type.
    pub entity: Option<String>,
    /// By name as sent, in the order of the schema.
    pub properties: IndexMap<String, Property>,
}

/// A property of a record or body.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own in the schema"
)]
pub struct Property {
    /// What it is, with its limits.
    pub description: String,
    /// How well it is known.
    pub evidence: Evidence,
    /// Must never be printed.
    pub sensitive: bool,
    /// Read from text as well as from a number.
    pub lenient: bool,
    /// May be sent as null.
    pub nullable: bool,
    /// Names the record in a list of choices.
    pub label: bool,
    /// The record's own id.
    pub own_id: bool,
}

/// A list of known values.
#[derive(Clone, Debug, Default)]
pub struct EnumType {
    /// What they say, where the schema tells it of the list itself.
    pub description: String,
    /// As sent.
    pub values: Vec<String>,
    /// Whether the list is documented as complete.
    pub complete: bool,
    /// `Record.property` places that use it.
    pub places: Vec<String>,
}

pub(super) fn read(
    api: &OpenAPI,
    owners: &BTreeMap<String, String>,
    into: &mut Api,
) -> Result<(), Fault> {
    let empty = IndexMap::new();
    let schemas = api
        .components
        .as_ref()
        .map_or(&empty, |components| &components.schemas);
    for (name, schema) in schemas {
        let ReferenceOr::Item(schema) = schema else {
            continue;
        };
        let mut record = Record {
            description: schema.schema_data.description.clone().unwrap_or_default(),
            owner: owners.get(name).cloned(),
            entity: extension(schema, annotation::ENTITY).map(str::to_owned),
            properties: IndexMap::new(),
        };
        collect(schema, schemas, name, &mut record, into, 0)?;
        if !record.properties.is_empty() {
            into.records.insert(name.clone(), record);
        }
    }
    for (_, _, operation) in api.operations() {
        if let Some(id) = operation
            .extensions
            .get(annotation::ID)
            .and_then(Value::as_str)
        {
            into.ids.insert(id.to_owned());
        }
        for parameter in &operation.parameters {
            let ReferenceOr::Item(parameter) = parameter else {
                continue;
            };
            let data = parameter.parameter_data_ref();
            if let Some(id) = data.extensions.get(annotation::ID).and_then(Value::as_str) {
                into.ids.insert(id.to_owned());
            }
            if let ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) = &data.format {
                scalars(schema, &format!("parameter `{}`", data.name), into)?;
            }
        }
    }
    Ok(())
}

fn collect(
    schema: &Schema,
    schemas: &IndexMap<String, ReferenceOr<Schema>>,
    name: &str,
    record: &mut Record,
    into: &mut Api,
    depth: usize,
) -> Result<(), Fault> {
    const DEEPEST: usize = 16;
    let properties = match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => &object.properties,
        SchemaKind::AllOf { all_of } if depth < DEEPEST => {
            for part in all_of {
                let part = match part {
                    ReferenceOr::Item(schema) => Some(schema),
                    ReferenceOr::Reference { reference } => component_name(reference)
                        .and_then(|name| schemas.get(name))
                        .and_then(ReferenceOr::as_item),
                };
                if let Some(part) = part {
                    collect(part, schemas, name, record, into, depth + 1)?;
                }
            }
            return Ok(());
        }
        _ => return Ok(()),
    };
    for (key, property) in properties {
        let ReferenceOr::Item(property) = property else {
            record.properties.insert(key.clone(), Property::plain());
            continue;
        };
        scalars(property, &format!("`{name}.{key}`"), into)?;
        record
            .properties
            .insert(key.clone(), Property::read(property));
    }
    Ok(())
}

impl Property {
    fn plain() -> Self {
        Self {
            description: String::new(),
            evidence: Evidence::Candidate,
            sensitive: false,
            lenient: false,
            nullable: false,
            label: false,
            own_id: false,
        }
    }

    fn read(schema: &Schema) -> Self {
        let flag = |name: &str| {
            schema
                .schema_data
                .extensions
                .get(name)
                .and_then(Value::as_bool)
                == Some(true)
        };
        let mut description = schema.schema_data.description.clone().unwrap_or_default();
        description.push_str(&constraints(schema));
        Self {
            description,
            evidence: extension(schema, annotation::EVIDENCE)
                .and_then(Evidence::parse)
                .unwrap_or(Evidence::Candidate),
            sensitive: flag(annotation::SENSITIVE),
            lenient: flag(annotation::LENIENT),
            nullable: schema.schema_data.nullable,
            label: flag(annotation::LABEL),
            own_id: flag(annotation::OWN_ID),
        }
    }
}

/// Registers typed ids and known values of a scalar or of an array's items.
fn scalars(schema: &Schema, place: &str, into: &mut Api) -> Result<(), Fault> {
    if let SchemaKind::Type(Type::Array(array)) = &schema.schema_kind {
        if let Some(ReferenceOr::Item(items)) = &array.items {
            scalars(items, place, into)?;
        }
        return Ok(());
    }
    if let Some(id) = extension(schema, annotation::ID) {
        into.ids.insert(id.to_owned());
    }
    let Some(name) = extension(schema, annotation::ENUM) else {
        return Ok(());
    };
    let complete = !schema
        .schema_data
        .extensions
        .contains_key(annotation::VALUES);
    let values: Vec<String> = match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) if complete => {
            string.enumeration.iter().flatten().cloned().collect()
        }
        _ => schema
            .schema_data
            .extensions
            .get(annotation::VALUES)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect(),
    };
    let known = into.enums.entry(name.to_owned()).or_default();
    if !known.places.is_empty() && known.values != values {
        let message = format!("has other values at {place} than at {}", known.places[0]);
        return Err(Fault::new(Subject::Mark(name.to_owned()), message));
    }
    known.values = values;
    known.complete = complete;
    known.places.push(place.to_owned());
    Ok(())
}

fn extension<'a>(schema: &'a Schema, name: &str) -> Option<&'a str> {
    schema.schema_data.extensions.get(name)?.as_str()
}

/// The limits of a scalar as sentences, since the generated types do not enforce them.
pub(super) fn constraints(schema: &Schema) -> String {
    let mut text = String::new();
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => match (string.min_length, string.max_length) {
            (None | Some(0), Some(most)) => {
                let _ = write!(text, " At most {most} characters.");
            }
            (Some(least), Some(most)) => {
                let _ = write!(text, " {least} to {most} characters.");
            }
            _ => {}
        },
        SchemaKind::Type(Type::Integer(integer)) => {
            range(&mut text, integer.minimum, integer.maximum);
        }
        SchemaKind::Type(Type::Number(number)) => range(&mut text, number.minimum, number.maximum),
        _ => {}
    }
    if let Some(default) = &schema.schema_data.default {
        let _ = write!(text, " Default: {default}.");
    }
    text
}

fn range<T: std::fmt::Display>(text: &mut String, least: Option<T>, most: Option<T>) {
    let _ = match (least, most) {
        (Some(least), Some(most)) => write!(text, " From {least} to {most}."),
        (Some(least), None) => write!(text, " At least {least}."),
        (None, Some(most)) => write!(text, " At most {most}."),
        (None, None) => Ok(()),
    };
}
