//! Writes reports.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use api_schema_diff::render::{Context, github, html, json, markdown, term};
use api_schema_diff::report::Report;

use super::arguments::{Arguments, Format};
use super::failure::Failure;
use crate::files;

/// Writes every format that was asked for.
pub(crate) fn write(
    report: &Report,
    context: &Context,
    arguments: &Arguments,
) -> Result<(), Failure> {
    let text = |format: Format, colour: bool| match format {
        Format::Term => term(report, context, colour),
        Format::Markdown => markdown(report, context, arguments.max_bytes),
        Format::Json => json(report, context),
        Format::Html => html(report, context),
        Format::Github => github(report, context),
    };
    match (arguments.format.as_slice(), &arguments.out) {
        ([format], None) => {
            let stdout = io::stdout();
            let colour = stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none();
            print(&text(*format, colour))
        }
        ([format], Some(file)) => save(file, &text(*format, false)),
        (formats, Some(folder)) => {
            for format in formats {
                save(&folder.join(format.file_name()), &text(*format, false))?;
            }
            Ok(())
        }
        (_, None) => Err(Failure::usage("several formats need --out FOLDER")),
    }
}

/// Prints; a reader that has seen enough is no failure.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::failed(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

fn save(file: &Path, text: &str) -> Result<(), Failure> {
    files::save(file, text.as_bytes()).map_err(Failure::failed)
}
