//! Decimals become exact types.

use crate::annotation;
use openapiv3::{SchemaKind, Type};

use super::visit::extension;
use super::{Lowered, Pass, own_types};

pub(super) const PASS: Pass = Pass {
    name: "exact-numbers",
    why: "a number would become a binary float and lose digits",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    own_types::replace(lowered, |schema| {
        let number = matches!(schema.schema_kind, SchemaKind::Type(Type::Number(_)));
        let name = match extension(schema, annotation::UNIT) {
            Some("quantity") => "Quantity",
            _ => "Money",
        };
        number.then(|| name.to_owned())
    })
}
