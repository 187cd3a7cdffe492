//! Operations: which there are, and what belongs to each.

use super::Comparison;
use super::calls::{self, Call};
use super::lifecycle::SunsetStatus;
use crate::canonical::text::{quoted, short};
use crate::canonical::{At, equal};
use crate::fact::{Fact, Guard, Pair};
use crate::finding::Wire;
use crate::matching;
use crate::rules;

/// Keywords of an operation that aren't notes.
const STRUCTURE: &[&str] = &[
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "callbacks",
    "security",
    "servers",
    "tags",
    "deprecated",
];

/// Keywords of a path item that aren't notes.
const ITEM: &[&str] = &[
    "$ref",
    "parameters",
    "servers",
    "get",
    "put",
    "post",
    "delete",
    "options",
    "head",
    "patch",
    "trace",
    "query",
    "additionalOperations",
];

impl<'a> Comparison<'a> {
    /// Compares the operations of two documents.
    pub(super) fn operations(&mut self, document: Pair, old: usize, new: usize) {
        let before = calls::calls(&self.old, old);
        let after = calls::calls(&self.new, new);
        self.matched(&before, &after);
        self.unused_schemes(document, old, new);
    }

    /// Compares the operations that belong together, and lists the others.
    fn matched(&mut self, before: &[Call<'a>], after: &[Call<'a>]) {
        let matched = matching::operations::matched(before, after);
        for (old, new) in matched.pairs {
            self.operation(&before[old], &after[new]);
        }
        for (old, new) in matched.moved {
            self.moved(&before[old], &after[new]);
            self.operation(&before[old], &after[new]);
        }
        for index in matched.removed {
            self.gone(&before[index]);
        }
        for index in matched.added {
            self.fresh(&after[index]);
        }
    }

    /// A pair that only this operation leads to, in both directions.
    fn own_pair(&mut self, call: Call<'a>) -> (usize, Pair) {
        let index = self.calls.len();
        self.calls.push(call);
        let pair = self.graph.add();
        self.root(index, true, None, pair);
        self.root(index, false, None, pair);
        (index, pair)
    }

    fn gone(&mut self, call: &Call<'a>) {
        let (_, pair) = self.own_pair(call.clone());
        let name = format!("{} {}", call.method, call.path);
        let (rule, what, loss) = if call.is_reversed {
            (
                rules::WEBHOOK_REMOVED,
                "is no longer sent",
                "callers wait for it",
            )
        } else {
            (rules::OP_REMOVED, "is gone", "every call of it fails")
        };
        let (wire, why) = match self.sunset_status(call.at) {
            SunsetStatus::Nothing => (Wire::Breaking, loss),
            SunsetStatus::Ahead => (Wire::Breaking, "callers were promised that it works longer"),
            SunsetStatus::SomeDay => (
                Wire::Undecided,
                "callers know when it ends; whether that day has come isn't known",
            ),
            SunsetStatus::Passed => (
                Wire::Compatible,
                "it was deprecated, and the day until which it was to work has passed",
            ),
        };
        let fact = Fact::judged(rule, wire, why, format!("{name} {what}"))
            .places(Some(call.at), None)
            .values(Some(quoted(&name)), None);
        self.found(pair, Guard::OPEN, fact);
    }

    fn fresh(&mut self, call: &Call<'a>) {
        let (_, pair) = self.own_pair(call.clone());
        let name = format!("{} {}", call.method, call.path);
        let rule = if call.is_reversed {
            rules::WEBHOOK_ADDED
        } else {
            rules::OP_ADDED
        };
        let why = "old callers don't know it";
        let fact = Fact::judged(rule, Wire::Compatible, why, format!("{name} is new"))
            .places(None, Some(call.at))
            .values(None, Some(quoted(&name)));
        self.found(pair, Guard::OPEN, fact);
    }

