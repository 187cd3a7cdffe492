//! What doesn't restrict values: words, examples, defaults, who sends a field, extensions.

use super::Comparison;
use crate::canonical::text::short;
use crate::canonical::view::{View, is_annotation};
use crate::canonical::{At, equal};
use crate::fact::{Fact, Guard, Pair};
use crate::finding::{Effect, Wire};
use crate::rules;

/// Nothing of this is sent.
const NOT_SENT: &str = "it isn't sent";

impl<'a> Comparison<'a> {
    /// Compares the annotations of two schemas, with those of their wrappers.
    pub(super) fn annotations(&mut self, pair: Pair, old: &View<'a>, new: &View<'a>) {
        let sites = old.sites.iter().chain(&new.sites);
        let mut keys: Vec<&'a str> = sites
            .flat_map(|site| site.entries().map(|(key, _)| key))
            .filter(|key| is_annotation(key))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        let at_old = old.sites.first().copied();
        let at_new = new.sites.first().copied();
        for key in keys {
            let (before, after) = (old.annotation(key), new.annotation(key));
            let change = Change {
                key,
                before,
                after,
                at_old,
                at_new,
            };
            if change.is_one() {
                self.annotation(pair, &change);
            }
        }
    }

    /// Compares the annotations of two objects that aren't schemas: everything but the keys given.
    pub(super) fn notes(&mut self, pair: Pair, old: At<'a>, new: At<'a>, structure: &[&str]) {
        let mut keys: Vec<&'a str> = old.entries().chain(new.entries()).map(|it| it.0).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let change = Change {
                key,
                before: old.child(key),
                after: new.child(key),
                at_old: Some(old),
                at_new: Some(new),
            };
            if !structure.contains(&key) && change.is_one() {
                self.annotation(pair, &change);
            }
        }
    }

    fn annotation(&mut self, pair: Pair, change: &Change<'a>) {
        let key = change.key;
        let fact = match key {
            "description" | "summary" | "title" | "$comment" => {
                let message = format!("the {key} of `{{}}` changed");
                Fact::judged(rules::DOC_TEXT_CHANGED, Wire::Silent, NOT_SENT, message)
            }
            "example" | "examples" => {
                let message = "the examples of `{}` changed";
                Fact::judged(rules::DOC_EXAMPLE_CHANGED, Wire::Silent, NOT_SENT, message)
            }
            "externalDocs" => {
                let message = "the link of `{}` changed";
                Fact::judged(rules::DOC_LINK_CHANGED, Wire::Silent, NOT_SENT, message)
            }
            "deprecated" => {
                let (rule, what) = if change.is_true_after() {
                    (rules::DOC_DEPRECATED, "is deprecated now")
                } else {
                    (rules::DOC_UNDEPRECATED, "is no longer deprecated")
                };
                if let (true, Some(old), Some(new)) =
                    (change.is_true_after(), change.at_old, change.at_new)
                {
                    self.undated(pair, old, new);
                }
                let why = if change.is_true_after() {
                    "it still works; callers should move on before it stops"
                } else {
                    "it works as before"
                };
                Fact::judged(rule, Wire::Compatible, why, format!("`{{}}` {what}"))
            }
            "default" => default(change),
            "readOnly" | "writeOnly" => match sides(change) {
                Some(fact) => fact,
                None => return,
            },
            "xml" => {
                let message = "`{}` is serialized differently in XML";
                let why = "it matters where XML is sent";
                Fact::judged(rules::SCHEMA_XML_CHANGED, Wire::Undecided, why, message)
            }
            // What they name is compared where it is used.
            "$defs" | "definitions" => return,
            key if key.starts_with("x-") => {
                self.extension(pair, change);
                return;
            }
            key => {
                let message = format!("{key} of `{{}}` changed");
                Fact::judged(rules::DOC_KEYWORD_CHANGED, Wire::Silent, NOT_SENT, message)
            }
        };
        self.found(pair, Guard::OPEN, change.placed(fact));
    }
}

/// An annotation that isn't the same on both sides.
pub(super) struct Change<'a> {
    pub(super) key: &'a str,
    pub(super) before: Option<At<'a>>,
    pub(super) after: Option<At<'a>>,
    pub(super) at_old: Option<At<'a>>,
    pub(super) at_new: Option<At<'a>>,
}

impl<'a> Change<'a> {
    fn is_one(&self) -> bool {
        match (self.before, self.after) {
            (Some(a), Some(b)) => !equal::same(a.node, b.node),
            // False is what they are without being written.
            (Some(only), None) | (None, Some(only)) => {
                let flag = matches!(self.key, "deprecated" | "readOnly" | "writeOnly");
                !(flag && only.node.as_bool() == Some(false))
            }
            (None, None) => false,
        }
    }

    pub(super) fn is_true_before(&self) -> bool {
        self.before.and_then(|at| at.node.as_bool()) == Some(true)
    }

    pub(super) fn is_true_after(&self) -> bool {
        self.after.and_then(|at| at.node.as_bool()) == Some(true)
    }

    pub(super) fn placed(&self, fact: Fact<'a>) -> Fact<'a> {
        let text = |at: Option<At<'a>>| at.map(|it| short(it.node));
        fact.places(self.before.or(self.at_old), self.after.or(self.at_new))
            .values(text(self.before), text(self.after))
            .named(self.key)
    }
}

fn default<'a>(change: &Change<'a>) -> Fact<'a> {
    let text = |at: Option<At<'a>>| at.map_or_else(String::new, |it| short(it.node));
    let (was, is) = (text(change.before), text(change.after));
    let (rule, message) = match (change.before, change.after) {
        (None, _) => (
            rules::SCHEMA_DEFAULT_ADDED,
            format!("`{{}}` is {is} when it is left out"),
        ),
        (_, None) => (
            rules::SCHEMA_DEFAULT_REMOVED,
            format!("`{{}}` is no longer {was} when it is left out"),
        ),
        _ => (
            rules::SCHEMA_DEFAULT_CHANGED,
            format!("`{{}}` is {is} instead of {was} when it is left out"),
        ),
    };
    let why = "a caller that leaves it out gets what the service then takes";
    Fact::by_variance(rule, Effect::Unknown, message).with_verdict(
        Wire::Undecided,
        Wire::Silent,
        why,
    )
}

/// A field that only one side sends, now or before.
fn sides<'a>(change: &Change<'a>) -> Option<Fact<'a>> {
    let (was, is) = (change.is_true_before(), change.is_true_after());
    if was == is {
        return None;
    }
    let (rule, request, response, why, message) = match (change.key, is) {
        ("readOnly", true) => (
            rules::SCHEMA_READ_ONLY_SET,
            Wire::Undecided,
            Wire::Compatible,
            "a request that has it may be refused or lose it",
            "`{}` is only sent by the service now",
        ),
        ("readOnly", false) => (
            rules::SCHEMA_READ_ONLY_UNSET,
            Wire::Undecided,
            Wire::Silent,
            "callers may send it now; whether they have to follows from `required`",
            "`{}` may be sent by callers now",
        ),
        (_, true) => (
            rules::SCHEMA_WRITE_ONLY_SET,
            Wire::Silent,
            Wire::Undecided,
            "callers may rely on it in responses",
            "`{}` is no longer sent by the service",
        ),
        _ => (
            rules::SCHEMA_WRITE_ONLY_UNSET,
            Wire::Silent,
            Wire::Compatible,
            "a response may have one more field",
            "`{}` is sent by the service now",
        ),
    };
    let fact = Fact::by_variance(rule, Effect::Unknown, message);
    Some(fact.with_verdict(request, response, why))
}
