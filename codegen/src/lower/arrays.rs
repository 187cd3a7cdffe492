//! A list that may be left out becomes optional instead of empty.

use openapiv3::{ReferenceOr, SchemaKind, Type};

use super::visit::every_schema;
use super::{Lowered, Pass};

pub(super) const PASS: Pass = Pass {
    name: "optional-arrays",
    why: "an empty list clears, an absent one leaves alone; and null must not break a response",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    let mut changed = 0;
    every_schema(&mut lowered.api, &mut |schema| {
        let SchemaKind::Type(Type::Object(object)) = &mut schema.schema_kind else {
            return;
        };
        for (name, property) in &mut object.properties {
            if let ReferenceOr::Item(property) = property
                && matches!(property.schema_kind, SchemaKind::Type(Type::Array(_)))
                && !object.required.contains(name)
                && !property.schema_data.nullable
            {
                property.schema_data.nullable = true;
                changed += 1;
            }
        }
    });
    changed
}
