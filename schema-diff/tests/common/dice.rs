//! Chance that can be had again: a whole case follows from one seed.

/// A small generator of numbers.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }

    /// Two times of three.
    pub(crate) fn often(&mut self) -> bool {
        self.roll(3) > 0
    }

    /// Once in four times.
    pub(crate) fn seldom(&mut self) -> bool {
        self.roll(4) == 0
    }
}
