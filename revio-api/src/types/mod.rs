//! The values that records and bodies are made of.
//!
//! Rev.io's JSON is loose: amounts come as numbers or strings, dates without a zone, `0001-01-01` where there is no
//! date, lists of allowed values that grow. Each type here reads what the server may send, never loses what it read,
//! and writes it back the same way.

mod created;
mod date;
mod decimal;
mod extras;
mod file_body;
mod id;
mod json;
pub(crate) mod lenient;
mod money;
pub(crate) mod nullable;
mod open_enum;
mod page;
mod patch;
mod text_or_number;

pub use self::created::Created;
pub use self::date::{ParseDateError, RevioDate, RevioDateTime};
pub use self::decimal::ParseDecimalError;
pub use self::extras::Extras;
pub use self::file_body::FileBody;
pub use self::id::ParseIdError;
pub(crate) use self::id::read as id_number;
pub use self::json::{Json, JsonError};
pub use self::money::{Money, Quantity};
pub use self::nullable::Nullable;
pub(crate) use self::open_enum::read as enum_text;
pub use self::page::Page;
pub use self::patch::{Field, Patch};
pub use self::text_or_number::TextOrNumber;
pub use rust_decimal::Decimal;

/// What generated code declares its ids and value lists with.
pub(crate) mod macros {
    pub(crate) use super::id::id_type;
    pub(crate) use super::open_enum::open_enum;
}
