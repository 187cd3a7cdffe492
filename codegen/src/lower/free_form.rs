//! Shapes that nobody has documented stay raw JSON text.

use openapiv3::{ReferenceOr, SchemaKind, Type};

use super::visit::{components, placeholder};
use super::{Lowered, Pass, own_types};

pub(super) const PASS: Pass = Pass {
    name: "free-form",
    why: "a generic JSON value would round numbers; the text keeps every digit",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    let is_free = |kind: &SchemaKind| match kind {
        SchemaKind::Any(any) => any.properties.is_empty() && any.typ.is_none(),
        SchemaKind::Type(Type::Object(object)) => object.properties.is_empty(),
        _ => false,
    };
    let mut changed = 0;
    let schemas = &mut components(&mut lowered.api).schemas;
    for (name, schema) in schemas.iter_mut() {
        if let ReferenceOr::Item(item) = schema
            && is_free(&item.schema_kind)
            && !lowered.replacements.contains_key(name)
        {
            lowered.replacements.insert(name.clone(), "Json".to_owned());
            *schema = placeholder();
            changed += 1;
        }
    }
    changed
        + own_types::replace(lowered, |schema| {
            is_free(&schema.schema_kind).then(|| "Json".to_owned())
        })
}
