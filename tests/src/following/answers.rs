//! What a description lets a service answer.

use serde_json::Value;

use crate::fixtures::samples;
use crate::spec::{Operation, Spec};

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// What its body is; none when there is no body.
    pub media_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
    /// How many rows it has, where it is known to be a list.
    pub rows: Option<usize>,
}

impl Answer {
    /// Whether it says that the call was carried out.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Every answer that an operation may give to a caller who accepts such a media type: each of its statuses, with a
/// sample of everything that the body may be.
pub(super) fn answers(spec: &Spec, operation: &Operation<'_>, accept: &str) -> Vec<Answer> {
    let responses = operation.node()["responses"].as_object();
    let mut found = Vec::new();
    for (key, response) in responses.into_iter().flatten() {
        let Some(status) = status(key) else { continue };
        let content = spec
            .resolve(response)
            .get("content")
            .and_then(Value::as_object);
        let media: Vec<(&String, &Value)> = content.into_iter().flatten().collect();
        if media.is_empty() || status == 204 {
            found.push(Answer {
                status,
                media_type: None,
                body: Vec::new(),
                rows: None,
            });
            continue;
        }
        // It is the caller who chooses, where there is a choice.
        let chosen: Vec<_> = media
            .iter()
            .filter(|(media_type, _)| *media_type == accept)
            .collect();
        let chosen = if chosen.is_empty() {
            media.iter().collect()
        } else {
            chosen
        };
        for (media_type, content) in chosen {
            let mut bodies = bodies(spec, media_type, &content["schema"]);
            if status == 201 {
                bodies.retain(|body| has_possible_id(body));
            }
            // Where a confirmation is expected, a bare text is taken for a refusal.
            let changes = ["put", "patch", "delete"];
            if changes.contains(&operation.method().to_lowercase().as_str()) {
                bodies.retain(|body| !body.starts_with(b"\""));
            }
            found.extend(bodies.into_iter().map(|body| Answer {
                status,
                media_type: Some((*media_type).clone()),
                body,
                rows: None,
            }));
        }
    }
    found
}

/// Whether the id of what was created is above 0, if the body has one. The schema states no bound, but nothing is
/// created under another id, and the client takes a response with one for a response without an id.
fn has_possible_id(body: &[u8]) -> bool {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    body["id"].as_i64().is_none_or(|id| id > 0)
}

/// A status of a range; the default is an error that isn't described on its own.
fn status(key: &str) -> Option<u16> {
    match key.to_uppercase().as_str() {
        "2XX" => Some(200),
        "4XX" => Some(400),
        "5XX" | "DEFAULT" => Some(500),
        other => other.parse().ok(),
    }
}

fn bodies(spec: &Spec, media_type: &str, schema: &Value) -> Vec<Vec<u8>> {
    let is_json = media_type.ends_with("/json") || media_type.ends_with("+json");
    if is_json {
        let schema = if schema.is_null() {
            &Value::Bool(true)
        } else {
            schema
        };
        let all = samples(spec, schema).into_iter();
        return all.map(|sample| sample.to_string().into_bytes()).collect();
    }
    if media_type.ends_with("xml") {
        return vec![b"<answer>text</answer>".to_vec()];
    }
    vec![b"text".to_vec(), b"\x00\xff".to_vec()]
}
