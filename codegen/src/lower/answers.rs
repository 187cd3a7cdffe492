//! Envelopes around answers become the runtime's generic types.

use crate::annotation;
use indexmap::IndexMap;
use openapiv3::{Operation, ReferenceOr, Schema, SchemaKind, StatusCode, Type};

use super::visit::{component_name, components, every_operation, placeholder, reference};
use super::{Lowered, Pass};

pub(super) const PASS: Pass = Pass {
    name: "answers",
    why: "one page type and one created type serve all resources, and a record is the same in a \
          list and alone",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    let schemas = components(&mut lowered.api).schemas.clone();
    let mut replacements = Vec::new();
    let mut changed = 0;
    every_operation(&mut lowered.api, |operation| {
        let id = operation
            .extensions
            .get(annotation::ID)
            .and_then(|value| value.as_str())
            .map(str::to_owned);
        let Some(slot) = success_schema(operation) else {
            return;
        };
        if let ReferenceOr::Reference { reference: target } = &*slot {
            let Some(name) = component_name(target).map(str::to_owned) else {
                return;
            };
            if let Some(item) = page_item(&name, &schemas) {
                replacements.push((name, format!("Page<{item}>")));
                changed += 1;
            } else if let (true, Some(id)) = (name == "Created", id) {
                let name = format!("Created{id}");
                *slot = reference(&name);
                replacements.push((name, format!("Created<{id}>")));
                changed += 1;
            } else if name == "Acknowledged" {
                replacements.push((name, "Acknowledged".to_owned()));
                changed += 1;
            }
        } else if let Some(record) = enveloped_record(slot) {
            *slot = reference(&record);
            changed += 1;
        }
    });
    for (name, rust) in replacements {
        // A page stays as it is: it is what keeps its record from being pruned.
        components(&mut lowered.api)
            .schemas
            .entry(name.clone())
            .or_insert_with(placeholder);
        lowered.replacements.insert(name, rust);
    }
    changed
}

fn success_schema(operation: &mut Operation) -> Option<&mut ReferenceOr<Schema>> {
    let (_, response) = operation
        .responses
        .responses
        .iter_mut()
        .find(|(status, _)| matches!(status, StatusCode::Code(200..=299)))?;
    let ReferenceOr::Item(response) = response else {
        return None;
    };
    response
        .content
        .get_mut("application/json")?
        .schema
        .as_mut()
}

/// The record's name when `name` is a page: the element type of its `records`.
pub(crate) fn page_item(
    name: &str,
    schemas: &IndexMap<String, ReferenceOr<Schema>>,
) -> Option<String> {
    let ReferenceOr::Item(Schema {
        schema_kind: SchemaKind::AllOf { all_of },
        ..
    }) = schemas.get(name)?
    else {
        return None;
    };
    let enveloped = all_of.iter().any(|part| {
        matches!(part, ReferenceOr::Reference { reference }
            if component_name(reference) == Some("PageEnvelope"))
    });
    if !enveloped {
        return None;
    }
    all_of.iter().find_map(|part| {
        let ReferenceOr::Item(schema) = part else {
            return None;
        };
        let SchemaKind::Type(Type::Object(object)) = &schema.schema_kind else {
            return None;
        };
        let ReferenceOr::Item(records) = object.properties.get("records")? else {
            return None;
        };
        let SchemaKind::Type(Type::Array(array)) = &records.schema_kind else {
            return None;
        };
        match array.items.as_ref()? {
            ReferenceOr::Reference { reference } => match component_name(reference)? {
                "FreeForm" => Some("Json".to_owned()),
                name => Some(name.to_owned()),
            },
            ReferenceOr::Item(_) => None,
        }
    })
}

/// The record inside `allOf: [RecordEnvelope, <record>]`.
fn enveloped_record(slot: &ReferenceOr<Schema>) -> Option<String> {
    let ReferenceOr::Item(Schema {
        schema_kind: SchemaKind::AllOf { all_of },
        ..
    }) = slot
    else {
        return None;
    };
    let names: Vec<_> = all_of
        .iter()
        .filter_map(|part| match part {
            ReferenceOr::Reference { reference } => component_name(reference),
            ReferenceOr::Item(_) => None,
        })
        .collect();
    match names.as_slice() {
        ["RecordEnvelope", record] | [record, "RecordEnvelope"] => Some((*record).to_owned()),
        _ => None,
    }
}
