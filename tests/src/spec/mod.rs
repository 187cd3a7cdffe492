//! The schema, read independently of the generator and of the sandbox.

mod gaps;
mod legacy;
mod operation;
mod validate;

use std::path::{Path, PathBuf};

use serde_json::Value;

pub use self::gaps::gaps;
pub use self::legacy::legacy_files;
pub use self::operation::{Operation, Parameter};
pub use self::validate::{Strictness, complaints, is_date, validator};

/// The project's root: the folder above this crate's.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Reads a file of the project as JSON. Numbers keep their digits.
pub fn read_json(path: &str) -> Value {
    let text = std::fs::read_to_string(root().join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A description of an API: operations and component schemas.
pub struct Spec {
    document: Value,
}

/// One property of an object schema.
#[derive(Clone, Copy)]
pub struct Property<'a> {
    /// As sent.
    pub name: &'a str,
    /// Its schema as it stands in the object, which may be a reference.
    pub schema: &'a Value,
    /// Whether the object lists it as required.
    pub required: bool,
}

impl Property<'_> {
    /// Whether it is the record's own id.
    pub fn is_own_id(&self) -> bool {
        flag(self.schema, "x-revio-own-id")
    }

    /// Whether replies never carry it.
    pub fn is_write_only(&self) -> bool {
        flag(self.schema, "writeOnly")
    }

    /// Whether the JSON type is known to vary between text and number.
    pub fn is_lenient(&self) -> bool {
        flag(self.schema, "x-revio-lenient")
    }

    /// The typed id that it holds.
    pub fn id_type(&self) -> Option<&str> {
        self.schema.get("x-revio-id")?.as_str()
    }
}

impl Spec {
    /// Reads the bundled description of the REST API.
    pub fn read() -> Self {
        Self {
            document: read_json("schema/openapi.json"),
        }
    }

    /// A description that was read elsewhere.
    pub fn of(document: Value) -> Self {
        Self { document }
    }

    /// The whole document.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// Every operation, in the document's order.
    pub fn operations(&self) -> Vec<Operation<'_>> {
        let paths = object(&self.document["paths"]);
        paths
            .flat_map(|(path, item)| {
                object(item).map(move |(method, node)| Operation::new(self, method, path, node))
            })
            .collect()
    }

    /// Every component schema by name.
    pub fn schemas(&self) -> impl Iterator<Item = (&str, &Value)> {
        object(&self.document["components"]["schemas"])
    }

    /// A component schema.
    pub fn schema(&self, name: &str) -> &Value {
        let schema = &self.document["components"]["schemas"][name];
        assert!(!schema.is_null(), "there is no schema {name}");
        schema
    }

    /// What a node stands for: itself, or what it refers to.
    pub fn resolve<'a>(&'a self, mut node: &'a Value) -> &'a Value {
        while let Some(reference) = node.get("$ref").and_then(Value::as_str) {
            let pointer = reference.strip_prefix('#').unwrap_or(reference);
            node = self
                .document
                .pointer(pointer)
                .unwrap_or_else(|| panic!("{reference} leads nowhere"));
        }
        node
    }

    /// A node with everything that it refers to in its place.
    pub fn written_out(&self, node: &Value) -> Value {
        match self.resolve(node) {
            Value::Object(members) => members
                .iter()
                .map(|(key, member)| (key.clone(), self.written_out(member)))
                .collect(),
            Value::Array(items) => items.iter().map(|item| self.written_out(item)).collect(),
            scalar => scalar.clone(),
        }
    }

    /// The schema of a value: what a reference, or an `allOf` of nothing but one, leads to.
    pub fn plain<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let schema = self.resolve(schema);
        match schema
            .get("allOf")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
        {
            Some([only]) if schema.get("properties").is_none() => self.plain(only),
            _ => schema,
        }
    }

    /// The properties of an object schema, those of its `allOf` parts included.
    pub fn properties<'a>(&'a self, schema: &'a Value) -> Vec<Property<'a>> {
        let schema = self.resolve(schema);
        let mut found = Vec::new();
        for part in array(schema.get("allOf")) {
            found.extend(self.properties(part));
        }
        let required: Vec<&str> = array(schema.get("required"))
            .filter_map(Value::as_str)
            .collect();
        let own = schema.get("properties").map(object);
        found.extend(own.into_iter().flatten().map(|(name, schema)| Property {
            name,
            schema,
            required: required.contains(&name),
        }));
        found
    }

    /// Whether a schema is that of an object.
    pub fn is_object(&self, schema: &Value) -> bool {
        let schema = self.resolve(schema);
        schema.get("type").and_then(Value::as_str) == Some("object")
            || array(schema.get("allOf")).any(|part| self.is_object(part))
    }
}

fn flag(schema: &Value, name: &str) -> bool {
    schema.get(name) == Some(&Value::Bool(true))
}

/// The members of an object, of anything else none.
fn object(node: &Value) -> impl Iterator<Item = (&str, &Value)> {
    node.as_object()
        .into_iter()
        .flatten()
        .map(|(name, member)| (name.as_str(), member))
}

/// The items of an array, of anything else none.
fn array(node: Option<&Value>) -> impl Iterator<Item = &Value> {
    node.and_then(Value::as_array).into_iter().flatten()
}
