//! One page of a list.

use serde::{Deserialize, Deserializer, Serialize};

/// One page of a list.
///
/// A reply without `records`, or with `null` in its place, is an empty page.
///
/// ```
/// use revio_api::types::Page;
///
/// let page: Page<i32> = serde_json::from_str(r#"{"ok": true, "has_more": true, "record_count": 2, "records": [4, 5]}"#)?;
/// assert_eq!(page.records, [4, 5]);
/// assert!(page.has_more);
/// assert_eq!(serde_json::to_string(&page)?, r#"{"records":[4,5],"has_more":true,"record_count":2}"#);
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
#[non_exhaustive]
pub struct Page<T> {
    /// The records of this page, in the server's order.
    #[serde(default, deserialize_with = "null_is_default")]
    pub records: Vec<T>,
    /// Whether there is a next page. Absent reads as no.
    #[serde(default, deserialize_with = "null_is_default")]
    pub has_more: bool,
    /// How many records the server counted on **this** page; the vendor gives no total.
    #[serde(default)]
    pub record_count: Option<i64>,
}

impl<T> Page<T> {
    /// A page with these records.
    pub fn new(records: Vec<T>, has_more: bool) -> Self {
        let record_count = i64::try_from(records.len()).ok();
        Self {
            records,
            has_more,
            record_count,
        }
    }

    /// The records of this page, one by one.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.records.iter()
    }

    /// How many records this page holds.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether this page holds no record.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

/// The records of the page, one by one.
impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.records.into_iter()
    }
}

/// The records of the page, one by one, by reference.
impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::Page;

    #[test]
    fn missing_and_null_read_as_empty() {
        for text in [
            "{}",
            r#"{"records":null,"has_more":null,"record_count":null}"#,
        ] {
            let page: Page<i32> = serde_json::from_str(text).unwrap();
            assert!(
                page.is_empty() && !page.has_more && page.record_count.is_none(),
                "{text}"
            );
        }
    }
}
