//! What schemas say of texts: patterns, lengths and lists, taken together.

use super::keywords::keeps;
use super::{Answer, Sided, Subset, Trees};
use crate::canonical::shape::{Bound, Limit, Shape};
use crate::canonical::types::Types;
use crate::compare::formats::format_effect;
use crate::finding::Effect;
use crate::pattern::{Inclusion, Texts};
use api_schema_text::Node;

/// The texts that a shape allows, as far as these keywords say.
pub(crate) fn texts<'a>(shape: &Shape<'a>) -> Texts<'a> {
    let bound = |limit| of_bound(shape.bound(limit));
    let values = shape.values.as_ref();
    Texts {
        listed: values.map(|values| {
            let nodes = values.list.iter().map(|(_, at)| at.node);
            nodes.filter_map(Node::as_str).collect()
        }),
        patterns: shape.patterns.iter().map(|(text, _)| *text).collect(),
        least: bound(Limit::MinLength).least,
        most: bound(Limit::MaxLength).most,
    }
}

/// The texts that a length allows.
pub(crate) fn of_bound<'a>(bound: Option<&Bound<'_>>) -> Texts<'a> {
    let length = bound.and_then(|bound| bound.value.rounded(true));
    let length = length.map(|length| u32::try_from(length.max(0)));
    let mut texts = Texts::default();
    match (length, bound) {
        (Some(Ok(most)), Some(bound)) if bound.limit.is_upper() && most < u32::MAX => {
            texts.most = Some(most);
        }
        // Nobody sends a text that is longer than can be counted.
        (Some(least), Some(bound)) if !bound.limit.is_upper() => {
            texts.least = least.unwrap_or(u32::MAX);
        }
        _ => {}
    }
    texts
}

impl Subset {
    /// Whether the texts of one shape are among others, as far as patterns, lengths and lists say.
    pub(crate) fn texts(&mut self, small: &Shape<'_>, large: &Texts<'_>) -> Answer {
        match self.fuel.within(&texts(small), large) {
            Inclusion::All => Answer::Yes,
            // Something else may refuse the one that was found.
            Inclusion::Not(_) if is_restricted(small) => Answer::Unknown,
            Inclusion::Not(_) => Answer::No,
            Inclusion::Unknown => Answer::Unknown,
        }
    }

    /// Whether every text that `small` accepts is accepted by `large`; other values don't matter.
    pub(crate) fn of_texts(&mut self, trees: Trees<'_, '_>, small: Sided, large: Sided) -> Answer {
        self.steps = 0;
        self.masked(trees, small, large, Types::STRING)
    }

    /// What the keywords for texts say.
    pub(super) fn text_keywords(&mut self, a: &Shape<'_>, b: &Shape<'_>) -> Answer {
        if !(a.patterns.is_empty() && b.patterns.is_empty()) {
            let large = texts(b);
            let answer = self.texts(a, &large);
            if answer != Answer::Unknown || !a.patterns.is_empty() {
                return answer;
            }
        }
        let limits = [Limit::MinLength, Limit::MaxLength];
        let stated = limits.into_iter().filter_map(|limit| b.bound(limit));
        let mut answer = stated.fold(Answer::Yes, |answer, bound| {
            answer.and(keeps(a.bound(bound.limit), bound))
        });
        if !b.patterns.is_empty() {
            answer = answer.and(Answer::Unknown);
        }
        answer
    }
}

/// Whether a shape says more of texts than [`texts`] takes in.
fn is_restricted(shape: &Shape<'_>) -> bool {
    let free = |name: &str| format_effect("", name) == Effect::Equal;
    !shape.formats.iter().all(|(name, _)| free(name))
        || !shape.unions.is_empty()
        || !shape.opaque.is_empty()
        || !shape.exact
}
