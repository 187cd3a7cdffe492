//! What an unquoted YAML word means: the core schema of YAML 1.2, as far as JSON can say it.
//!
//! `no`, `on` and dates are texts here, unlike in YAML 1.1.

use crate::node::Value;

/// The value of an unquoted word, or why it has none in JSON.
pub(super) fn resolve(word: &str) -> Result<Value, &'static str> {
    match word {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::Null),
        "true" | "True" | "TRUE" => return Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Value::Bool(false)),
        _ => {}
    }
    if !word.starts_with([
        '-', '+', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
    ]) {
        return Ok(Value::String(word.to_owned()));
    }
    if is_json_number(word) {
        Ok(Value::Number(word.to_owned()))
    } else if is_yaml_number(word) {
        Err("YAML reads it as a number, but it isn't one in JSON")
    } else {
        Ok(Value::String(word.to_owned()))
    }
}

/// `-1.50`, `0`, `2e3`: what a JSON number looks like.
fn is_json_number(word: &str) -> bool {
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = split_exponent(unsigned);
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    is_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(is_exponent)
}

/// `+1`, `007`, `.5`, `1.`, `0x1F`, `0o17`, `.inf`, `.nan`: numbers of the core schema.
fn is_yaml_number(word: &str) -> bool {
    let unsigned = word.strip_prefix(['-', '+']).unwrap_or(word);
    if let ".inf" | ".Inf" | ".INF" = unsigned {
        return true;
    }
    if let ".nan" | ".NaN" | ".NAN" = word {
        return true;
    }
    if let Some(digits) = word.strip_prefix("0x") {
        return !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    }
    if let Some(digits) = word.strip_prefix("0o") {
        return !digits.is_empty() && digits.bytes().all(|digit| matches!(digit, b'0'..=b'7'));
    }
    let (mantissa, exponent) = split_exponent(unsigned);
    let is_mantissa = match mantissa.split_once('.') {
        Some(("", fraction)) => is_digits(fraction),
        Some((whole, fraction)) => is_digits(whole) && (fraction.is_empty() || is_digits(fraction)),
        None => is_digits(mantissa),
    };
    is_mantissa && exponent.is_none_or(is_exponent)
}

fn split_exponent(unsigned: &str) -> (&str, Option<&str>) {
    match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    }
}

fn is_exponent(text: &str) -> bool {
    is_digits(text.strip_prefix(['-', '+']).unwrap_or(text))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_only_look_special_are_texts() {
        for word in [
            "no",
            "on",
            "yes",
            "off",
            "y",
            "nULL",
            "2024-01-31",
            "3.0.3",
            "4XX",
            "1_000",
            "-",
            "--",
            "1.2.3",
            "0x",
            "0xZZ",
            "0o8",
            "e5",
            ".",
            "1e",
            "+",
            "12:30",
            ".e5",
            "-.inf.",
        ] {
            assert_eq!(resolve(word), Ok(Value::String(word.to_owned())), "{word}");
        }
    }

    #[test]
    fn numbers_keep_their_digits() {
        for word in ["0", "-0", "10", "1.50", "-0.005", "1e2", "1E+2", "2.5e-07"] {
            assert_eq!(resolve(word), Ok(Value::Number(word.to_owned())), "{word}");
        }
    }

    #[test]
    fn numbers_that_json_cannot_write_are_refused() {
        for word in [
            "+1", "007", "-01", ".5", "1.", "0x1F", "0o17", ".inf", "-.Inf", ".nan", "+1e5",
        ] {
            assert!(resolve(word).is_err(), "{word}");
        }
    }

    #[test]
    fn null_and_booleans_have_three_spellings() {
        assert_eq!(resolve("~"), Ok(Value::Null));
        assert_eq!(resolve("NULL"), Ok(Value::Null));
        assert_eq!(resolve("True"), Ok(Value::Bool(true)));
        assert_eq!(resolve("FALSE"), Ok(Value::Bool(false)));
    }
}
