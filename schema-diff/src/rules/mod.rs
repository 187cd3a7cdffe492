//! The catalogue: every kind of fact that a comparison can find.
//!
//! A row is a constant, so that a rule that doesn't exist isn't compiled; what fits in no row, such as
//! the rules of a vocabulary, is written with the same macro elsewhere.

mod bodies;
mod composition;
mod constraints;
mod lifecycle;
mod notes;
mod operations;
mod parameters;
mod properties;
mod responses;
mod security;
mod types;
mod values;

pub use self::bodies::*;
pub use self::composition::*;
pub use self::constraints::*;
pub use self::lifecycle::*;
pub use self::notes::*;
pub use self::operations::*;
pub use self::parameters::*;
pub use self::properties::*;
pub use self::responses::*;
pub use self::security::*;
pub use self::types::*;
pub use self::values::*;

/// When clients that are already published fail to read a response: see
/// [`Decode`](super::consumer::Decode).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decodes {
    /// Whenever responses are concerned and the verdict on the wire isn't compatible.
    Always,
    /// Then, and only where types are as strict as the description.
    Strictly,
    /// Not by itself.
    Never,
}

/// Where a report lists a fact that breaks nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Something is new.
    Addition,
    /// Something is on its way out.
    Lifecycle,
    /// Anything else.
    Other,
}

/// One kind of fact.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Dotted name, as in reports.
    pub id: &'static str,
    /// What happened.
    pub meaning: &'static str,
    /// How its verdict on the wire follows.
    pub verdict: &'static str,
    /// How to get what is wanted without breaking anybody.
    pub compatible_by: Option<&'static str>,
    /// When published clients fail to read a response.
    pub decodes: Decodes,
    /// Where a report lists it.
    pub topic: Topic,
}

/// Rules are the same when their ids are.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

impl Rule {
    /// Whether it is about a schema.
    pub(crate) fn is_about_schemas(&self) -> bool {
        self.id.starts_with("schema.")
    }

    /// Whether it is about the media types of a response.
    pub fn is_about_media(&self) -> bool {
        self.id.starts_with("response.media.")
    }

    /// Whether it is about words for people.
    pub fn is_about_words(&self) -> bool {
        self.id.starts_with("doc.")
    }

    /// Whether it is about a response as a whole.
    pub fn is_about_responses(&self) -> bool {
        self.id.starts_with("response.")
    }
}

/// Declares rules, each as a constant, and the list of them, whose name comes first.
///
/// A row is `NAME = "id": "meaning." "how the verdict follows."`, then in this order what is known:
/// `by "how to make it compatible"`, `decodes Always` or `decodes Strictly`, and `topic Addition` or
/// `topic Lifecycle`.
///
/// ```
/// mod vendor {
///     api_schema_diff::rules! { RULES;
///         COLOUR_CHANGED = "vendor.colour.changed": "The colour changed."
///             "It isn't sent: silent." by "keeping the colour";
///     }
/// }
/// assert_eq!(vendor::COLOUR_CHANGED.compatible_by, Some("keeping the colour"));
/// assert_eq!(vendor::RULES.len(), 1);
/// ```
#[macro_export]
macro_rules! rules {
    ($list:ident; $($name:ident = $id:literal : $meaning:literal $verdict:literal
        $(by $way:literal)? $(decodes $decodes:ident)? $(topic $topic:ident)?;)*) => {
        $(
            #[doc = $meaning]
            pub const $name: &$crate::rules::Rule = &$crate::rules::Rule {
                id: $id,
                meaning: $meaning,
                verdict: $verdict,
                compatible_by: $crate::rules!(@by $($way)?),
                decodes: $crate::rules!(@decodes $($decodes)?),
                topic: $crate::rules!(@topic $($topic)?),
            };
        )*
        /// All of these, in order.
        pub const $list: &[&$crate::rules::Rule] = &[$($name),*];
    };
    (@by) => { None };
    (@by $way:literal) => { Some($way) };
    (@decodes) => { $crate::rules::Decodes::Never };
    (@decodes $decodes:ident) => { $crate::rules::Decodes::$decodes };
    (@topic) => { $crate::rules::Topic::Other };
    (@topic $topic:ident) => { $crate::rules::Topic::$topic };
}

/// All rules, by topic.
pub const TOPICS: &[&[&Rule]] = &[
    OPERATIONS,
    LIFECYCLE,
    PARAMETERS,
    BODIES,
    RESPONSES,
    PROPERTIES,
    TYPES,
    VALUES,
    CONSTRAINTS,
    COMPOSITION,
    SECURITY,
    NOTES,
];

/// All rules, in order of topic.
///
/// ```
/// use api_schema_diff::rules;
///
/// assert!(rules::all().any(|rule| rule == rules::OP_REMOVED));
/// ```
pub fn all() -> impl Iterator<Item = &'static Rule> {
    TOPICS.iter().copied().flatten().copied()
}
