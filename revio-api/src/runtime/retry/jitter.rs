//! Where the crate takes chance from.

use std::collections::hash_map::RandomState;
use std::fmt::Debug;
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};

/// A source of chance, for the delays between attempts. A test may put its own in.
///
/// ```
/// use std::sync::Arc;
///
/// use revio_api::{Client, Credentials, Random};
///
/// /// Waits as long as may be waited.
/// #[derive(Debug)]
/// struct Longest;
///
/// impl Random for Longest {
///     fn unit(&self) -> f64 {
///         0.999
///     }
/// }
///
/// let client = Client::builder(Credentials::new("api_user", "client_code", "password"))
///     .random(Arc::new(Longest))
///     .build()?;
/// # Ok::<_, revio_api::Error>(())
/// ```
pub trait Random: Debug + Send + Sync {
    /// A number from 0 up to, but not including, 1.
    fn unit(&self) -> f64;
}

/// A generator for delays, seeded by the system (`SplitMix64`). Not for secrets.
#[derive(Debug)]
pub(crate) struct SystemRandom(AtomicU64);

impl SystemRandom {
    pub(crate) fn new() -> Self {
        Self::seeded(RandomState::new().build_hasher().finish())
    }

    pub(crate) fn seeded(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    pub(crate) fn next(&self) -> u64 {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let state = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

impl Random for SystemRandom {
    fn unit(&self) -> f64 {
        // Both numbers fit into 53 bits, so nothing is rounded.
        #[expect(clippy::cast_precision_loss, reason = "53 bits are what an f64 holds")]
        let part = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        part
    }
}

#[cfg(test)]
mod tests {
    use super::{Random, SystemRandom};

    #[test]
    fn numbers_are_spread_evenly_below_one() {
        let random = SystemRandom::seeded(42);
        let mut tenths = [0_u32; 10];
        for _ in 0..10_000 {
            let number = random.unit();
            assert!((0.0..1.0).contains(&number), "{number}");
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 9"
            )]
            let tenth = (number * 10.0) as usize;
            tenths[tenth] += 1;
        }
        // Ten standard deviations: 30 each way.
        assert!(
            tenths.iter().all(|count| (700..1300).contains(count)),
            "{tenths:?}"
        );
    }

    #[test]
    fn two_clients_wait_differently() {
        assert_ne!(SystemRandom::new().next(), SystemRandom::new().next());
    }
}
