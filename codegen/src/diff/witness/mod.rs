//! Values that show what a change does: valid on one side and not on the other.
//!
//! Candidates are built from what both sides say, and each is put to a JSON Schema validator for both.
//! One that doesn't hold isn't shown.

mod candidates;
mod export;
mod quick;

use serde_json::Value;

use super::canonical::{Schema, Tree};
use super::compare::Comparison;
use super::fact::Fact;
use super::finding::{Direction, Wire, Witness};

/// How many facts get a witness: reading more than these takes longer than finding them.
const FACTS: usize = 150;

/// How many values of one fact are put to a validator.
const VALIDATED: usize = 2;

/// Finds witnesses.
pub(super) struct Witnesses<'c, 'a> {
    comparison: &'c Comparison<'a>,
    left: usize,
}

impl<'c, 'a> Witnesses<'c, 'a> {
    pub(super) fn new(comparison: &'c Comparison<'a>) -> Self {
        Self {
            comparison,
            left: FACTS,
        }
    }

    /// A value that was valid and isn't for a request, or is valid and wasn't for an answer.
    pub(super) fn of(&mut self, fact: &Fact<'_>, direction: Direction) -> Option<Witness> {
        let schemas = fact.schemas?;
        self.left = self.left.checked_sub(1)?;
        let lost = direction.in_requests() && fact.verdict.request >= Wire::Undecided;
        let gained = direction.in_responses() && fact.verdict.response >= Wire::Undecided;
        let old = (&self.comparison.old, schemas.old);
        let new = (&self.comparison.new, schemas.new);
        let lost = lost.then(|| between(old, new, &fact.name)).flatten();
        if let Some(value) = lost {
            return Some(witness(value, true));
        }
        let gained = gained.then(|| between(new, old, &fact.name)).flatten();
        gained.map(|value| witness(value, false))
    }
}

fn witness(value: Value, old_accepts: bool) -> Witness {
    Witness {
        value,
        old_accepts,
        new_accepts: !old_accepts,
        verified: true,
    }
}

/// A value that the first accepts and the second doesn't, as a validator says.
fn between(
    accepts: (&Tree<'_>, Schema),
    refuses: (&Tree<'_>, Schema),
    hint: &str,
) -> Option<Value> {
    let candidates = candidates::candidates(accepts, refuses, hint);
    let mut left = VALIDATED;
    for value in candidates {
        let yes = export::export(accepts.0, accepts.1, &value)?;
        if quick::accepts(&yes, &value) == Some(false) {
            continue;
        }
        let no = export::export(refuses.0, refuses.1, &value)?;
        if quick::accepts(&no, &value) == Some(true) {
            continue;
        }
        if is_valid(&yes, &value) == Some(true) && is_valid(&no, &value) == Some(false) {
            return Some(value);
        }
        left -= 1;
        if left == 0 {
            break;
        }
    }
    None
}

/// What a validator says. Nothing when it can't read the schema.
fn is_valid(schema: &Value, value: &Value) -> Option<bool> {
    let validator = jsonschema::draft202012::new(schema).ok()?;
    Some(validator.is_valid(value))
}
