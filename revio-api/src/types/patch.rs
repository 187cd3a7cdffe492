//! Changes to single fields: JSON Patch (RFC 6902), checked by type.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::ser::{Error as _, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// One field of a record of type `R` that holds a `V`.
///
/// Generated code has a constant for each field that can be patched.
///
/// ```
/// use revio_api::types::{Field, Money};
///
/// struct Customer;
/// const CREDIT_LIMIT: Field<Customer, Money> = Field::new("/finance/credit_limit");
/// assert_eq!(CREDIT_LIMIT.pointer(), "/finance/credit_limit");
/// ```
pub struct Field<R, V> {
    pointer: &'static str,
    types: PhantomData<fn(R) -> V>,
}

impl<R, V> Field<R, V> {
    /// Names a field by its JSON pointer (RFC 6901): `/email`, or `/finance/credit_limit` for a nested one.
    pub const fn new(pointer: &'static str) -> Self {
        Self {
            pointer,
            types: PhantomData,
        }
    }

    /// The JSON pointer.
    pub const fn pointer(&self) -> &'static str {
        self.pointer
    }
}

impl<R, V> Clone for Field<R, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, V> Copy for Field<R, V> {}

impl<R, V> fmt::Debug for Field<R, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({})", self.pointer)
    }
}

/// Changes to single fields of a record of type `R`, made in the order given.
///
/// The vendor documents `replace` only, so that is all there is; clearing a field replaces it with `null`. The server
/// decides whether a field may be cleared. `Debug` shows which fields are changed, never the values.
///
/// ```
/// use revio_api::types::{Field, Money, Patch};
///
/// struct Customer;
/// const EMAIL: Field<Customer, String> = Field::new("/email");
/// const PHONE: Field<Customer, String> = Field::new("/phone");
/// const CREDIT_LIMIT: Field<Customer, Money> = Field::new("/finance/credit_limit");
///
/// let patch = Patch::new()
///     .replace(EMAIL, "a@b.c")
///     .replace(CREDIT_LIMIT, Money::from_cents(1050))
///     .clear(PHONE);
/// assert_eq!(
///     serde_json::to_string(&patch)?,
///     concat!(
///         r#"[{"op":"replace","path":"/email","value":"a@b.c"},"#,
///         r#"{"op":"replace","path":"/finance/credit_limit","value":10.50},"#,
///         r#"{"op":"replace","path":"/phone","value":null}]"#,
///     )
/// );
/// # Ok::<_, serde_json::Error>(())
/// ```
pub struct Patch<R> {
    changes: Vec<Change>,
    record: PhantomData<fn(R)>,
}

#[derive(Clone)]
struct Change {
    pointer: Cow<'static, str>,
    /// Raw, so that the digits of an amount survive. `None` when the value has no JSON form.
    value: Option<Box<RawValue>>,
}

impl<R> Patch<R> {
    /// A patch that changes nothing yet.
    pub fn new() -> Self {
        Self {
            changes: Vec::new(),
            record: PhantomData,
        }
    }

    /// Replaces the value of a field.
    pub fn replace<V: Serialize>(self, field: Field<R, V>, value: impl Into<V>) -> Self {
        self.push(field.pointer.into(), &value.into())
    }

    /// Clears a field by replacing its value with `null`.
    pub fn clear<V>(self, field: Field<R, V>) -> Self {
        self.push(field.pointer.into(), &())
    }

    /// Replaces the value of the custom field at a position of the record's `fields`, counted from 0.
    ///
    /// The position is the one in the record as the server returns it **now**, not the field's id, and it can differ
    /// from record to record: read the record first.
    ///
    /// ```
    /// use revio_api::types::Patch;
    ///
    /// struct Customer;
    /// let patch = Patch::<Customer>::new().replace_custom_field(2, "gold");
    /// assert_eq!(serde_json::to_string(&patch)?, r#"[{"op":"replace","path":"/fields/2/value","value":"gold"}]"#);
    /// # Ok::<_, serde_json::Error>(())
    /// ```
    pub fn replace_custom_field(self, position: usize, value: impl Into<String>) -> Self {
        self.push(format!("/fields/{position}/value").into(), &value.into())
    }

    /// Whether the patch changes nothing.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    fn push<V: Serialize + ?Sized>(mut self, pointer: Cow<'static, str>, value: &V) -> Self {
        self.changes.push(Change {
            pointer,
            value: serde_json::value::to_raw_value(value).ok(),
        });
        self
    }
}

impl<R> Default for Patch<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R> Clone for Patch<R> {
    fn clone(&self) -> Self {
        Self {
            changes: self.changes.clone(),
            record: PhantomData,
        }
    }
}

impl<R> fmt::Debug for Patch<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointers = self.changes.iter().map(|change| &change.pointer);
        f.write_str("Patch")?;
        f.debug_list().entries(pointers).finish()
    }
}

impl<R> Serialize for Patch<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut array = serializer.serialize_seq(Some(self.changes.len()))?;
        for change in &self.changes {
            array.serialize_element(change)?;
        }
        array.end()
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = self
            .value
            .as_ref()
            .ok_or_else(|| S::Error::custom("a patched value has no JSON form"))?;
        let mut change = serializer.serialize_struct("Change", 3)?;
        change.serialize_field("op", "replace")?;
        change.serialize_field("path", &self.pointer)?;
        change.serialize_field("value", value)?;
        change.end()
    }
}
