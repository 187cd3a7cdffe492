//! Values in the query of a request.

use percent_encoding::utf8_percent_encode;

use crate::runtime::transport::path::RESERVED;
use crate::types::{Money, Quantity, RevioDate, RevioDateTime, TextOrNumber};

/// The query of one request, encoded as it grows.
#[derive(Default)]
pub(crate) struct Query(String);

impl Query {
    /// Adds one parameter. A name that is there already is repeated, which is how the API takes several values.
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.extend(utf8_percent_encode(name, RESERVED));
        self.0.push('=');
        self.0.extend(utf8_percent_encode(value, RESERVED));
    }

    pub(in crate::runtime) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A value that can be a query parameter.
pub(crate) trait QueryValue {
    /// Adds the value under `name`: nothing for `None`, one parameter for each item of a list.
    fn append(&self, name: &str, query: &mut Query);
}

impl QueryValue for str {
    fn append(&self, name: &str, query: &mut Query) {
        query.push(name, self);
    }
}

/// For types whose `Display` is what the API expects.
macro_rules! query_by_display {
    ($($type:ty),+) => {$(
        impl QueryValue for $type {
            fn append(&self, name: &str, query: &mut Query) {
                query.push(name, &self.to_string());
            }
        }
    )+};
}

query_by_display!(
    String,
    bool,
    i32,
    i64,
    u32,
    Money,
    Quantity,
    RevioDate,
    RevioDateTime,
    TextOrNumber
);

impl<T: QueryValue + ?Sized> QueryValue for &T {
    fn append(&self, name: &str, query: &mut Query) {
        (**self).append(name, query);
    }
}

impl<T: QueryValue> QueryValue for Option<T> {
    fn append(&self, name: &str, query: &mut Query) {
        if let Some(value) = self {
            value.append(name, query);
        }
    }
}

impl<T: QueryValue> QueryValue for [T] {
    fn append(&self, name: &str, query: &mut Query) {
        for value in self {
            value.append(name, query);
        }
    }
}

impl<T: QueryValue> QueryValue for Vec<T> {
    fn append(&self, name: &str, query: &mut Query) {
        self.as_slice().append(name, query);
    }
}
