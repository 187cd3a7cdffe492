//! `cargo xtask diff`: what a change of the schema does to callers, to published crates and to Rust
//! code. Arguments, git and files; everything else is in the library.

mod accept;
mod arguments;
mod explain;
mod failure;
mod git;
mod output;
mod sides;

use std::mem;
use std::process::ExitCode;
use std::time::SystemTime;

use api_schema_diff::accepted::AcceptedFile;
use api_schema_diff::filter::only;
use api_schema_diff::render::{Context, JSON_SCHEMA};
use api_schema_diff::report::{Options, Profile, Report};
use api_schema_diff::threshold::{FailOn, reached};
use api_schema_diff::version::{self, Verdict};
use api_schema_text::Diagnostic;
use chrono::{DateTime, Utc};
use revio_codegen::rust_api::{self, ByRule, MARKER, Reader, Revio, rules};

pub(crate) use self::arguments::Arguments;
use self::arguments::Topic;
use self::failure::{Failure, REACHED, VERSION};
use self::git::Git;
use self::sides::{Compared, Loaded};

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match answer(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(failure.code)
        }
    }
}

fn answer(arguments: &Arguments) -> Result<(), Failure> {
    if arguments.print_schema {
        return output::print(JSON_SCHEMA);
    }
    if let Some(Topic::Explain { id }) = &arguments.topic {
        return output::print(&explain::explain(id.as_deref())?);
    }
    if arguments.format.len() > 1 && arguments.out.is_none() {
        return Err(Failure::usage("several formats need --out FOLDER"));
    }
    if let (Some(old), Some(new)) = (&arguments.old, &arguments.new) {
        return judge(arguments, sides::of_file(old)?, sides::of_file(new)?, None);
    }
    let git = Git::here()?;
    let base = match &arguments.base {
        Some(base) => git.commit(base)?,
        None => git.merge_base()?,
    };
    let head = match &arguments.head {
        Some(head) => Some(git.commit(head)?),
        None => None,
    };
    let mut old = sides::of_commit(&git, &base)?;
    if let Some(released) = git.released(&base)? {
        old.version = Some(released);
    }
    let new = match &head {
        Some(head) => sides::of_commit(&git, head)?,
        None => sides::of_work_tree(&git)?,
    };
    judge(arguments, old, new, Some(&git))
}

/// Compares, writes the reports, and says what they mean for the caller of the command.
fn judge(
    arguments: &Arguments,
    mut old: Loaded,
    mut new: Loaded,
    git: Option<&Git>,
) -> Result<(), Failure> {
    let options = Options {
        profile: arguments.profile.into(),
        today: Some(DateTime::<Utc>::from(SystemTime::now()).date_naive()),
        grace: arguments.grace,
        ..Options::default()
    };
    let fail_on: FailOn = arguments.fail_on.into();
    let mut report = compare(&old.compared, &new.compared, &options)
        .map_err(|complaints| Failure::complaints("one of the two sides", &complaints))?;
    let mut context = Context {
        base: mem::take(&mut old.revision),
        head: mem::take(&mut new.revision),
        versions: versions(&old, &new, &report)?,
        rules: rules::all().count(),
        accepted: AcceptedFile {
            path: accept::FILE.to_owned(),
            command: accept::COMMAND.to_owned(),
        },
        marker: MARKER.to_owned(),
        fail_on,
        stale: Vec::new(),
        command: command(arguments),
        full_report: arguments.full_report.clone(),
    };

    if !arguments.ignore_accepted {
        accept::apply(&mut report, &mut context, &old, new.accepted.as_ref(), &new)?;
    }
    if let (true, Some(git)) = (arguments.accept, git) {
        let source = accept::append(arguments, &report, &context, &new, git)?;
        accept::apply(&mut report, &mut context, &old, Some(&source), &new)?;
    }
    if let Some(part) = &arguments.only {
        only(&mut report, part);
        if report.findings.is_empty() {
            eprintln!("nothing that changed fits --only {part}");
        }
    }
    output::write(&report, &context, arguments)?;
    verdict(arguments, &report, &context)
}

/// Our own schema is compared with its code; any other description by rule.
fn compare(
    old: &Compared,
    new: &Compared,
    options: &Options<'_>,
) -> Result<Report, Vec<Diagnostic>> {
    if let (Compared::Ours(old), Compared::Ours(new)) = (old, new) {
        return rust_api::compare(old, new, options);
    }
    let options = Options {
        vocabulary: &Revio,
        consumers: &[&ByRule(Reader::Strict)],
        ..*options
    };
    api_schema_diff::compare(old.side(), new.side(), &options)
}

/// The code that the command ends with. What is wrong with the input comes before what was found, and
/// an answer that was asked for by name before the threshold.
fn verdict(arguments: &Arguments, report: &Report, context: &Context) -> Result<(), Failure> {
    if !context.stale.is_empty() {
        let lines: Vec<String> = context.stale.iter().map(ToString::to_string).collect();
        return Err(Failure::failed(lines.join("\n")));
    }
    let code_counts = arguments.check_version || context.fail_on == FailOn::SourceMajor;
    let mut failures = report.code.iter().flat_map(|code| &code.failures);
    if let Some(failure) = failures.find(|_| code_counts) {
        return Err(Failure::complaints(&failure.side, &failure.complaints));
    }
    if arguments.check_version {
        let versions = context.versions.as_ref().ok_or_else(|| {
            Failure::failed("no version to check: Cargo.toml of one of the two sides declares none")
        })?;
        if !versions.enough {
            return Err(Failure {
                code: VERSION,
                message: format!(
                    "Cargo.toml says {}, and what changed since {} needs {}; write version = \"{}\" \
                     under [workspace.package]",
                    versions.declared, versions.base, versions.needed, versions.needed
                ),
            });
        }
    }
    match reached(report, context.fail_on) {
        0 => Ok(()),
        n => Err(Failure {
            code: REACHED,
            message: format!(
                "{n} {} --fail-on {}{}",
                if n == 1 {
                    "change reaches"
                } else {
                    "changes reach"
                },
                context.fail_on.word(),
                // Files have no list of accepted changes.
                if arguments.old.is_none() {
                    "; accept what is meant with --accept"
                } else {
                    ""
                }
            ),
        }),
    }
}

/// What the change needs, where both sides declare a version and their code was compared.
fn versions(old: &Loaded, new: &Loaded, report: &Report) -> Result<Option<Verdict>, Failure> {
    let (Some(base), Some(declared), Some(code)) = (&old.version, &new.version, &report.code)
    else {
        return Ok(None);
    };
    if !code.failures.is_empty() {
        return Ok(None);
    }
    let verdict = version::check(base, declared, code.required);
    verdict.map(Some).map_err(Failure::failed)
}

/// How to run the same comparison again.
fn command(arguments: &Arguments) -> String {
    let mut words = vec!["cargo xtask diff".to_owned()];
    words.extend(arguments.base.clone());
    words.extend(arguments.head.clone());
    for (name, path) in [("--old", &arguments.old), ("--new", &arguments.new)] {
        words.extend(path.iter().map(|path| format!("{name} {}", path.display())));
    }
    let profile = Profile::from(arguments.profile);
    if profile != Profile::default() {
        words.push(format!("--profile {}", profile.word()));
    }
    if arguments.grace > 0 {
        words.push(format!("--grace {}", arguments.grace));
    }
    words.join(" ")
}
