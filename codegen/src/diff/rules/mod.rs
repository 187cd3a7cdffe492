//! The catalogue: every kind of fact that a comparison can find.

mod bodies;
mod composition;
mod constraints;
mod generated;
mod lifecycle;
mod notes;
mod operations;
mod parameters;
mod properties;
mod responses;
mod security;
mod types;
mod values;

use super::finding::Rust;

pub(super) use generated::{ARGUMENT_ORDER, MODULE_CHANGED};

/// When crates that are already published don't survive a fact: see [`Decode`](super::finding::Decode).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decodes {
    /// Whenever answers are concerned and the verdict on the wire isn't compatible.
    Always,
    /// Then, and only where types are as strict as the description.
    Strictly,
    /// Not by itself.
    Never,
}

/// One kind of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Dotted name, as in reports.
    pub id: &'static str,
    /// What happened.
    pub meaning: &'static str,
    /// How its verdict on the wire follows.
    pub law: &'static str,
    /// What it does to code that uses the generated crate.
    pub rust: &'static str,
    /// How to get what is wanted without breaking anybody.
    pub compatible_by: Option<&'static str>,
    /// What it does to published crates.
    pub decodes: Decodes,
    /// What it does to code that uses this project's crate, before the generated code is looked at.
    pub ours: Rust,
    /// The same for a crate that typify generates by default.
    pub typify: Rust,
}

/// All rules, by topic.
pub const TOPICS: &[&[Rule]] = &[
    operations::RULES,
    lifecycle::RULES,
    parameters::RULES,
    bodies::RULES,
    responses::RULES,
    properties::RULES,
    types::RULES,
    values::RULES,
    constraints::RULES,
    composition::RULES,
    security::RULES,
    notes::RULES,
    generated::RULES,
];

/// All rules, in order of topic.
///
/// ```
/// use revio_codegen::diff::rules;
///
/// assert!(rules::all().any(|rule| rule.id == "op.removed"));
/// ```
pub fn all() -> impl Iterator<Item = &'static Rule> {
    TOPICS.iter().copied().flatten()
}

/// The rule of this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}
