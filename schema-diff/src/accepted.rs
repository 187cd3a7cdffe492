//! Breaking changes that maintainers have accepted, in a TOML file.
//!
//! An entry names one fact by its fingerprint, so that it covers this change and no later one. It
//! comes with the change that it accepts and must match something there. When that change is part of
//! the base, the entry has done its work: it may stay until the version it names is left behind, and
//! then has to go.

use std::fmt::Write as _;

use semver::Version;
use toml_edit::{Document, Item, Table, Value};

use super::report::Report;
use super::report::{Accepted, Judged};
use api_schema_text::Diagnostic;
use api_schema_text::Source;

/// Where the entries stand, and how one is added, as messages name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedFile {
    /// The file.
    pub path: String,
    /// The command that adds an entry.
    pub command: String,
}

impl Default for AcceptedFile {
    fn default() -> Self {
        Self {
            path: "accepted-changes.toml".to_owned(),
            command: "--accept".to_owned(),
        }
    }
}

/// The kind of an entry that accepts a break.
pub const ACCEPTED: &str = "accepted";

/// The kind of an entry for a description that was wrong: the service has always behaved like the new
/// one, so nobody breaks on the wire, but the code changes all the same.
pub const CORRECTION: &str = "correction";

/// What an entry may say.
const KEYS: [&str; 7] = [
    "fingerprint",
    "id",
    "pointer",
    "reason",
    "by",
    "until-version",
    "kind",
];

/// One entry of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The fact, see [`Finding::fingerprint`](super::finding::Finding::fingerprint).
    pub fingerprint: String,
    /// Its rule.
    pub id: String,
    /// Its place, see [`Judged::pointer`].
    pub pointer: String,
    /// What a maintainer says of it.
    pub accepted: Accepted,
    /// The file.
    pub file: String,
    /// Line of the entry, counted from 1.
    pub line: u32,
}

/// Reads the file.
///
/// ```
/// use api_schema_diff::accepted::read;
/// use api_schema_text::Source;
///
/// let text = "[[change]]\nfingerprint = \"00\"\n".to_owned();
/// let wrong = read(&Source { path: "accepted.toml".to_owned(), text }, "--accept").unwrap_err();
/// assert_eq!(wrong[0].line, 1);
/// assert!(wrong[0].message.contains("has no id"));
/// ```
///
/// # Errors
/// What is no TOML, and what is no entry.
pub fn read(source: &Source, command: &str) -> Result<Vec<Entry>, Vec<Diagnostic>> {
    let form = format!(
        "write [[change]] with fingerprint, id, pointer, reason, by and until-version, as \
         `{command}` does"
    );
    let document = Document::parse(source.text.as_str()).map_err(|error| {
        let line = line(&source.text, error.span().map(|span| span.start));
        vec![complaint(
            &source.path,
            line,
            error.message().to_owned(),
            &form,
        )]
    })?;
    let mut wrong = Vec::new();
    let mut entries = Vec::new();
    for (key, item) in document.as_table() {
        let Some(tables) = item.as_array_of_tables().filter(|_| key == "change") else {
            let line = line(&source.text, item.span().map(|span| span.start));
            let message = format!("{key} is no list of changes");
            wrong.push(complaint(&source.path, line, message, &form));
            continue;
        };
        for table in tables {
            let line = line(&source.text, table.span().map(|span| span.start));
            match entry_of(table) {
                Ok(mut entry) => {
                    entry.file.clone_from(&source.path);
                    entry.line = line;
                    if let Some(twin) = entries
                        .iter()
                        .find(|it: &&Entry| it.fingerprint == entry.fingerprint)
                    {
                        let message = format!("the entry is already in line {}", twin.line);
                        wrong.push(complaint(&source.path, line, message, "keep one"));
                    }
                    entries.push(entry);
                }
                Err(message) => wrong.push(complaint(&source.path, line, message, &form)),
            }
        }
    }
    if wrong.is_empty() {
        Ok(entries)
    } else {
        Err(wrong)
    }
}

fn complaint(file: &str, line: u32, message: String, help: &str) -> Diagnostic {
    Diagnostic {
        file: file.to_owned(),
        line,
        rule: "accepted-changes",
        message,
        help: help.to_owned(),
    }
}

fn line(text: &str, offset: Option<usize>) -> u32 {
    let before = offset.and_then(|offset| text.get(..offset)).unwrap_or("");
    u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
}

