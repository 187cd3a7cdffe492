//! Two schemas compared where they stand: in a request or in an answer.

use api_schema_diff::compare;
use api_schema_diff::report::{Options, Report};
use api_schema_diff::side::Side;
use serde_json::{Value, json};

/// What changed, with the schemas in the body of a request or of an answer.
pub(crate) fn report(old: &Value, new: &Value, request: bool) -> Report {
    let side = |schema: &Value| {
        let content = json!({ "application/json": { "schema": schema } });
        let mut operation = json!({ "responses": { "200": {} } });
        if request {
            operation["requestBody"] = json!({ "required": true, "content": content });
        } else {
            operation["responses"]["200"]["content"] = content;
        }
        let document = json!({ "openapi": "3.1.0", "paths": { "/x": { "post": operation } } });
        let source = super::source("x.json", &document.to_string());
        Side::document("x", &source).expect("a document")
    };
    compare(&side(old), &side(new), &Options::default()).expect("comparable")
}
