//! Backoff: how long to wait before another attempt.

use std::time::Duration;

use crate::retry::RetryPolicy;
use crate::runtime::retry::classify::Cause;
use crate::runtime::retry::jitter::Random;

/// The first ceiling after a 429, where the server's window is a minute.
const THROTTLED_BASE: Duration = Duration::from_secs(1);

/// Full jitter: anything from zero to a ceiling that doubles with each retry; longer if the server asks for it.
pub(in crate::runtime) fn backoff(
    policy: &RetryPolicy,
    retries: u32,
    cause: Cause,
    asked: Option<Duration>,
    random: &dyn Random,
) -> Duration {
    let base = match cause {
        Cause::Transient => policy.base_delay,
        Cause::Throttled => THROTTLED_BASE.max(policy.base_delay),
    };
    let ceiling = base
        .saturating_mul(1_u32.checked_shl(retries).unwrap_or(u32::MAX))
        .min(policy.max_delay);
    let unit = random.unit().clamp(0.0, 1.0);
    let own = Duration::try_from_secs_f64(ceiling.as_secs_f64() * unit).unwrap_or(ceiling);
    asked.map_or(own, |asked| asked.max(own))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::backoff;
    use crate::retry::RetryPolicy;
    use crate::runtime::retry::classify::Cause;
    use crate::runtime::retry::jitter::{Random, SystemRandom};

    #[derive(Debug)]
    struct Always(f64);

    impl Random for Always {
        fn unit(&self) -> f64 {
            self.0
        }
    }

    fn at(unit: f64, retries: u32, cause: Cause, asked: Option<u64>) -> Duration {
        let asked = asked.map(Duration::from_secs);
        backoff(&RetryPolicy::new(), retries, cause, asked, &Always(unit))
    }

    #[test]
    fn the_ceiling_doubles_up_to_the_longest() {
        let ceilings = [50, 100, 200, 400, 800, 1600, 3200, 6400, 12_800, 20_000];
        for (retries, milliseconds) in (0..).zip(ceilings) {
            let ceiling = Duration::from_millis(milliseconds);
            assert_eq!(at(1.0, retries, Cause::Transient, None), ceiling);
            assert_eq!(at(0.5, retries, Cause::Transient, None), ceiling / 2);
            assert_eq!(at(0.0, retries, Cause::Transient, None), Duration::ZERO);
        }
        for (retries, seconds) in [(0, 1), (1, 2), (4, 16), (5, 20), (31, 20), (u32::MAX, 20)] {
            let ceiling = Duration::from_secs(seconds);
            assert_eq!(at(1.0, retries, Cause::Throttled, None), ceiling);
        }
    }

    #[test]
    fn the_server_may_ask_for_more_and_never_for_less() {
        assert_eq!(at(1.0, 0, Cause::Throttled, Some(0)).as_secs(), 1);
        assert_eq!(at(0.0, 0, Cause::Throttled, Some(0)).as_secs(), 0);
        assert_eq!(at(1.0, 0, Cause::Throttled, Some(7)).as_secs(), 7);
        assert_eq!(at(0.0, 0, Cause::Transient, Some(90)).as_secs(), 90);
        assert_eq!(
            at(0.0, 0, Cause::Throttled, Some(u64::MAX)),
            Duration::from_secs(u64::MAX)
        );
    }

    #[test]
    fn a_bad_source_of_chance_breaks_nothing() {
        for unit in [-1.0, f64::NAN, 2.0, f64::INFINITY] {
            assert!(at(unit, 0, Cause::Transient, None) <= Duration::from_millis(50));
        }
    }

    /// The Kolmogorov-Smirnov distance of 10,000 delays from an even spread, at p = 0.01.
    #[test]
    fn delays_are_spread_evenly() {
        let random = SystemRandom::seeded(42);
        let policy = RetryPolicy::new();
        let mut delays: Vec<f64> = (0..10_000)
            .map(|_| backoff(&policy, 3, Cause::Transient, None, &random).as_secs_f64() / 0.4)
            .collect();
        delays.sort_by(f64::total_cmp);
        let distance = delays
            .iter()
            .zip(0_u32..)
            .map(|(delay, place)| (delay - f64::from(place) / 10_000.0).abs())
            .fold(0.0, f64::max);
        assert!(distance < 1.63 / 100.0, "{distance}");
    }
}
