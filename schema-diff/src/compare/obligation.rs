//! Whether a body, a parameter or a header has to be there.

use super::Comparison;
use crate::canonical::At;
use crate::fact::{Fact, Guard, Pair};
use crate::finding::Effect;
use crate::rules::Rule;

/// The rules of one kind of part, each with its message.
pub(super) struct Obligation {
    pub(super) required: (&'static Rule, &'static str),
    pub(super) optional: (&'static Rule, &'static str),
}

impl<'a> Comparison<'a> {
    pub(super) fn obligation(&mut self, pair: Pair, old: At<'a>, new: At<'a>, rules: &Obligation) {
        let required = |at: At<'a>| at.flag("required") == Some(true);
        if required(old) == required(new) {
            return;
        }
        let ((rule, message), effect) = if required(new) {
            (rules.required, Effect::Narrows)
        } else {
            (rules.optional, Effect::Widens)
        };
        let at = |it: At<'a>| it.child("required").unwrap_or(it);
        let text = |it: At<'a>| Some(required(it).to_string());
        let fact = Fact::by_variance(rule, effect, message)
            .places(Some(at(old)), Some(at(new)))
            .values(text(old), text(new))
            .named("required");
        self.found(pair, Guard::OPEN, fact);
    }
}
