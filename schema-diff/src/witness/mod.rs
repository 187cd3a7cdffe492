//! Values that show what a change does: valid on one side and not on the other.
//!
//! Candidates are built from what both sides say. Most are out at a look; the others are put to a JSON
//! Schema validator for both sides, and one that doesn't hold isn't shown.

mod candidates;
mod check;
mod export;
mod formats;
mod values;

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;

use serde_json::Value;

use self::candidates::Pair;
use self::check::Check;
use self::values::{LARGE, Maker, SCHEMAS};
use super::canonical::{At, Schema, Tree};
use super::compare::Comparison;
use super::fact::Fact;
use super::finding::{Direction, Wire, Witness};
use super::pattern::Fuel;

/// How many facts are tried: more would take longer than finding them.
const FACTS: usize = 1_000;

/// How many values of one fact are looked at, and put to a validator.
const LOOKED_AT: usize = 80;
const VALIDATED: usize = 3;

/// Finds witnesses.
pub(super) struct Witnesses<'c, 'a> {
    comparison: &'c Comparison<'a>,
    fuel: RefCell<Fuel>,
    check: Check,
    left: usize,
}

/// A schema of one side, and where the fact stands there.
#[derive(Clone, Copy)]
struct End<'c, 'a> {
    tree: &'c Tree<'a>,
    schema: Schema,
    place: Option<At<'a>>,
}

impl<'c, 'a> Witnesses<'c, 'a> {
    pub(super) fn new(comparison: &'c Comparison<'a>) -> Self {
        Self {
            comparison,
            fuel: RefCell::default(),
            check: Check::new(),
            left: FACTS,
        }
    }

    /// A value that was valid and isn't for a request, or is valid and wasn't for a response.
    pub(super) fn of(&mut self, fact: &Fact<'a>, direction: Direction) -> Option<Witness> {
        let schemas = fact.schemas?;
        self.left = self.left.checked_sub(1)?;
        let lost = direction.in_requests() && fact.verdict.request >= Wire::Undecided;
        let gained = direction.in_responses() && fact.verdict.response >= Wire::Undecided;
        let old = End {
            tree: &self.comparison.old,
            schema: schemas.old,
            place: fact.old,
        };
        let new = End {
            tree: &self.comparison.new,
            schema: schemas.new,
            place: fact.new,
        };
        let lost = lost.then(|| self.between(old, new, &fact.name)).flatten();
        if let Some(value) = lost {
            return Some(witness(value, true));
        }
        let gained = gained.then(|| self.between(new, old, &fact.name)).flatten();
        gained.map(|value| witness(value, false))
    }

    /// A value that the first accepts and the second doesn't, as a validator says.
    fn between(&self, accepts: End<'c, 'a>, refuses: End<'c, 'a>, hint: &str) -> Option<Value> {
        let pair = Pair {
            maker: Maker {
                tree: accepts.tree,
                left: &Cell::new(SCHEMAS),
                fuel: &self.fuel,
            },
            yes: accepts.schema,
            tree: refuses.tree,
            no: refuses.schema,
            check: &self.check,
            hint,
            place: accepts.place,
        };
        let (mut looked_at, mut validated) = (0, 0);
        let mut found = None;
        let _ = pair.offer(&mut |value| {
            looked_at += 1;
            let look = |end: End<'c, 'a>| self.check.schema(end.tree, end.schema, &value);
            let likely = look(accepts) != Some(false) && look(refuses) != Some(true);
            if likely && value.to_string().len() <= LARGE {
                validated += 1;
                let holds = is_valid(accepts, &value) == Some(true)
                    && is_valid(refuses, &value) == Some(false);
                if holds {
                    found = Some(value);
                    return ControlFlow::Break(());
                }
            }
            if looked_at == LOOKED_AT || validated == VALIDATED {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        found
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

/// What a validator says. Nothing when it can't read the schema.
fn is_valid(end: End<'_, '_>, value: &Value) -> Option<bool> {
    let schema = export::export(end.tree, end.schema, value)?;
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
    let validator = options.should_validate_formats(true).build(&schema).ok()?;
    Some(validator.is_valid(value))
}
