//! Properties that can only be written leave the record for a type of their own.

use indexmap::IndexMap;
use openapiv3::{ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, Type};

use super::visit::components;
use super::{Lowered, Pass};

pub(super) const PASS: Pass = Pass {
    name: "write-only",
    why: "a field that never comes back must not look as if it could be read",
    run,
};

/// Ends the name of the type that holds a record's write-only properties.
pub(crate) const SUFFIX: &str = "WriteOnly";

fn run(lowered: &mut Lowered) -> usize {
    let schemas = &mut components(&mut lowered.api).schemas;
    let mut apart: IndexMap<String, ReferenceOr<Schema>> = IndexMap::new();
    for (name, schema) in schemas.iter_mut() {
        let ReferenceOr::Item(Schema {
            schema_kind: SchemaKind::Type(Type::Object(object)),
            ..
        }) = schema
        else {
            continue;
        };
        let mut moved = ObjectType::default();
        object.properties.retain(|key, property| {
            let write_only =
                matches!(property, ReferenceOr::Item(schema) if schema.schema_data.write_only);
            if write_only {
                moved.properties.insert(key.clone(), property.clone());
            }
            !write_only
        });
        if !moved.properties.is_empty() {
            apart.insert(
                format!("{name}{SUFFIX}"),
                ReferenceOr::Item(Schema {
                    schema_data: SchemaData::default(),
                    schema_kind: SchemaKind::Type(Type::Object(moved)),
                }),
            );
        }
    }
    let changed = apart.len();
    schemas.extend(apart);
    changed
}
