//! The items of lists: those with a position, and the rest.

use super::Comparison;
use super::schemas::Shapes;
use crate::canonical::At;
use crate::canonical::text::short;
use crate::canonical::types::Types;
use crate::canonical::view::View;
use crate::fact::Guard;
use crate::finding::{Effect, Wire};
use crate::rules;

impl<'a> Comparison<'a> {
    pub(super) fn elements(&mut self, shapes: &Shapes<'_, 'a>) {
        if !shapes.common.meets(Types::ARRAY) {
            return;
        }
        let (old, new) = (shapes.old, shapes.new);
        for index in 0..old.prefix.len().max(new.prefix.len()) {
            let before = old.prefix.get(index).copied();
            let after = new.prefix.get(index).copied();
            let before = before.map_or_else(|| old.items.clone(), |at| vec![at]);
            let after = after.map_or_else(|| new.items.clone(), |at| vec![at]);
            self.element(shapes, &before, &after, index);
        }
        self.element(shapes, &old.items, &new.items, usize::MAX);
    }

    fn element(&mut self, shapes: &Shapes<'_, 'a>, old: &[At<'a>], new: &[At<'a>], index: usize) {
        let place = if index == usize::MAX {
            "what its items are like".to_owned()
        } else {
            format!("what item {index} is like")
        };
        let (rule, effect, what) = match (old.first(), new.first()) {
            (None, None) => return,
            (Some(_), Some(_)) => {
                self.schemas(shapes.pair, Guard::OPEN, old, new);
                return;
            }
            (Some(at), None) if self.is_anything(true, *at) => return,
            (None, Some(at)) if self.is_anything(false, *at) => return,
            (Some(_), None) => (
                rules::SCHEMA_ITEMS_REMOVED,
                Effect::Widens,
                format!("no longer says {place}"),
            ),
            (None, Some(_)) => (
                rules::SCHEMA_ITEMS_ADDED,
                Effect::Narrows,
                format!("says {place}"),
            ),
        };
        let name = if index == usize::MAX {
            String::new()
        } else {
            index.to_string()
        };
        let text = |at: Option<&At<'_>>| at.map(|it| short(it.node));
        let mut fact = shapes
            .fact_of_items(rule, effect, format!("`{{}}` {what}"))
            .places(
                Some(old.first().copied().unwrap_or(shapes.old.at)),
                Some(new.first().copied().unwrap_or(shapes.new.at)),
            )
            .values(text(old.first()), text(new.first()))
            .named(name);
        // Nobody who knows a shorter tuple expects more, whatever else may follow by the letter.
        let tuple = index != usize::MAX && !(shapes.old.loose_items || shapes.new.loose_items);
        let lengths = (shapes.old.prefix.len(), shapes.new.prefix.len());
        let why = "readers of a tuple may refuse or drop what has no place in it";
        match (effect, lengths) {
            (Effect::Widens, (_, 1..)) if tuple => {
                fact = fact.with_verdict(Wire::Undecided, Wire::Breaking, why);
            }
            (Effect::Narrows, (1.., _)) if tuple => {
                fact = fact.with_verdict(Wire::Breaking, Wire::Undecided, why);
            }
            _ => {}
        }
        self.found(shapes.pair, Guard::OPEN, fact);
    }

    pub(super) fn is_anything(&self, is_old: bool, at: At<'a>) -> bool {
        let tree = if is_old { &self.old } else { &self.new };
        let view = View::of(tree, &[at]);
        tree.shape(view.core).is_anything()
    }
}
