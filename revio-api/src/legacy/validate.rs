//! What is wrong with a request, before anything is sent.

use serde_json::value::RawValue;

use super::fields::{self, Fields};
use super::table::{Field, Kind, Limit, Structure};

/// What keeps a request from being sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unsendable {
    /// The field, if it is one's fault.
    pub(super) field: Option<String>,
    /// Continues the field's name, or stands alone.
    pub(super) detail: String,
}

impl Unsendable {
    pub(super) fn field(name: impl Into<String>, problem: impl Into<String>) -> Self {
        Self {
            field: Some(name.into()),
            detail: problem.into(),
        }
    }
}

/// Checks what the service's documentation demands.
pub(super) fn check(
    structure: &Structure,
    given: &Fields,
    may_be_empty: bool,
) -> Result<(), Unsendable> {
    for field in structure.fields {
        match given.get(field.name) {
            Some(value) => check_value(field, value, field.name)?,
            None if field.required => return Err(Unsendable::field(field.name, "is required")),
            None => {}
        }
    }
    let has = |name: &str| given.contains_key(name);
    for (one, other) in structure.exclusive {
        if has(one) && has(other) {
            return Err(Unsendable::field(
                *one,
                format!("and {other} exclude each other; give one of them"),
            ));
        }
    }
    for (field, needed) in structure.needs {
        if has(field) && !has(needed) {
            return Err(Unsendable::field(
                *needed,
                format!("is needed with {field}"),
            ));
        }
    }
    if structure.one_at_least && !may_be_empty && given.is_empty() {
        let names: Vec<&str> = structure.fields.iter().map(|field| field.name).collect();
        return Err(Unsendable {
            field: None,
            detail: format!(
                "no filter is given, which asks for everything at once; give one of {}, or say `with_no_filter`",
                names.join(", ")
            ),
        });
    }
    Ok(())
}

/// What a careful caller would do otherwise: the fields in question.
pub(super) fn advice(structure: &Structure, given: &Fields) -> Vec<&'static str> {
    let absent = structure
        .advised
        .iter()
        .copied()
        .filter(|name| !given.contains_key(*name));
    let misplaced = structure.fields.iter().filter(|field| {
        let value = given
            .get(field.name)
            .and_then(|value| fields::scalar(value));
        value.is_some_and(|text| {
            field
                .advised
                .iter()
                .any(|limit| breaks(&text, limit).is_some())
        })
    });
    absent.chain(misplaced.map(|field| field.name)).collect()
}

fn check_value(field: &Field, value: &RawValue, path: &str) -> Result<(), Unsendable> {
    match &field.kind {
        Kind::Wrapped(structure) => {
            let items: Vec<Fields> = serde_json::from_str(value.get())
                .map_err(|_| Unsendable::field(path, "is no list"))?;
            for (at, item) in items.iter().enumerate() {
                for field in structure.fields {
                    if let Some(value) = item.get(field.name) {
                        check_value(field, value, &format!("{path}[{at}].{}", field.name))?;
                    } else if field.required {
                        return Err(Unsendable::field(
                            format!("{path}[{at}].{}", field.name),
                            "is required",
                        ));
                    }
                }
            }
            Ok(())
        }
        Kind::One(_) | Kind::Markup => Ok(()),
        Kind::Int | Kind::Decimal | Kind::Bool | Kind::Text | Kind::Date | Kind::Repeated(_) => {
            let texts = fields::scalars(value);
            if texts.is_empty() {
                let problem = "is an empty list, which would be no filter at all; leave it out";
                return Err(Unsendable::field(path, problem));
            }
            for text in texts {
                let broken = field.limits.iter().find_map(|limit| breaks(&text, limit));
                if let Some(problem) = broken {
                    return Err(Unsendable::field(path, problem));
                }
                if !text.chars().all(super::parse::is_allowed) {
                    return Err(Unsendable::field(
                        path,
                        "has a character that XML cannot carry",
                    ));
                }
            }
            Ok(())
        }
    }
}

/// What is wrong with a value, if it breaks a limit.
pub(super) fn breaks(text: &str, limit: &Limit) -> Option<String> {
    let length = || u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    match *limit {
        Limit::Digits(count) => {
            let fits = length() == count && text.bytes().all(|byte| byte.is_ascii_digit());
            (!fits).then(|| format!("must be {count} digits"))
        }
        Limit::Without(character) => (text.is_empty() || text.contains(character))
            .then(|| format!("must not be empty or hold `{character}`")),
        Limit::MinLength(least) => {
            (length() < least).then(|| format!("must have {least} characters at least"))
        }
        Limit::MaxLength(most) => {
            (length() > most).then(|| format!("must have {most} characters at most"))
        }
        Limit::Minimum(least) => {
            let below = text.parse::<i64>().is_ok_and(|number| number < least);
            below.then(|| format!("must be {least} at least"))
        }
    }
}
