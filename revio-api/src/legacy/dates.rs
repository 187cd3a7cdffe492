//! Dates on their way out.
//!
//! The service's dates are calendar dates, whatever time the wire adds to them. What is written is the date as it stands
//! in the value: an offset doesn't move it, and a time of day that would be lost is an error.

use chrono::{Datelike, NaiveTime};

use crate::types::RevioDateTime;

/// A date in the form of a template such as `YYYY-MM-DDT00:00:00`.
pub(super) fn write(text: &str, template: &str) -> Result<String, &'static str> {
    let value: RevioDateTime = text.parse().map_err(|_| "is no date")?;
    let moment = value.naive().ok_or("is the year 1, which means no date")?;
    if moment.time() != NaiveTime::MIN {
        return Err(
            "has a time of day, which this service's dates don't keep; give the date alone",
        );
    }
    Ok(template
        .replace("YYYY", &format!("{:04}", moment.year()))
        .replace("MM", &format!("{:02}", moment.month()))
        .replace("DD", &format!("{:02}", moment.day())))
}

/// Whether a template has all parts of a date, each once.
pub(super) fn is_template(template: &str) -> bool {
    ["YYYY", "MM", "DD"]
        .iter()
        .all(|part| template.matches(part).count() == 1)
}
