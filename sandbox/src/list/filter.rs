//! Filters of lists.
//!
//! Every plain field of a record can be filtered by its name. A repeated name matches any of its
//! values; different names all have to match. Numbers and booleans match exactly, and so do strings
//! with known values (`status`). Other strings match when they contain the value, in any case, since
//! a working client filters names again by itself. A date matches its moment or its day;
//! `<date>_start` matches that moment and later ones. No upper bound is known, so there is none.
//!
//! A documented filter without a plain field of its name matches fields inside the record's objects:
//! those with the same type of id (a customer's `bill_profile_id`), or else all fields whose name
//! ends with it (`first_name` and `company_name` for `name`); one match is enough. The second rule is
//! made up.

use chrono::NaiveDateTime;
use rust_decimal::Decimal;
use serde_json::Value;

use super::number;
use super::query::Query;
use crate::failure::Failure;
use crate::schema::{Kind, Operation, Property, Record, dates};
use crate::store::{Table, whole};

/// Query names for a field with another name: the vendor's older word for a service is line.
const OTHER_NAMES: [(&str, &str, &str); 1] = [("ServiceInventoryItem", "service_id", "line_id")];

/// Query names that are no filters.
const CONTROLS: [&str; 3] = ["page", "page_size", "sort"];

/// One condition: fields, and the values that match.
pub(crate) struct Condition<'a> {
    fields: Vec<FieldPath<'a>>,
    wanted: Vec<Wanted>,
}

/// A field of the record, or of an object in it.
struct FieldPath<'a> {
    property: &'a Property,
    member: Option<&'a Property>,
}

impl<'a> FieldPath<'a> {
    fn plain(property: &'a Property) -> Self {
        Self {
            property,
            member: None,
        }
    }

    /// The innermost property.
    fn leaf(&self) -> &'a Property {
        self.member.unwrap_or(self.property)
    }
}

enum Wanted {
    Whole(i64),
    Decimal(Decimal),
    Flag(bool),
    Moment(NaiveDateTime),
    Day(NaiveDateTime),
    Since(NaiveDateTime),
    /// In lower case.
    Exactly(String),
    /// In lower case.
    Containing(String),
}

/// The conditions of a query, and its unknown names. Those are ignored, as most frameworks do; what
/// the vendor does isn't known.
pub(crate) fn conditions<'a>(
    operation: &Operation,
    record: &'a Record,
    query: &Query,
) -> Result<(Vec<Condition<'a>>, Vec<String>), Failure> {
    let mut conditions = Vec::new();
    let mut ignored = Vec::new();
    for name in query.names() {
        if CONTROLS.contains(&name) {
            continue;
        }
        let (fields, since) = fields_of(operation, record, name);
        let Some(property) = fields.first().map(FieldPath::leaf) else {
            ignored.push(name.to_owned());
            continue;
        };
        let wanted: Vec<Wanted> = query
            .values(name)
            .map(|text| wanted(property, since, text).ok_or_else(|| unreadable(name, property)))
            .collect::<Result<_, _>>()?;
        if !wanted.is_empty() {
            conditions.push(Condition { fields, wanted });
        }
    }
    Ok((conditions, ignored))
}

impl<'a> Condition<'a> {
    /// Field and values, where the condition is that one field of the record has one of these whole
    /// numbers.
    pub(crate) fn whole(&self) -> Option<(&'a Property, Vec<i64>)> {
        let [
            FieldPath {
                property,
                member: None,
            },
        ] = self.fields.as_slice()
        else {
            return None;
        };
        let numbers = self.wanted.iter().map(|wanted| match wanted {
            Wanted::Whole(number) => Some(*number),
            _ => None,
        });
        Some((property, numbers.collect::<Option<_>>()?))
    }

    /// Whether a record matches.
    pub(crate) fn matches(&self, table: &Table, record: &Record, id: i64) -> bool {
        self.fields.iter().any(|field| {
            let value = match field.member {
                Some(member) => table.member(record, id, field.property, member),
                None => table.field(record, id, field.property),
            };
            self.wanted.iter().any(|wanted| wanted.matches(&value))
        })
    }
}

