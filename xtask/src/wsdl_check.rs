//! `cargo xtask wsdl-check FILE`: compares a service's own description with the tables of schema/legacy.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use revio_codegen::soap::Wire;
use revio_codegen::soap::{self, wsdl};

use crate::schema;

/// What differs was printed.
const DIFFERENT: u8 = 1;
/// A file couldn't be read.
const NOT_READ: u8 = 2;
/// The file is no description.
const NO_DESCRIPTION: u8 = 3;

/// Compare a WSDL that you downloaded from your own endpoint with schema/legacy.
///
/// What differs is printed as lines for `LegacyClient::builder(credentials)`. Exit code 0: nothing differs; 1: something
/// does; 2: a file can't be read; 3: it is no WSDL.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The file, as the service's address with ?WSDL behind it answers.
    file: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match compare(&arguments.file) {
        Ok(report) => {
            print!("{report}");
            let (operations, elements) = (report.operations, report.elements);
            if report.matches() {
                println!("// no difference in {operations} operations and {elements} elements");
                ExitCode::SUCCESS
            } else {
                let lines = match report.differences.len() {
                    1 => "1 difference".to_owned(),
                    n => format!("{n} differences"),
                };
                println!(
                    "// {lines} in {operations} operations and {elements} elements; put the lines behind LegacyClient::builder(credentials)"
                );
                ExitCode::from(DIFFERENT)
            }
        }
        Err((code, message)) => {
            eprintln!("{message}");
            ExitCode::from(code)
        }
    }
}

fn compare(file: &Path) -> Result<wsdl::Report, (u8, String)> {
    let not_read = |message| (NOT_READ, message);
    let wire = tables().map_err(not_read)?;
    let name = file.display();
    let bytes = fs::read(file).map_err(|error| (NOT_READ, format!("{name}: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        (
            NO_DESCRIPTION,
            format!("{name}: it isn't UTF-8; save it as that"),
        )
    })?;
    wsdl::check(&wire, &text).map_err(|error| (NO_DESCRIPTION, format!("{name}: {error}")))
}

fn tables() -> Result<Wire, String> {
    let input = schema::read(&schema::root())?;
    soap::read(&input.legacy)
        .map_err(|complaints| schema::complain(&complaints))?
        .ok_or_else(|| "schema/legacy describes no operations".to_owned())
}
