//! Request bodies: whether there is one, and whether it has to be sent.

use super::Comparison;
use super::calls::Call;
use super::media::Carrier;
use super::obligation::Obligation;
use crate::canonical::At;
use crate::canonical::text::short;
use crate::fact::{Fact, Guard, Pair};
use crate::finding::Wire;
use crate::rules;

impl<'a> Comparison<'a> {
    pub(super) fn bodies(&mut self, inputs: Pair, old: &Call<'a>, new: &Call<'a>) {
        let before = old.at.child("requestBody");
        let after = new.at.child("requestBody");
        match (before, after) {
            (None, None) => {}
            (Some(before), Some(after)) => self.body(inputs, before, after),
            (Some(before), None) => {
                let message = "`{}` is no longer taken";
                let why = "the body that old callers send is ignored or refused";
                let fact = Fact::judged(rules::BODY_REMOVED, Wire::Breaking, why, message)
                    .places(Some(before), Some(new.at))
                    .values(Some(short(before.node)), None);
                self.found(inputs, Guard::OPEN, fact);
            }
            (None, Some(after)) => {
                let own = self.new.follow(after);
                let (rule, wire, why, kind) = if new.is_reversed {
                    (
                        rules::BODY_OPTIONAL_ADDED,
                        Wire::Compatible,
                        "callers skip a body that they don't expect",
                        "may have",
                    )
                } else if own.flag("required") == Some(true) {
                    (
                        rules::BODY_REQUIRED_ADDED,
                        Wire::Breaking,
                        "old callers don't send one",
                        "needs",
                    )
                } else {
                    (
                        rules::BODY_OPTIONAL_ADDED,
                        Wire::Compatible,
                        "old callers needn't send one",
                        "may have",
                    )
                };
                let fact = Fact::judged(rule, wire, why, format!("`{{}}` {kind} a body now"))
                    .places(Some(old.at), Some(after))
                    .values(None, Some(short(own.node)));
                self.found(inputs, Guard::OPEN, fact);
            }
        }
    }

    /// Compares two request bodies.
    pub(super) fn body(&mut self, from: Pair, old: At<'a>, new: At<'a>) {
        let Some((pair, old, new)) = self.enter(from, old, new) else {
            return;
        };
        let rules = Obligation {
            required: (rules::BODY_BECAME_REQUIRED, "`{}` needs a body now"),
            optional: (rules::BODY_BECAME_OPTIONAL, "`{}` needs no body now"),
        };
        self.obligation(pair, old, new, &rules);
        let (before, after) = (old.child("content"), new.child("content"));
        self.media(pair, before, after, (old, new), Carrier::Body);
        self.notes(pair, old, new, &["$ref", "required", "content"]);
    }
}
