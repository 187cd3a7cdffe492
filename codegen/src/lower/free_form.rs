//! Shapes that nobody has documented stay raw JSON text.

use openapiv3::{ReferenceOr, SchemaKind, Type};

use super::visit::{components, every_schema, placeholder, point_at};
use super::{Lowered, Pass};

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
    let mut inline = 0;
    every_schema(&mut lowered.api, &mut |schema| {
        if is_free(&schema.schema_kind) {
            point_at(schema, "Json");
            inline += 1;
        }
    });
    if inline > 0 {
        components(&mut lowered.api)
            .schemas
            .insert("Json".to_owned(), placeholder());
        lowered
            .replacements
            .insert("Json".to_owned(), "Json".to_owned());
    }
    changed + inline
}
