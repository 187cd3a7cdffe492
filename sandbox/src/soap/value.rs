//! Single values: how the wire has them, both ways.

use rust_decimal::Decimal;
use serde_json::{Number, Value};

use super::settings::SoapDates;
use super::table::Kind;
use crate::list::number;
use crate::schema::dates;

/// The element of an item that is no object, named after its type.
pub(crate) fn item_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Int => "int",
        Kind::Decimal => "decimal",
        Kind::Bool => "boolean",
        Kind::Date => "dateTime",
        _ => "string",
    }
}

/// Reads the text of an element; none where it is no value of its kind.
pub(crate) fn read(kind: &Kind, text: &str, style: SoapDates) -> Option<Value> {
    let trimmed = text.trim();
    Some(match kind {
        Kind::Int => Value::from(trimmed.parse::<i32>().ok()?),
        Kind::Decimal => {
            let digits = trimmed
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
            let number = Decimal::from_str_exact(trimmed).ok().filter(|_| digits)?;
            Value::Number(number.to_string().parse::<Number>().ok()?)
        }
        Kind::Bool => Value::Bool(boolean(trimmed)?),
        Kind::Date => {
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

/// As XML Schema has it, in small letters only.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text.trim() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// A value as the wire has it; none for null.
pub(crate) fn write(kind: &Kind, value: &Value, style: SoapDates) -> Option<String> {
    let plain = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    Some(match kind {
        // Four places, as in the published example.
        Kind::Decimal => number::parse(&plain).map_or(plain, |mut amount| {
            if amount.scale() < 2 {
                amount.rescale(4);
            }
            amount.to_string()
        }),
        Kind::Int => {
            number::parse(&plain).map_or(plain, |amount| amount.trunc().normalize().to_string())
        }
        Kind::Date => match (dates::parse(&plain), style) {
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
    fn values_as_the_wire_has_them() {
        let written = |kind: Kind, value: &str| {
            write(
                &kind,
                &serde_json::from_str(value).expect("JSON"),
                SoapDates::Any,
            )
        };
        assert_eq!(written(Kind::Decimal, "10").as_deref(), Some("10.0000"));
        assert_eq!(
            written(Kind::Decimal, "-1.25e-1").as_deref(),
            Some("-0.125")
        );
        assert_eq!(
            written(Kind::Decimal, "1234567890123.4567").as_deref(),
            Some("1234567890123.4567")
        );
        assert_eq!(written(Kind::Int, "2.50").as_deref(), Some("2"));
        assert_eq!(written(Kind::Int, "null"), None);
        assert_eq!(written(Kind::Bool, "true").as_deref(), Some("true"));
        assert_eq!(
            written(Kind::Date, "\"2024-03-01\"").as_deref(),
            Some("2024-03-01T00:00:00")
        );
    }
}
