//! Whether ids come in the order that was asked for.

use crate::record::Record;

/// Watches the ids of a list that is sorted by the record's own id.
pub(super) struct Order {
    descending: bool,
    last: Option<i64>,
    pub(super) broken: bool,
}

impl Order {
    /// `None` if the order can't be seen from the ids.
    pub(super) fn by<T: Record>(sort: Option<&str>) -> Option<Self> {
        let sort = sort?;
        let (descending, field) = match sort.strip_prefix('-') {
            Some(field) => (true, field),
            None => (false, sort),
        };
        (T::ID_FIELD == Some(field)).then_some(Self {
            descending,
            last: None,
            broken: false,
        })
    }

    /// Takes the records of a page that weren't handed out before.
    pub(super) fn watch<T: Record>(&mut self, records: &[T]) {
        for id in records.iter().filter_map(Record::record_id) {
            let wrong = self.last.is_some_and(|last| (id < last) != self.descending);
            self.broken |= wrong;
            self.last = Some(id);
        }
    }
}
