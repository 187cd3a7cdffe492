//! One field of a record or body, as the schema describes it.

use serde_json::Value;

/// The type of a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Integer,
    Decimal,
    Boolean,
    Text,
    DateTime,
    Date,
    /// Integer or string, such as a country code.
    Either,
    /// An object with known fields.
    Object(Vec<Property>),
    Array(Box<Property>),
    /// Anything, since the vendor's shape isn't known.
    Free,
}

impl Kind {
    /// Whether the field is a plain value, by which lists can be filtered and sorted.
    pub(crate) fn is_scalar(&self) -> bool {
        !matches!(self, Self::Object(_) | Self::Array(_) | Self::Free)
    }
}

/// One field.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the schema's flags are independent of each other"
)]
pub(crate) struct Property {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    /// Known values.
    pub(crate) values: Vec<String>,
    /// Whether no other values exist.
    pub(crate) closed: bool,
    /// Typed id, such as `CustomerId`.
    pub(crate) id: Option<String>,
    /// The record's own id.
    pub(crate) own_id: bool,
    /// The record schema of an object that is a record of another table, such as a customer's
    /// address.
    pub(crate) part: Option<String>,
    /// Whether it names the record in a drop-down.
    pub(crate) label: bool,
    /// Whether a decimal is a quantity instead of money.
    pub(crate) counts: bool,
    /// Accepted in bodies and patches, never returned.
    pub(crate) write_only: bool,
    pub(crate) max_length: Option<usize>,
    pub(crate) minimum: Option<i64>,
    pub(crate) maximum: Option<i64>,
}

impl Property {
    /// Reads a flat schema.
    pub(crate) fn read(name: &str, schema: &Value, required: bool) -> Self {
        let text = |key: &str| schema.get(key).and_then(Value::as_str);
        let flag = |key: &str| schema.get(key) == Some(&Value::Bool(true));
        let whole = |key: &str| schema.get(key).and_then(Value::as_i64);
        let values = schema
            .get("enum")
            .or_else(|| schema.get("x-revio-values"))
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect();
        Self {
            name: name.to_owned(),
            kind: kind(schema),
            required,
            nullable: flag("nullable"),
            values,
            closed: schema.get("enum").is_some(),
            id: text("x-revio-id").map(str::to_owned),
            own_id: flag("x-revio-own-id"),
            part: None,
            label: flag("x-revio-label"),
            counts: text("x-revio-unit") == Some("quantity"),
            write_only: flag("writeOnly"),
            max_length: whole("maxLength").and_then(|length| usize::try_from(length).ok()),
            minimum: whole("minimum"),
            maximum: whole("maximum"),
        }
    }
}

/// The fields of a flat object schema, in the schema's order.
pub(crate) fn properties(schema: &Value) -> Vec<Property> {
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, member)| Property::read(name, member, required.contains(&name.as_str())))
        .collect()
}

fn kind(schema: &Value) -> Kind {
    if let Some(parts) = schema.get("oneOf").and_then(Value::as_array) {
        let plain = |part: &Value| {
            matches!(
                part.get("type").and_then(Value::as_str),
                Some("integer" | "string")
            )
        };
        return if parts.iter().all(plain) {
            Kind::Either
        } else {
            Kind::Free
        };
    }
    let format = schema.get("format").and_then(Value::as_str);
    match schema.get("type").and_then(Value::as_str) {
        Some("integer") => Kind::Integer,
        Some("number") => Kind::Decimal,
        Some("boolean") => Kind::Boolean,
        Some("string") => match format {
            Some("date-time") => Kind::DateTime,
            Some("date") => Kind::Date,
            _ => Kind::Text,
        },
        Some("array") => {
            let items = schema.get("items").unwrap_or(&Value::Null);
            Kind::Array(Box::new(Property::read("", items, true)))
        }
        _ if schema.get("properties").is_some() => Kind::Object(properties(schema)),
        _ => Kind::Free,
    }
}
