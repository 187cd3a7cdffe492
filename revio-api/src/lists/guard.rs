//! What a list must not do: stand still, go round in circles, never end; and what it may do: hand out a record twice.

use std::collections::HashSet;

use roaring::RoaringTreemap;

use crate::record::Record;
use crate::types::Page;

/// How many pages in a row may bring nothing new. A list that grows in front while it is read repeats records, but it
/// doesn't outrun its reader page after page.
const STALE_PAGES: u32 = 3;

/// Watches over the pages in their order.
pub(super) struct Guard {
    pub(super) max_pages: u32,
    pub(super) empty_pages: u32,
    pages: u32,
    empty_in_a_row: u32,
    /// Pages in a row on which nothing was new.
    stale_in_a_row: u32,
    /// Fingerprints of the pages so far.
    prints: HashSet<u64>,
    /// A compressed bitmap: about two bytes for a record, so that even a list of millions is checked as a whole.
    seen: RoaringTreemap,
}

impl Guard {
    /// Knows these ids as handed out.
    pub(super) fn new(max_pages: u32, empty_pages: u32, ids: &[i64]) -> Self {
        Self {
            max_pages,
            empty_pages,
            pages: 0,
            empty_in_a_row: 0,
            stale_in_a_row: 0,
            prints: HashSet::new(),
            seen: ids.iter().copied().map(key).collect(),
        }
    }

    /// How many pages may still be read.
    pub(super) fn pages_left(&self) -> u32 {
        self.max_pages.saturating_sub(self.pages)
    }

    /// What is wrong with asking for another page.
    pub(super) fn before_page(&self) -> Result<(), String> {
        if self.pages_left() > 0 {
            return Ok(());
        }
        Err(format!(
            "{} pages were read and the server still says that more follow; if the list is that long, resume it or \
             raise `max_pages`",
            self.pages
        ))
    }

    /// Whether nothing on this page is new, or what is wrong with it. `print` is its fingerprint, and `repeats` says that it is also that of the page before.
    pub(super) fn check<T: Record>(
        &mut self,
        number: i32,
        page: &Page<T>,
        print: Option<u64>,
        repeats: bool,
    ) -> Result<bool, String> {
        self.pages = self.pages.saturating_add(1);
        let has_ids = T::ID_FIELD.is_some();
        let known = print.is_some_and(|print| !self.prints.insert(print));
        let nothing_new = if has_ids {
            let mut ids = page.iter().filter_map(Record::record_id);
            !page.is_empty() && ids.all(|id| self.seen.contains(key(id)))
        } else {
            known || repeats
        };
        if nothing_new {
            self.stale_in_a_row += 1;
        } else if !page.is_empty() {
            self.stale_in_a_row = 0;
            self.empty_in_a_row = 0;
        }
        // Where records have ids, one repetition is recognised and does no harm: it is what a list looks like that grew
        // by just one page in front. The second one isn't.
        if repeats && !(has_ids && self.stale_in_a_row < 2) {
            return Err(format!(
                "page {number} holds the same records as the page before it, so the server doesn't move on; the \
                 rest of the list can't be read this way: try another page size or narrower filters"
            ));
        }
        if self.stale_in_a_row > STALE_PAGES {
            return Err(format!(
                "page {number} is number {} of pages in a row that bring no new record, so the server doesn't move on; \
                 the rest of the list can't be read this way: try another page size or narrower filters",
                self.stale_in_a_row
            ));
        }
        if !(page.is_empty() && page.has_more) {
            return Ok(nothing_new);
        }
        self.empty_in_a_row += 1;
        if self.empty_in_a_row > self.empty_pages {
            return Err(format!(
                "page {number} is number {} of empty pages in a row, and yet the server says that more follow; \
                 resume later, or allow more with `empty_pages`",
                self.empty_in_a_row
            ));
        }
        Ok(nothing_new)
    }

    /// Takes out the records that were handed out before, and says which.
    pub(super) fn drop_duplicates<T: Record>(&mut self, records: &mut Vec<T>) -> Vec<i64> {
        let mut dropped = Vec::new();
        records.retain(|record| match record.record_id() {
            Some(id) if !self.seen.insert(key(id)) => {
                dropped.push(id);
                false
            }
            _ => true,
        });
        dropped
    }
}

/// A number that is as good as the id and not negative.
fn key(id: i64) -> u64 {
    id.cast_unsigned()
}
