//! Amounts and counts, exact to the last digit.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::decimal::{self, ParseDecimalError};

/// Declares one exact number type.
macro_rules! exact_number {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(Decimal);

        impl $name {
            /// Zero.
            pub const ZERO: Self = Self(Decimal::ZERO);

            /// The number as a [`Decimal`], for arithmetic that isn't offered here, such as explicit rounding.
            pub const fn decimal(self) -> Decimal {
                self.0
            }

            /// Whether the number is zero, whatever its places behind the point.
            pub const fn is_zero(self) -> bool {
                self.0.is_zero()
            }

            /// Whether the number is below zero.
            pub fn is_negative(self) -> bool {
                self.0 < Decimal::ZERO
            }

            /// The exact sum, or `None` when it needs more than 28 digits.
            pub fn checked_add(self, other: Self) -> Option<Self> {
                decimal::checked_add(self.0, other.0).map(Self)
            }

            /// The exact difference, or `None` when it needs more than 28 digits.
            pub fn checked_sub(self, other: Self) -> Option<Self> {
                decimal::checked_add(self.0, -other.0).map(Self)
            }
        }

        impl From<Decimal> for $name {
            fn from(number: Decimal) -> Self {
                Self(number)
            }
        }

        impl From<$name> for Decimal {
            fn from(number: $name) -> Self {
                number.0
            }
        }

        impl From<i32> for $name {
            fn from(whole: i32) -> Self {
                Self(Decimal::from(whole))
            }
        }

        impl From<i64> for $name {
            fn from(whole: i64) -> Self {
                Self(Decimal::from(whole))
            }
        }

        impl FromStr for $name {
            type Err = ParseDecimalError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                decimal::parse(text).map(Self)
            }
        }

        /// Plain digits, with the places that were read: never an exponent, a currency sign or a separator. Width and
        /// fill are obeyed; a precision is not, since it would round.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let text = self.0.to_string();
                match text.strip_prefix('-') {
                    Some(digits) => f.pad_integral(false, "", digits),
                    None => f.pad_integral(true, "", &text),
                }
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl Add for $name {
            type Output = Self;

            /// # Panics
            /// When the exact sum needs more than 28 digits; see `checked_add`.
            fn add(self, other: Self) -> Self {
                self.checked_add(other).expect("the exact sum needs more than 28 digits")
            }
        }

        impl Sub for $name {
            type Output = Self;

            /// # Panics
            /// When the exact difference needs more than 28 digits; see `checked_sub`.
            fn sub(self, other: Self) -> Self {
                self.checked_sub(other).expect("the exact difference needs more than 28 digits")
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }

        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                *self = *self - other;
            }
        }

        impl Neg for $name {
            type Output = Self;

            fn neg(self) -> Self {
                Self(-self.0)
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
                numbers.fold(Self::ZERO, Add::add)
            }
        }

        impl<'a> Sum<&'a Self> for $name {
            fn sum<I: Iterator<Item = &'a Self>>(numbers: I) -> Self {
                numbers.copied().sum()
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                decimal::write(&self.0, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                decimal::read(deserializer).map(Self)
            }
        }
    };
}

exact_number! {
    /// An amount of money, a rate or a cost, in the currency of the record that holds it.
    ///
    /// What comes in goes out: a JSON number, or a string that holds one, is kept digit for digit (up to 28 digits)
    /// and is written as a JSON number with the same digits, trailing zeros included. Scientific notation keeps its
    /// value and is written plainly: `1e2` becomes `100`, and `-0.00` becomes
    /// `0.00`. A longer number is an error; nothing is ever rounded.
    ///
    /// ```
    /// use revio_api::types::{Money, Quantity};
    ///
    /// let price: Money = "10.50".parse()?;
    /// assert_eq!(price.to_string(), "10.50");
    /// assert_eq!(serde_json::to_string(&price)?, "10.50");
    /// assert_eq!((price * Quantity::from(3)).to_string(), "31.50");
    ///
    /// let amounts: Vec<Money> = serde_json::from_str(r#"[0.1, "0.2", 1234567890123.4567]"#)?;
    /// assert_eq!(amounts.iter().sum::<Money>().to_string(), "1234567890123.7567");
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// There is no way in from `f64`, which can't hold a tenth:
    ///
    /// ```compile_fail,E0277
    /// let price = revio_api::types::Money::from(10.50_f64);
    /// ```
    ///
    /// # Troubleshooting
    /// Don't take records through [`serde_json::Value`]: it keeps numbers as `f64` and rounds them before this type
    /// sees them. Read from text or bytes instead.
    Money
}

exact_number! {
    /// A count that may have a fraction, such as hours or units; exact like [`Money`].
    ///
    /// ```
    /// use revio_api::types::Quantity;
    ///
    /// let hours: Quantity = "1.25".parse()?;
    /// assert_eq!((hours + Quantity::from(2)).to_string(), "3.25");
    /// # Ok::<_, revio_api::types::ParseDecimalError>(())
    /// ```
    Quantity
}

impl Money {
    /// An amount given in hundredths: `from_cents(1050)` is `10.50`.
    ///
    /// ```
    /// use revio_api::types::Money;
    ///
    /// assert_eq!(Money::from_cents(-5).to_string(), "-0.05");
    /// ```
    pub fn from_cents(cents: i64) -> Self {
        Self(Decimal::new(cents, 2))
    }

    /// The exact product, or `None` when it needs more than 28 digits.
    ///
    /// ```
    /// use revio_api::types::{Money, Quantity};
    ///
    /// let rate: Money = "0.0125".parse()?;
    /// let minutes: Quantity = "61.5".parse()?;
    /// assert_eq!(rate.checked_mul(minutes).unwrap().to_string(), "0.76875");
    /// # Ok::<_, revio_api::types::ParseDecimalError>(())
    /// ```
    pub fn checked_mul(self, quantity: Quantity) -> Option<Self> {
        decimal::checked_mul(self.0, quantity.0).map(Self)
    }
}

impl Mul<Quantity> for Money {
    type Output = Self;

    /// # Panics
    /// When the exact product needs more than 28 digits; see [`Money::checked_mul`].
    fn mul(self, quantity: Quantity) -> Self {
        self.checked_mul(quantity)
            .expect("the exact product needs more than 28 digits")
    }
}
