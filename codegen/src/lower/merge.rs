//! Records composed of parts become one flat record.

use indexmap::IndexMap;
use openapiv3::{ObjectType, ReferenceOr, Schema, SchemaKind, Type};

use super::visit::{component_name, components};
use super::{Lowered, Pass};

pub(super) const PASS: Pass = Pass {
    name: "merge-all-of",
    why: "a composition would be generated as a type of its own beside its parts",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    let schemas = &mut components(&mut lowered.api).schemas;
    let snapshot = schemas.clone();
    let mut changed = 0;
    for schema in schemas.values_mut() {
        let ReferenceOr::Item(item) = schema else {
            continue;
        };
        let SchemaKind::AllOf { all_of } = &item.schema_kind else {
            continue;
        };
        let mut merged = ObjectType::default();
        for part in all_of {
            absorb(&mut merged, part, &snapshot, 0);
        }
        // What has no properties is no record.
        if !merged.properties.is_empty() {
            item.schema_kind = SchemaKind::Type(Type::Object(merged));
            changed += 1;
        }
    }
    changed
}

fn absorb(
    into: &mut ObjectType,
    part: &ReferenceOr<Schema>,
    schemas: &IndexMap<String, ReferenceOr<Schema>>,
    depth: usize,
) {
    const DEEPEST: usize = 16;
    match part {
        ReferenceOr::Reference { reference } => {
            if let Some(target) = component_name(reference).and_then(|name| schemas.get(name))
                && depth < DEEPEST
            {
                absorb(into, target, schemas, depth + 1);
            }
        }
        ReferenceOr::Item(schema) => match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                into.properties.extend(object.properties.clone());
                into.required.extend(object.required.iter().cloned());
            }
            SchemaKind::Any(any) => {
                into.properties.extend(any.properties.clone());
                into.required.extend(any.required.iter().cloned());
            }
            SchemaKind::AllOf { all_of } if depth < DEEPEST => {
                for part in all_of {
                    absorb(into, part, schemas, depth + 1);
                }
            }
            _ => {}
        },
    }
}
