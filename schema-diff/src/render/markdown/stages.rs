//! What a report that is too long loses, and in which order.

use super::View;
use crate::render::class::Class;

/// Rows of the breaking table that are always open.
pub(super) const ROWS: usize = 15;

/// How much of each part is shown.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub(super) compatible: usize,
    pub(super) docs: usize,
    pub(super) accepted: usize,
    pub(super) additions: usize,
    pub(super) details: usize,
    pub(super) signatures: usize,
    pub(super) undecided: usize,
    pub(super) rows: usize,
}

impl Limits {
    /// Everything is shown.
    pub(super) const NONE: Self = Self {
        compatible: usize::MAX,
        docs: usize::MAX,
        accepted: usize::MAX,
        additions: usize::MAX,
        details: usize::MAX,
        signatures: usize::MAX,
        undecided: usize::MAX,
        rows: usize::MAX,
    };
}

/// A part that can be given up: what it is called, its limit, how much there is of it, and the least
/// that stays.
pub(super) struct Stage {
    pub(super) name: &'static str,
    pub(super) limit: fn(&mut Limits) -> &mut usize,
    pub(super) size: fn(&View<'_>) -> usize,
    pub(super) least: usize,
}

/// The parts in the order in which they are given up. The last two are for limits that no comment has.
pub(super) const STAGES: [Stage; 10] = [
    stage(
        "compatible changes",
        |it| &mut it.compatible,
        0,
        |it| {
            let class = |class| it.class(class).len();
            class(Class::Compatible) + class(Class::Source) + class(Class::Deprecation)
        },
    ),
    stage("documentation", |it| &mut it.docs, 0, |it| it.summary.docs),
    stage(
        "accepted changes",
        |it| &mut it.accepted,
        0,
        |it| it.summary.accepted,
    ),
    stage(
        "additions",
        |it| &mut it.additions,
        0,
        |it| it.summary.additions,
    ),
    stage(
        "details of breaking changes",
        |it| &mut it.details,
        0,
        breaking,
    ),
    stage(
        "signatures of generated code",
        |it| &mut it.signatures,
        0,
        |it| it.report.code.as_ref().map_or(0, |code| code.changes.len()),
    ),
    stage(
        "undecided changes",
        |it| &mut it.undecided,
        5,
        |it| it.summary.undecided,
    ),
    stage(
        "rows of breaking changes",
        |it| &mut it.rows,
        ROWS,
        breaking,
    ),
    stage(
        "the other undecided changes",
        |it| &mut it.undecided,
        0,
        |it| it.summary.undecided,
    ),
    stage("the other rows", |it| &mut it.rows, 0, breaking),
];

const fn stage(
    name: &'static str,
    limit: fn(&mut Limits) -> &mut usize,
    least: usize,
    size: fn(&View<'_>) -> usize,
) -> Stage {
    Stage {
        name,
        limit,
        size,
        least,
    }
}

fn breaking(view: &View<'_>) -> usize {
    view.class(Class::Breaking).len()
}
