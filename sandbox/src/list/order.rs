//! The sort order of a list: `sort=<field>` ascending, `sort=-<field>` descending, by id otherwise.
//!
//! Missing values come first when ascending. Equal records keep the order of their ids in both
//! directions, so that pages never overlap.

use std::cmp::Ordering;

use chrono::NaiveDateTime;
use rust_decimal::Decimal;
use serde_json::Value;

use super::number;
use super::query::Query;
use crate::failure::Failure;
use crate::schema::{Property, Record, dates};

/// A field to sort by.
pub(crate) struct Order<'a> {
    pub(crate) property: &'a Property,
    descending: bool,
}

impl<'a> Order<'a> {
    /// The order of a query, if it has one.
    pub(crate) fn read(record: &'a Record, query: &Query) -> Result<Option<Self>, Failure> {
        let Some(text) = query.given("sort") else {
            return Ok(None);
        };
        let (descending, name) = match text.strip_prefix('-') {
            Some(name) => (true, name),
            None => (false, text),
        };
        let property = record
            .property(name)
            .filter(|property| property.kind.is_scalar() && !property.write_only)
            .ok_or_else(|| {
                Failure::bad(
                    "sort must name a plain field of the record, with a leading - for descending order",
                )
            })?;
        Ok(Some(Self {
            property,
            descending,
        }))
    }

    pub(crate) fn compare(&self, one: &Key, other: &Key) -> Ordering {
        let order = one.cmp(other);
        if self.descending {
            order.reverse()
        } else {
            order
        }
    }
}

/// The sort key of a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Nothing,
    Flag(bool),
    Number(Decimal),
    Moment(NaiveDateTime),
    /// In lower case.
    Text(String),
}

impl Key {
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Bool(flag) => Self::Flag(*flag),
            Value::Number(_) => number::of(value).map_or(Self::Nothing, Self::Number),
            Value::String(text) => {
                dates::parse(text).map_or_else(|| Self::Text(text.to_lowercase()), Self::Moment)
            }
            _ => Self::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_compare_like_their_values() {
        let ordered = [
            json!(null),
            json!(false),
            json!(true),
            json!(-2),
            json!(9),
            json!(10),
            json!("0001-01-01T00:00:00"),
            json!("2024-01-01"),
            json!("2024-01-01T10:00:00"),
            json!(""),
            json!("alpha"),
            json!("Beta"),
        ];
        for pair in ordered.windows(2) {
            assert!(Key::of(&pair[0]) < Key::of(&pair[1]), "{pair:?}");
        }
    }
}
