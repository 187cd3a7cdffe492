//! Decimal numbers for comparisons, without binary floating point.

use rust_decimal::Decimal;
use serde_json::Value;

/// Reads `12.50` as well as `1.25e1`.
pub(crate) fn parse(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text)
        .or_else(|_| Decimal::from_scientific(text))
        .ok()
}

/// The number in a value: a JSON number, or a string with a number.
pub(crate) fn of(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => parse(&number.to_string()),
        Value::String(text) => parse(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notation_does_not_matter() {
        assert_eq!(parse("12.50"), parse("1.25e1"));
        assert_eq!(parse("-0.0050"), parse("-5e-3"));
        assert_eq!(
            parse("1234567890123456789012.3456")
                .map(|number| number.to_string())
                .as_deref(),
            Some("1234567890123456789012.3456")
        );
        for bad in ["", "x", "1,5", "NaN", "1e9999"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
