//! The exact decimal codec that [`Money`](super::Money) and [`Quantity`](super::Quantity) share.
//!
//! A JSON number is taken as the text that was sent, never through `f64`: 15 digits are all that `f64` can promise,
//! and an amount that lost its last cent looks right. serde's usual route goes through `f64`, so the number is read
//! and written as a [`RawValue`]. Where serde buffers values first (`flatten`, untagged enums) the raw text is gone
//! already and reading is an error, not a silent rounding.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use serde_json::value::RawValue;

use super::lenient;

/// Most digits behind the decimal point, and most digits in all that are always accepted.
const MAX_DIGITS: u32 = Decimal::MAX_SCALE;

/// A text that isn't a number, or one that doesn't fit without rounding.
///
/// The text itself isn't repeated: it may come from a customer's record.
///
/// ```
/// use revio_api::types::Money;
///
/// let error = "12,50".parse::<Money>().unwrap_err();
/// assert_eq!(error.to_string(), "not a decimal number; expected digits such as -12.50");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseDecimalError(Problem);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Problem {
    NotANumber,
    TooManyDigits,
}

impl ParseDecimalError {
    /// What was expected, in the form that serde's own messages end with.
    const fn expected(self) -> &'static str {
        match self.0 {
            Problem::NotANumber => "a decimal number",
            Problem::TooManyDigits => "a decimal number of at most 28 digits",
        }
    }
}

impl fmt::Display for ParseDecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Problem::NotANumber => "not a decimal number; expected digits such as -12.50",
            Problem::TooManyDigits => "more than 28 digits; the number cannot be kept exactly",
        })
    }
}

impl std::error::Error for ParseDecimalError {}

/// Reads a number in JSON's notation, `1e2` included, without ever rounding.
pub(super) fn parse(text: &str) -> Result<Decimal, ParseDecimalError> {
    let (mantissa, exponent) = split(text).ok_or(ParseDecimalError(Problem::NotANumber))?;
    let number =
        Decimal::from_str_exact(mantissa).map_err(|_| ParseDecimalError(Problem::TooManyDigits))?;
    match exponent {
        None => Ok(number),
        Some(exponent) => scale(number, exponent).ok_or(ParseDecimalError(Problem::TooManyDigits)),
    }
}

/// Splits a number into mantissa and exponent; `None` when it is no number.
fn split(text: &str) -> Option<(&str, Option<&str>)> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let unsigned = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let exponent_digits = exponent.map_or("0", |e| e.strip_prefix(['+', '-']).unwrap_or(e));
    let all_digits =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (all_digits(whole) && all_digits(fraction) && all_digits(exponent_digits))
        .then_some((mantissa, exponent))
}

/// `number` times ten to the power of `exponent`, or `None` when that isn't exact.
fn scale(mut number: Decimal, exponent: &str) -> Option<Decimal> {
    if number.is_zero() {
        return Some(number);
    }
    // More digits than i32 holds are an exponent out of all reason.
    let exponent: i32 = exponent.parse().ok()?;
    let wanted = i32::try_from(number.scale()).ok()?.checked_sub(exponent)?;
    if let Ok(places) = u32::try_from(wanted) {
        if places > MAX_DIGITS {
            return None;
        }
        number.set_scale(places).ok()?;
        return Some(number);
    }
    number.set_scale(0).ok()?;
    let zeros = wanted.unsigned_abs();
    if zeros > MAX_DIGITS {
        return None;
    }
    number.checked_mul(Decimal::from_i128_with_scale(10_i128.pow(zeros), 0))
}

/// Reads a JSON number or a string that holds one.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    let text = lenient::scalar::<D::Error>(&raw)?;
    // The value isn't repeated in the message: it may be a customer's.
    parse(&text).map_err(|error| {
        de::Error::invalid_value(de::Unexpected::Other("value"), &error.expected())
    })
}

/// Writes the digits as a JSON number, trailing zeros included.
pub(super) fn write<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    let raw = RawValue::from_string(number.to_string()).map_err(ser::Error::custom)?;
    raw.serialize(serializer)
}

/// The exact sum, or `None` when it needs more than 28 digits.
pub(super) fn checked_add(left: Decimal, right: Decimal) -> Option<Decimal> {
    exact(left, right, Decimal::checked_add, u32::max)
}

/// The exact product, or `None` when it needs more than 28 digits.
pub(super) fn checked_mul(left: Decimal, right: Decimal) -> Option<Decimal> {
    exact(left, right, Decimal::checked_mul, |left, right| {
        left + right
    })
}

/// Computes without rounding: `Decimal` gives up places behind the point when a result gets too long, so a result
/// with fewer places than it should have isn't taken.
fn exact(
    left: Decimal,
    right: Decimal,
    compute: fn(Decimal, Decimal) -> Option<Decimal>,
    places: fn(u32, u32) -> u32,
) -> Option<Decimal> {
    let attempt = |left: Decimal, right: Decimal| {
        let result = compute(left, right)?;
        let complete = result.scale() == places(left.scale(), right.scale());
        (complete || left.is_zero() || right.is_zero()).then_some(result)
    };
    // Zeros at the end may be given up.
    attempt(left, right).or_else(|| attempt(left.normalize(), right.normalize()))
}
