//! Numbers of a schema, compared by value however they are written.

use std::cmp::Ordering;

/// A decimal number: `mantissa * 10^exponent`, without trailing zeros in the mantissa.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Number {
    mantissa: i128,
    exponent: i32,
}

impl Number {
    /// Reads the digits of a JSON number. Nothing for one beyond 38 digits or a huge exponent.
    pub(crate) fn read(digits: &str) -> Option<Self> {
        let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
        let exponent: i32 = exponent.parse().ok()?;
        if exponent.unsigned_abs() > 1_000 {
            return None;
        }
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let places = i32::try_from(fraction.len()).ok()?;
        let number = Self {
            mantissa: format!("{whole}{fraction}").parse().ok()?,
            exponent: exponent - places,
        };
        Some(number.normal())
    }

    pub(crate) fn whole(value: i128) -> Self {
        let exponent = 0;
        let mantissa = value;
        Self { mantissa, exponent }.normal()
    }

    fn normal(mut self) -> Self {
        if self.mantissa == 0 {
            self.exponent = 0;
        }
        while self.mantissa != 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.exponent += 1;
        }
        self
    }

    pub(crate) fn is_whole(self) -> bool {
        self.exponent >= 0
    }

    /// The value as a whole number, rounded up or down when it has a fraction.
    pub(crate) fn rounded(self, up: bool) -> Option<i128> {
        let power = 10_i128.checked_pow(self.exponent.unsigned_abs())?;
        if self.exponent >= 0 {
            return self.mantissa.checked_mul(power);
        }
        let floor = self.mantissa.div_euclid(power);
        if up {
            floor.checked_add(1)
        } else {
            Some(floor)
        }
    }

    /// Both as whole multiples of the same power of ten.
    fn aligned(self, other: Self) -> Option<(i128, i128)> {
        let exponent = self.exponent.min(other.exponent);
        let scale = |number: Self| {
            let shift = u32::try_from(number.exponent - exponent).ok()?;
            number.mantissa.checked_mul(10_i128.checked_pow(shift)?)
        };
        Some((scale(self)?, scale(other)?))
    }

    /// Whether this is a whole multiple of `other`; nothing when it can't be decided.
    pub(crate) fn is_multiple_of(self, other: Self) -> Option<bool> {
        let (this, other) = self.aligned(other)?;
        this.checked_rem(other).map(|rest| rest == 0)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "only the order of magnitude is used"
    )]
    fn approximate(self) -> f64 {
        self.mantissa as f64 * 10_f64.powi(self.exponent)
    }

    /// As JSON digits.
    pub(crate) fn digits(self) -> String {
        match self.rounded(false) {
            Some(whole) if self.exponent >= 0 => whole.to_string(),
            _ => format!("{}e{}", self.mantissa, self.exponent),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match self.aligned(*other) {
            Some((this, other)) => this.cmp(&other),
            None => self.approximate().total_cmp(&other.approximate()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_are_equal_however_they_are_written() {
        for (a, b) in [("1", "1.0"), ("100", "1e2"), ("0.50", "5E-1"), ("-0", "0")] {
            assert_eq!(Number::read(a), Number::read(b), "{a} {b}");
        }
    }

    #[test]
    fn order_is_by_value() {
        let read = |digits| Number::read(digits).unwrap();
        assert!(read("9223372036854775806") < read("9223372036854775807"));
        assert!(read("-1.5") < read("-1.25"));
        assert!(read("1e300") > read("1e-300"));
    }

    #[test]
    fn multiples_of_fractions_are_exact() {
        let read = |digits| Number::read(digits).unwrap();
        assert_eq!(read("0.3").is_multiple_of(read("0.1")), Some(true));
        assert_eq!(read("0.35").is_multiple_of(read("0.1")), Some(false));
        assert_eq!(read("5").is_multiple_of(read("0")), None);
    }

    #[test]
    fn fractions_round_to_the_asked_side() {
        let read = |digits| Number::read(digits).unwrap();
        assert_eq!(read("-1.5").rounded(false), Some(-2));
        assert_eq!(read("-1.5").rounded(true), Some(-1));
        assert_eq!(read("12e2").rounded(true), Some(1200));
    }
}
