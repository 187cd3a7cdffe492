//! Single values: reads and writes their text.

use rust_decimal::Decimal;
use serde_json::{Number, Value};

use super::settings::SoapDates;
use super::table::ElementKind;
use crate::list::number;
use crate::schema::dates;

/// The element name of an item that is no object: the name of its type.
pub(crate) fn item_name(kind: &ElementKind) -> &'static str {
    match kind {
        ElementKind::Int => "int",
        ElementKind::Decimal => "decimal",
        ElementKind::Bool => "boolean",
        ElementKind::Date => "dateTime",
        _ => "string",
    }
}

/// Reads the text of an element; none where it is no value of its type.
pub(crate) fn read(kind: &ElementKind, text: &str, style: SoapDates) -> Option<Value> {
    let trimmed = text.trim();
    Some(match kind {
        ElementKind::Int => Value::from(trimmed.parse::<i32>().ok()?),
        ElementKind::Decimal => {
            let digits = trimmed
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
            let number = Decimal::from_str_exact(trimmed).ok().filter(|_| digits)?;
            Value::Number(number.to_string().parse::<Number>().ok()?)
        }
        ElementKind::Bool => Value::Bool(boolean(trimmed)?),
        ElementKind::Date => {
            let moment = dates::parse(trimmed)?;
            let fits = match style {
                SoapDates::Any => true,
                SoapDates::Day => dates::is_day(trimmed),
                SoapDates::Time => !dates::is_day(trimmed),
            };
            Value::String(fits.then(|| dates::text(moment))?)
        }
        _ => Value::from(text),
    })
}

/// A boolean of XML Schema, in lower case only.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text.trim() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// The text of a value; none for null.
pub(crate) fn write(kind: &ElementKind, value: &Value, style: SoapDates) -> Option<String> {
    let plain = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    Some(match kind {
        // Four decimal places, as in the published example.
        ElementKind::Decimal => number::parse(&plain).map_or(plain, |mut amount| {
            if amount.scale() < 2 {
                amount.rescale(4);
            }
            amount.to_string()
        }),
        ElementKind::Int => {
            number::parse(&plain).map_or(plain, |amount| amount.trunc().normalize().to_string())
        }
        ElementKind::Date => match (dates::parse(&plain), style) {
            (Some(moment), SoapDates::Day) => dates::text(moment).chars().take(10).collect(),
            (Some(moment), _) => dates::text(moment),
            (None, _) => plain,
        },
        _ => plain,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_like_the_published_example() {
        let written = |kind: ElementKind, value: &str| {
            write(
                &kind,
                &serde_json::from_str(value).expect("JSON"),
                SoapDates::Any,
            )
        };
        assert_eq!(
            written(ElementKind::Decimal, "10").as_deref(),
            Some("10.0000")
        );
        assert_eq!(
            written(ElementKind::Decimal, "-1.25e-1").as_deref(),
            Some("-0.125")
        );
        assert_eq!(
            written(ElementKind::Decimal, "1234567890123.4567").as_deref(),
            Some("1234567890123.4567")
        );
        assert_eq!(written(ElementKind::Int, "2.50").as_deref(), Some("2"));
        assert_eq!(written(ElementKind::Int, "null"), None);
        assert_eq!(written(ElementKind::Bool, "true").as_deref(), Some("true"));
        assert_eq!(
            written(ElementKind::Date, "\"2024-03-01\"").as_deref(),
            Some("2024-03-01T00:00:00")
        );
    }
}
