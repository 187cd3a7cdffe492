//! What a parameter is marked with moves into its schema, where every other mark stands.

use crate::annotation;
use openapiv3::{ArrayType, Parameter, ParameterSchemaOrContent, ReferenceOr, SchemaKind, Type};

use super::visit::{components, every_operation};
use super::{Lowered, Pass};

pub(super) const PASS: Pass = Pass {
    name: "parameter-marks",
    why: "typed ids and known values are found in one place only",
    run,
};

const MARKS: &[&str] = &[
    annotation::ID,
    annotation::ENUM,
    annotation::VALUES,
    annotation::UNIT,
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

/// Moves them to the schema itself, or to that of an array's items.
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
    let target = match &mut schema.schema_kind {
        SchemaKind::Type(Type::Array(ArrayType {
            items: Some(ReferenceOr::Item(items)),
            ..
        })) => &mut items.schema_data,
        _ => &mut schema.schema_data,
    };
    let mut changed = 0;
    for mark in MARKS {
        if let Some(value) = parameter_data.extensions.shift_remove(*mark) {
            target.extensions.insert((*mark).to_owned(), value);
            changed += 1;
        }
    }
    changed
}
