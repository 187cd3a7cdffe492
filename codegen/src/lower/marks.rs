//! What a parameter is marked with moves into its schema, where every other mark stands.

use openapiv3::{Parameter, ParameterSchemaOrContent, ReferenceOr, Schema, SchemaKind, Type};

use super::visit::{components, every_operation};
use super::{Lowered, Pass};

pub(super) const PASS: Pass = Pass {
    name: "parameter-marks",
    why: "typed ids and known values are found in one place only",
    run,
};

const MARKS: &[&str] = &[
    "x-revio-id",
    "x-revio-enum",
    "x-revio-values",
    "x-revio-unit",
];

fn run(lowered: &mut Lowered) -> usize {
    let mut changed = 0;
    every_operation(&mut lowered.api, |operation| {
        for parameter in &mut operation.parameters {
            changed += move_marks(parameter);
        }
    });
    for parameter in components(&mut lowered.api).parameters.values_mut() {
        changed += move_marks(parameter);
    }
    changed
}

fn move_marks(parameter: &mut ReferenceOr<Parameter>) -> usize {
    let ReferenceOr::Item(
        Parameter::Query { parameter_data, .. } | Parameter::Path { parameter_data, .. },
    ) = parameter
    else {
        return 0;
    };
    let ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) = &mut parameter_data.format
    else {
        return 0;
    };
    let target = scalar(schema);
    let mut changed = 0;
    for mark in MARKS {
        if let Some(value) = parameter_data.extensions.shift_remove(*mark) {
            target
                .schema_data
                .extensions
                .insert((*mark).to_owned(), value);
            changed += 1;
        }
    }
    changed
}

/// The schema itself, or that of an array's items.
fn scalar(schema: &mut Schema) -> &mut Schema {
    let is_array = matches!(
        &schema.schema_kind,
        SchemaKind::Type(Type::Array(array)) if matches!(array.items, Some(ReferenceOr::Item(_)))
    );
    if !is_array {
        return schema;
    }
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::Array(array)) => match &mut array.items {
            Some(ReferenceOr::Item(items)) => items,
            _ => unreachable!("checked above"),
        },
        _ => unreachable!("checked above"),
    }
}
