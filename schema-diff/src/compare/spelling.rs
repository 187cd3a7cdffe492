//! How values of parameters and headers are spelled, and what they are.
//!
//! On the wire each of them is text, so that a number is one of the texts, and a list or an object is
//! what style and explode make of it.

use super::Comparison;
use super::media::Carrier;
use crate::canonical::text::short;
use crate::canonical::types::Types;
use crate::canonical::view::View;
use crate::canonical::{At, Tree, equal};
use crate::fact::{Fact, Guard, Pair};
use crate::finding::{Effect, Wire};
use crate::rules::{self, Rule};

/// Why a keyword makes no difference.
const SAME: &str = "values like these are serialized the same either way";
const IN_QUERY: &str = "it only means something in the query";

/// A keyword about spelling, as it holds on both sides.
struct Change {
    rule: &'static Rule,
    key: &'static str,
    was: String,
    is: String,
    effect: Effect,
    why: &'static str,
}

impl Change {
    /// The change, where it makes a difference for the values that there are.
    fn counts(self, counts: bool, otherwise: &'static str) -> Self {
        if counts {
            return self;
        }
        Self {
            effect: Effect::Equal,
            why: otherwise,
            ..self
        }
    }
}

impl<'a> Comparison<'a> {
    /// How values are spelled in the URL or in a header.
    pub(super) fn spelling(&mut self, pair: Pair, old: At<'a>, new: At<'a>, rule: &'static Rule) {
        let types = types(&self.old, old) | types(&self.new, new);
        let (lists, objects) = (types.meets(Types::ARRAY), types.meets(Types::OBJECT));
        let place = new.str("in").unwrap_or("header");
        let style = |at: At<'a>| {
            let form = matches!(at.str("in"), Some("query" | "cookie"));
            let default = if form { "form" } else { "simple" };
            at.str("style").unwrap_or(default)
        };
        let flag = |at: At<'a>, key: &str| at.flag(key) == Some(true);
        let explode = |at: At<'a>| at.flag("explode").unwrap_or(style(at) == "form");
        let why = "values are parsed in another way than they were serialized";
        let mut changes = Vec::new();
        if style(old) != style(new) {
            let change = Change {
                rule,
                key: "style",
                was: style(old).to_owned(),
                is: style(new).to_owned(),
                effect: Effect::Replaces,
                why,
            };
            // A single value in the query has one spelling only.
            changes.push(change.counts(lists || objects || place == "path", SAME));
        } else if explode(old) != explode(new) {
            let change = Change {
                rule,
                key: "explode",
                was: explode(old).to_string(),
                is: explode(new).to_string(),
                effect: Effect::Replaces,
                why,
            };
            // A simple list has commas either way.
            changes.push(change.counts(objects || lists && style(new) != "simple", SAME));
        }
        let (was, is) = (flag(old, "allowEmptyValue"), flag(new, "allowEmptyValue"));
        if was != is {
            let change = Change {
                rule: rules::PARAM_EMPTY_CHANGED,
                key: "allowEmptyValue",
                was: was.to_string(),
                is: is.to_string(),
                effect: if is { Effect::Widens } else { Effect::Narrows },
                why: "the parameter may or may not be sent without a value",
            };
            changes.push(change.counts(place == "query", IN_QUERY));
        }
        let (was, is) = (flag(old, "allowReserved"), flag(new, "allowReserved"));
        if was != is {
            let change = Change {
                rule: rules::PARAM_RESERVED_CHANGED,
                key: "allowReserved",
                was: was.to_string(),
                is: is.to_string(),
                effect: Effect::Unknown,
                why: "services differ in how they read characters that aren't encoded",
            };
            changes.push(change.counts(place == "query", IN_QUERY));
        }
        for change in changes {
            let Change { key, was, is, .. } = change;
            let message = format!("{key} of `{{}}` was {was}, now it is {is}");
            let mut fact = Fact::by_variance(change.rule, change.effect, message)
                .places(
                    Some(old.child(key).unwrap_or(old)),
                    Some(new.child(key).unwrap_or(new)),
                )
                .values(Some(was), Some(is))
                .named(key);
            fact.reason = Some(change.why);
            self.found(pair, Guard::OPEN, fact);
        }
    }

    /// The schema of a parameter or header, or its content.
    pub(super) fn content(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        match (old.child("schema"), new.child("schema")) {
            (Some(before), Some(after)) => self.value(pair, before, after),
            (None, None) => {}
            (before, after) => {
                if old.child("content").is_none() && new.child("content").is_none() {
                    self.schema_on_one_side(pair, Carrier::Parameter, before, after, (old, new));
                }
            }
        }
        match (old.child("content"), new.child("content")) {
            (None, None) => {}
            (Some(before), Some(after)) => {
                self.media(
                    pair,
                    Some(before),
                    Some(after),
                    (old, new),
                    Carrier::Parameter,
                );
            }
            (before, after) => {
                let message =
                    "`{}` is described as content on one side and as a schema on the other";
                let why = "the same value is serialized in another way";
                let fact =
                    Fact::by_variance(rules::PARAM_CONTENT_CHANGED, Effect::Replaces, message)
                        .with_verdict(Wire::Breaking, Wire::Breaking, why)
                        .places(before.or(Some(old)), after.or(Some(new)));
                self.found(pair, Guard::OPEN, fact);
            }
        }
    }

    /// Two schemas for a value that is sent as text: where one of them takes any text, the other one's
    /// numbers and flags are some of them.
    fn value(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        let views = (View::of(&self.old, &[old]), View::of(&self.new, &[new]));
        let plain = |tree: &Tree<'a>, view: &View<'a>| {
            let types = tree.shape(view.core).types & !Types::NULL;
            types != Types::NONE && (Types::NUMBER | Types::BOOLEAN).contains(types)
        };
        let (was, is) = (plain(&self.old, &views.0), plain(&self.new, &views.1));
        let (rule, effect, message) = if was && is_any_text(&self.new, &views.1) {
            (
                rules::PARAM_UNTYPED,
                Effect::Widens,
                "`{}` may be any string now",
            )
        } else if is && is_any_text(&self.old, &views.0) {
            (
                rules::PARAM_TYPED,
                Effect::Narrows,
                "`{}` may no longer be any string",
            )
        } else {
            match items(old, new) {
                Some((old, new)) => self.value(pair, old, new),
                None => self.schemas(pair, Guard::OPEN, &[old], &[new]),
            }
            return;
        };
        let fact = Fact::by_variance(rule, effect, message)
            .places(Some(old), Some(new))
            .values(Some(short(old.node)), Some(short(new.node)));
        self.found(pair, Guard::OPEN, fact);
        self.annotations(pair, &views.0, &views.1);
    }
}

/// The items of two lists of which nothing else differs.
fn items<'a>(old: At<'a>, new: At<'a>) -> Option<(At<'a>, At<'a>)> {
    let others = |at: At<'a>| at.entries().filter(|(key, _)| *key != "items");
    let same = |(key, inner): (&'a str, At<'a>)| {
        let partner = new.child(key);
        partner.is_some_and(|partner| equal::same(inner.node, partner.node))
    };
    let is_list = old.str("type") == Some("array");
    let rest = others(old).count() == others(new).count() && others(old).all(same);
    (is_list && rest).then_some((old.child("items")?, new.child("items")?))
}

/// The types that the values of a parameter or header may have.
fn types<'a>(tree: &Tree<'a>, at: At<'a>) -> Types {
    at.child("schema").map_or(Types::ALL, |schema| {
        let view = View::of(tree, &[schema]);
        tree.shape(view.core).types
    })
}

/// Whether every text is valid, and nothing else.
pub(super) fn is_any_text<'a>(tree: &Tree<'a>, view: &View<'a>) -> bool {
    let shape = tree.shape(view.core);
    shape.is_untouched() && shape.types & !Types::NULL == Types::STRING
}
