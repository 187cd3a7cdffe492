//! One operation of the schema: path, parameters, body, response.

use serde_json::Value;

use super::property::{Kind, Property};
use super::validate::Check;
use super::{Document, SchemaError};

/// What an operation does, by the part of its `operationId` after the tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    List,
    Get,
    Create,
    Replace,
    Patch,
    Delete,
    Disconnect,
    Other,
}

/// A query parameter that filters a list.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    /// Name without the optional `search.` prefix.
    pub(crate) name: String,
    pub(crate) id: Option<String>,
}

/// The request body of an operation.
pub(crate) struct Body {
    pub(crate) required: bool,
    /// The media type; for plain JSON, `text/json` is accepted too.
    pub(crate) media_type: String,
    pub(crate) shape: Property,
    pub(crate) check: Check,
}

/// One operation.
pub struct Operation {
    pub(crate) id: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) tag: String,
    pub(crate) verb: Verb,
    pub(crate) effect: String,
    /// Record schema, where the operation names one.
    pub(crate) record: Option<String>,
    /// Type of the id in the response of a create.
    pub(crate) created_id: Option<String>,
    /// Type of the id in the path.
    pub(crate) path_id: Option<String>,
    pub(crate) filters: Vec<Filter>,
    pub(crate) body: Option<Body>,
    pub(crate) success: u16,
    /// Media type of the success response.
    pub(crate) response_type: Option<String>,
    pub(crate) response: Option<Property>,
    pub(crate) response_check: Option<Check>,
    pub(crate) error_check: Option<Check>,
}

impl Operation {
    /// The `operationId`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The HTTP method, in capitals.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path template after the base path, such as `/Customers/{id}`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The tag: the resource that the operation belongs to.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// What a call does to the data: `read`, `idempotent`, `unsafe` or `money`.
    pub fn effect(&self) -> &str {
        &self.effect
    }

    /// The status of the success response.
    pub fn success_status(&self) -> u16 {
        self.success
    }

    /// The media type of the request body, where the operation takes one.
    pub fn request_media_type(&self) -> Option<&str> {
        self.body.as_ref().map(|body| body.media_type.as_str())
    }

    pub(crate) fn read(
        document: &Document,
        path: &str,
        method: &str,
        item: &Value,
    ) -> Result<Self, SchemaError> {
        let text = |key: &str| item.get(key).and_then(Value::as_str).map(str::to_owned);
        let id = text("operationId").ok_or_else(|| SchemaError::new("operationId is missing"))?;
        let tag = item
            .pointer("/tags/0")
            .and_then(Value::as_str)
            .ok_or_else(|| SchemaError::new("the operation has no tag"))?
            .to_owned();
        let (success, response) = success(document, item)?;
        let schema = response.as_ref().map(|(_, schema)| schema);
        let errors = item
            .pointer("/responses/4XX")
            .map(|response| content(document, response));
        let mut operation = Self {
            verb: verb(&id, &tag, path),
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            effect: text("x-revio-effect").unwrap_or_default(),
            record: text("x-revio-record"),
            created_id: text("x-revio-id"),
            path_id: None,
            filters: Vec::new(),
            body: body(document, item)?,
            success,
            response: schema.map(|schema| Property::read("", schema, true)),
            response_check: schema.map(Check::new),
            response_type: response.map(|(media_type, _)| media_type),
            error_check: errors
                .transpose()?
                .flatten()
                .map(|(_, schema)| Check::new(&schema)),
            id,
            tag,
        };
        operation.read_parameters(document, item)?;
        Ok(operation)
    }

