//! The catalogue: every kind of fact that a comparison can find.

mod operations;

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
}

/// All rules, by topic.
pub const TOPICS: &[&[Rule]] = &[operations::RULES];

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
