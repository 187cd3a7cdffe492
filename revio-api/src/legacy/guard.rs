//! Whether the rows of a response fit the filters of the query.
//!
//! The service drops an element that it doesn't know and answers as if it hadn't been there. A filter that is spelt
//! wrongly would so bring everything; but the ids that were asked for come back in the rows, where they can be checked.

use super::document::Element;
use super::fields::{self, Fields};
use super::settings::Settings;
use super::table::{Structure, Wire};

/// The first filter that a row doesn't fit.
pub(super) fn ignored_filter(
    settings: &Settings,
    wire: &Wire,
    item: &Structure,
    rows: &[Element<'_>],
    given: &Fields,
) -> Option<&'static str> {
    wire.request.fields.iter().find_map(|filter| {
        let field = item.field(filter.returned_in?)?;
        let wanted: Vec<i64> = fields::scalars(given.get(filter.name)?)
            .iter()
            .filter_map(|text| text.parse().ok())
            .collect();
        if wanted.is_empty() {
            return None;
        }
        let element = settings.names.element(item, field);
        let misses = rows.iter().any(|row| {
            let value = row
                .child(&settings.namespace, element)
                .and_then(|it| it.text().trim().parse().ok());
            // A row that doesn't repeat the value says nothing.
            value.is_some_and(|value: i64| !wanted.contains(&value))
        });
        misses.then_some(filter.name)
    })
}
