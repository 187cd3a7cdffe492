//! Whether no value fits two schemas.

use super::{Side, Trees, tree};
use crate::canonical::shape::{Shape, Union};
use crate::canonical::types::Types;
use crate::canonical::view::View;
use crate::canonical::{Schema, Tree};

/// Whether no value fits two variants.
pub(crate) fn apart<'a>(trees: Trees<'_, 'a>, side: Side, union: &Union<'a>) -> bool {
    let tree = tree(trees, side);
    let views: Vec<View<'a>> = union
        .variants
        .iter()
        .map(|&variant| View::of(tree, &[variant]))
        .collect();
    let has_null =
        |view: &View<'a>| view.nullable || tree.shape(view.core).types.meets(Types::NULL);
    if union.null && views.iter().any(has_null) {
        return false;
    }
    views.iter().enumerate().all(|(index, a)| {
        let rest = views.iter().skip(index + 1);
        rest.into_iter()
            .all(|b| disjoint((tree, a.core, a.nullable), (tree, b.core, b.nullable)))
    })
}

/// Whether no value fits both, by their types, their values, or a required field of one value.
pub(crate) fn disjoint(a: (&Tree<'_>, Schema, bool), b: (&Tree<'_>, Schema, bool)) -> bool {
    disjoint_within(a, b, 3)
}

fn disjoint_within(a: (&Tree<'_>, Schema, bool), b: (&Tree<'_>, Schema, bool), depth: u8) -> bool {
    let (one, other) = (a.0.shape(a.1), b.0.shape(b.1));
    let null = |nullable: bool| if nullable { Types::NULL } else { Types::NONE };
    let common = (one.types | null(a.2)) & (other.types | null(b.2));
    if common == Types::NONE {
        return true;
    }
    if let (Some(x), Some(y)) = (&one.values, &other.values)
        && !common.meets(Types::NULL)
    {
        let known = |text: &String| y.list.iter().any(|(it, _)| it == text);
        return !x.list.iter().any(|(text, _)| known(text));
    }
    if common != Types::OBJECT || depth == 0 {
        return false;
    }
    let required_in_both = |name: &str, x: &Shape<'_>, y: &Shape<'_>| {
        x.requires(name).is_some() && y.requires(name).is_some()
    };
    one.properties.iter().any(|member| {
        let Some(partner) = other.member(member.name) else {
            return false;
        };
        if !required_in_both(member.name, &one, &other) {
            return false;
        }
        let x = View::of(a.0, &member.schemas);
        let y = View::of(b.0, &partner.schemas);
        disjoint_within(
            (a.0, x.core, x.nullable),
            (b.0, y.core, y.nullable),
            depth - 1,
        )
    })
}
