//! Variants of a union.

use crate::canonical::shape::Union;
use crate::canonical::text::short;
use crate::canonical::types::Types;
use crate::canonical::view::View;
use crate::canonical::{At, Schema, Tree, equal};
use crate::subset::{Answer, Side, Subset, Trees, tree};

/// What belongs together, and what is on one side only.
#[derive(Debug, Default)]
pub(crate) struct Matched<'a> {
    pub(crate) pairs: Vec<(At<'a>, At<'a>)>,
    pub(crate) removed: Vec<At<'a>>,
    pub(crate) added: Vec<At<'a>>,
    /// Whether every variant is written as before.
    pub(crate) same: bool,
}

/// Matches variants: as written, by name, by tag, by title, by type, and what is left by its fields.
pub(crate) fn matched<'a>(
    trees: Trees<'_, 'a>,
    subset: &mut Subset,
    old: &Union<'a>,
    new: &Union<'a>,
) -> Matched<'a> {
    let mut result = Matched::default();
    let mut old_left = old.variants.clone();
    let mut new_left = new.variants.clone();
    take(&mut old_left, &mut new_left, &mut result.pairs, |a, b| {
        equal::same(a.node, b.node)
    });
    result.same = old_left.is_empty() && new_left.is_empty();
    take(&mut old_left, &mut new_left, &mut result.pairs, |a, b| {
        a.str("$ref").is_some() && a.str("$ref") == b.str("$ref")
    });
    let facets = |left: &[At<'a>], side: Side| -> Vec<Facets<'a>> {
        left.iter()
            .map(|&at| Facets::of(tree(trees, side), at))
            .collect()
    };
    let mut olds = facets(&old_left, Side::Old);
    let mut news = facets(&new_left, Side::New);
    let tests: [fn(&Facets<'a>, &Facets<'a>) -> bool; 3] = [
        |a, b| a.tags.iter().any(|tag| b.tags.contains(tag)),
        |a, b| a.title.is_some() && a.title == b.title && a.types.meets(b.types),
        |a, b| a.tags.is_empty() && b.tags.is_empty() && a.types == b.types && a.is_simple(),
    ];
    for test in tests {
        take(&mut olds, &mut news, &mut result.pairs, test);
    }
    // The same under another name.
    let mut index = 0;
    while let Some(facet) = olds.get(index) {
        let small = (Side::Old, facet.core, false);
        let partner = news.iter().position(|other| {
            let large = (Side::New, other.core, false);
            facet.types == other.types
                && subset.of(trees, small, large) == Answer::Yes
                && subset.of(trees, large, small) == Answer::Yes
        });
        if let Some(partner) = partner {
            let pair = (olds.remove(index).at, news.remove(partner).at);
            result.pairs.push(pair);
        } else {
            index += 1;
        }
    }
    by_score(&mut olds, &mut news, &mut result.pairs);
    result.removed = olds.into_iter().map(|facet| facet.at).collect();
    result.added = news.into_iter().map(|facet| facet.at).collect();
    result
}

/// What has a place.
trait Placed<'a> {
    fn at(&self) -> At<'a>;
}

impl<'a> Placed<'a> for At<'a> {
    fn at(&self) -> At<'a> {
        *self
    }
}

impl<'a> Placed<'a> for Facets<'a> {
    fn at(&self) -> At<'a> {
        self.at
    }
}

/// Takes out what the test says belongs together.
fn take<'a, T: Placed<'a>>(
    old: &mut Vec<T>,
    new: &mut Vec<T>,
    pairs: &mut Vec<(At<'a>, At<'a>)>,
    test: impl Fn(&T, &T) -> bool,
) {
    let mut index = 0;
    while let Some(item) = old.get(index) {
        if let Some(partner) = new.iter().position(|other| test(item, other)) {
            let pair = (old.remove(index).at(), new.remove(partner).at());
            pairs.push(pair);
        } else {
            index += 1;
        }
    }
}

/// What a variant is recognised by.
struct Facets<'a> {
    at: At<'a>,
    core: Schema,
    title: Option<&'a str>,
    types: Types,
    /// Fields with one value: `type="card"`.
    tags: Vec<String>,
    fields: Vec<&'a str>,
}

impl<'a> Facets<'a> {
    fn of(tree: &Tree<'a>, at: At<'a>) -> Self {
        let view = View::of(tree, &[at]);
        let shape = tree.shape(view.core);
        let mut tags = Vec::new();
        for member in &shape.properties {
            let inner = View::of(tree, &member.schemas);
            if let Some(values) = &tree.shape(inner.core).values
                && let [(only, _)] = values.list.as_slice()
            {
                tags.push(format!("{}={only}", member.name));
            }
        }
        Self {
            at,
            core: view.core,
            title: view.annotation("title").and_then(|it| it.node.as_str()),
            types: shape.types,
            tags,
            fields: shape.properties.iter().map(|member| member.name).collect(),
        }
    }

    /// Whether it is a type that has no fields to be recognised by.
    fn is_simple(&self) -> bool {
        self.fields.is_empty()
    }
}

/// Pairs objects that have the most fields in common, at least half of them.
fn by_score<'a>(
    old: &mut Vec<Facets<'a>>,
    new: &mut Vec<Facets<'a>>,
    pairs: &mut Vec<(At<'a>, At<'a>)>,
) {
    loop {
        let mut best: Option<(usize, usize, usize)> = None;
        for (i, a) in old.iter().enumerate() {
            for (j, b) in new.iter().enumerate() {
                let apart = !a.tags.is_empty() && !b.tags.is_empty();
                if apart || !a.types.meets(b.types) {
                    continue;
                }
                let common = a
                    .fields
                    .iter()
                    .filter(|name| b.fields.contains(name))
                    .count();
                let enough = common * 2 >= a.fields.len().max(b.fields.len()) && common > 0;
                if enough && best.is_none_or(|(score, _, _)| common > score) {
                    best = Some((common, i, j));
                }
            }
        }
        let Some((_, i, j)) = best else { return };
        pairs.push((old.remove(i).at, new.remove(j).at));
    }
}

/// What reports call a variant.
pub(crate) fn name(at: At<'_>) -> String {
    if let Some(name) = at.str("$ref").and_then(|it| it.rsplit('/').next()) {
        return format!("`{name}`");
    }
    if let Some(title) = at.str("title") {
        return format!("`{title}`");
    }
    short(at.node)
}
