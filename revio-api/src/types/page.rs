//! One page of a list.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::lenient;

/// One page of a list.
///
/// `records` must be there, if only as `null`, which is an empty list: a body without it is no page. Keys may have any
/// case. Where the server doesn't say whether another page follows, every page but an empty one is taken to have more
/// behind it.
///
/// ```
/// use revio_api::types::Page;
///
/// let page: Page<i32> = serde_json::from_str(r#"{"ok": true, "has_more": true, "record_count": 2, "records": [4, 5]}"#)?;
/// assert_eq!(page.records, [4, 5]);
/// assert!(page.has_more);
/// assert_eq!(serde_json::to_string(&page)?, r#"{"records":[4,5],"has_more":true,"record_count":2}"#);
///
/// let unsaid: Page<i32> = serde_json::from_str(r#"{"Records": [4, 5]}"#)?;
/// assert!(unsaid.has_more);
/// assert!(serde_json::from_str::<Page<i32>>(r#"{"message": "exploded"}"#).is_err());
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Page<T> {
    /// The records of this page, in the server's order.
    pub records: Vec<T>,
    /// Whether there is a next page.
    pub has_more: bool,
    /// How many records the server counted on **this** page; the vendor gives no total. `None` if it didn't say so in a
    /// way that can be read.
    pub record_count: Option<i64>,
    /// Whether `has_more` is the server's own word.
    #[serde(skip)]
    pub(crate) says_more: bool,
}

impl<T> Page<T> {
    /// A page with these records.
    pub fn new(records: Vec<T>, has_more: bool) -> Self {
        let record_count = i64::try_from(records.len()).ok();
        Self {
            records,
            has_more,
            record_count,
            says_more: true,
        }
    }

    /// Whether the server counted other records than it sent.
    pub(crate) fn is_miscounted(&self) -> bool {
        let sent = i64::try_from(self.records.len()).ok();
        self.record_count.is_some() && self.record_count != sent
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

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Envelope(PhantomData))
    }
}

struct Envelope<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Envelope<T> {
    type Value = Page<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of records")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Page<T>, A::Error> {
        let (mut records, mut has_more, mut record_count) = (None, None, None);
        while let Some(key) = map.next_key::<lenient::Key>()? {
            match key.0.as_str() {
                // Which of the two would be the page?
                "records" if records.is_some() => {
                    return Err(de::Error::duplicate_field("records"));
                }
                "records" => {
                    records = Some(map.next_value::<Option<Vec<T>>>()?.unwrap_or_default());
                }
                "hasmore" => {
                    let said = lenient::flag(map.next_value::<Box<RawValue>>()?.get());
                    // Two that contradict each other say nothing.
                    has_more = match (has_more, said) {
                        (Some(Some(before)), Some(now)) if before != now => Some(None),
                        (Some(before), now) => Some(before.and(now).or(before)),
                        (None, now) => now.map(Some),
                    };
                }
                "recordcount" => {
                    record_count = lenient::count(map.next_value::<Box<RawValue>>()?.get());
                }
                "ok" | "success" => {
                    let ok = lenient::flag(map.next_value::<Box<RawValue>>()?.get());
                    if ok == Some(false) {
                        let refused = de::Unexpected::Other("a refusal");
                        return Err(de::Error::invalid_value(refused, &"a page that is `ok`"));
                    }
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let has_more = has_more.flatten();
        let records = records.ok_or_else(|| de::Error::missing_field("records"))?;
        Ok(Page {
            has_more: has_more.unwrap_or(!records.is_empty()),
            records,
            record_count,
            says_more: has_more.is_some(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Page;

    fn read(text: &str) -> Result<Page<i32>, serde_json::Error> {
        serde_json::from_str(text)
    }

    #[test]
    fn without_records_it_is_no_page() {
        for text in [
            "{}",
            "[]",
            "null",
            r#"{"message":"exploded"}"#,
            r#"{"ok":true,"has_more":false,"record_count":0}"#,
            r#"{"data":[1]}"#,
            r#"{"ok":false,"records":[1]}"#,
            r#"{"oK":"no","records":[1]}"#,
            r#"{"records":[1],"Records":[2]}"#,
            r#"{"records":{}}"#,
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_the_server_says_is_read_in_every_spelling() {
        for (text, records, more, count) in [
            (r#"{"records":null}"#, 0, false, None),
            (r#"{"records":[]}"#, 0, false, None),
            (r#"{"records":[1],"has_more":null}"#, 1, true, None),
            (r#"{"records":[1],"has_more":"perhaps"}"#, 1, true, None),
            (r#"{"records":[1],"has_more":false}"#, 1, false, None),
            (r#"{"records":[],"has_more":true}"#, 0, true, None),
            (
                r#"{"Records":[1],"Has_More":"True","Record_Count":"1"}"#,
                1,
                true,
                Some(1),
            ),
            (
                r#"{"RECORDS":[1],"HasMore":0,"RecordCount":1.0}"#,
                1,
                false,
                Some(1),
            ),
            (
                r#"{"ok":1,"records":[1],"has_more":1,"record_count":""}"#,
                1,
                true,
                None,
            ),
            (
                r#"{"records":[1],"has_more":"false","record_count":7}"#,
                1,
                false,
                Some(7),
            ),
        ] {
            let page = read(text).expect(text);
            assert_eq!(
                (page.len(), page.has_more, page.record_count),
                (records, more, count),
                "{text}"
            );
            let miscounted = count.is_some_and(|count| usize::try_from(count) != Ok(records));
            assert_eq!(page.is_miscounted(), miscounted, "{text}");
        }
    }
}
