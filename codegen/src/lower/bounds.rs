//! Limits, defaults and titles stay in the documentation; the types do without.

use openapiv3::{SchemaData, SchemaKind, Type, VariantOrUnknownOrEmpty};

use super::visit::every_schema;
use super::{Lowered, Pass};

pub(super) const PASS: Pass = Pass {
    name: "strip-bounds",
    why: "bounded scalars and those with a title become newtypes that reject what the server really \
          sends, and defaults are sent when nobody asked for them",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    let mut changed = 0;
    every_schema(&mut lowered.api, &mut |schema| {
        let SchemaData { default, title, .. } = &mut schema.schema_data;
        changed += usize::from(default.take().is_some());
        changed += usize::from(title.take().is_some());
        let before = schema.schema_kind.clone();
        match &mut schema.schema_kind {
            SchemaKind::Type(Type::Integer(integer)) => {
                (integer.minimum, integer.maximum) = (None, None);
                (integer.exclusive_minimum, integer.exclusive_maximum) = (false, false);
                integer.multiple_of = None;
            }
            SchemaKind::Type(Type::String(string)) => {
                (string.min_length, string.max_length) = (None, None);
                string.pattern = None;
                if matches!(string.format, VariantOrUnknownOrEmpty::Unknown(_)) {
                    string.format = VariantOrUnknownOrEmpty::Empty;
                }
            }
            SchemaKind::Type(Type::Array(array)) => {
                (array.min_items, array.max_items) = (None, None);
                array.unique_items = false;
            }
            SchemaKind::Type(Type::Object(object)) => {
                (object.min_properties, object.max_properties) = (None, None);
                object.additional_properties = None;
            }
            _ => {}
        }
        changed += usize::from(before != schema.schema_kind);
    });
    changed
}
