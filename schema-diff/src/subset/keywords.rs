//! The check, keyword by keyword.

use super::{Answer, Side, Sided, Subset, Trees, tree};
use crate::canonical::At;
use crate::canonical::equal;
use crate::canonical::shape::{Additional, Bound, Limit, Shape};
use crate::canonical::types::Types;
use crate::canonical::view::View;
use crate::compare::formats::format_effect;
use crate::finding::Effect;

type Shaped<'s, 'a> = (Sided, &'s Shape<'a>);

impl Subset {
    /// What all keywords but lists and unions say.
    pub(super) fn keywords<'a>(
        &mut self,
        trees: Trees<'_, 'a>,
        small: Shaped<'_, 'a>,
        large: Shaped<'_, 'a>,
        types: Types,
    ) -> Answer {
        let (a, b) = (small.1, large.1);
        if b.values.is_some() {
            // A list holds few of the values that keywords allow; booleans are both of theirs.
            let booleans = b.values.as_ref().map_or(0, |values| values.list.len()) == 2;
            return if types == Types::BOOLEAN && booleans {
                Answer::Yes
            } else {
                Answer::No
            };
        }
        let mut answer = Answer::Yes;
        for bound in &b.bounds {
            let kinds = bound.limit.types();
            if kinds != Types::STRING && types.meets(kinds) {
                answer = answer.and(keeps(a.bound(bound.limit), bound));
            }
        }
        if types.meets(Types::STRING | Types::NUMBER) {
            answer = answer.and(formats(a, b));
        }
        if types.meets(Types::STRING) {
            answer = answer.and(self.text_keywords(a, b));
        }
        for (key, at) in &b.opaque {
            let same = |(it, other): &(&str, At<'_>)| {
                it == key && (other.address() == at.address() || equal::same(other.node, at.node))
            };
            if !a.opaque.iter().any(same) {
                answer = answer.and(Answer::Unknown);
            }
        }
        if types.meets(Types::OBJECT) && answer != Answer::No {
            answer = answer.and(self.fields(trees, small, large));
        }
        if types.meets(Types::ARRAY) && (a.loose_items || b.loose_items) {
            answer = answer.and(Answer::Unknown);
        } else if types.meets(Types::ARRAY) && answer != Answer::No {
            answer = answer.and(self.items(trees, small, large));
        }
        answer
    }

    fn inner<'a>(
        &mut self,
        trees: Trees<'_, 'a>,
        small: (Side, &[At<'a>]),
        large: (Side, &[At<'a>]),
    ) -> Answer {
        let view = |(side, nodes): (Side, &[At<'a>])| {
            let view = View::of(tree(trees, side), nodes);
            (side, view.core, view.nullable)
        };
        self.masked(trees, view(small), view(large), Types::ALL)
    }

    fn fields<'a>(
        &mut self,
        trees: Trees<'_, 'a>,
        small: Shaped<'_, 'a>,
        large: Shaped<'_, 'a>,
    ) -> Answer {
        let ((from, _, _), a) = small;
        let ((to, _, _), b) = large;
        for (name, _) in &b.required {
            if a.requires(name).is_none() {
                return Answer::No;
            }
        }
        let mut answer = Answer::Yes;
        for member in &b.properties {
            let before: &[At<'a>] = match (a.member(member.name), &a.additional) {
                (Some(own), _) => &own.schemas,
                (None, Additional::Each(each)) => std::slice::from_ref(each),
                (None, Additional::Nothing(_)) => continue,
                // Nobody sends a field that the description doesn't name; a union may name it.
                (None, Additional::Anything) if a.unions.is_empty() => continue,
                (None, Additional::Anything) => {
                    answer = answer.and(Answer::Unknown);
                    continue;
                }
            };
            answer = answer.and(self.inner(trees, (from, before), (to, &member.schemas)));
        }
        for member in &a.properties {
            if b.member(member.name).is_some() {
                continue;
            }
            answer = answer.and(match &b.additional {
                Additional::Nothing(_) => Answer::No,
                // Which variant knows it is asked of each of them.
                Additional::Anything if !b.unions.is_empty() => Answer::Yes,
                Additional::Anything => Answer::Unknown,
                Additional::Each(each) => {
                    let after = std::slice::from_ref(each);
                    self.inner(trees, (from, &member.schemas), (to, after))
                }
            });
        }
        answer.and(match (&a.additional, &b.additional) {
            (_, Additional::Anything) | (Additional::Nothing(_), _) => Answer::Yes,
            (Additional::Each(one), Additional::Each(other)) => self.inner(
                trees,
                (from, std::slice::from_ref(one)),
                (to, std::slice::from_ref(other)),
            ),
            (_, Additional::Nothing(_)) | (Additional::Anything, Additional::Each(_)) => Answer::No,
        })
    }

    fn items<'a>(
        &mut self,
        trees: Trees<'_, 'a>,
        small: Shaped<'_, 'a>,
        large: Shaped<'_, 'a>,
    ) -> Answer {
        let ((from, _, _), a) = small;
        let ((to, _, _), b) = large;
        let mut answer = Answer::Yes;
        for index in 0..=a.prefix.len().max(b.prefix.len()) {
            let before = a
                .prefix
                .get(index)
                .map_or(a.items.as_slice(), std::slice::from_ref);
            let after = b
                .prefix
                .get(index)
                .map_or(b.items.as_slice(), std::slice::from_ref);
            answer = answer.and(match (before, after) {
                (_, []) => Answer::Yes,
                ([], after) => {
                    let view = View::of(tree(trees, to), after);
                    if tree(trees, to).shape(view.core).is_anything() {
                        Answer::Yes
                    } else {
                        Answer::No
                    }
                }
                (before, after) => self.inner(trees, (from, before), (to, after)),
            });
        }
        answer
    }
}

/// Whether a limit of the first is at least as tight.
pub(super) fn keeps(small: Option<&Bound<'_>>, large: &Bound<'_>) -> Answer {
    let Some(small) = small else {
        return Answer::No;
    };
    if large.limit == Limit::MultipleOf {
        return match small.value.is_multiple_of(large.value) {
            Some(true) => Answer::Yes,
            Some(false) => Answer::No,
            None => Answer::Unknown,
        };
    }
    let within = if large.limit.is_upper() {
        small.cut() <= large.cut()
    } else {
        small.cut() >= large.cut()
    };
    if within { Answer::Yes } else { Answer::No }
}

fn formats(a: &Shape<'_>, b: &Shape<'_>) -> Answer {
    let mut answer = Answer::Yes;
    for (name, _) in &b.formats {
        if a.formats.iter().any(|(it, _)| it == name) {
            continue;
        }
        let before = a.formats.first().map_or("", |(it, _)| it);
        answer = answer.and(match format_effect(before, name) {
            Effect::Equal | Effect::Widens => Answer::Yes,
            Effect::Narrows | Effect::Replaces => Answer::No,
            Effect::Unknown => Answer::Unknown,
        });
    }
    answer
}
