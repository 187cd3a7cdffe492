//! A message about the schema: where it is, which rule speaks, what is wrong and how to mend it.

use std::fmt;

/// One thing that is wrong with the schema.
///
/// Diagnostics sort by file, line, rule and message, so that a list of them reads like the files do.
///
/// ```
/// use api_schema_text::Diagnostic;
///
/// let diagnostic = Diagnostic {
///     file: "schema/rest/resources/bills.yaml".to_owned(),
///     line: 41,
///     rule: "money-needs-decimal",
///     message: "Bill.total is a number without a format".to_owned(),
///     help: "write format: decimal".to_owned(),
/// };
/// assert_eq!(
///     diagnostic.to_string(),
///     "schema/rest/resources/bills.yaml:41: money-needs-decimal: \
///      Bill.total is a number without a format; write format: decimal"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    /// Path of the file, relative to the project root, with forward slashes.
    pub file: String,
    /// Line in that file, counted from 1.
    pub line: u32,
    /// The rule that speaks: the id of a lint rule, or what the loader calls the defect.
    pub rule: &'static str,
    /// What is wrong, naming the part of the schema.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            rule,
            message,
            help,
        } = self;
        write!(f, "{file}:{line}: {rule}: {message}; {help}")
    }
}

impl std::error::Error for Diagnostic {}