fn entry_of(table: &Table) -> Result<Entry, String> {
    if let Some((key, _)) = table.iter().find(|(key, _)| !KEYS.contains(key)) {
        return Err(format!("an entry has no {key:?}"));
    }
    let text = |key: &str| match table.get(key).map(Item::as_str) {
        Some(Some(text)) => Ok(Some(text.to_owned())),
        Some(None) => Err(format!("{key} is no string")),
        None => Ok(None),
    };
    let needed = |key: &str| text(key)?.ok_or_else(|| format!("the entry has no {key}"));
    let until_version = text("until-version")?;
    if let Some(version) = &until_version {
        Version::parse(version)
            .map_err(|error| format!("until-version {version:?} is no version: {error}"))?;
    }
    let kind = text("kind")?.unwrap_or_else(|| ACCEPTED.to_owned());
    if kind != ACCEPTED && kind != CORRECTION {
        return Err(format!(
            "kind is {kind:?}, not {ACCEPTED:?} or {CORRECTION:?}"
        ));
    }
    Ok(Entry {
        fingerprint: needed("fingerprint")?,
        id: needed("id")?,
        pointer: needed("pointer")?,
        accepted: Accepted {
            reason: needed("reason")?,
            by: needed("by")?,
            kind,
            until_version,
        },
        file: String::new(),
        line: 0,
    })
}

/// Marks the findings that are accepted, and returns what is wrong with the entries.
///
/// `carried` are the entries of the base: they came with an earlier change and need not match any
/// more. `declared` is the version that the head's Cargo.toml says.
pub fn apply(
    report: &mut Report,
    entries: &[Entry],
    carried: &[Entry],
    declared: Option<&str>,
    command: &str,
) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    let declared = declared.and_then(|it| Version::parse(it).ok());
    for entry in entries {
        let until = entry.accepted.until_version.as_deref();
        let until = until.and_then(|until| Version::parse(until).ok());
        if let (Some(until), Some(declared)) = (&until, &declared)
            && declared > until
        {
            let message = format!("the entry holds until {until}, and Cargo.toml says {declared}");
            wrong.push(complaint(&entry.file, entry.line, message, "remove it"));
            continue;
        }
        let mut matched = false;
        for finding in &mut report.findings {
            if finding.fingerprint != entry.fingerprint {
                continue;
            }
            matched = true;
            let (id, place) = (finding.rule.id, &finding.pointer);
            // The pointer is for people: it may count what stands before it in a list.
            if entry.id == id {
                finding.accepted = Some(entry.accepted.clone());
            } else {
                let message = format!(
                    "the entry says {}, but its fingerprint is that of {id} at {place}",
                    entry.id
                );
                let help = "write the fingerprint of the fact that is meant";
                wrong.push(complaint(&entry.file, entry.line, message, help));
            }
        }
        let earlier = carried.iter().any(|it| it.fingerprint == entry.fingerprint);
        if !matched && !earlier {
            let message = format!(
                "the entry for {} at {} matches nothing that changed",
                entry.id, entry.pointer
            );
            let help = format!("remove it, or accept the change as it is now with `{command}`");
            wrong.push(complaint(&entry.file, entry.line, message, &help));
        }
    }
    wrong
}

/// The entry that accepts a finding.
pub fn entry(finding: &Judged, reason: &str, by: &str, until: Option<&str>) -> String {
    let mut out = "[[change]]\n".to_owned();
    let mut say = |key: &str, text: &str| {
        // One line, whatever is in it.
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "{key} = {}", Value::from(text));
    };
    say("fingerprint", &finding.fingerprint);
    say("id", finding.rule.id);
    say("pointer", &finding.pointer);
    say("reason", reason);
    say("by", by);
    if let Some(until) = until {
        say("until-version", until);
    }
    out
}

/// The file with entries for more findings at its end; what is there stays as it is.
pub fn append<'f>(
    text: &str,
    findings: impl IntoIterator<Item = &'f Judged>,
    reason: &str,
    by: &str,
    until: Option<&str>,
) -> String {
    let mut out = text.trim_end().to_owned();
    if !out.is_empty() {
        out.push('\n');
    }
    let mut seen: Vec<&str> = Vec::new();
    for finding in findings {
        if seen.contains(&finding.fingerprint.as_str()) {
            continue;
        }
        seen.push(&finding.fingerprint);
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&entry(finding, reason, by, until));
    }
    out
}
