//! Lists: filters, sort order, pages.

mod filter;
pub(crate) mod number;
mod order;
mod query;

use serde_json::{Map, Value, json};

use crate::failure::Failure;
use crate::schema::{Operation, Record};
use crate::store::{Store, Table};
use filter::Condition;
use order::{Key, Order};
pub(crate) use query::Query;

/// Page size without `page_size`.
const DEFAULT_PAGE_SIZE: u64 = 10;

/// Page numbers have 32 bits.
const LAST_PAGE: u64 = i32::MAX as u64;

/// Largest page size. How the vendor treats larger ones isn't known; the sandbox refuses them.
const MAX_PAGE_SIZE: u64 = 500;

/// How a page differs from the requested one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum PageFault {
    /// Not at all.
    #[default]
    None,
    /// Shifted by this many pages.
    Pages(i8),
    /// Shifted by this many records.
    Records(u8),
    /// `has_more` is inverted.
    HasMore,
}

impl PageFault {
    /// The position to read from instead of `skip`.
    fn skip(self, skip: u64, size: u64) -> u64 {
        match self {
            Self::None | Self::HasMore => skip,
            Self::Pages(pages) if pages < 0 => skip.saturating_sub(size),
            Self::Pages(_) => skip.saturating_add(size),
            Self::Records(records) => skip.saturating_add(records.into()),
        }
    }
}

/// One page, and the query names that have no meaning for the list.
pub(crate) struct Listed {
    pub(crate) page: Value,
    pub(crate) ignored: Vec<String>,
}

/// One page of a list. It says whether another page follows and how many records it has; like the
/// vendor, it gives no total.
pub(crate) fn list(
    store: &Store,
    operation: &Operation,
    record: &Record,
    query: &Query,
    page_fault: PageFault,
) -> Result<Listed, Failure> {
    let number = query.number("page", 1, 1, LAST_PAGE)?;
    let size = query.number("page_size", DEFAULT_PAGE_SIZE, 1, MAX_PAGE_SIZE)?;
    let order = Order::read(record, query)?;
    let (conditions, ignored) = filter::conditions(operation, record, query)?;
    let Some(table) = store.table(&record.name) else {
        return Err(Failure::internal(format!(
            "there is no table {}",
            record.name
        )));
    };
    let skip = page_fault.skip((number - 1).saturating_mul(size), size);
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let mut ids: Vec<i64> = if order.is_none() && conditions.is_empty() {
        table.ids(skip).take(size + 1).collect()
    } else {
        let matching = matching(table, record, &conditions);
        let ordered: Box<dyn Iterator<Item = i64>> = match &order {
            Some(order) => Box::new(sorted(table, record, order, matching).into_iter()),
            None => matching,
        };
        // A page beyond the address space is empty.
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        ordered.skip(skip).take(size + 1).collect()
    };
    let has_more = (ids.len() > size) != (page_fault == PageFault::HasMore);
    ids.truncate(size);
    let records: Vec<Value> = ids
        .into_iter()
        .filter_map(|id| table.get(record, id).map(Value::Object))
        .collect();
    let mut page = Map::new();
    page.insert("ok".to_owned(), true.into());
    page.insert("has_more".to_owned(), has_more.into());
    page.insert("record_count".to_owned(), json!(records.len()));
    page.insert("records".to_owned(), Value::Array(records));
    Ok(Listed {
        page: Value::Object(page),
        ignored,
    })
}

/// The records that meet all conditions, by id. A condition on an indexed id avoids a scan of the
/// whole table.
fn matching<'a>(
    table: &'a Table,
    record: &'a Record,
    conditions: &'a [Condition<'a>],
) -> Box<dyn Iterator<Item = i64> + 'a> {
    let met = |id: &i64| {
        conditions
            .iter()
            .all(|condition| condition.matches(table, record, *id))
    };
    let narrow = conditions.iter().find_map(|condition| {
        let (property, values) = condition.whole()?;
        table.with_id(record, property, &values)
    });
    match narrow {
        Some(ids) => Box::new(ids.into_iter().filter(|id| table.contains(*id)).filter(met)),
        None => Box::new(table.ids(0).filter(met)),
    }
}

fn sorted(
    table: &Table,
    record: &Record,
    order: &Order<'_>,
    ids: impl Iterator<Item = i64>,
) -> Vec<i64> {
    let mut keyed: Vec<(Key, i64)> = ids
        .map(|id| (Key::of(&table.field(record, id, order.property)), id))
        .collect();
    // The sort is stable and the ids come in ascending order.
    keyed.sort_by(|(one, _), (other, _)| order.compare(one, other));
    keyed.into_iter().map(|(_, id)| id).collect()
}
