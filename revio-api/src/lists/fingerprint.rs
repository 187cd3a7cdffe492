//! Numbers that stand for what was asked and for what came, the same in every process and release.

use std::io;

use crate::record::Record;
use crate::request::Options;
use crate::runtime::Parts;

/// FNV-1a, 64 bits: the standard library's hashes may change with the compiler, and a cursor outlives it.
#[derive(Clone, Copy)]
struct Fnv(u64);

impl Fnv {
    const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

impl io::Write for Fnv {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a request sends beside its paging: the path, the filters and their values.
pub(crate) fn of_request(parts: Parts, options: &Options) -> u64 {
    let mut hash = Fnv::EMPTY;
    match parts.finish(&options.filters) {
        Ok((target, _)) => hash.add(target.as_bytes()),
        // Such a request fails before it is sent, and says why.
        Err(problem) => hash.add(problem.as_bytes()),
    }
    hash.0
}

/// What a page holds: the ids, or the whole records where they have none. `None` when that says nothing, as for an
/// empty page, or for fewer records without an id than are `telling`: a single one may well look like the one before.
pub(super) fn of_page<T: Record>(records: &[T], telling: usize) -> Option<u64> {
    if records.len() < if T::ID_FIELD.is_some() { 1 } else { telling } {
        return None;
    }
    let mut hash = Fnv::EMPTY;
    for record in records {
        match record.record_id() {
            Some(id) => hash.add(&id.to_le_bytes()),
            None => serde_json::to_writer(&mut hash, record).ok()?,
        }
    }
    Some(hash.0)
}

#[cfg(test)]
mod tests {
    use super::{Fnv, of_page};
    use crate::types::Json;

    #[test]
    fn stays_what_it_was() {
        let hash = |text: &str| {
            let mut hash = Fnv::EMPTY;
            hash.add(text.as_bytes());
            hash.0
        };
        // Published test vectors of FNV-1a.
        assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn records_without_ids_are_told_apart_by_what_they_hold() {
        let json = |text: &str| text.parse::<Json>().unwrap();
        let (a, b) = (json(r#"{"a":1}"#), json(r#"{"a":2}"#));
        let page = |first: &Json, second: &Json| of_page(&[first.clone(), second.clone()], 2);
        assert!(page(&a, &b).is_some());
        assert_eq!(page(&a, &b), page(&a, &b));
        assert_ne!(page(&a, &b), page(&b, &a));
        assert_eq!(of_page(&[a], 2), None, "one such record says too little");
        assert_eq!(of_page::<Json>(&[], 1), None);
    }
}
