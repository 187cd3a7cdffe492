//! The accepted changes of both sides, and new entries for them.

use std::path::Path;

use api_schema_diff::accepted::{self, Entry};
use api_schema_diff::render::Context;
use api_schema_diff::report::{Judged, Report};
use api_schema_text::Source;

use super::arguments::Arguments;
use super::failure::Failure;
use super::git::Git;
use super::sides::Loaded;
use crate::files;

/// Where the entries stand.
pub(crate) const FILE: &str = "schema/accepted-changes.toml";

/// What adds one.
pub(crate) const COMMAND: &str = "cargo xtask diff --accept";

fn entries(source: Option<&Source>) -> Result<Vec<Entry>, Failure> {
    let entries = source.map_or_else(|| Ok(Vec::new()), |it| accepted::read(it, COMMAND));
    entries.map_err(|complaints| Failure::complaints(FILE, &complaints))
}

/// Marks the findings that are accepted, and notes what is wrong with the entries.
pub(crate) fn apply(
    report: &mut Report,
    context: &mut Context,
    old: &Loaded,
    source: Option<&Source>,
    new: &Loaded,
) -> Result<(), Failure> {
    // An entry of the base that can't be read any more accepts nothing.
    let carried = entries(old.accepted.as_ref()).unwrap_or_default();
    let declared = new.version.as_deref();
    context.stale = accepted::apply(report, &entries(source)?, &carried, declared, COMMAND);
    Ok(())
}

/// Adds an entry for each finding that reaches the threshold to the file of the work tree.
pub(crate) fn append(
    arguments: &Arguments,
    report: &Report,
    context: &Context,
    new: &Loaded,
    git: &Git,
) -> Result<Source, Failure> {
    let open = |finding: &&Judged| finding.accepted.is_none() && context.fail_on.counts(finding);
    let findings: Vec<&Judged> = report.findings.iter().filter(open).collect();
    let text = new.accepted.as_ref().map_or("", |it| it.text.as_str());
    let by = git.user().unwrap_or_else(|| "unknown".to_owned());
    let until = context.versions.as_ref().map(|it| it.needed.as_str());
    let mut source = Source {
        path: FILE.to_owned(),
        text: text.to_owned(),
    };
    if findings.is_empty() {
        eprintln!(
            "nothing to accept: no change reaches --fail-on {}",
            context.fail_on.word()
        );
        return Ok(source);
    }
    let n = findings.len();
    source.text = accepted::append(text, findings, &arguments.reason, &by, until);
    let file = Path::new(FILE);
    files::write(&git.root, file, source.text.as_bytes()).map_err(Failure::failed)?;
    eprintln!(
        "{n} entries added to {}; {}",
        FILE,
        if arguments.reason.is_empty() {
            "write a reason into each"
        } else {
            "commit it with the change, for review"
        }
    );
    Ok(source)
}
