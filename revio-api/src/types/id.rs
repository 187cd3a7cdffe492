//! Typed ids: a customer's id can't be handed to a call that wants a bill's.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};

/// A text that isn't an id.
///
/// ```
/// use revio_api::ids::CustomerId;
///
/// assert_eq!("1015".parse(), Ok(CustomerId(1015)));
/// let error = "ACME".parse::<CustomerId>().unwrap_err();
/// assert_eq!(error.to_string(), "not an id; expected a whole number of at most 2147483647");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseIdError(pub(crate) ());

impl fmt::Display for ParseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id; expected a whole number of at most 2147483647")
    }
}

impl std::error::Error for ParseIdError {}

/// Reads an id, or any other 32-bit whole number, from a JSON number or a string that holds one.
pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i32, D::Error> {
    deserializer.deserialize_any(WholeNumber)
}

struct WholeNumber;

impl<'de> Visitor<'de> for WholeNumber {
    type Value = i32;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number of 32 bits")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<i32, E> {
        i32::try_from(number).map_err(|_| E::invalid_value(de::Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<i32, E> {
        i32::try_from(number).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<i32, E> {
        text.trim()
            .parse()
            .map_err(|_| E::invalid_value(de::Unexpected::Other("text"), &self))
    }

    // With serde_json's arbitrary_precision, which any crate of a build can turn on, a number arrives as a map
    // that only serde_json::Number understands.
    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<i32, A::Error> {
        let number = serde_json::Number::deserialize(de::value::MapAccessDeserializer::new(map))
            .map_err(|_| de::Error::invalid_type(de::Unexpected::Map, &self))?;
        let whole = number
            .as_i64()
            .and_then(|number| i32::try_from(number).ok());
        whole.ok_or_else(|| de::Error::invalid_value(de::Unexpected::Other("number"), &self))
    }
}

/// Gives an id type, a 32-bit whole number of its own kind, its text and JSON forms.
macro_rules! id_type {
    ($name:ident) => {
        impl $name {
            /// The bare number.
            pub const fn get(self) -> i32 {
                self.0
            }
        }

        impl ::std::convert::From<i32> for $name {
            fn from(id: i32) -> Self {
                Self(id)
            }
        }

        impl ::std::convert::From<$name> for i32 {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::write!(f, ::std::concat!(::std::stringify!($name), "({})"), self.0)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::types::ParseIdError;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                text.parse()
                    .map(Self)
                    .map_err(|_| $crate::types::ParseIdError(()))
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_i32(self.0)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::types::id_number(deserializer).map(Self)
            }
        }

        impl $crate::runtime::NewId for $name {
            const NAME: &'static str = ::std::stringify!($name);
        }

        impl $crate::runtime::QueryValue for $name {
            fn append(&self, name: &str, query: &mut $crate::runtime::Query) {
                query.push(name, &self.0.to_string());
            }
        }

        impl $crate::runtime::PathValue for $name {
            fn segment(&self) -> ::std::borrow::Cow<'_, str> {
                self.0.to_string().into()
            }
        }
    };
}
pub(crate) use id_type;
