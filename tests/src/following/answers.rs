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
            let bodies = bodies(spec, media_type, &content["schema"]);
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
