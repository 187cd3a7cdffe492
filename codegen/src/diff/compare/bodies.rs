//! Request bodies: whether there is one, and whether it has to be sent.

use super::super::canonical::text::short;
use super::super::canonical::{At, equal};
use super::super::fact::{Fact, Guard, Pair};
use super::super::finding::Wire;
use super::Comparison;
use super::calls::Call;
use super::obligation::Obligation;

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
                let fact = Fact::judged("body.removed", Wire::Breaking, why, message)
                    .places(Some(before), Some(new.at))
                    .values(Some(short(before.node)), None);
                self.found(inputs, Guard::OPEN, fact);
            }
            (None, Some(after)) => {
                let own = self.new.follow(after);
                let (id, wire, why, kind) = if new.is_reversed {
                    (
                        "body.optional.added",
                        Wire::Compatible,
                        "callers skip a body that they don't expect",
                        "may have",
                    )
                } else if own.flag("required") == Some(true) {
                    (
                        "body.required.added",
                        Wire::Breaking,
                        "old callers don't send one",
                        "needs",
                    )
                } else {
                    (
                        "body.optional.added",
                        Wire::Compatible,
                        "old callers needn't send one",
                        "may have",
                    )
                };
                let fact = Fact::judged(id, wire, why, format!("`{{}}` {kind} a body now"))
                    .places(Some(old.at), Some(after))
                    .values(None, Some(short(own.node)));
                self.found(inputs, Guard::OPEN, fact);
            }
        }
    }

    /// Compares two request bodies.
    pub(super) fn body(&mut self, from: Pair, old: At<'a>, new: At<'a>) {
        let (old, new) = (self.old.follow(old), self.new.follow(new));
        let (pair, first) = self.pair(old, new);
        self.graph.connect(from, pair, Guard::OPEN);
        if !first {
            return;
        }
        if equal::same(old.node, new.node) {
            self.references(pair, old, new);
            return;
        }
        let rules = Obligation {
            required: ("body.became.required", "`{}` needs a body now"),
            optional: ("body.became.optional", "`{}` needs no body now"),
        };
        self.obligation(pair, old, new, &rules);
        let (before, after) = (old.child("content"), new.child("content"));
        self.media(pair, before, after, (old, new), "body.media");
        self.notes(pair, old, new, &["$ref", "required", "content"]);
    }
}
