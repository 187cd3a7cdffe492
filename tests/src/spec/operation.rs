//! What the document says about one operation.

use serde_json::Value;

use super::{Spec, array, object};

/// One operation of the document.
#[derive(Clone, Copy)]
pub struct Operation<'a> {
    spec: &'a Spec,
    method: &'a str,
    path: &'a str,
    node: &'a Value,
}

/// One of its parameters.
#[derive(Clone, Copy)]
pub struct Parameter<'a> {
    /// As sent.
    pub name: &'a str,
    /// The schema of its value.
    pub schema: &'a Value,
    /// The typed id that it holds.
    pub id_type: Option<&'a str>,
    /// Whether it has to be sent.
    pub required: bool,
}

impl<'a> Operation<'a> {
    pub(super) fn new(spec: &'a Spec, method: &'a str, path: &'a str, node: &'a Value) -> Self {
        Self {
            spec,
            method,
            path,
            node,
        }
    }

    /// The `operationId`.
    pub fn id(&self) -> &'a str {
        self.text("operationId").expect("every operation has an id")
    }

    /// The method in capitals.
    pub fn method(&self) -> String {
        self.method.to_uppercase()
    }

    /// The path template.
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// What the document says, as it stands there.
    pub fn node(&self) -> &'a Value {
        self.node
    }

    /// The text under a key of the operation.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.node.get(key)?.as_str()
    }

    /// The resource it belongs to.
    pub fn tag(&self) -> &'a str {
        self.node["tags"][0]
            .as_str()
            .expect("every operation has a tag")
    }

    /// Its parameters in a place: `path`, `query` or `header`.
    pub fn parameters(&self, place: &str) -> Vec<Parameter<'a>> {
        array(self.node.get("parameters"))
            .map(|parameter| self.spec.resolve(parameter))
            .filter(|parameter| parameter["in"] == *place)
            .map(|parameter| Parameter {
                name: parameter["name"].as_str().expect("a name"),
                schema: self.spec.resolve(&parameter["schema"]),
                id_type: parameter.get("x-revio-id").and_then(Value::as_str),
                required: parameter.get("required") == Some(&Value::Bool(true)),
            })
            .collect()
    }

    /// The schema of its body.
    pub fn body(&self) -> Option<&'a Value> {
        self.node
            .pointer("/requestBody/content/application~1json/schema")
    }

    /// The media type of its body on the wire.
    pub fn request_media_type(&self) -> Option<&'a str> {
        self.body()?;
        Some(
            self.text("x-revio-content-type")
                .unwrap_or("application/json"),
        )
    }

    /// The status and the media type of a success.
    pub fn success(&self) -> (u16, Option<&'a str>) {
        let (status, response) = object(&self.node["responses"])
            .find(|(status, _)| status.starts_with('2'))
            .expect("every operation has a success status");
        let response = self.spec.resolve(response);
        let media_type = response
            .get("content")
            .and_then(|content| object(content).next())
            .map(|(media_type, _)| media_type);
        (status.parse().expect("a status"), media_type)
    }
}