    fn read_parameters(&mut self, document: &Document, item: &Value) -> Result<(), SchemaError> {
        let parameters = item.get("parameters").and_then(Value::as_array);
        for parameter in parameters.into_iter().flatten() {
            let parameter = document.follow(parameter)?;
            let text = |key: &str| parameter.get(key).and_then(Value::as_str);
            let name = text("name").unwrap_or_default();
            // The type of the id is on the parameter or on its schema.
            let id = text("x-revio-id")
                .or_else(|| parameter.pointer("/schema/x-revio-id")?.as_str())
                .or_else(|| parameter.pointer("/schema/items/x-revio-id")?.as_str())
                .map(str::to_owned);
            match text("in") {
                Some("path") if id.is_some() => self.path_id = id,
                Some("query") => self.filters.push(Filter {
                    name: bare(name).to_owned(),
                    id,
                }),
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether the response is bytes instead of JSON.
    pub(crate) fn responds_with_bytes(&self) -> bool {
        self.response_type
            .as_deref()
            .is_some_and(|media| !media.contains("json"))
    }

    /// The known members of the body.
    pub(crate) fn body_members(&self) -> &[Property] {
        match self.body.as_ref().map(|body| &body.shape.kind) {
            Some(Kind::Object(properties)) => properties,
            _ => &[],
        }
    }
}

/// A query name without its optional prefix.
pub(crate) fn bare(name: &str) -> &str {
    name.strip_prefix("search.").unwrap_or(name)
}

fn verb(id: &str, tag: &str, path: &str) -> Verb {
    let verb = id
        .strip_prefix(tag)
        .map_or(id, |rest| rest.trim_start_matches('_'));
    match verb {
        "list" => Verb::List,
        // `GET /SystemStatus` is a `get` as well, but has no record.
        "get" if path.contains('{') => Verb::Get,
        "create" | "create_card" => Verb::Create,
        "replace" => Verb::Replace,
        "patch" => Verb::Patch,
        "delete" => Verb::Delete,
        "disconnect" => Verb::Disconnect,
        _ => Verb::Other,
    }
}

fn body(document: &Document, item: &Value) -> Result<Option<Body>, SchemaError> {
    let Some(request) = item.get("requestBody") else {
        return Ok(None);
    };
    let request = document.follow(request)?;
    let Some((media_type, schema)) = content(document, request)? else {
        return Err(SchemaError::new("the request body has no content"));
    };
    let media_type = item
        .get("x-revio-content-type")
        .and_then(Value::as_str)
        .map_or(media_type, str::to_owned);
    Ok(Some(Body {
        required: request.get("required") == Some(&Value::Bool(true)),
        media_type,
        shape: Property::read("", &schema, true),
        check: Check::new(&schema),
    }))
}

fn success(
    document: &Document,
    item: &Value,
) -> Result<(u16, Option<(String, Value)>), SchemaError> {
    let responses = item.get("responses").and_then(Value::as_object);
    for (status, response) in responses.into_iter().flatten() {
        if let Some(code) = status.parse().ok().filter(|code| (200..300).contains(code)) {
            return Ok((code, content(document, response)?));
        }
    }
    Err(SchemaError::new("the operation has no success response"))
}

/// Media type and flat schema of the first content of a request or response.
fn content(document: &Document, holder: &Value) -> Result<Option<(String, Value)>, SchemaError> {
    let holder = document.follow(holder)?;
    let first = holder
        .get("content")
        .and_then(Value::as_object)
        .and_then(|content| content.iter().next());
    let Some((media_type, media)) = first else {
        return Ok(None);
    };
    let schema = media
        .get("schema")
        .ok_or_else(|| SchemaError::new(format!("{media_type} has no schema")))?;
    Ok(Some((media_type.clone(), document.flatten(schema)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_come_from_the_operation_id() {
        assert_eq!(
            verb("customers_list", "customers", "/Customers"),
            Verb::List
        );
        assert_eq!(
            verb("system_status_get", "system_status", "/SystemStatus"),
            Verb::Other
        );
        assert_eq!(
            verb("payments_create_card", "payments", "/Payments/card"),
            Verb::Create
        );
        assert_eq!(
            verb("services_disconnect", "services", "/Services"),
            Verb::Disconnect
        );
        assert_eq!(
            verb("payments_reverse", "payments", "/Payments/{id}/reverse"),
            Verb::Other
        );
        assert_eq!(verb("unknown", "customers", "/Unknown"), Verb::Other);
    }

    #[test]
    fn prefix_is_optional() {
        assert_eq!(bare("search.status"), "status");
        assert_eq!(bare("status"), "status");
    }
}