    fn moved(&mut self, old: &Call<'a>, new: &Call<'a>) {
        let (_, pair) = self.own_pair(old.clone());
        let name = |call: &Call<'a>| format!("{} {}", call.method, call.path);
        let (was, is) = (name(old), name(new));
        let rule = if old.method == new.method {
            rules::OP_PATH_CHANGED
        } else {
            rules::OP_METHOD_CHANGED
        };
        let message = format!("`{{}}` was {was}, now it is {is}");
        let fact = Fact::judged(
            rule,
            Wire::Breaking,
            "old callers send the old one",
            message,
        )
        .places(Some(old.at), Some(new.at))
        .values(Some(quoted(&was)), Some(quoted(&is)));
        self.found(pair, Guard::OPEN, fact);
    }

    fn operation(&mut self, old: &Call<'a>, new: &Call<'a>) {
        // What the old side promised is what callers rely on.
        let (index, pair) = self.own_pair(Call {
            is_promised: old.is_promised,
            ..new.clone()
        });
        if !equal::same(old.at.node, new.at.node) {
            self.heading(pair, old, new);
        }
        if !equal::same(old.item.node, new.item.node) {
            self.notes(pair, old.item, new.item, ITEM);
        }
        // What callers send comes from the service when it calls.
        let is_request = !new.is_reversed;
        let inputs = self.graph.add();
        self.root(index, is_request, None, inputs);
        self.parameters(pair, inputs, old, new);
        self.bodies(inputs, old, new);
        self.responses(index, pair, old, new);
        self.servers(pair, old, new);
        self.security(pair, old, new);
        let (before, after) = (old.callbacks(&self.old), new.callbacks(&self.new));
        self.matched(&before, &after);
    }

    /// Id, tags, deprecation and notes.
    fn heading(&mut self, pair: Pair, old: &Call<'a>, new: &Call<'a>) {
        if old.id != new.id {
            let text = |id: Option<&str>| id.map(quoted);
            let message = match (old.id, new.id) {
                (Some(was), Some(is)) => {
                    format!(
                        "{} {} is called `{is}` instead of `{was}`",
                        new.method, new.path
                    )
                }
                (None, _) => format!("{} {} has a name now", new.method, new.path),
                _ => format!("{} {} no longer has a name", new.method, new.path),
            };
            let why = "the id isn't sent";
            let fact = Fact::judged(rules::OP_ID_CHANGED, Wire::Silent, why, message)
                .places(
                    old.at.child("operationId").or(Some(old.at)),
                    new.at.child("operationId").or(Some(new.at)),
                )
                .values(text(old.id), text(new.id));
            self.found(pair, Guard::OPEN, fact);
        }
        let tags = |call: &Call<'a>| call.at.child("tags");
        if !super::extensions::same_or_absent(tags(old), tags(new)) {
            let text = |at: Option<At<'a>>| at.map(|it| short(it.node));
            let message = "the tags of `{}` changed";
            let fact = Fact::judged(
                rules::OP_TAGS_CHANGED,
                Wire::Silent,
                "tags aren't sent",
                message,
            )
            .places(tags(old).or(Some(old.at)), tags(new).or(Some(new.at)))
            .values(text(tags(old)), text(tags(new)));
            self.found(pair, Guard::OPEN, fact);
        }
        let deprecated = |call: &Call<'a>| call.at.flag("deprecated") == Some(true);
        if deprecated(old) != deprecated(new) {
            let (rule, message, why) = if deprecated(new) {
                (
                    rules::OP_DEPRECATED,
                    "`{}` is deprecated now",
                    "it still works; callers should move on before it stops",
                )
            } else {
                (
                    rules::OP_UNDEPRECATED,
                    "`{}` is no longer deprecated",
                    "it works as before",
                )
            };
            let fact = Fact::judged(rule, Wire::Compatible, why, message)
                .places(Some(old.at), Some(new.at));
            self.found(pair, Guard::OPEN, fact);
            if deprecated(new) {
                self.undated(pair, old.at, new.at);
            }
        }
        self.notes(pair, old.at, new.at, STRUCTURE);
    }
}