/// The fields of a query name, none for an unknown name, and whether it is a `_start` filter.
fn fields_of<'a>(
    operation: &Operation,
    record: &'a Record,
    name: &str,
) -> (Vec<FieldPath<'a>>, bool) {
    let plain = |name: &str| record.property(name).filter(|found| found.kind.is_scalar());
    if let Some(property) = plain(name) {
        return (vec![FieldPath::plain(property)], false);
    }
    if let Some(property) = name.strip_suffix("_start").and_then(plain) {
        // Some dates have the type of a plain string in the schema.
        let is_date = matches!(property.kind, Kind::Date | Kind::DateTime)
            || property.name.ends_with("_date");
        let fields = is_date.then(|| FieldPath::plain(property));
        return (fields.into_iter().collect(), true);
    }
    let documented = operation.filters.iter().find(|filter| filter.name == name);
    let Some(filter) = documented else {
        return (Vec::new(), false);
    };
    let has_id = |property: &Property| filter.id.is_some() && property.id == filter.id;
    let by_id = || record.properties.iter().find(|property| has_id(property));
    let by_word = || {
        let (_, _, field) = OTHER_NAMES
            .iter()
            .find(|(owner, word, _)| *owner == record.name && *word == name)?;
        plain(field)
    };
    if let Some(property) = by_id().or_else(by_word) {
        return (vec![FieldPath::plain(property)], false);
    }
    let ending = format!("_{name}");
    let inside = |member: &Property| {
        let named = filter.id.is_none() && member.name.ends_with(&ending);
        member.kind.is_scalar() && (has_id(member) || named)
    };
    (members(record, inside), false)
}

/// The fields of a record's objects that `wanted` selects.
fn members(record: &Record, wanted: impl Fn(&Property) -> bool) -> Vec<FieldPath<'_>> {
    let objects = record
        .properties
        .iter()
        .filter_map(|property| match &property.kind {
            Kind::Object(members) => Some((property, members)),
            _ => None,
        });
    objects
        .flat_map(|(property, members)| members.iter().map(move |member| (property, member)))
        .filter(|(_, member)| wanted(member))
        .map(|(property, member)| FieldPath {
            property,
            member: Some(member),
        })
        .collect()
}

fn wanted(property: &Property, since: bool, text: &str) -> Option<Wanted> {
    if since {
        return dates::parse_query_date(text).map(Wanted::Since);
    }
    match property.kind {
        // Ids and counts have 32 bits.
        Kind::Integer => text.parse::<i32>().ok().map(|it| Wanted::Whole(it.into())),
        Kind::Decimal => number::parse(text).map(Wanted::Decimal),
        Kind::Boolean => text.to_ascii_lowercase().parse().ok().map(Wanted::Flag),
        Kind::Date | Kind::DateTime if dates::is_day(text) => dates::parse(text).map(Wanted::Day),
        Kind::Date | Kind::DateTime => dates::parse_query_date(text).map(Wanted::Moment),
        Kind::Text if property.closed => {
            let known = property.values.iter();
            let is_known = known.into_iter().any(|it| it.eq_ignore_ascii_case(text));
            is_known.then(|| Wanted::Exactly(text.to_lowercase()))
        }
        Kind::Text if property.values.is_empty() => Some(Wanted::Containing(text.to_lowercase())),
        _ => Some(Wanted::Exactly(text.to_lowercase())),
    }
}

fn unreadable(name: &str, property: &Property) -> Failure {
    if property.closed {
        let known = property.values.join(", ");
        return Failure::bad(format!("{name} must be one of {known}"));
    }
    let expected = match property.kind {
        Kind::Integer => "a whole number",
        Kind::Decimal => "a number",
        Kind::Boolean => "true or false",
        _ => "a date such as 2024-03-01 or 2024-03-01T08:30:00",
    };
    Failure::bad(format!("{name} must be {expected}"))
}

impl Wanted {
    fn matches(&self, value: &Value) -> bool {
        let moment = || value.as_str().and_then(dates::parse);
        match self {
            Self::Whole(wanted) => whole(value) == Some(*wanted),
            Self::Decimal(wanted) => number::of(value) == Some(*wanted),
            Self::Flag(wanted) => value.as_bool() == Some(*wanted),
            Self::Moment(wanted) => moment() == Some(*wanted),
            Self::Day(wanted) => moment().is_some_and(|moment| moment.date() == wanted.date()),
            Self::Since(wanted) => moment().is_some_and(|moment| moment >= *wanted),
            Self::Exactly(wanted) => lower(value).is_some_and(|text| text == *wanted),
            Self::Containing(wanted) => lower(value).is_some_and(|text| text.contains(wanted)),
        }
    }
}

fn lower(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.to_lowercase()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
