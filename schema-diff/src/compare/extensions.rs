//! Keywords that start with `x-`: a few that many tools agree on, and those of the vocabulary.

use super::Comparison;
use super::annotations::Change;
use crate::canonical::text::canonical;
use crate::canonical::{At, equal};
use crate::fact::{Fact, Guard, Pair};
use crate::finding::Wire;
use crate::rules;
use crate::vocabulary::Meaning;

impl<'a> Comparison<'a> {
    pub(super) fn extension(&mut self, pair: Pair, change: &Change<'a>) {
        if self.vocabulary.is_reference(change.key) {
            self.referred(pair, change);
        }
        let node = |at: Option<At<'a>>| at.map(|at| at.node);
        let (before, after) = (node(change.before), node(change.after));
        let fact = match self.vocabulary.keyword(change.key, before, after) {
            Some(Meaning::KnownValues) => return self.known_values(pair, change),
            Some(Meaning::Fact(it)) => {
                let fact = Fact::judged(it.rule, it.response, it.reason, it.message);
                if it.request == it.response {
                    fact
                } else {
                    fact.with_verdict(it.request, it.response, it.reason)
                }
            }
            None => match change.key {
                "x-sunset" => return self.sunset(pair, change),
                "x-stability-level" => return self.stability(pair, change),
                "x-extensible-enum" => Fact::judged(
                    rules::SCHEMA_EXTENSIBLE_ENUM_CHANGED,
                    Wire::Undecided,
                    "the enum is open in responses, and may be closed in requests",
                    "the known values of `{}` changed",
                ),
                key => {
                    let message = format!("{key} of `{{}}` changed");
                    let rule = rules::EXTENSION_CHANGED;
                    Fact::judged(rule, Wire::Silent, "it isn't sent", message)
                }
            },
        };
        self.found(pair, Guard::OPEN, change.placed(fact));
    }

    /// Compares the schemas that a keyword refers to.
    fn referred(&mut self, pair: Pair, change: &Change<'a>) {
        let target = |this: &Self, at: Option<At<'a>>, is_old: bool| {
            let at = at?;
            let tree = if is_old { &this.old } else { &this.new };
            tree.resolve(at, at.node.as_str()?)
        };
        let old = target(self, change.before, true);
        let new = target(self, change.after, false);
        if let (Some(old), Some(new)) = (old, new) {
            self.schemas(pair, Guard::OPEN, &[old], &[new]);
        }
    }

    /// The values of an open list that are known.
    fn known_values(&mut self, pair: Pair, change: &Change<'a>) {
        let list = |at: Option<At<'a>>| -> Vec<(String, At<'a>)> {
            let items = at.into_iter().flat_map(|it| it.items().collect::<Vec<_>>());
            items.map(|it| (canonical(it.node), it)).collect()
        };
        let (old, new) = (list(change.before), list(change.after));
        let missing = |from: &[(String, At<'a>)], within: &[(String, At<'a>)]| {
            let known = |text: &String| within.iter().any(|(it, _)| it == text);
            let others = from.iter().filter(|(text, _)| !known(text));
            others.cloned().collect::<Vec<_>>()
        };
        let (at_old, at_new) = (
            change.before.or(change.at_old),
            change.after.or(change.at_new),
        );
        let why = "the enum is open: other values were always possible";
        let mut any = false;
        for (text, at) in missing(&old, &new) {
            let message = format!("{text} is no longer a known value of `{{}}`");
            let fact = Fact::judged(
                rules::SCHEMA_KNOWN_VALUE_REMOVED,
                Wire::Silent,
                why,
                message,
            )
            .places(Some(at), at_new)
            .values(Some(text.clone()), None)
            .named(text);
            self.found(pair, Guard::OPEN, fact);
            any = true;
        }
        for (text, at) in missing(&new, &old) {
            let message = format!("{text} is a known value of `{{}}` now");
            let fact = Fact::judged(rules::SCHEMA_KNOWN_VALUE_ADDED, Wire::Silent, why, message)
                .places(at_old, Some(at))
                .values(None, Some(text.clone()))
                .named(text);
            self.found(pair, Guard::OPEN, fact);
            any = true;
        }
        if !any {
            let message = "the known values of `{}` were reordered";
            let fact = Fact::judged(rules::SCHEMA_KNOWN_VALUE_ORDER, Wire::Silent, why, message);
            self.found(pair, Guard::OPEN, change.placed(fact));
        }
    }
}

/// Whether two nodes are the same, or both absent.
pub(super) fn same_or_absent(old: Option<At<'_>>, new: Option<At<'_>>) -> bool {
    match (old, new) {
        (Some(a), Some(b)) => equal::same(a.node, b.node),
        (None, None) => true,
        _ => false,
    }
}
