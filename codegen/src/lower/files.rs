//! Binary answers keep one spelling.

use openapiv3::{ReferenceOr, Schema, SchemaData, SchemaKind, StatusCode, StringType, Type};
use openapiv3::{StringFormat, VariantOrUnknownOrEmpty};

use super::visit::every_operation;
use super::{Lowered, Pass};

pub(super) const PASS: Pass = Pass {
    name: "files",
    why: "whatever media type a file has, it is handed over as bytes with its content type",
    run,
};

const BINARY: &str = "application/octet-stream";

fn run(lowered: &mut Lowered) -> usize {
    let mut changed = 0;
    every_operation(&mut lowered.api, |operation| {
        for (status, response) in &mut operation.responses.responses {
            let (StatusCode::Code(200..=299), ReferenceOr::Item(response)) = (status, response)
            else {
                continue;
            };
            let Some((name, mut media)) = response.content.pop() else {
                continue;
            };
            if name == "application/json" {
                response.content.insert(name, media);
                continue;
            }
            media.schema = Some(ReferenceOr::Item(binary()));
            response.content.insert(BINARY.to_owned(), media);
            changed += 1;
        }
    });
    changed
}

fn binary() -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(Type::String(StringType {
            format: VariantOrUnknownOrEmpty::Item(StringFormat::Binary),
            ..StringType::default()
        })),
    }
}
