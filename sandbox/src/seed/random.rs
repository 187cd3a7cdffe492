//! `SplitMix64`: small, fast and the same on every machine.
//!
//! Every value has a generator of its own, keyed by seed, record, position and field. So one field of
//! one record can be computed without the rest, and a new field in the schema changes no others.

/// A stream of pseudo-random numbers.
pub(crate) struct Random(u64);

impl Random {
    /// The stream of a field.
    pub(crate) fn at(seed: u64, record: &str, index: u64, field: &str) -> Self {
        Self::keyed(Self::key(seed, record, index), PathHash::START.then(field))
    }

    /// The key of all streams of a record.
    pub(crate) fn key(seed: u64, record: &str, index: u64) -> u64 {
        let key = mix(seed) ^ PathHash::START.then(record).0;
        mix(mix(key).wrapping_add(index))
    }

    /// The stream of a path within a record.
    pub(crate) fn keyed(key: u64, path: PathHash) -> Self {
        Self(key ^ path.0)
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number below `limit`; 0 when `limit` is 0.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        let product = u128::from(self.next()) * u128::from(limit);
        // The upper half of a 64 by 64 bit product fits 64 bits.
        u64::try_from(product >> 64).unwrap_or(0)
    }

    /// A number from 0 to below 1.
    pub(crate) fn unit(&mut self) -> f64 {
        // An f64 holds 53 bits.
        #[expect(clippy::cast_precision_loss)]
        let bits = (self.next() >> 11) as f64;
        bits / 9_007_199_254_740_992.0
    }

    /// True once in `n` times.
    pub(crate) fn once_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    /// One of several.
    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let index = usize::try_from(self.below(from.len() as u64)).unwrap_or(0);
        from.get(index).copied().unwrap_or("")
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The path of a field as its FNV-1a hash, which needs no memory for nested paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PathHash(u64);

impl PathHash {
    pub(crate) const START: Self = Self(0xCBF2_9CE4_8422_2325);

    /// The path with text appended.
    pub(crate) fn then(self, text: &str) -> Self {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        Self(text.bytes().fold(self.0, step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_field_same_numbers() {
        let draw = |seed, index, field| Random::at(seed, "Customer", index, field).next();
        assert_eq!(draw(42, 0, "name"), draw(42, 0, "name"));
        let all = [
            draw(42, 0, "name"),
            draw(43, 0, "name"),
            draw(42, 1, "name"),
            draw(42, 0, "city"),
        ];
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn stays_below_its_limit_and_reaches_all() {
        let mut random = Random::at(1, "r", 0, "f");
        let mut seen = [false; 7];
        for _ in 0..1_000 {
            seen[usize::try_from(random.below(7)).expect("small")] = true;
        }
        assert_eq!(seen, [true; 7]);
        assert_eq!(random.below(0), 0);
    }
}
