//! Compiled validators, and their messages.

use std::fmt::Write as _;
use std::sync::OnceLock;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{Draft, JsonType, ValidationError, Validator};
use serde_json::Value;

use super::{SchemaError, dates, json_schema};

/// Most problems in one message.
const MAX_PROBLEMS: usize = 5;

/// A flat schema and its validator, compiled when first used.
pub(crate) struct Check {
    schema: Value,
    compiled: OnceLock<Validator>,
}

impl Check {
    /// A check of a flat schema.
    pub(crate) fn new(flat: &Value) -> Self {
        Self {
            schema: json_schema::convert(flat),
            compiled: OnceLock::new(),
        }
    }

    /// The problems of a value, with path and reason; none where it is valid.
    ///
    /// The message contains no values, since they may be personal.
    pub(crate) fn problem(&self, value: &Value) -> Result<Option<String>, SchemaError> {
        let validator = if let Some(validator) = self.compiled.get() {
            validator
        } else {
            let built = compile(&self.schema)?;
            self.compiled.get_or_init(|| built)
        };
        let mut message = String::new();
        for error in validator.iter_errors(value).take(MAX_PROBLEMS) {
            if !message.is_empty() {
                message.push_str("; ");
            }
            describe(&error, &mut message);
        }
        Ok((!message.is_empty()).then_some(message))
    }
}

fn compile(schema: &Value) -> Result<Validator, SchemaError> {
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .with_format("date", dates::is_date)
        .with_format("date-time", dates::is_date)
        .should_validate_formats(true)
        .build(schema)
        .map_err(|error| SchemaError::new(format!("a schema can't be compiled: {error}")))
}

fn describe(error: &ValidationError<'_>, into: &mut String) {
    let mut path = error.instance_path().to_string();
    let reason = match error.kind() {
        ValidationErrorKind::Required { property } => {
            path.push('/');
            path.push_str(property.as_str().unwrap_or_default());
            "is required".to_owned()
        }
        ValidationErrorKind::Type { kind } => format!("must be {}", expected(kind)),
        ValidationErrorKind::Format { .. } => {
            "must be a date such as 2024-03-01 or 2024-03-01T08:30:00".to_owned()
        }
        ValidationErrorKind::Enum { options } => {
            let options: Vec<String> = options
                .as_array()
                .into_iter()
                .flatten()
                .map(|option| {
                    option
                        .as_str()
                        .map_or_else(|| option.to_string(), str::to_owned)
                })
                .collect();
            format!("must be one of {}", options.join(", "))
        }
        ValidationErrorKind::Minimum { limit } => format!("must be at least {limit}"),
        ValidationErrorKind::Maximum { limit } => format!("must be at most {limit}"),
        ValidationErrorKind::ExclusiveMinimum { limit } => format!("must be above {limit}"),
        ValidationErrorKind::ExclusiveMaximum { limit } => format!("must be below {limit}"),
        ValidationErrorKind::MaxLength { limit } => {
            format!("must have at most {limit} characters")
        }
        _ => error.masked().to_string(),
    };
    if path.is_empty() {
        path.push_str("the body");
    }
    // Writing to a String can't fail.
    let _ = write!(into, "{path} {reason}");
}

/// The expected types, null last.
fn expected(kind: &TypeKind) -> String {
    let mut names: Vec<&str> = match kind {
        TypeKind::Single(one) => vec![one.as_str()],
        TypeKind::Multiple(many) => many.iter().map(JsonType::as_str).collect(),
    };
    names.sort_by_key(|name| *name == "null");
    let with_articles: Vec<String> = names
        .into_iter()
        .map(|name| match name {
            "null" => "null".to_owned(),
            "array" | "integer" | "object" => format!("an {name}"),
            _ => format!("a {name}"),
        })
        .collect();
    with_articles.join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn problem(schema: &Value, value: &str) -> Option<String> {
        let value: Value = serde_json::from_str(value).expect("JSON");
        Check::new(schema).problem(&value).expect("a schema")
    }

    #[test]
    fn messages_name_the_field() {
        let schema = json!({"type": "object", "required": ["a"], "properties": {
            "a": {"type": "integer"},
            "when": {"type": "string", "format": "date-time"},
            "in": {"type": "object", "properties": {"b": {"type": "string", "maxLength": 2}}}}});
        assert_eq!(problem(&schema, r#"{"a":1,"when":"2024-01-01"}"#), None);
        assert_eq!(problem(&schema, "{}").as_deref(), Some("/a is required"));
        assert_eq!(
            problem(&schema, "[]").as_deref(),
            Some("the body must be an object")
        );
        assert_eq!(
            problem(&schema, r#"{"a":1,"in":{"b":"abc"}}"#).as_deref(),
            Some("/in/b must have at most 2 characters")
        );
        let date = problem(&schema, r#"{"a":1,"when":"soon"}"#).expect("a problem");
        assert!(date.starts_with("/when must be a date"), "{date}");
    }

    #[test]
    fn integers_are_whole_and_32_bit() {
        let schema = json!({"type": "integer"});
        for good in ["1", "-2147483648", "2147483647"] {
            assert_eq!(problem(&schema, good), None, "{good}");
        }
        for bad in [
            "1.0",
            "1e2",
            "2147483648",
            "9".repeat(40).as_str(),
            "\"1\"",
            "null",
        ] {
            assert!(problem(&schema, bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn numbers_keep_any_digits() {
        let schema = json!({"type": "number", "minimum": 0});
        assert_eq!(problem(&schema, "1234567890123456789012345678.0001"), None);
        assert!(problem(&schema, "-0.00000000000000000001").is_some());
    }
}
