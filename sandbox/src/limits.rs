//! Rate limits: 500 calls a minute and 150,000 a day, 429 above. The two numbers and the status are
//! documented. It is inferred that the windows slide, that refused calls don't count, and that the
//! body has the gateway's shape. It isn't known whether the response has a Retry-After header, so
//! that is an option.

use std::collections::VecDeque;
use std::time::SystemTime;

use chrono::{NaiveDateTime, TimeDelta};

use crate::failure::{ErrorStyle, Failure};

/// Rate limits for calls with the correct credentials.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), revio_sandbox::StartError> {
/// use revio_sandbox::{Limits, WaitHint, Sandbox};
///
/// let limits = Limits::default().per_minute(3).retry_after(WaitHint::Seconds);
/// let sandbox = Sandbox::builder().limits(limits).start().await?;
/// // The fourth call gets a 429, until a minute has passed on the sandbox's clock.
/// sandbox.advance(std::time::Duration::from_secs(60));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    per_minute: usize,
    per_day: usize,
    retry_after: WaitHint,
}

/// The Retry-After header of a 429.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum WaitHint {
    /// No header.
    #[default]
    Absent,
    /// As a number of seconds.
    Seconds,
    /// As a date, on the clock of the sandbox, which the Date header shows as well.
    Date,
}

impl Default for Limits {
    /// The limits of the vendor: 500 a minute, 150,000 a day.
    fn default() -> Self {
        Self {
            per_minute: 500,
            per_day: 150_000,
            retry_after: WaitHint::Absent,
        }
    }
}

impl Limits {
    /// Most calls in any minute.
    pub fn per_minute(mut self, calls: usize) -> Self {
        self.per_minute = calls;
        self
    }

    /// Most calls in any 24 hours.
    pub fn per_day(mut self, calls: usize) -> Self {
        self.per_day = calls;
        self
    }

    /// The Retry-After header of a 429.
    pub fn retry_after(mut self, form: WaitHint) -> Self {
        self.retry_after = form;
        self
    }
}

/// The calls of the last day.
pub(crate) struct Window {
    limits: Limits,
    calls: VecDeque<NaiveDateTime>,
}

impl Window {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            calls: VecDeque::new(),
        }
    }

    /// Counts a call, or refuses it.
    pub(crate) fn admit(&mut self, now: NaiveDateTime) -> Result<(), Failure> {
        // The clock was set back, so the counted calls are in the future.
        if self.calls.back().is_some_and(|last| *last > now) {
            self.calls.clear();
        }
        let day = TimeDelta::days(1);
        while self.calls.front().is_some_and(|call| *call + day <= now) {
            self.calls.pop_front();
        }
        for (most, span, name) in [
            (self.limits.per_minute, TimeDelta::minutes(1), "minute"),
            (self.limits.per_day, day, "day"),
        ] {
            let free = match most.checked_sub(1) {
                // The call that has to leave the window before another one is admitted.
                Some(others) => self.calls.iter().rev().nth(others).map(|call| *call + span),
                None => Some(now + span),
            };
            if let Some(free) = free.filter(|free| *free > now) {
                return Err(self.refusal(most, name, now, free));
            }
        }
        self.calls.push_back(now);
        Ok(())
    }

    fn refusal(&self, most: usize, span: &str, now: NaiveDateTime, free: NaiveDateTime) -> Failure {
        let wait = free - now;
        let part = i64::from(wait.subsec_nanos() > 0);
        let seconds = wait.num_seconds() + part;
        let message = format!("more than {most} calls in a {span}; try again in {seconds} seconds");
        let failure = Failure::new(429, message).with_style(ErrorStyle::Gateway);
        match self.limits.retry_after {
            WaitHint::Absent => failure,
            WaitHint::Seconds => failure.with_header("retry-after", seconds.to_string()),
            WaitHint::Date => {
                let until = SystemTime::from((now + TimeDelta::seconds(seconds)).and_utc());
                failure.with_header("retry-after", httpdate::fmt_http_date(until))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use proptest::prelude::*;

    fn at(seconds: i64) -> NaiveDateTime {
        Clock::new().now() + TimeDelta::seconds(seconds)
    }

    fn headers(form: WaitHint) -> Vec<(&'static str, String)> {
        let mut window = Window::new(Limits::default().per_minute(1).retry_after(form));
        window.admit(at(0)).expect("the first");
        window.admit(at(15)).expect_err("the second").headers
    }

    #[test]
    fn retry_after_has_the_configured_form() {
        assert_eq!(headers(WaitHint::Absent), []);
        assert_eq!(
            headers(WaitHint::Seconds),
            [("retry-after", "45".to_owned())]
        );
        assert_eq!(
            headers(WaitHint::Date),
            [("retry-after", "Wed, 01 Jul 2026 08:01:00 GMT".to_owned())]
        );
    }

    #[test]
    fn default_limits_are_those_of_the_vendor() {
        let mut window = Window::new(Limits::default());
        let (mut admitted, mut minute) = (0, 0);
        while admitted < 150_000 {
            for _ in 0..500 {
                window.admit(at(minute * 60)).expect("below both limits");
                admitted += 1;
            }
            let refused = window.admit(at(minute * 60 + 59)).expect_err("too many");
            assert!(
                refused
                    .message
                    .starts_with("more than 500 calls in a minute")
            );
            minute += 1;
        }
        let refused = window.admit(at(minute * 60)).expect_err("too many");
        assert_eq!(
            refused.message,
            "more than 150000 calls in a day; try again in 68400 seconds"
        );
        assert_eq!(refused.status, 429);
        window
            .admit(at(86_400))
            .expect("the first calls are a day old");
    }

    #[test]
    fn a_limit_may_be_zero_and_the_clock_may_be_set_back() {
        let mut none = Window::new(Limits::default().per_minute(0));
        none.admit(at(0)).expect_err("none at all");
        let mut one = Window::new(Limits::default().per_minute(1));
        one.admit(at(100)).expect("the first");
        one.admit(at(0)).expect("before the first");
    }

    proptest! {
        #[test]
        fn no_minute_has_more_calls_than_allowed(
            waits in prop::collection::vec(0..40_i64, 0..60),
            most in 1..6_usize,
        ) {
            let mut window = Window::new(Limits::default().per_minute(most));
            let (mut now, mut admitted) = (0, Vec::new());
            for wait in waits {
                now += wait;
                let recent = |calls: &[i64]| calls.iter().filter(|call| **call > now - 60).count();
                let is_admitted = window.admit(at(now)).is_ok();
                prop_assert_eq!(is_admitted, recent(&admitted) < most);
                if is_admitted {
                    admitted.push(now);
                }
            }
        }
    }
}
