//! The legacy service by its message definitions: elements as they are named there, in the order stated there.

use revio_test_server::Request;
use serde_json::{Map, Value};

use super::answers::Answer;
use super::{Description, Way};
use crate::fixtures::samples;
use crate::spec::Spec;

/// The files of `schema/legacy/`, read as a description.
pub struct Messages {
    spec: Spec,
    namespace: String,
    /// Name, request and answer of each operation.
    operations: Vec<(String, String, String)>,
}

impl Messages {
    /// Of files with their paths.
    pub fn of(files: Vec<(Value, String)>) -> Self {
        let mut namespace = String::new();
        let mut operations = Vec::new();
        for (file, _) in &files {
            let text = |key: &str| file[key].as_str().unwrap_or_default();
            let definition =
                |key: &str| text(key).rsplit('/').next().unwrap_or_default().to_owned();
            if let Some(value) = file.pointer("/x-xml-service/namespace/value") {
                value
                    .as_str()
                    .unwrap_or_default()
                    .clone_into(&mut namespace);
            }
            let name = text("x-xml-operation").to_owned();
            if !name.is_empty() {
                operations.push((
                    name,
                    definition("x-xml-request"),
                    definition("x-xml-response"),
                ));
            }
        }
        Self {
            spec: Spec::of_legacy(files),
            namespace,
            operations,
        }
    }

    /// The names of the operations.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.operations.iter().map(|(name, ..)| name.as_str())
    }

    /// The messages of an operation and all their parts, to see whether two services do the same.
    pub fn behaviour(&self, operation: &str) -> Value {
        let messages = self
            .operations
            .iter()
            .filter(|(name, ..)| name == operation);
        messages
            .flat_map(|(_, request, answer)| [request, answer])
            .map(|name| self.spec.written_out(self.spec.schema(name)))
            .collect()
    }
}

impl Description for Messages {
    fn way(&self, request: &Request) -> Way {
        let action = request.only_header("soapaction").unwrap_or_default();
        let action = action.trim_matches('"');
        let named = action
            .strip_prefix(&self.namespace)
            .and_then(|rest| rest.strip_prefix('/'));
        let Some((name, message, _)) = self
            .operations
            .iter()
            .find(|(name, ..)| Some(name.as_str()) == named)
        else {
            return Way::Nowhere(500);
        };
        let body = String::from_utf8_lossy(&request.body);
        let properties = self.spec.properties(self.spec.schema(message));
        let mut required = properties.iter().filter(|property| property.required);
        match required.find(|property| !body.contains(&format!("<{}", property.name))) {
            Some(missing) => Way::Refused(400, format!("{name}: {} is missing", missing.name)),
            None => Way::To(name.clone()),
        }
    }

    fn answers(&self, operation: &str, _accept: &str) -> Vec<Answer> {
        let known = self.operations.iter().find(|(name, ..)| name == operation);
        let Some((name, _, message)) = known else {
            return Vec::new();
        };
        let schema = self.spec.schema(message);
        let all = samples(&self.spec, schema).into_iter();
        // Only an answer that says so is a success.
        let successes =
            all.filter(|sample| sample.pointer("/Header/Success") == Some(&Value::Bool(true)));
        successes
            .map(|sample| {
                let mut writer = Writer { spec: &self.spec, text: String::new(), rows: None };
                writer.members(schema, &sample);
                let Writer { text, rows, .. } = writer;
                let body = format!(
                    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\
                     <{name}Response xmlns=\"{}\"><{name}Result>{text}</{name}Result></{name}Response>\
                     </s:Body></s:Envelope>",
                    self.namespace
                );
                Answer {
                    status: 200,
                    media_type: Some("text/xml; charset=utf-8".to_owned()),
                    body: body.into_bytes(),
                    rows,
                }
            })
            .collect()
    }
}

struct Writer<'a> {
    spec: &'a Spec,
    text: String,
    /// How many rows were written of the list that the answer is about.
    rows: Option<usize>,
}

impl Writer<'_> {
    fn members(&mut self, schema: &Value, value: &Value) {
        let nothing = Map::new();
        let members = value.as_object().unwrap_or(&nothing);
        let properties = self.spec.properties(schema);
        let order = self.spec.plain(schema)["x-xml-order"].as_array();
        let place = |name: &String| {
            let mut order = order.into_iter().flatten();
            order
                .position(|it| it.as_str() == Some(name))
                .unwrap_or(usize::MAX)
        };
        let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
        sorted.sort_by_key(|(name, _)| place(name));
        for (name, member) in sorted {
            let property = properties.iter().find(|property| property.name == name);
            match (property, member) {
                (Some(property), Value::Array(items)) => self.list(name, property.schema, items),
                (Some(property), member) => {
                    self.element(name, |writer| writer.value(property.schema, member));
                }
                (None, _) => self.element(name, |writer| writer.scalar("text")),
            }
        }
    }

    fn list(&mut self, name: &str, schema: &Value, items: &[Value]) {
        let item = self.spec.resolve(&schema["items"]);
        let item_name = item
            .pointer("/xml/name")
            .and_then(Value::as_str)
            .unwrap_or(name);
        let signature = &schema["x-xml-signature"];
        // Rows are known by what they hold: one without any of these would be something else.
        let any = signature["any"].as_array();
        let is_row = |row: &&Value| {
            any.is_none_or(|any| {
                any.iter()
                    .filter_map(Value::as_str)
                    .any(|key| row.get(key).is_some())
            })
        };
        let rows: Vec<&Value> = items.iter().filter(is_row).collect();
        if !signature.is_null() {
            self.rows = Some(rows.len());
        }
        let each = |writer: &mut Self| {
            for row in &rows {
                writer.element(item_name, |writer| writer.value(item, row));
            }
        };
        if schema.pointer("/xml/wrapped") == Some(&Value::Bool(true)) {
            self.element(name, each);
        } else {
            each(self);
        }
    }

    fn value(&mut self, schema: &Value, value: &Value) {
        match value {
            Value::Object(_) => self.members(self.spec.plain(schema), value),
            Value::String(text) => self.scalar(text),
            other => self.scalar(&other.to_string()),
        }
    }

    fn element(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.text.extend(["<", name, ">"]);
        inside(self);
        self.text.extend(["</", name, ">"]);
    }

    fn scalar(&mut self, text: &str) {
        let text = text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        self.text += &text;
    }
}
