//! A JSON Patch body becomes the typed patch of its record.

use crate::annotation;
use openapiv3::{Operation, ReferenceOr};

use super::visit::{component_name, components, every_operation, placeholder, reference};
use super::{Lowered, Pass};

pub(super) const PASS: Pass = Pass {
    name: "typed-patches",
    why: "a generated patch drops `value: null` and takes any pointer for any record",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    let mut records = Vec::new();
    every_operation(&mut lowered.api, |operation: &mut Operation| {
        let Some(record) = operation
            .extensions
            .get(annotation::RECORD)
            .and_then(|value| value.as_str())
            .map(str::to_owned)
        else {
            return;
        };
        let Some(ReferenceOr::Item(body)) = &mut operation.request_body else {
            return;
        };
        for media in body.content.values_mut() {
            if let Some(ReferenceOr::Reference { reference: target }) = &media.schema
                && component_name(target) == Some("JsonPatch")
            {
                media.schema = Some(reference(&format!("{record}Patch")));
                records.push(record.clone());
            }
        }
    });
    for record in &records {
        let name = format!("{record}Patch");
        components(&mut lowered.api)
            .schemas
            .insert(name.clone(), placeholder());
        lowered
            .replacements
            .insert(name, format!("Patch<{record}>"));
    }
    records.len()
}
