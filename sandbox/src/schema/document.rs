//! The `OpenAPI` document: resolves references within the document and merges `allOf`.
//!
//! All other modules work on flat schemas: without `$ref` and `allOf`.

use serde_json::{Map, Value};

use super::SchemaError;

/// Deepest nesting; only a schema that contains itself is deeper.
const MAX_DEPTH: usize = 24;

/// A parsed `OpenAPI` document.
pub(crate) struct Document {
    root: Value,
}

impl Document {
    /// Parses JSON text and checks that it is an `OpenAPI` 3.0 document.
    pub(crate) fn parse(text: &str) -> Result<Self, SchemaError> {
        let root: Value = serde_json::from_str(text)
            .map_err(|error| SchemaError::new(format!("the schema is no JSON: {error}")))?;
        let version = root.get("openapi").and_then(Value::as_str).unwrap_or("");
        if !version.starts_with("3.0.") {
            return Err(SchemaError::new(format!(
                "the schema must be an OpenAPI 3.0 document, its `openapi` key says {version:?}"
            )));
        }
        Ok(Self { root })
    }

    /// The value under a key of the document's root.
    pub(crate) fn section(&self, key: &str) -> Option<&Value> {
        self.root.get(key)
    }

    /// The named schemas, in the document's order.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.root
            .pointer("/components/schemas")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
    }

    /// Resolves a `$ref` of anything but schemas, such as parameters and responses.
    pub(crate) fn follow<'a>(&'a self, mut value: &'a Value) -> Result<&'a Value, SchemaError> {
        for _ in 0..MAX_DEPTH {
            match value.get("$ref").and_then(Value::as_str) {
                Some(reference) => value = self.resolve(reference)?,
                None => return Ok(value),
            }
        }
        Err(SchemaError::new("a chain of references has no end"))
    }

    /// A schema without `$ref` and `allOf`, at every depth.
    pub(crate) fn flatten(&self, schema: &Value) -> Result<Value, SchemaError> {
        self.flatten_at(schema, 0)
    }

    fn resolve(&self, reference: &str) -> Result<&Value, SchemaError> {
        reference
            .strip_prefix('#')
            .and_then(|pointer| self.root.pointer(pointer))
            .ok_or_else(|| {
                SchemaError::new(format!(
                    "the reference {reference:?} can't be resolved; only references within the document are supported"
                ))
            })
    }

    fn flatten_at(&self, schema: &Value, depth: usize) -> Result<Value, SchemaError> {
        if depth > MAX_DEPTH {
            return Err(SchemaError::new(
                "a schema is nested too deeply; schemas that contain themselves are not supported",
            ));
        }
        let Some(source) = schema.as_object() else {
            return Err(SchemaError::new(format!(
                "a schema must be an object, found {schema}"
            )));
        };
        let mut flat = Map::new();
        if let Some(reference) = source.get("$ref").and_then(Value::as_str) {
            let target = self.flatten_at(self.resolve(reference)?, depth + 1)?;
            merge(&mut flat, target);
        }
        if let Some(parts) = source.get("allOf").and_then(Value::as_array) {
            for part in parts {
                merge(&mut flat, self.flatten_at(part, depth + 1)?);
            }
        }
        let mut own = Map::new();
        for (key, value) in source {
            let value = match key.as_str() {
                "$ref" | "allOf" => continue,
                "properties" => self.flatten_members(value, depth)?,
                "items" => self.flatten_at(value, depth + 1)?,
                "oneOf" | "anyOf" => {
                    let parts = value.as_array().map(Vec::as_slice).unwrap_or_default();
                    let flat: Result<Vec<_>, _> = parts
                        .iter()
                        .map(|part| self.flatten_at(part, depth + 1))
                        .collect();
                    Value::Array(flat?)
                }
                _ => value.clone(),
            };
            own.insert(key.clone(), value);
        }
        merge(&mut flat, Value::Object(own));
        Ok(Value::Object(flat))
    }

    fn flatten_members(&self, members: &Value, depth: usize) -> Result<Value, SchemaError> {
        let mut flat = Map::new();
        for (name, member) in members.as_object().into_iter().flatten() {
            let member = self
                .flatten_at(member, depth + 1)
                .map_err(|error| error.inside(name))?;
            flat.insert(name.clone(), member);
        }
        Ok(Value::Object(flat))
    }
}

/// Merges `from` into `into`: properties and required names are united, other keys are replaced.
fn merge(into: &mut Map<String, Value>, from: Value) {
    let Value::Object(from) = from else { return };
    for (key, value) in from {
        match (key.as_str(), into.get_mut(&key), value) {
            ("properties", Some(Value::Object(known)), Value::Object(more)) => known.extend(more),
            ("required", Some(Value::Array(known)), Value::Array(more)) => {
                for name in more {
                    if !known.contains(&name) {
                        known.push(name);
                    }
                }
            }
            (_, _, value) => {
                into.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(schemas: &str) -> Document {
        Document::parse(&format!(
            r#"{{"openapi":"3.0.3","components":{{"schemas":{schemas}}}}}"#
        ))
        .expect("a document")
    }

    #[test]
    fn merges_the_parts_of_a_record() {
        let document = document(
            r##"{"Base":{"type":"object","required":["ok"],"properties":{"ok":{"type":"boolean"}}},
                "Whole":{"allOf":[{"$ref":"#/components/schemas/Base"},
                                  {"type":"object","required":["id"],"properties":{"id":{"type":"integer"},
                                   "part":{"allOf":[{"$ref":"#/components/schemas/Base"}],"nullable":true}}}]}}"##,
        );
        let flat = document
            .flatten(&serde_json::json!({"$ref": "#/components/schemas/Whole"}))
            .expect("flat");
        assert_eq!(flat["required"], serde_json::json!(["ok", "id"]));
        assert_eq!(
            flat["properties"]["part"]["required"],
            serde_json::json!(["ok"])
        );
        assert_eq!(flat["properties"]["part"]["nullable"], true);
    }

    #[test]
    fn errors_name_the_problem() {
        let document =
            document(r##"{"Loop":{"properties":{"next":{"$ref":"#/components/schemas/Loop"}}}}"##);
        let reference =
            |name: &str| serde_json::json!({"$ref": format!("#/components/schemas/{name}")});
        let looped = document.flatten(&reference("Loop")).expect_err("endless");
        assert!(looped.to_string().contains("contain themselves"));
        let missing = document.flatten(&reference("Gone")).expect_err("missing");
        assert!(missing.to_string().contains("#/components/schemas/Gone"));
        assert!(Document::parse("{").is_err());
        assert!(Document::parse(r#"{"swagger":"2.0"}"#).is_err());
    }
}
