//! How long something works and how much of it may change: sunset dates, and levels of stability.
//!
//! A date is a promise about requests: those that are sent before it get a response. So an earlier one
//! takes something away, and a later one adds to it.

use chrono::{DateTime, NaiveDate};

use super::Comparison;
use super::annotations::Change;
use crate::canonical::At;
use crate::canonical::text::short;
use crate::fact::{Fact, Guard, Pair};
use crate::finding::Wire;
use crate::rules;

/// Levels of stability, from no promise at all to all of them.
const LEVELS: [&str; 4] = ["draft", "alpha", "beta", "stable"];

/// The day on which callers meet the change, and how many days they are owed before something ends.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Calendar {
    pub(crate) today: Option<NaiveDate>,
    pub(crate) grace: u32,
}

/// What the old side says about the end of something that is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SunsetStatus {
    /// No date, or none that can be read.
    Nothing,
    /// That it ends on a day which has come.
    Passed,
    /// That it ends on a day which is still to come.
    Ahead,
    /// That it ends on some day; which day it is now isn't known.
    SomeDay,
}

/// Whether an operation promises anything: what is a draft or a trial may change at any time.
pub(super) fn is_promised(operation: At<'_>) -> bool {
    !matches!(operation.str("x-stability-level"), Some("draft" | "alpha"))
}

/// The day of a date, with or without a time.
fn day(at: At<'_>) -> Option<NaiveDate> {
    let text = at.node.as_str()?.trim();
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    date.or_else(|| Some(DateTime::parse_from_rfc3339(text).ok()?.date_naive()))
}

impl<'a> Comparison<'a> {
    /// What the old side says about the end of something.
    pub(super) fn sunset_status(&self, old: At<'a>) -> SunsetStatus {
        let date = old.child("x-sunset").and_then(day);
        let deprecated = old.flag("deprecated") == Some(true);
        match (date.filter(|_| deprecated), self.calendar.today) {
            (None, _) => SunsetStatus::Nothing,
            (Some(_), None) => SunsetStatus::SomeDay,
            (Some(date), Some(today)) if date <= today => SunsetStatus::Passed,
            _ => SunsetStatus::Ahead,
        }
    }

    /// Something is deprecated now, and callers are owed a date.
    pub(super) fn undated(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        if self.calendar.grace == 0 || new.child("x-sunset").is_some() {
            return;
        }
        let message = "`{}` is deprecated, and until when it works isn't said";
        let why = "callers can't plan when they have to move on";
        let rule = rules::LIFECYCLE_SUNSET_MISSING;
        let fact = Fact::judged(rule, Wire::Undecided, why, message).places(Some(old), Some(new));
        self.found(pair, Guard::OPEN, fact);
    }

    /// The day until which something works.
    pub(super) fn sunset(&mut self, pair: Pair, change: &Change<'a>) {
        let (was, is) = (change.before.and_then(day), change.after.and_then(day));
        let (rule, wire, why, message) = match (was, is, change.after) {
            (_, None, Some(_)) => (
                rules::LIFECYCLE_SUNSET_UNREADABLE,
                Wire::Undecided,
                "until when it works isn't known; write a date such as 2030-01-31",
                "the sunset date of `{}` can't be read".to_owned(),
            ),
            (_, _, None) if change.at_new.and_then(|it| it.flag("deprecated")) != Some(true) => (
                rules::LIFECYCLE_SUNSET_REMOVED,
                Wire::Compatible,
                "it isn't deprecated, and goes on working",
                "`{}` no longer ends".to_owned(),
            ),
            (_, None, None) => (
                rules::LIFECYCLE_SUNSET_REMOVED,
                Wire::Undecided,
                "it may end on any day",
                "until when `{}` works is no longer said".to_owned(),
            ),
            (Some(was), Some(is), _) if was == is => return,
            (Some(was), Some(is), _) if was < is => (
                rules::LIFECYCLE_SUNSET_LATER,
                Wire::Compatible,
                "callers have more time than they were promised",
                format!("`{{}}` works until {is} instead of {was}"),
            ),
            (Some(was), Some(is), _) => (
                rules::LIFECYCLE_SUNSET_EARLIER,
                self.when_it_ends(is).map_or(Wire::Undecided, |it| it.0),
                "callers that planned with the old date may be late",
                format!("`{{}}` works until {is} instead of {was}"),
            ),
            (None, Some(is), _) => match self.when_it_ends(is) {
                Some((wire, why)) => (
                    rules::LIFECYCLE_SUNSET_SHORT,
                    wire,
                    why,
                    format!("`{{}}` only works until {is}"),
                ),
                None => (
                    rules::LIFECYCLE_SUNSET_ADDED,
                    Wire::Compatible,
                    "it still works, and the date says how long",
                    format!("`{{}}` works until {is}"),
                ),
            },
        };
        let fact = change.placed(Fact::judged(rule, wire, why, message));
        self.found(pair, Guard::OPEN, fact);
    }

    /// How bad it is that something ends on a day, when callers have too little time.
    fn when_it_ends(&self, day: NaiveDate) -> Option<(Wire, &'static str)> {
        let left = (day - self.calendar.today?).num_days();
        if left <= 0 {
            return Some((Wire::Breaking, "that day has come, so it may end at once"));
        }
        let short = left < i64::from(self.calendar.grace);
        short.then_some((
            Wire::Undecided,
            "callers have less time to move on than they are owed",
        ))
    }

    /// How much may change later.
    pub(super) fn stability(&mut self, pair: Pair, change: &Change<'a>) {
        let rank = |at: Option<At<'a>>| {
            let level = at.and_then(|it| it.node.as_str())?;
            LEVELS.iter().position(|it| *it == level)
        };
        // Where nothing is said, callers rely on what there is.
        let highest = LEVELS.len() - 1;
        let text =
            |at: Option<At<'a>>| at.map_or_else(|| "nothing".to_owned(), |it| short(it.node));
        let message = format!(
            "the stability of `{{}}` was {}, now it is {}",
            text(change.before),
            text(change.after)
        );
        let (rule, wire, why) = match (rank(change.before), change.after, rank(change.after)) {
            (_, Some(_), None) => (
                rules::LIFECYCLE_STABILITY_UNREADABLE,
                Wire::Undecided,
                "what is promised isn't known; write draft, alpha, beta or stable",
            ),
            (_, None, _) => (
                rules::LIFECYCLE_STABILITY_LOWERED,
                Wire::Undecided,
                "what is promised is no longer said",
            ),
            (was, _, Some(is)) if is < was.unwrap_or(highest) => (
                rules::LIFECYCLE_STABILITY_LOWERED,
                Wire::Undecided,
                "callers relied on it; from now on it may change under them",
            ),
            _ => (
                rules::LIFECYCLE_STABILITY_RAISED,
                Wire::Compatible,
                "more is promised about later changes",
            ),
        };
        let fact = change.placed(Fact::judged(rule, wire, why, message));
        self.found(pair, Guard::OPEN, fact);
    }
}
