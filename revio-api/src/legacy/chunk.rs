//! Long lists of ids as several calls.

use serde_json::value::RawValue;

use super::fields::Fields;
use super::table::{Kind, Structure};

/// The same query as one or several, none of which has a list longer than `most`.
///
/// Two long lists give one query for each pair of their parts. Whether the service joins filters by `and` or by `or`, the
/// responses together hold what one response to the whole would; in the second case some rows come several times.
pub(super) fn split(structure: &Structure, fields: Fields, most: usize) -> Vec<Fields> {
    let mut queries = vec![fields];
    for field in structure.fields {
        if !matches!(field.kind, Kind::Repeated(_)) {
            continue;
        }
        queries = queries
            .into_iter()
            .flat_map(|query| {
                let parts = query.get(field.name).and_then(|list| parts(list, most));
                match parts {
                    None => vec![query],
                    Some(parts) => parts
                        .into_iter()
                        .map(|part| {
                            let mut query = query.clone();
                            query.insert(field.name.to_owned(), part);
                            query
                        })
                        .collect(),
                }
            })
            .collect();
    }
    queries
}

/// The parts of a list, each value once; nothing if it is no list.
fn parts(list: &RawValue, most: usize) -> Option<Vec<Box<RawValue>>> {
    let mut values: Vec<Box<RawValue>> = serde_json::from_str(list.get()).ok()?;
    let mut seen = std::collections::HashSet::new();
    values.retain(|value| seen.insert(value.get().to_owned()));
    if values.is_empty() {
        return None;
    }
    values
        .chunks(most.max(1))
        .map(|part| serde_json::value::to_raw_value(part).ok())
        .collect()
}
