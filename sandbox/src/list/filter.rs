//! Which records a query asks for.
//!
//! Every plain field of the record can be asked for by its name. Several values of one name mean
//! any of them; several names mean all of them. Numbers and flags match exactly, so do texts of
//! which the values are known (`status`); other texts match when they contain what was asked for,
//! in any case, since a working client filters names again by itself. A date matches its moment or
//! its day; `<date>_start` means that moment or later. An upper bound isn't known to exist, so
//! there is none.
//!
//! A documented filter whose name no plain field has means fields inside the record's objects: those
//! that hold the same kind of id (a customer's `bill_profile_id`), or else all whose names end with it
//! (`first_name` and `company_name` for `name`); one that fits is enough. The second is made up.

use chrono::NaiveDateTime;
use rust_decimal::Decimal;
use serde_json::Value;

use super::number;
use super::query::Query;
use crate::failure::Failure;
use crate::schema::{Kind, Operation, Property, Record, dates};
use crate::store::{Table, whole};

/// Query names that are no field but mean one: the vendor's older word for a service is a line.
const OTHER_NAMES: [(&str, &str, &str); 1] = [("ServiceInventoryItem", "service_id", "line_id")];

/// Names that steer the list instead of filtering it.
const CONTROLS: [&str; 3] = ["page", "page_size", "sort"];

/// One condition: where to look, and what may be there.
pub(crate) struct Condition<'a> {
    fields: Vec<Field<'a>>,
    wanted: Vec<Wanted>,
}

/// A field of the record, or of an object in it.
struct Field<'a> {
    property: &'a Property,
    member: Option<&'a Property>,
}

impl<'a> Field<'a> {
    fn plain(property: &'a Property) -> Self {
        Self {
            property,
            member: None,
        }
    }

    /// What holds the value in the end.
    fn holder(&self) -> &'a Property {
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

/// The conditions of a query, and the names in it that mean nothing for this list: those are
/// ignored, as most frameworks do; what the vendor does isn't known.
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
        let (fields, since) = meant(operation, record, name);
        let Some(property) = fields.first().map(Field::holder) else {
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
    /// The one field of the record that must have one of these whole numbers, where that is the
    /// condition.
    pub(crate) fn whole(&self) -> Option<(&'a Property, Vec<i64>)> {
        let [
            Field {
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

    /// Whether a record has one of the values asked for.
    pub(crate) fn holds(&self, table: &Table, record: &Record, id: i64) -> bool {
        self.fields.iter().any(|field| {
            let value = match field.member {
                Some(member) => table.member(record, id, field.property, member),
                None => table.field(record, id, field.property),
            };
            self.wanted.iter().any(|wanted| wanted.matches(&value))
        })
    }
}

/// The fields that a query name means, none where it means nothing, and whether it means a date or
/// later.
fn meant<'a>(operation: &Operation, record: &'a Record, name: &str) -> (Vec<Field<'a>>, bool) {
    let plain = |name: &str| record.property(name).filter(|found| found.kind.is_scalar());
    if let Some(property) = plain(name) {
        return (vec![Field::plain(property)], false);
    }
    if let Some(property) = name.strip_suffix("_start").and_then(plain) {
        // Some dates are plain text in the schema.
        let is_date = matches!(property.kind, Kind::Date | Kind::DateTime)
            || property.name.ends_with("_date");
        let fields = is_date.then(|| Field::plain(property));
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
        return (vec![Field::plain(property)], false);
    }
    let ending = format!("_{name}");
    let inside = |member: &Property| {
        let named = filter.id.is_none() && member.name.ends_with(&ending);
        member.kind.is_scalar() && (has_id(member) || named)
    };
    (members(record, inside), false)
}

/// The fields of a record's objects that `wanted` picks.
fn members(record: &Record, wanted: impl Fn(&Property) -> bool) -> Vec<Field<'_>> {
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
        .map(|(property, member)| Field {
            property,
            member: Some(member),
        })
        .collect()
}

fn wanted(property: &Property, since: bool, text: &str) -> Option<Wanted> {
    if since {
        return dates::asked(text).map(Wanted::Since);
    }
    match property.kind {
        // Ids and counts have 32 bits.
        Kind::Integer => text.parse::<i32>().ok().map(|it| Wanted::Whole(it.into())),
        Kind::Decimal => number::parse(text).map(Wanted::Decimal),
        Kind::Boolean => text.to_ascii_lowercase().parse().ok().map(Wanted::Flag),
        Kind::Date | Kind::DateTime if dates::is_day(text) => dates::parse(text).map(Wanted::Day),
        Kind::Date | Kind::DateTime => dates::asked(text).map(Wanted::Moment),
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
