//! What `cargo xtask diff` can be asked.

use std::path::PathBuf;

use api_schema_diff::render::MIN_BYTES;
use api_schema_diff::report::Profile;
use api_schema_diff::threshold::FailOn;
use clap::{Args, Subcommand, ValueEnum};

/// Compare two revisions of the schema, or any two descriptions.
///
/// Without BASE: from where this branch left the main branch (origin/main, else main). Without HEAD:
/// the work tree. So on the main branch itself the work tree is compared with the last commit.
///
/// Ends with 0 below the threshold, 1 when it is reached, 2 when called wrongly, 3 when something
/// can't be read or compared or an accepted change matches nothing, 4 when --check-version finds the
/// declared version too small.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
#[allow(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) topic: Option<Topic>,
    /// The old revision: anything that git takes for a commit.
    pub(crate) base: Option<String>,
    /// The new revision.
    pub(crate) head: Option<String>,
    /// An old description to compare, instead of a revision: any API description or JSON Schema.
    #[arg(long, value_name = "FILE", requires = "new", conflicts_with = "base")]
    pub(crate) old: Option<PathBuf>,
    /// The new one.
    #[arg(long, value_name = "FILE", requires = "old")]
    pub(crate) new: Option<PathBuf>,
    /// What to write; several, separated by commas, go to the folder that --out names.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "term")]
    pub(crate) format: Vec<Format>,
    /// Where to write it, instead of to standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// From which severity on to fail: each of the first three includes those before it.
    #[arg(long, value_enum, value_name = "LEVEL", default_value = "wire")]
    pub(crate) fail_on: Level,
    /// What counts as breaking where descriptions leave room.
    #[arg(long, value_enum, default_value = "strict")]
    pub(crate) profile: Policy,
    /// How many days callers are owed between hearing that something ends (deprecated, with x-sunset)
    /// and its end.
    #[arg(long, value_name = "DAYS", default_value_t = 0)]
    pub(crate) grace: u32,
    /// Longest Markdown, in bytes; a comment on GitHub takes 65536 characters.
    #[arg(long, value_name = "BYTES", default_value_t = 60_000, value_parser = bytes)]
    pub(crate) max_bytes: usize,
    /// Show and judge one part: a rule (or the start of its id), a resource, an operation, a schema, a
    /// path.
    #[arg(long, value_name = "PART")]
    pub(crate) only: Option<String>,
    /// Fail when Cargo.toml declares too small a version.
    #[arg(long, conflicts_with = "old")]
    pub(crate) check_version: bool,
    /// Add what reaches the threshold to schema/accepted-changes.toml, for review.
    #[arg(long, conflicts_with_all = ["old", "head"])]
    pub(crate) accept: bool,
    /// Why it is accepted.
    #[arg(
        long,
        requires = "accept",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) reason: String,
    /// Leave the accepted changes out: over a longer history they needn't match what is left of them.
    #[arg(long, conflicts_with_all = ["old", "accept"])]
    pub(crate) ignore_accepted: bool,
    /// Print the JSON Schema of --format json, and do nothing else.
    #[arg(long, exclusive = true)]
    pub(crate) print_schema: bool,
    /// Where the whole report is, for a shortened one to say.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) full_report: String,
}

/// What else the command can do.
#[derive(Subcommand)]
pub(crate) enum Topic {
    /// Tell what a rule means, how its verdict follows, and how to change the schema without it.
    Explain {
        /// The rule; without it, all of them.
        id: Option<String>,
    },
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a terminal.
    Term,
    /// For a pull request.
    #[value(alias = "md")]
    Markdown,
    /// For programs.
    Json,
    /// For a browser: one page that needs nothing else.
    Html,
    /// Annotations of a workflow.
    Github,
}

impl Format {
    /// The file of this format when several are written.
    pub(crate) fn file_name(self) -> &'static str {
        match self {
            Self::Term => "diff.txt",
            Self::Markdown => "diff.md",
            Self::Json => "diff.json",
            Self::Html => "diff.html",
            Self::Github => "annotations.txt",
        }
    }
}

/// [`FailOn`] on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    /// Callers over HTTP break.
    Wire,
    /// Or crates that are already published.
    Decode,
    /// Or Rust code that uses the crate.
    RustMajor,
    /// Callers break, or it can't be told.
    Undecided,
    /// Anything differs.
    Any,
    /// Never.
    Never,
}

impl From<Level> for FailOn {
    fn from(level: Level) -> Self {
        match level {
            Level::Wire => Self::Wire,
            Level::Decode => Self::Decode,
            Level::RustMajor => Self::SourceMajor,
            Level::Undecided => Self::Undecided,
            Level::Any => Self::Any,
            Level::Never => Self::Never,
        }
    }
}

/// [`Profile`] on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Policy {
    /// Whatever an old caller isn't prepared for.
    Strict,
    /// New values in answers are additions.
    Github,
    /// Besides, length and form of texts aren't part of the contract.
    Stripe,
}

impl From<Policy> for Profile {
    fn from(policy: Policy) -> Self {
        match policy {
            Policy::Strict => Self::Strict,
            Policy::Github => Self::GitHub,
            Policy::Stripe => Self::Stripe,
        }
    }
}

fn bytes(text: &str) -> Result<usize, String> {
    let bytes: usize = text.parse().map_err(|_| "write a number".to_owned())?;
    if bytes < MIN_BYTES {
        return Err(format!("a verdict needs {MIN_BYTES} bytes"));
    }
    Ok(bytes)
}
